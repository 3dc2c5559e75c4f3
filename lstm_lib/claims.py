"""The ledger: evidence in, badge out.

`claims.yml` lists what people say about the LSTM cell and what is so. A chapter
does not assert a verdict, it earns it: `decide` takes the claim's id, the verdict
and the evidence, and raises `ClaimError` when the evidence does not hold or the
verdict is not the registry's. What it returns is the badge on the page, and the
numbers on the badge are the numbers that were tested.

A verdict rests on one of four grounds: *computed* here, *recorded* earlier on a
named machine and day, *cited* from the literature, or *opinion*, where there is
nothing to decide and the badge says why.
"""

import html
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from lstm_lib import checks

__all__ = ["Badge", "Claim", "ClaimError", "Evidence", "also", "decide", "registry"]

# Both load plain data only; the first is far faster, but not everywhere.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RELATIONS = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        "==": operator.eq,
        "!=": operator.ne,
        ">=": operator.ge,
        ">": operator.gt,
    }
)
SIGNS = MappingProxyType({"<=": "≤", "!=": "≠", ">=": "≥"})
VERDICTS = ("true", "false", "conditional", "misleading", "opinion")
MIME = "application/vnd.lstm-book.claim+json"


class ClaimError(Exception):
    """Evidence that does not hold, or a verdict that is not the registry's."""


@dataclass(frozen=True)
class Claim:
    """One entry of the registry; `source` is the title and site it comes from."""

    id: int
    source: str
    chapter: str
    kind: str
    claim: str
    verdict: str
    correct: str = ""
    condition: str = ""
    test: str = ""


class Evidence(NamedTuple):
    """`value` stands in `relation` to `bound`; `of` says what the value is."""

    value: float
    relation: str
    bound: float
    of: str = ""

    def __str__(self) -> str:
        value, bound = (number.replace("-", "−") for number in self.printed())
        # Spaces that do not break: no line shall begin with a sign or a bound.
        if self.relation == "==":
            return f"{self.of or value}\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{bound}"
        sign = SIGNS.get(self.relation, self.relation)
        comparison = "\N{NO-BREAK SPACE}".join((value, sign, bound))
        return f"{self.of}: {comparison}" if self.of else comparison

    def holds(self) -> bool:
        """Whether the value does stand in that relation to the bound."""
        return RELATIONS[self.relation](self.value, self.bound)

    def printed(self) -> tuple[str, str]:
        """Value and bound to four digits, or to as many as show the relation."""
        for digits in range(4, 18):
            pair = f"{self.value:.{digits}g}", f"{self.bound:.{digits}g}"
            if RELATIONS[self.relation](*map(float, pair)):
                break
        return pair


