"""The cells with hand-set weights do what plain Python does, on every short text.

All texts over the classes of a cell are walked as a prefix tree: each state of one
length is carried on by each symbol. Long texts stay within what the cell foretells.
"""

import math

import numpy as np
import pytest
from references import REFERENCES

from lstm_lib.cell import step
from lstm_lib.handmade import HANDMADE, counter, simulate

pytestmark = pytest.mark.no_cover

WEAKEST = 6.0  # the least whole strength at which all are to read 12 symbols
EVERY = pytest.mark.parametrize("name", HANDMADE)
LENGTHS = {2: 12, 3: 12, 4: 9}  # by the number of classes


def compared(reader, reference, length):
    """Walk all texts of up to `length` symbols; returns how many there were."""
    start = np.zeros((1, reader.lstm.hidden))
    h, c, states, compared = start, start, [reference.start], 0
    for _ in range(length):
        children = []
        for symbol in reference.classes:
            x = np.repeat(reader.encode(symbol), len(c), axis=0)
            now = step(reader.lstm, x, h, c)
            then = [reference.fold(state, symbol) for state in states]
            equal(reader.answers(now.c, now.h), then, reference)
            children.append((now.h, now.c, then))
        h, c = (np.concatenate([child[k] for child in children]) for k in (0, 1))
        states = [state for child in children for state in child[2]]
        compared += len(states)
    return compared


def equal(answers, states, reference):
    """Every answer is the reference's; states that occur often are asked once."""
    known = {state: reference.answers(state) for state in set(states)}
    for name, given in answers.items():
        wanted = np.array([known[state][name] for state in states])
        np.testing.assert_array_equal(given, wanted, err_msg=name)
    assert set(answers) == set(reference.answers(reference.start))


@EVERY
def test_every_short_text_is_read_right(name):
    reader, reference = HANDMADE[name](WEAKEST), REFERENCES[name]
    k = len(reference.classes)
    assert reader.reach >= LENGTHS[k]
    assert compared(reader, reference, LENGTHS[k]) == sum(
        k**n for n in range(1, LENGTHS[k] + 1)
    )


@EVERY
def test_the_walk_would_notice_a_wrong_cell(name):
    reader = HANDMADE[name](0.5)
    with pytest.raises(AssertionError):
        compared(reader, REFERENCES[name], 6)


