"""The figures of one input and of two draw what they are given, and say it right."""

import matplotlib
import numpy as np
import pytest

from lstm_lib import figures as draw
from lstm_lib.figures.picture import COLOURS

Z = np.linspace(-6, 6, 121)


def drawn(picture, k=0):
    """The lines with more than two points: (colour, dashed, x, y)."""
    lines = (line for line in picture.axes[k].lines if len(line.get_xdata()) > 2)
    return [(line.get_color(), line.is_dashed(), *line.get_data()) for line in lines]


def words(picture):
    return {text.get_text(): text for text in picture.axes[0].texts}


def test_one_input_is_the_product_of_what_it_is_given():
    gate, candidate = np.exp(-((Z - 1) ** 2)), Z / 6
    picture = draw.one_input(Z, gate, candidate)
    given = (("g", True, candidate), ("i", True, gate), ("c", False, gate * candidate))
    for (name, dashed, y), line in zip(given, drawn(picture), strict=True):
        assert line[:2] == (COLOURS[name], dashed)
        assert np.allclose(line[2], Z) and np.abs(line[3] - y).max() <= 1e-9
    low = (gate * candidate).argmin()
    (dot,) = (line for line in picture.axes[0].lines if line.get_marker() == "o")
    assert dot.get_xydata().tolist() == [[Z[low], (gate * candidate)[low]]]
    assert "lowest value is −0.009 at z = −0.40." in picture.alt
    assert "−0.009" in words(picture)


def test_the_slopes_meet_the_axis_where_it_says():
    picture = draw.one_input_slopes(Z, 0.5 - Z**2 / 40, 1 - Z**2 / 30)
    (_, _, _, tanh), (_, _, _, product) = drawn(picture)
    assert np.abs(product - (0.5 - Z**2 / 40)).max() <= 1e-9
    assert np.abs(tanh - (1 - Z**2 / 30)).max() <= 1e-9
    assert "At 0 the product's is 0.50 and that of tanh 1.00." in picture.alt
    assert "steepest at z = 0.00, with 0.500" in picture.alt
    (dots,) = (line for line in picture.axes[0].lines if line.get_marker() == "o")
    assert dots.get_xydata().tolist() == [[0, 0.5], [0, 1]]


def test_relatives_are_told_apart_and_named_at_their_curves():
    curves = {name: (Z / 10) ** 2 - k / 10 for k, name in enumerate("abcd")}
    picture = draw.relatives(Z, curves)
    for (name, y), line in zip(curves.items(), drawn(picture), strict=True):
        assert np.abs(line[3] - y).max() <= 1e-9
        at, height = words(picture)[name].xy
        assert height == pytest.approx(np.interp(at, Z, y))
    assert [line[0] for line in drawn(picture)].count(COLOURS["c"]) == 1
    assert "d: lowest −0.300 at z = 0.00." in picture.alt


def test_ways_show_each_letter_in_the_colour_of_its_number():
    picture = draw.ways({"one": [1, -1, 0.04, 0], "two": [3.0, 0, 0, 0]}, "abAB")
    assert [axes.get_xlabel() for axes in picture.axes] == ["one", "two"]
    first, second = picture.axes
    assert [t.get_text() for t in first.texts] == [
        "a\n1.00", "b\n−1.00", "A\n0.04", "B\n0.00",
    ]  # fmt: skip
    places = [patch.get_xy() for patch in first.patches]
    assert places == [(0, 0), (1, 0), (0, 1), (1, 1)], "capitals below"
    colours = matplotlib.colormaps["RdBu"]
    up, down, _, none = (patch.get_facecolor() for patch in first.patches)
    assert (up, down, none) == (colours(0.75), colours(0.25), colours(0.5))
    assert second.patches[0].get_facecolor() == up, "beyond 1 it saturates"
    assert "one: a 1.00, b −1.00, A 0.04, B 0.00." in picture.alt


def test_sensitivities_are_sizes():
    gate, candidate = -np.exp(-(Z**2)), (Z + 6) / 12
    picture = draw.sensitivities(Z, gate, candidate, -1.0)
    first, second = drawn(picture)
    assert first[:2] == (COLOURS["i"], False) and second[:2] == (COLOURS["g"], True)
    assert np.abs(first[3] + gate).max() <= 1e-9
    assert np.abs(second[3] - candidate).max() <= 1e-9
    assert "with z_g = −1. By the gate's sum it is largest, 1.00, at z_i = 0.0" in (
        picture.alt
    )
