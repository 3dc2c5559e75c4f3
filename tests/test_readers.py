"""The readers in JavaScript: states and answers are Python's, at every symbol."""

import json
from itertools import accumulate

import numpy as np
import pytest
from references import REFERENCES

from lstm_lib.explorables.tape import EXAMPLES, STRENGTHS, cells
from lstm_lib.handmade import HANDMADE, simulate

# As text, which travels ten times faster than numbers do.
RUN = """async ([reader, runs, wanted]) => {
  const readers = await import("./readers.js");
  const { expectedOf } = await import("./references.js");
  return JSON.stringify(runs.map(([text, strength, reach]) => {
    const signs = readers.characters(text);
    const { inputs, refused } = readers.encoded(reader, signs);
    const run = readers.simulated(reader, strength, inputs);
    const answers = reader.readings.map((one) => readers.answered(one, run));
    const states = () => [..."ifgoch"].map((name) => [...run[name]]);
    return {
      refused,
      states: wanted === "states" ? states() : [],
      answers: answers.map((each) => [...each]),
      expected: expectedOf(reader, signs).map((each) => [...each]),
      within: [...readers.withinReach(reader, reach, inputs)],
    };
  }));
}"""
EVERY = pytest.mark.parametrize("name", HANDMADE)
# What else there may be in a text, if the cell reads that.
OTHERS = "aZ 0é\t🙂👩‍👩‍👧e\u0301\u202e\x00<\ud83d"


def ran(modules, name, runs, wanted="answers"):
    """What the page makes of these (text, strength, reach) with a cell."""
    return json.loads(modules.evaluate(RUN, [cell(name), runs, wanted]))


def texts(name):
    """The example, one of each symbol many times, and mixtures of all that is read."""
    reader, rng = HANDMADE[name](10.0), np.random.default_rng(0)
    signs = [*reader.symbols, *(OTHERS if reader.others else "")]
    yield EXAMPLES[name]
    yield from (sign * 100 for sign in reader.symbols)
    for chosen, length in ((signs, 1), (signs, 100), (signs, 130)):
        yield "".join(chosen[k] for k in rng.integers(len(chosen), size=length))
    for _ in range(2):
        yield "".join(
            reader.symbols[k] for k in rng.integers(len(reader.symbols), size=120)
        )


def right(name, text):
    """The right answers, said plainly: one list for each reading."""
    fold, state, answers, _ = REFERENCES[name]
    states = [*accumulate(text, fold, initial=state)][1:]
    return [[*each] for each in zip(*(answers(now).values() for now in states))]


@EVERY
def test_states_and_answers_are_pythons(modules, name):
    """To 1e-12 after every one of 100 symbols and more, where it is right and wrong."""
    runs = [(text, B, 0) for text in texts(name) for B in (1.0, 2.5, 4.0, 10.0, 20.0)]
    every = ran(modules, name, runs, "states")
    for (text, B, _), found in zip(runs, every, strict=True):
        run = simulate(HANDMADE[name](B), text)
        assert found["refused"] == -1
        ours = np.array(found["states"], dtype=float).reshape(6, len(text), -1)
        pythons = np.array([run.i, run.f, run.g, run.o, run.c, run.h])
        gap = np.abs(ours - pythons) / np.maximum(1, np.abs(pythons))
        assert gap.max() <= 1e-12, (text, B)
        answers = [each.tolist() for each in run.answers.values()]
        assert found["answers"] == answers, (text, B)


@EVERY
def test_what_is_expected_is_right(modules, name):
    """Both plain references say the same, and the cell at B = 20, too."""
    all_texts = [*texts(name)]
    runs = ran(modules, name, [(text, 20.0, 0) for text in all_texts])
    for text, found in zip(all_texts, runs, strict=True):
        assert found["expected"] == right(name, text)
        assert found["answers"] == found["expected"], text


@EVERY
def test_the_predicted_reach_is_kept(modules, name):
    """Within its reach every answer is right; counted as the span of the cell says."""
    runs = [
        (text, B, HANDMADE[name](B).reach)
        for text in texts(name)
        for B in STRENGTHS[:12]
    ]
    for (text, B, reach), found in zip(runs, ran(modules, name, runs), strict=True):
        wrong = [t for got, wanted in zip(found["answers"], found["expected"])
                 for t in range(len(text)) if got[t] != wanted[t]]  # fmt: skip
        assert found["within"] == within(name, text, reach)
        assert not any(found["within"][t] for t in wrong), (name, text, B)


RESETS = {"counter with reset": "x", "latch": "sr", "toggle": "1", "quote": '"“”',
          "subject": "♀♂", "column": "\n"}  # fmt: skip


def within(name, text, reach):
    """Whether each symbol comes before the first that is beyond the reach."""
    counted, count = [], 0
    for sign in text:
        count = 0 if sign in RESETS.get(name, "") else count + 1
        counted.append(count)
    beyond = [k for k, count in enumerate(counted) if count > reach or reach == 0]
    first = min(beyond, default=len(text))
    return [1] * first + [0] * (len(text) - first)


def test_places_are_those_of_code_points(modules):
    """What is refused is named where Python names it, however wide it is before."""
    for name, text in (
        ("counter", "abx"),
        ("toggle", "01🙂0"),
        ("latch", "s.\ud83d"),
        ("counter", "🙂"),
        ("counter with reset", ".x\n."),
        ("ordered counter", "ab\u0301"),
    ):
        refused, read, total = modules.evaluate(ENCODE, [cell(name), text])
        with pytest.raises(ValueError, match=f"at {refused}; expected"):
            HANDMADE[name](5.0).encode(text)
        assert (read, total) == (refused, len(text)), "only what comes before is read"
    for text in (OTHERS, "👩‍👩‍👧\ud83d(", "\r\n(\x00"):
        refused, count, total = modules.evaluate(ENCODE, [cell("depth"), text])
        assert (refused, count, total) == (-1, len(text), len(text))


ENCODE = """async ([reader, text]) => {
  const { characters, encoded } = await import("./readers.js");
  const { inputs, refused } = encoded(reader, characters(text));
  return [refused, inputs.length, characters(text).length];
}"""


def cell(name):
    return next(one for one in cells() if one["name"] == name)
