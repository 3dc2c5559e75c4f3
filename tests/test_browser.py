"""The finished pages in a real browser, cut off from every other host."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from book_site import built, chapters, served
from browser import launched
from live import PLACES
from visits import Visit, look, reading

SCHEMES = ("light", "dark")
WIDTHS = (1280, 390)
TEXT_LIMIT, CHAPTER_LIMIT = 200_000, 250_000
MANY_PLOTS = {"book/activations/side_by_side.html": 350_000}  # seven in one explorable
FOLDED = "details:not([open])"
MANY = 500


@pytest.fixture(scope="module")
def home(homes):
    """The address of the served book."""
    return homes["served"]


def visit_all(scheme, home):
    """Every page over HTTP in one scheme, wide and narrow."""
    seen = {}
    with launched() as browser:
        for width in WIDTHS:
            with reading(browser, scheme, width) as reader:
                for name in [*chapters(built()), "search.html"]:
                    seen[name, scheme, width] = look(reader, home, name, barriers=True)
    return seen


@pytest.fixture(scope="module")
def visits(browser, home):
    """Every page, seen over HTTP in each view: {(page, scheme, width): Visit}."""
    # A browser for each scheme, side by side: axe takes a second for each view.
    with ThreadPoolExecutor() as pool:
        light, dark = pool.map(visit_all, SCHEMES, [home, home])
    return light | dark


@pytest.fixture(scope="module")
def opened(browser):
    """Every page opened from disk, once in the light and once in the dark."""
    seen = {}
    for scheme, width in (("light", 1280), ("dark", 390)):
        with reading(browser, scheme, width) as reader:
            for name in [*chapters(built()), "search.html"]:
                visit = look(reader, built().as_uri(), name, barriers=False)
                seen[name, scheme, width] = visit
    return seen


def faults(visits, aspect):
    """What the visits brought to light in one respect, by page and view."""
    found = {key: getattr(visit, aspect) for key, visit in visits.items()}
    return {key: fault for key, fault in found.items() if fault}


SILENT = ("console", "failed", "foreign", "blank", "distorted", "overflow")


@pytest.mark.parametrize("aspect", [*SILENT, "formulas", "barriers"])
def test_served(aspect, visits):
    """Nothing fails, complains, calls elsewhere, is cut off or bars anybody."""
    assert not faults(visits, aspect)


@pytest.mark.parametrize("aspect", [*SILENT, "formulas"])
def test_opened_from_disk(aspect, opened):
    """The same holds without any server."""
    assert not faults(opened, aspect)


def test_code_fits(visits):
    """On a wide screen no line of code is cut off."""
    wide = {key: visit for key, visit in visits.items() if 1280 in key}
    assert not faults(wide, "code")


def test_fonts_come_with_the_page(visits):
    """Where scripts run, no font of a formula is fetched after the text."""
    for key, visit in visits.items():
        late = [url for url in visit.loaded if "KaTeX" in url and url.endswith("woff2")]
        assert not late, key


def test_weight(visits):
    """A first visit costs little: gzipped, with all that the page loads."""
    for (name, scheme, width), visit in visits.items():
        chapter = "mystnb" in " ".join(visit.loaded)
        limit = MANY_PLOTS.get(name, CHAPTER_LIMIT) if chapter else TEXT_LIMIT
        assert visit.weight(built()) <= limit, (name, scheme, width)


FAULTY = """
<img src="../_static/favicon.svg" alt="A square picture, shown twice as wide" width="64"
 style="height: 32px">
