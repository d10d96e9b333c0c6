"""List items, benchmarks and decisions as texts to be found, each with what a hit must show of it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.knowledge.discretion import Discretion
from assistant.knowledge.lists import Lists
from assistant.law.citations import parse
from assistant.law.library import Library, short_title
from assistant.rules.listed import validity, why_not
from assistant.schema import (
    Circumstance,
    Citation,
    Decision,
    Kind,
    Nature,
    Passage,
    RangeMethod,
    Rule,
    RuleList,
    Source,
    Span,
    Status,
    Threshold,
)
from assistant.search import Leaf

GENERAL = "通用"
"""The field of a threshold that holds wherever no other does."""


@dataclass(frozen=True)
class Shown:
    """What depends on the day: status, days in force, and what a reader must know."""

    status: Status
    note: str | None


@dataclass(frozen=True)
class Held:
    """One text that can be found. `cites` are provisions it rests on, `relates` those it is about.

    `outside` are bases that the corpus does not hold, as written; `head`, `threshold` and `decision` what it stands in.
    """

    kind: Kind
    id: str
    title: str
    text: str
    leaf: Leaf
    nature: Nature
    source: str
    in_force: Span = field(default_factory=Span)
    cites: tuple[Citation, ...] = ()
    relates: tuple[Citation, ...] = ()
    outside: tuple[str, ...] = ()
    head: RuleList | None = None
    decision: Decision | None = None
    threshold: Threshold | None = None

    def passage(self, rank: int, score: float, shown: Shown) -> Passage:
        """The hit as it travels."""
        return Passage(
            rank=rank,
            kind=self.kind,
            id=self.id,
            title=self.title,
            text=self.text,
            score=round(score, 4),
            status=shown.status,
            in_force=self.in_force,
            source=Source(title=self.source, nature=self.nature),
            note=shown.note,
        )


def everything(
    lists: Lists, discretion: Discretion, decisions: Sequence[Decision], library: Library
) -> tuple[Held, ...]:
    """All that is held, lists first."""
    items = (_item(rule, lists.lists) for rule in lists.rules)
    return (*items, *_benchmarks(discretion, library), *(of_decision(one) for one in decisions))


def shown(held: Held, library: Library, as_of: dt.date) -> Shown:
    """What a text is on `as_of`. A list that nobody checked is 待核, a lapsed one 已废止, a draft never in force."""
    if held.head is not None:
        return Shown(_list_status(held.head, as_of), why_not(held.head, as_of))
    if held.decision is not None:
        return _decision_shown(held.decision, library, as_of)
    if held.threshold is None or held.threshold.checked != "核对":
        return Shown("待核", "没有与原文核对，只作提示，不作结论")
    return Shown(_standing(held.cites[0], library, as_of) if held.cites else "待核", None)


def changed_since(citations: Sequence[Citation], library: Library, as_of: dt.date) -> tuple[str, ...]:
    """Provisions that are no longer law on `as_of`, each with what became of it."""
    out = []
    for citation in citations:
        if citation.article is None:
            continue
        status = _standing(citation, library, as_of)
        if status not in ("现行有效", "待核"):
            out.append(f"{citation}（{status}）")
    return tuple(out)


def _standing(citation: Citation, library: Library, as_of: dt.date) -> Status:
    version = library.version_on(citation.law, as_of)
    article = library.article(version.id, citation.article or "") if version is not None else None
    return library.status(article, as_of) if article is not None else "已修改"


def _list_status(head: RuleList, as_of: dt.date) -> Status:
    if head.nature == "草案":
        return "尚未施行"
    if head.in_force.to is not None and as_of > head.in_force.to:
        return "已废止"
    if head.in_force.from_ is not None and as_of < head.in_force.from_:
        return "尚未施行"
    return "现行有效" if head.nature == "官方" and head.source.checked_by is not None else "待核"


def _decision_shown(decision: Decision, library: Library, as_of: dt.date) -> Shown:
    status: Status = "现行有效" if decision.source.checked_by is not None else "待核"
    notes = [f"处理结果：{'、'.join(decision.outcomes)}"]
    if decision.seen == "仅标题":
        notes.append("仅见标题，案情和结果都没有见到")
    elif decision.source.checked_by is None:
        notes.append("没有人与原文核对过（待核）")
    changed = changed_since(decision.basis, library, as_of)
    if changed:
        notes.append(f"所依据的{'、'.join(changed)}")
    notes.append("案例供参考，不是法律依据")
    return Shown(status, "；".join(notes))


def _item(rule: Rule, lists: Mapping[str, RuleList]) -> Held:
    head = lists[rule.list_id]
    provisions = (*rule.forbidden_by, *rule.punished_by)
    basis = [*map(str, provisions), *(f"{one}（语料外）" for one in rule.outside)]
    condition = rule.when.label if rule.when is not None else "没有见到（待核）"
    parts = [
        f"事项：{rule.matter}",
        f"结论：{rule.effect}",
        f"适用条件：{condition}" + ("" if rule.whole or rule.when is None else "（所见不全，待核）"),
        f"排除：{rule.unless.label}" if rule.unless is not None else "",
        f"依据：{'；'.join(basis)}" if basis else "",
        f"配套：{'、'.join(rule.measures)}" if rule.measures else "",
        f"清单：{head.issuer or '发文机关未见'}，{head.region}，有效期{validity(head)}",
        f"说明：{'；'.join(note for note in (rule.note, head.note) if note)}" if rule.note or head.note else "",
    ]
    names = (rule.matter, *rule.synonyms)
    return Held(
        kind="discretion" if rule.effect == "裁量基准" else "list",
        id=rule.id,
        title=f"{rule.matter}（{head.title}）",
        text="\n".join(part for part in parts if part),
        leaf=Leaf(names, " ".join((rule.field or "", rule.effect, condition, head.title))),
        nature=head.nature,
        source=head.title,
        in_force=rule.in_force,
        cites=provisions,
        outside=rule.outside,
        head=head,
    )


def _benchmarks(discretion: Discretion, library: Library) -> Iterator[Held]:
    for one in discretion.thresholds:
        basis = parse(one.basis, library)
        scope = short_title(one.law) if one.law else "" if one.field == GENERAL else one.field
        told = (("公民", one.citizen), ("组织", one.organisation))
        amounts = [f"{who}{amount:,.0f}元" for who, amount in told if amount is not None]
        figure = "、".join(amounts) or "没有确定，待确认"
        told_of = scope or GENERAL
        names = (
            f"{one.procedure}（{one.field}）",
            f"{scope}{one.procedure}的数额标准",
            f"{scope}{one.procedure}限额多少元",
        )
        yield Held(
            kind="discretion",
            id=f"门槛#{one.procedure}-{one.field}",
            title=names[0],
            text=f"{one.procedure}的数额门槛（{told_of}）：{figure}\n依据：{one.basis}\n{one.checked}：{one.source}",
            leaf=Leaf(names, f"{one.region or ''} {one.source} {short_title(one.law) if one.law else ''}"),
            nature="官方" if one.checked == "核对" else "待核",
            source="程序门槛",
            cites=(basis,) if basis is not None else (),
            threshold=one,
        )
    yield from (_method(one) for one in discretion.methods)
    for circumstance in discretion.circumstances:
        yield _circumstance(circumstance, parse(circumstance.basis, library))


def _method(one: RangeMethod) -> Held:
    names = (f"从轻、一般、从重的分段（{one.name}）", "法定幅度怎么分成从轻、一般、从重")
    return Held(
        kind="discretion",
        id=f"分段#{one.name}",
        title=names[0],
        text=f"把法定幅度分段：从轻到{one.lighter_to:.0%}为止，从重自{one.heavier_from:.0%}起\n{one.checked}：{one.source}",
        leaf=Leaf(names, one.source),
        nature="待核",
        source="裁量分段算法",
    )


def _circumstance(one: Circumstance, basis: Citation | None) -> Held:
    way = "从轻" if one.weight < 0 else "从重"
    names = (f"{way}情节：{one.name}", f"{one.name}是不是{way}情节")
    return Held(
        kind="discretion",
        id=f"情节#{one.name}",
        title=names[0],
        text=f"{way}情节：{one.name}，分值{one.weight:+d}（分值是推算阶次的约定，不是法律规定）\n"
        f"条件：{one.when.label}\n依据：{one.basis}\n{one.checked}：{one.source}",
        leaf=Leaf(names, one.source),
        nature="待核",
        source="裁量情节与分值",
        cites=(basis,) if basis is not None else (),
    )


def of_decision(one: Decision) -> Held:
    """A decision as a text to be found."""
    about = [
        f"行为：{one.conduct}",
        f"原处理：{one.reviewed_act}" if one.reviewed_act else "",
        f"处理结果：{'、'.join(one.outcomes)}" + (f"（{one.outcome_note}）" if one.outcome_note else ""),
        f"理由：{'、'.join(one.reasons)}",
        f"争议焦点：{'；'.join(one.issues)}" if one.issues else "",
        f"依据：{'；'.join((*map(str, one.basis), *one.outside))}" if one.basis or one.outside else "",
    ]
    searched = " ".join(
        (one.title, one.field or "", one.office or "", one.reviewed_act or "", *one.outcomes, *one.reasons, one.text)
    )
    return Held(
        kind="decision",
        id=one.id,
        title=one.title,
        text="\n".join((*(part for part in about if part), one.text)),
        leaf=Leaf((one.conduct, *one.synonyms, *one.issues), searched),
        nature=one.nature,
        source=one.source.title,
        in_force=Span(from_=one.dates.decided),
        cites=one.basis,
        relates=one.related,
        outside=one.outside,
        decision=one,
    )
