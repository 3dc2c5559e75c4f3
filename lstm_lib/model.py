"""A recurrent cell and a readout: from sequences to answers, and the gradients back.

    y_t = V h_t + a

    ∂L/∂V = Σ ∂L/∂y_t ⊗ h_t        ∂L/∂a = Σ ∂L/∂y_t        ∂L/∂h_t = Vᵀ ∂L/∂y_t

The sums run over steps and sequences. The rest of the way back is the cell's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks, rivals, sequence
from lstm_lib.cell import LSTM
from lstm_lib.rivals import RNN
from lstm_lib.tasks import Task

__all__ = ["ENGINES", "Gradients", "Model", "Trace", "backward", "forward"]

Array = NDArray[np.floating]
# For each kind of cell, the module whose forward and backward unroll it. The
# parameters of a cell are W, U and b.
ENGINES = {LSTM: sequence, RNN: rivals}


@dataclass(frozen=True, eq=False)
class Model:
    """A cell with H units and a readout with O outputs, or R replicas of both.

    Attributes:
        cell: of one of the kinds in `ENGINES`.
        V: weights of the readout (O, H), or (R, O, H).
        a: its biases (O), or (R, O).

    Raises:
        TypeError: `cell` is of no such kind, or V or a is no array of real numbers.
        ValueError: a shape does not fit, or a parameter is NaN or infinite.
    """

    cell: Any
    V: Array
    a: Array

    def __post_init__(self) -> None:
        if type(self.cell) not in ENGINES:
            got, kinds = type(self.cell).__name__, [one.__name__ for one in ENGINES]
            raise TypeError(f"cell is of type {got}; expected {' or '.join(kinds)}")
        for name in ("V", "a"):
            array = checks.finite_array(name, getattr(self, name)).copy()
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        lead = () if self.replicas is None else (self.replicas,)
        shape, H = self.V.shape, self.cell.hidden
        if len(shape) != len(lead) + 2 or shape != (*lead, shape[-2] or 1, H):
            expected = ", ".join(map(str, (*lead, "O", H)))
            raise ValueError(f"V has shape {shape}; expected ({expected})")
        checks.shape("a", self.a, shape[:-1])

    @property
    def replicas(self) -> int | None:
        """R, the number of replicas; None for a single model."""
        return self.cell.replicas

    @property
    def parameters(self) -> tuple[Array, ...]:
        """W, U and b of the cell, V and a."""
        return self.cell.W, self.cell.U, self.cell.b, self.V, self.a

    def __getitem__(self, place: int) -> Self:
        """One of the replicas; TypeError if there are none."""
        return Model(self.cell[place], self.V[place], self.a[place])

    def moved(self, parameters: Iterable[Array]) -> Self:
        """A model like this one with other parameters, in the order of `parameters`."""
        W, U, b, V, a = parameters
        return Model(replace(self.cell, W=W, U=U, b=b), V, a)

    @classmethod
    def init(
        cls,
        rngs: Iterable[np.random.Generator],
        task: Task,
        hidden: int,
        kind: type = LSTM,
        **settings: Any,
    ) -> Self:
        """Draw one replica from each of `rngs`, with the sizes that `task` asks for.

        Args:
            rngs: R sources of chance; each draws a cell, then V and a, uniform in
                ±1/√H as PyTorch does.
            task: it says D and O.
            hidden: H ≥ 1.
            kind: of the cells, one of `ENGINES`.
            settings: what else `kind.init` takes, as `forget_bias`.

        Raises:
            TypeError, ValueError: an argument is not as above, or there is no rng.
        """
        checks.instance("task", task, Task)
        H, drawn = checks.size("hidden", hidden), []
        bound = 1 / np.sqrt(H)
        for rng in rngs:
            checks.instance("rngs", rng, np.random.Generator)
            cell = kind.init(rng, task.inputs, H, **settings)
            V = rng.uniform(-bound, bound, (task.outputs, H))
            drawn.append((cell, V, rng.uniform(-bound, bound, task.outputs)))
        if not drawn:
            raise ValueError("rngs is empty; expected at least one Generator")
        cells, V, a = zip(*drawn)
        return cls(kind.stack(cells), np.stack(V), np.stack(a))


class Trace(NamedTuple):
    """The cell's own trace, and the answers y (T, B, O) or (R, T, B, O)."""

    cell: Any
    answer: Array


class Gradients(NamedTuple):
    """∂L/∂ each parameter, with the shape of each, as in `Model.parameters`."""

    W: Array
    U: Array
    b: Array
    V: Array
    a: Array


def forward(model: Model, x: ArrayLike) -> Trace:
    """Answer x (T, B, D), or (R, T, B, D) for replicas, from states of 0.

    Raises:
        TypeError, ValueError: `model` is no `Model`, or its cell refuses `x`.
    """
    checks.instance("model", model, Model)
    trace = ENGINES[type(model.cell)].forward(model.cell, x)
    V, a = model.V[..., None, :, :], model.a[..., None, None, :]
    return Trace(trace, trace.h @ V.swapaxes(-1, -2) + a)


def backward(model: Model, trace: Trace, dy: ArrayLike) -> Gradients:
    """Back-propagate dy = ∂L/∂y, with the shape of the answers, to each parameter.

    Raises:
        TypeError: an argument is of another kind.
        ValueError: the shape of `dy` does not fit, the trace is of another model,
            or there is NaN or infinity.
    """
    checks.instance("model", model, Model)
    checks.instance("trace", trace, Trace)
    dy = checks.finite_array("dy", dy)
    checks.shape("dy", dy, trace.answer.shape)
    columns = dy.swapaxes(-1, -2)
    dh = (model.V[..., None, :, :].swapaxes(-1, -2) @ columns).swapaxes(-1, -2)
    cell = ENGINES[type(model.cell)].backward(model.cell, trace.cell, dh)
    dV = (columns @ trace.cell.h).sum(axis=-3)
    return Gradients(cell.W, cell.U, cell.b, dV, dy.sum(axis=(-3, -2)))
