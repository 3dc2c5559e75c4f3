"""Hard tanh beside tanh: how far apart they are, how they learn, what they cost."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lstm_lib.figures.picture import (
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    minus,
    note,
)

__all__ = ["cost_ratio", "gap_to_tanh", "weight_by_update"]

Array = NDArray[np.floating]


@house_style()
def gap_to_tanh(z: Array, gap: Array) -> Picture:
    """Hard tanh minus tanh, with its highest and its lowest point marked."""
    gap = np.round(gap, 9)  # last digits differ from processor to processor
    ends = [k(gap) for k in (np.argmin, np.argmax)]
    told = " and ".join(f"{gap[k]:.4f} at z = {z[k]:g}" for k in ends)
    picture = Picture(
        f"Hard tanh minus tanh over z from {z[0]:g} to {z[-1]:g}. The curve is 0 at"
        f" z = 0 and tends to 0 on both sides. It has two pointed peaks: {told}.",
        (5.2, 2.6),
    )
    axes = picture.subplots()
    axes.axhline(0, color="#B5B5B5", linewidth=1)
    axes.plot(z, gap, color=INK)
    for k, right, ha in zip(ends, (-10, 10), ("right", "left")):
        axes.plot([z[k]], [gap[k]], "o", color=INK, markersize=5)
        words = minus(f"{gap[k]:.4f} at {z[k]:g}")
        note(axes, z[k], gap[k], words, (right, -4), ha=ha)
    axes.margins(y=0.15)
    axes.set_xlabel("z")
    axes.set_ylabel("hard_tanh − tanh")
    axes.set_title("The two are furthest apart at the corners")
    return picture


@house_style()
def weight_by_update(paths: Mapping[str, Sequence[float]]) -> Picture:
    """A weight over updates by gradient descent, one line per function and start.

    Names begin with the function; all paths are of one length, above 10.
    """
    told = (
        f"{name}: {path[0]:.2f} at first, {path[10]:.2f} after 10 updates,"
        f" {path[-1]:.2f} after {len(path) - 1}."
        for name, path in paths.items()
    )
    picture = Picture(
        "A weight against updates by gradient descent, which from 1 on stand on a"
        " logarithmic scale. " + " ".join(told)
    )
    axes = picture.subplots()
    for name, path in paths.items():
        hard = name.startswith("hard")
        colour = INK if hard else SHADES["c"]
        axes.plot(np.round(path, 6), color=colour, linestyle=DASHES[not hard])
        # Names that share a start stand above and below it.
        note(axes, 0.05, path[0], name, (0, 5 if hard else -15), colour)
    axes.set_xscale("symlog", linthresh=1, linscale=0.5)
    axes.set_xticks([0, 1, 10, 100, 1000], ["0", "1", "10", "100", "1000"])
    axes.set(xlim=(0, len(path) - 1), ylim=(0, None))
    axes.set_xlabel("updates")
    axes.set_ylabel("weight of the candidate")
    axes.set_title("Where the slope is exactly 0, nothing moves")
    return picture


@house_style()
def cost_ratio(numbers: Array, ratios: Mapping[str, Array]) -> Picture:
    """Time of tanh over time of clip against the size of arrays, one line per type.

    Args:
        numbers: sizes (n,).
        ratios: by name three rows (3, n): lower quartile, median, upper quartile.
    """
    picture = Picture(_costs_in_words(numbers, ratios))
    axes = picture.subplots()
    axes.axhline(1, color="#B5B5B5", linewidth=5)
    looks = ((INK, DASHES[0], 3, (-8, 2), "right"),
             (SHADES["f"], DASHES[1], 2, (8, -10), "left"))  # fmt: skip
    for (name, (low, middle, high)), (colour, dashes, at, offset, ha) in zip(
        ratios.items(), looks
    ):
        spread = (middle - low, high - middle)
        look = {"color": colour, "linestyle": dashes, "marker": "o", "ms": 4}
        axes.errorbar(numbers, middle, spread, capsize=3, elinewidth=1, **look)
        note(axes, numbers[at], middle[at], name, offset, colour, ha=ha)
    axes.set(xscale="log", yscale="log", ylim=(0.08, 20))
    axes.margins(x=0.05)
    axes.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
    note(axes, numbers[0], 1, "above: np.clip is faster", (0, 8))
    note(axes, numbers[-1], 1, "below: np.tanh is faster", (0, -22), ha="right")
    axes.set_xlabel("numbers in the array")
    axes.set_ylabel("time of tanh / time of clip")
    axes.set_title("Clipping is the cheaper one only for large arrays")
    return picture


def _costs_in_words(numbers: Array, ratios: Mapping[str, Array]) -> str:
    told = []
    for name, (_, middle, _) in ratios.items():
        points = (f"{r:.2g} at {n:,.0f}" for n, r in zip(numbers, middle))
        told.append(f"{name}: {', '.join(points)}.")
    return (
        "Time of np.tanh divided by time of np.clip against the size of the array, both"
        " on logarithmic scales, with a line at 1 for equal times. " + " ".join(told)
    )
