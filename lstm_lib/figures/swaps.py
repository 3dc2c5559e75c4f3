"""One function exchanged at a time: traces, ranges, and a memory under a gate."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

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

__all__ = ["memories", "ranges", "swaps"]

Interval = tuple[float, float]
LOW, HIGH = -1.4, 4.2  # the window of the traces
EDGE = 2.0  # where the number lines end, and unbounded bars with them


@house_style()
def swaps(text: str, states: Mapping[str, ArrayLike], count: ArrayLike) -> Picture:
    """Cell state after each letter of `text`, one frame for each pair of functions.

    `states` holds the len(text) states of each, `count` the right ones; all start
    from 0. What leaves the frame is told by its last value.
    """
    told = [
        f"{name}: {', '.join(f'{c:.2f}' for c in path)}."
        for name, path in states.items()
    ]
    words = f"Cell state after each letter of {text}, from 0; the right counts are"
    right = ", ".join(f"{c:g}" for c in count)
    picture = Picture(" ".join([f"{words} {right}.", *told]), (5.2, 6.4))
    shape = -(-len(states) // 2), 2
    frames = picture.subplots(*shape, sharex=True, sharey=True, squeeze=False).flat
    for axes, pair in zip_longest(frames, states.items()):
        if pair is None:
            axes.axis("off")
            continue
        axes.plot([0, *count], color="#B5B5B5", linewidth=5)
        _trace(axes, *pair)
    picture.axes[0].set(ylim=(LOW, HIGH), yticks=range(-1, 5))
    picture.axes[0].set_xticks(range(len(text) + 1), ["", *text])
    for axes in picture.axes[-2:]:
        axes.set_xlabel("letter read; grey: the right count")
    picture.axes[0].set_title("Two of the eight follow the count", pad=24)
    return picture


def _trace(axes: Axes, name: str, path: ArrayLike) -> None:
    """One line with its name above it, cut off at the frame."""
    path = np.round([0, *path], 6)
    axes.plot(path, color=COLOURS["c"], marker="o", markersize=4)
    axes.text(0, 1.04, name, transform=axes.transAxes, color=SHADES["c"])
    if path[-1] > HIGH:
        end = f"out of sight, {path[-1]:.0f} at last"
        note(axes, len(path) - 1, HIGH, end, (0, -12), ha="right", size=9)


@house_style()
def ranges(rows: Mapping[str, tuple[Interval, Interval, Interval]]) -> Picture:
    """What can be added to a state and what it can be multiplied by, as bars.

    `rows` holds for each pair of functions three (low, high): of the product of gate
    and candidate, of the same with both z equal, and of the gate. ±∞ is no bound.
    """
    told = [
        f"{name}: added {_between(free)}, with equal z {_between(tied)};"
        f" multiplied by {_between(kept)}."
        for name, (free, tied, kept) in rows.items()
    ]
    picture = Picture(
        " ".join(["Ranges on two number lines, for each pair.", *told]), (5.2, 4.6)
    )
    left, right = picture.subplots(1, 2, sharey=True)
    names = [name.replace(" × ", "\n× ") for name in rows]
    for y, (free, tied, kept) in enumerate(rows.values()):
        _bar(left, y - 0.12, free, COLOURS["g"], 7)
        _bar(left, y + 0.24, tied, INK, 1.5)
        _bar(right, y, kept, COLOURS["f"], 7)
    for axes in (left, right):
        axes.axvline(0, color="#8A8A8A", linewidth=1)
        axes.set(xlim=(-EDGE - 0.3, EDGE + 0.3), xticks=range(-2, 3))
        axes.grid(axis="y", visible=False)
    left.set_yticks(range(len(rows)), names, size=9)
    left.set_ylim(len(rows) - 0.4, -0.7)
    left.set_xlabel("added: i·g\nthin line: both z the same")
    right.set_xlabel("multiplied by: f\n")
    left.set_title("What a step can add to the state,\nand what it can multiply it by")
    return picture


def _bar(axes: Axes, y: float, ends: Interval, colour: str, width: float) -> None:
    """The interval at height y, with arrow heads where it does not end."""
    low, high = np.round(np.clip(ends, -EDGE, EDGE), 6)
    cap = {"solid_capstyle": "butt"}
    axes.plot([low, high], [y, y], color=colour, linewidth=width, **cap)
    for end, at, head in ((ends[0], low, "<"), (ends[1], high, ">")):
        if np.isinf(end):
            size = 4 + width
            axes.plot(at, y, head, color=colour, markersize=size, clip_on=False)


def _between(ends: Interval) -> str:
    """The interval in words."""
    low, high = (f"{end:.3g}" for end in ends)
    if np.isinf(ends).all():
        return "anything"
    return f"from {low} up" if np.isinf(ends[1]) else f"{low} to {high}"


@house_style()
def memories(paths: Mapping[float, Mapping[str, Sequence[float]]]) -> Picture:
    """A state that is multiplied by a gate at each step, one frame for each z.

    `paths` holds for each z the states by name of the gate, two of them.
    """
    told = [
        f"{name} of {z:g}: {', '.join(f'{c:.3f}' for c in path)}."
        for z, pair in paths.items()
        for name, path in pair.items()
    ]
    words = "A state multiplied by a gate at each step, from the first number on."
    picture = Picture(" ".join([words, *told]), (5.2, 2.8))
    row = picture.subplots(1, len(paths), sharey=True, squeeze=False)[0]
    for axes, (z, pair) in zip(row, paths.items()):
        axes.axhline(0, color="#9A9A9A", linewidth=1)
        for path, key, dash in zip(pair.values(), "cf", DASHES):
            look = {"color": COLOURS[key], "linestyle": dash, "marker": "o", "ms": 4}
            axes.plot(np.round(path, 6), **look, clip_on=False)
        axes.set_xlabel(minus(f"step\nz = {z:g}"))
    for (name, path), key, down in zip(pair.items(), "cf", (0, -10)):
        note(row[-1], len(path) - 1, path[-1], name, (8, down), SHADES[key])
    row[0].set_ylabel("state c")
    row[0].set_title("A negative gate turns the sign\nof a memory at every step")
    return picture
