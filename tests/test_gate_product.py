"""The product of gate and candidate in a real browser: same numbers as Python's."""

import re
from itertools import combinations
from itertools import product as pairs

import numpy as np
import pytest
from live import center, equal, ground, heard, numbers, opened, swipe

from lstm_lib.activations import ACTIVATIONS
from lstm_lib.figures.picture import COLOURS
from lstm_lib.figures.product import SCALE
from lstm_lib.product import product, reach

PAGE = "book/gates/two_inputs.html"
ABOUT = "(one) => document.getElementById(one.getAttribute('aria-describedby'))"


def expected(z_g, z_i, gate="sigmoid", candidate="tanh"):
    """{name: number} of all numbers that are to be shown."""
    one, other = ACTIVATIONS[gate], ACTIVATIONS[candidate]
    found = product(z_i, z_g, one, other)
    return {
        "z_g": z_g,
        "z_i": z_i,
        "g": other(z_g),
        "i": one(z_i),
        "by z_g": found.by_candidate,
        "by z_i": found.by_gate,
        "i·g": found.value,
    }


def values(box):
    return {name: value for name, (value, _) in numbers(box).items()}


def choose(box, gate, candidate):
    for menu, name in zip(box.locator("select").all(), (gate, candidate), strict=True):
        menu.select_option(name)


def move(box, z_g, z_i):
    right, up = box.locator("input[type=range]").all()
    right.fill(str(z_g))
    up.fill(str(z_i))


def tie(box, on=True):
    box.get_by_label("one z for both").set_checked(on)


def point(box):
    return box.get_by_role("slider", name="point: z_g to the right, z_i upward")


def frame(box):
    """The left, top and side of the map, in the pixels of its svg."""
    inside = ground(box).locator("> svg")
    found = [float(inside.get_attribute(name)) for name in ("x", "y", "width")]
    assert found[2] == float(inside.get_attribute("height")), "a square"
    return found


def place(box):
    """Where the knob is, as (z_g, z_i)."""
    left, top, side = frame(box)
    x, y = map(float, re.findall(r"[-\d.]+", point(box).get_attribute("transform")))
    return -6 + 12 * (x - left) / side, 6 - 12 * (y - top) / side


def test_the_numbers_on_the_page_are_pythons(page, bare):
    """All gates with all candidates, at kinks and between them; and all reaches."""
    box = opened(page, bare["served"], PAGE)
    grid = [*pairs((-6.0, -2.35, 0.0, 4.2), (-5.1, -3.0, 0.05, 1.0, 6.0))]
    for gate, candidate in pairs(ACTIVATIONS, ACTIVATIONS):
        shown, bars, wide = swept(box, gate, candidate, grid)
        for (z_g, z_i), found in zip(grid, shown, strict=True):
            wanted = expected(z_g, z_i, gate, candidate)
            assert [*found] == [*wanted]
            for name, value in wanted.items():
                assert equal(found[name], value), (gate, candidate, z_g, z_i, name)
        for bar, tied in zip(bars, (False, True), strict=True):
            known = reach(ACTIVATIONS[gate], ACTIVATIONS[candidate], tied)
            check_reach(*bar, "tied" if tied else "free", wide, *known)


def swept(box, gate, candidate, grid):
    """For this pair: the numbers at these places of the sliders, and both bars."""
    names = [*ACTIVATIONS]
    return box.evaluate(
        """(box, [menus, grid]) => {
          const send = (kind) => (one) =>
            one.dispatchEvent(new Event(kind, { bubbles: true }));
          box.querySelectorAll("select").forEach((one, k) => {
            one.selectedIndex = menus[k];
            send("change")(one);
          });
          const shown = grid.map((place) => {
            box.querySelectorAll("input[type=range]").forEach((one, k) => {
              one.value = place[k];
              send("input")(one);
            });
            const data = [...box.querySelectorAll("data")];
            const told = data.map((d) => [d.dataset.name, Number(d.value)]);
            return Object.fromEntries(told);
          });
          const bars = [...box.querySelectorAll("[data-bar]")];
          return [shown, bars.map((bar) => {
            const { x, width } = bar.getBBox();
            return [bar.previousElementSibling.textContent, x, x + width];
          }), bars[0].closest("svg").width.baseVal.value];
        }""",
        [[names.index(gate), names.index(candidate)], grid],
    )


