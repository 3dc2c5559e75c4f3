"""The product of a gate and a candidate, over the plane of both pre-activations."""

from collections.abc import Mapping, Sequence

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap, to_hex
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.activations import Activation
from lstm_lib.figures.picture import (
    INK,
    Picture,
    house_style,
    minus,
    note,
)
from lstm_lib.product import product

__all__ = ["END", "SCALE", "surface"]

Array = NDArray[np.floating]
Point = tuple[float, float]
END = 6.0  # both pre-activations are shown from −6 to 6
# Red below 0, white at 0, blue above: told apart by colour-blind eyes, too. The
# darkest ends are left out, so that lines can be seen on them.
SCALE = tuple(
    to_hex(colour) for colour in matplotlib.colormaps["RdBu"](np.linspace(0.1, 0.9, 33))
)
LEVELS = np.array([0.1, 0.3, 0.5, 0.7, 0.9])  # for lines of equal height
STEEP = np.array([1.0, 3, 5, 10, 20, 30])  # for those of unbounded functions
STEPS = np.arange(1, 10) / 10  # where one colour ends and the next begins
HALO = (withStroke(linewidth=3, foreground="white"),)


@house_style()
def surface(
    gate: Activation,
    candidate: Activation,
    title: str = "",
    at: Point | None = None,
    points: Mapping[str, Point] | None = None,
    diagonal: bool = False,
) -> Picture:
    """A map of i·g with lines of equal height: z_g to the right, z_i upward.

    Args:
        gate: the activation of z_i, how much.
        candidate: the activation of z_g, what.
        title: what is to be seen; else the functions' names.
        at: a point (z_g, z_i) to be marked, with i·g beside it.
        points: further points (z_g, z_i), marked with their names.
        diagonal: draw where both pre-activations are one number.

    Raises:
        TypeError, ValueError: a point is no pair of numbers from −6 to 6.
    """
    marked = {name: _in_sight(name, point) for name, point in (points or {}).items()}
    if at is not None:
        at = _in_sight("at", at)
        marked = {_height(gate, candidate, at): at, **marked}
    words = _in_words(gate, candidate, marked, at, diagonal)
    picture = Picture(words, (4.7, 4.6), raster=True)
    axes = picture.subplots()
    _map(axes, gate, candidate)
    if diagonal:
        axes.plot([-END, END], [-END, END], color=INK, linewidth=2.5)
        place = {"rotation": 45, "ha": "center", "path_effects": HALO}
        note(axes, -3.3, -3.3, "tied: $z_i = z_g$", (-10, 6), **place)
    for name, (z_g, z_i) in marked.items():
        axes.plot(z_g, z_i, "o", color=INK, markeredgecolor="white", markersize=8)
        # Inward, so that no name leaves the frame.
        offset = {"offset": (-8, 6), "ha": "right"} if z_g > 4 else {"offset": (8, 6)}
        look = {"weight": "bold", "path_effects": HALO}
        note(axes, z_g, z_i, name, **offset, **look)
    axes.set_xlabel("$z_g$: what →", color=INK)
    axes.set_ylabel("$z_i$: how much →", color=INK)
    axes.set_title(
        minus(title or f"i·g = {gate.name}($z_i$) · {candidate.name}($z_g$)")
    )
    return picture


def _map(axes: Axes, gate: Activation, candidate: Activation) -> None:
    """Colours and lines of equal height."""
    z = np.linspace(-END, END, 481)
    height = np.round(np.outer(gate(z), candidate(z)), 9)
    # In steps, so that 64 colours are enough, and what is next to nothing is white.
    steps = np.concatenate([-STEPS[::-1], STEPS])
    places = np.linspace(0, len(SCALE) - 1, len(steps) + 1).round().astype(int)
    bands = ListedColormap([SCALE[k] for k in places])
    look = {"cmap": bands, "norm": BoundaryNorm(steps, len(places), extend="both")}
    axes.imshow(
        height,
        extent=(-END, END, -END, END),
        origin="lower",
        interpolation="nearest",
        **look,
    )
    axes.grid(False)
    _lines(axes, z, height)


def _lines(axes: Axes, z: Array, height: Array) -> None:
    """Lines of equal height, dashed below 0, with their numbers."""
    levels = _levels(height.min(), height.max())
    dashes = ["--" if level < 0 else "-" for level in levels]
    widths = [2 if level == 0 else 1 for level in levels]
    look = {"colors": INK, "linestyles": dashes, "linewidths": widths}
    lines = axes.contour(z, z, height, levels, **look)
    if 0 in levels:  # from below, too, for there may be a plateau
        axes.contour(z, z, -height, [0], colors=INK, linewidths=2)
    places = _places(lines.allsegs)
    numbers = axes.clabel(
        lines, fontsize=8, manual=places, fmt=lambda level: minus(f"{level:g}")
    )
    for text in numbers:
        text.set_path_effects(HALO)


def _places(lines: Sequence[Sequence[Array]]) -> list[Point]:
    """A place on each line for its number: in one of two columns, if it is free."""
    places = []
    for level in lines:
        points = np.concatenate([*level, np.empty((0, 2))])
        points = points[np.abs(points).max(1) < 5.5]
        nearest = points[np.abs(np.abs(points[:, 0]) - 4.5).argsort(kind="stable")]
        free = [
            (x, y)
            for x, y in nearest
            if all(abs(x - a) > 1 or abs(y - b) > 0.5 for a, b in places)
        ]
        places += free[:1]
    return places


def _levels(low: float, high: float) -> Array:
    """Heights for lines within (low, high), on either side finer where 1 bounds it."""
    up, down = (LEVELS if most <= 1 else STEEP for most in (high, -low))
    levels = np.concatenate([-down[::-1], [0], up])
    return levels[(levels > low) & (levels < high)]


def _in_sight(name: str, point: Point) -> Point:
    """The point, if it can be shown."""
    if not isinstance(point, tuple | list | np.ndarray) or len(point) != 2:
        raise TypeError(f"{name} is {point!r}; expected a pair (z_g, z_i)")
    pair = tuple(checks.number(name, z) for z in point)
    if max(map(abs, pair)) > END:
        raise ValueError(f"{name} is {pair}; expected numbers from −6 to 6")
    return pair


def _height(gate: Activation, candidate: Activation, point: Point) -> str:
    """The product at a point, to be written beside it."""
    z_g, z_i = point
    return minus(f"i·g = {product(z_i, z_g, gate, candidate).value:.3f}")


def _in_words(
    gate: Activation,
    candidate: Activation,
    marked: Mapping[str, Point],
    at: Point | None,
    diagonal: bool,
) -> str:
    """The corners, and what is marked."""
    low, high = (
        [f"{gate(z_i) * candidate(z_g) + 0:.3g}" for z_g in (-END, END)]
        for z_i in (-END, END)
    )
    words = [
        f"Map of i·g, with i = {gate.name}(z_i) and g = {candidate.name}(z_g): z_g from"
        " -6 to 6 to the right, z_i from -6 to 6 upward. In the upper corners i·g is"
        f" {high[0]} on the left and {high[1]} on the right, in the lower corners"
        f" {low[0]} and {low[1]}."
    ]
    for name, point in marked.items():
        told = "Marked" if point is at else name
        height = _height(gate, candidate, point)
        words += [f"{told}: z_g = {point[0]:.3g} and z_i = {point[1]:.3g}, {height}."]
    if diagonal:
        words += [
            "A line from the lower left to the upper right: both z are one number."
        ]
    return " ".join(words)
