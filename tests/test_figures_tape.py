"""The score of a text: each row is what the cell holds, each answer is written."""

import numpy as np
import pytest

from lstm_lib.figures import tape
from lstm_lib.figures.picture import COLOURS
from lstm_lib.handmade import HANDMADE, depth, quote, simulate, subject, toggle


def bars(picture):
    """What is filled, from above: colour, and how far each symbol is from 0."""
    for patch in picture.axes[0].patches:
        if values := getattr(patch, "get_data", None):
            data = values()
            yield patch.get_facecolor(), data.baseline - data.values


def words(picture):
    return [(text.get_text(), *text.get_position()) for text in picture.axes[0].texts]


@pytest.mark.parametrize("name", HANDMADE)
def test_each_row_is_in_proportion(name):
    reader = HANDMADE[name](3.0)
    text = (reader.symbols[-1] * 2 + ("x" if reader.others else "") * 3) * 3
    text = reader.symbols[0] + text
    run, drawn = simulate(reader, text), [*bars(tape(reader, text))]
    assert len(drawn) == 6 * len(reader.units)
    for row, (colour, tall) in enumerate(drawn):
        letter = "ifgoch"[row % 6]
        assert colour == pytest.approx(rgba(COLOURS[letter]))
        values = getattr(run, letter)[:, row // 6]
        largest = np.abs(values).argmax()
        assert tall == pytest.approx(values * tall[largest] / values[largest], abs=1e-3)
        assert tall[largest] * values[largest] > 0, "up where it is positive"
        full = 0.84 if letter in "ifo" else 0.42 if letter == "g" else None
        if full:
            assert tall == pytest.approx(values * full, abs=1e-3)
        else:
            assert np.ptp([*tall, 0]) == pytest.approx(0.84, abs=2e-3)


def rgba(colour):
    return (*(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)), 1)


def test_symbols_stand_above_their_columns():
    text = "a\nb\t “$\U0001f642\u202e"
    shown = words(tape(quote(), text))
    assert [one for one, _, y in shown if y == -0.5] == [*"a⏎b⇥·“$▯▯"]
    assert [x for _, x, y in shown if y == -0.5] == [*range(9)]


def test_answers_are_bars_and_words_where_they_change():
    shown = tape(subject(10.0), "a♀b♂♀")
    said = [(one, x) for one, x, y in words(shown) if y > 0]
    assert said == [("nobody", -0.4), ("she", 0.6), ("he", 2.6), ("she", 3.6)]
    counted = [one for one, _, y in words(tape(depth(), "())")) if 12 < y < 13]
    assert counted == ["1", "0", "−1"]
    filled = tape(toggle(), "0110").axes[0].collections
    assert len(filled) == 1
    assert filled[0].get_paths()[0].get_extents().x0 == 0.5


def test_rows_are_named_with_their_unit_and_all_has_room():
    axes = tape(depth(), "(a)").axes[0]
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    assert names == [
        "depth  i", *"fgoch", "underflow  i", *"fgoch",
        "depth", "underflow", "balanced",
    ]  # fmt: skip
    assert axes.get_ylim() == (15, -1.3) and axes.get_xlim() == (-0.5, 2.5)
    assert axes.get_title(loc="left") == "The depth, step by step"


def test_a_long_text_is_cut_and_its_end_is_told():
    shown = tape(quote(5.0), '"' + "x" * 60)
    run = simulate(quote(5.0), '"' + "x" * 47)
    assert "with B = 5, reads 48 symbols" in shown.alt
    inside = run.answers["inside"][-1]
    assert f"c is {run.c[-1].item():.3f}, and the answer is: inside {inside}." in (
        shown.alt
    )


@pytest.mark.parametrize(
    ("text", "error", "complaint"),
    [
        ("", ValueError, "text is empty; expected at least one symbol"),
        ("01x", ValueError, "text has 'x' at 2; expected '1' or '0'"),
        (["0"], TypeError, "text is of type list; expected str"),
    ],
)
def test_it_refuses(text, error, complaint):
    with pytest.raises(error, match=complaint):
        tape(toggle(), text)


def test_it_refuses_what_is_no_reader():
    with pytest.raises(TypeError, match="reader is of type str; expected Reader"):
        tape("toggle", "01")