def check_reach(text, left, right, name, wide, low, high):
    """Words and bars of the reach are Python's."""
    assert text == f"{name}: from {written(low)} to {written(high)}"
    ends = np.clip([low, high], -1.2, 1.2)  # where the line ends
    drawn = wide / 2 + ends * (wide / 2 - 10) / 1.2
    assert np.allclose([left, right], drawn, atol=0.01)


def written(value):
    if np.isinf(value):
        return "−∞" if value < 0 else "∞"
    text = f"{value:.0f}" if value == round(value) else f"{value:#.4g}"
    return text.replace("-", "−")


def test_the_drawing_is_where_its_numbers_are(page, bare):
    """Knob, guides, arrows, slices, lines of equal height, colours; and the words."""
    box = opened(page, bare["served"], PAGE)
    told = ground(box).evaluate(f"{ABOUT}.textContent")
    assert told == (
        "A map of i·g, where i = sigmoid(z_i) says how much and g = tanh(z_g) says"
        " what. z_g goes from −6 to 6 to the right, z_i from −6 to 6 upward. In the"
        " upper corners i·g is −1.0 on the left and 1.0 on the right, in the lower"
        " corners −0.0025 on the left and 0.0025 on the right. While each z is free"
        " i·g can come from −1 to 1; tied to one number, from −0.2071 to 1."
    )
    label = "i·g = sigmoid(z_i) · tanh(z_g)"
    assert ground(box).get_attribute("aria-label") == label
    move(box, -1.5, 0.5)
    assert place(box) == pytest.approx((-1.5, 0.5))
    check_arrows(box, expected(-1.5, 0.5))
    check_slices(box, -1.5, 0.5)
    check_colours(box, "sigmoid", "tanh")
    for gate, candidate in (("sigmoid", "tanh"), ("relu", "leaky_relu")):
        choose(box, gate, candidate)
        check_levels(box, ACTIVATIONS[gate], ACTIVATIONS[candidate])
    choose(box, "hard_sigmoid", "hard_tanh")
    at_zero = [p for p in levels(box, 0.0) if abs(p[1] + 3) < 0.01]
    assert {np.sign(x) for x, _ in at_zero} == {-1, 1}, "the edge of a plateau"


def check_arrows(box, shown):
    """One along each axis, as long as the slope it stands for, from the knob on."""
    arrows = ground(box).locator("polygon").all()
    turned, sizes = [], []
    for arrow in arrows:
        tips = re.findall(r"([-\d.]+),0 ", arrow.get_attribute("points"))
        sizes.append(float(tips[0]) - 8)
        turn = re.search(r"rotate\((-?\d+)", arrow.get_attribute("transform"))
        turned.append(int(turn[1]))
    assert turned == [0, 90], "to the right, where g rises, and down, where g < 0"
    slopes = [abs(shown["by z_g"]), abs(shown["by z_i"])]
    assert sizes[0] / sizes[1] == pytest.approx(slopes[0] / slopes[1], rel=1e-6)
    assert sizes[0] == pytest.approx(0.42 * frame(box)[2] * slopes[0], rel=1e-6)


