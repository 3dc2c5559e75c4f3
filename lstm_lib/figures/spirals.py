"""The task of the chapters that train: two spirals in the plane."""

import numpy as np
from numpy.typing import NDArray

from lstm_lib.figures.picture import COLOURS, INK, Picture, house_style

__all__ = ["arms"]

Array = NDArray[np.floating]


@house_style()
def arms(points: Array, labels: Array) -> Picture:
    """Points (N, 2) in the plane, with a sign for each of the labels 0 and 1 (N,)."""
    picture = Picture(
        f"Two spirals of {len(points) // 2} points each, which start on opposite sides"
        " near the middle and wind around each other. Points of the one arm are filled"
        " circles, those of the other open squares.",
        (5.2, 3.2),
    )
    axes = picture.subplots()
    looks = ((COLOURS["c"], "o", COLOURS["c"]), (INK, "s", "none"))
    for label, (colour, marker, fill) in enumerate(looks):
        arm = np.round(points[labels == label], 6)
        axes.plot(*arm.T, marker, color=colour, markerfacecolor=fill, markersize=5)
    axes.set_aspect("equal")
    axes.margins(0.05)
    axes.set_xlabel("first input")
    axes.set_ylabel("second input")
    axes.set_title("The task: which arm is a point on?")
    return picture
