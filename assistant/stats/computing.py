"""Numbers computed from numbers: shares, averages, differences, growth, sums, remainders."""

import calendar
import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction

from assistant.schema import FigureAnswer, Flag, MetricQuery
from assistant.stats.checks import when
from assistant.stats.composing import computed, spoken, times_of, unknown
from assistant.stats.ledger import Reading, Time
from assistant.stats.measures import UNIT_KINDS
from assistant.stats.numbers import rounded, shown
from assistant.stats.phrasing import amount, flags_of, named, stated
from assistant.stats.resolving import Missing

_LOOSE = frozenset(["条", "件", "份", "次", "项", "场", "组", ""])
_SPANS = {"day": "天", "week": "周", "month": "个月", "quarter": "个季度"}


def ratios(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    if query.per is not None:
        return per_time(query, readings)
    operation = query.operation
    if (
        operation == "multiple"
        and query.direction == "less"
        and len(readings) == 2
        and readings[0].exact < readings[1].exact
    ):
        operation = "share"
    if operation == "share" and query.direction == "more":  # parts summed, then the whole
        parts, whole = readings[:-1], readings[-1]
        pairs = [(parts, whole)]
    else:
        pairs = [([a], b) for a, b in zip(readings[::2], readings[1::2], strict=True)]
    values: list[Decimal] = []
    formulas, firsts = [], []
    for parts, whole in pairs:
        if problem := _incomparable(operation, parts[0], whole):
            return unknown(Missing("relation", problem), readings)
        total = sum((p.exact * _scale(p.unit) for p in parts), Fraction(0))
        below = whole.exact * _scale(whole.unit)
        if below == 0:
            return unknown(Missing("relation", f"“{whole.metric.name}”为零，不能作除数"), readings)
        factor = Fraction(100) if operation == "share" else Fraction(1)
        if operation == "average":
            factor /= _scale(parts[0].unit)
        exactly = total / below * factor
        unit = {"share": "%", "multiple": "倍"}.get(operation, parts[0].unit)
        if operation == "multiple" and query.direction in ("more", "gap") and exactly <= 0:
            return unknown(Missing("relation", "不是正数，不能算倍数"), readings)
        plainly = rounded(exactly)
        if operation == "multiple" and query.direction == "more":
            exactly -= 1  # 多几倍: what is beyond the one
        if operation == "multiple" and query.direction == "gap":
            exactly, unit = Fraction(math.log2(exactly)), "番"
        value = rounded(exactly)
        if operation == "average" and exactly < Fraction(1, 20):
            problem = f"“{parts[0].metric.name}”按“{whole.metric.name}”平均不足0.05{parts[0].unit}，请确认是谁除以谁"
            return unknown(Missing("relation", problem), readings)
        if operation == "average" and unit.startswith("万") and abs(value) < 1:
            value, unit = rounded(total / below), unit.lstrip("万")
        top = " ＋ ".join(f"{p.metric.name}{amount(p.value, p.unit)}" for p in parts)
        top = f"（{top}）" if len(parts) > 1 else top
        formulas.append(f"{top} ÷ {whole.metric.name}{amount(whole.value, whole.unit)} = {amount(value, unit)}")
        label = "与".join(spoken(p, [*parts, whole]) for p in parts)
        match operation:
            case "share":
                firsts.append(f"{amount(value, unit)}——{parts[0].scope}{label}占{whole.scope}{whole.metric.name}的比重")
            case "multiple" if query.direction == "more":
                what = f"{label}比{spoken(whole, [*parts, whole])}"
                firsts.append(f"{amount(value, unit)}——{what}多{amount(value, unit)}，即是后者的{shown(plainly)}倍")
                formulas[-1] = (
                    f"{top} ÷ {whole.metric.name}{amount(whole.value, whole.unit)} － 1 = {amount(value, unit)}"
                )
            case "multiple" if query.direction == "gap":
                what = f"{label}是{spoken(whole, [*parts, whole])}的{shown(plainly)}倍"
                firsts.append(f"{amount(value, unit)}——{what}，翻一番即两倍，合{amount(value, unit)}")
                formulas[-1] = (
                    f"log₂（{top} ÷ {whole.metric.name}{amount(whole.value, whole.unit)}）= {amount(value, unit)}"
                )
            case "multiple":
                firsts.append(f"{amount(value, unit)}——{label}是{spoken(whole, [*parts, whole])}的倍数")
            case _:
                firsts.append(f"{amount(value, unit)}——按{whole.metric.name}平均的{label}")
        values.append(value)
    name = "；".join(text.split("——", 1)[1] for text in firsts)
    if len({r.time.year for r in readings}) == 1:
        firsts[-1] += f"（{times_of(readings)}）"
    flags = (*flags_of(readings), *_mixed(readings, operation))
    return computed(query, readings, name, values, unit, "；".join(formulas), "；".join(firsts), flags)


def per_time(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    values, formulas, firsts = [], [], []
    extra: list[Flag] = []
    unit = readings[0].unit
    for reading in readings:
        if reading.unit == "%":
            return unknown(Missing("relation", f"“{reading.metric.name}”是比率，不能按时间平均"), readings)
        count, exactly = _spans(reading.time, str(query.per))
        span = _SPANS[str(query.per)]
        value, unit = rounded(reading.exact / count), reading.unit
        if unit.startswith("万") and abs(value) < 1:
            value, unit = rounded(reading.exact * _scale(unit) / count), unit.lstrip("万")
        if not exactly:
            extra.append(Flag(code="estimate", text=f"统计到{when(reading.time)}，不满整{span}，按{count}{span}折算。"))
        values.append(value)
        formulas.append(
            f"{reading.metric.name}{amount(reading.value, reading.unit)} ÷ {count}{span} = {amount(value, unit)}"
        )
        firsts.append(f"{amount(value, unit)}——{named(reading, timed=True)}平均每{span.lstrip('个')}")
    return computed(
        query, readings, "；".join(f.split("——")[1] for f in firsts), values, unit, "；".join(formulas),
        "；".join(firsts), (*flags_of(readings), *extra),
    )  # fmt: skip


def differences(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    values, formulas, firsts = [], [], []
    extra: list[Flag] = []
    units: list[str] = []
    for a, b in zip(readings[::2], readings[1::2], strict=True):
        if (problem := _incomparable("difference", a, b)) or (problem := _same(a, b)):
            return unknown(Missing("relation", problem), readings)
        if query.operation == "change":
            later, earlier = a, b
        else:
            later, earlier = a, b
        difference = (
            later.exact - earlier.exact
            if later.unit == earlier.unit
            else (later.exact * _scale(later.unit) - earlier.exact * _scale(earlier.unit))
        )
        unit = "个百分点" if a.unit == "%" else a.unit if a.unit == b.unit else a.unit.lstrip("万")
        sign = -1 if query.direction == "less" else 1
        value = rounded(abs(difference) if query.direction == "gap" else sign * difference)
        moved = query.operation == "change"
        higher = "多" if a.unit not in ("%", "万平方米") else "高"
        word = higher if difference > 0 else ("少" if higher == "多" else "低") if difference < 0 else "相同"
        if moved and difference:
            word = ("上升" if difference > 0 else "下降") if a.unit == "%" else "增加" if difference > 0 else "减少"
            if (query.direction == "less") == (difference > 0) and query.direction in ("more", "less"):
                word = f"没有{'减少，反而' if difference > 0 else '增加，反而'}{word}"
        label = _against(query.operation, a, b)
        size = amount(rounded(abs(difference)), unit)
        firsts.append(f"{label}{word}{size}" if difference else f"{label}相同，差为0")
        big, small = (a, b) if query.direction != "less" else (b, a)
        if query.direction == "gap" and difference < 0:
            big, small = b, a
        one, two = _exactly_enough(big, small, value)
        formulas.append(
            f"{spoken(big, readings)}{amount(one, big.unit)} － {spoken(small, readings)}"
            f"{amount(two, small.unit)} = {amount(value, unit)}"
        )
        extra += _unrounded(a, b)
        values.append(value)
        units.append(unit)
    first = f"{amount(values[0], units[0])}——{firsts[0]}" if len(values) == 1 else "；".join(firsts)
    flags = (*flags_of(readings), *_mixed(readings, "difference"), *extra)
    name = "；".join(firsts)
    return computed(query, readings, name, values, units[0], "；".join(formulas), first, flags)


def _exactly_enough(big: Reading, small: Reading, gap: Decimal) -> tuple[Decimal, Decimal]:
    """The two sides of a difference, with the decimals it takes for the sum to come out as it is written."""
    if big.unit != small.unit or abs(big.value - small.value) == abs(gap) or big.figure or small.figure:
        return big.value, small.value
    return rounded(big.exact, Decimal("0.0001")), rounded(small.exact, Decimal("0.0001"))


def short_of(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    """How far a number is from one the question names: 离80%还差多少."""
    reading, claim = readings[0], query.claim or Decimal(0)
    gap = Fraction(claim) - reading.exact
    unit = "个百分点" if reading.unit == "%" else reading.unit
    value = rounded(abs(gap))
    word = "还差" if gap > 0 else "已超出" if gap < 0 else "正好相等，差"
    formula = f"|{amount(claim, reading.unit)} － {amount(reading.value, reading.unit)}| = {amount(value, unit)}"
    so_far = f"{named(reading, timed=True)}{stated(reading)}"
    first = f"{amount(value, unit)}——{so_far}，距{amount(claim, reading.unit)}{word}{amount(value, unit)}"
    return computed(
        query, readings, f"{reading.metric.name}距{amount(claim, reading.unit)}", [value], unit, formula, first,
        flags_of(readings),
    )  # fmt: skip


def growths(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    if any(r.unit == "%" for r in readings):
        answer = differences(query, readings)
        note = "两个比率之差以个百分点计，不用增长率。"
        return answer.model_copy(update={"text": answer.text + f"\n说明：{note}"}) if answer.answered else answer
    values, formulas, firsts = [], [], []
    for a, b in zip(readings[::2], readings[1::2], strict=True):
        if (problem := _incomparable("difference", a, b)) or (problem := _same(a, b)):
            return unknown(Missing("relation", problem), readings)
        if b.exact == 0:
            return unknown(Missing("relation", f"“{named(b, timed=True)}”为零，不能算增长率"), readings)
        growth = (a.exact * _scale(a.unit) / (b.exact * _scale(b.unit)) - 1) * 100
        value = rounded(-growth if query.direction == "less" else growth)
        word = "增长" if growth > 0 else "下降"
        if a.metric != b.metric or a.scope != b.scope:
            word = "多" if growth > 0 else "少"
        firsts.append(
            f"{_against('change' if a.metric == b.metric else 'difference', a, b)}{word}{shown(rounded(abs(growth)))}%"
        )
        formulas.append(
            f"（{amount(a.value, a.unit)} － {amount(b.value, b.unit)}）÷ {amount(b.value, b.unit)}"
            f" = {shown(rounded(growth))}%"
        )
        values.append(value)
    first = f"{shown(values[0])}%——{firsts[0]}" if len(values) == 1 else "；".join(firsts)
    flags = (*flags_of(readings), *_mixed(readings, "difference"))
    return computed(query, readings, "；".join(firsts), values, "%", "；".join(formulas), first, flags)


def published_growth(query: MetricQuery, found: list[Reading | Missing]) -> FigureAnswer | None:
    """A growth rate as published, where the earlier year's number is not known."""
    if len(found) != 2 or not isinstance(found[0], Reading):
        return None
    if isinstance(found[1], Reading) and (query.operation == "change" or found[1].figure is None
                                          or found[1].figure.state != "推算"):  # fmt: skip
        return None
    late, asked = found[0], query.terms[1]
    figure = late.figure
    if figure is None or figure.year_on_year is None or asked.year != late.time.year - 1 or asked.month:
        return None
    value = -figure.year_on_year if query.direction == "less" else figure.year_on_year
    first = (
        f"{shown(value)}%——{named(late, timed=True)}比上一年的增幅（来源直接公布；上一年的公布数没有查到，未能复算）"
    )
    return computed(query, [late], f"{late.metric.name}比上一年增长", [value], "%", None, first, flags_of([late]))


def total(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    units = {r.unit.lstrip("万") for r in readings}
    kinds = {UNIT_KINDS.get(r.unit, r.unit) for r in readings}
    siblings = len({r.metric.whole for r in readings}) == 1 and readings[0].metric.whole is not None
    if "%" in units or (len(kinds) > 1 and not kinds <= _LOOSE and not siblings):
        return unknown(Missing("relation", f"单位不同（{'、'.join(sorted(units))}），不能相加"), readings)
    if len({r.metric.name for r in readings}) == 1 and len({r.scope for r in readings}) == 1:
        if len({r.time.year for r in readings}) < len(readings):
            return unknown(Missing("relation", "同一年的两个数都是累计数，不能相加"), readings)
        if readings[0].unit in ("人", "个"):
            return unknown(Missing("relation", f"“{readings[0].metric.name}”是时点数，不能跨年相加"), readings)
    same = len({r.unit for r in readings}) == 1
    total = sum((r.exact * (1 if same else _scale(r.unit)) for r in readings), Fraction(0))
    unit = readings[0].unit if same else readings[0].unit.lstrip("万")
    value = rounded(total)
    label = "与".join(spoken(r, readings) for r in readings)
    formula = (
        " ＋ ".join(f"{spoken(r, readings)}{amount(r.value, r.unit)}" for r in readings) + f" = {amount(value, unit)}"
    )
    extra = []
    if len(units) > 1:
        extra.append(
            Flag(code="definition_differs", text=f"各项单位不同（{'、'.join(sorted(units))}），合计只作参考。")
        )
    nested = [(a, b) for a in readings for b in readings if a.metric.whole == b.metric.name and a.scope == b.scope]
    if nested:
        a, b = nested[0]
        extra.append(
            Flag(code="definition_differs", text=f"{a.metric.name}已包含在{b.metric.name}之内，相加会重复计算。")
        )
    flags = (*flags_of(readings), *_mixed(readings, "sum"), *extra)
    return computed(
        query, readings, f"{label}合计", [value], unit, formula, f"{amount(value, unit)}——{label}合计", flags
    )


def remainder(query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
    whole, parts = readings[0], readings[1:]
    for part in parts:
        if problem := _incomparable("difference", whole, part):
            return unknown(Missing("relation", problem), readings)
    value = rounded(whole.exact - sum((p.exact for p in parts), Fraction(0)))
    taken = "、".join(p.metric.name for p in parts)
    formula = (
        " － ".join(f"{r.metric.name}{amount(r.value, r.unit)}" for r in readings) + f" = {amount(value, whole.unit)}"
    )
    name = f"{whole.metric.name}中{taken}以外"
    first = f"{amount(value, whole.unit)}——{whole.scope}{name}（{times_of(readings)}）"
    flags = (*flags_of(readings), *_mixed(readings, "difference"))
    return computed(query, readings, name, [value], whole.unit, formula, first, flags)


def _scale(unit: str) -> int:
    return 10_000 if unit.startswith("万") else 1


def _incomparable(operation: str, a: Reading, b: Reading) -> str | None:
    """Why two numbers cannot be set against each other, if they cannot."""
    if operation == "average":
        return f"“{a.metric.name}”是比率，不能平均" if "%" in (a.unit, b.unit) else None
    one, two = (UNIT_KINDS.get(u.lstrip("万") or u, u) for u in (a.unit, b.unit))
    related = (
        a.metric.whole == b.metric.name
        or b.metric.whole == a.metric.name
        or (a.metric.whole is not None and a.metric.whole == b.metric.whole)
    )
    if one == two or related or (operation == "multiple" and "%" not in (a.unit, b.unit)):
        return None
    if one in _LOOSE and two in _LOOSE:
        return None
    return f"“{a.metric.name}”以{a.unit}计，“{b.metric.name}”以{b.unit}计，单位不同，不能相比"


def _same(a: Reading, b: Reading) -> str | None:
    if a.metric == b.metric and a.scope == b.scope and a.time == b.time:
        return f"没有写明拿什么同“{named(a, timed=True)}”比较"
    return None


def _against(operation: str, a: Reading, b: Reading) -> str:
    if operation in ("change", "growth") or (a.metric == b.metric and a.scope == b.scope):
        return f"{a.scope}{a.metric.name}{when(a.time)}比{when(b.time)}"
    if a.metric == b.metric:
        times = "" if a.time.year == b.time.year else f"（{when(b.time)}）"
        return f"{a.scope}{a.metric.name}比{b.scope}{times}"
    return f"{a.metric.name}比{b.metric.name}"


def _mixed(readings: list[Reading], operation: str) -> list[Flag]:
    """Numbers of different scopes or definitions are never set side by side without saying so."""
    scopes = list(dict.fromkeys(r.scope for r in readings))
    flags = []
    if len(scopes) > 1:
        said = "；".join(dict.fromkeys(f"{r.scope}{r.metric.name}：{r.definition or '口径未写明'}" for r in readings))
        flags.append(
            Flag(code="definition_differs", text=f"各数出自不同范围，统计口径不一定相同（{said}），只作参考。")
        )
        if len({r.time.year for r in readings}) > 1:
            years = "、".join(dict.fromkeys(f"{r.scope}{when(r.time)}" for r in readings))
            flags.append(Flag(code="definition_differs", text=f"各数的年份不同（{years}）。"))
    units = {r.unit.lstrip("万") for r in readings}
    if operation == "difference" and len(units) > 1:
        flags.append(
            Flag(code="definition_differs", text=f"两数单位不同（{'、'.join(sorted(units))}），差数只作参考。")
        )
    if (
        len(scopes) == 1
        and operation == "difference"
        and len({r.definition for r in readings if r.metric == readings[0].metric}) > 1
    ):
        said = "；".join(dict.fromkeys(f"{when(r.time)}：{r.definition or '口径未写明'}" for r in readings))
        flags.append(Flag(code="definition_differs", text=f"前后口径不同（{said}），差数只作参考。"))
    return flags


def _unrounded(a: Reading, b: Reading) -> list[Flag]:
    """Where stated numbers were rounded to whole ones, the difference before rounding."""
    if a.metric != b.metric or a.computed is None or b.computed is None:
        return []
    if not any(r.figure is not None and r.figure.stated == "取整" for r in (a, b)):
        return []
    exactly = rounded(abs(a.computed - b.computed))
    unrounded = f"{shown(rounded(a.computed))}与{shown(rounded(b.computed))}"
    text = f"来源的数已取整；按公式未取整为{unrounded}，差{amount(exactly, a.unit)}。"
    return [Flag(code="rounded", text=text)]


def _spans(time: Time, per: str) -> tuple[int, bool]:
    """How many days, weeks, months or quarters a number covers from the year's start, and whether that is even."""
    end = time.as_of or dt.date(time.year, 12, 31)
    days = (end - dt.date(time.year, 1, 1)).days + 1
    even = end.day == calendar.monthrange(end.year, end.month)[1]
    match per:
        case "day":
            return days, True
        case "week":
            return -(-days // 7), days % 7 == 0
        case "month":
            return end.month, even
        case _:
            return -(-end.month // 3), even and end.month % 3 == 0
