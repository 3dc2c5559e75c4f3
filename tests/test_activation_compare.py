"""The comparison of activations in a real browser: same numbers as Python's."""

import math

import numpy as np
import pytest
from live import center, heard, numbers, opened, swipe
from visits import screen

from lstm_lib.activations import ACTIVATIONS
from lstm_lib.figures.picture import COLOURS
from lstm_lib.outputs import EDGES, summary

CONTROLS = "book/reference/controls.html"
SHOWN = ("sigmoid", "tanh", "hard_tanh", "relu")
LEFT, RIGHT = 44, 46  # pixels beside the curves


def compared(page, home):
    """The comparison on a page of the book."""
    return opened(page, home, CONTROLS).filter(has_text="at one value").first


def move(box, mean, spread):
    sliders = box.locator("input[type=range]")
    sliders.first.fill(str(mean))
    sliders.nth(1).fill(str(spread))


def choose(box, *names):
    for menu, name in zip(box.locator("select").all(), names, strict=True):
        menu.select_option(name)


def expected(mean, spread, *names):
    """{name: number} of all numbers that are to be shown."""
    told = {"mean": mean, "spread": spread}
    for name in names:
        found = summary(ACTIVATIONS[name], mean, spread)
        told |= {f"{name} {part}": getattr(found, part) for part in ("mean", "spread")}
        told[f"{name} dead"] = found.dead
        told |= {f"{name} at {value:g}": share for value, share in found.spikes}
    return told


def percent(share):
    """A share as it is written: one above 0 is never written as 0."""
    rounded = math.floor(100 * share + 0.5)
    return f"{rounded} %" if rounded or not share else "<1 %"


def fixed(value, digits):
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def test_the_numbers_on_the_page_are_pythons(page, bare):
    """Each function in each place, for inputs from narrow to wide."""
    box = compared(page, bare["served"])
    names = [*ACTIVATIONS]
    for turn in range(len(names)):
        four = (names[turn:] + names[:turn])[:4]
        choose(box, *four)
        for mean, spread in ((0, 1), (2, 1), (-3, 0.1), (1.35, 4)):
            move(box, mean, spread)
            found, wanted = numbers(box), expected(mean, spread, *four)
            assert found.keys() == wanted.keys()
            for name, (value, text) in found.items():
                near = 1e-12 * max(1, abs(wanted[name]))
                assert value == pytest.approx(wanted[name], abs=near), name
                if "dead" in name or " at " in name:
                    *_, place = name.split(" at ")
                    rest = "" if "dead" in name else f" at {fixed(float(place), 0)}"
                    assert text == f"{percent(value)}{rest}"
                else:
                    digits = 3 if " " in name else 2
                    assert text == fixed(value, digits)


def test_a_small_share_is_not_written_as_none(page, bare):
    box = compared(page, bare["served"])
    choose(box, "identity", "sigmoid", "hard_tanh", "none")
    move(box, 1.5, 0.5)
    shown = numbers(box)
    assert 0 < shown["hard_tanh at -1"][0] < 0.005
    assert shown["hard_tanh at -1"][1] == "<1 % at −1"
    assert shown["sigmoid dead"][1] == "<1 %" and shown["identity dead"][1] == "0 %"
    dead = drawings(box)[0].locator("text").filter(has_text=" %").all_text_contents()
    assert dead == ["0 %", "<1 %", "84 %"]
    words = "dead <1 %. hard_tanh: mean 0.958, spread 0.131, dead 84 %, <1 % at −1"
    page.wait_for_function(
        "(words) => document.body.textContent.includes(words)", arg=words
    )


def drawings(box):
    """The svg with the curves, and that with the histograms."""
    return box.locator(".explorable-drawing > div > div > svg").all()


def frames(box):
    """The left, top, width and height of each frame of curves and histograms."""
    return box.locator(".explorable-drawing svg > svg").evaluate_all(
        "all => all.map((one) => ['x', 'y', 'width', 'height']"
        ".map((side) => one[side].baseVal.value))"
    )


