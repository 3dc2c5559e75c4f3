"""What is left of a change in networks as they are drawn: numbers, bounds, refusals."""

import math

import numpy as np
import pytest

from lstm_lib import scope
from lstm_lib.activations import relu, sigmoid, tanh
from lstm_lib.cell import LSTM
from lstm_lib.jacobian import paths, size
from lstm_lib.scope import KINDS, crossing, drawn, half_life, held, inputs, left
from lstm_lib.sequence import forward

PLAIN = {"tanh-RNN": tanh, "ReLU-RNN": relu, "σ-RNN": sigmoid}


def test_the_networks_are_those_of_the_seeds_in_hundredths():
    networks = drawn()
    assert (networks.replicas, networks.hidden, networks.inputs) == (10, 6, 1)
    for seed in (0, 1, 9):
        one = LSTM.init(np.random.default_rng(seed), 1, 6, forget_bias=0)
        for name in "WUb":
            ours = getattr(networks[seed], name)
            np.testing.assert_array_equal(ours, np.round(getattr(one, name), 2))
    assert not networks.b[:, 1].any(), "forget biases"
    fed = np.random.default_rng(0).normal(size=31)
    np.testing.assert_array_equal(inputs(), np.round(fed, 2))


@pytest.mark.parametrize("s", [0, 7, 30])
@pytest.mark.parametrize(("bias", "gain"), [(-2, 1.0), (3, 0.5), (8.0, 3)])
def test_an_lstm_is_looked_at_through_its_jacobians(bias, gain, s):
    found = left("LSTM", bias, gain, s)
    assert {one.shape for one in found} == {(10, 31 - s)}
    for k in (0, 9):
        one = drawn()[k]
        b = one.b.copy()
        b[1] = bias
        trace = forward(LSTM(one.W, gain * one.U, b), inputs()[:, None, None])
        wanted = paths(trace, s)
        for name in ("direct", "rest", "whole"):
            sizes = size(getattr(wanted, name))[:, 0]
            np.testing.assert_allclose(getattr(found, name)[k], sizes, rtol=1e-12)


@pytest.mark.parametrize("bias", [-2, 0, 4.5])
def test_a_forget_gate_that_is_held_keeps_the_same_share_at_each_step(bias):
    for gain in (0, 1, 3):
        found = left("f held", bias, gain, 2)
        wanted = np.broadcast_to(held(bias) ** np.arange(29.0), (10, 29))
        np.testing.assert_allclose(found.direct, wanted, rtol=1e-12)
        np.testing.assert_array_equal(found.whole, found.direct)
        assert not found.rest.any()
    assert held(bias) == sigmoid(bias)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_plain_network_is_the_candidate_without_gates(kind):
    found = left(kind, 0, 2, 3)
    assert found.direct is None and found.rest is None
    assert found.whole.shape == (10, 28)
    one, phi = drawn()[5], PLAIN[kind]
    h, J = np.zeros(6), np.eye(6)
    for t, x in enumerate(inputs()):
        z = one.W[2, :, 0] * x + 2 * one.U[2] @ h + one.b[2]
        h = phi(z)
        if t > 3:
            J = phi.derivative(z)[:, None] * (2 * one.U[2]) @ J
            root = math.sqrt((J**2).sum() / 6)
            assert found.whole[5, t - 3] == pytest.approx(root, rel=1e-9)
    np.testing.assert_array_equal(left(kind, 5, 2, 3).whole, found.whole)


def test_without_recurrent_weights_only_the_direct_path_is_left():
    found = left("LSTM", 1, 0)
    assert not found.rest.any() and found.direct[:, -1].all()
    assert np.ptp(found.direct[:, 1]) > 0.001, "the forget gate still reads x"


def test_what_the_chapter_tells_of_them():
    """With a bias of 0 nearly all is lost in 10 steps; 3 keeps a fifth for 30.

    The paths through the gates add to it; and rectifiers may explode.
    """
    low, high = left("LSTM", 0, 1), left("LSTM", 3, 1)
    assert np.median(low.whole[:, 10]) < 0.01
    assert 0.2 < np.median(high.direct[:, 30]) < 0.25
    assert np.median(high.whole[:, 30]) > 0.5
    assert np.median(left("tanh-RNN", 0, 1).whole[:, 30]) < 1e-7
    assert np.median(left("ReLU-RNN", 0, 3).whole[:, 30]) > 10


@pytest.mark.parametrize("bias", [-1.5, 0, 1, 3])
def test_the_curve_of_a_held_gate_crosses_at_its_half_life(bias):
    assert half_life(bias) == pytest.approx(math.log(0.5) / math.log(held(bias)))
    assert crossing(held(bias) ** np.arange(31)) == pytest.approx(half_life(bias))


@pytest.mark.parametrize(
    ("sizes", "n"),
    [
        ([1, 0.5], 1),
        ([1, 0.51], None),
        ([1], None),
        ([1, 2, 0.125, 0.6, 0.1], 1.5),
        ([1, 0.8, 0], 2),
        ([1, 0.25], 0.5),
        ([0.6, 0.6, 0.6, 0.5, 0.1], 3),
    ],
)
def test_a_curve_crosses_where_its_line_is_at_half(sizes, n):
    assert crossing(sizes) == (None if n is None else pytest.approx(n, abs=1e-12))


@pytest.mark.parametrize(
    ("call", "error", "complaint"),
    [
        (lambda: left("GRU", 0, 1), ValueError,
         "kind is 'GRU'; expected one of LSTM, f held, tanh-RNN, ReLU-RNN, σ-RNN"),
        (lambda: left("LSTM", 8.1, 1), ValueError,
         "bias is 8.1; expected a number from −2 to 8"),
        (lambda: left("LSTM", -2.1, 1), ValueError, "bias is −2.1; expected a number"),
        (lambda: left("LSTM", 0, 3.1), ValueError,
         "gain is 3.1; expected a number from 0 to 3"),
        (lambda: left("σ-RNN", 0, -0.1), ValueError, "gain is −0.1"),
        (lambda: left("σ-RNN", "0", 1), TypeError, "bias is '0'; expected a real"),
        (lambda: left("LSTM", 0, 1, 31), ValueError, "s is 31; expected .* below 31"),
        (lambda: left("tanh-RNN", 0, 1, -1), ValueError, "s is -1"),
        (lambda: held(9), ValueError, "bias is 9"),
        (lambda: half_life(-3), ValueError, "bias is −3"),
        (lambda: crossing([]), ValueError, "sizes is not as expected"),
        (lambda: crossing([[1.0]]), ValueError,
         r"sizes is not as expected: \(T,\), ≥ 0, the first > ½"),
        (lambda: crossing([1.0, -0.1]), ValueError, "sizes is not as expected"),
        (lambda: crossing([0.5, 0.1]), ValueError, "sizes is not as expected"),
        (lambda: crossing([np.nan]), ValueError, "sizes holds NaN"),
        (lambda: crossing(["1"]), TypeError, "sizes has type"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(call, error, complaint):
    with pytest.raises(error, match=f"^{complaint}"):
        call()


def test_there_are_five_kinds():
    assert KINDS == ("LSTM", "f held", "tanh-RNN", "ReLU-RNN", "σ-RNN")
    assert dict(scope.ENDS) == {"bias": (-2, 8), "gain": (0, 3)}
