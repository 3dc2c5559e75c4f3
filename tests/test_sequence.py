"""Many steps are the step of the cell, many times; every gradient is the right one."""

import tracemalloc
from itertools import product

import complex_lstm
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_lib import sequence
from lstm_lib.activations import ACTIVATIONS, hard_sigmoid, hard_tanh, sigmoid, tanh
from lstm_lib.cell import LSTM, step
from lstm_lib.sequence import backward, forward

EVERY = pytest.mark.parametrize("gate", ACTIVATIONS)
SIZES = st.integers(1, 4)


def drawn(seed, T, B, D, H, activations=(sigmoid, tanh, tanh), R=None):
    """An LSTM, its inputs, its first states, and what a loss asks of all states."""
    rng = np.random.default_rng(seed)
    lead = () if R is None else (R,)
    shapes = [(4, H, D), (4, H, H), (4, H)]
    drawn = (rng.normal(0, 0.5, (*lead, *one)) for one in shapes)
    lstm = LSTM(*drawn, *activations)
    x = rng.normal(size=(*lead, T, B, D))
    h0, c0 = rng.normal(size=(2, *lead, B, H))
    dh, dc = rng.normal(size=(2, *lead, T, B, H))
    return lstm, x, h0, c0, dh, dc


def close(ours, theirs, bar=1e-13):
    np.testing.assert_allclose(ours, theirs, rtol=bar, atol=bar)


def kinds_with(gate):
    """All (gate, candidate, output) with this gate."""
    yield from product([ACTIVATIONS[gate]], ACTIVATIONS.values(), ACTIVATIONS.values())


@EVERY
def test_many_steps_are_single_steps(gate):
    for kinds in kinds_with(gate):
        lstm, x, h, c, *_ = drawn(1, 4, 2, 3, 2, kinds)
        trace = forward(lstm, x, h, c)
        for t, now in enumerate(x):
            one = step(lstm, now, h, c)
            for name in "ifgoch":
                close(getattr(trace, name)[t], getattr(one, name))
            h, c = one.h, one.c
        np.testing.assert_array_equal(trace.x, x)


@EVERY
def test_every_gradient_is_that_of_a_complex_step(gate):
    for kinds in kinds_with(gate):
        lstm, x, h0, c0, dh, dc = drawn(2, 4, 2, 2, 2, kinds)
        ours = backward(lstm, forward(lstm, x, h0, c0), dh, dc)
        theirs = complex_lstm.gradients(lstm, x, h0, c0, dh, dc)
        for name, one, other in zip(ours._fields, ours, theirs, strict=True):
            assert one.shape == other.shape, name
            told = f"{name}, {[kind.name for kind in kinds]}"
            np.testing.assert_allclose(one, other, 1e-10, 1e-10, err_msg=told)


@EVERY
def test_the_complex_reference_is_the_library_on_real_input(gate):
    for kinds in kinds_with(gate):
        lstm, x, h0, c0, *_ = drawn(3, 4, 2, 2, 2, kinds)
        trace = forward(lstm, x, h0, c0)
        h, c = complex_lstm.states(
            lstm, *(one[None] for one in (lstm.W, lstm.U, lstm.b, x, h0, c0))
        )
        close(trace.h, h[0])
        close(trace.c, c[0])


@given(st.tuples(SIZES, SIZES, SIZES, SIZES), st.none() | SIZES, st.booleans())
def test_gradients_have_all_shapes(sizes, R, usual):
    """Down to one step, one sequence, one input, one unit, one replica."""
    kinds = (sigmoid, tanh, tanh) if usual else (hard_sigmoid, hard_tanh, tanh)
    lstm, x, h0, c0, dh, dc = drawn(4, *sizes, kinds, R)
    ours = backward(lstm, forward(lstm, x, h0, c0), dh, dc)
    for r in range(R or 1):
        own = [lstm, x, h0, c0, dh, dc]
        if R is not None:
            own = [one[r] for one in own]
        for one, other in zip(ours, complex_lstm.gradients(*own), strict=True):
            np.testing.assert_allclose(
                one if R is None else one[r], other, 1e-10, 1e-10
            )


@pytest.mark.parametrize("usual", [True, False])
def test_groups_and_blocks_leave_no_seam(usual, monkeypatch):
    """Replicas and steps are taken in portions, the last of which may be smaller."""
    kinds = (sigmoid, tanh, tanh) if usual else (hard_sigmoid, tanh, hard_tanh)
    lstm, x, h0, c0, dh, dc = drawn(5, 7, 2, 3, 2, kinds, 5)

    def run():
        trace = forward(lstm, x, h0, c0)
        return [trace.h, trace.c, *backward(lstm, trace, dh, dc)]

    whole = run()
    step_of_one = 4 * 2 * 2 * 8
    monkeypatch.setattr(sequence, "GROUP", 2 * step_of_one)
    monkeypatch.setattr(sequence, "BLOCK", 6 * step_of_one)
    for one, other in zip(run(), whole, strict=True):
        close(one, other)


