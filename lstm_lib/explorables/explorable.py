"""What an explorable is: controls and drawings that also come with a still picture.

Controls are ipywidgets. A drawing is an anywidget, whose JavaScript stands in the
file of the same name beside the Python module. In JupyterLab both are ordinary
widgets; on the pages of the book, which have no kernel, a small script of the book
plays their part.
"""

import inspect
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from anywidget import AnyWidget
from ipywidgets import Dropdown, FloatSlider, VBox, Widget, jslink
from traitlets import link

from lstm_lib import checks
from lstm_lib.explorables.esm import join
from lstm_lib.figures.picture import Picture, minus

__all__ = ["WRAP", "Drawing", "Explorable", "menu", "slider"]

# The layout of a row that breaks, in JupyterLab; on the page all do that anyway.
WRAP = {"flex_flow": "row wrap"}


class Drawing(AnyWidget):
    """A live drawing; subclasses say in traits what it shows.

    The class `package.module.Name` is drawn by the JavaScript module `module.js`
    beside `module.py`, joined with what that imports.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        # anywidget makes a subclass for each instance, which has its text already.
        if "_esm" not in cls.__dict__:
            cls._esm = _module(cls)
        super().__init_subclass__(**options)

    def choose(self, trait: str, names: Sequence[str]) -> None:
        """Tie the trait `trait`, one of `names`, to `trait`_index.

        Menus of ipywidgets tell the page the place of what is chosen, and not its
        name; in Python the name is what one wants to read and set.
        """
        places = (list(names).index, names.__getitem__)
        link((self, trait), (self, f"{trait}_index"), transform=places)


def _module(drawing: type) -> str:
    """The JavaScript that stands beside the Python of a class."""
    return join(Path(inspect.getfile(drawing)).with_suffix(".js"))


def slider(
    drawing: Drawing, trait: str, name: str, ends: tuple[float, float], step: float
) -> FloatSlider:
    """A slider called `name` for a trait of `drawing`, between these ends."""
    value = getattr(drawing, trait)
    made = FloatSlider(value, description=name, min=ends[0], max=ends[1], step=step)
    jslink((made, "value"), (drawing, trait))
    return made


def menu(drawing: Drawing, trait: str, name: str, names: Sequence[str]) -> Dropdown:
    """A menu called `name` for a trait of `drawing` that is one of `names`."""
    made = Dropdown(description=name, options=names, value=getattr(drawing, trait))
    jslink((made, "index"), (drawing, f"{trait}_index"))
    return made


class Explorable(VBox):
    """Controls and drawings, with what stands in their place where nothing moves.

    Args:
        children: ipywidgets and drawings, in reading order; tie them together with
            `ipywidgets.jslink`, which works without a kernel, too.
        still: the picture that is printed, and shown where no script runs.
        sentence: what the picture lacks, for its caption.

    Raises:
        TypeError: `children` are not widgets, or `still` is not a `Picture`.
        ValueError: `sentence` is not one.
    """

    def __init__(
        self, children: Iterable[Widget], still: Picture, sentence: str
    ) -> None:
        children = tuple(children)
        for child in children:
            checks.instance("children", child, Widget)
        checks.instance("still", still, Picture)
        checks.instance("sentence", sentence, str)
        if len(sentence.split()) < 4:
            raise ValueError(f"sentence is {sentence!r}; expected a sentence")
        super().__init__(children)
        self.still = still
        self.sentence = minus(" ".join(sentence.split()))

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict, dict]:
        view = super()._repr_mimebundle_(**options)
        shown, size = self.still._repr_mimebundle_()
        text = f"{self.still.alt}\n{self.sentence}"
        return view | shown | {"text/plain": text}, size
