"""The explorer of activations in a real browser: same numbers as Python's."""

import math
from itertools import pairwise

import numpy as np
import pytest
from live import center, equal, heard, looks, numbers, opened, parts, swipe

from lstm_lib.activations import ACTIVATIONS, identity, leaky, relu
from lstm_lib.figures.picture import COLOURS

SIGMOID = "book/activations/sigmoid.html"
LEAKY = "book/activations/leaky_relu.html"


def test_the_numbers_on_the_page_are_pythons(page, bare):
    """Every pair of functions, the slider moved from end to end."""
    box = opened(page, bare["served"], SIGMOID)
    first, second = box.locator("select").all()
    slider = box.locator("input[type=range]")
    steps = np.round(np.linspace(-8, 8, 33), 2).tolist()
    for name, other in pairwise([*ACTIVATIONS, "sigmoid"]):
        first.select_option(name)
        second.select_option(other)
        for z, found in zip(steps, swept(slider, steps), strict=True):
            assert found.pop("z")[0] == z
            for shown in (name, other):
                for part, function in parts(ACTIVATIONS[shown]).items():
                    value, text = found.pop(f"{shown} {part}")
                    assert equal(value, function(z)), (shown, part, z)
                    rounding = 5.1e-3 if "·" in text else 5.1e-4
                    assert reads(text) == pytest.approx(value, rounding), (shown, z)
            assert not found


def swept(slider, values):
    """The numbers on show at each of these values of the slider."""
    found = slider.evaluate(
        """(one, values) => values.map((value) => {
          one.value = value;
          one.dispatchEvent(new Event("input", { bubbles: true }));
          return [...one.closest(".explorable").querySelectorAll("data")]
            .map((d) => [d.dataset.name, [Number(d.value), d.textContent]]);
        })""",
        values,
    )
    return map(dict, found)


def reads(text):
    """The number that a reader reads."""
    mantissa, _, power = text.replace("−", "-").partition(" · 10")
    raised = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10.0 ** int(raised or 0)


def test_the_drawing_is_where_its_numbers_are(page, bare):
    """The knob, the dots, the tangent and the shade lie at the numbers shown."""
    box = opened(page, bare["served"], SIGMOID)
    box.locator("input[type=range]").fill("2")
    width = box.locator("svg").first.bounding_box()["width"]
    left, right = 56, width - 16

    def across(z):
        return left + (z + 8) / 16 * (right - left)

    place = box.locator("[role=slider]").get_attribute("transform")
    x, y = map(float, place.removeprefix("translate(").removesuffix(")").split())
    assert x == pytest.approx(across(2), abs=0.01)
    tangent = box.locator("line[stroke-width='3']").evaluate(
        "one => ['x1', 'x2', 'y1', 'y2'].map((a) => Number(one.getAttribute(a)))"
    )
    x1, x2, y1, y2 = tangent
    assert (x1 + x2) / 2 == pytest.approx(x) and (y1 + y2) / 2 == pytest.approx(y)
    value, slope, bend = map(points, box.locator("path").all())
    dots = box.locator("circle[r='4']").evaluate_all(
        "all => all.map((one) => [one.cx.baseVal.value, one.cy.baseVal.value])"
    )
    for (dot_x, dot_y), curve in zip(dots, (value, slope, bend), strict=True):
        assert dot_x == pytest.approx(x, abs=0.01)
        assert dot_y == pytest.approx(np.interp(x, *curve), abs=0.1)
    assert y == pytest.approx(dots[0][1], abs=0.01)
    # Two points of the curve, a bit to the left and right, tell how steep it is.
    rise = np.interp(x + 2, *value) - np.interp(x - 2, *value)
    assert (y2 - y1) / (x2 - x1) == pytest.approx(rise / 4, rel=0.01)
    shade = box.locator("rect").evaluate_all(
        "all => all.slice(0, 2).map((one) => [one.x.baseVal.value,"
        " one.x.baseVal.value + one.width.baseVal.value])"
    )
    edge = 2 * math.acosh(math.sqrt(0.25 / 0.01))  # where σ′ is 0.01
    want = [[across(-8), across(-edge)], [across(edge), across(8)]]
    assert np.allclose(shade, want, atol=0.5)