def test_the_drawing_is_where_its_numbers_are(page, bare):
    """Hill, handle, bars, needles and means lie at the numbers shown."""
    box = compared(page, bare["served"])
    move(box, 0.5, 2)
    ground, outputs = drawings(box)
    left, _, width, _ = frames(box)[0]

    def across(z):
        return left + (z + 8) / 16 * width

    handle = box.locator("[role=slider]").get_attribute("transform")
    assert float(handle.split("(")[1].split()[0]) == pytest.approx(across(0.5))
    for hill, (_, _, _, tall) in zip(
        ground.locator("path[transform]").all(), frames(box), strict=False
    ):
        scale = hill.evaluate("one => one.transform.baseVal.consolidate().matrix.d")
        assert 100 * scale == pytest.approx(tall * 0.45 / 2), "as high as it is narrow"
        place = hill.evaluate("one => one.getBBox().width * one.transform.baseVal"
                              ".consolidate().matrix.a")  # fmt: skip
        assert place == pytest.approx(8 * 2 * width / 16, abs=0.1)
    bars = ground.locator("rect").evaluate_all(
        "all => all.map((one) => [one.x.baseVal.value,"
        " one.x.baseVal.value + one.width.baseVal.value])"
    )
    edge, tanh_edge = 2 * math.acosh(5), math.acosh(10)
    wanted = [(-8, -edge), (edge, 8), (-8, -tanh_edge), (tanh_edge, 8)]
    wanted += [(-8, -1), (1, 8), (-8, 0)]
    places = [list(map(across, pair)) for pair in wanted]
    assert np.allclose(bars, places, atol=width / 320)
    dead = ground.locator("text").filter(has_text=" %").all_text_contents()
    shown = numbers(box)
    assert dead == [shown[f"{name} dead"][1] for name in SHOWN]
    for k, name in enumerate(SHOWN):
        found = summary(ACTIVATIONS[name], 0.5, 2)
        check_histogram(outputs, frames(box)[3 + k], k, found)


def test_the_hill_keeps_its_area_until_it_would_leave_the_frame(page, bare):
    box = compared(page, bare["served"])
    hill = drawings(box)[0].locator("path[transform]").first
    _, _, width, tall = frames(box)[0]
    for spread, share in ((4, 0.1125), (1, 0.45), (0.5, 0.9), (0.1, 0.9)):
        move(box, 0, spread)
        across, up = hill.evaluate(
            "one => { const to = one.transform.baseVal.consolidate().matrix;"
            " return [to.a, to.d]; }"
        )
        found = [100 * across, 100 * up]
        assert found == pytest.approx([spread * width / 16, share * tall], rel=1e-3)


def check_histogram(svg, frame, k, found):
    """The bars, the needles and the mark of the mean of one function."""
    left, top, width, height = frame
    low, high = -1.1, 4.1

    def across(y):
        return left + (y - low) / (high - low) * width

    path = svg.locator("svg").nth(k).locator("path").get_attribute("d")
    heights = [float(one.split("H")[0]) for one in path.split("V")[1:-1]]
    wanted = top + height * (1 - np.sqrt(np.maximum(0, found.heights)))
    assert np.allclose(heights, wanted, atol=0.006)
    ends = [float(one.split("H")[1]) for one in path.split("V")[1:-1]]
    assert np.allclose(ends, across(EDGES[1:]), atol=0.006)
    needles = (
        svg.locator("g:not([aria-hidden])")
        .nth(k)
        .locator("circle")
        .evaluate_all(
            "all => all.map((one) => [one.cx.baseVal.value, one.cy.baseVal.value])"
        )
    )
    tips = [[across(y), top + height * (1 - share**0.5)] for y, share in found.spikes]
    assert np.allclose(needles, tips) and len(needles) == len(tips)
    tip = svg.locator(":scope > path").nth(k).get_attribute("d")
    assert float(tip[1:].split("L")[2].split()[0]) == pytest.approx(
        across(found.mean), abs=0.01
    )
    marked = svg.locator(":scope > text[font-size='12']").nth(2 * k + 1)
    assert marked.text_content() == fixed(found.mean, 2)