@dataclass(frozen=True)
class Badge:
    """What a decided claim looks like: text, HTML, and data for the tests.

    `decided` is False where a chapter only adds evidence.
    """

    claim: Claim
    ground: str
    evidence: tuple[Evidence, ...]
    remark: str = ""
    decided: bool = True

    @property
    def heading(self) -> str:
        """What the badge says first: the claim's number and verdict."""
        if not self.decided:
            return f"More on claim {self.claim.id}"
        return f"Claim {self.claim.id}: {self.claim.verdict}"

    @property
    def footing(self) -> str:
        """The condition, the ground and the source, in one sentence each."""
        when = self.claim.condition if self.claim.verdict == "conditional" else ""
        parts = (
            f"Holds if {when}." if when else "",
            f"{self.ground.capitalize()}{': ' if self.remark else ''}{self.remark}.",
            f"Source: {self.claim.source}.",
        )
        return " ".join(filter(None, parts))

    def __str__(self) -> str:
        said = [f"{self.heading}. Said: {self.claim.claim}"]
        so = [f"In fact: {self.claim.correct}"] if self.claim.correct else []
        return "\n  ".join((*said, *so, *map(str, self.evidence), self.footing))

    def _html(self) -> str:
        text = html.escape
        items = "".join(f"<li>{text(str(fact))}</li>" for fact in self.evidence)
        so = f"<p>In fact: {text(self.claim.correct)}</p>" * bool(self.claim.correct)
        return (
            f'<div class="claim claim-{self.claim.verdict}" role="note"'
            f' aria-label="{text(self.heading)}">'
            f"<p><strong>{text(self.heading)}.</strong>"
            f" Said: {text(self.claim.claim)}</p>{so}"
            + f"<ul>{items}</ul>" * bool(items)
            + f"<p><small>{text(self.footing)}</small></p></div>"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        data = {
            "id": self.claim.id,
            "verdict": self.claim.verdict if self.decided else None,
            "ground": self.ground,
            "evidence": [
                [*map(float, fact.printed()), fact.relation, fact.of]
                for fact in self.evidence
            ],
        }
        return {"text/plain": str(self), "text/html": self._html(), MIME: data}


@cache
def registry() -> Mapping[int, Claim]:
    """All claims of `claims.yml` by id."""
    text = files(__package__).joinpath("claims.yml").read_text(encoding="utf-8")
    document = yaml.load(text, LOADER)
    sources = {
        key: f"{source['title']} ({source['site']})"
        for key, source in document["sources"].items()
    }
    claims = (
        Claim(**(entry | {"source": sources[entry["source"]]}))
        for entry in document["claims"]
    )
    return MappingProxyType({claim.id: claim for claim in claims})


def decide(
    id: int,
    verdict: str,
    *evidence: tuple,
    recorded: Mapping[str, str] | None = None,
    cited: str = "",
    why: str = "",
) -> Badge:
    """Decide a claim, once in the whole book, and return its badge.

    Args:
        id: the claim's number in `claims.yml`.
        verdict: true, false, conditional, misleading or opinion.
        evidence: (value, relation, bound) or (value, relation, bound, what it
            is), finite numbers with one of < <= == != >= > between them.
        recorded: where the evidence was measured, at least machine and date.
        cited: the source that the verdict rests on; needs no evidence.
        why: for an opinion, why there is nothing to decide.

    Raises:
        ClaimError: evidence does not hold, the verdict is not the registry's,
            or there is no such claim.
        TypeError, ValueError: the call itself is malformed.
    """
    claim = _claim(id)
    if verdict not in VERDICTS:
        raise ValueError(f"verdict is {verdict!r}; expected one of {VERDICTS}")
    if verdict != claim.verdict:
        raise ClaimError(
            f"claim {id}: the registry says {claim.verdict}, not {verdict}"
        )
    for name, value in (("cited", cited), ("why", why)):
        checks.instance(name, value, str)
    if (verdict == "opinion") != bool(why):
        raise ValueError(f"why is {why!r}; an opinion, and only an opinion, needs it")
    if sum(map(bool, (recorded, cited, why))) > 1:
        raise ValueError("expected at most one of recorded, cited and why")
    facts = _checked(id, evidence, required=not (cited or why))
    if recorded is not None:
        return Badge(claim, "recorded", facts, _machine_and_date(recorded))
    if cited:
        return Badge(claim, "cited", facts, cited)
    return Badge(claim, "opinion" if why else "computed", facts, why)


def also(id: int, *evidence: tuple) -> Badge:
    """Add computed evidence to a claim that another chapter decides.

    Takes evidence as `decide` does and raises as it does.
    """
    claim = _claim(id)
    remark = f"here; decided in {claim.chapter}"
    return Badge(claim, "computed", _checked(id, evidence), remark, decided=False)


def _claim(id: int) -> Claim:
    if type(id) is not int:
        raise TypeError(f"id is {id!r}; expected an integer")
    if id not in registry():
        raise ClaimError(f"id is {id!r}; expected 1 to {max(registry())}")
    return registry()[id]


def _checked(id: int, evidence: tuple, required: bool = True) -> tuple[Evidence, ...]:
    """Every piece of evidence, well-formed and true."""
    if required and not evidence:
        raise ValueError("evidence is empty; expected (value, relation, bound)")
    facts = tuple(_fact(entry) for entry in evidence)
    for fact in facts:
        if not fact.holds():
            value, bound = fact.value, fact.bound
            shown = f"{value!r} {fact.relation} {bound!r}"
            raise ClaimError(f"claim {id}: not so: {shown} ({fact.of or 'evidence'})")
    return facts


def _fact(entry: tuple) -> Evidence:
    """One piece of evidence; a bare True is none."""
    if not isinstance(entry, tuple) or len(entry) not in (3, 4):
        raise TypeError(f"evidence is {entry!r}; expected (value, relation, bound)")
    fact = Evidence(*entry)
    if fact.relation not in RELATIONS:
        known = " ".join(RELATIONS)
        raise ValueError(f"relation is {fact.relation!r}; expected one of {known}")
    if not isinstance(fact.of, str):
        raise TypeError(f"evidence says {fact.of!r}; expected what the value is")
    value = checks.number("evidence value", fact.value)
    return fact._replace(value=value, bound=checks.number("bound", fact.bound))


def _machine_and_date(recorded: Mapping[str, str]) -> str:
    checks.instance("recorded", recorded, Mapping)
    if not (recorded.get("machine") and recorded.get("date")):
        raise ValueError(f"recorded is {recorded!r}; expected a machine and a date")
    return f"{recorded['machine']}, {recorded['date']}"
