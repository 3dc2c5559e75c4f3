"""What a state does to a later one, held against complex steps and closed forms."""

from itertools import product

import complex_lstm
import numpy as np
import pytest

from lstm_lib import rivals
from lstm_lib.activations import hard_sigmoid, hard_tanh, relu, sigmoid, tanh
from lstm_lib.cell import LSTM
from lstm_lib.jacobian import blocks, chain, paths, size
from lstm_lib.sequence import forward

T, B, D, H, R = 6, 2, 2, 3, 2
KINDS = [(sigmoid, tanh, tanh), (hard_sigmoid, tanh, hard_tanh)]
EVERY = pytest.mark.parametrize("kinds", KINDS, ids=["usual", "swapped"])


def traced(kinds=KINDS[0], replicas=None, seed=0, gain=0.7):
    rng = np.random.default_rng(seed)
    lead = () if replicas is None else (replicas,)
    shapes = [(4, H, D), (4, H, H), (4, H)]
    lstm = LSTM(*(rng.normal(0, gain, (*lead, *one)) for one in shapes), *kinds)
    x = rng.normal(size=(*lead, T, B, D))
    h0, c0 = rng.normal(size=(2, *lead, B, H))
    return forward(lstm, x, h0, c0)


def stepped(trace, s, c_alone=None):
    """∂h_t and ∂c_t (t > s) by each of h_s and c_s (T − s − 1, B, H, 2H).

    With `c_alone` h_s is what it is in the cell, o ⊙ φ(c_s), and ∂ by c_s (…, H).
    """
    lstm, count = trace.lstm, H if c_alone else 2 * H
    h, c = (
        np.repeat(one[s][None], count, 0).astype(complex) for one in (trace.h, trace.c)
    )
    for k in range(count):
        (c if c_alone or k >= H else h)[k, :, k % H] += complex_lstm.STEP * 1j
    if c_alone:
        h = trace.o[s] * complex_lstm.FORMULAS[lstm.output.name](c)
    given = (lstm.W, lstm.U, lstm.b, trace.x[s + 1 :])
    many = (np.repeat(one[None], count, 0) for one in given)
    found = complex_lstm.states(lstm, *many, h, c)
    return [np.moveaxis(one.imag / complex_lstm.STEP, 0, -1) for one in found]


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-13)


@EVERY
def test_each_block_is_that_of_a_complex_step(kinds):
    trace = traced(kinds)
    ours = blocks(trace)
    assert {one.shape for one in ours} == {(T - 1, B, H, H)}
    for s in range(T - 1):
        h, c = stepped(trace, s)
        close(ours.h_by_h[s], h[0][..., :H])
        close(ours.h_by_c[s], h[0][..., H:])
        close(ours.c_by_h[s], c[0][..., :H])
        close(ours.c_by_c[s], c[0][..., H:])


@EVERY
def test_both_paths_together_are_the_whole_change(kinds):
    trace = traced(kinds)
    for s in range(T):
        found = paths(trace, s)
        assert found.direct.shape == found.rest.shape == (T - s, B, H, H)
        close(found.direct[0], np.broadcast_to(np.eye(H), (B, H, H)))
        assert not found.rest[0].any()
        np.testing.assert_array_equal(found.whole, found.direct + found.rest)
        if s < T - 1:
            close(found.whole[1:], stepped(trace, s, c_alone=True)[1])


def test_the_direct_path_is_the_product_of_forget_gates():
    trace = traced()
    for s, t in product(range(T), range(T)):
        if s <= t:
            kept = trace.f[s + 1 : t + 1].prod(axis=0)
            close(paths(trace, s).direct[t - s], kept[..., None] * np.eye(H))


def test_without_feedback_nothing_is_left_but_the_direct_path():
    lstm = traced().lstm
    bare = LSTM(lstm.W, 0 * lstm.U, lstm.b)
    found = paths(forward(bare, np.ones((T, B, D))), 1)
    assert not found.rest.any() and found.direct.any()


def test_a_tiny_rest_keeps_its_digits():
    """It is the sum over its own paths, and not what a subtraction leaves."""
    lstm = traced().lstm
    rests = []
    for scale in (1e-20, 2e-20):
        small = LSTM(lstm.W, scale * lstm.U, lstm.b)
        rests.append(paths(forward(small, np.ones((T, B, D))), 0).rest[1:])
    assert np.abs(rests[0]).max() < 1e-19 and np.all(rests[0] != 0)
    np.testing.assert_allclose(rests[1], 2 * rests[0], rtol=1e-9)


@EVERY
def test_replicas_are_many_at_once(kinds):
    trace = traced(kinds, R)
    ours = [*blocks(trace), *paths(trace, 2)]
    assert ours[0].shape == (R, T - 1, B, H, H)
    assert ours[-1].shape == ours[-2].shape == (R, T - 2, B, H, H)
    for r in range(R):
        x = trace.x[r]
        start = {}
        one = forward(trace.lstm[r], x[1:], trace.h[r, 0], trace.c[r, 0], **start)
        for mine, other in zip(ours[:4], blocks(one)):
            close(mine[r, 1:], other)
        for mine, other in zip(ours[4:], paths(one, 1)):
            close(mine[r], other)


