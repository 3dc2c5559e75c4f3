"""The finished pages, read as files."""

import json
import re

import nbformat
import page_checks
import pytest
from book_site import ROOT, built, chapters, extension, pages, run_builds, write_small
from bs4 import BeautifulSoup
from page_checks import CHECKS, Page

from lstm_lib.explorables.esm import join

explorables, faces, fonts, katex, pictures = map(
    extension, ("explorables", "faces", "fonts", "katex", "pictures")
)

pytestmark = pytest.mark.no_cover

BROKEN = r"""<html><head>
<script src="thebe.js"></script><script src="https://example.org/x.js"></script>
<style>p {background: url("//example.org/paper.png")}</style></head>
<body><article><h2 id="twice">Part</h2><h4 id="twice">Deep</h4>
<a href="absent.html">a</a> <a href="#absent">b</a>
<img src="plot.png" alt="plot.png"> <img src="b.png" alt="<Figure of size 640 by 480>">
<span class="math">\frac12</span> <span class="katex-error">x</span> $$y$$
</article></body></html>"""
# What each check must find on that page.
FAULTS = {
    "broken_links": ["absent.html leads nowhere", "#absent: no such place"],
    "wordless_pictures": ["too short: 'plot.png'", "a repr: '<Figure", "no size"],
    "foreign_or_missing": ["example.org/x.js", "//example.org/paper.png", "not there"],
    "unset_formulas": ["not rendered", "KaTeX error", "raw formula in the text"],
    "faulty_head": ["title", "language", "icon", "description", "viewport"],
    "faulty_headings": ["0 headings h1", "h4 after h2"],
    "repeated_ids": ["id twice 2 times"],
    "leftovers": ["thebe"],
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_pages(check):
    """No page of the book has a fault of this kind."""
    folder = built()
    assert chapters(folder), "the book has no pages"
    faults = {name: check(Page(folder, name)) for name in sorted(chapters(folder))}
    assert not any(faults.values()), {name: f for name, f in faults.items() if f}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_check_finds_faults(check, tmp_path):
    """Each check finds every fault of its kind on a page that has them all."""
    (tmp_path / "page.html").write_text(BROKEN)
    found = check(Page(tmp_path, "page.html"))
    for fault in FAULTS[check.__name__]:
        assert any(fault in text for text in found), (fault, found)


def test_pictures_with_the_same_words(tmp_path):
    """Two different pictures may not be told in the same words."""
    image = '<img src="{}.svg" alt="A curve rises from zero to one." width=1 height=1>'
    (tmp_path / "page.html").write_text(image.format("a") + image.format("b"))
    (fault,) = page_checks.wordless_pictures(Page(tmp_path, "page.html"))
    assert "same alt" in fault


def test_titles_differ():
    """Every page has a title of its own."""
    folder = built()
    titles = [Page(folder, name).soup.title.text for name in chapters(folder)]
    assert len(set(titles)) == len(titles), titles


def test_search_page():
    """The search page is held to the same, headings apart: it has no article."""
    page = Page(built(), "search.html")
    for check in CHECKS:
        assert check(page) == []


def test_front_door():
    """The address of the site itself leads to the book, also by hand."""
    folder = built()
    soup = BeautifulSoup((folder / "index.html").read_text(), "html.parser")
    refresh = soup.find("meta", attrs={"http-equiv": re.compile("refresh", re.I)})
    target = refresh["content"].split("url=")[1]
    assert (folder / target).is_file()
    assert soup.find("a", href=target)


def test_nothing_else_is_published():
    """The output holds pages of the book and what Sphinx needs, nothing by accident."""
    extra = set(pages(built())) - set(chapters(built()))
    assert extra == {"index.html", "search.html"}
    assert not [path for path in built().rglob("*") if path.name == "node_modules"]


def notebook_with(outputs: dict, *widgets: tuple[str, dict]) -> str:
    """A notebook whose one cell has these outputs, and models of these widgets."""
    output = nbformat.v4.new_output("execute_result", outputs, execution_count=1)
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_code_cell("draw()", outputs=[output], execution_count=1),
    ]
    book = nbformat.v4.new_notebook(cells=cells)
    book.metadata["language_info"] = {"name": "python"}
    if widgets:
        state = {"version_major": 2, "version_minor": 0, "state": models(*widgets)}
        book.metadata["widgets"] = {explorables.STATE: state}
    return json.dumps(book)


def models(*widgets: tuple[str, dict]) -> dict:
    """The stored state of these widgets, each a kind and its traits."""
    return {
        f"{number:032x}": {"model_name": f"{kind}Model", "state": traits}
        for number, (kind, traits) in enumerate(widgets, 1)
    }


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
FIGURE = {"image/svg+xml": SVG, "text/plain": "<Figure size 640x480>"}
LIVE = {explorables.VIEW: {"model_id": f"{1:032x}"}, "text/plain": "Words\nMore words"}
# Pages that must not be built, and what is to be said about them.
REFUSED = {
    "formula": ("# Title\n\nSee $\\frac{1$.", r"broken formula.*'\\\\frac\{1'"),
    "markdown": ("# Title\n\n![](drawing.svg)", "picture needs words.*it has none"),
    "repr": (notebook_with(FIGURE), "picture.*'<Figure size 640x480>' is how"),
    "widget": (
        notebook_with(
            {
                **LIVE,
                "image/svg+xml": SVG,
                "text/plain": "A line rises from 0 to 1.\nB",
            },
            ("ColorPicker", {}),
        ),
        "the widget ColorPicker stays dead without a kernel; expected one of Checkbox",
    ),
    "bare": (notebook_with(LIVE, ("VBox", {})), "no still picture; put it into an Exp"),
    "wordless": (
        notebook_with({**LIVE, "image/svg+xml": SVG}, ("VBox", {"children": []})),
        "a picture needs words in place of it: 'Words' is too short",
    ),
}


