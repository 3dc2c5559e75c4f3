"""Weighted points of a normal distribution give its averages."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from lstm_lib.distribution import normal

MEANS = st.floats(-10, 10)
SPREADS = st.floats(0.01, 10)


@given(MEANS, SPREADS)
def test_the_shares_sum_to_one_and_the_moments_are_right(mean, spread):
    x, share = normal(mean, spread)
    assert x.shape == share.shape == (2000,)
    assert share.sum() == pytest.approx(1, rel=1e-14)
    assert share @ x == pytest.approx(mean, abs=1e-13)
    assert share @ (x - mean) ** 2 == pytest.approx(spread**2, rel=1e-11)
    assert share @ (x - mean) ** 4 == pytest.approx(3 * spread**4, rel=1e-11)


def test_the_points_are_evenly_spaced_over_eight_spreads():
    x, _ = normal(1, 2)
    assert np.diff(x) == pytest.approx(0.016, rel=1e-9)
    assert x[[0, -1]] == pytest.approx([-14.992, 16.992])


def test_nothing_told_is_the_standard_normal():
    assert np.array_equal(normal(), normal(0, 1))


@pytest.mark.parametrize("mean", [0, 1, -2.5])
@pytest.mark.parametrize("spread", [0.3, 1, 3])
def test_averages_of_smooth_functions_are_exact(mean, spread):
    x, share = normal(mean, spread)
    density = NormalDist(mean, spread).pdf
    ends = mean - 12 * spread, mean + 12 * spread
    exact, _ = quad(lambda z: math.tanh(z) * density(z), *ends, epsabs=1e-14)
    assert share @ np.tanh(x) == pytest.approx(exact, abs=1e-13)


@given(st.floats(-3, 3), st.floats(0.1, 5))
def test_shares_beyond_a_place_are_off_by_one_point_at_most(place, spread):
    x, share = normal(0, spread)
    exact = 1 - NormalDist(0, spread).cdf(place)
    assert share @ (x > place) == pytest.approx(exact, abs=0.002)


@pytest.mark.parametrize("spread", [0, -1])
def test_a_spread_that_is_not_positive_is_refused(spread):
    with pytest.raises(ValueError, match=f"^spread is {spread}; expected a number > 0"):
        normal(0, spread)


@pytest.mark.parametrize(
    ("name", "arguments"), [("mean", ("1",)), ("spread", (0, None))]
)
def test_what_is_no_number_is_refused(name, arguments):
    with pytest.raises(TypeError, match=f"^{name} is .*; expected a real number"):
        normal(*arguments)
    with pytest.raises(ValueError, match=f"^{name} is nan; expected a finite number"):
        normal(*arguments[:-1], np.nan)
