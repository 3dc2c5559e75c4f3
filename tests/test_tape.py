"""The tape in a real browser: any text, each symbol by each hand, Python's numbers."""

import re

import numpy as np
import pytest
from barriers import find_barriers
from live import heard, looks, numbers, opened, swipe

from lstm_lib.explorables.tape import EXAMPLES, MOST
from lstm_lib.handmade import HANDMADE, simulate

PAGE = "book/memory/switch.html"
QUOTED = 'He said "no", then “maybe”.'
HOSTILE = (
    "<script>alert(1)</script>&amp;'\"`</text><svg onload=alert(2)>"
    "\u202eright to left\u202c\u2066\u200f אבג مرحبا\x00\x07\x1b\x7f\t\n\u2028\ufeff"
    "🙂👩‍👩‍👧e\u0301\u0489\ud83d﷽\U000e0041"
)
# The bars of a row, as [x, height above its 0] each.
BARS = """(path) => [...path.getAttribute("d").matchAll(/M(\\S+) (\\S+)v(\\S+)h/g)]
  .map(([, x, , tall]) => [Number(x), -Number(tall)])"""
SIGNS = """(svg) => [...svg.querySelectorAll("svg > text")]
  .map((one) => one.textContent).join("")"""


@pytest.fixture
def box(page, bare):
    """The tape of the chapter in a wide window."""
    return tape_of(page, bare["served"])


def tape_of(page, home):
    found = opened(page, home, PAGE).filter(has=page.get_by_label("text", exact=True))
    return found.first


def choose(box, cell, text=None, strength=None):
    box.get_by_label("cell", exact=True).select_option(cell)
    if strength is not None:
        box.get_by_label("strength B").fill(str(strength))
    if text is not None:
        field(box).fill(text)


def field(box):
    return box.get_by_label("text", exact=True)


def handle(box):
    return box.get_by_role("slider", name="symbol")


def place(box):
    return numbers(box)["place"][0]


def signs(box):
    """All that stands above the columns of the window."""
    return box.locator(".explorable-drawing svg").first.evaluate(SIGNS)


def said(box):
    """All words of the drawing that can be read, and not only heard."""
    words = box.locator(".explorable-drawing").evaluate(
        """(one) => [...one.firstChild.children]
          .filter((part) => part.style.position !== "absolute")
          .map((part) => part.innerText ?? "").join("\\n")"""
    )
    return words.replace("\u202f", " ")


def flag(box):
    """The words over the first wrong symbol."""
    return box.locator("svg text", has_text="first wrong")


def check_numbers(box, cell, B, text, at):
    """All numbers of a symbol are Python's."""
    reader = HANDMADE[cell](B)
    run, found = simulate(reader, text), numbers(box)
    for unit, name in enumerate(reader.units):
        for letter in "ifgoch":
            value = getattr(run, letter)[at, unit]
            shown, written = found[f"{letter} {name}"]
            assert shown == pytest.approx(value, abs=1e-12), (cell, letter, at)
            assert reads(written) == pytest.approx(value, rel=0.06, abs=6e-7)
    for name, answers in run.answers.items():
        assert found[f"cell {name}"][0] == answers[at]


def reads(text):
    """A number as it is written: 1 − 1.2·10⁻¹³, say."""
    plain = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-", "\u202f"))
    return sum(
        float(part.replace(" ", "").replace("·10", "e"))
        for part in re.split(r"(?<=\d) (?=[+-] )", plain)
    )


@pytest.mark.parametrize("cell", HANDMADE)
def test_each_cell_shows_pythons_numbers(box, cell):
    """Its example comes with it; at low B and high, first and last symbol."""
    choose(box, "counter")
    choose(box, "quote")
    choose(box, "counter", EXAMPLES["counter"])
    choose(box, cell)
    text = EXAMPLES[cell]
    assert field(box).input_value() == text
    for B in (1, 3.5, 10, 20):
        choose(box, cell, strength=B)
        for key, at in (("Home", 0), ("End", len(text) - 1), ("PageDown", None)):
            handle(box).press(key)
            at = int(place(box)) if at is None else at
            assert place(box) == at
            check_numbers(box, cell, float(B), text, at)
    assert numbers(box)["reach"][0] == HANDMADE[cell](20.0).reach


