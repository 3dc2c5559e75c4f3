"""Figures that compare activations draw what they are given, and say it in words."""

import numpy as np
import pytest

from lstm_lib import figures as draw

SIZES = {"steep": [0.25, 0.5, 1.0], "flat − ½": [0.0001, 0.01, 1.0]}
PATHS = {
    "positive inputs": np.array([[0, 0], [0.25, 0.25], [0.5, -0.25], [1, -0.5]]),
    "centred inputs": np.array([[0, 0], [0.5, -0.5], [0.75, -1], [1, -1]]),
}
MOMENTS = {"positive inputs": np.array([[4, 3], [3, 4]]) / 12,
           "centred inputs": np.eye(2) / 12}  # fmt: skip
NEEDED = np.arange(24) + 20.0
PANELS = {
    "one rate": {"slow": np.where(NEEDED > 41, np.inf, 5 * NEEDED), "fast": NEEDED},
    "own rates": {"slow": NEEDED, "fast": NEEDED / 2},
}


def curves(axes):
    return [line for line in axes.lines if len(line.get_xdata()) > 2]


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_arms_draws_each_point_with_the_sign_of_its_label():
    points, labels = np.arange(12.0).reshape(6, 2), np.array([0, 1, 1, 0, 0, 1])
    picture = draw.arms(points, labels)
    one, other = picture.axes[0].lines
    assert np.array_equal(np.transpose(one.get_data()), points[labels == 0])
    assert np.array_equal(np.transpose(other.get_data()), points[labels == 1])
    assert one.get_marker() != other.get_marker()
    assert "Two spirals of 3 points each" in picture.alt


def test_depth_draws_a_line_for_each_curve_with_its_name_before_it():
    picture = draw.depth(SIZES)
    (axes,) = picture.axes
    for line, size in zip(curves(axes), SIZES.values(), strict=True):
        assert list(line.get_xdata()) == [1, 2, 3]
        assert line.get_ydata() == pytest.approx(size, rel=1e-5)
    assert len({line.get_marker() for line in curves(axes)}) == 2
    assert words(axes) == ["steep", "flat − ½"]
    assert all(text.get_position()[0] < 1 for text in axes.texts)
    assert "of 3 hidden layers" in picture.alt
    assert "they reach: steep: 0.25000; flat − ½: 0.00010." in picture.alt


def test_depth_moves_names_apart_that_would_lie_on_each_other():
    same = {name: [0.01, 1.0] for name in "abc"}
    heights = [np.log10(t.get_position()[1]) for t in draw.depth(same).axes[0].texts]
    assert np.diff(heights) == pytest.approx([-0.35, -0.35], abs=1e-5)
    assert draw.depth(same).axes[0].get_ylim()[0] == pytest.approx(0.003)


def test_zigzag_draws_the_paths_to_the_target():
    picture = draw.zigzag(PATHS, MOMENTS, np.array([1.0, -1.0]))
    for axes, (name, path) in zip(picture.axes, PATHS.items(), strict=True):
        (drawn,) = (line for line in axes.lines if line.get_marker() == "o")
        assert np.array_equal(np.transpose(drawn.get_data()), path)
        (star,) = (line for line in axes.lines if line.get_marker() == "*")
        assert [*star.get_xdata(), *star.get_ydata()] == [1, -1]
        assert name in axes.get_xlabel()
    assert "With positive inputs 35% of the way is left at the end." in picture.alt
    assert "With centred inputs 0% of the way" in picture.alt
    assert "from 0 and 0 to 1 and −1 in 3 updates" in picture.alt


def test_zigzag_draws_lines_of_equal_loss():
    target = np.array([1.0, -1.0])
    picture = draw.zigzag(PATHS, MOMENTS, target)
    for axes, moment in zip(picture.axes, MOMENTS.values()):
        rings = [line for line in axes.lines if line.get_marker() == "None"]
        losses = []
        for ring in rings:
            away = np.transpose(ring.get_data()) - target
            loss = np.einsum("ki,ij,kj->k", away, moment, away)
            assert np.ptp(loss) < 1e-4
            losses.append(loss.mean())
        assert losses == pytest.approx([0.01, 0.04, 0.09, 0.16, 0.25], abs=1e-4)


def test_race_draws_each_seed_and_those_that_did_not_get_there_at_the_edge():
    picture = draw.race(PANELS)
    for axes, group in zip(picture.axes, PANELS.values(), strict=True):
        drawn = curves(axes)
        labels = [label.get_text() for label in axes.get_yticklabels()]
        assert labels == [*group]
        for dots, needed in zip(drawn, group.values(), strict=True):
            there = needed[np.isfinite(needed)]
            assert np.array_equal(dots.get_xdata(), np.sort(there))
    arrows = [line for line in picture.axes[0].lines if line.get_marker() == ">"]
    assert [len(line.get_xdata()) for line in arrows] == [2, 0]
    edge = arrows[0].get_xdata()
    assert np.all(edge == 1.3 * 5 * 41) and edge[0] < picture.axes[0].get_xlim()[1]


def test_race_marks_medians_and_the_7th_to_the_18th_of_24():
    (axes, _) = draw.race(PANELS).axes
    bars = [line for line in axes.lines if len(line.get_xdata()) == 2]
    bars = [line for line in bars if line.get_marker() == "None"]
    interval, median = (np.array(line.get_xdata()) for line in bars[2:])
    assert list(interval) == [26, 37] and list(median) == [31.5, 31.5]
    interval, median = (np.array(line.get_xdata()) for line in bars[:2])
    assert list(interval) == [130, 185] and list(median) == [157.5, 157.5]


def test_race_is_told_in_words():
    alt = draw.race(PANELS).alt
    assert "With one rate: slow 160, fast 32. With own rates: slow 32, fast 16." in alt
    assert words(draw.race(PANELS).axes[1]) == ["own rates"]


def test_an_interval_that_does_not_end_is_drawn_to_the_edge():
    few = np.where(NEEDED > 30, np.inf, NEEDED)
    (axes,) = draw.race({"all": {"slow": few}}).axes
    bars = [line for line in axes.lines if line.get_marker() == "None"]
    assert list(bars[0].get_xdata()) == [26, 1.3 * 30]
