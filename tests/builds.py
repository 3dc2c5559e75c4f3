"""Builds of several small books, which cost the imports of a build only once.

`python tests/builds.py FOLDER…` builds the book in each folder in a process forked from
its own, and prints a list of how each process ended.
"""

import json
import os
import sys
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from book_site import ROOT, arguments
from jupyter_book.cli.main import main
from jupyter_book.config import get_final_config
from sphinx.application import builtin_extensions

STREAMS = {"stdout": 1, "stderr": 2}


def import_all() -> None:
    """Import what every build of a book with the configuration of the book imports."""
    settings, given = ROOT / "_config.yml", {"latex_individualpages": False}
    config, _ = get_final_config(user_yaml=settings, cli_config=given)
    for name in (*builtin_extensions, *config["extensions"]):
        for part in getattr(import_module(name), "MODULES", ()):
            import_module(f"{name}.{part}")


def build(folder: Path) -> None:
    """Be `jupyter-book` for the book in `folder`; what it says goes to files there."""
    for name, stream in STREAMS.items():
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY), stream)
    main(arguments(folder, folder))


if __name__ == "__main__":
    import_all()
    folders = [Path(argument) for argument in sys.argv[1:]]
    fork = get_context("fork")
    processes = [fork.Process(target=build, args=[folder]) for folder in folders]
    for process in processes:
        process.start()
    ends = []
    for process, folder in zip(processes, folders):
        process.join()
        said = {name: (folder / name).read_text() for name in STREAMS}
        ends.append({"args": ["jupyter-book"], "returncode": process.exitcode, **said})
    print(json.dumps(ends))
