"""The puzzles in a real browser: Python's verdicts, solved by keys, mouse, finger."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from live import center, heard, looks, numbers, opened
from visits import Visit, reading, watch

from lstm_lib import explorables
from lstm_lib.explorables.esm import join
from lstm_lib.puzzles import LONGEST, MARGIN, PUZZLES, STRENGTH, assemble, grade
from lstm_lib.reading import simulate

PAGE = "book/memory/switch.html"
TABLE = "Weights of the unit, in units of B"
WALKS = join(Path(explorables.__file__).parent / "walks.js")
RULES = {"strength": STRENGTH, "longest": LONGEST, "margin": MARGIN}
EVERY = pytest.mark.parametrize("name", PUZZLES)
# What the page's own judge says: [string, expected, answer, states] for each setting.
JUDGE = """async ({ walks, puzzle, settings, rules }) => {
  const url = URL.createObjectURL(new Blob([walks], { type: "text/javascript" }));
  const { firstWrong, runOf, stringsOf, unitOf } = await import(url);
  return settings.map((weights) => {
    const unit = unitOf(puzzle, weights, rules.strength);
    const wrong = firstWrong(puzzle, unit, rules);
    const run = runOf(puzzle, unit, wrong ?? puzzle.example, rules.margin);
    const { expected, got } = run.at(-1);
    const states = run.map(({ i, f, g, c, h }) => [i, f, g, c, h]);
    return { wrong, expected, got, states, strings: stringsOf(puzzle, rules.longest) };
  });
}"""
# How many of all settings it finds right.
COUNT = """async ({ walks, puzzle, rules }) => {
  const url = URL.createObjectURL(new Blob([walks], { type: "text/javascript" }));
  const { firstWrong, unitOf } = await import(url);
  const count = 5 ** puzzle.free.length;
  let right = 0;
  for (let n = 0; n < count; n += 1) {
    const weights = puzzle.free.map((_, k) => (Math.floor(n / 5 ** k) % 5) - 2);
    const unit = unitOf(puzzle, weights, rules.strength);
    right += firstWrong(puzzle, unit, rules) === null;
  }
  return [right, count];
}"""
RIGHT = {
    "counter": [56, 3125],
    "latch": [1620, 390625],
    "counter with reset": [28, 15625],
    "toggle": [10, 15625],
}
# Set all weights by keys, without a hand.
PUT = """(one, weights) => {
  const sliders = [...one.querySelectorAll("[role=slider]")];
  weights.forEach((weight, k) => {
    const press = (key) => sliders[k].dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const at = () => Number(sliders[k].getAttribute("aria-valuenow"));
    while (at() !== weight) press(at() < weight ? "ArrowUp" : "ArrowDown");
  });
}"""


def settings(name, count=300):
    """The solution with all its neighbours, nothing at all, and some at random."""
    solution = np.array(PUZZLES[name].solution)
    steps = np.vstack([np.eye(len(solution)), -np.eye(len(solution))])
    near = np.clip(solution + np.vstack([0 * solution, steps, 0 * solution]), -2, 2)
    near[-1] = 0
    chance = np.random.default_rng(2).integers(-2, 3, (count, len(solution)))
    return np.vstack([near, chance]).astype(int).tolist()


def told(name):
    drawing = explorables.PuzzleDrawing(name)
    return drawing.puzzles[drawing.puzzle_index]


PLACES = [("served", 1280), ("disk", 390)]
WIDE = pytest.mark.parametrize("shown", PLACES[:1], ids=str, indirect=True)


@pytest.fixture(scope="module", params=PLACES, ids=str)
def shown(request, browser, bare):
    """The explorable of the chapter in a wide window, and from disk on a phone."""
    home, width = request.param
    with reading(browser, "light", width) as reader:
        visit, page = Visit(), reader.new_page()
        watch(page, visit, "")
        boxes = opened(page, bare[home], PAGE)
        yield boxes.filter(has=page.get_by_label(TABLE)).first
        assert not (visit.console or visit.failed)


@pytest.fixture
def box(shown):
    """The explorable at its first puzzle, with nothing set."""
    turn(shown, "counter")
    put(shown, [0] * 5)
    return shown


def turn(box, name):
    box.get_by_label(name, exact=True).check()


def put(box, weights):
    box.evaluate(PUT, list(weights))


def weights(box):
    """What the sliders say, as numbers."""
    return box.get_by_role("slider").evaluate_all(
        "all => all.map((one) => Number(one.getAttribute('aria-valuenow')))"
    )


def verdict(box):
    return box.get_by_role("group", name="Verdict").inner_text()


def score(box):
    """{row: numbers from column to column} of the table of the run."""
    found = {}
    for name, (value, _) in numbers(box).items():
        row, _, column = name.rpartition(" ")
        if column.isdigit():
            found.setdefault(row, []).append(value)
    return found


@EVERY
def test_the_pages_judge_is_pythons(name, page):
    """On the same settings: the same string, the same answers, the same states."""
    given = settings(name)
    options = {"walks": WALKS, "puzzle": told(name), "rules": RULES}
    page.goto("about:blank")
    found = page.evaluate(JUDGE, options | {"settings": given})
    assert len(found) >= 300
    for one, weights in zip(found, given, strict=True):
        wanted = grade(name, weights)
        assert one["wrong"] == wanted.counterexample, weights
        assert one["strings"] == wanted.strings
        text = wanted.counterexample or PUZZLES[name].example
        expected = PUZZLES[name].reference(text)
        got = expected if wanted.right else wanted.got
        assert (one["expected"], one["got"]) == (expected, got), weights
        run = simulate(assemble(name, weights), text)
        states = np.hstack([run.i, run.f, run.g, run.c, run.h])
        assert np.abs(np.array(one["states"]) - states).max() <= 1e-9


@EVERY
def test_how_many_settings_are_right(name, page):
    """Of all that can be set: few, so that none is found by chance."""
    page.goto("about:blank")
    options = {"walks": WALKS, "puzzle": told(name), "rules": RULES}
    assert page.evaluate(COUNT, options) == RIGHT[name]


@WIDE
@EVERY
def test_what_is_set_is_tried_at_once(box, name):
    """The verdict, the string, and every number on the way, as Python has them."""
    turn(box, name)
    for given in settings(name, 4):
        put(box, given)
        found = grade(name, given)
        text = found.counterexample or PUZZLES[name].example
        assert weights(box) == given
        run, seen = simulate(assemble(name, given), text), score(box)
        for row in "ifgch" if name == "toggle" else "ifgc":
            assert seen.pop(row) == pytest.approx(getattr(run, row)[:, 0], abs=1e-9)
        ends = range(1, len(text) + 1)
        expected = [PUZZLES[name].reference(text[:end]) for end in ends]
        assert seen["expected"] == expected
        right = expected if found.right else expected[:-1]
        got = [] if found.right or found.got is None else [found.got]
        assert seen.get("got", []) == right + got
        if found.right:
            first = f"✓ Right on all {found.strings} strings of 1 to 8 symbols."
            assert verdict(box).splitlines() == [first, f"Here it reads {text}."]
        else:
            got = "too near to tell" if found.got is None else found.got
            said = f"✗ Wrong after {text}: should be {found.expected}, is {got}."
            assert verdict(box).splitlines()[0] == said.replace("-", "−")
            assert ("All shorter" in verdict(box)) == (len(text) > 1)


def marked(box):
    """The cells of the column that is marked, from above."""
    return box.get_by_label("The unit, symbol by symbol").evaluate(
        "(one) => [...one.querySelectorAll('th, td')].filter((cell) => "
        "cell.style.boxShadow.includes('inset')).map((cell) => cell.textContent)"
    )


def test_the_wrong_column_is_marked(box):
    turn(box, "latch")
    put(box, [2, 2, -1, 0, 0, 1, 1, -1])
    assert marked(box) == ["s", "1.00", "1.00", "1.00", "0.00", "1", "0 ✗"]
    columns = box.get_by_label("The unit, symbol by symbol").get_by_role("columnheader")
    assert columns.all_inner_texts() == ["r", "s"], "the empty ones are not there"
    lines = verdict(box).splitlines()
    assert lines == [
        "✗ Wrong after rs: should be 1, is 0.",
        "All shorter strings are right. c = 0.00 is not above ½, so the answer is 0.",
    ]
    put(box, [0, 0, 1, -2, -1, 1, 1, 0])
    assert marked(box)[-2:] == ["0", "? ✗"]
    assert verdict(box).endswith(
        "c = 0.50 is within 0.05 of the line between two answers."
    )
    put(box, PUZZLES["latch"].solution)
    assert marked(box) == []
    turn(box, "counter")
    put(box, [1, -2, 1, 1, 0])
    assert marked(box)[-2:] == ["−1", "0 ✗"]
    assert verdict(box).endswith("should be −1, is 0.\nc = 0.00 is read as 0.")
    turn(box, "toggle")
    put(box, [2, -1, 0, 1, 1, 0])
    assert verdict(box).endswith("h = 0.96 is above ½, so the answer is 1.")


def test_a_puzzle_is_solved_by_keys_alone(box):
    """From the buttons to the weights by Tab, and there by arrows."""
    keys = box.page.keyboard
    box.get_by_label("counter", exact=True).focus()
    for _ in range(3):
        keys.press("ArrowRight")
    assert box.get_by_label("toggle", exact=True).is_checked()
    put(box, [0] * 6)
    for weight in PUZZLES["toggle"].solution:
        keys.press("Tab")
        for _ in range(abs(weight)):
            keys.press("ArrowUp" if weight > 0 else "ArrowLeft")
    assert verdict(box).startswith("✓ Right on all 510 strings")
    focused = box.get_by_role("slider").last
    assert focused.get_attribute("aria-valuetext") == "−2B"
    keys.press("ArrowDown")
    assert weights(box)[-1] == -2, "there is no less"
    keys.press("End")
    assert weights(box)[-1] == 2
    keys.press("ArrowRight")
    assert weights(box)[-1] == 2, "there is no more"
    keys.press("Home")
    keys.press("Tab")
    for _ in range(3):
        keys.press("Enter")
    button = box.get_by_role("button", name="show a solution")
    assert button.evaluate("(one) => one === document.activeElement")


def test_by_mouse(box):
    """The left half takes away, the right half adds, to the ends and no further."""
    first = box.get_by_role("slider", name="input gate, always")
    first.scroll_into_view_if_needed()
    x, y = center(first)
    seen = []
    for aside in (20, 20, 20, -20, -20, -20, -20, -20, 20):
        box.page.mouse.click(x + aside, y)
        seen.append(weights(box)[0])
    assert seen == [1, 2, 2, 1, 0, -1, -2, -2, -1]
    assert weights(box)[1:] == [0] * 4


def test_by_finger(phone, bare):
    """A tap on each half; the cells are large enough for it."""
    boxes = opened(phone, bare["served"], PAGE)
    box = boxes.filter(has=phone.get_by_label(TABLE)).first
    box.get_by_text("counter", exact=True).first.tap()
    put(box, [0] * 5)
    for one, weight in zip(box.get_by_role("slider").all(), (1, 0, 1, 1, -1)):
        one.scroll_into_view_if_needed()
        place = one.bounding_box()
        assert place["height"] >= 40 and place["width"] >= 60
        x, y = center(one)
        if weight:
            phone.touchscreen.tap(x + 18 * weight, y)
    assert verdict(box).startswith("✓ Right on all 510 strings")


@WIDE
def test_hints_come_one_by_one_and_then_a_solution(shown):
    for name, asked in PUZZLES.items():
        turn(shown, name)
        put(shown, [0] * len(asked.free))
        hints = shown.get_by_role("list", name="Hints").get_by_role("listitem")
        opened = hints.count()  # by another test
        for k in range(opened, 3):
            shown.get_by_role("button", name=f"hint {k + 1} of 3").click()
            assert hints.all_inner_texts() == [*asked.hints[: k + 1]]
            assert weights(shown) == [0] * len(asked.free)
        solved = shown.get_by_text("Solved").inner_text()
        shown.get_by_role("button", name="show a solution").click()
        assert weights(shown) == [*asked.solution]
        assert verdict(shown).startswith("✓")
        assert shown.get_by_text("Solved").inner_text() == solved, "by nobody"
        shown.get_by_role("button", name="start again").click()
        assert weights(shown) == [0] * len(asked.free)
        assert hints.count() == 3, "what has been read stays"


def test_a_puzzle_is_kept_while_one_looks_at_another(box):
    put(box, [1, 0, 1, 1, -1])
    turn(box, "toggle")
    put(box, [0, 1, 2, -1, -2, 0])
    turn(box, "counter with reset")
    turn(box, "counter")
    assert weights(box) == [1, 0, 1, 1, -1] and verdict(box).startswith("✓")
    turn(box, "toggle")
    assert weights(box) == [0, 1, 2, -1, -2, 0]


def test_what_is_solved_is_said(page, bare):
    boxes = opened(page, bare["disk"], PAGE)
    box = boxes.filter(has=page.get_by_label(TABLE)).first
    for name, asked in PUZZLES.items():
        turn(box, name)
        put(box, [0] * len(asked.free))
    solved = box.get_by_text("Solved")
    before = solved.inner_text()
    turn(box, "latch")
    put(box, PUZZLES["latch"].solution)
    assert "✓ latch" in solved.inner_text() != before
    put(box, [0] * 8)
    assert "✓ latch" in solved.inner_text(), "it has been solved"
    assert "toggle" in solved.inner_text().split("Still open: ")[1]
    turn(box, "toggle")
    for _ in range(3):
        box.get_by_role("button", name="hint").click()
    box.get_by_role("button", name="show a solution").click()
    assert "✓ toggle" not in solved.inner_text(), "it has been shown"
    box.get_by_role("button", name="start again").click()
    for name in ("toggle", "counter", "counter with reset"):
        turn(box, name)
        put(box, PUZZLES[name].solution)
    assert solved.inner_text().endswith("toggle. That is all.")


def says(box):
    """The rows of the table of words."""
    rows = box.get_by_label("What the weights say").locator("tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def test_what_the_weights_say(box):
    put(box, [1, -2, 1, 2, 0])
    assert says(box) == [
        ["on", "input", "forget", "candidate", "new c"],
        ["a", "open", "open", "+1", "c + 1"],
        ["b", "open", "shut", "0", "0"],
    ]
    put(box, [0, 0, 0, -1, 1])
    assert says(box)[1:] == [
        ["a", "half", "half", "−1", "½ c − ½"],
        ["b", "half", "half", "+1", "½ c + ½"],
    ]
    put(box, [1, -1, -1, -1, 1])
    assert [row[-1] for row in says(box)[1:]] == ["−1", "1"]
    turn(box, "latch")
    put(box, [2, 0, -1, -2, -2, 1, 1, 0])
    assert says(box)[1:] == [
        ["s", "open", "shut", "+1", "1"],
        ["r", "shut", "shut", "0", "0"],
        [".", "shut", "open", "0", "c"],
    ]
    turn(box, "toggle")
    put(box, [2, -1, 0, 1, 1, -2])
    assert says(box)[1:] == [
        ["1 if c = 1", "open", "open", "−1", "c − 1"],
        ["1 if c = 0", "open", "open", "+1", "c + 1"],
        ["1 if c = −1", "open", "open", "+1", "c + 1"],
        ["0 if c = 1", "shut", "open", "−1", "c"],
        ["0 if c = 0", "shut", "open", "0", "c"],
        ["0 if c = −1", "shut", "open", "+1", "c"],
    ]
    put(box, [2, -1, 0, 1, 2, -2])
    assert says(box)[1][1:] == ["open", "open", "+1", "c + 1"], "0.9999"


def test_it_is_told_to_those_who_cannot_see_it(box):
    table = box.get_by_label(TABLE)
    told = "document.getElementById(one.getAttribute('aria-describedby')).textContent"
    put(box, [1, -2, 1, 1, 0])
    assert table.evaluate(f"(one) => {told}") == (
        "One unit with the weights i always +B, f b −2B, f always +B, g a +B, g b 0. On"
        " a: input gate open, forget gate open, candidate +1; c becomes c + 1. On b:"
        " input gate open, forget gate shut, candidate 0; c becomes 0. While it reads"
        " b, c is 0.00; it should answer −1."
    )
    names = [one.get_attribute("aria-label") for one in box.get_by_role("slider").all()]
    assert names == [
        "input gate, always", "forget gate, on b", "forget gate, always",
        "candidate, on a", "candidate, on b",
    ]  # fmt: skip
    texts = [
        one.get_attribute("aria-valuetext") for one in box.get_by_role("slider").all()
    ]
    assert texts == ["+B", "−2B", "+B", "+B", "0"]
    (said,) = heard(box.page, box)
    assert "Wrong after b: should be −1, is 0." in said
    turn(box, "toggle")
    assert box.get_by_role("slider", name="candidate, times h").count() == 1
    turn(box, "counter with reset")
    assert box.get_by_role("slider", name="forget gate, on x").count() == 1


CUT = """(one) => {
  const sheet = one.querySelector(".explorable-drawing").getBoundingClientRect();
  const cells = [...one.querySelectorAll("th, td, [role=slider], data")];
  const wide = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect();
  };
  const { left, right } = sheet;
  const out = (place) => place.right > right + 0.5 || place.left < left - 0.5;
  const full = cells.filter((cell) => cell.textContent);
  return full.filter((cell) => out(wide(cell))).map((cell) => cell.textContent);
}"""
# The height, and the texts of cells that reach out, at each of these settings.
PLACED = f"""(one, settings) => settings.map((weights) => {{
  ({PUT})(one, weights);
  return [one.getBoundingClientRect().height, ({CUT})(one)];
}})"""


@EVERY
def test_nothing_jumps_and_nothing_is_cut_off(box, name):
    """While weights change all stays in its place, and in the window."""
    turn(box, name)
    width = box.page.viewport_size["width"]
    found = box.evaluate(PLACED, settings(name, 25))
    assert len({height for height, _ in found}) == 1
    assert [cut for _, cut in found if cut] == []
    assert box.page.evaluate("document.documentElement.scrollWidth") == width
    assert looks(box)


def test_the_strings_of_the_page_are_those_of_python():
    """All that is tried is tried in the order of Python."""
    for name, asked in PUZZLES.items():
        count = sum(len(asked.symbols) ** k for k in range(1, LONGEST + 1))
        assert grade(name, asked.solution).strings == count
        assert [*itertools.chain(asked.symbols)] == told(name)["symbols"]
