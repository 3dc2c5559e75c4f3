"""What recurrent layers have in common: parameters that fit, sequences in and out.

The arrays that callers see are (T, B, n): steps, sequences, features. Inside, the
features come before the sequences, (T, R, n, B), so that a step of all sequences is
one product of matrices; R is 1 for a single layer.
"""

from dataclasses import fields
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import Activation
from lstm_lib.replicas import PARAMETERS, Replicated

__all__ = ["Layer", "columns", "rows"]

Array = NDArray[np.floating]


class Layer(Replicated):
    """A layer with weights W (H, D) and U (H, H), biases b (H), and activations.

    What inherits this is a frozen dataclass. Where its parameters have a row for each
    gate, `gates` is their number, which stands before H. The arrays are copied and
    made read-only; integers become float64, float32 and float64 stay.

    Raises:
        TypeError: a parameter is not an array of real numbers, the three differ
            in type, or an activation is not an `Activation`.
        ValueError: a shape does not fit, or a parameter is NaN or infinite.
    """

    axes: ClassVar[int] = 2
    gates: ClassVar[tuple[int, ...]] = ()

    def __post_init__(self) -> None:
        for name in PARAMETERS:
            array = checks.finite_array(name, getattr(self, name)).copy()
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        if len({self.W.dtype, self.U.dtype, self.b.dtype}) > 1:
            types = f"{self.W.dtype}, {self.U.dtype}, {self.b.dtype}"
            raise TypeError(f"W, U, b have types {types}; expected one type")
        shape = self.W.shape
        fits = len(shape) in (self.axes, self.axes + 1) and 0 not in shape
        if not fits or shape[-self.axes : -2] != self.gates:
            own = ", ".join(map(str, (*self.gates, "H", "D")))
            raise ValueError(f"W has shape {shape}; expected ({own}) or (R, {own})")
        checks.shape("U", self.U, (*shape[:-1], self.hidden))
        checks.shape("b", self.b, shape[:-1])
        for one in fields(self):
            if one.name not in PARAMETERS:
                checks.instance(one.name, getattr(self, one.name), Activation)

    @property
    def hidden(self) -> int:
        """H, the number of units."""
        return self.W.shape[-2]

    @property
    def inputs(self) -> int:
        """D, the number of inputs."""
        return self.W.shape[-1]


def columns(layer: Layer, x: ArrayLike, **states: ArrayLike | None) -> list[Array]:
    """Inputs and first states as `layer` computes with them; views where possible.

    Args:
        layer: the parameters.
        x: inputs (T, B, D), or (R, T, B, D) for replicas.
        states: by name, (B, H) or (R, B, H) each; 0 where None.

    Returns:
        x as (T, R, D, B), then each state as (R, H, B). Types stay; the zeros are
        float32, so that they leave the type of a result to the others.

    Raises:
        TypeError: an argument is not an array of real numbers.
        ValueError: a shape does not fit, T or B is 0, or there is NaN or infinity.
    """
    x, lead = checks.finite_array("x", x), layer.W.shape[: -layer.axes]
    fits = x.ndim == len(lead) + 3 and 0 not in x.shape and x.shape[:-3] == lead
    if not fits or x.shape[-1] != layer.inputs:
        expected = ", ".join(map(str, (*lead, "T", "B", layer.inputs)))
        raise ValueError(f"x has shape {x.shape}; expected ({expected})")
    found, shape = [x], (*lead, x.shape[-2], layer.hidden)
    for name, state in states.items():
        state = np.zeros(shape, np.float32) if state is None else state
        found.append(checks.finite_array(name, state))
        checks.shape(name, found[-1], shape)
    x, *rest = (one if lead else one[None] for one in found)
    return [x.transpose(1, 0, 3, 2), *(one.swapaxes(1, 2) for one in rest)]


def rows(layer: Layer, inner: Array) -> Array:
    """A view of `inner` (T, R, n, B) as (R, T, B, n), without R for a single layer."""
    outer = inner.transpose(1, 0, 3, 2)
    return outer[0] if layer.replicas is None else outer
