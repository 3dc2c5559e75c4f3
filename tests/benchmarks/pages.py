"""Measure our pages, and one of them against the same with Jupyter Book's defaults.

`python tests/benchmarks/pages.py [NOTEBOOK]` builds the book, and the notebook (by
default the chapter on the sigmoid) a second time, as defaults.py says. A browser that
reaches this machine only visits all pages in turn, so that a slow moment hits all of
them, moves the first slider on each, and records two tables. No figure is asserted.
"""

import json
import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
from tqdm import trange

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from book_site import FOLDER, ROOT, built, chapters, served, transferred  # noqa: E402
from browser import launched  # noqa: E402
from defaults import by_default  # noqa: E402
from playwright.sync_api import Browser, Page, Route  # noqa: E402
from record import machine, record  # noqa: E402
from visits import Visit, reading, watch  # noqa: E402

CHAPTER = ROOT / "book/activations/sigmoid.ipynb"
ROUNDS = 11
MOVES, STEP = 200, 20
DRAWN, REDRAWN = 1000, 2  # the bars, in ms
KINDS = {".woff2": "fonts", ".woff": "fonts", ".svg": "images", ".png": "images"}
SCRIPT = (HERE / "pages.js").read_text(encoding="utf-8")


@dataclass
class Contender:
    """A page, selectors for its widgets and their drawings, and what was measured."""

    folder: Path
    home: str
    name: str
    boxes: str = ".explorable"
    drawing: str = ".alive .explorable-drawing > * > *"
    weight: dict[str, float] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    redrawn: list[float] = field(default_factory=list)

    def open(self, page: Page) -> float:
        """Go to the page; after how many ms all its widgets were drawn."""
        note = f"noteDrawn({json.dumps(self.boxes)}, {json.dumps(self.drawing)});"
        page.add_init_script(SCRIPT + note)
        page.goto(f"{self.home}/{self.name}")
        return page.wait_for_function("window.drawn").json_value()


def weigh(browser: Browser, one: Contender) -> None:
    """Note the KB on the way in a first load, and what went wrong meanwhile."""
    visit = Visit()
    with reading(browser, "light", 1280) as context:
        page = context.new_page()
        watch(page, visit, one.home)
        one.open(page)
        page.wait_for_load_state("networkidle")
    paths = {one.folder / unquote(urlsplit(url).path[1:]) for url in visit.loaded}
    files = [path for path in paths if path.is_file()]
    one.weight = {"all": sum(map(transferred, files)) / 1000}
    for path in files:
        kind = KINDS.get(path.suffix, path.suffix[1:])
        one.weight[kind] = one.weight.get(kind, 0) + transferred(path) / 1000
    said = [text for text in visit.console if "Failed to load" not in text]
    lost = [url.removeprefix(one.home) for url in sorted(set(visit.failed))]
    one.troubles = [*said, *(f"not found: {path}" for path in lost)]


def visit_in_turn(browser: Browser, pages: list[Contender]) -> None:
    """Note how long each page takes to be drawn by a browser that knows nothing."""
    for _ in trange(ROUNDS, unit="round"):
        for one in pages:
            with reading(browser, "light", 1280) as context:
                one.drawn.append(one.open(context.new_page()))


def isolate(route: Route) -> None:
    """Pass a page on with what makes the browser's clock exact: 5 µs, not 100."""
    answer = route.fetch()
    policies = {"opener": "same-origin", "embedder": "require-corp"}
    headers = {f"cross-origin-{key}-policy": value for key, value in policies.items()}
    route.fulfill(response=answer, headers={**answer.headers, **headers})


def move_in_turn(browser: Browser, pages: list[Contender]) -> None:
    """Note how long each drawing takes to change when a slider is moved."""
    with ExitStack() as stack:
        tabs = []
        for one in pages:
            context = stack.enter_context(reading(browser, "light", 1280))
            tabs.append(context.new_page())
            tabs[-1].route(f"{one.home}/{one.name}", isolate)
            one.open(tabs[-1])
        for first in trange(0, MOVES, STEP, unit=f"{STEP} moves"):
            for one, tab in zip(pages, tabs):
                tab.bring_to_front()
                what = [one.boxes, one.drawing, first, STEP]
                times = tab.evaluate("(what) => timeMoves(...what)", what)
                one.redrawn += [time for time in times if time is not None]


