"""The script that brings widgets to life on a page, with one control of each kind."""

import pytest
from book_site import run_build, write_small
from live import opened
from live_notebook import KINDS, stored


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """A page with all kinds of controls."""
    folder = tmp_path_factory.mktemp("kinds")
    write_small(folder, stored(folder, KINDS))
    done = run_build(folder, folder)
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


def test_fields_of_several_lines(page, kinds):
    """Line breaks stay, those of Windows become one sign, and nothing is mended."""
    opened(page, kinds, "book/index.html")
    one, two = named(page, "Textarea 1"), named(page, "Textarea 2")
    assert one.input_value() == two.input_value() == "one\ntwo"
    assert [field.get_attribute("rows") for field in (one, two)] == ["2", "3"]
    hostile = "<b>a\nb</b>\t\u202e🙂\n"
    one.fill(hostile)
    assert two.input_value() == hostile
    one.fill("")
    one.evaluate(PASTE, "a\r\nb\rc")
    assert one.input_value() == two.input_value() == "a\nb\nc"
    for field in (one, two, named(page, "Text 1")):
        assert field.get_attribute("autocapitalize") == "off"
        assert field.get_attribute("spellcheck") == "false"


PASTE = """(field, text) => {
  field.focus();
  document.execCommand("insertText", false, text);
}"""
