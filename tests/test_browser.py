"""The finished pages in a real browser, cut off from every other host."""

import shutil
from functools import cache

import pytest
from barriers import COLOURED, TAGS
from book_site import built, chapters, served
from visits import Visit, look, reading, watch

SCHEMES = ("light", "dark")
PLACES = pytest.mark.parametrize("place", ["served", "disk"])
WIDE, SMALL = 1280, 390
TEXT_LIMIT, CHAPTER_LIMIT = 200_000, 250_000
MANY_PLOTS = {  # more than six
    "book/activations/side_by_side.html": 350_000,
    "book/memory/gradient.html": 350_000,
}
FOLDED = "details:not([open])"


@pytest.fixture(scope="module")
def home(homes):
    """The address of the served book."""
    return homes["served"]


# From where, and how, each page is looked at.
VIEWS = {
    "served": ("light", [WIDE, SMALL], TAGS),
    "disk": ("dark", [SMALL, WIDE], COLOURED),
}


@pytest.fixture(scope="module")
def visits(browser, homes):
    """A function that looks once at every page from one place.

    It gives {(page, scheme, width): Visit}.
    """

    @cache
    def look_at_all(place):
        scheme, widths, rules = VIEWS[place]
        home, seen = homes[place], {}
        with reading(browser, scheme, widths[0]) as reader:
            visit, page = Visit(), reader.new_page()
            watch(page, visit, home)
            for name in [*chapters(built()), "search.html"]:
                found = look(page, visit, f"{home}/{name}", widths, rules)
                seen |= {(name, scheme, width): one for width, one in found.items()}
        return seen

    return look_at_all


def faults(visits, aspect):
    """What the visits brought to light in one respect, by page and view."""
    found = {key: getattr(visit, aspect) for key, visit in visits.items()}
    return {key: fault for key, fault in found.items() if fault}


ASPECTS = ("console", "failed", "foreign", "blank", "distorted", "overflow", "asleep")


@PLACES
@pytest.mark.parametrize("aspect", [*ASPECTS, "formulas", "barriers"])
def test_nothing_is_wrong(aspect, place, visits):
    """Nothing fails, complains, calls elsewhere, is cut off or bars anybody."""
    assert not faults(visits(place), aspect)


def test_code_fits(visits):
    """On a wide screen no line of code is cut off."""
    seen = visits("served")
    wide = {key: visit for key, visit in seen.items() if WIDE in key}
    assert not faults(wide, "code")


def test_fonts_come_with_the_page(visits):
    """Where scripts run, no font of a formula is fetched after the text."""
    for key, visit in visits("served").items():
        late = [url for url in visit.loaded if "KaTeX" in url and url.endswith("woff2")]
        assert not late, key


