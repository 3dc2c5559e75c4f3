"""Training: the right slope, replicas that share nothing, and every way to end."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pytest

from lstm_lib.activations import relu, tanh
from lstm_lib.model import Model, forward
from lstm_lib.optimisers import Adam, GradientDescent, Optimiser
from lstm_lib.rivals import RNN
from lstm_lib.tasks import Adding, AnBn, Latch
from lstm_lib.training import Run, score, train

LATCH = Latch(6, 0.3)


def rngs(*seeds):
    return [np.random.default_rng(seed) for seed in seeds]


def model(task=LATCH, hidden=3, seeds=(0, 1, 2)):
    return Model.init(rngs(*seeds), task, hidden)


def trained(start=None, task=LATCH, optimiser=None, updates=3, seeds=(7, 8, 9), **more):
    """What `train` gives for small sizes."""
    more = {"sequences": 4, "progress": False} | more
    start = model(task) if start is None else start
    return train(start, task, optimiser or Adam(0.05), updates, rngs(*seeds), **more)


def rows(model):
    """All parameters of each replica, (R, P)."""
    return np.hstack([one.reshape(len(one), -1) for one in model.parameters])


def scaled(model, r, V):
    """`model` with the readout of replica `r` multiplied by V."""
    new = model.V.copy()
    new[r] *= V
    return replace(model, V=new)


def same(one, two, replicas=slice(None)):
    return np.array_equal(rows(one)[replicas], rows(two)[replicas])


@pytest.mark.parametrize("task", [Latch(5, 0.3), AnBn(2), Adding(4)])
def test_the_step_is_the_slope_of_the_loss_that_is_told(task):
    """Each parameter, from the inputs to the loss and back, for each replica."""
    old = model(task, 2)
    step = trained(old, task, GradientDescent(1.0), 1).model
    d = 1e-5
    for k, before in enumerate(old.parameters):
        for place in np.ndindex(before.shape):
            losses = []
            for way in (d, -d):
                moved = [one.copy() for one in old.parameters]
                moved[k][place] += way
                again = trained(old.moved(moved), task, updates=1)
                losses.append(again.loss[0, place[0]])
            quotient = (losses[0] - losses[1]) / (2 * d)
            slope = before[place] - step.parameters[k][place]
            assert slope == pytest.approx(quotient, abs=1e-8)


@pytest.mark.parametrize("task", [LATCH, AnBn(2), Adding(4)])
def test_the_loss_is_that_of_the_task_before_the_update(task):
    old = model(task)
    run = trained(old, task, updates=2)
    for r, rng in enumerate(rngs(7, 8, 9)):
        batch = task.draw(rng, 4)
        answer = forward(old[r], batch.x).answer
        loss, _ = task.loss(answer, batch.target, batch.counted)
        assert run.loss[0, r] == pytest.approx(loss, rel=1e-12)
    assert run.loss.shape == run.norm.shape == (2, 3)


def test_the_norm_is_the_length_of_the_whole_gradient():
    old = model()
    run = trained(old, optimiser=GradientDescent(0.25), updates=1)
    moved = np.linalg.norm(rows(old) - rows(run.model), axis=1)
    assert run.norm[0] == pytest.approx(4 * moved, rel=1e-12)


def test_clipping_shortens_what_is_too_long_and_nothing_else():
    old = model()
    descent = GradientDescent(1.0)
    free = trained(old, optimiser=descent, updates=1)
    middle = np.median(free.norm[0])
    run = trained(old, optimiser=descent, updates=1, clip=middle)
    assert np.array_equal(run.norm, free.norm)
    steps, whole = (rows(one.model) - rows(old) for one in (run, free))
    for step, full, norm in zip(steps, whole, free.norm[0], strict=True):
        assert np.linalg.norm(step) == pytest.approx(min(middle, norm), rel=1e-9)
        assert step == pytest.approx(full * min(1, middle / norm), abs=1e-13)
    assert np.ptp(free.norm) > 0.01
    assert same(trained(old, optimiser=descent, clip=1e9, updates=1).model, free.model)


def test_a_gradient_of_0_is_not_clipped_to_nan():
    """A latch that is nearly sure gets no slope at all in floats."""
    nothing = [np.zeros_like(one) for one in model().parameters]
    still = Latch(1)
    start = model(still).moved([*nothing[:4], np.full((3, 1), 1e4)])
    run = trained(start, still, GradientDescent(1.0), 1, sequences=1, clip=1.0)
    assert 0 in run.norm and run.diverged == (None, None, None)


def test_each_replica_may_have_its_own_rate():
    rates = (0.1, 0.01, 0.2)
    run = trained(optimiser=Adam(rates), updates=5)
    for r, rate in enumerate(rates):
        assert same(run.model, trained(optimiser=Adam(rate), updates=5).model, r)


def test_a_replica_trains_as_it_would_alone():
    run = trained(updates=20)
    alone = trained(model(seeds=(1,)), updates=20, seeds=(8,))
    assert alone.loss[:, 0] == pytest.approx(run.loss[:, 1], rel=1e-9)
    assert rows(alone.model)[0] == pytest.approx(rows(run.model)[1], rel=1e-7)


def test_a_latch_is_learnt():
    start = model(hidden=4, seeds=range(6))
    run = trained(start, updates=120, seeds=range(10, 16), sequences=16, clip=1.0)
    assert run.diverged == (None,) * 6
    before, after = (score(one, LATCH, rngs(*range(6))) for one in (start, run.model))
    assert before.max() < 0.6 and np.mean(after > 0.95) >= 0.8
    assert np.median(run.loss[-1]) < 0.1 * np.median(run.loss[0])


def test_plain_networks_are_trained_likewise():
    start = Model.init(rngs(*range(6)), LATCH, 4, RNN)
    run = trained(start, updates=120, seeds=range(10, 16), sequences=16, clip=1.0)
    assert type(run.model.cell) is RNN and run.model.cell.activation == tanh
    assert np.median(run.loss[-1]) < 0.5 * np.median(run.loss[0])


def test_what_is_handed_in_is_left_as_it_is():
    start = model()
    before = rows(start)
    trained(start)
    assert np.array_equal(rows(start), before)


def test_chance_is_the_generators():
    one, two, other = trained(), trained(), trained(seeds=(7, 8, 10))
    assert np.array_equal(one.loss, two.loss) and same(one.model, two.model)
    assert same(one.model, other.model, slice(2))
    assert not same(one.model, other.model, 2)


def test_what_is_not_told_is_as_documented(capsys):
    bare = train(model(), LATCH, Adam(0.05), 2, rngs(7, 8, 9))
    assert capsys.readouterr() == ("", "")
    told = trained(updates=2, sequences=32, clip=None)
    assert np.array_equal(bare.loss, told.loss) and same(bare.model, told.model)
    few, many = (score(model(), LATCH, rngs(7, 8, 9), *n) for n in ((), (1000,)))
    assert np.array_equal(few, many)


def test_the_bar_counts_updates(capsys):
    trained(updates=5, progress=True)
    assert "0/5" in capsys.readouterr().err


# Ways to diverge at once: replica 1 gets a loss beyond all bounds, a gradient, or a
# new parameter; the others go on.
ADDING = Adding(4)
WAYS = {
    "loss": (partial(scaled, V=1e160), Adam(0.05)),
    "gradient": (partial(scaled, V=1e130), Adam(0.05)),
    "parameters": (partial(scaled, V=1), GradientDescent((0.05, 1e200, 0.05))),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("clip", [None, 0.1])
def test_who_diverges_is_told_and_stays_as_it_was(way, clip):
    change, optimiser = WAYS[way]
    start = change(model(ADDING), 1)
    run = trained(start, ADDING, optimiser, clip=clip)
    assert run.diverged == (None, 0, None)
    assert same(run.model, start, 1)
    finite = np.isfinite(run.loss[0, 1]), np.isfinite(run.norm[0, 1])
    assert finite == {"loss": (0, 0), "gradient": (1, 0), "parameters": (1, 1)}[way]
    assert np.isnan(run.loss[1:, 1]).all() and np.isnan(run.norm[1:, 1]).all()
    assert np.isfinite(run.loss[:, [0, 2]]).all()


@pytest.mark.parametrize("way", WAYS)
def test_the_others_do_not_notice(way):
    """Bit for bit, as if the one beside them had not diverged."""
    change, optimiser = WAYS[way]
    healthy = Adam(0.05) if way != "parameters" else GradientDescent(0.05)
    run = trained(change(model(ADDING), 1), ADDING, optimiser, 20)
    well = trained(model(ADDING), ADDING, healthy, 20)
    assert well.diverged == (None, None, None)
    others = [0, 2]
    assert same(run.model, well.model, others)
    assert np.array_equal(run.loss[:, others], well.loss[:, others])
    assert np.array_equal(run.norm[:, others], well.norm[:, others])


def growing(most):
    """Replicas without bounds; what the second feeds back is `most` times as large."""
    start = model(ADDING)
    U, b = start.cell.U.copy(), start.cell.b.copy()
    U[1], b[1] = most, 1
    cell = replace(start.cell, U=U, b=b, candidate=relu, output=relu)
    return replace(start, cell=cell)


def test_states_may_grow_beyond_all_bounds_on_the_way():
    run, well = (trained(growing(most), ADDING) for most in (1e120, 0.1))
    assert (run.diverged, well.diverged) == ((None, 0, None), (None, None, None))
    assert same(run.model, well.model, [0, 2]) and same(run.model, growing(1e120), 1)


def test_a_replica_may_diverge_later_and_keeps_what_it_had():
    rates = GradientDescent((0.05, 1e30, 0.05))
    run = trained(task=ADDING, optimiser=rates, updates=12)
    _, at, _ = run.diverged
    assert 0 < at < 11 and run.diverged == (None, at, None)
    assert same(run.model, trained(task=ADDING, optimiser=rates, updates=at).model, 1)
    assert np.isfinite(rows(run.model)).all()
    assert not np.isnan(run.loss[at, 1]) and np.isnan(run.loss[at + 1 :, 1]).all()


def test_it_warns_of_nothing(recwarn):
    for change, optimiser in WAYS.values():
        trained(change(model(ADDING), 1), ADDING, optimiser)
    assert score(growing(1e120), ADDING, rngs(0, 1, 2))[1] == 0
    assert not recwarn.list


@dataclass(frozen=True)
class Tiring(Latch):
    """A latch whose reader is interrupted in the middle of drawing."""

    draws: list = None

    def _draw(self, rng, B):
        self.draws.append(B)
        if len(self.draws) == 3 * 4 + 2:  # the second of three replicas, update 4
            raise KeyboardInterrupt
        return super()._draw(rng, B)


class Interrupted(Optimiser):
    """Plain descent, interrupted within a step."""

    def start(self):
        seen = []

        def step(gradients):
            seen.append(1)
            if len(seen) == 5:
                raise KeyboardInterrupt
            return [-self.rate * one for one in gradients]

        return step


@pytest.mark.parametrize("progress", [True, False])
@pytest.mark.parametrize("where", ["drawing", "stepping", "never"])
def test_an_interrupt_returns_what_was_trained_so_far(where, progress):
    task = Tiring(6, 0.3, draws=[]) if where == "drawing" else LATCH
    kind = Interrupted if where == "stepping" else GradientDescent
    updates = 4 if where == "never" else 10
    run = trained(model(), task, kind(0.1), updates, progress=progress)
    whole = trained(optimiser=GradientDescent(0.1), updates=4)
    assert isinstance(run, Run)
    assert np.array_equal(run.loss, whole.loss) and np.array_equal(run.norm, whole.norm)
    assert same(run.model, whole.model) and run.diverged == whole.diverged


def test_the_score_is_the_share_of_faultless_sequences():
    start = trained(model(AnBn(2)), AnBn(2), updates=30).model
    found = score(start, AnBn(2), rngs(3, 4, 5), 50)
    for r, rng in enumerate(rngs(3, 4, 5)):
        x, target, counted = AnBn(2).draw(rng, 50)
        right = AnBn(2).right(forward(start[r], x).answer, target).all(axis=-1)
        whole = [right[counted[:, n] == 1, n].all() for n in range(50)]
        assert found[r] == np.mean(whole)
    assert found.shape == (3,) and ((found > 0) & (found < 1)).any()


def test_what_is_not_counted_cannot_be_wrong():
    start = model(ADDING)
    parameters = [np.zeros_like(one) for one in start.parameters]
    parameters[4] += 1.0  # always to say 1
    sure = start.moved(parameters)
    found = score(sure, Adding(4, tolerance=1.1), rngs(0, 1, 2))
    assert found.tolist() == [1, 1, 1]
    assert (score(sure, ADDING, rngs(0, 1, 2)) < 0.3).all()


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [({"model": 1}, TypeError, "model is of type int; expected Model$"),
     ({"model": model()[0]}, ValueError,
      "model has no replicas; expected at least one, as Model.init"),
     ({"model": model(AnBn())}, ValueError,
      r"model has \(D, O\) = \(3, 3\); expected \(3, 1\) of the task$"),
     ({"task": 1}, TypeError, "task is of type int; expected Task$"),
     ({"task": ADDING}, ValueError,
      r"model has \(D, O\) = \(3, 1\); expected \(2, 1\) of the task$"),
     ({"optimiser": 0.1}, TypeError, "optimiser is of type float; expected Optimiser$"),
     ({"optimiser": Adam((0.1, 0.2))}, ValueError,
      r"rate has shape \(2,\); expected \(3,\)$"),
     ({"updates": 0}, ValueError, "updates is 0; expected an integer ≥ 1$"),
     ({"rngs": rngs(0)}, ValueError, "rngs has 1 entries; expected 3$"),
     ({"rngs": [0, 1, 2]}, TypeError, "rngs is of type int; expected Generator$"),
     ({"sequences": 0}, ValueError, "sequences is 0; expected an integer ≥ 1$"),
     ({"clip": 0}, ValueError, "clip is 0; expected a number > 0$"),
     ({"clip": -1.0}, ValueError, "clip is -1.0; expected a number > 0$"),
     ({"clip": "1"}, TypeError, "clip is '1'; expected a real number$")],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(changed, error, said):
    good = {"model": model(), "task": LATCH, "optimiser": Adam(0.1), "updates": 1}
    with pytest.raises(error, match=f"^{said}"):
        train(**good | {"rngs": rngs(0, 1, 2)} | changed)
    shared = {"model", "task", "rngs", "sequences"} & {*changed}
    if shared:
        kept = {"model": model(), "task": LATCH, "rngs": rngs(0, 1, 2)}
        with pytest.raises(error, match=f"^{said}"):
            score(**kept | changed)
