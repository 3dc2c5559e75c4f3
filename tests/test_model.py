"""A readout on a cell: its answers, its gradients, and where it starts."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_lib import sequence
from lstm_lib.activations import hard_tanh, relu, sigmoid
from lstm_lib.cell import LSTM
from lstm_lib.model import Model, backward, forward
from lstm_lib.rivals import RNN
from lstm_lib.tasks import Adding, AnBn, Latch


def rngs(*seeds):
    return [np.random.default_rng(seed) for seed in seeds]


MODEL = Model.init(rngs(0, 1), AnBn(), 2)  # D = O = 3
X = np.random.default_rng(2).normal(size=(2, 4, 5, 3))
DY = np.random.default_rng(3).normal(size=(2, 4, 5, 3))


def test_answers_are_a_weighted_sum_of_h():
    trace = forward(MODEL, X)
    assert trace.answer.shape == (2, 4, 5, 3)
    h = sequence.forward(MODEL.cell, X).h
    assert np.array_equal(trace.cell.h, h)
    for r, t, n in np.ndindex(2, 4, 5):
        y = MODEL.V[r] @ h[r, t, n] + MODEL.a[r]
        assert trace.answer[r, t, n] == pytest.approx(y, rel=1e-13)


PLAIN = Model.init(rngs(0, 1), AnBn(), 2, RNN, activation=sigmoid)
HARD = replace(MODEL, cell=replace(MODEL.cell, output=hard_tanh))


@pytest.mark.parametrize("r", [None, 0])
@pytest.mark.parametrize("model", [MODEL, HARD, PLAIN], ids=["LSTM", "hard", "RNN"])
def test_every_gradient_is_the_difference_quotient(r, model):
    """Of all parameters, with replicas and without."""
    model, x, dy = (model, X, DY) if r is None else (model[r], X[r], DY[r])
    found = backward(model, forward(model, x), dy)
    d = 1e-5
    for k, old in enumerate(model.parameters):
        assert found[k].shape == old.shape
        for place in np.ndindex(old.shape):
            losses = []
            for way in (d, -d):
                moved = [one.copy() for one in model.parameters]
                moved[k][place] += way
                losses.append((dy * forward(model.moved(moved), x).answer).sum())
            quotient = (losses[0] - losses[1]) / (2 * d)
            assert found[k][place] == pytest.approx(quotient, abs=1e-6)


def test_replicas_are_models_of_their_own():
    assert MODEL.replicas == 2 and MODEL[0].replicas is None
    whole, found = forward(MODEL, X), backward(MODEL, forward(MODEL, X), DY)
    for r in range(2):
        one = MODEL[r]
        trace = forward(one, X[r])
        assert trace.answer == pytest.approx(whole.answer[r], rel=1e-12)
        for alone, both in zip(backward(one, trace, DY[r]), found, strict=True):
            assert alone == pytest.approx(both[r], rel=1e-11, abs=1e-14)


def test_parameters_come_in_a_fixed_order():
    names = ["W", "U", "b"], ["V", "a"]
    wanted = [getattr(MODEL.cell, name) for name in names[0]]
    wanted += [getattr(MODEL, name) for name in names[1]]
    assert all(one is two for one, two in zip(MODEL.parameters, wanted, strict=True))
    assert backward(MODEL, forward(MODEL, X), DY)._fields == (*names[0], *names[1])


def test_a_moved_model_is_of_the_same_kind():
    model = replace(MODEL, cell=replace(MODEL.cell, output=relu))
    moved = model.moved([2 * one for one in model.parameters])
    assert moved.cell.output is relu
    for one, two in zip(moved.parameters, model.parameters, strict=True):
        assert np.array_equal(one, 2 * two)


def test_parameters_are_copied_and_cannot_be_changed():
    V = MODEL.V.copy()
    model = replace(MODEL, V=V)
    V[:] = 0
    assert np.array_equal(model.V, MODEL.V)
    for one in model.parameters:
        with pytest.raises(ValueError, match="read-only"):
            one[:] = 0


def test_a_replica_draws_its_cell_and_then_its_readout():
    model = Model.init(rngs(4, 5), Adding(), 3, forget_bias=2.5)
    for r, rng in enumerate(rngs(4, 5)):
        cell = LSTM.init(rng, 2, 3, 2.5)
        bound = 1 / np.sqrt(3)
        V, a = rng.uniform(-bound, bound, (1, 3)), rng.uniform(-bound, bound, 1)
        wanted = (cell.W, cell.U, cell.b, V, a)
        for one, two in zip(model[r].parameters, wanted, strict=True):
            assert np.array_equal(one, two)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [(lambda: Model(1, MODEL.V, MODEL.a), TypeError,
      "cell is of type int; expected LSTM or RNN"),
     (lambda: replace(MODEL, V="V"), TypeError, "V has type"),
     (lambda: replace(MODEL, V=np.ones((2, 3, 4))), ValueError,
      r"V has shape \(2, 3, 4\); expected \(2, O, 2\)$"),
     (lambda: replace(MODEL, V=np.ones((3, 3, 2))), ValueError,
      r"V has shape \(3, 3, 2\); expected \(2, O, 2\)$"),
     (lambda: replace(MODEL, V=np.ones((2, 0, 2))), ValueError,
      r"V has shape \(2, 0, 2\); expected \(2, O, 2\)$"),
     (lambda: replace(MODEL, V=np.ones(2)), ValueError,
      r"V has shape \(2,\); expected \(2, O, 2\)$"),
     (lambda: replace(MODEL[0], V=np.ones((1, 1, 2))), ValueError,
      r"V has shape \(1, 1, 2\); expected \(O, 2\)$"),
     (lambda: replace(MODEL, V=MODEL.V * np.nan), ValueError, "V holds NaN"),
     (lambda: replace(MODEL, a=MODEL.a * np.inf), ValueError, "a holds NaN"),
     (lambda: replace(MODEL, a=np.ones((2, 1))), ValueError,
      r"a has shape \(2, 1\); expected \(2, 3\)$"),
     (lambda: MODEL[0][0], TypeError, ".*LSTM.* replicas"),
     (lambda: Model.init([], Latch(), 2), ValueError,
      "rngs is empty; expected at least one Generator$"),
     (lambda: Model.init([0], Latch(), 2), TypeError,
      "rngs is of type int; expected Generator$"),
     (lambda: Model.init(rngs(0), "latch", 2), TypeError,
      "task is of type str; expected Task$"),
     (lambda: Model.init(rngs(0), Latch(), 0), ValueError,
      "hidden is 0; expected an integer ≥ 1$"),
     (lambda: forward(1, X), TypeError, "model is of type int; expected Model$"),
     (lambda: forward(MODEL, X[0]), ValueError, "x has shape"),
     (lambda: backward(1, forward(MODEL, X), DY), TypeError, "model is of type int"),
     (lambda: backward(MODEL, DY, DY), TypeError,
      "trace is of type ndarray; expected Trace$"),
     (lambda: backward(MODEL, forward(MODEL, X), "a"), TypeError, "dy has type"),
     (lambda: backward(MODEL, forward(MODEL, X), DY[:1]), ValueError,
      r"dy has shape \(1, 4, 5, 3\); expected \(2, 4, 5, 3\)$"),
     (lambda: backward(MODEL, forward(MODEL, X), DY * np.nan), ValueError,
      "dy holds NaN or infinity"),
     (lambda: backward(MODEL, forward(MODEL.moved(MODEL.parameters), X), DY),
      ValueError, "trace ")],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(make, error, said):
    with pytest.raises(error, match=f"^{said}"):
        make()
