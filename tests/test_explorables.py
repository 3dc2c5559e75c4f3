"""Explorables as Python sees them: traits, refusals, what travels to the page."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from ipywidgets import FloatSlider, Label, VBox
from traitlets import TraitError

from lstm_lib.activations import ACTIVATIONS, identity, leaky, relu
from lstm_lib.explorables import ActivationExplorer, Drawing, Explorable
from lstm_lib.explorables.activation_explorer import ActivationDrawing
from lstm_lib.explorables.esm import join
from lstm_lib.figures import curves

STILL = curves(ACTIVATIONS["tanh"], "A title")
SENTENCE = "Some four words here."
VIEW = "application/vnd.jupyter.widget-view+json"


# Modules joined into one.


def test_join_puts_what_is_imported_first_and_once(tmp_path):
    (tmp_path / "a.js").write_text("export const a = 1;\n")
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport class b {}\n')
    (tmp_path / "c.js").write_text(
        'import { a } from "./a.js";\nimport {\n  b,\n} from "./b.js";\n'
        "export function c() {}\nexport default { c };\n"
    )
    assert join(tmp_path / "c.js") == (
        "const a = 1;\nclass b {}\nexport function c() {}\nexport default { c };\n"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('import a from "./a.js";\n', "c.js has 'import a from \"./a.js\";'; expected"),
        ('import { a } from "b";\n', "expected import { name } from"),
        ('const b = await import("./a.js");\n', "c.js has 'import("),
        ('import { z, a, y } from "./a.js";\n', "c.js imports y, z, which a.js does"),
        ('import { a } from "./a.js";\nlet a = 2;\n', "a.js and c.js both declare a"),
        ("const end = '</script>';\n", "c.js has '</script', which would end"),
        ("// <!-- no\n", "c.js has '<!--', which would end"),
    ],
)
def test_join_refuses_what_it_does_not_understand(text, complaint, tmp_path):
    (tmp_path / "a.js").write_text("export const a = 1;\nfunction b() {}\n")
    (tmp_path / "c.js").write_text(text)
    with pytest.raises(ValueError) as refusal:
        join(tmp_path / "c.js")
    assert complaint in str(refusal.value)


# Drawings.


def test_a_drawing_is_drawn_by_the_module_beside_it(tmp_path, monkeypatch):
    (tmp_path / "mine.py").write_text(
        "from lstm_lib.explorables import Drawing\nclass Mine(Drawing): pass\n"
    )
    (tmp_path / "mine.js").write_text("export default { render() {} };\n")
    monkeypatch.syspath_prepend(tmp_path)
    mine = import_module("mine")
    del sys.modules["mine"]
    state = mine.Mine().get_state()
    assert state["_esm"] == (tmp_path / "mine.js").read_text()
    assert state["_anywidget_id"] == "mine.Mine"


def test_a_drawing_may_bring_its_own_text():
    class Own(Drawing):
        _esm = "export default {};"

    assert Own().get_state()["_esm"] == "export default {};"


def test_names_and_places_of_a_choice_go_together():
    drawing = ActivationDrawing(activation="relu", other="tanh")
    assert (drawing.activation_index, drawing.other_index) == (3, 2)
    drawing.activation_index, drawing.other_index = 1, 0
    assert (drawing.activation, drawing.other) == ("tanh", "none")
    drawing.activation, drawing.other = "identity", "sigmoid"
    assert (drawing.activation_index, drawing.other_index) == (6, 1)


def test_observers_see_each_change():
    drawing, seen = ActivationDrawing(), []
    drawing.observe(lambda change: seen.append((change["name"], change["new"])))
    drawing.z = -2
    drawing.set_state({"activation_index": 2, "z": 0.5})  # as the page does
    assert ("z", -2.0) in seen and ("z", 0.5) in seen
    assert ("activation", "hard_tanh") in seen


@pytest.mark.parametrize(
    ("trait", "value", "error", "complaint"),
    [
        ("z", 8.5, ValueError, "z is 8.5; expected a number from −8 to 8"),
        ("z", float("nan"), ValueError, "z is nan; expected a finite number"),
        ("z", "2", TraitError, "'z' trait .* expected a float"),
        ("leak", 2.01, ValueError, "leak is 2.01; expected a number from −1 to 2"),
        ("leak", -1.01, ValueError, "leak is -1.01; expected a number from −1 to 2"),
        ("leak", float("nan"), ValueError, "leak is nan; expected a finite number"),
        ("leak", "1", TraitError, "'leak' trait .* expected a float"),
        ("leaks", [0.0, 1.0], TraitError, "leaks"),
        ("activation", "softmax", TraitError, "'activation' trait .*'sigmoid'"),
        ("other", None, TraitError, "'other' trait .*'none'"),
        ("activation_index", -1, TraitError, "activation_index"),
        ("activation_index", 7, TraitError, "activation_index"),
        ("other_index", 8, TraitError, "other_index"),
        ("reach", 9.0, TraitError, "reach"),
        ("names", [], TraitError, "names"),
        ("parts", [], TraitError, "parts"),
        ("parts", ["curve"], TraitError, "parts"),
    ],
)
def test_a_drawing_refuses_what_it_cannot_show(trait, value, error, complaint):
    drawing = ActivationDrawing()
    before = drawing.get_state()
    with pytest.raises(error, match=complaint):
        setattr(drawing, trait, value)
    assert drawing.get_state() == before


def test_the_slope_of_leaky_relu_may_be_set_and_left():
    drawing = ActivationDrawing()
    assert drawing.leak is None
    for leak in (-1, 0, 0.3, 1, 2, None):
        drawing.leak = leak
        assert drawing.leak == drawing.get_state()["leak"] == leak
    assert ActivationDrawing(leak=0.5).leak == 0.5
    assert drawing.get_state()["leaks"] == [-1, 2]


# Explorables.


def test_an_explorable_travels_as_view_picture_and_words():
    explorable = Explorable([Label("a")], STILL, "At z = -1  it\nis shown.")
    data, sizes = explorable._repr_mimebundle_()
    assert data[VIEW]["model_id"] == explorable.model_id
    assert data["image/svg+xml"] == STILL.svg
    assert data["text/plain"] == f"{STILL.alt}\nAt z = −1 it is shown."
    assert sizes["image/svg+xml"] == {"width": 499, "height": 480}
    assert explorable.get_state()["_model_name"] == "VBoxModel"


@pytest.mark.parametrize(
    ("children", "still", "sentence", "error", "complaint"),
    [
        (["a"], STILL, SENTENCE, TypeError, "children is of type str; expected Widget"),
        ([], "a.svg", SENTENCE, TypeError, "still is of type str; expected Picture"),
        ([], STILL, 4, TypeError, "sentence is of type int; expected str"),
        ([], STILL, "Just three words", ValueError, "'Just three words'; expected a s"),
    ],
)
def test_an_explorable_refuses(children, still, sentence, error, complaint):
    with pytest.raises(error, match=complaint):
        Explorable(children, still, sentence)


def test_four_words_are_a_sentence():
    assert Explorable([], STILL, SENTENCE).sentence == SENTENCE


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_explorer_comes_with_a_picture_of_what_it_shows(name):
    f = ACTIVATIONS[name]
    explorer = ActivationExplorer(name, z=2)
    assert explorer.still.alt == curves(f, "x", at=2).alt
    assert f"Marked is z = 2, where the value is {f(2):#.4g}," in explorer.still.alt
    both = ActivationExplorer("sigmoid", other=name, z=-1.5)
    assert f"In dashes {name}" in both.still.alt
    title = both.still.axes[0].get_title(loc="left")
    assert title == f"sigmoid and {name} at z = −1.5"
    assert both.sentence == (
        "Where JavaScript runs, the point can be moved and the functions changed."
    )


def test_the_longest_title_fits_its_picture():
    explorer = ActivationExplorer("hard_sigmoid", "leaky_relu", z=-2.05, leak=-0.35)
    explorer.still.draw_without_rendering()
    left = explorer.still.axes[0]._left_title.get_window_extent()
    assert left.x1 < explorer.still.bbox.x1


def test_the_explorer_starts_as_it_is_told_to():
    plain = ActivationExplorer().drawing
    assert (plain.activation, plain.other, plain.z) == ("sigmoid", "none", 1)
    told = ActivationExplorer("tanh", other="relu", z=-3).drawing
    assert (told.activation, told.other, told.z) == ("tanh", "relu", -3)


def test_the_controls_of_the_explorer_show_its_drawing():
    explorer = ActivationExplorer("tanh", other="relu", z=-3)
    drawing, slider, menus = explorer.children
    assert drawing is explorer.drawing
    assert (slider.value, slider.min, slider.max, slider.step) == (-3, -8, 8, 0.05)
    assert [menu.value for menu in menus.children] == ["tanh", "relu"]
    controls = (slider, *menus.children)
    assert [c.description for c in controls] == ["z", "function", "laid over"]


def test_a_slope_that_is_asked_for_gets_a_slider():
    explorer = ActivationExplorer("leaky_relu", z=-2, leak=0.1)
    drawing, z, k, menus = explorer.children
    assert drawing.leak == 0.1 and drawing.activation == "leaky_relu"
    assert (z.description, z.value, k.description) == ("z", -2, "k")
    assert (k.value, k.min, k.max, k.step) == (0.1, -1, 2, 0.01)
    assert [menu.value for menu in menus.children] == ["leaky_relu", "none"]
    assert explorer.sentence == (
        "Where JavaScript runs, the point can be moved and the functions and k changed."
    )


@pytest.mark.no_cover
@pytest.mark.parametrize("k", [-1, 0, 0.1, 1, 2])
def test_the_picture_of_a_leaky_relu_tells_its_slope(k):
    f = {0: relu, 1: identity}.get(k) or leaky(k)
    still = ActivationExplorer("leaky_relu", z=-2, leak=k).still
    shown = curves(f, "x", at=-2).alt
    name = f"leaky({k})".replace("-", "−")
    assert still.alt == shown.replace(f.name.replace("-", "−"), name)
    title = still.axes[0].get_title(loc="left")
    name = f"leaky({k})".replace("-", "−")
    assert title == f"{name} at z = −2"
    over = ActivationExplorer("tanh", "leaky_relu", leak=k).still
    assert f"In dashes {name}." in over.alt
    plain = ActivationExplorer("tanh", leak=k).still
    assert plain.alt == ActivationExplorer("tanh").still.alt


def test_explorables_are_ordinary_widgets():
    explorer = ActivationExplorer()
    box = VBox([FloatSlider(), explorer])
    assert explorer in box.children


def test_the_library_finds_all_its_modules():
    """Every drawing of the library has its JavaScript, and it is installed."""
    folder = Path(sys.modules["lstm_lib.explorables"].__file__).parent
    for file in folder.glob("*.js"):
        assert join(file)