@EVERY
@pytest.mark.parametrize("strength", [4.0, 10.0, 14.0])
def test_long_random_texts_within_reach_are_read_right(name, strength):
    reader, reference = HANDMADE[name](strength), REFERENCES[name]
    rng = np.random.default_rng(round(strength))
    length = min(reader.reach, 700)
    for weights in ([1] * 4, [9, 1, 1, 1], [1, 9, 1, 1], [1, 1, 9, 9]):
        chances = np.array(weights[: len(reference.classes)], float)
        draw = rng.choice([*reference.classes], length, p=chances / chances.sum())
        text = "".join(draw)
        answers = simulate(reader, text).answers
        for n in {1, 2, length // 2, length} - {0}:
            wanted = reference.after(text[:n])
            assert {key: value[n - 1] for key, value in answers.items()} == wanted


EVENTS = {  # what begins a stretch, and what fills it
    "counter with reset": ("x", "."),
    "latch": ("sr", "."),
    "toggle": ("1", "0"),
    "quote": ('"“”', "·"),
    "subject": ("♀♂", "·"),
    "column": ("\n", "·"),
}


@pytest.mark.parametrize("name", EVENTS)
@pytest.mark.parametrize("strength", [2.0, 2.5, 3.0, 4.0])
def test_any_stretches_up_to_the_reach_are_borne(name, strength):
    reader, reference = HANDMADE[name](strength), REFERENCES[name]
    assert (reader.reach > 0) == (strength > 2.4 or name not in ("toggle", "quote"))
    events, fill = EVENTS[name]
    rng = np.random.default_rng(0)
    for _ in range(20 if reader.reach else 0):
        gaps = rng.choice([0, reader.reach, rng.integers(reader.reach)], 12)
        text = "".join(rng.choice([*events]) + gap * fill for gap in gaps)
        ((key, answers),) = simulate(reader, text).answers.items()
        wanted = [reference.after(text[: n + 1])[key] for n in range(len(text))]
        assert answers.tolist() == wanted


# The texts that wear a cell out: what it reads, as often as it should bear, and by
# how much its own formula may fall short of that.
WORST = {
    "counter": ("", "a", 1, 1.1),
    "counter with reset": ("x", ".", 1, 1.1),
    "column": ("\n", "·", 1, 1.1),
    "depth": ("", "(", 1, 1.5),
    "ordered counter": ("", "a", 1, 1.5),
    "latch": ("s", ".", 1, 1.01),
    "subject": ("♂♀", "·", 1, 1.01),
    "toggle": ("1", "0", 1, 1.3),
    "quote": ("“", "·", 1, 1.3),
}


@EVERY
@pytest.mark.parametrize("strength", [3.0, 5.0, 7.0])
def test_a_cell_is_right_as_far_as_it_says_and_not_much_further(name, strength):
    reader, reference = HANDMADE[name](strength), REFERENCES[name]
    first, often, _, more = WORST[name]
    beyond = math.ceil(more * reader.reach) + 2
    text = first + often * beyond
    answers = simulate(reader, text).answers
    right = [
        {key: value[n] for key, value in answers.items()}
        == reference.after(text[: n + 1])
        for n in range(len(text))
    ]
    far = right.index(False) - len(first)
    assert reader.reach <= far < beyond


@EVERY
def test_a_cell_is_laid_out_as_it_says(name):
    reader = HANDMADE[name](7.0)
    assert reader.name == name
    H, D = len(reader.units), len(reader.symbols)
    assert reader.lstm.W.shape == (4, H, D)
    assert 1 <= D <= 4
    for weights in (reader.lstm.W, reader.lstm.U, reader.lstm.b):
        multiples = weights / 7.0
        np.testing.assert_array_equal(multiples, np.rint(multiples))
        assert abs(multiples).max() <= 3
    np.testing.assert_array_equal(reader.lstm.b[3], 7.0)
    assert not reader.lstm.W[3].any() and not reader.lstm.U[3].any()
    for reading in reader.readings:
        assert len(reading.cell) == len(reading.hidden) == H
        assert reading.kind in ("round", "above")
    assert reader.strength == 7.0 == float(HANDMADE[name](7).strength)
    assert reader.span == "in all" or reader.span.endswith(" to the next")
    with pytest.raises(TypeError, match="strength is 'strong'; expected a real number"):
        HANDMADE[name]("strong")


# Symbols, units, readings with their kinds, and from where the reach counts.
SAID = {
    "counter": (("a", "b"), ("#a − #b",), {"count": "round"}, "in all"),
    "ordered counter": (
        ("a", "b"),
        ("#a − #b", "b seen", "a after b", "b too many"),
        {"count": "round", "aⁿbⁿ": "above"},
        "in all",
    ),
    "counter with reset": (
        (".", "x"),
        ("steps",),
        {"steps": "round"},
        "from one x to the next",
    ),
    "depth": (
        ("(", ")"),
        ("depth", "underflow"),
        {"depth": "round", "underflow": "above", "balanced": "above"},
        "in all",
    ),
    "latch": (
        ("s", "r", "."),
        ("the bit",),
        {"set": "above"},
        "from one s or r to the next",
    ),
    "toggle": (("1", "0"), ("the bit",), {"odd": "above"}, "from one 1 to the next"),
    "quote": (
        ('"', "“", "”"),
        ("inside",),
        {"inside": "above"},
        "from one mark to the next",
    ),
    "subject": (
        ("♀", "♂"),
        ("of whom",),
        {"subject": "round"},
        "from one ♀ or ♂ to the next",
    ),
    "column": (
        ("\n",),
        ("column",),
        {"column": "round"},
        "from one line break to the next",
    ),
}


@EVERY
def test_a_cell_says_what_it_reads_and_holds(name):
    reader = HANDMADE[name](5.0)
    kinds = {reading.name: reading.kind for reading in reader.readings}
    assert (reader.symbols, reader.units, kinds, reader.span) == SAID[name]
    words = {reading.name: reading.words for reading in reader.readings}
    told = ((1, "she"), (0, "nobody"), (-1, "he")) if name == "subject" else ()
    assert words[next(iter(kinds))] == told


# What each symbol brings to i, f and g, in units of B, where h is 0; unit by unit.
COUNTS = {"a": (1, 1, 1), "b": (1, 1, -1)}
WRITTEN = {
    "counter": [COUNTS],
    "ordered counter": [
        COUNTS,
        {"a": (1, 1, 0), "b": (1, 1, 1)},
        {"a": (-1, 1, 1), "b": (-1, 1, 0)},
        {"a": (1, 1, 0), "b": (1, 1, 1)},
    ],
    "counter with reset": [{".": (1, 1, 1), "x": (-1, -1, 0)}],
    "depth": [
        {"(": (1, 1, 1), ")": (1, 1, -1), "·": (-1, 1, 0)},
        {"(": (1, 1, 0), ")": (1, 1, 1), "·": (1, 1, 0)},
    ],
    "latch": [{"s": (1, -1, 1), "r": (-1, -1, 0), ".": (-1, 1, 0)}],
    "toggle": [{"1": (1, -1, 1), "0": (-1, 1, 0)}],
    "quote": [
        {'"': (1, -1, 1), "“": (1, -1, 3), "”": (1, -1, -3), "·": (-1, 1, 0)},
    ],
    "subject": [{"♀": (1, -1, 1), "♂": (1, -1, -1), "·": (-1, 1, 0)}],
    "column": [{"\n": (-1, -1, 0), "·": (1, 1, 1)}],
}
# What comes back: to which of i, f, g of which unit, from which, how many B.
FED_BACK = {
    "ordered counter": {(0, 2, 1): 3, (0, 3, 0): -3},
    "depth": {(0, 1, 0): -3},
    "toggle": {(2, 0, 0): -2},
    "quote": {(2, 0, 0): -2},
}
READ = {  # weights of c and h, and the bias; else c is rounded
    "ordered counter": [
        ((1, 0, 0, 0), (0, 0, 0, 0), 0),
        ((0, 0, 0, 0), (-1, 0, -3, -3), 0.5),
    ],
    "depth": [((1, 0), (0, 0), 0), ((0, 1), (0, 0), -0.5), ((0, 0), (-1, -3), 0.5)],
    "latch": [((1,), (0,), -0.5)],
    "toggle": [((0,), (1,), -0.5)],
    "quote": [((0,), (1,), -0.5)],
}


@EVERY
def test_each_symbol_brings_what_it_should(name):
    reader = HANDMADE[name](2.0)
    zero = np.zeros((1, reader.lstm.hidden))
    for unit, symbols in enumerate(WRITTEN[name]):
        for symbol, wanted in symbols.items():
            now = step(reader.lstm, reader.encode(symbol), zero, zero)
            brought = now.z_i[0, unit], now.z_f[0, unit], now.z_g[0, unit]
            assert brought == tuple(2.0 * z for z in wanted), (unit, symbol)
    fed = {tuple(at): reader.lstm.U[tuple(at)] / 2 for at in np.argwhere(reader.lstm.U)}
    assert fed == FED_BACK.get(name, {})
    read = [(one.cell, one.hidden, one.bias) for one in reader.readings]
    assert read == READ.get(name, [((1,), (0,), 0)])


@EVERY
def test_strength_is_10_unless_told_otherwise(name):
    reader = HANDMADE[name]()
    assert reader.strength == 10.0
    assert reader.lstm.b[3].tolist() == [10.0] * len(reader.units)


# √(e^B + ¼) − ½ and its like, by hand, for B = 2 and 8.
REACHES = {
    "counter": (2, 54),
    "ordered counter": (1, 38),
    "counter with reset": (2, 54),
    "depth": (1, 38),
    "latch": (2, 2064),
    "toggle": (0, 759),
    "quote": (0, 759),
    "subject": (2, 2064),
    "column": (2, 54),
}


@EVERY
def test_reaches_are_those_of_the_formulas(name):
    assert tuple(HANDMADE[name](B).reach for B in (2, 8)) == REACHES[name]


@pytest.mark.parametrize("n", [3, 4, 10, 100])
def test_a_reach_is_exact_where_its_formula_gives_a_whole_number(n):
    """There e^B, or its half, is n(n + 1)."""
    hard = math.log(n * (n + 1)) + 1e-9
    assert HANDMADE["counter"](hard).reach == n
    assert HANDMADE["counter with reset"](hard).reach == n
    assert HANDMADE["ordered counter"](hard + math.log(2)).reach == n


@pytest.mark.parametrize("strength", [2.0, 2.3, 3.1, 4.0, 5.2, 6.4, 7.7, 9.0])
def test_a_count_reaches_to_where_it_is_off_by_half_or_a_quarter(strength):
    """Where n (n + 1) e^−B is 1, and ½ for who watches."""
    for name, bound in (("counter", 1.0), ("depth", 0.5)):
        n = HANDMADE[name](strength).reach
        assert n * (n + 1) <= bound * math.exp(strength) < (n + 1) * (n + 2)


def test_which_cells_feed_something_back():
    fed = [name for name, make in HANDMADE.items() if make(1.0).lstm.U.any()]
    assert fed == ["ordered counter", "depth", "toggle", "quote"]


def test_which_cells_may_read_anything():
    others = [name for name, make in HANDMADE.items() if make(1.0).others]
    assert others == ["depth", "quote", "subject", "column"]


@pytest.mark.parametrize("strength", [0, -1.0, 100.5])
def test_a_strength_out_of_bounds_is_refused(strength):
    with pytest.raises(ValueError, match="expected more than 0, at most 100"):
        counter(strength)


def test_an_order_that_is_no_bool_is_refused():
    with pytest.raises(TypeError, match="order is of type int; expected bool"):
        counter(10.0, order=1)


def test_soft_gates_are_promised_nothing():
    for make in HANDMADE.values():
        assert make(1.99).reach == 0
        assert make(3.0).reach > 0


@pytest.mark.parametrize("strength", [0.01, 0.5, 2.0, 100.0])
def test_a_reach_is_never_negative_and_grows(strength):
    for make in HANDMADE.values():
        assert 0 <= make(strength).reach <= make(min(100.0, strength + 1)).reach


def test_ba_is_balanced_to_a_bare_counter_alone():
    for text, ordered in (("ab", 1), ("ba", 0), ("aabb", 1), ("abab", 0), ("abb", 0)):
        assert simulate(counter(order=True), text).answers["aⁿbⁿ"][-1] == ordered
    assert simulate(counter(), "ba").answers["count"][-1] == 0
    assert simulate(counter(), "abb").answers["count"][-1] == -1


def test_references_are_what_str_says():
    rng = np.random.default_rng(0)
    for _ in range(50):
        ab = "".join(rng.choice(["a", "b"], 9))
        n = len(ab) // 2
        wanted = ab.count("a") - ab.count("b")
        assert REFERENCES["counter"].after(ab) == {"count": wanted}
        short = ab[: 2 * (n // 2)]
        balanced = short == "a" * (len(short) // 2) + "b" * (len(short) // 2)
        assert REFERENCES["ordered counter"].after(short)["aⁿbⁿ"] == balanced
        bits = "".join(rng.choice(["0", "1"], 9))
        assert REFERENCES["toggle"].after(bits) == {"odd": bits.count("1") % 2}
        lines = "".join(rng.choice(["x", "\n"], 9))
        assert REFERENCES["column"].after(lines) == {
            "column": len(lines.split("\n")[-1])
        }
        latch = "".join(rng.choice(["s", "r", "."], 9))
        assert REFERENCES["latch"].after(latch) == {
            "set": int(latch.rfind("s") > latch.rfind("r"))
        }
