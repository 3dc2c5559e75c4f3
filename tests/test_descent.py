"""Training lowers the right loss, replica by replica, and can be stopped anywhere."""

from itertools import islice

import numpy as np
import pytest

from lstm_lib.activations import identity, sigmoid, tanh
from lstm_lib.dense import Dense, backward, forward
from lstm_lib.descent import train
from lstm_lib.optimisers import Adam, GradientDescent

X = np.random.default_rng(0).normal(size=(2, 9, 3))
LABELS = (X[..., 0] * X[..., 1] > 0).astype(float)


def network(seeds=(0, 1), activation=tanh):
    return Dense.init([np.random.default_rng(s) for s in seeds], (3, 6), activation)


def after(updates, *arguments):
    return next(islice(train(*arguments), updates, None))


def test_the_first_state_is_the_network_as_it_came():
    net = network()
    now = after(0, net, X, LABELS, Adam(0.1))
    assert now.network is net
    assert np.array_equal(now.trace.answer, forward(net, X).answer)


def test_the_loss_is_the_log_loss_and_right_counts_right_answers():
    now = after(3, network(), X, LABELS, Adam(0.1))
    yes = sigmoid(now.trace.answer)
    chance = np.where(LABELS == 1, yes, 1 - yes)
    assert now.loss == pytest.approx(-np.log(chance).mean(axis=1), rel=1e-12)
    assert now.right == pytest.approx((chance > 0.5).mean(axis=1))
    assert now.loss.shape == now.right.shape == (2,)


def test_the_loss_of_a_sure_answer_does_not_overflow():
    W, b = np.full((1, 1, 1), 1e4), np.zeros((1, 1))
    x, labels = np.array([[[1.0], [-1.0]]]), np.array([[0, 0]])
    now = after(0, Dense((W,), (b,), identity), x, labels, Adam(0.1))
    assert now.loss == pytest.approx([5000]) and now.right == 0.5


def test_the_gradients_are_those_of_the_loss():
    net, d = network(), 1e-6
    found = after(0, net, X, LABELS, Adam(0.1)).gradients
    for place in np.ndindex(net.W[0].shape):
        losses = []
        for way in (d, -d):
            W = net.W[0].copy()
            W[place] += way
            moved = Dense((W, net.W[1]), net.b, tanh)
            losses.append(after(0, moved, X, LABELS, Adam(0.1)).loss.sum())
        quotient = (losses[0] - losses[1]) / (2 * d)
        assert found.W[0][place] == pytest.approx(quotient, abs=1e-8)


def test_an_update_is_one_step_of_the_optimiser():
    first, second = islice(train(network(), X, LABELS, GradientDescent(0.5)), 2)
    old, new, slope = first.network, second.network, first.gradients
    for kind in ("W", "b"):
        for layer in range(2):
            step = -0.5 * getattr(slope, kind)[layer]
            moved = getattr(old, kind)[layer] + step
            assert np.array_equal(getattr(new, kind)[layer], moved)
    error = (sigmoid(first.trace.answer) - LABELS) / 9
    again = backward(old, first.trace, error)
    assert slope.W[0] == pytest.approx(again.W[0], rel=1e-13)


def test_an_answer_of_zero_is_a_no():
    nothing = Dense((np.zeros((1, 1, 1)),), (np.zeros((1, 1)),), identity)
    now = after(0, nothing, np.ones((1, 4, 1)), [[0, 0, 0, 1]], Adam(0.1))
    assert now.right == 0.75 and now.loss == pytest.approx(np.log(2))


@pytest.mark.parametrize("optimiser", [Adam(0.05), GradientDescent(1.0)])
def test_training_learns(optimiser):
    states = [*islice(train(network(), X, LABELS, optimiser), 0, 3001, 1000)]
    losses = np.array([now.loss for now in states])
    assert (np.diff(losses, axis=0) < 0).all() and (losses[-1] < 0.01).all()
    assert (states[-1].right == 1).all()


def test_a_replica_trains_as_it_would_alone():
    both = after(50, network(), X, LABELS, Adam(0.05))
    alone = after(50, network(seeds=(1,)), X[1:], LABELS[1:], Adam(0.05))
    assert both.loss[1] == pytest.approx(alone.loss[0], rel=1e-9)


def test_what_is_handed_in_is_left_as_it_is():
    net, x, labels = network(), X.copy(), LABELS.copy()
    before = [W.copy() for W in net.W]
    after(5, net, x, labels, Adam(0.1))
    assert all(map(np.array_equal, before, net.W))
    assert np.array_equal(x, X) and np.array_equal(labels, LABELS)


@pytest.mark.parametrize(
    ("labels", "error", "said"),
    [(LABELS[0], ValueError, r"labels has shape \(9,\); expected \(2, 9\)"),
     (LABELS * 2, ValueError, "labels holds other numbers; expected 0 and 1 alone"),
     (LABELS > 0, TypeError, "labels has type bool; expected float32")],
)  # fmt: skip
def test_labels_are_zeros_and_ones_in_the_right_shape(labels, error, said):
    with pytest.raises(error, match=f"^{said}"):
        after(0, network(), X, labels, Adam(0.1))


def test_an_optimiser_is_needed():
    with pytest.raises(
        TypeError, match="^optimiser is of type float; expected Optimiser$"
    ):
        after(0, network(), X, LABELS, 0.1)


def test_parameters_that_grow_beyond_all_bounds_are_reported():
    with np.errstate(all="ignore"), pytest.raises(ValueError, match="NaN or infinity"):
        after(99, network(activation=identity), X, LABELS, GradientDescent(1e300))
