"""Which tier (从轻, 一般, 从重, …) a case falls in: by a benchmark, else by its circumstances and a way to cut."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge.discretion import Discretion
from assistant.knowledge.lists import Lists
from assistant.rules.evaluate import evaluate, findings, unknown_facts
from assistant.rules.listed import validity, why_not
from assistant.rules.procedure.money import plain
from assistant.rules.proportionality.applying import amount
from assistant.schema import (
    CaseFacts,
    Circumstance,
    Citation,
    Comparison,
    Condition,
    ConditionKind,
    FineRange,
    Nature,
    PenaltyClause,
    PenaltyTier,
    RangeMethod,
    ReviewFinding,
    Rule,
    RuleList,
    TierName,
    TierWeight,
)

GENERAL = "《中华人民共和国行政处罚法》第五条第二款"
PUBLISHED = "《中华人民共和国行政处罚法》第三十四条"


_WEIGHED_ALREADY: dict[ConditionKind, tuple[str, ...]] = {
    "逾期不改正": ("refused_correction", "corrected"),
    "拒不改正": ("refused_correction", "corrected"),
    "再次违法": ("repeated", "first_violation"),
    "造成后果": ("harm",),
    "情节较轻": ("harm",),
    "情节较重": ("harm", "repeated", "refused_correction", "obstructed"),
    "情节严重": ("harm", "repeated", "refused_correction", "obstructed"),
    "情节特别严重": ("harm", "repeated", "refused_correction", "obstructed"),
}
"""What a clause has made its condition is not counted a second time within its range."""


@dataclass(frozen=True)
class TierJudged:
    """The tier, what is to be said of it, whether the fine lies outside one that binds, and what would settle it."""

    tier: PenaltyTier | None = None
    findings: tuple[ReviewFinding, ...] = ()
    outside: bool = False
    asks: tuple[str, ...] = ()


class Tiers:
    """Tiers by the benchmarks and the circumstances that are held."""

    def __init__(self, discretion: Discretion, benchmarks: Lists) -> None:
        self._discretion = discretion
        self._heads = benchmarks.lists
        self._rules = tuple(r for r in benchmarks.rules if benchmarks.lists[r.list_id].category == "裁量基准")

    def judge(
        self,
        citation: Citation,
        clause: PenaltyClause,
        spread: FineRange,
        facts: CaseFacts,
        fine: float | None,
        as_of: dt.date,
        *,
        lightened: bool,
    ) -> TierJudged:
        """The tier within `spread`, the statutory range of `clause` in yuan. `lightened`: the law orders a lighter one.

        A benchmark of another region, not official, not checked or not in force informs and binds nobody; so does what
        is reckoned. Nothing is reckoned while no circumstance at all is known.
        """
        listed = self._listed(citation, clause, spread, facts, as_of)
        if listed is not None and listed[0].nature == "官方":
            tier, note = listed
            low = tier.min if not lightened else 0.0
            outside = fine is not None and fine > 0 and not (low <= fine <= (tier.max or float("inf")))
            text = f"《{tier.method}》：本案为{tier.name}，{_span(tier)}" + (
                f"；拟罚{plain(fine or 0)}元不在其中，适用时须说明理由并经法制审核或者集体讨论" if outside else ""
            )
            severity = "error" if outside else "info"
            found = ReviewFinding.model_validate(
                {"code": "outside_benchmark" if outside else "benchmark_tier", "severity": severity,
                 "text": text + note, "basis": (tier.basis, PUBLISHED)}
            )  # fmt: skip
            return TierJudged(tier, (found,), outside)
        notes = [_reference(*listed)] if listed is not None else []
        asks = self._open(citation, facts, as_of)
        if asks:
            text = "收录了这一条的裁量基准，属于哪一阶次取决于待查的事实"
            notes.append(ReviewFinding(code="tier_open", severity="warning", text=text, basis=(PUBLISHED,)))
        reckoned = self._reckoned(clause, spread, facts)
        if reckoned is None:
            return TierJudged(None, tuple(notes), asks=asks)
        return TierJudged(reckoned, (*notes, *_said(reckoned, spread, fine)), asks=asks)

    # benchmarks

    def _fitting(self, citation: Citation) -> list[Rule]:
        def fits(one: Citation) -> bool:
            return (
                (one.law, one.article) == (citation.law, citation.article)
                and (one.paragraph is None or citation.paragraph in (None, one.paragraph))
                and (one.item is None or citation.item in (None, one.item))
            )

        return [rule for rule in self._rules if any(fits(one) for one in rule.punished_by)]

    def _listed(
        self, citation: Citation, clause: PenaltyClause, spread: FineRange, facts: CaseFacts, as_of: dt.date
    ) -> tuple[PenaltyTier, str] | None:
        """The tier of a benchmark whose conditions are met: one that binds first, else one that informs."""
        best: tuple[PenaltyTier, str] | None = None
        for rule in self._fitting(citation):
            if rule.when is None or rule.tier is None or not rule.whole or evaluate(rule.when, facts) != "met":
                continue
            if rule.unless is not None and evaluate(rule.unless, facts) != "unmet":
                continue
            head = self._heads[rule.list_id]
            limits = _limits(rule, clause, spread, facts)
            if limits is None:
                continue
            refused = why_not(head, as_of)
            because = "；".join(f"{f.label}：{f.because}" for f in findings(rule.when, facts))
            tier = PenaltyTier(
                name=rule.tier,
                min=limits[0],
                max=limits[1],
                basis=str(rule.punished_by[0]),
                nature="官方" if refused is None else _nature(head),
                method=head.title,
                note=f"{rule.matter}（{because}）；有效期{validity(head)}",
            )
            made = (tier, "" if refused is None else f"（{refused}，只作参考）")
            if refused is None:
                return made
            best = best or made
        return best

    def _open(self, citation: Citation, facts: CaseFacts, as_of: dt.date) -> tuple[str, ...]:
        """The facts that the tiers of a binding benchmark wait for."""
        names = [
            fact
            for rule in self._fitting(citation)
            if rule.when is not None and why_not(self._heads[rule.list_id], as_of) is None
            for fact in unknown_facts(rule.when, facts)
        ]
        return tuple(dict.fromkeys(names))

    # what is reckoned

    def _reckoned(self, clause: PenaltyClause, spread: FineRange, facts: CaseFacts) -> PenaltyTier | None:
        methods = self._discretion.methods
        taken = {fact for kind in clause.condition_kinds for fact in _WEIGHED_ALREADY.get(kind, ())}
        held = [one for one in self._discretion.circumstances if not taken & set(_facts(one.when))]
        if not methods or not held or spread.max is None or spread.max == spread.min:
            return None
        there = [(one, _because(one, facts)) for one in held if evaluate(one.when, facts) == "met"]
        unknown = tuple(one.name for one in held if evaluate(one.when, facts) == "unknown")
        if not there and unknown:
            return None
        score = sum(one.weight for one, _ in there)
        name: TierName = "从轻" if score < 0 else "从重" if score > 0 else "一般"
        low, high = _part(name, spread, methods[0])
        mixed = any(one.weight < 0 for one, _ in there) and any(one.weight > 0 for one, _ in there)
        return PenaltyTier(
            name=name,
            min=low,
            max=high,
            basis=GENERAL,
            nature="待核",
            method=f"情节分值合计{score:+d}，按“{methods[0].name}”分段",
            weights=tuple(
                TierWeight(name=one.name, weight=one.weight, because=because, basis=one.basis, checked=one.checked)
                for one, because in there
            ),
            score=score,
            open=unknown,
            note="轻重情节并存，应当综合判断" if mixed else None,
        )


def _facts(condition: Condition) -> list[str]:
    """The facts that a condition is about."""
    if isinstance(condition, Comparison):
        return [condition.fact]
    return [fact for part in condition.parts for fact in _facts(part)]


def _nature(head: RuleList) -> Nature:
    return "待核" if head.nature == "官方" else head.nature


def _because(one: Circumstance, facts: CaseFacts) -> str:
    return "；".join(dict.fromkeys(f.because for f in findings(one.when, facts) if f.status == "met"))


def _part(name: TierName, spread: FineRange, method: RangeMethod) -> tuple[float, float]:
    assert spread.max is not None
    width = spread.max - spread.min
    lighter, heavier = spread.min + method.lighter_to * width, spread.min + method.heavier_from * width
    low, high = {"从轻": (spread.min, lighter), "一般": (lighter, heavier), "从重": (heavier, spread.max)}[name]
    return round(low, 2), round(high, 2)


def _limits(
    rule: Rule, clause: PenaltyClause, spread: FineRange, facts: CaseFacts
) -> tuple[float, float | None] | None:
    """The tier's fine in yuan; None when it is a multiple of what is not known."""
    fine = rule.fine
    if fine is None:
        return 0.0, 0.0
    if fine.unit == "元":
        return fine.min, fine.max
    if fine.unit == "幅度":
        if spread.max is None:
            return None
        width, upper = spread.max - spread.min, 1.0 if fine.max is None else fine.max
        return round(spread.min + fine.min * width, 2), round(spread.min + upper * width, 2)
    base, _ = amount(clause.base or "", facts)
    if base is None:
        return None
    counted = max(base, clause.floor or 0.0)
    return round(fine.min * counted, 2), None if fine.max is None else round(fine.max * counted, 2)


