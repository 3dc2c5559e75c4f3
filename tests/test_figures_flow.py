"""The figure of a flow draws the numbers of its step, and no other."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from lstm_lib.cell import LSTM, step
from lstm_lib.figures import flow
from lstm_lib.figures.picture import COLOURS

BARE = LSTM(np.eye(4)[:, None], np.zeros((4, 1, 1)), np.zeros((4, 1)))
UNIT = 7.5  # points for 1


def after(z_f, z_i, z_g, z_o, c):
    return step(BARE, [[z_i, z_f, z_g, z_o]], [[0]], [[c]])


CASES = [
    (3, 2, -2, 1, 1.658),
    (8, 8, 8, 8, 4),
    (-1.5, 0.3, -8, -2, -3),
    (0, 0, 0.5, 0, 0),
]
EVERY = pytest.mark.parametrize("case", CASES)


def numbers(case):
    """What flows, and in which order it is drawn."""
    now, c = after(*case), case[-1]
    kept, added = now.f * c, now.i * now.g
    flows = (added, now.g, now.c, c, kept, now.c, np.tanh(now.c), now.h)
    return now, [float(np.squeeze(one)) for one in flows]


@EVERY
def test_flows_are_as_wide_as_their_numbers(case):
    _, flows = numbers(case)
    colours = [COLOURS[name].lower() for name in "cgh"]
    lines = flow(after(*case), case[-1]).axes[0].lines
    # Pale ones lie under stripes, and marks are the heads of arrows.
    flat = [line for line in lines if line.get_marker() == "None"]
    drawn = [line for line in flat if to_hex(line.get_color()) in colours]
    for line, value in zip(drawn, flows, strict=True):
        assert line.get_linewidth() == pytest.approx(abs(value) * UNIT, abs=1e-6)
        assert (line.get_linestyle() == "--") == (value < 0), "stripes where negative"


@EVERY
def test_gates_are_as_open_as_their_numbers(case):
    now, flows = numbers(case)
    jaws = [p for p in flow(now, case[-1]).axes[0].patches if isinstance(p, Rectangle)]
    passed = {"f": flows[4], "i": flows[0], "o": flows[7]}
    for name, pair in zip("fio", (jaws[:2], jaws[2:4], jaws[4:]), strict=True):
        start = [one.get_y() if name == "f" else one.get_x() for one in pair]
        gate = getattr(now, name).item()
        assert start[1] - start[0] == pytest.approx(10 * max(gate, abs(passed[name])))


@EVERY
def test_every_number_is_written_and_told(case):
    now, flows = numbers(case)
    picture = flow(now, case[-1])
    words = " ".join(text.get_text() for text in picture.axes[0].texts)
    for value in (*flows, *(getattr(now, name).item() for name in "fio")):
        if round(value, 3) in (value, *np.arange(-1, 2)):
            continue
        shown = f"{value:.3f}".replace("-", "−")
        assert shown in words and shown in picture.alt
    for z in case[:4]:
        assert f"= {z:g}".replace("-", "−") in words


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ((8, -8, 8, 0, 1), ("f = 0.9997", "i = 0.0003", "g = 0.9999998", "o = 0.500")),
        ((0, 0, 0, 0, 1e-9), ("state 1e-09, f lets 5e-10 pass", "g = 0.000")),
        ((0, 0, 0, 0, 2 + 1e-9), ("state 2.000, f lets 1.000 pass",)),
    ],
)
def test_what_is_nearly_0_or_1_is_not_said_to_be_that(case, told):
    for words in told:
        assert words in flow(after(*case), case[-1]).alt


@pytest.mark.parametrize(
    ("now", "c", "error", "complaint"),
    [
        ((), 0, TypeError, "step is of type tuple; expected Step"),
        (after(0, 0, 0, 0, 0), "a", TypeError, "c is 'a'; expected a real number"),
        (after(0, 0, 0, 0, 0), np.nan, ValueError, "c is nan; expected a finite"),
    ],
)
def test_it_refuses_what_it_cannot_draw(now, c, error, complaint):
    with pytest.raises(error, match=complaint):
        flow(now, c)
