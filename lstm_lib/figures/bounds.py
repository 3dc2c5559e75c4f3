"""How large a cell state gets, and what is left of it where it is shown."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from lstm_lib.figures.picture import (
    COLOURS,
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    note,
)

__all__ = ["counts_shown", "extremes", "settling"]

GREY = "#9A9A9A"
PLAIN, COUPLED = 0.16, -0.16  # heights above and below the middle of a row


@house_style()
def settling(
    paths: Mapping[str, ArrayLike],
    levels: Mapping[str, float],
    title: str,
    top: float | None = None,
) -> Picture:
    """Cell states by step, each with the level that it comes near to.

    Args:
        paths: for each state by name, up to four, its values after 1, 2, … steps; as
            many steps for all, which start from 0.
        levels: the level of a state by its name; a state may have none.
        title: what is found.
        top: where the frame ends; what goes beyond is told by its last value.
    """
    told = (_course(name, path, levels.get(name)) for name, path in paths.items())
    steps = len(next(iter(paths.values())))
    words = f"Cell states over {steps} steps, from 0."
    picture = Picture(" ".join([words, *told]), (5.2, 3.0))
    axes = picture.subplots()
    for (name, path), style in zip(paths.items(), DASHES):
        path = np.round([0, *path], 6)
        axes.plot(path, color=COLOURS["c"], linestyle=style)
        if name in levels:
            level = round(levels[name], 6)
            axes.plot([0, steps], [level, level], ":", color=GREY, linewidth=1)
        _named(axes, name, path, top)
    axes.set_xlim(0, steps * 1.45)
    axes.set_ylim(0, top)
    axes.set_xticks(np.linspace(0, steps, 5))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_xlabel("steps")
    axes.set_ylabel("cell state c")
    axes.set_title(title)
    return picture


def _named(axes: Axes, name: str, path: ArrayLike, top: float | None) -> None:
    """The name at the end of a line, or where it leaves the frame."""
    last = len(path) - 1
    if top is None or path[-1] <= top:
        note(axes, last, path[-1], name, (6, -4), SHADES["c"])
    else:
        leaves = np.argmax(path > top)
        end = f"{name}: {path[-1]:.0f} at last"
        note(axes, leaves, top, end, (8, -12), SHADES["c"])


def _course(name: str, path: ArrayLike, level: float | None) -> str:
    """A state in words."""
    near = "" if level is None else f", level {level:.3g}"
    return f"{name}: {path[0]:.3g} at first, {path[-1]:.3g} at last{near}."


@house_style()
def extremes(groups: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Picture:
    """The largest |c| of many LSTMs, with gates of their own and with coupled ones.

    `groups` holds for each row by name both, one number for each LSTM, all positive.
    """
    told = [
        f"{name}: {_span(plain)} with gates of their own, {_span(coupled)} coupled."
        for name, (plain, coupled) in groups.items()
    ]
    words = "Largest size of a cell state, one mark for each LSTM."
    picture = Picture(" ".join([words, *told]), (5.2, 2.7))
    axes = picture.subplots()
    axes.axvline(1, color=GREY, linewidth=1)
    for row, (plain, coupled) in enumerate(np.round([*groups.values()], 4)):
        own = np.full(len(plain), row - PLAIN)
        axes.plot(plain, own, "|", color=COLOURS["c"], markersize=9, clip_on=False)
        tied = np.full(len(coupled), row - COUPLED)
        axes.plot(coupled, tied, "s", color="white", markeredgecolor=INK, ms=4)
    note(axes, plain.max(), row - PLAIN, "own gates", (8, -4), SHADES["c"])
    note(axes, 1, row - COUPLED, "coupled: i = 1 − f", (8, -4))
    axes.set_yticks(range(len(groups)), [*groups])
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.set_xlim(0, round(plain.max()) + 2)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("largest |c| in all steps, sequences and units")
    axes.set_title("Coupled gates keep the state below 1")
    return picture


def _span(values: ArrayLike) -> str:
    return f"{np.min(values):.3g} to {np.max(values):.3g}"


@house_style()
def counts_shown(counts: Sequence[int], shown: ArrayLike) -> Picture:
    """What is shown of whole numbers, and by how much the next one differs.

    Args:
        counts: whole numbers from 0 or above, one after another, at least two.
        shown: what each looks like, between 0 and 1 and rising.
    """
    shown = np.round(shown, 6)
    told = ", ".join(f"{n}: {y:.5f}" for n, y in zip(counts, shown, strict=True))
    words = f"What is shown of the counts {counts[0]} to {counts[-1]}. {told}."
    picture = Picture(words, (5.2, 2.9))
    axes = picture.subplots()
    axes.axhline(1, color=GREY, linewidth=1)
    axes.vlines(counts, 0, shown, color=COLOURS["h"], linewidth=1)
    axes.plot(counts, shown, "o", color=COLOURS["h"])
    pairs = zip(counts[1:], shown[1:], np.diff(shown), strict=True)
    for count, y, more in pairs:
        label = f"+{more:#.2g}"
        axes.text(count, y + 0.07, label, ha="center", color=SHADES["h"])
    axes.set_xticks(counts)
    axes.set_xlim(counts[0] - 0.4, counts[-1] + 0.6)
    axes.set_ylim(0, 1.2)
    axes.set_xlabel("cell state c, a count")
    axes.set_ylabel("shown: tanh c")
    axes.set_title("The higher the count, the less the next one shows")
    return picture
