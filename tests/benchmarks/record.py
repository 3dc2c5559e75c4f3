"""How benchmarks measure, and where they write what they measured, on what machine."""

import json
import platform
import re
import timeit
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from lstm_lib import recorded

PAGE = Path(__file__).parent / "README.md"


def machine() -> str:
    """Processor, system and versions of what is timed."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(": ")[1] for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor()
    return f"{name}, {platform.system()}, Python {platform.python_version()}, " \
           f"NumPy {np.__version__}"  # fmt: skip


def times(
    contenders: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, np.ndarray]:
    """Seconds per call of each contender, one per round.

    Each round times every contender once, in turn, for about 50 ms, so that a slow
    moment hits all of them.
    """
    timers = {name: timeit.Timer(call) for name, call in contenders.items()}
    calls = {name: max(1, t.autorange()[0] // 4) for name, t in timers.items()}
    measured = [
        [timer.timeit(calls[name]) / calls[name] for name, timer in timers.items()]
        for _ in range(rounds)
    ]
    return dict(zip(contenders, np.transpose(measured), strict=True))


def save(name: str, about: str, columns: Mapping[str, Sequence]) -> None:
    """Write `columns` where `lstm_lib.recorded` finds them, and read them back."""
    content = {
        "about": about,
        "machine": machine(),
        "date": str(date.today()),
        "columns": {key: [*values] for key, values in columns.items()},
    }
    path = recorded.FOLDER / f"{name}.json"
    text = json.dumps(content, ensure_ascii=False, indent=1)
    text = re.sub(r"\n {3,}|\n {2}(?=\])", " ", text)  # a line for each column
    path.write_text(text + "\n", "utf-8")
    recorded.load(name)
    print(f"Saved as {path.name}; `make refresh` takes it to the pages.")


def record(heading: str, *parts: str) -> None:
    """Print the parts, and put them under `heading` in place of what stood there."""
    section = "\n\n".join([f"## {heading}", *filter(None, parts)])
    head, *sections = re.split(r"^(?=## )", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    kept = {text.splitlines()[0]: text.strip() for text in sections}
    kept[f"## {heading}"] = section
    PAGE.write_text("\n\n".join([head.strip(), *kept.values()]) + "\n", "utf-8")
    print(f"\n{section}\n\nRecorded in {PAGE.name}.")
