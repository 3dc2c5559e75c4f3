"""The counter that loses count as Python sees it: traits, refusals, controls."""

import math

import pytest
from traitlets import TraitError

from lstm_lib.explorables import AutopsyDrawing, CounterAutopsy
from lstm_lib.figures import autopsy


def test_n_and_its_power_go_together():
    drawing = AutopsyDrawing()
    assert (drawing.strength, drawing.n) == (10, 150)
    assert drawing.power == 2.18
    drawing.n = 1
    assert drawing.power == 0
    drawing.n = 100_000
    assert drawing.power == 5
    for power, n in ((2.18, 151), (0.17, 1), (0.18, 2), (4.99, 97_724), (0, 1)):
        drawing.power = power
        assert (drawing.n, drawing.power) == (n, power), "it stays where it is put"


def test_every_n_can_be_set():
    drawing = AutopsyDrawing(n=7)
    assert drawing.power == 0.85
    for n in (*range(1, 1001), 9_999, 54_321, 99_999, 100_000):
        drawing.n = n
        assert drawing.n == n
        near = pytest.approx(math.log10(n), abs=0.005)
        assert drawing.power == near or round(10**drawing.power) == n


def test_a_slider_that_rounds_leaves_n_alone():
    """JupyterLab writes back what its slider has made of the power."""
    drawing = AutopsyDrawing(n=150)
    for power in (2.18, 2.1800000000000002, 2.1711, 2.181):
        drawing.power = power
        assert (drawing.n, drawing.power) == (150, power)
    drawing.power = 2.17
    assert drawing.n == 148
    drawing.power = 2.18
    assert drawing.n == 151


def test_what_the_page_sends_is_heard():
    drawing, seen = AutopsyDrawing(), []
    drawing.observe(lambda change: seen.append((change["name"], change["new"])))
    drawing.set_state({"strength": 12.5, "n": 300, "power": 2.48})
    assert ("strength", 12.5) in seen and ("n", 300) in seen
    drawing.set_state({"power": 1.0})
    assert ("n", 10) in seen and drawing.n == 10


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        ("strength", 0.9, ValueError, "^strength is 0.9; expected .* from 1 to 20$"),
        ("strength", 20.1, ValueError, "^strength is 20.1; expected .* from 1 to 20$"),
        ("strength", math.nan, ValueError, "strength is nan; expected a finite number"),
        ("strength", "9", TraitError, "'strength' trait .* expected a float"),
        ("n", 0, ValueError, "^n is 0; expected an integer ≥ 1$"),
        ("n", 100_001, ValueError, "^n is 100001; expected .* from 1 to 100000$"),
        ("n", True, TypeError, "^n is True; expected an integer$"),
        ("n", 2.5, TraitError, "'n' trait .* expected an int"),
        ("power", -0.01, TraitError, "'power' trait"),
        ("power", 5.01, TraitError, "'power' trait"),
        ("power", math.nan, ValueError, "power is nan; expected a finite number"),
        ("strengths", [1.0, 2.0], TraitError, "strengths"),
        ("step", 1.0, TraitError, "step"),
        ("most", 5, TraitError, "most"),
    ],
)
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = AutopsyDrawing()
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


@pytest.mark.parametrize(("strength", "n"), [(1, 1), (20, 100_000)])
def test_the_bounds_themselves_can_be_shown(strength, n):
    drawing = CounterAutopsy(strength, n).drawing
    assert (drawing.strength, drawing.n) == (strength, n)


def test_the_page_learns_the_bounds():
    state = AutopsyDrawing().get_state()
    assert state["strengths"] == [1, 20]
    assert (state["step"], state["most"]) == (0.5, 100_000)


def test_it_refuses_what_is_out_of_bounds():
    with pytest.raises(ValueError, match="strength is 21; expected a number from 1"):
        CounterAutopsy(strength=21)
    with pytest.raises(TraitError, match="'n' trait .* expected an int"):
        CounterAutopsy(n="many")


def test_its_controls_show_it():
    shown = CounterAutopsy(8.5, n=40)
    controls, drawing = shown.children
    assert drawing is shown.drawing and (drawing.strength, drawing.n) == (8.5, 40)
    assert controls.layout.flex_flow == "row wrap"
    hard, far = controls.children
    assert (hard.description, hard.value, hard.readout_format) == (
        "strength B", 8.5, ".1f",
    )  # fmt: skip
    assert (hard.min, hard.max, hard.step) == (1, 20, 0.5)
    assert (far.description, far.value) == ("log₁₀ n", 1.6)
    assert (far.min, far.max, far.step) == (0, 5, 0.01)


def test_it_starts_where_it_just_fails():
    drawing = CounterAutopsy().drawing
    assert (drawing.strength, drawing.n) == (10, 150)


def test_it_comes_with_a_picture_of_what_it_shows():
    shown = CounterAutopsy(6, n=20)
    assert shown.still.alt == autopsy(6, 20).alt
    assert shown.sentence == (
        "Where JavaScript runs, B and n can be changed, and the point moved."
    )