def test_what_lies_outside_is_counted(page, bare):
    box = compared(page, bare["served"])
    choose(box, "identity", "relu", "leaky_relu", "none")
    for mean, spread, words in (
        (-1, 3, ["37 % < −2, 5 % > 4", "5 % > 4", "5 % > 4"]),
        (3, 1, ["16 % > 4"] * 3),
        (-3, 1, ["84 % < −2", "", ""]),
        (0, 1, ["2 % < −2", "", ""]),
        (0, 0.1, ["", "", ""]),
    ):
        move(box, mean, spread)
        outside = drawings(box)[1].locator(":scope > text[font-size='12']")
        assert outside.all_text_contents()[::2] == words
    move(box, -3, 0.5)
    marks = drawings(box)[1].locator(":scope > text[font-size='12']")
    assert marks.all_text_contents()[1] == "−3.00 ←", "a mean out of sight"


def test_needles_stand_at_both_bounds_and_are_not_cut_off(page, bare):
    box = compared(page, bare["served"])
    choose(box, "hard_tanh", "hard_sigmoid", "none", "none")
    move(box, 0, 3)
    svg = drawings(box)[1]
    said = svg.locator("g:not([aria-hidden]) > text").all_text_contents()
    assert said == ["37 %", "37 %", "16 %", "16 %"]
    (left, _, width, _), _ = frames(box)[3:]
    for circle in svg.locator("circle").all():
        x = float(circle.get_attribute("cx"))
        assert left + 5 < x < left + width - 5
        assert circle.evaluate("one => one.closest('svg').clientWidth") > width
    shown = numbers(box)
    assert shown["hard_tanh at -1"][1] == "37 % at −1"
    move(box, -2, 0.1)
    assert svg.locator("g:not([aria-hidden]) > text").all_text_contents() == ["100 %"]


def test_the_mean_is_dragged_with_the_mouse(page, bare):
    box = compared(page, bare["served"])
    box.scroll_into_view_if_needed()
    x, y = center(box.locator("[role=slider]"))
    page.mouse.move(x + 3, y)  # not quite in the middle
    page.mouse.down()
    page.mouse.up()
    assert numbers(box)["mean"][0] == 0, "taken hold of, it does not jump"
    page.mouse.down()
    page.mouse.move(x + 33, y + 5, steps=4)
    mean = numbers(box)["mean"][0]
    assert mean == pytest.approx(30 / pixels(box), abs=0.03)
    assert float(box.locator("input[type=range]").first.input_value()) == mean
    page.mouse.move(x + 5000, y)
    assert numbers(box)["mean"][0] == 3, "and stops at the end"
    page.mouse.up()
    page.mouse.click(x - 1.5 * pixels(box), y + 60)
    assert numbers(box)["mean"][0] == pytest.approx(-1.5, abs=0.03), "a click brings it"
    here = drawings(box)[1].bounding_box()
    page.mouse.click(here["x"] + 200, here["y"] + 100)
    assert numbers(box)["mean"][0] == pytest.approx(-1.5, abs=0.03), "outputs stay put"


def test_the_mean_is_moved_by_touch(phone, bare):
    box = compared(phone, bare["disk"])
    point = box.locator("[role=slider]")
    point.scroll_into_view_if_needed()
    x, y = center(point)
    swipe(phone, (x, y), (x - 30, y + 4))
    mean = numbers(box)["mean"][0]
    assert mean == pytest.approx(-30 / pixels(box), abs=0.03)
    phone.touchscreen.tap(x + 2 * pixels(box), y + 60)
    assert numbers(box)["mean"][0] == pytest.approx(2, abs=0.03)
    ground = drawings(box)[0]
    height, here = phone.evaluate("scrollY"), ground.bounding_box()
    start = (here["x"] + 150, here["y"] + 250)
    swipe(phone, start, (start[0] + 40, start[1] - 200))
    phone.wait_for_function(f"scrollY > {height} + 50")
    assert numbers(box)["mean"][0] == pytest.approx(2, abs=0.03), "no scroll moves it"


