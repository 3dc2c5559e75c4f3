"""The figures on hand-made cells draw what they are given, and say it."""

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba

from lstm_lib import figures as draw
from lstm_lib.drift import walk
from lstm_lib.figures.picture import COLOURS
from lstm_lib.handmade import column, counter, latch, quote, simulate, subject, toggle


def labels(axes):
    return [tick.get_text() for tick in axes.get_xticklabels()]


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_tables_hold_each_weight_once():
    reader = toggle(7.0)
    picture = draw.weights([latch(7.0), reader], "A title")
    assert picture.axes[0].get_title(loc="left") == "A title"
    axes = picture.axes[1]
    assert axes.get_xlabel() == "toggle"
    assert labels(axes) == ["1", "0", "always", "h"]
    found = {tuple(map(round, t.get_position())): t.get_text() for t in axes.texts}
    assert len(found) == 16
    written = {"2B": 2, "B": 1, "·": 0, "−B": -1, "−2B": -2}
    lstm = reader.lstm
    grid = np.column_stack([lstm.W[:, 0], lstm.b[:, 0], lstm.U[:, 0]]) / 7
    for (row, at), value in np.ndenumerate(grid):
        assert written[found[at, row]] == value
    fills = {
        tuple(map(round, box.get_center())): to_hex(box.get_facecolor())
        for box in axes.patches
    }
    assert fills[0, 1] == "#ffffff", "below 0 they are hollow"
    assert to_rgba(fills[0, 0])[:3] == to_rgba(COLOURS["i"])[:3]
    assert len(fills) == np.count_nonzero(grid)
    assert (
        "toggle: i: 1 2B, always −B; f: 1 −2B, always B; g: 1 B, h −2B" in picture.alt
    )


def test_tables_of_several_units_number_them():
    picture = draw.weights([counter(order=True)], "A title")
    names = [axes.get_xlabel() for axes in picture.axes]
    assert names == [
        "unit 1: #a − #b",
        "unit 2: b seen",
        "unit 3: a after b",
        "unit 4: b too many",
    ]
    assert labels(picture.axes[2]) == ["a", "b", "always", "h of 2"]
    assert "unit 4: b too many: i: always B, h of 1 −3B" in picture.alt


def test_tables_stand_two_in_a_row_and_leave_no_empty_frame():
    picture = draw.weights([latch(), toggle(), quote()], "A title")
    assert len(picture.axes) == 3
    alone = draw.weights([column()], "A title")
    assert len(alone.axes) == 1
    labels = [tick.get_text() for tick in alone.axes[0].get_xticklabels()]
    assert labels == ["⏎", "always"]
    assert (
        "column: i: ⏎ −2B, always B; f: ⏎ −2B, always B; g: ⏎ −B, always B" in alone.alt
    )
    assert alone.get_size_inches()[1] < picture.get_size_inches()[1]


def symbols(picture):
    (top,) = picture.axes[0].child_axes
    return labels(top)


def bars(axes):
    return [bar.get_height() for bar in axes.patches]


def test_a_score_has_a_bar_for_each_symbol_and_the_answers_below():
    run = simulate(toggle(3.0), "0110")
    picture = draw.score(run, "A title", rows="fgch")
    staves = picture.axes[:4]
    for axes, row in zip(staves, "fgch"):
        assert bars(axes) == pytest.approx(getattr(run, row)[:, 0], abs=1e-6)
        assert axes.get_ylabel().startswith(row + "\n")
        for bar in axes.patches:
            hollow = to_hex(bar.get_facecolor()) == "#ffffff"
            assert hollow == (bar.get_height() < 0)
    assert labels(staves[-1]) == [str(n) for n in run.answers["odd"]]
    assert symbols(picture) == list("0110")
    assert staves[-1].get_xlabel() == "odd, as it is read off"
    f, c = run.f[1, 0], run.c[1, 0]
    assert f"1: f {f:.2f}, g" in picture.alt and f"c {c:.2f}" in picture.alt


def test_a_score_shows_line_breaks_and_other_units_and_fits_high_counts():
    run = simulate(column(10.0), "a b\n")
    picture = draw.score(run, "A title", rows="c")
    assert symbols(picture) == ["a", "␣", "b", "⏎"]
    (axes,) = picture.axes
    assert axes.get_ylim()[1] > 3
    second = draw.score(simulate(counter(10.0, order=True), "abb"), "A title", "c", 1)
    assert bars(second.axes[0]) == pytest.approx([0, 1, 2], abs=1e-3)


def test_answers_may_have_words():
    run = simulate(subject(10.0), "♀♂")
    picture = draw.score(run, "A title", words={1: "she", -1: "he"})
    assert labels(picture.axes[-1]) == ["she", "he"]
    assert "subject she; ♂" in picture.alt


def test_losses_are_states_minus_counts():
    picture = draw.losses({4.0: walk(4.0, 3, 3), 8.0: walk(8.0, 3, 3)})
    (axes,) = picture.axes
    lines = [line.get_ydata() for line in axes.lines if len(line.get_xdata()) == 6]
    truth = np.array([1, 2, 3, 2, 1, 0])
    for line, B in zip(lines, (4.0, 8.0), strict=True):
        assert line == pytest.approx(walk(B, 3, 3) - truth, abs=1e-6)
    assert {"B = 4", "B = 8"} <= set(words(axes))
    top, end = walk(4.0, 3, 3)[[2, 5]] - [3, 0]
    told = f"B = 4: {top:.2f} at the top, {end:.2f} at the end".replace("-", "−")
    assert told in picture.alt


def test_reaches_are_the_numbers_given():
    picture = draw.reaches([2, 4, 6], [1.9, 5.2, 14.2], [2, 5, 14], [5.5, 38.2, 280])
    (axes,) = picture.axes
    drawn = [list(line.get_ydata()) for line in axes.lines]
    assert drawn == [[5.5, 38.2, 280], [1.9, 5.2, 14.2], [2, 5, 14]]
    assert axes.get_yscale() == "log"
    assert axes.lines[2].get_linestyle() == "None", "measured are dots"
    assert "B = 4: 5.2 and 5, B = 6: 14.2 and 14." in picture.alt
    assert "ends at 280 steps" in picture.alt
    with pytest.raises(ValueError, match="zip"):
        draw.reaches([2, 4], [1.9], [2], [5, 6])


def test_maps_show_where_each_symbol_leads():
    c = np.linspace(-1, 1, 5)
    picture = draw.maps(c, ("one", {"s": 0 * c + 1}), ("two", {"t": -c, "k": c}))
    left, right = picture.axes
    assert [list(line.get_ydata()) for line in left.lines] == [list(c), [1] * 5]
    assert [list(line.get_ydata()) for line in right.lines] == [
        list(c),
        list(-c),
        list(c),
    ]
    assert words(right) == ["t", "k"]
    assert right.get_xlabel() == "old state c\ntwo"
    styles = [line.get_linestyle() for line in right.lines[1:]]
    assert len(set(styles)) == 2
    assert "two: t leads from −1.0 to 1.00, from 1.0 to −1.00; k leads" in picture.alt
