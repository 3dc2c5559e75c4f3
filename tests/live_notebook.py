"""A notebook made by the tests, run, and stored as the notebooks of the book are."""

from textwrap import dedent

import nbformat
from book_site import extension

refresh = extension("refresh")

# One control of each kind that a page can show, and links both ways and one way.
KINDS = """
from ipywidgets import *
from lstm_lib.activations import tanh
from lstm_lib.explorables import ActivationExplorer, Explorable
from lstm_lib.figures import curves

def pair(kind, trait, tie=jslink, **options):
    two = [kind(description=f"{kind.__name__} {k}", **options) for k in (1, 2)]
    tie((two[0], trait), (two[1], trait))
    return HBox(two)

said, word = Label(), Text("a <b>", description="Text 1")
jslink((word, "value"), (said, "value"))
lines = [Textarea("one\\ntwo", description=f"Textarea {k}", rows=k + 1) for k in (1, 2)]
jslink((lines[0], "value"), (lines[1], "value"))
names = {"options": ["one", "two", "three"]}
Explorable([
    VBox([
        pair(FloatSlider, "value", min=-1, max=1, step=0.25, value=0.5),
        pair(IntSlider, "value", max=5, value=2, readout_format="d"),
        pair(FloatSlider, "value", jsdlink, value=1.5, readout=False),
        pair(Dropdown, "index", **names),
        pair(ToggleButtons, "index", **names),
        pair(Checkbox, "value"),
        HBox([word, said]),
        *lines,
        Checkbox(description="off", disabled=True),
    ]),
    ActivationExplorer("relu").drawing,
], curves(tanh, "A title"), "A sentence of four words.")
"""


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A notebook with a title and these code cells, not yet run."""
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_markdown_cell("# Title")]
    made.cells += [
        nbformat.v4.new_code_cell(dedent(source).strip()) for source in cells
    ]
    return made


def stored(folder, *cells: str) -> str:
    """The text of a notebook with these cells after a run in `folder`."""
    made = notebook(*cells)
    refresh.execute(made, folder)
    return nbformat.writes(refresh.normal(made))
