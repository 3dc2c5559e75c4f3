"""Fonts, cut down to the characters that the pages show."""

import base64
import html
import io
import re
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset as cutter
from fontTools.ttLib import TTFont


def characters(markup: str) -> set[int]:
    """The code points that a piece of HTML shows."""
    return set(map(ord, html.unescape(re.sub(r"<[^>]*>", "", markup))))


def subset(path: Path, code_points: Iterable[int]) -> bytes:
    """The font at `path` as woff2 with these code points alone."""
    options = cutter.Options(flavor="woff2", notdef_outline=True)
    # A time stamp of now would make every build differ.
    font = TTFont(path, recalcTimestamp=False)
    maker = cutter.Subsetter(options)
    maker.populate(unicodes=code_points)
    maker.subset(font)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def as_script(family: str, style: str, weight: str, data: bytes) -> str:
    """A line of JavaScript that puts a font into the page.

    A font that is part of a script is there before the first line is drawn, over
    HTTP as from a file; a preload would be refused on pages opened from disk.
    """
    text = base64.b64encode(data).decode()
    return (
        f'document.fonts.add(new FontFace("{family}", Uint8Array.from(atob("{text}"),'
        f' c => c.charCodeAt(0)), {{style: "{style}", weight: "{weight}"}}));\n'
    )
