"""Joining JavaScript modules into one, for `anywidget` takes one text and no files.

Standard library only: the build of the book loads this file by its path, to fetch
the modules without waiting for NumPy and matplotlib.
"""

import re
from pathlib import Path

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\./[\w./-]+)";\n', re.MULTILINE)
ANY_IMPORT = re.compile(r"^import\b.*|\bimport\(.*", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)
NAME = re.compile(r"^(?:export )?(?:const|let|function|class) (\w+)", re.MULTILINE)
END = re.compile(r"</script|<!--", re.IGNORECASE)


def join(path: Path) -> str:
    """The ES module at `path` and all that it imports, as one module.

    Only `import { name } from "./file.js";` is understood.

    Raises:
        ValueError: another kind of import, a name that the other file does not
            export or that two files declare, or text that would end a script element.
    """
    files: dict[Path, str] = {}
    _collect(path.resolve(), files)
    owner: dict[str, str] = {}
    for file, text in files.items():
        for name in NAME.findall(text):
            if name in owner:
                raise ValueError(f"{owner[name]} and {file.name} both declare {name}")
            owner[name] = file.name
    *parts, last = files.values()
    return "".join([*(EXPORT.sub("", part) for part in parts), last])


def _collect(path: Path, files: dict[Path, str]) -> None:
    """Add the text at `path` to `files`, without imports and after what it imports."""
    text = path.read_text(encoding="utf-8")
    for names, name in IMPORT.findall(text):
        file = (path.parent / name).resolve()
        if file not in files:
            _collect(file, files)
        missing = {*re.findall(r"\w+", names)} - {*EXPORT.findall(files[file])}
        if missing:
            raise ValueError(
                f"{path.name} imports {', '.join(sorted(missing))}, which"
                f" {file.name} does not export"
            )
    text = IMPORT.sub("", text)
    if found := ANY_IMPORT.search(text):
        raise ValueError(
            f"{path.name} has {found[0]!r}; expected"
            ' import { name } from "./file.js";'
        )
    if found := END.search(text):
        raise ValueError(f"{path.name} has {found[0]!r}, which would end the script")
    files[path] = text
