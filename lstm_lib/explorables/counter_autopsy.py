"""Why and when a counter with soft gates loses count, to be taken apart."""

import math

from ipywidgets import HBox
from traitlets import Float, Int, List, observe, validate

from lstm_lib import checks
from lstm_lib.explorables.explorable import WRAP, Drawing, Explorable, slider
from lstm_lib.figures.autopsy import MOST, STRENGTHS, autopsy

__all__ = ["AutopsyDrawing", "CounterAutopsy"]

STEP = 0.5  # of the strength, on the slider and by keys
GRAIN = 0.01  # of log₁₀ n, on the slider


class AutopsyDrawing(Drawing):
    """A counter that reads aⁿbⁿ: its state, what it has lost, and how far it reaches.

    The point in the plane of B and n can be dragged.

    Traits:
        strength: B, in [1, 20]; the gates i and f are σ(B), the candidate ±tanh(B).
        n: how many a are read and then how many b, 1 to 100 000.
        power: log₁₀ n, in [0, 5], in steps of 0.01, for a slider. It follows n; and
            where it is moved, n becomes the whole number nearest to 10^power.
    """

    strength = Float(10.0).tag(sync=True)
    n = Int(150).tag(sync=True)
    power = Float(2.18, min=0, max=math.log10(MOST)).tag(sync=True)
    strengths = List(Float(), STRENGTHS, read_only=True).tag(sync=True)
    step = Float(STEP, read_only=True).tag(sync=True)
    most = Int(MOST, read_only=True).tag(sync=True)

    @validate("strength")
    def _stay_in_sight(self, proposal: dict) -> float:
        value, (low, high) = proposal["value"], STRENGTHS
        if not low <= checks.number("strength", value) <= high:
            expected = f"expected a number from {low:g} to {high:g}"
            raise ValueError(f"strength is {value:g}; {expected}")
        return value

    @validate("n")
    def _stay_walkable(self, proposal: dict) -> int:
        n = checks.size("n", proposal["value"])
        if n > MOST:
            raise ValueError(f"n is {n}; expected an integer from 1 to {MOST}")
        return n

    @validate("power")
    def _be_finite(self, proposal: dict) -> float:
        return checks.number("power", proposal["value"])

    @observe("power")
    def _count(self, change: dict) -> None:
        if not self._agree():
            self.n = round(10**self.power)

    @observe("n")
    def _measure(self, change: dict) -> None:
        if not self._agree():
            self.power = round(math.log10(self.n), 2)

    def _agree(self) -> bool:
        """Whether the power is that of n, as near as a slider can be to it."""
        near = abs(self.power - math.log10(self.n)) < GRAIN / 2 + 1e-9
        return near or round(10**self.power) == self.n


class CounterAutopsy(Explorable):
    """An `AutopsyDrawing` with sliders for B and for log₁₀ n.

    Args:
        strength: B at first, in [1, 20].
        n: how many a, and how many b, are read at first, 1 to 100 000.

    Attributes:
        drawing: the `AutopsyDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: `strength` or `n` is out of bounds, or no number.
        traitlets.TraitError: `strength` is no float, or `n` no int.
    """

    def __init__(self, strength: float = 10.0, n: int = 150) -> None:
        self.drawing = AutopsyDrawing(strength=strength, n=n)
        hard = slider(self.drawing, "strength", "strength B", STRENGTHS, STEP)
        hard.readout_format = ".1f"
        ends = (0.0, math.log10(MOST))
        far = slider(self.drawing, "power", "log₁₀ n", ends, GRAIN)
        super().__init__(
            [HBox([hard, far], layout=WRAP), self.drawing],
            autopsy(self.drawing.strength, self.drawing.n),
            "Where JavaScript runs, B and n can be changed, and the point moved.",
        )
