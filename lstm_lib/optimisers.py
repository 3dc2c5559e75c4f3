"""How parameters follow their gradients: plain descent, and Adam.

An optimiser is a small recipe; `start()` gives a function that remembers what it
has seen, takes the gradients of one update and returns what to add to the
parameters. Each array is treated number by number, so it does not matter how many
networks share it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks

__all__ = ["Adam", "GradientDescent", "Optimiser"]

Array = NDArray[np.floating]
Step = Callable[[Sequence[Array]], list[Array]]


@dataclass(frozen=True, eq=False)
class Optimiser(ABC):
    """A recipe for updates.

    `rate` is the learning rate, > 0, or one for each of R replicas, (R,), which is
    the first axis of each gradient then. Other numbers and shapes raise ValueError,
    what is no number TypeError.
    """

    rate: float | ArrayLike

    def __post_init__(self) -> None:
        if np.isscalar(self.rate):
            if checks.number("rate", self.rate) <= 0:
                raise ValueError(f"rate is {self.rate}; expected a number > 0")
            return
        rates = checks.finite_array("rate", self.rate).copy()
        if rates.ndim != 1 or rates.size == 0 or (rates <= 0).any():
            raise ValueError(f"rate is {self.rate}; expected numbers > 0, (R,)")
        rates.setflags(write=False)
        object.__setattr__(self, "rate", rates)

    @abstractmethod
    def start(self) -> Step:
        """A function from gradients to steps, at the start of a training."""

    def _rate(self, gradient: Array) -> float | Array:
        """The rate, to be multiplied by something of the shape of `gradient`."""
        if np.isscalar(self.rate):
            return self.rate
        checks.shape("rate", self.rate, gradient.shape[:1])
        return self.rate.reshape(-1, *(1 for _ in gradient.shape[1:]))


class GradientDescent(Optimiser):
    """Δθ = −rate · ∂L/∂θ."""

    def start(self) -> Step:
        """A function from gradients to steps; it remembers nothing."""
        return lambda gradients: [-self._rate(g) * g for g in gradients]


class Adam(Optimiser):
    """Δθ = −rate · m̂ / (√v̂ + 1e-8), with running means m of ∂L/∂θ, v of its square.

    The means forget with 0.9 and 0.999 an update and are corrected for their
    start at 0 (Kingma & Ba 2015; the constants are PyTorch's defaults).
    """

    def start(self) -> Step:
        """A function from gradients to steps that carries the running means."""
        means: list[Array | float] = []
        squares: list[Array | float] = []
        updates = 0

        def step(gradients: Sequence[Array]) -> list[Array]:
            nonlocal updates
            if not updates:
                means[:] = squares[:] = [0.0] * len(gradients)
            updates += 1
            means[:] = [0.9 * m + 0.1 * g for m, g in zip(means, gradients)]
            squares[:] = [0.999 * v + 0.001 * g**2 for v, g in zip(squares, gradients)]
            m_bias, v_bias = 1 - 0.9**updates, 1 - 0.999**updates
            return [
                -self._rate(m) * (m / m_bias) / (np.sqrt(v / v_bias) + 1e-8)
                for m, v in zip(means, squares)
            ]

        return step
