"""Dense networks: shapes, seeds, and every gradient against a difference quotient."""

import numpy as np
import pytest

from lstm_lib.activations import hard_tanh, relu, sigmoid, tanh
from lstm_lib.dense import Dense, backward, forward

SIZES = (3, 5, 4)


def rngs(*seeds):
    return [np.random.default_rng(seed) for seed in seeds]


def network(activation=tanh, seeds=(0, 1)):
    return Dense.init(rngs(*seeds), SIZES, activation)


def inputs(replicas=2, points=7, seed=9):
    return np.random.default_rng(seed).normal(size=(replicas, points, SIZES[0]))


def test_the_layers_have_the_sizes_that_were_asked_for():
    net = network()
    assert [W.shape for W in net.W] == [(2, 5, 3), (2, 4, 5), (2, 1, 4)]
    assert [b.shape for b in net.b] == [(2, 5), (2, 4), (2, 1)]
    assert (net.replicas, net.inputs) == (2, 3)


def test_parameters_start_uniform_within_the_bound():
    net = Dense.init(rngs(*range(50)), (100, 25), tanh)
    for W, b, inputs in zip(net.W, net.b, (100, 25), strict=True):
        bound = 1 / np.sqrt(inputs)
        for drawn in (W, b):
            assert np.abs(drawn).max() <= bound
            assert np.abs(drawn).max() > 0.95 * bound
            assert np.std(drawn) == pytest.approx(bound / np.sqrt(3), rel=0.1)


def test_a_network_does_not_depend_on_its_neighbours():
    both, alone = network(seeds=(0, 1)), network(seeds=(1,))
    for together, single in zip((*both.W, *both.b), (*alone.W, *alone.b), strict=True):
        assert np.array_equal(together[1], single[0])


def test_a_network_without_hidden_layer_is_a_weighted_sum():
    net = Dense.init(rngs(0), (2,), relu)
    x = np.array([[[1.0, -2.0], [0.5, 3.0]]])
    answer = forward(net, x).answer
    assert answer == pytest.approx((x @ net.W[0][0].T + net.b[0])[..., 0])


def test_forward_computes_what_the_equations_say():
    net, x = network(sigmoid), inputs()
    trace = forward(net, x)
    for r in range(2):
        for n in range(7):
            a = x[r, n]
            for layer in range(3):
                z = net.W[layer][r] @ a + net.b[layer][r]
                assert trace.z[layer][r, n] == pytest.approx(z, rel=1e-13)
                assert trace.a[layer][r, n] == pytest.approx(a, rel=1e-13)
                a = sigmoid(z)
            assert trace.answer[r, n] == trace.z[2][r, n, 0]
    assert len(trace.z) == len(trace.a) == 3


@pytest.mark.parametrize("activation", [sigmoid, tanh, relu, hard_tanh])
def test_every_gradient_is_the_difference_quotient(activation):
    net, x = network(activation), inputs()
    weights = np.random.default_rng(3).normal(size=(2, 7))
    found = backward(net, forward(net, x), weights)

    def loss(W, b):
        return (weights * forward(Dense(W, b, activation), x).answer).sum()

    d = 1e-6
    for kind in ("W", "b"):
        arrays = getattr(net, kind)
        for layer, array in enumerate(arrays):
            for place in np.ndindex(array.shape):
                values = []
                for way in (d, -d):
                    moved = [a.copy() for a in arrays]
                    moved[layer][place] += way
                    parameters = {"W": net.W, "b": net.b} | {kind: tuple(moved)}
                    values.append(loss(**parameters))
                quotient = (values[0] - values[1]) / (2 * d)
                gradient = getattr(found, kind)[layer][place]
                assert gradient == pytest.approx(quotient, abs=1e-6), (kind, place)