def quartiles(numbers: np.ndarray | list[float], form: str) -> str:
    """The median, and the quartiles in brackets."""
    low, middle, high = np.percentile(numbers, (25, 50, 75))
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def share(numbers: list[float], percent: float) -> float:
    """What so many per cent of `numbers` stay below; nan if there are none."""
    return np.percentile(numbers or [np.nan], percent)


def compared(ours: Contender, default: Contender) -> list[str]:
    """A table of both pages and the ratios."""
    both = (ours, default)
    weights = ours.weight | default.weight
    kinds = sorted(weights, key=weights.get, reverse=True)
    rows = {f"{kind}, KB": [one.weight.get(kind, 0) for one in both] for kind in kinds}
    for name, percent in (("median", 50), ("p95", 95)):
        rows[f"redrawn, ms, {name}"] = [share(one.redrawn, percent) for one in both]
    lines = [f"| {ours.name} | ours | default | default / ours |", "|:--|--:|--:|--:|"]
    for name, (mine, other) in rows.items():
        ratio = f"{other / mine:.1f}" if mine else "–"
        lines.append(f"| {name} | {mine:.2f} | {other:.2f} | {ratio} |")
    drawn = " | ".join(quartiles(one.drawn, ".0f") for one in both)
    ratio = quartiles(np.divide(default.drawn, ours.drawn), ".1f")
    lines.append(f"| drawn, ms (quartiles) | {drawn} | {ratio} |")
    for name, key in ((f"moves of {MOVES} that redrew", "redrawn"),
                      ("errors and warnings", "troubles")):  # fmt: skip
        counts = " | ".join(str(len(getattr(one, key))) for one in both)
        lines.append(f"| {name} | {counts} | |")
    return lines


def table(pages: list[Contender]) -> list[str]:
    """A table of our pages, with the bars they are to stay below."""
    lines = [
        f"| page | KB | drawn, ms (bar {DRAWN}) | most | redrawn, ms (bar {REDRAWN})"
        " | p95 |",
        "|:--|--:|--:|--:|--:|--:|",
    ]
    for one in pages:
        redrawn = " | ".join(f"{share(one.redrawn, part):.2f}" for part in (50, 95))
        drawn = f"{np.median(one.drawn):.0f} | {max(one.drawn):.0f}"
        lines.append(f"| {one.name} | {one.weight['all']:.0f} | {drawn} | {redrawn} |")
    return lines


def contenders(source: Path, stack: ExitStack) -> list[Contender]:
    """The page of `source` by default and then, served too, ours with explorables."""
    name = source.relative_to(ROOT).with_suffix(".html").as_posix()
    ours, into = (stack.enter_context(tempfile.TemporaryDirectory()) for _ in "ab")
    os.environ[FOLDER] = ours
    book = built()
    texts = {one: (book / one).read_text(encoding="utf-8") for one in chapters(book)}
    names = [one for one, text in texts.items() if 'class="explorable"' in text]
    if name not in names:
        sys.exit(f"{name} has no explorable; these have: {', '.join(names)}")
    folder = by_default(source, Path(into))
    home, other = (stack.enter_context(served(one)) for one in (book, folder))
    view = 'div:has(> script[type="application/vnd.jupyter.widget-view+json"])'
    return [
        Contender(folder, other, name, view, ".widget-subarea svg > *"),
        *(Contender(book, home, one) for one in names),
    ]


def main() -> None:
    source = Path(sys.argv[1]).resolve() if sys.argv[1:] else CHAPTER
    with ExitStack() as stack:
        default, *ours = pages = contenders(source, stack)
        same = next(one for one in ours if one.name == default.name)
        browser = stack.enter_context(launched())
        for one in pages:
            weigh(browser, one)
        visit_in_turn(browser, pages)
        move_in_turn(browser, pages)
        where = f"{machine()}, Chromium {browser.version}"
    troubles = [f"- {one.name}: {what}" for one in ours for what in one.troubles]
    troubles += [f"- default: {what}" for what in default.troubles]
    record(
        "Pages",
        f"A browser on this machine, {ROUNDS} interleaved rounds, {date.today()}.\n"
        f"{where}.",
        *("\n".join(lines) for lines in (compared(same, default), table(ours))),
        "What the browser complained of:",
        "\n".join(troubles),
    )


if __name__ == "__main__":
    main()
