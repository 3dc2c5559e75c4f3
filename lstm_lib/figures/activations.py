"""Formulas for activations against what is right: data in, closed figure out."""

import numpy as np
from numpy.typing import NDArray

from lstm_lib.figures.picture import (
    COLOURS,
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    note,
)

__all__ = ["slopes", "tails"]

Array = NDArray[np.floating]


@house_style()
def slopes(z: Array, printed: Array, true: Array, measured: Array) -> Picture:
    """A formula for the slope of σ as printed, the right one, and differences.

    `measured` holds difference quotients at every twentieth point of `z`.
    """
    below = z[printed < 0]
    alt = (
        f"Slope against z from {z[0]:g} to {z[-1]:g}. The right formula is a bump,"
        f" {true.max():.2f} high at z = 0, and goes through all difference quotients."
        f" The printed formula falls from {printed[0]:.1f}, is"
        f" {np.interp(0, z, printed):.0f} at z = 0, and is negative from"
        f" z = {below[0]:.2f} on."
    )
    picture = Picture(alt)
    axes = picture.subplots()
    axes.plot(z, true, color=INK)
    axes.plot(z, printed, color=COLOURS["c"], linestyle=DASHES[1])
    axes.plot(z[::20], measured, "o", color=INK, markersize=4)
    note(axes, 1, 0.22, "right formula\n(dots: measured)", (2, 2))
    note(axes, 2, np.interp(2, z, printed), "as printed", (8, -12), SHADES["c"])
    axes.set_ylim(-0.45, 0.6)
    axes.set_xlabel("z")
    axes.set_ylabel("slope of σ")
    axes.set_title("The curve rises, so its slope cannot be negative")
    return picture


@house_style()
def tails(z: Array, error: Array, expected: Array) -> Picture:
    """Relative error of a formula for σ on its left tail, measured and expected.

    A raster, for measured rounding errors hang on the processor. The alternative
    text speaks of `expected` alone.
    """
    lost = z[expected >= 1].max()
    picture = Picture(
        f"Relative error of the tanh form from z = {z[0]:.0f} to {z[-1]:.0f}, on a"
        f" logarithmic scale. It grows on a straight line from"
        f" 10 to the power {np.log10(expected[-1]):.0f} at the right end to 1, that"
        f" is 100 %, at about z = {lost:.0f}, and stays there.",
        raster=True,
    )
    axes = picture.subplots()
    axes.plot(z, np.minimum(expected, 1), color=COLOURS["c"], linestyle=DASHES[1])
    axes.plot(z, error, "o", color=INK, markersize=3)
    axes.set_yscale("log")
    middle, words = len(z) // 2, "rounding of 1, divided by σ(z)"
    place = (z[middle], expected[middle])
    note(axes, *place, words, (-10, -14), SHADES["c"], ha="right")
    axes.set_xlabel("z (dots: measured)")
    axes.set_ylabel("relative error")
    axes.set_title("The tanh form loses digit after digit to the left")
    return picture
