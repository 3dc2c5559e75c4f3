"""The explorables in JupyterLab, where page and Python move the same picture."""

import re
from functools import partial

import nbformat
import numpy as np
import pytest
from book_site import extension
from lab import becomes, lab_opened, trust
from live import center, numbers, parts
from live_notebook import notebook

from lstm_lib.activations import ACTIVATIONS
from lstm_lib.cell import LSTM, step
from lstm_lib.drift import reached, walk
from lstm_lib.explorables.tape import EXAMPLES
from lstm_lib.handmade import HANDMADE, simulate
from lstm_lib.outputs import summary
from lstm_lib.product import product
from lstm_lib.scope import left

refresh = extension("refresh")
BARE = LSTM(np.eye(4)[:, None], np.zeros((4, 1, 1)), np.zeros((4, 1)))
STORED = [
    path
    for path in refresh.notebooks()
    if refresh.EXPLORABLES in nbformat.read(path, 4).metadata
]
BROKEN = ".jupyter-widgets-error-widget"
START = """
from lstm_lib.explorables import ActivationExplorer

explorer = ActivationExplorer("sigmoid")
drawing, seen, names = explorer.drawing, [], ["z", "activation", "other"]
drawing.observe(lambda change: seen.append([change.name, change.new]), names)
explorer
"""
TELL = "[[getattr(drawing, n) for n in names], seen]"
OWN = """
from ipywidgets import FloatSlider, HBox, jslink
from lstm_lib.activations import tanh
from lstm_lib.explorables import ActivationExplorer, Explorable
from lstm_lib.figures import curves

gate, candidate = (ActivationExplorer(name).drawing for name in ("sigmoid", "tanh"))
both = FloatSlider(0, min=-4, max=4, step=0.5, description="both")
for drawing in (gate, candidate):
    jslink((both, "value"), (drawing, "z"))
Explorable([both, HBox([gate, candidate])], curves(tanh, "Two"), "Four words at least.")
"""
COMPARE = """
from lstm_lib.explorables import ActivationCompare

comparison = ActivationCompare("sigmoid", "tanh", "relu", mean=1)
drawing, names = comparison.drawing, ["mean", "spread", "third", "fourth"]
comparison
"""
STEP = """
from lstm_lib.explorables import CellStep

stepping = CellStep()
drawing, names = stepping.drawing, ["preset", "z_f", "z_i", "z_g", "z_o", "c"]
stepping
"""
AUTOPSY = """
from lstm_lib.explorables import CounterAutopsy

dissected = CounterAutopsy()
drawing, names = dissected.drawing, ["strength", "n"]
dissected
"""
PUZZLE = """
from lstm_lib.explorables import CellPuzzle

puzzle = CellPuzzle()
drawing, names = puzzle.drawing, ["puzzle", "weights"]
puzzle
"""
PRODUCT = """
from lstm_lib.explorables import GateProduct

shown = GateProduct()
drawing = shown.drawing
names = ["z_g", "z_i", "gate", "candidate", "tied"]
shown
"""
TAPE = """
from lstm_lib.explorables import Tape

shown = Tape("quote", 'a “b” "c', 4)
drawing, names = shown.drawing, ["cell", "text", "strength", "place"]
shown
"""
BAR = """
from lstm_lib.progress import bar
counter = iter(bar(8))
next(counter)
"""
SCOPE = """
from lstm_lib.explorables import GradientScope

shown = GradientScope()
drawing = shown.drawing
names = ["kind", "bias", "gain", "horizon", "s", "t"]
shown
"""
TELL_TRAITS = "[getattr(drawing, n) for n in names]"
TELL_OWN = "[both.value, gate.z, candidate.z]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where JupyterLab keeps all its files."""
    made = tmp_path_factory.mktemp("lab")
    (made / "notebooks").mkdir()
    return made


