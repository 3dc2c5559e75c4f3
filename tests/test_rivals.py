"""A plain network is its equation, step by step; every gradient is the right one."""

import complex_lstm
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_lib.activations import ACTIVATIONS, hard_tanh, identity, relu, sigmoid, tanh
from lstm_lib.rivals import RNN, backward, forward

EVERY = pytest.mark.parametrize(
    "activation", ACTIVATIONS.values(), ids=lambda f: f.name
)
SIZES = st.integers(1, 4)


def drawn(seed, T, B, D, H, activation=tanh, R=None):
    """A network, its inputs, its first states, and what a loss asks of all states."""
    rng = np.random.default_rng(seed)
    lead = () if R is None else (R,)
    W, U, b = (rng.normal(0, 0.5, (*lead, *one)) for one in [(H, D), (H, H), (H,)])
    x = rng.normal(size=(*lead, T, B, D))
    h0 = rng.normal(size=(*lead, B, H))
    return RNN(W, U, b, activation), x, h0, rng.normal(size=(*lead, T, B, H))


def close(ours, theirs, bar=1e-13):
    np.testing.assert_allclose(ours, theirs, rtol=bar, atol=bar)


def states(activation, W, U, b, x, h):
    """All h by the equation, for N networks and in complex numbers, too."""
    found = []
    for t in range(x.shape[1]):
        z = np.einsum("nhd,nbd->nbh", W, x[:, t]) + np.einsum("nhk,nbk->nbh", U, h)
        h = complex_lstm.FORMULAS[activation.name](z + b[:, None])
        found.append(h)
    return np.stack(found, 1)


def wanted(rnn, x, h0, dh):
    """The gradients of Σ dh ⊙ h by a complex step."""
    return complex_lstm.slopes(
        lambda *all_n: (dh * states(rnn.activation, *all_n)).sum((1, 2, 3)),
        *(rnn.W, rnn.U, rnn.b, x, h0),
    )


@EVERY
def test_states_follow_the_equation(activation):
    rnn, x, h0, _ = drawn(1, 4, 2, 3, 5, activation)
    trace = forward(rnn, x, h0)
    for b in range(2):
        h = h0[b]
        for t in range(4):
            z = rnn.W @ x[t, b] + rnn.U @ h + rnn.b
            h = activation(z)
            close(trace.z[t, b], z)
            close(trace.h[t, b], h)
    assert trace.z.shape == trace.h.shape == (4, 2, 5)
    np.testing.assert_array_equal(trace.x, x)
    assert trace.rnn is rnn


@EVERY
def test_the_complex_reference_is_the_library_on_real_input(activation):
    rnn, x, h0, _ = drawn(2, 4, 2, 2, 2, activation)
    many = (one[None] for one in (rnn.W, rnn.U, rnn.b, x, h0))
    close(forward(rnn, x, h0).h, states(activation, *many)[0])


@EVERY
def test_every_gradient_is_that_of_a_complex_step(activation):
    rnn, x, h0, dh = drawn(3, 5, 3, 2, 4, activation)
    ours = backward(rnn, forward(rnn, x, h0), dh)
    pairs = zip(ours._fields, ours, wanted(rnn, x, h0, dh), strict=True)
    for name, one, other in pairs:
        assert one.shape == other.shape, name
        np.testing.assert_allclose(one, other, 1e-10, 1e-10, err_msg=name)


@given(st.tuples(SIZES, SIZES, SIZES, SIZES), st.none() | SIZES)
def test_gradients_have_all_shapes(sizes, R):
    """Down to one step, one sequence, one input, one unit, one replica."""
    rnn, x, h0, dh = drawn(4, *sizes, tanh, R)
    ours = backward(rnn, forward(rnn, x, h0), dh)
    alone = [(rnn, x, h0, dh)] if R is None else [*zip(rnn, x, h0, dh, strict=True)]
    for r, own in enumerate(alone):
        for one, other in zip(ours, wanted(*own), strict=True):
            one = one if R is None else one[r]
            assert one.shape == other.shape
            close(one, other, 1e-10)


