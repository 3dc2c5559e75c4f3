"""Every notebook is in order: nothing skipped, nothing stale, nothing asserted twice.

That the stored outputs are what a re-run gives, pictures included, is the part of
nbval and of `unseen.py`. Here stands what makes that comparison mean something.
"""

import ast
import re
from collections import Counter
from itertools import groupby

import nbformat
import pytest
from book_site import ROOT, extension
from live_notebook import stored

from lstm_lib.claims import MIME, ClaimError, Evidence, decide, registry

pytestmark = pytest.mark.no_cover

BOOK = ROOT / "book"
refresh = extension("refresh")
FRONT_PAGE = refresh.front_page()
NOTEBOOKS = refresh.notebooks()
NAMES = [str(p.relative_to(BOOK).with_suffix("")) for p in NOTEBOOKS]
EACH = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=NAMES, indirect=True)
CHAPTERS = [p for p in NOTEBOOKS if p.parent.name != "reference"]
EACH_CHAPTER = pytest.mark.parametrize(
    "notebook", CHAPTERS, ids=lambda p: p.stem, indirect=True
)

BAR = """
from lstm_lib.progress import bar
with bar(3) as counter:
    assert len([*counter]) == 3
"""


@pytest.fixture
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text(notebook):
    return "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")


def has(cell, mime):
    return any(mime in output.get("data", {}) for output in cell.outputs)


def prints(cell):
    return any(output.output_type == "stream" for output in cell.outputs)


def badges():
    """(notebook name, claim data) of every badge stored in the book."""
    for name, path in zip(NAMES, NOTEBOOKS, strict=True):
        for cell in code(nbformat.read(path, as_version=4)):
            for output in cell.outputs:
                if MIME in output.get("data", {}):
                    yield name, output.data[MIME]


def test_there_are_notebooks():
    assert NOTEBOOKS


@EACH
def test_every_cell_ran_once_in_order_without_complaint(notebook):
    cells = code(notebook)
    assert [c.execution_count for c in cells] == [*range(1, len(cells) + 1)]
    outputs = [output for cell in cells for output in cell.outputs]
    assert {o.output_type for o in outputs} <= {"stream", "execute_result"}
    assert {o.get("name", "stdout") for o in outputs} == {"stdout"}


@EACH
def test_no_cell_is_kept_from_the_comparison(notebook):
    for cell in notebook.cells:
        assert not cell.metadata, "tags could skip a cell"
        assert not re.search(r"NBVAL_|%%|^%|^!", cell.source, re.MULTILINE)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_is_stored_in_its_normal_form(path):
    stored = path.read_text(encoding="utf-8")
    notebook = refresh.normal(nbformat.reads(stored, as_version=4))
    assert nbformat.writes(notebook) + "\n" == stored


@EACH
def test_code_is_short_enough_to_be_read(notebook):
    for cell in code(notebook):
        lines = cell.source.splitlines()
        assert len(lines) <= 20
        assert max(map(len, lines)) <= 72, "longer lines are cut off on the page"
    kinds = groupby(c.cell_type for c in notebook.cells)
    assert max(len([*run]) for kind, run in kinds if kind == "code") <= 2


@EACH
def test_every_picture_has_words_and_a_number_beside_it(notebook):
    cells = code(notebook)
    for before, cell, after in zip([None, *cells], cells, [*cells[1:], None]):
        if not (has(cell, "image/svg+xml") or has(cell, "image/png")):
            continue
        alt = cell.outputs[-1].data["text/plain"]
        assert len(alt.split()) > 8 and not alt.startswith("<")
        assert any(prints(c) for c in (before, cell, after) if c)


@EACH
def test_a_cell_that_decides_shows_its_verdict_alone(notebook):
    """Its code is folded on the page, so it may not define or print what is needed."""
    for cell in code(notebook):
        if has(cell, MIME):
            assert len(cell.outputs) == 1
            assert not re.search(
                r"^(def|class|from \S+ import (?!decide))", cell.source, re.M
            )


@EACH_CHAPTER
def test_a_chapter_has_its_head_and_foot(notebook):
    words = text(notebook)
    assert re.match(r"# .+\n\n> \*", words), "a title, and the question as asked"
    for part in (
        "** you will be able to",
        "**You need**",
        "**Guess first",
        "## In three sentences",
        "## Exercises",
        "## Further reading",
        "{footbibliography}",
    ):
        assert part in words
    exercises = re.findall(r"\{exercise\}.*\n:label: (\S+)", words)
    assert 2 <= len(exercises) <= 3
    solved = re.findall(r"\{solution-start\} (\S+)", words)
    assert solved == exercises
    assert len(re.findall(r"\{solution-end\}", words)) == len(solved)
    inside = "".join(c.source if c.cell_type == "markdown" else "CODE"
                     for c in notebook.cells)  # fmt: skip
    for solution in re.findall(r"solution-start.*?solution-end", inside, re.DOTALL):
        assert "CODE" in solution, "a solution is executed"


