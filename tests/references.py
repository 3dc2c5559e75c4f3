"""What each cell of `lstm_lib.handmade` is to answer, in plain Python.

A reference folds a text: from a state and a symbol to the next state. What is to be
answered after a text is a dict by the name of the reading.
"""

from collections.abc import Callable
from typing import NamedTuple

State = tuple[int, ...]


class Reference(NamedTuple):
    """How a text is folded, from which start, and what is answered."""

    fold: Callable[[State, str], State]
    start: State
    answers: Callable[[State], dict[str, int]]
    classes: str  # one symbol of each class, those that are ignored included

    def after(self, text: str) -> dict[str, int]:
        """What is to be answered after `text`."""
        state = self.start
        for symbol in text:
            state = self.fold(state, symbol)
        return self.answers(state)


def count(state: State, symbol: str) -> State:
    return (state[0] + {"a": 1, "b": -1}[symbol],)


def ordered(state: State, symbol: str) -> State:
    """The count; whether a b was seen; whether all is lost for aⁿbⁿ."""
    number, seen, lost = state
    if symbol == "a":
        return number + 1, seen, lost or seen
    return number - 1, 1, lost or number <= 0


def since(event: str) -> Callable[[State, str], State]:
    """Symbols since the last `event`."""
    return lambda state, symbol: (0 if symbol == event else state[0] + 1,)


def brackets(state: State, symbol: str) -> State:
    """How many are open; the least there ever were."""
    now = state[0] + {"(": 1, ")": -1}.get(symbol, 0)
    return now, min(state[1], now)


def bit(state: State, symbol: str) -> State:
    return {"s": (1,), "r": (0,), ".": state}[symbol]


def parity(state: State, symbol: str) -> State:
    return {"1": (1 - state[0],), "0": state}[symbol]


def marks(state: State, symbol: str) -> State:
    return {'"': (1 - state[0],), "“": (1,), "”": (0,)}.get(symbol, state)


def person(state: State, symbol: str) -> State:
    return {"♀": (1,), "♂": (-1,)}.get(symbol, state)


def named(name: str) -> Callable[[State], dict[str, int]]:
    """The one answer is the state."""
    return lambda state: {name: state[0]}


REFERENCES = {
    "counter": Reference(count, (0,), named("count"), "ab"),
    "ordered counter": Reference(
        ordered,
        (0, 0, 0),
        lambda s: {"count": s[0], "aⁿbⁿ": int(s[0] == 0 and not s[2])},
        "ab",
    ),
    "counter with reset": Reference(since("x"), (0,), named("steps"), ".x"),
    "depth": Reference(
        brackets,
        (0, 0),
        lambda s: {
            "depth": s[0],
            "underflow": int(s[1] < 0),
            "balanced": int(s == (0, 0)),
        },
        "()·",
    ),
    "latch": Reference(bit, (0,), named("set"), "sr."),
    "toggle": Reference(parity, (0,), named("odd"), "10"),
    "quote": Reference(marks, (0,), named("inside"), '"“”·'),
    "subject": Reference(person, (0,), named("subject"), "♀♂·"),
    "column": Reference(since("\n"), (0,), named("column"), "·\n"),
}
