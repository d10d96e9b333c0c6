"""What a form of a case needs: the facts that may be known, and what a description states of them."""

import datetime as dt
from typing import Literal

from assistant.schema.case import CaseFacts
from assistant.schema.noun import Noun
from assistant.schema.proportionality import ProposedPenalty

FactKind = Literal["yes_no", "choice", "yuan", "count", "day", "text"]
FactGroup = Literal["当事人", "违法行为", "后果与数额", "改正与态度", "过错与前科", "程序日期"]


class FactField(Noun):
    """A fact that a form may ask for. `name` is that of the wire; `other.告知日` for one kept in `other`."""

    name: str
    label: str
    group: FactGroup
    kind: FactKind
    options: tuple[str, ...] = ()
    question: str = ""
    unit: str = ""


class DisputedFact(Noun):
    """A fact on which a description contradicts itself, with the words of each side. It is not taken."""

    name: str
    label: str
    quotes: tuple[str, ...]


class RoughFact(Noun):
    """A day, or a number of days, that a description states only roughly. It is not taken as a fact."""

    name: str
    label: str
    least: dt.date | int
    most: dt.date | int
    quote: str


class DiscardedFact(Noun):
    """A fact that a model put into the form and that was not taken, and why."""

    name: str
    label: str
    quote: str
    reason: str


class FactsRead(Noun):
    """What a description states, to be corrected by a person before anything is concluded from it.

    `by_model` names the facts that no rule read and a model found, `discarded` what it put down without ground; `model`
    is None where no model was asked, or it failed, which `notes` then says.
    """

    as_of: dt.date
    facts: CaseFacts
    disputed: tuple[DisputedFact, ...] = ()
    rough: tuple[RoughFact, ...] = ()
    basis: str = ""  # the provision the description names for the penalty
    proposed: ProposedPenalty = ProposedPenalty()
    notes: tuple[str, ...] = ()
    model: str | None = None
    by_model: tuple[str, ...] = ()
    discarded: tuple[DiscardedFact, ...] = ()
