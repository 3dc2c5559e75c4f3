"""Text in, answers out: what stands around an LSTM that reads symbols.

A `Reader` is an LSTM with an alphabet and one or more readings. Each character is
one step; what is read off the state is affine, with a threshold or a rounding after
it, so that the cell and not the reading does the work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.cell import LSTM, step

__all__ = ["Reader", "Reading", "Run", "simulate"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reading:
    """What is read off the states of H units: y = c·`cell` + h·`hidden` + `bias`.

    Attributes:
        name: what the answer is called.
        kind: "round" answers the integer nearest to y, "above" 1 where y > 0, else 0.
        cell: weights (H,) of the cell states.
        hidden: weights (H,) of the hidden states.
        bias: the number added.
        words: what to say for an answer, where that is not its number.
    """

    name: str
    kind: Literal["round", "above"]
    cell: tuple[float, ...]
    hidden: tuple[float, ...]
    bias: float = 0.0
    words: tuple[tuple[int, str], ...] = ()

    def read(self, c: Array, h: Array) -> NDArray[np.int64]:
        """The answers (B,) for states c and h, each (B, H)."""
        y = c @ np.array(self.cell) + h @ np.array(self.hidden) + self.bias
        return (np.rint(y) if self.kind == "round" else y > 0).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Reader:
    """An LSTM, the symbols that it reads, and what can be read off its state.

    Attributes:
        name: what it is called.
        lstm: its parameters, H units and D inputs.
        strength: B, the size of the saturating pre-activations in its weights.
        symbols: D strings; a character of the k-th switches input k on.
        others: whether any other character may come, with no input on; if not,
            it is refused.
        units: what each of the H units holds, in words.
        readings: what can be read off.
        reach: for how many symbols it is right, by its formula in exact arithmetic; 0
            promises nothing.
        span: what must not be longer: the text, "in all", or any stretch of it, "from
            one" of something "to the next".
    """

    name: str
    lstm: LSTM
    strength: float
    symbols: tuple[str, ...]
    others: bool
    units: tuple[str, ...]
    readings: tuple[Reading, ...]
    reach: int
    span: str = "in all"

    def encode(self, text: str) -> Array:
        """The inputs (T, D) for the T characters of `text`, at most one of D on.

        Raises:
            TypeError: `text` is not a string.
            ValueError: a character is not of the alphabet; it is named with its place.
        """
        checks.instance("text", text, str)
        columns = {sign: k for k, signs in enumerate(self.symbols) for sign in signs}
        inputs = np.zeros((len(text), len(self.symbols)))
        for place, sign in enumerate(text):
            if sign in columns:
                inputs[place, columns[sign]] = 1.0
            elif not self.others:
                expected = " or ".join(map(repr, columns))
                raise ValueError(f"text has {sign!r} at {place}; expected {expected}")
        return inputs

    def answers(self, c: Array, h: Array) -> dict[str, NDArray[np.int64]]:
        """What each reading answers, (B,), for states c and h, each (B, H)."""
        return {reading.name: reading.read(c, h) for reading in self.readings}


class Run(NamedTuple):
    """A text read from an empty state; each array is (T, H), one row per symbol."""

    text: str
    i: Array
    f: Array
    g: Array
    o: Array
    c: Array
    h: Array
    answers: dict[str, NDArray[np.int64]]  # by the name of the reading, (T,)


def simulate(reader: Reader, text: str) -> Run:
    """Let `reader` read `text`, one `cell.step` per character, from an empty state.

    Raises:
        TypeError: `reader` is not a `Reader`, or `text` is not a string.
        ValueError: a character is not of the alphabet; it is named with its place.
    """
    checks.instance("reader", reader, Reader)
    parts = [np.array(part) for part in zip(*_steps(reader, reader.encode(text)))]
    empty = np.zeros((0, reader.lstm.hidden))
    i, f, g, o, c, h = parts or [empty] * 6
    return Run(text, i, f, g, o, c, h, reader.answers(c, h))


def _steps(reader: Reader, inputs: Array) -> Iterator[tuple[Array, ...]]:
    """Gates, candidate and states after each input, each (H,)."""
    h = c = np.zeros((1, reader.lstm.hidden))
    for x in inputs:
        now = step(reader.lstm, x[None], h, c)
        h, c = now.h, now.c
        yield now.i[0], now.f[0], now.g[0], now.o[0], c[0], h[0]
