"""What a state does to a later one: how much of a change is left, and by which path.

One step of an LSTM takes (h_{t−1}, c_{t−1}) to (h_t, c_t). With φ for the output's
activation, σ′_k for the slope of gate k at z_k, and diag( ) around what is a vector:

    ∂c_t/∂c_{t−1} = diag(f_t)
    ∂c_t/∂h_{t−1} = diag(g σ′_i) U_i + diag(c_{t−1} σ′_f) U_f + diag(i tanh′_g) U_g
    ∂h_t/∂c_{t−1} = diag(o φ′(c_t)) ∂c_t/∂c_{t−1}
    ∂h_t/∂h_{t−1} = diag(φ(c_t) σ′_o) U_o + diag(o φ′(c_t)) ∂c_t/∂h_{t−1}

Over many steps ∂c_t/∂c_s is the sum over all paths from c_s to c_t. One never leaves
the cell state: it is `direct`, the product of diag(f), the constant error carousel of
Hochreiter & Schmidhuber (1997). All others go out through some h and come back
through the gates and the candidate: they are the `rest`.

A plain recurrent network, h_t = φ(W x_t + U h_{t−1} + b), has no path of the first
kind: ∂h_t/∂h_{t−1} = diag(φ′(z_t)) U.

States are counted as in a `Trace`: state 0 is the one *after* the first step.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks, rivals
from lstm_lib.sequence import Trace

__all__ = ["Blocks", "Paths", "blocks", "chain", "paths", "size"]

Array = NDArray[np.floating]


class Blocks(NamedTuple):
    """The Jacobian of each step in four blocks, each (T − 1, B, H, H).

    Entry [k, n] is that from state k to state k + 1 of sequence n; rows are what
    changes, columns what by. With replicas, R stands before T − 1.
    """

    c_by_c: Array
    c_by_h: Array
    h_by_c: Array
    h_by_h: Array


class Paths(NamedTuple):
    """∂c_t/∂c_s by two kinds of path, each (T − s, B, H, H), for t = s, s + 1, ….

    `direct` is through the forget gates alone, `rest` through the hidden state at
    least once; `direct[0]` is the identity and `rest[0]` is 0. With replicas, R
    stands before T − s.
    """

    direct: Array
    rest: Array

    @property
    def whole(self) -> Array:
        """∂c_t/∂c_s, the sum of both."""
        return self.direct + self.rest


def blocks(trace: Trace) -> Blocks:
    """The Jacobian of each step between the states of `trace`.

    Raises:
        TypeError: `trace` is no `Trace` of an LSTM.
    """
    _of("an LSTM", trace, Trace)
    lstm = trace.lstm
    i, f, g, o, c = (getattr(trace, name)[..., 1:, :, :] for name in "ifgoc")
    slope_i, slope_f, slope_o = (lstm.gate.derivative(_z(trace, k)) for k in (0, 1, 3))
    slope_g = lstm.candidate.derivative(_z(trace, 2))
    before = trace.c[..., :-1, :, :]
    U_i, U_f, U_g, U_o = (lstm.U[..., k, None, None, :, :] for k in range(4))

    c_by_c = f[..., None] * np.eye(lstm.hidden, dtype=f.dtype)
    c_by_h = (
        (g * slope_i)[..., None] * U_i
        + (before * slope_f)[..., None] * U_f
        + (i * slope_g)[..., None] * U_g
    )
    shown = (o * lstm.output.derivative(c))[..., None]
    h_by_h = (lstm.output(c) * slope_o)[..., None] * U_o + shown * c_by_h
    return Blocks(c_by_c, c_by_h, shown * c_by_c, h_by_h)


def _z(trace: Trace, k: int) -> Array:
    """The pre-activations of gate k in all steps but the first."""
    lstm = trace.lstm
    W, U = (p[..., k, None, :, :].swapaxes(-1, -2) for p in (lstm.W, lstm.U))
    x, h = trace.x[..., 1:, :, :], trace.h[..., :-1, :, :]
    return x @ W + h @ U + lstm.b[..., k, None, None, :]


def paths(trace: Trace, s: int) -> Paths:
    """What a change of the cell state s does to it and to every later one.

    c_s also changes h_s = o ⊙ φ(c_s), as it does in back-propagation. Nothing is
    subtracted, so that a tiny rest keeps its digits:

        direct_t = f_t direct_{t−1}
        rest_t   = f_t rest_{t−1} + ∂c_t/∂h_{t−1} · ∂h_{t−1}/∂c_s

    Args:
        trace: what `sequence.forward` has computed, T steps.
        s: the state that is changed, 0 ≤ s < T.

    Raises:
        TypeError: `trace` is no `Trace` of an LSTM, or `s` is no integer.
        ValueError: `s` is out of bounds.
    """
    steps = blocks(trace)
    first = _place(s, trace.c.shape[-3])
    start = np.eye(trace.lstm.hidden, dtype=trace.c.dtype)
    o, c = (getattr(trace, name)[..., first, :, :, None] for name in "oc")
    direct = np.broadcast_to(start, (*c.shape[:-1], len(start)))
    rest, h = 0 * direct, o * trace.lstm.output.derivative(c) * start
    found = [(direct, rest)]
    for t in range(first, steps.c_by_c.shape[-4]):
        c_by_c, c_by_h, h_by_c, h_by_h = (one[..., t, :, :, :] for one in steps)
        whole = direct + rest
        direct, rest = c_by_c @ direct, c_by_c @ rest + c_by_h @ h
        h = h_by_c @ whole + h_by_h @ h
        found.append((direct, rest))
    return Paths(*(np.stack(one, axis=-4) for one in zip(*found)))


def chain(trace: rivals.Trace, s: int) -> Array:
    """∂h_t/∂h_s of a plain recurrent network, for t = s, s + 1, ….

    Args:
        trace: what `rivals.forward` has computed, T steps.
        s: the state that is changed, 0 ≤ s < T.

    Returns:
        The products of diag(φ′(z)) U, (T − s, B, H, H), or with replicas
        (R, T − s, B, H, H); the first is the identity.

    Raises:
        TypeError: `trace` is no `Trace` of an RNN, or `s` is no integer.
        ValueError: `s` is out of bounds.
    """
    _of("an RNN", trace, rivals.Trace)
    rnn = trace.rnn
    slopes = rnn.activation.derivative(trace.z)
    steps = slopes[..., None] * rnn.U[..., None, None, :, :]
    first = _place(s, slopes.shape[-3])
    start = np.eye(rnn.hidden, dtype=steps.dtype)
    found = [np.broadcast_to(start, steps[..., 0, :, :, :].shape)]
    for t in range(first + 1, slopes.shape[-3]):
        found.append(steps[..., t, :, :, :] @ found[-1])
    return np.stack(found, axis=-4)


def size(jacobian: ArrayLike) -> Array:
    """‖J‖_F / √H: of a change of size 1, how much is left at the other end.

    It is the root mean square of ‖J v‖ over all directions v of length 1; 1 for the
    identity, |f| for f times it. The spectral norm would be that of the one direction
    which keeps most, and the sizes of two paths do not add up to that of their sum:
    they may cancel.

    Args:
        jacobian: (…, H, H).

    Returns:
        The size of each, (…), ≥ 0.

    Raises:
        TypeError: `jacobian` does not hold real numbers.
        ValueError: it is not square, or holds NaN or infinity.
    """
    J = checks.finite_array("jacobian", jacobian)
    if J.ndim < 2 or J.shape[-1] != J.shape[-2] or not J.shape[-1]:
        raise ValueError(f"jacobian has shape {J.shape}; expected (…, H, H)")
    largest = np.abs(J).max(axis=(-1, -2), keepdims=True)
    scaled = J / np.where(largest > 0, largest, 1)  # so that no square vanishes
    root = np.sqrt((scaled**2).sum(axis=(-1, -2)) / J.shape[-1])
    return largest[..., 0, 0] * root


def _of(kind: str, trace: object, expected: type) -> None:
    """Refuse what is no trace of this kind; both kinds have one name."""
    if not isinstance(trace, expected):
        got = f"{type(trace).__module__}.{type(trace).__name__}"
        raise TypeError(f"trace is of type {got}; expected the Trace of {kind}")


def _place(s: int, T: int) -> int:
    """`s` as the number of one of T states."""
    if checks.size("s", s, least=0) >= T:
        raise ValueError(f"s is {s}; expected an integer below {T}")
    return int(s)
