"""Where benchmarks write what they measured, and on what machine."""

import platform
import re
from pathlib import Path

import numpy as np

PAGE = Path(__file__).parent / "README.md"


def machine() -> str:
    """Processor, system and versions of what is timed."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(": ")[1] for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor()
    return f"{name}, {platform.system()}, Python {platform.python_version()}, " \
           f"NumPy {np.__version__}"  # fmt: skip


def record(heading: str, *parts: str) -> None:
    """Print the parts, and put them under `heading` in place of what stood there."""
    section = "\n\n".join([f"## {heading}", *filter(None, parts)])
    head, *sections = re.split(r"^(?=## )", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    kept = {text.splitlines()[0]: text.strip() for text in sections}
    kept[f"## {heading}"] = section
    PAGE.write_text("\n\n".join([head.strip(), *kept.values()]) + "\n", "utf-8")
    print(f"\n{section}\n\nRecorded in {PAGE.name}.")
