"""What answers cost: the log-loss for yes and no, the squared error for numbers.

    log-loss        log(1 + eʸ) − t y        slope σ(y) − t
    squared error   (y − t)²                 slope 2 (y − t)

y is the answer and t the target. In the log-loss t is 1 for yes and 0 for no, and
σ(y) is the probability of yes; ln 2 = 0.693 is the loss of a coin. (There, log(1 + eʸ)
is computed as max(y, 0) + log(1 + e^−|y|), which does not overflow.) The loss of many
answers is the mean over those that are counted.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import sigmoid

__all__ = ["Loss", "log_loss", "squared_error"]

Array = NDArray[np.floating]
Formula = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Loss:
    """The cost of one answer, and its slope: functions of (answer, target)."""

    name: str
    cost: Formula
    slope: Formula

    def __call__(
        self, answer: ArrayLike, target: ArrayLike, counted: ArrayLike
    ) -> tuple[Array, Array]:
        """The loss and its gradient.

        Args:
            answer: y (T, B, O), or (R, T, B, O) for replicas.
            target: of the same shape.
            counted: 1 where the loss asks and 0 elsewhere, (T, B) or (R, T, B);
                somewhere in each replica it is 1.

        Returns:
            The mean over what is counted, () or (R,), and ∂loss/∂answer, with the
            shape of `answer`. An answer that is NaN or infinite makes the loss of
            its replica NaN or infinite, counted or not.

        Raises:
            TypeError, ValueError: an argument is not as above.
        """
        given = {"answer": answer, "target": target, "counted": counted}
        answer, target, counted = map(checks.real_array, given, given.values())
        checks.shape("target", target, answer.shape)
        checks.shape("counted", counted, answer.shape[:-1])
        if not ((counted == 0) | (counted == 1)).all():
            raise ValueError("counted holds other numbers; expected 0 and 1 alone")
        total = answer.shape[-1] * counted.sum(axis=(-2, -1), keepdims=True)
        if not total.all():
            raise ValueError("counted is 0 everywhere; expected a 1 in each replica")
        share = (counted / total)[..., None]
        loss = (share * self.cost(answer, target)).sum(axis=(-3, -2, -1))
        return loss, share * self.slope(answer, target)


log_loss = Loss(
    "log-loss",
    cost=lambda y, t: np.maximum(y, 0) - t * y + np.log1p(np.exp(-np.abs(y))),
    slope=lambda y, t: sigmoid(y) - t,
)

squared_error = Loss(
    "squared error",
    cost=lambda y, t: (y - t) ** 2,
    slope=lambda y, t: 2 * (y - t),
)
