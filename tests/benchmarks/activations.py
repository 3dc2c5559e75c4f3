"""Time the sigmoid of the library against its peers, and record the table.

`make bench` runs this on an idle machine. Each round times every contender once,
in turn, so that a slow moment hits all of them; the table gives medians over the
rounds and, as a spread, the quartiles of the ratio.
"""

import timeit
from datetime import date

import numpy as np
from record import machine, record
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


def times(size: int) -> dict[str, np.ndarray]:
    """Seconds per call of each contender on `size` numbers, one per round."""
    x = np.random.default_rng(0).normal(0, 4, size)
    timers = {name: timeit.Timer(lambda f=f: f(x)) for name, f in CONTENDERS.items()}
    calls = {name: timer.autorange()[0] for name, timer in timers.items()}
    rounds = [
        [timer.timeit(max(1, calls[name] // 4)) / max(1, calls[name] // 4)
         for name, timer in timers.items()]
        for _ in range(ROUNDS)
    ]  # fmt: skip
    return dict(zip(CONTENDERS, np.transpose(rounds), strict=True))


def table() -> str:
    """The results as a Markdown table."""
    lines = [
        "| numbers | " + " | ".join(f"{name}, µs" for name in CONTENDERS)
        + " | lstm_lib / expit (quartiles) |",
        "|--:" * (len(CONTENDERS) + 2) + "|",
    ]  # fmt: skip
    for size in tqdm(SIZES, unit="size"):
        measured = times(size)
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
