"""The step of a cell in a real browser: Python's numbers, and flows as wide as they."""

import itertools

import numpy as np
import pytest
from live import heard, looks, numbers, opened
from visits import Visit, reading, watch

from lstm_lib.cell import LSTM, step
from lstm_lib.explorables.cell_step import PRESETS

PAGE = "book/gates/the_cell.html"
BARE = LSTM(np.eye(4)[:, None], np.zeros((4, 1, 1)), np.zeros((4, 1)))
NAMES = ("z_f", "z_i", "z_g", "z_o", "c")
START = {"z_f": 3, "z_i": 2, "z_g": -2, "z_o": 1, "c": 1.658}
SENTENCES = "svg + div"
# What flows, in the order in which it is drawn.
FLOWS = ("added", "g", "c", "before", "kept", "c", "shown", "h")
# All that is on show at each of these settings of the sliders.
SWEEP = """(one, settings) => {
  const sliders = [...one.querySelectorAll("input[type=range]")];
  const number = (part, name) => Number(part.getAttribute(name));
  return settings.map((values) => {
    values.forEach((value, k) => {
      sliders[k].value = value;
      sliders[k].dispatchEvent(new Event("input", { bubbles: true }));
    });
    const wires = [...one.querySelectorAll("svg > g:first-of-type > path")];
    return {
      data: [...one.querySelectorAll("data")].map((d) =>
        [d.dataset.name, Number(d.value), d.textContent]),
      written: Object.fromEntries([...one.querySelectorAll("text[data-at]")].map((t) =>
        [t.dataset.at, t.textContent])),
      bands: wires.filter((_, k) => k % 3 === 2).map((path) =>
        [number(path, "stroke-width"), path.getAttribute("stroke-dasharray")]),
      jaws: [...one.querySelectorAll("svg > g > rect:not([rx])")].map((jaw) =>
        ["x", "y"].map((name) => number(jaw, name))),
    };
  });
}"""
AT = {
    "before": "c_t−1", "kept": "f·c_t−1", "c": "c_t", "f": "f", "added": "i·g",
    "i": "i", "g": "g", "shown": "tanh c_t", "o": "o", "h": "h_t",
}  # fmt: skip


PLACES = [("served", 1280), ("disk", 390)]
WIDE = pytest.mark.parametrize("shown", PLACES[:1], ids=str, indirect=True)


@pytest.fixture(scope="module", params=PLACES, ids=str)
def shown(request, browser, bare):
    """The explorable of the chapter in a wide window, and from disk on a phone."""
    home, width = request.param
    with reading(browser, "light", width) as reader:
        visit, page = Visit(), reader.new_page()
        watch(page, visit, "")
        (box,) = opened(page, bare[home], PAGE).all()
        yield box, numbers(box), box.locator(SENTENCES).inner_text()
        assert not (visit.console or visit.failed)


@pytest.fixture
def box(shown):
    """The explorable with the sliders where they were at first."""
    sweep(shown[0], [[0] * 5, [*START.values()]])
    return shown[0]


def sweep(box, settings):
    return box.evaluate(SWEEP, np.asarray(settings, dtype=float).tolist())


def grid():
    """Every end of every slider with every other, and places in between."""
    ends = itertools.product(*[(-8, 8)] * 4, (-4, 0, 4))
    between = np.random.default_rng(0).uniform(-8, 8, (150, 5)) * [1, 1, 1, 1, 0.5]
    return np.vstack([[*ends], np.round(between, 1), np.zeros(5)])


def pythons(settings):
    """All numbers of each step, by the names they have on the page."""
    z_f, z_i, z_g, z_o, before = np.transpose(settings)
    z = np.column_stack([z_i, z_f, z_g, z_o])
    now = step(BARE, z, np.zeros((len(z), 1)), before[:, None])
    found = {name: getattr(now, name)[:, 0] for name in "figoch"}
    kept, added = found["f"] * before, found["i"] * found["g"]
    more = {"before": before, "kept": kept, "added": added}
    return found | more | {"shown": np.tanh(found["c"])}


def reads(text):
    return float(text.strip("()").replace("−", "-"))


GRID = grid()
EXPECTED = pythons(GRID)


def test_it_starts_where_the_front_page_is(shown):
    _, first, words = shown
    expected = pythons([[3, 2, -2, 1, 1.658]])
    assert {name: value for name, (value, _) in first.items()} == pytest.approx(
        {name: value[0] for name, value in expected.items()}, abs=1e-12
    )
    assert words.splitlines() == [
        "Keeps 95 % of 1.658, adds 88 % of −0.964: new state 0.730.",
        "Shows 73 % of its tanh, 0.623: 0.456.",
    ]


@WIDE
def test_every_number_is_pythons(box):
    """To 1e-12 in the equations; rounded, and never to a whole that it is not."""
    for k, found in enumerate(sweep(box, GRID)):
        assert {name for name, _, _ in found["data"]} == AT.keys()
        for name, value, text in found["data"]:
            wanted = EXPECTED[name][k]
            assert abs(value - wanted) <= 1e-12 * max(1, abs(wanted)), (k, name)
            assert abs(reads(text) - value) <= 5.001e-4
            whole = reads(text).is_integer()
            assert not whole or abs(value - reads(text)) < 1e-14, (text, value)
            assert found["written"][AT[name]] == text, "beside its wire, too"


