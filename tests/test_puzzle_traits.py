"""The puzzles as Python sees them: traits, refusals, what travels to the page."""

import pytest
from traitlets import TraitError

from lstm_lib.explorables import CellPuzzle, PuzzleDrawing
from lstm_lib.figures import attempt
from lstm_lib.puzzles import PUZZLES

NAMES = [*PUZZLES]
NOTHING = {name: [0] * len(one.free) for name, one in PUZZLES.items()}


def state(drawing):
    return drawing.puzzle, drawing.puzzle_index, drawing.weights


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_starts_with_nothing_or_as_it_is_told_to(name):
    index = NAMES.index(name)
    assert state(PuzzleDrawing(name)) == (name, index, NOTHING[name])
    solution = PUZZLES[name].solution
    assert state(PuzzleDrawing(name, solution)) == (name, index, [*solution])
    drawing = PuzzleDrawing()
    drawing.puzzle = name
    assert state(drawing) == (name, index, NOTHING[name])


def test_each_puzzle_keeps_its_weights():
    drawing = PuzzleDrawing("counter", [1, 0, 1, 1, -1])
    drawing.puzzle = "toggle"
    drawing.weights = [1, 2, 0, 0, -1, -2]
    drawing.puzzle = "counter with reset"
    assert drawing.weights == NOTHING["counter with reset"]
    drawing.puzzle = "toggle"
    assert drawing.weights == [1, 2, 0, 0, -1, -2]
    drawing.puzzle_index = 0
    assert state(drawing) == ("counter", 0, [1, 0, 1, 1, -1])


def test_what_the_page_sends_is_heard():
    """The page tells of a puzzle and of its weights, in one message or in two."""
    drawing, seen = PuzzleDrawing(), []
    drawing.observe(lambda change: seen.append((change["name"], change["new"])))
    drawing.set_state({"weights": [1, 0, 1, 1, -1]})
    drawing.set_state({"puzzle_index": 1, "weights": [0] * 8})
    assert state(drawing) == ("latch", 1, [0] * 8)
    drawing.set_state({"puzzle_index": 0})
    assert state(drawing) == ("counter", 0, [1, 0, 1, 1, -1])
    assert ("puzzle", "latch") in seen and ("weights", [1, 0, 1, 1, -1]) in seen


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        ("weights", [1], ValueError, "weights has 1 numbers; expected 8 for the latch"),
        ("weights", [0] * 7 + [3], ValueError, "weights has 3 for 'g r'; expected −2"),
        ("weights", [0] * 7 + [0.5], TraitError, "'weights' trait"),
        ("weights", 1, TraitError, "'weights' trait"),
        ("puzzle", "depth", TraitError, "'puzzle' trait .*'counter'"),
        ("puzzle_index", 4, TraitError, "puzzle_index"),
        ("puzzle_index", -1, TraitError, "puzzle_index"),
        ("puzzles", [], TraitError, "puzzles"),
        ("rules", {}, TraitError, "rules"),
    ],
)
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = PuzzleDrawing("latch", PUZZLES["latch"].solution)
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


def test_it_refuses_what_is_no_puzzle_or_no_setting():
    with pytest.raises(TraitError, match="'puzzle' trait"):
        CellPuzzle("depth")
    with pytest.raises(ValueError, match="weights has 0 numbers; expected 6"):
        CellPuzzle("toggle", [])


def test_the_page_is_told_of_all_puzzles():
    drawing = PuzzleDrawing()
    assert [one["name"] for one in drawing.puzzles] == NAMES
    read = [(one["kind"], one["state"], one["bias"]) for one in drawing.puzzles]
    assert read == [
        ("round", "c", 0), ("above", "c", -0.5), ("round", "c", 0), ("above", "h", -0.5)
    ]  # fmt: skip
    for told, puzzle in zip(drawing.puzzles, PUZZLES.values(), strict=True):
        for name in ("symbols", "free", "hints", "solution"):
            assert told[name] == [*getattr(puzzle, name)]
        assert (told["task"], told["example"]) == (puzzle.task, puzzle.example)
    assert drawing.rules == {"strength": 10, "longest": 8, "margin": 0.05}


def test_it_has_a_row_of_buttons_and_a_picture():
    wrong = [2, 2, -1, 0, 0, 1, 1, -1]
    told = CellPuzzle("latch", wrong)
    menu, drawing = told.children
    assert drawing is told.drawing and state(drawing) == ("latch", 1, wrong)
    assert menu.options == (*NAMES,) and menu.value == "latch"
    assert (menu.description, menu.style.button_width) == ("build a", "11em")
    assert told.still.alt == attempt("latch", wrong).alt
    assert CellPuzzle().still.alt == attempt("counter", [0] * 5).alt
    assert told.sentence == (
        "Where JavaScript runs, the weights can be set, and each setting is tried on"
        " all strings of up to eight symbols."
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_told_all_of_a_puzzle(name):
    drawing, asked = PuzzleDrawing(), PUZZLES[name]
    by_h = name == "toggle"
    assert drawing.puzzles[NAMES.index(name)] == {
        "name": name,
        "task": asked.task,
        "symbols": [*asked.symbols],
        "kind": "above" if name in ("latch", "toggle") else "round",
        "state": "h" if by_h else "c",
        "bias": -0.5 if name in ("latch", "toggle") else 0.0,
        "free": [*asked.free],
        "hints": [*asked.hints],
        "solution": [*asked.solution],
        "example": asked.example,
    }
