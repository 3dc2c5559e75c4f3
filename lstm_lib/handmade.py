"""Cells with hand-set weights that count, latch, toggle and follow a text.

Every weight is a small whole multiple of one number, the strength B. σ(B) is nearly
1 and means "open", σ(−B) is nearly 0 and means "shut", tanh(±B) is nearly ±1; a
candidate of tanh(0) = 0 means that there is nothing to write. So the weights can be
read as sentences, and all that goes wrong goes wrong because B is finite: with
ε = e^−B an open gate lets 1 − ε pass and a shut one ε.

How far a cell is right follows from this, in exact arithmetic, for B ≥ 2 (softer gates
are promised nothing):

    a count up        c_n = e^B·tanh B·(1 − σ(B)^n) ≈ n − ½ n (n + 1) ε
    a bit that is held    halves in ln 2 / ln(1 + ε) ≈ 0.69 e^B steps

Counting with saturated gates: Gers & Schmidhuber (2001), Weiss, Goldberg & Yahav
(2018). The weights are our own.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from lstm_lib import checks
from lstm_lib.cell import LSTM
from lstm_lib.reading import Reader, Reading, Run, simulate

__all__ = [
    "HANDMADE",
    "Run",
    "column",
    "counter",
    "counter_with_reset",
    "depth",
    "latch",
    "quote",
    "simulate",
    "subject",
    "toggle",
]

Rows = Sequence[Sequence[float]]
HALF = 0.5
COUNT = "#a − #b"


def counter(strength: float = 10.0, order: bool = False) -> Reader:
    """#a − #b: up on a, down on b, by one unit whose gates all stand open.

    A bare counter takes "ba" for balanced, as it takes "ab". With `order` three
    more units make it recognise aⁿbⁿ: one has seen a b, one notes an a after that,
    one notes a b where no a was left; each note is kept, and vetoes.

    Args:
        strength: B > 0. Any text of up to √(e^B + ¼) − ½ symbols is counted right;
            with `order`, of up to √(½ e^B + ¼) − ½.
        order: whether to add the units that watch the order.

    Raises:
        TypeError, ValueError: `strength` is not a positive number, or `order` not a
            bool.
    """
    checks.instance("order", order, bool)
    if order:
        return _ordered(strength)
    unit = {"i": (1, [0, 0]), "f": (1, [0, 0]), "g": (0, [1, -1])}
    count = _rounded("count", 1)
    return _reader("counter", strength, ("a", "b"), {COUNT: unit}, (count,), _counted)


def _ordered(strength: float) -> Reader:
    """The counter with three units that watch the order."""
    units = {
        COUNT: {"i": (1, [0, 0]), "f": (1, [0, 0]), "g": (0, [1, -1])},
        "b seen": {"i": (1, [0, 0]), "f": (1, [0, 0]), "g": (0, [0, 1])},
        "a after b": {
            "i": (-1, [0, 0], [0, 3, 0, 0]),
            "f": (1, [0, 0]),
            "g": (0, [1, 0]),
        },
        "b too many": {
            "i": (1, [0, 0], [-3, 0, 0, 0]),
            "f": (1, [0, 0]),
            "g": (0, [0, 1]),
        },
    }
    readings = (_rounded("count", 4), _above("aⁿbⁿ", HALF, [-1, 0, -3, -3]))
    return _reader("ordered counter", strength, ("a", "b"), units, readings, _watched)


def counter_with_reset(strength: float = 10.0) -> Reader:
    """Steps (.) since the last event (x): the event shuts the forget gate.

    `strength` is B > 0: right as long as no stretch from one event to the next is
    longer than √(e^B + ¼) − ½. Anything else but a positive number raises TypeError
    or ValueError.
    """
    unit = {"i": (1, [0, -2]), "f": (1, [0, -2]), "g": (0, [1, 0])}
    return _reader(
        "counter with reset",
        strength,
        (".", "x"),
        {"steps": unit},
        (_rounded("steps", 1),),
        _counted,
        span="from one x to the next",
    )


def depth(strength: float = 10.0) -> Reader:
    """How many brackets are open, and whether one was closed that was not.

    The balanced texts are the Dyck language of one pair of brackets; all other
    characters are ignored. The second unit needs the first one's h: it takes note
    of a ")" while no bracket is open, and keeps that.

    `strength` is B > 0: right up to √(½ e^B + ¼) − ½ symbols in all. Anything else
    but a positive number raises TypeError or ValueError.
    """
    units = {
        "depth": {"i": (-1, [2, 2]), "f": (1, [0, 0]), "g": (0, [1, -1])},
        "underflow": {"i": (1, [0, 0], [-3, 0]), "f": (1, [0, 0]), "g": (0, [0, 1])},
    }
    readings = (
        _rounded("depth", 2),
        Reading("underflow", "above", (0, 1), (0, 0), -HALF),
        _above("balanced", HALF, [-1, -3]),
    )
    brackets = ("(", ")")
    return _reader("depth", strength, brackets, units, readings, _watched, others=True)


def latch(strength: float = 10.0) -> Reader:
    """A bit: s sets it, r resets it, a dot keeps it. It lives in c alone.

    `strength` is B > 0: right up to about ln 2·e^B symbols since the last s or r,
    whatever was before. Anything else but a positive number raises TypeError or
    ValueError.
    """
    unit = {"i": (-1, [2, 0, 0]), "f": (1, [-2, -2, 0]), "g": (0, [1, 0, 0])}
    return _reader(
        "latch",
        strength,
        ("s", "r", "."),
        {"the bit": unit},
        (Reading("set", "above", (1,), (0,), -HALF),),
        _held,
        span="from one s or r to the next",
    )


def toggle(strength: float = 10.0) -> Reader:
    """Parity: 1 flips a bit, 0 keeps it. The bit has to come back through h.

    On a 1 the candidate is tanh(B − 2B·h): up if h is below ½, else down.

    `strength` is B > 0: right as long as no stretch from one 1 to the next is longer
    than about 0.25 e^B; a longer one may turn all later answers round. Anything else
    but a positive number raises TypeError or ValueError.
    """
    unit = {"i": (-1, [2, 0]), "f": (1, [-2, 0]), "g": (0, [1, 0], [-2])}
    return _reader(
        "toggle",
        strength,
        ("1", "0"),
        {"the bit": unit},
        (_above("odd", -HALF, [1]),),
        _flipped,
        span="from one 1 to the next",
    )


def quote(strength: float = 10.0) -> Reader:
    """Inside or outside quotation marks: " flips, “ opens, ” closes, the rest keeps.

    `strength` is B > 0: right as long as no stretch from one mark to the next is
    longer than about 0.25 e^B. Anything else but a positive number raises TypeError or
    ValueError.
    """
    marks = [2, 2, 2]
    unit = {"i": (-1, marks), "f": (1, [-2, -2, -2]), "g": (0, [1, 3, -3], [-2])}
    return _reader(
        "quote",
        strength,
        ('"', "“", "”"),
        {"inside": unit},
        (_above("inside", -HALF, [1]),),
        _flipped,
        others=True,
        span="from one mark to the next",
    )


def subject(strength: float = 10.0) -> Reader:
    """Of whom the text speaks: ♀ or ♂, whichever came last, is held until the next.

    `strength` is B > 0: right up to about ln 2·e^B symbols since the last ♀ or ♂,
    whatever was before. Anything else but a positive number raises TypeError or
    ValueError.
    """
    words = ((1, "she"), (0, "nobody"), (-1, "he"))
    unit = {"i": (-1, [2, 2]), "f": (1, [-2, -2]), "g": (0, [1, -1])}
    return _reader(
        "subject",
        strength,
        ("♀", "♂"),
        {"of whom": unit},
        (Reading("subject", "round", (1,), (0,), words=words),),
        _held,
        others=True,
        span="from one ♀ or ♂ to the next",
    )


def column(strength: float = 10.0) -> Reader:
    """Characters since the line began, as in the line-length cell of Karpathy (2015).

    `strength` is B > 0: right as long as no line is longer than √(e^B + ¼) − ½.
    Anything else but a positive number raises TypeError or ValueError.
    """
    return _reader(
        "column",
        strength,
        ("\n",),
        {"column": {"i": (1, [-2]), "f": (1, [-2]), "g": (1, [-1])}},
        (_rounded("column", 1),),
        _counted,
        others=True,
        span="from one line break to the next",
    )


# By name, in the order of the book.
HANDMADE: Mapping[str, Callable[[float], Reader]] = MappingProxyType(
    {
        "counter": counter,
        "ordered counter": lambda strength=10.0: counter(strength, order=True),
        "counter with reset": counter_with_reset,
        "depth": depth,
        "latch": latch,
        "toggle": toggle,
        "quote": quote,
        "subject": subject,
        "column": column,
    }
)


def _rounded(name: str, units: int) -> Reading:
    """The integer nearest to the first of so many cell states."""
    first = (1.0,) + (0.0,) * (units - 1)
    return Reading(name, "round", first, (0.0,) * units)


def _above(name: str, bias: float, hidden: Sequence[float]) -> Reading:
    """Whether the weighted hidden states and the bias together are above 0."""
    return Reading(name, "above", (0.0,) * len(hidden), tuple(hidden), bias)


def _reader(
    name: str,
    strength: float,
    symbols: tuple[str, ...],
    units: Mapping[str, Mapping[str, tuple]],
    readings: tuple[Reading, ...],
    reach: Callable[[float], float],
    others: bool = False,
    span: str = "in all",
) -> Reader:
    """The reader whose weights are `strength` times the numbers in `units`.

    Of each unit i, f and g are given as the bias, the weights of the D inputs and,
    where something is fed back, those of the H hidden states. The output gate stands
    open.
    """
    B = checks.strength(strength)
    H, D = len(units), len(symbols)
    W, U, b = np.zeros((4, H, D)), np.zeros((4, H, H)), np.zeros((4, H))
    b[3] = 1
    for unit, rows in enumerate(units.values()):
        for row, gate in enumerate("ifg"):
            b[row, unit], W[row, unit], *fed = rows[gate]
            U[row, unit] = fed[0] if fed else 0
    lstm = LSTM(B * W, B * U, B * b)
    far = max(0, math.floor(reach(B))) if B >= 2 else 0
    return Reader(name, lstm, B, symbols, others, tuple(units), readings, far, span)


def _counted(B: float) -> float:
    """Until the count of n steps up, n − ½ n (n + 1) e^−B, is off by ½."""
    return math.sqrt(math.exp(B) + 0.25) - 0.5


def _watched(B: float) -> float:
    """Until that count is off by ¼, where who watches it can still tell 0 from 1."""
    return math.sqrt(math.exp(B) / 2 + 0.25) - 0.5


def _held(B: float) -> float:
    """Until a bit, written over another, has halved: c·σ(B)^n = ½."""
    small = math.exp(-B)
    written = (math.tanh(B) - small) / (1 + small)
    return math.log(2 * written) / math.log1p(small)


def _flipped(B: float) -> float:
    """Until h = ½, if the shut gate lets through −1 all the time.

    (1 + c) shrinks by σ(B) in each step, and h = σ(B) tanh(c).
    """
    small = math.exp(-B)
    written = (math.tanh(B) - small) / (1 + small)
    lost = math.atanh((1 + small) / 2)
    return math.log((1 + written) / (1 + lost)) / math.log1p(small)
