"""How much of a change of one state is left later on, in networks as they are drawn."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import NDArray

from lstm_lib import checks
from lstm_lib.figures.picture import COLOURS, DASHES, INK, Picture, house_style, note
from lstm_lib.scope import NETWORKS, STEPS, Left, crossing, held, left

__all__ = ["SHOWN", "scope"]

Array = NDArray[np.floating]
SHOWN = 24  # states, of which all pairs are shown
DECADES = (-6, 3)  # powers of ten that are told apart
# Pale for the lowest and what is below, vermilion at 0, nearly black at the top.
SCALE = LinearSegmentedColormap.from_list(
    "left", [(0, "#FDEEE4"), (6 / 9, COLOURS["c"]), (1, "#331400")]
)


@house_style()
def scope(kind: str, bias: float, gain: float, s: int, t: int) -> Picture:
    """What is left against the distance, and for each pair of the first 24 states.

    Args:
        kind: a name in `lstm_lib.scope.KINDS`.
        bias: the forget bias, in [−2, 8].
        gain: of the recurrent weights, in [0, 3].
        s: the pair to be marked: the state after step s, 1 ≤ s ≤ t …
        t: … and that after step t, s ≤ t ≤ 24.

    Raises:
        TypeError, ValueError: an argument is not as above.
    """
    if not checks.size("s", s) <= checks.size("t", t) <= SHOWN:
        raise ValueError(f"s, t are {s}, {t}; expected 1 ≤ s ≤ t ≤ {SHOWN}")
    found = left(kind, bias, gain)
    pairs = _pairs(kind, bias, gain)
    picture = Picture(_in_words(kind, bias, gain, found, pairs, s, t), (5.2, 3.3))
    curves, plane = picture.subplots(1, 2, width_ratios=[1.2, 1])
    _curves(curves, found, None if found.direct is None else held(bias))
    _mark(curves, t - s, _clipped(pairs[t - 1, s - 1]))
    _map(plane, pairs, s, t)
    return picture


def _pairs(kind: str, bias: float, gain: float) -> Array:
    """The whole that is left in the first network, [t, s] from 0; NaN before s."""
    found = np.full((SHOWN, SHOWN), np.nan)
    for s in range(SHOWN):
        found[s:, s] = left(kind, bias, gain, s).whole[0, : SHOWN - s]
    return found


def _clipped(sizes: Array) -> Array:
    """Sizes that stay near the frame, and hang on no last digits."""
    low, high = (10.0**power for power in (DECADES[0] - 1, DECADES[1] + 1))
    return np.round(np.log10(np.clip(sizes, low, high)), 5)


def _curves(axes: Axes, found: Left, kept: float | None) -> None:
    """The middle one of the networks, with the middle half of them."""
    n = np.arange(STEPS)
    low, middle, high = map(_clipped, np.quantile(found.whole, [0.25, 0.5, 0.75], 0))
    axes.fill_between(n, low, high, color=COLOURS["c"], alpha=0.25, linewidth=0)
    axes.plot(n, middle, color=COLOURS["c"])
    title = "Left after n steps:\nsolid, the whole"
    if kept is not None:
        direct = _clipped(np.median(found.direct, axis=0))
        axes.plot(n, direct, color=COLOURS["f"], linestyle=DASHES[1])
        axes.plot(n, _clipped(kept**n), color=INK, linestyle=DASHES[2], linewidth=1)
        title += "; dashed, direct"
    axes.axhline(np.round(np.log10(0.5), 5), color=INK, linewidth=0.8)
    after = crossing(np.median(found.whole, axis=0))
    if after is not None:
        axes.plot(round(after, 5), np.round(np.log10(0.5), 5), "v", color=INK)
        note(axes, round(after, 5), 0, f"half after {after:.3g}", (6, 6))
    powers = range(DECADES[0], DECADES[1] + 1, 2)
    axes.set_yticks(powers, [f"$10^{{{k}}}$" if k else "1" for k in powers])
    axes.set(xlim=(0, STEPS - 1), ylim=DECADES, xlabel="distance n = t − s in steps")
    axes.set_title(title)


def _map(axes: Axes, pairs: Array, s: int, t: int) -> None:
    """The powers of ten for all pairs, and the one that is picked."""
    tones = np.clip(_clipped(np.nan_to_num(pairs, nan=1.0)), *DECADES)
    tones = np.ma.array(tones, mask=np.isnan(pairs))
    ends = (0.5, SHOWN + 0.5) * 2
    look = {"vmin": DECADES[0], "vmax": DECADES[1], "cmap": SCALE, "origin": "lower"}
    image = axes.imshow(tones, extent=ends, interpolation="nearest", **look)
    _mark(axes, s, t)
    bar = axes.figure.colorbar(image, ax=axes, location="bottom", shrink=0.9)
    bar.set_label("what is left")
    bar.set_ticks([-6, -3, 0, 3], labels=["$10^{-6}$", "$10^{-3}$", "1", "$10^3$"])
    axes.set(xlabel="from step s", ylabel="to step t")
    axes.set_xticks([1, 6, 12, 18, 24])
    axes.set_yticks([1, 6, 12, 18, 24])
    axes.grid(visible=False)
    axes.set_title("All pairs of\none network")


def _mark(axes: Axes, x: float, y: float) -> None:
    """A square around a place, to be seen on light and on dark."""
    for colour, width in (("white", 4), (INK, 2)):
        look = {"markerfacecolor": "none", "markeredgecolor": colour, "markersize": 8}
        axes.plot(x, y, "s", markeredgewidth=width, clip_on=False, zorder=4, **look)


def _in_words(
    kind: str, bias: float, gain: float, found: Left, pairs: Array, s: int, t: int
) -> str:
    """What is left at some distances, and for the pair."""
    middle = np.median(found.whole, axis=0)
    after = crossing(middle)
    half = "in 30 steps never" if after is None else f"after {after:.3g} steps"
    told = ", ".join(f"{middle[n]:.2g} after {n}" for n in (10, 20, 30))
    by_bias = f" with a forget bias of {bias:g}" if found.direct is not None else ""
    direct = ""
    if found.direct is not None:
        only = np.median(found.direct, axis=0)
        told_direct = f"{only[10]:.2g} after 10 steps, {only[30]:.2g} after 30"
        direct = f" By the direct path alone {told_direct}."
    return (
        f"What is left of a change of a state, on a scale of powers of ten, in"
        f" {NETWORKS} networks of the kind {kind}{by_bias}, recurrent weights times"
        f" {gain:g}. In the middle one {told} steps; half is left {half}.{direct} A map"
        f" shows it for all pairs of 24 states of one network: from step {s} to step"
        f" {t} {pairs[t - 1, s - 1]:.2g} is left."
    )