def test_there_is_no_tangent_at_a_kink(page, bare):
    box = opened(page, bare["served"], SIGMOID)
    first, second = box.locator("select").all()
    second.select_option("hard_tanh")
    slider = box.locator("input[type=range]")
    tangent = box.locator("line[stroke-width='3']")
    for name, z, seen in (
        ("relu", "0", "hidden"),
        ("relu", "0.05", "visible"),
        ("hard_tanh", "-1", "hidden"),
        ("tanh", "-1", "visible"),
        ("identity", "0", "visible"),
    ):
        first.select_option(name)
        slider.fill(z)
        assert tangent.get_attribute("visibility") == seen, (name, z)
    axis = box.locator("svg text").get_by_text("shaded")
    assert axis.text_content() == "z (shaded: |slope of identity| < 0.01)"


def points(path):
    """The x and the y of a curve as it is drawn."""
    pairs = path.get_attribute("d")[1:].split("L")
    return np.transpose([list(map(float, pair.split())) for pair in pairs])


def test_the_point_is_dragged_with_the_mouse(page, bare):
    box = opened(page, bare["served"], SIGMOID)
    box.scroll_into_view_if_needed()
    x, y = center(box.locator("[role=slider]"))
    page.mouse.move(x + 3, y)  # not quite in the middle
    page.mouse.down()
    page.mouse.up()
    assert numbers(box)["z"][0] == 3, "taken hold of, it does not jump"
    page.mouse.down()
    page.mouse.move(x - 97, y + 5, steps=4)
    z = numbers(box)["z"][0]
    assert z == pytest.approx(3 - 100 / pixels(box), abs=0.03)
    assert slider_value(box) == z, "the slider follows"
    page.mouse.move(x + 5000, y)
    assert numbers(box)["z"][0] == 8, "and stops at the end"
    page.mouse.up()
    page.mouse.move(x, y)
    assert numbers(box)["z"][0] == 8, "let go, it stays"
    page.mouse.click(x - 4 * pixels(box), y + 150)
    assert numbers(box)["z"][0] == pytest.approx(-1, abs=0.03), "a click brings it"


def test_controls_are_moved_by_touch(phone, bare):
    """A finger drags the point all the way, taps it elsewhere, and still scrolls."""
    box = opened(phone, bare["disk"], SIGMOID)
    point = box.locator("[role=slider]")
    point.scroll_into_view_if_needed()
    x, y = center(point)
    swipe(phone, (x, y), (x - 120, y + 4))
    z = numbers(box)["z"][0]
    assert z == pytest.approx(3 - 120 / pixels(box), abs=0.03)
    phone.touchscreen.tap(x - 2 * pixels(box), y + 60)
    assert numbers(box)["z"][0] == pytest.approx(1, abs=0.03), "a tap brings it"
    slider = box.locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    here = slider.bounding_box()
    middle = here["y"] + here["height"] / 2
    phone.touchscreen.tap(here["x"] + here["width"] / 4, middle)
    z = numbers(box)["z"][0]
    assert -5 < z < -3
    ground = box.locator("svg").first
    ground.scroll_into_view_if_needed()
    height, place = phone.evaluate("scrollY"), ground.bounding_box()
    start = (place["x"] + 150, place["y"] + 250)
    swipe(phone, start, (start[0] + 40, start[1] - 200))
    phone.wait_for_function(f"scrollY > {height} + 50")
    assert numbers(box)["z"][0] == z, "scrolling moves nothing, not even aslant"


def pixels(box):
    """How many pixels z = 1 is away from z = 0."""
    return (box.locator("svg").first.bounding_box()["width"] - 56 - 16) / 16


def slider_value(box):
    return float(box.locator("input[type=range]").input_value())