def check_slices(box, z_g, z_i):
    """Each dot lies on its line, as high as i·g; upright beside, level below."""
    for part, upright, z in (("g", False, z_g), ("i", True, z_i)):
        path = box.locator(f"path[data-slice={part}]")
        drawn = path.get_attribute("d")[1:].split("L")
        x, y = np.transpose([list(map(float, pair.split())) for pair in drawn])
        dot = path.locator("xpath=../following-sibling::*[name()='circle']").first
        cx, cy = (float(dot.get_attribute(name)) for name in ("cx", "cy"))
        along, height, at, up = (y, x, cy, cx) if upright else (x, y, cx, cy)
        order = np.argsort(along)
        assert np.interp(at, along[order], height[order]) == pytest.approx(up, abs=0.1)
        left, top, side = frame(box)
        want = top + side * (6 - z) / 12 if upright else left + side * (z + 6) / 12
        assert at == pytest.approx(want), "aligned with the map"
        guide = ground(box).locator("line[stroke-width='2']").nth(int(upright))
        assert float(guide.get_attribute("y1" if part == "g" else "x1")) == (
            pytest.approx(top + side * (6 - z_i) / 12 if part == "g"
                          else left + side * (z_g + 6) / 12)
        )  # fmt: skip


def levels(box, level):
    """The points (z_g, z_i) of the lines at a level."""
    left, top, side = frame(box)
    found = box.evaluate(
        """(box, level) => [...box.querySelectorAll("[data-level]")]
          .filter((one) => Number(one.dataset.level) === level)
          .flatMap((one) => one.getAttribute("d").match(/[-\\d.]+/g).map(Number))""",
        level,
    )
    x, y = np.reshape(found, (-1, 2)).T
    return np.column_stack([-6 + 12 * (x - left) / side, 6 - 12 * (y - top) / side])


def check_levels(box, gate, candidate):
    """i·g has the height that the number on a line says."""
    texts = ground(box).locator("svg text[font-size='11']").all_text_contents()
    heights = {float(text.replace("−", "-")) for text in texts}
    assert {0} < heights, gate.name
    for level in heights:
        z_g, z_i = levels(box, level).T
        found = product(z_i, z_g, gate, candidate)
        slack = 0.02 * (1 + np.abs(found.by_gate) + np.abs(found.by_candidate))
        assert (np.abs(found.value - level) < slack).all(), level


def check_colours(box, gate, candidate):
    """The map has at some places the colours of their heights."""
    shades = np.array([[int(c[k : k + 2], 16) for k in (1, 3, 5)] for c in SCALE])
    size, found = box.evaluate(
        """(box) => {
          const canvas = box.querySelector("canvas");
          const { data } = canvas.getContext("2d").getImageData(
            0, 0, canvas.width, canvas.height);
          return [canvas.width, data.join(" ")];
        }"""
    )
    image = np.reshape(found.split(), (size, size, 4)).astype(int)
    assert (image[..., 3] == 255).all()
    z = -6 + 12 * (np.arange(size) + 0.5) / size
    height = np.outer(ACTIVATIONS[gate](z[::-1]), ACTIVATIONS[candidate](z))
    share = np.linspace(-1, 1, len(shades))
    for c in range(3):
        want = np.interp(height, share, shades[:, c])
        assert np.abs(image[..., c] - want).max() <= 1
    canvas, svg = box.evaluate(
        """(box) => ["canvas", "svg"].map((tag) =>
          box.querySelector(tag).getBoundingClientRect().toJSON())"""
    )
    left, top, side = frame(box)
    assert (canvas["x"], canvas["y"]) == (svg["x"] + left, svg["y"] + top)
    assert canvas["width"] == canvas["height"] == side


