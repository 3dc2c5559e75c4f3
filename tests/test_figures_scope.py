"""The figure of what is left draws what is computed, and says it."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_lib import figures as draw
from lstm_lib.figures.picture import COLOURS, INK
from lstm_lib.scope import crossing, held, left

HALF = np.log10(0.5)


def logs(sizes):
    """As they are drawn: powers of ten, cut off a decade beyond the frame."""
    return np.log10(np.clip(sizes, 1e-7, 1e4))


def curves(axes):
    """The lines of many points: (x, y, colour, whether dashed)."""
    return [
        (*map(np.asarray, one.get_data()), to_hex(one.get_color()), one.is_dashed())
        for one in axes.lines
        if len(one.get_xdata()) > 2
    ]


def squares(axes):
    return [
        one.get_xydata()[0].tolist() for one in axes.lines if one.get_marker() == "s"
    ]


def test_the_curves_are_those_of_the_middle_network():
    picture = draw.scope("LSTM", 1, 2, 3, 12)
    axes, found = picture.axes[0], left("LSTM", 1, 2)
    (n, whole, red, solid), (_, direct, blue, dashed), (_, kept, ink, dots) = curves(
        axes
    )
    assert (n == np.arange(31)).all()
    assert whole == pytest.approx(logs(np.median(found.whole, 0)), abs=1e-5)
    assert direct == pytest.approx(logs(np.median(found.direct, 0)), abs=1e-5)
    assert kept == pytest.approx(logs(held(1) ** n), abs=1e-5)
    looks = [COLOURS["c"].lower(), COLOURS["f"].lower(), INK.lower()]
    assert [red, blue, ink] == looks and (solid, dashed, dots) == (False, True, True)
    (band,) = axes.collections
    corners = band.get_paths()[0].vertices
    for share in (0.25, 0.75):
        for k, y in enumerate(logs(np.quantile(found.whole, share, 0))):
            assert np.abs(corners - [k, y]).sum(1).min() < 1e-4
    pair = left("LSTM", 1, 2, 2).whole[0, 9]
    assert squares(axes)[0] == pytest.approx([9, logs(pair)], abs=1e-5)
    (after,) = [one for one in axes.lines if one.get_marker() == "v"]
    half = crossing(np.median(found.whole, 0))
    assert after.get_xydata()[0] == pytest.approx([half, HALF], abs=1e-5)
    assert [text.get_text() for text in axes.texts] == [f"half after {half:.3g}"]
    (rule,) = [one for one in axes.lines if [*one.get_xdata()] == [0, 1]]
    assert rule.get_ydata()[0] == pytest.approx(HALF, abs=1e-5)
    assert axes.get_ylim() == (-6, 3) and axes.get_xlim() == (0, 30)
    assert axes.get_title("left").endswith("solid, the whole; dashed, direct")


def test_a_plain_network_has_one_curve_and_may_never_cross():
    axes = draw.scope("ReLU-RNN", 0, 3, 1, 24).axes[0]
    ((_, whole, _, _),) = curves(axes)
    median = np.median(left("ReLU-RNN", 0, 3).whole, 0)
    assert whole == pytest.approx(logs(median), abs=1e-5)
    assert not axes.texts and axes.get_title("left").endswith("solid, the whole")
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert labels[0] == "$10^{-6}$" and labels[3] == "1"


def test_the_map_has_all_pairs_of_the_first_network():
    picture = draw.scope("LSTM", 3, 1, 4, 20)
    plane = picture.axes[1]
    (image,) = plane.images
    tones = image.get_array()
    assert tones.shape == (24, 24) and image.origin == "lower"
    assert [*image.get_extent()] == [0.5, 24.5, 0.5, 24.5]
    assert image.get_clim() == (-6, 3)
    for s in (0, 3, 23):
        assert tones.mask[:s, s].all() and not tones.mask[s:, s].any()
        wanted = logs(left("LSTM", 3, 1, s).whole[0, : 24 - s])
        assert np.asarray(tones[s:, s]) == pytest.approx(wanted, abs=1e-5)
    assert squares(plane) == [[4, 20]] * 2, "light and dark"
    colours = [to_hex(image.cmap(share)) for share in (0.0, 2 / 3, 1.0)]
    assert colours[0] == "#fdeee4" and colours[2] == "#331400"
    reached = np.array([int(colours[1][k : k + 2], 16) for k in (1, 3, 5)])
    assert np.abs(reached - [0xD5, 0x5E, 0x00]).max() <= 2


def test_what_is_beyond_the_map_has_its_ends():
    tones = draw.scope("σ-RNN", 0, 1, 1, 2).axes[1].images[0].get_array()
    assert tones.min() == -6 and tones.max() == 0
    assert draw.scope("ReLU-RNN", 0, 3, 1, 2).axes[1].images[0].get_array().max() == 3


def test_it_is_told_in_words():
    found, pair = left("LSTM", 0, 1), left("LSTM", 0, 1, 1).whole[0, 4]
    middle, direct = (np.median(one, 0) for one in (found.whole, found.direct))
    told = draw.scope("LSTM", 0, 1, 2, 6).alt
    assert "in 10 networks of the kind LSTM with a forget bias of 0, recurrent" in told
    assert "weights times 1." in told
    assert f"{middle[10]:.2g} after 10, {middle[20]:.2g}" in told
    assert f"half is left after {crossing(middle):.3g} steps." in told
    assert f"{direct[10]:.2g} after 10 steps, {direct[30]:.2g} after 30." in told
    assert told.endswith(f"from step 2 to step 6 {pair:.2g} is left.")
    plain = draw.scope("ReLU-RNN", 0, 3, 1, 24).alt
    assert "half is left in 30 steps never." in plain
    assert "forget bias" not in plain and "direct path" not in plain


@pytest.mark.parametrize(
    ("s", "t", "error", "complaint"),
    [
        (5, 4, ValueError, "s, t are 5, 4; expected 1 ≤ s ≤ t ≤ 24"),
        (5, 25, ValueError, "s, t are 5, 25"),
        (0, 4, ValueError, "s is 0; expected an integer ≥ 1"),
        (1, 2.5, TypeError, "t is 2.5; expected an integer"),
    ],
)
def test_a_pair_that_is_none_is_refused(s, t, error, complaint):
    with pytest.raises(error, match=complaint):
        draw.scope("LSTM", 0, 1, s, t)


def test_the_ends_of_the_map_can_be_marked():
    assert squares(draw.scope("LSTM", 0, 1, 24, 24).axes[1])[0] == [24, 24]
    assert squares(draw.scope("LSTM", 0, 1, 1, 1).axes[0])[0] == [0, 0]
