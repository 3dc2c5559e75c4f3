"""Formulas that are HTML before any reader comes.

A formula that KaTeX refuses stops the build and is named with its page.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.logging import get_node_location
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from . import katex


class Mathematics:
    """How formulas are written."""

    def __init__(self) -> None:
        self.renderer = katex.Renderer()

    def install(self, app: Sphinx) -> None:
        """See that KaTeX is here before the first formula."""
        try:
            katex.install()
        except RuntimeError as error:
            raise ExtensionError(f"KaTeX is not installed, and {error}") from error

    def html(
        self, translator: HTML5Translator, node: nodes.Element, display: bool
    ) -> str:
        """The formula of a node as HTML; the build ends if it is broken."""
        try:
            return self.renderer.html(node.astext(), display)
        except katex.KatexError as error:
            page = translator.builder.current_docname
            raise ExtensionError(
                f"broken formula on page {page} ({get_node_location(node) or page}):"
                f" {node.astext()!r}: {error}"
            ) from error

    def visit_inline(self, translator: HTML5Translator, node: nodes.math) -> None:
        """Write a formula within a line."""
        translator.body.append(translator.starttag(node, "span", "", CLASS="math"))
        translator.body.append(self.html(translator, node, display=False) + "</span>")
        raise nodes.SkipNode

    def visit_display(
        self, translator: HTML5Translator, node: nodes.math_block
    ) -> None:
        """Write a formula on lines of its own, with its number if it has one."""
        translator.body.append(translator.starttag(node, "div", CLASS="math"))
        if node["number"]:
            number = get_node_equation_number(translator, node)
            translator.body.append(f'<span class="eqno">({number})')
            translator.add_permalink_ref(node, "Link to this equation")
            translator.body.append("</span>")
        translator.body.append(self.html(translator, node, display=True) + "</div>\n")
        raise nodes.SkipNode

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """End KaTeX."""
        self.renderer.close()


def setup(app: Sphinx) -> None:
    """Register the way of writing formulas; `html_math_renderer` names it."""
    ours = Mathematics()
    app.add_html_math_renderer(
        "katex",
        inline_renderers=(ours.visit_inline, None),
        block_renderers=(ours.visit_display, None),
    )
    app.connect("builder-inited", ours.install)
    app.connect("build-finished", ours.finish)
