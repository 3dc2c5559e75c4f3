"""The running example: one LSTM unit that reads `aabb`.

It counts: a is one up, b is one down, and capital letters are to be ignored. Its
weights are set by hand so that the numbers can be followed with a pocket
calculator, and nothing is fed back (U = 0):

    z_i = 2 − 5·capital    z_f = 3    z_g = 2·(is it an a) − 2·(is it a b)    z_o = 1
"""

import numpy as np

from lstm_lib import checks
from lstm_lib.cell import LSTM, Step, step

__all__ = ["UNIT", "read"]

# One row per i, f, g, o; the columns of W: is it an a, is it a b, is it a capital.
UNIT = LSTM(
    W=np.array([[[0, 0, -5]], [[0, 0, 0]], [[2, -2, 0]], [[0, 0, 0]]]),
    U=np.zeros((4, 1, 1)),
    b=np.array([[2], [3], [0], [1]]),
)
LETTERS = {"a": [[1, 0, 0]], "b": [[0, 1, 0]], "A": [[1, 0, 1]], "B": [[0, 1, 1]]}


def read(text: str, lstm: LSTM = UNIT) -> list[Step]:
    """Feed `text`, a string of a, b, A and B, to `lstm` from an empty state.

    Returns one `Step` per letter, each array of shape (1, H). Any other symbol
    raises ValueError and is named with its position; what is no string raises
    TypeError.
    """
    checks.instance("text", text, str)
    h = c = np.zeros((1, lstm.hidden))
    trace = []
    for position, letter in enumerate(text):
        if letter not in LETTERS:
            expected = "expected a, b, A or B"
            raise ValueError(f"text has {letter!r} at {position}; {expected}")
        trace.append(step(lstm, LETTERS[letter], h, c))
        h, c = trace[-1].h, trace[-1].c
    return trace
