"""What a conversation computed of a case: the verdict as the engines gave it, and the case as it was understood."""

from typing import Literal

from assistant.schema.exemption import ExemptionAnswer, MissingFact
from assistant.schema.noun import Noun
from assistant.schema.proportionality import ProportionalityAnswer, ProposedPenalty


class ExemptionFinding(Noun):
    """Whether a penalty falls away, for the case told in a conversation so far.

    `told` is the case in the words of its messages; `notes` say how the last message was understood, where that needs
    saying; `missing` is what to ask next, the most decisive first.
    """

    kind: Literal["exemption"] = "exemption"
    told: str
    answer: ExemptionAnswer
    missing: tuple[MissingFact, ...] = ()
    notes: tuple[str, ...] = ()


class ProportionalityFinding(Noun):
    """Whether a proposed penalty is right. `answer` is None until its basis and what is proposed are known."""

    kind: Literal["proportionality"] = "proportionality"
    told: str
    basis: str | None = None
    proposed: ProposedPenalty = ProposedPenalty()
    answer: ProportionalityAnswer | None = None
    missing: tuple[MissingFact, ...] = ()
    notes: tuple[str, ...] = ()
