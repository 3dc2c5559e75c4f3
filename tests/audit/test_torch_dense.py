"""Dense networks answer, back-propagate and train as PyTorch's do.

Held: equal to 1e-12 in float64 for the answers and every gradient, and to 1e-9
after 50 updates. Not part of `make test`: PyTorch is large.
"""

from itertools import islice

import numpy as np
import pytest
import torch

from lstm_lib.activations import hard_tanh, leaky_relu, relu, sigmoid, tanh
from lstm_lib.dense import Dense
from lstm_lib.descent import train
from lstm_lib.optimisers import Adam, GradientDescent

PEERS = {
    sigmoid.name: torch.sigmoid,
    tanh.name: torch.tanh,
    relu.name: torch.relu,
    hard_tanh.name: torch.nn.functional.hardtanh,
    leaky_relu.name: torch.nn.functional.leaky_relu,
}
OPTIMISERS = {
    "sgd": (GradientDescent(0.3), lambda p: torch.optim.SGD(p, lr=0.3)),
    "adam": (Adam(0.01), lambda p: torch.optim.Adam(p, lr=0.01)),
}
RNG = np.random.default_rng(1)
X = RNG.normal(size=(2, 20, 3))
LABELS = RNG.integers(0, 2, size=(2, 20)).astype(float)


def parameters(network, replica):
    return [
        torch.tensor(array[replica], requires_grad=True)
        for pair in zip(network.W, network.b, strict=True)
        for array in pair
    ]


def loss_of(layers, activation, x, labels):
    a = torch.tensor(x)
    pairs = [*zip(layers[::2], layers[1::2], strict=True)]
    for number, (W, b) in enumerate(pairs, start=1):
        a = torch.nn.functional.linear(a, W, b)
        a = a if number == len(pairs) else PEERS[activation.name](a)
    return torch.nn.functional.binary_cross_entropy_with_logits(
        a[:, 0], torch.tensor(labels)
    )


@pytest.mark.parametrize("kind", OPTIMISERS)
@pytest.mark.parametrize("activation", [sigmoid, tanh, relu, hard_tanh, leaky_relu])
def test_training_is_that_of_torch(activation, kind):
    rngs = [np.random.default_rng(seed) for seed in (0, 1)]
    network = Dense.init(rngs, (3, 8, 8), activation)
    ours, peer = OPTIMISERS[kind]
    states = [*islice(train(network, X, LABELS, ours), 51)]
    for r in range(2):
        layers = parameters(network, r)
        optimiser = peer(layers)
        for update, now in enumerate(states):
            optimiser.zero_grad()
            loss = loss_of(layers, activation, X[r], LABELS[r])
            loss.backward()
            off = 1e-12 if update == 0 else 1e-9
            assert now.loss[r] == pytest.approx(loss.item(), abs=off)
            for layer in range(3):
                W, b = (layers[2 * layer + k].grad.numpy() for k in (0, 1))
                assert now.gradients.W[layer][r] == pytest.approx(W, abs=off)
                assert now.gradients.b[layer][r] == pytest.approx(b, abs=off)
            optimiser.step()
