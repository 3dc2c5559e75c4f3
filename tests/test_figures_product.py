"""The map of the product shows the product."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_lib.activations import ACTIVATIONS, hard_sigmoid, relu, sigmoid, tanh
from lstm_lib.figures import surface
from lstm_lib.figures.product import SCALE

WIDE = {"points": {"a": (-1, 2), "B": (5, -3)}}


def texts(picture):
    return {text.get_text(): text for text in picture.axes[0].texts}


def test_the_colours_are_those_of_the_product():
    """White where it is within 0.1 of 0, darker step by step on either side."""
    axes = surface(sigmoid, tanh).axes[0]
    (image,) = axes.images
    height, size = image.get_array(), image.get_size()
    z = np.linspace(-6, 6, size[0])
    assert np.abs(height - np.outer(sigmoid(z), tanh(z))).max() <= 1e-9
    assert image.get_extent() == [-6, 6, -6, 6] and image.origin == "lower"
    colour = {at: to_hex(image.cmap(image.norm(at))) for at in (-9, -0.95, -0.05, 0.05)}
    assert colour[-0.05] == colour[0.05] == SCALE[16]
    assert colour[-9] == colour[-0.95] == SCALE[0]
    assert to_hex(image.cmap(image.norm(1.0))) == SCALE[-1]
    steps = {to_hex(image.cmap(image.norm(at))) for at in np.arange(-0.95, 1, 0.1)}
    assert len(steps) == 19


@pytest.mark.no_cover
@pytest.mark.parametrize("gate", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_the_lines_are_as_high_as_their_numbers(gate):
    picture = surface(gate, tanh)
    lines, *rest = picture.axes[0].collections
    for level, parts in zip(lines.levels, lines.allsegs, strict=True):
        for z_g, z_i in np.concatenate([*parts, np.empty((0, 2))]):
            slack = 0.03 * (1 + gate.derivative(z_i) + abs(gate(z_i)))
            assert abs(gate(z_i) * tanh(z_g) - level) < slack
    shown = [float(text.replace("−", "-")) for text in texts(picture)]
    assert {*shown} <= {*lines.levels} and len(shown) >= 5
    assert len({*shown}) == len(shown)
    dashed = [style[1] is not None for style in lines.get_linestyle()]
    assert dashed == [level < 0 for level in lines.levels]
    assert len(rest) == 1, "at 0 also from below"


def test_levels_go_as_high_as_the_product():
    def levels(gate, candidate):
        return surface(gate, candidate).axes[0].collections[0].levels.tolist()

    assert levels(sigmoid, sigmoid) == [0.1, 0.3, 0.5, 0.7, 0.9]
    assert levels(relu, relu) == [1, 3, 5, 10, 20, 30]
    assert levels(relu, tanh) == [-5, -3, -1, 0, 1, 3, 5]


def test_numbers_of_lines_stand_apart():
    for gate in ACTIVATIONS.values():
        places = [t.get_position() for t in surface(gate, tanh).axes[0].texts]
        for k, (x, y) in enumerate(places):
            for a, b in places[:k]:
                assert abs(x - a) > 0.9 or abs(y - b) > 0.4


def test_points_are_marked_and_named():
    picture = surface(sigmoid, tanh, "A title", at=(-1, 1), **WIDE)
    axes = picture.axes[0]
    dots = [line.get_xydata()[0].tolist() for line in axes.lines]
    assert dots == [[-1, 1], [-1, 2], [5, -3]]
    for name, place in {"i·g = −0.557": (-1, 1), "a": (-1, 2), "B": (5, -3)}.items():
        assert texts(picture)[name].xy == place
    assert texts(picture)["B"].get_ha() == "right", "and does not leave the map"
    assert axes.get_title(loc="left") == "A title"
    assert picture.alt.endswith(
        "Marked: z_g = −1 and z_i = 1, i·g = −0.557. a: z_g = −1 and z_i = 2, i·g ="
        " −0.671. B: z_g = 5 and z_i = −3, i·g = 0.047."
    )


def test_the_diagonal_is_drawn_where_it_is_asked_for():
    plain, tied = (surface(sigmoid, tanh, diagonal=on) for on in (False, True))
    assert not plain.axes[0].lines
    (line,) = tied.axes[0].lines
    assert np.array_equal(line.get_xydata(), [[-6, -6], [6, 6]])
    assert "tied: $z_i = z_g$" in texts(tied)
    assert tied.alt.endswith("both z are one number.")
    assert tied.alt.startswith(plain.alt)


def test_the_corners_are_told():
    assert surface(hard_sigmoid, tanh).alt == (
        "Map of i·g, with i = hard_sigmoid(z_i) and g = tanh(z_g): z_g from −6 to 6 to"
        " the right, z_i from −6 to 6 upward. In the upper corners i·g is −1 on the"
        " left and 1 on the right, in the lower corners 0 and 0."
    )
    title = surface(hard_sigmoid, tanh).axes[0].get_title(loc="left")
    assert title == "i·g = hard_sigmoid($z_i$) · tanh($z_g$)"


@pytest.mark.parametrize(
    ("options", "error", "complaint"),
    [
        ({"at": 3}, TypeError, r"at is 3; expected a pair \(z_g, z_i\)"),
        ({"at": (1, 2, 3)}, TypeError, r"at is \(1, 2, 3\); expected a pair"),
        ({"at": (6.1, 0)}, ValueError, r"at is \(6.1, 0.0\); expected numbers from −6"),
        ({"points": {"b": (0, -7)}}, ValueError, "b is .*; expected numbers from"),
        ({"points": {"b": ("x", 0)}}, TypeError, "b is 'x'; expected a real number"),
        ({"at": (float("nan"), 0)}, ValueError, "at is nan; expected a finite number"),
    ],
)
def test_a_point_out_of_sight_is_refused(options, error, complaint):
    with pytest.raises(error, match=complaint):
        surface(sigmoid, tanh, **options)


def test_a_point_at_the_very_end_is_shown():
    dots = surface(sigmoid, tanh, at=[-6, 6]).axes[0].lines
    assert dots[0].get_xydata().tolist() == [[-6, 6]]
