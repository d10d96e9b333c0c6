"""Questions that put numbers side by side: rankings, compositions, trends, checks."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.schema import MetricQuery, MetricTerm
from assistant.stats.questions.chunks import Arg
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.making import Direction, made, refuse
from assistant.stats.questions.settling import Said, Unknown, Unsettled


def ranked(said: Said, m: Match) -> MetricQuery:
    said.sides = True
    args = [a for name in ("a", "b") for a in m.args(name)]
    direction: Direction = "more" if m.has("max") else "less" if m.has("min") else "signed"
    subjects = said.subjects(args) if args else list(said.before)
    if len(subjects) == 1 and "年" in m.said("which"):
        subject = subjects[0]
        held = said.ledger.readings(subject.metric.name, subject.scope or subject.metric.scope)
        years = sorted({t.year for t in held})
        terms = [MetricTerm(metric=subject.metric.name, scope=subject.scope, year=y) for y in years]
    elif len(subjects) == 1:
        term = said.term(subjects[0])
        terms = [term.model_copy(update={"metric": n}) for n in said.children(subjects[0].metric)]
    else:
        terms = [said.term(s) for s in subjects]
    if len(terms) < 2:
        raise refuse(
            "relation",
            f"“{subjects[0].metric.name}”没有可以排名的分项" if subjects else "没有认出拿什么排名",
            *subjects,
        )
    return made(said, m, "rank", terms, direction=direction)


def composed(said: Said, m: Match) -> MetricQuery:
    subjects = said.subjects(m.args("a")) if m.args("a") else list(said.before[-1:])
    if not subjects:
        raise Unsettled(Unknown("metric", "没有认出要问的指标"))
    subject = subjects[0]
    parts = said.children(subject.metric)
    if not parts or (subject.metric.whole and subject.metric.name in parts):
        raise refuse("relation", f"没有“{subject.metric.name}”的分项", subject)
    term = said.term(subject)
    return made(said, m, "composition", [term, *(term.model_copy(update={"metric": n}) for n in parts)])


def trends(said: Said, m: Match) -> MetricQuery:
    years = any(t.kind == "range" for a in m.args("a") for t in a.times)
    args = [replace(a, times=()) for a in m.args("a")]
    subjects = said.subjects(args) if args else list(said.before[-1:])
    if len(subjects) != 1:
        raise refuse("relation", "请一次问一个指标的变化", *subjects)
    return made(said, m, "trend", [said.term(subjects[0])], years=years)


def checked(said: Said, args: Sequence[Arg], m: Match) -> MetricQuery:
    said.sides = True
    subjects = said.subjects(args) if args else list(said.before)
    seen: dict[str, MetricTerm] = {}
    for subject in subjects:
        term = said.term(subject)
        seen.setdefault(f"{term.metric}{term.scope}{term.year}{term.month}", term)
    return made(said, m, "check", list(seen.values()))
