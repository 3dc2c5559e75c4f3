"""A progress bar where somebody watches, and silence where nobody does.

Somebody watches a terminal, and a notebook that JupyterLab has opened. Notebooks
also run unwatched, to be tested or stored; then a bar would get into their outputs.
Jupyter's server tells its kernels which notebook they serve; those that run notebooks
unwatched do not.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

__all__ = ["bar", "watched"]


def watched() -> bool:
    """Whether this runs in a terminal, or for a notebook open in JupyterLab."""
    if _in_kernel():
        return "JPY_SESSION_NAME" in os.environ
    return bool(sys.stderr) and sys.stderr.isatty()


def _in_kernel() -> bool:
    """Whether this is the kernel of a notebook."""
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return hasattr(shell, "kernel")


def bar(steps: int, show: bool | None = None) -> AbstractContextManager[Iterable[int]]:
    """Count from 0 to `steps` − 1 behind a progress bar, which goes when it is full.

        with bar(9) as counter:
            for step in counter: ...

    `show` is whether there is a bar; if None, there is one if it is `watched()`.
    """
    show = watched() if show is None else show
    if not show:
        return nullcontext(range(steps))
    tqdm = import_module("tqdm.notebook" if _in_kernel() else "tqdm").tqdm
    return tqdm(range(steps), leave=False, unit="update")