def test_float32_stays_and_one_step_has_no_jacobian():
    rng = np.random.default_rng(1)
    shapes = [(4, H, D), (4, H, H), (4, H), (1, B, D)]
    *parameters, x = (rng.normal(size=one).astype(np.float32) for one in shapes)
    trace = forward(LSTM(*parameters), x)
    assert {one.shape for one in blocks(trace)} == {(0, B, H, H)}
    found = paths(trace, 0)
    assert found.direct.shape == (1, B, H, H)
    assert {one.dtype for one in (*found, *blocks(trace))} == {np.dtype(np.float32)}
    plain = rivals.forward(rivals.RNN(*(one[0] for one in parameters)), x)
    assert chain(plain, 0).dtype == np.float32


PLAIN = {
    "tanh": (tanh, np.tanh),
    "relu": (relu, lambda z: np.where(z.real > 0, z, 0)),
    "sigmoid": (sigmoid, lambda z: 1 / (1 + np.exp(-z))),
}


def plain(kind, replicas=None):
    rng = np.random.default_rng(2)
    lead = () if replicas is None else (replicas,)
    W, U, b, h0 = (
        rng.normal(size=(*lead, *one)) for one in [(H, D), (H, H), (H,), (B, H)]
    )
    x = rng.normal(size=(*lead, T, B, D))
    return rivals.forward(rivals.RNN(W, U, b, kind), x, h0)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_network_is_that_of_a_complex_step(name):
    kind, formula = PLAIN[name]
    trace = plain(kind)
    rnn = trace.rnn
    for s in range(T):
        ours = chain(trace, s)
        assert ours.shape == (T - s, B, H, H)
        h = trace.h[s] + 1j * complex_lstm.STEP * np.eye(H)[:, None]
        for t in range(s, T):
            if t > s:
                h = formula(trace.x[t] @ rnn.W.T + h @ rnn.U.T + rnn.b)
            close(ours[t - s], np.moveaxis(h.imag / complex_lstm.STEP, 0, -1))


def test_plain_networks_may_be_replicas():
    trace = plain(tanh, R)
    ours = chain(trace, 1)
    assert ours.shape == (R, T - 1, B, H, H)
    for r in range(R):
        one = rivals.forward(trace.rnn[r], trace.x[r, 1:], trace.h[r, 0])
        close(ours[r], chain(one, 0))


def test_size_is_the_root_mean_square_over_all_directions():
    J = np.random.default_rng(4).normal(size=(5, 2, H, H))
    ours = size(J)
    assert ours.shape == (5, 2)
    close(ours, np.linalg.norm(J, axis=(-1, -2)) / np.sqrt(H))
    close(ours**2, (np.linalg.svd(J)[1] ** 2).mean(axis=-1))
    assert (ours <= np.linalg.svd(J)[1].max(axis=-1)).all()
    assert size(np.eye(4)) == 1 and size(-0.25 * np.eye(4)) == 0.25
    assert size(np.zeros((2, 2))) == 0
    tiny = size(1e-200 * np.eye(3))
    assert tiny == pytest.approx(1e-200, abs=0), "no square vanishes"
    assert size(np.zeros((0, 3, 3))).shape == (0,)


@pytest.mark.parametrize(
    ("call", "error", "complaint"),
    [
        (lambda t: blocks(3), TypeError,
         "trace is of type builtins.int; expected the Trace of an LSTM"),
        (lambda t: paths(None, 0), TypeError, "trace is of type .*NoneType"),
        (lambda t: paths(t, 6), ValueError, "s is 6; expected an integer below 6"),
        (lambda t: paths(t, -1), ValueError, "s is -1; expected an integer ≥ 0"),
        (lambda t: paths(t, 1.0), TypeError, "s is 1.0; expected an integer"),
        (lambda t: chain(t, 0), TypeError,
         "trace is of type lstm_lib.trace.Trace; expected the Trace of an RNN"),
        (lambda t: chain(plain(tanh), 6), ValueError,
         "s is 6; expected an integer below 6"),
        (lambda t: chain(plain(tanh), -1), ValueError, "s is -1; expected"),
        (lambda t: size(np.ones((2, 3))), ValueError,
         r"jacobian has shape \(2, 3\); expected \(…, H, H\)"),
        (lambda t: size(np.ones(3)), ValueError, "jacobian has shape"),
        (lambda t: size(np.ones((1, 0, 0))), ValueError, "jacobian has shape"),
        (lambda t: size(np.ones((1, 1, 0, 0))), ValueError, "jacobian has shape"),
        (lambda t: size("J"), TypeError, "jacobian has type"),
        (lambda t: size([[np.nan]]), ValueError, "jacobian holds NaN"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(call, error, complaint):
    with pytest.raises(error, match=f"^{complaint}"):
        call(traced())
