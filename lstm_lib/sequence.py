"""Many steps of an LSTM, forward and back through time, for R replicas at once.

`forward` repeats the step of cell.py; `backward` returns from the last step to the
first. With φ for the activation of the output and L for the loss:

    ∂L/∂c_t += ∂L/∂h_t ⊙ o ⊙ φ′(c_t)         what c_t did through h_t
    ∂L/∂z_o  = ∂L/∂h_t ⊙ φ(c_t) ⊙ σ′(z_o)
    ∂L/∂z_i  = ∂L/∂c_t ⊙ g ⊙ σ′(z_i)
    ∂L/∂z_f  = ∂L/∂c_t ⊙ c_{t−1} ⊙ σ′(z_f)
    ∂L/∂z_g  = ∂L/∂c_t ⊙ i ⊙ tanh′(z_g)
    ∂L/∂c_{t−1} = f ⊙ ∂L/∂c_t    and    ∂L/∂h_{t−1} = Σ_k U_kᵀ ∂L/∂z_k

This is the whole gradient; Hochreiter & Schmidhuber (1997) left the last sum out.

What makes it fast is the layout (trace.py). A step is one product [U W b] · [h; x; 1]
for all gates; i ⊙ g and f ⊙ c are one multiplication, of [i f] by [g c]; and σ is
½ + ½ tanh(z/2), so that one tanh serves all gates. This costs σ the digits of its
tails (it is right to 2·10⁻¹⁶, absolute), which activations.py keeps.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import Activation, sigmoid, tanh
from lstm_lib.cell import LSTM
from lstm_lib.recurrent import columns
from lstm_lib.trace import Gradients, Held, Trace

__all__ = ["Gradients", "Trace", "backward", "forward"]

Array = NDArray[np.floating]
ROWS = [3, 0, 1, 2]  # where o, i, f, g are among the parameters: i, f, g, o
# So many replicas go together, and so many steps back, that their gates stay in the
# caches next to the processor: bytes.
GROUP, BLOCK = 250_000, 400_000
# NumPy copies slices with gaps through a buffer of 8192 numbers; this one keeps it from
# most of that.
BUFFER = 1024


def forward(
    lstm: LSTM,
    x: ArrayLike,
    h0: ArrayLike | None = None,
    c0: ArrayLike | None = None,
) -> Trace:
    """Run `lstm` over B sequences of T steps.

    Args:
        lstm: the parameters, of one LSTM or of R replicas.
        x: inputs (T, B, D), or (R, T, B, D) for replicas.
        h0: hidden state before the first step (B, H) or (R, B, H); 0 if not given.
        c0: cell state before the first step, of the same shape; 0 if not given.

    Returns:
        The `Trace`. float32 throughout gives float32, float64 otherwise.

    Raises:
        TypeError: an argument is not an array of real numbers.
        ValueError: a shape does not fit, T or B is 0, or there is NaN or infinity.
    """
    checks.instance("lstm", lstm, LSTM)
    held = _start(lstm, *columns(lstm, x, h0=h0, c0=c0))
    product = _product(lstm, held.gates)
    with _small_buffers():
        for some in _groups(held.gates):
            _unroll(lstm, product[some], held.of(some))
    return Trace(lstm, held)


def _start(lstm: LSTM, x: Array, h0: Array, c0: Array) -> Held:
    """The arrays of a pass with all that is known at its start."""
    (T, R, D, B), H = x.shape, lstm.hidden
    kind = np.result_type(lstm.W, x, h0, c0)
    fed = np.empty((T + 1, R, H + D + 1, B), kind)
    fed[0, :, :H] = h0
    fed[:-1, :, H:-1] = x
    fed[:, :, -1] = 1
    gates = np.empty((T + 1, R, 5 * H, B), kind)
    gates[0, :, 4 * H :] = c0
    usual = (lstm.gate, lstm.candidate, lstm.output) == (sigmoid, tanh, tanh)
    return Held(fed, gates, None if usual else np.empty((T, R, 4 * H, B), kind))


def _product(lstm: LSTM, like: Array) -> Array:
    """[U W b] (R, 4H, H + D + 1), with the rows of o, i, f, g below each other."""
    joined = np.concatenate(
        [lstm.U, lstm.W, lstm.b[..., None]], axis=-1, dtype=like.dtype
    )
    rows = joined.reshape(-1, *joined.shape[-3:])[:, ROWS]
    return rows.reshape(len(rows), -1, joined.shape[-1])


@contextmanager
def _small_buffers() -> Iterator[None]:
    # A gradient that vanishes is no error. The old size comes back with the old state.
    with np.errstate(under="ignore"):
        np.setbufsize(BUFFER)
        yield


def _groups(gates: Array) -> Iterator[slice]:
    size = max(1, GROUP // gates[0, 0].nbytes)
    return (slice(r, r + size) for r in range(0, gates.shape[1], size))


def _unroll(lstm: LSTM, product: Array, held: Held) -> None:
    """Take all steps, one after the other."""
    fed, gates, sums = held
    H = lstm.hidden
    if sums is None:
        activate, show, sums = _squash, np.tanh, gates[:-1, :, : 4 * H]
        product = np.concatenate([product[:, : 3 * H] / 2, product[:, 3 * H :]], axis=1)
    else:
        activate = partial(_activate, lstm)
        show = partial(_put, lstm.output.formulas[0])
    both, shown = np.empty_like(gates[0, :, : 2 * H]), np.empty_like(gates[0, :, :H])
    added = both[:, :H], both[:, H:]
    blocks = (slice(4 * H), slice(H), slice(H, 3 * H), slice(3 * H, None))
    now = (gates[:-1, :, block] for block in blocks)
    for column, z, oifg, o, i_f, g_c, c, h in zip(
        fed, sums, *now, gates[1:, :, 4 * H :], fed[1:, :, :H]
    ):
        np.matmul(product, column, out=z)
        activate(z, oifg)
        np.multiply(i_f, g_c, out=both)
        np.add(*added, out=c)
        show(c, out=shown)
        np.multiply(o, shown, out=h)


def _squash(z: Array, out: Array) -> None:
    """tanh(z) for the candidate, ½ + ½ tanh(z) for the gates."""
    np.tanh(z, out=out)
    gates = out[:, : 3 * (z.shape[1] // 4)]
    gates *= 0.5
    gates += 0.5


def _activate(lstm: LSTM, z: Array, out: Array) -> None:
    for f, rows in _places(lstm):
        _put(f.formulas[0], z[:, rows], out[:, rows])


def _places(lstm: LSTM) -> tuple[tuple[Activation, slice], ...]:
    """The activations of z, and the rows that are theirs."""
    gates = 3 * lstm.hidden
    return (lstm.gate, slice(gates)), (lstm.candidate, slice(gates, None))


def _put(f: Callable[[Array], Array], z: Array, out: Array) -> None:
    out[:] = f(z)


def backward(
    lstm: LSTM, trace: Trace, dh: ArrayLike, dc: ArrayLike | None = None
) -> Gradients:
    """Back-propagate through time.

    Args:
        lstm: the parameters of the forward pass.
        trace: what that pass has computed.
        dh: ∂L/∂h_t, as far as the loss asks for h_t itself; the shape of `trace.h`.
        dc: ∂L/∂c_t likewise; 0 if not given.

    Returns:
        The `Gradients`; those of the parameters are sums over the B sequences.

    Raises:
        TypeError: an argument is not as above.
        ValueError: `trace` is not of this `lstm`, a shape does not fit, or there is
            NaN or infinity.
    """
    checks.instance("lstm", lstm, LSTM)
    checks.instance("trace", trace, Trace)
    if trace.lstm is not lstm:
        raise ValueError("trace is of another LSTM; expected one of `lstm` itself")
    asked = []
    for name, value in (("dh", dh), ("dc", dc)):
        if value is not None:
            value = checks.finite_array(name, value)
            checks.shape(name, value, trace.h.shape)
            asked.append(value if lstm.replicas else value[None])
    held, H = trace.held, lstm.hidden
    product = _product(lstm, held.gates)
    summed, dx = np.zeros_like(product), np.empty_like(held.fed[:-1, :, H:-1])
    states = np.zeros((2, *held.fed[0, :, :H].shape), product.dtype)
    with _small_buffers():
        for some in _groups(held.gates):
            into = summed[some], dx[:, some], *states[:, some]
            ours = [one[some] for one in asked]
            _return(lstm, product[some], held.of(some), ours, *into)
    rows = summed.reshape(-1, 4, H, summed.shape[-1])[:, np.argsort(ROWS)]
    found = rows[..., H:-1], rows[..., :H], rows[..., -1], dx.transpose(1, 0, 3, 2)
    found = *found, *states.swapaxes(2, 3)
    return Gradients(*(one if lstm.replicas else one[0] for one in found))


def _return(
    lstm: LSTM,
    product: Array,
    held: Held,
    asked: list[Array],
    summed: Array,
    dx: Array,
    *states: Array,
) -> None:
    """Add to ∂L/∂ [U W b], fill ∂L/∂x, and bring ∂L/∂ h and c back to the start."""
    T, R, D, B = dx.shape
    H, back = lstm.hidden, product.swapaxes(1, 2)
    size = max(1, min(BLOCK // held.gates[0, :, : 4 * H].nbytes, T // 8))
    # Used again for each block: to ask for new memory would cost more than to fill it.
    work = [np.empty((size, R, rows, B), dx.dtype) for rows in (4 * H, H)]
    sides = [np.empty((R, rows, size, B), dx.dtype) for rows in (4 * H, H + D + 1)]
    part = np.empty_like(summed)
    for start in reversed(range(0, T, size)):
        steps = slice(start, min(start + size, T))
        dz, through = (one[: steps.stop - start] for one in work)
        _factors(lstm, held, steps, dz, through)
        forgotten = held.gates[steps, :, 2 * H : 3 * H]
        told = [one[:, steps].transpose(1, 0, 3, 2) for one in asked]
        _step_back(dz, through, forgotten, told, back[:, :H], *states)
        for side, one in zip(sides, (dz, held.fed[steps])):
            side[:, :, : len(dz)] = one.transpose(1, 2, 0, 3)
        left, right = (
            one[:, :, : len(dz)].reshape(R, -1, len(dz) * B) for one in sides
        )
        summed += np.matmul(left, right.swapaxes(1, 2), out=part)
        dx[steps] = (back[:, H:-1] @ left).reshape(R, D, -1, B).transpose(2, 0, 1, 3)


def _factors(
    lstm: LSTM, held: Held, steps: slice, factors: Array, through: Array
) -> None:
    """What ∂L/∂z is to ∂L/∂h (o) and to ∂L/∂c (i, f, g), and ∂L/∂c to ∂L/∂h."""
    H, now = lstm.hidden, held.gates[steps]
    c = held.gates[steps.start + 1 : steps.stop + 1, :, 4 * H :]
    if held.sums is None:
        gates, g = slice(3 * H), slice(3 * H, 4 * H)
        np.subtract(1, now[:, :, gates], out=factors[:, :, gates])
        factors[:, :, gates] *= now[:, :, gates]
        _tanh_slope(now[:, :, g], factors[:, :, g])
        np.tanh(c, out=through)
        factors[:, :, :H] *= through
        _tanh_slope(through, through)
    else:
        for f, rows in _places(lstm):
            factors[:, :, rows] = f.formulas[1](held.sums[steps, :, rows])
        value, slope, _ = lstm.output.formulas
        factors[:, :, :H] *= value(c)
        through[:] = slope(c)
    factors[:, :, H : 3 * H] *= now[:, :, 3 * H :]
    factors[:, :, 3 * H :] *= now[:, :, H : 2 * H]
    through *= now[:, :, :H]


def _tanh_slope(y: Array, out: Array) -> None:
    """1 − y², the slope of tanh where it is y."""
    np.multiply(y, y, out=out)
    np.subtract(1, out, out=out)


def _step_back(
    dz: Array,
    through: Array,
    forgotten: Array,
    asked: list[Array],
    back: Array,
    dh: Array,
    dc: Array,
) -> None:
    """Turn the factors in `dz` into ∂L/∂z, step by step, and take dh and dc along."""
    n, R, H, B = through.shape
    three = dz[:, :, H:].reshape(n, R, 3, H, B)
    each = zip(dz, dz[:, :, :H], three, through, forgotten, *asked)
    for now, dz_o, dz_ifg, through_h, f, dh_asked, *dc_asked in reversed([*each]):
        dh += dh_asked
        dz_o *= dh
        through_h *= dh
        dc += through_h
        for one in dc_asked:
            dc += one
        dz_ifg *= dc[:, None]
        dc *= f
        np.matmul(back, now, out=dh)
