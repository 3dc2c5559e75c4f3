"""A bar shows where somebody watches: in a terminal, and in JupyterLab."""

import subprocess
import sys
from types import SimpleNamespace

import IPython
import pytest
from tqdm import tqdm
from tqdm.notebook import tqdm as notebook_bar

from lstm_lib.progress import bar, watched

KERNEL, SHELL = SimpleNamespace(kernel=None), SimpleNamespace()
SESSION = "JPY_SESSION_NAME"


def place(monkeypatch, shell, tty, session):
    """Pretend to be in IPython's `shell`, at a terminal or not, in Lab or not."""
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: tty, raising=False)
    monkeypatch.delenv(SESSION, raising=False)
    if session:
        monkeypatch.setenv(SESSION, "some.ipynb")


@pytest.mark.parametrize(
    ("shell", "tty", "session", "seen"),
    [(None, True, False, True), (None, False, False, False),
     (SHELL, True, False, True), (SHELL, False, False, False),
     (None, False, True, False), (None, True, True, True),
     (KERNEL, False, True, True), (KERNEL, False, False, False),
     (KERNEL, True, False, False)],
)  # fmt: skip
def test_who_watches(monkeypatch, shell, tty, session, seen):
    place(monkeypatch, shell, tty, session)
    assert watched() is seen
    with bar(3) as counter:
        assert isinstance(counter, tqdm) == seen
        assert isinstance(counter, notebook_bar) == (seen and shell is KERNEL)


def test_a_program_without_ipython_or_stderr_has_no_kernel(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython")
    monkeypatch.setattr(sys, "stderr", None)
    assert watched() is False


@pytest.mark.parametrize("shell", [None, KERNEL])
@pytest.mark.parametrize("tty", [True, False])
def test_a_bar_can_be_demanded_and_forbidden(monkeypatch, shell, tty):
    place(monkeypatch, shell, tty, tty)
    for show in (True, False):
        with bar(3, show) as counter:
            assert isinstance(counter, tqdm) == show


def test_a_bar_counts_and_leaves_nothing(capsys):
    with bar(4, True) as counter:
        assert [*counter] == [0, 1, 2, 3]
    out, err = capsys.readouterr()
    assert "0/4" in err and "update/s" in err and err.endswith("\r") and not out
    with bar(4, False) as counter:
        assert [*counter] == [0, 1, 2, 3]
    assert capsys.readouterr() == ("", "")


def test_silence_costs_nothing():
    code = """
import sys
from lstm_lib.progress import bar
bar(1)
print({"tqdm", "ipywidgets"} & {*sys.modules})
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert told.stdout == "set()\n", told.stderr
