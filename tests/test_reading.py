"""A text is read as it is written, symbol by symbol, and its answers are read off."""

import numpy as np
import pytest

from lstm_lib.cell import step
from lstm_lib.handmade import counter, depth, subject
from lstm_lib.reading import Reading, simulate


def test_a_run_is_what_cell_step_computes():
    reader, text = depth(3.0), "(a))("
    run = simulate(reader, text)
    h = c = np.zeros((1, 2))
    for n, symbol in enumerate(text):
        now = step(reader.lstm, reader.encode(symbol), h, c)
        h, c = now.h, now.c
        for name in ("i", "f", "g", "o", "c", "h"):
            np.testing.assert_array_equal(getattr(run, name)[n], getattr(now, name)[0])
        for name, answer in reader.answers(c, h).items():
            assert run.answers[name][n] == answer[0]
    assert run.text == text
    assert run.c.shape == (5, 2)


def test_an_empty_text_has_an_empty_run():
    run = simulate(depth(), "")
    assert run.text == ""
    assert all(part.shape == (0, 2) for part in run[1:7])
    assert {name: len(value) for name, value in run.answers.items()} == {
        "depth": 0,
        "underflow": 0,
        "balanced": 0,
    }


def test_symbols_switch_on_their_inputs_and_others_none():
    np.testing.assert_array_equal(
        subject().encode("♀x♂😀"), [[1, 0], [0, 0], [0, 1], [0, 0]]
    )
    np.testing.assert_array_equal(counter().encode("ba"), [[0, 1], [1, 0]])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("abc", "text has 'c' at 2; expected 'a' or 'b'"),
        ("a😀b", "text has '😀' at 1; expected 'a' or 'b'"),
        ("\n", r"text has '\\n' at 0; expected 'a' or 'b'"),
    ],
)
def test_an_unknown_symbol_is_named_with_its_place(text, told):
    with pytest.raises(ValueError, match=told):
        simulate(counter(), text)


def test_what_is_no_text_and_no_reader_is_refused():
    with pytest.raises(TypeError, match="text is of type bytes; expected str"):
        simulate(counter(), b"ab")
    with pytest.raises(TypeError, match="reader is of type LSTM; expected Reader"):
        simulate(counter().lstm, "ab")


def test_a_reading_is_affine_with_a_rounding_or_a_threshold():
    c, h = np.array([[1.4, 0.2], [-1.6, 0.1]]), np.array([[0.5, 0.1], [0.2, 0.9]])
    rounded = Reading("n", "round", (1, 2), (0, 1), 0.25)
    assert rounded.read(c, h).tolist() == [2, 0]  # 2.15 and -0.25
    above = Reading("n", "above", (0, 0), (1, -1), -0.4)
    assert above.read(c, h).tolist() == [0, 0]  # 0.0, which is not above, and -1.1
    assert above.read(c, h + np.array([[0.01, 0], [0, 0]])).tolist() == [1, 0]
    assert rounded.read(c, h).dtype == above.read(c, h).dtype == np.int64
