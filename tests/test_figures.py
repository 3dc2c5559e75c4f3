"""Figures say what they show, show what they are given, and never differ by a byte."""

import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from base64 import b64decode
from io import BytesIO

import matplotlib
import numpy as np
import pytest
from PIL import Image

from lstm_lib import figures as draw
from lstm_lib.activations import (
    ACTIVATIONS,
    hard_tanh,
    identity,
    leaky_relu,
    relu,
    sigmoid,
    tanh,
)
from lstm_lib.drift import walk
from lstm_lib.example import read
from lstm_lib.figures.picture import COLOURS, INK, SHADES, Picture, house_style, note
from lstm_lib.handmade import counter, depth, simulate, toggle

Z = np.linspace(-4, 4, 161)
X = np.linspace(-60, 0, 61)
RNG = np.random.default_rng(0)
RECIPES = {
    "curves": lambda: draw.curves(sigmoid, "A title"),
    "curves of two": lambda: draw.curves(relu, "A title", other=sigmoid),
    "compare": lambda: draw.compare([sigmoid, relu, tanh, identity], 1, 2),
    "slopes": lambda: draw.slopes(Z, -np.sinh(Z), np.cosh(Z), np.cosh(Z[::20])),
    "tape": lambda: draw.tape(depth(), "(a))"),
    "tails": lambda: draw.tails(X, np.exp(-X - 40), np.exp(-X - 39.5)),
    "gates": lambda: draw.gates({"i": RNG.beta(9, 9, 999), "f": RNG.beta(9, 3, 999)}),
    "learning": lambda: draw.learning({"a": [1.0] * 50, "b": [1.0] * 49 + [0.25]}),
    "reliability": lambda: draw.reliability({"a": ([0.2, 0.8], [0.2, 0.8])}),
    "larger_of_two": lambda: draw.larger_of_two(Z, {0.5: (Z, Z), 2.0: (Z, 2 * Z)}),
    "weights": lambda: draw.weights([counter(), depth()], "A title"),
    "score": lambda: draw.score(simulate(toggle(), "0110"), "A title", "ifgch"),
    "losses": lambda: draw.losses({4.0: walk(4.0, 9, 9), 6.0: walk(6.0, 9, 9)}),
    "reaches": lambda: draw.reaches(
        [2, 4, 6], [1.9, 5.2, 14.2], [2, 5, 14], [5.5, 38, 280]
    ),
    "maps": lambda: draw.maps(Z, ("one", {"s": 0 * Z + 1}), ("two", {"t": -Z, "k": Z})),
    "counts": lambda: draw.counts(
        "ab", {"one": [1.0, 2.0], "two": [1.0, -0.5]}, "A title"
    ),
    "path_slopes": lambda: draw.path_slopes({0.1: 0.1 ** np.arange(1, 5)[:, None]}),
    "supports": lambda: draw.supports([-0.5, 0, 1, 1.5]),
    "flat shares": lambda: draw.flat_shares(
        np.logspace(0, 1, 9), {"a": np.linspace(0, 1, 9)}
    ),
    "dying": lambda: draw.dying(
        {"a": (np.linspace(0.2, 0.6, 300), np.full(300, 0.05))}
    ),
    "kinds": lambda: draw.kinds(["0", "1"], [0.2, 0.1], [0.1, 0.6], "bias"),
    "loops": lambda: draw.loops({"a": [1.0, 2.0, 4.0], "b": [1.0, 0.5, 0.25]}),
    "arms": lambda: draw.arms(np.column_stack([Z, Z]), np.arange(161) % 2),
    "depth": lambda: draw.depth({"a": [0.01, 0.1, 1.0], "b": [0.0001, 0.01, 1.0]}),
    "zigzag": lambda: draw.zigzag(
        dict.fromkeys("ab", np.array([[0.0, 0.0], [0.5, -0.4]])),
        dict.fromkeys("ab", np.eye(2)),
        [1.0, -1.0],
    ),
    "race": lambda: draw.race({"a rate": {"a": np.arange(20.0, 44.0)}}),
    "one_input": lambda: draw.one_input(Z, 1 / (1 + np.exp(-Z)), np.tanh(Z)),
    "one_input_slopes": lambda: draw.one_input_slopes(
        Z, 0.5 - Z**2 / 40, 1 - Z**2 / 30
    ),
    "relatives": lambda: draw.relatives(Z, {"a": Z * np.exp(-(Z**2)), "b": Z / 9}),
    "ways": lambda: draw.ways({"a": [1, -1, 0, 0], "b": [1, 0, -1, 1]}, "abAB"),
    "sensitivities": lambda: draw.sensitivities(Z, np.exp(-(Z**2)), np.abs(Z) / 9, 1.0),
    "diagram": lambda: draw.diagram(read("ab")[1], read("ab")[0], "b"),
    "flow": lambda: draw.flow(read("ab")[1], read("a")[0].c.item()),
    "trace": lambda: draw.trace("ab", read("ab")),
    "settling": lambda: draw.settling(
        {"a": [1.0, 1.5], "b": [1.0, 2.0]}, {"a": 2}, "A title"
    ),
    "extremes": lambda: draw.extremes({"new": ([1.25, 1.5], [0.5, 0.75])}),
    "counts shown": lambda: draw.counts_shown(range(3), [0, 0.75, 0.96]),
    "drift": lambda: draw.drift({"a": [1.0] * 20, "b": [2.0] * 20}),
    "bends": lambda: draw.bends(tanh, sigmoid, {"tanh": 3.5, "sigmoid": 6.9}),
    "centres": lambda: draw.centres(Z, {"a": np.abs(Z), "b": 0.5 + 0 * Z}),
    "waves": lambda: draw.waves(Z, Z, {"a": np.tanh(Z), "b": np.clip(Z, -1, 1)}),
    "distortions": lambda: draw.distortions(Z, {"a": Z / 9, "b": Z / 8}),
    "gap to tanh": lambda: draw.gap_to_tanh(Z, Z / (1 + Z**4)),
    "weight by update": lambda: draw.weight_by_update(
        {"tanh from 2": np.linspace(2, 1, 99)}
    ),
    "swaps": lambda: draw.swaps("ab", {"one": [1.0, 0.5], "two": [2.0, 9.0]}, [1, 0]),
    "ranges": lambda: draw.ranges({"f × g": ((-1, 1), (0, 1), (0, np.inf))}),
    "memories": lambda: draw.memories({-1: {"a": [3.0, -2.0], "b": [3.0, 1.0]}}),
    "surface": lambda: draw.surface(sigmoid, tanh, at=(-1, 1), points={"a": (2, 3)}),
    "cost ratio": lambda: draw.cost_ratio(np.arange(1, 6), {"a": np.full((3, 5), 0.5)}),
    "autopsy": lambda: draw.autopsy(10, 150),
    "worth": lambda: draw.worth(
        "ab", {"one": [1.0, 0.5], "two": [1.0, 0.1]}, "A title"
    ),
    "fading": lambda: draw.fading({"": {"a": 0.5 ** np.arange(9.0)}}, "A title"),
    "paths apart": lambda: draw.paths_apart(
        {"a": (np.ones(3) / 8, np.ones(3))}, "A title"
    ),
    "fates": lambda: draw.fates(
        [3.0, -2.0], {"erase": [0.0, 0.0], "subtract": [2.0, -3.0]}
    ),
    "paths of the state": lambda: draw.paths_of_the_state(
        np.eye(3) / 2, np.full((3, 3), 0.1)
    ),
    "scope": lambda: draw.scope("LSTM", 1, 1, 3, 12),
    "attempt": lambda: draw.attempt("latch", [2, 2, -1, 0, 0, 1, 1, -1]),
    "readings": lambda: draw.readings(np.arange(1.0, 9), {"tanh": np.full(8, 0.7)}),
}
RASTERS = ["tails", "dying", "kinds", "race", "surface"]
VECTORS = [name for name in RECIPES if name not in RASTERS]
EVERY = pytest.mark.parametrize("picture", RECIPES, indirect=True)


