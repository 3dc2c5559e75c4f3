"""The explorables in a real browser: same numbers as Python, moved in every way."""

import math
from itertools import pairwise

import numpy as np
import pytest
from book_site import ROOT, build_small, built, extension, served
from live_notebook import KINDS, stored
from visits import Visit, reading, watch

from lstm_lib.activations import ACTIVATIONS
from lstm_lib.figures.picture import COLOURS, INK, SHADES

refresh, explorables = extension("refresh"), extension("explorables")
KEY = f'"{refresh.EXPLORABLES}": {{'
NOTEBOOKS = [p for p in refresh.notebooks() if KEY in p.read_text("utf-8")]
PAGES = [p.relative_to(ROOT).with_suffix(".html").as_posix() for p in NOTEBOOKS]
SIGMOID = "book/activations/sigmoid.html"
SMALLEST = 5e-324
KEYS = {"checkbox": ("Space", "Space"), "select-one": ("End", "Home")}
EVERY_PAGE = pytest.mark.parametrize("name", PAGES)
PLACES = pytest.mark.parametrize("place", ["served", "disk"])


@pytest.fixture(scope="module")
def homes():
    """Where the book is found: over HTTP and on disk."""
    with served(built()) as address:
        yield {"served": address, "disk": built().as_uri()}


@pytest.fixture
def page(browser):
    """A page of a wide window that may not complain."""
    with reading(browser, "light", 1280) as reader:
        visit, page = Visit(), reader.new_page()
        watch(page, visit, "")
        yield page
        assert not (visit.console or visit.failed)


def opened(page, home, name):
    """The explorables of a page, once all are alive."""
    page.goto(f"{home}/{name}")
    page.wait_for_function(
        "document.querySelectorAll('.explorable:not(.alive)').length === 0"
    )
    return page.locator(".explorable")


def numbers(box):
    """{name: (number, as written)} of all numbers on show in an explorable."""
    found = box.evaluate(
        "one => [...one.querySelectorAll('data')]"
        ".map((d) => [d.dataset.name, d.value, d.textContent])"
    )
    return {name: (float(value), text) for name, value, text in found}


def looks(box):
    """All that is drawn in an explorable, as markup."""
    return box.locator(".explorable-drawing").evaluate_all(
        "all => all.map((one) => one.firstChild.outerHTML).join()"
    )


def equal(ours, pythons, relative=1e-12):
    """Whether two arrays agree, down to the smallest numbers that floats know."""
    ours, pythons = np.array(ours, dtype=float), np.asarray(pythons)
    same = (ours == pythons) | (np.isnan(ours) & np.isnan(pythons))
    finite = np.where(same, 0, ours), np.where(same, 0, pythons)
    gap = np.abs(finite[0] - finite[1])
    return same | (gap <= relative * np.abs(finite[1]) + 2 * SMALLEST)


def parts(activation):
    return {
        "value": activation,
        "slope": activation.derivative,
        "bend": activation.second_derivative,
    }


def grid():
    """From −50 to 50, the tails down to the smallest floats, kinks, and no numbers."""
    tails = np.geomspace(SMALLEST, 1e3, 2001)
    kinks = np.array([-3.0, -1.0, 0.0, 1.0, 3.0])
    near = np.concatenate([np.nextafter(kinks, side) for side in (-9, 9)])
    odd = [-math.inf, math.inf, math.nan, -745.0, -746.0, 710.0, -0.0]
    return np.concatenate([np.linspace(-50, 50, 4001), tails, -tails, kinks, near, odd])


@pytest.fixture(scope="module")
def modules(browser):
    """A page from which the JavaScript of the library can be imported."""
    with (
        served(ROOT / "lstm_lib/explorables") as address,
        reading(browser, "light", 1280) as reader,
    ):
        page = reader.new_page()
        page.goto(f"{address}/math.js")
        yield page


def test_the_formulas_are_pythons(modules):
    """Both sides compute every activation over one grid, tails and kinks included."""
    x = grid()
    found = modules.evaluate(
        """async (grid) => {
          const { ACTIVATIONS } = await import("./math.js");
          return Object.entries(ACTIVATIONS).map(([name, f]) => [name, {
            kinks: f.kinks, value: grid.map(f.value),
            slope: grid.map(f.slope), bend: grid.map(f.bend),
          }]);
        }""",
        x.tolist(),
    )
    assert [name for name, _ in found] == [*ACTIVATIONS]
    for name, theirs in found:
        assert tuple(theirs.pop("kinks")) == ACTIVATIONS[name].kinks
        for part, function in parts(ACTIVATIONS[name]).items():
            off = x[~equal(theirs[part], function(x))]
            assert not off.size, (name, part, off[:5])


