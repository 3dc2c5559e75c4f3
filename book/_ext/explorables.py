"""Explorables on pages without a kernel.

A notebook stores the state of its widgets and not their JavaScript, and both away
from where other programs would look, so that these show the still pictures. Here it
is put back and cut down to what the page's script `explorables.js` understands; the
modules of the drawings are fetched from the library as it is now, and each view is
set beside its still picture. What the script could not bring to life stops the build.
"""

import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from types import ModuleType

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
EXPLORABLES = "explorables"  # in the metadata of notebooks and outputs
CONTROL = {"description", "disabled"}
SLIDER = {*CONTROL, "value", "min", "max", "step", "readout", "readout_format"}
CHOICE = {*CONTROL, "_options_labels", "index"}
FIELD = {*CONTROL, "value", "placeholder", "continuous_update"}
# The closed list: the widgets that explorables.js knows, and the traits it heeds.
HEEDED = {
    "FloatSliderModel": SLIDER,
    "IntSliderModel": SLIDER,
    "DropdownModel": CHOICE,
    "ToggleButtonsModel": CHOICE,
    "CheckboxModel": {*CONTROL, "value"},
    "TextModel": FIELD,
    "TextareaModel": {*FIELD, "rows"},
    "LabelModel": {"value"},
    "HBoxModel": {"children"},
    "VBoxModel": {"children"},
    "LinkModel": {"source", "target"},
    "DirectionalLinkModel": {"source", "target"},
}
# How a widget looks in JupyterLab; on the page that is the style sheet's affair.
LOOKS = re.compile(r"LayoutModel|\w*StyleModel")


def put_back(app: Sphinx, page: str, source: list[str]) -> None:
    """Give a notebook its views and the state of its widgets, as Jupyter keeps them."""
    if not str(app.env.doc2path(page)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    state = notebook["metadata"].pop(EXPLORABLES, None)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if view := output.get("metadata", {}).pop(EXPLORABLES, None):
                output["data"][VIEW] = {"model_id": view}
    if state:
        notebook["metadata"]["widgets"] = {STATE: {"state": state}}
        source[0] = json.dumps(notebook)


class StillPictures(SphinxPostTransform):
    """Put each view into a container with the still picture and its sentence."""

    # Before each picture is asked for its words (3), and one form is kept (4).
    default_priority = 2
    formats = ("html",)

    def run(self, **_: object) -> None:
        for bundle in [*self.document.findall(nodes.container)]:
            if bundle.get("nb_element") == "mime_bundle":
                forms = {form["mime_type"]: form for form in bundle.children}
                if VIEW in forms:
                    bundle.replace_self(explorable(forms, self.env.docname))


def explorable(forms: dict[str, nodes.Element], page: str) -> nodes.Element:
    """The container for a view: the picture, its caption, the id of the model."""
    pictures = [image for form in forms.values() for image in form.findall(nodes.image)]
    if not pictures:
        raise ExtensionError(
            f"page {page}: a widget is shown that has no still picture; put it into"
            " an Explorable"
        )
    (image,) = pictures
    image["alt"], _, sentence = forms["text/plain"].astext().strip().partition("\n")
    caption = nodes.paragraph("", sentence, classes=["caption"])
    still = nodes.container("", image, caption, classes=["still"])
    model = re.search(r"model_id\W+(\w+)", forms[VIEW].astext())[1]
    opening = f'<div class="explorable" data-model="{model}">'
    start, end = (nodes.raw("", text, format="html") for text in (opening, "</div>"))
    return nodes.container("", start, still, end)


def embed(
    app: Sphinx, page: str, template: str, context: dict, doctree: object
) -> None:
    """Put the state and the modules that the page needs at its end."""
    scripts = context.get("script_files", [])
    found = [s for s in scripts if getattr(s, "attributes", {}).get("type") == STATE]
    # In place: Sphinx goes on using this very list.
    scripts[:] = [script for script in scripts if script not in found]
    for script in found:
        state = json.loads(script.attributes["body"])["state"]
        try:
            context["body"] += embedded(state)
        except ValueError as error:
            raise ExtensionError(f"page {page}: {error}") from error


def embedded(state: dict) -> str:
    """The script elements for these models."""
    models = {
        id: heeded(model)
        for id, model in state.items()
        if not LOOKS.fullmatch(model["model_name"])
    }
    drawings = {model["traits"].get("_anywidget_id") for model in models.values()}
    text = json.dumps(models, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", r"\u003c")
    elements = [f'<script type="application/json" id="explorable-state">{text}']
    for name in sorted(drawings - {None}):
        elements.append(f'<script type="text/x-module" data-module="{name}">\n')
        elements[-1] += module(name)
    return "".join(f"{element}</script>\n" for element in elements)


def heeded(model: dict) -> dict:
    """The name and the traits that the page needs of a model, or ValueError."""
    name, traits = model["model_name"], model["state"]
    if name == "AnyModel":
        kept = {key for key in traits if key[0] != "_" or key == "_anywidget_id"}
        return {"name": name, "traits": pick(traits, kept - {"layout"})}
    if name not in HEEDED:
        known = ", ".join(sorted(HEEDED)).replace("Model", "")
        raise ValueError(
            f"the widget {name.removesuffix('Model')} stays dead without a kernel;"
            f" expected one of {known}, or a Drawing"
        )
    kept = pick(traits, HEEDED[name])
    refuse_the_unlabelled(name, kept)
    return {"name": name, "traits": kept}


def refuse_the_unlabelled(name: str, traits: dict) -> None:
    """A control needs a label, and numbers a format that the page can write."""
    kind = name.removesuffix("Model")
    if HEEDED[name] >= CONTROL and not traits["description"].strip():
        raise ValueError(f"a {kind} has no description, which would be its label")
    readout = traits.get("readout_format", "d")
    if not re.fullmatch(r"d|\.\d+f", readout):
        raise ValueError(
            f"a {kind} has the readout_format {readout!r}; expected 'd' or '.2f'"
        )


def pick(traits: dict, names: set[str]) -> dict:
    """These traits, in an order that does not change."""
    return {name: traits[name] for name in sorted(names) if name in traits}


@cache
def esm() -> ModuleType:
    """The library's joiner of modules, without importing the library."""
    (place,) = importlib.util.find_spec("lstm_lib").submodule_search_locations
    spec = importlib.util.spec_from_file_location(
        "esm", Path(place, "explorables/esm.py")
    )
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def module(name: str) -> str:
    """The JavaScript of the drawing `package.module.Class`, joined from its files."""
    package, *inner, _ = name.split(".")
    (place,) = importlib.util.find_spec(package).submodule_search_locations
    path = Path(place, *inner).with_suffix(".js")
    if not path.is_file():
        raise ValueError(f"the drawing {name} has no JavaScript module {path.name}")
    return esm().join(path)


def setup(app: Sphinx) -> None:
    """Connect after myst-nb (500), which puts the state into the head."""
    app.connect("source-read", put_back)
    app.add_post_transform(StillPictures)
    app.connect("html-page-context", embed, priority=800)
