"""From a term of a query to the reading it means, or to what is missing."""

from dataclasses import dataclass
from typing import Literal

from assistant.schema import Metric, MetricTerm
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.formula import Apply, Name
from assistant.stats.ledger import Ledger, Reading, Time
from assistant.stats.numbers import rounded


@dataclass(frozen=True)
class Missing:
    """What a term asks that is not held, and what is nearest to it."""

    missing: Literal["metric", "scope", "period", "relation"]
    what: str
    nearest: tuple[Reading, ...] = ()


def resolve(term: MetricTerm, catalogue: Catalogue, ledger: Ledger) -> Reading | Missing:
    """The reading a term means: its scope (the metric's own where none is named), and the latest time that fits."""
    if term.over is not None:
        return _share(term, catalogue, ledger)
    metric = catalogue.metrics[term.metric]
    held_in = ledger.scopes(metric.name)
    zero = next((why for (name, _, _), why in ledger.undefined.items() if name == metric.name), None)
    if not held_in:
        return Missing("period", f"“{metric.name}”{f'不能计算：{zero}' if zero else '缺少计算所需的数据'}")
    scope = _scope(term, catalogue, held_in)
    if scope is None:
        asked = term.scope or HOME
        return Missing(
            "scope",
            f"没有{asked}的“{metric.name}”",
            tuple(r for s in held_in[:2] if (r := latest(metric.name, s, ledger))),
        )
    held = ledger.readings(metric.name, scope)
    fitting = [r for t, r in held.items() if _fits(t, term)]
    if term.year is None:
        year = catalogue.default_year if catalogue.within(scope, HOME) else None
        default = [r for r in fitting if r.time.year == year]
        last = max((r.time.year for r in fitting), default=None)
        fitting = default or [r for r in fitting if r.time.year == last]
    chosen = max(fitting, key=lambda r: r.time.rank, default=None)
    if chosen is None or (term.year_end and _stale(chosen, catalogue, ledger)):
        return Missing("period", f"没有{scope}{_when(term)}的“{metric.name}”", _near(term, list(held.values())))
    return chosen


def _share(term: MetricTerm, catalogue: Catalogue, ledger: Ledger) -> Reading | Missing:
    """The share a metric has of another at one time, as a reading of its own."""
    alone = term.model_copy(update={"over": None})
    part = resolve(alone, catalogue, ledger)
    if isinstance(part, Missing):
        return part
    whole = ledger.at_exactly(str(term.over), part.scope, part.time)
    if whole is None or whole.exact == 0:
        return Missing("period", f"没有{part.scope}同一时点的“{term.over}”", (part,))
    name = f"{part.metric.name}占{whole.metric.name}的比重"
    metric = Metric(name=name, unit="%", scope=part.scope)
    share = part.exact / whole.exact * 100
    formula = Apply("/", Name(part.metric.name), Name(whole.metric.name))
    return Reading(metric, part.scope, part.time, rounded(share), "%", None, formula, (part, whole), share)


def latest(metric: str, scope: str, ledger: Ledger) -> Reading | None:
    return next(reversed(ledger.readings(metric, scope).values()), None)


def align(terms: tuple[MetricTerm, ...], catalogue: Catalogue, ledger: Ledger) -> list[Reading | Missing]:
    """Resolve terms that are computed with one another; where none says when, all at the latest time they share."""
    found = [resolve(term, catalogue, ledger) for term in terms]
    readings = [r for r in found if isinstance(r, Reading)]
    if len(readings) < len(found) or len({r.time for r in readings}) < 2:
        return found
    open_terms = [t.month is None and not t.year_end for t in terms]
    shared: set[Time] | None = None
    for term, reading in zip(terms, readings, strict=True):
        times = {t for t in ledger.readings(term.metric, reading.scope) if _fits(t, term)}
        shared = times if shared is None else shared & times
    if all(open_terms) and shared:
        best = max(shared, key=lambda t: (t.year == catalogue.default_year, t.rank))
        moved = [ledger.at_exactly(t.metric, r.scope, best) for t, r in zip(terms, readings, strict=True)]
        return [m if m is not None else r for m, r in zip(moved, readings, strict=True)]
    return _same_year(terms, readings, catalogue, ledger)


def _same_year(
    terms: tuple[MetricTerm, ...], readings: list[Reading], catalogue: Catalogue, ledger: Ledger
) -> list[Reading | Missing]:
    """Move the terms that name no year to a year all have, the report's own first, where there is one."""
    years: set[int] | None = None
    for term, reading in zip(terms, readings, strict=True):
        held = {t.year for t in ledger.readings(term.metric, reading.scope) if _fits(t, term)}
        years = held if years is None else years & held
    if not years or len({r.time.year for r in readings}) == 1:
        return list(readings)
    year = catalogue.default_year if catalogue.default_year in years else max(years)
    return [resolve(term.model_copy(update={"year": year}), catalogue, ledger) for term in terms]


def _scope(term: MetricTerm, catalogue: Catalogue, held_in: tuple[str, ...]) -> str | None:
    own = catalogue.metrics[term.metric].scope
    if term.scope is None:
        mine = [s for s in held_in if catalogue.within(s, HOME)]
        return mine[0] if mine else None
    if term.scope in held_in:
        return term.scope
    if catalogue.metrics[term.metric].partial:
        return None
    if term.scope in catalogue.scopes and own in held_in and catalogue.within(own, term.scope):
        return own
    return None


def _fits(time: Time, term: MetricTerm) -> bool:
    if term.year is not None and time.year != term.year:
        return False
    if term.month is None:
        return True
    if time.as_of is None:
        return term.month == 12 and term.day is None
    return time.as_of.month == term.month and term.day in (None, time.as_of.day)


def _stale(reading: Reading, catalogue: Catalogue, ledger: Ledger) -> bool:
    """Whether a number said to be of the year's end was counted earlier than its report's last day."""
    if reading.time.as_of is None or reading.figure is None:
        return False
    days = [
        f.as_of for f in catalogue.figures
        if f.as_of and f.year == reading.time.year and f.scope == reading.scope and f.source == reading.figure.source
    ]  # fmt: skip
    return bool(days) and reading.time.as_of < max(days)


def _when(term: MetricTerm) -> str:
    text = f"{term.year}年" if term.year else ""
    if term.year_end:
        text += "年底"
    if term.month:
        text += f"{term.month}月" + (f"{term.day}日" if term.day else "底")
    return text


def _near(term: MetricTerm, held: list[Reading]) -> tuple[Reading, ...]:
    """The readings closest in time to what was asked, at most two."""
    target = (term.year or 0) * 12 + (term.month or 12)

    def distance(reading: Reading) -> int:
        year = 0 if term.year is None else reading.time.year
        return abs(target - (year * 12 + (reading.time.as_of.month if reading.time.as_of else 12)))

    return tuple(sorted(held, key=distance)[:2])
