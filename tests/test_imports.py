"""The library is laid out as its data flows, and every part is short and signed.

Held: no module imports upward; `__init__` only hands names on; modules and
functions stay short; what is public has a docstring and type hints.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

import lstm_lib

ROOT = Path(lstm_lib.__file__).parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
LAYERS = (
    {"checks"},
    {"activations", "distribution", "optimisers", "progress", "replicas", "spirals"},
    {"dense", "drift", "losses", "outputs", "product", "recurrent"},
    {"cell"},
    {"descent", "reading", "tasks", "trace"},
    {"sequence"},
    {"example"},
    {"handmade", "rivals"},
    {"jacobian", "model"},
    {"scope", "training"},
    {"puzzles"},
    {"claims", "figures", "recorded"},
    {"explorables"},
)
LONG = {  # modules of more than 200 lines, and why they are not split
    "activations.py": "seven functions to be read side by side",
    "claims.py": "one ledger: registry, evidence, badge",
    "handmade.py": "eight cells to be read side by side",
    "sequence.py": "forward and backward, to be read side by side",
    "puzzles.py": "four puzzles to be read side by side, and their judge",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef

every_module = pytest.mark.parametrize("path", MODULES)


@cache
def tree(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def part(module):
    """The part of the library that a path or a dotted name belongs to."""
    return module.removesuffix(".py").replace("/", ".").split(".")[0]


def layer(part):
    places = [rank for rank, names in enumerate(LAYERS) if part in names]
    assert places, f"{part} has no place in the data flow"
    return places[0]


def imported(path):
    """The parts of the library that a module imports."""
    for node in ast.walk(tree(path)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.split(".")[0] == "lstm_lib":
                yield part(name.removeprefix("lstm_lib").removeprefix("."))


def public(path):
    """Public classes, functions and methods of a module, by dotted name."""
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef | Function) and node.name[0] != "_":
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, Function) and inner.name[0] != "_":
                    yield f"{node.name}.{inner.name}", inner


def functions(path):
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


@pytest.mark.parametrize("path", [p for p in MODULES if p != "__init__.py"])
def test_nothing_imports_upward(path):
    here = part(path)
    for other in imported(path):
        assert other == here or layer(other) < layer(here), f"imports {other}"


@pytest.mark.parametrize("path", [p for p in MODULES if p.endswith("__init__.py")])
def test_init_only_hands_names_on(path):
    for node in tree(path).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        names = isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
        own = isinstance(node, ast.ImportFrom) and node.module.startswith("lstm_lib")
        assert docstring or names or own, ast.unparse(node)


@every_module
def test_modules_are_short(path):
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert (lines > 200) == (path in LONG)


@every_module
def test_functions_are_short(path):
    for node in functions(path):
        first = node.body[ast.get_docstring(node) is not None :][:1]
        lines = node.end_lineno - first[0].lineno + 1 if first else 0
        assert lines <= 25, f"{node.name} has {lines} lines"


@every_module
def test_what_is_public_has_a_docstring(path):
    assert ast.get_docstring(tree(path)) or not tree(path).body
    for name, node in public(path):
        assert ast.get_docstring(node), name


@every_module
def test_what_is_public_has_type_hints(path):
    for name, node in public(path):
        if isinstance(node, Function):
            arguments = [n for n in ast.walk(node.args) if isinstance(n, ast.arg)]
            missing = [a.arg for a in arguments if a.annotation is None]
            assert set(missing) <= {"self", "cls"}, f"{name}: {missing}"
            assert node.returns is not None, name
