"""What is left of a change, in a real browser: Python's numbers, any pair at hand."""

import re
from functools import cache

import numpy as np
import pytest
from live import center, ground, heard, numbers, only, swipe

from lstm_lib import scope
from lstm_lib.explorables import ScopeDrawing
from lstm_lib.figures.picture import COLOURS
from lstm_lib.scope import KINDS

PAGE = "book/memory/gradient.html"
MINE = "What is left from step to step"
VERDICT = "table >> xpath=preceding-sibling::div[1]"
# Everything on show for each kind, bias, gain, horizon and pair.
SWEEP = """(box, settings) => {
  const menu = box.querySelector("select");
  const sliders = [...box.querySelectorAll("input[type=range]")];
  const all = (selector) => [...box.querySelectorAll(selector)];
  const told = (one) => one.dispatchEvent(new Event(
    one === menu ? "change" : "input", { bubbles: true }));
  return settings.map(([kind, ...values]) => {
    menu.selectedIndex = kind;
    told(menu);
    values.forEach((value, k) => {
      sliders[k].value = value;
      told(sliders[k]);
    });
    return [
      Object.fromEntries(all("data").map((d) => [d.dataset.name, Number(d.value)])),
      Object.fromEntries(all("path[data-curve]").map((p) =>
        [p.dataset.curve, p.getAttribute("d")])),
      all("text[data-half]").map((t) => t.textContent)[0],
      box.offsetHeight,
    ];
  });
}"""
# Read from a copy, for a canvas that is read twice makes the browser complain.
TONES = """(one) => {
  const copy = new OffscreenCanvas(24, 24).getContext("2d");
  copy.drawImage(one, 0, 0);
  return [...copy.getImageData(0, 0, 24, 24).data];
}"""
LEFT = """async ([text, units, x, cases]) => {
  const { left, unpacked, walked } = await import("./scope.js");
  const networks = unpacked(text, units);
  return cases.map(([kind, bias, gain, s]) => networks.map((one) => {
    const found = left(walked(one, kind, bias, gain, x), s, x.length - 1);
    return Object.values(found).map((sizes) => sizes && sizes.join(" "));
  }));
}"""
SETTINGS = [
    *((k, b, 1, 30) for k in range(5) for b in (-2, 0, 3, 8)),
    *((k, 1.5, g, 30) for k in range(5) for g in (0, 0.3, 2, 3)),
    (0, 3, 1, 10), (0, 3, 1, 1000), (1, -2, 0, 500), (3, 0, 2.5, 100),
]  # fmt: skip


@pytest.fixture
def box(page, bare):
    return mine(page, bare["served"])


def mine(page, home):
    return only(page, home, PAGE, MINE)


def sweep(box, settings):
    return box.evaluate(SWEEP, settings)


@cache
def left(kind, bias, gain, s=0):
    """What is left, in the order of the menu."""
    return scope.left(KINDS[kind], bias, gain, s)


def expected(kind, bias, gain, s=1, t=11):
    """All numbers that are to be shown."""
    n, found, pair = t - s, left(kind, bias, gain), left(kind, bias, gain, s - 1)
    shown = {"n": n}
    for path, sizes in found._asdict().items():
        if sizes is not None:
            median = np.median(sizes, axis=0)
            shown[f"{path} median"] = median[n]
            shown[f"{path} pair"] = getattr(pair, path)[0, n]
            half = None if path == "rest" else scope.crossing(median)
            shown |= {} if half is None else {f"{path} half-life": half}
    if found.direct is not None:
        shown["held half-life"] = scope.half_life(bias)
        shown["held median"] = scope.held(bias) ** n
    return shown


def same(ours, pythons):
    return ours == pytest.approx(pythons, rel=1e-9, abs=1e-300)


def knob(box):
    name = "pair: from step s to the right, to step t upward"
    return box.get_by_role("slider", name=name)


def pair(box):
    text = knob(box).get_attribute("aria-valuetext")
    return tuple(
        map(int, re.fullmatch(r"from step (\d+) to step (\d+)", text).groups())
    )


def frame(inside):
    """Left, top, width and height of a frame, in the pixels of its svg."""
    return [float(inside.get_attribute(k)) for k in ("x", "y", "width", "height")]


def cell(box, s, t):
    """Where a pair is, in the pixels of the window."""
    place = box.locator("canvas").bounding_box()
    x = place["x"] + (s - 0.5) * place["width"] / 24
    return x, place["y"] + (24.5 - t) * place["height"] / 24


def points(path):
    pairs = [list(map(float, one.split())) for one in path.strip("MZ").split("L")]
    return np.transpose(pairs)


