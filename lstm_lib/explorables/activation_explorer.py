"""One activation with its slope and bend, and a point to move along it."""

from ipywidgets import Dropdown, FloatSlider, HBox, jslink
from traitlets import Enum, Float, Int, List, Unicode, validate

from lstm_lib import checks
from lstm_lib.activations import ACTIVATIONS
from lstm_lib.explorables.explorable import Drawing, Explorable
from lstm_lib.figures.derivatives import PARTS, curves

__all__ = ["ActivationDrawing", "ActivationExplorer"]

NAMES = (*ACTIVATIONS,)
REACH = 8.0


class ActivationDrawing(Drawing):
    """Value, slope and bend of an activation over [−8, 8], and a point on it.

    Traits:
        z: where the point stands, in [−8, 8]; it can be dragged.
        activation: a name in `ACTIVATIONS`.
        other: another one, laid over it, or "none".
        parts: which of "value", "slope" and "bend" are shown, from top to bottom;
            fixed when the drawing is made.
    """

    z = Float(1.0).tag(sync=True)
    activation = Enum(NAMES, "sigmoid")
    other = Enum(("none", *NAMES), "none")
    activation_index = Int(0, min=0, max=len(NAMES) - 1).tag(sync=True)
    other_index = Int(0, min=0, max=len(NAMES)).tag(sync=True)
    parts = List(Enum(PARTS), PARTS, minlen=1).tag(sync=True)
    names = List(Unicode(), NAMES, read_only=True).tag(sync=True)
    reach = Float(REACH, read_only=True).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.choose("activation", NAMES)
        self.choose("other", ("none", *NAMES))

    @validate("z")
    def _stay_in_sight(self, proposal: dict) -> float:
        z = checks.number("z", proposal["value"])
        if abs(z) > REACH:
            raise ValueError(f"z is {z:g}; expected a number from −8 to 8")
        return z


class ActivationExplorer(Explorable):
    """An `ActivationDrawing` with a slider for z and two menus.

    Args:
        activation: a name in `ACTIVATIONS`.
        other: another one, laid over it, or "none".
        z: where the point stands at first, in [−8, 8].

    Attributes:
        drawing: the `ActivationDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: `z` is no number, or out of sight.
        traitlets.TraitError: there is no such activation.
    """

    def __init__(
        self, activation: str = "sigmoid", other: str = "none", z: float = 1.0
    ) -> None:
        self.drawing = ActivationDrawing(activation=activation, other=other, z=z)
        first = Dropdown(description="function", options=NAMES, value=activation)
        second = Dropdown(
            description="laid over", options=("none", *NAMES), value=other
        )
        slider = FloatSlider(z, description="z", min=-REACH, max=REACH, step=0.05)
        jslink((first, "index"), (self.drawing, "activation_index"))
        jslink((second, "index"), (self.drawing, "other_index"))
        jslink((slider, "value"), (self.drawing, "z"))
        f, over = ACTIVATIONS[activation], ACTIVATIONS.get(other)
        title = " and ".join(f.name for f in (f, over) if f)
        super().__init__(
            [self.drawing, slider, HBox([first, second])],
            curves(f, f"{title}: value, slope and bend at z = {z:g}", REACH, over, z),
            "Where JavaScript runs, the point can be moved and the functions changed.",
        )
