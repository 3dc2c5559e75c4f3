"""Windows that tests use one after the other: nothing goes from hand to hand."""

import pytest
from visits import Windows, screen

# `held` is what the mouse holds, once it has moved.
STATE = """() => new Promise((done) => {
  const state = {
    width: innerWidth,
    paper: matchMedia("print").matches,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    stored: localStorage.a ?? sessionStorage.b ?? "nothing",
  };
  addEventListener("mousemove", (event) => done({ ...state, held: event.buttons }));
})"""
NEW = {"width": 1280, "paper": False, "dark": False, "stored": "nothing", "held": 0}


@pytest.fixture
def windows(browser):
    return Windows(browser, 1280)


def state(page, home):
    """What a page meets in this window."""
    page.goto(f"{home}/search.html")
    page.evaluate(f"void (window.state = ({STATE})())")
    page.mouse.move(9, 9)
    return page.evaluate("state")


def test_a_window_is_as_good_as_new(windows, homes):
    with windows.opened() as first:
        assert state(first, homes["served"]) == NEW
        first.evaluate("localStorage.a = sessionStorage.b = 'kept'")
        first.mouse.down()
        first.emulate_media(media="print", color_scheme="dark")
        first.set_viewport_size(screen(390))
    with windows.opened() as second:
        assert second is first
        assert state(second, homes["served"]) == NEW


def test_a_window_that_complains_is_not_used_again(windows, homes):
    with pytest.raises(AssertionError), windows.opened() as first:
        first.goto(f"{homes['served']}/search.html")
        first.evaluate("console.error('no')")
    with windows.opened() as second:
        assert second is not first