def test_the_colours_are_pythons(modules):
    found = modules.evaluate(
        'import("./plot.js").then(({ COLOURS, SHADES, INK }) => [COLOURS, SHADES, INK])'
    )
    assert found == [dict(COLOURS), dict(SHADES), INK]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-2, "−2"),
        (0.964027, "0.9640"),
        (-0.99999, "−1.000"),
        (0.00099, "9.90 · 10⁻⁴"),
        (-4.5e-12, "−4.50 · 10⁻¹²"),
        (12345.6, "1.23 · 10⁴"),
        (9999.4, "9999"),
    ],
)
def test_numbers_are_written_for_readers(value, text, modules):
    js = "(x) => import('./plot.js').then(({ number }) => number(x))"
    assert modules.evaluate(js, value) == text


def test_grid_lines_are_round(modules):
    js = "(a) => import('./plot.js').then(({ ticks }) => ticks(...a))"
    assert modules.evaluate(js, [-8, 8, 10]) == [-8, -6, -4, -2, 0, 2, 4, 6, 8]
    assert modules.evaluate(js, [-8, 8, 7.2]) == [-8, -4, 0, 4, 8]
    assert modules.evaluate(js, [-0.02, 0.28, 6]) == [0, 0.05, 0.1, 0.15, 0.2, 0.25]
    assert modules.evaluate(js, [-1.2, 1.2, 6]) == [-1, -0.5, 0, 0.5, 1]
    assert modules.evaluate(js, [0.5, 1.5, 3]) == [0.8, 1.2]


def test_the_numbers_on_the_page_are_pythons(page, homes):
    """Every pair of functions, the slider moved from end to end."""
    box = opened(page, homes["served"], SIGMOID)
    first, second = box.locator("select").all()
    slider = box.locator("input[type=range]")
    steps = np.round(np.linspace(-8, 8, 33), 2).tolist()
    for name, other in pairwise([*ACTIVATIONS, "sigmoid"]):
        first.select_option(name)
        second.select_option(other)
        for z in steps:
            slider.fill(str(z))
            found = numbers(box)
            assert found.pop("z")[0] == z
            for shown in (name, other):
                for part, function in parts(ACTIVATIONS[shown]).items():
                    value, text = found.pop(f"{shown} {part}")
                    assert equal(value, function(z)), (shown, part, z)
                    assert reads(text) == pytest.approx(value, rel=6e-3), (shown, z)
            assert not found


def reads(text):
    """The number that a reader reads."""
    mantissa, _, power = text.replace("−", "-").partition(" · 10")
    raised = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10.0 ** int(raised or 0)


def test_the_drawing_is_where_its_numbers_are(page, homes):
    """The knob, the dots, the tangent and the shade lie at the numbers shown."""
    box = opened(page, homes["served"], SIGMOID)
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
    # A point drawn on the curve, a bit to the right, tells how steep it is there.
    curve = box.locator("path").first.get_attribute("d")[1:].split("L")
    points = np.array([list(map(float, point.split())) for point in curve])
    slope = np.interp(x + 2, *points.T) - np.interp(x - 2, *points.T)
    assert (y2 - y1) / (x2 - x1) == pytest.approx(slope / 4, rel=0.01)
    shade = box.locator("rect").evaluate_all(
        "all => all.slice(0, 2).map((one) => [one.x.baseVal.value,"
        " one.x.baseVal.value + one.width.baseVal.value])"
    )
    edge = 2 * math.acosh(math.sqrt(0.25 / 0.01))  # where σ′ is 0.01
    want = [[across(-8), across(-edge)], [across(edge), across(8)]]
    assert np.allclose(shade, want, atol=0.5)


@EVERY_PAGE
@PLACES
def test_each_control_moves_a_drawing_by_keyboard(name, place, page, homes):
    """Tab finds every control, and every key that should move something does."""
    for box in opened(page, homes[place], name).all():
        wanted = "input:not(:disabled), select, [role=slider]"
        left = box.locator(wanted).count()
        assert left
        box.evaluate("one => { one.tabIndex = -1; one.focus(); }")
        while left:
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('.explorable')")
            before = looks(box)
            kind = page.evaluate("document.activeElement.type ?? 'point'")
            ahead, back = KEYS.get(kind, ("ArrowDown", "ArrowUp"))
            page.keyboard.press(ahead)
            after = looks(box)
            assert after != before, f"{kind} moves nothing"
            page.keyboard.press(back)
            assert looks(box) not in (after, ""), f"{kind} does not move back"
            left -= 1


