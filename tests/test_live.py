"""Every explorable of the book, in a real browser: each hand moves each control."""

import nbformat
import pytest
from book_site import ROOT, built, extension
from live import center, looks, opened
from visits import reading

pytestmark = pytest.mark.no_cover

refresh = extension("refresh")
KEY = f'"{refresh.EXPLORABLES}": {{'
NOTEBOOKS = [p for p in refresh.notebooks() if KEY in p.read_text("utf-8")]
PAGES = [p.relative_to(ROOT).with_suffix(".html").as_posix() for p in NOTEBOOKS]
EVERY_PAGE = pytest.mark.parametrize("name", PAGES)


def parts(path):
    """What the explorables of a notebook are made of: each drawing and each control."""
    state = nbformat.read(path, as_version=4).metadata[refresh.EXPLORABLES].values()
    kinds = (one["state"].get("_anywidget_id", one["model_name"]) for one in state)
    return tuple(sorted(kinds))


# Where explorables are made of the same parts, hands try one of them for all.
UNLIKE = {parts(path): page for path, page in zip(NOTEBOOKS, PAGES, strict=True)}
KEYS = {"checkbox": ("Space", "Space")}
# Of buttons that exclude each other, one is found by Tab, and arrows find the others.
WANTED = "input:not(:disabled, [type=radio]), fieldset, select, [role=slider]"
# What is typed into or pressed; its own tests do that.
OTHER = "document.activeElement.matches('textarea, button, summary')"
LOWEST = "document.activeElement.value === document.activeElement.min"
# A place on a slider or a picture, in parts of its width, and not on its handle.
ELSEWHERE = "(one) => (one.value - one.min < one.max - one.value ? 2 / 3 : 1 / 3)"
LAST = "(one) => one.selectedIndex === one.length - 1"
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
# All that was on show and moved without being asked to, as Lighthouse sums it up.
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach(({ value }) => (sum += value));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 50);
})"""
BAR = 0.02


def ends(menu):
    """The keys for the two ends of a menu, that where it does not stand first."""
    return ("Home", "End") if menu.evaluate(LAST) else ("End", "Home")


def check_names(box):
    """Every control in the box is called something."""
    for control in box.locator("input, select, .control textarea").all():
        labels = control.evaluate(
            "one => [...one.labels].map((label) => label.textContent).join()"
        )
        assert labels.strip()
    for point in box.locator("[role=slider]").all():
        assert point.get_attribute("aria-label")


def after_the_first_look(route):
    """Hand out a file only when the page has been painted without it."""
    frame = route.request.frame
    frame.wait_for_function(PAINTED)
    assert not frame.locator(".explorable.alive").count()
    route.continue_()


@EVERY_PAGE
def test_each_control_moves_a_drawing_by_keyboard(name, page, bare):
    """Tab finds every control, and every key that should move something does.

    This is done from the disk, on what is left of the page if all else is taken away,
    as mouse and finger do it on whole pages from a host.
    """
    for box in opened(page, bare["disk"], name).all():
        check_names(box)
        left = box.locator(WANTED).count()
        assert left
        box.evaluate("one => { one.tabIndex = -1; one.focus(); }")
        while left:
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('.explorable')")
            if page.evaluate(OTHER):
                continue
            before = looks(box)
            kind = page.evaluate("document.activeElement.type ?? 'point'")
            ahead, back = KEYS.get(kind, ("ArrowDown", "ArrowUp"))
            if kind == "range" and page.evaluate(LOWEST):
                ahead, back = back, ahead
            if kind == "select-one":
                ahead, back = ends(box.locator("select:focus"))
            page.keyboard.press(ahead)
            after = looks(box)
            assert after != before, f"{kind} moves nothing"
            page.keyboard.press(back)
            assert looks(box) not in (after, ""), f"{kind} does not move back"
            left -= 1


@pytest.mark.parametrize("name", UNLIKE.values())
@pytest.mark.parametrize("hand", ["mouse", "finger"])
def test_each_control_moves_a_drawing_by_hand(hand, name, request, homes):
    """A click or a tap on every slider and every picture; menus open and choose.

    The explorables come to life after the first look here, and the page stays as it is.
    """
    page = request.getfixturevalue("phone" if hand == "finger" else "page")
    press = page.touchscreen.tap if hand == "finger" else page.mouse.click
    page.route("**/explorables.js*", after_the_first_look)
    boxes = opened(page, homes["served"], name)
    page.unroute_all()
    assert page.evaluate(SHIFT) <= BAR
    for box in boxes.all():
        targets = box.locator("input[type=range], .explorable-drawing svg[role=group]")
        for target in targets.all():
            before = looks(box)
            target.scroll_into_view_if_needed()
            place = target.bounding_box()
            across = place["x"] + place["width"] * target.evaluate(ELSEWHERE)
            press(across, place["y"] + place["height"] / 2)
            assert looks(box) != before
        for choice in box.locator("input[type=radio]").all():
            if choice.is_checked():
                continue
            before = looks(box)
            choice.scroll_into_view_if_needed()
            press(*center(choice))
            assert looks(box) != before
        for menu in reversed(box.locator("select").all()):
            before = looks(box)
            menu.scroll_into_view_if_needed()
            key, _ = ends(menu)
            press(*center(menu))
            page.keyboard.press(key)
            page.keyboard.press("Enter")
            assert looks(box) != before


def test_a_broken_module_leaves_the_still_picture(browser, homes, tmp_path):
    """One drawing that cannot start complains, and takes nothing else with it."""
    name = PAGES[0]
    source = (built() / name).read_text("utf-8")
    assert 'data-module="' in source
    target = tmp_path / "site" / name
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


def test_the_scroll_bar_is_there_from_the_start(page, homes):
    """Else it would push the text aside when a page, read in part, outgrows its window.

    The browser of the tests shows no scroll bars, so that only the rule can be seen.
    """
    page.goto(f"{homes['served']}/{PAGES[0]}")
    root = page.locator("html")
    assert root.evaluate("(one) => getComputedStyle(one).overflowY") == "scroll"
