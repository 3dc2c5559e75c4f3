"""Each check lets the right thing through unchanged and refuses the rest.

Held: what is accepted, the kind of error, and that the message names the
argument, what came and what was expected.
"""

import math
import re
from fractions import Fraction

import numpy as np
import pytest

from lstm_lib import checks

ARRAY = "expected float32, float64 or integers"


def refused(kind: type[Exception], message: str):
    """The error that says exactly `message`."""
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_floating_arrays_stay_what_they_are(dtype):
    value = np.array([[1.5, np.nan, np.inf]], dtype)
    assert checks.real_array("x", value) is value


@pytest.mark.parametrize("dtype", np.typecodes["AllInteger"])
def test_integers_become_float64(dtype):
    array = checks.real_array("x", np.array([0, 100], dtype))
    assert array.dtype == np.float64
    assert array.tolist() == [0, 100]


@pytest.mark.parametrize("value", [3, 3.0, [1, 2.5], ((1,), (2,)), [], np.float32(3)])
def test_numbers_and_sequences_are_arrays(value):
    np.testing.assert_array_equal(checks.real_array("x", value), value)


@pytest.mark.parametrize(
    ("value", "got"),
    [
        (1j, "has type complex128"),
        (True, "has type bool"),
        ("1", "has type <U1"),
        (None, "has type object"),
        (object(), "has type object"),
        ([10**400], "has type object"),
        (np.float16(1), "has type float16"),
        (np.longdouble(1), f"has type {np.dtype(np.longdouble)}"),
        (np.datetime64("2000-01-01"), "has type datetime64[D]"),
        (np.timedelta64(1, "s"), "has type timedelta64[s]"),
        ([[1, 2], [3]], "is not a rectangular array"),
        (np.ma.masked_array([1.0, 2.0], [True, False]), "is a masked array"),
    ],
)
def test_other_arrays_are_refused(value, got):
    with refused(TypeError, f"x {got}; {ARRAY}"):
        checks.real_array("x", value)


def test_finite_arrays_pass_and_others_are_refused():
    value = np.array([-1e308, 5e-324])
    assert checks.finite_array("x", value) is value
    for bad in (np.nan, np.inf, -np.inf):
        with refused(ValueError, "x holds NaN or infinity; expected finite numbers"):
            checks.finite_array("x", [[0.0, bad]])
    with refused(TypeError, f"h has type bool; {ARRAY}"):
        checks.finite_array("h", True)


def test_shape_is_compared_whole():
    checks.shape("h", np.ones((2, 3)), (2, 3))
    for wrong in ((3, 2), (2,), (2, 3, 1), ()):
        with refused(ValueError, f"h has shape {wrong}; expected (2, 3)"):
            checks.shape("h", np.ones(wrong), (2, 3))


@pytest.mark.parametrize("value", [2, 2.5, np.float32(0.5), np.int8(3), Fraction(1, 4)])
def test_numbers_become_floats(value):
    number = checks.number("slope", value)
    assert type(number) is float
    assert number == value


@pytest.mark.parametrize("value", [True, np.True_, "1", None, 1j, [1.0], np.array(1.0)])
def test_what_is_no_number_is_refused(value):
    with refused(TypeError, f"slope is {value!r}; expected a real number"):
        checks.number("slope", value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 10**400, -(10**400)])
def test_numbers_that_are_not_finite_are_refused(value):
    with refused(ValueError, f"slope is {value}; expected a finite number"):
        checks.number("slope", value)


@pytest.mark.parametrize("value", [1, 7, np.int64(3), np.uint8(3), np.array(3)])
def test_sizes_become_integers(value):
    size = checks.size("hidden", value)
    assert type(size) is int
    assert size == value


@pytest.mark.parametrize(
    "value", [True, np.True_, 1.5, 3.0, "3", None, np.array([3]), np.array(1.5)]
)
def test_what_is_no_size_is_refused(value):
    with refused(TypeError, f"hidden is {value!r}; expected an integer"):
        checks.size("hidden", value)


@pytest.mark.parametrize("value", [0, -1, np.int64(-3)])
def test_sizes_below_one_are_refused(value):
    with refused(ValueError, f"hidden is {value}; expected an integer ≥ 1"):
        checks.size("hidden", value)


def test_instance_asks_for_the_kind():
    checks.instance("rng", True, int)
    with refused(TypeError, "rng is of type str; expected Generator"):
        checks.instance("rng", "seed", np.random.Generator)
