"""What the pages need beyond Jupyter Book, each concept in a module of its own."""

from sphinx.application import Sphinx

from . import (
    claims,
    exercises,
    explorables,
    faces,
    icons,
    mathematics,
    pictures,
    theme,
)

__all__ = ["setup"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Let each module connect itself to Sphinx."""
    for module in (
        claims,
        exercises,
        explorables,
        faces,
        icons,
        mathematics,
        pictures,
        theme,
    ):
        module.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
