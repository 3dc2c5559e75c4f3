"""Many steps of an LSTM, and the way back, are those of torch.nn.LSTM.

Held: equal to 1e-12 in float64 for all h, the last c, and the gradients of every
parameter, input and initial state, with PyTorch's second bias added to ours. Not part
of `make test`: PyTorch is large.
"""

import numpy as np
import pytest
import torch
from test_torch import to_torch

from lstm_lib.cell import LSTM
from lstm_lib.sequence import backward, forward

SIZES = [(1, 1, 1, 1), (5, 2, 3, 4), (50, 32, 8, 16), (100, 4, 32, 64)]


def close(ours, theirs):
    """Equal to 1e-12, relative to each entry or, where sums cancel, to the largest."""
    theirs = theirs.detach().numpy()
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, 1e-12, 1e-12 * abs(theirs).max())


def of_torch(lstm, x, h0, c0, dh, dc):
    """All h, the last c, and the gradients of Σ dh ⊙ h + Σ dc ⊙ (the last c)."""
    layer = to_torch(lstm)
    x, h0, c0 = (torch.tensor(one, requires_grad=True) for one in (x, h0, c0))
    h, (_, c) = layer(x, (h0[None], c0[None]))
    ((torch.tensor(dh) * h).sum() + (torch.tensor(dc) * c[0]).sum()).backward()
    W, U, b, _ = (one.grad for one in layer.parameters())
    gates = [one.reshape(4, lstm.hidden, *one.shape[1:]) for one in (W, U, b)]
    return h, c[0], [*gates, *(one.grad for one in (x, h0, c0))]


def drawn(T, B, D, H, scale, replicas):
    """Replicas with parameters as drawn, times `scale`, and what they are fed."""
    rng = np.random.default_rng(0)
    lstms = [LSTM.init(rng, D, H) for _ in range(replicas)]
    lstms = [LSTM(scale * one.W, scale * one.U, scale * one.b) for one in lstms]
    x = scale * rng.normal(size=(replicas, T, B, D))
    h0, c0, last = rng.normal(size=(3, replicas, B, H))
    dc = np.zeros((replicas, T, B, H))
    dc[:, -1] = last
    return lstms, x, h0, scale * c0, rng.normal(size=(replicas, T, B, H)), dc


@pytest.mark.parametrize("scale", [0.1, 1.0, 3.0])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_states_and_gradients_are_those_of_torch(sizes, scale):
    (lstm,), *given = drawn(*sizes, scale, 1)
    x, h0, c0, dh, dc = (one[0] for one in given)
    trace = forward(lstm, x, h0, c0)
    h, c, wanted = of_torch(lstm, x, h0, c0, dh, dc[-1])
    close(trace.h, h)
    close(trace.c[-1], c)
    for one, other in zip(backward(lstm, trace, dh, dc), wanted, strict=True):
        close(one, other)


@pytest.mark.parametrize("scale", [0.1, 1.0])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_replicas_are_so_many_lstms_of_torch(sizes, scale):
    lstms, x, h0, c0, dh, dc = drawn(*sizes, scale, 3)
    many = LSTM.stack(lstms)
    trace = forward(many, x, h0, c0)
    found = backward(many, trace, dh, dc)
    for r, lstm in enumerate(lstms):
        h, c, wanted = of_torch(lstm, x[r], h0[r], c0[r], dh[r], dc[r, -1])
        close(trace.h[r], h)
        close(trace.c[r, -1], c)
        for one, other in zip(found, wanted, strict=True):
            close(one[r], other)
