"""The figures of leaky ReLU draw what they are given, and say so in words."""

import numpy as np
import pytest

from lstm_lib import figures as draw

Z = np.linspace(-2, 2, 41)


def drawn(axes):
    """The curves of a frame, in the order they are drawn."""
    return [line.get_ydata() for line in axes.lines]


def notes(axes):
    return [text.get_text() for text in axes.texts]


def test_counts_start_from_nothing_and_bear_their_names():
    states = {"tanh": [1.0, -0.25], "leaky": [2.0, 1.5], "relu": [2.0, 1.75]}
    picture = draw.counts("ab", states, "A title")
    (axes,) = picture.axes
    _, *paths = drawn(axes)
    assert [[*path] for path in paths] == [[0, *path] for path in states.values()]
    assert notes(axes) == [*states]
    for note, path in zip(axes.texts, states.values(), strict=True):
        assert note.xy == (2, path[-1])
    assert [line.is_dashed() for line in axes.lines[1:]] == [False, True, True]
    assert [t.get_text() for t in axes.get_xticklabels()] == ["start", "a", "b"]
    assert picture.alt == (
        "Cell state after each letter of ab, from 0. tanh: 1.000, −0.250."
        " leaky: 2.000, 1.500. relu: 2.000, 1.750."
    )


def test_the_larger_of_two_lies_dashed_on_the_two_cases():
    pairs = {-0.5: (np.abs(Z), np.abs(Z)), 2.0: (2 * Z, Z - 1)}
    picture = draw.larger_of_two(Z, pairs)
    for axes, (one, two) in zip(picture.axes, pairs.values(), strict=True):
        below, above = axes.lines
        assert np.array_equal(below.get_ydata(), two)
        assert np.array_equal(above.get_ydata(), one)
        assert above.is_dashed() and not below.is_dashed()
    same, apart = picture.axes
    assert same.get_xlabel() == "z\nk = −0.5: the same" and not notes(same)
    assert apart.get_xlabel() == "z\nk = 2: apart"
    assert notes(apart) == ["max(z, kz)", "two cases"]
    assert "k = −0.5: the same; at z = −2 max gives 2, two cases 2." in picture.alt
    assert "k = 2: up to 3 apart; at z = −2 max gives −4, two cases −3." in picture.alt


def test_paths_are_drawn_as_powers_of_ten():
    """101 paths: their powers from 0 to −1 in one layer, to −20 in the next."""
    share = np.arange(101) / 100
    slopes = {0.1: 10.0 ** -np.array([share, 20 * share]), 0.01: np.full((2, 9), 0.1)}
    picture = draw.path_slopes(slopes)
    first, second = picture.axes
    middle, left = drawn(first)
    assert middle == pytest.approx([-0.5, -10])
    assert left == pytest.approx([-1, -2]), "all on the left"
    assert [line.is_dashed() for line in first.lines] == [False, True]
    (band,) = first.collections
    low, high = band.get_paths()[0].get_extents().get_points()[:, 1]
    assert (low, high) == pytest.approx((-19, -0.05))
    assert drawn(second)[1] == pytest.approx([-2, -4])
    labels = [text.get_text() for text in first.get_yticklabels()]
    assert labels == [f"$10^{{{power}}}$" for power in range(0, -51, -10)]
    assert [a.get_xlabel() for a in (first, second)] == [
        "layers\nk = 0.1",
        "layers\nk = 0.01",
    ]
    assert len(notes(first)) == 3
    assert picture.alt == (
        "Slope of paths against the number of layers, in powers of ten."
        " k = 0.1: after 2 layers −10 in the middle, nine in ten between −19 and −1,"
        " all on the left −2. k = 0.01: after 2 layers −1 in the middle, nine in ten"
        " between −1 and −1, all on the left −4."
    )


@pytest.mark.parametrize("name", ["larger_of_two", "path_slopes"])
def test_a_title_over_a_row_does_not_push_the_frames_apart(name):
    picture = {
        "larger_of_two": draw.larger_of_two(Z, dict.fromkeys((0.1, 0.2, 2.0), (Z, Z))),
        "path_slopes": draw.path_slopes(
            dict.fromkeys((0.3, 0.1, 0.01), np.full((9, 9), 0.1))
        ),
    }[name]
    assert picture.svg
    places = [axes.get_position() for axes in picture.axes]
    gaps = np.subtract([p.x0 for p in places[1:]], [p.x1 for p in places[:-1]])
    assert np.ptp(gaps) < 0.02
