"""Whether a proposed penalty is right, and the steps it must go through."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.schema.case import Yuan
from assistant.schema.decisions import SimilarDecision
from assistant.schema.exemption import MissingFact
from assistant.schema.law import CheckedCitation, Nature
from assistant.schema.noun import Noun
from assistant.schema.penalties import PenaltyClause
from assistant.schema.rules import Condition, TierName

ProportionalityVerdict = Literal[
    "within", "below_minimum", "above_maximum", "outside_tier", "wrong_basis", "needs_facts"
]
Severity = Literal["error", "warning", "info"]
ProcedureCode = Literal[
    "limitation", "hearing", "legal_review", "collective_discussion", "on_the_spot", "notice", "decision_deadline",
    "service_deadline", "transfer_to_justice", "double_fine",
]  # fmt: skip
ProcedureStatus = Literal["required", "not_required", "ok", "overdue", "violated", "needs_facts"]
Checked = Literal["核对", "待核", "待确认"]
"""核对: held against the original; 待核: heard of, not seen; 待确认: not known, to be settled by who may settle it."""


class Threshold(Noun):
    """From which fine a procedure applies, in yuan, for a citizen and for an organisation; None: not known."""

    procedure: Literal["当场处罚", "听证", "法制审核", "集体讨论"]
    field: str
    law: str | None = None  # applies to penalties under this law alone
    region: str | None = None
    citizen: float | None = None
    organisation: float | None = None
    basis: str
    checked: Checked
    source: str


class RangeMethod(Noun):
    """A way to cut a statutory range into three: shares of it at which 从轻 ends and 从重 begins. Never official."""

    name: str
    lighter_to: float
    heavier_from: float
    checked: Checked
    source: str


class Circumstance(Noun):
    """A circumstance of a case that speaks for a lighter or a heavier penalty, and how much an office lets it count.

    `weight` is below zero towards 从轻, above towards 从重; `checked` is of the basis, never of the weight.
    """

    name: str
    when: Condition
    weight: int
    basis: str
    checked: Checked
    source: str


class ProposedPenalty(Noun):
    """What an officer proposes: a fine on the doer or unit, one on the persons in charge (yuan), other penalties."""

    fine: Yuan | None = None
    fine_person: Yuan | None = None
    kinds: tuple[Annotated[str, Field(strict=True, min_length=1, max_length=40)], ...] = Field(
        default=(), max_length=20
    )


class FineRange(Noun):
    """What a clause comes to in yuan for the case; `max` None: no upper limit. `reckoning` shows how."""

    clause: int  # index in `statutory`
    min: float
    max: float | None
    reckoning: str


class ReviewFinding(Noun):
    """One thing the review found, with the provisions it rests on."""

    code: str
    severity: Severity
    text: str
    basis: tuple[str, ...] = ()


class ProcedureStep(Noun):
    """One procedural requirement as it stands; `due` is the last day, where one can be reckoned."""

    code: ProcedureCode
    status: ProcedureStatus
    text: str
    basis: tuple[str, ...] = ()
    due: dt.date | None = None


class TierWeight(Noun):
    """A circumstance that is there, what it counts, and the words of the case that say so."""

    name: str
    weight: int
    because: str
    basis: str
    checked: Checked


class PenaltyTier(Noun):
    """The tier that the case falls in, in yuan: of a benchmark, or reckoned from the circumstances and a way to cut.

    `nature` is 官方 only for a checked benchmark in force here; a reckoned tier is 待核 and binds nobody. `weights`
    are the circumstances that were counted, `open` those that nothing is known of.
    """

    name: TierName
    min: float
    max: float | None
    basis: str
    nature: Nature
    method: str
    weights: tuple[TierWeight, ...] = ()
    score: int | None = None
    open: tuple[str, ...] = ()
    note: str | None = None


class ComparedBasis(Noun):
    """One of several provisions that the same act violates, with what it allows (行政处罚法第二十九条)."""

    basis: str
    range: FineRange | None
    highest: bool
    note: str | None = None


class ProportionalityAnswer(Noun):
    """Whether a proposed penalty is right: the clauses, the range, the findings, the procedure, what is missing."""

    as_of: dt.date
    verdict: ProportionalityVerdict
    label: str
    basis: str  # the provision as resolved, with the text it was read in
    statutory: tuple[PenaltyClause, ...]
    applicable: tuple[int, ...]
    range: FineRange | None = None
    range_person: FineRange | None = None
    tier: PenaltyTier | None = None
    findings: tuple[ReviewFinding, ...]
    procedure: tuple[ProcedureStep, ...]
    compared: tuple[ComparedBasis, ...] = ()
    similar: tuple[SimilarDecision, ...] = ()
    facts: dict[str, Any]
    missing: tuple[MissingFact, ...]
    contradictions: tuple[str, ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    text: str
