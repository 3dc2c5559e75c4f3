"""Time the engine against its peers, forward and backward, and record tables.

`make bench` runs this on an idle machine, in an environment of its own. Everybody
gets the same parameters, inputs and ∂L/∂h in one thread; whoever finds other
gradients than we do is not timed but stops the run. Medians of interleaved rounds;
as a spread, the quartiles of the ratio within a round.
"""

import one_thread  # noqa: F401

# isort: split
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import drawings
import jax
import numpy as np
import peers
import torch
from record import machine, record, times
from tqdm import tqdm
from work import Size, Work

from lstm_lib.activations import hard_sigmoid, hard_tanh

ROUNDS = 15
AGREED = {"float64": 1e-9, "float32": 1e-3}  # in the norm of each gradient
# torch's hardsigmoid has the slope float32(1/6) in float64, too: off by 3e-8.
HARD_AGREED = {"float64": 1e-7, "float32": 1e-3}
FLOOR = ("products", "tanh")
HARD = {"gate": hard_sigmoid, "candidate": hard_tanh, "output": hard_tanh}
SIZES = (
    Size(50, 32, 8, 16),
    Size(100, 64, 32, 64),
    Size(100, 64, 64, 256),
    *(Size(50, B, 8, H, R=50) for B in (4, 32) for H in (8, 16)),
)
# What others' time over ours is to be at least, in float64.
BARS: dict[str, Callable[[Size], float | None]] = {
    "torch.nn.LSTM": lambda s: {16: 3, 64: 1.3, 256: 1.3}.get(s.H),
    "torch vmap": lambda s: None,
    "hard torch loop": lambda s: 2.5 if s.H == 16 else None,
    "JAX": lambda s: 0.95,
    "NumPy loop": lambda s: None,
    "floor": lambda s: 0.6 if s.H >= 64 else None,
}
NOTES = """\
Everybody gets the same parameters, inputs and ∂L/∂h, and gives ∂L/∂W, ∂L/∂U, ∂L/∂b
and ∂L/∂x, which were compared beforehand. A size is T, B, D, H, behind the number of
replicas if there are any: torch.nn.LSTM and the NumPy loop take one after the other,
torch.func.vmap and jax.vmap all at once. *Hard* means hard sigmoid and hard tanh in
place of σ and tanh, ours against theirs. A ratio above 1 says that we are faster;
that of the floor, how much of our time goes into what cannot be left out: the matrix
products and as many tanh, each timed alone."""
Measured = dict[str, np.ndarray]


def contenders(size: Size, kind: str) -> dict[str, peers.Call]:
    """All that is timed at one size, once it is known to find the same."""
    work = Work.drawn(size, kind)
    calls = {
        "lstm_lib": peers.ours(work),
        "torch.nn.LSTM": peers.torch_layer(work),
        "JAX": peers.jax_scan(work),
        "NumPy loop": peers.numpy_loop(work),
    }
    if size.R:
        calls["torch vmap"] = peers.torch_vmap(work)
    compare(calls, AGREED[kind])
    if not size.R:
        hard = work._replace(lstm=replace(work.lstm, **HARD))
        swapped = {
            "hard lstm_lib": peers.ours(hard),
            "hard torch loop": peers.torch_hard_loop(hard),
        }
        compare(swapped, HARD_AGREED[kind])
        calls |= swapped
    return calls | dict(zip(FLOOR, (peers.products(work), peers.squashing(work))))


def compare(calls: dict[str, peers.Call], bar: float) -> None:
    """Refuse a contender whose gradients differ from those of the first."""
    (_, first), *others = calls.items()
    ours = first()
    for name, call in others:
        for what, one, other in zip("WUbx", ours, peers.gradients(call(), ours)):
            off = np.linalg.norm(one - other) / np.linalg.norm(one)
            if one.dtype != other.dtype or not off <= bar:
                raise RuntimeError(f"{name}: ∂L/∂{what} is off by {off:.1e}")


def measure(size: Size, kind: str) -> Measured:
    """Seconds of each contender per round, and of both floors together."""
    measured = times(contenders(size, kind), ROUNDS)
    return measured | {"floor": sum(measured[name] for name in FLOOR)}


def ratios(measured: Measured) -> dict[str, np.ndarray]:
    """Lower quartile, median and upper quartile of others' time over ours."""
    return {
        name: np.percentile(
            measured[name] / measured["hard " * name.startswith("hard") + "lstm_lib"],
            (25, 50, 75),
        )
        for name in BARS
        if name in measured
    }


def cell(name: str, size: Size, ratio: dict[str, np.ndarray], barred: bool) -> str:
    """The ratio with its quartiles, and whether it reaches its bar."""
    if name not in ratio:
        return ""
    low, middle, high = ratio[name]
    text = f"{middle:.2f} ({low:.2f} to {high:.2f})"
    bar = BARS[name](size) if barred else None
    if bar is None:
        return text
    return f"{text} ≥ {bar} {'✓' if middle >= bar else '**no**'}"


def compared(results: dict[Size, Measured], barred: bool) -> str:
    """A table of the ratios; with bars if they are `barred`."""
    heads = [f"{name} / ours" for name in BARS]
    lines = [
        "| T, B, D, H | " + " | ".join(heads) + " |",
        "|:--" * (len(heads) + 1) + "|",
    ]
    for size, measured in results.items():
        ratio = ratios(measured)
        cells = (cell(name, size, ratio, barred) for name in BARS)
        lines.append(f"| {size} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def verdict(results: dict[Size, Measured]) -> str:
    """How many of the bars are reached."""
    reached = [
        ratio[1] >= BARS[name](size)
        for size, measured in results.items()
        for name, ratio in ratios(measured).items()
        if BARS[name](size) is not None
    ]
    return f"{sum(reached)} of {len(reached)} bars (≥) are reached"


def timed(results: dict[str, dict[Size, Measured]]) -> str:
    """A table of the medians."""
    names = ["lstm_lib", "torch.nn.LSTM", "torch vmap", "JAX", "NumPy loop",
             "hard lstm_lib", "hard torch loop", *FLOOR]  # fmt: skip
    lines = [
        "| ms | type | " + " | ".join(names) + " |",
        "|:--|:--" + "|--:" * len(names) + "|",
    ]
    for kind, sizes in results.items():
        for size, measured in sizes.items():
            cells = (
                f"{np.median(measured[name]) * 1e3:.3g}" if name in measured else ""
                for name in names
            )
            lines.append(f"| {size} | {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    cases = [(kind, size) for kind in AGREED for size in SIZES]
    results = {kind: {} for kind in AGREED}
    for kind, size in tqdm(cases, unit="size"):
        results[kind][size] = measure(size, kind)
    exact = results["float64"]
    picture = drawings.ratios({str(size): ratios(exact[size]) for size in exact})
    record(
        "Engine",
        f"Forward and backward of `lstm_lib.sequence`, one thread, {ROUNDS} interleaved"
        f" rounds, {date.today()}.\n{machine()}, PyTorch {torch.__version__}, JAX"
        f" {jax.__version__}.\n{NOTES}",
        drawings.shown(picture, "engine"),
        f"float64, the median of the ratio (quartiles); {verdict(exact)}:",
        compared(exact, barred=True),
        "float32, likewise:",
        compared(results["float32"], barred=False),
        "Medians, in ms:",
        timed(results),
    )


if __name__ == "__main__":
    main()
