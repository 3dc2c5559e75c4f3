"""Build the cell yourself: four puzzles of one unit, and a judge of all strings.

A weight is −2, −1, 0, 1 or 2 times the strength B. Only a few of them are free; the
output gate stands open (its bias is B), all others are 0. A setting is right if the
unit answers rightly after every string of up to eight symbols, and never nearer than
0.05 to the line between two answers: what passes by less than that is luck.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.cell import LSTM, step
from lstm_lib.reading import Reader, Reading

__all__ = [
    "LONGEST",
    "MARGIN",
    "PUZZLES",
    "STRENGTH",
    "Grade",
    "Puzzle",
    "assemble",
    "checked",
    "grade",
]

STRENGTH = 10.0  # B: an open gate lets 0.99995 pass, a shut one 0.00005
LONGEST = 8  # symbols of a string
MARGIN = 0.05  # nearer to the line between two answers is no answer
MOST = 2  # times B


@dataclass(frozen=True, eq=False)
class Puzzle:
    """What one unit shall do, and which of its weights are free.

    Attributes:
        task: what is asked, in a sentence.
        symbols: the alphabet, in its order.
        reading: how the answer is read off the unit.
        reference: the right answer to a string that is not empty, in plain Python.
        free: the free weights, each a row (i, f, g) and a column (a symbol, "always"
            for the bias, or "h" for what is fed back), row by row.
        hints: from a nudge to nearly the answer.
        solution: weights that are right, in units of B, one per name in `free`.
        example: a string on which a right unit is shown at work.
    """

    task: str
    symbols: tuple[str, ...]
    reading: Reading
    reference: Callable[[str], int]
    free: tuple[str, ...]
    hints: tuple[str, ...]
    solution: tuple[int, ...]
    example: str


class Grade(NamedTuple):
    """What a setting is worth; the last three are None if it is right."""

    right: bool
    strings: int  # how many there are to be read
    counterexample: str | None  # the first wrong one: shortest, then in order
    expected: int | None  # after it
    got: int | None  # after it; None also if too near to the line to tell


COUNTER = Puzzle(
    "a counts one up and b one down. The answer is c, rounded to a whole number.",
    ("a", "b"),
    Reading("count", "round", (1.0,), (0.0,)),
    lambda text: text.count("a") - text.count("b"),
    ("i always", "f b", "f always", "g a", "g b"),
    (
        "The count must survive each symbol, so the forget gate has to stand open"
        " on a and on b.",
        "To take one away is not to forget. b needs the same open gates as a; only"
        " what is written differs.",
        "Input gate and forget gate: +B always, and nothing for b. Left is the row of"
        " the candidate, one number for a and its opposite for b.",
    ),
    (1, 0, 1, 1, -1),
    "aababbba",
)
LATCH = Puzzle(
    "s sets a bit, r resets it, a dot keeps it. The answer is 1 if c is above ½.",
    ("s", "r", "."),
    Reading("set", "above", (1.0,), (0.0,), -0.5),
    lambda text: int(text.rfind("s") > text.rfind("r")),
    ("i s", "i r", "i always", "f s", "f r", "f always", "g s", "g r"),
    (
        "A dot has no weight of its own: what is always there says what happens on"
        " it. Keep what is there, and write nothing.",
        "Resetting is forgetting: on r the forget gate has to shut, by −2B against the"
        " +B that is always there. Taking 1 away instead makes −1 of 0.",
        "On s write +1: a candidate of +B, and an input gate of +2B against −B always."
        " The forget gate may shut there, too.",
    ),
    (2, 0, -1, -2, -2, 1, 1, 0),
    "s..r.ss.",
)
RESET = Puzzle(
    "A dot counts one step, x starts again at 0. The answer is c, rounded to a whole"
    " number.",
    (".", "x"),
    Reading("steps", "round", (1.0,), (0.0,)),
    lambda text: len(text) - 1 - text.rfind("x"),
    ("i x", "i always", "f x", "f always", "g x", "g always"),
    (
        "Begin with what is always there: both gates open, a candidate of +1. That"
        " counts the dots, and x as well.",
        "On x the forget gate has to shut: −2B against +B.",
        "Then x still leaves 1, for something is written on it. Shut the input gate"
        " there, too, or let the candidate be 0.",
    ),
    (-2, 1, -2, 1, 0, 1),
    "...x..x.",
)
TOGGLE = Puzzle(
    "1 flips a bit, 0 keeps it; it is 0 at first. The answer is 1 if h is above ½.",
    ("1", "0"),
    Reading("odd", "above", (0.0,), (1.0,), -0.5),
    lambda text: text.count("1") % 2,
    ("i 1", "i always", "f 1", "f always", "g 1", "g h"),
    (
        "On 0 the bit is kept and nothing is written: that is for what is always"
        " there to say. On 1 the input gate opens: +2B against −B.",
        "What is written on 1 depends on what the bit is now, and the gates know"
        " nothing of that: h has to come back. It is 0.76 where c is 1.",
        "On 1 the candidate is to be up if h is 0, and down if h is 0.76: +B on 1,"
        " and −2B times h. It may add to what is there, or write over it.",
    ),
    (2, -1, -2, 1, 1, -2),
    "10110010",
)
# By name, in the order of the book.
PUZZLES: Mapping[str, Puzzle] = MappingProxyType(
    {
        "counter": COUNTER,
        "latch": LATCH,
        "counter with reset": RESET,
        "toggle": TOGGLE,
    }
)


def checked(puzzle: str, weights: Sequence[int]) -> list[int]:
    """`weights` as a list, if they are what the free weights of `puzzle` can be.

    Raises:
        ValueError: there is no such puzzle, there are more or fewer weights than
            free ones, or one of them is none of −2, −1, 0, 1, 2.
    """
    if puzzle not in PUZZLES:
        expected = ", ".join(PUZZLES)
        raise ValueError(f"puzzle is {puzzle!r}; expected one of {expected}")
    free, given = PUZZLES[puzzle].free, list(weights)
    if len(given) != len(free):
        expected = f"{len(free)} for the {puzzle}: {', '.join(free)}"
        raise ValueError(f"weights has {len(given)} numbers; expected {expected}")
    for name, weight in zip(free, given):
        if isinstance(weight, bool) or weight not in range(-MOST, MOST + 1):
            expected = "expected −2, −1, 0, 1 or 2"
            raise ValueError(f"weights has {weight!r} for {name!r}; {expected}")
    return [int(weight) for weight in given]


def assemble(puzzle: str, weights: Sequence[int], strength: float = STRENGTH) -> Reader:
    """The unit with these weights, to be read with `lstm_lib.reading.simulate`.

    Args:
        puzzle: a name in `PUZZLES`.
        weights: −2 to 2, in units of B, one for each name in `free` of the puzzle.
        strength: B, 0 < B ≤ 100.

    Raises:
        TypeError, ValueError: an argument is not what it should be.
    """
    given, B = checked(puzzle, weights), checks.strength(strength)
    asked = PUZZLES[puzzle]
    columns = (*asked.symbols, "always", "h")
    table = np.zeros((4, 1, len(columns)))
    table[3, 0, -2] = 1
    for name, weight in zip(asked.free, given):
        row, column = name.split()
        table["ifg".index(row), 0, columns.index(column)] = weight
    W, b, U = np.split(B * table, [-2, -1], axis=2)
    lstm = LSTM(W, U, b[..., 0])
    # Of weights that somebody else has set nothing is promised: a reach of 0.
    return Reader(puzzle, lstm, B, asked.symbols, False, ("c",), (asked.reading,), 0)


def grade(puzzle: str, weights: Sequence[int], strength: float = STRENGTH) -> Grade:
    """Read all strings of 1 to 8 symbols, and say which is the first wrong one.

    The strings are walked as a tree: one `cell.step` for all of the same length.
    The arguments, and what is raised, are as for `assemble`.
    """
    reader = assemble(puzzle, weights, strength)
    reading, inputs = reader.readings[0], np.eye(len(reader.symbols))
    h = c = np.zeros((1, 1))
    lengths = _lengths(puzzle)
    strings = sum(len(texts) for texts, _ in lengths)
    for texts, expected in lengths:
        x = np.tile(inputs, (len(c), 1))
        now = step(reader.lstm, x, *(np.repeat(s, len(inputs), 0) for s in (h, c)))
        h, c = now.h, now.c
        low, high = _either_side(reading, c, h)
        wrong = np.flatnonzero((low != expected) | (high != expected))
        if len(wrong):
            k = wrong[0]
            got = int(low[k]) if low[k] == high[k] else None
            return Grade(False, strings, texts[k], int(expected[k]), got)
    return Grade(True, strings, None, None, None)


def _either_side(
    reading: Reading, c: NDArray, h: NDArray
) -> tuple[NDArray[np.int64], ...]:
    """The answers if what is read were a little less, and a little more."""
    shifts = (reading.bias - MARGIN, reading.bias + MARGIN)
    return tuple(replace(reading, bias=bias).read(c, h) for bias in shifts)


@cache
def _lengths(puzzle: str) -> list[tuple[list[str], NDArray[np.int64]]]:
    """For each length all strings in order, with the answers to them."""
    asked, found = PUZZLES[puzzle], []
    for length in range(1, LONGEST + 1):
        texts = ["".join(signs) for signs in product(asked.symbols, repeat=length)]
        found.append((texts, np.array([*map(asked.reference, texts)])))
    return found
