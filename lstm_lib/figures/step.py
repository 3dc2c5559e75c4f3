"""One step of the cell: what it does to a state, who reaches whom, what is shown."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

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

__all__ = ["fates", "paths_of_the_state", "readings"]

Array = NDArray[np.floating]
WIDTH, APART = 1.0, 2.0  # of one act, and from one to the next


@house_style()
def fates(starts: Sequence[float], acts: Mapping[str, ArrayLike]) -> Picture:
    """Where each state goes in one step, for each act of the gates.

    Args:
        starts: the states before, at most four.
        acts: for each act by name the states after, as many as before.

    Raises:
        ValueError: there are more states, or not as many after as before.
    """
    acts = {name: np.round(ends, 3) for name, ends in acts.items()}
    before = _listed(starts)
    told = (f"{name}: to {_listed(ends)}." for name, ends in acts.items())
    picture = Picture(
        f"One step from the states {before}. " + " ".join(told), (5.2, 3.0)
    )
    axes = picture.subplots()
    for number, ends in enumerate(acts.values()):
        left = number * APART
        for start, end, style in zip(starts, ends, DASHES[: len(starts)], strict=True):
            ends_of_line = (left, left + WIDTH), (start, end)
            axes.plot(*ends_of_line, color=COLOURS["c"], linestyle=style)
            axes.plot(left, start, "o", color=COLOURS["c"])
        for end in np.unique(np.round(ends, 1)):
            right = left + WIDTH
            axes.plot(right, end, "s", color=INK, ms=5)
            note(axes, right, end, minus(f"{end + 0:g}"), (6, -4))
    centres = np.arange(len(acts)) * APART + WIDTH / 2
    axes.set_xticks(centres, list(acts))
    axes.set_xlim(-0.3, centres[-1] + WIDTH / 2 + 0.7)
    axes.grid(axis="x", visible=False)
    axes.set_xlabel("before (dot) and after (square) one step")
    axes.set_ylabel("cell state")
    axes.set_title("To subtract is to move; to forget is to lose")
    return picture


@house_style()
def paths_of_the_state(direct: Array, detour: Array) -> Picture:
    """Slopes of every new state by every old one, along two ways.

    Args:
        direct: (H, H), from the old state of a unit (column) to the new state of
            a unit (row), through the forget gates alone.
        detour: (H, H), the same through the hidden state.
    """
    direct, detour = np.round(direct, 6), np.round(detour, 6)
    picture = Picture(
        "Squares whose area is the slope of a new cell state by an old one, filled"
        f" if positive, hollow if negative, for {len(direct)} units. Through the"
        f" forget gate: on the diagonal {_span(np.diag(direct))}, elsewhere"
        f" {_span(_off_diagonal(direct))}. Through the hidden state: in all places,"
        f" {_span(detour)}.",
        (5.2, 3.1),
    )
    largest = max(np.abs(direct).max(), np.abs(detour).max())
    pair = picture.subplots(1, 2, sharey=True)
    titles = "Through f: each its own", "Through h: each to all"
    for axes, slopes, title in zip(pair, (direct, detour), titles):
        _squares(axes, slopes / largest)
        axes.set_title(title)
        axes.set_xlabel("unit whose old state moves")
    pair[0].set_ylabel("unit whose new state answers")
    return picture


@house_style()
def readings(states: ArrayLike, shown: Mapping[str, ArrayLike]) -> Picture:
    """What a unit shows of its state at each symbol, one line per way to show it."""
    lines = {"state c": states} | dict(shown)
    lines = {name: np.round(line, 6) for name, line in lines.items()}
    told = (f"{name}: {y[0]:.2f} at first, {y[-1]:.2f} at last." for name, y in
            lines.items())  # fmt: skip
    symbols = len(np.asarray(states))
    picture = Picture(
        f"Cell state of a unit over {symbols} symbols, and what is shown of it. "
        + " ".join(told),
        (5.2, 2.9),
    )
    axes = picture.subplots()
    for (name, line), key, style in zip(lines.items(), "chhh", DASHES):
        at = np.arange(1, symbols + 1)
        axes.plot(at, line, color=COLOURS[key], linestyle=style)
        note(axes, symbols, line[-1], name, (6, -4), SHADES[key])
    axes.set_xlim(1, symbols * 1.5)
    axes.set_ylim(0, None)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_xticks(np.linspace(0, symbols, 5)[1:])
    axes.set_xlabel("letters read")
    axes.set_ylabel("value")
    axes.set_title("The state climbs; what is shown need not")
    return picture


def _squares(axes: Axes, slopes: Array) -> None:
    """One square per entry, its area the size of it; at most 1 in size."""
    units = len(slopes)
    for (row, column), slope in np.ndenumerate(slopes):
        side = round(float(np.sqrt(abs(slope))) * 0.92, 4)
        corner = column + 1 - side / 2, row + 1 - side / 2
        fill = COLOURS["c"] if slope > 0 else "white"
        axes.add_patch(Rectangle(corner, side, side, fc=fill, ec=INK, lw=1, zorder=2))
    axes.set(xlim=(0.4, units + 0.6), ylim=(units + 0.6, 0.4), aspect="equal")
    axes.set_xticks(range(1, units + 1))
    axes.set_yticks(range(1, units + 1))
    axes.grid(visible=False)


def _off_diagonal(square: Array) -> Array:
    return square[~np.eye(len(square), dtype=bool)]


def _span(values: Array) -> str:
    low, high = values.min(), values.max()
    return f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"


def _listed(values: ArrayLike) -> str:
    return ", ".join(f"{value:g}" for value in np.round(values, 1) + 0.0)
