"""The tape as Python sees it: traits, refusals, controls, what travels to the page."""

import json

import numpy as np
import pytest
from traitlets import TraitError

from lstm_lib.explorables import Tape, TapeDrawing
from lstm_lib.explorables.tape import EXAMPLES, MOST, STRENGTHS, cells
from lstm_lib.figures import tape
from lstm_lib.handmade import HANDMADE, simulate

NAMES = [*HANDMADE]


def test_names_and_places_of_the_cells_go_together():
    drawing = TapeDrawing(cell="toggle", text="01")
    assert drawing.cell_index == NAMES.index("toggle")
    drawing.set_state({"cell_index": 3})
    assert drawing.cell == "depth"
    drawing.cell = "column"
    assert drawing.cell_index == len(NAMES) - 1


@pytest.mark.parametrize("name", NAMES)
def test_each_example_is_read_and_shows_what_the_cell_does(name):
    """At B = 10 the answers change on the way, and all of it fits into a window."""
    run = simulate(HANDMADE[name](10.0), EXAMPLES[name])
    assert all(len({*answers.tolist()}) > 1 for answers in run.answers.values())
    assert 10 <= len(run.text) <= 40


def test_a_new_cell_brings_its_example_where_nothing_else_was_typed():
    drawing = TapeDrawing(text=EXAMPLES["counter"])
    drawing.cell = "latch"
    assert drawing.text == EXAMPLES["latch"]
    drawing.text = "s."
    drawing.cell = "quote"
    assert drawing.text == "s."


def test_what_the_page_sends_is_heard():
    """The page sets the text as it sets the cell, in one message or in two."""
    drawing, seen = TapeDrawing(text=EXAMPLES["counter"]), []
    drawing.observe(lambda change: seen.append((change["name"], change["new"])))
    drawing.set_state({"cell_index": 4, "text": EXAMPLES["latch"], "place": 3})
    assert (drawing.cell, drawing.text) == ("latch", EXAMPLES["latch"])
    assert ("cell", "latch") in seen and ("place", 3) in seen
    drawing.set_state({"text": "x" * 20_000, "strength": 2.5})
    assert len(drawing.text) == 20_000, "the page says what is wrong with it"
    assert drawing.strength == 2.5


def test_line_breaks_are_those_of_a_browser():
    assert TapeDrawing(text="a\r\nb\rc\n\r\n").text == "a\nb\nc\n\n"
    assert Tape("column", "a\r\nb").drawing.text == "a\nb"
    assert Tape("column", "a\r\n" * 5000).drawing.text == "a\n" * 5000


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        (
            "strength",
            0.5,
            ValueError,
            "strength is 0.5; expected a number from 1 to 20",
        ),
        ("strength", 20.5, ValueError, "strength is 20.5; expected .* in steps of 0.5"),
        ("strength", 3.3, ValueError, "strength is 3.3; expected .* in steps of 0.5"),
        ("strength", float("nan"), ValueError, "strength is nan; expected a finite"),
        ("strength", "5", TraitError, "'strength' trait .* expected a float"),
        ("cell", "flipflop", TraitError, "'cell' trait .*'counter'"),
        ("cell_index", 9, TraitError, "cell_index"),
        ("cell_index", -1, TraitError, "cell_index"),
        ("place", -2, TraitError, "place"),
        ("text", 5, TraitError, "'text' trait"),
        ("cells", [], TraitError, "cells"),
        ("strengths", [], TraitError, "strengths"),
        ("most", 5, TraitError, "most"),
    ],
)
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = TapeDrawing(text="ab")
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


