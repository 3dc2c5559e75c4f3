"""How much of a change is left later on, in small networks that nobody has trained.

Ten LSTMs of 6 units read the same 31 random numbers. Each is drawn as PyTorch
draws it, rounded to hundredths; then the forget bias b is set, and the recurrent
weights U are multiplied by a gain. Their plain rivals are what is left of them when
all gates are taken away, h_t = φ(W_g x_t + U_g h_{t−1} + b_g). And at the other end
stands a cell whose forget gate is held at σ(b) and whose U is 0: of a change there
σ(b)ⁿ is left after n steps.
"""

import math
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib import checks, rivals, sequence
from lstm_lib.activations import relu, sigmoid, tanh
from lstm_lib.cell import LSTM
from lstm_lib.jacobian import chain, paths, size

__all__ = [
    "ENDS",
    "KINDS",
    "NETWORKS",
    "STEPS",
    "Left",
    "crossing",
    "drawn",
    "half_life",
    "held",
    "in_sight",
    "inputs",
    "left",
]

Array = NDArray[np.floating]
NETWORKS, UNITS, STEPS = 10, 6, 31
PLAIN = MappingProxyType({"tanh-RNN": tanh, "ReLU-RNN": relu, "σ-RNN": sigmoid})
KINDS = ("LSTM", "f held", *PLAIN)
# As far as the networks are looked at.
ENDS = MappingProxyType({"bias": (-2.0, 8.0), "gain": (0.0, 3.0)})


class Left(NamedTuple):
    """What is left of a change of state s, by path, in states t = s, s + 1, ….

    Each is (N, 31 − s), a `jacobian.size` for each of N networks. `direct` and `rest`
    are None for plain networks, which have no direct path.
    """

    direct: Array | None
    rest: Array | None
    whole: Array


@cache
def drawn() -> LSTM:
    """The networks as they are drawn, 10 replicas, with forget biases of 0.

    All parameters are hundredths; network k is drawn from seed k.
    """
    rngs = map(np.random.default_rng, range(NETWORKS))
    lstms = [LSTM.init(rng, 1, UNITS, forget_bias=0) for rng in rngs]
    return LSTM.stack(
        LSTM(*(np.round(getattr(one, name), 2) for name in "WUb")) for one in lstms
    )


@cache
def inputs() -> Array:
    """What all networks read: 31 normal random numbers, in hundredths."""
    return np.round(np.random.default_rng(0).normal(size=STEPS), 2)


def left(kind: str, bias: float, gain: float, s: int = 0) -> Left:
    """What is left in each network of a change of its state s.

    Args:
        kind: a name in `KINDS`.
        bias: the forget bias b, in [−2, 8]; of no effect on plain networks.
        gain: by which the recurrent weights are multiplied, in [0, 3]; of no effect
            where f is held.
        s: the state that is changed, 0 ≤ s < 31; state 0 is that after the first step.

    Raises:
        TypeError, ValueError: an argument is not as above.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; expected one of {', '.join(KINDS)}")
    bias, gain = in_sight("bias", bias), in_sight("gain", gain)
    W, U, b = (getattr(drawn(), name) for name in "WUb")
    x = np.broadcast_to(inputs()[:, None, None], (NETWORKS, STEPS, 1, 1))
    if kind in PLAIN:
        rnn = rivals.RNN(W[:, 2], gain * U[:, 2], b[:, 2], PLAIN[kind])
        return Left(None, None, _sizes(chain(rivals.forward(rnn, x), s)))
    W, b = W.copy(), b.copy()
    b[:, 1] = bias
    if kind == "f held":
        W[:, 1], gain = 0, 0
    found = paths(sequence.forward(LSTM(W, gain * U, b), x), s)
    return Left(*map(_sizes, (found.direct, found.rest, found.whole)))


def _sizes(jacobians: Array) -> Array:
    """The size of each, of networks that read one sequence."""
    return size(jacobians)[..., 0]


def held(bias: float) -> float:
    """σ(b), the share that a forget gate keeps which is held at its bias b."""
    return float(sigmoid(in_sight("bias", bias)))


def half_life(bias: float) -> float:
    """After how many steps such a gate has kept half: ln ½ / ln σ(b)."""
    return math.log(2) / math.log1p(math.exp(-in_sight("bias", bias)))


def crossing(sizes: ArrayLike) -> float | None:
    """After how many steps no more than half is left: where the curve falls to ½.

    The curve is drawn on a scale of powers of ten, as a line from step to step, so
    that of σ(b)ⁿ gives `half_life`; where it falls to 0, the step itself counts.

    Args:
        sizes: what is left after 0, 1, … steps (T,), ≥ 0, at first more than ½.

    Returns:
        The first such place, or None if there is none.

    Raises:
        TypeError: `sizes` does not hold real numbers.
        ValueError: it is not as above, or holds NaN or infinity.
    """
    sizes = checks.finite_array("sizes", sizes)
    if sizes.ndim != 1 or not len(sizes) or sizes.min() < 0 or sizes[0] <= 0.5:
        raise ValueError("sizes is not as expected: (T,), ≥ 0, the first > ½")
    halved = sizes <= 0.5
    if not halved.any():
        return None
    n = int(halved.argmax())
    before, after = map(float, sizes[n - 1 : n + 1])
    return n - (math.log(0.5 / after) / math.log(before / after) if after else 0.0)


def in_sight(name: str, value: float) -> float:
    """`value` as a bias or gain, whichever `name` says, within its `ENDS`.

    Raises:
        TypeError, ValueError: it is no number, or out of bounds.
    """
    number, (low, high) = checks.number(name, value), ENDS[name]
    if not low <= number <= high:
        expected = f"expected a number from {low:g} to {high:g}"
        raise ValueError(f"{name} is {number:g}; {expected}".replace("-", "−"))
    return number
