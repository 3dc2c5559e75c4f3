"""An attempt at a puzzle: the weights that were set, and a string that they read."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lstm_lib.figures.picture import COLOURS, INK, SHADES, Picture, house_style, minus
from lstm_lib.puzzles import PUZZLES, Grade, assemble, grade
from lstm_lib.reading import Run, simulate

__all__ = ["attempt"]

CENTRED = {"ha": "center", "va": "center", "size": 9}
ROWS = {"i": "input gate", "f": "forget gate", "g": "candidate"}


@house_style()
def attempt(puzzle: str, weights: Sequence[int]) -> Picture:
    """The weights of an attempt, and the first string on which it is wrong.

    Where it is right on all of them, the example of the puzzle is shown.

    Args:
        puzzle: a name in `lstm_lib.puzzles.PUZZLES`.
        weights: −2 to 2 in units of B, in the order of `free` of the puzzle.

    Raises:
        TypeError, ValueError: the weights are not those of such a puzzle.
    """
    found, asked = grade(puzzle, weights), PUZZLES[puzzle]
    text = found.counterexample or asked.example
    run = simulate(assemble(puzzle, weights), text)
    picture = Picture(_in_words(puzzle, weights, found, run), (5.2, 2.5))
    grid, score = picture.subplots(1, 2, width_ratios=(3, 2))
    _table(grid, puzzle, weights)
    _states(score, puzzle, run)
    grid.set_title(_verdict(found))
    return picture


def _table(axes: Axes, puzzle: str, weights: Sequence[int]) -> None:
    """The weights as a table, with a frame around those that are free."""
    asked = PUZZLES[puzzle]
    columns = [*asked.symbols, "always"] + ["h"] * ("g h" in asked.free)
    given = dict(zip(asked.free, weights))
    for k, (row, words) in enumerate(ROWS.items()):
        look = CENTRED | {"ha": "right", "color": SHADES[row]}
        axes.text(-0.6, k, f"{words} {row}", **look)
        for j, column in enumerate(columns):
            name = f"{row} {column}"
            colour = INK if name in given else "#767676"
            axes.text(j, k, _multiple(given.get(name, 0)), color=colour, **CENTRED)
            if name in given:
                corner = j - 0.45, k - 0.4
                axes.add_patch(
                    Rectangle(corner, 0.9, 0.8, fill=False, ec=COLOURS[row], lw=1.2)
                )
    for j, column in enumerate(columns):
        axes.text(j, -0.75, column, weight="bold", **CENTRED)
    axes.set(xlim=(-3.2, len(columns) - 0.4), ylim=(2.6, -1.2))
    axes.axis("off")


def _states(axes: Axes, puzzle: str, run: Run) -> None:
    """What is read off the unit after each symbol, and the right answers."""
    asked = PUZZLES[puzzle]
    state = "c" if any(asked.reading.cell) else "h"
    at = np.arange(1, len(run.text) + 1)
    axes.plot(at, _right(puzzle, run.text), "s", color=INK, ms=7, mfc="none")
    read = np.round(getattr(run, state)[:, 0], 4)
    axes.plot(at, read, color=COLOURS[state], marker="o", ms=4)
    if asked.reading.kind == "above":
        axes.axhline(0.5, color=INK, linewidth=1, linestyle=(0, (1.5, 1.5)))
    axes.set_xticks(at, run.text)
    axes.set_xlim(0.5, len(at) + 0.5)
    axes.margins(y=0.15)
    axes.set_xlabel("symbols read")
    axes.set_ylabel(f"{state} (dots), right answer (squares)", size=8)


def _right(puzzle: str, text: str) -> list[int]:
    """The right answer after each symbol."""
    reference = PUZZLES[puzzle].reference
    return [reference(text[:end]) for end in range(1, len(text) + 1)]


def _verdict(found: Grade) -> str:
    if found.right:
        return f"Right on all {found.strings} strings"
    got = "is too near to tell" if found.got is None else f"says {found.got}"
    wanted = f"it should say {found.expected}"
    return minus(f"After {found.counterexample} {wanted}, and {got}")


def _multiple(weight: int) -> str:
    """A weight as readers write it: +2B, −B, 0."""
    if weight == 0:
        return "0"
    size = "" if abs(weight) == 1 else f"{abs(weight)}"
    return f"{'+' if weight > 0 else '−'}{size}B"


def _in_words(puzzle: str, weights: Sequence[int], found: Grade, run: Run) -> str:
    asked = PUZZLES[puzzle]
    given = (f"{n}: {_multiple(w)}" for n, w in zip(asked.free, weights))
    state = "c" if any(asked.reading.cell) else "h"
    seen = ", ".join(f"{value:.2f}" for value in getattr(run, state)[:, 0] + 0.0)
    right = ", ".join(map(str, _right(puzzle, run.text)))
    return (
        f"An attempt at the puzzle {puzzle}, one unit with the weights"
        f" {', '.join(given)}. {_verdict(found)}. While it reads {run.text}, {state} is"
        f" {seen}; right were {right}."
    )
