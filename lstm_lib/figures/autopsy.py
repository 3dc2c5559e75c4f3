"""A counter that loses count: its state, what it has lost, and how far it reaches."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.drift import drift, reach, reached, walk
from lstm_lib.figures.picture import (
    COLOURS,
    INK,
    SHADES,
    Picture,
    house_style,
    note,
)

__all__ = ["MOST", "STRENGTHS", "autopsy"]

Array = NDArray[np.floating]
STRENGTHS = (1.0, 20.0)  # a softer gate does not count even to 1
MOST = 100_000  # a, and as many b
DASHED = (0, (5, 2))  # is predicted; what is computed is solid
DOTTED = (0, (1, 1.5))
POINTS = 151  # of a curve


@house_style()
def autopsy(strength: float, n: int) -> Picture:
    """The counter reading aⁿbⁿ: its state, how far it is off, and its reach.

    Args:
        strength: B, 1 ≤ B ≤ 20.
        n: how many a, and how many b, 1 to 100 000.

    Raises:
        TypeError, ValueError: `strength` is no such number, or `n` no such integer.
    """
    _in_sight(strength, n)
    states = np.concatenate([[0.0], walk(strength, n, n)])
    count = n - np.abs(np.arange(2 * n + 1) - n)
    failure = _first(np.abs(states - count) >= 0.5)
    picture = Picture(_in_words(strength, n, states, count, failure), (5.2, 4.6))
    places = [["state", "plane"], ["off", "plane"]]
    axes = picture.subplot_mosaic(places, width_ratios=[1.25, 1])
    steps = np.unique(np.linspace(0, 2 * n, POINTS).round().astype(int))
    _state(axes["state"], steps, states, count)
    _off(axes["off"], steps, states - count, _predicted(strength, n, steps))
    if failure is not None:
        _mark(axes["state"], axes["off"], failure, n)
    _plane(axes["plane"], strength, n)
    return picture


def _in_sight(strength: float, n: int) -> None:
    low, high = STRENGTHS
    if not low <= checks.number("strength", strength) <= high:
        expected = f"expected a number from {low:g} to {high:g}"
        raise ValueError(f"strength is {strength:g}; {expected}")
    if checks.size("n", n) > MOST:
        raise ValueError(f"n is {n}; expected an integer from 1 to {MOST}")


def _first(wrong: NDArray[np.bool]) -> int | None:
    """The first place that is true, if any."""
    return int(wrong.argmax()) if wrong.any() else None


def _predicted(strength: float, n: int, steps: Array) -> Array:
    """About how far the state is off after so many steps; after all it is `drift`."""
    down = np.maximum(0, steps - n)
    up = steps - down
    return -np.exp(-strength) * (up * (up + 1) / 2 + n * down - down * (down + 1) / 2)


@cache
def _measured(strengths: range) -> list[int]:
    """How far counters of these strengths reach when they are walked."""
    return [reached(strength) for strength in strengths]


def _state(axes: Axes, steps: Array, states: Array, count: Array) -> None:
    """The state over the steps, and the count that it should be."""
    n = len(count) // 2
    axes.plot(steps, states[steps], color=COLOURS["c"])
    axes.plot(steps, count[steps], color=INK, linestyle=DOTTED)
    axes.set_xticks([0, n, 2 * n], [])
    axes.set_title("State: solid\nTrue count: dots")
    axes.set_ylabel("c")


def _off(axes: Axes, steps: Array, off: Array, predicted: Array) -> None:
    """How far the state is off, computed and predicted; in the band it rounds right."""
    axes.axhspan(-0.5, 0.5, color=COLOURS["g"], alpha=0.2, linewidth=0)
    low = min(-0.75, 1.1 * off.min())
    axes.plot(steps, off[steps], color=COLOURS["c"])
    axes.plot(steps, np.maximum(predicted, 2 * low), color=INK, linestyle=DASHED)
    axes.set_ylim(low, 0.75)
    axes.set_xticks(steps[[0, len(steps) // 2, -1]])
    axes.set_title("Off by, computed: solid\nPredicted: dashed")
    axes.set_xlabel("steps")
    axes.set_ylabel("c − true count")


def _mark(state: Axes, off: Axes, failure: int, n: int) -> None:
    """A line through both where the count first fails, and its name."""
    for axes in (state, off):
        axes.axvline(failure, color=INK, linewidth=1)
    state.set_ylim(top=1.25 * n)
    side, offset = ("left", 4) if failure < n else ("right", -4)
    note(state, failure, 1.12 * n, "first failure", (offset, 0), ha=side)


def _plane(axes: Axes, strength: float, n: int) -> None:
    """How far counters reach, predicted and computed; and where this one stands."""
    strengths = range(2, 21, 2)
    ends = np.array([1.0, 20.0])
    axes.set_yscale("log")
    axes.minorticks_off()
    axes.plot(ends, [reach(B) for B in ends], color=INK, linestyle=DASHED)
    axes.plot(strengths, _measured(strengths), "o", color=COLOURS["c"], markersize=4)
    axes.plot(strength, n, "s", color=INK, markersize=7, clip_on=False, zorder=3)
    note(axes, 1, 2e4, "above:\nnot balanced", (0, 0))
    note(axes, 19.5, 1.3, "below:\nbalanced", (0, 0), ha="right")
    note(axes, 19.5, 40, "dots:\ncomputed", (0, 0), SHADES["c"], ha="right")
    axes.set(xlim=(0, 20.5), ylim=(1, 1.3 * MOST), xticks=range(0, 21, 5))
    axes.set_title("Reach of each B\nSquare: this one")
    axes.set_xlabel("strength B")
    axes.set_ylabel("n")


def _in_words(
    strength: float, n: int, states: Array, count: Array, failure: int | None
) -> str:
    end = states[-1]
    found = "It never rounds to a wrong count."
    if failure is not None:
        counted = np.rint(states[failure]) + 0.0
        found = (
            f"First failure at step {failure}: counted {counted:.0f}, true"
            f" {count[failure]}."
        )
    return (
        f"A counter of strength B = {strength:g} reads {n} a and {n} b. Its state rises"
        f" to {states[n]:.4g}, where the true count is {n}, and ends at {end:.4g};"
        f" predicted is {drift(strength, n):.4g}. {found} At the end"
        f" it takes the text for {'' if abs(end) < 0.5 else 'not '}balanced. With this"
        f" B it does so up to n = {reached(strength)}, computed; predicted is"
        f" {reach(strength):.4g}. Over B, the reach is a rising line on a scale of"
        f" powers of ten: by two in B it grows by e."
    )
