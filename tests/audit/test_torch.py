"""One step of the cell is one step of torch.nn.LSTM, and kinks are as the book says.

Held: equal to 1e-12 in float64, with the gates in the same order and PyTorch's
second bias added to ours; the slopes of hard tanh at its corners, in three ways to
write it. Not part of `make test`: PyTorch is large.
"""

import numpy as np
import pytest
import torch

from lstm_lib.activations import hard_tanh
from lstm_lib.cell import LSTM, step

TOLERANCE = 1e-12


def to_torch(lstm):
    """A torch.nn.LSTM with the same parameters; its second bias is not zero."""
    layer = torch.nn.LSTM(lstm.inputs, lstm.hidden, dtype=torch.float64)
    half = np.random.default_rng(1).normal(size=4 * lstm.hidden)
    parameters = {
        "weight_ih_l0": lstm.W.reshape(-1, lstm.inputs),
        "weight_hh_l0": lstm.U.reshape(-1, lstm.hidden),
        "bias_ih_l0": lstm.b.ravel() - half,
        "bias_hh_l0": half,
    }
    layer.load_state_dict({k: torch.tensor(v) for k, v in parameters.items()})
    return layer


@pytest.mark.parametrize(("B", "D", "H"), [(1, 1, 1), (2, 3, 4), (32, 8, 16)])
@pytest.mark.parametrize("scale", [0.1, 1.0, 30.0])
def test_states_are_those_of_torch(B, D, H, scale):
    rng = np.random.default_rng(0)
    lstm = LSTM.init(rng, D, H)
    layer = to_torch(lstm)
    h, c = scale * rng.normal(size=(2, B, H))
    state = torch.tensor(h)[None], torch.tensor(c)[None]
    for _ in range(5):
        x = scale * rng.normal(size=(B, D))
        *_, c, h = step(lstm, x, h, c)
        with torch.no_grad():
            _, state = layer(torch.tensor(x)[None], state)
        np.testing.assert_allclose(h, state[0][0].numpy(), TOLERANCE, TOLERANCE)
        np.testing.assert_allclose(c, state[1][0].numpy(), TOLERANCE, TOLERANCE)


@pytest.mark.parametrize("gate", range(4))
def test_gates_are_in_the_order_of_torch(gate):
    lstm = LSTM.init(np.random.default_rng(0), 1, 1)
    b = lstm.b.copy()
    b[gate] += 1
    pushed = LSTM(lstm.W, lstm.U, b)
    one = np.ones((1, 1))
    layer = to_torch(lstm)
    with torch.no_grad():
        layer.bias_ih_l0[gate] += 1
        _, (h, c) = layer(torch.tensor(one)[None], (torch.tensor(one)[None],) * 2)
    got = step(pushed, one, one, one)
    assert got.h.item() == pytest.approx(h.item(), abs=TOLERANCE)
    assert got.c.item() == pytest.approx(c.item(), abs=TOLERANCE)
    assert got.h != step(lstm, one, one, one).h


@pytest.mark.parametrize(
    ("written", "at_corner"),
    [
        (torch.nn.functional.hardtanh, 0),
        (lambda z: torch.clamp(z, -1, 1), 1),
        (lambda z: z.minimum(torch.tensor(1.0)).maximum(torch.tensor(-1.0)), 0.5),
    ],
)
def test_the_slope_of_hard_tanh_at_its_corners_depends_on_how_it_is_written(
    written, at_corner
):
    z = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0], requires_grad=True)
    y = written(z)
    y.sum().backward()
    assert y.tolist() == hard_tanh(z.detach().numpy()).tolist()
    assert z.grad.tolist() == [0, at_corner, 1, at_corner, 0]


def test_the_library_follows_hardtanh():
    assert hard_tanh.derivative([-1.0, 1.0]).tolist() == [0, 0]
