"""Live drawings with their controls, in notebooks and on pages without a kernel."""

from lstm_lib.explorables.activation_compare import (
    ActivationCompare,
    CompareDrawing,
)
from lstm_lib.explorables.activation_explorer import (
    ActivationDrawing,
    ActivationExplorer,
)
from lstm_lib.explorables.cell_puzzle import CellPuzzle, PuzzleDrawing
from lstm_lib.explorables.cell_step import CellStep, StepDrawing
from lstm_lib.explorables.counter_autopsy import AutopsyDrawing, CounterAutopsy
from lstm_lib.explorables.explorable import Drawing, Explorable
from lstm_lib.explorables.gate_product import GateProduct, ProductDrawing
from lstm_lib.explorables.gradient_scope import GradientScope, ScopeDrawing
from lstm_lib.explorables.tape import Tape, TapeDrawing

__all__ = [
    "ActivationCompare",
    "ActivationDrawing",
    "ActivationExplorer",
    "AutopsyDrawing",
    "CellPuzzle",
    "CellStep",
    "CompareDrawing",
    "CounterAutopsy",
    "Drawing",
    "Explorable",
    "GateProduct",
    "GradientScope",
    "ProductDrawing",
    "PuzzleDrawing",
    "ScopeDrawing",
    "StepDrawing",
    "Tape",
    "TapeDrawing",
]