def test_the_page_computes_what_python_does(modules):
    """Every path of every network, all kinds, from the first state and from others."""
    drawing = ScopeDrawing()
    cases = [
        (k, bias, gain, s)
        for k in range(5)
        for bias, gain in ((-2, 1), (0, 0), (3, 1), (8, 3), (1.5, 2.2))
        for s in (0, 9, 30)
    ]
    named = [(KINDS[k], *rest) for k, *rest in cases]
    given = [drawing.weights, drawing.units, drawing.x, named]
    for case, networks in zip(cases, modules.evaluate(LEFT, given), strict=True):
        ours = left(*case)
        for k, paths in enumerate(networks):
            for sizes, wanted in zip(paths, ours, strict=True):
                assert (sizes is None) == (wanted is None)
                if sizes is not None:
                    found = np.array(sizes.split(), dtype=float)
                    gap = np.abs(found - wanted[k])
                    assert (gap <= 1e-9 * wanted[k] + 1e-300).all(), (case, k)


def test_quartiles_are_pythons(modules):
    rng = np.random.default_rng(5)
    for size in (1, 2, 3, 24, 25):
        values = rng.normal(size=size)
        found = modules.evaluate(
            """async (values) => {
              const { quartiles } = await import("./scope.js");
              return quartiles(Float64Array.from(values));
            }""",
            values.tolist(),
        )
        wanted = np.quantile(values, [0.25, 0.5, 0.75])
        assert found == pytest.approx(wanted, rel=1e-14)


def test_every_number_on_show_is_pythons(box):
    for setting, (shown, *_) in zip(SETTINGS, sweep(box, SETTINGS), strict=True):
        wanted = expected(*setting[:3])
        assert shown.keys() == wanted.keys(), setting
        for name, value in wanted.items():
            assert same(shown[name], value), (setting, name)


def test_the_curves_run_where_the_numbers_are(box):
    """The middle network, the middle half of them, the direct path, and σ(b)ⁿ."""
    inside = box.locator("svg[role=img] > svg")
    start, top, width, height = frame(inside)
    for (kind, bias, gain, far), (_, curves, *_) in zip(SETTINGS, sweep(box, SETTINGS)):
        found = left(kind, bias, gain)
        low, middle, high = np.quantile(found.whole, [0.25, 0.5, 0.75], axis=0)
        wanted = {"whole": middle, "band": np.concatenate([low, high[::-1]])}
        if found.direct is not None:
            wanted["direct"] = np.median(found.direct, axis=0)
        steps = np.arange(31)
        for name, sizes in wanted.items():
            x, y = points(curves[name])
            n = np.concatenate([steps, steps[::-1]]) if name == "band" else steps
            assert x == pytest.approx(start + width * n / far, abs=0.006)
            heights = 3 - np.log10(np.clip(sizes, 1e-7, 1e4))
            assert y == pytest.approx(top + height * heights / 9, abs=0.006)
        if found.direct is None:
            assert curves["direct"] == curves["held"] == "M0 0"
            continue
        (x0, x1), (y0, y1) = points(curves["held"])
        assert (x0, x1) == pytest.approx((start, start + width), abs=0.006)
        slope = -far * np.log10(scope.held(bias)) / 9
        assert (y1 - y0) / height == pytest.approx(slope, rel=1e-4, abs=1e-4)
        assert y0 == pytest.approx(top + height / 3, abs=0.006), "from 1"


def test_where_half_is_left_is_marked(box):
    settings = [
        (0, 0, 1, 30),
        (0, 3, 1, 30),
        (2, 0, 1, 30),
        (0, 2, 1, 30),
        (0, 1, 1, 10),
    ]
    labels = [label for *_, label, _ in sweep(box, settings)]
    halves = [scope.crossing(np.median(left(*one[:3]).whole, 0)) for one in settings]
    assert halves[1] is None and labels[1] == ""
    for half, label in zip(halves, labels):
        if half is not None:
            assert float(re.findall(r"[\d.]+", label)[0]) == pytest.approx(
                half, rel=5e-3
            )
    sweep(box, [(0, 3.5, 0, 10)])
    assert box.locator("text[data-half]").text_content() == "", "out of sight"


def test_lines_are_told_apart_without_colour(box):
    looks = box.locator("path[data-curve]").evaluate_all(
        "all => Object.fromEntries(all.map((p) => [p.dataset.curve,"
        " [p.getAttribute('stroke'), p.getAttribute('stroke-dasharray')]]))"
    )
    assert looks == {
        "band": [None, None],
        "whole": [COLOURS["c"], None],
        "direct": [COLOURS["f"], "7 4"],
        "held": ["#333333", "2 3"],
    }