@WIDE
def test_flows_are_as_wide_as_their_numbers(box):
    """In proportion; striped where negative; gates as open as what they let pass."""
    unit = 10 if box.page.viewport_size["width"] > 500 else 8
    for k, found in enumerate(sweep(box, GRID)):
        for name, (width, stripes) in zip(FLOWS, found["bands"], strict=True):
            value = EXPECTED[name][k]
            assert width == pytest.approx(unit * abs(value), abs=1e-9), (k, name)
            assert stripes == ("4 4" if value < 0 else "none")
        # The first jaw starts at the far end of its plate, the second at the gap.
        starts = np.reshape(found["jaws"], (3, 2, 2))
        for one, (gate, passed) in zip(
            starts, (("f", "kept"), ("i", "added"), ("o", "h"))
        ):
            reach = 34 if gate == "f" else 17
            opening = unit * max(EXPECTED[gate][k], abs(EXPECTED[passed][k]))
            gap = 2 * (np.ptp(one, axis=0).max() - reach)
            assert gap == pytest.approx(opening, abs=1e-9), (k, gate)


def state(box):
    """The numbers that the sliders say."""
    readouts = box.locator(".readout").all_inner_texts()
    return dict(zip(NAMES, map(reads, readouts), strict=True))


def chosen(box):
    """The preset that is on, if any."""
    on = box.locator("input[type=radio]:checked")
    return on.evaluate_all("all => all.map((o) => o.labels[0].textContent)")


def test_presets_by_mouse(box):
    """Each sets what it stands for, on the page as in Python, and leaves the rest."""
    wanted = dict(START)
    for preset in (*PRESETS, "write +1", "keep"):
        box.get_by_label(preset, exact=True).click()
        wanted |= PRESETS[preset]
        assert state(box) == wanted, preset
        (c, _), (h, _) = (numbers(box)[name] for name in "ch")
        expected = pythons([[*wanted.values()]])
        assert (c, h) == pytest.approx((expected["c"][0], expected["h"][0]), abs=1e-12)
        assert chosen(box) == [preset]


def test_presets_by_keyboard_and_a_slider_after_them(box):
    keys = box.page.keyboard
    box.get_by_label("keep", exact=True).focus()
    keys.press("ArrowRight")
    assert chosen(box) == ["erase"] and state(box)["z_f"] == -8
    keys.press("ArrowRight")
    assert chosen(box) == ["write +1"] and state(box)["z_g"] == 4
    box.get_by_label("old state c").fill("-3")
    assert chosen(box) == ["write +1"], "of the old state it says nothing"
    box.get_by_label("z_i input").focus()
    keys.press("ArrowLeft")
    assert chosen(box) == [], "it is no preset any more"
    assert state(box) == START | PRESETS["write +1"] | {"z_i": 7.9, "c": -3}
    box.get_by_label("write +1", exact=True).click()
    assert state(box)["z_i"] == 8, "and can be chosen again"


def test_it_is_told_to_those_who_cannot_see_it(box):
    drawing = box.get_by_role("img", name="One step of an LSTM unit")
    told = "document.getElementById(one.getAttribute('aria-describedby')).textContent"
    before = drawing.evaluate(f"(one) => {told}")
    assert "old state 1.658 comes from the left; the forget gate, 0.953 open" in before
    assert "The new state 0.730 flows on" in before
    (said,) = heard(box.page, box, "input[type=range]")
    assert said.startswith("Keeps 98 % of 1.658, adds 88 % of −0.964: new state 0.779.")
    box.get_by_label("keep", exact=True).click()
    after = drawing.evaluate(f"(one) => {told}")
    assert "the forget gate, 0.9997 open" in after, "nearly open is not open"
    assert "Keeps 99.97 % of" in box.locator(SENTENCES).inner_text()


def test_nothing_lies_on_anything_else(box):
    """All words are in the picture and apart, with the longest numbers, too."""
    for values in itertools.product((-8, 8), (-8, 8), (-8, 8), (-8, 8), (-4, 4)):
        sweep(box, [values])
        assert not box.locator("svg").first.evaluate(CLASHES), values
    assert box.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    size = box.locator("svg text").evaluate_all(
        "all => Math.min(...all.map((o) => parseFloat(getComputedStyle(o).fontSize)))"
    )
    assert size >= 11


CLASHES = """(svg) => {
  const all = [...svg.querySelectorAll("text")].filter((one) => one.textContent);
  const places = all.map((one) => [one.textContent, one.getBoundingClientRect()]);
  const edge = svg.getBoundingClientRect();
  const apart = (a, b) => a.right <= b.left || b.right <= a.left ||
    a.bottom <= b.top + 3 || b.bottom <= a.top + 3; // what has no tail may come nearer
  return places.flatMap(([text, place], k) => [
    ...(place.left < edge.left || place.right > edge.right ? [text] : []),
    ...places.slice(k + 1).filter(([, other]) => !apart(place, other))
      .map(([other]) => `${text} on ${other}`),
  ]);
}"""


def test_height_stays(box):
    """Whatever is set, nothing below moves."""
    heights = set()
    for values in grid()[::7].tolist():
        sweep(box, [values])
        heights.add(round(box.bounding_box()["height"], 1))
    assert len(heights) == 1
    assert looks(box)
