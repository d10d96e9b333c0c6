"""Questions for the share a part has of a whole."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.schema import Metric, MetricQuery
from assistant.stats.formula import added, names
from assistant.stats.measures import COUNTS, UNIT_KINDS
from assistant.stats.questions.chunks import Arg
from assistant.stats.questions.comparing import two_times
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.making import direction, made, refuse
from assistant.stats.questions.settling import Said, Subject


def shared(said: Said, m: Match) -> MetricQuery:
    """处罚占归集信息的比重; the whole is its own where none is named."""
    if m.args("a"):  # 三类文书各占多少
        subject = said.subjects(m.args("a"))[0]
        children = [replace(subject, metric=said.metric(name)) for name in said.children(subject.metric)]
        if not children or subject.metric.name in {c.metric.name for c in children}:
            raise refuse("relation", f"没有“{subject.metric.name}”的分项", subject)
        return made(said, m, "share", [said.term(s) for c in children for s in (c, subject)])
    whole_args = m.args("w")
    outer_args = [o for o in m.args("o") if o.options]
    if outer_args:  # 停工通知书对应的整改意见占…
        said.before = (*said.before, *said.subjects(outer_args, narrow=False))
    parts = parts_said(said, m, whole_args)
    if set(m.asks) & COUNTS:  # 249条里安监占几条: a count is asked, and no share
        raise refuse("relation", "没有认出问的是几条还是百分之几", *parts)
    whole = None
    if whole_args:
        said.before = (*said.before, *parts)
        arg = whole_args[0]
        if not arg.times and parts[0].time is not None:
            arg = replace(arg, times=(parts[0].time,))
        said.sides = bool(m.args("p")) and bool(m.args("p")[0].options)  # 经开区处罚占宝坻的百分之几
        whole = said.subjects([arg], narrow=False)[0]
        if outer_args:
            outer = said.subjects(outer_args, narrow=False)[0]
            inner = [p for p in parts if p.metric.name not in outer.metric.narrows]
            if not all(said.part_of(p.metric.name, outer.metric.name) for p in inner):
                raise refuse("relation", f"没有在“{outer.metric.name}”里按“{parts[0].metric.name}”分的数", *parts)
        if m.has("class"):
            whole = replace(whole, metric=said.sum_of_parts(whole.metric) or whole.metric)
    elif m.has("class") and parts[0].metric.whole:
        above = said.metric(parts[0].metric.whole)
        whole = replace(parts[0], metric=said.sum_of_parts(above) or above)
    return share_of(said, m, parts, whole)


def parts_said(said: Said, m: Match, wholes: Sequence[Arg] = ()) -> list[Subject]:
    """The parts; where the whole is named before them, of its scope and time."""
    args = m.args("p") + m.args("p2")
    if args:
        if wholes and wholes[0].start < args[0].start:
            args = [replace(a, scopes=a.scopes or wholes[0].scopes, times=a.times or wholes[0].times) for a in args]
        return said.subjects(args)
    if said.last is not None and said.last.operation == "sum":  # 检查和处罚一共多少，占归集多少
        said.joined = True
        return list(said.before[-len(said.last.terms) :])
    return [said.told()]


def share_of(said: Said, m: Match, parts: list[Subject], whole: Subject | None) -> MetricQuery:
    first = parts[0]
    if first.metric.unit == "%":
        said.used.update([whole.metric.name] if whole is not None else [])
        return made(said, m, "value", [said.term(s) for s in parts])
    if whole is None:
        if first.metric.whole is None:
            raise refuse("relation", f"没有写明“{first.metric.name}”占什么的比重", *parts)
        whole = replace(first, metric=said.metric(first.metric.whole))
        if any(p.metric.whole != first.metric.whole for p in parts):
            raise refuse("relation", "几项不属于同一个总数，请写明占什么的比重", *parts)
    parts = [inside(said, p, whole.metric) for p in parts]
    if any(p.metric.name == whole.metric.name and (p.scope or p.metric.scope) == (whole.scope or whole.metric.scope)
           and p.time == whole.time for p in parts):  # fmt: skip
        raise refuse("relation", f"没有写明“{first.metric.name}”占什么的比重", *parts)
    if len(parts) == 1 and (rate := declared_rate(said, parts[0], whole)) is not None:
        return made(said, m, "value", [said.term(rate)])
    for part in parts:
        if said.part_of(whole.metric.name, part.metric.name):
            raise refuse(
                "relation", f"“{whole.metric.name}”是“{part.metric.name}”的一部分，不能倒过来算占比", part, whole
            )
    if len(parts) > 1 and (m.has("sum", "plus") or m.summing or said.joined) and not m.has("each"):
        return made(said, m, "share", [*(said.term(p) for p in parts), said.term(whole)], direction="more")
    terms = []
    for part in parts:
        terms += [said.term(part), said.term(replace(whole, time=whole.time or part.time))]
    return made(said, m, "share", terms)


def declared_rate(said: Said, part: Subject, whole: Subject) -> Subject | None:
    """处罚决定书占检查家数: where the two are counted in different things, but a rate of them is declared."""
    kinds = {UNIT_KINDS.get(s.metric.unit) for s in (part, whole)}
    for name, formula in said.catalogue.formulas.items():
        metric = said.metric(name)
        if len(kinds) == 2 and metric.unit == "%" and metric.formula == f"{part.metric.name} / {whole.metric.name}":
            return replace(part, metric=metric) if names(formula) else None
    return None


def inside(said: Said, part: Subject, whole: Metric) -> Subject:
    """Of a metric with several readings, the one that belongs to the whole named."""
    if said.part_of(part.metric.name, whole.name):
        return part
    formula = said.catalogue.formulas.get(part.metric.name)
    own = [n for n in (added(formula) if formula else ()) if said.metric(n).whole == whole.name]
    if len(own) == 1:
        return replace(part, metric=said.metric(own[0]))
    for name in part.others:
        if said.part_of(name, whole.name):
            return replace(part, metric=said.metric(name))
    for name in part.metric.narrows:
        if said.part_of(name, whole.name) and whole.name not in (part.metric.whole,):
            return replace(part, metric=said.metric(name))
    return part


def share_moved(said: Said, m: Match) -> MetricQuery:
    """检查占归集的比重年底和十月底差多少: a share at two times."""
    part, whole = said.subjects(m.args("p"))[0], None
    if m.args("w"):
        said.before = (*said.before, part)
        whole = said.subjects(m.args("w"))[0].metric
    elif part.metric.whole:
        whole = said.metric(part.metric.whole)
    if whole is None or part.metric.unit == "%":
        raise refuse("relation", f"没有写明“{part.metric.name}”占什么的比重", part)
    times = [t for name in ("t", "u") for a in m.args(name) for t in a.times]
    late, early = two_times(said, part, times if len(times) > 1 else [part.time, *times])
    terms = [said.term(replace(part, time=t)).model_copy(update={"over": whole.name}) for t in (late, early)]
    return made(said, m, "change", terms, direction=direction(m))
