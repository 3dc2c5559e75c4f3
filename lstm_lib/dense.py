"""Small dense networks, many of them at once, that answer yes or no.

    z_l = W_l a_{l−1} + b_l,   a_l = f(z_l),   and the last z is the answer:

a number whose σ is the probability of yes. All arrays begin with the axis R of the
replicas: independent networks with seeds and data of their own, which only share
the call. No gradient crosses from one to another. (descent.py trains them.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import Activation

__all__ = ["Dense", "Gradients", "Trace", "backward", "forward"]

Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Dense:
    """The parameters of R networks with the same layers.

    Attributes:
        W: one array (R, outputs, inputs) for each layer, the last with 1 output.
        b: one array (R, outputs) for each layer.
        activation: of every layer but the last, which has none.

    Raises:
        TypeError: a parameter is not an array of real numbers, or `activation`
            is not an `Activation`.
        ValueError: a shape does not fit, or a parameter is NaN or infinite.
    """

    W: tuple[Array, ...]
    b: tuple[Array, ...]
    activation: Activation

    def __post_init__(self) -> None:
        for name in ("W", "b"):
            arrays = (checks.finite_array(name, a) for a in getattr(self, name))
            object.__setattr__(self, name, tuple(arrays))
        checks.instance("activation", self.activation, Activation)
        if not self.W or any(W.ndim != 3 or 0 in W.shape for W in self.W):
            raise ValueError("W is not as expected: arrays (R, outputs, inputs)")
        if len(self.b) != len(self.W):
            raise ValueError(f"b has {len(self.b)} arrays; expected {len(self.W)}")
        outputs = [*(W.shape[1] for W in self.W[:-1]), 1]
        inputs = [self.inputs, *outputs]
        for W, b, n, m in zip(self.W, self.b, outputs, inputs):
            checks.shape("W", W, (self.replicas, n, m))
            checks.shape("b", b, (self.replicas, n))

    @property
    def replicas(self) -> int:
        """R, the number of networks."""
        return len(self.W[0])

    @property
    def inputs(self) -> int:
        """D, the number of inputs."""
        return self.W[0].shape[2]

    @classmethod
    def init(
        cls,
        rngs: Iterable[np.random.Generator],
        sizes: Sequence[int],
        activation: Activation,
    ) -> Self:
        """Draw the parameters of each layer uniform in ±1/√inputs, as PyTorch does.

        Args:
            rngs: one source of chance for each network; what a network gets does
                not depend on its neighbours.
            sizes: the number of inputs and of units in each hidden layer, such as
                (2, 16, 16); the one output is added.
            activation: of the hidden layers.

        Raises:
            TypeError: an entry of `rngs` is no Generator, or a size no integer.
            ValueError: there is no entry in `rngs` or `sizes`, or a size is < 1.
        """
        sizes = [checks.size("sizes", size) for size in sizes]
        drawn = [_draw(rng, [*sizes, 1]) for rng in rngs]
        if not (drawn and sizes):
            raise ValueError("expected at least one entry in rngs and in sizes")
        # From networks of layers to layers of networks.
        W, b = (
            tuple(np.stack(layer) for layer in zip(*networks))
            for networks in zip(*drawn)
        )
        return cls(W, b, activation)


def _draw(rng: np.random.Generator, sizes: list[int]) -> tuple[list[Array], ...]:
    """All W and all b of one network."""
    checks.instance("rngs", rng, np.random.Generator)
    W, b = [], []
    for inputs, outputs in pairwise(sizes):
        bound = 1 / np.sqrt(inputs)
        W.append(rng.uniform(-bound, bound, (outputs, inputs)))
        b.append(rng.uniform(-bound, bound, outputs))
    return W, b


class Trace(NamedTuple):
    """Everything a forward pass computes, from the first layer to the last.

    `a[0]` is the input (R, N, D); `z[l]` (R, N, outputs) are the pre-activations
    of layer l, and `a[l + 1]` their activations. `answer` (R, N) is the last z.
    """

    z: tuple[Array, ...]
    a: tuple[Array, ...]
    answer: Array


def forward(network: Dense, x: ArrayLike) -> Trace:
    """Answer x (R, N, D): N inputs for each of R networks.

    Raises:
        TypeError: `network` is no `Dense`, or `x` no array of real numbers.
        ValueError: the shape of `x` does not fit, or it holds NaN or infinity.
    """
    checks.instance("network", network, Dense)
    x = checks.finite_array("x", x)
    R, D = network.replicas, network.inputs
    if x.ndim != 3 or (len(x), x.shape[2]) != (R, D) or 0 in x.shape:
        raise ValueError(f"x has shape {x.shape}; expected ({R}, N, {D})")
    z, a = [], [x]
    for W, b in zip(network.W, network.b):
        z.append(a[-1] @ W.swapaxes(1, 2) + b[:, None])
        a.append(network.activation(z[-1]))
    return Trace(tuple(z), tuple(a[:-1]), z[-1][..., 0])


class Gradients(NamedTuple):
    """∂L/∂W, ∂L/∂b and ∂L/∂z of each layer, with the shapes of W, b and z."""

    W: tuple[Array, ...]
    b: tuple[Array, ...]
    z: tuple[Array, ...]


def backward(network: Dense, trace: Trace, dz: ArrayLike) -> Gradients:
    """Back-propagate dz = ∂L/∂answer (R, N) to every layer.

        ∂L/∂W_l = Σ ∂L/∂z_l ⊗ a_{l−1}    ∂L/∂z_{l−1} = (W_lᵀ ∂L/∂z_l) ⊙ f′(z_{l−1})

    The sums run over the N inputs; what is multiplied from layer to layer are
    weights and *first* derivatives.

    Raises:
        TypeError: `network` is no `Dense`, or `dz` no array of real numbers.
        ValueError: the shape of `dz` is not that of the answers, or it holds
            NaN or infinity.
    """
    checks.instance("network", network, Dense)
    dz = checks.finite_array("dz", dz)
    checks.shape("dz", dz, trace.answer.shape)
    slopes = [*(network.activation.derivative(z) for z in trace.z[:-1]), 1.0]
    above, found = dz[..., None], []
    for W, a, slope in zip(network.W[::-1], trace.a[::-1], slopes[::-1]):
        dz = above * slope
        found.append((dz.swapaxes(1, 2) @ a, dz.sum(axis=1), dz))
        above = dz @ W
    return Gradients(*zip(*found[::-1]))
