"""The theme, without what a book at rest does not need.

Nothing here changes what the pages say: it removes scripts that talk to other hosts
or complain in the console, lets the rest wait until the page is read, and adds what
search engines and screen readers ask for.
"""

import html
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

# Live code on somebody's server, and folds by script: the book has neither.
SILENCED = ("sphinx_thebe", "sphinx_togglebutton")
# What these still announce, and a variable for a menu of versions.
UNWANTED = ("thebe", "togglebutton", "documentation_options.pagename")
# Style sheets and scripts, and what a page holds that needs them.
NEEDED_FOR = {
    "sphinx-design": "sd-",
    "design-tabs": "sd-tab",
    "exercise": "exercise",
    "explorables": 'class="explorable"',
    "mystnb": 'class="cell',
    "copybutton": "<pre",
    "clipboard": "<pre",
}
# Left in the output by extensions; no page asks for them.
LEFTOVERS = ("vendor", "locales", "*macros.html", "**/*.map")


def silence(app: Sphinx) -> None:
    """Disconnect extensions that Jupyter Book loads without asking."""
    for name in SILENCED:
        app.setup_extension(name)
    for listeners in app.events.listeners.values():
        for listener in listeners.copy():
            if listener.handler.__module__.startswith(SILENCED):
                app.disconnect(listener.id)


def trim_scripts(
    app: Sphinx, page: str, template: str, context: dict, doctree: object
) -> None:
    """Take off the page what it does not need, and let the other scripts wait."""
    body = context.get("body", "")
    for kind in ("script_files", "css_files"):
        # In place: Sphinx goes on using this very list.
        context[kind][:] = [file for file in context[kind] if wanted(file, body)]
    if page != "search":  # whose inline scripts call the files at once
        context["script_files"][:] = map(deferred, context["script_files"])


def wanted(file: object, body: str) -> bool:
    """Whether a page with this body needs a script or style sheet."""
    name = str(getattr(file, "filename", file))
    text = f"{name} {getattr(file, 'attributes', '')}".lower()
    if any(word in text for word in UNWANTED):
        return False
    return all(mark in body for key, mark in NEEDED_FOR.items() if key in name)


def deferred(script: object) -> object:
    """A copy of the script that waits for the text; all pages share the original."""
    # The fonts of formulas are the exception: they are there lest the text jump.
    if not script.filename or "katex/" in str(script.filename):
        return script
    attributes = {**script.attributes, "defer": "defer"}
    return type(script)(script.filename, priority=script.priority, **attributes)


def describe(
    app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give the page its first paragraph as its description."""
    text = first_paragraph(doctree) or f"{page.capitalize()}: {app.config.html_title}"
    context["metatags"] = (
        context.get("metatags", "")
        + f'<meta name="description" content="{html.escape(text)}">'
    )


def first_paragraph(doctree: nodes.document | None, longest: int = 160) -> str:
    """The first paragraph of a page, cut at a word."""
    paragraph = doctree and next(doctree.findall(nodes.paragraph), None)
    text = " ".join(paragraph.astext().split()) if paragraph else ""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def sweep(app: Sphinx, error: Exception | None) -> None:
    """Remove what no page loads."""
    if error or app.builder.format != "html":
        return
    for pattern in LEFTOVERS:
        for path in Path(app.outdir, "_static").glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def front_door(app: Sphinx, error: Exception | None) -> None:
    """Lead from the address of the site to the book, which lies a folder deeper."""
    if error or app.builder.format != "html":
        return
    target = f"{app.config.root_doc}.html"
    title = html.escape(app.config.html_title)
    Path(app.outdir, "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="{app.config.language}"><meta charset="utf-8">'
        f'<title>{title}</title><meta http-equiv="refresh" content="0; url={target}">'
        f'<p><a href="{target}">{title}</a></p></html>\n'
    )


def setup(app: Sphinx) -> None:
    """Connect after the extensions whose traces are removed here."""
    silence(app)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", trim_scripts, priority=900)
    app.connect("build-finished", sweep, priority=900)
    app.connect("build-finished", front_door, priority=900)