@EVERY_PAGE
@pytest.mark.parametrize("hand", ["mouse", "finger"])
def test_each_control_moves_a_drawing_by_hand(hand, name, browser, homes):
    """A click or a tap on every slider and every picture; menus open and choose."""
    touch = {"has_touch": True, "is_mobile": True} if hand == "finger" else {}
    with reading(browser, "light", 390 if touch else 1280, **touch) as reader:
        page = reader.new_page()
        press = page.touchscreen.tap if touch else page.mouse.click
        for box in opened(page, homes["served"], name).all():
            targets = box.locator("input[type=range], .explorable-drawing svg[role]")
            for target in targets.all():
                before = looks(box)
                target.scroll_into_view_if_needed()
                place = target.bounding_box()
                press(place["x"] + place["width"] / 3, place["y"] + place["height"] / 2)
                assert looks(box) != before
            for menu in reversed(box.locator("select").all()):
                before = looks(box)
                menu.scroll_into_view_if_needed()
                press(*center(menu))
                page.keyboard.press("End")
                page.keyboard.press("Enter")
                assert looks(box) != before


@EVERY_PAGE
def test_each_control_has_a_name(name, page, homes):
    for box in opened(page, homes["served"], name).all():
        for control in box.locator("input, select").all():
            labels = control.evaluate(
                "one => [...one.labels].map((label) => label.textContent).join()"
            )
            assert labels.strip()
        for point in box.locator("[role=slider]").all():
            assert point.get_attribute("aria-label")


@PLACES
def test_the_point_is_dragged_with_the_mouse(place, page, homes):
    box = opened(page, homes[place], SIGMOID)
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


@PLACES
def test_controls_are_moved_by_touch(place, browser, homes):
    """A finger drags the point all the way, taps it elsewhere, and still scrolls."""
    touch = {"has_touch": True, "is_mobile": True}
    with reading(browser, "light", 390, **touch) as reader:
        page = reader.new_page()
        box = opened(page, homes[place], SIGMOID)
        point = box.locator("[role=slider]")
        point.scroll_into_view_if_needed()
        x, y = center(point)
        swipe(page, (x, y), (x - 120, y + 4))
        z = numbers(box)["z"][0]
        assert z == pytest.approx(3 - 120 / pixels(box), abs=0.03)
        page.touchscreen.tap(x - 2 * pixels(box), y + 60)
        assert numbers(box)["z"][0] == pytest.approx(1, abs=0.03), "a tap brings it"
        slider = box.locator("input[type=range]")
        slider.scroll_into_view_if_needed()
        here = slider.bounding_box()
        middle = here["y"] + here["height"] / 2
        page.touchscreen.tap(here["x"] + here["width"] / 4, middle)
        z = numbers(box)["z"][0]
        assert -5 < z < -3
        ground = box.locator("svg").first
        ground.scroll_into_view_if_needed()
        height, place = page.evaluate("scrollY"), ground.bounding_box()
        start = (place["x"] + 150, place["y"] + 250)
        swipe(page, start, (start[0] + 40, start[1] - 200))
        page.wait_for_function(f"scrollY > {height} + 50")
        assert numbers(box)["z"][0] == z, "scrolling moves nothing, not even aslant"


def pixels(box):
    """How many pixels z = 1 is away from z = 0."""
    return (box.locator("svg").first.bounding_box()["width"] - 56 - 16) / 16


