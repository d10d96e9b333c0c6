"""A clause in yuan for a case, and a proposed fine held against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.rules.procedure.money import plain
from assistant.rules.proportionality.applying import Standing, amount
from assistant.schema import CaseFacts, FineRange, PenaltyClause

Place = Literal["within", "below", "above", "omitted", "unknown"]
UNSTATED = "other.罚款数额的规定"
"""Asked for where an article says 罚款 and no amount."""
_COUNTS = {"人": "affected_people", "日": "duration_days"}


@dataclass(frozen=True)
class Reckoned:
    """A clause's range, or the facts that it waits for; `at_least` is the least it can come to whatever they are."""

    range: FineRange | None
    asks: tuple[str, ...] = ()
    at_least: float = 0


def reckon(standing: Standing, facts: CaseFacts) -> Reckoned:
    """The range of a fine clause in yuan."""
    clause = standing.clause
    low, high, said = clause.min or 0.0, clause.max, _words(clause)
    asks: list[str] = []
    least = 0.0
    if clause.base not in ("fixed", None):
        value, name = amount(clause.base or "", facts)
        bound = clause.applies_if
        if value is None:
            asks.append(name)
            if bound is not None and bound.quantity == clause.base and bound.min is not None:
                least = low * bound.min
        else:
            counted = max(value, clause.floor or 0.0)
            low, high = low * counted, high * counted if high is not None else None
            said += f"，{clause.base}{plain(counted)}元" + (
                f"（不足{plain(counted)}元按{plain(counted)}元）" if counted > value else ""
            )
    elif clause.base is None:
        return Reckoned(None, (UNSTATED,))
    if clause.per is not None:
        name = _COUNTS.get(clause.per, f"other.{clause.per}数")
        count = facts.value(name)
        if isinstance(count, int | float) and not isinstance(count, bool):
            low, high = low * count, high * count if high is not None else None
            said += f"，按{plain(count)}{clause.per}计算"
        else:
            asks.append(name)
    if asks:
        return Reckoned(None, tuple(asks), least)
    low = max(low, clause.least or 0.0)
    if clause.cap is not None:
        high = min(high, clause.cap) if high is not None else clause.cap
    if high is not None:
        high = max(low, high)
    return Reckoned(FineRange(clause=standing.index, min=round(low, 2), max=None if high is None else round(high, 2),
                              reckoning=said), (), low)  # fmt: skip


def _words(clause: PenaltyClause) -> str:
    return f"“{clause.text}”" + (f"（{clause.condition}）" if clause.condition else "")


def place(fine: float | None, clause: PenaltyClause, reckoned: Reckoned) -> Place:
    """Where a proposed fine lies; None is no fine, which is `omitted` only where the clause must fine."""
    if not fine:
        optional = clause.discretion == "可以" or clause.alternative or clause.combination == "单处或者并处"
        return "within" if optional else "omitted"
    if reckoned.range is None:
        return "below" if fine < reckoned.at_least else "unknown"
    if fine < reckoned.range.min:
        return "below"
    return "above" if reckoned.range.max is not None and fine > reckoned.range.max else "within"


@dataclass(frozen=True)
class Outcome:
    """A fine clause that may be the one that applies, its range, and where the proposed fine lies in it."""

    standing: Standing
    reckoned: Reckoned
    place: Place

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts that would settle whether it applies and what it comes to."""
        return (*self.standing.asks, *self.reckoned.asks)


def outcomes(standings: Sequence[Standing], fine: float | None, facts: CaseFacts) -> tuple[Outcome, ...]:
    """The fine clauses that may be the one that applies: a more special one that is met displaces the plain one."""
    live = [s for s in standings if s.status != "unmet"]
    out = []
    for one in live:
        displaced = any(_displaces(other, one) for other in live)
        if not displaced:
            reckoned = reckon(one, facts)
            out.append(Outcome(one, reckoned, place(fine, one.clause, reckoned)))
    return tuple(out)


def _displaces(other: Standing, one: Standing) -> bool:
    """Whether a clause that is met takes the place of another: a graver one, or one for the amount of this case.

    处三万元以上三十万元以下罚款；违法所得三十万元以上的，并处一倍以上五倍以下: above the sum only the latter.
    """
    mine, its = one.clause, other.clause
    if other.status != "met" or mine.paragraph != its.paragraph:
        return False
    if other.rank > one.rank:
        return True
    alike = other.rank == one.rank and (mine.subject_kind, mine.conduct) == (its.subject_kind, its.conduct)
    return alike and its.applies_if is not None and mine.applies_if is None