def test_replicas_share_nothing():
    """What one of them computes does not depend on its neighbours."""
    rnn, x, h0, dh = drawn(5, 5, 2, 3, 4, relu, R=3)
    whole = forward(rnn, x, h0)
    assert whole.x.shape == (3, 5, 2, 3)
    assert whole.z.shape == whole.h.shape == (3, 5, 2, 4)
    together = backward(rnn, whole, dh)
    for r in range(3):
        alone = forward(rnn[r], x[r], h0[r])
        np.testing.assert_array_equal(alone.x, whole.x[r])
        close(alone.h, whole.h[r])
        for one, other in zip(backward(alone.rnn, alone, dh[r]), together, strict=True):
            close(one, other[r])


def test_a_step_back_multiplies_by_the_slope_and_by_the_recurrent_weight():
    """Of one unit with weight 2 and no bound, a gradient doubles at every step."""
    rnn = RNN([[1]], [[2]], [0], identity)
    dh = np.zeros((5, 1, 1))
    dh[-1] = 1
    found = backward(rnn, forward(rnn, np.ones((5, 1, 1))), dh)
    assert found.x.ravel().tolist() == [16, 8, 4, 2, 1]
    assert found.h0.tolist() == [[32]]
    assert found.b.tolist() == [31]


def test_without_a_first_state_it_is_0():
    rnn, x, h0, dh = drawn(6, 3, 2, 2, 2)
    bare, told = forward(rnn, x), forward(rnn, x, 0 * h0)
    np.testing.assert_array_equal(bare.h, told.h)
    for one, other in zip(
        backward(rnn, bare, dh), backward(rnn, told, dh), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_what_is_given_stays_as_it_is():
    rnn, x, h0, dh = drawn(7, 3, 2, 2, 2, hard_tanh)
    copies = [one.copy() for one in (x, h0, dh)]
    trace = forward(rnn, x, h0)
    first = backward(rnn, trace, dh)
    for one, other in zip((x, h0, dh), copies, strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(first, backward(rnn, trace, dh), strict=True):
        np.testing.assert_array_equal(one, other)


@EVERY
def test_float32_stays_float32(activation):
    rnn, *given_wide = drawn(8, 5, 3, 2, 4, activation)
    x, h0, dh = (one.astype("f4") for one in given_wide)
    single = RNN(*(getattr(rnn, name).astype("f4") for name in "WUb"), activation)
    trace, exact = forward(single, x, h0), forward(rnn, *given_wide[:2])
    assert {trace.x.dtype, trace.z.dtype, trace.h.dtype} == {np.dtype("f4")}
    close(trace.h, exact.h, 1e-5)
    for up in (dh, given_wide[-1]):
        ours = backward(single, trace, up)
        for one, other in zip(ours, backward(rnn, exact, given_wide[-1]), strict=True):
            assert one.dtype == np.float32
            close(one, other, 1e-4)
    assert forward(single, x).h.dtype == np.float32
    wide = [forward(rnn, x), forward(single, x, given_wide[1])]
    wide += [forward(single, given_wide[0], h0), forward(single, given_wide[0])]
    for trace in wide:
        assert trace.h.dtype == np.float64
        assert {one.dtype for one in backward(trace.rnn, trace, dh)} == {np.dtype("f8")}


def test_replicas_are_stacked_with_their_activation():
    rng = np.random.default_rng(11)
    singles = [RNN.init(rng, 2, 3, relu) for _ in range(4)]
    many = RNN.stack(singles)
    assert (many.replicas, many.inputs, many.hidden) == (4, 2, 3)
    assert many.activation is many[1].activation is relu
    for one, other in zip(singles, many, strict=True):
        for name in "WUb":
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    with pytest.raises(ValueError, match="networks are not alike"):
        RNN.stack([singles[0], RNN.init(rng, 2, 3, tanh)])


def test_init_is_uniform_within_one_over_the_root_of_the_units():
    rnn = RNN.init(np.random.default_rng(9), 3, 100)
    assert (rnn.inputs, rnn.hidden, rnn.replicas) == (3, 100, None)
    assert rnn.activation is tanh
    for one in (rnn.W, rnn.U, rnn.b):
        assert 0.09 < one.max() <= 0.1
        assert -0.1 <= one.min() < -0.09
        assert abs(one.mean()) < 0.015
    drawn_again = RNN.init(np.random.default_rng(9), 3, 100, sigmoid)
    assert drawn_again.activation is sigmoid
    for name in "WUb":
        np.testing.assert_array_equal(getattr(rnn, name), getattr(drawn_again, name))


@pytest.mark.parametrize(
    ("changed", "error", "told"),
    [
        ({"rng": 1}, TypeError, "rng is of type int; expected Generator"),
        ({"inputs": 0}, ValueError, "inputs is 0; expected an integer ≥ 1"),
        ({"inputs": 1.0}, TypeError, "inputs is 1.0; expected an integer"),
        ({"hidden": 0}, ValueError, "hidden is 0; expected an integer ≥ 1"),
        (
            {"activation": np.tanh},
            TypeError,
            "activation is of type ufunc; expected Act",
        ),
    ],
)
def test_init_refuses(changed, error, told):
    good = {"rng": np.random.default_rng(0), "inputs": 1, "hidden": 1}
    with pytest.raises(error, match=f"^{told}"):
        RNN.init(**good | changed)


GOOD = drawn(10, 3, 2, 2, 4)
MANY = drawn(10, 3, 2, 2, 4, R=5)


@pytest.mark.parametrize(
    ("good", "changed", "error", "told"),
    [
        (GOOD, {"rnn": 1}, TypeError, "rnn is of type int; expected RNN"),
        (GOOD, {"x": "a"}, TypeError, "x has type"),
        (GOOD, {"x": np.ones((3, 2))}, ValueError, r"x .* expected \(T, B, 2\)"),
        (GOOD, {"h0": np.ones((1, 4))}, ValueError, r"h0 .* expected \(2, 4\)"),
        (GOOD, {"h0": np.full((2, 4), np.inf)}, ValueError, "h0 holds NaN or infinity"),
        (MANY, {"x": GOOD[1]}, ValueError, r"x .* expected \(5, T, B, 2\)"),
        (MANY, {"h0": GOOD[2]}, ValueError, r"h0 .* expected \(5, 2, 4\)"),
    ],
)
def test_bad_input_is_refused(good, changed, error, told):
    arguments = dict(zip(("rnn", "x", "h0"), good)) | changed
    with pytest.raises(error, match=f"^{told}"):
        forward(**arguments)


NOT_ITS_OWN = "trace is of another RNN; expected one of `rnn` itself$"


@pytest.mark.parametrize(
    ("changed", "error", "told"),
    [
        ({"rnn": 1}, TypeError, "rnn is of type int; expected RNN"),
        ({"trace": 1}, TypeError, "trace is of type int; expected Trace"),
        ({"rnn": drawn(10, 3, 2, 2, 4)[0]}, ValueError, NOT_ITS_OWN),
        ({"rnn": drawn(10, 3, 2, 2, 3)[0]}, ValueError, NOT_ITS_OWN),
        ({"rnn": MANY[0]}, ValueError, NOT_ITS_OWN),
        ({"dh": "a"}, TypeError, "dh has type"),
        ({"dh": np.ones((2, 4))}, ValueError, r"dh has .* expected \(3, 2, 4\)"),
        ({"dh": np.ones((3, 2, 1))}, ValueError, r"dh has .* expected \(3, 2, 4\)"),
        ({"dh": np.ones((1, 3, 2, 4))}, ValueError, r"dh has .* expected \(3, 2, 4\)"),
        ({"dh": np.full((3, 2, 4), np.nan)}, ValueError, "dh holds NaN or infinity"),
    ],
)
def test_bad_input_is_refused_on_the_way_back(changed, error, told):
    rnn, x, _, dh = GOOD
    arguments = {"rnn": rnn, "trace": forward(rnn, x), "dh": dh} | changed
    with pytest.raises(error, match=f"^{told}"):
        backward(**arguments)
