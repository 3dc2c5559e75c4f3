"""What nbval leaves out, compared after the same run of a notebook.

nbval compares text and SVG. Pictures as PNG and the state of widgets are compared
here, as one more test at the end of each notebook.
"""

import json
from base64 import b64decode
from copy import copy, deepcopy
from io import BytesIO

import numpy as np
import pytest
from book_site import extension
from nbformat import NotebookNode
from nbval.plugin import IPyNbCell
from PIL import Image

refresh = extension("refresh")
TELL_STATE = """
import json
from ipywidgets import Widget
print(json.dumps(Widget.get_manager_state()))
"""
PNG = "image/png"


class Unseen(pytest.Item):
    """What nbval does not compare in a notebook, all of whose cells have run."""

    def __init__(self, *, cells: list[IPyNbCell], **more: object) -> None:
        super().__init__(**more)
        self.cells = cells

    def runtest(self) -> None:
        """Compare the notebook as it is stored with what this run has made of it."""
        stored = self.parent.nb
        again = deepcopy(stored)
        again.metadata = NotebookNode(widgets={refresh.STATE: self.state()})
        places = (cell for cell in again.cells if cell.cell_type == "code")
        for place, cell in zip(places, self.cells, strict=True):
            place.outputs = deepcopy(cell.test_outputs)
        found = faults(stored, refresh.normal(again))
        assert not found, found

    def state(self) -> dict:
        """The state of the widgets, as the kernel tells it."""
        teller = copy(self.cells[-1])
        teller.cell = NotebookNode(source=TELL_STATE, execution_count=None, outputs=[])
        teller.runtest()
        (told,) = teller.test_outputs
        return json.loads(told.text)

    def reportinfo(self) -> tuple:
        return self.path, None, f"{self.path.name}::{self.name}"


def add_to(items: list[pytest.Item]) -> None:
    """Put one such test behind the cells of each notebook that runs as a whole."""
    cells: dict[pytest.Collector, list[IPyNbCell]] = {}
    for item in items:
        if isinstance(item, IPyNbCell):
            cells.setdefault(item.parent, []).append(item)
    for notebook, run in cells.items():
        last = items.index(run[-1]) + 1
        name = "what nbval leaves out"
        items.insert(last, Unseen.from_parent(notebook, name=name, cells=run))


def faults(stored: NotebookNode, again: NotebookNode) -> list[str]:
    """Where widgets and rasters of the stored notebook are not those of a new run."""
    found = [] if again.metadata == stored.metadata else ["the state of the widgets"]
    for number, (was, now) in enumerate(zip(stored.cells, again.cells, strict=True), 1):
        pairs = zip(was.get("outputs", []), now.get("outputs", []), strict=True)
        for old, new in pairs:
            if old.get("metadata") != new.get("metadata"):
                found.append(f"cell {number}: what the output shows")
            pictures = [one.get("data", {}).get(PNG) for one in (old, new)]
            if any(pictures) and not (all(pictures) and alike(*pictures)):
                found.append(f"cell {number}: the picture")
    return found


def alike(*pictures: str) -> bool:
    """Whether two rasters look the same, though perhaps not to the last bit."""
    one, other = map(grey, pictures)
    return np.abs(one - other).mean() < 0.3


def grey(png: str) -> np.ndarray:
    """The picture as a small grey one, on which a stale line still shows."""
    image = Image.open(BytesIO(b64decode(png))).convert("L").resize((320, 160))
    return np.asarray(image, dtype=float)
