"""What every public function asks of its arguments, and how it says so.

Each check names the argument, what came and what was expected; nothing is
clipped, broadcast or guessed. The wrong kind of thing raises TypeError, the
right kind with a wrong value ValueError.
"""

import math
import operator
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]


def real_array(name: str, value: ArrayLike) -> Array:
    """`value` as an array of float32 or float64; integers become float64."""
    expected = "expected float32, float64 or integers"
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; {expected}")
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise TypeError(f"{name} is not a rectangular array; {expected}") from error
    if array.dtype.kind in "iu":
        return array.astype(np.float64)
    if array.dtype not in (np.float32, np.float64):
        raise TypeError(f"{name} has type {array.dtype}; {expected}")
    return array


def finite_array(name: str, value: ArrayLike) -> Array:
    """`value` as `real_array` gives it, without NaN and infinity."""
    array = real_array(name, value)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity; expected finite numbers")
    return array


def shape(name: str, array: Array, expected: tuple[int, ...]) -> None:
    """Refuse `array` unless it has the `expected` shape."""
    if array.shape != expected:
        raise ValueError(f"{name} has shape {array.shape}; expected {expected}")


def number(name: str, value: Real) -> float:
    """`value` as a finite float."""
    if isinstance(value, bool | np.bool) or not isinstance(value, Real):
        raise TypeError(f"{name} is {value!r}; expected a real number")
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise ValueError(f"{name} is {value}; expected a finite number")
    return result


def size(name: str, value: int, least: int = 1) -> int:
    """`value` as an integer ≥ `least`."""
    try:
        result = operator.index(value)
    except TypeError:
        result = None
    if result is None or isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}; expected an integer")
    if result < least:
        raise ValueError(f"{name} is {value}; expected an integer ≥ {least}")
    return result


def strength(value: Real) -> float:
    """`value` as the size B of pre-activations that saturate, 0 < B ≤ 100."""
    result = number("strength", value)
    if not 0 < result <= 100:
        raise ValueError(f"strength is {value}; expected more than 0, at most 100")
    return result


def instance(name: str, value: object, kind: type) -> None:
    """Refuse `value` unless it is an instance of `kind`."""
    if not isinstance(value, kind):
        got = type(value).__name__
        raise TypeError(f"{name} is of type {got}; expected {kind.__name__}")
