"""What is not an LSTM, or does not fit it, is refused by name.

Held: every argument of `LSTM`, `LSTM.init` and `step`, with the kind of error,
the name of the argument and the shape or kind that was expected.
"""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_lib.activations import relu
from lstm_lib.cell import LSTM, step

B, D, H = 2, 3, 4
EITHER = "(4, H, D) or (R, 4, H, D)"


def draw():
    """A cell with input and states that fit."""
    rng = np.random.default_rng(0)
    return LSTM.init(rng, D, H), np.ones((B, D)), np.zeros((B, H)), np.ones((B, H))


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


@pytest.mark.parametrize(
    ("name", "shape", "expected"),
    [
        ("W", (H, D), EITHER),
        ("W", (3, H, D), EITHER),
        ("W", (4, 0, D), EITHER),
        ("W", (4, H, 0), EITHER),
        ("W", (0, 4, H, D), EITHER),
        ("W", (4, 3, H, D), EITHER),
        ("W", (1, 1, 4, H, D), EITHER),
        ("U", (4, H, D), "(4, 4, 4)"),
        ("U", (H, H), "(4, 4, 4)"),
        ("U", (3, H, H), "(4, 4, 4)"),
        ("b", (4,), "(4, 4)"),
        ("b", (4, H + 1), "(4, 4)"),
        ("b", (4, H, 1), "(4, 4)"),
    ],
)
def test_parameters_of_a_wrong_shape_are_refused(name, shape, expected):
    lstm, *_ = draw()
    with refused(ValueError, f"{name} has shape {shape}; expected {expected}"):
        replace(lstm, **{name: np.ones(shape)})


@pytest.mark.parametrize(
    ("name", "shape", "expected"),
    [
        ("x", (D,), "(B, 3)"),
        ("x", (B, D + 1), "(B, 3)"),
        ("x", (B, D - 1), "(B, 3)"),
        ("x", (0, D), "(B, 3)"),
        ("x", (1, B, D), "(B, 3)"),
        ("h", (H,), "(2, 4)"),
        ("h", (1, H), "(2, 4)"),
        ("h", (B, D), "(2, 4)"),
        ("c", (), "(2, 4)"),
        ("c", (B + 1, H), "(2, 4)"),
        ("c", (B, 0), "(2, 4)"),
    ],
)
def test_inputs_of_a_wrong_shape_are_refused(name, shape, expected):
    lstm, x, h, c = draw()
    inputs = {"x": x, "h": h, "c": c, name: np.ones(shape)}
    with refused(ValueError, f"{name} has shape {shape}; expected {expected}"):
        step(lstm, **inputs)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1j, "1", True])
@pytest.mark.parametrize("name", ["W", "U", "b", "x", "h", "c"])
def test_what_is_no_finite_real_array_is_refused(name, bad):
    lstm, x, h, c = draw()
    given = {"W": lstm.W, "U": lstm.U, "b": lstm.b, "x": x, "h": h, "c": c}
    given[name] = np.full(given[name].shape, bad)
    kind = ValueError if isinstance(bad, float) else TypeError
    with pytest.raises(kind, match=f"^{name} h.*; expected (finite|float32)"):
        step(LSTM(*map(given.get, "WUb")), *map(given.get, "xhc"))


@pytest.mark.parametrize("name", ["W", "U", "b"])
def test_parameters_of_mixed_types_are_refused(name):
    lstm, *_ = draw()
    types = ", ".join("float32" if name == k else "float64" for k in "WUb")
    with refused(TypeError, f"W, U, b have types {types}; expected one type"):
        replace(lstm, **{name: getattr(lstm, name).astype(np.float32)})


@pytest.mark.parametrize("place", ["gate", "candidate", "output"])
def test_activations_that_are_none_are_refused(place):
    lstm, *_ = draw()
    message = f"{place} is of type ufunc; expected Activation"
    with refused(TypeError, message):
        replace(lstm, **{place: np.tanh})
    assert getattr(replace(lstm, **{place: relu}), place) is relu


def test_step_wants_an_lstm():
    _, x, h, c = draw()
    with refused(TypeError, "lstm is of type str; expected LSTM"):
        step("lstm", x, h, c)


@pytest.mark.parametrize(
    ("argument", "message", "kind"),
    [
        ({"rng": 0}, "rng is of type int; expected Generator", TypeError),
        ({"inputs": 1.5}, "inputs is 1.5; expected an integer", TypeError),
        ({"hidden": True}, "hidden is True; expected an integer", TypeError),
        ({"hidden": "3"}, "hidden is '3'; expected an integer", TypeError),
        ({"inputs": 0}, "inputs is 0; expected an integer ≥ 1", ValueError),
        ({"hidden": -1}, "hidden is -1; expected an integer ≥ 1", ValueError),
        ({"forget_bias": "1"}, "forget_bias is '1'; expected a real number", TypeError),
        (
            {"forget_bias": math.nan},
            "forget_bias is nan; expected a finite number",
            ValueError,
        ),
    ],
)
def test_init_refuses(argument, message, kind):
    valid = {"rng": np.random.default_rng(0), "inputs": D, "hidden": H}
    with refused(kind, message):
        LSTM.init(**(valid | argument))


@pytest.mark.parametrize(
    ("name", "shape", "expected"),
    [
        ("U", (4, H, H), (2, 4, H, H)),
        ("U", (3, 4, H, H), (2, 4, H, H)),
        ("b", (4, H), (2, 4, H)),
    ],
)
def test_replicas_have_all_their_parameters(name, shape, expected):
    lstm, *_ = draw()
    many = LSTM.stack([lstm] * 2)
    with refused(ValueError, f"{name} has shape {shape}; expected {expected}"):
        replace(many, **{name: np.ones(shape)})


def test_replicas_are_refused_where_one_is_expected():
    lstm, *rest = draw()
    told = "lstm has 2 replicas; expected a single LSTM"
    with refused(ValueError, told):
        step(LSTM.stack([lstm, lstm]), *rest)
