"""What all tests share: the examples that Hypothesis draws, and one browser."""

import gc
import os
import shutil
import tempfile
from threading import RLock

import pytest
from hypothesis import settings
from tqdm import tqdm

LONGEST, ORDER = "test_browser.py", [".py", ".md", ".ipynb"]

# The same examples on every run, and no files left behind.
settings.register_profile("book", derandomize=True, deadline=None, database=None)
settings.load_profile("book")


def pytest_configure(config):
    """Have one folder for the built book, which all processes of a run share."""
    if not hasattr(config, "workerinput"):
        os.environ["BOOK_OF_THIS_RUN"] = tempfile.mkdtemp(prefix="book-")


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop("BOOK_OF_THIS_RUN"))


def pytest_collection_finish():
    """Look no more, when searching for garbage, at the thousands of tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def own_lock():
    """Give progress bars a lock of this process: a bar that breaks never opens it."""
    tqdm.set_lock(RLock())


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests; without one they are skipped, but never in CI."""
    from browser import launched  # not there where only the library is tested

    try:
        with launched() as found:
            yield found
    except LookupError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def homes():
    """Where the book is found: over HTTP and on disk."""
    from book_site import built, served

    with served(built()) as address:
        yield {"served": address, "disk": built().as_uri()}


@pytest.fixture(scope="session")
def bare():
    """Where pages with nothing but their explorables are found, in both ways."""
    from book_site import bare, served

    with served(bare()) as address:
        yield {"served": address, "disk": bare().as_uri()}


@pytest.fixture(scope="session")
def desk(browser):
    """Wide windows, each to be used again."""
    from visits import Windows

    return Windows(browser, 1280)


@pytest.fixture(scope="session")
def pocket(browser):
    """Windows of phones that fingers touch, each to be used again."""
    from visits import Windows

    return Windows(browser, 390, has_touch=True, is_mobile=True)


@pytest.fixture
def page(desk):
    """A page of a wide window that may not complain."""
    with desk.opened() as page:
        yield page


@pytest.fixture
def phone(pocket):
    """A page on a phone that may not complain."""
    with pocket.opened() as page:
        yield page


@pytest.fixture(scope="module")
def modules(browser):
    """A page from which the JavaScript of the library can be imported."""
    from book_site import ROOT, served
    from visits import reading

    with (
        served(ROOT / "lstm_lib/explorables") as address,
        reading(browser, "light", 1280) as reader,
    ):
        page = reader.new_page()
        page.goto(f"{address}/math.js")
        yield page


def pytest_collection_modifyitems(items):
    """Order the tests, and compare in each notebook what nbval leaves out.

    The longest file comes first and builds the book, during which others do without;
    notebooks come last, so that no processor is left with much when another is done.
    The tests of pages do not count as tests of the library: where its lines are
    traced, Python drives a browser an eighth slower. Nor do notebooks, which run in
    processes of their own.
    """
    for item in items:
        paged = "browser" in getattr(item, "fixturenames", ())
        if paged or item.path.suffix == ".ipynb":
            item.add_marker(pytest.mark.no_cover)
    late = {item.path for item in items if item.get_closest_marker("no_cover")}
    items.sort(
        key=lambda item: (
            item.path.name != LONGEST,
            ORDER.index(item.path.suffix),
            item.path in late,
        )
    )
    if any(item.path.suffix == ".ipynb" for item in items):
        import unseen  # not there where only the library is tested

        unseen.add_to(items)
