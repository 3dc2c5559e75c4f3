"""The counter that loses count in a real browser: Python's numbers, moved by hand."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from live import center, ground, heard, looks, numbers, only, swipe

from lstm_lib.activations import sigmoid
from lstm_lib.drift import drift, half_life, reach, reached, walk
from lstm_lib.figures.picture import COLOURS

PAGE = "book/memory/counter.html"
MINE = "Reach of counters"
VERDICTS = "table >> xpath=preceding-sibling::div[1]"
ABOUT = "(one) => document.getElementById(one.getAttribute('aria-describedby'))"
# All numbers and curves at each of these places, to which the sliders are brought.
SWEEP = """(box, places) => {
  const sliders = [...box.querySelectorAll("input[type=range]")];
  return places.map((place) => {
    place.forEach((value, k) => {
      sliders[k].value = value;
      sliders[k].dispatchEvent(new Event("input", { bubbles: true }));
    });
    const all = (selector) => [...box.querySelectorAll(selector)];
    return [
      Object.fromEntries(all("data").map((d) => [d.dataset.name, Number(d.value)])),
      Object.fromEntries(all("path[data-curve]").map((p) =>
        [p.dataset.curve, p.getAttribute("d")])),
      all("line[data-failure]").map((l) => Number(l.getAttribute("x1"))),
      box.offsetHeight,
    ];
  });
}"""
PLACES_OF_SLIDERS = [
    *((B, power) for B in (1, 1.5, 3, 5.5, 8, 10) for power in (0, 0.3, 1, 1.78, 2.18)),
    *((B, 2.4) for B in np.arange(1, 20.5, 0.5)),
    *((B, power) for B in (7.5, 12, 19, 20) for power in (3.5, 4.37, 5)),
]


@pytest.fixture
def box(page, bare):
    return mine(page, bare["served"])


def mine(page, home):
    return only(page, home, PAGE, MINE)


def sweep(box, places):
    return box.evaluate(SWEEP, np.asarray(places, dtype=float).tolist())


def set_to(box, strength, n):
    """Bring B and n there, the latter by as many keys as it takes."""
    ((found, *_),) = sweep(box, [[strength, math.log10(n)]])
    point(box).focus()
    for _ in range(abs(n - int(found["n"]))):
        box.page.keyboard.press("ArrowUp" if n > found["n"] else "ArrowDown")
    assert values(box)["n"] == n


def values(box):
    return {name: value for name, (value, _) in numbers(box).items()}


def at(box):
    found = values(box)
    return found["B"], found["n"]


def point(box):
    return box.get_by_role("slider", name="point: strength B to the right, n upward")


def frame(box):
    """Left, top, width and height of the plane, in the pixels of its svg."""
    inside = ground(box).locator("> svg")
    names = ("x", "y", "width", "height")
    return [float(inside.get_attribute(name)) for name in names]


def place(box):
    """Where the knob is, as B and log₁₀ n."""
    left, top, width, height = frame(box)
    x, y = map(float, re.findall(r"[-\d.]+", point(box).get_attribute("transform")))
    return 20 * (x - left) / width, 5 * (top + height - y) / height


def expected(strength, n):
    """All numbers that are to be shown, the states, and how far they are off."""
    states = walk(strength, n, n)
    count = n - np.abs(np.arange(1, 2 * n + 1) - n)
    wrong = np.rint(states) != count
    end, lost = states[-1], math.exp(-strength)
    shown = {
        "end": end,
        "B": strength,
        "n": n,
        "lost predicted": lost,
        "lost computed": 1 - sigmoid(strength),
        "drift predicted": drift(strength, n),
        "drift computed": end,
        "per step predicted": -n * lost / 2,
        "per step computed": end / (2 * n),
        "reach predicted": reach(strength),
        "reach computed": reached(strength),
        "half-life": half_life(strength),
    }
    if wrong.any():
        first = int(wrong.argmax())
        shown |= {"failure": first + 1, "counted": np.rint(states[first]) + 0.0}
        shown["true"] = count[first]
    return shown, np.append(0, states), np.append(0, states - count)


def same(ours, pythons, short):
    allowed = (1e-12 if short else 1e-9) * max(1, abs(pythons))
    return abs(ours - pythons) <= allowed


def test_every_number_is_pythons(box):
    """From one step to 200 000; also where the count first fails, if it does."""
    fates = set()
    found = sweep(box, PLACES_OF_SLIDERS)
    for (strength, power), (shown, curves, marks, _) in zip(PLACES_OF_SLIDERS, found):
        n = round(10**power)
        wanted, states, off = expected(strength, n)
        assert shown.keys() == wanted.keys(), (strength, n)
        for name, value in wanted.items():
            assert same(shown[name], value, n <= 1000), (strength, n, name)
        # What is small is right to its own digits, too.
        for name in ("lost predicted", "drift predicted", "half-life"):
            assert shown[name] == pytest.approx(wanted[name], rel=1e-12)
        assert len(marks) == 2 * ("failure" in wanted)
        check_curves(curves, n, states, off)
        fates.add(("failure" in wanted, abs(wanted["end"]) < 0.5))
    assert fates == {(True, True), (True, False), (False, True)}


def points(path):
    pairs = [list(map(float, pair.split())) for pair in path[1:].split("L")]
    return np.transpose(pairs)


def check_curves(curves, n, states, off):
    """The lines run through the states, and through what is lost."""
    for name, values in (("state", states), ("off", off)):
        x, y = points(curves[name])
        assert len(x) == min(2 * n + 1, 301)
        steps = np.round(2 * n * (x - x[0]) / (x[-1] - x[0])).astype(int)
        assert (steps[0], steps[-1]) == (0, 2 * n) and n in steps
        if np.ptp(y) < 20:  # pixels: next to a level line
            continue
        slope, level = np.polyfit(y, values[steps], 1)
        apart = slope * y + level - values[steps]
        assert np.abs(apart).max() < 0.001 * np.ptp(values), (name, n)
    x, y = points(curves["count"])
    assert len(x) == 3 and y[0] == y[2] > y[1]


def test_predicted_is_dashed_and_computed_solid(box):
    set_to(box, 10, 150)
    looks = box.locator("path[data-curve]").evaluate_all(
        "all => all.map((p) => [p.dataset.curve, p.getAttribute('stroke-dasharray'),"
        " p.getAttribute('stroke')])"
    )
    assert looks == [
        ["state", None, COLOURS["c"]],
        ["count", "2 3", "#333333"],
        ["off", None, COLOURS["c"]],
        ["predicted", "7 4", "#333333"],
    ]
    heads = box.locator("thead th, tr:first-of-type th").all_inner_texts()
    assert heads == ["predicted", "computed"]


def test_the_plane_has_both_reaches(box):
    """The dots where reached is, the dashed line where reach is."""
    left, top, width, height = frame(box)
    dots = (
        ground(box)
        .locator("> svg circle")
        .evaluate_all(
            "all => all.map((o) => ['cx', 'cy'].map((n) => Number(o.getAttribute(n))))"
        )
    )
    x, y = np.transpose(dots)
    strengths = np.arange(1, 20.5, 0.5)
    assert 20 * (x - left) / width == pytest.approx(strengths)
    powers = 5 * (top + height - y) / height
    wanted = [math.log10(reached(B)) for B in strengths]
    assert powers == pytest.approx(wanted, abs=1e-9)
    path = ground(box).locator("> svg path")
    assert path.get_attribute("stroke-dasharray") == "7 4"
    x, y = points(path.get_attribute("d"))
    ends = 20 * (x - left) / width
    assert ends == pytest.approx([1, 20], abs=0.01)
    powers = 5 * (top + height - y) / height
    wanted = [math.log10(reach(B)) for B in ends]
    assert powers == pytest.approx(wanted, abs=0.001)


def test_the_verdict_in_words(box):
    """At the very n where it turns, and where it lost count unnoticed."""
    told = box.locator(VERDICTS)
    set_to(box, 10, 150)
    assert told.inner_text().splitlines() == [
        "First failure: at step 149, counted 148, true 149.",
        "After 300 steps c = −1.015: to this cell aⁿbⁿ is not balanced.",
    ]
    set_to(box, 10, 105)
    first, last = told.inner_text().splitlines()
    assert first == "First failure: none."
    assert last.endswith(": to this cell aⁿbⁿ is balanced.")
    set_to(box, 10, 106)
    first, last = told.inner_text().splitlines()
    assert re.match(r"First failure: at step 1\d\d, counted \d+, true \d+\.", first)
    assert last.endswith(": to this cell aⁿbⁿ is not balanced.")
    set_to(box, 1, 2)
    first, last = told.inner_text().splitlines()
    assert first == "First failure: at step 2, counted 1, true 2."
    assert last.endswith("is balanced, though the count was lost on the way.")


def test_the_point_is_dragged_with_the_mouse(page, bare):
    box = mine(page, bare["served"])
    sweep(box, [[10, 2]])
    ground(box).scroll_into_view_if_needed()
    _, _, width, height = frame(box)
    x, y = center(point(box))
    page.mouse.move(x + 2, y - 2)  # not quite in the middle
    page.mouse.down()
    page.mouse.move(x + 2 + width / 10, y - 2 - height / 5, steps=4)
    strength, n = at(box)
    assert strength == 12 and n == pytest.approx(1000, rel=0.05)
    sliders = [float(s.input_value()) for s in box.locator("input[type=range]").all()]
    assert sliders == pytest.approx([12, math.log10(n)], abs=0.006), "they follow"
    page.mouse.move(x + 5000, y - 5000)
    assert at(box) == (20, 100_000)
    page.mouse.move(x - 5000, y + 5000)
    assert at(box) == (1, 1), "and stops at the ends"
    page.mouse.up()
    page.mouse.move(x, y)
    assert at(box) == (1, 1), "let go, it stays"
    page.mouse.click(x, y)
    strength, n = at(box)
    assert strength == 10 and n == pytest.approx(100, rel=0.1), "a click brings it"
    assert point(box).locator("circle").first.get_attribute("stroke") == "none"


def test_the_point_is_moved_by_touch(phone, bare):
    """The knob goes wherever a finger drags it; elsewhere fingers tap and scroll."""
    box = mine(phone, bare["disk"])
    sweep(box, [[10, 3]])
    ground(box).scroll_into_view_if_needed()
    _, _, width, height = frame(box)
    x, y = center(point(box))
    scrolled = phone.evaluate("scrollY")
    swipe(phone, (x, y), (x + width / 20, y + height / 5))
    strength, n = at(box)
    assert strength == 11 and n == pytest.approx(100, rel=0.1)
    assert phone.evaluate("scrollY") == scrolled, "and the page stays"
    phone.touchscreen.tap(x, y)
    strength, n = at(box)
    assert strength == 10 and n == pytest.approx(1000, rel=0.1), "a tap brings it"
    swipe(phone, (x - 60, y + 60), (x - 40, y - 140))
    phone.wait_for_function(f"scrollY > {scrolled} + 50")
    assert at(box) == (strength, n), "scrolling moves nothing"


def test_keys_alone_reach_every_number(box):
    """A digit is arrows, the next one is made room for by Page Up."""
    sweep(box, [[10, 0]])
    keys, handle = box.page.keyboard, point(box)
    handle.focus()
    for key, strength, n in (
        ("ArrowDown", 10, 1),
        ("PageDown", 10, 1),
        ("PageUp", 10, 10),
        ("ArrowUp", 10, 11),
        ("PageUp", 10, 110),
        ("ArrowDown", 10, 109),
        ("PageDown", 10, 11),
        ("PageUp", 10, 110),
        ("PageUp", 10, 1100),
        ("PageUp", 10, 11_000),
        ("PageUp", 10, 100_000),
        ("ArrowUp", 10, 100_000),
        ("ArrowDown", 10, 99_999),
        ("ArrowRight", 10.5, 99_999),
        ("ArrowLeft", 10, 99_999),
        ("End", 20, 99_999),
        ("ArrowRight", 20, 99_999),
        ("Home", 1, 99_999),
        ("Control+End", 1, 99_999),
    ):
        keys.press(key)
        assert at(box) == (strength, n), key
        assert place(box) == pytest.approx((strength, math.log10(n)))
        assert handle.get_attribute("aria-valuenow") == str(n)
        assert handle.get_attribute("aria-valuetext") == f"n {n}, B {strength:g}"
    bounds = [handle.get_attribute(f"aria-value{end}") for end in ("min", "max")]
    assert bounds == ["1", "100000"]
    assert handle.locator("circle").first.get_attribute("stroke") == COLOURS["f"]


def test_it_is_told_to_those_who_cannot_see_it(box):
    set_to(box, 10, 150)
    for svg in (ground(box), box.get_by_role("img", name="The state of a counter")):
        told = svg.evaluate(f"{ABOUT}.textContent")
        assert told.startswith(
            "The state of a counter that reads 150 a and then 150 b rises to 149.5,"
            " where the true count is 150, and falls to −1.015 instead of 0."
        )
    (said,) = heard(box.page, box)
    assert said.startswith("B 15, n 150. First failure: none. Left at the end −0.00688")
    assert said.endswith("aⁿbⁿ is balanced. Reach 1278, predicted 1278.")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_fits_its_place(width, box):
    """Nothing jumps, nothing is cut off, no words lie on others."""
    page = box.page
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function(
        "(wide) => document.querySelector('svg[role=group]').clientWidth < wide",
        arg=width,
    )
    assert len({height for *_, height in sweep(box, PLACES_OF_SLIDERS)}) == 1
    for setting in [(1, 0.3), (20, 5), (4, 5), (10, 2.18), (10, 2.03), (16, 0)]:
        sweep(box, [setting])
        for svg in box.locator(".explorable-drawing svg").all():
            if svg.get_attribute("role"):
                assert not svg.evaluate(CLASHES), setting
        cells = box.locator("tr").evaluate_all(
            "all => all.map((tr) => [...tr.children].map((td) => {"
            " const range = document.createRange(); range.selectNodeContents(td);"
            " const r = range.getBoundingClientRect(); return [r.left, r.right]; }))"
        )
        for row in cells:
            for (_, right), (left, _) in pairwise([one for one in row if one[1]]):
                assert right <= left, setting
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert looks(box)


CLASHES = """(svg) => {
  const all = [...svg.querySelectorAll("text")].filter((one) => one.textContent);
  const places = all.map((one) => [one.textContent, one.getBoundingClientRect()]);
  const edge = svg.getBoundingClientRect();
  const apart = (a, b) => a.right <= b.left || b.right <= a.left ||
    a.bottom <= b.top + 3 || b.bottom <= a.top + 3;
  return places.flatMap(([text, place], k) => [
    ...(place.left < edge.left || place.right > edge.right ? [text] : []),
    ...places.slice(k + 1).filter(([, other]) => !apart(place, other))
      .map(([other]) => `${text} on ${other}`),
  ]);
}"""
