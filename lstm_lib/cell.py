"""One step of an LSTM, written so that it reads like its equations.

z_k = W_k x + U_k h_{t−1} + b_k  for k in i, f, g, o, and then

    i = σ(z_i)   f = σ(z_f)   g = tanh(z_g)   o = σ(z_o)
    c_t = f ⊙ c_{t−1} + i ⊙ g
    h_t = o ⊙ tanh(c_t)

The gates i, f, o say how much; the candidate g says what; c is the cell state
and h the hidden state, which is also the output. Hochreiter & Schmidhuber
(1997), with the forget gate of Gers, Schmidhuber & Cummins (2000).
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks
from lstm_lib.activations import Activation, sigmoid, tanh
from lstm_lib.recurrent import Layer

__all__ = ["LSTM", "Step", "step"]

Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class LSTM(Layer):
    """The parameters of one LSTM layer with H units and D inputs.

    The first axis of each array runs over i, f, g, o, as in PyTorch's
    `weight_ih`, `weight_hh` and (one) bias. Before it there may be an axis R of
    replicas: LSTMs of one size that only share the call. The arrays are copied and
    made read-only; integers become float64, float32 and float64 stay.

    Attributes:
        W: input weights (4, H, D), or (R, 4, H, D).
        U: recurrent weights (4, H, H), or (R, 4, H, H).
        b: biases (4, H), or (R, 4, H).
        gate: activation of i, f and o; σ unless told otherwise.
        candidate: activation of g; tanh unless told otherwise.
        output: activation of c on its way out; tanh unless told otherwise.

    Raises:
        TypeError: a parameter is not an array of real numbers, the three differ
            in type, or an activation is not an `Activation`.
        ValueError: a shape does not fit, or a parameter is NaN or infinite.
    """

    axes, gates = 3, (4,)
    W: Array
    U: Array
    b: Array
    gate: Activation = sigmoid
    candidate: Activation = tanh
    output: Activation = tanh

    @classmethod
    def init(
        cls,
        rng: np.random.Generator,
        inputs: int,
        hidden: int,
        forget_bias: float = 1.0,
    ) -> Self:
        """Draw every parameter uniform in ±1/√H, then set b_f to `forget_bias`.

        The bounds are PyTorch's. A forget bias of 1 lets a new cell keep about
        73 % of its state at each step (Jozefowicz, Zaremba & Sutskever 2015).

        Args:
            rng: the source of chance, `np.random.default_rng(seed)`.
            inputs: D ≥ 1.
            hidden: H ≥ 1.
            forget_bias: any finite number.

        Raises:
            TypeError: `rng` is no Generator, or a size is not an integer.
            ValueError: a size is below 1, or `forget_bias` is not finite.
        """
        checks.instance("rng", rng, np.random.Generator)
        D, H = checks.size("inputs", inputs), checks.size("hidden", hidden)
        bound = 1 / np.sqrt(H)
        W = rng.uniform(-bound, bound, (4, H, D))
        U = rng.uniform(-bound, bound, (4, H, H))
        b = rng.uniform(-bound, bound, (4, H))
        b[1] = checks.number("forget_bias", forget_bias)
        return cls(W, U, b)


class Step(NamedTuple):
    """Everything one step computes; each array is (B, H)."""

    z_i: Array
    z_f: Array
    z_g: Array
    z_o: Array
    i: Array
    f: Array
    g: Array
    o: Array
    c: Array
    h: Array


def step(lstm: LSTM, x: ArrayLike, h: ArrayLike, c: ArrayLike) -> Step:
    """Advance `lstm` by one time step, for each of B sequences.

    Args:
        lstm: the parameters.
        x: input (B, D).
        h: previous hidden state (B, H).
        c: previous cell state (B, H).

    Returns:
        The pre-activations, gates, candidate and new states. With the standard
        activations i, f, o lie in (0, 1), g and h in (−1, 1); c has no bound of
        its own. float32 throughout gives float32, float64 otherwise. Numbers near
        the end of the range overflow to infinity, with NumPy's warning.

    Raises:
        TypeError: an input is not an array of real numbers.
        ValueError: a shape does not fit, or an input is NaN or infinite.
    """
    checks.instance("lstm", lstm, LSTM)
    if lstm.replicas is not None:
        raise ValueError(f"lstm has {lstm.replicas} replicas; expected a single LSTM")
    x, h, c = map(checks.finite_array, ("x", "h", "c"), (x, h, c))
    if x.ndim != 2 or x.shape[1] != lstm.inputs or len(x) == 0:
        raise ValueError(f"x has shape {x.shape}; expected (B, {lstm.inputs})")
    checks.shape("h", h, (len(x), lstm.hidden))
    checks.shape("c", c, (len(x), lstm.hidden))

    z_i, z_f, z_g, z_o = (
        x @ W.T + h @ U.T + b for W, U, b in zip(lstm.W, lstm.U, lstm.b)
    )
    i = lstm.gate(z_i)
    f = lstm.gate(z_f)
    g = lstm.candidate(z_g)
    o = lstm.gate(z_o)
    c = f * c + i * g
    h = o * lstm.output(c)
    return Step(z_i, z_f, z_g, z_o, i, f, g, o, c, h)
