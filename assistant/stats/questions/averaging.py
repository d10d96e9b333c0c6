"""Questions that spread a number over others: per company, per notice, per day."""

from dataclasses import replace
from typing import Literal

from assistant.schema import MetricQuery, MetricTerm
from assistant.stats.formula import names
from assistant.stats.measures import UNIT_KINDS, counts
from assistant.stats.questions.chunks import Arg
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.making import made, ratios, refuse
from assistant.stats.questions.settling import Said, Subject, Unknown, Unsettled

_PERIODS: dict[str, Literal["day", "week", "month", "quarter"]] = {
    **dict.fromkeys(("天", "日"), "day"),
    **dict.fromkeys(("周", "星期"), "week"),
    "月": "month",
    "季": "quarter",
}


def averaged(said: Said, m: Match) -> MetricQuery:
    """平均每家企业几项隐患."""
    nums, below = m.args("n"), next(iter(m.args("d")), None)
    if below is not None and len(below.options) == 1:
        said.before = (*said.before, Subject(said.metric(below.options[0]), below.scopes[0] if below.scopes else None))
    verb = m.arg("v")
    if verb is not None and below is not None:  # 平均查一家企业罚多少
        able = [
            n for n in (*verb.options, *(verb.named.others if verb.named else ())) if said.namer.fits(n, below.kind)
        ]
        if not able:
            raise Unsettled(Unknown("relation", "没有认准按什么平均"))
        below = replace(below, named=replace(verb.named, options=(able[0],)) if verb.named else None)
    tail = m.loose
    if not nums:
        measured = [k for k in m.asks if k]
        subjects = [s for s in said.before if not measured or said.namer.fits(s.metric.name, measured[-1])]
        if measured and (not subjects or (below is not None and below.text == "人均")):
            subjects = implied(said, measured[-1], below)
        subjects = subjects[-1:]
    else:
        subjects = [fined(said, s, m) for s in said.subjects(nums, asks=tail)]
    if not subjects:
        raise Unsettled(Unknown("relation", "没有写明对什么求平均"))
    terms: list[MetricTerm] = []
    if below is not None and below.text == "人均" and subjects[0].metric.name.startswith("人均"):
        return made(said, m, "value", [said.term(s) for s in subjects])
    for subject in subjects:
        top, per = pair_of(said, subject, below, m)
        if top.metric == per.metric:
            raise refuse("relation", f"没有写明按什么平均“{top.metric.name}”", top)
        if per.metric.scope != top.metric.scope and said.catalogue.within(top.metric.scope, per.metric.scope):
            raise refuse("relation", f"“{top.metric.name}”只是{top.metric.scope}的数，不能按{per.metric.scope}的"
                         f"“{per.metric.name}”平均", top, per)  # fmt: skip
        terms += [said.term(top), said.term(replace(per, time=per.time or top.time))]
    return made(said, m, "average", terms)


def fined(said: Said, subject: Subject, m: Match) -> Subject:
    """平均每家罚多少 asks for money, where 罚 may mean the penalties or the fines."""
    text = subject.arg.text if subject.arg is not None else ""
    if text.startswith("罚") and not any(k for k in m.asks):
        money = next((n for n in (subject.metric.name, *subject.others) if said.metric(n).unit == "万元"), None)
        if money is not None:
            return replace(subject, metric=said.metric(money), others=())
    return subject


def implied(said: Said, kind: str, below: Arg | None) -> list[Subject]:
    """平均每个工程多少平方米: the metric is told by the measure asked, within the denominator's scope."""
    if below is None or not below.options:
        return []
    if below.text == "人均" and (named := [x for x in said.catalogue.metrics.values() if x.name.startswith("人均")
                                           and counts(x.unit, kind, exactly=True)]):  # fmt: skip
        return [Subject(named[0])] if len(named) == 1 else []
    per = said.metric(below.options[0])
    stated = [
        x for x in said.catalogue.metrics.values()
        if x.scope == per.scope and x.formula is x.whole is None and x != per and UNIT_KINDS.get(x.unit) == kind
    ]  # fmt: skip
    return [Subject(stated[0])] if len(stated) == 1 else []