def test_gradients_reach_every_pre_activation():
    net, x = network(), inputs()
    trace = forward(net, x)
    dz = np.random.default_rng(3).normal(size=(2, 7))
    found = backward(net, trace, dz)
    assert np.array_equal(found.z[2][..., 0], dz)
    for layer in (1, 0):
        back = found.z[layer + 1] @ net.W[layer + 1]
        right = back * tanh.derivative(trace.z[layer])
        assert found.z[layer] == pytest.approx(right, rel=1e-13)


def test_no_gradient_crosses_between_replicas():
    net, x = network(), inputs()
    dz = np.zeros((2, 7))
    dz[0] = 1
    found = backward(net, forward(net, x), dz)
    for gradient in (*found.W, *found.b, *found.z):
        assert gradient[0].any() and not gradient[1].any()


W = (np.ones((2, 4, 3)), np.ones((2, 1, 4)))
B = (np.ones((2, 4)), np.ones((2, 1)))


@pytest.mark.parametrize(
    ("W", "b", "said"),
    [((), (), "W is not as expected: arrays"),
     ((np.ones((4, 3)),), B, "W is not as expected: arrays"),
     ((np.ones((2, 0, 3)), W[1]), B, "W is not as expected: arrays"),
     (W, B[:1], "b has 1 arrays; expected 2"),
     ((W[0], np.ones((2, 1, 5))), B, r"W has shape \(2, 1, 5\); expected \(2, 1, 4\)"),
     ((W[0], np.ones((2, 2, 4))), B, r"W has shape \(2, 2, 4\); expected \(2, 1, 4\)"),
     ((W[0], np.ones((3, 1, 4))), B, r"W has shape \(3, 1, 4\); expected \(2, 1, 4\)"),
     (W, (B[0], np.ones((2, 2))), r"b has shape \(2, 2\); expected \(2, 1\)"),
     (W, (B[0] * np.nan, B[1]), "b holds NaN or infinity")],
)  # fmt: skip
def test_parameters_that_do_not_fit_are_refused(W, b, said):
    with pytest.raises(ValueError, match=f"^{said}"):
        Dense(W, b, tanh)


def test_an_activation_is_needed():
    with pytest.raises(TypeError, match="^activation is of type str; expected Activ"):
        Dense(W, B, "tanh")


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [(([], (2,)), ValueError, "expected at least one entry in rngs and in sizes"),
     ((rngs(0), ()), ValueError, "expected at least one entry in rngs and in sizes"),
     ((rngs(0), (2, 0)), ValueError, "sizes is 0; expected an integer ≥ 1"),
     ((rngs(0), (2, 1.5)), TypeError, "sizes is 1.5; expected an integer"),
     (([0], (2,)), TypeError, "rngs is of type int; expected Generator")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(arguments, error, said):
    with pytest.raises(error, match=f"^{said}"):
        Dense.init(*arguments, tanh)


@pytest.mark.parametrize("shape", [(7, 3), (3, 7, 3), (2, 7, 4), (2, 0, 3)])
def test_inputs_that_do_not_fit_are_refused(shape):
    with pytest.raises(ValueError, match=r"^x has shape .*; expected \(2, N, 3\)$"):
        forward(network(), np.ones(shape))


def test_what_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="^x holds NaN or infinity"):
        forward(network(), inputs() * np.inf)
    trace = forward(network(), inputs())
    with pytest.raises(ValueError, match="^dz holds NaN or infinity"):
        backward(network(), trace, np.full((2, 7), np.nan))


def test_a_gradient_of_another_shape_is_refused():
    trace = forward(network(), inputs())
    with pytest.raises(ValueError, match=r"^dz has shape \(7,\); expected \(2, 7\)$"):
        backward(network(), trace, np.ones(7))


def test_what_is_no_network_is_refused():
    with pytest.raises(TypeError, match="^network is of type int; expected Dense$"):
        forward(3, inputs())
    with pytest.raises(TypeError, match="^network is of type int; expected Dense$"):
        backward(3, forward(network(), inputs()), np.ones((2, 7)))
