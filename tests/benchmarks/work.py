"""What the engine and its peers are given to do."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from lstm_lib.cell import LSTM

Array = NDArray[np.floating]
SEED = 0


class Size(NamedTuple):
    """Steps, sequences, inputs, units, and replicas, if there are any."""

    T: int
    B: int
    D: int
    H: int
    R: int | None = None

    def __str__(self) -> str:
        sizes = ", ".join(map(str, self[:4]))
        return f"{self.R} × ({sizes})" if self.R else sizes


class Work(NamedTuple):
    """An LSTM, inputs (T, B, D) and ∂L/∂h (T, B, H), with R before T for replicas."""

    lstm: LSTM
    x: Array
    dh: Array

    @classmethod
    def drawn(cls, size: Size, kind: str) -> Self:
        """LSTMs as they are initialised; normal inputs and ∂L/∂h."""
        rng = np.random.default_rng(SEED)
        T, B, D, H, R = size
        lstms = [LSTM.init(rng, D, H) for _ in range(R or 1)]
        lstm = LSTM.stack(lstms) if R else lstms[0]
        W, U, b = (array.astype(kind) for array in (lstm.W, lstm.U, lstm.b))
        lead = (R,) if R else ()
        x, dh = (rng.normal(size=(*lead, T, B, k)).astype(kind) for k in (D, H))
        return cls(replace(lstm, W=W, U=U, b=b), x, dh)

    def flat(self) -> tuple[Array, ...]:
        """W (4H, D), U (4H, H), b (4H), x and ∂L/∂h, as the peers like them."""
        lead = self.x.shape[:-3]
        W, U = (k.reshape(*lead, -1, k.shape[-1]) for k in (self.lstm.W, self.lstm.U))
        return W, U, self.lstm.b.reshape(*lead, -1), self.x, self.dh

    def apart(self) -> Iterator[Self]:
        """The work of each replica; all of it if there are none."""
        if self.lstm.replicas is None:
            yield self
            return
        for r in range(self.lstm.replicas):
            yield Work(self.lstm[r], self.x[r], self.dh[r])