def pair_of(said: Said, subject: Subject, below: Arg | None, m: Match) -> tuple[Subject, Subject]:
    """Numerator and denominator, where their words fit several: a declared average first, then one department."""
    formulas = said.catalogue.formulas
    tops = [subject.metric.name, *subject.others]
    formula = formulas.get(subject.metric.name)
    if formula is not None and "/" in str(subject.metric.formula) and subject.metric.unit != "%":
        tops = [names(formula)[0]]  # 平均罚款 with another denominator named: what is averaged is the fines
    if below is None:
        raise refuse("relation", f"没有写明按什么平均“{tops[0]}”", subject)
    pers = [*below.options, *(below.named.others if below.named else ())]
    if below.kind and len(pers) > 1:
        pers = [p for p in pers if counts(said.metric(p).unit, below.kind, exactly=True)] or pers
    pairs = [(t, p) for t in tops for p in (pers or counted(said, below.kind, t))]
    if not pairs:
        raise refuse("relation", f"没有认准按什么平均“{tops[0]}”", replace(subject, metric=said.metric(tops[0])))
    declared = [x for x in pairs if x in ratios(said)]
    same = [(t, p) for t, p in pairs if said.metric(t).scope == said.metric(p).scope and t != p]
    pair = (declared if len(pairs) > 1 and declared else same or pairs)[0]
    scope = below.scopes[0] if below.scopes else subject.scope
    per = Subject(said.metric(pair[1]), said.kept(said.metric(pair[1]), scope), subject.time)
    return replace(subject, metric=said.metric(pair[0])), per


def counted(said: Said, kind: str, top: str) -> list[str]:
    """What 每家, 每份 counts beside a metric: what was named before, or the one thing of its office so counted."""
    before = [s.metric.name for s in said.before if UNIT_KINDS.get(s.metric.unit) == kind and s.metric.name != top]
    if before:
        return before[-1:]
    metric = said.metric(top)
    if UNIT_KINDS.get(metric.unit) == kind:
        return []
    same = [x for x in said.catalogue.metrics.values() if x.scope == metric.scope and x.name != top and not x.formula]
    stated = [x for x in same if counts(x.unit, kind, exactly=True)] or [
        x for x in same if kind and counts(x.unit, kind)
    ]
    below = {
        names(f)[1]
        for n, f in said.catalogue.formulas.items()
        if "/" in str(said.metric(n).formula) and names(f)[0] == top
    }
    declared = [x.name for x in stated if x.name in below]
    if metric.unit == "万元" and kind == "次":
        return []  # 平均一次罚款: of the inspections, or of the penalties
    return declared[:1] or ([stated[0].name] if len(stated) == 1 else [])


def owned_average(said: Said, m: Match) -> MetricQuery:
    """安全文明施工通知书每份平均几条意见: the denominator is named before 每份."""
    owner = said.subjects(m.args("o"))[0]
    per = m.args("d")[0]
    if per.options and not per.named:
        raise Unsettled(Unknown("relation", "没有认准按什么平均"))
    if per.kind and not said.namer.fits(owner.metric.name, per.kind):
        said.before = (*said.before, owner)
        return averaged(said, m)
    said.before = (*said.before, owner)
    top = fined(said, said.subjects(m.args("n"), asks=m.loose)[0], m) if m.args("n") else None
    if top is None:
        implied = [k for k in m.asks if k]
        narrow = [said.metric(n) for n in owner.metric.narrows if implied and said.namer.fits(n, implied[-1])]
        if not narrow:
            raise refuse("relation", f"没有写明每{per.kind}“{owner.metric.name}”的什么", owner)
        top = Subject(narrow[0], owner.scope, owner.time)
    return made(said, m, "average", [said.term(top), said.term(replace(owner, time=owner.time or top.time))])


def over_time(said: Said, m: Match) -> MetricQuery:
    subjects = said.subjects(m.args("n"), asks=m.loose) if m.args("n") else list(said.before[-1:])
    if not subjects:
        raise Unsettled(Unknown("relation", "没有写明对什么求平均"))
    if sum(len(a.times) for a in m.args("n")) > 1:
        raise refuse("relation", "只能按一整段累计数求平均，不能按两个时点之间求平均", *subjects)
    text = m.said("pertime")
    per = next(value for key, value in _PERIODS.items() if key in text)
    return made(said, m, "average", [said.term(s) for s in subjects], per=per)


def named_average(said: Said, m: Match) -> MetricQuery:
    """平均罚款: the one average that is declared over this metric."""
    subjects = said.subjects(m.args("n"), asks=m.loose)
    terms = []
    for subject in subjects:
        if subject.metric.formula and "/" in subject.metric.formula:
            terms.append(said.term(subject))
            continue
        found = [
            name for name, formula in said.catalogue.formulas.items()
            if names(formula)[0] == subject.metric.name and name.startswith(("平均", "人均"))
            and "/" in str(said.metric(name).formula)
        ]  # fmt: skip
        if len(found) != 1:
            raise refuse("relation", f"没有写明按什么平均“{subject.metric.name}”", subject)
        terms.append(said.term(replace(subject, metric=said.metric(found[0]))))
    return made(said, m, "value", terms)
