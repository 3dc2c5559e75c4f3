"""A recurrent layer refuses what does not fit, and turns sequences into columns.

Held: every argument of `Layer` and `columns`, with the kind of error, the name of the
argument and what was expected.
"""

import re
from dataclasses import FrozenInstanceError, dataclass, replace

import numpy as np
import pytest

from lstm_lib.activations import Activation, relu, tanh
from lstm_lib.recurrent import Layer, columns, rows

H, D, R = 3, 2, 5


@dataclass(frozen=True, eq=False)
class Plain(Layer):
    """A layer with nothing before H."""

    W: np.ndarray
    U: np.ndarray
    b: np.ndarray
    activation: Activation = tanh


@dataclass(frozen=True, eq=False)
class Gated(Layer):
    """A layer with two rows of gates before H."""

    axes, gates = 3, (2,)
    W: np.ndarray
    U: np.ndarray
    b: np.ndarray
    first: Activation = tanh
    second: Activation = relu


KINDS = pytest.mark.parametrize("kind", [Plain, Gated])


def drawn(kind, *lead):
    rng = np.random.default_rng(0)
    sizes = [(H, D), (H, H), (H,)]
    return kind(*(rng.normal(size=(*lead, *kind.gates, *size)) for size in sizes))


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


@KINDS
def test_a_layer_knows_its_sizes(kind):
    one = drawn(kind)
    assert (one.hidden, one.inputs, one.replicas) == (H, D, None)
    many = drawn(kind, R)
    assert (many.hidden, many.inputs, many.replicas) == (H, D, R)
    assert drawn(kind, 1).replicas == 1


@pytest.mark.parametrize("name", ["W", "U", "b"])
def test_parameters_are_copied_for_good(name):
    given = {one: getattr(drawn(Plain), one).copy() for one in "WUb"}
    layer = Plain(**given)
    before = getattr(layer, name).copy()
    given[name][:] = 7
    np.testing.assert_array_equal(getattr(layer, name), before)
    with pytest.raises(ValueError, match="read-only"):
        getattr(layer, name)[:] = 7
    with pytest.raises(FrozenInstanceError):
        setattr(layer, name, before)


@pytest.mark.parametrize(("given", "kept"), [("i4", "f8"), ("f4", "f4"), ("f8", "f8")])
def test_types_of_parameters(given, kept):
    layer = Plain(*(np.ones(size, given) for size in [(H, D), (H, H), (H,)]))
    assert {layer.W.dtype, layer.U.dtype, layer.b.dtype} == {np.dtype(kept)}


@pytest.mark.parametrize("name", ["W", "U", "b"])
def test_parameters_of_mixed_types_are_refused(name):
    layer = drawn(Plain)
    types = ", ".join("float32" if name == k else "float64" for k in "WUb")
    with refused(TypeError, f"W, U, b have types {types}; expected one type"):
        replace(layer, **{name: getattr(layer, name).astype(np.float32)})


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1j, "1"])
@pytest.mark.parametrize("name", ["W", "U", "b"])
def test_parameters_that_are_no_finite_real_arrays_are_refused(name, bad):
    layer = drawn(Plain)
    given = np.full(getattr(layer, name).shape, bad)
    kind = ValueError if isinstance(bad, float) else TypeError
    with pytest.raises(kind, match=f"^{name} h.*; expected (finite|float32)"):
        replace(layer, **{name: given})


@pytest.mark.parametrize(
    ("kind", "name", "shape", "expected"),
    [
        (Plain, "W", (H,), "(H, D) or (R, H, D)"),
        (Plain, "W", (0, D), "(H, D) or (R, H, D)"),
        (Plain, "W", (H, 0), "(H, D) or (R, H, D)"),
        (Plain, "W", (0, H, D), "(H, D) or (R, H, D)"),
        (Plain, "W", (1, 1, H, D), "(H, D) or (R, H, D)"),
        (Plain, "U", (H, D), "(3, 3)"),
        (Plain, "U", (1, H, H), "(3, 3)"),
        (Plain, "b", (1,), "(3,)"),
        (Plain, "b", (H, 1), "(3,)"),
        (Gated, "W", (H, D), "(2, H, D) or (R, 2, H, D)"),
        (Gated, "W", (3, H, D), "(2, H, D) or (R, 2, H, D)"),
        (Gated, "W", (2, 3, H, D), "(2, H, D) or (R, 2, H, D)"),
        (Gated, "W", (2, H, 0), "(2, H, D) or (R, 2, H, D)"),
        (Gated, "W", (1, 1, 2, H, D), "(2, H, D) or (R, 2, H, D)"),
        (Gated, "U", (H, H), "(2, 3, 3)"),
        (Gated, "b", (H,), "(2, 3)"),
    ],
)
def test_parameters_of_a_wrong_shape_are_refused(kind, name, shape, expected):
    with refused(ValueError, f"{name} has shape {shape}; expected {expected}"):
        replace(drawn(kind), **{name: np.ones(shape)})


