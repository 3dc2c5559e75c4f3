"""What is made twice must be the same to the byte: notebooks and pages.

`python tests/audit/repeat.py` works on two copies of the committed and changed
files in a temporary folder. In each, every notebook is run anew and the book is
built from nothing; then the copies are compared with each other, and the
notebooks with those that are stored.
"""

import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from book_site import ROOT, extension, run_build

REFRESH = (sys.executable, "book/_ext/refresh.py")


def copy(target: Path) -> Path:
    """The files that git knows or would add, and the front-end packages."""
    listed = subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        text=True,
    )
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    packages = Path("book/_ext/node_modules")
    shutil.copytree(ROOT / packages, target / packages)
    return target


def differences(a: Path, b: Path) -> list[str]:
    """The files below `a` and `b` that are not the same in both."""
    names = {p.relative_to(top) for top in (a, b) for p in top.rglob("*")}
    files = [n for n in sorted(names) if not ((a / n).is_dir() and (b / n).is_dir())]
    _, different, missing = filecmp.cmpfiles(a, b, files, shallow=False)
    return [str(name) for name in (*different, *missing)]


def main() -> int:
    """Make everything twice; 1 if anything differs."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        # The same path each time, for a path may stand in what is built.
        work, kept = Path(folder, "book"), Path(folder, "kept")
        for target in (kept, work):
            copy(work)
            subprocess.run(REFRESH, cwd=work, check=True)
            done = run_build(work, work)
            if done.returncode:
                sys.exit(f"the book does not build:\n{done.stderr[-3000:]}")
            if target is kept:
                work.rename(kept)
        stored = [p.relative_to(ROOT) for p in extension("refresh").notebooks()]
        _, stale, _ = filecmp.cmpfiles(ROOT, work, stored, shallow=False)
        pages = differences(kept / "_build/html", work / "_build/html")
        again = differences(kept / "book", work / "book")
        for what, names in (
            (f"{len(stored)} notebooks, run again against stored", stale),
            ("notebooks and figures, run twice", again),
            ("pages, built twice from nothing", pages),
        ):
            names = [n for n in map(str, names) if "__pycache__" not in n]
            print(f"{what}: {'identical' if not names else ', '.join(names)}")
            failed |= bool(names)
    return failed


if __name__ == "__main__":
    sys.exit(main())
