"""What nbval leaves out is compared: a fault of each kind is noticed."""

from base64 import b64encode
from copy import deepcopy
from io import BytesIO

import pytest
from nbformat import v4
from PIL import Image, ImageDraw
from unseen import PNG, faults, refresh


def picture(shift, dot=False):
    """A line across a picture, `shift` pixels from where it should be, and a dot."""
    image = Image.new("RGB", (640, 320), "white")
    ImageDraw.Draw(image).line((0, 20 + shift, 640, 300 + shift), "black", 3)
    if dot:
        image.putpixel((9, 300), (0, 0, 0))
    file = BytesIO()
    image.save(file, "PNG")
    return b64encode(file.getvalue()).decode()


def notebook():
    """A text, a picture and a view of a widget."""
    raster = v4.new_output("execute_result", {PNG: picture(0), "text/plain": "A line"})
    view = v4.new_output("execute_result", {"text/plain": "A view"})
    view.metadata[refresh.EXPLORABLES] = f"{1:032x}"
    made = v4.new_notebook(metadata={refresh.EXPLORABLES: {f"{1:032x}": {"z": 1.0}}})
    cells = [v4.new_code_cell(outputs=[output]) for output in (raster, view)]
    made.cells = [v4.new_markdown_cell("# Title"), *cells]
    return made


def test_the_same_is_no_fault():
    again = notebook()
    again.cells[1].outputs[0].data[PNG] = picture(0, dot=True)
    assert faults(notebook(), again) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda n: n.metadata[refresh.EXPLORABLES].clear(), "the state of the widgets"),
        (lambda n: n.cells[1].outputs[0].data.update({PNG: picture(4)}), "the picture"),
        (lambda n: n.cells[1].outputs[0].data.pop(PNG), "cell 2: the picture"),
        (lambda n: n.cells[2].outputs[0].metadata.clear(), "cell 3: what the output"),
    ],
)
def test_faults_are_found(change, fault):
    old, new = notebook(), notebook()
    change(new)
    for one, other in ((old, new), (deepcopy(new), deepcopy(old))):
        (found,) = faults(one, other)
        assert fault in found