class Drawn(dict):
    """Each picture by its name, drawn when it is first asked for."""

    def __missing__(self, name):
        self[name] = RECIPES[name]()
        return self[name]


PICTURES = Drawn()


@pytest.fixture
def picture(request):
    return PICTURES[request.param]


def lines(picture, axes=0):
    """The curves with more than two points, as (x, y)."""
    drawn = (line.get_data() for line in picture.axes[axes].lines)
    return [(np.asarray(x), np.asarray(y)) for x, y in drawn if len(x) > 2]


@EVERY
def test_a_picture_has_a_title_labels_and_an_alternative_text(picture):
    assert picture.axes[0].get_title(loc="left")
    assert len(picture.alt.split()) >= 12
    assert re.search(r"\d", picture.alt)
    assert not re.search(r"(?<!\w)-\d", picture.alt), "a minus sign, not a hyphen"
    if picture not in (PICTURES["diagram"], PICTURES["flow"]):
        assert picture.axes[-1].get_xlabel()


@pytest.mark.no_cover
@pytest.mark.parametrize("picture", VECTORS, indirect=True)
def test_a_picture_displays_as_svg_with_its_words_as_text(picture):
    data, metadata = picture._repr_mimebundle_(include=None, exclude=None)
    assert data["text/plain"] == picture.alt
    root = ET.fromstring(data["image/svg+xml"])
    size = metadata["image/svg+xml"]
    viewbox = [float(n) for n in root.attrib["viewBox"].split()]
    assert size["width"] / size["height"] == pytest.approx(
        viewbox[2] / viewbox[3], rel=0.01
    )
    assert viewbox[2] * 96 / 72 == pytest.approx(size["width"], abs=1)
    assert not list(root.iter("{http://www.w3.org/2000/svg}text")), "text is paths"