@pytest.fixture(scope="module")
def refusals(tmp_path_factory):
    """All these pages, each built as a book of its own, side by side."""
    folders = {name: tmp_path_factory.mktemp(name) for name in REFUSED}
    for name, folder in folders.items():
        write_small(folder, REFUSED[name][0])
        (folder / "book/drawing.svg").write_text(SVG)
    return dict(zip(folders, run_builds(list(folders.values())), strict=True))


@pytest.mark.parametrize("name", REFUSED)
def test_build_refuses(name, refusals):
    """A broken formula and a wordless picture stop the build, named with the page."""
    done, (_, complaint) = refusals[name], REFUSED[name]
    assert done.returncode != 0
    assert "page book/index" in done.stderr
    assert re.search(complaint, done.stderr, re.DOTALL), done.stderr[-500:]


DRAWING = "lstm_lib.explorables.activation_explorer.ActivationDrawing"


def test_pages_carry_the_modules_of_today():
    """What a page embeds is what the library's files join into, once for each page."""
    live = 0
    for name in chapters(built()):
        soup = Page(built(), name).soup
        modules = soup.find_all("script", attrs={"data-module": True})
        live += len(modules)
        assert bool(modules) == bool(soup.find(class_="explorable"))
        assert len({script["data-module"] for script in modules}) == len(modules)
        for script in modules:
            path = ROOT.joinpath(*script["data-module"].split(".")[:-1])
            assert script.string == "\n" + join(path.with_suffix(".js"))
        used = [s for s in soup.find_all("script", src=True) if "explor" in s["src"]]
        assert len(used) == bool(modules), "the host is loaded where it is needed"
    assert live


def test_pages_carry_no_more_state_than_they_need():
    for name in chapters(built()):
        state = Page(built(), name).soup.find(id="explorable-state")
        for model in json.loads(state.string).values() if state else ():
            assert {"layout", "style", "_esm", "_view_name"}.isdisjoint(model["traits"])


TRAITS = {"description": "a", "disabled": False, "readout_format": ".2f"}


@pytest.mark.parametrize(
    ("kind", "traits", "complaint"),
    [
        ("FloatSlider", {"description": " "}, "a FloatSlider has no description"),
        ("Dropdown", {"description": ""}, "a Dropdown has no description"),
        ("Checkbox", {"description": ""}, "a Checkbox has no description"),
        ("FloatSlider", {"readout_format": ".2e"}, "readout_format '.2e'; expected"),
        ("Output", {}, "the widget Output stays dead"),
        ("Any", {"_anywidget_id": "lstm_lib.absent.Drawing"}, "no JavaScript module"),
    ],
)
def test_what_would_be_dead_or_nameless_is_refused(kind, traits, complaint):
    fine = models(("FloatSlider", TRAITS), ("Any", {"_anywidget_id": DRAWING}))
    assert "export default" in explorables.embedded(fine)
    with pytest.raises(ValueError, match=complaint):
        explorables.embedded(models((kind, {**TRAITS, **traits})))


def test_state_cannot_end_its_script():
    hostile = {"value": "</script><!-- 🙂"}
    text = explorables.embedded(models(("Label", hostile)))
    script = BeautifulSoup(text, "html.parser").find(id="explorable-state")
    (model,) = json.loads(script.string).values()
    assert model == {"name": "LabelModel", "traits": hostile}


@pytest.mark.parametrize("formula", [r"\frac{1", r"\unknown", "é"])
def test_katex_is_strict(formula):
    """Broken formulas are refused, and so are those that KaTeX only warns about."""
    renderer = katex.Renderer()
    try:
        assert "katex-html" in renderer.html(r"\frac{1}{2}", display=True)
        with pytest.raises(katex.KatexError):
            renderer.html(formula, display=True)
    finally:
        renderer.close()


@pytest.mark.parametrize(
    ("alt", "complaint"),
    [
        ("", "it has none"),
        ("a curve", "too short"),
        ("<Figure size 640x480>", "prints an object"),
        ("_build/jupyter_execute/plot.svg", "name of a file"),
        ("A curve rises from zero to one.", ""),
        ("The tail, from 0.1 to 0.2, is flat", ""),
    ],
)
def test_complaint(alt, complaint):
    """The build complains about words that say nothing, and about no others."""
    found = pictures.complaint(alt)
    assert complaint in found
    assert bool(found) == bool(complaint)


def test_shown_characters():
    """Fonts are cut down to what formulas show: all of it, and no text beside them."""
    html = '<p>Ω <span class="katex-html">a<span>&lt;</span>\n{}</span> Ψ</p>'
    markup = html.format("x") + html.format("y")
    shown = fonts.characters("".join(faces.formulas(markup)))
    assert shown == set(map(ord, "a<xy\n"))
