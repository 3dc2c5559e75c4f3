"""One step of the cell, each flow as wide as the number that passes."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lstm_lib import checks
from lstm_lib.activations import tanh
from lstm_lib.cell import Step
from lstm_lib.figures.picture import (
    COLOURS,
    INK,
    SHADES,
    Picture,
    house_style,
    minus,
)

__all__ = ["flow"]

# In pixels of a picture that is 499 wide, from the left: forget gate, input gate,
# candidate and sum, output gate, the way out; from above: the state, where i and where
# o meet what they let through, the tanh of the state, the gates, the output.
FORGET, INPUT, SUM, OUTPUT, WAY_OUT = 80, 162, 245, 342, 412
STATE, IN, OUT, BEND, ROW, END = 62, 146, 228, 130, 282, 264
RIGHT, BOTTOM = 499, 335
UNIT = 10  # pixels for 1
POINT = 0.75  # a pixel in points
PALE = {"c": "#F5CCAD", "g": "#B0DFD1", "h": "#CCE8F8"}  # between their stripes

Place = tuple[float, float]


@house_style()
def flow(step: Step, c: float) -> Picture:
    """One step of one unit from the old state `c`: what each gate lets through.

    `step` holds arrays of shape (1, 1); `c` is any number. A flow is as wide as its
    number, and striped where that is negative.

    Raises:
        TypeError: `step` is no `Step`, or `c` no number.
        ValueError: `c` is not finite.
    """
    checks.instance("step", step, Step)
    now = _numbers(step, checks.number("c", c))
    picture = Picture(_in_words(now), (5.2, 3.9))
    axes = picture.subplots()
    axes.set(xlim=(0, RIGHT), ylim=(BOTTOM, 0))
    axes.axis("off")
    _bands(axes, now)
    _gates(axes, now)
    _squashes(axes, now)
    _labels(axes, now)
    f, i, before, g = (_honest(now[name]) for name in ("f", "i", "before", "g"))
    axes.set_title(minus(f"It keeps {f} of {before}, and adds {i} of {g}"))
    return picture


def _numbers(step: Step, c: float) -> dict[str, float]:
    """All numbers of the step by name; "before" is the old state."""
    now = {name: value.item() for name, value in step._asdict().items()}
    kept, added = now["f"] * c, now["i"] * now["g"]
    shown = tanh(now["c"]).item()
    return now | {"before": c, "kept": kept, "added": added, "shown": shown}


def _honest(value: float) -> str:
    """Three decimals, or as many as it takes for 0.9997 not to read as 1."""
    for digits in range(3, 8):
        rounded = round(value, digits)
        if rounded == value or not rounded.is_integer():
            return f"{rounded + 0.0:.{digits}f}"
    return f"{value:.3g}" if abs(value) < 0.5 else f"{value:.3f}"


def _bands(axes: Axes, now: dict[str, float]) -> None:
    """Everything that flows, and arrow heads where it leaves."""
    for name, colour, places in (
        ("added", "g", ((SUM, IN), (SUM, STATE))),
        ("g", "g", ((SUM, ROW), (SUM, IN))),
        ("c", "c", ((WAY_OUT, STATE), (WAY_OUT, BEND))),
        ("before", "c", ((4, STATE), (FORGET, STATE))),
        ("kept", "c", ((FORGET, STATE), (SUM, STATE))),
        ("c", "c", ((SUM, STATE), (RIGHT - 10, STATE))),
        ("shown", "h", ((WAY_OUT, BEND), (WAY_OUT, OUT))),
        ("h", "h", ((WAY_OUT, OUT), (WAY_OUT, END), (RIGHT - 10, END))),
    ):
        _band(axes, now[name], colour, places)
    for y, colour in ((STATE, "c"), (END, "h")):
        axes.plot(RIGHT - 6, y, ">", color=SHADES[colour], markersize=9)


def _band(axes: Axes, value: float, colour: str, places: Sequence[Place]) -> None:
    """A flow along `places`, on a wire of dots that is there for nothing, too."""
    width = round(abs(value) * UNIT * POINT, 6)
    style = {"color": COLOURS[colour], "solid_capstyle": "butt"}
    style |= {"solid_joinstyle": "miter", "dash_joinstyle": "miter"}
    x, y = zip(*places)
    axes.plot(x, y, color="#777777", linewidth=0.75, linestyle=(0, (1, 3)))
    if value < 0:
        axes.plot(x, y, linewidth=width, **style | {"color": PALE[colour]})
        stripe = 3 / width  # in widths of the line, as matplotlib wants it
        axes.plot(x, y, linewidth=width, linestyle=(0, (stripe, stripe)), **style)
    else:
        axes.plot(x, y, linewidth=width, **style)


def _gates(axes: Axes, now: dict[str, float]) -> None:
    """Three plates with an opening, and the rods by which they are moved."""
    for name, places, passed in (
        ("f", ((FORGET, ROW), (FORGET, STATE + 44)), "kept"),
        ("i", ((INPUT, ROW), (INPUT, IN), (SUM - 28, IN)), "added"),
        ("o", ((OUTPUT, ROW), (OUTPUT, OUT), (WAY_OUT - 28, OUT)), "h"),
    ):
        axes.plot(*zip(*places), color=COLOURS[name], linewidth=1.5)
        gap = round(UNIT * max(abs(now[passed]), now[name]) / 2, 6)
        _plate(axes, name, gap)
        _operation(axes, places[-1], "×")
    _operation(axes, (SUM, STATE), "+")
    for x, y, number in ((FORGET, 14, 1), (SUM, 14, 2), (WAY_OUT + 30, OUT, 3)):
        frame = {"boxstyle": "circle,pad=0.2", "fc": INK, "ec": INK}
        axes.text(x, y, number, size=8, color="white", bbox=frame, ha="center",
                  va="center")  # fmt: skip


def _plate(axes: Axes, name: str, gap: float) -> None:
    """Two jaws of a gate, each `gap` pixels away from the middle of its flow."""
    look = {"facecolor": COLOURS[name], "edgecolor": SHADES[name], "zorder": 3}
    for side in (-1, 1):
        if name == "f":
            long = side * (34 - gap)
            jaw = Rectangle((FORGET - 3, STATE + side * gap), 6, long, **look)
        else:
            x, y = {"i": (SUM, IN), "o": (WAY_OUT, OUT)}[name]
            jaw = Rectangle((x + side * gap, y - 3), side * (17 - gap), 6, **look)
        axes.add_patch(jaw)


def _operation(axes: Axes, place: Place, sign: str) -> None:
    frame = {"boxstyle": "circle,pad=0.15", "fc": "#EEEEEE", "ec": INK}
    axes.text(*place, sign, size=10, bbox=frame, ha="center", va="center")


def _squashes(axes: Axes, now: dict[str, float]) -> None:
    """Five boxes: three sigmoids and two tanh, with what comes into four of them."""
    for x, y, name, text in (
        (FORGET, ROW, "f", "σ"), (INPUT, ROW, "i", "σ"), (SUM, ROW, "g", "tanh"),
        (OUTPUT, ROW, "o", "σ"), (WAY_OUT, BEND, "h", "tanh"),
    ):  # fmt: skip
        frame = {"boxstyle": "round,pad=0.4", "fc": "white", "lw": 2}
        axes.text(x, y, text, ha="center", va="center",
                  bbox=frame | {"ec": COLOURS[name]})  # fmt: skip
    for x, name, word in (
        (FORGET, "f", "forget"), (INPUT, "i", "input"), (SUM, "g", "candidate"),
        (OUTPUT, "o", "output"),
    ):  # fmt: skip
        z = minus(f"$z_{name}$ = {now[f'z_{name}']:g}")
        axes.text(x, ROW + 27, z, size=9, ha="center", va="center")
        axes.text(x, ROW + 43, word, color=SHADES[name], size=9, ha="center",
                  va="center")  # fmt: skip


def _labels(axes: Axes, now: dict[str, float]) -> None:
    """Names and numbers beside their wires."""
    for name, colour, text, x, y, side in (
        ("before", "c", "c_{t-1}", 4, 22, "left"),
        ("kept", "c", "f c_{t-1}", (FORGET + SUM) / 2, 22, "center"),
        ("c", "c", "c_t", (SUM + WAY_OUT) / 2, 22, "center"),
        ("f", "f", "f", FORGET + 8, 140, "left"),
        ("added", "g", "i g", SUM + 12, 115, "left"),
        ("i", "i", "i", INPUT - 8, 196, "right"),
        ("g", "g", "g", SUM + 12, 190, "left"),
        ("shown", "h", "\\tanh c_t", WAY_OUT + 10, 182, "left"),
        ("o", "o", "o", OUTPUT - 8, 240, "right"),
        ("h", "h", "h_t", RIGHT - 4, END + 26, "right"),
    ):
        label = f"${text}$\n{minus(_honest(now[name]))}"
        axes.text(x, y, label, color=SHADES[colour], size=9, ha=side, va="center")


def _in_words(now: dict[str, float]) -> str:
    told = {name: _honest(value) for name, value in now.items()}
    return (
        "One step of an LSTM unit, in which numbers flow in bands, each as wide as its"
        " number, and striped where that is negative. Four boxes say what they do: of"
        f" {now['z_f']:g} a sigmoid makes the forget gate f = {told['f']}, of"
        f" {now['z_i']:g} the input gate i = {told['i']}, of {now['z_o']:g} the output"
        f" gate o = {told['o']}; of {now['z_g']:g} a tanh makes the candidate g ="
        f" {told['g']}. One: of the old state {told['before']}, f lets {told['kept']}"
        f" pass. Two: of g, i lets {told['added']} pass; added, that makes the new"
        f" state {told['c']}. Three: of its tanh {told['shown']}, o lets {told['h']}"
        " out."
    )
