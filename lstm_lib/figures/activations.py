"""Curves of activations and of formulas for them: data in, closed figure out."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lstm_lib.activations import Activation
from lstm_lib.figures.picture import (
    COLOURS,
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    note,
)

__all__ = ["curves", "slopes", "tails"]

Array = NDArray[np.floating]
PARTS = ("value", "slope", "bend")


@house_style()
def curves(
    activation: Activation,
    title: str,
    reach: float = 8.0,
    other: Activation | None = None,
) -> Picture:
    """Value, slope and bend of `activation` on [−reach, reach], one below another.

    The extremes of smooth curves are marked; shaded is where the slope is within
    0.01 of 0. `other` is laid over it, in dashes.
    """
    picture = Picture(_curves_in_words(activation, reach, other), (5.2, 5.0))
    for axes, name in zip(picture.subplots(3, 1, sharex=True), PARTS):
        zone = axes.get_xaxis_transform()
        for start, end in _flat(activation, reach):
            axes.fill_between(
                [start, end], 0, 1, transform=zone, color="#EEEEEE", linewidth=0
            )
        _draw(axes, activation, name, reach, color=INK)
        if other:
            look = {"color": COLOURS["c"], "linestyle": DASHES[1]}
            _draw(axes, other, name, reach, **look)
        elif name != "value" and not _straight(activation):
            at, peak = _top(activation, name, reach)
            axes.plot([at], [peak], "o", color=INK, markersize=5)
            where = f"{peak:.4g} at {at:.3g}".replace("-", "−")
            note(axes, at, peak, where, (10, -3))
        axes.set_ylabel(name)
        axes.margins(y=0.15)
    picture.axes[0].set_title(title)
    picture.axes[-1].set_xlabel("z (shaded: slope within 0.01 of 0)")
    picture.align_ylabels()
    return picture


def _part(f: Activation, name: str) -> Callable[[Array], Array]:
    """The value, the slope or the bend of `f`."""
    return dict(zip(PARTS, (f, f.derivative, f.second_derivative)))[name]


def _pieces(f: Activation, reach: float, points: int = 321) -> list[Array]:
    """Points from kink to kink, up to them but not onto them."""
    ends = (-reach, *f.kinks, reach)
    near = 1e-9
    return [np.linspace(a + near, b - near, points) for a, b in pairwise(ends)]


def _draw(axes: Axes, f: Activation, name: str, reach: float, **look: Any) -> None:
    """Draw a part of `f`; where it has a kink, the line is interrupted."""
    for x in _pieces(f, reach):
        # Rounded, for the last digits differ from processor to processor.
        axes.plot(x, np.round(_part(f, name)(x), 9), **look)


def _straight(f: Activation) -> bool:
    """Whether `f` consists of straight lines."""
    return not f.second_derivative(np.linspace(-8, 8, 161)).any()


def _top(f: Activation, name: str, reach: float) -> tuple[float, float]:
    """Where a part of `f` is largest, and how large."""
    x = np.linspace(-reach, reach, 32001)
    at = x[np.argmax(_part(f, name)(x))]
    return round(at, 3) + 0.0, _part(f, name)(at)


def _flat(f: Activation, reach: float) -> list[tuple[float, float]]:
    """The intervals on which the slope of `f` is within 0.01 of 0."""
    x = np.linspace(-reach, reach, 32001)
    flat = np.abs(f.derivative(x)) < 0.01
    edges = np.flatnonzero(np.diff(flat, prepend=False, append=False))
    return [(x[start], x[end - 1]) for start, end in edges.reshape(-1, 2)]


def _curves_in_words(f: Activation, reach: float, other: Activation | None) -> str:
    parts = [f"Value, slope and bend of {f.name} over z from {-reach:g} to {reach:g}."]
    parts += [_curve_in_words(f, reach)]
    flat = " and ".join(f"from {a:.2g} to {b:.2g}" for a, b in _flat(f, reach))
    if flat:
        parts += [f"The slope is within 0.01 of 0 for z {flat}."]
    if other:
        parts += [f"In dashes {other.name}.", _curve_in_words(other, reach)]
    return " ".join(parts)


def _curve_in_words(f: Activation, reach: float) -> str:
    low, high = f(-reach), f(reach)
    value = f"The value goes from {low:#.4g} to {high:#.4g}."
    if _straight(f):
        slopes = (f"{f.derivative(x[160]):.4g}" for x in _pieces(f, reach))
        kinks = "".join(f", kink at z = {kink:g}" for kink in f.kinks)
        return f"{value} The slope is {', then '.join(slopes)}{kinks}. The bend is 0."
    steepest, slope = _top(f, "slope", reach)
    sharpest, bend = _top(f, "bend", reach)
    return (
        f"{value} The slope is largest at z = {steepest:g}, where it is {slope:.4f};"
        f" the bend at z = {sharpest:.3g}, where it is {bend:.4f}."
    )


@house_style()
def slopes(z: Array, printed: Array, true: Array, measured: Array) -> Picture:
    """A formula for the slope of σ as printed, the right one, and differences.

    `measured` holds difference quotients at every twentieth point of `z`.
    """
    below = z[printed < 0]
    alt = (
        f"Slope against z from {z[0]:g} to {z[-1]:g}. The right formula is a bump,"
        f" {true.max():.2f} high at z = 0, and goes through all difference quotients."
        f" The printed formula falls from {printed[0]:.1f}, is"
        f" {np.interp(0, z, printed):.0f} at z = 0, and is negative from"
        f" z = {below[0]:.2f} on."
    )
    picture = Picture(alt)
    axes = picture.subplots()
    axes.plot(z, true, color=INK)
    axes.plot(z, printed, color=COLOURS["c"], linestyle=DASHES[1])
    axes.plot(z[::20], measured, "o", color=INK, markersize=4)
    note(axes, 1, 0.22, "right formula\n(dots: measured)", (2, 2))
    note(axes, 2, np.interp(2, z, printed), "as printed", (8, -12), SHADES["c"])
    axes.set_ylim(-0.45, 0.6)
    axes.set_xlabel("z")
    axes.set_ylabel("slope of σ")
    axes.set_title("The curve rises, so its slope cannot be negative")
    return picture


@house_style()
def tails(z: Array, error: Array, expected: Array) -> Picture:
    """Relative error of a formula for σ on its left tail, measured and expected.

    A raster, for measured rounding errors hang on the processor. The alternative
    text speaks of `expected` alone.
    """
    lost = z[expected >= 1].max()
    picture = Picture(
        f"Relative error of the tanh form from z = {z[0]:.0f} to {z[-1]:.0f}, on a"
        f" logarithmic scale. It grows on a straight line from"
        f" 10 to the power {np.log10(expected[-1]):.0f} at the right end to 1, that"
        f" is 100 %, at about z = {lost:.0f}, and stays there.",
        raster=True,
    )
    axes = picture.subplots()
    axes.plot(z, np.minimum(expected, 1), color=COLOURS["c"], linestyle=DASHES[1])
    axes.plot(z, error, "o", color=INK, markersize=3)
    axes.set_yscale("log")
    middle, words = len(z) // 2, "rounding of 1, divided by σ(z)"
    place = (z[middle], expected[middle])
    note(axes, *place, words, (-10, -14), SHADES["c"], ha="right")
    axes.set_xlabel("z (dots: measured)")
    axes.set_ylabel("relative error")
    axes.set_title("The tanh form loses digit after digit to the left")
    return picture
