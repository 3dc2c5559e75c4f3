"""The LSTM once more, for complex numbers: one product a gate, one line an equation.

A derivative is had from it by a complex step: Im f(x + 10⁻³⁰ i) / 10⁻³⁰, to the last
digit, since nothing is subtracted (Squire & Trapp 1998). Where a function has pieces,
the real part says which one holds.
"""

import numpy as np

STEP = 1e-30


def hard(z, low, high, slope, middle):
    """A straight line, cut off at both ends."""
    y = slope * z + middle
    return np.where(y.real <= low, low, np.where(y.real >= high, high, y))


FORMULAS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "hard_tanh": lambda z: hard(z, -1, 1, 1, 0),
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "leaky_relu": lambda z: np.where(z.real > 0, z, 0.01 * z),
    "hard_sigmoid": lambda z: hard(z, 0, 1, 1 / 6, 1 / 2),
    "identity": lambda z: z,
}


def states(lstm, W, U, b, x, h, c):
    """All h and all c, (N, T, B, H) each; every array has one more axis N in front."""
    gate, candidate, output = (
        FORMULAS[one.name] for one in (lstm.gate, lstm.candidate, lstm.output)
    )
    all_h, all_c = [], []
    for now in np.moveaxis(x, 1, 0):
        z = [
            now @ np.swapaxes(W[:, k], 1, 2)
            + h @ np.swapaxes(U[:, k], 1, 2)
            + b[:, k, None]
            for k in range(4)
        ]
        c = gate(z[1]) * c + gate(z[0]) * candidate(z[2])
        h = gate(z[3]) * output(c)
        all_h.append(h)
        all_c.append(c)
    return np.stack(all_h, 1), np.stack(all_c, 1)


def gradients(lstm, x, h0, c0, dh, dc):
    """∂/∂ each coordinate of W, U, b, x, h0 and c0 of Σ dh ⊙ h + Σ dc ⊙ c."""

    def loss(*stepped):
        h, c = states(lstm, *stepped)
        return (dh * h).sum((1, 2, 3)) + (dc * c).sum((1, 2, 3))

    return slopes(loss, lstm.W, lstm.U, lstm.b, x, h0, c0)


def slopes(loss, *given):
    """∂/∂ each coordinate of some arrays of a loss, which takes N of each at once."""
    count = sum(one.size for one in given)
    stepped, start = [], 0
    for one in given:
        many = np.repeat(one[None].astype(complex), count, axis=0)
        places = np.arange(one.size)
        many.reshape(count, -1)[start + places, places] += STEP * 1j
        stepped.append(many)
        start += one.size
    ends = np.cumsum([one.size for one in given])[:-1]
    parts = np.split(loss(*stepped).imag / STEP, ends)
    return [part.reshape(one.shape) for part, one in zip(parts, given)]
