"""Outcomes and reasons of decisions, counted from what is held alone: every count with the decisions behind it.

No rate is computed. The decisions held are those that were published or imported, not all that were made, and there
are few of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assistant.schema import (
    CORRECTING,
    Decision,
    DecisionCount,
    DecisionStatistics,
    Reason,
    RecurringFault,
)

_FEW = 30
_TWICE = 2
_NO_FAULT: tuple[Reason, ...] = ("合法适当", "其他", "未见")
_NAMELESS = "名称未见"


def statistics(decisions: Sequence[Decision]) -> DecisionStatistics:
    """What `decisions` add up to; counts are in falling order, 未见 last."""
    known = [one for one in decisions if one.outcomes != ("未见",)]
    corrected = [one for one in decisions if one.corrected]
    return DecisionStatistics(
        total=len(decisions),
        known=len(known),
        corrected=DecisionCount(name="原行为被纠正", count=len(corrected), decisions=_ids(corrected)),
        outcomes=_counted((outcome, one) for one in decisions for outcome in one.outcomes),
        reasons=_counted((reason, one) for one in decisions for reason in one.reasons),
        corrections=_counted(
            (f"{outcome}·{reason}", one)
            for one in corrected
            for outcome in one.outcomes
            if outcome in CORRECTING
            for reason in one.reasons
        ),
        fields=_counted((one.field or "未见", one) for one in decisions),
        offices=_counted((one.office or "未见", one) for one in decisions),
        recurring=tuple(_recurring(decisions)),
        titles={one.id: one.title for one in decisions},
        note=_note(len(decisions), len(known)),
    )


def _recurring(decisions: Sequence[Decision]) -> Iterable[RecurringFault]:
    """What one office, or one field, was put right for more than once: what a 意见书 or 建议书 is about."""
    groups: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.office and _NAMELESS not in one.office:
            groups["机关", one.office].append(one)
        if one.field:
            groups["领域", one.field].append(one)
    found: list[RecurringFault] = []
    for (by, name), members in groups.items():
        faults: dict[Reason, list[Decision]] = defaultdict(list)
        for one in members:
            for reason in one.reasons if one.corrected else ():
                if reason not in _NO_FAULT:
                    faults[reason].append(one)
        for reason, cases in faults.items():
            if len(cases) >= _TWICE:
                basis = dict.fromkeys(str(c) for one in cases for c in (*one.basis, *one.related) if c.article)
                found.append(
                    RecurringFault(
                        by="机关" if by == "机关" else "领域",
                        name=name,
                        reason=reason,
                        count=len(cases),
                        decisions=_ids(cases),
                        of=len(members),
                        basis=tuple(basis),
                    )
                )
    return sorted(found, key=lambda f: (f.by != "机关", -f.count, f.name))


def _counted(pairs: Iterable[tuple[str, Decision]]) -> tuple[DecisionCount, ...]:
    groups: Mapping[str, list[Decision]] = defaultdict(list)
    for name, one in pairs:
        groups[name].append(one)
    counts = [DecisionCount(name=name, count=len(cases), decisions=_ids(cases)) for name, cases in groups.items()]
    return tuple(sorted(counts, key=lambda c: (c.name == "未见", -c.count, c.name)))


def _ids(decisions: Iterable[Decision]) -> tuple[str, ...]:
    return tuple(one.id for one in decisions)


def _note(total: int, known: int) -> str:
    if not total:
        return "没有符合条件的案例。"
    said = f"只统计库里现有的{total}个案例，其中{known}个见到处理结果；一个案例有几种结果或者理由的，分别计数。"
    if known < _FEW:
        said += "数量太少，只说明有过哪些情形，不能推断比例。"
    return said + "调解、撤回不算被纠正。"
