"""Gate and candidate of one number: the curve, its slope, its relatives."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lstm_lib.figures.picture import (
    COLOURS,
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    minus,
    note,
)

__all__ = ["one_input", "one_input_slopes", "relatives"]

Array = NDArray[np.floating]


@house_style()
def one_input(z: Array, gate: Array, candidate: Array) -> Picture:
    """The product of gate and candidate, both functions of the same `z`; shapes (n,).

    `z` rises and reaches from about −5 to 5 at least, for the names have their places.
    """
    product = gate * candidate
    low = product.argmin()
    picture = Picture(
        f"Gate, candidate and their product against one z from {z[0]:g} to {z[-1]:g}."
        f" The product goes from {product[0]:z.2f} on the left to {product[-1]:.2f} on"
        f" the right; its lowest value is {product[low]:.3f} at z = {z[low]:.2f}."
    )
    axes = _frame(picture, "value", "To 1 and to 0, with a dip on the way")
    _line(axes, z, candidate, "g", 1)
    _line(axes, z, gate, "i", 2)
    _line(axes, z, product, "c", 0)
    note(axes, -4, -1, "tanh(z)", (0, 6), SHADES["g"])
    note(axes, -5, 0, "σ(z)", (0, 6), SHADES["i"])
    note(axes, 1.2, 0.3, "product", (2, 0), SHADES["c"])
    axes.plot(z[low], product[low], "o", color=COLOURS["c"])
    told = minus(f"{product[low]:.3f}")
    note(axes, z[low], product[low], told, (-12, -18), SHADES["c"], ha="right")
    return picture


@house_style()
def one_input_slopes(z: Array, product: Array, tanh: Array) -> Picture:
    """The slope of the product of one `z` beside that of tanh; shapes (n,)."""
    at_0 = [np.interp(0, z, slope) for slope in (product, tanh)]
    top = product.argmax()
    picture = Picture(
        f"Slopes against z from {z[0]:g} to {z[-1]:g}. At 0 the product's is"
        f" {at_0[0]:.2f} and that of tanh {at_0[1]:.2f}. The product is steepest at z ="
        f" {z[top]:z.2f}, with {product[top]:.3f}; its lowest slope is"
        f" {product.min():.3f}."
    )
    axes = _frame(picture, "slope", "At 0 the product is half as steep as tanh")
    _line(axes, z, tanh, "g", 1)
    _line(axes, z, product, "c", 0)
    axes.plot([0, 0], at_0, "o", color=INK)
    note(axes, -0.6, 0.72, "tanh", (-8, 0), SHADES["g"], ha="right")
    note(axes, 1.4, np.interp(1.4, z, product), "product", (8, 2), SHADES["c"])
    return picture


@house_style()
def relatives(z: Array, curves: Mapping[str, Array]) -> Picture:
    """Up to four functions of one `z` that dip on the left; the first is emphasised."""
    told = (
        f"{name}: lowest {y.min():.3f} at z = {z[y.argmin()]:.2f}."
        for name, y in curves.items()
    )
    words = (
        f"Numbers multiplied by a gate that reads them, z from {z[0]:g} to {z[-1]:g}."
    )
    picture = Picture(" ".join([words, *told]))
    axes = _frame(picture, "value", "Gated by itself, every one of them dips")
    looks = (COLOURS["c"], SHADES["c"]), *((INK, INK),) * 3
    # The names stand in the free room, with a line to their curve.
    places = ((-2.6, (-30, 40)), (-1.6, (-60, -34)), (-1.6, (-6, 42)), (-1, (20, -26)))
    for (name, y), (line, word), dash, (at, offset) in zip(
        curves.items(), looks, DASHES, places
    ):
        axes.plot(z, np.round(y, 9), color=line, linestyle=dash)
        leader = {"arrowprops": {"arrowstyle": "-", "color": word}, "ha": "center"}
        note(axes, at, np.interp(at, z, y), name, offset, word, **leader)
    axes.set(xlim=(-5, 1), ylim=(-0.5, 0.4))
    return picture


def _frame(picture: Picture, label: str, title: str) -> Axes:
    """Axes over z with a line at 0."""
    axes = picture.subplots()
    axes.axhline(0, color="#B5B5B5", linewidth=1)
    axes.set(xlabel="z", ylabel=label, title=title)
    return axes


def _line(axes: Axes, z: Array, y: Array, colour: str, dash: int) -> None:
    """One curve in the colour of a quantity."""
    axes.plot(z, np.round(y, 9), color=COLOURS[colour], linestyle=DASHES[dash])