def test_the_point_is_dragged_with_the_mouse(page, bare):
    box = opened(page, bare["served"], PAGE)
    move(box, -1, 1)
    ground(box).scroll_into_view_if_needed()
    unit = frame(box)[2] / 12
    x, y = center(point(box))
    page.mouse.move(x + 3, y - 2)  # not quite in the middle
    page.mouse.down()
    page.mouse.up()
    assert values(box) == pytest.approx(expected(-1, 1)), "it does not jump"
    page.mouse.down()
    page.mouse.move(x + 53, y + 38, steps=4)
    found = values(box)
    assert found["z_g"] == pytest.approx(-1 + 50 / unit, abs=0.03)
    assert found["z_i"] == pytest.approx(1 - 40 / unit, abs=0.03)
    assert found == pytest.approx(expected(found["z_g"], found["z_i"]), rel=1e-12)
    sliders = [float(s.input_value()) for s in box.locator("input[type=range]").all()]
    assert sliders == [found["z_g"], found["z_i"]], "the sliders follow"
    page.mouse.move(x + 53, y - 20)
    assert values(box)["z_i"] == pytest.approx(1 + 18 / unit, abs=0.03), "upward alone"
    page.mouse.move(x + 5000, y - 5000)
    assert (values(box)["z_g"], values(box)["z_i"]) == (6, 6), "and stops at the ends"
    page.mouse.up()
    page.mouse.move(x, y)
    assert values(box)["z_g"] == 6, "let go, it stays"
    page.mouse.click(x - unit, y + 3 * unit)
    found = values(box)
    at = pytest.approx((-2, -2), abs=0.03)
    assert (found["z_g"], found["z_i"]) == at, "a click brings it"
    ring = point(box).locator("circle").first
    assert ring.get_attribute("stroke") == "none", "not for the mouse"
    tie(box)
    ground(box).scroll_into_view_if_needed()
    x, y = center(point(box))
    page.mouse.click(x + 3 * unit, y - unit)
    found = values(box)
    assert found["z_g"] == found["z_i"] == pytest.approx(0, abs=0.03), "halfway"


def test_the_point_is_moved_by_touch(phone, bare):
    """The knob goes wherever a finger drags it; elsewhere fingers tap and scroll."""
    box = opened(phone, bare["disk"], PAGE)
    move(box, -1, 1)
    ground(box).scroll_into_view_if_needed()
    unit, scrolled = frame(box)[2] / 12, phone.evaluate("scrollY")
    x, y = center(point(box))
    swipe(phone, (x, y), (x + 5, y + 120))
    found = values(box)
    assert found["z_i"] == pytest.approx(1 - 120 / unit, abs=0.03), "down"
    assert found["z_g"] == pytest.approx(-1 + 5 / unit, abs=0.03)
    assert phone.evaluate("scrollY") == scrolled, "and the page stays"
    phone.touchscreen.tap(x + 4 * unit, y + unit)
    found = values(box)
    at = (found["z_g"], found["z_i"])
    assert at == pytest.approx((3, 0), abs=0.03), "a tap brings it"
    swipe(phone, (x - 50, y + 60), (x - 20, y - 140))
    phone.wait_for_function(f"scrollY > {scrolled} + 50")
    assert values(box) == found, "scrolling moves nothing"


def test_keys_alone_reach_every_place(page, bare):
    """Also of both tied; and the ring shows where the keys go, and voices tell."""
    box = opened(page, bare["served"], PAGE)
    move(box, -1, 1)
    point(box).focus()

    def pressed(key):
        page.keyboard.press(key)
        found = values(box)
        knob = point(box)
        assert float(knob.get_attribute("aria-valuenow")) == found["z_g"]
        assert place(box) == pytest.approx((found["z_g"], found["z_i"]))
        words = f"z_g {found['z_g']:.2f}, z_i {found['z_i']:.2f}, product "
        assert knob.get_attribute("aria-valuetext").startswith(words.replace("-", "−"))
        return found["z_g"], found["z_i"]

    for key, *at in (
        ("ArrowRight", -0.95, 1),
        ("ArrowUp", -0.95, 1.05),
        ("ArrowLeft", -1, 1.05),
        ("ArrowDown", -1, 1),
        ("PageUp", -1, 2),
        ("PageDown", -1, 1),
        ("Home", -6, 1),
        ("ArrowLeft", -6, 1),
        ("End", 6, 1),
        ("Control+Home", 6, 1),
    ):
        assert pressed(key) == pytest.approx(at, abs=1e-12), key
    assert point(box).locator("circle").first.get_attribute("stroke") == COLOURS["f"]
    page.keyboard.press("Home")
    (told,) = heard(page, box)
    assert told.startswith("At z_g = −5.50, z_i = 1.00: g −1.000, i 0.7311, i·g −0.731")
    assert "slope along z_g 4.88 · 10⁻⁵, along z_i −0.1966." in told
    check_tie(page, box, pressed)


