"""A task that no straight line can do: tell two spirals apart."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from lstm_lib import checks

__all__ = ["spirals"]

Array = NDArray[np.floating]


def spirals(
    rngs: Iterable[np.random.Generator], points: int, turns: float = 1.0
) -> tuple[Array, Array]:
    """Draw points on two arms that wind around each other, one draw for each rng.

    Args:
        rngs: R sources of chance.
        points: N, how many points are drawn, an even number; half on each arm.
        turns: how often an arm winds around the middle, > 0.

    Returns:
        Inputs (R, N, 2), within about ±1.2 and scattered by 0.05 around the arms,
        and labels (R, N), 0 on the one arm and 1 on the other.

    Raises:
        TypeError, ValueError: an argument is not as above.
    """
    half, odd = divmod(checks.size("points", points), 2)
    if odd:
        raise ValueError(f"points is {points}; expected an even number")
    if checks.number("turns", turns) <= 0:
        raise ValueError(f"turns is {turns}; expected a number > 0")
    labels = np.repeat([0.0, 1.0], half)
    drawn = []
    for rng in rngs:
        checks.instance("rngs", rng, np.random.Generator)
        radius = rng.uniform(0.1, 1, points)
        angle = 2 * np.pi * turns * radius + np.pi * labels
        arms = radius * np.array([np.cos(angle), np.sin(angle)])
        drawn.append(arms.T + 0.05 * rng.normal(size=(points, 2)))
    if not drawn:
        raise ValueError("rngs is empty; expected at least one Generator")
    return np.array(drawn), np.tile(labels, (len(drawn), 1))
