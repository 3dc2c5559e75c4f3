"""The view of what is left as Python sees it: traits, refusals, controls."""

import numpy as np
import pytest
from traitlets import TraitError

from lstm_lib.explorables import GradientScope, ScopeDrawing
from lstm_lib.figures import scope
from lstm_lib.scope import KINDS, drawn, inputs

START = {"bias": 0, "gain": 1, "horizon": 30, "s": 1, "t": 11}


def state(drawing):
    return {name: getattr(drawing, name) for name in START}


def test_it_starts_where_nearly_all_is_lost():
    drawing = ScopeDrawing()
    assert state(drawing) == START == state(GradientScope().drawing)
    assert (drawing.kind, drawing.kind_index) == ("LSTM", 0)
    assert (drawing.names, drawing.shown, drawing.units) == ([*KINDS], 24, 6)


def test_the_page_gets_the_networks_themselves():
    drawing = ScopeDrawing()
    words = drawing.weights.split(" ")
    own = drawn()
    assert len(words) == own.W.size + own.U.size + own.b.size
    each = np.array([int(word) for word in words]).reshape(10, -1) / 100
    for k in (0, 1, 9):
        wanted = np.concatenate([own.W[k].ravel(), own.U[k].ravel(), own.b[k].ravel()])
        np.testing.assert_array_equal(each[k], wanted)
    np.testing.assert_array_equal(drawing.x, inputs())


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_goes_by_its_name_and_its_place(kind):
    drawing = ScopeDrawing()
    drawing.kind = kind
    assert drawing.kind_index == KINDS.index(kind)
    other = ScopeDrawing()
    other.kind_index = KINDS.index(kind)
    assert other.kind == kind


def test_a_pair_stays_in_order():
    drawing = ScopeDrawing(s=5, t=9)
    drawing.s = 9
    assert (drawing.s, drawing.t) == (9, 9)
    drawing.s = 12
    assert (drawing.s, drawing.t) == (12, 12), "it takes t along"
    drawing.t = 7
    assert (drawing.s, drawing.t) == (7, 7), "and t takes s along"
    drawing.set_state({"s": 10, "t": 20})
    assert (drawing.s, drawing.t) == (10, 20), "both at once are as they are"
    drawing.set_state({"t": 3, "s": 2})
    assert (drawing.s, drawing.t) == (2, 3)


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        ("bias", 8.5, ValueError, "bias is 8.5; expected a number from −2 to 8"),
        ("bias", -2.5, ValueError, "bias is −2.5; expected a number from −2 to 8"),
        ("gain", 3.1, ValueError, "gain is 3.1; expected a number from 0 to 3"),
        ("gain", -0.1, ValueError, "gain is −0.1; expected a number from 0 to 3"),
        ("gain", float("nan"), ValueError, "gain is nan; expected a finite number"),
        ("bias", "1", TraitError, "'bias' trait .* expected a float"),
        ("horizon", 9, TraitError, "horizon"),
        ("horizon", 1001, TraitError, "horizon"),
        ("s", 0, TraitError, "'s' trait"),
        ("t", 25, TraitError, "'t' trait"),
        ("s", 1.5, TraitError, "'s' trait"),
        ("kind", "GRU", TraitError, "'kind' trait .*'LSTM'"),
        ("kind_index", 5, TraitError, "kind_index"),
        ("kind_index", -1, TraitError, "kind_index"),
        ("weights", "", TraitError, "weights"),
        ("x", [], TraitError, '"x" trait is read-only'),
        ("names", [], TraitError, "names"),
        ("units", 5, TraitError, "units"),
        ("shown", 5, TraitError, "shown"),
    ],
)
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = ScopeDrawing()
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


@pytest.mark.parametrize(
    "ends",
    [
        {"bias": -2, "gain": 0, "horizon": 10, "s": 1, "t": 1},
        {"bias": 8, "gain": 3, "horizon": 1000, "s": 24, "t": 24},
    ],
)
def test_the_bounds_themselves_can_be_shown(ends):
    assert state(ScopeDrawing(**ends)) == ends
    assert state(GradientScope(**ends).drawing) == ends


def test_it_starts_as_it_is_told_to_and_its_controls_show_it():
    told = GradientScope("ReLU-RNN", 2.5, 1.5, 200, 3, t=20)
    above, below, drawing = told.children
    assert drawing is told.drawing and drawing.kind == "ReLU-RNN"
    assert [*state(drawing).values()] == [2.5, 1.5, 200, 3, 20]
    menu, bias = above.children
    gain, far = below.children
    assert gain is not bias
    assert above.layout.flex_flow == below.layout.flex_flow == "row wrap"
    assert (menu.description, menu.value, menu.options) == (
        "network", "ReLU-RNN", KINDS,
    )  # fmt: skip
    for one, (name, value, low, high, step) in {
        bias: ("forget bias b", 2.5, -2, 8, 0.5),
        gain: ("gain of U", 1.5, 0, 3, 0.1),
        far: ("steps shown", 200, 10, 1000, 10),
    }.items():
        assert (one.description, one.value) == (name, value)
        assert (one.min, one.max, one.step) == (low, high, step)
    assert bias.readout_format == gain.readout_format == ".1f"


def test_it_refuses_what_is_out_of_bounds():
    with pytest.raises(ValueError, match="gain is 4; expected a number from 0 to 3"):
        GradientScope(gain=4)
    with pytest.raises(TraitError, match="'kind' trait"):
        GradientScope("GRU")


def test_it_comes_with_a_picture_of_what_it_shows():
    shown = GradientScope("tanh-RNN", 1, 2, s=4, t=9)
    assert shown.still.alt == scope("tanh-RNN", 1, 2, 4, 9).alt
    assert shown.sentence == (
        "Where JavaScript runs, the network can be changed, and any pair of states"
        " picked."
    )