<img src="https://example.org/a.png" alt="A picture that lies on another host">
<img src="absent.png" alt="A picture that does not lie anywhere at all">
<p style="width: 3000px">Wide</p><p style="color: #ccc; background: #fff">Pale</p>
<pre style="max-width: 9rem; overflow: auto">A line of code that is too long</pre>
<div class="katex-display" style="width: 9rem; overflow: auto">
<p style="width: 20rem">x = y</p></div>
<script>console.error("no"); console.warn("well"); undefinedFunction();</script>
"""


def test_faults_are_seen(browser, tmp_path):
    """A page of the book with one fault of each kind: each is reported."""
    folder = shutil.copytree(built(), tmp_path / "site")
    page = folder / "book/index.html"
    html = page.read_text()
    page.write_text(html.replace("</article>", FAULTY + "</article>"))
    with served(folder) as home, reading(browser, "light", 1280) as reader:
        visit = look(reader, home, "book/index.html", barriers=True)
    console = " ".join(visit.console)
    assert all(word in console for word in ("no", "well", "undefinedFunction"))
    assert [url for url in visit.failed if url.endswith("absent.png")]
    assert visit.foreign == ["https://example.org/a.png"]
    assert len(visit.blank) == 2
    assert len(visit.distorted) == 1
    assert visit.overflow > 1000
    assert visit.code == ["A line of code that is too long"]
    assert visit.formulas == ["x = y"]
    assert [text for text in visit.barriers if text.startswith("color-contrast")]


def test_weight_counts_all_files(tmp_path):
    """Text counts gzipped, pictures as they are, and nothing twice."""
    (tmp_path / "page.html").write_text("x" * 300_000)
    (tmp_path / "a b.png").write_bytes(b"x" * 300_000)
    names = ("page.html", "page.html?v=1", "a%20b.png#top")
    visit = Visit(loaded=[f"http://127.0.0.1:1/{name}" for name in names])
    assert 300_000 < visit.weight(tmp_path) < 301_000


@pytest.mark.parametrize("scheme", SCHEMES)
def test_scheme(scheme, browser, home):
    """The page takes the reader's scheme, and the switch overrules it for good."""
    with reading(browser, scheme, 1280) as reader:
        page = reader.new_page()
        page.goto(f"{home}/book/index.html")
        theme = "document.documentElement.dataset.theme"
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(theme) == scheme
        before = page.evaluate(ground)
        other = SCHEMES[scheme == "light"]
        for _ in range(3):
            if page.evaluate(theme) == scheme:
                page.click(".theme-switch-button")
        assert page.evaluate(theme) == other
        assert page.evaluate(ground) != before
        page.goto(f"{home}/search.html")
        assert page.evaluate(theme) == other


def test_without_javascript(browser, home):
    """Text, formulas and figures need no script."""
    with reading(browser, "light", 390, java_script_enabled=False) as reader:
        for name in chapters(built()):
            page = reader.new_page()
            fetched = []
            page.on("request", lambda request, seen=fetched: seen.append(request.url))
            page.goto(f"{home}/{name}", wait_until="load")
            assert page.locator("article h1").is_visible()
            for formula in page.locator(f".katex-html:not({FOLDED} *)").all():
                assert formula.bounding_box()["height"] > 5, name
                assert any("KaTeX_Main-Regular" in url for url in fetched), name
            for picture in page.locator(f"article img:not({FOLDED} *)").all():
                assert picture.bounding_box()["width"] > 50, name
            page.close()


def test_folds_open_by_keyboard(browser, home):
    """Every fold of the book is reached by Tab and opened by Enter."""
    folds = 0
    with reading(browser, "light", 1280) as reader:
        for name in chapters(built()):
            page = reader.new_page()
            page.goto(f"{home}/{name}")
            assert not page.locator(".solution:not(details)").count(), name
            wanted = page.locator("article details").count()
            folds += wanted
            page.locator("article h1").click()  # Tab goes on from there
            for _ in range(MANY):
                if not page.locator(f"article {FOLDED}").count():
                    break
                page.keyboard.press("Tab")
                if page.evaluate(
                    f"document.activeElement.matches('{FOLDED} > summary')"
                ):
                    page.keyboard.press("Enter")
            assert page.locator("article details[open]").count() == wanted, name
            page.close()
    assert folds, "no chapter has an exercise with a solution"


@PLACES
def test_search(place, browser, homes):
    """The search finds pages, also where no server is."""
    with reading(browser, "light", 1280) as reader:
        page = reader.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.type))
        page.goto(f"{homes[place]}/search.html?q=sigmoid")
        page.wait_for_selector("#search-results li a")
        page.wait_for_load_state("networkidle")
        assert not {"error", "warning"} & set(complaints)
