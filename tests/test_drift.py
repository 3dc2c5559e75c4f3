"""How a counter drifts: what is foretold, what is walked, and where both agree."""

import math

import numpy as np
import pytest

from lstm_lib.activations import sigmoid, tanh
from lstm_lib.drift import counted, drift, half_life, reach, reached, walk
from lstm_lib.handmade import counter, simulate


@pytest.mark.parametrize("strength", [0.5, 2.0, 7.0, 40.0])
def test_a_walk_is_what_the_counter_does(strength):
    run = simulate(counter(strength), "a" * 30 + "b" * 20)
    np.testing.assert_allclose(walk(strength, 30, 20), run.c[:, 0], rtol=0, atol=1e-13)


@pytest.mark.parametrize("strength", [0.5, 2.0, 7.0, 15.0, 40.0])
def test_a_walk_ends_where_the_closed_form_says(strength):
    for ups, downs in ((1, 0), (50, 0), (50, 20), (300, 300), (1, 400)):
        ends = walk(strength, ups, downs)[-1]
        assert counted(strength, ups, downs) == pytest.approx(ends, rel=1e-9, abs=1e-9)


def test_without_a_b_only_a_are_counted():
    assert counted(3.0, 5) == counted(3.0, 5, 0) != counted(3.0, 5, 1)


@pytest.mark.parametrize("strength", [0.3, 1.3, 3.0])
def test_float32_gates_are_those_of_float32(strength):
    z = np.float32([strength])
    f = sigmoid(z)[0]
    c = f * tanh(z)[0]
    assert walk(strength, 2, dtype=np.float32).tolist() == [c, f * c + c]


def test_the_reach_is_foretold_within_one_step():
    for strength in range(2, 16):
        assert abs(reached(strength) - reach(strength)) <= 1


@pytest.mark.parametrize("strength", [2, 5, 9.5, 15, 20])
def test_the_reach_is_the_last_that_is_read_as_nothing(strength):
    n = reached(strength)
    assert n >= 1
    for m in range(1, min(n, 50) + 1):
        assert round(walk(strength, m, m)[-1]) == 0
    assert abs(walk(strength, n, n)[-1]) < 0.5 <= abs(walk(strength, n + 1, n + 1)[-1])


def test_the_reach_is_found_for_all_strengths_from_1_to_30(monkeypatch):
    assert reached(1) == reached(1.0) == 2

    def drifts(strength, ups, downs):
        """In place of the millions of steps that a counter of strength 30 takes."""
        assert (strength, ups) == (30.0, downs)
        return np.array([0.0, -ups / 1000])

    monkeypatch.setattr("lstm_lib.drift.walk", drifts)
    assert reached(30.0) == 499


def test_reaches_as_they_were_computed_elsewhere():
    known = {2: 2, 3: 3, 4: 5, 5: 8, 6: 14, 8: 38, 10: 105, 12: 285, 15: 1278}
    assert {strength: reached(strength) for strength in known} == known
    assert reached(20) == 15575


def test_the_drift_is_foretold_well_where_it_is_small():
    for strength, n in ((10.0, 20), (15.0, 200), (20.0, 1000)):
        ends = walk(strength, n, n)[-1]
        assert drift(strength, n) == pytest.approx(ends, rel=0.02)
        assert drift(strength, n) < 0


@pytest.mark.parametrize("strength", [0.5, 3.0, 10.0])
def test_after_its_half_life_a_memory_has_halved(strength):
    share = 1 / (1 + math.exp(-strength))
    assert share ** half_life(strength) == pytest.approx(0.5, rel=1e-12)


def test_a_very_open_gate_counts_exactly():
    states = walk(40.0, 100_000, 100_000)
    assert states[99_999] == 100_000
    assert states[-1] == 0
    assert states.dtype == np.float64
    assert states.shape == (200_000,)


def test_float32_stands_still_at_its_last_whole_number():
    states = walk(40.0, 4, dtype=np.float32, start=2**24 - 2)
    assert states.dtype == np.float32
    assert states.tolist() == [2**24 - 1, 2**24, 2**24, 2**24]


def test_float32_is_float32_throughout():
    states = walk(3.0, 5, dtype=np.float32)
    f, c = np.float32(1 / (1 + np.exp(np.float32(-3)))), np.float32(0)
    g = np.tanh(np.float32(3))
    for state in states:
        c = f * c + f * g
        assert state == pytest.approx(c, rel=3e-7)
    assert abs(states - walk(3.0, 5)).max() > 1e-9


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        (lambda: counted(0, 1), ValueError, "strength is 0; expected more than 0"),
        (lambda: counted(1, 0), ValueError, "ups is 0; expected an integer ≥ 1"),
        (lambda: counted(1, 1, -1), ValueError, "downs is -1; expected an integer ≥ 0"),
        (lambda: counted(1, 1.0), TypeError, "ups is 1.0; expected an integer"),
        (lambda: drift(1, 0), ValueError, "n is 0; expected an integer ≥ 1"),
        (lambda: drift(101, 1), ValueError, "strength is 101; expected"),
        (lambda: reach(-1), ValueError, "strength is -1; expected"),
        (lambda: half_life(math.nan), ValueError, "strength is nan; expected a finite"),
        (lambda: reached(31), ValueError, "strength is 31; expected from 1 to 30"),
        (lambda: reached(0), ValueError, "strength is 0; expected more than 0"),
        (lambda: reached(0.9), ValueError, "strength is 0.9; expected from 1 to 30"),
        (lambda: walk(1, 2, 2, dtype=int), TypeError, "dtype is .*; expected np.float"),
        (lambda: walk(1, 2**24, 1), ValueError, "ups \\+ downs is 16777217; expected"),
        (lambda: walk(1, 0), ValueError, "ups is 0; expected an integer ≥ 1"),
        (lambda: walk(1, 2, -1), ValueError, "downs is -1; expected an integer ≥ 0"),
        (lambda: walk(1, 2, start="0"), TypeError, "start is '0'; expected a real"),
    ],
)
def test_bad_input_is_refused(call, error, told):
    with pytest.raises(error, match=told):
        call()
