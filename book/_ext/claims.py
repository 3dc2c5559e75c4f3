"""The code that decides a claim, folded below the verdict.

The badge says in words what was tested; its code is bookkeeping to most readers, so
it waits in a native `details`. In the notebook it stands as ever.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

BADGE = '<div class="claim '


class folded_code(nodes.Element):  # noqa: N801, docutils nodes are written so
    """The input of a cell whose output is a badge."""


class FoldClaims(SphinxPostTransform):
    """Put the input of a deciding cell below its output, and fold it."""

    # After myst-nb (4) has chosen the HTML of the badge.
    default_priority = 100
    formats = ("html",)

    def run(self, **_: object) -> None:
        for cell in [*self.document.findall(nodes.container)]:
            if cell.get("nb_element") == "cell_code" and decides(cell):
                code = cell.pop(0)
                cell.append(folded_code("", code))


def decides(cell: nodes.container) -> bool:
    """Whether the last output of the cell is a badge."""
    raw = [node.astext() for node in cell.findall(nodes.raw)]
    return bool(raw) and raw[-1].startswith(BADGE)


def visit(translator: HTML5Translator, node: nodes.Element) -> None:
    """Open the fold."""
    translator.body.append(
        '<details class="claim-code"><summary>The code behind this verdict</summary>\n'
    )


def depart(translator: HTML5Translator, node: nodes.Element) -> None:
    """Close the fold."""
    translator.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the fold."""
    app.add_node(folded_code, html=(visit, depart))
    app.add_post_transform(FoldClaims)
