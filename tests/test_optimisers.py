"""Optimisers do what their equations say, and remember only within one training."""

import numpy as np
import pytest

from lstm_lib.optimisers import Adam, GradientDescent

RNG = np.random.default_rng(0)


def test_plain_descent_follows_the_gradient():
    step = GradientDescent(0.1).start()
    gradients = [np.array([1.0, -2.0]), np.array([[3.0]])]
    for _ in range(2):
        first, second = step(gradients)
        assert np.array_equal(first, [-0.1, 0.2])
        assert second == pytest.approx(-0.3)


def test_adam_does_what_its_equations_say():
    gradients = RNG.normal(size=(50, 4))
    step = Adam(0.01).start()
    m, v = np.zeros(4), np.zeros(4)
    for t, g in enumerate(gradients, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        (now,) = step([g])
        assert now == pytest.approx(-0.01 * m_hat / (np.sqrt(v_hat) + 1e-8), rel=1e-13)


def test_the_first_step_of_adam_has_the_size_of_the_rate():
    (now,) = Adam(0.001).start()([np.array([5.0, -1e-3, 0.0])])
    assert now == pytest.approx([-0.001, 0.001, 0], rel=1e-4)


def test_adam_carries_each_array_by_itself():
    a, b = RNG.normal(size=3), RNG.normal(size=(2, 2))
    together, alone = Adam(0.1).start(), Adam(0.1).start()
    for scale in (1, -3):
        first, second = together([scale * a, scale * b])
        assert np.array_equal(second, alone([scale * b])[0])
        assert first.shape == a.shape


def test_each_start_forgets_what_came_before():
    adam = Adam(0.1)
    g = np.array([1.0, 2.0])
    once = adam.start()
    (first,), _ = once([g]), once([5 * g])
    assert np.array_equal(adam.start()([g])[0], first)


def test_gradients_are_left_as_they_are():
    g = np.array([1.0, 2.0])
    for optimiser in (Adam(0.1), GradientDescent(0.1)):
        step = optimiser.start()
        step([g]), step([g])
    assert np.array_equal(g, [1, 2])


@pytest.mark.parametrize("kind", [Adam, GradientDescent])
@pytest.mark.parametrize(
    ("rate", "error", "said"),
    [(0, ValueError, "> 0"), (-1, ValueError, "> 0"), ("1", TypeError, "a real number"),
     (np.inf, ValueError, "a finite number")],
)  # fmt: skip
def test_a_rate_is_a_positive_number(kind, rate, error, said):
    with pytest.raises(error, match=f"^rate is .*; expected .*{said}"):
        kind(rate)


@pytest.mark.parametrize("kind", [Adam, GradientDescent])
def test_each_replica_may_have_its_own_rate(kind):
    rates = np.array([0.1, 0.5, 0.02])
    together, gradients = kind(rates).start(), RNG.normal(size=(4, 3, 2, 5))
    alone = [kind(float(rate)).start() for rate in rates]
    for g in gradients:
        steps = together([g, g[:, 0, 0]])
        for r, step in enumerate(alone):
            for one, two in zip(steps, step([g[r], g[r, 0, 0]]), strict=True):
                assert np.array_equal(one[r], two)


def test_rates_are_copied_and_cannot_be_changed():
    rates = np.array([0.1, 0.5])
    adam = Adam(rates)
    rates[:] = 7
    assert adam.rate.tolist() == [0.1, 0.5]
    with pytest.raises(ValueError, match="read-only"):
        adam.rate[0] = 1


@pytest.mark.parametrize("kind", [Adam, GradientDescent])
@pytest.mark.parametrize("shape", [(3,), (1, 2), ()])
def test_there_is_one_rate_for_each_replica(kind, shape):
    said = r"^rate has shape \(2,\); expected \("
    with pytest.raises(ValueError, match=said):
        kind((0.1, 0.2)).start()([np.ones(shape)])


@pytest.mark.parametrize("kind", [Adam, GradientDescent])
@pytest.mark.parametrize(
    ("rate", "error", "said"),
    [([0.1, 0], ValueError, "is .*; expected numbers > 0"),
     ([0.1, -1], ValueError, "is .*; expected numbers > 0"),
     ([], ValueError, "is .*; expected numbers > 0"),
     ([[0.1]], ValueError, "is .*; expected numbers > 0"),
     (np.array(0.1), ValueError, "is 0.1; expected numbers > 0"),
     ([[0.1], [0.1, 0.2]], TypeError, "is not a rectangular array"),
     ([0.1, np.nan], ValueError, "holds NaN or infinity"),
     (["1"], TypeError, "has type"),
     (None, TypeError, "has type object")],
)  # fmt: skip
def test_rates_are_positive_numbers(kind, rate, error, said):
    with pytest.raises(error, match=f"^rate {said}"):
        kind(rate)
