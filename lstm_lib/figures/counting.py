"""How far a counter with soft gates is right."""

from collections.abc import Mapping, Sequence

import numpy as np
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

__all__ = ["losses", "reaches"]


@house_style()
def losses(paths: Mapping[float, ArrayLike]) -> Picture:
    """What a counter lacks after each step of aⁿbⁿ, one line for each strength.

    `paths` holds for each of up to three strengths the states after the 2n steps.
    """
    told, lines = [], {}
    for B, path in paths.items():
        n = len(path) // 2
        truth = np.concatenate([np.arange(1, n + 1), np.arange(n - 1, -1, -1)])
        lines[B] = np.round(np.asarray(path) - truth, 6)
        told.append(f"B = {B:g}: {lines[B][n - 1]:.2f} at the top, {lines[B][-1]:.2f}")
    words = f"State minus true count over {2 * n} steps, n = {n}."
    alt = f"{words} {' at the end; '.join(told)} at the end. Rounding bears ±0.5."
    picture = Picture(alt, (5.2, 2.9))
    axes = picture.subplots()
    axes.axhspan(-0.5, 0.5, color="#EEEEEE", zorder=0)
    axes.axhline(0, color=INK, linewidth=0.8)
    steps = np.arange(1, 2 * n + 1)
    for (B, line), dash in zip(lines.items(), DASHES):
        axes.plot(steps, line, color=COLOURS["c"], linestyle=dash)
        note(axes, 2 * n, line[-1], f"B = {B:g}", (6, -3), SHADES["c"])
    axes.text(0.02 * n, 0.3, "rounding puts this right", size=9)
    axes.axvline(n, color="#9A9A9A", linewidth=0.8)
    note(axes, n, axes.get_ylim()[0], f"the last of {n} a", (4, 8), size=9)
    axes.set_xlabel("symbols read")
    axes.set_ylabel("state − true count")
    axes.set_title("Each step loses a share of all that was counted")
    return picture


@house_style()
def reaches(
    strengths: Sequence[float],
    predicted: Sequence[float],
    measured: Sequence[float],
    half_lives: Sequence[float],
) -> Picture:
    """How far aⁿbⁿ is read right, and how long a memory lasts, over the strength.

    All are sequences of the same length: strengths B, the predicted and the measured
    largest n, the half-lives in steps.
    """
    told = ", ".join(
        f"B = {B:g}: {p:.1f} and {m:g}"
        for B, p, m in zip(strengths, predicted, measured, strict=True)
    )
    last = half_lives[-1]
    alt = (
        f"The largest n on a logarithmic axis, predicted and measured. {told}."
        f" A straight line carries the points. Above it that of the half-life, twice as"
        f" steep, which ends at {last:.3g} steps."
    )
    picture = Picture(alt, (5.2, 3.2))
    axes = picture.subplots()
    axes.semilogy(strengths, np.round(half_lives, 6), color=COLOURS["f"], ls=DASHES[2])
    axes.semilogy(strengths, np.round(predicted, 6), color=INK, linestyle=DASHES[1])
    look = {"marker": "o", "linestyle": "none", "color": COLOURS["c"]}
    axes.semilogy(strengths, measured, **look, clip_on=False)
    at = len(strengths) * 2 // 3
    place = strengths[at], half_lives[at]
    note(axes, *place, "half-life of a memory", (-8, 2), SHADES["f"], ha="right")
    place = strengths[at], predicted[at]
    note(axes, *place, "dots: measured n\nline: $\\sqrt{e^B/2}$", (8, -40))
    axes.set_xlabel("strength B of the weights")
    axes.set_ylabel("symbols")
    axes.set_title("Every 2 more in B reach e times as far")
    return picture
