"""A browser for the tests: found, or installed where that is possible.

`python tests/browser.py` says which browser the tests use, and installs one if there
is none and the machine allows it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Root needs --no-sandbox, and machines of continuous integration run as root. The
# rest keeps the browser from calling home; the resolver rule, from calling anybody.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def find(playwright: Playwright) -> str | None:
    """The path of a Chrome or Chromium: the machine's own first, else Playwright's."""
    installed = filter(None, map(shutil.which, NAMES))
    places = (*installed, *PLACES, playwright.chromium.executable_path)
    return next((place for place in places if Path(place).exists()), None)


def install() -> None:
    """Install Chromium where the package manager of Debian may be used."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        command = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        for step in (["apt-get", "update"], command):
            subprocess.run(step, check=True, stdout=subprocess.DEVNULL)


def find_or_install(playwright: Playwright) -> str:
    """The path of a browser; LookupError says what to do where there is none."""
    path = find(playwright)
    if path is None:
        install()
        path = find(playwright)
    if path is None:
        raise LookupError(
            "no browser: install Chrome, Chromium or `playwright install`"
        )
    return path


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser without a window, a history or a way out of this machine."""
    with sync_playwright() as playwright:
        path = find_or_install(playwright)
        browser = playwright.chromium.launch(
            executable_path=path, args=[*FLAGS, ALONE], headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    with sync_playwright() as found:
        try:
            print(find_or_install(found))
        except (LookupError, subprocess.CalledProcessError) as error:
            sys.exit(str(error))
