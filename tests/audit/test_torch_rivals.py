"""Plain recurrent networks compute and back-propagate as torch.nn.RNN does.

Held: equal to 1e-12 in float64 for all states and every gradient, with PyTorch's
second bias added to ours. Not part of `make test`: PyTorch is large.
"""

import numpy as np
import pytest
import torch
from test_torch_sequence import close

from lstm_lib.activations import relu, tanh
from lstm_lib.rivals import RNN, backward, forward

SIZES = [(1, 1, 1, 1), (5, 2, 3, 4), (50, 32, 8, 16)]


def of_torch(rnn, x, h0, dh):
    """All h, and the gradients of Σ dh ⊙ h, of torch.nn.RNN."""
    layer = torch.nn.RNN(
        rnn.inputs,
        rnn.hidden,
        nonlinearity=rnn.activation.name,
        dtype=torch.float64,
    )
    half = np.random.default_rng(1).normal(size=rnn.hidden)
    given = (rnn.W, rnn.U, rnn.b - half, half)
    with torch.no_grad():
        for own, one in zip(layer.parameters(), given, strict=True):
            own.copy_(torch.tensor(one))
    x, h0 = (torch.tensor(one, requires_grad=True) for one in (x, h0))
    h, _ = layer(x, h0[None])
    (torch.tensor(dh) * h).sum().backward()
    W, U, b, _ = layer.parameters()
    return h, [one.grad for one in (W, U, b, x, h0)]


def drawn(activation, T, B, D, H, scale, replicas):
    """Replicas with parameters as drawn, times `scale`, and what they are fed."""
    rng = np.random.default_rng(0)
    rnns = [RNN.init(rng, D, H, activation) for _ in range(replicas)]
    rnns = [RNN(scale * r.W, scale * r.U, scale * r.b, activation) for r in rnns]
    x = rng.normal(size=(replicas, T, B, D))
    h0 = rng.normal(size=(replicas, B, H))
    return rnns, x, h0, rng.normal(size=(replicas, T, B, H))


@pytest.mark.parametrize("scale", [0.1, 1.0, 3.0])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("activation", [tanh, relu], ids=lambda f: f.name)
def test_states_and_gradients_are_those_of_torch(activation, sizes, scale):
    (rnn,), (x,), (h0,), (dh,) = drawn(activation, *sizes, scale, 1)
    trace = forward(rnn, x, h0)
    h, wanted = of_torch(rnn, x, h0, dh)
    close(trace.h, h)
    for one, other in zip(backward(rnn, trace, dh), wanted, strict=True):
        close(one, other)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("activation", [tanh, relu], ids=lambda f: f.name)
def test_replicas_are_so_many_networks_of_torch(activation, sizes):
    rnns, *given = drawn(activation, *sizes, 1.0, 3)
    many, (x, h0, dh) = RNN.stack(rnns), given
    trace = forward(many, x, h0)
    found = backward(many, trace, dh)
    for r, rnn in enumerate(rnns):
        h, wanted = of_torch(rnn, x[r], h0[r], dh[r])
        close(trace.h[r], h)
        for one, other in zip(found, wanted, strict=True):
            close(one[r], other)
