"""Two to four activations, and what they make of a normally distributed input."""

from ipywidgets import HBox
from traitlets import Enum, Float, Int, List, Unicode, validate

from lstm_lib import checks
from lstm_lib.activations import ACTIVATIONS
from lstm_lib.explorables.explorable import Drawing, Explorable, menu, slider
from lstm_lib.figures.compare import compare

__all__ = ["ActivationCompare", "CompareDrawing"]

NAMES = (*ACTIVATIONS,)
MAYBE = ("none", *NAMES)
MENUS = {"first": NAMES, "second": NAMES, "third": MAYBE, "fourth": MAYBE}
REACH = 8.0
MEANS = (-3.0, 3.0)
SPREADS = (0.1, 4.0)


class CompareDrawing(Drawing):
    """Value, slope and bend of activations over [−8, 8], and their outputs.

    The input is normally distributed. Shown are the histogram of each output, its mean
    and spread, and the share of inputs where |f′| < 0.01.

    Traits:
        first, second: names in `ACTIVATIONS`; one that is chosen twice is drawn once.
        third, fourth: further names, or "none".
        mean: the mean of the input, in [−3, 3]; it can be dragged.
        spread: the standard deviation of the input, in [0.1, 4].
    """

    first = Enum(NAMES, "sigmoid")
    second = Enum(NAMES, "tanh")
    third = Enum(MAYBE, "none")
    fourth = Enum(MAYBE, "none")
    first_index = Int(0, min=0, max=len(NAMES) - 1).tag(sync=True)
    second_index = Int(1, min=0, max=len(NAMES) - 1).tag(sync=True)
    third_index = Int(0, min=0, max=len(NAMES)).tag(sync=True)
    fourth_index = Int(0, min=0, max=len(NAMES)).tag(sync=True)
    mean = Float(0.0).tag(sync=True)
    spread = Float(1.0).tag(sync=True)
    names = List(Unicode(), NAMES, read_only=True).tag(sync=True)
    reach = Float(REACH, read_only=True).tag(sync=True)
    means = List(Float(), MEANS, read_only=True).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        for name, names in MENUS.items():
            self.choose(name, names)

    @validate("mean", "spread")
    def _stay_in_sight(self, proposal: dict) -> float:
        name = proposal["trait"].name
        value = checks.number(name, proposal["value"])
        low, high = {"mean": MEANS, "spread": SPREADS}[name]
        if not low <= value <= high:
            ends = f"{low:g} to {high:g}".replace("-", "−")
            raise ValueError(f"{name} is {value:g}; expected a number from {ends}")
        return value


class ActivationCompare(Explorable):
    """A `CompareDrawing` with sliders for the input and four menus.

    Args:
        activations: two to four names in `ACTIVATIONS`, no two of them the same.
        mean: the mean of the input at first, in [−3, 3].
        spread: its standard deviation at first, in [0.1, 4].

    Attributes:
        drawing: the `CompareDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: `activations` are no such names; `mean` or `spread` is no
            number, or out of bounds.
    """

    def __init__(
        self, *activations: str, mean: float = 0.0, spread: float = 1.0
    ) -> None:
        chosen = dict(zip(MENUS, _distinct(activations)))
        self.drawing = CompareDrawing(**chosen, mean=mean, spread=spread)
        menus = [menu(self.drawing, name, name, MENUS[name]) for name in MENUS]
        sliders = [
            slider(self.drawing, name, name, ends, step)
            for name, ends, step in (("mean", MEANS, 0.05), ("spread", SPREADS, 0.1))
        ]
        super().__init__(
            [*sliders, self.drawing, HBox(menus[:2]), HBox(menus[2:])],
            compare([ACTIVATIONS[name] for name in activations], mean, spread),
            "Where JavaScript runs, the input can be moved and the functions changed.",
        )


def _distinct(activations: tuple[str, ...]) -> tuple[str, ...]:
    """`activations`, if they are two to four different names of activations."""
    for name in activations:
        checks.instance("activations", name, str)
        if name not in NAMES:
            known = ", ".join(NAMES)
            raise ValueError(f"activations has {name!r}; expected names of {known}")
    if not 2 <= len(activations) <= len(MENUS):
        raise ValueError(
            f"activations has {len(activations)} names; expected two to four"
        )
    if len({*activations}) < len(activations):
        raise ValueError(f"activations has {activations}; expected different names")
    return activations