@pytest.mark.parametrize(("name", "shape"), [("U", (R, 2, H, H)), ("b", (R, 2, H))])
def test_parameters_of_replicas_have_their_axis(name, shape):
    expected = f"{name} has shape {shape[1:]}; expected {shape}"
    with refused(ValueError, expected):
        replace(drawn(Gated, R), **{name: np.ones(shape[1:])})


@pytest.mark.parametrize("place", ["first", "second"])
def test_activations_that_are_none_are_refused(place):
    with refused(TypeError, f"{place} is of type ufunc; expected Activation"):
        replace(drawn(Gated), **{place: np.tanh})


@pytest.mark.parametrize("lead", [(), (R,)])
def test_columns_and_rows_undo_each_other(lead):
    layer = drawn(Gated, *lead)
    x = np.random.default_rng(1).normal(size=(*lead, 4, 6, D))
    h = np.random.default_rng(2).normal(size=(*lead, 6, H))
    inner, first, second = columns(layer, x, h=h, c=None)
    assert inner.shape == (4, *(lead or (1,)), D, 6)
    assert first.shape == second.shape == (*(lead or (1,)), H, 6)
    assert not second.any()
    np.testing.assert_array_equal(rows(layer, inner), x)
    np.testing.assert_array_equal(rows(layer, first[None]), np.expand_dims(h, -3))
    assert np.shares_memory(rows(layer, inner), x)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("f4 f8", "f4 f8 f4"), ("f8 f4", "f8 f4 f4"), ("i4 i4", "f8 f8 f4")],
)
def test_columns_keep_their_type(given, kept):
    x, h = map(np.ones, [(1, 1, D), (1, H)], given.split())
    found = columns(drawn(Plain), x, h=h, c=None)
    assert [one.dtype for one in found] == kept.split()


@pytest.mark.parametrize(
    ("lead", "shape", "expected"),
    [
        ((), (4, D), "(T, B, 2)"),
        ((), (1, 4, 6, D), "(T, B, 2)"),
        ((), (4, 6, D + 1), "(T, B, 2)"),
        ((), (4, 6, 1), "(T, B, 2)"),
        ((), (0, 6, D), "(T, B, 2)"),
        ((), (4, 0, D), "(T, B, 2)"),
        ((R,), (4, 6, D), "(5, T, B, 2)"),
        ((R,), (1, 4, 6, D), "(5, T, B, 2)"),
        ((R,), (R, 4, 6, 1), "(5, T, B, 2)"),
        ((R,), (R, 0, 6, D), "(5, T, B, 2)"),
        ((R,), (R, 4, 0, D), "(5, T, B, 2)"),
    ],
)
def test_inputs_of_a_wrong_shape_are_refused(lead, shape, expected):
    with refused(ValueError, f"x has shape {shape}; expected {expected}"):
        columns(drawn(Plain, *lead), np.ones(shape))


@pytest.mark.parametrize(
    ("lead", "shape", "expected"),
    [
        ((), (H,), "(6, 3)"),
        ((), (1, H), "(6, 3)"),
        ((), (6, 1), "(6, 3)"),
        ((), (1, 6, H), "(6, 3)"),
        ((R,), (6, H), "(5, 6, 3)"),
        ((R,), (1, 6, H), "(5, 6, 3)"),
    ],
)
def test_states_of_a_wrong_shape_are_refused(lead, shape, expected):
    x = np.ones((*lead, 4, 6, D))
    with refused(ValueError, f"c0 has shape {shape}; expected {expected}"):
        columns(drawn(Plain, *lead), x, h0=None, c0=np.ones(shape))


@pytest.mark.parametrize("name", ["x", "h0"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, 1j, "1"])
def test_inputs_that_are_no_finite_real_arrays_are_refused(name, bad):
    given = {"x": np.ones((4, 6, D)), "h0": np.ones((6, H))}
    given[name] = np.full(given[name].shape, bad)
    kind = ValueError if isinstance(bad, float) else TypeError
    with pytest.raises(kind, match=f"^{name} h.*; expected (finite|float32)"):
        columns(drawn(Plain), **given)
