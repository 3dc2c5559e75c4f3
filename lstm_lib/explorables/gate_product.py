"""A gate times a candidate: how much, times what, over the plane of both inputs."""

import math
from functools import cache

from ipywidgets import Checkbox, HBox, jslink
from traitlets import Bool, Enum, Float, Int, List, Unicode, default, validate

from lstm_lib import checks
from lstm_lib.activations import ACTIVATIONS, Activation
from lstm_lib.explorables.explorable import WRAP, Drawing, Explorable, menu, slider
from lstm_lib.figures.product import END, SCALE, surface
from lstm_lib.product import reach

__all__ = ["GateProduct", "ProductDrawing"]

NAMES = (*ACTIVATIONS,)
STEP = 0.05


class ProductDrawing(Drawing):
    """The surface i·g over the plane of z_g and z_i, and a point in it.

    Beside the map are the slices through the point, along either axis; arrows at the
    point are as long as the partial derivatives; a bar shows what i·g can reach.

    Traits:
        z_i: the gate's pre-activation at the point, in [−6, 6].
        z_g: the candidate's, in [−6, 6]; the point can be dragged.
        gate: a name in `ACTIVATIONS`, of the function of z_i.
        candidate: another one, or the same, of the function of z_g.
        tied: whether both pre-activations are one number. As it becomes true, z_i
            takes the value of z_g; from then on each follows the other.
    """

    z_i = Float(1.0).tag(sync=True)
    z_g = Float(-1.0).tag(sync=True)
    gate = Enum(NAMES, "sigmoid")
    candidate = Enum(NAMES, "tanh")
    gate_index = Int(0, min=0, max=len(NAMES) - 1).tag(sync=True)
    candidate_index = Int(1, min=0, max=len(NAMES) - 1).tag(sync=True)
    tied = Bool(False).tag(sync=True)
    names = List(Unicode(), NAMES, read_only=True).tag(sync=True)
    end = Float(END, read_only=True).tag(sync=True)
    colours = List(Unicode(), SCALE, read_only=True).tag(sync=True)
    reaches = List(read_only=True).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.choose("gate", NAMES)
        self.choose("candidate", NAMES)
        if self.tied:
            self.z_i = self.z_g
        self.observe(self._follow, ["z_i", "z_g", "tied"])

    def _follow(self, change: dict) -> None:
        """Keep both pre-activations equal while they are tied."""
        if not self.tied:
            return
        if change["name"] == "z_i":
            self.z_g = self.z_i
        else:
            self.z_i = self.z_g

    @default("reaches")
    def _reach_of_all(self) -> list:
        return [*reaches()]

    @validate("z_i", "z_g")
    def _stay_in_sight(self, proposal: dict) -> float:
        name = proposal["trait"].name
        z = checks.number(name, proposal["value"])
        if abs(z) > END:
            raise ValueError(f"{name} is {z:g}; expected a number from −6 to 6")
        return z


class GateProduct(Explorable):
    """A `ProductDrawing` with sliders, menus and a box to tie both inputs.

    Args:
        gate: a name in `ACTIVATIONS`, the function of z_i: how much.
        candidate: another one, or the same, the function of z_g: what.
        z_i: where the point stands at first, upward, in [−6, 6].
        z_g: where it stands to the right, in [−6, 6].
        tied: whether both are one number; z_i then takes the value of z_g.

    Attributes:
        drawing: the `ProductDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: `z_i` or `z_g` is no number, or out of sight.
        traitlets.TraitError: there is no such activation, or `tied` is no bool.
    """

    def __init__(
        self,
        gate: str = "sigmoid",
        candidate: str = "tanh",
        z_i: float = 1.0,
        z_g: float = -1.0,
        tied: bool = False,
    ) -> None:
        chosen = {"gate": gate, "candidate": candidate}
        self.drawing = ProductDrawing(**chosen, z_i=z_i, z_g=z_g, tied=tied)
        tie = Checkbox(tied, description="one z for both", indent=False)
        jslink((tie, "value"), (self.drawing, "tied"))
        ends = (-END, END)
        sliders = [slider(self.drawing, z, z, ends, STEP) for z in ("z_g", "z_i")]
        menus = [menu(self.drawing, name, name, NAMES) for name in chosen]
        at = (self.drawing.z_g, self.drawing.z_i)
        super().__init__(
            [
                HBox(sliders, layout=WRAP),
                HBox([*menus, tie], layout=WRAP),
                self.drawing,
            ],
            surface(ACTIVATIONS[gate], ACTIVATIONS[candidate], at=at, diagonal=tied),
            "Where JavaScript runs, the point can be moved, the functions changed and"
            " both inputs tied.",
        )


@cache
def reaches() -> list:
    """What each gate reaches with each candidate, by their places: [free, tied].

    Each of these is [low, high], to 12 digits behind the point, with None where there
    is no bound.
    """
    every = ACTIVATIONS.values()
    return [
        [
            [_ends(gate, candidate, tied) for tied in (False, True)]
            for candidate in every
        ]
        for gate in every
    ]


def _ends(gate: Activation, candidate: Activation, tied: bool) -> list:
    """The ends of the reach, as JSON knows them."""
    ends = reach(gate, candidate, tied)
    return [round(end, 12) if math.isfinite(end) else None for end in ends]
