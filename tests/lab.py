"""JupyterLab for the tests: a server of its own, and notebooks driven in its page."""

import json
import os
import secrets
import subprocess
import sys
import time
from ast import literal_eval
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbformat import read
from nbformat.sign import NotebookNotary
from playwright.sync_api import Browser, Locator, Page
from visits import Visit, reading, watch

LIMIT = 60  # seconds for anything to happen
# All that Jupyter would else read and write in the reader's home.
PLACES = {
    "IPYTHONDIR": "ipython",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "TMPDIR": ".",
}
OPTIONS = {
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    "LabApp.expose_app_in_browser": True,
    "LabApp.extension_manager": "readonly",
    "LabApp.news_url": None,
    "ServerApp.allow_root": True,
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.open_browser": False,
    "ServerApp.port": 0,
}
# Else Lab asks, in the way of the mouse, whether it may fetch news.
SILENCE = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
# Steps in the page of Lab, each with one argument.
OPEN = """async (path) => {
  const options = { path, factory: "Notebook" };
  const panel = await jupyterapp.commands.execute("docmanager:open", options);
  await panel.sessionContext.ready;
}"""
CLOSE = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.sessionContext.shutdown();
  panel.dispose();
}"""
CLEAR = """() => {
  const { sharedModel } = jupyterapp.shell.currentWidget.content.model;
  sharedModel.deleteCellRange(0, sharedModel.cells.length);
}"""
ADD = """(source) => {
  const { sharedModel } = jupyterapp.shell.currentWidget.content.model;
  sharedModel.insertCell(sharedModel.cells.length, { cell_type: "code", source });
  return sharedModel.cells.length - 1;
}"""
RUN = """async (index) => {
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = index;
  await jupyterapp.commands.execute("notebook:run-cell");
  return notebook.widgets[index].model.outputs.toJSON();
}"""
ASK = """async (expression) => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  const user_expressions = { told: expression };
  const asked = kernel.requestExecute({ code: "", silent: true, user_expressions });
  const { told } = (await asked.done).content.user_expressions;
  if (told.status !== "ok") throw new Error(told.evalue);
  return told.data["text/plain"];
}"""
IN_TIME = """([argument, limit]) => Promise.race([
  (%s)(argument),
  new Promise((_, fail) => setTimeout(fail, 1000 * limit, new Error("too late"))),
])"""


def becomes(look: Callable[[], object], wanted: object) -> object:
    """What there is to see: `wanted` as soon as it is there, else what is at last."""
    end = time.monotonic() + LIMIT
    while (found := look()) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    return found


@contextmanager
def lab_served(folder: Path) -> Iterator[str]:
    """Serve folder/notebooks in JupyterLab, which keeps all its files in `folder`.

    Yields the address, and ends the server with its kernels.
    """
    places = {name: str(folder / place) for name, place in PLACES.items()}
    silence = folder / "settings" / SILENCE
    silence.parent.mkdir(parents=True)
    silence.write_text('{"fetchNews": "false"}')
    root, token = folder / "notebooks", secrets.token_hex()
    options = OPTIONS | {"ServerApp.root_dir": root, "IdentityProvider.token": token}
    command = [sys.executable, "-m", "jupyterlab"]
    command += [f"--{name}={value}" for name, value in options.items()]
    surroundings = {**os.environ, **places, "JUPYTER_NO_CONFIG": "1"}
    log = folder / "log"
    with (
        log.open("w") as out,
        subprocess.Popen(command, env=surroundings, stdout=out, stderr=out) as server,
    ):
        try:
            told = folder / f"runtime/jpserver-{server.pid}.json"

            def settled() -> bool:
                written = told.exists() and told.read_text().endswith("}")
                return written or server.poll() is not None

            assert becomes(settled, True) and told.exists(), log.read_text()
            yield f"{json.loads(told.read_text())['url']}lab?token={token}"
        finally:
            server.terminate()
            try:
                server.wait(LIMIT)
            finally:
                server.kill()


def trust(path: Path, folder: Path) -> None:
    """Do what `jupyter trust` does, where `folder` is a server's."""
    (folder / "data").mkdir(exist_ok=True)
    notary = NotebookNotary(data_dir=str(folder / "data"))
    notary.sign(read(path, as_version=4))
    notary.store.close()


@dataclass
class Cell:
    """A cell of the notebook on show."""

    lab: "Lab"
    index: int

    @property
    def output(self) -> Locator:
        """What the cell shows."""
        place = f".jp-Cell[data-windowed-list-index='{self.index}']"
        return self.lab.page.locator(f".jp-NotebookPanel {place} .jp-Cell-outputArea")

    def run(self) -> None:
        """Run the cell, and wait for its end."""
        outputs = self.lab.do(RUN, self.index)
        errors = [one for one in outputs if one["output_type"] == "error"]
        assert not errors, errors


@dataclass
class Lab:
    """A page with JupyterLab in it, and what it asks for."""

    page: Page
    visit: Visit

    def do(self, step: str, argument: object = None) -> object:
        """Take one of the steps above, in good time."""
        return self.page.evaluate(IN_TIME % step, [argument, LIMIT])

    @contextmanager
    def opened(self, path: Path) -> Iterator[None]:
        """Show a notebook whose kernel runs, and close it unsaved."""
        self.do(OPEN, path.name)
        try:
            yield
        finally:
            self.do(CLOSE)

    def clear(self) -> None:
        """Remove all cells of the notebook on show; what ran in its kernel stays."""
        self.do(CLEAR)

    def ask(self, expression: str) -> object:
        """The value of an expression in the kernel, which no cell of its own shows."""
        return literal_eval(self.do(ASK, expression))

    def cell(self, index: int) -> Cell:
        """The cell at this place of the notebook on show."""
        return Cell(self, index)

    def add(self, source: str) -> Cell:
        """Add a cell at the end of the notebook on show, and run it."""
        cell = self.cell(self.do(ADD, source))
        cell.run()
        return cell


@contextmanager
def lab_opened(browser: Browser, folder: Path) -> Iterator[Lab]:
    """JupyterLab in a page, with all its files in `folder`."""
    with lab_served(folder) as address, reading(browser, "light", 1280) as reader:
        lab = Lab(reader.new_page(), Visit())
        lab.page.set_default_timeout(1000 * LIMIT)
        watch(lab.page, lab.visit, address.partition("lab?")[0])
        lab.page.goto(address)
        lab.page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
        yield lab
