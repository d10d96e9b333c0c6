"""What all builders of queries share."""

from collections.abc import Sequence
from typing import Literal

from assistant.schema import Metric, MetricQuery, MetricTerm, Operation
from assistant.stats.formula import names
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.settling import Said, Subject, Unknown, Unsettled

Direction = Literal["more", "less", "gap", "signed"]


def made(said: Said, m: Match, operation: Operation, terms: Sequence[MetricTerm], **more: object) -> MetricQuery:
    """The query, with the numbers the question gives and the notes on how it was read."""
    numbers = [n for c in m.chunks if c.arg is not None for n, _ in c.arg.numbers]
    scaled = []
    for number in numbers:
        unit = said.metric(terms[0].metric).unit if terms else ""
        scaled.append(number / 10_000 if unit.startswith("万") and number >= 10_000 else number)
    return MetricQuery.model_validate(
        {"operation": operation, "terms": tuple(terms), "numbers": tuple(scaled),
         "notes": tuple(dict.fromkeys(said.notes)), "others": tuple(dict.fromkeys(said.others)), **more}
    )  # fmt: skip


def refuse(kind: Literal["metric", "scope", "period", "relation"], what: str, *near: Subject) -> Unsettled:
    terms = tuple(MetricTerm(metric=s.metric.name, scope=s.scope) for s in near)
    return Unsettled(Unknown(kind, what, terms))


def grows(m: Match) -> bool:
    return m.has("growth", "decline") or bool(set(m.asks) & {"%", "成"})


def direction(m: Match) -> Direction:
    down, up = m.has("down", "less", "decline"), m.has("up", "more", "growth")
    if down and not up:
        return "less"
    if up and not down:
        return "more"
    return "gap" if m.has("difference", "minus", "same") else "signed"


def operands(said: Said, metric: Metric) -> tuple[str, ...]:
    formula = said.catalogue.formulas.get(metric.name)
    return names(formula) if formula is not None else ()


def ratios(said: Said) -> set[tuple[str, ...]]:
    """Numerator and denominator of every declared ratio."""
    formulas = said.catalogue.formulas
    return {names(f) for n, f in formulas.items() if "/" in str(said.metric(n).formula)}


def multiple(said: Said, m: Match, terms: Sequence[MetricTerm]) -> MetricQuery:
    if m.has("doubled") and "番" in m.asks:
        return made(said, m, "multiple", terms, direction="gap")
    exceeds = m.has("more", "up") and m.has("than") and not m.has("doubled")
    return made(said, m, "multiple", terms, direction="more" if exceeds else "signed")


def listed(m: Match) -> bool:
    """Whether 一共 and 共 only introduce several questions, each with its own 多少."""
    return m.has("each") or (not m.has("sum") and len(m.asks) > 1)
