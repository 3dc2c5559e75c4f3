"""Break the library on purpose, line by line, and see that the tests notice.

Runs mutmut on a copy of `lstm_lib` and its unit tests, prints the score and the
mutants that survive, and fails below the bar or when a survivor is not among
those explained in survivors.txt, or one explained there is gone. Run it with
a Python that has mutmut and the project's requirements:

    python tests/audit/mutation.py

mutmut leaves alone what stands outside functions and what is decorated: the
formulas in `Activation(...)`, properties, `registry`.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BAR = 95.0
MODULES = (
    "activations",
    "cell",
    "checks",
    "claims",
    "dense",
    "descent",
    "distribution",
    "drift",
    "example",
    "explorables/activation_compare",
    "explorables/activation_explorer",
    "explorables/cell_puzzle",
    "explorables/cell_step",
    "explorables/counter_autopsy",
    "explorables/esm",
    "explorables/explorable",
    "explorables/gate_product",
    "explorables/gradient_scope",
    "explorables/tape",
    "figures/picture",
    "handmade",
    "jacobian",
    "losses",
    "model",
    "optimisers",
    "outputs",
    "product",
    "progress",
    "puzzles",
    "reading",
    "recorded",
    "recurrent",
    "replicas",
    "rivals",
    "scope",
    "sequence",
    "spirals",
    "tasks",
    "trace",
    "training",
)
TESTS = (
    "accuracy",
    "activations",
    "autopsy_traits",
    "badge",
    "cell",
    "cell_refusals",
    "checks",
    "claims",
    "compare_traits",
    "dense",
    "descent",
    "distribution",
    "drift",
    "example",
    "explorables",
    "figures",
    "handmade",
    "jacobian",
    "losses",
    "model",
    "optimisers",
    "outputs",
    "product",
    "product_traits",
    "progress",
    "puzzle_traits",
    "puzzles",
    "reading",
    "recorded",
    "recurrent",
    "replicas",
    "rivals",
    "scope",
    "scope_traits",
    "sequence",
    "spirals",
    "step_traits",
    "tape_traits",
    "tasks",
    "training",
)
ROOT = Path(__file__).parents[2]
EXPLAINED = Path(__file__).with_name("survivors.txt")
CONFIGURATION = f"""
[tool.mutmut]
source_paths = ["lstm_lib"]
only_mutate = {[f"lstm_lib/{name}.py" for name in MODULES]}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {[f"tests/test_{name}.py" for name in TESTS]}
"""


def copy(place: Path) -> None:
    """What mutmut needs, and nothing of the project's own configuration."""
    shutil.copytree(ROOT / "lstm_lib", place / "lstm_lib")
    (place / "tests").mkdir()
    helpers = ("complex_lstm", "conftest", "references")
    for name in (*helpers, *(f"test_{name}" for name in TESTS)):
        shutil.copy(ROOT / "tests" / f"{name}.py", place / "tests")
    (place / "pyproject.toml").write_text(CONFIGURATION)


def mutmut(place: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-4000:] + done.stderr[-4000:])
    return done.stdout


def outcomes(place: Path) -> dict[str, str]:
    """What became of each mutant: killed, survived or the like."""
    listing = mutmut(place, "results", "--all", "true")
    return dict(re.findall(r"^ *(\S+__mutmut_\d+): (.+)$", listing, re.MULTILINE))


def describe(place: Path, mutant: str) -> str:
    """The function, what stands there and what the mutant has instead."""
    function = re.sub(r"x_?(ǁ\w+ǁ)?(\w+)__mutmut_\d+$", r"\1\2", mutant)
    diff = mutmut(place, "show", mutant)
    old, new = (
        " ".join(re.findall(rf"^{sign}(?!{sign}{sign})\s*(.*)$", diff, re.MULTILINE))
        for sign in ("-", r"\+")
    )
    return f"{function.replace('ǁ', '.').replace('..', '.')}: {old} → {new}"


def explained() -> dict[str, str]:
    """The survivors that are known, each with its reason on the indented line."""
    text = EXPLAINED.read_text(encoding="utf-8")
    return dict(re.findall(r"^(\S.*)\n +(\S.*)$", text, re.MULTILINE))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        copy(place)
        mutmut(place, "run")
        found = outcomes(place)
        alive = [m for m, fate in found.items() if fate not in ("killed", "timeout")]
        survivors = {describe(place, mutant) for mutant in alive}
    score = 100 * (1 - len(alive) / len(found))
    known = explained()
    print(f"{len(found)} mutants, {len(alive)} survive: {score:.1f} % (bar {BAR} %)")
    for mutant in sorted(survivors):
        print(f"{mutant}\n    {known.get(mutant, 'NOT EXPLAINED')}")
    gone = sorted(set(known) - survivors)
    for mutant in gone:
        print(f"explained but gone: {mutant}")
    sys.exit(score < BAR or bool(gone) or bool(survivors - set(known)))


if __name__ == "__main__":
    main()
