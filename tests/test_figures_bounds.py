"""The figures of how large a state gets draw what they are given, and say so."""

import numpy as np
import pytest

from lstm_lib import figures as draw
from lstm_lib.figures.picture import COLOURS, INK, SHADES

PATHS = {"up": [1.0, 2.0, 3.0, 40.0], "down": [1.0, 1.5, 1.75, 1.875]}


def notes(axes):
    return {text.get_text(): text.xy for text in axes.texts}


def xy(line):
    return [*line.get_xdata()], [*line.get_ydata()]


def test_settling_draws_each_path_from_0_and_its_level_thinly():
    picture = draw.settling(PATHS, {"down": 2.0}, "It settles")
    (axes,) = picture.axes
    up, down, level = axes.lines
    assert xy(up) == ([0, 1, 2, 3, 4], [0, *PATHS["up"]])
    assert xy(down) == ([0, 1, 2, 3, 4], [0, *PATHS["down"]])
    assert xy(level) == ([0, 4], [2, 2])
    assert [line.is_dashed() for line in (up, down)] == [False, True]
    assert {up.get_color(), down.get_color()} == {COLOURS["c"]}
    assert level.get_color() != COLOURS["c"] and level.get_linestyle() == ":"
    assert level.get_linewidth() < up.get_linewidth()
    assert picture.alt == (
        "Cell states over 4 steps, from 0. up: 1 at first, 40 at last."
        " down: 1 at first, 1.88 at last, level 2."
    )


def test_settling_names_the_lines_where_they_end():
    (axes,) = draw.settling(PATHS, {}, "It settles").axes
    assert notes(axes) == {"up": (4, 40), "down": (4, 1.875)}
    assert {text.get_color() for text in axes.texts} == {SHADES["c"]}
    assert axes.get_title(loc="left") == "It settles"
    assert axes.get_ylim()[0] == 0 and axes.get_ylim()[1] > 40
    assert axes.get_xlim()[0] == 0 and axes.get_xlim()[1] > 4, "room for the names"
    assert [*axes.get_xticks()] == [0, 1, 2, 3, 4]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("steps", "cell state c")


def test_what_leaves_the_frame_is_told_where_it_does():
    (axes,) = draw.settling(PATHS, {}, "It settles", top=2.5).axes
    assert notes(axes) == {"up: 40 at last": (3, 2.5), "down": (4, 1.875)}
    assert axes.get_ylim() == (0, 2.5)
    assert {text.get_color() for text in axes.texts} == {SHADES["c"]}


def test_what_ends_at_the_edge_of_the_frame_does_not_leave_it():
    (axes,) = draw.settling({"a": [1.0, 2.5]}, {}, "It settles", top=2.5).axes
    assert notes(axes) == {"a": (2, 2.5)}


def test_extremes_put_own_gates_above_coupled_ones():
    groups = {"new": ([1.25, 1.5], [0.5, 0.75]), "wide": ([3.0, 6.5], [0.9, 0.99])}
    picture = draw.extremes(groups)
    (axes,) = picture.axes
    limit, *marks = axes.lines
    assert xy(limit)[0] == [1, 1]
    assert len(marks) == 4
    assert axes.get_ylim()[0] > axes.get_ylim()[1], "rows from above"
    for row, (plain, coupled) in enumerate(groups.values()):
        own, tied = marks[2 * row : 2 * row + 2]
        assert xy(own)[0] == plain and xy(tied)[0] == coupled
        assert {*own.get_ydata()} == {row - 0.16}
        assert {*tied.get_ydata()} == {row + 0.16}
        assert (own.get_marker(), tied.get_marker()) == ("|", "s")
        assert own.get_color() == COLOURS["c"]
        assert tied.get_markeredgecolor() == INK, "told apart without colour, too"
    assert [text.get_text() for text in axes.get_yticklabels()] == ["new", "wide"]
    assert notes(axes) == {"own gates": (6.5, 0.84), "coupled: i = 1 − f": (1, 1.16)}
    assert axes.get_xlim() == (0, 8)
    assert picture.alt == (
        "Largest size of a cell state, one mark for each LSTM."
        " new: 1.25 to 1.5 with gates of their own, 0.5 to 0.75 coupled."
        " wide: 3 to 6.5 with gates of their own, 0.9 to 0.99 coupled."
    )


def test_extremes_do_not_hang_on_last_digits():
    one, two = (
        draw.extremes({"new": ([1.25 + noise], [0.5 - noise])}).axes[0].lines
        for noise in (0, 1e-9)
    )
    for before, after in zip(one, two, strict=True):
        assert np.array_equal(before.get_xydata(), after.get_xydata())


def test_counts_stand_as_high_as_they_show_with_what_the_next_one_adds():
    picture = draw.counts_shown(range(1, 4), [0.75, 0.95, 0.9500581])
    (axes,) = picture.axes
    one, dots = axes.lines
    assert {*one.get_ydata()} == {1}
    assert xy(dots) == ([1, 2, 3], [0.75, 0.95, 0.950058])
    assert (dots.get_color(), dots.get_linestyle()) == (COLOURS["h"], "None")
    assert [path.tolist() for path in axes.collections[0].get_segments()] == [
        [[n, 0], [n, y]] for n, y in zip(*xy(dots))
    ]
    labels = [(t.get_text(), t.get_position()) for t in axes.texts]
    assert [text for text, _ in labels] == ["+0.20", "+5.8e-05"]
    assert [x for _, (x, _) in labels] == [2, 3]
    for (_, (_, height)), y in zip(labels, (0.95, 0.95)):
        assert 0 < height - y < 0.1, "above its dot"
    assert axes.get_ylim()[1] > 1.1, "room for the labels"
    assert axes.get_xlim()[0] < 1 and axes.get_xlim()[1] > 3
    assert picture.alt == (
        "What is shown of the counts 1 to 3. 1: 0.75000, 2: 0.95000, 3: 0.95006."
    )


def test_counts_shown_wants_as_many_of_both():
    with pytest.raises(ValueError, match="zip"):
        draw.counts_shown(range(3), [0.0, 0.75])
