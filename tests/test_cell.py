"""One step computes the equations, and the parameters are what they claim to be.

Held: every intermediate against the equations in plain Python; how parameters
are drawn and kept; types; identities of the cell; and every refusal, with the
name of the argument and the shape that was expected.
"""

import math
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_lib.activations import ACTIVATIONS, sigmoid, tanh
from lstm_lib.cell import LSTM, Step, step

B, D, H = 2, 3, 4
sizes = st.integers(1, 4)
names = st.sampled_from(sorted(ACTIVATIONS))

PLAIN = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "hard_tanh": lambda z: max(-1.0, min(1.0, z)),
    "hard_sigmoid": lambda z: max(0.0, min(1.0, z / 6 + 0.5)),
    "relu": lambda z: max(0.0, z),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "identity": lambda z: z,
}


def draw(seed=0, B=B, D=D, H=H, dtype=np.float64, **activations):
    """A random cell with input and states, of every sign and moderate size."""
    rng = np.random.default_rng(seed)
    shapes = {"W": (4, H, D), "U": (4, H, H), "b": (4, H)}
    parameters = {k: rng.normal(size=v).astype(dtype) for k, v in shapes.items()}
    x, h, c = (rng.normal(size=(B, n)).astype(dtype) for n in (D, H, H))
    return LSTM(**parameters, **activations), x, h, c


def plain_step(lstm, x, h, c):
    """The equations for one sequence and one unit at a time; rows of H results."""
    gate, candidate, output = (
        PLAIN[f.name] for f in (lstm.gate, lstm.candidate, lstm.output)
    )
    for row in range(len(x)):
        for unit in range(lstm.hidden):
            z = [
                sum(w * v for w, v in zip(lstm.W[k][unit], x[row], strict=True))
                + sum(u * v for u, v in zip(lstm.U[k][unit], h[row], strict=True))
                + lstm.b[k][unit]
                for k in range(4)
            ]
            i, f, g, o = gate(z[0]), gate(z[1]), candidate(z[2]), gate(z[3])
            c_new = f * c[row][unit] + i * g
            yield (*z, i, f, g, o, c_new, o * output(c_new))


@given(sizes, sizes, sizes, st.integers(0, 99), names, names, names)
def test_step_is_the_equations(B, D, H, seed, gate, candidate, output):
    swapped = {"gate": gate, "candidate": candidate, "output": output}
    swapped = {place: ACTIVATIONS[name] for place, name in swapped.items()}
    lstm, x, h, c = draw(seed, B, D, H, **swapped)
    got = step(lstm, x, h, c)
    expected = np.array(list(plain_step(lstm, x, h, c))).T.reshape(10, B, H)
    for name, value, plain in zip(Step._fields, got, expected, strict=True):
        np.testing.assert_allclose(value, plain, 1e-12, 1e-12, err_msg=name)


def test_the_trace_is_named_in_the_order_of_the_computation():
    assert Step._fields == ("z_i", "z_f", "z_g", "z_o", "i", "f", "g", "o", "c", "h")


@given(scale=st.floats(0, 1e3), seed=st.integers(0, 99))
def test_gates_candidate_and_output_are_bounded(scale, seed):
    lstm, x, h, c = draw(seed)
    got = step(lstm, scale * x, h, scale * c)
    for gate in (got.i, got.f, got.o):
        assert ((gate >= 0) & (gate <= 1)).all()
    for signed in (got.g, got.h):
        assert (abs(signed) <= 1).all()


@pytest.mark.parametrize(
    ("z_i", "z_f", "state"),
    [
        (-1000, 1000, lambda c, g: c),  # keep
        (1000, -1000, lambda c, g: g),  # overwrite
        (1000, 1000, lambda c, g: c + g),  # accumulate
        (-1000, -1000, lambda c, g: 0 * c),  # erase
    ],
)
def test_saturated_gates_switch_exactly(z_i, z_f, state):
    lstm, x, h, c = draw()
    b = lstm.b.copy()
    b[0], b[1], b[3] = z_i, z_f, 1000
    got = step(replace(lstm, b=b), x, h, c)
    assert (got.c == state(c, got.g)).all()
    assert (got.h == np.tanh(got.c)).all()


def test_standard_activations():
    lstm, *_ = draw()
    assert (lstm.gate, lstm.candidate, lstm.output) == (sigmoid, tanh, tanh)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floating_type_stays(dtype):
    lstm, x, h, c = draw(dtype=dtype)
    assert {value.dtype for value in step(lstm, x, h, c)} == {np.dtype(dtype)}
    assert step(lstm, x.astype(np.float64), h, c).h.dtype == np.float64
    wide = draw()
    for narrow, exact in zip(step(lstm, x, h, c), step(*wide), strict=True):
        np.testing.assert_allclose(narrow, exact, 1e-5, 1e-5)


def test_integers_and_lists_become_float64():
    lstm = LSTM(np.ones((4, 1, 1), int), [[[0]]] * 4, [[0]] * 4)
    assert {lstm.W.dtype, lstm.U.dtype, lstm.b.dtype} == {np.dtype(float)}
    assert step(lstm, [[1]], [[0]], [[0]]).z_g.tolist() == [[1.0]]


def test_parameters_are_copied_and_read_only():
    W, U, b = np.ones((4, H, D)), np.ones((4, H, H)), np.ones((4, H))
    lstm = LSTM(W, U, b)
    for mine, kept in ((W, lstm.W), (U, lstm.U), (b, lstm.b)):
        mine[...] = 7
        assert (kept == 1).all()
        with pytest.raises(ValueError, match="read-only"):
            kept[...] = 7
    with pytest.raises(FrozenInstanceError):
        lstm.W = W
    assert (lstm.inputs, lstm.hidden) == (D, H)
    assert lstm != LSTM(lstm.W, lstm.U, lstm.b)  # compared by identity


def test_inputs_are_not_modified():
    lstm, *inputs = draw()
    kept = [array.copy() for array in inputs]
    for array in inputs:
        array.setflags(write=False)
    step(lstm, *inputs)
    assert all((a == b).all() for a, b in zip(inputs, kept, strict=True))


@pytest.mark.parametrize("hidden", [1, 4, 100])
def test_init_fills_its_bounds(hidden):
    lstm = LSTM.init(np.random.default_rng(0), 50, hidden)
    assert (lstm.inputs, lstm.hidden) == (50, hidden)
    bound = 1 / math.sqrt(hidden)
    drawn = np.concatenate([lstm.W.ravel(), lstm.U.ravel(), lstm.b[[0, 2, 3]].ravel()])
    assert drawn.dtype == np.float64
    assert 0.95 * bound < drawn.max() <= bound
    assert -0.95 * bound > drawn.min() >= -bound
    assert np.std(drawn) == pytest.approx(bound / math.sqrt(3), rel=0.1)
    assert (lstm.b[1] == 1).all()


def test_init_draws_W_U_b_in_order_and_then_sets_the_forget_bias():
    lstm = LSTM.init(np.random.default_rng(7), inputs=2, hidden=4, forget_bias=-3)
    rng = np.random.default_rng(7)
    assert (rng.uniform(-0.5, 0.5, (4, 4, 2)) == lstm.W).all()
    assert (rng.uniform(-0.5, 0.5, (4, 4, 4)) == lstm.U).all()
    b = rng.uniform(-0.5, 0.5, (4, 4))
    assert (lstm.b[[0, 2, 3]] == b[[0, 2, 3]]).all()
    assert (lstm.b[1] == -3).all()
