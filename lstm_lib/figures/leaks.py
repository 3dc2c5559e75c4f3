"""Leaky ReLU at work: as a formula, and through many layers."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

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

__all__ = ["larger_of_two", "path_slopes"]

Array = NDArray[np.floating]
FLOOR = -50  # the power of ten below which paths are no longer drawn


@house_style()
def larger_of_two(z: Array, pairs: Mapping[float, tuple[Array, Array]]) -> Picture:
    """For each k, max(z, kz) in dashes over the function that is made of two cases."""
    differs = {k: np.abs(one - two).max() for k, (one, two) in pairs.items()}
    told = [
        f"k = {k:g}: {f'up to {gap:g} apart' if gap else 'the same'};"
        f" at z = {z[0]:g} max gives {one[0]:g}, two cases {two[0]:g}."
        for (k, (one, two)), gap in zip(pairs.items(), differs.values())
    ]
    words = "The larger of z and kz, and z on the right with kz on the left."
    picture = Picture(" ".join([words, *told]), (5.2, 2.8))
    row = picture.subplots(1, len(pairs), sharey=True, squeeze=False)[0]
    for axes, (k, (one, two)) in zip(row, pairs.items()):
        axes.plot(z, two, color=INK)
        axes.plot(z, one, color=COLOURS["c"], linestyle=DASHES[1], linewidth=3)
        axes.set_xlabel(minus(f"z\nk = {k:g}: {'apart' if differs[k] else 'the same'}"))
        if differs[k]:
            top = max(one.max(), two.max())
            note(axes, z[0], top, "max(z, kz)", (2, -16), SHADES["c"])
            note(axes, z[0], two[0], "two cases", (14, 0))
    row[0].set_ylabel("value")
    # In two lines: a long title would push the frames apart.
    row[0].set_title("The two formulas part\nwhere k is above 1")
    return picture


@house_style()
def path_slopes(slopes: Mapping[float, Array]) -> Picture:
    """The slope of paths through n layers, on a logarithmic scale, for each k.

    `slopes` holds for each k an array (layers, paths): the product of the slopes of
    a path up to each layer. Drawn are the middle one of the paths, a band with nine
    in ten of them, and in dots kⁿ, a path that is all on the left.
    """
    powers = {
        k: np.round(np.quantile(np.log10(paths), (0.5, 0.05, 0.95), axis=1), 6)
        for k, paths in slopes.items()
    }
    picture = Picture(_paths_in_words(powers), (5.2, 3.0))
    row = picture.subplots(1, len(powers), sharey=True, squeeze=False)[0]
    for axes, (k, (middle, low, high)) in zip(row, powers.items()):
        n = np.arange(1, len(middle) + 1)
        axes.fill_between(n, low, high, color=COLOURS["f"], alpha=0.3, linewidth=0)
        axes.plot(n, middle, color=SHADES["f"])
        axes.plot(n, n * np.log10(k), color=COLOURS["c"], linestyle=DASHES[2])
        axes.set_xlabel(f"layers\nk = {k:g}")
    tens = range(0, FLOOR - 1, -10)
    row[0].set_yticks(tens, [f"$10^{{{power}}}$" for power in tens])
    row[0].set(ylim=(FLOOR, 2), ylabel="slope of the path")
    note(row[0], 4, -34, "band: 9 in 10", (0, 0), SHADES["f"])
    note(row[0], 4, -40, "line: middle", (0, 0), SHADES["f"])
    note(row[0], 4, -46, "dots: all left", (0, 0), SHADES["c"])
    row[0].set_title("Every layer on the left\nmultiplies by k")
    return picture


def _paths_in_words(powers: Mapping[float, Array]) -> str:
    """The powers of ten that middle, lowest and highest paths end at, for each k."""
    told = ["Slope of paths against the number of layers, in powers of ten."]
    for k, ends in powers.items():
        middle, low, high = ends[:, -1]
        n = ends.shape[1]
        told.append(
            f"k = {k:g}: after {n} layers {middle:.0f} in the middle, nine in ten"
            f" between {low:.0f} and {high:.0f}, all on the left {n * np.log10(k):.0f}."
        )
    return " ".join(told)
