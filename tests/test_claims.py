"""A claim is decided by evidence that holds and by nothing else.

Held: the registry is whole and well-formed; true evidence with the registry's
verdict gives a badge, everything else raises and says why; each ground asks for
what it needs.
"""

import math
import re
from dataclasses import FrozenInstanceError
from importlib.resources import files

import numpy as np
import pytest
import yaml

from lstm_lib.claims import VERDICTS, ClaimError, Evidence, also, decide, registry

DOCUMENT = yaml.safe_load(files("lstm_lib").joinpath("claims.yml").read_text("utf-8"))
KINDS = "definition derivative empirical history interpretation limit question range"
FACT = (0.3, ">", 0.25)
RECORDED = {"machine": "2 cores", "date": "2025-01-31"}
ID = {claim.verdict: claim.id for claim in registry().values()}

every_claim = pytest.mark.parametrize("claim", registry().values(), ids=lambda c: c.id)


def refused(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def test_ids_are_1_to_83_once_each():
    assert [entry["id"] for entry in DOCUMENT["claims"]] == list(range(1, 84))
    assert list(registry()) == list(range(1, 84))


@every_claim
def test_entry_is_well_formed(claim):
    assert all(isinstance(text, str) for text in list(vars(claim).values())[1:])
    assert claim.verdict in VERDICTS
    assert claim.kind in KINDS.split()
    assert claim.claim
    assert claim.correct or claim.verdict in ("true", "conditional")
    assert claim.condition or claim.verdict != "conditional"
    assert re.fullmatch("(activations|gates|memory)/[a-z_]+", claim.chapter)


@every_claim
def test_source_is_a_title_and_a_site(claim):
    source = DOCUMENT["sources"][DOCUMENT["claims"][claim.id - 1]["source"]]
    assert source["title"]
    assert source["site"]
    assert claim.source == f"{source['title']} ({source['site']})"


def test_registry_is_read_once_and_cannot_be_changed():
    assert registry() is registry()
    with pytest.raises(TypeError):
        registry()[1] = None
    with pytest.raises(FrozenInstanceError):
        registry()[1].verdict = "true"


@every_claim
def test_every_claim_is_decided_by_its_verdict_alone(claim):
    for verdict in VERDICTS:
        why = "a matter of taste" if verdict == "opinion" else ""
        if verdict == claim.verdict:
            assert decide(claim.id, verdict, FACT, why=why).claim is claim
        else:
            said = f"claim {claim.id}: the registry says {claim.verdict}, not {verdict}"
            with refused(ClaimError, said):
                decide(claim.id, verdict, FACT, why=why)


@pytest.mark.parametrize(
    ("relation", "below", "equal", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        ("==", False, True, False),
        ("!=", True, False, True),
        (">=", False, True, True),
        (">", False, False, True),
    ],
)
def test_relations(relation, below, equal, above):
    beside = math.nextafter(0.25, 0), 0.25, math.nextafter(0.25, 1)
    for value, holds in zip(beside, (below, equal, above), strict=True):
        assert Evidence(value, relation, 0.25).holds() is holds
        if holds:
            assert decide(ID["true"], "true", (value, relation, 0.25)).evidence
        else:
            untrue = (value, relation, 0.25, "peak")
            shown = f"claim 2: not so: {value!r} {relation} 0.25 (peak)"
            with refused(ClaimError, shown):
                also(2, FACT, untrue)
            with refused(ClaimError, shown):
                decide(2, "true", FACT, untrue)


def test_evidence_that_says_nothing_is_named_evidence():
    with refused(ClaimError, "claim 5: not so: 1.0 < 0.0 (evidence)"):
        also(5, (1, "<", 0))


def test_numbers_of_numpy_are_numbers():
    badge = also(5, (np.float32(0.5), ">", np.int64(0)))
    assert badge.evidence == ((0.5, ">", 0.0, ""),)
    assert type(badge.evidence[0].value) is type(badge.evidence[0].bound) is float


MALFORMED = "evidence is {!r}; expected (value, relation, bound)"


@pytest.mark.parametrize(
    "entry", [True, 1.0, "1 < 2", None, (), (1, "<"), (1, "<", 2, "", 3), [1, "<", 2]]
)
def test_what_is_no_evidence_is_refused(entry):
    with refused(TypeError, MALFORMED.format(entry)):
        also(5, entry)


@pytest.mark.parametrize("bad", [True, np.True_, "1", None, 1j, [1.0], np.array([1.0])])
def test_what_is_no_number_is_refused(bad):
    with refused(TypeError, f"evidence value is {bad!r}; expected a real number"):
        also(5, (bad, "!=", 7))
    with refused(TypeError, f"bound is {bad!r}; expected a real number"):
        also(5, (7, "!=", bad))


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_not_finite_are_refused(bad):
    with refused(ValueError, f"evidence value is {bad}; expected a finite number"):
        also(5, (bad, "!=", 7))
    with refused(ValueError, f"bound is {bad}; expected a finite number"):
        also(5, (7, "!=", bad))


@pytest.mark.parametrize("relation", ["=", "≤", "is", "", None])
def test_unknown_relations_are_refused(relation):
    known = "expected one of < <= == != >= >"
    with refused(ValueError, f"relation is {relation!r}; {known}"):
        also(5, (1, relation, 2))


def test_the_name_of_a_value_is_text():
    with refused(TypeError, "evidence says 5; expected what the value is"):
        also(5, (1, "<", 2, 5))


@pytest.mark.parametrize("call", [also, lambda id, fact: decide(id, "true", fact)])
def test_claims_that_do_not_exist_are_refused(call):
    for id in (0, 84, -1):
        with refused(ClaimError, f"id is {id}; expected 1 to 83"):
            call(id, FACT)
    for id in (True, "2", 2.0, None, [2]):
        with refused(TypeError, f"id is {id!r}; expected an integer"):
            call(id, FACT)


@pytest.mark.parametrize("verdict", ["True", "", True, None])
def test_unknown_verdicts_are_refused(verdict):
    with refused(ValueError, f"verdict is {verdict!r}; expected one of {VERDICTS}"):
        decide(2, verdict, FACT)


def test_grounds_and_what_they_need():
    empty = "evidence is empty; expected (value, relation, bound)"
    for call in (also, lambda id: decide(id, "true")):
        with refused(ValueError, empty):
            call(2)
    with refused(ValueError, empty):
        decide(2, "true", recorded=RECORDED)
    only = "an opinion, and only an opinion, needs it"
    with refused(ValueError, f"why is ''; {only}"):
        decide(ID["opinion"], "opinion", FACT)
    with refused(ValueError, f"why is 'so'; {only}"):
        decide(2, "true", FACT, why="so")
    one = "expected at most one of recorded, cited and why"
    with refused(ValueError, one):
        decide(2, "true", FACT, recorded=RECORDED, cited="a paper")
    with refused(ValueError, one):
        decide(ID["opinion"], "opinion", why="so", cited="a paper")
    for name in ("cited", "why"):
        with refused(TypeError, f"{name} is of type bool; expected str"):
            decide(2, "true", **{name: True})
    with refused(TypeError, "recorded is of type str; expected Mapping"):
        decide(2, "true", FACT, recorded="2 cores")
    for partly in ({}, {"machine": "2 cores"}, {"date": "x"}, {**RECORDED, "date": ""}):
        said = f"recorded is {partly!r}; expected a machine and a date"
        with refused(ValueError, said):
            decide(2, "true", FACT, recorded=partly)
