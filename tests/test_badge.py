"""A badge shows what was tested, the same in text, HTML and data.

Held: numbers are printed with four digits, or with as many as make the relation
true for whoever reads it; the three forms agree; HTML shows text as text; and
evidence that a chapter adds decides nothing.
"""

import math
import re
from dataclasses import FrozenInstanceError, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_lib.claims import MIME, RELATIONS, Badge, Evidence, also, decide, registry

FACTS = (0.3, ">", 0.25, "slope & bend"), (-1 / 3, "!=", -0.333333)
RECORDED = {"machine": "2 cores", "date": "2025-01-31"}
ID = {claim.verdict: claim.id for claim in registry().values()}
numbers = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        ((1 / 3, "<", 1), "0.3333 < 1"),
        ((0.25, "==", 0.25), "0.25 = 0.25"),
        ((0.2500001, ">", 0.25), "0.2500001 > 0.25"),
        ((0.25, "!=", 0.2500001), "0.25 ≠ 0.2500001"),
        ((123456.0, "<=", 123456.0), "1.235e+05 ≤ 1.235e+05"),
        ((-1e-9, ">=", -2, "dip-1"), "dip-1: −1e−09 ≥ −2"),
        ((0.1 + 0.2, ">", 0.3), "0.30000000000000004 > 0.29999999999999999"),
        ((0.1, ">", 0.1), "0.10000000000000001 > 0.10000000000000001"),  # untrue
    ],
)
def test_printed_evidence(evidence, text):
    assert str(Evidence(*evidence)) == bound_together(text)


@given(numbers, st.sampled_from(sorted(RELATIONS)), numbers, st.integers(-3, 3))
def test_what_is_printed_holds_and_wastes_no_digit(value, relation, far, ulps):
    holds = RELATIONS[relation]
    for bound in (far, value + ulps * math.ulp(value)):
        fact = Evidence(value, relation, bound)
        if not (math.isfinite(bound) and fact.holds()):
            continue
        pairs = ((f"{value:.{n}g}", f"{bound:.{n}g}") for n in range(4, 18))
        honest = (pair for pair in pairs if holds(*map(float, pair)))
        assert fact.printed() == next(honest)


def bound_together(text):
    """`text` with spaces that do not break around its sign."""
    return re.sub(" ([<>=≠≤≥]) ", "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", text)


class Text(HTMLParser):
    """The pieces of text on a page and its elements with their attributes."""

    def __init__(self, page):
        super().__init__()
        self.pieces, self.elements = [], []
        self.feed(page)

    def tags(self):
        return " ".join(tag for tag, _ in self.elements)

    def handle_data(self, data):
        self.pieces.append(data)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def read(badge):
    """Plain text, parsed HTML and data of a badge."""
    bundle = badge._repr_mimebundle_(include=None, exclude=None)
    assert set(bundle) == {"text/plain", "text/html", MIME}
    return bundle["text/plain"], Text(bundle["text/html"]), bundle[MIME]


def source(id):
    return f"Source: {registry()[id].source}."


@pytest.mark.parametrize("verdict", ["true", "false", "misleading"])
def test_text_html_and_data_agree(verdict):
    id = ID[verdict]
    text, page, data = read(decide(id, verdict, *FACTS))
    shown = ["slope & bend: 0.3 > 0.25", "−0.3333333 ≠ −0.333333"]
    shown = [bound_together(text) for text in shown]
    heading, claim = f"Claim {id}: {verdict}", registry()[id]
    said, so = f"Said: {claim.claim}", f"In fact: {claim.correct}"
    footing = f"Computed. {source(id)}"
    assert text.split("\n  ") == [f"{heading}. {said}", so, *shown, footing]
    assert page.pieces == [f"{heading}.", f" {said}", so, *shown, footing]
    assert page.tags() == "div p strong p ul li li p small"
    attributes = {
        "class": f"claim claim-{verdict}",
        "role": "note",
        "aria-label": heading,
    }
    assert page.elements[0] == ("div", attributes)
    assert data == {
        "id": id,
        "verdict": verdict,
        "ground": "computed",
        "evidence": [
            [0.3, 0.25, ">", "slope & bend"],
            [-0.3333333, -0.333333, "!=", ""],
        ],
    }


@pytest.mark.parametrize(
    ("verdict", "arguments", "ground", "footing"),
    [
        ("true", {"recorded": RECORDED}, "recorded", "Recorded: 2 cores, 2025-01-31."),
        ("true", {"cited": "a paper"}, "cited", "Cited: a paper."),
        (
            "opinion",
            {"why": "a matter of taste"},
            "opinion",
            "Opinion: a matter of taste.",
        ),
    ],
)
def test_grounds(verdict, arguments, ground, footing):
    id = ID[verdict]
    text, page, data = read(decide(id, verdict, *FACTS, **arguments))
    assert text.endswith(f"\n  {footing} {source(id)}")
    assert page.pieces[-1] == f"{footing} {source(id)}"
    assert data["ground"] == ground
    assert len(data["evidence"]) == 2


@pytest.mark.parametrize(
    ("verdict", "arguments"), [("true", {"cited": "a"}), ("opinion", {"why": "b"})]
)
def test_cited_claims_and_opinions_need_no_evidence(verdict, arguments):
    badge = decide(ID[verdict], verdict, **arguments)
    text, page, data = read(badge)
    assert text.count("\n") == 2
    assert page.tags() == "div p strong p p small"
    assert page.pieces[-1] == badge.footing
    assert data["evidence"] == []


def test_a_claim_without_a_correction_shows_none():
    claim = replace(registry()[5], correct="")
    text, page, _ = read(Badge(claim, "computed", (Evidence(1, "<", 2),)))
    assert page.tags() == "div p strong ul li p small"
    assert text.count("\n") == 2


def test_a_condition_is_shown_where_it_decides():
    badge = decide(ID["conditional"], "conditional", *FACTS)
    condition = f"Holds if {badge.claim.condition}. Computed. "
    assert badge.footing.startswith(condition)
    claim = replace(badge.claim, verdict="true")
    assert replace(badge, claim=claim).footing.startswith("Computed. ")
    claim = replace(badge.claim, condition="")
    assert replace(badge, claim=claim).footing.startswith("Computed. ")


def test_added_evidence_decides_nothing():
    text, page, data = read(also(5, *FACTS))
    assert data["verdict"] is None
    assert data["ground"] == "computed"
    assert page.pieces[0] == "More on claim 5."
    assert page.elements[0][1]["aria-label"] == "More on claim 5"
    chapter = registry()[5].chapter
    assert text.startswith("More on claim 5. Said: ")
    assert text.endswith(f"Computed: here; decided in {chapter}. {source(5)}")
    assert also(5, *FACTS).decided is False
    assert decide(2, "true", *FACTS).decided is True


def test_html_shows_hostile_text_as_text():
    hostile = "<script>alert('x')</script>\" & <b>"
    claim = replace(registry()[5], claim=hostile, source=hostile, correct=hostile)
    badge = Badge(claim, "cited", (Evidence(1, "<", 2, hostile),), hostile)
    _, page, _ = read(badge)
    assert page.tags() == "div p strong p ul li p small"
    assert page.pieces[1:] == [
        f" Said: {hostile}",
        f"In fact: {hostile}",
        bound_together(f"{hostile}: 1 < 2"),
        f"Cited: {hostile}. Source: {hostile}.",
    ]


def test_a_badge_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        also(5, *FACTS).ground = "opinion"
