"""Pages with nothing but their explorables: to try a drawing there costs less.

State, modules, host script and its style are those of the finished page, and so is
the width of the text; gone are the words, the pictures and the theme, which a browser
would load, lay out and paint again for each test. What hangs on them is tried on the
whole page: that it comes alive and moves, is not cut off, and bars nobody.
"""

import shutil
from pathlib import Path

from bs4 import BeautifulSoup

KEPT = ("explorables.js", "explorables.css", "book.css", "favicon.svg")
# As the theme has it; and room above and below, so that there is something to scroll.
STYLE = """
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; font: 16px/1.65 sans-serif; }
main { max-width: 688px; margin: auto; padding: 600px 0; }
@media (max-width: 720px) { main { padding-inline: 16px; } }
"""


def strip(whole: Path, into: Path) -> None:
    """Write into a folder what is left of all pages with explorables in another."""
    (into / "_static").mkdir(parents=True)
    for name in KEPT:
        shutil.copy(whole / "_static" / name, into / "_static")
    for path in whole.glob("book/**/*.html"):
        text = path.read_text(encoding="utf-8")
        if 'class="explorable"' in text:
            page = BeautifulSoup(text, "html.parser")
            boxes = page.select(".explorable")
            place = into / path.relative_to(whole)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(stripped(page, boxes), encoding="utf-8")


def stripped(page: BeautifulSoup, boxes: list) -> str:
    """The text of a page with these explorables alone."""
    for still in page.select(".explorable > .still"):
        still.clear()
    links = page.select(", ".join(f'link[href*="/{name}"]' for name in KEPT))
    scripts = page.select("#explorable-state, [data-module], [src*='/explorables.js']")
    head = f"<meta charset='utf-8'><title>{page.title.string}</title>"
    head += "<meta name='viewport' content='width=device-width, initial-scale=1'>"
    head += f"<style>{STYLE}</style>" + "".join(map(str, links))
    title = f"<h1>{page.title.string}</h1>"
    body = f"<main>{title}{''.join(map(str, boxes))}</main>{''.join(map(str, scripts))}"
    return (
        f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    )
