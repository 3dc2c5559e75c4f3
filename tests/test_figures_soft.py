"""The figures of tanh draw what they are given, and say it in the right words."""

import numpy as np
import pytest

from lstm_lib import figures as draw
from lstm_lib.activations import sigmoid, tanh

X = np.linspace(-2, 2, 41)
ANGLE = np.linspace(0, 2 * np.pi, 64)
TONE = np.sin(ANGLE)


def curves(picture):
    """The lines with more than two points, in the order in which they are drawn."""
    return [line for line in picture.axes[0].lines if len(line.get_xdata()) > 2]


def words(picture):
    return {text.get_text(): text for text in picture.axes[0].texts}


def told_apart(first, second):
    """Two lines differ in their dashes and not in their colour alone."""
    return [first.is_dashed(), second.is_dashed()] == [False, True]


def test_drift_starts_at_zero_and_tells_how_far_each_state_goes():
    up, wander = [0.5 * k for k in range(1, 41)], [(-1.0) ** k for k in range(40)]
    picture = draw.drift({"wander": wander, "up": up})
    one, two = curves(picture)
    assert list(one.get_ydata()) == [0, *wander] and list(two.get_ydata()) == [0, *up]
    assert told_apart(one, two)
    assert "wander: from −1.0 to 1.0, at last −1.0." in picture.alt
    assert "up: from 0.5 to 20.0, at last 20.0." in picture.alt
    assert words(picture)["up"].xy == (20, 12.5), "above the line"


def test_bends_are_second_derivatives_without_their_sign():
    picture = draw.bends(tanh, sigmoid, {"tanh": 3.471, "sigmoid": 6.942})
    for f, line in zip((tanh, sigmoid), curves(picture), strict=True):
        x, y = line.get_data()
        assert np.abs(y - np.abs(f.second_derivative(x))).max() <= 1e-9
    assert told_apart(*curves(picture))
    assert "tanh: largest 0.770, down to 1 % of that at x = ±3.471." in picture.alt
    assert "sigmoid: largest 0.096, down to 1 % of that at x = ±6.942." in picture.alt
    arrows = [text for text in picture.axes[0].texts if not text.get_text()]
    assert [(a.xy[0], a.xyann[0]) for a in arrows] == [(-3.471, 3.471), (-6.942, 6.942)]
    assert {"to ±3.47", "to ±6.94", "tanh", "sigmoid"} <= words(picture).keys()


def test_centres_shade_where_the_first_is_nearer():
    a, b = np.abs(X), np.full_like(X, 0.55)
    picture = draw.centres(X, {"one": a, "two": b})
    for y, line in zip((a, b), curves(picture), strict=True):
        assert np.abs(line.get_ydata() - y).max() <= 1e-9
    assert told_apart(*curves(picture))
    (shade,) = picture.axes[0].patches
    ends = shade.get_x(), shade.get_x() + shade.get_width()
    assert ends == pytest.approx((-0.5, 0.5))
    assert "one: 2.00 at the left end, 0.00 at 0, 2.00 at the right" in picture.alt
    assert "two: 0.55, 0.55 and 0.55." in picture.alt
    assert "one is the nearer one from −0.50 to 0.50." in picture.alt


def test_waves_show_the_tone_and_both_limiters():
    shaped = {"soft": np.tanh(2 * TONE), "hard": np.clip(2 * TONE, -1, 1)}
    picture = draw.waves(ANGLE, 2 * TONE, shaped)
    tone, soft, hard = curves(picture)
    assert tone.get_xdata()[[0, -1]] == pytest.approx([0, 1])
    for line, y in zip((tone, soft, hard), (2 * TONE, *shaped.values())):
        assert np.abs(line.get_ydata() - y).max() <= 1e-9
    assert told_apart(soft, hard)
    assert {"tone", "soft", "hard"} == words(picture).keys()
    assert "a tone, 2.00 high" in picture.alt
    assert "soft: at most 0.96. hard: at most 1.00." in picture.alt


def test_distortions_tell_what_each_limiter_spoils():
    loud = np.linspace(0, 4, 81)
    share = {"soft": loud / 10, "hard": np.maximum(loud - 1, 0) / 5}
    picture = draw.distortions(loud, share)
    for y, line in zip(share.values(), curves(picture), strict=True):
        assert np.abs(line.get_ydata() - y).max() <= 1e-6
    assert told_apart(*curves(picture))
    assert "soft: 0.100 at amplitude 1, 0.400 at 4." in picture.alt
    assert "hard: 0.000 at amplitude 1, 0.600 at 4." in picture.alt
