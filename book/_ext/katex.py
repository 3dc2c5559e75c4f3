"""KaTeX, run by Node while the book is built.

One Node process answers all formulas of a build over its standard input and output.
KaTeX itself comes from the npm registry, as the committed lock file says.
"""

import json
import subprocess
from functools import cached_property
from pathlib import Path

from . import npm

FOLDER = Path(__file__).parent
PACKAGE = FOLDER / "node_modules/katex"


class KatexError(Exception):
    """A formula that KaTeX does not understand, or only under protest."""


def is_installed() -> bool:
    """Whether KaTeX is here, and in the version that package.json names."""
    manifest = PACKAGE / "package.json"
    wanted = json.loads((FOLDER / "package.json").read_text())["dependencies"]["katex"]
    return manifest.is_file() and json.loads(manifest.read_text())["version"] == wanted


def install() -> None:
    """Install KaTeX if it is not here; RuntimeError says why it cannot be."""
    if not is_installed():
        npm.install(FOLDER)


class Renderer:
    """Turns formulas into HTML, strictly: what is merely doubtful is refused too."""

    @cached_property
    def process(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [npm.NODE, FOLDER / "katex.js"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def html(self, formula: str, display: bool) -> str:
        """The formula as HTML with MathML beside it; KatexError if it is broken."""
        question = json.dumps({"formula": formula, "displayMode": display})
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise KatexError(answer["error"])
        return answer["html"]

    def close(self) -> None:
        """End the process, if there ever was one."""
        if "process" in self.__dict__:
            self.process.communicate()
            del self.process
