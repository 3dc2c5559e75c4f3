"""An activation with its slope and bend, alone or beside another one."""

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
    minus,
    note,
)

__all__ = ["PARTS", "curves"]

Array = NDArray[np.floating]
PARTS = ("value", "slope", "bend")


@house_style()
def curves(
    activation: Activation,
    title: str,
    reach: float = 8.0,
    other: Activation | None = None,
    at: float | None = None,
) -> Picture:
    """Value, slope and bend of `activation` on [−reach, reach], one below another.

    Marked are the points at z = `at` or, without it, the extremes of smooth curves;
    shaded is where the slope is within 0.01 of 0. `other` is laid over it, in dashes.
    """
    picture = Picture(_curves_in_words(activation, reach, other, at), (5.2, 5.0))
    for axes, name in zip(picture.subplots(3, 1, sharex=True), PARTS):
        for start, end in flat(activation, reach):
            axes.axvspan(start, end, color="#EEEEEE", linewidth=0)
        if other:
            look = {"color": COLOURS["c"], "linestyle": DASHES[1]}
            draw(axes, other, name, reach, **look)
        draw(axes, activation, name, reach, color=INK)
        if at is not None:
            _mark(axes, activation, name, at)
        elif not (other or name == "value" or _straight(activation)):
            top, height = _top(activation, name, reach)
            axes.plot([top], [height], "o", color=INK, markersize=5)
            note(axes, top, height, minus(f"{height:.4g} at {top:.3g}"), (10, -3))
        axes.set_ylabel(name)
        axes.margins(y=0.15)
    if other:
        _name(picture.axes[0], activation, other, reach)
    picture.axes[0].set_title(minus(title))
    of = f" of {activation.name}" if other else ""
    picture.axes[-1].set_xlabel(f"z (shaded: slope{of} within 0.01 of 0)")
    picture.align_ylabels()
    return picture


def _mark(axes: Axes, f: Activation, name: str, at: float) -> None:
    """A dot at a place of the curve, with its height, on a line through all three."""
    part = _part(f, name)
    axes.axvline(at, color=INK, linewidth=0.8, linestyle=":")
    axes.plot([at], [part(at)], "o", color=INK, markersize=5)
    # Before a rise and behind a fall there is room.
    rises = part(at) >= part(at - 0.01)
    left = at > 5 or (rises and at > -5)
    words = minus(f"{part(at):#.4g}")
    place = {"offset": (-4, 6), "ha": "right"} if left else {"offset": (4, 6)}
    note(axes, at, part(at), words, **place)


def _name(axes: Axes, one: Activation, other: Activation, reach: float) -> None:
    """The names of two functions, at their lines where these are far apart."""
    x = np.linspace(-0.7 * reach, 0.7 * reach, 57)
    far = x[np.argmax(np.abs(one(x) - other(x)))]
    for f, colour in ((one, INK), (other, SHADES["c"])):
        note(axes, far, f(far), f.name, (0, 4), colour, ha="right")


def _part(f: Activation, name: str) -> Callable[[Array], Array]:
    """The value, the slope or the bend of `f`."""
    return dict(zip(PARTS, (f, f.derivative, f.second_derivative)))[name]


def _pieces(f: Activation, reach: float, points: int = 321) -> list[Array]:
    """Points from kink to kink, up to them but not onto them."""
    ends = (-reach, *f.kinks, reach)
    near = 1e-9
    return [np.linspace(a + near, b - near, points) for a, b in pairwise(ends)]


def draw(axes: Axes, f: Activation, name: str, reach: float, **look: Any) -> None:
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


def flat(f: Activation, reach: float) -> list[tuple[float, float]]:
    """The intervals on which the slope of `f` is within 0.01 of 0."""
    x = np.linspace(-reach, reach, 32001)
    small = np.abs(f.derivative(x)) < 0.01
    edges = np.flatnonzero(np.diff(small, prepend=False, append=False))
    return [(x[start], x[end - 1]) for start, end in edges.reshape(-1, 2)]


def _curves_in_words(
    f: Activation, reach: float, other: Activation | None, at: float | None
) -> str:
    parts = [f"Value, slope and bend of {f.name} over z from {-reach:g} to {reach:g}."]
    parts += [_curve_in_words(f, reach)]
    where = " and ".join(f"from {a:.2g} to {b:.2g}" for a, b in flat(f, reach))
    if where:
        parts += [f"The slope is within 0.01 of 0 for z {where}."]
    if at is not None:
        numbers = (f"the {name} is {_part(f, name)(at):#.4g}" for name in PARTS)
        parts += [f"Marked is z = {at:g}, where {', '.join(numbers)}."]
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
