"""The puzzles can be solved, the judge is fair, and says where it goes wrong."""

import itertools

import numpy as np
import pytest

from lstm_lib import handmade
from lstm_lib.puzzles import (
    LONGEST,
    MARGIN,
    PUZZLES,
    STRENGTH,
    Grade,
    assemble,
    grade,
)
from lstm_lib.reading import simulate

EVERY = pytest.mark.parametrize("name", PUZZLES)
STRINGS = {"counter": 510, "latch": 9840, "counter with reset": 510, "toggle": 510}
# A plausible mistake in each, and the first string on which it is wrong.
MISTAKES = {
    "b forgets, where it should take one away": (
        "counter", (1, -2, 1, 1, 0), "b", -1, 0),
    "half of the count is lost, and 1.5 is on the line": (
        "counter", (1, 0, 0, 2, -2), "aa", 2, None),
    "r takes one away, where it should forget": (
        "latch", (2, 2, -1, 0, 0, 1, 1, -1), "rs", 1, 0),
    "a dot forgets": ("latch", (2, 0, -1, 0, 0, -1, 1, 0), "s.", 1, 0),
    "half of the bit is left, on the line": (
        "latch", (0, 0, 1, -2, -1, 1, 1, 0), "sr", 0, None),
    "x is counted itself": ("counter with reset", (0, 1, -2, 1, 0, 1), "x", 0, 1),
    "x takes one away": ("counter with reset", (0, 1, 0, 1, -2, 1), "x", 0, -1),
    "nothing comes back": ("toggle", (2, -1, -2, 1, 1, 0), "11", 0, 1),
    "h comes back too weakly": ("toggle", (2, -1, 0, 1, 2, -2), "11", 0, 1),
}  # fmt: skip
WRONG = pytest.mark.parametrize(
    ("name", "weights", "text", "expected", "got"), MISTAKES.values(), ids=MISTAKES
)


def strings(name):
    """All strings of 1 to 8 symbols, the shorter ones first."""
    for length in range(1, LONGEST + 1):
        for signs in itertools.product(PUZZLES[name].symbols, repeat=length):
            yield "".join(signs)


@EVERY
def test_the_solution_is_right(name):
    found = grade(name, PUZZLES[name].solution)
    assert found == Grade(True, STRINGS[name], None, None, None)
    assert len([*strings(name)]) == STRINGS[name]


@EVERY
def test_no_weights_are_no_solution(name):
    """All 0 is wrong on the first symbol, on which there is something to do."""
    first, *_ = PUZZLES[name].symbols
    nothing = [0] * len(PUZZLES[name].free)
    assert grade(name, nothing) == (False, STRINGS[name], first, 1, 0)


@WRONG
def test_a_mistake_is_found_on_the_first_string_that_shows_it(
    name, weights, text, expected, got
):
    found = grade(name, weights)
    assert found == Grade(False, STRINGS[name], text, expected, got)
    assert PUZZLES[name].reference(text) == expected


@EVERY
def test_the_judge_says_what_a_plain_walk_finds(name):
    """One string at a time: the first that is read wrongly, or too near to the line."""
    rng, free = np.random.default_rng(0), len(PUZZLES[name].free)
    for weights in rng.integers(-2, 3, (40, free)).tolist():
        found = grade(name, weights)
        reader = assemble(name, weights)
        reading = reader.readings[0]
        for text in strings(name):
            run = simulate(reader, text)
            y = run.c[-1:] @ reading.cell + run.h[-1:] @ reading.hidden + reading.bias
            if reading.kind == "round":
                sides = np.rint([y.item() - MARGIN, y.item() + MARGIN])
            else:
                sides = np.array([y.item() - MARGIN > 0, y.item() + MARGIN > 0])
            expected = PUZZLES[name].reference(text)
            if (sides != expected).any():
                got = sides[0] if sides[0] == sides[1] else None
                assert found[2:] == (text, expected, got)
                break
        else:
            assert found.right


def test_solutions_are_few():
    """Of the settings for the counter; the page counts those of all puzzles."""
    settings = itertools.product(range(-2, 3), repeat=len(PUZZLES["counter"].free))
    right = [weights for weights in settings if grade("counter", weights).right]
    assert len(right) == 56 and PUZZLES["counter"].solution in right


