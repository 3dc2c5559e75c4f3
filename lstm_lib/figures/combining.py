"""Two numbers made into one: four ways to do it, and who learns from a product."""

from collections.abc import Mapping, Sequence

import matplotlib
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

__all__ = ["sensitivities", "ways"]

Array = NDArray[np.floating]


@house_style()
def ways(values: Mapping[str, ArrayLike], letters: Sequence[str]) -> Picture:
    """What each way of combining makes of four letters, as small squares.

    values: for each way the four numbers, in the order of `letters`.
    letters: two small letters and then the same two as capitals.
    """
    told = (
        f"{name}: {', '.join(f'{letter} {v:.2f}' for letter, v in zip(letters, four))}."
        for name, four in values.items()
    )
    words = "What four ways to put two numbers together make of four letters."
    picture = Picture(" ".join([words, *told]), (5.2, 1.7), layout="none")
    row = picture.subplots(1, len(values), squeeze=False)[0]
    picture.subplots_adjust(0.01, 0.14, 0.99, 0.86, wspace=0.1)
    for axes, (name, four) in zip(row, values.items()):
        _squares(axes, np.reshape(four, (2, 2)), letters)
        axes.set_xlabel(name, fontsize=9)
    row[0].set_title("With these weights, the product ignores capitals")
    return picture


@house_style()
def sensitivities(
    z_i: Array, by_gate: Array, by_candidate: Array, z_g: float
) -> Picture:
    """How fast the product answers to each sum, against the gate's, at one `z_g`.

    z_i, by_gate, by_candidate: shape (n,); the sizes of the slopes are drawn.
    """
    gate, candidate = np.abs(by_gate), np.abs(by_candidate)
    top = gate.argmax()
    picture = Picture(
        f"Size of the slope of the product against z_i from {z_i[0]:g} to {z_i[-1]:g},"
        f" with z_g = {z_g:g}. By the gate's sum it is largest, {gate[top]:.2f}, at z_i"
        f" = {z_i[top]:z.1f}, and {gate[0]:.3f} and {gate[-1]:.3f} at the ends. By the"
        f" candidate's it rises from {candidate[0]:.3f} to {candidate[-1]:.3f}."
    )
    axes = picture.subplots()
    for y, name, dash in ((gate, "i", DASHES[0]), (candidate, "g", DASHES[1])):
        axes.plot(z_i, np.round(y, 9), color=COLOURS[name], linestyle=dash)
    note(axes, z_i[0], 0.7 * gate.max(), "by the gate's sum z_i", (4, 0), SHADES["i"])
    note(axes, 2, candidate[-1], "by the candidate's sum z_g", (-12, 6), SHADES["g"])
    axes.set_ylim(0, 1.25 * candidate.max())
    axes.set_xlabel("z_i: gate shut on the left, open on the right")
    axes.set_ylabel("size of the slope")
    axes.set_title("Half open, the gate learns; open, the candidate")
    return picture


def _squares(axes: Axes, numbers: Array, letters: Sequence[str]) -> None:
    """Two by two numbers, coloured by sign and size; small letters above."""
    colours = matplotlib.colormaps["RdBu"]
    for k, letter in enumerate(letters):
        down, across = divmod(k, 2)
        value = numbers[down, across]
        shade = colours(0.5 + 0.25 * float(np.clip(value, -1, 1)))
        axes.add_patch(matplotlib.patches.Rectangle((across, down), 1, 1, fc=shade))
        said = f"{letter}\n{minus(f'{value:z.2f}')}"
        place = {"ha": "center", "va": "center", "fontsize": 9, "color": INK}
        axes.text(across + 0.5, down + 0.5, said, **place)
    axes.set(xlim=(0, 2), ylim=(2, 0), aspect="equal", xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
