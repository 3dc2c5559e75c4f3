"""The figures of the cell: its wiring with numbers on it, and traces of its state."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from lstm_lib.cell import Step
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

__all__ = ["counts", "diagram", "trace"]

WIRE = "#9A9A9A"
LOOKS = ((INK, INK), (COLOURS["f"], SHADES["f"]), (COLOURS["c"], SHADES["c"]))
BUS, BOX, TOP = 1.2, 2.5, 5.9  # heights: inputs, gates, cell state


@house_style()
def diagram(step: Step, before: Step, symbol: str) -> Picture:
    """One unit reading `symbol`, each quantity at its wire.

    `before` is the previous step, `step` the one that is drawn; both of one
    unit and one sequence, arrays of shape (1, 1).
    """
    new, old = _numbers(step), _numbers(before)
    kept, added = new["f"] * old["c"], new["i"] * new["g"]
    alt = (
        f"The wiring of an LSTM unit that reads the letter {symbol}. The letter and the"
        f" previous hidden state, {old['h']:.3f}, go into four boxes, each with weights"
        " and a bias of its own. Three are sigmoids: of"
        f" {new['z_f']:g} the forget gate f, of {new['z_i']:g} the input gate i, of"
        f" {new['z_o']:g} the output gate o. One is a tanh: of {new['z_g']:g} the"
        f" candidate g. One: the old cell state {old['c']:.3f} times f ="
        f" {new['f']:.3f} is {kept:.3f}. Two: i = {new['i']:.3f} times g ="
        f" {new['g']:.3f} is {added:.3f}; added, it makes the new cell state"
        f" {new['c']:.3f}. Three: the tanh of that, which has no weights of its own,"
        f" times o = {new['o']:.3f}, is the new hidden state {new['h']:.3f}."
    )
    picture = Picture(alt, (5.2, 3.8))
    axes = picture.subplots()
    axes.set(xlim=(0, 10.6), ylim=(0.1, 7), aspect="equal")
    axes.axis("off")
    _wires(axes)
    _parts(axes)
    _labels(axes, new, old, symbol)
    for x, y, value in ((2.75, TOP + 0.3, kept), (4.75, 5.0, added)):
        axes.text(x, y, minus(f"{value:.3f}"), size=9)
    axes.set_title("Three gates say how much, one candidate says what")
    return picture


@house_style()
def trace(text: str, steps: Sequence[Step]) -> Picture:
    """Cell state and hidden state of one unit after each letter of `text`."""
    c, h = (np.array([0, *(getattr(s, k).item() for s in steps)]) for k in "ch")
    told = "; ".join(
        f"{letter}: c = {a:.3f}, h = {b:.3f}"
        for letter, a, b in zip(text, c[1:], h[1:], strict=True)
    )
    picture = Picture(f"Cell state c and hidden state h after each letter. {told}.",
                      (5.2, 2.8))  # fmt: skip
    axes = picture.subplots()
    axes.axhline(0, color=WIRE, linewidth=1)
    for name, y, offset in (("c", c, 8), ("h", h, -14)):
        axes.plot(y, color=COLOURS[name], marker="o", clip_on=False)
        axes.annotate(name, (2, y[2]), (0, offset), textcoords="offset points",
                      color=SHADES[name], weight="bold", ha="center")  # fmt: skip
    axes.set_xticks(range(len(c)), ["start", *text])
    axes.margins(y=0.15)
    axes.set_xlabel("letter read")
    axes.set_title("a counts up, b counts down, with a small leak")
    return picture


@house_style()
def counts(text: str, states: Mapping[str, ArrayLike], title: str) -> Picture:
    """Cell state after each letter of `text`, one line for each of up to three units.

    `states` holds the len(text) states of each, which all start from 0; `title` says
    what is found.
    """
    told = [
        f"{name}: {', '.join(f'{c:.3f}' for c in path)}."
        for name, path in states.items()
    ]
    words = f"Cell state after each letter of {text}, from 0."
    picture = Picture(" ".join([words, *told]), (5.2, 2.8))
    axes = picture.subplots()
    axes.axhline(0, color=WIRE, linewidth=1)
    for (name, path), (line, shade), dash in zip(states.items(), LOOKS, DASHES):
        path = np.round([0, *path], 9)
        look = {"color": line, "linestyle": dash, "marker": "o", "markersize": 4}
        axes.plot(path, clip_on=False, **look)
        note(axes, len(text), path[-1], name, (8, -4), shade)
    axes.set_xticks(range(len(text) + 1), ["start", *text])
    axes.set_xlabel("letter read")
    axes.set_ylabel("cell state c")
    axes.set_title(title)
    return picture


def _numbers(step: Step) -> dict[str, float]:
    return {name: value.item() for name, value in step._asdict().items()}


def _wires(axes: Axes) -> None:
    """Every connection, then the arrow heads where something arrives."""
    for x, y in (
        ((0.9, 10), (TOP, TOP)),
        ((0.9, 7.0), (BUS, BUS)),
        ((1.5, 1.5), (0.5, BUS)),
        ((2.4, 2.4), (BUS, TOP)),
        ((3.9, 3.9, 4.6), (BUS, 4.1, 4.1)),
        ((5.4, 5.4, 4.6), (BUS, 4.1, 4.1)),
        ((4.6, 4.6), (4.1, TOP)),
        ((7.0, 7.0, 8.4), (BUS, 3.7, 3.7)),
        ((8.4, 8.4, 10), (TOP, BUS, BUS)),
    ):
        axes.plot(x, y, color=WIRE, linewidth=1.5, zorder=1)
    for x, y in ((10, TOP), (10, BUS)):
        axes.plot(x, y, ">", color=WIRE, markersize=6)
    for x in (2.4, 3.9, 5.4, 7.0):
        axes.plot(x, BOX - 0.6, "^", color=WIRE, markersize=5)


def _parts(axes: Axes) -> None:
    """The four boxes with weights, the pointwise operations, the step numbers."""
    for x, name, text in (
        (2.4, "f", "σ"), (3.9, "i", "σ"), (5.4, "g", "tanh"), (7.0, "o", "σ"),
    ):  # fmt: skip
        frame = {"boxstyle": "square,pad=0.35", "fc": "white", "lw": 2}
        axes.text(x, BOX, text, ha="center", va="center",
                  bbox=frame | {"ec": COLOURS[name]})  # fmt: skip
    for x, y, sign in (
        (2.4, TOP, "×"), (4.6, 4.1, "×"), (4.6, TOP, "+"), (8.4, 3.7, "×"),
        (8.4, 4.8, "tanh"),
    ):  # fmt: skip
        frame = {"boxstyle": "round,pad=0.25", "fc": "#EEEEEE", "ec": INK}
        axes.text(x, y, sign, ha="center", va="center", size=9, bbox=frame)
    above = TOP + 0.6
    for x, y, number in ((2.0, above, 1), (4.25, above, 2), (8.95, 3.7, 3)):
        disc = {"boxstyle": "circle,pad=0.2", "fc": INK, "ec": INK}
        centred = {"ha": "center", "va": "center"}
        axes.text(x, y, number, size=8, color="white", bbox=disc, **centred)


def _labels(
    axes: Axes, new: dict[str, float], old: dict[str, float], symbol: str
) -> None:
    """Names and numbers beside their wires."""
    for x, y, name, text in (
        (0.1, TOP + 0.55, "c", f"$c_{{t-1}}$\n{old['c']:.3f}"),
        (9.4, TOP + 0.55, "c", f"$c_t$\n{new['c']:.3f}"),
        (0.1, BUS + 0.6, "h", f"$h_{{t-1}}$\n{old['h']:.3f}"),
        (9.4, BUS + 0.6, "h", f"$h_t$\n{new['h']:.3f}"),
        (2.5, 4.6, "f", f"$f$\n{new['f']:.3f}"),
        (2.95, 3.5, "i", f"$i$\n{new['i']:.3f}"),
        (5.5, 3.5, "g", f"$g$\n{new['g']:.3f}"),
        (7.1, 3.2, "o", f"$o$\n{new['o']:.3f}"),
    ):
        axes.text(x, y, text.replace("-0", "−0"), color=SHADES[name], va="center")
    axes.text(9.05, 4.8, "no weights", size=8, style="italic", va="center")
    axes.text(1.3, 0.45, f"$x_t$: {symbol}", va="center", ha="right")
    _names(axes, new)


def _names(axes: Axes, new: dict[str, float]) -> None:
    """Under each box what it is, what it says and the sum that it gets."""
    for x, name, word, says in (
        (2.4, "f", "forget", "how much"),
        (3.9, "i", "input", "how much"),
        (5.4, "g", "candidate", "what"),
        (7.0, "o", "output", "how much"),
    ):
        centred = {"color": SHADES[name], "ha": "center", "va": "center"}
        axes.text(x, 0.8, word, size=9, **centred)
        axes.text(x, 0.35, says, size=8, style="italic", **centred)
        z = minus(f"{new[f'z_{name}']:g}")
        axes.text(x + 0.12, BUS + 0.25, f"$z$ = {z}", size=9)
