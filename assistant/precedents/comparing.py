"""A case and a decision held against each other, field by field: what is alike, what differs, what nobody knows yet.

No degree of likeness is computed: a lawyer weighs the points, and each says what it rests on.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from assistant.knowledge.conditions import TIMELY
from assistant.law.library import Library
from assistant.precedents.elements import Element, ElementKind
from assistant.precedents.held import Held, changed_since
from assistant.precedents.resting import ARTICLE, rests, rests_as_written
from assistant.rules.consistency import CHINESE
from assistant.rules.listed import HOME_REGIONS
from assistant.schema import Aspect, CaseFacts, Citation, ComparedPoint, Decision, Noun, PointVerdict

_CIRCUMSTANCES = (
    "party_type", "first_violation", "prior_violations", "repeated", "harm", "corrected", "reduced_harm",
    "confessed_unknown", "merit", "coerced", "no_fault_proof", "refused_correction", "obstructed", "commitment_signed",
)  # fmt: skip
_QUANTITIES = {"goods_value": "元", "illegal_gains": "元", "affected_people": "人", "duration_days": "天"}
_ABOUT = 2.0
"""Quantities within this factor are of one order; which it is stands in the note, with both numbers."""
_PROCEDURAL = ("程序违法", "说理不足")


class Case(Noun):
    """The case that decisions are held against. `basis` is the provision the act is to rest on, `fine` in yuan,
    `elements` what the words speak of."""

    conduct: str
    facts: CaseFacts
    basis: tuple[Citation, ...] = ()
    fine: float | None = None
    as_of: dt.date
    elements: frozenset[Element] = frozenset()


def points(
    case: Case, held: Held, library: Library, elements: frozenset[Element] = frozenset()
) -> tuple[ComparedPoint, ...]:
    """Every point in the order a lawyer looks: conduct, dispute, basis, circumstances, amounts, procedure, how it
    ended, time, region. `elements` are those of the decision.
    """
    decision = held.decision
    assert decision is not None
    return tuple(
        point
        for part in (
            _conduct(case, decision, elements),
            _disputes(case, decision, elements),
            _basis(case, held),
            _circumstances(case.facts, decision),
            _amounts(case, decision),
            _procedure(case, decision, elements),
            _ended(decision),
            _time(case, decision, library),
            _region(decision),
        )
        for point in part
    )


def _conduct(case: Case, decision: Decision, elements: frozenset[Element]) -> Iterator[ComparedPoint]:
    mine, theirs = _named(case.elements, "行为"), _named(elements, "行为")
    shared = mine & theirs
    verdict: PointVerdict = "alike" if shared and shared == theirs else "differs" if _apart(mine, theirs) else "open"
    note = "没有读出是哪一种行为，按字词和语义检索到，是不是同一种行为请核对"
    if shared:
        more = [
            f"{side}另有{'、'.join(sorted(rest))}"
            for side, rest in (("该案", theirs - mine), ("本案", mine - theirs))
            if rest
        ]
        note = f"都有{'、'.join(sorted(shared))}" + (
            "；" + "；".join(more) + "，是不是同一种行为请核对" if more else ""
        )
    elif verdict == "differs":
        note = f"本案是{'、'.join(sorted(mine))}，该案是{'、'.join(sorted(theirs))}"
    yield ComparedPoint(
        aspect="行为", label="行为", mine=case.conduct[:120], theirs=decision.conduct, verdict=verdict, note=note
    )


def _disputes(case: Case, decision: Decision, elements: frozenset[Element]) -> Iterator[ComparedPoint]:
    """What is in dispute there, and whether the case speaks of it too."""
    if not decision.issues:
        return
    shared = _named(case.elements, "争点") & _named(elements, "争点")
    yield ComparedPoint(
        aspect="争点",
        label="争议焦点",
        mine="、".join(sorted(shared)) or None,
        theirs="；".join(decision.issues),
        verdict="alike" if shared else "open",
        note=None if shared else "本案有没有这样的争议请核对",
    )


def _named(elements: frozenset[Element], kind: ElementKind) -> frozenset[str]:
    return frozenset(one.name for one in elements if one.kind == kind)


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs and not mine & theirs)


def _basis(case: Case, held: Held) -> Iterator[ComparedPoint]:
    decision = held.decision
    assert decision is not None
    if not case.basis:
        return
    mine = "、".join(map(str, case.basis))
    cited = [str(one) for one in decision.basis if any(rests(b, one) >= ARTICLE for b in case.basis)]
    cited += [one for one in decision.outside if any(rests_as_written(b, one) >= ARTICLE for b in case.basis)]
    related = [str(one) for one in decision.related if any(rests(b, one) >= ARTICLE for b in case.basis)]
    if cited or related:
        note = None if cited else "是整理时标注的相关条文，该案的决定未必引用"
        theirs = "、".join(dict.fromkeys((*cited, *related)))
        yield ComparedPoint(aspect="依据", label="依据", mine=mine, theirs=theirs, verdict="alike", note=note)
        return
    others = (*map(str, decision.basis), *decision.outside)
    yield ComparedPoint(
        aspect="依据",
        label="依据",
        mine=mine,
        theirs="、".join(others) or None,
        verdict="differs" if others else "open",
        note=None if others else "该案的依据未见",
    )


def _circumstances(mine: CaseFacts, decision: Decision) -> Iterator[ComparedPoint]:
    for name in _CIRCUMSTANCES:
        here, there = mine.value(name), decision.facts.value(name)
        if there is None:
            continue
        yield _point("情节", CHINESE[name], here, there, _the_same)


def _amounts(case: Case, decision: Decision) -> Iterator[ComparedPoint]:
    for name, unit in _QUANTITIES.items():
        here, there = case.facts.value(name), decision.facts.value(name)
        if there is None:
            continue
        point = _point("金额" if unit == "元" else "情节", CHINESE[name], here, there, _of_one_order, unit)
        yield point.model_copy(update={"note": _times(here, there)}) if here is not None else point
    fined, settled = decision.amounts.get("原罚款"), decision.amounts.get("结果罚款")
    if fined is None and settled is None:
        return
    told = [f"原罚款{_figure(fined, '元')}"] if fined is not None else []
    told.append(
        f"结果罚款{_figure(settled, '元')}" if settled is not None else f"{'、'.join(decision.outcomes)}后的数额未见"
    )
    verdict: PointVerdict = "open"
    if case.fine is not None and settled is not None:
        verdict = "alike" if _of_one_order(case.fine, settled) else "differs"
    yield ComparedPoint(
        aspect="金额",
        label="罚款",
        mine=f"拟罚{_figure(case.fine, '元')}" if case.fine is not None else None,
        theirs="，".join(told),
        verdict=verdict,
        note=_times(case.fine, settled) if case.fine is not None and settled is not None else None,
    )


def _procedure(case: Case, decision: Decision, elements: frozenset[Element]) -> Iterator[ComparedPoint]:
    faults = [reason for reason in decision.reasons if reason in _PROCEDURAL]
    issues = [one for one in decision.issues if "程序" in one or "告知" in one or "说明理由" in one]
    if not (faults or issues):
        return
    shared = sorted(_named(case.elements, "程序") & _named(elements, "程序"))
    yield ComparedPoint(
        aspect="程序",
        label="程序",
        mine="、".join(shared) or None,
        theirs="；".join((*faults, *issues)),
        verdict="alike" if shared else "open",
        note=None if shared else "该案争在程序，本案请对照案卷逐项核对",
    )


def _ended(decision: Decision) -> Iterator[ComparedPoint]:
    """How it ended there; the case at hand has no end yet, so there is nothing to hold it against."""
    known = decision.outcomes != ("未见",)
    told = "、".join(decision.outcomes) + (f"（{decision.outcome_note}）" if decision.outcome_note else "")
    reasons = f"；理由类别：{'、'.join(decision.reasons)}" if known else ""
    yield ComparedPoint(
        aspect="结果",
        label="处理结果",
        mine=None,
        theirs=told + reasons,
        verdict="open",
        note=None if known else "该案结果未见，不能作为先例引用",
    )


def _time(case: Case, decision: Decision, library: Library) -> Iterator[ComparedPoint]:
    changed = changed_since(decision.basis, library, case.as_of)
    if changed:
        yield ComparedPoint(
            aspect="时间",
            label="所依据的条文",
            mine=f"以{case.as_of}的法律为准",
            theirs="、".join(changed),
            verdict="differs",
            note="该案所依据的条文已有变化，不能直接比照",
        )


def _region(decision: Decision) -> Iterator[ComparedPoint]:
    here = decision.region is not None and any(decision.region.startswith(one) for one in HOME_REGIONS - {"全国"})
    if decision.region is None:
        yield ComparedPoint(aspect="地域", label="地域", mine="天津", theirs=None, verdict="open")
    elif not here:
        yield ComparedPoint(
            aspect="地域",
            label="地域",
            mine="天津",
            theirs=decision.region,
            verdict="differs",
            note="外地案例，只供参考",
        )


def _point(
    aspect: Aspect, label: str, here: Any, there: Any, same: Callable[[Any, Any], bool], unit: str = ""
) -> ComparedPoint:
    verdict: PointVerdict = "open" if here is None else "alike" if same(here, there) else "differs"
    return ComparedPoint(
        aspect=aspect,
        label=label,
        mine=None if here is None else _figure(here, unit),
        theirs=_figure(there, unit),
        verdict=verdict,
    )


def _the_same(here: Any, there: Any) -> bool:
    return bool(here == there) or (here in TIMELY and there in TIMELY)


def _of_one_order(here: float, there: float) -> bool:
    return here == there or (min(here, there) > 0 and max(here, there) / min(here, there) <= _ABOUT)


def _times(here: float, there: float) -> str | None:
    if here == there:
        return None
    if min(here, there) <= 0:
        return "一方为零"
    more, less = ("本案", "该案") if here > there else ("该案", "本案")
    return f"{more}约是{less}的{max(here, there) / min(here, there):.1f}倍"


def _figure(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return f"{value:,.2f}".rstrip("0").rstrip(".") + unit
    return str(value)
