"""Hypothesis draws the same examples on every run and leaves no files behind."""

from hypothesis import settings

settings.register_profile("book", derandomize=True, deadline=None, database=None)
settings.load_profile("book")
