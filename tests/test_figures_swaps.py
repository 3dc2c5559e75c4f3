"""The figures of the swaps draw what they are given, and say so in words."""

import numpy as np
import pytest

from lstm_lib import figures as draw

STATES = {"one": [1.0, -0.25], "two": [2.0, 99.7], "three": [0.5, 4.1]}
INF = np.inf


def drawn(axes):
    """The lines of a frame, in the order they are drawn."""
    return [[*line.get_ydata()] for line in axes.lines]


def notes(axes):
    return [text.get_text() for text in axes.texts]


def test_each_pair_has_a_frame_of_its_own_over_the_right_count():
    picture = draw.swaps("ab", STATES, [1, 0])
    *frames, unused = picture.axes
    for axes, (name, path) in zip(frames, STATES.items(), strict=True):
        count, trace = drawn(axes)
        assert count == [0, 1, 0] and trace == [0, *path]
        assert notes(axes)[0] == name
    assert not unused.axison and not unused.lines
    assert [len(notes(axes)) for axes in frames] == [1, 2, 1]
    assert notes(frames[1])[1] == "out of sight, 100 at last"
    assert frames[0].get_ylim() == frames[1].get_ylim() == (-1.4, 4.2)
    assert picture.alt == (
        "Cell state after each letter of ab, from 0; the right counts are 1, 0."
        " one: 1.00, −0.25. two: 2.00, 99.70. three: 0.50, 4.10."
    )


def test_the_letters_stand_below_the_last_row():
    picture = draw.swaps("ab", dict.fromkeys("klmn", (1.0, 2.0)), [1, 0])
    assert all(axes.axison for axes in picture.axes), "no frame is empty"
    for axes in picture.axes[-2:]:
        assert [t.get_text() for t in axes.get_xticklabels()] == ["", "a", "b"]
        assert axes.get_xlabel() == "letter read; grey: the right count"
    assert not picture.axes[0].get_xlabel()


def bars(axes):
    """The ends of every bar and the heads of every arrow."""
    lines = [line for line in axes.lines if len({*line.get_ydata()}) == 1]
    ends = [tuple(line.get_xdata()) for line in lines if len(line.get_xdata()) == 2]
    heads = [
        (line.get_marker(), line.get_xdata()[0])
        for line in lines
        if line.get_marker() in ("<", ">")
    ]
    return ends, heads


def test_ranges_are_bars_and_have_heads_where_they_do_not_end():
    rows = {
        "f × g": ((-1, 1), (-0.25, 1), (0, 1)),
        "p × q": ((-INF, INF), (0, INF), (-1, 1)),
    }
    picture = draw.ranges(rows)
    left, right = picture.axes
    ends, heads = bars(left)
    assert ends == [(-1, 1), (-0.25, 1), (-2, 2), (0, 2)]
    assert heads == [("<", -2), (">", 2), (">", 2)]
    assert bars(right) == ([(0, 1), (-1, 1)], [])
    names = [text.get_text() for text in left.get_yticklabels()]
    assert names == ["f\n× g", "p\n× q"], "in the order from above"
    assert left.get_ylim()[0] > left.get_ylim()[1]
    assert picture.alt == (
        "Ranges on two number lines, for each pair."
        " f × g: added −1 to 1, with equal z −0.25 to 1; multiplied by 0 to 1."
        " p × q: added anything, with equal z from 0 up; multiplied by −1 to 1."
    )


def test_the_bar_of_the_product_is_the_thick_one():
    left, _ = draw.ranges({"f × g": ((-1, 1), (0, 1), (0, 1))}).axes
    product, tied, _ = left.lines
    assert product.get_linewidth() > 3 * tied.get_linewidth()
    assert product.get_color() != tied.get_color()
    assert product.get_ydata()[0] < tied.get_ydata()[0], "and above"


def test_memories_are_told_apart_and_named_at_the_right_edge():
    paths = {
        -5: {"tanh": [3.0, -3.0, 3.0], "σ": [3.0, 0.5, 0.0]},
        -1: {"tanh": [3.0, -2.0, 1.5], "σ": [3.0, 1.0, 0.25]},
    }
    picture = draw.memories(paths)
    for axes, (z, pair) in zip(picture.axes, paths.items(), strict=True):
        _, *lines = axes.lines
        assert [[*line.get_ydata()] for line in lines] == [*pair.values()]
        assert [line.is_dashed() for line in lines] == [False, True]
        assert axes.get_xlabel() == f"step\nz = −{-z}"
    first, last = picture.axes
    assert not notes(first) and notes(last) == ["tanh", "σ"]
    assert [text.xy for text in last.texts] == [(2, 1.5), (2, 0.25)]
    assert "from the first number on. tanh of −5: 3.000, −3.000, 3.000." in picture.alt
    assert "σ of −1: 3.000, 1.000, 0.250." in picture.alt


@pytest.mark.parametrize("name", ["ranges", "memories"])
def test_frames_side_by_side_are_as_wide(name):
    picture = {
        "ranges": draw.ranges({"f × g": ((0, 1), (0, 1), (0, 1))}),
        "memories": draw.memories({z: {"a": [3, 1], "b": [3, 2]} for z in (-5, -1)}),
    }[name]
    assert picture.svg
    widths = [axes.get_position().width for axes in picture.axes]
    assert np.ptp(widths) < 0.01
