"""The figure of activations side by side shows what `summary` finds."""

import numpy as np
import pytest

from lstm_lib import figures as draw
from lstm_lib.activations import (
    hard_sigmoid,
    hard_tanh,
    identity,
    leaky_relu,
    relu,
    sigmoid,
    tanh,
)
from lstm_lib.figures.compare import REACH
from lstm_lib.figures.picture import COLOURS, INK
from lstm_lib.outputs import EDGES, summary

pytestmark = pytest.mark.no_cover

FOUR = (sigmoid, hard_tanh, relu, identity)
PICTURE = draw.compare(FOUR, mean=2, spread=3)
COLOUR = (INK, COLOURS["c"], COLOURS["f"], COLOURS["g"])


def written(axes):
    return [text.get_text() for text in axes.texts]


def test_curves_are_the_activations_and_their_derivatives():
    for number, axes in enumerate(PICTURE.axes[:3]):
        for f, colour in zip(FOUR, COLOUR):
            part = (f, f.derivative, f.second_derivative)[number]
            pieces = [line for line in axes.lines if line.get_color() == colour]
            pieces = [line for line in pieces if len(line.get_xdata()) > 2]
            assert len(pieces) == len(f.kinks) + 1
            for piece in pieces:
                x, y = piece.get_data()
                assert np.abs(y - part(x)).max() <= 1e-9
    styles = {line.get_linestyle() for line in PICTURE.axes[0].lines[:-1]}
    assert styles == {"-", "--"}  # how matplotlib sums up all dashes
    dashes = {str(line._unscaled_dash_pattern) for line in PICTURE.axes[0].lines}
    assert len(dashes) >= 4


def test_the_input_is_a_hill_at_its_mean():
    for axes in PICTURE.axes[:3]:
        (hill,) = axes.collections
        (path,) = hill.get_paths()
        bottom, top = axes.get_ylim()
        x, y = path.vertices[np.argmax(path.vertices[:, 1])]
        assert x == 2 and y == pytest.approx(bottom + 0.15 * (top - bottom))
        beside = path.vertices[np.abs(path.vertices[:, 0] - 5) < 1e-9]
        rise = (beside[:, 1].max() - bottom) / (y - bottom)
        assert rise == pytest.approx(np.exp(-1 / 2), abs=1e-4)
        assert [2, 2] in [list(line.get_xdata()) for line in axes.lines]
    assert PICTURE.axes[0].get_title(loc="left") == "Input: mean 2, spread 3"
    below = draw.compare(FOUR[:2], -1.5)
    assert below.axes[0].get_title(loc="left") == "Input: mean −1.5, spread 1"


def test_the_hill_keeps_its_area_until_it_would_leave_the_frame():
    for spread, share in ((4, 0.1125), (1, 0.45), (0.5, 0.9), (0.1, 0.9)):
        axes = draw.compare(FOUR, 1, spread).axes[0]
        (path,) = axes.collections[0].get_paths()
        bottom, top = axes.get_ylim()
        high = path.vertices[:, 1].max()
        assert high == pytest.approx(bottom + share * (top - bottom)), spread


def test_bars_show_where_each_is_dead():
    strips = PICTURE.axes[3]
    shares = [f"{summary(f, 2, 3).dead:.0%}" for f in FOUR]
    assert written(strips) == shares
    assert shares == ["21%", "79%", "25%", "0%"]
    assert [t.get_text() for t in strips.get_yticklabels()] == [f.name for f in FOUR]
    bars = [[path.vertices[:, 0] for path in c.get_paths()] for c in strips.collections]
    assert [len(one) for one in bars] == [2, 2, 1, 0]
    ends = [(x.min(), x.max()) for one in bars for x in one]
    edge = 4.585  # where σ′ is 0.01
    wanted = [(-8, -edge), (edge, 8), (-8, -1), (1, 8), (-8, 0)]
    assert ends == [pytest.approx(pair, abs=1e-3) for pair in wanted]


def test_histograms_are_the_summaries():
    for axes, f in zip(PICTURE.axes[4:], FOUR):
        found = summary(f, 2, 3)
        assert axes.get_title(loc="left") == f"{f.name}: mean {found.mean:.2f}"
        for stairs in axes.patches:
            data = stairs.get_data()
            assert np.abs(data.values - 100 * found.heights).max() < 1e-6
            assert np.array_equal(data.edges, EDGES)
        assert axes.get_ylim() == (0, 100)
        needles = [line for line in axes.lines if line.get_linewidth() == 3]
        tips = [(line.get_xdata()[1], line.get_ydata()[1]) for line in needles]
        wanted = [(value, pytest.approx(100 * share)) for value, share in found.spikes]
        assert tips == wanted
        assert axes.lines[-1].get_xdata()[0] == pytest.approx(found.mean, abs=1e-6)
    assert PICTURE.axes[-1].get_xlim() == (-2.1, 4.1)
    assert written(PICTURE.axes[5]) == ["16%", "63%"]
    assert written(PICTURE.axes[7]) == ["9% below −2", "25% above 4"]


def test_shares_are_drawn_by_their_square_roots():
    scale = PICTURE.axes[4].yaxis.get_transform()
    assert scale.transform([0, 25, 100]) == pytest.approx([0, 5, 10])
    assert scale.transform([-1]) == 0


@pytest.mark.parametrize(
    ("functions", "ends"),
    [
        ((sigmoid, hard_sigmoid), (-0.1, 1.1)),
        ((sigmoid, tanh), (-1.1, 1.1)),
        ((relu, leaky_relu), (-0.2, 4.1)),
    ],
)
def test_outputs_have_one_axis_as_long_as_they_need(functions, ends):
    for axes in draw.compare(functions).axes[4:]:
        assert axes.get_xlim() == pytest.approx(ends)


def test_needles_leave_room_for_their_words():
    sides = [
        text.get_horizontalalignment()
        for text in draw.compare((hard_tanh, tanh)).axes[4].texts
    ]
    assert sides == ["left", "right"], "two at the ends: both inside"
    (text,) = draw.compare((relu, identity)).axes[4].texts
    assert text.get_horizontalalignment() == "right", "one in the middle: off the bars"
    both = draw.compare((hard_tanh, relu), 2, 3).axes[4].texts
    assert [text.get_horizontalalignment() for text in both] == ["left", "left"]


def test_small_shares_are_not_said():
    assert not written(draw.compare((sigmoid, hard_sigmoid)).axes[5])
    picture = draw.compare((tanh, hard_sigmoid), 1.45, 1)
    (only,) = written(picture.axes[5])
    assert only == "6%"
    rare = draw.compare((identity, sigmoid))
    assert written(rare.axes[3]) == ["0%", "<1%"]
    assert "sigmoid: slope less than 0.01 in size for <1% of the inputs" in rare.alt
    assert "6% are exactly 1." in picture.alt and "exactly 0" not in picture.alt


def test_the_words_say_what_is_to_be_seen():
    alt = draw.compare((hard_tanh, identity), -0.5, 2).alt
    assert alt.startswith(
        "Value, slope and bend of hard_tanh, identity over z from −8 to 8, and"
        " histograms of their outputs for a normally distributed input of mean −0.5 and"
        " spread 2."
    )
    assert (
        "hard_tanh: slope less than 0.01 in size for 63% of the inputs; outputs have"
        " mean −0.190 and spread 0.844, 40% are exactly −1, 23% are exactly 1."
    ) in alt
    assert "spread 2.000, 23% are less than −2, 1% are more than 4." in alt
    assert "mean 0.000 and" in draw.compare((tanh, sigmoid)).alt, "and never −0.000"
    assert REACH == 8
