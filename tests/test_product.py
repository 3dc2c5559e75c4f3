"""The product of gate and candidate: its slopes, and where it can lie."""

from itertools import product as pairs

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_lib.activations import ACTIVATIONS, hard_tanh, identity, relu, sigmoid, tanh
from lstm_lib.product import product, reach

pytestmark = pytest.mark.no_cover

number = st.floats(-20, 20)
known = st.sampled_from([*ACTIVATIONS.values()])


def test_value_and_slopes_as_written_out():
    at = product([[1.0, -2.0]], [[0.5, 3.0]])
    i, g = 1 / (1 + np.exp([[-1.0, 2.0]])), np.tanh([[0.5, 3.0]])
    assert np.allclose(at.value, i * g, rtol=1e-15)
    assert np.allclose(at.by_gate, g * i * (1 - i), rtol=1e-13)
    assert np.allclose(at.by_candidate, i * (1 - g**2), rtol=1e-13)


@given(gate=known, candidate=known, z_i=number, z_g=number)
def test_slopes_are_slopes(gate, candidate, z_i, z_g):
    d = 1e-5
    kinks = [abs(z_i - k) for k in gate.kinks] + [abs(z_g - k) for k in candidate.kinks]
    near = [gap < 2 * d for gap in kinks]
    if any(near):
        return
    at = product(z_i, z_g, gate, candidate)

    def value(by_i, by_g):
        return product(z_i + by_i, z_g + by_g, gate, candidate).value

    size = 1e-6 * (1 + abs(at.value))
    assert (value(d, 0) - value(-d, 0)) / (2 * d) == pytest.approx(at.by_gate, abs=size)
    slope = (value(0, d) - value(0, -d)) / (2 * d)
    assert slope == pytest.approx(at.by_candidate, abs=size)


@given(gate=known, candidate=known, z_i=number, z_g=number)
def test_no_product_is_out_of_reach(gate, candidate, z_i, z_g):
    low, high = reach(gate, candidate)
    assert low <= product(z_i, z_g, gate, candidate).value <= high
    low, high = reach(gate, candidate, tied=True)
    assert low - 1e-15 <= product(z_i, z_i, gate, candidate).value <= high


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("tied", [False, True])
def test_all_within_reach_is_reached(tied):
    """A bounded end is come near, and an unbounded one is left behind."""
    for gate, candidate in pairs(ACTIVATIONS.values(), repeat=2):
        everywhere(gate, candidate, tied)


def everywhere(gate, candidate, tied):
    far = np.union1d(np.linspace(-60, 60, 24001 if tied else 151), [-1e9, 1e9])
    z_i, z_g = (far, far) if tied else np.meshgrid(far, far)
    value = product(z_i, z_g, gate, candidate).value
    for found, bound in zip((value.min(), value.max()), reach(gate, candidate, tied)):
        assert abs(found) > 1e6 if np.isinf(bound) else abs(found - bound) < 2e-4


def test_the_dip_of_the_tied_product():
    low, high = reach(tied=True)
    assert low == pytest.approx((1 - np.sqrt(2)) / 2, abs=1e-15) and high == 1
    assert reach(sigmoid, hard_tanh, tied=True)[0] == -sigmoid(-1)
    assert reach(tanh, tanh, tied=True) == (0, 1)
    assert str(reach(tanh, relu, tied=True)[0]) == "0.0"


def test_what_is_no_such_thing_is_refused():
    with pytest.raises(ValueError, match=r"z_g has shape \(2,\); expected \(\)"):
        product(1.0, [1.0, 2.0])
    with pytest.raises(ValueError, match="z_i holds NaN or infinity"):
        product(np.nan, 1.0)
    with pytest.raises(ValueError, match="z_g holds NaN or infinity"):
        product(1.0, np.inf)
    with pytest.raises(TypeError, match="gate is of type str; expected Activation"):
        product(1.0, 1.0, "sigmoid")
    with pytest.raises(TypeError, match="candidate is of type str"):
        reach(identity, "tanh")
