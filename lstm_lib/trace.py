"""What a pass through many steps leaves behind, and how it lies in memory.

Features come before sequences here: what belongs to one step is a few blocks of rows,
one row a unit and one column a sequence, so that a step of all B sequences is one
product of matrices, and that what is multiplied together lies side by side.
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from lstm_lib.cell import LSTM
from lstm_lib.recurrent import rows

__all__ = ["Gradients", "Held", "Trace"]

Array = NDArray[np.floating]


class Held(NamedTuple):
    """The arrays of a pass; R is 1 for a single LSTM.

    `fed` (T + 1, R, H + D + 1, B) holds h_{t−1}, x_t and 1, of which the last step has
    h alone. `gates` (T + 1, R, 5H, B) holds o, i, f, g and c_{t−1}, of which the last
    step has c alone. `sums` (T, R, 4H, B) holds z of o, i, f and g, for their slopes;
    it is None for σ and tanh, whose slopes follow from their values.
    """

    fed: Array
    gates: Array
    sums: Array | None

    def of(self, replicas: slice) -> Self:
        """The part that belongs to some replicas."""
        return Held(*(one if one is None else one[:, replicas] for one in self))


@dataclass(frozen=True, eq=False)
class Trace:
    """All that a forward pass has computed, as views of the arrays it is held in.

    i, f, g, o, c, h are (T, B, H) each, and x is (T, B, D); with replicas, R stands
    before T. c[t] and h[t] are the states after step t.
    """

    lstm: LSTM
    held: Held

    def _block(self, array: Array, place: int) -> Array:
        H = self.lstm.hidden
        return rows(self.lstm, array[:, :, place * H : (place + 1) * H])

    @property
    def x(self) -> Array:
        """The inputs (T, B, D)."""
        return rows(self.lstm, self.held.fed[:-1, :, self.lstm.hidden : -1])

    @property
    def o(self) -> Array:
        """The output gate (T, B, H)."""
        return self._block(self.held.gates[:-1], 0)

    @property
    def i(self) -> Array:
        """The input gate (T, B, H)."""
        return self._block(self.held.gates[:-1], 1)

    @property
    def f(self) -> Array:
        """The forget gate (T, B, H)."""
        return self._block(self.held.gates[:-1], 2)

    @property
    def g(self) -> Array:
        """The candidate (T, B, H)."""
        return self._block(self.held.gates[:-1], 3)

    @property
    def c(self) -> Array:
        """The cell state after each step (T, B, H)."""
        return self._block(self.held.gates[1:], 4)

    @property
    def h(self) -> Array:
        """The hidden state after each step (T, B, H)."""
        return self._block(self.held.fed[1:], 0)


class Gradients(NamedTuple):
    """∂L/∂ each parameter, input and first state, with the shape of what it is to."""

    W: Array
    U: Array
    b: Array
    x: Array
    h0: Array
    c0: Array
