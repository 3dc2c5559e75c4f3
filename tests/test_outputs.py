"""What activations make of a normal distribution, against closed forms."""

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from lstm_lib.activations import (
    ACTIVATIONS,
    hard_sigmoid,
    hard_tanh,
    identity,
    leaky,
    leaky_relu,
    relu,
    sigmoid,
    tanh,
)
from lstm_lib.outputs import DEAD, EDGES, Summary, summary

pytestmark = pytest.mark.no_cover

MEANS = st.floats(-3, 3)
SPREADS = st.floats(0.1, 4)
FUNCTIONS = st.sampled_from([*ACTIVATIONS.values()])
EVERY = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)


def quadrature(function, mean, spread):
    """The average of a function, integrated from kink to kink."""
    density = NormalDist(mean, spread).pdf
    kinks = [k for k in (-3, -1, 0, 1, 3) if abs(k - mean) < 12 * spread]
    ends = [mean - 12 * spread, *kinks, mean + 12 * spread]
    parts = [
        quad(lambda z: function(z) * density(z), a, b, epsabs=1e-14, limit=200)[0]
        for a, b in pairwise(ends)
    ]
    return sum(parts)


@EVERY
@pytest.mark.parametrize(("mean", "spread"), [(0, 1), (2, 1), (-1.3, 3), (0.5, 0.1)])
def test_mean_and_spread_are_those_of_the_integrals(f, mean, spread):
    found = summary(f, mean, spread)
    middle = quadrature(f, mean, spread)
    square = quadrature(lambda z: (f(z) - middle) ** 2, mean, spread)
    near = 1e-5 * spread if f.kinks else 1e-11
    assert found.mean == pytest.approx(middle, abs=near)
    assert found.spread == pytest.approx(math.sqrt(square), abs=near)


def test_relu_and_the_identity_in_closed_form():
    normal = NormalDist(0.7, 1.9)
    inside = normal.mean / normal.stdev
    mean = normal.mean * NormalDist().cdf(inside)
    mean += normal.stdev * NormalDist().pdf(inside)
    assert summary(relu, 0.7, 1.9).mean == pytest.approx(mean, abs=1e-5)
    plain = summary(identity, 0.7, 1.9)
    assert (plain.mean, plain.spread) == pytest.approx((0.7, 1.9), rel=1e-12)


@given(FUNCTIONS, MEANS, SPREADS)
def test_all_shares_make_one(f, mean, spread):
    found = summary(f, mean, spread)
    stuck = [share for _, share in found.spikes]
    assert sum(stuck) + sum(found.outside) + found.heights.sum() == pytest.approx(1)
    every = [found.dead, *stuck, *found.outside, *found.heights]
    assert min(every) >= 0 and max(every) <= 1 + 1e-12
    assert sum(stuck) <= found.dead + 1e-12


@given(MEANS, SPREADS)
def test_the_dead_are_those_beyond_the_places_where_the_slope_is_small(mean, spread):
    under = NormalDist(mean, spread).cdf
    sigmoid_edge = 2 * math.acosh(math.sqrt(0.25 / DEAD))
    tanh_edge = math.acosh(math.sqrt(1 / DEAD))
    for f, low, high in (
        (sigmoid, -sigmoid_edge, sigmoid_edge),
        (tanh, -tanh_edge, tanh_edge),
        (hard_tanh, -1, 1),
        (hard_sigmoid, -3, 3),
        (relu, 0, math.inf),
    ):
        exact = under(low) + (0 if high == math.inf else 1 - under(high))
        assert summary(f, mean, spread).dead == pytest.approx(exact, abs=0.004)
    for f in (leaky_relu, identity):
        assert summary(f, mean, spread).dead == 0
    shallow = leaky(0.009)
    assert summary(shallow, mean, spread).dead == pytest.approx(under(0), abs=0.002)
    assert not summary(shallow, mean, spread).spikes, "flat is only what has no slope"


