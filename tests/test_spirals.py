"""Two spirals: where they lie, whose they are, and that chance is one's own."""

import numpy as np
import pytest

from lstm_lib.spirals import spirals


def rngs(*seeds):
    return [np.random.default_rng(seed) for seed in seeds]


def test_half_of_the_points_are_on_each_arm():
    x, labels = spirals(rngs(0, 1, 2), 10)
    assert x.shape == (3, 10, 2) and labels.shape == (3, 10)
    assert np.array_equal(labels, [[0] * 5 + [1] * 5] * 3)


@pytest.mark.parametrize("turns", [0.5, 1, 2])
def test_the_points_lie_along_their_arms(turns):
    x, labels = spirals(rngs(0), 1000, turns)
    radius = np.hypot(*x[0].T)
    angle = 2 * np.pi * turns * radius + np.pi * labels[0]
    arm = radius * np.array([np.cos(angle), np.sin(angle)])
    off = np.hypot(*(x[0].T - arm))
    assert 0.03 < np.sqrt(np.mean(off**2)) < 0.05 * (1 + 2 * np.pi * turns)
    assert 0.1 < np.median(radius) < 0.9 and radius.max() < 1.25


def test_one_turn_is_what_nothing_told_means():
    assert np.array_equal(spirals(rngs(0), 8)[0], spirals(rngs(0), 8, 1)[0])


def test_an_arm_turned_by_half_a_circle_is_the_other():
    x, labels = spirals(rngs(0), 4000)
    for lower in (0.2, 0.5, 0.8):
        near = np.abs(np.hypot(*x[0].T) - lower) < 0.1
        one, two = (x[0][near & (labels[0] == k)].mean(axis=0) for k in (0, 1))
        assert one == pytest.approx(-two, abs=0.08)


def test_what_a_replica_gets_does_not_depend_on_its_neighbours():
    both, _ = spirals(rngs(5, 6), 6)
    assert np.array_equal(both[1], spirals(rngs(6), 6)[0][0])


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [((rngs(0), 7), ValueError, "points is 7; expected an even number"),
     ((rngs(0), 0), ValueError, "points is 0; expected an integer ≥ 1"),
     ((rngs(0), 2.0), TypeError, "points is 2.0; expected an integer"),
     ((rngs(0), 4, 0), ValueError, "turns is 0; expected a number > 0"),
     ((rngs(0), 4, -1), ValueError, "turns is -1; expected a number > 0"),
     ((rngs(0), 4, "1"), TypeError, "turns is '1'; expected a real number"),
     (([], 4), ValueError, "rngs is empty; expected at least one Generator"),
     (([0], 4), TypeError, "rngs is of type int; expected Generator")],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(arguments, error, said):
    with pytest.raises(error, match=f"^{said}$"):
        spirals(*arguments)