@pytest.fixture(scope="module")
def lab(browser, folder):
    with lab_opened(browser, folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def scratch(lab, folder):
    """JupyterLab with a new notebook on show."""
    path = folder / "notebooks/new.ipynb"
    nbformat.write(refresh.normal(notebook()), path)
    with lab.opened(path):
        yield lab


@pytest.fixture
def fresh(scratch):
    """The same without cells: what earlier tests have shown is drawn no more."""
    scratch.clear()
    return scratch


@pytest.fixture
def explorer(fresh):
    """An explorable that a cell shows, and what Python tells of it."""
    shown, told = fresh.add(START).output, partial(fresh.ask, TELL)
    shown.locator("data").first.wait_for()
    return shown, told


def values(place):
    """{name: number} of all numbers on show, with all their digits."""
    return {name: value for name, (value, _) in numbers(place).items()}


def expected(z, *names):
    """The numbers that a drawing of these activations shows at `z`."""
    found = {"z": z}
    for name in names:
        shown = parts(ACTIVATIONS[name]).items()
        found |= {f"{name} {part}": float(at(z)) for part, at in shown}
    return pytest.approx(found)


def settles(look, wanted):
    assert becomes(look, wanted) == wanted


def point(place):
    """The point in a drawing."""
    return place.locator("svg [role=slider]")


def slider(place):
    """The handle of a slider of ipywidgets."""
    return place.locator(".noUi-handle")


def check_unrun(lab, path, trusted):
    """Each picture is there, or its words where it may not be shown; no complaint."""
    with lab.opened(path):
        for index, cell in enumerate(nbformat.read(path, 4).cells):
            for output in cell.get("outputs", []):
                if "image/svg+xml" in output.get("data", {}):
                    words = output.data["text/plain"].splitlines()[-1]
                    place = lab.cell(index).output
                    picture = place.locator("img, data").or_(place.locator(BROKEN))
                    seen = picture.first if trusted else place.get_by_text(words)
                    seen.wait_for(state="attached")
                    seen.scroll_into_view_if_needed()
                    assert seen.is_visible()
                    assert not place.locator(BROKEN).count(), words
        assert not lab.page.get_by_text("Error displaying widget").count()


def stored(path):
    """The cells of a notebook that show explorables, as they are stored."""
    return [
        cell
        for cell in nbformat.read(path, 4).cells
        for output in cell.get("outputs", [])
        if refresh.EXPLORABLES in output.get("metadata", {})
    ]


def test_before_a_run(lab, folder):
    """Who opens a notebook of the book finds a picture in the place of each explorable.

    What is shown of a cell before it runs hangs on its outputs alone, so that the cells
    of all notebooks are looked at in one.
    """
    whole = nbformat.read(STORED[0], 4)
    whole.cells = [cell for path in STORED for cell in stored(path)]
    assert len(whole.cells) >= len(STORED)
    for number, cell in enumerate(whole.cells):
        cell.id = f"cell-{number}"
    path = folder / "notebooks/stored.ipynb"
    nbformat.write(whole, path)
    trust(path, folder)
    check_unrun(lab, path, trusted=True)


def test_before_a_run_untrusted(lab, folder):
    """Where nobody has trusted the notebook, words stand in the place of pictures."""
    unsigned = nbformat.read(STORED[0], 4)
    unsigned.cells = [cell for cell in unsigned.cells if cell.cell_type == "code"]
    path = folder / "notebooks/unsigned.ipynb"
    nbformat.write(unsigned, path)
    check_unrun(lab, path, trusted=False)


def test_hands_reach_python(explorer):
    """Keys on the slider, the mouse on the point and both menus."""
    shown, told = explorer
    mouse, keys = shown.page.mouse, shown.page.keyboard
    assert told() == [[1.0, "sigmoid", "none"], []]
    for _ in range(3):
        slider(shown).press("PageUp")
    settles(lambda: values(shown), expected(1.75, "sigmoid"))
    settles(lambda: told()[0], [values(shown)["z"], "sigmoid", "none"])

    point(shown).hover()
    x, y = center(point(shown))
    mouse.down()
    mouse.move(x + 100, y + 20, steps=4)
    mouse.up()
    assert center(point(shown))[0] == pytest.approx(x + 100, abs=2)
    dragged = values(shown)["z"]
    assert 2 < dragged < 8
    keys.press("ArrowRight")
    z = pytest.approx(dragged + 0.05)
    settles(lambda: told()[0], [z, "sigmoid", "none"])

    shown.get_by_label("function").select_option("tanh")
    shown.get_by_label("laid over").select_option("relu")
    settles(lambda: values(shown), expected(dragged + 0.05, "tanh", "relu"))
    settles(lambda: told()[0], [z, "tanh", "relu"])
    seen = told()[1]
    assert {name for name, _ in seen[:-2]} == {"z"}
    assert seen[0][1] < dragged
    assert seen[-3:] == [["z", z], ["activation", "tanh"], ["other", "relu"]]


def test_python_moves_the_picture(fresh, explorer):
    """What a cell sets, the page shows: numbers, point, slider and menu."""
    shown, told = explorer
    places = {}
    for z in (0, 2, -3.5):
        fresh.add(f"drawing.z = {z}")
        settles(lambda z=z: values(shown), expected(z, "sigmoid"))
        moved = point(shown).get_attribute("transform")
        places[z] = [float(n) for n in re.findall(r"[-\d.]+", moved)]
    (x0, y0), (x1, y1), (x2, y2) = places.values()
    f0, f1, f2 = map(ACTIVATIONS["sigmoid"], places)
    assert (x2 - x0) / (x1 - x0) == pytest.approx(-3.5 / 2)
    assert (y2 - y0) / (y1 - y0) == pytest.approx((f2 - f0) / (f1 - f0))
    assert y1 < y0
    settles(shown.locator(".widget-readout").inner_text, "−3.50")
    assert float(slider(shown).get_attribute("aria-valuenow")) == -3.5
    fresh.add("drawing.activation = 'relu'")
    settles(lambda: values(shown), expected(-3.5, "relu"))
    settles(shown.get_by_label("function").input_value, "relu")
    assert told()[0] == [-3.5, "relu", "none"]


def test_the_slope_of_leaky_relu(fresh):
    """Its slider reaches Python, and Python the slider and the numbers."""
    start = START.replace('"sigmoid"', '"leaky_relu", z=-2, leak=0.1')
    shown = fresh.add(start).output
    shown.locator("data").first.wait_for()
    handle = slider(shown).last
    handle.press("ArrowRight")
    settles(lambda: values(shown).get("leaky(0.11) value"), pytest.approx(-0.22))
    settles(partial(fresh.ask, "drawing.leak"), pytest.approx(0.11))
    fresh.add("drawing.leak = -1")
    settles(lambda: values(shown).get("leaky(−1) value"), 2)
    assert float(handle.get_attribute("aria-valuenow")) == -1
    fresh.add("drawing.leak = 1")
    settles(lambda: values(shown).get("leaky(1) slope"), 1)


def averages(mean, spread, *functions):
    """The numbers that a comparison of these activations shows."""
    found = {"mean": mean, "spread": spread}
    for name in functions:
        one = summary(ACTIVATIONS[name], mean, spread)
        found |= {f"{name} {part}": getattr(one, part) for part in ("mean", "spread")}
        found[f"{name} dead"] = one.dead
        found |= {f"{name} at {value:g}": share for value, share in one.spikes}
    return pytest.approx(found)


def test_a_comparison(fresh):
    """Mouse, keys and menus reach Python, and what Python sets is shown."""
    shown, told = fresh.add(COMPARE).output, partial(fresh.ask, TELL_TRAITS)
    shown.locator("data").first.wait_for()
    three = ("sigmoid", "tanh", "relu")
    settles(lambda: values(shown), averages(1, 1, *three))

    slider(shown).last.press("PageUp")
    settles(told, [1, pytest.approx(1.5), "relu", "none"])
    settles(lambda: values(shown), averages(1, 1.5, *three))
    point(shown).hover()
    x, y = center(point(shown))
    shown.page.mouse.down()
    shown.page.mouse.move(x - 30, y + 20, steps=4)
    shown.page.mouse.up()
    mean = values(shown)["mean"]
    assert -3 < mean < 1
    shown.page.keyboard.press("ArrowLeft")
    shown.get_by_label("third").select_option("none")
    shown.get_by_label("fourth").select_option("hard_tanh")
    wanted = [pytest.approx(mean - 0.05), pytest.approx(1.5), "none", "hard_tanh"]
    settles(told, wanted)
    settles(lambda: values(shown), averages(mean - 0.05, 1.5, *three[:2], "hard_tanh"))

    fresh.add("drawing.mean, drawing.spread, drawing.first = 0, 3, 'relu'")
    settles(lambda: values(shown), averages(0, 3, "relu", "tanh", "hard_tanh"))
    settles(shown.get_by_label("first").input_value, "relu")


def test_a_step(fresh):
    """A preset and a slider reach Python, and what Python sets is shown."""
    shown, told = fresh.add(STEP).output, partial(fresh.ask, TELL_TRAITS)
    shown.locator("data").first.wait_for()
    pressed = shown.locator(".widget-toggle-buttons .mod-active")

    def tells(preset, *given):
        """What Python tells, and the numbers on show."""
        z_f, z_i, z_g, z_o, c = given
        found = step(BARE, [[z_i, z_f, z_g, z_o]], [[0]], [[c]])
        kept, added, tanh = found.f * c, found.i * found.g, np.tanh(found.c)
        now = {name: getattr(found, name) for name in "figoch"}
        now |= {"before": c, "kept": kept, "added": added, "shown": tanh}
        settles(told, [preset, *map(pytest.approx, given)])
        numbered = {name: np.squeeze(value).item() for name, value in now.items()}
        settles(lambda: values(shown), pytest.approx(numbered))
        settles(pressed.all_inner_texts, [preset] if preset != "own" else [])

    tells("own", 3, 2, -2, 1, 1.658)
    shown.get_by_role("button", name="write +1").click()
    tells("write +1", -8, 8, 4, 1, 1.658)
    slider(shown).nth(1).press("ArrowLeft")
    tells("own", -8, 7.9, 4, 1, 1.658)
    fresh.add("drawing.preset, drawing.c = 'hide', -2")
    tells("hide", 8, -8, 4, -8, -2)
    fresh.add("drawing.z_f = 0")
    tells("own", 0, -8, 4, -8, -2)
    fresh.add("drawing.preset = 'erase'")
    tells("erase", -8, -8, 4, -8, -2)


def test_an_autopsy(fresh):
    """Keys, the mouse and both sliders reach Python, and what Python sets is shown."""
    shown, told = fresh.add(AUTOPSY).output, partial(fresh.ask, TELL_TRAITS)
    shown.locator("data").first.wait_for()

    def tells(strength, n):
        """What Python tells, and the numbers on show."""
        settles(told, [pytest.approx(strength), n])
        names = ("B", "n", "drift computed", "reach computed")
        wanted = strength, n, walk(strength, n, n)[-1], reached(strength)
        settles(lambda: [values(shown)[name] for name in names], pytest.approx(wanted))

    tells(10, 150)
    point(shown).press("PageUp")
    shown.page.keyboard.press("ArrowUp")
    shown.page.keyboard.press("ArrowRight")
    tells(10.5, 1501)
    slider(shown).first.press("ArrowRight")
    tells(11, 1501)
    fresh.add("drawing.n = 1000")
    settles(lambda: float(slider(shown).last.get_attribute("aria-valuenow")), 3)
    slider(shown).last.press("ArrowRight")
    tells(11, 1023)
    point(shown).hover()
    x, y = center(point(shown))
    shown.page.mouse.down()
    shown.page.mouse.move(x - 60, y + 40, steps=4)
    shown.page.mouse.up()
    found = values(shown)
    assert found["B"] < 11 and found["n"] < 1023
    tells(found["B"], int(found["n"]))
    fresh.add("drawing.strength, drawing.n = 20, 54321")
    tells(20, 54321)


def test_a_puzzle(fresh):
    """Weights and the puzzle chosen reach Python, and what Python sets is shown."""
    shown, told = fresh.add(PUZZLE).output, partial(fresh.ask, TELL_TRAITS)
    shown.locator("data").first.wait_for()
    pressed = shown.locator(".widget-toggle-buttons .mod-active")
    verdict = shown.get_by_role("group", name="Verdict")

    def tells(puzzle, weights, words):
        settles(told, [puzzle, weights])
        settles(pressed.all_inner_texts, [puzzle])
        weight = shown.locator("td [role=slider]").evaluate_all(
            "all => all.map((one) => Number(one.getAttribute('aria-valuenow')))"
        )
        assert weight == weights and words in verdict.inner_text()

    tells("counter", [0] * 5, "Wrong after a: should be 1, is 0.")
    weight = shown.locator("td [role=slider]")
    for place, key in ((0, "ArrowUp"), (2, "ArrowUp"), (3, "ArrowRight")):
        weight.nth(place).press(key)
    tells("counter", [1, 0, 1, 1, 0], "Wrong after b: should be −1, is 0.")
    x, y = center(weight.last)
    shown.page.mouse.click(x - 15, y)
    tells("counter", [1, 0, 1, 1, -1], "Right on all 510 strings")
    shown.get_by_role("button", name="latch").click()
    tells("latch", [0] * 8, "Wrong after s: should be 1, is 0.")
    fresh.add("drawing.weights = [2, 2, -1, 0, 0, 1, 1, -1]")
    tells("latch", [2, 2, -1, 0, 0, 1, 1, -1], "Wrong after rs: should be 1, is 0.")
    fresh.add("drawing.puzzle = 'toggle'; drawing.weights = [2, -1, -2, 1, 1, -2]")
    tells("toggle", [2, -1, -2, 1, 1, -2], "Right on all 510 strings")
    shown.get_by_role("button", name="counter", exact=True).click()
    tells("counter", [1, 0, 1, 1, -1], "Right on all 510 strings")
    fresh.add("drawing.puzzle = 'latch'")
    tells("latch", [2, 2, -1, 0, 0, 1, 1, -1], "Wrong after rs")


def multiplied(z_g, z_i, gate, candidate):
    """The numbers that the map of a product shows."""
    one, other = ACTIVATIONS[gate], ACTIVATIONS[candidate]
    found = product(z_i, z_g, one, other)
    shown = {"z_g": z_g, "z_i": z_i, "g": other(z_g), "i": one(z_i)}
    slopes = {"by z_g": found.by_candidate, "by z_i": found.by_gate}
    return pytest.approx(shown | slopes | {"i·g": found.value})


def test_a_product(fresh):
    """Mouse, keys, menus and the tie reach Python, and what Python sets is shown."""
    shown, told = fresh.add(PRODUCT).output, partial(fresh.ask, TELL_TRAITS)
    shown.locator("data").first.wait_for()
    settles(lambda: values(shown), multiplied(-1, 1, "sigmoid", "tanh"))

    point(shown).hover()
    x, y = center(point(shown))
    shown.page.mouse.down()
    shown.page.mouse.move(x + 60, y + 90, steps=4)
    shown.page.mouse.up()
    z_g, z_i = (values(shown)[name] for name in ("z_g", "z_i"))
    assert -1 < z_g < 3 and -4 < z_i < 0
    shown.page.keyboard.press("ArrowUp")
    z_i = pytest.approx(z_i + 0.05)
    shown.get_by_label("candidate").select_option("hard_tanh")
    settles(told, [z_g, z_i, "sigmoid", "hard_tanh", False])

    shown.get_by_label("one z for both").check()
    settles(told, [z_g, z_g, "sigmoid", "hard_tanh", True])
    settles(lambda: values(shown), multiplied(z_g, z_g, "sigmoid", "hard_tanh"))
    for _ in range(3):
        slider(shown).first.press("PageUp")
    both = values(shown)["z_g"]
    assert both > z_g
    settles(told, [both, both, "sigmoid", "hard_tanh", True])
    assert values(shown)["z_i"] == both

    fresh.add("drawing.z_i, drawing.candidate = -2.5, 'tanh'")
    settles(lambda: values(shown), multiplied(-2.5, -2.5, "sigmoid", "tanh"))
    settles(lambda: float(slider(shown).first.get_attribute("aria-valuenow")), -2.5)
    fresh.add("drawing.tied, drawing.gate = False, 'relu'; drawing.z_g = 3")
    settles(lambda: values(shown), multiplied(3, -2.5, "relu", "tanh"))


def test_controls_of_ones_own(fresh):
    """One slider of ipywidgets, linked to two drawings, moves them both."""
    shown, told = fresh.add(OWN).output, partial(fresh.ask, TELL_OWN)
    shown.locator("data").nth(7).wait_for()

    def all_at(z):
        settles(lambda: values(shown), expected(z, "sigmoid", "tanh"))
        settles(told, [z, z, z])

    all_at(0.0)
    slider(shown).press("ArrowRight")
    all_at(0.5)
    point(shown).last.press("PageUp")
    all_at(1.5)
    fresh.add("both.value = -3")
    all_at(-3.0)


def test_nobody_else_is_asked(lab):
    """JupyterLab and its page get along without the rest of the world."""
    assert lab.visit.loaded
    assert not lab.visit.foreign


def test_a_tape(fresh):
    """What is typed, chosen and pressed reaches Python; what Python sets is shown."""
    shown, told = fresh.add(TAPE).output, partial(fresh.ask, TELL_TRAITS)
    shown.locator("data").first.wait_for()
    field = shown.get_by_label("text", exact=True)

    def tells(cell, text, strength, place):
        """What Python tells, and the state of the symbol in the frame."""
        settles(told, [cell, text, strength, place])
        reader = HANDMADE[cell](strength)
        c = simulate(reader, text).c[place]
        wanted = {f"c {name}": state for name, state in zip(reader.units, c)}
        settles(
            lambda: {k: v for k, v in values(shown).items() if k in wanted},
            pytest.approx(wanted),
        )
        settles(field.input_value, text)

    tells("quote", 'a “b” "c', 4, -1)
    field.fill("a “b\n”🙂")
    tells("quote", "a “b\n”🙂", 4, -1)
    point(shown).press("ArrowLeft")
    slider(shown).press("ArrowRight")
    tells("quote", "a “b\n”🙂", 4.5, 5)
    shown.get_by_role("button", name="insert “").click()
    tells("quote", "a “b\n”“🙂", 4.5, 6)
    fresh.add("drawing.text, drawing.place = 'a “b” \"c', -1")
    tells("quote", 'a “b” "c', 4.5, -1)
    shown.get_by_label("cell", exact=True).select_option("depth")
    tells("depth", EXAMPLES["depth"], 4.5, -1)
    fresh.add("drawing.cell, drawing.strength, drawing.place = 'toggle', 7, 2")
    tells("toggle", EXAMPLES["toggle"], 7, 2)
    fresh.add("drawing.text = '10x'")
    shown.get_by_text("'x' at 2 is not read by this cell").first.wait_for()


def test_a_bar_shows_how_far_a_loop_is_and_goes_with_its_end(fresh):
    shown = fresh.add(BAR).output
    count = shown.get_by_text("0/8")
    count.wait_for()
    shown.locator(".progress-bar").wait_for(state="attached")
    fresh.add("assert len([*counter]) == 7")
    count.wait_for(state="detached")


def test_a_scope(fresh):
    """What is chosen, slid and picked reaches Python; what Python sets is shown."""
    shown, told = fresh.add(SCOPE).output, partial(fresh.ask, TELL_TRAITS)
    shown.locator("data").first.wait_for()

    def tells(kind, bias, gain, horizon, s, t):
        """What Python tells, and what is on show of it."""
        wanted = [kind, bias, pytest.approx(gain), horizon, s, t]
        settles(told, wanted)
        whole, n = left(kind, bias, gain, s - 1).whole, t - s
        median = np.median(left(kind, bias, gain).whole, axis=0)[n]
        wanted = {"n": n, "whole pair": whole[0, n], "whole median": median}
        settles(
            lambda: {k: v for k, v in values(shown).items() if k in wanted},
            pytest.approx(wanted, rel=1e-9),
        )

    tells("LSTM", 0, 1, 30, 1, 11)
    point(shown).press("ArrowUp")
    shown.page.keyboard.press("ArrowRight")
    tells("LSTM", 0, 1, 30, 2, 12)
    for one in slider(shown).all():
        one.press("ArrowRight")
    tells("LSTM", 0.5, 1.1, 40, 2, 12)
    shown.get_by_label("network", exact=True).select_option("ReLU-RNN")
    tells("ReLU-RNN", 0.5, 1.1, 40, 2, 12)
    point(shown).press("End")
    tells("ReLU-RNN", 0.5, 1.1, 40, 24, 24)
    fresh.add("drawing.t, drawing.kind, drawing.bias = 20, 'LSTM', 3")
    tells("LSTM", 3, 1.1, 40, 20, 20)
    fresh.add("drawing.s, drawing.gain, drawing.horizon = 5, 2, 1000")
    tells("LSTM", 3, 2, 1000, 5, 20)
