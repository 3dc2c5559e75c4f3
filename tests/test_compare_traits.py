"""The comparison of activations as Python sees it: traits, refusals, controls."""

import pytest
from traitlets import TraitError

from lstm_lib.activations import ACTIVATIONS
from lstm_lib.explorables import ActivationCompare, CompareDrawing
from lstm_lib.figures import compare

MENUS = ("first", "second", "third", "fourth")


def test_names_and_places_of_the_menus_go_together():
    drawing = CompareDrawing(second="relu", fourth="sigmoid")
    assert [getattr(drawing, f"{menu}_index") for menu in MENUS] == [0, 3, 0, 1]
    drawing.set_state({"first_index": 2, "third_index": 7, "fourth_index": 0})
    assert [getattr(drawing, menu) for menu in MENUS] == [
        "hard_tanh", "relu", "identity", "none",
    ]  # fmt: skip
    drawing.second = "hard_tanh"
    assert drawing.second_index == 2, "the same one twice is for the page to say"


def test_observers_see_each_change():
    drawing, seen = CompareDrawing(), []
    drawing.observe(lambda change: seen.append((change["name"], change["new"])))
    drawing.set_state({"mean": 0.5, "spread": 2, "third_index": 1})
    for change in (("mean", 0.5), ("spread", 2), ("third", "sigmoid")):
        assert change in seen


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        ("mean", 3.05, ValueError, "mean is 3.05; expected a number from −3 to 3"),
        ("mean", -3.05, ValueError, "mean is -3.05; expected a number from −3 to 3"),
        ("spread", 0.09, ValueError, "spread is 0.09; expected a number from 0.1 to 4"),
        ("spread", 5, ValueError, "spread is 5; expected a number from 0.1 to 4"),
        ("spread", float("nan"), ValueError, "spread is nan; expected a finite number"),
        ("mean", "0", TraitError, "'mean' trait .* expected a float"),
        ("first", "none", TraitError, "'first' trait .*'sigmoid'"),
        ("fourth", "softmax", TraitError, "'fourth' trait .*'none'"),
        ("second_index", 7, TraitError, "second_index"),
        ("third_index", 8, TraitError, "third_index"),
        ("names", [], TraitError, "names"),
        ("reach", 9.0, TraitError, "reach"),
        ("means", [0.0], TraitError, "means"),
    ],
)
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = CompareDrawing()
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


@pytest.mark.parametrize(("mean", "spread"), [(-3, 0.1), (3, 4)])
def test_the_bounds_themselves_can_be_shown(mean, spread):
    drawing = CompareDrawing(mean=mean, spread=spread)
    assert (drawing.mean, drawing.spread) == (mean, spread)


def test_four_can_be_compared():
    four = (*ACTIVATIONS,)[:4]
    drawing = ActivationCompare(*four).drawing
    assert (drawing.first, drawing.second, drawing.third, drawing.fourth) == four


@pytest.mark.parametrize(
    ("activations", "error", "complaint"),
    [
        ((), ValueError, "activations has 0 names; expected two to four"),
        (("tanh",), ValueError, "activations has 1 names; expected two to four"),
        ((*ACTIVATIONS,)[:5], ValueError, "activations has 5 names; expected two to"),
        (("tanh", "relu", "tanh"), ValueError, "'tanh'.*; expected different names"),
        (
            ("tanh", "none"),
            ValueError,
            "has 'none'; expected names of sigmoid, tanh",
        ),
        ((ACTIVATIONS["tanh"], "relu"), TypeError, "activations is of type Activation"),
    ],
)
def test_a_comparison_refuses(activations, error, complaint):
    with pytest.raises(error, match=complaint):
        ActivationCompare(*activations)


def test_a_comparison_refuses_an_input_out_of_sight():
    with pytest.raises(ValueError, match="mean is 4; expected a number from −3 to 3"):
        ActivationCompare("tanh", "relu", mean=4)
    with pytest.raises(ValueError, match="spread is 0; expected a number from 0.1"):
        ActivationCompare("tanh", "relu", spread=0)


def test_it_starts_as_it_is_told_to_and_its_controls_show_it():
    told = ActivationCompare("tanh", "relu", "identity", mean=1.5, spread=0.4)
    mean, spread, drawing, upper, lower = told.children
    assert drawing is told.drawing
    assert (drawing.mean, drawing.spread) == (1.5, 0.4)
    names = ["tanh", "relu", "identity", "none"]
    assert [getattr(drawing, menu) for menu in MENUS] == names
    menus = (*upper.children, *lower.children)
    assert [menu.value for menu in menus] == names
    assert tuple(menu.description for menu in menus) == MENUS
    bounds = [(s.value, s.min, s.max, s.step) for s in (mean, spread)]
    assert bounds == [(1.5, -3, 3, 0.05), (0.4, 0.1, 4, 0.1)]
    assert (mean.description, spread.description) == ("mean", "spread")
    plain = ActivationCompare(*ACTIVATIONS.keys() & {"tanh", "relu"}).drawing
    assert (plain.mean, plain.spread, plain.third, plain.fourth) == (
        0, 1, "none", "none",
    )  # fmt: skip


def test_it_comes_with_a_picture_of_what_it_shows():
    told = ActivationCompare("tanh", "relu", mean=2, spread=0.5)
    functions = [ACTIVATIONS[name] for name in ("tanh", "relu")]
    assert told.still.alt == compare(functions, 2, 0.5).alt
    assert told.sentence == (
        "Where JavaScript runs, the input can be moved and the functions changed."
    )
