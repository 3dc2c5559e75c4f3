"""Recorded tables are read as they stand, and only if they are whole."""

import json
import re
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from lstm_lib import recorded
from lstm_lib.claims import decide
from lstm_lib.recorded import FOLDER, load

WHOLE = {
    "about": "Heights in m, by name.",
    "machine": "a ruler",
    "date": "2025-01-31",
    "columns": {"name": ["x", "yy"], "height": [1, 2.5]},
}
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A function that writes a file `heights.json` where `load` looks for it."""
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)

    def write(content):
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / "heights.json").write_text(text, encoding="utf-8")

    return write


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def test_a_record_is_what_its_file_says(store):
    store(WHOLE)
    run = load("heights")
    assert (run.name, run.about) == ("heights", "Heights in m, by name.")
    assert (run.machine, run.date) == ("a ruler", "2025-01-31")
    assert run.where == {"machine": "a ruler", "date": "2025-01-31"}
    assert [*run.columns] == ["name", "height"]
    assert run["name"].tolist() == ["x", "yy"]
    assert run["height"].tolist() == [1.0, 2.5]
    assert run["height"].dtype == np.float64


def test_a_record_cannot_be_changed(store):
    store(WHOLE)
    run = load("heights")
    with pytest.raises(FrozenInstanceError):
        run.machine = "another"
    with pytest.raises(TypeError):
        run.columns["height"] = [0, 0]
    for column in run.columns.values():
        with pytest.raises(ValueError, match="read-only"):
            column[0] = column[1]


def test_letters_of_every_alphabet_are_read(store):
    store(json.dumps(WHOLE | {"machine": "a µ-ruler"}, ensure_ascii=False))
    assert load("heights").machine == "a µ-ruler"


def test_where_is_what_a_badge_wants(store):
    store(WHOLE)
    badge = decide(2, "true", (1, ">", 0), recorded=load("heights").where)
    assert badge.footing.startswith("Recorded: a ruler, 2025-01-31.")


def test_an_unknown_column_is_refused(store):
    store(WHOLE)
    with pytest.raises(
        KeyError, match="heights has no column 'width'; .* name, height"
    ):
        load("heights")["width"]


def test_an_unknown_record_is_refused(store, tmp_path):
    store(WHOLE)
    (tmp_path / "widths.json").touch()
    for name in ("depths", "", "../heights", "heights.json"):
        with refused(ValueError, f"name is {name!r}; expected one of heights, widths"):
            load(name)
    with refused(TypeError, "name is of type int; expected str"):
        load(3)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "Expecting property name .*"),
        ("[]", "it is of type list; expected dict"),
        ("{}", "it holds nothing; expected about, machine, date, columns"),
        (WHOLE | {"host": "x"}, "it holds about, machine, date, columns, host; .*"),
        (WHOLE | {"about": None}, "about is of type NoneType; expected str"),
        (WHOLE | {"machine": " "}, "machine is empty; expected text"),
        (WHOLE | {"date": "31.1.2025"}, "Invalid isoformat string: '31.1.2025'"),
        (WHOLE | {"columns": []}, "columns is of type list; expected dict"),
        (WHOLE | {"columns": {}}, "columns have lengths {}; expected one length"),
        (WHOLE | {"columns": {"a": 1}}, "a is of type int; expected list"),
        (WHOLE | {"columns": {"a": []}}, "a is empty; expected numbers or text"),
        (WHOLE | {"columns": {"a": [1, "x"]}}, "a is 'x'; expected a real number"),
        (WHOLE | {"columns": {"a": [True]}}, "a is True; expected a real number"),
        (WHOLE | {"columns": {"a": [np.nan]}}, "a is nan; expected a finite number"),
        (
            WHOLE | {"columns": {"a": [1], "b": [1, 2]}},
            "columns have lengths {'a': 1, 'b': 2}; expected one length",
        ),
    ],
)
def test_a_malformed_file_is_refused(store, content, message):
    store(content)
    pattern = message if message.endswith(".*") else re.escape(message)
    with pytest.raises(ValueError, match=rf"^heights\.json is malformed: {pattern}$"):
        load("heights")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shipped_can_be_read(name):
    assert load(name).name == name


def test_the_times_of_tanh_and_clip_are_whole():
    """Both types at the same sizes; every ratio lies between its quartiles."""
    run = load("tanh_and_clip")
    sizes = [run["numbers"][run["type"] == kind] for kind in ("float64", "float32")]
    assert all(np.array_equal(found, 10.0 ** np.arange(1, 8)) for found in sizes)
    assert (run["lower"] <= run["tanh_per_clip"]).all()
    assert (run["tanh_per_clip"] <= run["upper"]).all()
    for other, ratio in (("clip", "tanh_per_clip"), ("maxmin", "tanh_per_maxmin")):
        assert run[ratio] == pytest.approx(run["tanh"] / run[other], rel=0.5)