def test_keys_of_the_point(page, bare):
    box = opened(page, bare["served"], SIGMOID)
    point = box.locator("[role=slider]")
    point.focus()
    for key, z in (
        ("ArrowRight", 3.05),
        ("ArrowUp", 3.1),
        ("ArrowLeft", 3.05),
        ("PageDown", 2.05),
        ("Home", -8),
        ("ArrowLeft", -8),
        ("PageUp", -7),
        ("End", 8),
    ):
        page.keyboard.press(key)
        assert numbers(box)["z"][0] == pytest.approx(z, abs=1e-12), key
        assert float(point.get_attribute("aria-valuenow")) == numbers(box)["z"][0]
    page.keyboard.press("Control+Home")
    assert numbers(box)["z"][0] == 8, "keys with Ctrl belong to the browser"


def test_screen_readers_hear_of_it_once(page, bare):
    """Many moves in a row are told in one sentence, when they are over."""
    box = opened(page, bare["served"], SIGMOID)
    (told,) = heard(page, box)
    assert told.startswith("At z = 3.50: sigmoid: value 0.9707, slope 0.02845")


def test_those_who_cannot_see_the_curves_are_told_of_them(page, bare):
    box = opened(page, bare["served"], SIGMOID)
    group = box.get_by_role("group")
    told = "document.getElementById(one.getAttribute('aria-describedby')).textContent"
    js = f"(one) => {told}"
    assert "value, slope, bend of sigmoid" in group.get_attribute("aria-label")
    assert "largest slope is 0.2500 at z = 0.00" in group.evaluate(js)
    assert "largest bend 0.09623 at z = −1.32" in group.evaluate(js)
    assert "from z = −8.0 to −4.6 and from z = 4.6 to 8.0." in group.evaluate(js)
    box.locator("select").first.select_option("hard_tanh")
    box.locator("select").nth(1).select_option("identity")
    assert group.evaluate(js) == (
        "hard_tanh goes from −1 to 1 in straight lines, a kink at z = −1, a kink at"
        " z = 1. The slope is below 0.01 from z = −8.0 to −1.0 and from z = 1.0 to 8.0."
        " identity goes from −8 to 8 in one straight line."
    )
    point = box.get_by_role("slider", name="z, the point on hard_tanh")
    assert point.get_attribute("aria-valuetext") == "3.00"


def test_saturation_is_told_of_each_function(page, bare):
    box = opened(page, bare["served"], SIGMOID)
    first, second = box.locator("select").all()
    last = box.get_by_role("row", name="saturated").locator("td")
    for z, function, other, words in (
        ("4.6", "sigmoid", "tanh", ["yes", "yes"]),
        ("4.5", "sigmoid", "tanh", ["no", "yes"]),
        ("-3", "hard_sigmoid", "relu", ["at a kink", "yes"]),
        ("0", "tanh", "tanh", ["no"]),
    ):
        first.select_option(function)
        second.select_option(other)
        box.locator("input[type=range]").fill(z)
        assert last.all_inner_texts() == words


def test_the_ring_shows_where_the_keys_go(page, bare):
    box = opened(page, bare["served"], SIGMOID)
    ring = box.locator("[role=slider] circle").first
    box.locator("[role=slider]").click()
    assert ring.get_attribute("stroke") in (None, "none"), "not for the mouse"
    page.keyboard.press("ArrowLeft")
    assert ring.get_attribute("stroke") == COLOURS["f"]
    page.keyboard.press("Tab")
    assert ring.get_attribute("stroke") == "none"


def test_the_drawing_fits_its_place(page, bare):
    """It is drawn anew when the window changes, and keeps what was chosen."""
    box = opened(page, bare["served"], SIGMOID)
    box.locator("select").first.select_option("relu")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "document.querySelector('.explorable svg').clientWidth < 390"
    )
    assert "relu value" in numbers(box)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_paper_the_still_picture_stands(page, homes):
    box = opened(page, homes["served"], SIGMOID)
    still, live = box.locator(".still"), box.locator(".explorable-live")
    assert live.is_visible() and not still.is_visible()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert still.is_visible() and not live.is_visible()
    assert still.locator("img").evaluate("one => one.naturalWidth")
    assert "Where JavaScript runs, the point can be moved" in still.inner_text()
    assert "Marked is z = 3, where the value is 0.9526" in (
        still.locator("img").get_attribute("alt")
    )


