"""What tanh does: where it is centred, how far it bends, how softly it limits."""

from collections.abc import Mapping, Sequence

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

__all__ = ["bends", "centres", "distortions", "drift", "waves"]

Array = NDArray[np.floating]
LOOKS = (
    {"color": INK},
    {"color": COLOURS["c"], "linestyle": DASHES[1]},
)
WORDS = (INK, SHADES["c"])


@house_style()
def drift(states: Mapping[str, Sequence[float]]) -> Picture:
    """Cell state after each letter, one line for each of two candidates.

    Each sequence has one state per letter; all start from 0, which is added.
    """
    told = (
        f"{name}: from {min(c):.1f} to {max(c):.1f}, at last {c[-1]:.1f}."
        for name, c in states.items()
    )
    picture = Picture(
        " ".join(("Cell state c against the number of letters read.", *told))
    )
    axes = picture.subplots()
    axes.axhline(0, color="#B5B5B5", linewidth=1)
    for (name, c), look, colour in zip(states.items(), LOOKS, WORDS):
        c = np.round([0, *c], 9)
        axes.plot(c, **look)
        at = len(c) // 2
        note(axes, at, c[at - 5 : at + 6].max(), name, (0, 6), colour, ha="center")
    axes.set_xlim(0, len(c) - 1)
    axes.margins(y=0.12)
    axes.set_xlabel("letters read")
    axes.set_ylabel("cell state c")
    axes.set_title("A candidate that cannot be negative drives c away")
    return picture


@house_style()
def bends(f: Activation, other: Activation, edges: Mapping[str, float]) -> Picture:
    """Size of the bend of two activations; `edges` says how far each one reaches."""
    x = np.linspace(-8, 8, 641)
    told = (
        f"{g.name}: largest {_size(g, x).max():.3f},"
        f" down to 1 % of that at x = ±{edges[g.name]:.3f}."
        for g in (f, other)
    )
    picture = Picture(
        " ".join(("Size of the bend, |f″|, against x from -8 to 8.", *told))
    )
    axes = picture.subplots()
    for g, look, colour, at, height in zip(
        (f, other), LOOKS, WORDS, (0.75, 3.2), (-0.08, -0.18)
    ):
        axes.plot(x, np.round(_size(g, x), 9), **look)
        note(axes, at, _size(g, at), g.name, (12, 6), colour)
        _span(axes, edges[g.name], height, colour)
    axes.set_ylim(-0.25, None)
    axes.set_yticks(np.arange(0, 0.9, 0.2))
    axes.set_xlabel("x (arrows: where the bend is above 1 % of its peak)")
    axes.set_ylabel("|f″(x)|")
    axes.set_title("The bend of tanh: eight times as high, half as far")
    return picture


def _size(f: Activation, x: Array) -> Array:
    """How strongly `f` bends at `x`, up or down."""
    return np.abs(f.second_derivative(x))


def _span(axes: Axes, end: float, height: float, colour: str) -> None:
    """A double arrow from −`end` to `end`, with its length on it."""
    arrow = {"arrowstyle": "<->", "color": colour}
    axes.annotate("", (-end, height), (end, height), arrowprops=arrow)
    frame = {"fc": "white", "ec": "none", "pad": 1}
    place = {"ha": "center", "va": "center", "bbox": frame}
    axes.text(0, height, f"to ±{end:.2f}", color=colour, size=9, **place)


@house_style()
def centres(means: Array, distance: Mapping[str, Array]) -> Picture:
    """Distance of the mean output from 0 against the mean input, for two functions."""
    (one, a), (two, b) = distance.items()
    nearer = means[a < b]
    picture = Picture(
        "Distance of the mean output from 0 against the mean input, from"
        f" {means[0]:g} to {means[-1]:g}. {one}: {a[0]:.2f} at the left end,"
        f" {np.interp(0, means, a):.2f} at 0, {a[-1]:.2f} at the right end. {two}:"
        f" {b[0]:.2f}, {np.interp(0, means, b):.2f} and {b[-1]:.2f}. {one} is the"
        f" nearer one from {nearer[0]:.2f} to {nearer[-1]:.2f}."
    )
    axes = picture.subplots()
    axes.axvspan(nearer[0], nearer[-1], color="#EEEEEE", linewidth=0)
    for y, look in ((a, LOOKS[0]), (b, LOOKS[1])):
        axes.plot(means, np.round(y, 9), **look)
    note(axes, -2, np.interp(-2, means, a), one, (2, 6), INK)
    note(axes, -2.5, np.interp(-2.5, means, b), two, (-4, 8), SHADES["c"], ha="right")
    axes.set_ylim(0, 1.1)
    axes.set_xlabel(f"mean of the input (shaded: {one} is nearer to 0)")
    axes.set_ylabel("distance from 0")
    axes.set_title("Centred, if what goes in is centred")
    return picture


@house_style()
def waves(angle: Array, tone: Array, shaped: Mapping[str, Array]) -> Picture:
    """One period of a tone and what two limiters make of it; angles in radians."""
    told = (f"{name}: at most {y.max():.2f}." for name, y in shaped.items())
    picture = Picture(
        f"One period of a tone, {tone.max():.2f} high, and of the same tone behind"
        f" two limiters. {' '.join(told)}"
    )
    axes = picture.subplots()
    turn = angle / (2 * np.pi)
    axes.plot(turn, np.round(tone, 9), color="#B5B5B5")
    note(axes, 0.25, tone.max(), "tone", (0, 4), ha="center")
    for (name, y), look, colour, (at, offset) in zip(
        shaped.items(), LOOKS, WORDS, ((0.25, (0, -14)), (0.42, (8, 3)))
    ):
        axes.plot(turn, np.round(y, 9), **look)
        place = at, np.interp(at, turn, y)
        note(axes, *place, name, offset, colour, ha="left" if at > 0.3 else "center")
    axes.margins(y=0.15)
    axes.set_xlabel("periods")
    axes.set_ylabel("signal")
    axes.set_title("tanh rounds off what is too loud")
    return picture


@house_style()
def distortions(loud: Array, share: Mapping[str, Array]) -> Picture:
    """Distortion against amplitude for two limiters, both from 0 to 1."""
    told = (
        f"{name}: {np.interp(1, loud, y):.3f} at amplitude 1, {y[-1]:.3f} at"
        f" {loud[-1]:g}."
        for name, y in share.items()
    )
    picture = Picture(
        " ".join(("Distortion against the amplitude of a pure tone.", *told))
    )
    axes = picture.subplots()
    for (name, y), look, colour, (at, offset, side) in zip(
        share.items(), LOOKS, WORDS, ((2.2, (4, -12), "left"), (2, (-4, 4), "right"))
    ):
        axes.plot(loud, np.round(y, 6), **look)
        note(axes, at, np.interp(at, loud, y), name, offset, colour, ha=side)
    axes.set_ylim(0, None)
    axes.set_xlabel("amplitude of the tone")
    axes.set_ylabel("distortion")
    axes.set_title("tanh bends quiet tones a little, and loud ones less")
    return picture
