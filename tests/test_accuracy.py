"""Value, slope and bend agree with 60-digit arithmetic wherever float64 reaches.

Held: within 2, 4 and 8 units in the last place, subnormal results included; in
float32 rounded once. Nothing is signalled on the way; NaN passes through and
the infinities give the limits.
"""

import mpmath as mp
import numpy as np
import pytest

from lstm_lib.activations import ACTIVATIONS, leaky

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.no_cover]
mp.mp.dps = 60

BARS = {"value": 2, "derivative": 4, "second_derivative": 8}
ALL = (*ACTIVATIONS.values(), leaky(2.0), leaky(-0.5))

every_activation = pytest.mark.parametrize("f", ALL, ids=lambda f: f.name)
every_order = pytest.mark.parametrize("order", BARS)


def part(f, order):
    """The activation itself, its slope, or its bend."""
    return f if order == "value" else getattr(f, order)


def points():
    """Numbers of every size, dense at kinks and where results become subnormal."""
    rng = np.random.default_rng(0)
    parts = [rng.uniform(-reach, reach, 500) for reach in (760, 40, 4, 1e-3)]
    for low, high in ((17, 21), (340, 380), (700, 750)):
        parts.append(rng.uniform(low, high, 500) * rng.choice((-1, 1), 500))
    with np.errstate(under="ignore"):
        parts.append(10 ** rng.uniform(-320, 308, 1000) * rng.choice((-1, 1), 1000))
    for kink in (-3.0, -1.0, 0.0, 1.0, 3.0):
        parts += [[kink], kink + rng.normal(0, 1e-3, 50)]
        parts.append(np.nextafter(kink, (-9, 9)))
    return np.concatenate(parts)


POINTS = points()


def exp(x):
    """The exponential of −|x|."""
    return mp.exp(-abs(x))


def sigmoid_slope(x):
    return exp(x) / (1 + exp(x)) ** 2


def tanh(x):
    return -mp.sign(x) * mp.expm1(-2 * abs(x)) / (1 + exp(2 * x))


def lines(kinks, *pieces):
    """Value, slope, bend of lines (slope, height at 0); a kink belongs outward."""

    def at(x):
        if len(kinks) == 1:
            return pieces[x > kinks[0]]
        return pieces[(x > kinks[0]) + (x >= kinks[1])]

    return lambda x: at(x)[0] * x + at(x)[1], lambda x: at(x)[0], lambda x: 0


EXACT = {
    "sigmoid": (
        lambda x: 1 / (1 + mp.exp(-x)),
        sigmoid_slope,
        lambda x: -tanh(x / 2) * sigmoid_slope(x),
    ),
    "tanh": (
        tanh,
        lambda x: 4 * sigmoid_slope(2 * x),
        lambda x: -8 * tanh(x) * sigmoid_slope(2 * x),
    ),
    "hard_tanh": lines((-1, 1), (0, -1), (1, 0), (0, 1)),
    "hard_sigmoid": lines((-3, 3), (0, 0), (mp.mpf(1) / 6, 0.5), (0, 1)),
    "relu": lines((0,), (0, 0), (1, 0)),
    "leaky_relu": lines((0,), (0.01, 0), (1, 0)),
    "leaky_relu(2)": lines((0,), (2, 0), (1, 0)),
    "leaky_relu(-0.5)": lines((0,), (-0.5, 0), (1, 0)),
    "identity": lines((0,), (1, 0), (1, 0)),
}


def worst_ulp(x, got, formula):
    """Largest error of `got`, in units of the last place of the exact value."""
    worst = 0
    for point, value in zip(x.tolist(), got, strict=True):
        exact = formula(mp.mpf(point))
        with np.errstate(over="ignore"):
            rounded = got.dtype.type(float(exact))
        if np.isinf(rounded):
            assert value == rounded
        else:
            error = abs(mp.mpf(float(value)) - exact)
            worst = max(worst, error / float(np.spacing(abs(rounded))))
    return worst


@every_order
@every_activation
def test_float64_is_within_the_bars(f, order):
    formula = EXACT[f.name][list(BARS).index(order)]
    assert worst_ulp(POINTS, part(f, order)(POINTS), formula) <= BARS[order]


@every_order
@every_activation
def test_float32_is_rounded_once(f, order):
    x = POINTS[abs(POINTS) < 3e38][::3].astype(np.float32)
    formula = EXACT[f.name][list(BARS).index(order)]
    assert worst_ulp(x, part(f, order)(x), formula) <= 0.501


@every_order
@every_activation
def test_nothing_is_signalled_and_nan_passes(f, order):
    with np.errstate(all="raise"):
        got = part(f, order)([*POINTS, np.inf, -np.inf, np.nan])
    assert np.isnan(got[-1])
    assert not np.isnan(got[:-1]).any()
    assert np.isnan(part(f, order)(np.float32(np.nan)))


@every_activation
@pytest.mark.parametrize("sign", [-1, 1])
def test_infinities_give_the_limits(f, sign):
    value, slope, bend = (
        float(formula(mp.mpf(sign) * 10**9)) for formula in EXACT[f.name]
    )
    assert f(sign * np.inf) == (value if abs(value) <= 1 else value * np.inf)
    assert f.derivative(sign * np.inf) == slope
    assert f.second_derivative(sign * np.inf) == bend