@pytest.mark.parametrize(
    ("options", "error", "complaint"),
    [
        ({"cell": "flipflop"}, TraitError, "'cell' trait .*'counter'"),
        ({"strength": 0}, ValueError, "strength is 0; expected a number from 1 to 20"),
        ({"strength": "10"}, TypeError, "strength is '10'; expected a real number"),
        ({"text": 5}, TypeError, "text is of type int; expected str"),
        ({"text": "a" * (MOST + 1)}, ValueError,
         "text has 10001 characters; expected at most 10000"),
        ({"cell": "latch", "text": "s..x"}, ValueError,
         "text has 'x' at 3; expected 's' or 'r' or '.'"),
        ({"text": ""}, ValueError, "text is empty; expected at least one symbol"),
    ],
)  # fmt: skip
def test_the_explorable_refuses(options, error, complaint):
    with pytest.raises(error, match=complaint):
        Tape(**options)


def test_it_starts_as_it_is_told_to_and_its_controls_show_it():
    text = 'He said "no".'
    told = Tape("quote", text, 7.5)
    (menu, strength), field, drawing = (
        told.children[0].children,
        *told.children[1:],
    )
    assert drawing is told.drawing
    assert (drawing.cell, drawing.text, drawing.strength) == ("quote", text, 7.5)
    assert (menu.description, menu.value, menu.options) == ("cell", "quote", (*NAMES,))
    assert (strength.description, strength.readout_format) == ("strength B", ".1f")
    assert (strength.value, strength.min, strength.max, strength.step) == (
        7.5, 1, 20, 0.5,
    )  # fmt: skip
    assert (field.description, field.value, field.rows) == ("text", text, 2)
    assert field.layout.width == "auto"
    assert told.children[0].layout.flex_flow == "row wrap"
    assert drawing.place == -1, "at the last symbol"
    drawing.cell = "latch"
    assert drawing.text == EXAMPLES["latch"]
    drawing.cell = "quote"
    assert drawing.text == text, "its own text is the example of its cell"


def test_it_needs_no_arguments_and_takes_any_cell():
    assert Tape().drawing.cell == "quote"
    for name in NAMES:
        shown = Tape(name)
        assert shown.drawing.text == EXAMPLES[name]
        assert shown.drawing.strength == 10
        assert shown.drawing.examples == [*EXAMPLES.values()]


def test_the_longest_text_is_taken():
    shown = Tape("counter", "ab" * (MOST // 2), 20)
    assert len(shown.drawing.text) == MOST == shown.drawing.most
    assert "reads 48 symbols" in shown.still.alt


def test_it_comes_with_a_picture_of_what_it_shows():
    shown = Tape("latch", "s..r.", 4)
    assert shown.still.alt == tape(HANDMADE["latch"](4.0), "s..r.").alt
    assert shown.sentence == (
        "Where JavaScript runs, any text can be read, by each of the cells, and"
        " stepped through."
    )


def test_all_that_the_page_needs_travels_to_it():
    """Weights for strength 1, of which all others are multiples; every reach."""
    cells.cache_clear()
    state = TapeDrawing().get_state()
    assert json.loads(json.dumps(state["cells"])) == state["cells"]
    assert state["strengths"] == [*STRENGTHS] == np.arange(1, 20.5, 0.5).tolist()
    for told, (name, make) in zip(state["cells"], HANDMADE.items(), strict=True):
        assert told["name"] == name
        for B in (1.0, 2.5, 7.0, 20.0):
            reader = make(B)
            for key in ("W", "U", "b"):
                whole = np.array(told[key])
                assert (whole == whole.astype(int)).all()
                assert (B * whole == getattr(reader.lstm, key)).all()
            assert told["reaches"][STRENGTHS.index(B)] == reader.reach
            assert told["symbols"] == [*reader.symbols]
            assert (told["others"], told["span"]) == (reader.others, reader.span)
            assert told["units"] == [*reader.units]
            for one, reading in zip(told["readings"], reader.readings, strict=True):
                assert one["name"] == reading.name and one["kind"] == reading.kind
                assert (one["cell"], one["hidden"], one["bias"]) == (
                    [*reading.cell], [*reading.hidden], reading.bias,
                )  # fmt: skip
                assert one["words"] == [[*pair] for pair in reading.words]
    assert len(json.dumps(state["cells"])) < 8000
