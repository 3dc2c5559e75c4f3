"""Exercises, and solutions that the browser itself folds.

A native `details` opens by mouse, by keyboard and by the search of the browser, and
needs no script.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator
from sphinx_exercise.nodes import solution_node


class DistinctIds(SphinxPostTransform):
    """Take off the id that sphinx-exercise gives to the body of every exercise."""

    default_priority = 500

    def run(self, **_: object) -> None:
        for section in self.document.findall(nodes.section):
            if section["ids"] in (["exercise-content"], ["solution-content"]):
                section["ids"] = []


def visit_solution(translator: HTML5Translator, node: nodes.Element) -> None:
    """Open the fold; the title is what one sees and presses."""
    # As text: the title's link to the exercise would swallow the press.
    title = translator.encode(node.pop(0).astext())
    translator.body.append(translator.starttag(node, "details", CLASS="admonition"))
    translator.body.append(f'<summary class="admonition-title">{title}</summary>\n')


def depart_solution(translator: HTML5Translator, node: nodes.Element) -> None:
    """Close the fold."""
    translator.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Replace how sphinx-exercise writes a solution."""
    # It must have registered its own way first.
    app.setup_extension("sphinx_exercise")
    app.add_node(solution_node, override=True, html=(visit_solution, depart_solution))
    app.add_post_transform(DistinctIds)
