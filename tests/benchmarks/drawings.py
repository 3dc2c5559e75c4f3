"""The figures of the benchmark page, stored beside it, with their alternative texts."""

from collections.abc import Mapping
from pathlib import Path

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

Array = NDArray[np.floating]
HERE = Path(__file__).parent
MARKS = "os^Dvh"


def shown(picture: Picture, name: str) -> str:
    """Store a picture beside the page; the Markdown that shows it there."""
    (HERE / f"{name}.png").write_bytes(picture.png)
    return f"![{picture.alt}]({name}.png)"


@house_style()
def scaling(
    times: Mapping[str, Mapping[int, float]], slopes: Mapping[str, float]
) -> Picture:
    """Microseconds of one step against one size at a time, and the slope of each."""
    told = (
        f"{name} from {min(of)} to {max(of)}: {of[min(of)]:.3g} to"
        f" {of[max(of)]:.3g} µs, slope {slopes[name]:.2f}."
        for name, of in times.items()
    )
    picture = Picture(
        "Time of one step, forward and backward, against one size at a time, both"
        f" axes logarithmic. {' '.join(told)}",
        (5.2, 3.6),
    )
    axes = picture.subplots()
    for (name, of), key, dash, mark in zip(times.items(), "fcgo", DASHES, MARKS):
        look = {"linestyle": dash, "marker": mark, "markersize": 4}
        axes.loglog([*of], [*of.values()], color=COLOURS[key], **look)
        end = max(of)
        words = minus(f"{name}: {slopes[name]:.2f}")
        note(axes, end, of[end], words, (5, 0), SHADES[key], va="center")
    axes.set_xlim(1, 4000)
    axes.set_xlabel("size: units H, sequences B, steps T, replicas R")
    axes.set_ylabel("µs a step")
    axes.set_title("What a step costs, and the slope of each line")
    return picture


@house_style()
def ratios(found: Mapping[str, Mapping[str, Array]]) -> Picture:
    """Quartiles (3,) of each peer's time over ours, by size and peer."""
    told = (
        f"At {size}: " + ", ".join(f"{peer} {q[1]:.2f}" for peer, q in of.items()) + "."
        for size, of in found.items()
    )
    picture = Picture(
        "How many times our time the peers need, in float64, median and quartiles on"
        f" a logarithmic axis. {' '.join(told)}",
        (5.2, 4.2),
    )
    axes = picture.subplots()
    axes.axvline(1, color=INK, linewidth=1)
    peers = dict.fromkeys(peer for of in found.values() for peer in of)
    for peer, key, mark in zip(peers, "fcgoih", MARKS):
        points = {row: of[peer] for row, of in enumerate(found.values()) if peer in of}
        low, middle, high = np.transpose([*points.values()])
        spread = middle - low, high - middle
        look = {"fmt": mark, "color": COLOURS[key], "markersize": 5, "label": peer}
        axes.errorbar(middle, [*points], xerr=spread, elinewidth=1.5, **look)
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_yticks(range(len(found)), found)
    axes.invert_yaxis()
    axes.margins(x=0.06, y=0.06)
    axes.set_xlabel("time of the peer, or of the floor / our time")
    axes.set_ylabel("replicas × (T, B, D, H)")
    axes.set_title("Right of the line, the peers are slower")
    axes.legend(loc="upper center", bbox_to_anchor=(0.35, -0.15), ncols=3, fontsize=9)
    return picture
