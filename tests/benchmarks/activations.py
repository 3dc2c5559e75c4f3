"""Time the sigmoid of the library against its peers, and record the table.

`make bench` runs this on an idle machine. The table gives medians over interleaved
rounds and, as a spread, the quartiles of the ratio.
"""

from datetime import date

import numpy as np
from record import machine, record, times
from scipy.special import expit
from tqdm import tqdm

from lstm_lib.activations import sigmoid

ROUNDS = 15
SIZES = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
CONTENDERS = {
    "lstm_lib": sigmoid,
    "SciPy's expit": expit,
    "1 / (1 + np.exp(-x))": lambda x: 1 / (1 + np.exp(-x)),
}


def table() -> str:
    """The results as a Markdown table."""
    lines = [
        "| numbers | " + " | ".join(f"{name}, µs" for name in CONTENDERS)
        + " | lstm_lib / expit (quartiles) |",
        "|--:" * (len(CONTENDERS) + 2) + "|",
    ]  # fmt: skip
    for size in tqdm(SIZES, unit="size"):
        x = np.random.default_rng(0).normal(0, 4, size)
        calls = {name: lambda f=f, x=x: f(x) for name, f in CONTENDERS.items()}
        measured = times(calls, ROUNDS)
        low, middle, high = np.percentile(
            measured["lstm_lib"] / measured["SciPy's expit"], (25, 50, 75)
        )
        medians = " | ".join(f"{np.median(t) * 1e6:.3g}" for t in measured.values())
        ratio = f"{middle:.2f} ({low:.2f} to {high:.2f})"
        lines.append(f"| {size:,} | {medians} | {ratio} |")
    return "\n".join(lines)


if __name__ == "__main__":
    record(
        "Sigmoid",
        f"float64, one thread, {ROUNDS} interleaved rounds, {date.today()}.\n"
        f"{machine()}.",
        table(),
    )
