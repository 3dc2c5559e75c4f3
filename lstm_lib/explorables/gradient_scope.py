"""How much of a change of one state is left in a later one, to be looked into."""

from functools import cache

import numpy as np
from ipywidgets import HBox, IntSlider, jslink
from traitlets import Enum, Float, Int, List, Unicode, observe, validate

from lstm_lib import scope as networks
from lstm_lib.explorables.explorable import WRAP, Drawing, Explorable, menu, slider
from lstm_lib.figures.scope import SHOWN, scope
from lstm_lib.scope import ENDS, KINDS

__all__ = ["GradientScope", "ScopeDrawing"]

FARTHEST = 1000  # steps


@cache
def packed() -> str:
    """W, U and b of each of `scope.drawn()`, in hundredths, separated by spaces."""
    lstm = networks.drawn()
    each = (
        [one.W, one.U, one.b] for one in map(lstm.__getitem__, range(lstm.replicas))
    )
    all_ = np.concatenate([part.ravel() for parts in each for part in parts])
    return " ".join(map(str, np.rint(100 * all_).astype(int)))


class ScopeDrawing(Drawing):
    """What is left of a change, against the distance, and for each pair of states.

    The curves are medians of 10 networks, with the middle half of them; the map is of
    the first one, and a pair of states can be picked in it.

    Traits:
        kind: a name in `scope.KINDS`.
        bias: the forget bias b, in [−2, 8].
        gain: by which the recurrent weights are multiplied, in [0, 3].
        horizon: how many steps the curves show, 10 to 1000.
        s, t: the pair, the state after step s and that after step t, 1 to 24; where
            one passes the other, it takes it along, so that s ≤ t.
    """

    kind = Enum(KINDS, "LSTM")
    kind_index = Int(0, min=0, max=len(KINDS) - 1).tag(sync=True)
    bias = Float(0.0).tag(sync=True)
    gain = Float(1.0).tag(sync=True)
    horizon = Int(30, min=10, max=FARTHEST).tag(sync=True)
    s = Int(1, min=1, max=SHOWN).tag(sync=True)
    t = Int(11, min=1, max=SHOWN).tag(sync=True)
    names = List(Unicode(), KINDS, read_only=True).tag(sync=True)
    shown = Int(SHOWN, read_only=True).tag(sync=True)
    units = Int(networks.drawn().hidden, read_only=True).tag(sync=True)
    weights = Unicode(packed(), read_only=True).tag(sync=True)
    x = List(Float(), networks.inputs().tolist(), read_only=True).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.choose("kind", KINDS)

    @validate("bias", "gain")
    def _stay_in_sight(self, proposal: dict) -> float:
        return networks.in_sight(proposal["trait"].name, proposal["value"])

    @observe("s", "t")
    def _stay_in_order(self, change: dict) -> None:
        if self.s > self.t:
            self.s = self.t = change["new"]


class GradientScope(Explorable):
    """A `ScopeDrawing` with a menu of networks and sliders.

    Args:
        kind: a name in `scope.KINDS`, at first.
        bias: the forget bias b at first, in [−2, 8].
        gain: of the recurrent weights, in [0, 3].
        horizon: how many steps the curves show, 10 to 1000.
        s: the state of the pair that is changed, that after step s, 1 to 24.
        t: the state in which the change is looked for, s to 24.

    Attributes:
        drawing: the `ScopeDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: `bias` or `gain` is no number, or out of bounds.
        traitlets.TraitError: one of the others is not as above.
    """

    def __init__(
        self,
        kind: str = "LSTM",
        bias: float = 0.0,
        gain: float = 1.0,
        horizon: int = 30,
        s: int = 1,
        t: int = 11,
    ) -> None:
        numbers = {"bias": bias, "gain": gain, "horizon": horizon, "s": s, "t": t}
        self.drawing = ScopeDrawing(kind=kind, **numbers)
        chosen = menu(self.drawing, "kind", "network", KINDS)
        sliders = [
            slider(self.drawing, "bias", "forget bias b", ENDS["bias"], 0.5),
            slider(self.drawing, "gain", "gain of U", ENDS["gain"], 0.1),
        ]
        for one in sliders:
            one.readout_format = ".1f"
        ends = {"min": 10, "max": FARTHEST, "step": 10}
        far = IntSlider(self.drawing.horizon, description="steps shown", **ends)
        jslink((far, "value"), (self.drawing, "horizon"))
        pair = self.drawing.s, self.drawing.t
        super().__init__(
            [
                HBox([chosen, sliders[0]], layout=WRAP),
                HBox([sliders[1], far], layout=WRAP),
                self.drawing,
            ],
            scope(self.drawing.kind, self.drawing.bias, self.drawing.gain, *pair),
            "Where JavaScript runs, the network can be changed, and any pair of states"
            " picked.",
        )
