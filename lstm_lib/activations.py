"""The squashing functions of the book, each with its first and second derivative.

An `Activation` is called like a function; its slope is `.derivative(x)` and its
bend `.second_derivative(x)`. The formulas are chosen so that no digit is lost in
the tails, where the book looks closely: σ′ is e/(1+e)² with e = exp(−|x|) and
never y(1−y), and every exponential has an argument ≤ 0, so that none overflows.

Against exact values the results are within 2 ulp (value), 4 ulp (first
derivative) and 8 ulp (second derivative) over the whole range of float64. The
value of tanh is NumPy's own: within 1.2 ulp where it has vector kernels, within
2.2 where it falls back on the C library.
Ranges are open in exact arithmetic and closed in floats: a result may round to
the bound itself.

At a kink the derivative follows PyTorch: ReLU 0 at 0, leaky ReLU its slope at 0,
hard tanh 0 at ±1, hard sigmoid 0 at ±3. The second derivative of a piecewise
linear function is 0 everywhere, kinks included; the spike there is not shown.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "hard_sigmoid",
    "hard_tanh",
    "identity",
    "leaky",
    "leaky_relu",
    "relu",
    "sigmoid",
    "tanh",
]

Array = NDArray[np.floating]
Formula = Callable[[Array], Array]


@dataclass(frozen=True)
class Activation:
    """A function R → R with its first and second derivative.

    Calling it, `.derivative` and `.second_derivative` take a number or an array
    of any shape and return the same shape: float32 and float64 stay what they
    are, integers become float64, NaN passes through. Anything else (complex,
    bool, strings, None, other float sizes, masked arrays) raises TypeError.

    Attributes:
        name: its name in `ACTIVATIONS`.
        tex: its defining formula, in TeX.
        range: infimum and supremum of its values.
        kinks: the points where it has no derivative.
    """

    name: str
    tex: str
    range: tuple[float, float]
    kinks: tuple[float, ...]
    formulas: tuple[Formula, Formula, Formula] = field(repr=False)

    def __call__(self, x: ArrayLike) -> Array:
        """The value f(x); shape of `x`, within `range`."""
        return _evaluate(self.formulas[0], x)

    def derivative(self, x: ArrayLike) -> Array:
        """The slope f′(x); shape of `x`. At a kink: PyTorch's convention."""
        return _evaluate(self.formulas[1], x)

    def second_derivative(self, x: ArrayLike) -> Array:
        """The bend f″(x); shape of `x`. At a kink: 0."""
        return _evaluate(self.formulas[2], x)


def _evaluate(formula: Formula, x: ArrayLike) -> Array:
    """Apply `formula` in float64 and round once to the type that came in."""
    x = checks.real_array("x", x)
    wide = x.astype(np.float64)
    with np.errstate(over="ignore", under="ignore"):
        y = np.where(np.isnan(wide), wide, formula(wide))
        return y.astype(x.dtype)[()]


def _piecewise(x: Array, kinks: tuple[float, float], inside: float) -> Array:
    """The slope of a clipped line: `inside` strictly between the kinks, else 0."""
    return np.where((kinks[0] < x) & (x < kinks[1]), inside, 0.0)


# σ: with e = exp(−|x|), the slope is e/(1+e)². Each expression is the form with
# the fewest roundings: e − e²/(1+e) stands for e/(1+e), 1 + e(2+e) for (1+e)².


def _sigmoid(x: Array) -> Array:
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e - e * (e / (1 + e)))


def _sigmoid_slope(x: Array) -> Array:
    e = np.exp(-np.abs(x))
    return e / (1 + e * (2 + e))


def _sigmoid_bend(x: Array) -> Array:
    return -np.tanh(x / 2) * _sigmoid_slope(x)  # σ″ = σ′ (1 − 2σ)


# tanh: its slope is sech², which with e = exp(−2|x|) is 4e/(1+e)².


def _tanh_slope(x: Array) -> Array:
    e = np.exp(-2 * np.abs(x))
    return 4 * e / (1 + e * (2 + e))


def _tanh_bend(x: Array) -> Array:
    return -2 * np.tanh(x) * _tanh_slope(x)


sigmoid = Activation(
    name="sigmoid",
    tex=r"\sigma(x) = \frac{1}{1 + e^{-x}}",
    range=(0.0, 1.0),
    kinks=(),
    formulas=(_sigmoid, _sigmoid_slope, _sigmoid_bend),
)

tanh = Activation(
    name="tanh",
    tex=r"\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
    range=(-1.0, 1.0),
    kinks=(),
    formulas=(np.tanh, _tanh_slope, _tanh_bend),
)

hard_tanh = Activation(
    name="hard_tanh",
    tex=r"\max(-1, \min(1, x))",
    range=(-1.0, 1.0),
    kinks=(-1.0, 1.0),
    formulas=(
        lambda x: x.clip(-1, 1),
        lambda x: _piecewise(x, (-1, 1), 1.0),
        np.zeros_like,
    ),
)

hard_sigmoid = Activation(
    name="hard_sigmoid",
    tex=r"\max(0, \min(1, \tfrac{x}{6} + \tfrac12))",
    range=(0.0, 1.0),
    kinks=(-3.0, 3.0),
    formulas=(
        lambda x: ((x + 3) / 6).clip(0, 1),
        lambda x: _piecewise(x, (-3, 3), 1 / 6),
        np.zeros_like,
    ),
)

relu = Activation(
    name="relu",
    tex=r"\max(0, x)",
    range=(0.0, math.inf),
    kinks=(0.0,),
    formulas=(
        lambda x: np.maximum(x, 0),
        lambda x: np.where(x > 0, 1.0, 0.0),
        np.zeros_like,
    ),
)

identity = Activation(
    name="identity",
    tex=r"x",
    range=(-math.inf, math.inf),
    kinks=(),
    formulas=(np.copy, np.ones_like, np.zeros_like),
)


def leaky(slope: float) -> Activation:
    """Leaky ReLU: x for x > 0, slope · x otherwise (Maas et al. 2013).

    `slope` is any finite real number but 0 (that is `relu`) and 1 (`identity`);
    other numbers raise ValueError, other kinds TypeError. For a negative slope
    the range is [0, ∞) and the function falls before it rises.
    """
    k = checks.number("slope", slope)
    if k in (0, 1):
        raise ValueError(f"slope is {k:g}; expected neither 0 (relu) nor 1 (identity)")
    return Activation(
        name=f"leaky_relu({k:g})",
        tex=rf"\begin{{cases}} x & x > 0 \\ {k:g}\,x & x \le 0 \end{{cases}}",
        range=(-math.inf if k > 0 else 0.0, math.inf),
        kinks=(0.0,),
        formulas=(
            lambda x: np.where(x > 0, x, k * x),
            lambda x: np.where(x > 0, 1.0, k),
            np.zeros_like,
        ),
    )


leaky_relu = replace(leaky(0.01), name="leaky_relu")

ACTIVATIONS = MappingProxyType(
    {
        f.name: f
        for f in (sigmoid, tanh, hard_tanh, relu, leaky_relu, hard_sigmoid, identity)
    }
)