@pytest.mark.no_cover
@EVERY
def test_a_picture_is_opaque_and_tells_no_date(picture):
    assert "fill: #ffffff" in picture.svg
    assert not re.search(r"<dc:date>|Matplotlib v", picture.svg)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["compare", "score"])
def test_the_same_data_give_the_same_bytes(name):
    """Ids of clip paths and markers, too, which matplotlib makes of a salt."""
    again = RECIPES[name]()
    assert "clip-path" in again.svg and again.svg == PICTURES[name].svg


def test_a_raster_displays_as_png_for_fine_screens():
    picture = PICTURES["tails"]
    data, metadata = picture._repr_mimebundle_()
    assert data.keys() == {"text/plain", "image/png"}
    image = Image.open(BytesIO(b64decode(data["image/png"])))
    size = metadata["image/png"]
    assert image.size == pytest.approx((2 * size["width"], 2 * size["height"]), abs=2)
    assert len(image.getcolors()) > 2
    assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_what_the_reader_has_set_does_not_change_a_picture():
    before = PICTURES["trace"].svg
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 20}):
        assert draw.trace("ab", read("ab")).svg == before
        assert matplotlib.rcParams["font.size"] == 20


def test_pyplot_is_never_touched():
    code = "import sys; import lstm_lib.figures; " \
           "sys.exit('matplotlib.pyplot' in sys.modules)"  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("alt", ["", "figure.png", "a curve"])
def test_a_picture_without_a_sentence_is_refused(alt):
    with pytest.raises(ValueError, match="^alt is .*; expected a sentence"):
        Picture(alt)


def test_a_sentence_of_four_words_is_enough_and_minus_signs_are_set():
    picture = Picture("It is -1.5 here, x-2", facecolor="#abcdef")
    assert picture.alt == "It is −1.5 here, x-2"
    assert Picture("A line that rises").raster is False
    assert matplotlib.colors.to_hex(picture.get_facecolor()) == "#abcdef"


def test_only_what_hangs_on_last_digits_is_a_raster():
    assert [name for name in RECIPES if PICTURES[name].raster] == RASTERS


def test_a_note_stands_beside_its_point_in_its_colour():
    axes = Picture("A line that rises").subplots()
    note(axes, 1, 2, "here", (3, 4), "#abcdef", ha="right")
    (text,) = axes.texts
    assert (text.get_text(), text.xy, text.xyann) == ("here", (1, 2), (3, 4))
    assert (text.anncoords, text.get_color()) == ("offset points", "#abcdef")
    assert text.get_horizontalalignment() == "right"


def luminance(colour):
    c = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ (
        0.2126, 0.7152, 0.0722,
    )  # fmt: skip


@pytest.mark.parametrize("colour", [*SHADES.values(), INK])
def test_words_are_dark_enough_to_read_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_each_quantity_has_its_own_colour_and_shade():
    assert set(COLOURS) == set(SHADES) == set("figoch")
    for pair in itertools.combinations([*COLOURS.values()], 2):
        assert len(set(pair)) == 2


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_curves_are_the_activation_and_its_derivatives(activation):
    picture = draw.curves(activation, "A title", reach=5)
    parts = activation, activation.derivative, activation.second_derivative
    for number, part in enumerate(parts):
        pieces = lines(picture, number)
        assert len(pieces) == len(activation.kinks) + 1, "no line hides a kink"
        ends = [-5, *activation.kinks, 5]
        for (x, y), (start, end) in zip(pieces, itertools.pairwise(ends)):
            assert (x[0], x[-1]) == pytest.approx((start, end), abs=1e-8)
            assert start <= x[0] and x[-1] <= end
            assert np.abs(y - part(x)).max() <= 1e-9
    assert f"to {activation(5.0):#.4g}." in picture.alt


def test_curves_lay_another_one_over_the_first():
    picture = draw.curves(sigmoid, "A title", other=relu)
    for number, part in enumerate((relu, relu.derivative, relu.second_derivative)):
        *dashed, solid = picture.axes[number].lines
        assert [line.is_dashed() for line in (*dashed, solid)] == [True, True, False]
        for curve in dashed:
            x, y = curve.get_data()
            assert np.abs(y - part(x)).max() <= 1e-9
    assert "In dashes relu. The value goes from 0.000 to 8.000." in picture.alt


