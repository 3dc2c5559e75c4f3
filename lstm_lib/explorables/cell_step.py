"""One step of an LSTM unit: what each gate lets through, to be moved."""

from types import MappingProxyType

import numpy as np
from ipywidgets import FloatSlider, HBox, ToggleButtons, jslink
from traitlets import Dict, Enum, Float, Int, List, link, observe, validate

from lstm_lib import checks
from lstm_lib.cell import LSTM, step
from lstm_lib.explorables.explorable import WRAP, Drawing, Explorable
from lstm_lib.figures.flow import flow

__all__ = ["PRESETS", "CellStep", "StepDrawing"]

# σ(±8) is as far as the sliders go, and 0.9997 or 0.0003. At half of that tanh, which
# is 2 σ(2z) − 1, is as near to its ends.
PRESETS = MappingProxyType(
    {
        "keep": {"z_f": 8.0, "z_i": -8.0},
        "erase": {"z_f": -8.0, "z_i": -8.0},
        "write +1": {"z_f": -8.0, "z_i": 8.0, "z_g": 4.0},
        "write −1": {"z_f": -8.0, "z_i": 8.0, "z_g": -4.0},
        "hide": {"z_f": 8.0, "z_i": -8.0, "z_o": -8.0},
        "show": {"z_f": 8.0, "z_i": -8.0, "z_o": 8.0},
    }
)
NAMES = (*PRESETS, "own")
SLIDERS = {
    "z_f": "z_f forget",
    "z_i": "z_i input",
    "z_g": "z_g candidate",
    "z_o": "z_o output",
    "c": "old state c",
}
REACH = {name: 4.0 if name == "c" else 8.0 for name in SLIDERS}
# A unit whose pre-activations, in the order i, f, g, o, are what it reads.
BARE = LSTM(W=np.eye(4)[:, None], U=np.zeros((4, 1, 1)), b=np.zeros((4, 1)))


class StepDrawing(Drawing):
    """One step of an LSTM unit, each flow as wide as the number that passes.

    Traits:
        z_f, z_i, z_g, z_o: the pre-activations of forget gate, input gate, candidate
            and output gate, in [−8, 8].
        c: the old cell state c_{t−1}, in [−4, 4].
        preset: a name in `PRESETS`; the pre-activations that it stands for are set,
            the others and c stay. It is "own" as soon as one of them is changed.
    """

    z_f = Float(0.0).tag(sync=True)
    z_i = Float(0.0).tag(sync=True)
    z_g = Float(0.0).tag(sync=True)
    z_o = Float(0.0).tag(sync=True)
    c = Float(0.0).tag(sync=True)
    preset = Enum(NAMES, "own")
    preset_index = Int(None, allow_none=True, min=0, max=len(PRESETS) - 1)
    preset_index.tag(sync=True)
    presets = List(Dict(), [*PRESETS.values()], read_only=True).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        # A menu of presets has none for "own": nothing in it is chosen.
        places = ({name: k for k, name in enumerate(PRESETS)}.get, _name)
        link((self, "preset"), (self, "preset_index"), transform=places)

    @validate(*SLIDERS)
    def _stay_in_reach(self, proposal: dict) -> float:
        name = proposal["trait"].name
        value, reach = checks.number(name, proposal["value"]), REACH[name]
        if abs(value) > reach:
            ends = f"−{reach:g} to {reach:g}"
            raise ValueError(f"{name} is {value:g}; expected a number from {ends}")
        return value

    # Not of `preset`: the page shall hear of the preset before its numbers come.
    @observe("preset_index")
    def _set(self, change: dict) -> None:
        with self.hold_trait_notifications():
            for name, value in self._wanted().items():
                setattr(self, name, value)

    @observe(*SLIDERS)
    def _compare(self, change: dict) -> None:
        if any(getattr(self, name) != z for name, z in self._wanted().items()):
            self.preset = "own"

    def _wanted(self) -> dict[str, float]:
        """The pre-activations that the preset stands for."""
        return PRESETS.get(_name(self.preset_index), {})


class CellStep(Explorable):
    """A `StepDrawing` with a slider for each of its numbers, and the presets.

    It starts, unless told otherwise, where the unit of `lstm_lib.example` has read
    `aa` and now reads `b`.

    Args:
        z_f: the pre-activation of the forget gate at first, in [−8, 8].
        z_i: that of the input gate, in [−8, 8].
        z_g: that of the candidate, in [−8, 8].
        z_o: that of the output gate, in [−8, 8].
        c: the old cell state c_{t−1}, in [−4, 4].

    Attributes:
        drawing: the `StepDrawing`; observe and set its traits.

    Raises:
        TypeError, ValueError: a number is none, or out of bounds.
    """

    def __init__(
        self,
        z_f: float = 3.0,
        z_i: float = 2.0,
        z_g: float = -2.0,
        z_o: float = 1.0,
        c: float = 1.658,
    ) -> None:
        self.drawing = StepDrawing(z_f=z_f, z_i=z_i, z_g=z_g, z_o=z_o, c=c)
        menu = ToggleButtons(
            options=[*PRESETS],
            value=None,
            description="make it",
            style={"button_width": "7em"},
        )
        jslink((menu, "index"), (self.drawing, "preset_index"))
        sliders = [_slider(self.drawing, name) for name in SLIDERS]
        now = step(BARE, [[z_i, z_f, z_g, z_o]], np.zeros((1, 1)), [[c]])
        super().__init__(
            [menu, self.drawing, HBox(sliders, layout=WRAP)],
            flow(now, c),
            "Where JavaScript runs, all five numbers can be changed.",
        )


def _slider(drawing: StepDrawing, name: str) -> FloatSlider:
    """A slider for a number of `drawing`."""
    slider = FloatSlider(
        getattr(drawing, name),
        description=SLIDERS[name],
        min=-REACH[name],
        max=REACH[name],
        step=0.002 if name == "c" else 0.1,  # JupyterLab rounds to steps
        readout_format=".3f" if name == "c" else ".1f",
        style={"description_width": "7em"},
    )
    jslink((slider, "value"), (drawing, name))
    return slider


def _name(index: int | None) -> str:
    """The name of the preset in this place of the menu."""
    return "own" if index is None else NAMES[index]
