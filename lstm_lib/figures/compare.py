"""What activations make of one normally distributed input, side by side."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lstm_lib.activations import Activation
from lstm_lib.figures.derivatives import PARTS, draw, flat
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
from lstm_lib.outputs import EDGES, Summary, summary

__all__ = ["compare"]

Array = NDArray[np.floating]
LINES = (INK, COLOURS["c"], COLOURS["f"], COLOURS["g"])
WORDS = (INK, SHADES["c"], SHADES["f"], SHADES["g"])
REACH = 8.0
HIGH = (0.45, 0.9)  # of a frame: the hill, where the spread is 1, and at most
SEEN = 0.005  # shares from here on are said
SHARES = (0, 10, 40, 100)  # per cent, drawn by their square roots


@house_style()
def compare(
    activations: Sequence[Activation], mean: float = 0.0, spread: float = 1.0
) -> Picture:
    """Value, slope and bend of up to four activations over an input, and their outputs.

    The input is N(mean, spread²). On the left it is the grey hill, which keeps its area
    from spread 0.5 on; bars below it show where each slope is less than 0.01 in size,
    with the share of the input there. On the right are histograms of the outputs with
    their means; needles are what lies exactly at one value.
    """
    found = [summary(f, mean, spread) for f in activations]
    picture = Picture(_in_words(activations, found, mean, spread), (6.4, 6.0))
    left, right = picture.subfigures(1, 2)
    strip = 0.25 + 0.16 * len(activations)
    rows = left.subplots(4, 1, sharex=True, height_ratios=(1.2, 1, 1, strip))
    for axes, part in zip(rows, PARTS):
        _parts(axes, activations, part, mean, spread)
    _strips(rows[3], activations, found)
    columns = right.subplots(len(activations), 1, sharex=True, squeeze=False).ravel()
    low, high = _limits(activations)
    for k, (axes, f) in enumerate(zip(columns, activations)):
        axes.set_xlim(low, high)
        _histogram(axes, found[k], k)
        title = minus(f"{f.name}: mean {_number(found[k].mean, 2)}")
        axes.set_title(title, color=WORDS[k], fontsize=10)
    columns[-1].set_xlabel("f(z) (upwards: % in bins of 0.1)")
    left.align_ylabels(rows[:3])
    rows[0].set_title(minus(f"Input: mean {mean:g}, spread {spread:g}"))
    return picture


def _parts(
    axes: Axes, fs: Sequence[Activation], part: str, mean: float, spread: float
) -> None:
    """One part of all functions, over the hill of the input."""
    for k, f in enumerate(fs):
        look = {"color": LINES[k], "linestyle": DASHES[k], "linewidth": 1.6}
        draw(axes, f, part, REACH, **look)
    axes.margins(y=0.15)
    if part == "value":
        ends = [np.clip(f(np.array([-REACH, REACH])), *EDGES[[0, -1]]) for f in fs]
        margin = 0.15 * np.ptp(ends)
        axes.set_ylim(np.min(ends) - margin, np.max(ends) + margin)
    bottom, top = axes.get_ylim()
    z = np.linspace(-REACH, REACH, 321)
    high = min(HIGH[0] / spread, HIGH[1])
    hill = high * np.exp(-(((z - mean) / spread) ** 2) / 2)
    height = bottom + (top - bottom) * np.round(hill, 6)
    axes.fill_between(z, bottom, height, color="#E6E6E6", linewidth=0, zorder=0)
    axes.axvline(mean, color=INK, linewidth=0.8, linestyle=":")
    axes.set(ylim=(bottom, top), ylabel=part)


def _strips(axes: Axes, fs: Sequence[Activation], found: Sequence[Summary]) -> None:
    """A bar for each function where it is dead, and the share of the input there."""
    for k, f in enumerate(fs):
        spans = [(start, end - start) for start, end in flat(f, REACH)]
        axes.axhline(-k, color=LINES[k], linestyle=DASHES[k], linewidth=1.6)
        axes.broken_barh(spans, (-k - 0.25, 0.5), facecolor=LINES[k], zorder=3)
        note(axes, REACH, -k, _percent(found[k].dead), (3, -4), WORDS[k], fontsize=8)
    axes.set(ylim=(0.6 - len(fs), 0.6), yticks=range(0, -len(fs), -1))
    axes.set_yticklabels([f.name for f in fs], fontsize=8)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("z (bars: |slope| < 0.01)")


def _histogram(axes: Axes, found: Summary, k: int) -> None:
    """The outputs of one function in per cent, with a line at their mean."""
    axes.set_yscale("function", functions=(_root, np.square))
    axes.set(ylim=(0, 100), yticks=SHARES)
    heights = np.round(100 * found.heights, 6)
    axes.stairs(heights, EDGES, fill=True, color=LINES[k], alpha=0.25)
    axes.stairs(heights, EDGES, color=LINES[k])
    for number, (value, share) in enumerate(found.spikes):
        if share >= SEEN:
            _needle(axes, value, share, number > 0, k)
    axes.axvline(round(found.mean, 6), color=INK, linewidth=0.8, linestyle=":")

    for share, end, place, side in zip(
        found.outside, ("below −2", "above 4"), (0.02, 0.98), ("left", "right")
    ):
        if share >= SEEN:
            at = axes.transAxes
            axes.text(place, 0.82, f"{_percent(share)} {end}", transform=at, ha=side)


def _needle(axes: Axes, value: float, share: float, second: bool, k: int) -> None:
    """What lies exactly at one value, with its share."""
    percent = round(100 * share, 6)
    axes.plot([value, value], [0, percent], color=LINES[k], linewidth=3)
    axes.plot([value], [percent], "o", color=LINES[k], clip_on=False)
    # Beside it, and not between two of them where there is room elsewhere.
    low, high = axes.get_xlim()
    room = 0.25 * (high - low)
    left = value > high - room if second else value > low + room
    place = {"offset": (-6, -4), "ha": "right"} if left else {"offset": (6, -4)}
    note(axes, value, percent, _percent(share), colour=WORDS[k], **place)


def _root(share: Array) -> Array:
    """The square root, by which shares are drawn: small ones stay in sight."""
    return np.sqrt(np.maximum(share, 0))


def _limits(fs: Sequence[Activation]) -> tuple[float, float]:
    """From the lowest to the highest output that is shown, with a bin to spare."""
    ends = [np.clip(f(np.array([-REACH, REACH])), *EDGES[[0, -1]]) for f in fs]
    return np.floor(10 * np.min(ends) - 1) / 10, np.ceil(10 * np.max(ends) + 1) / 10


def _percent(share: float) -> str:
    """`share` in whole per cent; a small one is not rounded to none."""
    text = f"{share:.0%}"
    return "<1%" if share > 0 and text == "0%" else text


def _number(value: float, digits: int) -> str:
    """`value` to so many decimals, and never −0."""
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _in_words(
    fs: Sequence[Activation], found: Sequence[Summary], mean: float, spread: float
) -> str:
    told = []
    for f, one in zip(fs, found):
        places = [(f"exactly {value:g}", share) for value, share in one.spikes]
        places += zip(("less than −2", "more than 4"), one.outside)
        stuck = "".join(
            f", {_percent(p)} are {place}" for place, p in places if p >= SEEN
        )
        told.append(
            f"{f.name}: slope less than 0.01 in size for {_percent(one.dead)} of the"
            f" inputs; outputs have mean {_number(one.mean, 3)} and spread"
            f" {one.spread:.3f}{stuck}."
        )
    names = ", ".join(f.name for f in fs)
    return (
        f"Value, slope and bend of {names} over z from −8 to 8, and histograms of their"
        f" outputs for a normally distributed input of mean {mean:g} and spread"
        f" {spread:g}. {' '.join(told)}"
    )
