"""A text read by a cell, as a score: one stave for each quantity under the symbols."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from lstm_lib.figures.picture import COLOURS, INK, SHADES, Picture, house_style
from lstm_lib.reading import Run

__all__ = ["score"]

NAMES = {
    "i": "input",
    "f": "forget",
    "g": "candidate",
    "o": "output",
    "c": "state",
    "h": "shown",
}
GLYPHS = {"\n": "⏎", " ": "␣"}


@house_style()
def score(
    run: Run,
    title: str,
    rows: Sequence[str] = "ifgc",
    unit: int = 0,
    words: Mapping[int, str] = MappingProxyType({}),
) -> Picture:
    """Bars for each symbol of `run`: gates from 0, candidate and states both ways.

    Args:
        run: what was read, up to 60 symbols.
        title: what is found.
        rows: which of i, f, g, o, c, h are shown, from above.
        unit: whose they are.
        words: what to write for an answer, where that is not its number.
    """
    (name, answers), *_ = run.answers.items()
    said = [words.get(int(answer), str(answer)) for answer in answers]
    signs = [GLYPHS.get(sign, sign) for sign in run.text]
    told = [
        f"{sign}: "
        + ", ".join(f"{row} {getattr(run, row)[n, unit]:.2f}" for row in rows)
        + f", {name} {answer}"
        for n, (sign, answer) in enumerate(zip(signs, said))
    ]
    picture = Picture(f"Bars for each symbol. {'; '.join(told)}.",
                      (5.2, 0.95 + 0.5 * len(rows)))  # fmt: skip
    staves = picture.subplots(len(rows), 1, sharex=True, squeeze=False)[:, 0]
    for axes, row in zip(staves, rows):
        _stave(axes, row, getattr(run, row)[:, unit])
    top, bottom = staves[0].secondary_xaxis("top"), staves[-1]
    for axes, labels in ((top, signs), (bottom, said)):
        axes.set_xticks(range(len(signs)), labels, size=9)
        axes.tick_params(axis="x", length=0, labelbottom=axes is bottom)
    top.spines[:].set_visible(False)
    bottom.set_xlim(-0.7, len(signs) - 0.3)
    bottom.set_xlabel(f"{name}, as it is read off", labelpad=2)
    staves[0].set_title(title, pad=20)
    return picture


def _stave(axes: Axes, row: str, values: np.ndarray) -> None:
    """One bar for each symbol; below 0 they are hollow."""
    drawn = np.round(values, 6)
    fills = [COLOURS[row] if value >= 0 else "white" for value in drawn]
    axes.bar(range(len(drawn)), drawn, 0.72, color=fills, edgecolor=COLOURS[row])
    axes.axhline(0, color=INK, linewidth=0.8)
    low, high = min(0, drawn.min()), max(1 if row in "ifo" else 0, drawn.max())
    if row in "gh":
        low, high = -1, 1
    room = 0.12 * (high - low)
    axes.set_ylim(low - (room if low < 0 else 0), high + room)
    axes.set_yticks([round(low), round(high)] if low < 0 else [0, round(high)])
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.tick_params(axis="y", labelsize=8, length=0)
    axes.grid(visible=False)
    label = f"{row}\n{NAMES[row]}"
    turn = {"rotation": 0, "ha": "right", "va": "center", "size": 9}
    axes.set_ylabel(label, color=SHADES[row], labelpad=4, **turn)
