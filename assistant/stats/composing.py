"""Answers put together: the number, what it rests on, and its words."""

from decimal import Decimal

from assistant.schema import FigureAnswer, FigurePeriod, Flag, MetricQuery, Operand
from assistant.stats.checks import when
from assistant.stats.ledger import Reading
from assistant.stats.numbers import plain
from assistant.stats.phrasing import body, leaves, named, operand, stated
from assistant.stats.resolving import Missing


def joined(answers: list[FigureAnswer]) -> FigureAnswer:
    """Several answers as one. `value` is the one number computed from others (a change, a share), if just one is."""
    units = {a.unit for a in answers}
    computed_ones = [a for a in answers if a.value is not None and a.name != a.metric]
    known = all(a.answered for a in answers)
    return FigureAnswer(
        answered=known,
        metric=answers[0].metric,
        name="；".join(a.name for a in answers if a.name) or None,
        value=computed_ones[0].value if known and len(computed_ones) == 1 else None,
        values=tuple(v for a in answers for v in (a.values or (a.value,)) if v is not None) if known else (),
        unit=computed_ones[0].unit if len(computed_ones) == 1 else units.pop() if len(units) == 1 else None,
        period=answers[0].period,
        scope=answers[0].scope,
        formula="；".join(a.formula for a in answers if a.formula) or None,
        operands=tuple(dict.fromkeys(o for a in answers for o in a.operands)),
        flags=tuple(dict.fromkeys(f for a in answers for f in a.flags)),
        missing=next((a.missing for a in answers if a.missing), None),
        nearest=tuple(dict.fromkeys(n for a in answers for n in a.nearest)),
        text="\n\n".join(a.text for a in answers),
    )


def unknown(missing: Missing, known: list[Reading] | None = None) -> FigureAnswer:
    """No number: which part is missing, and what is nearest."""
    nearest = list(dict.fromkeys([*missing.nearest, *(known or [])]))[:3]
    text = f"答不了：{missing.what}，不推测。"
    if nearest:
        text += "最接近的已知数：" + "；".join(f"{named(r, timed=True)}{stated(r)}" for r in nearest) + "。"
    metric = nearest[0].metric.name if nearest else None
    return FigureAnswer(
        answered=False,
        metric=metric,
        missing=missing.missing,
        nearest=tuple(operand(r) for r in nearest),
        text=text,
    )


def computed(query: MetricQuery, readings: list[Reading], name: str, values: list[Decimal], unit: str,
    formula: str | None, first: str, flags: tuple[Flag, ...],
) -> FigureAnswer:  # fmt: skip
    single = len(values) == 1
    return made(
        readings, name, value=values[0] if single else None, values=() if single else values, unit=unit,
        formula=formula, first=first, flags=flags, notes=query.notes,
    )  # fmt: skip


def made( readings: list[Reading], name: str, *, value: Decimal | None = None,
    values: list[Decimal] | tuple[()] = (), unit: str | None, formula: str | None = None, first: str,
    flags: tuple[Flag, ...], notes: tuple[str, ...],
) -> FigureAnswer:  # fmt: skip
    flags = tuple(dict.fromkeys(flags))
    return FigureAnswer(
        answered=True,
        metric=readings[0].metric.name,
        name=name,
        value=None if value is None else plain(value),
        values=tuple(plain(v) for v in values),
        unit=unit,
        period=period_of(readings),
        scope=readings[0].scope,
        formula=formula,
        operands=operands_of(readings),
        flags=flags,
        text=body(first, formula, readings, flags, notes),
    )


def operands_of(readings: list[Reading]) -> tuple[Operand, ...]:
    """The numbers an answer rests on: those it names, and the stated ones these were computed from."""
    below = [leaf for r in readings for leaf in leaves(list(r.operands))]
    top = readings if len(readings) > 1 or not readings[0].operands or readings[0].figure else []
    return tuple(operand(r) for r in dict.fromkeys([*top, *below]))


def period_of(readings: list[Reading]) -> FigurePeriod:
    first = readings[0].time
    return FigurePeriod(year=first.year, as_of=first.as_of)


def times_of(readings: list[Reading]) -> str:
    return "、".join(dict.fromkeys(when(r.time) for r in readings))


def spoken(reading: Reading, among: list[Reading]) -> str:
    """The name that tells a reading from the others of an answer."""
    if len({r.metric.name for r in among}) > 1 and len({(r.metric.name) for r in among}) == len(among):
        return reading.metric.name
    text = reading.metric.name
    if len({r.scope for r in among}) > 1:
        text = reading.scope + text
    if len({r.time for r in among}) > 1:
        text = f"{when(reading.time)}{text}"
    return text