def test_what_lies_at_one_value_stands_apart():
    low, high = summary(hard_tanh).spikes
    assert (low[0], high[0]) == (-1, 1)
    assert low[1] == pytest.approx(NormalDist().cdf(-1), abs=0.002)
    assert high[1] == pytest.approx(low[1])
    assert summary(relu, 1).spikes == (
        (0, pytest.approx(NormalDist().cdf(-1), abs=0.002)),
    )
    for f in (sigmoid, tanh, leaky_relu, identity):
        assert summary(f, 3, 4).spikes == ()


def exact(inverse, mean, spread):
    """The shares of the bins, from where a function takes their edges."""
    under = NormalDist(mean, spread).cdf
    places = [inverse(edge) for edge in EDGES]
    finite = np.nan_to_num(places, posinf=1e3, neginf=-1e3)
    return np.diff([under(place) for place in finite])


def inverse_sigmoid(y):
    return math.log(y / (1 - y)) if 0 < y < 1 else math.copysign(math.inf, y - 0.5)


def inverse_tanh(y):
    return math.atanh(y) if abs(y) < 1 else math.copysign(math.inf, y)


@pytest.mark.parametrize(("mean", "spread"), [(0, 1), (0.1, 1), (3, 4), (-2, 0.1)])
@pytest.mark.parametrize(
    ("f", "inverse"),
    [(sigmoid, inverse_sigmoid), (tanh, inverse_tanh), (identity, lambda y: y)],
)
def test_bins_hold_what_is_to_fall_into_them(f, inverse, mean, spread):
    found = summary(f, mean, spread)
    wanted = exact(inverse, mean, spread)
    assert np.abs(found.heights - wanted).max() < 3e-5
    if f is identity:
        under = NormalDist(mean, spread).cdf
        outside = (under(-2), 1 - under(4))
        assert found.outside == pytest.approx(outside, abs=3e-5)


@given(MEANS, SPREADS)
def test_nothing_crosses_a_bound(mean, spread):
    """Not even what rounds to it: 1 belongs to the last bin below 1."""
    for f, low, high in ((sigmoid, 0, 1), (tanh, -1, 1), (hard_tanh, -1, 1)):
        found = summary(f, mean, spread)
        beyond = (EDGES[:-1] >= high) | (EDGES[1:] <= low)
        assert np.abs(found.heights[beyond]).max() < 1e-15
        assert max(found.outside) < 1e-15
    far = summary(tanh, 100, 30)
    assert far.heights[29] == pytest.approx(
        1 - NormalDist(100, 30).cdf(1.4722), rel=0.1
    )
    assert summary(tanh, -30, 0.5).heights[10] == pytest.approx(1)


def test_a_function_that_falls_has_bins_too():
    falling = leaky(-1.0)
    found = summary(falling, 0, 1)
    assert found.heights[20:22] == pytest.approx([0.0797, 0.0789], abs=1e-3)
    assert found.heights[:20] == pytest.approx(np.zeros(20), abs=1e-15)


def test_edges_and_summaries_stay_as_they_are():
    assert EDGES[[0, 1, 20, 60]].tolist() == [-2, -1.9, 0, 4]
    with pytest.raises(ValueError):
        EDGES[0] = 1
    assert summary(tanh).mean == summary(tanh, 0, 1).mean
    assert isinstance(summary(tanh), Summary)
    with pytest.raises(AttributeError):
        summary(tanh).mean = 1


@pytest.mark.parametrize(
    ("arguments", "error", "complaint"),
    [
        (("tanh",), TypeError, "f is of type str; expected Activation"),
        ((tanh, "0"), TypeError, "mean is '0'; expected a real number"),
        ((tanh, math.nan), ValueError, "mean is nan; expected a finite number"),
        ((tanh, 0, 0), ValueError, "spread is 0; expected a number > 0"),
    ],
)
def test_what_cannot_be_summed_up_is_refused(arguments, error, complaint):
    with pytest.raises(error, match=f"^{complaint}"):
        summary(*arguments)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_nothing_is_divided_by_zero(f):
    with np.errstate(divide="raise", invalid="raise"):
        summary(f, mean=3, spread=4)
