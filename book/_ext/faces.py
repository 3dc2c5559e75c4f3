"""The fonts of the formulas: those that a page needs, there before its text.

KaTeX brings twenty font files. A formula whose font arrives after the text makes the
page jump, so each page names the faces that its formulas use and gets them first,
cut down to the characters in use. Where scripts do not run, the style sheet loads
the same files a little later.
"""

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx

from . import fonts, katex

SPAN = re.compile(r"<(/?)span\b[^>]*>")


class Face(NamedTuple):
    """A font as a style sheet asks for it."""

    family: str
    style: str
    weight: str


def asked_for(rule: str) -> Face | None:
    """The face that a rule of KaTeX's style sheet asks for, if it asks for any."""
    family = re.search(r"font(?:-family)?:[^;}]*?(KaTeX_\w+)", rule)
    style = re.search(r"font-style:(\w+)", rule)
    weight = re.search(r"font-weight:(\w+)", rule)
    if not (family or style or weight):
        return None
    return Face(
        family[1] if family else "KaTeX_Main",
        style[1] if style else "normal",
        weight[1] if weight else "400",
    )


@cache
def sheet() -> str:
    """KaTeX's style sheet with the woff2 files alone, which every browser reads."""
    text = (katex.PACKAGE / "dist/katex.min.css").read_text()
    return re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)', "", text)


@cache
def files() -> dict[Face, str]:
    """The name of the file of each face."""
    rules = re.findall(r"@font-face\{[^}]*\}", sheet())
    return {
        asked_for(rule): re.search(r"fonts/([\w-]+)\.woff2", rule)[1] for rule in rules
    }


@cache
def askers() -> list[tuple[set[str], Face]]:
    """Sets of classes, and the face that is asked for where all of them occur."""
    rules = re.findall(r"([^{}]+)(\{[^{}]*\})", sheet())
    return [
        (set(re.findall(r"\.([\w-]+)", selector)), face)
        for selectors, rule in rules
        if "@" not in selectors and (face := asked_for(rule))
        for selector in selectors.split(",")
    ]


def used(markup: str) -> list[Face]:
    """The faces that the formulas in this HTML ask for."""
    classes = set(" ".join(re.findall(r'class="([^"]*)"', markup)).split())
    return sorted(
        {face for named, face in askers() if named <= classes} & files().keys()
    )


def formulas(markup: str) -> Iterator[str]:
    """What is shown of each formula in this HTML."""
    for start in re.finditer('<span class="katex-html"', markup):
        depth = 0
        for tag in SPAN.finditer(markup, start.start()):
            depth += -1 if tag[1] else 1
            if depth == 0:
                yield markup[start.start() : tag.end()]
                break


def link(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Name the style sheet and the faces on pages with formulas, and only there."""
    body = context.get("body", "")
    if 'class="katex"' in body:
        app.add_css_file("katex/katex.css")
        for face in used(body):
            app.add_js_file(f"katex/{files()[face]}.js", priority=100)


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the style sheet and the faces that the formulas of all pages need."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = "".join(path.read_text() for path in sorted(out.rglob("*.html")))
    characters = fonts.characters("".join(formulas(pages)))
    # All faces of a family in use, for a bold word may stand in an italic one.
    families = {face.family for face in used(pages)}
    static = out / "_static/katex"
    static.mkdir(parents=True, exist_ok=True)
    text = sheet().replace("url(fonts/", "url(")
    for face, name in files().items():
        if face.family in families:
            data = fonts.subset(katex.PACKAGE / f"dist/fonts/{name}.woff2", characters)
            (static / f"{name}.woff2").write_bytes(data)
            (static / f"{name}.js").write_text(fonts.as_script(*face, data))
        else:
            text = re.sub(r"@font-face\{[^}]*" + name + r"\.woff2[^}]*\}", "", text)
    (static / "katex.css").write_text(text)
    shutil.copy(katex.PACKAGE / "LICENSE", static)


def setup(app: Sphinx) -> None:
    """Connect what names the faces and what writes them."""
    app.connect("html-page-context", link)
    app.connect("build-finished", write)
