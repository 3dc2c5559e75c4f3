"""The running example: what the front page says about it."""

import numpy as np
import pytest

from lstm_lib.cell import LSTM
from lstm_lib.example import UNIT, read


def test_the_unit_is_one_standard_lstm_unit_without_feedback():
    assert (UNIT.inputs, UNIT.hidden) == (3, 1)
    assert [UNIT.gate.name, UNIT.candidate.name, UNIT.output.name] == [
        "sigmoid", "tanh", "tanh",
    ]  # fmt: skip
    assert not UNIT.U.any()


@pytest.mark.parametrize(
    ("letter", "z_i", "z_g"), [("a", 2, 2), ("b", 2, -2), ("A", -3, 2), ("B", -3, -2)]
)
def test_the_pre_activations_are_those_of_the_front_page(letter, z_i, z_g):
    (now,) = read(letter)
    assert [now.z_i, now.z_f, now.z_g, now.z_o] == [z_i, 3, z_g, 1]


def test_a_counts_up_and_b_down_by_the_same_amount():
    up, down = read("a")[0], read("b")[0]
    assert up.c > 0.8 and up.c == -down.c


def test_capitals_are_let_in_at_a_twentieth():
    assert read("A")[0].g == read("a")[0].g
    assert read("A")[0].i < 0.05 and abs(read("A")[0].c) < 0.05


def test_states_are_carried_from_letter_to_letter():
    f, gain = 1 / (1 + np.exp(-3)), np.tanh(2) / (1 + np.exp(-2))
    c = 0.0
    for letter, now in zip("abba", read("abba"), strict=True):
        c = f * c + (gain if letter == "a" else -gain)
        assert now.c.item() == pytest.approx(c, rel=1e-14)
        assert now.h.item() == pytest.approx(np.tanh(c) / (1 + np.exp(-1)), rel=1e-14)


def test_the_hidden_state_is_carried_too():
    fed_back = LSTM(UNIT.W, np.ones((4, 1, 1)), UNIT.b)
    first, second = read("aa", fed_back)
    assert second.z_g.item() == 2 + first.h.item()


def test_no_text_gives_no_steps():
    assert read("") == []


@pytest.mark.parametrize(("text", "said"), [("abc", "'c' at 2"), ("é", "'é' at 0")])
def test_other_symbols_are_refused_by_name_and_place(text, said):
    with pytest.raises(ValueError, match=f"^text has {said}; expected a, b, A or B$"):
        read(text)


@pytest.mark.parametrize("text", [None, 7, ["a", "b"]])
def test_text_is_a_string(text):
    with pytest.raises(TypeError, match="^text is of type .*; expected str$"):
        read(text)
