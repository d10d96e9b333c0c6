"""The one evaluator of conditions: three values, 满足 · 不满足 · 待查 (Kleene's logic)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from assistant.numerals import to_chinese
from assistant.schema import CaseFacts, Combination, Comparison, Condition, ConditionFinding, Known, Met


def all_of(values: Iterable[Met]) -> Met:
    """met when all are, unmet when one is."""
    seen = set(values)
    return "unmet" if "unmet" in seen else "unknown" if "unknown" in seen else "met"


def any_of(values: Iterable[Met]) -> Met:
    """met when one is, unmet when all are."""
    seen = set(values)
    return "met" if "met" in seen else "unknown" if "unknown" in seen else "unmet"


def evaluate(condition: Condition, facts: CaseFacts) -> Met:
    """Whether `condition` holds for `facts`."""
    if isinstance(condition, Comparison):
        return _compare(condition, facts)[0]
    combine = all_of if condition.kind == "全部" else any_of
    return combine([evaluate(part, facts) for part in condition.parts])


def findings(condition: Condition, facts: CaseFacts, prefix: str = "") -> tuple[ConditionFinding, ...]:
    """The conditions of a rule, one by one: those of 全部 apart, a choice (任一) as one finding."""
    if isinstance(condition, Combination) and condition.kind == "全部":
        return tuple(f for at, part in enumerate(condition.parts, 1) for f in findings(part, facts, f"{prefix}{at}."))
    if isinstance(condition, Comparison):
        status, because = _compare(condition, facts)
        return (ConditionFinding(id=prefix + condition.fact, label=condition.label, status=status, because=because),)
    status = evaluate(condition, facts)
    because = "；".join(f"第{to_chinese(at)}种{_why(part, facts)}" for at, part in enumerate(condition.parts, 1))
    return (ConditionFinding(id=f"{prefix}any", label=condition.label, status=status, because=because),)


def _why(part: Condition, facts: CaseFacts) -> str:
    """满足, or what of an alternative is unmet or not known."""
    status = evaluate(part, facts)
    if status == "met":
        return "满足"
    word = "不满足" if status == "unmet" else "待查"
    return f"{word}（{'、'.join(f.label for f in findings(part, facts) if f.status == status)}）"


def unknown_facts(condition: Condition, facts: CaseFacts) -> tuple[str, ...]:
    """The facts that keep `condition` open, in the order written; none when it is settled."""
    if evaluate(condition, facts) != "unknown":
        return ()
    if isinstance(condition, Comparison):
        return (condition.fact,)
    names = [name for part in condition.parts for name in unknown_facts(part, facts)]
    return tuple(dict.fromkeys(names))


def said(fact: Known[Any]) -> str:
    """A known fact as a person reads it, with the words that say so."""
    value = fact.value
    shown = (
        ("是" if value else "否") if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else value
    )
    return f"{shown}（“{fact.quote}”）" if fact.quote else f"{shown}"


def _compare(condition: Comparison, facts: CaseFacts) -> tuple[Met, str]:
    fact = facts.known().get(condition.fact)
    if fact is None:
        return "unknown", "待查"
    value = fact.value
    wanted = condition.values
    if isinstance(wanted[0], dt.date) and isinstance(value, str):  # `other` holds a date as text
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            return "unknown", f"“{value}”不是日期，待查"
    if condition.operator in ("等于", "属于"):
        if isinstance(value, bool) != isinstance(wanted[0], bool):
            return "unknown", f"“{value}”不能与条件比较，待查"
        return ("met" if value in wanted else "unmet"), said(fact)
    limit = wanted[0]
    if type(limit) is not type(value) and not (_number(limit) and _number(value)):
        return "unknown", f"“{value}”不能比较大小，待查"
    holds = value <= limit if condition.operator == "不超过" else value >= limit
    return ("met" if holds else "unmet"), said(fact)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
