"""Time the sigmoid of the library against its peers, and record the table.

`make bench` runs this on an idle machine. Each round times every contender once,
in turn, so that a slow moment hits all of them; the table gives medians over the
rounds and, as a spread, the quartiles of the ratio.
"""

import platform
import timeit
from datetime import date
from pathlib import Path

import numpy as np
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
PAGE = Path(__file__).parent / "README.md"


def machine() -> str:
    """Processor, system and versions of what is timed."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(": ")[1] for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor()
    return f"{name}, {platform.system()}, Python {platform.python_version()}, " \
           f"NumPy {np.__version__}"  # fmt: skip


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
    results = table()
    head = PAGE.read_text(encoding="utf-8").split("## Sigmoid")[0]
    PAGE.write_text(
        f"{head}## Sigmoid\n\nfloat64, one thread, {ROUNDS} interleaved rounds, "
        f"{date.today()}.\n{machine()}.\n\n{results}\n",
        encoding="utf-8",
    )
    print(f"\n{results}\n\nRecorded in {PAGE.name}.")