def test_without_first_states_they_are_0():
    lstm, x, h0, _, dh, dc = drawn(6, 3, 2, 2, 2)
    zeros = np.zeros_like(h0)
    bare, told = forward(lstm, x), forward(lstm, x, zeros, zeros)
    np.testing.assert_array_equal(bare.h, told.h)
    np.testing.assert_array_equal(bare.c, told.c)
    pairs = zip(backward(lstm, bare, dh), backward(lstm, told, dh, 0 * dc))
    for one, other in pairs:
        np.testing.assert_array_equal(one, other)


def test_what_is_given_stays_as_it_is():
    lstm, x, h0, c0, dh, dc = drawn(7, 3, 2, 2, 2)
    copies = [one.copy() for one in (x, h0, c0, dh, dc)]
    trace = forward(lstm, x, h0, c0)
    first = backward(lstm, trace, dh, dc)
    for one, other in zip((x, h0, c0, dh, dc), copies, strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(first, backward(lstm, trace, dh, dc), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("kinds", [(sigmoid, tanh, tanh), (hard_sigmoid, tanh, tanh)])
def test_float32_stays_float32(kinds):
    lstm, x, h0, c0, dh, dc = drawn(8, 5, 3, 2, 4, kinds)
    exact = forward(lstm, x, h0, c0)
    narrow = [one.astype(np.float32) for one in (x, h0, c0, dh, dc)]
    single = LSTM(*(one.astype(np.float32) for one in (lstm.W, lstm.U, lstm.b)), *kinds)
    trace = forward(single, *narrow[:3])
    inside = (one for one in trace.held if one is not None)
    assert {one.dtype for one in inside} == {np.dtype("f4")}
    assert {getattr(trace, name).dtype for name in "xifgoch"} == {np.dtype("f4")}
    close(trace.h, exact.h, 1e-5)
    wanted = backward(lstm, exact, dh, dc)
    for one, other in zip(backward(single, trace, *narrow[3:]), wanted, strict=True):
        assert one.dtype == np.float32
        close(one, other, 1e-4)
    assert forward(single, x).h.dtype == np.float64
    assert forward(lstm, narrow[0]).h.dtype == np.float64
    assert forward(single, narrow[0], c0=c0).h.dtype == np.float64
    assert forward(single, narrow[0], h0=h0).h.dtype == np.float64


def test_one_float64_makes_all_float64():
    """Also on the way back, where numbers of another type would cost digits."""
    lstm, x, h0, c0, dh, dc = drawn(12, 5, 3, 2, 4)
    parameters = [one.astype(np.float32) for one in (lstm.W, lstm.U, lstm.b)]
    narrow, wide = LSTM(*parameters), LSTM(*(one.astype(float) for one in parameters))
    ours = backward(narrow, forward(narrow, x, h0, c0), dh, dc)
    for one, other in zip(ours, backward(wide, forward(wide, x, h0, c0), dh, dc)):
        assert one.dtype == np.float64
        np.testing.assert_array_equal(one, other)


def test_far_tails_are_right_to_the_last_place_of_1():
    """σ is computed as a tanh here, which keeps no more."""
    b = np.array([[-40.0], [40.0], [0.5], [-800.0]])
    lstm = LSTM(np.zeros((4, 1, 1)), np.zeros((4, 1, 1)), b)
    trace = forward(lstm, np.zeros((1, 1, 1)))
    for name in "ifo":
        z = b["ifgo".index(name)]
        assert abs(getattr(trace, name)[0, 0] - sigmoid(z)) <= 2.3e-16


@pytest.mark.parametrize(
    ("R", "T", "B", "D", "H"),
    [(None, 50, 32, 8, 16), (None, 100, 64, 32, 64), (50, 50, 4, 8, 8)],
)
def test_memory_is_that_of_the_trace_and_half_as_much(R, T, B, D, H):
    lstm, x, h0, c0, dh, _ = drawn(9, T, B, D, H, R=R)
    tracemalloc.start()
    try:
        trace = forward(lstm, x, h0, c0)
        backward(lstm, trace, dh)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    fed, gates, _ = trace.held
    assert most <= 1.5 * (fed.nbytes + gates.nbytes)


@pytest.mark.parametrize("output", [tanh, sigmoid])
def test_what_vanishes_is_no_error(output):
    """∏ f is 0 after 60 steps with f = σ(−20); NumPy's settings stay the caller's."""
    W, U, b = np.zeros((4, 1, 1)), np.zeros((4, 1, 1)), np.zeros((4, 1))
    b[1] = -20
    lstm, dh = LSTM(W, U, b, output=output), np.zeros((60, 1, 1))
    dh[-1] = 1
    with np.errstate(all="raise"):
        np.setbufsize(4096)
        trace = forward(lstm, np.zeros((60, 1, 1)), c0=np.ones((1, 1)))
        found = backward(lstm, trace, dh)
        assert np.getbufsize() == 4096 and np.geterr()["under"] == "raise"
    assert found.c0 == 0 and trace.c[-1] == 0


def test_replicas_share_nothing():
    """What one of them computes does not depend on its neighbours."""
    lstm, x, h0, c0, dh, _ = drawn(10, 5, 3, 2, 4, R=3)
    whole = forward(lstm, x, h0, c0)
    assert whole.h.shape == (3, 5, 3, 4)
    all_found = backward(lstm, whole, dh)
    for r in range(3):
        alone = forward(lstm[r], x[r], h0[r], c0[r])
        close(alone.h, whole.h[r])
        found = backward(alone.lstm, alone, dh[r])
        for one, other in zip(found, all_found, strict=True):
            close(one, other[r])


GOOD = drawn(11, 3, 2, 2, 4)
MANY = drawn(11, 3, 2, 2, 4, R=5)


@pytest.mark.parametrize(
    ("good", "changed", "error", "told"),
    [
        (GOOD, {"lstm": 1}, TypeError, "lstm is of type int; expected LSTM"),
        (GOOD, {"x": "a"}, TypeError, "x has type"),
        (GOOD, {"x": np.ones((3, 2))}, ValueError, r"expected \(T, B, 2\)"),
        (GOOD, {"x": np.ones((0, 2, 2))}, ValueError, r"x has shape \(0, 2, 2\); exp"),
        (GOOD, {"x": np.ones((3, 0, 2))}, ValueError, r"x has shape \(3, 0, 2\); exp"),
        (GOOD, {"x": np.ones((3, 2, 3))}, ValueError, r"expected \(T, B, 2\)"),
        (GOOD, {"x": np.full((3, 2, 2), np.nan)}, ValueError, "x holds NaN"),
        (
            GOOD,
            {"h0": np.ones((1, 4))},
            ValueError,
            r"h0 has shape .* expected \(2, 4\)",
        ),
        (GOOD, {"c0": np.ones(4)}, ValueError, r"c0 has shape .* expected \(2, 4\)"),
        (GOOD, {"c0": np.full((2, 4), np.inf)}, ValueError, "c0 holds NaN or infinity"),
        (MANY, {"x": GOOD[1]}, ValueError, r"expected \(5, T, B, 2\)"),
        (MANY, {"x": MANY[1][:4]}, ValueError, r"expected \(5, T, B, 2\)"),
        (MANY, {"h0": GOOD[2]}, ValueError, r"h0 .* expected \(5, 2, 4\)"),
    ],
)
def test_bad_input_is_refused(good, changed, error, told):
    arguments = dict(zip(("lstm", "x", "h0", "c0"), good)) | changed
    with pytest.raises(error, match=told):
        forward(**arguments)


@pytest.mark.parametrize(
    ("changed", "error", "told"),
    [
        ({"lstm": 1}, TypeError, "lstm is of type int; expected LSTM"),
        ({"trace": 1}, TypeError, "trace is of type int; expected Trace"),
        ({"lstm": drawn(0, 1, 1, 2, 3)[0]}, ValueError, "trace is of another LSTM"),
        ({"lstm": drawn(0, 1, 1, 1, 4)[0]}, ValueError, "trace is of another LSTM"),
        ({"lstm": MANY[0]}, ValueError, "trace is of another LSTM"),
        (
            {"lstm": drawn(0, 1, 1, 2, 4, (tanh, tanh, tanh))[0]},
            ValueError,
            "of another",
        ),
        ({"dh": np.ones((3, 2, 3))}, ValueError, r"dh has shape .* expected \(3, 2, 4"),
        ({"dc": np.ones((3, 2, 3))}, ValueError, r"dc has shape .* expected \(3, 2, 4"),
        ({"dh": np.full((3, 2, 4), np.nan)}, ValueError, "dh holds NaN"),
        ({"dc": None, "dh": "a"}, TypeError, "dh has type"),
    ],
)
def test_bad_input_is_refused_on_the_way_back(changed, error, told):
    lstm, x, _, _, dh, dc = GOOD
    arguments = {"lstm": lstm, "trace": forward(lstm, x), "dh": dh, "dc": dc}
    with pytest.raises(error, match=told):
        backward(**arguments | changed)
