"""What was measured once, on a named machine and day, and is only read again.

    run = load("tanh_and_clip")
    run["numbers"]               # a column, as an array
    run.machine, run.date        # where and when
    decide(17, "conditional", ..., recorded=run.where)

Timings and long runs are no work for a page: `make bench` and its like write them
to `lstm_lib/data/<name>.json`, and pages, figures and tests take them from there.
Such a file is one JSON object: `about`, `machine`, `date` and `columns`, which
holds lists of one length, each of finite numbers or of text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_lib import checks

__all__ = ["FOLDER", "Record", "load"]

FOLDER = Path(__file__).parent / "data"
KEYS = ("about", "machine", "date", "columns")


@dataclass(frozen=True, eq=False)
class Record:
    """One recorded table.

    Attributes:
        name: the file's name, without its ending.
        about: what the columns are and in which units.
        machine: what it was measured on.
        date: when, as YYYY-MM-DD.
        columns: arrays of one length by name, read-only: float64, or text.
    """

    name: str
    about: str
    machine: str
    date: str
    columns: Mapping[str, NDArray]

    def __getitem__(self, column: str) -> NDArray:
        """The column of that name; an unknown one raises KeyError."""
        if column not in self.columns:
            known = ", ".join(self.columns)
            raise KeyError(f"{self.name} has no column {column!r}; expected {known}")
        return self.columns[column]

    @property
    def where(self) -> dict[str, str]:
        """Machine and date, as `claims.decide` takes them."""
        return {"machine": self.machine, "date": self.date}


def load(name: str) -> Record:
    """The record called `name`.

    Raises:
        TypeError: `name` is no text.
        ValueError: there is no such record, or its file is malformed.
    """
    checks.instance("name", name, str)
    known = sorted(path.stem for path in FOLDER.glob("*.json"))
    if name not in known:
        raise ValueError(f"name is {name!r}; expected one of {', '.join(known)}")
    try:
        return _record(name, (FOLDER / f"{name}.json").read_bytes())
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}.json is malformed: {error}") from error


def _record(name: str, text: bytes) -> Record:
    """The record that `text` spells; anything else raises."""
    content = json.loads(text)
    checks.instance("it", content, dict)
    if set(content) != set(KEYS):
        found = ", ".join(content)
        raise ValueError(f"it holds {found or 'nothing'}; expected {', '.join(KEYS)}")
    for key in KEYS[:3]:
        checks.instance(key, content[key], str)
        if not content[key].strip():
            raise ValueError(f"{key} is empty; expected text")
    date.fromisoformat(content["date"])
    checks.instance("columns", content["columns"], dict)
    columns = {key: _column(key, of) for key, of in content["columns"].items()}
    lengths = {key: len(column) for key, column in columns.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"columns have lengths {lengths}; expected one length")
    return Record(name, **(content | {"columns": MappingProxyType(columns)}))


def _column(name: str, values: Any) -> NDArray:
    """A list of finite numbers or of text as a read-only array."""
    checks.instance(name, values, list)
    if not values:
        raise ValueError(f"{name} is empty; expected numbers or text")
    if all(isinstance(value, str) for value in values):
        column = np.array(values)
    else:
        column = np.array([checks.number(name, value) for value in values])
    column.setflags(write=False)
    return column
