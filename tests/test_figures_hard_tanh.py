"""The figures on hard tanh draw what they are given, and say it in words."""

import numpy as np
import pytest

from lstm_lib import figures as draw

Z = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
GAP = np.array([-0.1, -0.3, 0.0, 0.25, 0.125])
PATHS = {
    "tanh from 3": np.linspace(3, 1, 101),
    "hard_tanh from 3": np.full(101, 3.0),
}
NUMBERS = 10.0 ** np.arange(1, 8)
RATIOS = {
    "float64": np.outer([0.9, 1.0, 1.2], NUMBERS / 1e4),
    "float32": np.outer([0.8, 1.0, 1.5], NUMBERS / 1e5),
}


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_the_gap_is_drawn_with_its_two_ends_marked():
    picture = draw.gap_to_tanh(Z, GAP)
    zero, curve, *dots = picture.axes[0].lines
    assert set(zero.get_ydata()) == {0}
    assert np.array_equal(curve.get_xdata(), Z)
    assert np.array_equal(curve.get_ydata(), GAP)
    assert [dot.get_xydata().tolist() for dot in dots] == [[[-1, -0.3]], [[1, 0.25]]]
    assert words(picture.axes[0]) == ["−0.3000 at −1", "0.2500 at 1"]
    assert "−0.3000 at z = −1 and 0.2500 at z = 1." in picture.alt
    assert "over z from −2 to 2" in picture.alt


def test_the_last_digits_of_a_gap_do_not_change_the_picture():
    assert draw.gap_to_tanh(Z, GAP + 1e-13).svg == draw.gap_to_tanh(Z, GAP).svg


def test_weights_are_drawn_with_their_names_at_their_starts():
    picture = draw.weight_by_update(PATHS)
    (axes,) = picture.axes
    soft, hard = axes.lines
    assert soft.is_dashed() and not hard.is_dashed()
    assert soft.get_color() != hard.get_color()
    for line, path in zip((soft, hard), PATHS.values()):
        assert line.get_ydata() == pytest.approx(path, abs=1e-6)
    assert words(axes) == [*PATHS]
    assert [text.xy[1] for text in axes.texts] == [path[0] for path in PATHS.values()]
    below, above = (text.xyann[1] for text in axes.texts)
    assert below < 0 < above, "names that share a start do not overlap"
    assert (axes.get_xscale(), axes.get_xlim()) == ("symlog", (0, 100))
    assert "tanh from 3: 3.00 at first, 2.80 after 10 updates, 1.00 after 100." in (
        picture.alt
    )


def test_costs_are_drawn_with_their_quartiles():
    picture = draw.cost_ratio(NUMBERS, RATIOS)
    (axes,) = picture.axes
    assert set(axes.lines[0].get_ydata()) == {1}, "the line of equal times"
    dashed = []
    for drawn, (low, middle, high) in zip(axes.containers, RATIOS.values()):
        line, _, (bars,) = drawn.lines
        dashed.append(line.is_dashed())
        assert np.array_equal(line.get_xdata(), NUMBERS)
        assert np.array_equal(line.get_ydata(), middle)
        ends = np.array([segment[:, 1] for segment in bars.get_segments()])
        assert ends == pytest.approx(np.transpose([low, high]))
    assert dashed == [False, True]
    assert {*RATIOS} < {*words(axes)}
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert "float64: 0.001 at 10, 0.01 at 100, 0.1 at 1,000, 1 at 10,000," in (
        picture.alt
    )
