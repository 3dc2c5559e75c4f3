"""Citations without waiting.

For each reference pybtex looks for its plug-ins among all installed packages, which
would take a quarter of the time of a build. Here it looks once.
"""

from functools import cache

from pybtex import plugin
from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Let pybtex remember what it has found."""
    plugin.entry_points = cache(plugin.entry_points)
