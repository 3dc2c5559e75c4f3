"""The figure of a counter that loses count draws what is computed, and says it."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_lib import figures as draw
from lstm_lib.drift import drift, reach, reached, walk
from lstm_lib.figures.picture import COLOURS


def drawn(axes):
    """The curves of many points: (x, y, whether dashed)."""
    return [
        (*map(np.asarray, one.get_data()), one.is_dashed())
        for one in axes.lines
        if len(one.get_xdata()) > 2
    ]


def words(axes):
    return [text.get_text() for text in axes.texts]


def fails(axes):
    """Where vertical lines across the frame stand."""
    return [one.get_xdata()[0] for one in axes.lines if [*one.get_ydata()] == [0, 1]]


def test_the_state_is_computed_and_the_difference_is_too():
    state, _, off = draw.autopsy(6, 20).axes
    steps = np.arange(41)
    count = np.concatenate([np.arange(20), np.arange(20, -1, -1)])
    c = np.concatenate([[0], walk(6, 20, 20)])
    (x, y, dashed), (_, true, dotted) = drawn(state)
    assert (x == steps).all() and (y == c).all() and (true == count).all()
    assert (dashed, dotted) == (False, True)
    (_, y, dashed), (x, predicted, dotted) = drawn(off)
    assert (x == steps).all() and (y == c - count).all()
    assert (dashed, dotted) == (False, True)
    up = -np.exp(-6) * np.arange(21) * np.arange(1, 22) / 2
    assert predicted[:21] == pytest.approx(up)
    assert predicted[21] == pytest.approx(up[20] - 19 * np.exp(-6))
    assert predicted[-1] == pytest.approx(drift(6, 20))
    assert predicted == pytest.approx(y, rel=0.06, abs=1e-9)
    (band,) = off.patches
    assert (band.get_y(), band.get_height()) == (-0.5, 1)
    assert off.get_ylim() == pytest.approx((1.1 * y.min(), 0.75))
    assert to_hex(state.lines[0].get_color()) == COLOURS["c"].lower()
    assert [*state.get_xticks()] == [*off.get_xticks()] == [0, 20, 40]


def test_the_first_failure_is_marked():
    c = np.rint(walk(6, 20, 20)[:20])
    first = 1 + (c != np.arange(1, 21)).argmax()
    picture = draw.autopsy(6, 20)
    state, _, off = picture.axes
    assert fails(state) == fails(off) == [first]
    assert words(state) == ["first failure"]
    assert f"at step {first}: counted {first - 1}, true {first}." in picture.alt
    (note,) = state.texts
    assert note.get_ha() == ("left" if first < 20 else "right")


def test_where_nothing_fails_nothing_is_marked():
    picture = draw.autopsy(10, 100)
    state, _, off = picture.axes
    assert not fails(state) + fails(off) + words(state)
    assert off.get_ylim() == (-0.75, 0.75)
    assert "It never rounds to a wrong count. At the end it takes the text for" in (
        picture.alt
    )
    assert "for balanced. With this B it does so up to n = 105," in picture.alt


def test_a_failure_on_the_way_down_is_named_on_the_left():
    picture = draw.autopsy(10, 120)
    (note,) = picture.axes[0].texts
    assert note.get_ha() == "right"
    assert "for not balanced." in picture.alt


def test_a_long_walk_is_drawn_with_few_points():
    state, _, off = draw.autopsy(20, 100_000).axes
    for x, _, _ in drawn(state) + drawn(off):
        assert len(x) == 151 and {0, 100_000, 200_000} <= {*x}


def test_the_plane_has_both_reaches_and_the_point():
    plane = draw.autopsy(6, 20).axes[1]
    line, dots, point = plane.lines
    assert line.is_dashed()
    assert line.get_ydata() == pytest.approx([reach(1), reach(20)])
    assert dots.get_linestyle() == "None"
    assert dict(zip(*dots.get_data())) == {B: reached(B) for B in range(2, 21, 2)}
    assert ([*point.get_xdata()], [*point.get_ydata()]) == ([6], [20])
    assert plane.get_yscale() == "log"
    assert words(plane) == ["above:\nnot balanced", "below:\nbalanced",
                            "dots:\ncomputed"]  # fmt: skip


def test_the_words_have_the_numbers():
    assert draw.autopsy(10, 150).alt.startswith(
        "A counter of strength B = 10 reads 150 a and 150 b. Its state rises to 149.5,"
        " where the true count is 150, and ends at −1.015; predicted is −1.021. First"
        " failure at step 149: counted 148, true 149. At the end it takes the text for"
        " not balanced. With this B it does so up to n = 105, computed; predicted is"
        " 104.9."
    )


@pytest.mark.parametrize(
    ("strength", "n", "error", "complaint"),
    [
        (0.9, 1, ValueError, "^strength is 0.9; expected a number from 1 to 20$"),
        (20.5, 1, ValueError, "^strength is 20.5; expected a number from 1 to 20$"),
        ("1", 1, TypeError, "^strength is '1'; expected a real number"),
        (1, 0, ValueError, "^n is 0; expected an integer ≥ 1"),
        (1, 100_001, ValueError, "^n is 100001; expected an integer from 1 to 100000$"),
        (1, 1.0, TypeError, "^n is 1.0; expected an integer"),
    ],
)
def test_what_cannot_be_walked_is_refused(strength, n, error, complaint):
    with pytest.raises(error, match=complaint):
        draw.autopsy(strength, n)
