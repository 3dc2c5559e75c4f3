"""Activations against each other: how they pass a signal down, and how they learn."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
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

__all__ = ["depth", "race", "zigzag"]

Array = NDArray[np.floating]
# The same curve has the same look in every figure: steep ones are dark and solid.
LOOKS = (
    (COLOURS["c"], SHADES["c"], DASHES[1], "s"),
    (COLOURS["i"], SHADES["i"], DASHES[2], "D"),
    (COLOURS["f"], SHADES["f"], DASHES[0], "o"),
    (COLOURS["g"], SHADES["g"], DASHES[3], "^"),
    (INK, INK, DASHES[0], "v"),
)


@house_style()
def depth(sizes: Mapping[str, ArrayLike]) -> Picture:
    """The size of a gradient at each hidden layer, the first layer first.

    `sizes` holds, for at most five curves, one positive number per layer relative
    to the last one, which is 1.
    """
    layers = len(next(iter(sizes.values())))
    told = "; ".join(f"{name}: {size[0]:.5f}" for name, size in sizes.items())
    picture = Picture(
        f"Size of the gradient at the pre-activations of {layers} hidden layers,"
        " relative to the last one, on a logarithmic scale. All lines fall straight"
        f" from 1 at the last layer towards the first. There they reach: {told}."
    )
    axes = picture.subplots()
    x = np.arange(1, layers + 1)
    for size, look in zip(sizes.values(), LOOKS):
        colour, _, dash, marker = look
        # Rounded, for the last digits differ from processor to processor.
        y = 10 ** np.round(np.log10(size), 6)
        axes.plot(x, y, color=colour, linestyle=dash, marker=marker, markersize=4)
    _names_at_the_left(axes, sizes)
    axes.set_yscale("log")
    axes.set(xlim=(-0.35, layers + 0.2), xticks=x)
    axes.set_ylim(bottom=0.3 * min(size[0] for size in sizes.values()))
    axes.set_xlabel("hidden layer (1: next to the input)")
    axes.set_ylabel("gradient, last layer = 1")
    axes.set_title("In new networks slope decides how much arrives")
    return picture


def _names_at_the_left(axes: Axes, sizes: Mapping[str, ArrayLike]) -> None:
    """Names before the first points, pushed apart where these lie close."""
    order = sorted(zip(sizes, LOOKS), key=lambda pair: -sizes[pair[0]][0])
    last = np.inf
    for name, (_, shade, _, _) in order:
        height = min(np.log10(sizes[name][0]), last - 0.35)
        last = height
        place = (0.85, 10 ** round(height, 6))
        axes.text(*place, minus(name), color=shade, ha="right", va="center", size=9)


@house_style()
def zigzag(
    paths: Mapping[str, Array], moments: Mapping[str, Array], target: ArrayLike
) -> Picture:
    """Two weights on their way to `target`, one example an update, panel by panel.

    `paths` holds the weights (updates + 1, 2) for each kind of input, `moments`
    its second-moment matrix (2, 2), from which the lines of equal loss come.
    """
    picture = Picture(_zigzag_in_words(paths, target), (5.2, 3.1))
    panels = picture.subplots(1, 2, sharex=True, sharey=True)
    for axes, (name, path), colour in zip(
        panels, paths.items(), (SHADES["c"], SHADES["f"])
    ):
        _valley(axes, moments[name], target)
        path = np.round(path, 6)
        look = {"color": colour, "linewidth": 1.2, "marker": "o", "markersize": 2.5}
        axes.plot(*path.T, **look)
        axes.plot(*target, "*", color=INK, markersize=12)
        axes.set_aspect("equal")
        axes.set_xlabel(f"first weight\n({name})")
    panels[0].set_ylabel("second weight")
    panels[0].set_title("Positive inputs zigzag", fontsize=11)
    panels[1].set_title("Centred ones need not", fontsize=11)
    return picture


def _zigzag_in_words(paths: Mapping[str, Array], target: ArrayLike) -> str:
    told = []
    for name, path in paths.items():
        start, end = (np.linalg.norm(w - np.asarray(target)) for w in path[[0, -1]])
        told += [f"With {name} {end / start:.0%} of the way is left at the end."]
    return (
        f"Two weights on their way from {path[0, 0]:g} and {path[0, 1]:g} to"
        f" {target[0]:g} and {target[1]:g} in {len(path) - 1} updates, with lines of"
        f" equal loss. {' '.join(told)} The positive inputs move both weights up or"
        " both down, and their path zigzags through a narrow valley."
    )


def _valley(axes: Axes, moment: Array, target: ArrayLike) -> None:
    """Ellipses around `target` on which the expected squared error is the same."""
    angle = np.linspace(0, 2 * np.pi, 61)
    circle = np.array([np.cos(angle), np.sin(angle)])
    values, vectors = np.linalg.eigh(moment)
    for loss in (0.01, 0.04, 0.09, 0.16, 0.25):
        ring = vectors @ (circle * np.sqrt(loss / values)[:, None])
        x, y = np.round(ring, 6) + np.asarray(target)[:, None]
        axes.plot(x, y, color="#BBBBBB", linewidth=0.8, zorder=0)
    axes.set(xlim=(-0.45, 1.6), ylim=(-1.6, 0.45))


@house_style()
def race(panels: Mapping[str, Mapping[str, Array]]) -> Picture:
    """Updates needed, one dot per seed, with medians and their intervals.

    A raster, for trainings hang on the processor. `panels` holds, under a heading
    each, the updates per seed of at most five curves; infinite where a seed did
    not get there. The bars are the 7th to the 18th of 24 sorted seeds.
    """
    picture = Picture(_race_in_words(panels), (5.2, 4.6), raster=True)
    edge = 1.3 * max(
        n[np.isfinite(n)].max() for group in panels.values() for n in group.values()
    )
    every = picture.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (heading, group) in zip(every, panels.items()):
        for row, needed in enumerate(group.values()):
            _dots(axes, -row, needed, edge, LOOKS[row])
        axes.set_yticks([-row for row in range(len(group))], [*map(minus, group)])
        axes.set_ylim(0.6 - len(group), 0.6)
        note(axes, 1, 0, heading, (-4, 8), xycoords="axes fraction", ha="right")
    every[-1].set(xscale="log", xlim=(10, 1.2 * edge))
    ticks = [n for n in (10, 20, 50, 100, 200, 500, 1000) if n < edge]
    every[-1].set_xticks(ticks, [f"{n}" for n in ticks])
    every[-1].minorticks_off()
    every[-1].set_xlabel("updates until the log-loss is below 0.1")
    every[0].set_title("At a small rate slope wins, at own rates both do")
    return picture


def _race_in_words(panels: Mapping[str, Mapping[str, Array]]) -> str:
    told = " ".join(
        f"With {heading}: "
        + ", ".join(f"{name} {_two_digits(np.median(n))}" for name, n in group.items())
        + "."
        for heading, group in panels.items()
    )
    return (
        "Updates until the log-loss is below 0.1, one dot for each run, on a"
        f" logarithmic scale. Medians in two digits. {told}"
    )


def _two_digits(n: float) -> str:
    """A number ≥ 10 rounded to two digits, without an exponent."""
    return f"{float(f'{n:.2g}'):.0f}"


def _dots(
    axes: Axes, row: int, needed: Array, edge: float, look: tuple[str, ...]
) -> None:
    """A row of dots, its median, and the interval of the median."""
    colour, shade, _, marker = look
    ordered = np.sort(needed)
    there = np.isfinite(ordered)
    lift = row + 0.12 * (np.arange(len(ordered)) % 3 - 1)
    axes.plot(ordered[there], lift[there], marker, color=colour, ms=3.5, alpha=0.6)
    axes.plot(np.full((~there).sum(), edge), lift[~there], ">", color=colour, ms=4)
    k = len(ordered) // 4
    ends = np.minimum(ordered[[k, -k - 1]], edge)
    axes.plot(ends, [row, row], color=shade, linewidth=2)
    axes.plot([np.median(ordered)] * 2, [row - 0.3, row + 0.3], color=INK, linewidth=2)