def test_it_starts_as_the_chapter_says(box):
    assert field(box).input_value() == QUOTED
    assert "Every answer is right, after each of 27 symbols." in said(box)
    assert "With B = 10, right up to 5 622 symbols from one mark to the next." in said(
        box
    )
    assert place(box) == 26
    check_numbers(box, "quote", 10.0, QUOTED, 26)
    assert signs(box) == QUOTED.replace(" ", "␣")


@pytest.mark.parametrize("cell", ["counter", "depth", "subject"])
def test_bars_are_as_tall_as_numbers(box, cell):
    """In each row in proportion, and from its own 0 up or down."""
    text = EXAMPLES[cell]
    choose(box, cell, text, 4)
    run = simulate(HANDMADE[cell](4.0), text)
    rows = box.locator("path[data-row]").all()
    units = len(HANDMADE[cell](4.0).units)
    assert len(rows) == 6 * units
    for row, path in enumerate(rows):
        values = getattr(run, "ifgoch"[row % 6])[:, row // 6]
        bars = np.array(path.evaluate(BARS))
        assert path.get_attribute("data-row") == "ifgoch"[row % 6]
        seen = values[np.abs(values) > 0.01]
        bars = bars[np.abs(bars[:, 1]) > 0.01 * np.abs(bars[:, 1]).max()]
        tall = bars[:, 1] / np.abs(bars[:, 1]).max()
        if len(tall) == len(seen):
            assert tall == pytest.approx(seen / np.abs(seen).max(), abs=0.02)
        else:
            assert len(tall) >= 1


def test_keys(box):
    """Arrows step, Home and End go to the ends, Page by a window."""
    choose(box, "counter", "ab" * 100)
    mark = handle(box)
    mark.press("Home")
    assert place(box) == 0 and signs(box).startswith("abab")
    for key, wanted in (
        ("ArrowRight", 1),
        ("ArrowUp", 2),
        ("ArrowLeft", 1),
        ("ArrowDown", 0),
        ("ArrowLeft", 0),
        ("PageUp", len(signs(box))),
        ("PageDown", 0),
        ("End", 199),
        ("ArrowRight", 199),
        ("PageUp", 199),
    ):
        mark.press(key)
        assert place(box) == wanted, key
        assert mark.get_attribute("aria-valuenow") == str(wanted)
    assert mark.get_attribute("aria-valuemax") == "199"
    field(box).press("Control+End")
    field(box).type("a")
    assert place(box) == 200, "at the end the frame follows what is typed"


def test_typing_elsewhere_leaves_the_frame(box):
    choose(box, "counter", "aabb")
    handle(box).press("Home")
    handle(box).press("ArrowRight")
    field(box).press("Control+End")
    field(box).type("ab")
    assert place(box) == 1
    field(box).fill("a")
    assert place(box) == 0


def column(box, k):
    """The middle of the k-th column of the window."""
    one = box.locator("svg svg").nth(k).bounding_box()
    return one["x"] + one["width"] / 2, one["y"] + 60


def test_the_mouse(box):
    """A click on a symbol, a drag over others, and the line of the whole tape."""
    choose(box, "counter", "ab" * 100)
    handle(box).press("Home")
    page = box.page
    box.locator("svg").first.scroll_into_view_if_needed()
    page.mouse.click(*column(box, 7))
    assert place(box) == 7
    page.mouse.move(*column(box, 3))
    page.mouse.down()
    page.mouse.move(*column(box, 12), steps=5)
    page.mouse.up()
    assert place(box) == 12
    whole = box.locator(".explorable-drawing svg").first.bounding_box()
    left, _ = column(box, 0)
    middle = (left + column(box, box.locator("svg svg").count() - 1)[0]) / 2
    page.mouse.click(middle, whole["y"] + whole["height"] - 14)
    assert place(box) == pytest.approx(100, abs=2)


def test_a_finger(phone, bare):
    """A tap goes to a symbol; a finger that moves up scrolls and changes nothing."""
    box = tape_of(phone, bare["served"])
    choose(box, "quote", QUOTED)
    box.locator("svg").first.scroll_into_view_if_needed()
    first = int(place(box)) - box.locator("svg svg").count() + 1
    phone.touchscreen.tap(*column(box, 2))
    assert place(box) == first + 2
    x, y = column(box, 4)
    before, scrolled = looks(box), phone.evaluate("scrollY")
    swipe(phone, (x, y + 100), (x, y - 150))
    phone.wait_for_function("(before) => scrollY !== before", arg=scrolled)
    assert looks(box) == before
    x, y = column(box, 4)
    swipe(phone, (x, y), (column(box, 9)[0], y))
    assert place(box) == first + 9
    assert 12 <= box.locator("svg svg").count() <= 16
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_buttons_insert_what_cannot_be_typed(box):
    """Behind the frame, which goes with it; the rest of the text stays."""
    choose(box, "quote", "ab")
    box.get_by_role("button", name="insert “").click()
    assert field(box).input_value() == "ab“" and place(box) == 2
    handle(box).press("Home")
    box.get_by_role("button", name="insert ”").click()
    assert field(box).input_value() == "a”b“" and place(box) == 1
    choose(box, "column", "")
    assert "Nothing is read yet." in said(box)
    box.get_by_role("button", name="insert ⏎").press("Enter")
    assert field(box).input_value() == "\n" and signs(box) == "⏎"
    choose(box, "subject", "🙂")
    box.get_by_role("button", name="insert ♀").click()
    assert field(
        box
    ).input_value() == "🙂♀" and "expected she, the cell says she" in said(box)
    names = box.get_by_role("button", name="insert").all_inner_texts()
    assert names == ["♀", "♂"]


@pytest.mark.parametrize(
    ("cell", "text", "complaint"),
    [
        ("counter", "abaxa", "'x' at 3 is not read by this cell; it reads a and b."),
        ("ordered counter", "🙂ab", "'🙂' at 0 is not read by this cell"),
        ("latch", "s.🙂r", "'🙂' at 2 is not read by this cell; it reads s, r and .."),
        ("toggle", "1\n0", "'⏎' (line break) at 1 is not read by this cell"),
        ("toggle", "10\u202e1", "'▯' (U+202E) at 2 is not read by this cell"),
        ("toggle", "10\u0301", "'◌\u0301' (U+0301) at 2 is not read by this cell"),
        ("counter with reset", "..<script>", "'<' at 2 is not read by this cell"),
        ("counter", "ab ", "'␣' (space) at 2 is not read by this cell"),
    ],
)
def test_what_is_not_read_is_refused_in_place(box, cell, text, complaint):
    """The tape shows what comes before; the field keeps all; as Python counts."""
    choose(box, cell, text)
    assert complaint in said(box)
    assert field(box).input_value() == text
    at = int(re.search(r"at (\d+) is not", said(box))[1])
    with pytest.raises(ValueError, match=f"^text has .* at {at}; expected"):
        simulate(HANDMADE[cell](10.0), text)
    assert signs(box) == text[:at]
    choose(box, cell, text[:at])
    assert "is not read" not in said(box)


def test_hostile_text_is_text(box):
    """It is shown sign by sign, counted as Python does, and runs nothing."""
    box.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    choose(box, "quote", HOSTILE)
    run = simulate(HANDMADE["quote"](10.0), HOSTILE)
    assert place(box) == len(run.c) - 1
    assert "(U+E0041)" in said(box)
    for name in ("script", "img", "[onload]"):
        assert not box.locator(f".explorable-drawing {name}").count()
    handle(box).press("Home")
    seen = signs(box)
    while place(box) < len(HOSTILE) - 1:
        handle(box).press("PageUp")
        seen += signs(box)
    assert "<script>" in seen and "␀" in seen and "⇥" in seen and "⏎" in seen
    assert not set(seen) & set("\u202e\u2066\u200f\x00\n\t\u2028\ufeff")
    # Each symbol stays in its column, whatever it would do to a line of them.
    boxes = box.locator("svg svg").evaluate_all(
        "all => all.map((one) => Number(one.getAttribute('x')))"
    )
    assert boxes == sorted(boxes)
    assert box.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_the_first_wrong_symbol(box):
    """B low enough, and the cell fails; the page says where, and leads there."""
    text = "a" * 30 + "b" * 30
    choose(box, "counter", text, 4)
    answers = simulate(HANDMADE["counter"](4.0), text).answers["count"]
    right = np.cumsum([1] * 30 + [-1] * 30)
    first = int(np.argmax(answers != right))
    assert numbers(box)["first wrong"][0] == first
    wanted = f"count: expected {right[first]}, the cell says {answers[first]}."
    assert f"First wrong: at {first}, 'a': {wanted}" in said(box)
    assert flag(box).count() == 0, "it is not in the window"
    box.get_by_role("button", name="First wrong").click()
    assert place(box) == first
    assert flag(box).is_visible()
    assert box.get_by_text(f"✗ count: expected {right[first]}").is_visible()
    choose(box, "counter", strength=10)
    assert "first wrong" not in numbers(box)
    assert "Every answer is right" in said(box)
    assert flag(box).count() == 0


def test_examples_come_with_their_cells_and_other_texts_stay(box):
    choose(box, "latch")
    assert field(box).input_value() == EXAMPLES["latch"]
    choose(box, "quote")
    assert field(box).input_value() == QUOTED, "that of the chapter, again"
    field(box).fill("mine")
    choose(box, "depth")
    assert field(box).input_value() == "mine"
    choose(box, "counter")
    assert "'m' at 0 is not read" in said(box) and not signs(box)
    assert field(box).input_value() == "mine"


def test_ten_thousand_symbols(box):
    """Only a window is drawn; the whole result is there as text, once asked for."""
    text = ("ab" * 60 + "a" * 40) * 62 + "b" * 80
    assert len(text) == MOST
    choose(box, "ordered counter", text, 20)
    drawn = box.locator("svg *").count()
    assert drawn < 900
    run = simulate(HANDMADE["ordered counter"](20.0), text)
    assert place(box) == MOST - 1
    check_numbers(box, "ordered counter", 20.0, text, MOST - 1)
    listed = box.get_by_label("All symbols with states and answers")
    assert listed.input_value() == ""
    box.get_by_text("All 10 000 as text".replace(" 000", "\u202f000")).click()
    filled = "(one) => one.value !== ''"
    box.page.wait_for_function(filled, arg=listed.element_handle())
    head, *lines = listed.input_value().split("\n")
    assert len(lines) == MOST
    assert head.split("\t")[:3] == ["place", "symbol", "c #a − #b"]
    for at in (0, 137, MOST - 1):
        row = lines[at].split("\t")
        assert row[:2] == [str(at), text[at]]
        assert [float(c) for c in row[2:6]] == pytest.approx(run.c[at], rel=1e-6)
        assert row[7] == str(run.answers["count"][at])
        assert row[6] == str(text[: at + 1].count("a") - text[: at + 1].count("b"))
    with box.page.expect_download() as download:
        box.get_by_role("button", name="download").click()
    assert download.value.suggested_filename == "tape.txt"
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        assert file.read() == listed.input_value()
    field(box).fill(text[:5])
    box.page.wait_for_function(
        "(one) => one.value.split('\\n').length === 6", arg=listed.element_handle()
    )


@pytest.mark.parametrize(
    ("size", "said_as"), [(10_001, "10 001"), (2**20, "1 048 576")]
)
def test_more_is_refused(box, size, said_as):
    """It says how long it is, at once, and the field keeps it."""
    choose(box, "counter", "ab")
    field(box).evaluate(PASTE, "a" * size)
    assert f"This text has {said_as} characters; the tape takes 10 000" in said(box)
    assert len(field(box).input_value()) == size
    assert place(box) == MOST - 1, "the first of them are shown"
    choose(box, "counter", "ab")
    assert "This text has" not in said(box) and place(box) == 1


PASTE = """(field, text) => {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def test_height_stays(box):
    """Whatever is typed or chosen for one cell, nothing below moves."""
    for cell in ("counter", "depth"):
        heights = set()
        for text, B in (("", 10), ("x", 3), ("a(b", 1), ("a" * 60, 2), ("(" * 99, 20)):
            choose(box, cell, text, B)
            heights.add(round(box.bounding_box()["height"], 1))
        assert len(heights) == 1, cell


def test_it_is_told_to_those_who_cannot_see_it(box):
    choose(box, "quote", QUOTED)
    handle(box).press("Home")
    (words,) = heard(box.page, box, "[role=slider]")
    assert words.startswith("'o' at 10. inside: i shut, f open: keeps c.")
    assert "expected yes, the cell says yes" in words
    assert handle(box).get_attribute("aria-valuetext") == words
    about = box.locator("[id^=about-tape]").text_content()
    assert box.get_by_role("group", name="The tape").get_attribute(
        "aria-describedby"
    ) == box.locator("[id^=about-tape]").get_attribute("id")
    assert "Every answer is right" in about and "Predicted: With B = 10" in about
    choose(box, "counter", "abx")
    assert not find_barriers(box.page)