def test_the_map_darkens_with_what_is_left(box):
    """Pale from 10⁻⁶ down, vermilion at 1, nearly black from 1000 on."""
    for setting in ((0, 0, 1, 30), (3, 0, 3, 30), (4, 0, 1, 30)):
        sweep(box, [setting])
        kind, bias, gain, _ = setting
        tones = box.locator("canvas").evaluate(TONES)
        sizes = np.concatenate(
            [left(kind, bias, gain, s).whole[0, : 24 - s] for s in range(24)]
        )
        *found, shown = np.reshape(tones, (24, 24, 4))[::-1].T  # by columns, upward
        later = np.triu(np.ones((24, 24), bool))
        np.testing.assert_array_equal(shown, 255 * later, "nothing leads back")
        powers = np.clip(np.log10(np.maximum(sizes, 1e-300)), -6, 3)
        stops = np.array([[253, 238, 228], [213, 94, 0], [51, 20, 0]]).T
        wanted = np.transpose([np.interp(powers, [-6, 0, 3], one) for one in stops])
        found = np.stack(found, axis=-1)[later]
        assert np.abs(found - wanted).max() <= 2, "within a step of the palette"
    assert [*found[0]] == [213, 94, 0], "nothing is lost of what is looked at at once"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_colours_lie_in_the_frame_of_the_map(width, box):
    box.page.set_viewport_size({"width": width, "height": 900})
    place = box.locator("canvas").bounding_box()
    assert place["width"] == place["height"] and place["width"] % 24 == 0
    for k, line in ((1, "x"), (6, "x"), (24, "x"), (1, "y"), (18, "y"), (24, "y")):
        words = ground(box).locator("text").get_by_text(str(k), exact=True)
        middles = [center(one)["xy".index(line)] for one in words.all()]
        column = cell(box, k, k)["xy".index(line)]
        assert min(abs(middle - column) for middle in middles) < 2, "at its numbers"


def test_a_pair_is_picked_with_the_mouse(page, bare):
    box = mine(page, bare["served"])
    ground(box).scroll_into_view_if_needed()
    for s, t in ((4, 18), (4, 19), (5, 19), (24, 24), (1, 24), (3, 3)):
        page.mouse.click(*cell(box, s, t))
        assert pair(box) == (s, t), "its neighbours, too"
    shown = {name: value for name, (value, _) in numbers(box).items()}
    assert shown["whole pair"] == 1 and shown["n"] == 0
    page.mouse.click(*cell(box, 20, 5))
    assert pair(box) == (20, 20), "nothing leads back"
    page.mouse.move(*center(knob(box)))
    page.mouse.down()
    page.mouse.move(*cell(box, 6, 17), steps=5)
    assert pair(box) == (6, 17)
    page.mouse.move(-500, -500)
    assert pair(box) == (1, 24)
    page.mouse.move(5000, 5000)
    page.mouse.up()
    assert pair(box) == (24, 24), "and stops at the ends"
    page.mouse.click(*cell(box, 7, 20))
    shown = {name: value for name, (value, _) in numbers(box).items()}
    wanted = expected(0, 0, 1, 7, 20)
    assert shown.keys() == wanted.keys()
    for name, value in wanted.items():
        assert same(shown[name], value), name


def test_a_pair_is_picked_by_touch(phone, bare):
    """A finger that taps or drags picks; one that moves up or down scrolls."""
    box = mine(phone, bare["disk"])
    ground(box).scroll_into_view_if_needed()
    phone.touchscreen.tap(*cell(box, 5, 20))
    assert pair(box) == (5, 20)
    scrolled = phone.evaluate("scrollY")
    swipe(phone, center(knob(box)), cell(box, 10, 15))
    assert pair(box) == (10, 15)
    assert phone.evaluate("scrollY") == scrolled, "and the page stays"
    x, y = cell(box, 18, 8)
    swipe(phone, (x, y), (x + 10, y - 150))
    phone.wait_for_function(f"scrollY > {scrolled} + 50")
    assert pair(box) == (10, 15), "scrolling picks nothing"


def test_keys_alone_reach_every_pair(box):
    keys, handle = box.page.keyboard, knob(box)
    handle.focus()
    for key, s, t in (
        ("ArrowUp", 1, 12), ("ArrowRight", 2, 12), ("ArrowLeft", 1, 12),
        ("ArrowLeft", 1, 12), ("ArrowDown", 1, 11), ("PageUp", 1, 12),
        ("PageDown", 1, 11), ("End", 24, 24), ("ArrowDown", 24, 24),
        ("ArrowUp", 24, 24), ("ArrowLeft", 23, 24), ("ArrowDown", 23, 23),
        ("ArrowRight", 24, 24), ("Home", 1, 24), ("Control+End", 1, 24),
    ):  # fmt: skip
        keys.press(key)
        assert pair(box) == (s, t), key
        assert handle.get_attribute("aria-valuenow") == str(s)
    bounds = [handle.get_attribute(f"aria-value{end}") for end in ("min", "max")]
    assert bounds == ["1", "24"]
    assert handle.locator("circle").first.get_attribute("stroke") == COLOURS["f"]


