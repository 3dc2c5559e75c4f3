"""Tasks ask what they say: each target is checked by a slow reading of the inputs."""

import numpy as np
import pytest

from lstm_lib.losses import log_loss, squared_error
from lstm_lib.tasks import Adding, AnBn, Batch, Latch

TASKS = (Latch(7, 0.4), AnBn(4), Adding(7))
EACH = pytest.mark.parametrize("task", TASKS, ids=lambda task: type(task).__name__)


def rng(seed=0):
    return np.random.default_rng(seed)


def drawn(task, sequences=200, seed=0):
    """Lists of inputs, targets and counts, one for each sequence."""
    batch = task.draw(rng(seed), sequences)
    return zip(*(np.swapaxes(array, 0, 1).tolist() for array in batch), strict=True)


@EACH
def test_batches_have_the_shapes_that_the_task_says(task):
    batch = task.draw(rng(), 5)
    assert isinstance(batch, Batch)
    T = batch.x.shape[0]
    assert batch.x.shape == (T, 5, task.inputs)
    assert batch.target.shape == (T, 5, task.outputs)
    assert batch.counted.shape == (T, 5)
    assert {array.dtype for array in batch} == {np.dtype(float)}
    assert np.isin(batch.counted, (0, 1)).all() and batch.counted.any(axis=0).all()


@EACH
def test_chance_is_the_generators(task):
    for one, two, other in zip(*(task.draw(rng(seed), 50) for seed in (1, 1, 2))):
        assert np.array_equal(one, two)
        assert one.ndim == 2 or not np.array_equal(one, other)


def test_the_latch_holds_what_came_last():
    for x, target, counted in drawn(Latch(30, 0.2)):
        bit = None
        for (up, down, nothing), (wanted,), asked in zip(x, target, counted):
            assert up + down + nothing == 1
            bit = 1 if up else 0 if down else bit
            assert wanted == bit and asked == 1


def test_set_and_reset_are_as_likely_and_as_often_as_told():
    x = Latch(100, 0.2).draw(rng(), 1000).x
    up, down, nothing = x[1:].mean(axis=(0, 1))
    assert (up, down, nothing) == pytest.approx((0.1, 0.1, 0.8), abs=0.01)
    assert x[0].mean(axis=0) == pytest.approx((0.5, 0.5, 0), abs=0.06)
    assert (x[0, :, 2] == 0).all()


@pytest.mark.parametrize(("often", "share"), [(0, 0), (1, 1)])
def test_commands_may_come_once_or_always(often, share):
    x = Latch(9, often).draw(rng(), 20).x
    assert (x[1:, :, :2].sum(axis=-1) == share).all()


def test_the_words_are_a_then_b_and_the_answers_what_may_follow():
    lengths = set()
    for x, target, counted in drawn(AnBn(6, 2)):
        asked = int(sum(counted))
        n, odd = divmod(asked - 1, 2)
        lengths.add(n)
        assert not odd and counted == [1.0] * asked + [0.0] * (13 - asked)
        a, b, mark = np.eye(3).tolist()
        assert x == [mark, *[a] * n, *[b] * n, *[[0.0] * 3] * (13 - asked)]
        either = [1.0, 1.0, 0.0]
        assert target[:asked] == [a, *[either] * n, *[b] * (n - 1), mark]
    assert lengths == {2, 3, 4, 5, 6}


def test_words_of_one_length_are_all_the_same():
    x = AnBn(3, 3).draw(rng(), 4).x
    assert (x == x[:, :1]).all()


def test_two_numbers_are_marked_and_their_sum_is_asked():
    for length in (2, 3, 7):
        places, values = set(), []
        for x, target, counted in drawn(Adding(length), 500):
            marks = [t for t, (_, mark) in enumerate(x) if mark == 1]
            assert sum(mark for _, mark in x) == 2
            assert marks[0] < length // 2 <= marks[1]
            places.update(marks)
            assert target[-1][0] == pytest.approx(sum(x[t][0] for t in marks))
            assert counted == [0.0] * (length - 1) + [1.0]
            values += [value for value, _ in x]
        assert places == {*range(length)}
        assert 0 <= min(values) < 0.01 and 0.99 < max(values) < 1
        assert np.mean(values) == pytest.approx(0.5, abs=0.03)


def test_always_to_say_1_costs_a_sixth():
    batch = Adding().draw(rng(), 20000)
    loss, _ = squared_error(np.ones_like(batch.target), batch.target, batch.counted)
    assert loss == pytest.approx(1 / 6, abs=0.005)


def test_each_task_has_its_loss():
    assert (Latch.loss, AnBn.loss, Adding.loss) == (log_loss, log_loss, squared_error)


def test_yes_is_above_0_and_no_is_not():
    answer = np.array([1e-9, 0.0, -1.0, np.nan] * 2)
    target = np.array([1, 1, 1, 1, 0, 0, 0, 0])
    wanted = [True, False, False, False, False, True, True, False]
    for task in (Latch(), AnBn()):
        assert task.right(answer, target).tolist() == wanted


def test_a_sum_is_right_within_the_tolerance():
    answer, target = np.array([1.0, 1.25, 1.2, 0.8, 0.75, np.nan]), np.ones(6)
    wanted = [True, False, True, True, False, False]
    assert Adding(tolerance=0.25).right(answer, target).tolist() == wanted


def test_what_is_not_told_is_as_documented():
    assert Latch() == Latch(20, 0.1)
    assert AnBn() == AnBn(10, 1)
    assert Adding() == Adding(20, 0.08)
    assert (AnBn(1).most, Adding(2).length, Latch(1).length) == (1, 2, 1)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [(lambda: Latch(0), ValueError, "length is 0; expected an integer ≥ 1"),
     (lambda: Latch(2.0), TypeError, "length is 2.0; expected an integer"),
     (lambda: Latch(2, 1.1), ValueError,
      r"often is 1.1; expected a number in \[0, 1\]"),
     (lambda: Latch(2, -0.1), ValueError,
      r"often is -0.1; expected a number in \[0, 1\]"),
     (lambda: Latch(2, "1"), TypeError, "often is '1'; expected a real number"),
     (lambda: AnBn(2, 3), ValueError, "most is 2; expected an integer ≥ 3"),
     (lambda: AnBn(2, 0), ValueError, "least is 0; expected an integer ≥ 1"),
     (lambda: AnBn("2"), TypeError, "most is '2'; expected an integer"),
     (lambda: Adding(1), ValueError, "length is 1; expected an integer ≥ 2"),
     (lambda: Adding(9, 0), ValueError, "tolerance is 0; expected a number > 0"),
     (lambda: Adding(9, -1), ValueError, "tolerance is -1; expected a number > 0"),
     (lambda: Adding(9, "1"), TypeError, "tolerance is '1'; expected a real number"),
     (lambda: Latch().draw(0, 1), TypeError, "rng is of type int; expected Generator"),
     (lambda: Latch().draw(rng(), 0), ValueError,
      "sequences is 0; expected an integer ≥ 1")],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(make, error, said):
    with pytest.raises(error, match=f"^{said}$"):
        make()
