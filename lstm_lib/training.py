"""Train many recurrent models at once, each on sequences drawn for it alone.

    run = train(model, Latch(), Adam(0.01), 500, rngs)

One update draws new sequences, computes the loss and its gradient through time,
shortens the gradient if it is longer than `clip`, and moves the parameters. All
parameters of a replica lie in one row of an array (R, P), so that the length of a
gradient is that of its row, and a replica that diverged is a row that stays.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.model import Model, backward, forward
from lstm_lib.optimisers import Optimiser
from lstm_lib.progress import bar
from lstm_lib.tasks import Batch, Task

__all__ = ["Run", "score", "train"]

Array = NDArray[np.floating]


class Run(NamedTuple):
    """What came of a training.

    Attributes:
        model: the R models after the last update; what diverged is as it was before.
        loss: of each before each update (updates, R), on what it read there; NaN
            after it has diverged.
        norm: the length of its gradient, before clipping, likewise; NaN if the loss
            is not finite.
        diverged: for each replica None, or the update, counted from 0, at which its
            loss, or the length of its gradient or of its new row of parameters, was
            NaN or infinite.
    """

    model: Model
    loss: Array
    norm: Array
    diverged: tuple[int | None, ...]


class _State(NamedTuple):
    """Where a training stands, after `updates` of them."""

    updates: int
    model: Model
    diverged: NDArray[np.integer]  # (R,), −1 for those that did not


def train(
    model: Model,
    task: Task,
    optimiser: Optimiser,
    updates: int,
    rngs: Sequence[np.random.Generator],
    sequences: int = 32,
    clip: float | None = None,
    progress: bool | None = None,
) -> Run:
    """Train each replica of `model`; it is left as it is.

    An interrupt (KeyboardInterrupt) ends the training early, and what was trained
    so far is returned: `loss` then has fewer rows.

    Args:
        model: R replicas.
        task: what they learn.
        optimiser: how the parameters follow the gradients.
        updates: how many, ≥ 1.
        rngs: R sources of chance, one for the sequences of each replica.
        sequences: B, how many of them each replica reads in one update.
        clip: the largest length of a replica's gradient, > 0; None for any.
        progress: whether to show a bar; None for where somebody watches.

    Raises:
        TypeError, ValueError: an argument is not as above.
    """
    rngs = _checked(model, task, rngs)
    checks.instance("optimiser", optimiser, Optimiser)
    updates = checks.size("updates", updates)
    if clip is not None and checks.number("clip", clip) <= 0:
        raise ValueError(f"clip is {clip}; expected a number > 0")
    step, curves = optimiser.start(), np.full((2, updates, len(rngs)), np.nan)
    now = _State(0, model, np.full(len(rngs), -1))
    try:
        with np.errstate(all="ignore"), bar(updates, progress) as counter:
            for update in counter:
                batch = _drawn(task, rngs, sequences)
                now = _update(now, task, batch, step, clip, curves[:, update])
    except KeyboardInterrupt:
        pass
    loss, norm = curves[:, : now.updates]
    diverged = tuple(None if at < 0 else int(at) for at in now.diverged)
    return Run(now.model, loss, norm, diverged)


def _update(
    now: _State,
    task: Task,
    batch: Batch,
    step: Callable[[list[Array]], list[Array]],
    clip: float | None,
    curves: Array,
) -> _State:
    """One update; fills `curves` (2, R) with the loss and the norm of what lives."""
    loss, slope = _slope(now.model, task, batch)
    norm = np.sqrt(np.square(slope).sum(axis=1))
    living = now.diverged < 0
    curves[:, living] = loss[living], norm[living]
    fine = living & np.isfinite(norm)
    if clip is not None:
        slope *= np.minimum(1, clip / norm)[:, None]
    old = _rows(now.model.parameters)
    new = old + step([slope])[0]
    fine &= np.isfinite(np.square(new).sum(axis=1))
    model = _moved(now.model, np.where(fine[:, None], new, old))
    diverged = np.where(living & ~fine, now.updates, now.diverged)
    return _State(now.updates + 1, model, diverged)


def _slope(model: Model, task: Task, batch: Batch) -> tuple[Array, Array]:
    """Loss (R,) and gradient (R, P), which is NaN where the loss is not finite."""
    trace = forward(model, batch.x)
    loss, dy = task.loss(trace.answer, batch.target, batch.counted)
    lost = ~np.isfinite(loss)
    dy[lost] = 0
    slope = _rows(backward(model, trace, dy))
    slope[lost] = np.nan
    return loss, slope


def _rows(parameters: Sequence[Array]) -> Array:
    """Arrays (R, …) as one (R, P)."""
    return np.concatenate([one.reshape(len(one), -1) for one in parameters], axis=1)


def _moved(model: Model, rows: Array) -> Model:
    """`model` with parameters from `rows` (R, P)."""
    old = model.parameters
    ends = np.cumsum([one[0].size for one in old])
    new = np.split(rows, ends[:-1], axis=1)
    return model.moved([one.reshape(like.shape) for one, like in zip(new, old)])


def _checked(
    model: Model, task: Task, rngs: Sequence[np.random.Generator]
) -> list[np.random.Generator]:
    """The `rngs` as a list, if all three fit each other."""
    checks.instance("model", model, Model)
    checks.instance("task", task, Task)
    rngs = [*rngs]
    for rng in rngs:
        checks.instance("rngs", rng, np.random.Generator)
    if model.replicas is None:
        raise ValueError("model has no replicas; expected at least one, as Model.init")
    if len(rngs) != model.replicas:
        raise ValueError(f"rngs has {len(rngs)} entries; expected {model.replicas}")
    asked, sizes = (task.inputs, task.outputs), (model.cell.inputs, model.V.shape[1])
    if sizes != asked:
        raise ValueError(f"model has (D, O) = {sizes}; expected {asked} of the task")
    return rngs


def _drawn(task: Task, rngs: Sequence[np.random.Generator], sequences: int) -> Batch:
    """A batch for each replica, with R in front of each array."""
    return Batch(*map(np.stack, zip(*(task.draw(rng, sequences) for rng in rngs))))


def score(
    model: Model,
    task: Task,
    rngs: Sequence[np.random.Generator],
    sequences: int = 1000,
) -> Array:
    """The share (R,) of sequences on which every answer that counts is right.

    Raises:
        TypeError, ValueError: an argument is not as for `train`.
    """
    batch = _drawn(task, _checked(model, task, rngs), sequences)
    with np.errstate(all="ignore"):
        answer = forward(model, batch.x).answer
    right = task.right(answer, batch.target).all(axis=-1)
    return (right | (batch.counted == 0)).all(axis=1).mean(axis=1)