def _span(tier: PenaltyTier) -> str:
    return f"{plain(tier.min)}元至" + ("不封顶" if tier.max is None else f"{plain(tier.max)}元")


def _reference(tier: PenaltyTier, note: str) -> ReviewFinding:
    text = f"参考《{tier.method}》：{tier.name}，{_span(tier)}{note}"
    return ReviewFinding(code="benchmark_for_reference", severity="info", text=text, basis=(tier.basis,))


def _said(tier: PenaltyTier, spread: FineRange, fine: float | None) -> Sequence[ReviewFinding]:
    counted = "、".join(f"{w.name}{w.weight:+d}" for w in tier.weights) or "没有从轻、从重的情节"
    text = f"按情节推算的阶次（性质待核，不是正式的裁量基准）：{tier.name}，{_span(tier)}。情节：{counted}"
    text += f"。还没有查明：{'、'.join(tier.open)}" if tier.open else ""
    text += f"。{tier.note}" if tier.note else ""
    out = [ReviewFinding(code="tier_reckoned", severity="info", text=text, basis=(GENERAL, PUBLISHED))]
    if (
        fine
        and tier.max is not None
        and spread.min <= fine <= (spread.max or fine)
        and not tier.min <= fine <= tier.max
    ):
        side = "高于" if fine > tier.max else "低于"
        words = f"拟罚{plain(fine)}元{side}按情节推算的{tier.name}一段（{_span(tier)}，性质待核），应当写明裁量的理由"
        out.append(ReviewFinding(code="tier_differs", severity="warning", text=words, basis=(GENERAL,)))
    return out
