"""The book as readers get it: built from nothing, served, its pages listed."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import ModuleType

from bare import strip
from filelock import FileLock

ROOT = Path(__file__).parent.parent
EXTENSION = ROOT / "book/_ext"
FOLDER = "BOOK_OF_THIS_RUN"  # names where its tests find or build the pages


def extension(module: str) -> ModuleType:
    """A module of the book's Sphinx extension, found as Jupyter Book finds it."""
    if str(EXTENSION.parent) not in sys.path:
        sys.path.append(str(EXTENSION.parent))
    return import_module(f"{EXTENSION.name}.{module}")


def arguments(source: Path, into: Path) -> list[str]:
    """Have `jupyter-book` build as `make book` does; the pages land in `into`."""
    options = ["-W", "-n", "--keep-going", "--path-output", str(into)]
    return ["build", *options, str(source)]


def run_build(source: Path, into: Path) -> subprocess.CompletedProcess[str]:
    """Build the book in `source`; the pages land in `into`."""
    program = Path(sys.executable).with_name("jupyter-book")
    command = [program, *arguments(source, into)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@cache
def built() -> Path:
    """The folder of the finished pages, built from nothing once per run of the tests.

    The first of the processes that run the tests builds them for all.
    """
    folder = Path(os.environ[FOLDER])
    failure = folder / "failure.txt"
    with FileLock(folder / "lock"):
        if not failure.exists():
            done = run_build(ROOT, folder)
            if done.returncode == 0:
                strip(folder / "_build/html", folder / "bare")
            failure.write_text(done.stderr[-3000:] if done.returncode else "")
    assert not failure.read_text(), f"the book does not build:\n{failure.read_text()}"
    return folder / "_build/html"


def bare() -> Path:
    """The folder of the pages with explorables, and nothing but these."""
    return built().parents[1] / "bare"


def write_small(folder: Path, text: str) -> None:
    """Write a book of one page with the configuration and extension of the book."""
    (folder / "book").mkdir(exist_ok=True)
    (folder / "book/_ext").symlink_to(EXTENSION)
    for name in ("_config.yml", "book/references.bib"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    suffix = "ipynb" if text.startswith("{") else "md"
    (folder / f"book/index.{suffix}").write_text(text)


def run_builds(folders: list[Path]) -> list[subprocess.CompletedProcess[str]]:
    """Build the small books in all these folders, side by side and in place."""
    command = [sys.executable, Path(__file__).with_name("builds.py"), *folders]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [subprocess.CompletedProcess(**end) for end in json.loads(done.stdout)]


def pages(folder: Path) -> list[str]:
    """All pages under `folder`, as addresses relative to it."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return sorted(found)


def chapters(folder: Path) -> list[str]:
    """The pages that somebody wrote: all but the search page and the redirect."""
    return [page for page in pages(folder) if page.startswith("book/")]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files as any static host does: gzipped, and to be kept for an hour."""

    def log_message(self, *_: object) -> None:
        """Say nothing for each request."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=3600")
        if path.suffix in COMPRESSED:
            data = compressed(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@cache
def compressed(data: bytes) -> bytes:
    """`data` gzipped; like a host, not again for each reader."""
    return gzip.compress(data, 9)


COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".ipynb", ".md"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port of this machine; yields the address."""
    handler = partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def transferred(path: Path) -> int:
    """The bytes that a file costs on the way: gzipped, unless it is compressed."""
    data = path.read_bytes()
    return len(compressed(data)) if path.suffix in COMPRESSED else len(data)


def addresses(sheet: str) -> list[str]:
    """Everything a style sheet loads."""
    return re.findall(r"""(?:url\(|@import )\s*['"]?([^'")]+)""", sheet)
