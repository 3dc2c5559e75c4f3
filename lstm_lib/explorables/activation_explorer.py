"""One activation with its slope and bend, and a point to move along it."""

from dataclasses import replace

from ipywidgets import HBox
from traitlets import Enum, Float, Int, List, Unicode, validate

from lstm_lib import checks
from lstm_lib.activations import ACTIVATIONS, Activation, identity, leaky, relu
from lstm_lib.explorables.explorable import Drawing, Explorable, menu, slider
from lstm_lib.figures.derivatives import PARTS, curves

__all__ = ["ActivationDrawing", "ActivationExplorer"]

NAMES = (*ACTIVATIONS,)
REACH = 8.0
LEAKS = (-1.0, 2.0)


class ActivationDrawing(Drawing):
    """Value, slope and bend of an activation over [−8, 8], and a point on it.

    Traits:
        z: where the point stands, in [−8, 8]; it can be dragged.
        activation: a name in `ACTIVATIONS`.
        other: another one, laid over it, or "none".
        leak: the slope of leaky_relu on the left, in [−1, 2]; it is then shown as
            `leaky(0.1)`, say, and also at 0 and 1, which `leaky` refuses, as ReLU and
            as the identity. None leaves it the book's 0.01.
        parts: which of "value", "slope" and "bend" are shown, from top to bottom;
            fixed when the drawing is made.
    """

    z = Float(1.0).tag(sync=True)
    activation = Enum(NAMES, "sigmoid")
    other = Enum(("none", *NAMES), "none")
    activation_index = Int(0, min=0, max=len(NAMES) - 1).tag(sync=True)
    other_index = Int(0, min=0, max=len(NAMES)).tag(sync=True)
    leak = Float(None, allow_none=True).tag(sync=True)
    parts = List(Enum(PARTS), PARTS, minlen=1).tag(sync=True)
    names = List(Unicode(), NAMES, read_only=True).tag(sync=True)
    reach = Float(REACH, read_only=True).tag(sync=True)
    leaks = List(Float(), LEAKS, read_only=True).tag(sync=True)

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

    @validate("leak")
    def _a_slope_that_is_drawn(self, proposal: dict) -> float | None:
        if proposal["value"] is None:
            return None
        leak = checks.number("leak", proposal["value"])
        if not LEAKS[0] <= leak <= LEAKS[1]:
            raise ValueError(f"leak is {leak:g}; expected a number from −1 to 2")
        return leak


class ActivationExplorer(Explorable):
    """An `ActivationDrawing` with a slider for z and two menus.

    Args:
        activation: a name in `ACTIVATIONS`.
        other: another one, laid over it, or "none".
        z: where the point stands at first, in [−8, 8].
        leak: the slope of leaky_relu at first, in [−1, 2], with a slider "k" to
            change it; without it there is none, and the slope is 0.01.

    Attributes:
        drawing: the `ActivationDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: `z` or `leak` is no number, or out of sight.
        traitlets.TraitError: there is no such activation.
    """

    def __init__(
        self,
        activation: str = "sigmoid",
        other: str = "none",
        z: float = 1.0,
        leak: float | None = None,
    ) -> None:
        names = {"activation": activation, "other": other}
        self.drawing = drawing = ActivationDrawing(**names, z=z, leak=leak)
        menus = [
            menu(drawing, "activation", "function", NAMES),
            menu(drawing, "other", "laid over", ("none", *NAMES)),
        ]
        sliders = [slider(drawing, "z", "z", (-REACH, REACH), 0.05)]
        if leak is not None:
            sliders.append(slider(drawing, "leak", "k", LEAKS, 0.01))
        f, over = _function(activation, leak), _function(other, leak)
        title = " and ".join(f.name for f in (f, over) if f)
        changed = "the functions" if leak is None else "the functions and k"
        super().__init__(
            [drawing, *sliders, HBox(menus)],
            curves(f, f"{title} at z = {z:g}", REACH, over, z),
            f"Where JavaScript runs, the point can be moved and {changed} changed.",
        )


def _function(name: str, leak: float | None) -> Activation | None:
    """The activation that is drawn under `name`; None for "none"."""
    if name != "leaky_relu" or leak is None:
        return ACTIVATIONS.get(name)
    f = {0: relu, 1: identity}.get(leak) or leaky(leak)
    return replace(f, name=f"leaky({leak:g})")
