"""What a symbol does to the state, as a map of the old state to the new one."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from lstm_lib.figures.picture import COLOURS, DASHES, INK, Picture, house_style, note

__all__ = ["maps"]

Curves = Mapping[str, ArrayLike]


@house_style()
def maps(c: ArrayLike, left: tuple[str, Curves], right: tuple[str, Curves]) -> Picture:
    """New state over old state, in two frames, one line for each symbol.

    Args:
        c: old states (N,), rising.
        left: a name, and for each of up to four symbols the new states (N,).
        right: another.
    """
    c = np.asarray(c)
    told = [f"{name}: {_told(c, curves)}." for name, curves in (left, right)]
    alt = " ".join(["The new state over the old one, for each symbol.", *told])
    picture = Picture(alt, (5.2, 3.0))
    frames = picture.subplots(1, 2, sharey=True)
    for axes, (name, curves) in zip(frames, (left, right)):
        _draw(axes, c, curves)
        axes.set_xlabel(f"old state c\n{name}")
    frames[0].set_ylabel("new state")
    frames[0].set_title(
        "Without feedback no map falls;\nto swap two states, one has to"
    )
    return picture


def _draw(axes: Axes, c: np.ndarray, curves: Curves) -> None:
    """The maps, the diagonal on which nothing changes, and the name of each map."""
    axes.plot(c, c, color="#9A9A9A", linewidth=0.8)
    for (symbol, new), dash in zip(curves.items(), DASHES):
        axes.plot(c, np.round(new, 6), color=COLOURS["c"], linestyle=dash)
        note(axes, c[-1], new[-1], symbol, (4, -4), INK)
    axes.set_aspect("equal")


def _told(c: np.ndarray, curves: Curves) -> str:
    """Where each map leads from the first and the last state."""
    return "; ".join(
        f"{symbol} leads from {c[0]:.1f} to {new[0]:.2f},"
        f" from {c[-1]:.1f} to {new[-1]:.2f}"
        for symbol, new in curves.items()
    )
