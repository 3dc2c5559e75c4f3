"""A notebook as a book that configures nothing, and all that it loads from elsewhere.

The notebook is run anew, so that its widgets are stored whole, JavaScript included;
its pictures stay as the cells give them, SVG. What the page asks other hosts for is
installed as package-lock.json says and served beside it. That favours the page: its
reader has other hosts to find and to wait for.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
from book_site import ROOT, extension, run_build

HERE = Path(__file__).parent
STATE = "application/vnd.jupyter.widget-state+json"
# No more than the chapters need to build at all.
CONFIG = """\
title: Defaults
execute: {execute_notebooks: "off"}
bibtex_bibfiles: [references.bib]
sphinx: {extra_extensions: [sphinx_exercise]}
"""
CONTENTS = """\
format: jb-book
root: book/index
chapters: [{{file: {chapter}}}]
"""


def by_default(source: Path, into: Path) -> Path:
    """Build a book of the notebook `source` alone in `into`; the folder of pages."""
    chapter = source.relative_to(ROOT).with_suffix("")
    notebook = nbformat.read(source, as_version=4)
    extension("refresh").execute(notebook, source.parent)
    (into / chapter).parent.mkdir(parents=True)
    nbformat.write(notebook, (into / chapter).with_suffix(".ipynb"))
    (into / "book/index.md").write_text("# Defaults\n")
    (into / "_config.yml").write_text(CONFIG)
    (into / "_toc.yml").write_text(CONTENTS.format(chapter=chapter.as_posix()))
    shutil.copy(ROOT / "book/references.bib", into)
    done = run_build(into, into)
    folder = into / "_build/html"
    page = (folder / chapter).with_suffix(".html")
    if not page.exists():  # warnings are a matter of course here
        raise RuntimeError(f"the page by default does not build:\n{done.stderr}")
    models = notebook.metadata.widgets[STATE].state.values()
    modules = {(model.model_module, model.model_module_version) for model in models}
    serve_packages(folder, bring_home(page) | modules)
    return folder


def bring_home(page: Path) -> set[tuple[str, str]]:
    """Let `page` ask its own host only; the packages it asks for, with versions."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"https://[^/\"]+/ajax/libs/require\.js/", "/npm/requirejs@", text)
    text = re.sub(r"https://[^/\"]+/npm/", "/npm/", text)
    text = re.sub(r' integrity="[^"]*"', "", text)
    page.write_text(text, encoding="utf-8")
    return set(re.findall(r"/npm/((?:@[\w-]+/)?[\w-]+)@([^/\"]+)/", text))


def serve_packages(folder: Path, asked: set[tuple[str, str]]) -> None:
    """Install what is in package.json, to be had at `folder` as it is asked for."""
    extension("npm").install(HERE)
    minify(HERE / "node_modules/requirejs")
    pinned = json.loads((HERE / "package.json").read_text())["devDependencies"]
    for package, version in asked:
        if package in pinned:
            link = folder / f"npm/{package}@{version}"
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(HERE / "node_modules" / package)


def minify(package: Path) -> None:
    """Make require.min.js, which the package lacks, with the tool that it brings."""
    options = ["baseUrl=.", "paths.it=require", "name=it", "skipModuleInsertion=true"]
    command = [extension("npm").NODE, "bin/r.js", "-o", *options, "out=require.min.js"]
    subprocess.run(command, cwd=package, check=True, capture_output=True)
