"""The JavaScript that explorables share computes and writes what Python does."""

import math

import numpy as np
import pytest
from live import SMALLEST, equal, parts

from lstm_lib.activations import ACTIVATIONS, identity, leaky, relu
from lstm_lib.figures.picture import COLOURS, INK, SHADES
from lstm_lib.outputs import EDGES, summary


def grid():
    """From −50 to 50, the tails down to the smallest floats, kinks, and no numbers."""
    tails = np.geomspace(SMALLEST, 1e3, 2001)
    kinks = np.array([-3.0, -1.0, 0.0, 1.0, 3.0])
    near = np.concatenate([np.nextafter(kinks, side) for side in (-9, 9)])
    odd = [-math.inf, math.inf, math.nan, -745.0, -746.0, 710.0, -0.0]
    return np.concatenate([np.linspace(-50, 50, 4001), tails, -tails, kinks, near, odd])


def test_the_formulas_are_pythons(modules):
    """Both sides compute every activation over one grid, tails and kinks included."""
    x = grid()
    found = modules.evaluate(
        """async (grid) => {
          const { ACTIVATIONS } = await import("./math.js");
          // As text, which travels ten times faster than numbers do.
          const along = (f) => grid.map(f).join(" ");
          return Object.entries(ACTIVATIONS).map(([name, f]) => [name, {
            kinks: f.kinks, value: along(f.value),
            slope: along(f.slope), bend: along(f.bend),
          }]);
        }""",
        x.tolist(),
    )
    assert [name for name, _ in found] == [*ACTIVATIONS]
    for name, theirs in found:
        assert tuple(theirs.pop("kinks")) == ACTIVATIONS[name].kinks
        for part, function in parts(ACTIVATIONS[name]).items():
            off = x[~equal(theirs[part].split(), function(x))]
            assert not off.size, (name, part, off[:5])


def test_leaky_relu_is_pythons_for_every_slope(modules):
    """And at 0 and 1, which Python refuses, it is what Python's refusal names."""
    slopes = [-1.0, -0.35, -1e-9, 0.0, 0.01, 0.1, 1 / 3, 0.99, 1.0, 1.01, 2.0]
    x = grid()
    found = modules.evaluate(
        """async ([slopes, grid]) => {
          const { leaky } = await import("./math.js");
          const along = (f) => grid.map(f).join(" ");
          return slopes.map(leaky).map((f) => ({
            kinks: f.kinks, value: along(f.value),
            slope: along(f.slope), bend: along(f.bend),
          }));
        }""",
        [slopes, x.tolist()],
    )
    for k, theirs in zip(slopes, found, strict=True):
        f = {0: relu, 1: identity}.get(k) or leaky(k)
        assert tuple(theirs.pop("kinks")) == f.kinks
        for part, function in parts(f).items():
            off = x[~equal(theirs[part].split(), function(x))]
            assert not off.size, (k, part, off[:5])


def test_the_averages_are_pythons(modules):
    """Means, spreads, shares and all bins, over inputs from narrow to wide."""
    inputs = [(m, s) for m in (-3, -0.35, 0, 0.1, 2, 3) for s in (0.1, 0.7, 1, 4)]
    edges, found = modules.evaluate(
        """async (inputs) => {
          const { EDGES, summary } = await import("./distribution.js");
          const { ACTIVATIONS } = await import("./math.js");
          const all = Object.values(ACTIVATIONS);
          return [EDGES, all.map((f) => inputs.map((one) => summary(f, ...one)))];
        }""",
        inputs,
    )
    assert edges == EDGES.tolist()
    for f, theirs in zip(ACTIVATIONS.values(), found, strict=True):
        for (mean, spread), one in zip(inputs, theirs, strict=True):
            ours = vars(summary(f, mean, spread))
            assert one.keys() == ours.keys()
            for part, value in ours.items():
                assert np.shape(one[part]) == np.shape(value), (f.name, mean, spread)
                gap = np.abs(np.subtract(one[part], value))
                near = gap <= 1e-12 * np.maximum(1, np.abs(value))
                assert near.all(), (f.name, mean, spread, part)


def test_the_colours_are_pythons(modules):
    found = modules.evaluate(
        'import("./plot.js").then(({ COLOURS, SHADES, INK }) => [COLOURS, SHADES, INK])'
    )
    assert found == [dict(COLOURS), dict(SHADES), INK]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-2, "−2"),
        (0.964027, "0.9640"),
        (-0.99999, "−1.000"),
        (0.00099, "9.90 · 10⁻⁴"),
        (-4.5e-12, "−4.50 · 10⁻¹²"),
        (12345.6, "1.23 · 10⁴"),
        (9999.4, "9999"),
    ],
)
def test_numbers_are_written_for_readers(value, text, modules):
    js = "(x) => import('./plot.js').then(({ number }) => number(x))"
    assert modules.evaluate(js, value) == text


def test_grid_lines_are_round(modules):
    js = "(a) => import('./plot.js').then(({ ticks }) => ticks(...a))"
    assert modules.evaluate(js, [-8, 8, 10]) == [-8, -6, -4, -2, 0, 2, 4, 6, 8]
    assert modules.evaluate(js, [-8, 8, 7.2]) == [-8, -4, 0, 4, 8]
    assert modules.evaluate(js, [-0.02, 0.28, 6]) == [0, 0.05, 0.1, 0.15, 0.2, 0.25]
    assert modules.evaluate(js, [-1.2, 1.2, 6]) == [-1, -0.5, 0, 0.5, 1]
    assert modules.evaluate(js, [0.5, 1.5, 3]) == [0.8, 1.2]


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(-1.25, 1, "−1.3"), (-1e-17, 3, "0.000"), (-0.0, 2, "0.00"), (2.5, 2, "2.50")],
)
def test_places_are_written_to_the_same_digits(value, digits, text, modules):
    js = "(a) => import('./functions.js').then(({ spot }) => spot(...a))"
    assert modules.evaluate(js, [value, digits]) == text
