"""The weights of hand-made cells as tables that can be read row by row."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from lstm_lib.figures.picture import COLOURS, INK, SHADES, Picture, house_style
from lstm_lib.reading import Reader

__all__ = ["weights"]

ROWS = {"i": "input", "f": "forget", "g": "candidate", "o": "output"}
SHOWN = {"\n": "⏎", ".": "dot"}


@house_style()
def weights(readers: Sequence[Reader], title: str) -> Picture:
    """One table for each unit of up to four readers, in multiples of their strength B.

    Rows are the pre-activations of i, f, g and o; columns each symbol, what is always
    there (the bias), and the hidden states where they are fed back, by the number of
    their unit where there are several. `title` says what is found.
    """
    tables = [table for reader in readers for table in _tables(reader)]
    told = [f"{name}: {_told(columns, grid)}." for name, columns, grid in tables]
    high = -(-len(tables) // 2)
    wide = min(2, len(tables))
    words = "Tables of weights, in multiples of B."
    picture = Picture(" ".join([words, *told]), (5.2, 0.55 + 1.75 * high))
    rows = {"hspace": 0.1}
    frames = picture.subplots(high, wide, squeeze=False, gridspec_kw=rows).ravel()
    for place, (axes, (name, columns, grid)) in enumerate(zip(frames, tables)):
        _draw(axes, columns, grid)
        names = [key if place % 2 else f"{key} {word}" for key, word in ROWS.items()]
        axes.set_yticks(range(4), names, size=9)
        for label, key in zip(axes.get_yticklabels(), ROWS):
            label.set_color(SHADES[key])
        axes.set_xlabel(name, size=10, labelpad=6)
    for axes in frames[len(tables) :]:
        axes.remove()
    picture.axes[0].set_title(title)
    return picture


def _tables(reader: Reader) -> Iterator[tuple[str, list[str], NDArray]]:
    """Of each unit its name, the names of its columns and the numbers (4, columns)."""
    W, U, b = (
        np.rint(array / reader.strength).astype(int)
        for array in (reader.lstm.W, reader.lstm.U, reader.lstm.b)
    )
    names = [SHOWN.get(signs, signs) for signs in reader.symbols] + ["always"]
    for unit, what in enumerate(reader.units):
        fed = np.flatnonzero(U[:, unit].any(axis=0))
        many = reader.lstm.hidden > 1
        backs = [f"h of {k + 1}" if many else "h" for k in fed]
        grid = np.column_stack([W[:, unit], b[:, unit], U[:, unit, fed]])
        yield (f"unit {unit + 1}: {what}" if many else reader.name), names + backs, grid


def _draw(axes: Axes, columns: Sequence[str], grid: NDArray) -> None:
    """The table: a cell filled by its number, hollow below 0, with the number in it."""
    for (row, column), value in np.ndenumerate(grid):
        colour = COLOURS["ifgo"[row]]
        if value:
            fill = to_rgba(colour, 0.4) if value > 0 else "white"
            look = {"facecolor": fill, "edgecolor": colour, "linewidth": 1.5}
            axes.add_patch(Rectangle((column - 0.42, row - 0.42), 0.84, 0.84, **look))
        middle = {"ha": "center", "va": "center"}
        axes.text(column, row, _multiple(value), size=9, color=INK, **middle)
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(3.6, -0.6))
    axes.set_xticks(range(len(columns)), columns, size=9)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _multiple(value: int) -> str:
    """So many times B: "B", "−2B", or a dot for none."""
    size = {0: "·", 1: "B"}.get(abs(value), f"{abs(value)}B")
    return f"−{size}" if value < 0 else size


def _told(columns: Sequence[str], grid: NDArray) -> str:
    """The rows in words."""
    rows = []
    for key, row in zip(ROWS, grid):
        entries = [f"{name} {_multiple(v)}" for name, v in zip(columns, row) if v]
        rows.append(f"{key}: {', '.join(entries) or 'nothing'}")
    return "; ".join(rows)
