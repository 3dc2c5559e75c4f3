"""The step of a cell as Python sees it: traits, presets, refusals, controls."""

import numpy as np
import pytest
from traitlets import TraitError

from lstm_lib.cell import LSTM, step
from lstm_lib.explorables import CellStep, StepDrawing
from lstm_lib.explorables.cell_step import PRESETS
from lstm_lib.figures import flow

Z = ("z_f", "z_i", "z_g", "z_o")
START = {"z_f": 3, "z_i": 2, "z_g": -2, "z_o": 1, "c": 1.658}
BARE = LSTM(np.eye(4)[:, None], np.zeros((4, 1, 1)), np.zeros((4, 1)))


def state(drawing):
    return {name: getattr(drawing, name) for name in START}


def after(z_f, z_i, z_g, z_o, c):
    """The step from `c` with these pre-activations."""
    return step(BARE, [[z_i, z_f, z_g, z_o]], [[0]], [[c]])


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_sets_what_it_stands_for_and_leaves_the_rest(preset):
    drawing = StepDrawing(**START)
    drawing.preset = preset
    assert state(drawing) == START | PRESETS[preset]
    assert drawing.preset_index == [*PRESETS].index(preset)
    assert drawing.presets[drawing.preset_index] == PRESETS[preset]
    assert state(StepDrawing(**START, preset=preset)) == state(drawing)


@pytest.mark.parametrize(
    ("preset", "c", "h"),
    [
        ("keep", 1.658, None),
        ("erase", 0, 0),
        ("write +1", 1, None),
        ("write −1", -1, None),
        ("hide", 1.658, 0),
        ("show", 1.658, np.tanh(1.658)),
    ],
)
def test_a_preset_does_what_it_says(preset, c, h):
    now = after(**START | PRESETS[preset])
    assert now.c.item() == pytest.approx(c, abs=2e-3)
    if h is None:  # the output gate is left as it was
        h = after(**START).o.item() * np.tanh(c)
    assert now.h.item() == pytest.approx(h, abs=2e-3)


def test_another_number_is_ones_own():
    drawing = StepDrawing(**START, preset="write +1")
    drawing.c, drawing.z_o = 0, 5
    assert drawing.preset == "write +1", "of these it says nothing"
    drawing.z_g = 1
    assert (drawing.preset, drawing.preset_index) == ("own", None)
    drawing.preset = "keep"
    assert (drawing.z_f, drawing.z_i, drawing.z_g) == (8, -8, 1)
    before = state(drawing)
    drawing.preset = "own"
    assert drawing.preset_index is None and state(drawing) == before


def test_what_the_page_sends_is_heard():
    """The page tells of a preset and of its numbers, in whatever order."""
    drawing, seen = StepDrawing(**START, preset="erase"), []
    drawing.observe(lambda change: seen.append((change["name"], change["new"])))
    drawing.set_state({"z_f": 8.0, "z_i": -8.0, "preset_index": 0})
    assert (drawing.preset, drawing.z_f, drawing.z_i) == ("keep", 8, -8)
    assert ("preset", "keep") in seen and ("z_f", 8.0) in seen
    drawing.set_state({"preset_index": 2})
    assert (drawing.preset, drawing.z_g) == ("write +1", 4)
    drawing.set_state({"z_g": 0.5, "preset_index": None})
    assert (drawing.preset, drawing.z_g, drawing.z_i) == ("own", 0.5, 8)


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        *((z, 8.1, ValueError, f"{z} is 8.1; expected a number from −8 to 8")
          for z in Z),
        ("z_f", -8.1, ValueError, "z_f is -8.1; expected a number from −8 to 8"),
        ("c", 4.1, ValueError, "c is 4.1; expected a number from −4 to 4"),
        ("c", -4.1, ValueError, "c is -4.1; expected a number from −4 to 4"),
        ("z_g", float("nan"), ValueError, "z_g is nan; expected a finite number"),
        ("z_o", "1", TraitError, "'z_o' trait .* expected a float"),
        ("preset", "forget", TraitError, "'preset' trait .*'keep'"),
        ("preset_index", 6, TraitError, "preset_index"),
        ("preset_index", -1, TraitError, "preset_index"),
        ("presets", [], TraitError, "presets"),
    ],
)  # fmt: skip
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = StepDrawing(**START)
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


@pytest.mark.parametrize("sign", [-1, 1])
def test_the_bounds_themselves_can_be_shown(sign):
    ends = dict.fromkeys(Z, 8 * sign) | {"c": 4 * sign}
    assert state(StepDrawing(**ends)) == ends
    assert state(CellStep(**ends).drawing) == ends


def test_it_refuses_what_is_out_of_bounds():
    with pytest.raises(ValueError, match="c is 5; expected a number from −4 to 4"):
        CellStep(c=5)
    with pytest.raises(TraitError, match="'z_i' trait .* expected a float"):
        CellStep(z_i="open")


def test_it_starts_as_it_is_told_to_and_its_controls_show_it():
    assert state(CellStep().drawing) == START
    told = CellStep(-1, 0.5, 2, -3, c=0.25)
    menu, drawing, sliders = told.children
    assert drawing is told.drawing and drawing.preset == "own"
    assert [*state(drawing).values()] == [-1, 0.5, 2, -3, 0.25]
    assert menu.value is None and menu.options == (*PRESETS,)
    assert (sliders.layout.flex_flow, menu.style.button_width) == ("row wrap", "7em")
    assert {one.style.description_width for one in sliders.children} == {"7em"}
    formats = [one.readout_format for one in sliders.children]
    assert formats == [".1f"] * 4 + [".3f"]
    bounds = [(one.value, one.min, one.max, one.step) for one in sliders.children]
    assert bounds == [
        (-1, -8, 8, 0.1), (0.5, -8, 8, 0.1), (2, -8, 8, 0.1), (-3, -8, 8, 0.1),
        (0.25, -4, 4, 0.002),
    ]  # fmt: skip
    assert [one.description for one in (menu, *sliders.children)] == [
        "make it", "z_f forget", "z_i input", "z_g candidate", "z_o output",
        "old state c",
    ]  # fmt: skip


def test_it_comes_with_a_picture_of_what_it_shows():
    told = CellStep(-1, 0.5, 2, -3, c=0.25)
    assert told.still.alt == flow(after(-1, 0.5, 2, -3, 0.25), 0.25).alt
    assert told.sentence == "Where JavaScript runs, all five numbers can be changed."