def test_curves_shade_where_the_slope_is_small():
    left, right = draw.curves(sigmoid, "A title").axes[1].patches
    edge = 4.585  # σ′ = 0.01 there
    for shade, ends in ((left, (-8, -edge)), (right, (edge, 8))):
        found = shade.get_x(), shade.get_x() + shade.get_width()
        assert found == pytest.approx(ends, abs=1e-3)
    assert "from −8 to −4.6 and from 4.6 to 8." in draw.curves(sigmoid, "A title").alt
    assert not draw.curves(leaky_relu, "A title").axes[1].patches


def test_curves_mark_a_point():
    picture = draw.curves(sigmoid, "A title", at=3)
    for axes, height in zip(picture.axes, ("0.9526", "0.04518", "−0.04089")):
        (dot,) = (line for line in axes.lines if line.get_marker() == "o")
        assert dot.get_xdata() == [3]
        assert f"{dot.get_ydata()[0]:.4g}".replace("-", "−") == height
        assert [text.get_text() for text in axes.texts] == [height]
    assert "the value is 0.9526, the slope is 0.04518, the bend is −0.04089." in (
        picture.alt
    )


def test_curves_name_the_two_at_their_lines():
    texts = draw.curves(sigmoid, "A title", other=tanh).axes[0].texts
    assert [text.get_text() for text in texts] == ["sigmoid", "tanh"]
    for text, f in zip(texts, (sigmoid, tanh)):
        x, y = text.xy
        assert y == f(x)


@pytest.mark.parametrize(
    ("activation", "words"),
    [
        (sigmoid, "largest at z = 0, where it is 0.2500; the bend at z = −1.32"),
        (hard_tanh, "0, then 1, then 0, kink at z = −1, kink at z = 1. The bend is 0."),
        (identity, "The slope is 1. The bend is 0."),
    ],
)
def test_curves_are_told_in_words(activation, words):
    assert words in draw.curves(activation, "A title").alt


def test_slopes_show_the_three_they_are_given():
    (_, true), (_, printed), (at, measured) = lines(PICTURES["slopes"])
    assert np.array_equal(true, np.cosh(Z)) and np.array_equal(printed, -np.sinh(Z))
    assert np.array_equal(at, Z[::20]) and np.array_equal(measured, np.cosh(Z[::20]))
    assert "negative from z = 0.05 on" in PICTURES["slopes"].alt


def test_tails_show_the_error_up_to_all_of_it():
    (_, expected), (_, error) = lines(PICTURES["tails"])
    assert np.array_equal(error, np.exp(-X - 40))
    assert expected.max() == 1 and expected[-1] == np.exp(-39.5)
    assert "to 1, that is 100 %, at about z = −40" in PICTURES["tails"].alt


def test_gates_count_what_lies_in_the_middle():
    assert "100.0% of the values" in PICTURES["gates"].alt
    alt = draw.gates({"i": np.array([0.05, 0.5, 0.5, 0.95])}).alt
    assert "centred on 0.50, 50.0% of the values" in alt


def test_learning_and_reliability_draw_what_they_are_given():
    axes = PICTURES["learning"].axes[0]
    assert [line.get_ydata()[-1] for line in axes.lines] == [1, 0.25]
    assert "b: from 1.00 to 0.25 after 49 updates" in PICTURES["learning"].alt
    predicted, observed = [0.1, 0.5, 0.9], [0.3, 0.5, 0.8]
    picture = draw.reliability({"m": (predicted, observed)})
    assert [list(part) for part in lines(picture)[0]] == [predicted, observed]
    assert "m: at most 0.20 away" in picture.alt


def test_the_diagram_and_the_trace_carry_the_numbers_of_the_steps():
    first, second = read("ab")
    words = " ".join(t.get_text() for t in PICTURES["diagram"].axes[0].texts)
    old = (first.c.item(), first.h.item())
    products = (second.f * first.c, second.i * second.g)
    for value in (*map(np.squeeze, (*second[4:], *products)), *old):
        shown = f"{value:.3f}".replace("-", "−")
        assert shown in words and shown in PICTURES["diagram"].alt
    assert "$x_t$: b" in words
    ys = [list(y) for _, y in lines(PICTURES["trace"])]
    assert ys == [[0, first.c.item(), second.c.item()],
                  [0, first.h.item(), second.h.item()]]  # fmt: skip


def test_the_house_style_ends_with_its_context():
    before = matplotlib.rcParams["svg.hashsalt"]
    with house_style():
        assert matplotlib.rcParams["svg.hashsalt"] == "lstm_lib"
    assert matplotlib.rcParams["svg.hashsalt"] == before
