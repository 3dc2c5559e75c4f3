"""Every activation keeps its shape, its word and its input.

Held: symmetry, monotony and ranges; slopes that are slopes; shapes and types;
the conventions at kinks; what each activation declares; what is refused. A
warning is an error. How accurate they are is held by test_accuracy.
"""

import math
import re
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_lib.activations import ACTIVATIONS, Activation, leaky, sigmoid, tanh

pytestmark = pytest.mark.filterwarnings("error")

RISING = tuple(ACTIVATIONS.values())
ALL = (*RISING, leaky(2.0), leaky(-0.5))
PARTS = (Activation.__call__, Activation.derivative, Activation.second_derivative)
numbers = st.floats(-1e308, 1e308)

every_activation = pytest.mark.parametrize("f", ALL, ids=lambda f: f.name)
every_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)


def close(got, expected):
    """Whether two results differ by at most 2 units in the last place."""
    return abs(got - expected) <= 2 * np.spacing(abs(expected))


@given(x=numbers)
def test_symmetry(x):
    assert close(sigmoid(x) + sigmoid(-x), 1.0)
    assert close(tanh(-x), -tanh(x))
    for f in (sigmoid, tanh):
        assert close(f.derivative(-x), f.derivative(x))
        assert close(f.second_derivative(-x), -f.second_derivative(x))


@every_activation
@given(x=numbers)
def test_values_stay_in_the_closed_range(f, x):
    assert f.range[0] <= f(x) <= f.range[1]


@pytest.mark.parametrize("f", RISING, ids=lambda f: f.name)
@given(x=numbers, y=numbers)
def test_monotone_with_slopes_at_least_zero(f, x, y):
    for low, high in ((min(x, y), max(x, y)), (x, np.nextafter(x, np.inf))):
        assert f(low) <= f(high) or close(f(low), f(high))
    assert f.derivative(x) >= 0


@every_activation
@given(x=st.floats(-20, 20))
def test_derivatives_are_slopes(f, x):
    step = 2.0**-17
    if any(abs(x - kink) <= 2 * step for kink in f.kinks):
        return
    for lower, upper in ((f, f.derivative), (f.derivative, f.second_derivative)):
        slope = (lower(x + step) - lower(x - step)) / (2 * step)
        assert upper(x) == pytest.approx(slope, abs=1e-9)


@every_part
@every_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (0,), (5,), (2, 3), (2, 0, 3), (1, 2, 3, 4)])
def test_shape_and_floating_type_stay(f, part, dtype, shape):
    x = np.full(shape, -0.5, dtype)
    y = part(f, x)
    assert (y.shape, y.dtype) == (shape, dtype)
    assert (x == -0.5).all()
    assert not np.shares_memory(x, y)


@every_part
@every_activation
def test_integers_lists_and_scalars(f, part):
    expected = part(f, [0.0, 5.0])
    for dtype in np.typecodes["AllInteger"]:
        y = part(f, np.array([0, 5], dtype))
        assert y.dtype == np.float64
        assert y.tolist() == expected.tolist()
    for x in (5, 5.0, np.array(5)):
        assert type(part(f, x)) is np.float64
        assert part(f, x) == expected[1]
    assert type(part(f, np.float32(5))) is np.float32


@pytest.mark.parametrize(
    ("name", "kink", "at", "inside"),
    [
        ("relu", 0.0, 0, 1),
        ("relu", -0.0, 0, 1),
        ("leaky_relu", 0.0, 0.01, 1),
        ("hard_tanh", 1.0, 0, 1),
        ("hard_tanh", -1.0, 0, 1),
        ("hard_sigmoid", 3.0, 0, 1 / 6),
        ("hard_sigmoid", -3.0, 0, 1 / 6),
    ],
)
def test_slope_at_a_kink_is_the_outer_one(name, kink, at, inside):
    f = ACTIVATIONS[name]
    inward, outward = (0, 9 * kink) if kink else (1, -1)
    assert f.derivative(np.nextafter(kink, inward)) == inside
    assert f.derivative(kink) == at
    assert f.derivative(np.nextafter(kink, outward)) == at
    assert f.second_derivative(kink) == 0


