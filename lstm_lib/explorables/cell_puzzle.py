"""Build the cell yourself: one unit, a few weights, and all strings to be right on."""

from collections.abc import Sequence

from ipywidgets import ToggleButtons, jslink
from traitlets import Dict, Enum, Int, List, default, observe, validate

from lstm_lib.explorables.explorable import Drawing, Explorable
from lstm_lib.figures.puzzle import attempt
from lstm_lib.puzzles import LONGEST, MARGIN, PUZZLES, STRENGTH, Puzzle, checked

__all__ = ["CellPuzzle", "PuzzleDrawing"]

NAMES = (*PUZZLES,)


def _told(name: str, puzzle: Puzzle) -> dict:
    """What the page needs to know of a puzzle."""
    reading = puzzle.reading
    return {
        "name": name,
        "task": puzzle.task,
        "symbols": [*puzzle.symbols],
        "kind": reading.kind,
        "state": "c" if any(reading.cell) else "h",
        "bias": reading.bias,
        "free": [*puzzle.free],
        "hints": [*puzzle.hints],
        "solution": [*puzzle.solution],
        "example": puzzle.example,
    }


class PuzzleDrawing(Drawing):
    """A table of weights to be set, and whether the unit is right on all strings.

    Traits:
        puzzle: a name in `lstm_lib.puzzles.PUZZLES`. As it changes, the weights are
            those that this puzzle had when it was left, or 0.
        weights: one of −2, −1, 0, 1, 2 for each free weight of the puzzle, in units
            of B and in the order of its `free`.
    """

    puzzle = Enum(NAMES, NAMES[0])
    puzzle_index = Int(0, min=0, max=len(NAMES) - 1).tag(sync=True)
    weights = List(Int()).tag(sync=True)
    puzzles = List(Dict(), read_only=True).tag(sync=True)
    rules = Dict(
        default_value={"strength": STRENGTH, "longest": LONGEST, "margin": MARGIN},
        read_only=True,
    ).tag(sync=True)

    @default("puzzles")
    def _all_puzzles(self) -> list[dict]:
        return [_told(*one) for one in PUZZLES.items()]

    def __init__(
        self, puzzle: str = NAMES[0], weights: Sequence[int] | None = None
    ) -> None:
        self._left = {name: [0] * len(PUZZLES[name].free) for name in NAMES}
        super().__init__(puzzle=puzzle, weights=self._left[NAMES[0]])
        self.choose("puzzle", NAMES)
        if weights is not None:
            self.weights = checked(self.puzzle, weights)

    @validate("weights")
    def _stay_in_steps(self, proposal: dict) -> list[int]:
        return checked(NAMES[self.puzzle_index], proposal["value"])

    @observe("weights")
    def _keep(self, change: dict) -> None:
        self._left[NAMES[self.puzzle_index]] = self.weights

    # Not of `puzzle`: the page tells the place of what is chosen.
    @observe("puzzle_index")
    def _turn(self, change: dict) -> None:
        self.weights = self._left[NAMES[self.puzzle_index]]


class CellPuzzle(Explorable):
    """A `PuzzleDrawing` with a row of buttons, one per puzzle.

    Args:
        puzzle: the name of the puzzle at first, one of `lstm_lib.puzzles.PUZZLES`.
        weights: the weights at first, −2 to 2 in units of B, in the order of `free`
            of that puzzle; None for all 0.

    Attributes:
        drawing: the `PuzzleDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: `weights` are not what the puzzle has.
        traitlets.TraitError: there is no such puzzle.
    """

    def __init__(
        self, puzzle: str = NAMES[0], weights: Sequence[int] | None = None
    ) -> None:
        self.drawing = PuzzleDrawing(puzzle, weights)
        menu = ToggleButtons(
            options=NAMES,
            value=puzzle,
            description="build a",
            style={"button_width": "11em"},
        )
        jslink((menu, "index"), (self.drawing, "puzzle_index"))
        super().__init__(
            [menu, self.drawing],
            attempt(puzzle, self.drawing.weights),
            "Where JavaScript runs, the weights can be set, and each setting is tried"
            " on all strings of up to eight symbols.",
        )
