"""Tasks that cannot be done without memory: keep a bit, count, add across time.

A task draws as many sequences as it is asked for, says where the loss asks, and
knows when an answer is right.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.losses import Loss, log_loss, squared_error

__all__ = ["Adding", "AnBn", "Batch", "Latch", "Task"]

Array = NDArray[np.floating]


class Batch(NamedTuple):
    """B sequences of T steps: what is read, and what should be answered.

    Attributes:
        x: inputs (T, B, D).
        target: right answers (T, B, O).
        counted: 1 where the loss asks, else 0, (T, B); at least once a sequence.
    """

    x: Array
    target: Array
    counted: Array


@dataclass(frozen=True)
class Task(ABC):
    """What is read and what is asked.

    Attributes:
        inputs: D, numbers read at each step.
        outputs: O, numbers answered at each step.
        loss: what answers cost.
    """

    inputs: ClassVar[int]
    outputs: ClassVar[int]
    loss: ClassVar[Loss] = log_loss

    def draw(self, rng: np.random.Generator, sequences: int) -> Batch:
        """Draw B = `sequences` ≥ 1 of them; TypeError or ValueError otherwise."""
        checks.instance("rng", rng, np.random.Generator)
        batch = self._draw(rng, checks.size("sequences", sequences))
        return Batch(*(array.astype(float) for array in batch))

    @abstractmethod
    def _draw(self, rng: np.random.Generator, B: int) -> Batch:
        """A batch of numbers or truth values."""

    def right(self, answer: Array, target: Array) -> NDArray[np.bool]:
        """Which answers are right, with their shape: yes is > 0, no ≤ 0, NaN never."""
        return np.where(target == 1, answer > 0, answer <= 0)


@dataclass(frozen=True)
class Latch(Task):
    """A flip-flop, which is to say at every step whether set or reset came last.

    What it reads is set, reset or nothing, one-hot (T, B, 3); the answer is yes (1)
    after set and no (0) after reset. The first step always is set or reset.

    Attributes:
        length: T ≥ 1.
        often: the chance of set or reset at each later step, in [0, 1]; either is as
            likely as the other.
    """

    length: int = 20
    often: float = 0.1
    inputs: ClassVar[int] = 3
    outputs: ClassVar[int] = 1

    def __post_init__(self) -> None:
        checks.size("length", self.length)
        if not 0 <= checks.number("often", self.often) <= 1:
            raise ValueError(f"often is {self.often}; expected a number in [0, 1]")

    def _draw(self, rng: np.random.Generator, B: int) -> Batch:
        told = rng.random((self.length, B)) < self.often
        told[0] = True
        up = rng.random(told.shape) < 0.5
        x = np.stack([told & up, told & ~up, ~told], axis=-1)
        steps = np.arange(self.length)[:, None]
        last = np.maximum.accumulate(np.where(told, steps, 0))
        target = up[last, np.arange(B)]
        return Batch(x, target[..., None], np.ones(told.shape))


@dataclass(frozen=True)
class AnBn(Task):
    """A mark, n times a, n times b, and at every step: which symbols may come next.

    The task of Gers & Schmidhuber (2001), but with one mark for start and end. What
    it reads is a, b or the mark, one-hot (T, B, 3); the answers are yes (1) or no (0)
    for each of the three. After the mark comes an a, after an a either a or b, after
    a b another one until there are n, and then the mark: to know when, one has to
    count. T = 2·most + 1; after its n-th b a sequence is filled up with zeros, where
    nothing is asked.

    Attributes:
        most: the largest n.
        least: the smallest n ≥ 1; each n from here to `most` is as likely.
    """

    most: int = 10
    least: int = 1
    inputs: ClassVar[int] = 3
    outputs: ClassVar[int] = 3

    def __post_init__(self) -> None:
        checks.size("most", self.most, checks.size("least", self.least))

    def _draw(self, rng: np.random.Generator, B: int) -> Batch:
        n = rng.integers(self.least, self.most, B, endpoint=True)
        t = np.repeat(np.arange(2 * self.most + 1)[:, None], B, axis=1)
        x = [(t >= 1) & (t <= n), (t > n) & (t <= 2 * n), t == 0]
        target = [t <= n, (t >= 1) & (t < 2 * n), t == 2 * n]
        return Batch(np.stack(x, axis=-1), np.stack(target, axis=-1), t <= 2 * n)


@dataclass(frozen=True)
class Adding(Task):
    """The sum of two marked numbers among many, asked for at the last step.

    What it reads is a number, uniform in [0, 1), and a mark, 1 or 0 (T, B, 2). One
    mark lies in the first half of the sequence, one in the second. To answer always
    1, the mean, is a loss of 1/6. After Hochreiter & Schmidhuber (1997), without
    their marks of −1 at both ends; their target is half of this sum.

    Attributes:
        length: T ≥ 2.
        tolerance: an answer is right if it is off by less, > 0; they took 0.04,
            which is 0.08 here.
    """

    length: int = 20
    tolerance: float = 0.08
    inputs: ClassVar[int] = 2
    outputs: ClassVar[int] = 1
    loss: ClassVar[Loss] = squared_error

    def __post_init__(self) -> None:
        checks.size("length", self.length, 2)
        if checks.number("tolerance", self.tolerance) <= 0:
            raise ValueError(f"tolerance is {self.tolerance}; expected a number > 0")

    def _draw(self, rng: np.random.Generator, B: int) -> Batch:
        T, half = self.length, self.length // 2
        value = rng.random((T, B))
        first, second = rng.integers(0, half, B), rng.integers(half, T, B)
        step = np.arange(T)[:, None]
        mark = (step == first) | (step == second)
        counted = np.repeat(step == T - 1, B, axis=1)
        target = counted * (value * mark).sum(axis=0)
        return Batch(np.stack([value, mark], axis=-1), target[..., None], counted)

    def right(self, answer: Array, target: Array) -> NDArray[np.bool]:
        """Which answers are off by less than the tolerance, with their shape."""
        return np.abs(answer - target) < self.tolerance
