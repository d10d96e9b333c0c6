"""A proposed penalty under one text of one provision: its clauses, the fine, the other kinds, the tier."""

import datetime as dt
from dataclasses import dataclass

from assistant.knowledge.discretion import Discretion
from assistant.law.structure import paragraph_text, parse_paragraphs
from assistant.rules.proportionality.applying import Standing, stand
from assistant.rules.proportionality.basis import Basis, Ruling
from assistant.rules.proportionality.circumstances import Circumstances
from assistant.rules.proportionality.fines import FineJudged, judge_fine
from assistant.rules.proportionality.kinds import Kinds, KindsJudged, judge_kinds
from assistant.rules.proportionality.tiers import TierJudged, Tiers
from assistant.rules.proportionality.wording import fine_findings
from assistant.schema import CaseFacts, PenaltyTier, ProportionalityVerdict, ProposedPenalty, ReviewFinding

# What settles the whole, the gravest first.
ORDER: tuple[ProportionalityVerdict, ...] = (
    "wrong_basis", "above_maximum", "below_minimum", "needs_facts", "outside_tier", "within"
)  # fmt: skip


@dataclass(frozen=True)
class CaseAtHand:
    """What is reviewed: the proposal, the facts, what is said of them, and the day it is judged on."""

    proposed: ProposedPenalty
    kinds: Kinds
    facts: CaseFacts
    text: str
    circumstances: Circumstances
    as_of: dt.date


@dataclass(frozen=True)
class UnderText:
    """The proposal under one text of the provision."""

    ruling: Ruling
    standings: tuple[Standing, ...]
    unit: FineJudged
    person: FineJudged
    kinds: KindsJudged
    tier: PenaltyTier | None
    verdict: ProportionalityVerdict
    findings: tuple[ReviewFinding, ...]
    asks: tuple[str, ...]

    @property
    def lightness(self) -> tuple[float, float]:
        """Orders texts: a lower maximum, then a lower minimum is lighter; unknown comes last."""
        spread = self.unit.range
        if spread is None:
            return (float("inf"), float("inf"))
        return (spread.max if spread.max is not None else float("inf"), spread.min)


def under(ruling: Ruling, held: Basis, case: CaseAtHand, discretion: Discretion, tiers: Tiers) -> UnderText:
    """The proposal held against every clause of `ruling`."""
    proposed, facts, lighter = case.proposed, case.facts, case.circumstances.lighter
    standings = stand(ruling.clauses, facts, case.text, held.citation.item)
    paragraphs = [paragraph_text(p) for p in parse_paragraphs(ruling.article.text)]
    on_unit = [s for s in standings if s.clause.subject_kind != "责任人员"]
    on_person = [s for s in standings if s.clause.subject_kind == "责任人员"]
    unit = judge_fine(on_unit, proposed.fine, facts, case.text, paragraphs)
    person = judge_fine(on_person, proposed.fine_person, facts, case.text, paragraphs)
    others = judge_kinds(case.kinds.kinds, standings, facts, ruling.label)
    findings = [
        *fine_findings(unit, proposed.fine, ruling, lighter, person=False),
        *fine_findings(person, proposed.fine_person, ruling, lighter, person=True),
        *others.findings,
    ]
    more, outside = case.circumstances.against(unit, proposed, discretion)
    tier = _tier(ruling, held, unit, case, tiers)
    findings += [*more, *tier.findings]
    place = [_verdict(unit, proposed.fine, lightened=bool(lighter)),
             _verdict(person, proposed.fine_person, lightened=bool(lighter))]  # fmt: skip
    if person.verdict == "omitted":  # the unit's penalty may be right though its people are not punished
        place.pop()
    if others.refused:
        place.append("wrong_basis")
    if others.asks:
        place.append("needs_facts")
    if outside or tier.outside:
        place.append("outside_tier")
    if not any(c.kind != "援引" for c in ruling.clauses):
        place.append("needs_facts" if ruling.unread else "wrong_basis")
        if not ruling.unread:
            text = "依据没有规定任何行政处罚，不能作为处罚的依据"
            findings.append(ReviewFinding(code="no_penalty_clause", severity="error", text=text, basis=(ruling.label,)))
    if ruling.unread:
        words = "、".join(dict.fromkeys(ruling.unread))
        text = f"依据写明依照“{words}”处罚，幅度应当以所指的规定为准，请改引那一条"
        findings.append(ReviewFinding(code="refers_elsewhere", severity="warning", text=text, basis=(ruling.label,)))
    asks = (*unit.asks, *person.asks, *others.asks, *tier.asks)
    verdict = min(place, key=ORDER.index)
    return UnderText(ruling, standings, unit, person, others, tier.tier, verdict, tuple(findings), asks)


def _tier(ruling: Ruling, held: Basis, unit: FineJudged, case: CaseAtHand, tiers: Tiers) -> TierJudged:
    spread = unit.range
    if spread is None:
        return TierJudged()
    citation = held.citation.model_copy(update={"law": ruling.article.law, "article": ruling.article.number})
    lightened = bool(case.circumstances.lighter)
    clause = ruling.clauses[spread.clause]
    return tiers.judge(citation, clause, spread, case.facts, case.proposed.fine, case.as_of, lightened=lightened)


def _verdict(judged: FineJudged, fine: float | None, *, lightened: bool) -> ProportionalityVerdict:
    if judged.verdict in ("no_clause", "condition_unmet", "subject_mismatch"):
        return "wrong_basis"
    if judged.verdict == "undecided":
        return "needs_facts"
    if judged.verdict == "above":
        return "above_maximum"
    if judged.verdict == "within":
        return "within"
    return "within" if judged.verdict == "below" and fine and lightened else "below_minimum"