@EVERY
def test_the_solution_has_room(name):
    """It does as the book's own cell does, and would do with a smaller B."""
    official = handmade.HANDMADE[name](STRENGTH)
    asked = PUZZLES[name]
    reader = assemble(name, asked.solution)
    longest = [text for text in strings(name) if len(text) == LONGEST]
    for text in [asked.example, *longest[:: len(longest) // 50]]:
        ours, theirs = simulate(reader, text), simulate(official, text)
        assert ours.c == pytest.approx(theirs.c, abs=1e-3)
    assert grade(name, PUZZLES[name].solution, strength=6).right
    assert not grade(name, PUZZLES[name].solution, strength=1).right


@EVERY
def test_a_puzzle_is_told_in_full(name):
    asked = PUZZLES[name]
    rows = ["ifg".index(one.split()[0]) for one in asked.free]
    columns = (*asked.symbols, "always", "h")
    places = [columns.index(one.split()[1]) for one in asked.free]
    order = [*zip(rows, places)]
    assert order == sorted(set(order)), "row by row, and none twice"
    assert 4 <= len(asked.free) <= 8
    assert len(asked.example) == LONGEST and set(asked.example) == {*asked.symbols}
    assert len(asked.hints) == 3
    for sentence in (asked.task, *asked.hints):
        assert sentence.endswith(".") and "  " not in sentence
    assert all(asked.symbols[k] in asked.task or "dot" in asked.task for k in (0, 1))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("counter", "abbb", -2),
        ("counter", "aab", 1),
        ("latch", ".", 0),
        ("latch", "s..", 1),
        ("latch", "srs.r", 0),
        ("counter with reset", "...", 3),
        ("counter with reset", "..x.", 1),
        ("counter with reset", ".x", 0),
        ("toggle", "10110", 1),
        ("toggle", "0110", 0),
    ],
)
def test_the_references(name, text, expected):
    assert PUZZLES[name].reference(text) == expected


def test_the_unit_has_the_weights_that_were_set():
    reader = assemble("toggle", (2, -1, -2, 1, 1, -2), strength=3)
    assert reader.lstm.W.tolist() == [[[6, 0]], [[-6, 0]], [[3, 0]], [[0, 0]]]
    assert reader.lstm.b.tolist() == [[-3], [3], [0], [3]]
    assert reader.lstm.U.tolist() == [[[0]], [[0]], [[-6]], [[0]]]
    assert (reader.name, reader.strength, reader.symbols) == ("toggle", 3, ("1", "0"))
    assert (reader.reach, reader.others, reader.units) == (0, False, ("c",))
    assert reader.readings == (PUZZLES["toggle"].reading,)
    assert assemble("toggle", [0] * 6).lstm.b[3] == STRENGTH == 10
    gates = assemble("latch", np.arange(8) % 5 - 2)
    assert gates.lstm.W.tolist() == [
        [[-20, -10, 0]], [[10, 20, 0]], [[-10, 0, 0]], [[0, 0, 0]],
    ]  # fmt: skip
    assert gates.lstm.b.tolist() == [[0], [-20], [0], [10]]


@pytest.mark.parametrize("judge", [grade, assemble])
@pytest.mark.parametrize(
    ("name", "weights", "complaint"),
    [
        ("depth", [], "puzzle is 'depth'; expected one of counter, latch, counter w"),
        ("counter", [1] * 4, "expected 5 for the counter: i always, f b"),
        ("counter", [1] * 6, "weights has 6 numbers; expected 5"),
        ("counter", [1, 0, 3, 1, 1], "weights has 3 for 'f always'; expected −2, −1"),
        ("counter", [1, 0, 1, -3, 1], "weights has -3 for 'g a'"),
        ("counter", [1, 0, 1, 0.5, 1], "weights has 0.5 for 'g a'"),
        ("counter", [True, 0, 1, 1, 1], "weights has True for 'i always'"),
        ("counter", ["1", 0, 1, 1, 1], "weights has '1' for 'i always'"),
    ],
)
def test_what_is_no_setting_is_refused(judge, name, weights, complaint):
    with pytest.raises(ValueError, match=complaint):
        judge(name, weights)


@pytest.mark.parametrize("strength", [0, -1, 101, float("nan")])
def test_what_is_no_strength_is_refused(strength):
    with pytest.raises(ValueError, match="strength is"):
        grade("counter", (1, 0, 1, 1, -1), strength=strength)
    with pytest.raises(TypeError, match="strength is '9'; expected a real number"):
        assemble("counter", (1, 0, 1, 1, -1), "9")
