"""The figures on ReLU draw what they are given, and say it."""

import numpy as np
import pytest

from lstm_lib import figures as draw


def words(picture):
    return [text.get_text() for text in picture.axes[0].texts]


def drawn(picture):
    return [np.transpose(line.get_data()).tolist() for line in picture.axes[0].lines]


def test_lines_through_the_kink_are_told_apart_by_their_slope():
    picture = draw.supports([-0.5, 0, 1, 1.5])
    relu, falls, flat, one, steep = drawn(picture)
    assert relu == [[-2, 0], [0, 0], [2, 2]]
    assert falls == [[-2, 1], [0, 0], [2, -1]]
    assert flat == [[-2, 0], [0, 0], [2, 0]] and one == [[-2, -2], [0, 0], [2, 2]]
    assert steep == [[-2, -3], [0, 0], [2, 3]]
    styles = [line.get_linestyle() for line in picture.axes[0].lines]
    assert styles == ["-", "--", "-", "-", "--"]
    assert "slopes 0, 1 are nowhere above it" in picture.alt
    assert "with the slopes −0.5, 1.5 they are" in picture.alt
    assert words(picture) == ["slope −0.5", "slope 0", "slope 1", "slope 1.5", "ReLU"]
    assert picture.axes[0].get_title("left").endswith("below the curve")


def test_flat_shares_are_drawn_against_the_spread():
    spread = np.array([0.5, 5.0, 50.0])
    picture = draw.flat_shares(spread, {"a": np.full(3, 0.5), "b": spread / 100})
    assert drawn(picture) == [
        [[0.5, 0.5], [5, 0.5], [50, 0.5]],
        [[0.5, 0.005], [5, 0.05], [50, 0.5]],
    ]
    assert words(picture) == ["a", "b"]
    assert "a: 50% at 0.5, 50% at 50. b: 0% at 0.5, 50% at 50." in picture.alt
    assert picture.axes[0].get_xscale() == "log"


def test_dying_shows_means_with_their_margins():
    mean, margin = np.array([0.2, 0.3, 0.6]), np.array([0.05, 0.1, 0.02])
    picture = draw.dying({"fast": (mean, margin), "slow": (mean / 2, margin)})
    assert drawn(picture)[0] == [[0, 0.2], [1, 0.3], [2, 0.6]]
    assert [y for _, y in drawn(picture)[1]] == [0.1, 0.15, 0.3]
    band, _ = picture.axes[0].collections
    corners = band.get_paths()[0].vertices
    for update in range(3):
        ends = corners[corners[:, 0] == update][:, 1]
        low, high = mean[update] - margin[update], mean[update] + margin[update]
        assert (ends.min(), ends.max()) == pytest.approx((low, high))
    assert "fast: 20% before the first update, 60% after 2." in picture.alt
    assert "slow: 10% before the first update, 30% after 2." in picture.alt
    assert words(picture) == ["fast", "slow"]


def test_kinds_are_three_parts_of_one_bar():
    picture = draw.kinds(["−1", "0"], [0.75, 0.1], [0.0, 0.3], "bias")
    bars = [(bar.get_x(), bar.get_width()) for bar in picture.axes[0].patches]
    assert np.array(bars) == pytest.approx(
        np.array([(0, 0.75), (0, 0.1), (0.75, 0.25), (0.1, 0.6), (1, 0), (0.7, 0.3)])
    )
    assert "each bias. −1: 75% dead, 0% always on; 0: 10% dead, 30%" in picture.alt
    names = [text.get_text() for text in picture.axes[0].get_legend().get_texts()]
    assert names == ["dead", "0 for some points", "always on"]
    assert len({bar.get_hatch() for bar in picture.axes[0].patches}) == 2
    assert picture.axes[0].get_ylabel() == "bias"
    assert picture.axes[0].get_xlabel() == "share of hidden units after training"
    with pytest.raises(ValueError, match="shorter"):
        draw.kinds(["−1", "0"], [0.75], [0.0, 0.3], "bias")


def test_loops_show_each_path_on_a_logarithmic_scale():
    picture = draw.loops({"up": [1, 2, 4], "down": [1, 0.5, 0.25]})
    assert drawn(picture) == [[[0, 1], [1, 2], [2, 4]], [[0, 1], [1, 0.5], [2, 0.25]]]
    assert "up: 1 becomes 4 in 2 rounds. down: 1 becomes 0.25 in 2" in picture.alt
    assert picture.axes[0].get_yscale() == "log"
    assert words(picture) == ["up", "down"]
