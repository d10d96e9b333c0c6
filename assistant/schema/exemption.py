"""Whether a penalty falls away: grounds, conditions, what is missing, the verdict."""

import datetime as dt
from typing import Any, Literal

from assistant.schema.law import CheckedCitation, Nature
from assistant.schema.noun import Noun
from assistant.schema.rules import Met


class ConditionFinding(Noun):
    """A condition held against the facts, and why it is met, unmet or not known."""

    id: str
    label: str
    status: Met
    because: str


class ListFacts(Noun):
    """What a reader must know of the list a ground stands on."""

    title: str
    issuer: str | None
    nature: Nature
    validity: str
    region: str
    concludes: bool  # False: it informs, and why stands in `note`
    note: str | None = None
    score: float = 1.0  # how near the matter of the case is to the item


class Ground(Noun):
    """One ground on which a penalty may fall away or be lighter, with each of its conditions."""

    id: str
    kind: Literal["statute", "list"]
    title: str
    effect: str
    status: Met
    conditions: tuple[ConditionFinding, ...]
    basis: tuple[str, ...]
    list: ListFacts | None = None
    note: str | None = None
    raised: bool = True  # False: nothing in the case speaks of it; it stays open all the same


class MissingFact(Noun):
    """A fact that would decide, and the question that asks it; `decides` are the grounds it could turn."""

    fact: str
    question: str
    options: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()


ExemptionVerdict = Literal[
    "must_not_punish", "may_not_punish", "no_penalty_provision", "mitigate", "no_exemption", "needs_facts"
]


class ListCandidate(Noun):
    """A list item that may be the matter of the case; the person picks when several are near."""

    rule: str
    matter: str
    list: str
    score: float


class ExemptionAnswer(Noun):
    """Whether a penalty falls away: the verdict, every ground side by side, and what would decide what is open."""

    as_of: dt.date
    verdict: ExemptionVerdict
    label: str
    grounds: tuple[Ground, ...]
    facts: dict[str, Any]
    missing: tuple[MissingFact, ...]
    contradictions: tuple[str, ...] = ()
    candidates: tuple[ListCandidate, ...] = ()
    measures: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    text: str