def test_the_pair_is_marked_in_the_curves(box):
    """At its distance and its height, or at the edge, or not at all."""
    square = box.locator("svg[role=img] > g[transform]")
    start, top, width, height = frame(box.locator("svg[role=img] > svg"))
    ground(box).scroll_into_view_if_needed()
    for setting, (s, t) in [
        ((0, 1, 1, 30), (3, 12)), ((0, 1, 1, 100), (1, 24)), ((3, 0, 3, 30), (1, 24)),
        ((4, 0, 1, 30), (1, 24)), ((0, 3, 2, 10), (2, 12)),
    ]:  # fmt: skip
        sweep(box, [setting])
        box.page.mouse.click(*cell(box, s, t))
        x, y = map(float, re.findall(r"[-\d.]+", square.get_attribute("transform")))
        assert x == pytest.approx(start + width * (t - s) / setting[3])
        size = left(*setting[:3], s - 1).whole[0, t - s]
        up = (np.clip(np.log10(size), -6, 3) + 6) / 9
        assert y == pytest.approx(top + height * (1 - up))
        assert square.get_attribute("visibility") == "visible"
    box.page.mouse.click(*cell(box, 1, 20))
    assert square.get_attribute("visibility") == "hidden", "beyond ten steps"


def test_the_verdict_in_words(box):
    ground(box).scroll_into_view_if_needed()
    told = box.locator(VERDICT)

    def verdict(setting, s, t):
        sweep(box, [setting])
        box.page.mouse.click(*cell(box, s, t))
        return told.inner_text().replace("\u00a0", " ")

    assert verdict((0, 3, 1, 30), 1, 11) == (
        "From step 1 to step 11, 0.869 of a change is left, by the direct path alone"
        " 0.595: those through the gates add to it."
    )
    s, t = next(
        (s, t)
        for s in range(1, 24)
        for t in range(s + 1, 25)
        if left(0, 3, 1, s - 1).whole[0, t - s] < left(0, 3, 1, s - 1).direct[0, t - s]
    )
    assert verdict((0, 3, 1, 30), s, t).endswith("through the gates take from it.")
    assert verdict((1, 0, 1, 30), 1, 4) == (
        "From step 1 to step 4, 0.125 of a change is left, all by the direct path:"
        " U has no part in it."
    )
    assert verdict((3, 0, 3, 30), 1, 11) == (
        "From step 1 to step 11, a change grows to 17.2 times its size. There is no"
        " forget gate that b could open, and no direct path."
    )
    assert verdict((0, 3, 1, 30), 5, 5) == "From step 5 to itself: all is left."


def test_it_is_told_to_those_who_cannot_see_it(box):
    for svg in (ground(box), box.locator("svg[role=img]")):
        told = svg.evaluate(
            "(one) => document.getElementById(one.getAttribute('aria-describedby'))"
            ".textContent"
        )
        assert told.startswith(
            "Curves of what is left of a change, on a scale of powers of ten. LSTM,"
            " forget bias 0, recurrent weights times 1: in the middle one of 10"
        )
        median = np.median(left(0, 0, 1).whole, axis=0)
        assert f"{median[10]:#.2g} after 10 steps (" in told
        assert told.endswith("those through the gates add to it.")
    (said,) = heard(box.page, box, "input[type=range]")
    assert said.startswith("LSTM. From step 1 to step 11, ")
    assert re.search(r"Half-life, median network: (more than 30|[\d.]+) steps\.$", said)


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_fits_its_place(width, box):
    """Nothing jumps, nothing is cut off, no words lie on others."""
    page = box.page
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function(
        "(wide) => document.querySelector('svg[role=group]').clientWidth < wide",
        arg=width,
    )
    assert len({height for *_, height in sweep(box, SETTINGS)}) == 1
    for setting in SETTINGS[::3]:
        sweep(box, [setting])
        for svg in box.locator(".explorable-drawing svg[role]").all():
            assert not svg.evaluate(CLASHES), setting
    assert page.evaluate("document.documentElement.scrollWidth") <= width


CLASHES = """(svg) => {
  const all = [...svg.querySelectorAll("text")].filter((one) =>
    one.textContent && getComputedStyle(one).visibility === "visible");
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
