"""The figures of gradients draw what they are given, and say so in words."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_lib import figures as draw
from lstm_lib.figures.gradients import _apart
from lstm_lib.figures.picture import COLOURS, DASHES, SHADES

# Five networks, three distances: the medians at the end are 10⁻² and 10¹.
FALLING = 10.0 ** np.outer([1.0, 0.5, 1.5, 2.0, 0.0], [0, -1, -2])
RISING = 10.0 ** np.outer([1.0] * 5, [0, 0.5, 1])


def notes(axes):
    return {text.get_text(): text for text in axes.texts}


def fading(**options):
    frames = {"one": {"down": FALLING, "up": RISING}, "two": {"flat": np.ones(3)}}
    return draw.fading(frames, "A title", **options)


def test_what_a_change_is_worth_stands_at_its_letters():
    lines = {"first": [1.0, 0.5, 0.25], "second": [1.0, 0.9, 0.1]}
    picture = draw.worth("abA", lines, "A title")
    (axes,) = picture.axes
    assert [[*line.get_ydata()] for line in axes.lines] == [*lines.values()]
    assert [[*line.get_xdata()] for line in axes.lines] == [[0, 1, 2]] * 2
    assert [line.get_marker() for line in axes.lines] == ["o", "o"]
    assert [line.is_dashed() for line in axes.lines] == [False, True]
    assert {line.get_color() for line in axes.lines} == {COLOURS["c"]}
    assert [t.get_text() for t in axes.get_xticklabels()] == ["a", "b", "A"]
    assert {name: note.xy for name, note in notes(axes).items()} == {
        "first": (2, 0.25),
        "second": (2, 0.1),
    }
    assert axes.get_ylim()[0] == 0 and axes.get_xlim()[1] > 3
    labels = axes.get_xlabel(), axes.get_ylabel(), axes.get_title(loc="left")
    assert labels == ("letter just read", "what is left", "A title")
    assert picture.alt == (
        "What is left, after each letter of abA, of a change after the first."
        " first: 1.000, 0.500, 0.250. second: 1.000, 0.900, 0.100."
    )


def test_sizes_are_drawn_as_the_median_in_a_band_of_quartiles():
    left, right = fading().axes
    down, up = left.lines
    assert [*down.get_ydata()] == [0, -1, -2] and [*up.get_ydata()] == [0, 0.5, 1]
    assert [*down.get_xdata()] == [0, 1, 2]
    (band, _), (flat,) = left.collections, right.lines
    corners = band.get_paths()[0].vertices
    assert corners[:, 1].min() == -3 and corners[:, 1].max() == 0
    assert (2, -1) in {(x, y) for x, y in corners}
    assert [*flat.get_ydata()] == [0, 0, 0]


def test_long_lines_are_drawn_through_some_of_their_points():
    long = 10.0 ** -np.arange(101.0)
    (axes,) = draw.fading({"": {"a": long, "b": long[:22], "c": long[:21]}}, "A").axes
    a, b, c = (line.get_xdata() for line in axes.lines)
    assert [*a] == [*range(0, 101, 5)] and [*c] == [*range(21)]
    assert len(b) == 21 and b[0] == 0 and b[-1] == 21
    for line in axes.lines:
        assert [*line.get_ydata()] == [*-line.get_xdata()]


def test_lines_take_dashes_in_turn_and_the_colour_of_their_quantity():
    six = {str(n): np.ones(3) for n in range(6)}
    (axes,) = draw.fading({"": six}, "A title", inks={"1": "c"}).axes
    dashed = [line.is_dashed() for line in axes.lines]
    assert dashed == [False, True, True, True, False, True] and len(DASHES) == 4
    colours = [line.get_color() for line in axes.lines]
    assert colours == [SHADES["h"], SHADES["c"]] + [SHADES["h"]] * 4
    bands = [to_hex(band.get_facecolor()[0]) for band in axes.collections]
    assert [name.upper() for name in bands[:2]] == [COLOURS["h"], COLOURS["c"]]
    assert {band.get_alpha() for band in axes.collections} == {0.3}
    assert notes(axes)["1"].get_color() == SHADES["c"]
    assert notes(axes)["0"].get_color() == SHADES["h"]


def test_names_stand_after_the_ends_of_their_lines():
    picture = fading()
    left, right = picture.axes
    where = {name: note.xy for name, note in notes(left).items()}
    assert where == {"down": (2.08, -2), "up": (2.08, 1)}
    assert notes(right)["flat"].xy == (2.08, 0)
    for axes in picture.axes:
        assert axes.get_xlim()[0] == 0 and axes.get_xlim()[1] > 3.5
        assert [*axes.get_xticks()] == [0, 1, 2]


def test_names_of_lines_that_end_together_are_apart():
    same = {name: np.ones(3) for name in "abc"}
    (axes,) = draw.fading({"": same | {"d": RISING}}, "A title").axes
    heights = [note.xy[1] for note in axes.texts]
    low, high = axes.get_ylim()
    step = 0.23 / 3.2 * (high - low)
    assert heights == pytest.approx([-step, 0, step, 1])
    assert [note.get_text() for note in axes.texts] == ["a", "b", "c", "d"]


def test_names_follow_the_order_at_the_end_where_lines_cross():
    lines = {"first": 10.0 ** np.array([0, 2, 0]), "then": 10.0 ** np.array([0, 1, 1])}
    (axes,) = draw.fading({"": lines}, "A title").axes
    where = {name: note.xy[1] for name, note in notes(axes).items()}
    assert where == {"first": 0, "then": 1}
    assert all(note.xyann == (0, 0) for note in axes.texts)


def test_last_digits_are_not_drawn():
    nearly = np.array([1, 1 + 1e-4, 1.0])
    (axes,) = draw.fading({"": {"a": nearly}}, "A title").axes
    assert [*axes.lines[0].get_ydata()] == [0, 0, 0]
    (axes,) = draw.paths_apart({"a": (nearly, nearly)}, "A title").axes
    assert [*axes.lines[0].get_xdata()] == [0, 0]


@pytest.mark.parametrize(
    ("ends", "places"),
    [
        ([0, 1, 5], [0, 1, 5]),
        ([0, 0.5, 5], [-0.25, 0.75, 5]),
        ([0, 0, 1], [-2 / 3, 1 / 3, 4 / 3]),
        ([0, 1.2, 1.2], [-0.2, 0.8, 1.8]),
        ([3.0], [3.0]),
    ],
)
def test_what_stands_too_close_is_spread_around_its_middle(ends, places):
    assert _apart(ends, 1) == pytest.approx(places)


def test_axes_of_sizes_are_labelled_and_powers_are_whole():
    picture = fading()
    left, right = picture.axes
    assert left.get_xlabel() == "steps between the two states\none"
    assert right.get_xlabel() == "steps between the two states\ntwo"
    assert left.get_ylabel() == "what is left" and not right.get_ylabel()
    assert left.get_title(loc="left") == "A title"
    assert left.get_ylim() == right.get_ylim()
    assert all(tick == round(tick) for tick in left.get_yticks())
    assert left.yaxis.get_major_formatter()(-12.0, 0) == "$10^{-12}$"
    (one,) = draw.fading({"": {"up": RISING}}, "A title", "axis", "label").axes
    assert (one.get_xlabel(), one.get_ylabel()) == ("axis", "label")


def test_the_height_follows_the_number_of_lines():
    assert fading().get_size_inches() == pytest.approx((5.2, 2.6))
    lines = {str(n): np.ones(3) for n in range(7)}
    tall = draw.fading({"": lines}, "A title")
    assert tall.get_size_inches() == pytest.approx((5.2, 4.1))


def test_the_words_of_sizes_say_where_they_end():
    assert fading().alt == (
        "What is left, against distance, in powers of ten: median, and quartiles in"
        " brackets. one, after 2 steps: down: −2.0 (−3.0 to −1.0). up: 1.0."
        " two, after 2 steps: flat: 0.0."
    )
    assert draw.fading({"": {"up": RISING}}, "A title", label="size").alt == (
        "Size, against distance, in powers of ten: median, and quartiles in brackets."
        " After 2 steps: up: 1.0."
    )


def test_two_kinds_of_path_stand_below_each_other_in_each_row():
    direct, whole = 10.0 ** np.arange(-9, -4), 10.0 ** np.arange(-2, 3)
    picture = draw.paths_apart({"b": (direct, whole), "c": (whole, whole)}, "A title")
    (axes,) = picture.axes
    *lines, zero = axes.lines
    assert [*zero.get_xdata()] == [0, 0]
    assert [[*line.get_xdata()] for line in lines[:6]] == [
        [-9, -5], [-8, -6], [-7], [-2, 2], [-1, 1], [0],
    ]  # fmt: skip
    heights = [line.get_ydata()[0] for line in lines]
    assert heights == [-0.16] * 3 + [0.16] * 3 + [0.84] * 3 + [1.16] * 3
    assert [line.get_marker() for line in lines[2::3]] == ["s", "o"] * 2
    assert [line.get_color() for line in lines[:6]] == [
        *[COLOURS["f"]] * 2, SHADES["f"], *[COLOURS["c"]] * 2, SHADES["c"],
    ]  # fmt: skip
    assert [line.get_linewidth() for line in lines[:2]] == [1, 5]
    assert [t.get_text() for t in axes.get_yticklabels()] == ["b", "c"]
    assert axes.get_ylim() == (1.5, -0.5)
    assert axes.get_xlim()[0] < -9 and axes.get_xlim()[1] > 2
    assert all(tick == round(tick) for tick in axes.get_xticks())
    assert axes.xaxis.get_major_formatter()(-5.0, 0) == "$10^{-5}$"
    assert axes.get_title(loc="left") == "A title"
    assert picture.get_size_inches() == pytest.approx((5.2, 1.74))
    assert picture.alt == (
        "Sizes in powers of ten, median, and range of the whole."
        " b: direct −7.0, whole 0.0, from −2.0 to 2.0."
        " c: direct 0.0, whole 0.0, from −2.0 to 2.0."
    )