@EACH
def test_a_chapter_names_its_sources_by_their_titles(notebook):
    assert not re.search(r"seed|00\d_[0-9a-f]{16}", text(notebook))


def test_every_claim_of_a_chapter_is_decided_there_and_nowhere_else():
    decided = [(name, b["id"]) for name, b in badges() if b["verdict"]]
    due = [(c.chapter, c.id) for c in registry().values() if c.chapter in NAMES]
    assert sorted(decided) == sorted(due)
    called = []
    for name, path in zip(NAMES, NOTEBOOKS, strict=True):
        for cell in code(nbformat.read(path, as_version=4)):
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "decide":
                    called.append((name, ast.literal_eval(node.args[0])))
    assert sorted(called) == sorted(due)


@pytest.mark.parametrize("badge", [b for _, b in badges()], ids=lambda b: b["id"])
def test_perturbed_evidence_is_refused(badge):
    facts = [Evidence(value, relation, bound, of)
             for value, bound, relation, of in badge["evidence"]]  # fmt: skip
    verdict = registry()[badge["id"]].verdict
    grounds = {"opinion": {"why": "opinion"}, "cited": {"cited": "a paper"}}
    why = grounds.get(badge["ground"], {})
    assert decide(badge["id"], verdict, *facts, **why).evidence == tuple(facts)
    for number, fact in enumerate(facts):
        side = {"<": 1, "<=": 1, ">": -1, ">=": -1, "==": 1, "!=": 0}[fact.relation]
        wrong = fact.bound + side * max(1e-9, 1e-6 * abs(fact.bound))
        changed = [*facts]
        changed[number] = fact._replace(value=wrong)
        with pytest.raises(ClaimError):
            decide(badge["id"], verdict, *changed, **why)


def test_the_normal_form_settles_the_widgets(tmp_path):
    """Ids count from 1, no JavaScript is kept, and what is on view stays tied."""
    text = stored(
        tmp_path,
        """
        from ipywidgets import FloatSlider, jslink
        from lstm_lib.explorables import ActivationExplorer, Explorable
        lost = ActivationExplorer("tanh")
        explorer = ActivationExplorer("relu")
        outside = FloatSlider()
        jslink((outside, "value"), (explorer.drawing, "z"))
        explorer
        """,
    )
    notebook = nbformat.reads(text, as_version=4)
    state = notebook.metadata[refresh.EXPLORABLES]
    first, *_ = ids = [*state]
    assert ids == [f"{n:032x}" for n in range(1, len(state) + 1)]
    (output,) = code(notebook)[0].outputs
    assert output.metadata[refresh.EXPLORABLES] == first
    assert refresh.VIEW not in output.data, "JupyterLab would show an error"
    kinds = Counter(model["model_name"] for model in state.values())
    assert kinds["AnyModel"] == 1, "a drawing that is not on view is dropped"
    assert kinds["LinkModel"] == 3, "so is a tie to what is not on view"
    assert set(re.findall(r"IPY_MODEL_(\w+)", text)) <= set(state)
    assert "_esm" not in text and "_css" not in text
    assert "relu at z" in text and "function render" not in text
    assert nbformat.writes(refresh.normal(notebook)) == text


@pytest.mark.parametrize("session", [True, False])
def test_a_bar_shows_in_no_kernel_but_that_of_jupyters_server(
    session, tmp_path, monkeypatch
):
    """The server tells its kernels which notebook is open; `make refresh` does not."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    if session:
        monkeypatch.setenv("JPY_SESSION_NAME", "some.ipynb")
    cell = nbformat.v4.new_code_cell(BAR)
    refresh.execute(nbformat.v4.new_notebook(cells=[cell]), tmp_path)
    assert [one.output_type for one in cell.outputs] == ["display_data"] * session


@pytest.mark.parametrize("file", FRONT_PAGE)
def test_the_figures_of_the_front_page_are_fresh(file):
    picture = FRONT_PAGE[file]
    assert (BOOK / file).read_text(encoding="utf-8") == picture.svg
    index = (BOOK / "index.md").read_text(encoding="utf-8")
    assert f"{{image}} {file}\n:alt: {picture.alt}\n" in index
