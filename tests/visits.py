"""A visit to a page in a real browser, and all that there was to see."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from barriers import TAGS, find_barriers
from book_site import transferred
from playwright.sync_api import Browser, BrowserContext, Page

# What the eye sees at once and a tool has to measure.
MEASURE = """() => {
  const cut = (one) => one.scrollWidth > one.clientWidth + 1;
  const ratio = (one) => (one.naturalWidth / one.naturalHeight) /
    (one.clientWidth / one.clientHeight);
  const text = (one) => one.textContent.trim().slice(0, 60);
  return {
    overflow: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    code: [...document.querySelectorAll("pre")].filter(cut).map(text),
    formulas: [...document.querySelectorAll(".katex-display")].filter(cut).map(text),
    distorted: [...document.images].filter((one) => Math.abs(ratio(one) - 1) > 0.02)
      .map((one) => one.src),
    asleep: [...document.querySelectorAll(".explorable:not(.alive)")].map(text),
    blank: [...document.images].filter((one) => !one.naturalWidth).map((i) => i.src),
  };
}"""

# The theme waits 0.3 s before it lets keys reach what scrolls in a changed window.
SETTLED = "() => new Promise((done) => setTimeout(done, 400))"
DRAWN = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""

# Nothing that a page has stored is there for the next one.
FORGET = """if (location.protocol !== "about:") {
  localStorage.clear();
  sessionStorage.clear();
}"""


@dataclass
class Visit:
    """What one look at one page brought to light; empty is as it should be."""

    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    overflow: int = 0
    code: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    asleep: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    distorted: list[str] = field(default_factory=list)

    def restart(self) -> None:
        """Note all anew: what comes now is another look."""
        self.__init__()

    def weight(self, folder: Path) -> int:
        """The bytes of a first visit, gzipped where a host would gzip them."""
        paths = {
            folder / unquote(urlsplit(url).path.lstrip("/")) for url in self.loaded
        }
        return sum(map(transferred, paths))


def watch(page: Page, visit: Visit, home: str) -> None:
    """Note what goes wrong from now on; `home` is where the book lives."""

    def on_request(request) -> None:
        seen = visit.loaded if request.url.startswith(home) else visit.foreign
        if not request.url.startswith(("data:", "blob:")):
            seen.append(request.url)

    def on_console(message) -> None:
        if message.type in ("error", "warning"):
            visit.console.append(message.text)

    def on_response(response) -> None:
        if response.status >= 400:
            visit.failed.append(response.url)

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("response", on_response)
    page.on("pageerror", lambda error: visit.console.append(str(error)))
    page.on("requestfailed", lambda request: visit.failed.append(request.url))


def look(
    page: Page,
    visit: Visit,
    address: str,
    widths: Sequence[int] = (),
    rules: Sequence[str] = TAGS,
) -> dict[int, Visit]:
    """Open `address` in a page that `visit` watches, look it over and leave it.

    Returns what there is to see in the window as it is; or, with these `rules` of
    axe-core, in windows of these `widths`, one after the other.
    """
    visit.restart()
    if widths:
        page.set_viewport_size(screen(widths[0]))
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    seen = {}
    for width in widths or [page.viewport_size["width"]]:
        if page.viewport_size != screen(width):
            page.set_viewport_size(screen(width))
            page.evaluate(SETTLED if rules == TAGS else DRAWN)
        barriers = find_barriers(page, rules) if widths else []
        # A copy: what is cut short by leaving the page is no fault of the page.
        so_far = deepcopy(visit)
        seen[width] = replace(so_far, **page.evaluate(MEASURE), barriers=barriers)
    page.goto("about:blank")
    return seen


def screen(width: int) -> dict[str, int]:
    """The size of a window of this width, on a phone or on a desk."""
    return {"width": width, "height": 844 if width < 500 else 900}


@contextmanager
def reading(
    browser: Browser, scheme: str, width: int, **more
) -> Iterator[BrowserContext]:
    """A reader with a cold cache, a preferred scheme and a screen of this width."""
    context = browser.new_context(color_scheme=scheme, viewport=screen(width), **more)
    try:
        yield context
    finally:
        context.close()


class Windows:
    """Windows of one kind that are used again: a new one costs a second of work.

    What they have fetched and compiled stays, and nothing else. One that could not be
    left in order is never used again.
    """

    def __init__(self, browser: Browser, width: int, **more: bool) -> None:
        self.browser, self.width, self.more = browser, width, more
        self.free: list[tuple[Page, Visit]] = []

    @contextmanager
    def opened(self) -> Iterator[Page]:
        """A window that is as good as new and may not complain."""
        page, visit = self.free.pop() if self.free else self.new()
        visit.restart()
        yield page
        assert not (visit.console or visit.failed)
        self.tidy(page)
        self.free.append((page, visit))

    def new(self) -> tuple[Page, Visit]:
        """A window that has never been used."""
        size = screen(self.width)
        page = self.browser.new_page(color_scheme="light", viewport=size, **self.more)
        page.add_init_script(FORGET)
        visit = Visit()
        watch(page, visit, "")
        return page, visit

    def tidy(self, page: Page) -> None:
        """Show nothing, in a window as it was, with no button of the mouse held."""
        page.goto("about:blank")
        page.mouse.up()
        page.mouse.move(0, 0)
        page.emulate_media(media="null", color_scheme="light")
        page.set_viewport_size(screen(self.width))
