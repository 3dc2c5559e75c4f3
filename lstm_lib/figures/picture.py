"""The kind of figure that the book shows: closed, and able to say what it shows.

A `Picture` never enters pyplot, so nothing stays open. It displays as SVG, or as
PNG where it is dense or hangs on last digits, and its alternative text travels
beside it as `text/plain`: the page takes its alt from there, and whoever compares
stored outputs compares the words, too.
"""

import re
from base64 import b64encode
from contextlib import AbstractContextManager
from functools import cached_property
from importlib.resources import files
from io import BytesIO, StringIO
from types import MappingProxyType
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

__all__ = [
    "COLOURS",
    "DASHES",
    "INK",
    "SHADES",
    "Picture",
    "house_style",
    "minus",
    "note",
]

# One colour per quantity (Okabe & Ito), and a darker shade for words beside it.
COLOURS = MappingProxyType(
    {
        "f": "#0072B2",
        "i": "#E69F00",
        "g": "#009E73",
        "o": "#CC79A7",
        "c": "#D55E00",
        "h": "#56B4E9",
    }
)
SHADES = MappingProxyType(
    {
        "f": "#005B8E",
        "i": "#855C00",
        "g": "#00664A",
        "o": "#96446F",
        "c": "#A84A00",
        "h": "#1D6A9B",
    }
)
INK = "#333333"
# Lines are told apart without colour, too.
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))

STYLE = str(files(__package__) / "book.mplstyle")


def house_style() -> AbstractContextManager:
    """The book's style alone, as a context or a decorator, to draw and save under."""
    return matplotlib.rc_context(fname=STYLE)


class Picture(Figure):
    """A matplotlib figure with an alternative text.

    Args:
        alt: what somebody who cannot see the figure needs to know.
        size: width and height in inches; the book's text is 5.2 inches wide.
        raster: show it as PNG and not as SVG.
        options: passed on to `matplotlib.figure.Figure`.

    Raises:
        ValueError: `alt` is no sentence.
    """

    def __init__(
        self,
        alt: str,
        size: tuple[float, float] = (5.2, 3.2),
        raster: bool = False,
        **options: Any,
    ) -> None:
        if len(alt.split()) < 4:
            raise ValueError(f"alt is {alt!r}; expected a sentence on what is shown")
        super().__init__(figsize=size, **options)
        self.raster = raster
        self.alt = minus(alt)

    @cached_property
    def svg(self) -> str:
        """The picture as SVG; the same data give the same bytes."""
        text = StringIO()
        with house_style():
            self.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
        return text.getvalue()

    @cached_property
    def png(self) -> bytes:
        """The picture as PNG for screens of two pixels a point, in 64 colours."""
        raw, small = BytesIO(), BytesIO()
        with house_style():
            self.savefig(raw, format="png", dpi=192)
        Image.open(raw).convert("RGB").quantize(64).save(small, "PNG", optimize=True)
        return small.getvalue()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        width, height = (round(inches * 96) for inches in self.get_size_inches())
        size = {"width": width, "height": height}
        if self.raster:
            shown = {"image/png": b64encode(self.png).decode()}
        else:
            shown = {"image/svg+xml": self.svg}
        return {"text/plain": self.alt} | shown, dict.fromkeys(shown, size)


def minus(text: str) -> str:
    """`text` with a minus sign before numbers, for a hyphen is not read aloud."""
    return re.sub(r"(?<!\w)-(?=\d)", "−", text)


def note(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    offset: tuple[float, float],
    colour: str = INK,
    **options: Any,
) -> None:
    """Words beside the point (x, y), `offset` by points to the right and up."""
    axes.annotate(
        text, (x, y), offset, textcoords="offset points", color=colour, **options
    )
