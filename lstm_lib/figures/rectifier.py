"""What a ReLU does at its kink, to its gradient, in training and in a loop."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lib.activations import relu
from lstm_lib.figures.picture import (
    COLOURS,
    DASHES,
    INK,
    SHADES,
    Picture,
    house_style,
    minus,
    note,
)

__all__ = ["dying", "flat_shares", "kinds", "loops", "supports"]

Array = NDArray[np.floating]
LOOK = ((INK, INK), (COLOURS["c"], SHADES["c"]), (COLOURS["f"], SHADES["f"]),
        (COLOURS["g"], SHADES["g"]))  # fmt: skip


@house_style()
def supports(slopes: Sequence[float], reach: float = 2.0) -> Picture:
    """ReLU on [−reach, reach] with lines of the given slopes through its kink."""
    z = np.array([-reach, 0, reach])
    below = [f"{s:g}" for s in slopes if (s * z <= relu(z)).all()]
    above = [f"{s:g}" for s in slopes if (s * z > relu(z)).any()]
    picture = Picture(
        "ReLU: 0 up to its kink at z = 0, then a line of slope 1. Lines through the"
        f" kink with the slopes {', '.join(below)} are nowhere above it; with the"
        f" slopes {', '.join(above)} they are.",
        (5.2, 2.9),
    )
    axes = picture.subplots()
    axes.plot(z, relu(z), color="#B5B5B5", linewidth=6, solid_joinstyle="miter")
    for s in slopes:
        colour, style = (INK, "-") if f"{s:g}" in below else (COLOURS["c"], DASHES[1])
        axes.plot(z, s * z, color=colour, linestyle=style, linewidth=1.2)
        words = SHADES["c"] if f"{s:g}" in above else INK
        note(axes, reach, s * reach, minus(f"slope {s:g}"), (4, -3), words, size=9)
    note(axes, -0.95 * reach, 0, "ReLU", (0, -14))
    axes.set(xlim=(-reach, 1.35 * reach), xticks=range(-2, 3))
    axes.set_xlabel("z")
    axes.set_title("Any slope from 0 to 1 stays below the curve")
    return picture


@house_style()
def flat_shares(spread: Array, shares: Mapping[str, Array]) -> Picture:
    """Share of inputs at which each activation is flat, against their spread."""
    told = " ".join(
        f"{name}: {share[0]:.0%} at {spread[0]:.3g}, {share[-1]:.0%} at"
        f" {spread[-1]:.3g}."
        for name, share in shares.items()
    )
    picture = Picture(
        "Share of normal inputs around 0 at which the slope is below 0.01, against"
        f" their standard deviation. {told}",
        (5.2, 2.9),
    )
    axes = picture.subplots()
    middle = len(spread) // 3
    for (name, share), (line, word), style in zip(shares.items(), LOOK, DASHES):
        axes.plot(spread, np.round(share, 9), color=line, linestyle=style)
        note(axes, spread[middle], share[middle], name, (-8, 8), word, ha="right")
    axes.set(xscale="log", ylim=(-0.03, 1))
    axes.set_xlabel("standard deviation of z, its mean 0")
    axes.set_ylabel("share with slope < 0.01")
    axes.set_title("Wider inputs shut tanh; ReLU stays half open")
    return picture


@house_style()
def dying(runs: Mapping[str, tuple[Array, Array]]) -> Picture:
    """Share of dead units after 0, 1, 2 … updates: mean and margin of each run.

    A raster, for what is trained hangs on the processor's last digits.
    """
    told = " ".join(
        f"{name}: {mean[0]:.0%} before the first update, {mean[-1]:.0%} after"
        f" {len(mean) - 1}."
        for name, (mean, _) in runs.items()
    )
    picture = Picture(
        f"Share of dead hidden units against updates, with 95 % intervals. {told}",
        raster=True,
    )
    axes = picture.subplots()
    for (name, (mean, margin)), (line, word), style in zip(runs.items(), LOOK, DASHES):
        at = np.arange(len(mean))
        axes.fill_between(at, mean - margin, mean + margin, color=line, alpha=0.2, lw=0)
        axes.plot(at, mean, color=line, linestyle=style)
        note(axes, at[-1], mean[-1], name, (6, -4), word)
    axes.set_xscale("symlog", linthresh=1)
    axes.set(xlim=(0, len(mean) - 1), ylim=(0, 0.8))
    axes.set_xticks([0, 1, 10, 100], ["0", "1", "10", "100"])
    axes.set_xlabel("updates (shaded: 95 % interval over networks)")
    axes.set_ylabel("share of dead units")
    axes.set_title("Units die early, and from large steps")
    return picture


@house_style()
def kinds(
    names: Sequence[str], dead: Sequence[float], on: Sequence[float], label: str
) -> Picture:
    """Shares of units that are dead, that bend, and that are never 0, after training.

    A raster, for what is trained hangs on the processor's last digits.
    """
    told = "; ".join(
        f"{name}: {d:.0%} dead, {a:.0%} always on"
        for name, d, a in zip(names, dead, on, strict=True)
    )
    picture = Picture(
        "Shares of hidden units by kind after training, one bar for each"
        f" {label}. {told}.",
        (5.2, 3.0),
        raster=True,
    )
    axes = picture.subplots()
    bends, left = 1 - np.add(dead, on), np.zeros(len(names))
    for share, colour, hatch, word in (
        (dead, INK, "", "dead"), (bends, "#FFFFFF", "", "0 for some points"),
        (on, "#CFE3F1", "///", "always on"),
    ):  # fmt: skip
        axes.barh(names, share, left=left, color=colour, hatch=hatch, ec=INK, lw=0.8,
                  label=word)  # fmt: skip
        left = left + share
    axes.invert_yaxis()
    axes.set(xlim=(0, 1), xlabel="share of hidden units after training", ylabel=label)
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.22), ncols=3,
                frameon=False, fontsize=9)  # fmt: skip
    axes.set_title("Few dead units do not make a good start")
    return picture


@house_style()
def loops(paths: Mapping[str, ArrayLike]) -> Picture:
    """A number that goes round a loop, one line per loop, on a logarithmic scale."""
    picture = Picture(
        "A number after each round of a loop, on a logarithmic scale. "
        + " ".join(
            f"{name}: {path[0]:g} becomes {path[-1]:.3g} in {len(path) - 1} rounds."
            for name, path in paths.items()
        )
    )
    axes = picture.subplots()
    for (name, path), (line, word), style in zip(paths.items(), LOOK, DASHES):
        axes.plot(np.round(path, 9), color=line, linestyle=style)
        note(axes, len(path) - 1, path[-1], name, (6, -4), word, size=9)
    axes.set(yscale="log", xlim=(0, len(path) - 1))
    axes.set_xlabel("rounds")
    axes.set_ylabel("h")
    axes.set_title("Above w = 1, only the bounded one stays")
    return picture
