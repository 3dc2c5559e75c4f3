"""Why a counter with soft gates loses count, and when.

The counter of `lstm_lib.handmade` has one unit whose gates stand open, i = f = σ(B),
and whose candidate is ±tanh(B). With ε = e^−B it goes

    c_t = σ(B)·c_{t−1} ± σ(B)·tanh(B)

so each step loses about ε of all that was counted. What it holds after n steps up,
and then n down, is

    c_n  = e^B·tanh(B)·(1 − σ(B)^n)        ≈ n − ½ n (n + 1) ε
    c_2n = −e^B·tanh(B)·(1 − σ(B)^n)²      ≈ −n² ε

and is no longer read as 0 once that passes ½, at n ≈ √(e^B / 2).
"""

import math
from collections.abc import Callable
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.activations import sigmoid, tanh

__all__ = ["counted", "drift", "half_life", "reach", "reached", "walk"]

FURTHEST = 2**24  # steps; no walk is longer


def counted(strength: float, ups: int, downs: int = 0) -> float:
    """The state after so many steps up and then down, in closed form.

    Args:
        strength: B, 0 < B ≤ 100.
        ups: how many a are read, ≥ 1.
        downs: how many b after them, ≥ 0.

    Raises:
        TypeError, ValueError: `strength` or a number of steps is not what it should.
    """
    B, up = checks.strength(strength), checks.size("ups", ups)
    down = checks.size("downs", downs, 0)
    keep = -math.log1p(math.exp(-B))  # ln σ(B)
    up_lost, down_lost = -math.expm1(keep * up), -math.expm1(keep * down)
    return math.exp(B) * math.tanh(B) * (up_lost * (1 - down_lost) - down_lost)


def drift(strength: float, n: int) -> float:
    """About what is left of 0 after n steps up and n down: −n² e^−B.

    `strength` is B, 0 < B ≤ 100, and `n` ≥ 1; all else raises TypeError or ValueError.
    """
    return -(checks.size("n", n) ** 2) * math.exp(-checks.strength(strength))


def reach(strength: float) -> float:
    """About the largest n for which aⁿbⁿ still ends within ½ of 0: √(e^B / 2).

    `strength` is B, 0 < B ≤ 100; all else raises TypeError or ValueError.
    """
    return math.sqrt(math.exp(checks.strength(strength)) / 2)


def half_life(strength: float) -> float:
    """After how many steps a gate of σ(B) has kept half: ln 2 / ln(1 + e^−B).

    `strength` is B, 0 < B ≤ 100; all else raises TypeError or ValueError.
    """
    return math.log(2) / math.log1p(math.exp(-checks.strength(strength)))


def walk(
    strength: float,
    ups: int,
    downs: int = 0,
    dtype: type = np.float64,
    start: float = 0,
) -> NDArray[np.floating]:
    """The state after each step (ups + downs,), as `cell.step` computes it.

    Nothing is fed back, so that i, f and g are the same at each step; what is left
    to do is c ← f·c + i·g.

    Args:
        strength: B, 0 < B ≤ 100.
        ups: how many a are read, ≥ 1.
        downs: how many b after them, ≥ 0; ups + downs ≤ 2²⁴.
        dtype: np.float64, or np.float32 in which every number is then held.
        start: the state before the first step.

    Raises:
        TypeError, ValueError: an argument is not what it should be.
    """
    if dtype not in (np.float32, np.float64):
        raise TypeError(f"dtype is {dtype!r}; expected np.float32 or np.float64")
    down = checks.size("downs", downs, 0)
    if checks.size("ups", ups) + down > FURTHEST:
        raise ValueError(f"ups + downs is {ups + downs}; expected at most 2²⁴")
    start = checks.number("start", start)
    z = np.array([checks.strength(strength)], dtype)
    hold = float if dtype == np.float64 else dtype  # Python's own are float64, faster
    f, g = hold(sigmoid(z)[0]), hold(tanh(z)[0])
    added = hold(f * g)
    signs = [added] * ups + [-added] * down
    states = accumulate(signs, lambda c, ig: f * c + ig, initial=hold(start))
    return np.fromiter(states, dtype, len(signs) + 1)[1:]


def reached(strength: float) -> int:
    """The largest n for which aⁿbⁿ, walked in float64, is read as 0 at its end.

    `strength` is B, 1 ≤ B ≤ 30: a softer gate does not count even to 1, and beyond
    it takes too long to see a harder one fail. All else raises TypeError or
    ValueError.
    """
    if not 1 <= checks.strength(strength) <= 30:
        raise ValueError(f"strength is {strength}; expected from 1 to 30")
    return _last(lambda n: abs(walk(strength, n, n)[-1]) < 0.5)


def _last(holds: Callable[[int], bool]) -> int:
    """The last n for which something holds that holds no more from some n on."""
    high = 1
    while holds(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