def sliders(box):
    return box.locator("input[type=range]").all()


def test_the_slope_of_leaky_relu_follows_its_slider(page, bare):
    """Numbers, name and line, from −1 to 2, and past ReLU and the identity."""
    box = opened(page, bare["served"], LEAKY)
    z, k = sliders(box)
    assert (k.input_value(), z.input_value()) == ("0.1", "-2")
    width = box.locator("svg").first.bounding_box()["width"]
    marks = box.locator("svg").first.locator("g[aria-hidden] text[text-anchor=end]")
    numbers_beside = marks.all_inner_texts()
    zero, tens = frame(box)
    for leak in np.round(np.linspace(-1, 2, 13), 2).tolist():
        k.fill(str(leak))
        f = {0: relu, 1: identity}.get(leak) or leaky(leak)
        name = f"leaky({leak:g})".replace("-", "−")
        for at in (-2, 0, 1.5):
            z.fill(str(at))
            found = numbers(box)
            for part, function in parts(f).items():
                assert equal(found[f"{name} {part}"][0], function(at)), (leak, at)
        assert marks.all_inner_texts() == numbers_beside, "the frame stays"
        x, y = points(box.locator("path").first)
        assert x[0] == pytest.approx(56) and x[-1] <= width
        assert y[0] == pytest.approx(zero + f(-8) * tens / 10, abs=0.05)


def frame(box):
    """The height of 0 in the upper frame, and how much lower it is than 10."""
    found = (
        box.locator("svg")
        .first.locator("g[aria-hidden] text")
        .evaluate_all(
            "all => all.map((one) => [one.textContent, one.y.baseVal[0].value])"
        )
    )
    heights = dict(reversed(found))
    return heights["0"] - 4, heights["10"] - heights["0"]


def test_the_slope_is_told_to_those_who_cannot_see_it(page, bare):
    box = opened(page, bare["served"], LEAKY)
    box.locator("select").nth(1).select_option("none")
    group = box.get_by_role("group")
    told = "document.getElementById(one.getAttribute('aria-describedby')).textContent"
    for leak, words in (
        ("-1", "leaky(−1) goes from 8 to 8 in straight lines, a kink at z = 0,"
               " first falling and then rising."),
        ("0", "leaky(0) goes from 0 to 8 in straight lines, a kink at z = 0."
              " The slope is below 0.01 from z = −8.0 to 0.0."),
        ("1", "leaky(1) goes from −8 to 8 in one straight line."),
        ("2", "leaky(2) goes from −16 to 8 in straight lines, a kink at z = 0."),
    ):  # fmt: skip
        sliders(box)[1].fill(leak)
        assert group.evaluate(f"(one) => {told}") == words
        shown = words.split(" goes")[0]
        assert f"bend of {shown}, z from" in group.get_attribute("aria-label")
        assert box.get_by_role("slider", name=f"the point on {shown}").count() == 1


def test_the_slope_of_leaky_relu_is_no_other_functions(page, bare):
    box = opened(page, bare["served"], LEAKY)
    box.locator("select").first.select_option("sigmoid")
    before = looks(box)
    sliders(box)[1].fill("1.5")
    assert looks(box) == before
    box.locator("select").nth(1).select_option("leaky_relu")
    assert "leaky(1.5) value" in numbers(box), "laid over, too"


def test_the_longest_names_fit_the_smallest_phone(page, bare):
    page.set_viewport_size({"width": 320, "height": 700})
    box = opened(page, bare["served"], LEAKY)
    sliders(box)[1].fill("-0.35")
    box.locator("select").nth(1).select_option("hard_sigmoid")
    assert "leaky(−0.35) value" in numbers(box)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