@every_activation
def test_kinks_are_where_one_sided_slopes_differ(f):
    x, step = np.linspace(-5, 5, 41), 2.0**-20
    right, left = (f(x + step) - f(x)) / step, (f(x) - f(x - step)) / step
    assert tuple(x[abs(right - left) > 1e-3]) == f.kinks


@every_activation
def test_range_is_reached(f):
    values = f([-np.inf, 0, np.inf])
    assert (values.min(), values.max()) == f.range


def python(tex):
    """The right-hand side of a TeX formula as a Python expression."""
    tex = tex.split(" = ")[-1].replace(r"\,", "*").replace("frac12", "frac{1}{2}")
    tex = re.sub(r"e\^\{(.*?)\}", r"exp(\1)", tex)
    tex = re.sub(r"\\t?frac\{(.*?)\}\{(.*?)\}", r"((\1)/(\2))", tex)
    cases = r"\\begin\{cases\} (.*) & (.*) \\\\ (.*) & x \\le 0 \\end\{cases\}"
    return re.sub(cases, r"(\1) if (\2) else (\3)", tex).replace("\\", "")


@every_activation
@pytest.mark.parametrize("x", [-4.0, -1.5, -0.25, 0.0, 0.5, 2.0, 5.0])
def test_tex_describes_the_function(f, x):
    names = {"x": x, "exp": math.exp, "max": max, "min": min}
    assert eval(python(f.tex), names) == pytest.approx(f(x), rel=1e-12)


def test_catalogue():
    names = "sigmoid tanh hard_tanh relu leaky_relu hard_sigmoid identity"
    assert " ".join(ACTIVATIONS) == names
    assert " ".join(f.name for f in ACTIVATIONS.values()) == names
    assert sigmoid.tex.startswith(r"\sigma(x) = ")
    assert tanh.tex.startswith(r"\tanh(x) = ")
    assert "formulas" not in repr(sigmoid)


@pytest.mark.parametrize("k", [0.01, 0.25, 2.0, -0.5])
def test_leaky_is_x_above_0_and_slope_times_x_below(k):
    f, x = leaky(k), [-2.0, -0.5, 0.0, 0.5, 3.0]
    assert f.name == f"leaky_relu({k})".replace("2.0", "2")
    assert f.range == (-math.inf if k > 0 else 0, math.inf)
    assert f.kinks == (0,)
    assert [eval(python(f.tex), {"x": point}) for point in x] == f(x).tolist()
    assert f(x).tolist() == [-2 * k, -0.5 * k, 0, 0.5, 3]
    assert f.derivative(x).tolist() == [k, k, k, 1, 1]
    assert f.second_derivative(x).tolist() == [0] * 5


def test_nothing_can_be_changed():
    with pytest.raises(TypeError):
        ACTIVATIONS["mine"] = sigmoid
    with pytest.raises(FrozenInstanceError):
        sigmoid.name = "mine"


@every_part
@pytest.mark.parametrize("x", [1j, True, "1", None, [[1], [2, 3]], np.float16(1)])
def test_what_is_no_real_array_is_refused(part, x):
    with pytest.raises(
        TypeError, match=r"^x .*; expected float32, float64 or integers$"
    ):
        part(sigmoid, x)


@pytest.mark.parametrize("slope", [True, "0.1", None, 1j])
def test_leaky_refuses_what_is_no_number(slope):
    with pytest.raises(TypeError, match=r"^slope is .*; expected a real number$"):
        leaky(slope)


@pytest.mark.parametrize("slope", [math.nan, math.inf, -math.inf])
def test_leaky_refuses_numbers_that_are_not_finite(slope):
    with pytest.raises(ValueError, match=r"^slope is .*; expected a finite number$"):
        leaky(slope)


@pytest.mark.parametrize("slope", [0, 0.0, 1, 1.0])
def test_leaky_refuses_relu_and_identity(slope):
    message = rf"^slope is {slope:g}; expected neither 0 \(relu\) nor 1 \(identity\)$"
    with pytest.raises(ValueError, match=message):
        leaky(slope)
