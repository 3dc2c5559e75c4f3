"""The plain recurrent networks that an LSTM is compared with.

    z_t = W x_t + U h_{t−1} + b        h_t = φ(z_t)

One state, no gates (Elman 1990); φ is any activation. On the way back

    ∂L/∂z_t = ∂L/∂h_t ⊙ φ′(z_t)        ∂L/∂h_{t−1} += Uᵀ ∂L/∂z_t

and so what comes from the future is multiplied by φ′ and Uᵀ at every step. As in
sequence.py a step is one product, [U W b] · [h; x; 1]; its columns are the sequences.
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import Activation, tanh
from lstm_lib.recurrent import Layer, columns, rows

__all__ = ["RNN", "Gradients", "Trace", "backward", "forward"]

Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class RNN(Layer):
    """The parameters of one plain recurrent layer with H units and D inputs.

    Attributes:
        W: input weights (H, D), or (R, H, D) for R replicas.
        U: recurrent weights (H, H), or (R, H, H).
        b: biases (H), or (R, H).
        activation: φ; tanh unless told otherwise.

    Raises:
        TypeError, ValueError: as `Layer` does.
    """

    W: Array
    U: Array
    b: Array
    activation: Activation = tanh

    @classmethod
    def init(
        cls,
        rng: np.random.Generator,
        inputs: int,
        hidden: int,
        activation: Activation = tanh,
    ) -> Self:
        """Draw every parameter uniform in ±1/√H, as PyTorch does.

        Args:
            rng: the source of chance, `np.random.default_rng(seed)`.
            inputs: D ≥ 1.
            hidden: H ≥ 1.
            activation: φ.

        Raises:
            TypeError, ValueError: an argument is not as above.
        """
        checks.instance("rng", rng, np.random.Generator)
        D, H = checks.size("inputs", inputs), checks.size("hidden", hidden)
        bound = 1 / np.sqrt(H)
        W, U, b = (rng.uniform(-bound, bound, size) for size in [(H, D), (H, H), H])
        return cls(W, U, b, activation)


@dataclass(frozen=True, eq=False)
class Trace:
    """All that a forward pass computes; `backward` needs it.

    `x` is (T, B, D), `z` and `h` are (T, B, H), where h[t] is the state *after* step
    t; with replicas, R stands before T. They are views of two arrays:

    Attributes:
        rnn: the parameters.
        fed: h_{t−1}, x_t and 1 (T + 1, R, H + D + 1, B); of the last step only h.
        sums: z_t (T, R, H, B).
    """

    rnn: RNN
    fed: Array
    sums: Array

    @property
    def x(self) -> Array:
        """The inputs."""
        return rows(self.rnn, self.fed[:-1, :, self.rnn.hidden : -1])

    @property
    def z(self) -> Array:
        """What φ is applied to."""
        return rows(self.rnn, self.sums)

    @property
    def h(self) -> Array:
        """The hidden state after each step."""
        return rows(self.rnn, self.fed[1:, :, : self.rnn.hidden])


class Gradients(NamedTuple):
    """∂L/∂ each parameter, input and initial state, with the shape of each."""

    W: Array
    U: Array
    b: Array
    x: Array
    h0: Array


def forward(rnn: RNN, x: ArrayLike, h0: ArrayLike | None = None) -> Trace:
    """Run `rnn` over B sequences of T steps.

    Args:
        rnn: the parameters, of one network or of R replicas.
        x: inputs (T, B, D), or (R, T, B, D) for replicas.
        h0: hidden state before the first step (B, H) or (R, B, H); 0 if not given.

    Returns:
        The `Trace`; h lies in the range of φ. Everything in float32 gives float32,
        float64 otherwise. Where φ has no bound, h may overflow to infinity, with
        NumPy's warning.

    Raises:
        TypeError, ValueError: an argument is not as above, or has NaN or infinity.
    """
    checks.instance("rnn", rnn, RNN)
    x, h = columns(rnn, x, h0=h0)
    (T, R, D, B), H = x.shape, rnn.hidden
    kind = np.result_type(rnn.W, x, h)
    fed = np.empty((T + 1, R, H + D + 1, B), kind)
    fed[0, :, :H], fed[:-1, :, H:-1], fed[:, :, -1] = h, x, 1
    sums = np.empty((T, R, H, B), kind)
    product = np.concatenate([rnn.U, rnn.W, rnn.b[..., None]], axis=-1)
    for t, z in enumerate(sums):
        np.matmul(product, fed[t], out=z)
        fed[t + 1, :, :H] = rnn.activation(z)
    return Trace(rnn, fed, sums)


def backward(rnn: RNN, trace: Trace, dh: ArrayLike) -> Gradients:
    """Back-propagate through time what the loss gets from each h directly.

    Args:
        rnn: the parameters of the forward pass.
        trace: what that pass computed.
        dh: ∂L/∂h_t, of the shape of `trace.h`.

    Returns:
        The `Gradients`. Those of the parameters are sums over the B sequences.

    Raises:
        TypeError, ValueError: an argument is not as above, or has NaN or infinity.
    """
    checks.instance("rnn", rnn, RNN)
    checks.instance("trace", trace, Trace)
    if trace.rnn is not rnn:
        raise ValueError("trace is of another RNN; expected one of `rnn` itself")
    dh = checks.finite_array("dh", dh)
    checks.shape("dh", dh, trace.h.shape)
    W, U = rnn.W.swapaxes(-1, -2), rnn.U.swapaxes(-1, -2)
    dz = rnn.activation.derivative(trace.sums)
    above = np.zeros_like(dz[0])
    for t in reversed(range(len(dz))):
        above += dh[..., t, :, :].swapaxes(-1, -2)
        dz[t] *= above
        np.matmul(U, dz[t], out=above)
    # One product sums over all steps and sequences.
    steps = (np.moveaxis(one, 0, 2) for one in (dz, trace.fed[:-1]))
    ours, fed = (one.reshape(*one.shape[:2], -1) for one in steps)
    summed = (ours @ fed.swapaxes(1, 2)).reshape(*rnn.b.shape, -1)
    H, dx, dh0 = rnn.hidden, rows(rnn, W @ dz), rows(rnn, above[None])[..., 0, :, :]
    return Gradients(summed[..., H:-1], summed[..., :H], summed[..., -1], dx, dh0)
