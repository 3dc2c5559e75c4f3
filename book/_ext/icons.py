"""The theme's icons, as a font of the few that the pages show.

The theme loads Font Awesome whole, half a megabyte of script. Its pages need a dozen
glyphs: those named by a class `fa-…`, and those that its style sheets write down.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

from . import fonts

BASE = """\
@font-face{font-family:"Font Awesome 6 Free";font-weight:900;src:url(icons.woff2)}
@font-face{font-family:"Font Awesome 5 Free";font-weight:900;src:url(icons.woff2)}
:root{--fa-font-solid:normal 900 1em/1 "Font Awesome 6 Free"}
.fa-solid,.fas{display:inline-block;font:var(--fa-font-solid);width:1.25em}
.fa-solid,.fas{text-align:center}
.fa-lg{font-size:1.25em;line-height:.05em;vertical-align:-.075em}
"""
RULE = re.compile(r'((?:\.fa-[\w-]+:before,?)+)\{content:"(?:\\([0-9a-f]+)|(.))"\}')


def code_points(sheet: str) -> dict[str, int]:
    """Class names and their glyphs, from Font Awesome's own style sheet."""
    return {
        name: int(code, 16) if code else ord(letter)
        for names, code, letter in RULE.findall(sheet)
        for name in re.findall(r"\.(fa-[\w-]+)", names)
    }


def written_out(sheets: Iterable[str]) -> set[int]:
    """Glyphs that style sheets name by code point or as a private character."""
    text = "".join(sheets)
    codes = {int(code, 16) for code in re.findall(r'"\\(f[0-9a-f]{3})"', text)}
    return codes | set(map(ord, re.findall(r"[\uf000-\uf8ff]", text)))


def write_assets(app: Sphinx, error: Exception | None) -> None:
    """Write the font and its style sheet beside the theme's."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    (vendor,) = static.glob("vendor/fontawesome/*")
    original = (vendor / "css/all.min.css").read_text()
    glyphs = code_points(original)
    users = [*Path(app.outdir).rglob("*.html"), *static.glob("scripts/*.js")]
    text = "".join(path.read_text() for path in users)
    used = sorted(set(re.findall(r"\bfa-[\w-]+", text)) & glyphs.keys())
    sheets = [path for path in static.rglob("*.css") if vendor not in path.parents]
    own = {glyphs[name] for name in used}
    every = own | written_out(path.read_text() for path in sheets)
    font = fonts.subset(vendor / "webfonts/fa-solid-900.woff2", every)
    (static / "icons.woff2").write_bytes(font)
    # After the slash, for those who listen: an icon beside a word says nothing.
    rules = (
        f'.{name}:before{{content:"\\{glyphs[name]:x}";content:"\\{glyphs[name]:x}"/""}}'
        for name in used
    )
    # The licence asks that its notice stay with the icons.
    notice = original[: original.index("*/") + 2] + "\n"
    (static / "icons.css").write_text(notice + BASE + "\n".join(rules) + "\n")


def setup(app: Sphinx) -> None:
    """Put the style sheet on every page and write it when all pages are known."""
    app.add_css_file("icons.css")
    app.connect("build-finished", write_assets)
