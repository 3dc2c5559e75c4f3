"""Losses are the means that they say, their slopes are those of the means."""

import math

import numpy as np
import pytest

from lstm_lib.losses import log_loss, squared_error

RNG = np.random.default_rng(0)
ANSWER = RNG.normal(0, 3, (2, 4, 3, 5))
COUNTED = np.array(RNG.random((2, 4, 3)) < 0.5, float)
YES = np.array(RNG.random((2, 4, 3, 5)) < 0.5, float)
NUMBERS = RNG.normal(size=(2, 4, 3, 5))
BOTH = pytest.mark.parametrize(
    ("loss", "target"), [(log_loss, YES), (squared_error, NUMBERS)]
)


def test_the_log_loss_is_the_mean_surprise():
    found, _ = log_loss(ANSWER, YES, COUNTED)
    chance = 1 / (1 + np.exp(np.where(YES == 1, -ANSWER, ANSWER)))
    for r in range(2):
        mean = -np.log(chance[r][COUNTED[r] == 1]).mean()
        assert found[r] == pytest.approx(mean, rel=1e-13)


def test_the_squared_error_is_the_mean_square():
    found, _ = squared_error(ANSWER, NUMBERS, COUNTED)
    for r in range(2):
        off = (ANSWER - NUMBERS)[r][COUNTED[r] == 1]
        assert found[r] == pytest.approx(np.mean(off**2), rel=1e-13)


@BOTH
def test_the_slope_is_that_of_a_difference_quotient(loss, target):
    _, slope = loss(ANSWER, target, COUNTED)
    assert slope.shape == ANSWER.shape
    d = 1e-5
    for place in np.ndindex(ANSWER.shape):
        moved = ANSWER.copy()
        moved[place] += d
        more = loss(moved, target, COUNTED)[0].sum()
        moved[place] -= 2 * d
        quotient = (more - loss(moved, target, COUNTED)[0].sum()) / (2 * d)
        assert slope[place] == pytest.approx(quotient, abs=1e-8)


@BOTH
def test_what_is_not_counted_costs_nothing(loss, target):
    silent = COUNTED[..., None] == 0
    other = np.where(silent, 7.0, ANSWER)
    for one, two in zip(loss(ANSWER, target, COUNTED), loss(other, target, COUNTED)):
        assert np.array_equal(one, two)
    assert (loss(ANSWER, target, COUNTED)[1][silent[..., 0]] == 0).all()


@BOTH
def test_replicas_are_separate_and_may_be_missing(loss, target):
    losses, slopes = loss(ANSWER, target, COUNTED)
    alone, slope = loss(ANSWER[1], target[1], COUNTED[1])
    assert alone == losses[1] and alone.shape == () and losses.shape == (2,)
    assert np.array_equal(slope, slopes[1])


@pytest.mark.parametrize(
    ("answer", "target", "cost"),
    [(0, 1, math.log(2)), (0, 0, math.log(2)), (1000, 1, 0), (-1000, 0, 0),
     (1000, 0, 1000), (-1000, 1, 1000),
     (40, 1, math.exp(-40)), (-40, 0, math.exp(-40))],
)  # fmt: skip
def test_sure_answers_neither_overflow_nor_lose_digits(answer, target, cost):
    found, slope = log_loss([[[answer]]], [[[target]]], [[1]])
    assert found == pytest.approx(cost, rel=1e-13, abs=0)
    assert -1 <= slope[0, 0, 0] <= 1


@BOTH
@pytest.mark.parametrize("lost", [np.nan, np.inf, -np.inf])
def test_a_lost_answer_spoils_its_replica_alone(loss, target, lost):
    answer, fine = ANSWER.copy(), loss(ANSWER, target, COUNTED)[0]
    step, one = np.argwhere(COUNTED[0] == 0)[0]
    answer[0, step, one, 0] = lost
    with np.errstate(invalid="ignore"):
        found, _ = loss(answer, target, COUNTED)
    assert not np.isfinite(found[0]) and found[1] == fine[1]


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [({"answer": "a"}, TypeError, "answer has type"),
     ({"target": YES[0]}, ValueError, r"target has shape \(4, 3, 5\); expected \(2, 4"),
     ({"target": YES == 1}, TypeError, "target has type bool"),
     ({"counted": YES}, ValueError, r"counted has .*; expected \(2, 4, 3\)$"),
     ({"counted": COUNTED == 1}, TypeError, "counted has type bool"),
     ({"counted": COUNTED / 2}, ValueError,
      "counted holds other numbers; expected 0 and 1 alone$"),
     ({"counted": COUNTED * [[[1]], [[0]]]}, ValueError,
      "counted is 0 everywhere; expected a 1 in each replica$")],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(changed, error, said):
    good = {"answer": ANSWER, "target": YES, "counted": COUNTED}
    with pytest.raises(error, match=f"^{said}"):
        log_loss(**good | changed)


def test_losses_have_names():
    assert (log_loss.name, squared_error.name) == ("log-loss", "squared error")