def check_tie(page, box, pressed):
    """Tied, z_i takes z_g's value, and each hand moves both along the diagonal."""
    lines = ground(box).locator("line[stroke-width='3']")
    strong = box.locator("[data-bar][fill='#333333']")
    tied = box.locator("path[data-slice=tied]")
    assert not lines.count() and strong.get_attribute("data-bar") == "free"
    assert not tied.count()
    tie(box)
    assert values(box) == pytest.approx(expected(-5.5, -5.5))
    left, top, side = frame(box)
    ends = [float(lines.get_attribute(name)) for name in ("x1", "y1", "x2", "y2")]
    assert ends == pytest.approx([left, top + side, left + side, top])
    assert strong.get_attribute("data-bar") == "tied"
    sliders = box.locator("input[type=range]").all()
    for slider, value in zip(sliders, ("-1.25", "2.5"), strict=True):
        slider.fill(value)
        assert values(box) == pytest.approx(expected(float(value), float(value)))
        assert [one.input_value() for one in sliders] == [value, value]
        dot = tied.locator("xpath=../following-sibling::*[name()='circle']").first
        at, height = (float(dot.get_attribute(name)) for name in ("cx", "cy"))
        drawn = tied.get_attribute("d")[1:].split("L")
        x, y = np.transpose([list(map(float, pair.split())) for pair in drawn])
        assert np.interp(at, x, y) == pytest.approx(height, abs=0.1)
    point(box).focus()
    for key, at in (
        ("ArrowUp", 2.55),
        ("ArrowRight", 2.6),
        ("ArrowLeft", 2.55),
        ("PageDown", 1.55),
        ("End", 6),
        ("Home", -6),
    ):
        assert pressed(key) == pytest.approx((at, at), abs=1e-12), key
    tie(box, on=False)
    assert values(box)["z_i"] == -6, "untied, both stay"
    sliders[0].fill("1")
    assert values(box) == pytest.approx(expected(1, -6))


def test_it_fits_its_place(page, bare):
    """No number on another, nothing beyond the edge, at any width, for any pair."""
    box = opened(page, bare["served"], PAGE)
    every = [*pairs(ACTIVATIONS, ACTIVATIONS)]
    for turn, width in enumerate((1280, 390, 320)):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(
            "(wide) => document.querySelector('svg[role=group]').clientWidth < wide",
            arg=width,
        )
        for gate, candidate in every[turn::3]:
            choose(box, gate, candidate)
            check_labels(box)
        choose(box, "hard_sigmoid", "leaky_relu")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        tops = [svg.bounding_box()["y"] for svg in drawings(box)]
        assert (tops[0] == tops[1]) == (width == 1280), "beside, where there is room"
        sides = [svg.bounding_box() for svg in drawings(box)]
        room = box.locator(".explorable-drawing").bounding_box()
        for side in sides:
            assert side["x"] + side["width"] <= room["x"] + room["width"] + 0.5
    assert values(box) == pytest.approx(expected(-2, 2, "hard_sigmoid", "leaky_relu"))


def drawings(box):
    """The svg of the map, and the one that stands beside it where there is room."""
    return [ground(box), box.locator("svg:has(> svg > [data-slice=i])")]


def check_labels(box):
    """The numbers in the map: apart from each other, and within it."""
    left, top, side = frame(box)
    found = (
        ground(box)
        .locator("svg text[stroke]")
        .evaluate_all(
            "all => all.map((one) => one.getBBox())"
            ".map((one) => [one.x, one.y, one.x + one.width, one.y + one.height])"
        )
    )
    for one, other in combinations(found, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        along = min(one[3], other[3]) - max(one[1], other[1])
        assert across < 1 or along < 3, (one, other)  # with the air about letters
    for x1, y1, x2, y2 in found:
        assert x1 >= left and x2 <= left + side and y1 >= top - 1
        assert y2 <= top + side + 1
