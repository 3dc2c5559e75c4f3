"""What all tests share: the examples that Hypothesis draws, and one browser."""

import os

import pytest
from hypothesis import settings

# The same examples on every run, and no files left behind.
settings.register_profile("book", derandomize=True, deadline=None, database=None)
settings.load_profile("book")


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