def pixels(box):
    """How many pixels z = 1 is away from z = 0."""
    left, _, width, _ = frames(box)[0]
    assert left == LEFT
    assert drawings(box)[0].bounding_box()["width"] == pytest.approx(
        LEFT + width + RIGHT
    )
    return width / 16


def test_keys_of_the_mean(page, bare):
    box = compared(page, bare["served"])
    point = box.get_by_role("slider", name="mean of the input")
    point.focus()
    for key, mean in (
        ("ArrowRight", 0.05),
        ("ArrowUp", 0.1),
        ("ArrowLeft", 0.05),
        ("PageDown", -0.95),
        ("Home", -3),
        ("ArrowDown", -3),
        ("PageUp", -2),
        ("End", 3),
    ):
        page.keyboard.press(key)
        assert numbers(box)["mean"][0] == pytest.approx(mean, abs=1e-12), key
        assert float(point.get_attribute("aria-valuenow")) == numbers(box)["mean"][0]
    assert point.get_attribute("aria-valuetext") == "3.00"
    ring = point.locator("circle").first
    assert ring.get_attribute("stroke") == COLOURS["f"]


def test_screen_readers_hear_of_it_once(page, bare):
    """Many moves in a row are told in one text, when they are over."""
    box = compared(page, bare["served"])
    (told,) = heard(page, box)
    assert told.startswith(
        "Input: mean 0.50, spread 1.00. sigmoid: mean 0.602, spread 0.202, dead <1 %."
    )
    hard = "hard_tanh: mean 0.332, spread 0.673, dead 38 %, 7 % at −1, 31 % at 1."
    assert hard in told


def test_those_who_cannot_see_the_curves_are_told_of_them(page, bare):
    box = compared(page, bare["served"])
    choose(box, "hard_tanh", "identity", "sigmoid", "none")
    group = box.get_by_role("group", name="value, slope, bend of hard_tanh, identity")
    about = group.get_attribute("aria-describedby")
    told = page.locator(f"#{about}").text_content()
    assert told.startswith("hard_tanh goes from −1 to 1 in straight lines, a kink")
    assert "largest slope is 0.2500 at z = 0.00" in told
    assert told.endswith(
        "A grey hill is the density of the inputs. A dot marks their mean, and a thick"
        " line through it reaches one spread to each side."
    )
    table = box.get_by_role("table", name="Numbers of input and outputs")
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert heads == ["function", "mean", "spread", "dead", "at one value"]
    rows = table.get_by_role("rowheader").all_inner_texts()
    assert rows == ["input z", "hard_tanh", "identity", "sigmoid"]


def test_a_function_that_is_chosen_twice_is_drawn_once_and_so_it_is_said(page, bare):
    box = compared(page, bare["served"])
    said = box.locator(".explorable-drawing p")
    assert said.inner_text() == ""
    choose(box, "tanh", "relu", "tanh", "relu")
    assert said.inner_text() == (
        "tanh is chosen more than once, and drawn once."
        " relu is chosen more than once, and drawn once."
    )
    assert len(frames(box)) == 5
    choose(box, "tanh", "tanh", "none", "none")
    assert said.inner_text() == "tanh is chosen more than once, and drawn once."
    assert numbers(box).keys() == expected(0, 1, "tanh").keys()


def looks(box):
    """{function: colour and dash of its line}, which are the same wherever it is."""
    lines = "all => all.map((one) => ['stroke', 'stroke-dasharray'].map((name) =>"
    lines += " one.getAttribute(name)).join(' '))"
    table = box.locator("tr:has(th svg)")
    found = dict(zip(
        table.locator("th").all_inner_texts(),
        table.locator("line").evaluate_all(lines),
        strict=True,
    ))  # fmt: skip
    curves, outputs = drawings(box)
    frame = curves.locator("svg").first.locator("path:not([transform])")
    assert {*frame.evaluate_all(lines)} == {*found.values()}
    keys = curves.locator("line[x1='10']").evaluate_all(lines)
    assert (
        keys
        == [*found.values()]
        == outputs.locator(
            ":scope > line:not([stroke-dasharray='2 3'][y1]), :scope > line[x2='70']"
        ).evaluate_all(lines)
    )
    return found


