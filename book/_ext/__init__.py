"""What the pages need beyond Jupyter Book, each concept in a module of its own."""

from importlib import import_module

from sphinx.application import Sphinx

__all__ = ["setup"]

MODULES = (
    "citations",
    "claims",
    "exercises",
    "explorables",
    "faces",
    "icons",
    "mathematics",
    "pictures",
    "theme",
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Let each module connect itself to Sphinx."""
    for module in MODULES:
        import_module(f"{__name__}.{module}").setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
