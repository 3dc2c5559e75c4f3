"""Time np.tanh against clipping to ±1, and record the table and the data.

`make bench` runs this on an idle machine. Every contender is given the array to
write to, so that none is charged for memory. Clipping is timed in two ways: as
np.clip, which does some work in Python before it touches a number, and as a maximum
and a minimum, which do not. The chapter on hard tanh shows what is saved here.
"""

from datetime import date

import numpy as np
from record import machine, record, save, times
from tqdm import tqdm

ROUNDS = 15
SIZES = tuple(10**k for k in range(1, 8))
TYPES = ("float64", "float32")
NAME = "tanh_and_clip"
ABOUT = (
    "Time of one call in microseconds, median of interleaved rounds: np.tanh(x, out=y),"
    " np.clip(x, -1, 1, out=y), and maxmin, which is"
    " np.minimum(np.maximum(x, -1, out=y), 1, out=y). x holds so many normal numbers"
    " of standard deviation 2. tanh_per_clip is the ratio of the first two in a round:"
    " median, lower and upper quartile over the rounds; tanh_per_maxmin its median"
    " for the first and the third."
)


def row(kind: str, size: int) -> dict[str, str | float]:
    """What is recorded for one type and one size."""
    x = np.random.default_rng(0).normal(0, 2, size).astype(kind)
    y = np.empty_like(x)
    contenders = {
        "tanh": lambda: np.tanh(x, out=y),
        "clip": lambda: np.clip(x, -1, 1, out=y),
        "maxmin": lambda: np.minimum(np.maximum(x, -1, out=y), 1, out=y),
    }
    measured = times(contenders, ROUNDS)
    ratio = measured["tanh"] / measured["clip"]
    low, middle, high = np.percentile(ratio, (25, 50, 75))
    numbers = {name: np.median(seconds) * 1e6 for name, seconds in measured.items()}
    numbers |= {"tanh_per_clip": middle, "lower": low, "upper": high}
    numbers["tanh_per_maxmin"] = np.median(measured["tanh"] / measured["maxmin"])
    rounded = {name: float(f"{value:.4g}") for name, value in numbers.items()}
    return {"type": kind, "numbers": size} | rounded


def table(rows: list[dict[str, str | float]]) -> str:
    """The results as a Markdown table."""
    lines = [
        "| type | numbers | np.tanh, µs | np.clip, µs | maximum, minimum, µs"
        " | tanh / clip (quartiles) | tanh / maximum, minimum |",
        "|:--" + "|--:" * 6 + "|",
    ]
    for r in rows:
        medians = " | ".join(f"{r[name]:.3g}" for name in ("tanh", "clip", "maxmin"))
        ratio = f"{r['tanh_per_clip']:.2f} ({r['lower']:.2f} to {r['upper']:.2f})"
        lines.append(
            f"| {r['type']} | {r['numbers']:,} | {medians} | {ratio}"
            f" | {r['tanh_per_maxmin']:.2f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    cases = [(kind, size) for kind in TYPES for size in SIZES]
    rows = [row(*case) for case in tqdm(cases, unit="size")]
    save(NAME, ABOUT, {name: [r[name] for r in rows] for name in rows[0]})
    record(
        "Tanh and clip",
        f"One thread, {ROUNDS} interleaved rounds, {date.today()}.\n{machine()}.",
        table(rows),
    )
