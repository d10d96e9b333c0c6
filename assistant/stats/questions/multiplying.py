"""Questions how many times one number is another."""

from dataclasses import replace
from decimal import Decimal

from assistant.schema import MetricQuery
from assistant.stats.formula import names
from assistant.stats.questions.chunks import Arg
from assistant.stats.questions.comparing import base_term
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.making import made, multiple
from assistant.stats.questions.settling import Said, Subject, Unknown, Unsettled
from assistant.stats.questions.sharing import share_of


def multiples(said: Said, m: Match) -> MetricQuery:
    if not m.has("versus", "times", "doubled", "than") and not set(m.asks) & {"倍", "番", "%", "成"}:
        raise Unsettled(Unknown("relation", "没有认出要问的是什么关系"))
    said.sides = True
    one = by_value(said, m, "a") if "a" in m.groups else next(iter(said.before[-1:]), None)
    if one is None:
        raise Unsettled(Unknown("metric", "没有认出要问的指标"))
    said.before = (*said.before, one)
    other = m.args("b")[0]
    if not other.times and one.time is not None and other.options:
        other = replace(other, times=(one.time,))
    two = said.subjects([other], filled=False)[0]
    terms = [said.term(one), said.term(two)]
    if set(m.asks) & {"%", "成"}:
        return share_of(said, m, [one], two)
    if one.metric == two.metric and one.time is not None and two.time is not None and two.time.prior:
        terms[1] = base_term(said, two, two.time, terms[0])
    if m.has("versus", "than") and not m.asks:
        return made(said, m, "multiple", terms, direction="less")  # a ratio: below one it is a per cent
    return multiple(said, m, terms)


def divided(said: Said, m: Match) -> MetricQuery:
    """罚款除以决定书份数."""
    top = by_value(said, m, "a")
    said.before = (*said.before, top)
    below = by_value(said, m, "b")
    below = replace(below, time=below.time or top.time)
    if set(m.asks) & {"%", "成"}:
        return share_of(said, m, [top], below)
    formula = {names(f): n for n, f in said.catalogue.formulas.items() if "/" in str(said.metric(n).formula)}
    name = formula.get((top.metric.name, below.metric.name))
    if name is not None:
        return made(said, m, "value", [said.term(replace(top, metric=said.metric(name)))])
    if said.part_of(top.metric.name, below.metric.name):
        return share_of(said, m, [top], below)
    return made(said, m, "average", [said.term(top), said.term(below)])


def by_value(said: Said, m: Match, name: str) -> Subject:
    """An argument, or the metric whose number is given: 861.12万元除以91份."""
    if args := m.args(name):
        return said.subjects(args)[0]
    chunk = m.groups[name][0]
    value = chunk.value or Decimal(0)
    known = said.namer.by_value(value, chunk.kind) or said.namer.by_value(value / 10_000, chunk.kind)
    if known is None:
        raise Unsettled(Unknown("metric", f"没有认出{value.normalize():f}是哪一项的数"))
    return said.subjects([Arg((), known)])[0]
