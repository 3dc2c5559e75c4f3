"""Run every notebook and store its outputs in a form that a second run repeats.

`make refresh` calls this; with paths as arguments it runs those notebooks only.
What differs from run to run without meaning anything (time stamps, random ids,
versions of the kernel) is left out, and so is the JavaScript of drawings, which the
build takes from the library. Two figures of the front page, which is no notebook,
are drawn in the same go.
"""

import json
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from tqdm import tqdm

from lstm_lib.example import read
from lstm_lib.figures import diagram, trace
from lstm_lib.figures.picture import Picture

BOOK = Path(__file__).parent.parent
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
EXPLORABLES = "explorables"


def notebooks() -> list[Path]:
    """Every notebook of the book, leaving out hidden and private folders."""
    return sorted(
        path
        for path in BOOK.rglob("*.ipynb")
        if not any(part[0] in "._" for part in path.relative_to(BOOK).parts)
    )


def run(path: Path) -> Path:
    """Execute the notebook at `path` in its folder and write it back."""
    notebook = nbformat.read(path, as_version=4)
    execute(notebook, path.parent)
    nbformat.write(normal(notebook), path)
    return path


def execute(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Run all cells of `notebook` in `folder`; an error in a cell is raised."""
    NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True,  # else what is printed late stands in a second box
    ).execute()


def normal(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """`notebook` without what changes from run to run."""
    state = settled(notebook)
    notebook.metadata = {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    if state:
        notebook.metadata[EXPLORABLES] = state
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number:03}"
        cell.metadata = {}
    return notebook


def settled(notebook: nbformat.NotebookNode) -> dict:
    """The state of the widgets on view, with ids that count from 1.

    It is kept where no program but the build of the book looks for it, and so is
    the id of each view: without a kernel JupyterLab would show an error in place of
    the still picture.
    """
    widgets = notebook.metadata.get("widgets", {}).get(STATE)
    if widgets is None:  # nothing has run since it was settled
        return notebook.metadata.get(EXPLORABLES, {})
    state = widgets["state"]
    outputs = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if VIEW in output.get("data", {})
    ]
    views = [output.data.pop(VIEW)["model_id"] for output in outputs]
    shown = reached(state, views)
    ids = {old: f"{number:032x}" for number, old in enumerate(shown, 1)}
    for output, view in zip(outputs, views, strict=True):
        output.metadata[EXPLORABLES] = ids[view]
    for model in shown:
        for text in ("_esm", "_css"):
            state[model]["state"].pop(text, None)
    found = json.dumps({ids[old]: state[old] for old in shown})
    return json.loads(re.sub(r"(?<=IPY_MODEL_)\w+", lambda id: ids[id[0]], found))


def reached(state: dict, views: list[str]) -> list[str]:
    """The models in `views`, what they refer to, and the links between these."""
    found: dict[str, None] = {}

    def visit(model: str) -> None:
        if model not in found:
            found[model] = None
            for other in references(state[model]):
                visit(other)

    for view in views:
        visit(view)
    for model, content in state.items():
        ends = references(content)
        if content["model_name"].endswith("LinkModel") and found.keys() >= {*ends}:
            found[model] = None
    return [*found]


def references(model: dict) -> list[str]:
    """The ids of the models that `model` refers to, in a fixed order."""
    return re.findall(r"IPY_MODEL_(\w+)", json.dumps(model, sort_keys=True))


def front_page() -> dict[str, Picture]:
    """The figures that `index.md` includes, by file name."""
    steps = read("aabb")
    return {
        "cell.svg": diagram(steps[2], steps[1], "b"),
        "trace.svg": trace("aabb", steps),
    }


if __name__ == "__main__":
    for name, picture in front_page().items():
        (BOOK / name).write_text(picture.svg, encoding="utf-8")
    chosen = [Path(arg).resolve() for arg in sys.argv[1:]] or notebooks()
    with ProcessPoolExecutor() as pool:
        for done in tqdm(pool.map(run, chosen), total=len(chosen), unit="notebook"):
            tqdm.write(str(done.relative_to(BOOK)))
