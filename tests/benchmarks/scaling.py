"""Time a step of the engine against one size at a time; record a table and a figure.

`make bench` runs this on an idle machine. Everything in float64 and one thread, the
sizes interleaved. A slope is that of log time against log size: 1 for what doubles
with the size, 0 for what does not depend on it.
"""

import one_thread  # noqa: F401

# isort: split
from datetime import date

import drawings
import numpy as np
from record import machine, record, times
from tqdm import tqdm
from work import Size, Work

from lstm_lib.figures.picture import minus
from lstm_lib.sequence import backward, forward

ROUNDS = 15
BASE = Size(T=50, B=32, D=8, H=16)
GROWN = {
    "H": [4 * 2**k for k in range(8)],
    "B": [2**k for k in range(11)],
    "T": [2**k for k in range(11)],
    "R": [2**k for k in range(8)],
}


def grown(name: str) -> dict[int, float]:
    """Microseconds of a step, the median, by the size that is called `name`."""
    sizes = {value: BASE._replace(**{name: value}) for value in GROWN[name]}
    works = {value: Work.drawn(size, "float64") for value, size in sizes.items()}
    calls = {
        value: lambda w=work: backward(w.lstm, forward(w.lstm, w.x), w.dh)
        for value, work in works.items()
    }
    measured = times(calls, ROUNDS)
    return {
        value: float(np.median(seconds)) * 1e6 / sizes[value].T
        for value, seconds in measured.items()
    }


def slope(of: dict[int, float], last: int = 0) -> float:
    """That of a straight line through all points, or the last few."""
    return np.polyfit(*np.log([*of.items()][-last:]).T, 1)[0]


def table(found: dict[str, dict[int, float]]) -> str:
    """The slopes, and all times, as a Markdown table."""
    lines = ["| size | slope | of the last doubling | µs a step |", "|:--|--:|--:|:--|"]
    for name, of in found.items():
        told = ", ".join(f"{value}: {time:.3g}" for value, time in of.items())
        lines.append(f"| {name} | {slope(of):.2f} | {slope(of, 2):.2f} | {told} |")
    return minus("\n".join(lines))


def main() -> None:
    found = {name: grown(name) for name in tqdm(GROWN, unit="size")}
    picture = drawings.scaling(found, {name: slope(of) for name, of in found.items()})
    T, B, D, H, _ = BASE
    record(
        "Engine, one size at a time",
        f"Forward and backward of `lstm_lib.sequence`, float64, one thread, {ROUNDS}"
        f" interleaved rounds, {date.today()}.\n{machine()}.\nAll other sizes are"
        f" T = {T}, B = {B}, D = {D}, H = {H}, no replicas. A slope is that of log"
        " time against\nlog size: 1 for what doubles with the size, 0 for what does"
        " not depend on it.",
        drawings.shown(picture, "scaling"),
        table(found),
    )


if __name__ == "__main__":
    main()
