"""The product of a gate and a candidate: how much, times what.

    product(z_i, z_g)            # i·g = σ(z_i)·tanh(z_g), and both its slopes
    reach(sigmoid, tanh)         # where it can lie, the two z free of each other
    reach(sigmoid, tanh, tied=True)   # and where, if both are the same number

In the cell the two pre-activations are weighted sums with weights of their own, so
that any pair of them may occur. A product of one z with itself is another function.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import Activation, sigmoid, tanh

__all__ = ["Product", "product", "reach"]

Array = NDArray[np.floating]
STEP = 0.1
GRID = STEP * np.arange(-400, 401)  # where a tied product is searched for its dip
GOLDEN = (np.sqrt(5) - 1) / 2


class Product(NamedTuple):
    """The product and what it answers to; each has the shape of the pre-activations."""

    value: Array
    by_gate: Array
    by_candidate: Array


def product(
    z_i: ArrayLike,
    z_g: ArrayLike,
    gate: Activation = sigmoid,
    candidate: Activation = tanh,
) -> Product:
    """The product i·g of i = gate(z_i) and g = candidate(z_g), with its slopes.

    Args:
        z_i: the gate's pre-activation, of any shape.
        z_g: the candidate's, of the same shape.
        gate: the activation of z_i.
        candidate: the activation of z_g.

    Returns:
        i·g, its partial derivative by z_i, which is g·gate′(z_i), and by z_g, which
        is i·candidate′(z_g). At a kink the slope is the activation's convention.

    Raises:
        TypeError: what comes in is no array of real numbers, or no activation.
        ValueError: the shapes differ, or there is NaN or infinity.
    """
    z_i, z_g = checks.finite_array("z_i", z_i), checks.finite_array("z_g", z_g)
    checks.shape("z_g", z_g, z_i.shape)
    _activations(gate, candidate)
    i, g = gate(z_i), candidate(z_g)
    return Product(i * g, gate.derivative(z_i) * g, i * candidate.derivative(z_g))


def reach(
    gate: Activation = sigmoid, candidate: Activation = tanh, tied: bool = False
) -> tuple[float, float]:
    """Infimum and supremum of the product over all pre-activations.

    Args:
        gate: an activation that rises or stays level, as all in `ACTIVATIONS` do.
        candidate: another such.
        tied: whether both pre-activations are one number.

    Returns:
        (low, high), where −∞ or ∞ says that there is no bound. Free of each other,
        the two reach every product of two of their values; tied, only what lies on
        the curve gate(z)·candidate(z), whose dip is found to 1e-12 and above −40.

    Raises:
        TypeError: what comes in is no activation.
    """
    _activations(gate, candidate)
    first, second = np.array(gate.range), np.array(candidate.range)
    with np.errstate(invalid="ignore"):  # 0 · ∞, which is no end
        ends = first * second if tied else np.outer(first, second)
    low, high = np.nanmin(ends), np.nanmax(ends)
    if tied:
        low = min(low, _dip(lambda z: gate(z) * candidate(z)))
    return float(low + 0.0), float(high)  # 0 and not −0


def _dip(curve: Callable[[Array], Array]) -> float:
    """The lowest value of `curve`: on a grid, and then by golden section."""
    middle = GRID[curve(GRID).argmin()]
    low, high = middle - STEP, middle + STEP
    for _ in range(60):
        inner = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if curve(inner[0]) < curve(inner[1]):
            high = inner[1]
        else:
            low = inner[0]
    return min(curve(middle), curve((low + high) / 2))


def _activations(gate: Activation, candidate: Activation) -> None:
    """Refuse what is no activation."""
    checks.instance("gate", gate, Activation)
    checks.instance("candidate", candidate, Activation)
