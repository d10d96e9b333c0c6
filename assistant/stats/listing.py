"""Numbers side by side: as they are, in order, in parts, in time; and what the checks say of them."""

import itertools

from assistant.schema import FigureAnswer, Flag, MetricQuery
from assistant.stats.checks import Finding, when
from assistant.stats.composing import made, operands_of, period_of, spoken, times_of, unknown
from assistant.stats.ledger import Ledger, Reading
from assistant.stats.numbers import plain, rounded, shown
from assistant.stats.phrasing import amount, flags_of, named, own_formula, stated
from assistant.stats.resolving import Missing


def values(ledger: Ledger, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    flags = flags_of(readings)
    notes = (*query.notes, *_other_times(ledger, query, readings))
    if len(readings) > 1:
        units = {r.unit for r in readings}
        first = "；".join(f"{named(r, timed=True)}：{stated(r)}" for r in readings)
        formulas = [f"{r.metric.name} = {f} = {amount(r.value, r.unit)}" for r in readings if (f := own_formula(r))]
        return made(
            readings, "、".join(dict.fromkeys(r.metric.name for r in readings)),
            values=[r.value for r in readings], unit=units.pop() if len(units) == 1 else None,
            formula="；".join(formulas) or None, first=first, flags=flags, notes=notes,
        )  # fmt: skip
    reading = readings[0]
    formula = own_formula(reading)
    if formula is not None and reading.computed is not None:
        shown_result = rounded(reading.computed)
        formula += f" = {amount(shown_result, reading.unit)}"
        if reading.figure is not None:
            same = shown_result == reading.value
            formula += "，与来源所写一致" if same else f"，来源写{amount(reading.value, reading.unit)}"
    first = f"{stated(reading)}——{named(reading, timed=True)}"
    if reading.unit == "万元":
        first += f"，合{shown(reading.value * 10_000)}元"
    if query.claim is not None:
        first = _verdict(query, reading) + first
    if reading.metric.definition and formula:
        notes = (f"口径：{reading.definition}。", *notes)
    return made(
        readings, reading.metric.name, value=reading.value, unit=reading.unit, formula=formula, first=first,
        flags=flags, notes=notes,
    )  # fmt: skip


def _other_times(ledger: Ledger, query: MetricQuery, readings: list[Reading]) -> list[str]:
    """Where no time was named and other numbers exist, they are offered."""
    if len(readings) != 1 or query.terms[0].year or query.terms[0].month or query.terms[0].year_end:
        return []
    reading = readings[0]
    others = [r for t, r in ledger.readings(reading.metric.name, reading.scope).items() if t != reading.time]
    if not others:
        return []
    listed = "、".join(f"{when(r.time)}{stated(r)}" for r in others)
    return [f"没有写明时间，按{when(reading.time)}答；另有{listed}。"]


def ranking(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    ordered = sorted(readings, key=lambda r: r.exact, reverse=query.direction != "less")
    listed = "、".join(f"{spoken(r, readings)}{amount(r.value, r.unit)}" for r in ordered)
    flags = flags_of(readings)
    if query.direction == "signed":
        return made(
            ordered, "排名", values=[r.value for r in ordered], unit=ordered[0].unit, first=f"从多到少：{listed}",
            flags=flags, notes=query.notes,
        )  # fmt: skip
    top = ordered[0]
    word = "最多" if query.direction == "more" else "最少"
    tied = [r for r in ordered if r.exact == top.exact]
    label = "、".join(spoken(r, readings) for r in tied)
    return made(
        ordered, f"{word}：{label}", value=top.value, unit=top.unit,
        first=f"{amount(top.value, top.unit)}——{label}{word}（{times_of(readings)}）。依次为：{listed}", flags=flags,
        notes=query.notes,
    )  # fmt: skip


def composition(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    whole, parts = readings[0], readings[1:]
    listed = "、".join(
        f"{p.metric.name}{amount(p.value, p.unit)}（{shown(rounded(p.exact / whole.exact * 100))}%）" for p in parts
    )
    return made(
        readings, f"{whole.metric.name}的构成", values=[p.value for p in parts], unit=whole.unit,
        first=f"{named(whole, timed=True)}{stated(whole)}，其中：{listed}", flags=flags_of(readings), notes=query.notes,
    )  # fmt: skip


def trend(ledger: Ledger, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    reading = readings[0]
    held = list(ledger.readings(reading.metric.name, reading.scope).values())
    if query.years and len({r.time.year for r in held}) < 2:
        years = "、".join(f"{y}年" for y in sorted({r.time.year for r in held}))
        return unknown(Missing("period", f"“{named(reading)}”只有{years}的数，没有逐年的数"), held)
    if len(held) < 2:
        return unknown(Missing("period", f"“{named(reading)}”只有一个时点的数，看不出变化"), held)
    steps = []
    for before, after in itertools.pairwise(held):
        gap = rounded(after.exact - before.exact)
        unit = "个百分点" if after.unit == "%" else after.unit
        steps.append(f"{when(after.time)}比{when(before.time)}{'增加' if gap >= 0 else '减少'}{amount(abs(gap), unit)}")
    listed = "；".join(f"{when(r.time)}{stated(r)}" for r in held)
    return made(
        held, f"{reading.metric.name}的变化", values=[r.value for r in held], unit=reading.unit,
        formula="；".join(steps), first=f"{named(reading)}：{listed}", flags=flags_of(held), notes=query.notes,
    )  # fmt: skip


def checked(findings: tuple[Finding, ...], query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    keys = {(r.metric.name, r.scope) for r in readings}
    touching = [
        f for f in findings
        if any((m, f.scope) in keys for m in f.metrics) and any(r.time.year == f.time.year for r in readings)
    ]  # fmt: skip
    bad = [f for f in touching if not f.agrees]
    first = f"对不上（{len(bad)}处）" if bad else "对得上" if touching else "没有可以互相核对的数"
    known = {r.value for r in readings} | {o.value for f in touching for o in f.operands}
    if strange := [n for n in query.numbers if n not in known and n >= 10]:
        first = f"不对：问题里写的{'、'.join(map(shown, strange))}不是来源的数"
    lines = [f"{'✗' if not f.agrees else '✓'} {f.text}" for f in [*bad, *(f for f in touching if f.agrees)]]
    single = len(readings) == 1
    text = f"{first}——{'、'.join(named(r, timed=True) + stated(r) for r in readings)}。\n" + "\n".join(lines)
    flags = flags_of(readings)
    return FigureAnswer(
        answered=True, metric=readings[0].metric.name, name=f"{'、'.join(r.metric.name for r in readings)}的核对",
        value=plain(readings[0].value) if single else None,
        values=() if single else tuple(plain(r.value) for r in readings),
        unit=readings[0].unit, period=period_of(readings), scope=readings[0].scope, formula=own_formula(readings[0]),
        operands=operands_of(readings), flags=flags, text=text.strip(),
    )  # fmt: skip


def contradictions(findings: tuple[Finding, ...]) -> FigureAnswer:
    bad = [f for f in findings if not f.agrees]
    lines = [f"{i}. {f.text}" for i, f in enumerate(bad, 1)]
    flags = tuple(Flag(code="inconsistent", text=f.text) for f in bad)
    checked = len(findings)
    return FigureAnswer(
        answered=True, name="数据核对", value=len(bad), unit="处", flags=flags,
        text=f"{len(bad)}处对不上（共核对{checked}处），照录不改：\n" + "\n".join(lines),
    )  # fmt: skip


def reasons(ledger: Ledger, query: MetricQuery, readings: list[Reading], missing: list[Missing]) -> FigureAnswer:
    what = "指标库只有数，没有原因"
    if missing:
        what += f"；而且{missing[0].what}，无从判断是升是降"
    nearest = list(missing[0].nearest) if missing else []
    for reading in readings:
        nearest += list(ledger.readings(reading.metric.name, reading.scope).values())[-2:]
    if not missing and len({r.time.year for r in nearest}) == 1:
        year = nearest[0].time.year
        what += f"；也没有{year - 1}年的同口径数据，升降的前提无从核对"
    return unknown(Missing("relation", what, tuple(dict.fromkeys(nearest))))


def _verdict(query: MetricQuery, reading: Reading) -> str:
    claim = query.claim
    if claim is None:
        return ""
    value = reading.value
    text = amount(claim, reading.unit)
    match query.claim_sign:
        case "over":
            return f"{'达到或超过' if value >= claim else '没有达到'}{text}："
        case "under":
            return f"{'低于' if value < claim else '不低于'}{text}："
        case _:
            return f"{'是' if value == claim else '不是'}{text}："