def center(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def slider_value(box):
    return float(box.locator("input[type=range]").input_value())


def swipe(page, start, end):
    """One finger from `start` to `end`."""
    client = page.context.new_cdp_session(page)
    path = np.linspace(start, end, 9).tolist()

    def send(kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", path[0])
    for point in path[1:]:
        send("touchMove", point)
    send("touchEnd")


def test_keys_of_the_point(page, homes):
    box = opened(page, homes["served"], SIGMOID)
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


def test_screen_readers_hear_of_it_once(page, homes):
    """Many moves in a row are told in one sentence, when they are over."""
    box = opened(page, homes["served"], SIGMOID)
    page.evaluate(
        """() => {
          window.told = [];
          const place = document.querySelector(".explorable [role=status]");
          new MutationObserver(() => told.push(place.textContent))
            .observe(place, { childList: true });
        }"""
    )
    box.locator("[role=slider]").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("told.length")
    (told,) = page.evaluate("told")
    assert told.startswith("At z = 3.50: sigmoid: value 0.9707, slope 0.02845")


def test_those_who_cannot_see_the_curves_are_told_of_them(page, homes):
    box = opened(page, homes["served"], SIGMOID)
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


def test_saturation_is_told_of_each_function(page, homes):
    box = opened(page, homes["served"], SIGMOID)
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


def test_the_ring_shows_where_the_keys_go(page, homes):
    box = opened(page, homes["served"], SIGMOID)
    ring = box.locator("[role=slider] circle").first
    box.locator("[role=slider]").click()
    assert ring.get_attribute("stroke") in (None, "none"), "not for the mouse"
    page.keyboard.press("ArrowLeft")
    assert ring.get_attribute("stroke") == COLOURS["f"]
    page.keyboard.press("Tab")
    assert ring.get_attribute("stroke") == "none"


def test_the_drawing_fits_its_place(page, homes):
    """It is drawn anew when the window changes, and keeps what was chosen."""
    box = opened(page, homes["served"], SIGMOID)
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


@EVERY_PAGE
def test_without_scripts_the_still_picture_stands(name, browser, homes):
    with reading(browser, "light", 390, java_script_enabled=False) as reader:
        page = reader.new_page()
        page.goto(f"{homes['served']}/{name}")
        for box in page.locator(".explorable").all():
            assert box.locator("img").bounding_box()["width"] > 200
            assert len(box.inner_text().split()) >= 4


def test_a_broken_module_leaves_the_still_picture(browser, homes, tmp_path):
    """One drawing that cannot start complains, and takes nothing else with it."""
    source = (built() / SIGMOID).read_text("utf-8")
    assert 'data-module="' in source
    target = tmp_path / "site/book/activations/sigmoid.html"
    target.parent.mkdir(parents=True)
    (tmp_path / "site/_static").symlink_to(built() / "_static")
    (tmp_path / "site/_images").symlink_to(built() / "_images")
    target.write_text(source.replace("export default", "export const other ="))
    with reading(browser, "light", 1280) as reader:
        page = reader.new_page()
        said = []
        page.on("console", lambda message: said.append(message.type))
        page.goto(target.as_uri())
        page.wait_for_function("!document.querySelector('.explorable-live')")
        assert "error" in said
        assert page.locator(".explorable .still").is_visible()


# The host, with one control of each kind.


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """A page with all kinds of controls."""
    folder = tmp_path_factory.mktemp("kinds")
    done = build_small(folder, stored(folder, KINDS))
    assert done.returncode == 0, done.stderr[-2000:]
    return (folder / "_build/html").as_uri()


def named(page, label):
    return page.get_by_label(label, exact=True)


def test_sliders(page, kinds):
    opened(page, kinds, "book/index.html")
    assert named(page, "FloatSlider 1").first.input_value() == "0.5"
    assert page.locator(".readout").first.inner_text() == "0.50"
    named(page, "FloatSlider 1").first.fill("-0.25")
    assert named(page, "FloatSlider 2").first.input_value() == "-0.25"
    assert page.locator(".readout").first.inner_text() == "−0.25"
    named(page, "FloatSlider 2").first.fill("1")
    assert named(page, "FloatSlider 1").first.input_value() == "1"
    named(page, "IntSlider 1").fill("4")
    assert named(page, "IntSlider 2").input_value() == "4"
    assert page.locator(".readout").nth(2).inner_text() == "4"


def test_links_one_way(page, kinds):
    opened(page, kinds, "book/index.html")
    source, target = (named(page, f"FloatSlider {k}").nth(1) for k in (1, 2))
    source.fill("20")
    assert target.input_value() == "20"
    target.fill("30")
    assert source.input_value() == "20"
    assert not page.locator(".readout").nth(4).is_visible(), "readout=False"


def test_menus_and_toggles(page, kinds):
    opened(page, kinds, "book/index.html")
    named(page, "Dropdown 1").select_option("three")
    assert named(page, "Dropdown 2").input_value() == "three"
    group = page.get_by_role("group", name="ToggleButtons 1")
    group.get_by_label("two").check()
    other = page.get_by_role("group", name="ToggleButtons 2")
    assert other.get_by_label("two").is_checked()
    page.keyboard.press("ArrowRight")
    assert other.get_by_label("three").is_checked()


def test_boxes_and_words(page, kinds):
    opened(page, kinds, "book/index.html")
    named(page, "Checkbox 1").check()
    assert named(page, "Checkbox 2").is_checked()
    assert named(page, "off").is_disabled()
    assert page.get_by_text("a <b>", exact=True).is_visible(), "text stays text"
    hostile = "<script>alert(1)</script> & “quotes” 🙂"
    named(page, "Text 1").fill(hostile)
    assert page.get_by_text(hostile, exact=True).is_visible()