def test_a_function_keeps_its_look_while_others_change(page, bare):
    box = compared(page, bare["served"])
    choose(box, *SHOWN)
    before = looks(box)
    assert len({*before.values()}) == 4
    choose(box, "sigmoid", "tanh", "none", "relu")
    assert looks(box) == {name: before[name] for name in ("sigmoid", "tanh", "relu")}
    choose(box, "sigmoid", "sigmoid", "hard_tanh", "relu")
    assert looks(box) == {
        name: before[name] for name in ("sigmoid", "hard_tanh", "relu")
    }
    choose(box, "sigmoid", "identity", "hard_tanh", "relu")
    assert looks(box)["identity"] == before["tanh"], "the look of its menu"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_sliders_stand_above_the_drawing_and_the_menus_below(width, page, bare):
    page.set_viewport_size(screen(width))
    box = compared(page, bare["served"])
    sliders, menus = box.locator("input[type=range]"), box.locator("select")
    drawing = box.locator(".explorable-drawing").bounding_box()
    assert center(sliders.nth(1))[1] < drawing["y"]
    assert drawing["y"] - sliders.first.bounding_box()["y"] < 130
    assert menus.first.bounding_box()["y"] >= drawing["y"] + drawing["height"]
    sliders.first.focus()
    seen = []
    for _ in range(7):
        seen.append(page.evaluate("document.activeElement.localName"))
        page.keyboard.press("Tab")
    assert seen == ["input", "input", "g", *["select"] * 4]


def overlap(one, other):
    """Whether two boxes of words have more in common than the air about them."""
    (ax, ay, aw, ah), (bx, by, bw, bh) = one, other
    across = min(ax + aw, bx + bw) - max(ax, bx)
    along = min(ay + ah, by + bh) - max(ay, by)
    return across > 1 and along > 1


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_fits_its_place(width, page, bare):
    """Two columns where there is room, no words on words, nothing beyond the edge."""
    page.set_viewport_size(screen(width))
    box = compared(page, bare["served"])
    names = [*ACTIVATIONS]
    for turn in range(len(names)):
        four = (names[turn:] + names[:turn])[:4]
        choose(box, *four)
        move(box, 3, 4)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        curves, outputs = (svg.bounding_box() for svg in drawings(box))
        assert (outputs["x"] > curves["x"] + 100) == (width == 1280)
        words = drawings(box)[0].locator(":scope > text[stroke]")
        assert words.all_text_contents() == four
        places = words.evaluate_all(
            "all => all.map((one) => one.getBBox())"
            ".map((one) => [one.x, one.y, one.width, one.height])"
        )
        for k, (x, _, wide, _) in enumerate(places):
            assert not any(overlap(places[k], other) for other in places[:k]), four
            assert x >= LEFT and x + wide <= curves["width"] - RIGHT, four


def test_it_is_drawn_anew_when_the_window_changes(page, bare):
    box = compared(page, bare["served"])
    choose(box, "relu", "tanh", "none", "none")
    move(box, 1, 2)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "document.querySelector('.explorable svg').clientWidth < 370"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wanted = expected(1, 2, "relu", "tanh")
    assert {name: value for name, (value, _) in numbers(box).items()} == pytest.approx(
        wanted
    )


def test_on_paper_the_still_picture_stands(page, homes):
    box = compared(page, homes["served"])
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    still = box.locator(".still")
    assert still.is_visible() and not box.locator(".explorable-live").is_visible()
    assert "the input can be moved and the functions changed" in still.inner_text()
    assert "hard_tanh: slope less than 0.01 in size for 32% of the inputs" in (
        still.locator("img").get_attribute("alt")
    )