def test_weight(visits):
    """A first visit costs little: gzipped, with all that the page loads."""
    for (name, scheme, width), visit in visits("served").items():
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
<style>.odd:nth-child(3) { color: #ddd }</style>
<pre><span class="odd">all</span> <span class="odd">alike</span>
<span class="odd">faint</span> <span class="odd">alike</span></pre>
<div class="katex-display" style="width: 9rem; overflow: auto">
<p style="width: 20rem">x = y</p></div>
<p style="color: #ccc"><span class="katex-html"><span>all</span> one</span></p>
<p><span class="katex-html">of <span style="color: #ccc">two</span></span></p>
<div class="explorable">Still here</div>
<script>console.error("no"); console.warn("well"); undefinedFunction();</script>
"""


def test_faults_are_seen(browser, tmp_path):
    """A page of the book with one fault of each kind: each is reported."""
    folder = shutil.copytree(built(), tmp_path / "site")
    page = folder / "book/index.html"
    html = page.read_text()
    page.write_text(html.replace("</article>", FAULTY + "</article>"))
    with served(folder) as home, reading(browser, "light", WIDE) as reader:
        visit, page = Visit(), reader.new_page()
        watch(page, visit, home)
        seen = look(page, visit, f"{home}/book/index.html", [WIDE, SMALL])
    visit, narrow = seen[WIDE], seen[SMALL]
    console = " ".join(visit.console)
    assert all(word in console for word in ("no", "well", "undefinedFunction"))
    assert [url for url in visit.failed if url.endswith("absent.png")]
    assert visit.foreign == ["https://example.org/a.png"]
    assert len(visit.blank) == 2
    assert len(visit.distorted) == 1
    assert visit.overflow > 1000 and narrow.overflow > 2000
    assert visit.code == ["A line of code that is too long"]
    assert visit.formulas == ["x = y"]
    assert visit.asleep == ["Still here"]
    for found in (visit, narrow):
        pale = [text for text in found.barriers if text.startswith("color-contrast")]
        assert any("Pale" in text for text in pale)
        assert any("faint" in text for text in pale)
        assert any(">word</span>" in text for text in pale)
        assert any("two" in text for text in pale)


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
    with reading(browser, scheme, WIDE) as reader:
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
    """Text, formulas, figures, still pictures and folds need no script."""
    folds = 0
    with reading(browser, "light", SMALL, java_script_enabled=False) as reader:
        page, fetched = reader.new_page(), []
        page.on("request", lambda request: fetched.append(request.url))
        for name in chapters(built()):
            fetched.clear()
            page.goto(f"{home}/{name}", wait_until="load")
            assert page.locator("article h1").is_visible()
            formulas = sizes(page, f".katex-html:not({FOLDED} *)")
            assert all(height > 5 for _, height in formulas), name
            if formulas:
                assert any("KaTeX_Main-Regular" in url for url in fetched), name
            pictures = sizes(page, f"article img:not({FOLDED} *)")
            assert all(width > 50 for width, _ in pictures), name
            for box in page.locator(".explorable").all():
                assert box.locator("img").bounding_box()["width"] > 200
                assert len(box.inner_text().split()) >= 4
            folds += open_folds(page, name)
        page.goto(f"{home}/{longest()}")
        assert open_folds_by_keyboard(page)
    assert folds, "no chapter has an exercise with a solution"


def sizes(page, places):
    """The width and height of all that is found in these places."""
    return page.locator(places).evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect())"
        ".map(({ width, height }) => [width, height])"
    )


def test_folds_open_by_keyboard(browser, home):
    """No script of the pages keeps a fold from being reached and opened."""
    with reading(browser, "light", WIDE) as reader:
        page = reader.new_page()
        page.goto(f"{home}/{longest()}")
        assert open_folds_by_keyboard(page)


def longest():
    """The chapter of most bytes."""
    return max(chapters(built()), key=lambda name: (built() / name).stat().st_size)


def open_folds(page, name):
    """Open every fold of a page, which keys can reach, and count them."""
    assert not page.locator(".solution:not(details)").count(), name
    reached = page.locator("article details > summary").evaluate_all(
        """all => all.map((one) => {
          one.focus();
          one.click();
          return one === document.activeElement && one.tabIndex === 0;
        })"""
    )
    assert all(reached), name
    assert not page.locator(f"article {FOLDED}").count(), name
    return len(reached)


def open_folds_by_keyboard(page):
    """Reach every fold of a page by Tab, open it by Enter, and count them."""
    focused = f"document.activeElement.matches('{FOLDED} > summary')"
    folds = page.locator("article details > summary").all()
    for fold in folds:
        fold.focus()
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(focused)
        page.keyboard.press("Tab")
        assert page.evaluate(focused)
        page.keyboard.press("Enter")
    assert not page.locator(f"article {FOLDED}").count()
    return len(folds)


@PLACES
def test_search(place, browser, homes):
    """The search finds pages, also where no server is."""
    with reading(browser, "light", WIDE) as reader:
        page = reader.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.type))
        page.goto(f"{homes[place]}/search.html?q=sigmoid")
        page.wait_for_selector("#search-results li a")
        page.wait_for_load_state("networkidle")
        assert not {"error", "warning"} & set(complaints)
