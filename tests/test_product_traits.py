"""The product of gate and candidate as Python sees it: traits, refusals, controls."""

from itertools import product as pairs

import numpy as np
import pytest
from traitlets import TraitError

from lstm_lib.activations import ACTIVATIONS, relu, sigmoid, tanh
from lstm_lib.explorables import GateProduct, ProductDrawing
from lstm_lib.explorables.gate_product import reaches
from lstm_lib.figures import surface
from lstm_lib.figures.product import SCALE
from lstm_lib.product import reach


def test_names_and_places_of_the_functions_go_together():
    drawing = ProductDrawing(candidate="relu")
    assert (drawing.gate_index, drawing.candidate_index) == (0, 3)
    drawing.set_state({"gate_index": 5, "candidate_index": 2})
    assert (drawing.gate, drawing.candidate) == ("hard_sigmoid", "hard_tanh")
    drawing.gate = "identity"
    assert drawing.gate_index == 6


def test_observers_see_each_change():
    drawing, seen = ProductDrawing(), []
    drawing.observe(lambda change: seen.append((change["name"], change["new"])))
    drawing.set_state({"z_g": 0.5, "z_i": -2, "candidate_index": 3, "tied": True})
    for change in (("z_g", 0.5), ("candidate", "relu"), ("tied", True)):
        assert change in seen
    assert drawing.z_g == drawing.z_i


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        ("z_g", 6.05, ValueError, "z_g is 6.05; expected a number from −6 to 6"),
        ("z_i", -6.05, ValueError, "z_i is -6.05; expected a number from −6 to 6"),
        ("z_i", float("nan"), ValueError, "z_i is nan; expected a finite number"),
        ("z_g", "0", TraitError, "'z_g' trait .* expected a float"),
        ("gate", "softmax", TraitError, "'gate' trait .*'sigmoid'"),
        ("candidate", "none", TraitError, "'candidate' trait .*'sigmoid'"),
        ("gate_index", 7, TraitError, "gate_index"),
        ("candidate_index", -1, TraitError, "candidate_index"),
        ("tied", "yes", TraitError, "'tied' trait .* expected a boolean"),
        ("end", 8.0, TraitError, "end"),
        ("names", [], TraitError, "names"),
        ("colours", [], TraitError, "colours"),
        ("reaches", [], TraitError, "reaches"),
    ],
)
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = ProductDrawing()
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


@pytest.mark.parametrize(
    ("options", "error", "complaint"),
    [
        ({"z_i": 7}, ValueError, "z_i is 7; expected a number from −6 to 6"),
        ({"z_g": -9}, ValueError, "z_g is -9; expected a number from −6 to 6"),
        ({"gate": "step"}, TraitError, "'gate' trait"),
        ({"candidate": tanh}, TraitError, "'candidate' trait"),
        ({"tied": "yes"}, TraitError, "'tied' trait"),
    ],
)
def test_the_explorable_refuses(options, error, complaint):
    with pytest.raises(error, match=complaint):
        GateProduct(**options)


def test_both_ends_can_be_shown():
    drawing = ProductDrawing(z_g=-6, z_i=6)
    assert (drawing.z_g, drawing.z_i, drawing.end) == (-6, 6, 6)


def test_tied_each_follows_the_other():
    drawing = ProductDrawing(z_i=2, z_g=-3)
    drawing.z_i = 1
    assert drawing.z_g == -3, "free"
    drawing.tied = True
    assert (drawing.z_i, drawing.z_g) == (-3, -3), "z_i takes the value of z_g"
    drawing.z_i = 4
    assert drawing.z_g == 4
    drawing.z_g = -1
    assert drawing.z_i == -1
    with pytest.raises(ValueError, match="z_i is 7"):
        drawing.z_i = 7
    assert (drawing.z_i, drawing.z_g) == (-1, -1)
    drawing.tied = False
    drawing.z_i = 0
    assert drawing.z_g == -1


def test_what_starts_tied_is_where_z_g_is():
    shown = GateProduct(z_i=2, z_g=-3, tied=True)
    assert (shown.drawing.z_i, shown.drawing.z_g) == (-3, -3)
    sliders, (*_, tie) = (row.children for row in shown.children[:2])
    assert [slider.value for slider in sliders] == [-3, -3] and tie.value is True
    assert "Marked: z_g = −3 and z_i = −3" in shown.still.alt


def test_what_all_can_reach_travels_to_the_page():
    reaches.cache_clear()
    told = ProductDrawing().get_state()["reaches"]
    every = [*ACTIVATIONS.values()]
    for (j, gate), (k, candidate) in pairs(enumerate(every), enumerate(every)):
        for tied in (False, True):
            ends = zip(told[j][k][tied], reach(gate, candidate, tied), strict=True)
            for mine, known in ends:
                want = None if np.isinf(known) else round(known, 12)
                assert mine == want, (gate.name, candidate.name)
    known = ProductDrawing()
    known.reaches.clear()
    assert ProductDrawing().reaches == told, "each has its own"


def test_it_starts_as_it_is_told_to_and_its_controls_show_it():
    plain = GateProduct().drawing
    assert (plain.gate, plain.candidate) == ("sigmoid", "tanh")
    assert (plain.z_i, plain.z_g, plain.tied) == (1, -1, False)
    shown = GateProduct("relu", "identity", z_i=1.5, z_g=-2, tied=False)
    upper, lower, drawing = shown.children
    assert drawing is shown.drawing
    assert (drawing.gate, drawing.candidate) == ("relu", "identity")
    assert [row.layout.flex_flow for row in (upper, lower)] == ["row wrap"] * 2
    right, up = upper.children
    assert [(s.description, s.value) for s in (right, up)] == [
        ("z_g", -2),
        ("z_i", 1.5),
    ]
    assert {(s.min, s.max, s.step) for s in (right, up)} == {(-6, 6, 0.05)}
    *menus, tie = lower.children
    assert [(m.description, m.value) for m in menus] == [
        ("gate", "relu"), ("candidate", "identity"),
    ]  # fmt: skip
    assert [menu.options for menu in menus] == [(*ACTIVATIONS,)] * 2
    assert (tie.description, tie.value) == ("one z for both", False)
    assert tie.indent is False
    assert drawing.get_state()["colours"] == [*SCALE]


def test_it_comes_with_a_picture_of_what_it_shows():
    shown = GateProduct("sigmoid", "relu", z_i=2, z_g=0.5)
    assert shown.still.alt == surface(sigmoid, relu, at=(0.5, 2)).alt
    tied = GateProduct(z_g=0.5, tied=True)
    assert tied.still.alt == surface(sigmoid, tanh, at=(0.5, 0.5), diagonal=True).alt
    assert shown.sentence == (
        "Where JavaScript runs, the point can be moved, the functions changed and both"
        " inputs tied."
    )
