"""The figures on one step draw what they are given, and say it."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from lstm_lib import figures as draw
from lstm_lib.figures.picture import COLOURS


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_fates_lead_from_each_state_to_where_it_ends():
    acts = {"erase": [0.0008, -0.0005], "subtract 1": [1.9993, -2.9991]}
    picture = draw.fates([3, -2], acts)
    (axes,) = picture.axes
    paths = [line.get_ydata() for line in axes.lines if len(line.get_xdata()) == 2]
    expected = [(3, 0.001), (-2, -0.0), (3, 1.999), (-2, -2.999)]
    assert np.array(paths) == pytest.approx(np.array(expected), abs=1e-3)
    starts = [line.get_ydata()[0] for line in axes.lines if line.get_marker() == "o"]
    assert starts == [3, -2, 3, -2]
    assert words(axes) == ["0", "−3", "2"], "what ends together is named once"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == [*acts]
    styles = {line.get_linestyle() for line in axes.lines if len(line.get_xdata()) == 2}
    assert len(styles) == 2, "the states are told apart without colour"
    assert "from the states 3, −2. erase: to 0, 0. subtract 1: to 2, −3." in picture.alt


def test_fates_need_an_end_for_every_start_and_at_most_four():
    with pytest.raises(ValueError, match="shorter"):
        draw.fates([3, 1], {"erase": [0]})
    with pytest.raises(ValueError, match="longer|shorter"):
        draw.fates([0] * 5, {"erase": [0] * 5})


def squares(axes):
    """Side and fill of each square, by column and row."""
    found = {}
    for box in axes.patches:
        assert isinstance(box, Rectangle) and box.get_width() == box.get_height()
        side = box.get_width()
        centre = box.get_x() + side / 2, box.get_y() + side / 2
        found[tuple(map(round, centre))] = side, to_hex(box.get_facecolor())
    return found


def test_squares_have_the_area_of_the_slope_and_are_hollow_below_zero():
    direct, detour = np.diag([0.8, 0.4]), np.array([[0.2, -0.1], [0.05, 0.0]])
    picture = draw.paths_of_the_state(direct, detour)
    left, right = map(squares, picture.axes)
    for drawn, slopes in ((left, direct), (right, detour)):
        for (row, column), slope in np.ndenumerate(slopes):
            side, fill = drawn[column + 1, row + 1]
            assert side == pytest.approx(0.92 * np.sqrt(abs(slope) / 0.8), abs=1e-3)
            assert fill == (COLOURS["c"].lower() if slope > 0 else "#ffffff")
    assert "for 2 units." in picture.alt
    assert "on the diagonal 0.40 to 0.80, elsewhere 0.00." in picture.alt
    assert "in all places, −0.10 to 0.20." in picture.alt
    assert [axes.get_title("left") for axes in picture.axes] == [
        "Through f: each its own",
        "Through h: each to all",
    ]
    assert picture.axes[0].get_ylabel() == "unit whose new state answers"
    assert picture.axes[0].yaxis_inverted(), "the first row is on top, as in a table"


def test_readings_are_the_state_and_what_is_shown_of_it():
    states, shown = (
        np.arange(1.0, 5),
        {"tanh": [0.5, 0.6, 0.7, 0.7], "plain": [2.0] * 4},
    )
    picture = draw.readings(states, shown)
    (axes,) = picture.axes
    assert [line.get_xdata().tolist() for line in axes.lines] == [[1, 2, 3, 4]] * 3
    lines = [line.get_ydata().tolist() for line in axes.lines]
    assert lines == [states.tolist(), *shown.values()]
    assert words(axes) == ["state c", "tanh", "plain"]
    assert [line.is_dashed() for line in axes.lines] == [False, True, True]
    assert "over 4 symbols" in picture.alt
    assert "state c: 1.00 at first, 4.00 at last. tanh: 0.50 at first" in picture.alt
