"""What gates do: their values, how they learn, whether they can be believed."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib.figures.picture import (
    COLOURS,
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    note,
)

__all__ = ["gates", "learning", "reliability"]

Array = NDArray[np.floating]


@house_style()
def gates(values: Mapping[str, Array]) -> Picture:
    """Histograms of gate values; a switch would stand at 0 or at 1."""
    told = [
        f"{name}: centred on {np.median(y):.2f}, {np.mean((y > 0.1) & (y < 0.9)):.1%}"
        " of the values between 0.1 and 0.9."
        for name, y in values.items()
    ]
    picture = Picture(" ".join(["Histograms of gate values from 0 to 1.", *told]))
    axes = picture.subplots()
    bins = np.linspace(0, 1, 51)
    labelled = []
    for name, y in values.items():
        colour, shade = COLOURS[name[0]], SHADES[name[0]]
        look = {"density": True, "color": colour}
        height = axes.hist(y.ravel(), bins, alpha=0.3, **look)[0].max()
        axes.hist(y.ravel(), bins, histtype="step", linewidth=2, **look)
        # Names stand above the peaks; two on one peak stand one above the other.
        at = np.median(y)
        up = 4 + 14 * sum(abs(at - other) < 0.05 for other in labelled)
        labelled.append(at)
        note(axes, at, height, name, (0, up), shade, ha="center")
    axes.margins(y=0.25)
    axes.set_xlim(0, 1)
    axes.set_xlabel("gate value: 0 lets nothing through, 1 everything")
    axes.set_ylabel("density")
    axes.set_title("The gates of new LSTMs are no switches")
    return picture


@house_style()
def learning(paths: Mapping[str, Sequence[float]]) -> Picture:
    """Gate value over updates by gradient descent, one line per kind of gate."""
    picture = Picture(
        "Gate value against updates by gradient descent, both axes logarithmic. "
        + " ".join(
            f"{name}: from {path[0]:.2f} to {path[-1]:.2f}"
            f" after {len(path) - 1} updates."
            for name, path in paths.items()
        )
    )
    axes = picture.subplots()
    places = ((0.03, (0, 7)), (0.03, (8, 6)), (0.3, (-50, -16)))
    colours = (INK, SHADES["c"], SHADES["f"])
    for k, (name, path) in enumerate(paths.items()):
        axes.plot(path, color=colours[k], linestyle=DASHES[k])
        share, offset = places[k]
        at = round(share * (len(path) - 1))
        note(axes, at, path[at], name, offset, colours[k])
    axes.set(xscale="log", yscale="log", xlim=(1, None), ylim=(0.01, 1.6))
    axes.set_xlabel("updates")
    axes.set_ylabel("gate value")
    axes.set_title("A switch gets no signal; soft gates close")
    return picture


@house_style()
def reliability(lines: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Picture:
    """Observed frequency against predicted probability, one line per model."""
    gaps = {name: np.abs(np.subtract(*pair)).max() for name, pair in lines.items()}
    picture = Picture(
        "Observed frequency against predicted probability. "
        + " ".join(
            f"{name}: at most {gap:.2f} away from the diagonal."
            for name, gap in gaps.items()
        ),
        (5.2, 4.2),
    )
    axes = picture.subplots()
    axes.plot([0, 1], [0, 1], color="#B5B5B5", linewidth=5)
    for (name, (predicted, observed)), style in zip(lines.items(), DASHES):
        axes.plot(predicted, observed, color=INK, linestyle=style, marker="o", ms=4)
        note(axes, 1, observed[-1], name, (8, -4))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_aspect("equal")
    axes.set_xlabel("predicted probability")
    axes.set_ylabel("observed frequency")
    note(axes, 0.02, 0.02, "what is said comes true", (62, 30))
    axes.set_title("Same decisions, but only one model is calibrated")
    return picture
