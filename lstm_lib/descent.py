"""Train dense networks, update by update, each on all its inputs.

for now in train(network, x, labels, Adam(0.01)):
    if now.loss.max() < 0.1:
        break
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import sigmoid
from lstm_lib.dense import Dense, Gradients, Trace, backward, forward
from lstm_lib.optimisers import Optimiser

__all__ = ["State", "train"]

Array = NDArray[np.floating]


class State(NamedTuple):
    """Where R networks stand after some updates.

    Attributes:
        network: the networks.
        trace: their forward pass over all inputs.
        gradients: ∂L/∂W, ∂L/∂b and ∂L/∂z of each layer.
        loss: the log-loss of each, (R,), ≥ 0; ln 2 = 0.693 is that of a coin.
        right: the share of right answers of each, (R,), in [0, 1].
    """

    network: Dense
    trace: Trace
    gradients: Gradients
    loss: Array
    right: Array


def train(
    network: Dense, x: ArrayLike, labels: ArrayLike, optimiser: Optimiser
) -> Iterator[State]:
    """Train for ever, update by update; stop when you like.

    The loss is the log-loss, its mean over the N inputs. The first state is that
    of `network` before any update.

    Args:
        network: R networks; it is left as it is.
        x: inputs (R, N, D).
        labels: 1 for yes and 0 for no, (R, N).
        optimiser: how the parameters follow the gradients.

    Yields:
        The `State` before each update.

    Raises:
        TypeError, ValueError: an argument is not as above, or the parameters have
            grown beyond all bounds.
    """
    checks.instance("optimiser", optimiser, Optimiser)
    labels = checks.real_array("labels", labels)
    if not np.isin(labels, (0, 1)).all():
        raise ValueError("labels holds other numbers; expected 0 and 1 alone")
    step, layers = optimiser.start(), len(network.W)
    while True:
        trace = forward(network, x)
        checks.shape("labels", labels, trace.answer.shape)
        error = sigmoid(trace.answer) - labels
        gradients = backward(network, trace, error / labels.shape[1])
        loss = np.logaddexp(0, (1 - 2 * labels) * trace.answer).mean(axis=1)
        right = ((trace.answer > 0) == labels).mean(axis=1)
        yield State(network, trace, gradients, loss, right)
        old = (*network.W, *network.b)
        new = [p + d for p, d in zip(old, step([*gradients.W, *gradients.b]))]
        network = Dense(tuple(new[:layers]), tuple(new[layers:]), network.activation)
