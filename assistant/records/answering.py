"""From a query over rows to its answer. Nothing is given that the rows do not hold, and what they lack is said."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from assistant.records.asking import RowQuery
from assistant.records.comparing import compare
from assistant.records.counting import Counting, Number
from assistant.records.heeding import heed, outside
from assistant.records.periods import PeriodAsked, clipped, said, year_of
from assistant.records.ranking import rank
from assistant.records.telling import amount, formula, label, misfits, number, operand
from assistant.schema import FigureAnswer, FigurePeriod, Flag, Operand
from assistant.schema.rows import MonthPoint, Ranking, RecordPeriod
from assistant.stats.catalogue import HOME

_MOST = 12


class RowAnswerer:
    """Answers queries against one snapshot of the rows."""

    def __init__(self, counting: Counting, today: dt.date) -> None:
        self._counting = counting
        self._today = today

    def answer(self, query: RowQuery) -> FigureAnswer:
        """The answer; `answered` False with the reason where the rows cannot tell."""
        if query.operation == "check":
            return self._check(query)
        for metric in query.metrics:
            if why := self._lacking(metric):
                return missing("metric", f"{why}，“{metric}”算不出")
        match query.operation:
            case "rank":
                return self._rank(query)
            case "months":
                return self._months(query)
            case "periods":
                return self._periods(query)
            case "departments":
                return self._departments(query)
            case "share":
                return self._share(query)
            case _:
                return self._values(query)

    def _lacking(self, metric: str) -> str | None:
        for leaf in self._counting.leaves(metric) or ():
            way = self._counting.way(leaf)
            if isinstance(way, str):
                return way
        return None

    # periods

    def _period(self, query: RowQuery) -> tuple[RecordPeriod, str | None]:
        """The period asked, or this year so far (the last year with rows, where this one has none), which is said."""
        if query.periods:
            return query.periods[0].period, None
        for year in (self._today.year, *self.years()):
            period = clipped(year_of(year), self._today)
            if outside(self._counting, query.metrics[0], period) is None:
                return period, f"没有写时段，按{said(period)}算；也可以写明年、季度、月或起止日期。"
        return clipped(year_of(self._today.year), self._today), None

    def years(self) -> tuple[int, ...]:
        """The years that rows reach into, latest first."""
        found: set[int] = set()
        for kind in self._counting.snapshot.tables:
            day = self._counting.snapshot.store.kinds[kind].day
            span = self._counting.snapshot.span(kind, day) if day else None
            if span is not None:
                found.update(range(span.first.year, span.last.year + 1))
        return tuple(sorted(found, reverse=True))

    # answers

    def _values(self, query: RowQuery) -> FigureAnswer:
        asked_note = None
        periods = [p.period for p in query.periods]
        if not periods:
            period, asked_note = self._period(query)
            periods = [period]
        wanted = [(m, d, p) for p in periods for d in query.departments or (None,) for m in query.metrics]
        made: list[tuple[Number, str | None, RecordPeriod]] = []
        for metric, department, period in wanted[:_MOST]:
            if why := outside(self._counting, metric, period):
                return missing("period", f"{why}，没有{said(period)}的“{metric}”")
            result = self._counting.count(metric, period, department)
            if result.value is None:
                return missing(
                    "relation", f"{label(self._counting, metric, department)}（{said(period)}）：{result.why}"
                )
            made.append((result, department, period))
        notes = [asked_note] if asked_note else []
        notes += [note for n, d, p in made for note in misfits(self._counting, n, p, d)]
        notes += self._other_readings(query)
        firsts = [
            f"{amount(_value(n), n.unit)}——{label(self._counting, n.metric.name, d)}（{said(p)}，按明细计算）"
            for n, d, p in made
        ]
        formulas = [formula(self._counting, n, p, d) for n, d, p in made]
        return self._made(query, made, "；".join(firsts), "；".join(dict.fromkeys(formulas)), notes)

    def _rank(self, query: RowQuery) -> FigureAnswer:
        period, note = self._period(query)
        rankings: list[Ranking] = []
        firsts: list[str] = []
        flags: list[Flag] = []
        for metric in query.metrics:
            if why := outside(self._counting, metric, period):
                return missing("period", f"{why}，没有{said(period)}的“{metric}”")
            ranking = rank(self._counting, metric, period, low=query.low, top=query.top)
            if not any(line.rank for line in ranking.lines):
                return missing("relation", f"“{metric}”（{said(period)}）没有可以排名的部门")
            rankings.append(ranking)
            firsts.append(_end(ranking, query))
            flags += heed(self._counting, metric, period, self._today)
        notes = [note] if note else []
        if len(query.metrics) > 1:
            notes.append("考核办法没有录入，各项分别排名，不合成总分；要不要约谈由考核办法和领导决定。")
        unranked = [line for r in rankings for line in r.lines if line.rank is None]
        notes += [f"{line.department}没有参加排名：{line.note}。" for line in unranked]
        notes += self._other_readings(query)
        first = rankings[0]
        by_name = {line.department: line for line in first.lines}
        values = [by_name[name].value for name in first.tail if by_name[name].value is not None]
        single = len(rankings) == 1 and len(values) == 1
        totals = [self._counting.count(m, period) for m in query.metrics]
        return FigureAnswer(
            answered=True,
            metric=first.metric,
            name="；".join(_title(r, query) for r in rankings),
            value=values[0] if single else None,
            values=() if single or len(rankings) > 1 else tuple(v for v in values if v is not None),
            unit=first.unit if len(rankings) == 1 else None,
            period=FigurePeriod(year=period.until.year, as_of=period.until),
            span=period,
            scope=HOME,
            formula="；".join(formula(self._counting, n, period, None) for n in totals),
            operands=self._operands([(n, None, period) for n in totals]),
            rows=tuple(dict.fromkeys(self._counting.filter(leaf, period, None) for n in totals for leaf in n.leaves)),
            rankings=tuple(rankings),
            flags=tuple(dict.fromkeys(flags)),
            sample=self._counting.sample(*query.metrics),
            text=_text("；".join(firsts), None, self._operands([(n, None, period) for n in totals]), notes, flags),
        )

    def _months(self, query: RowQuery) -> FigureAnswer:
        period, note = self._period(query)
        metric, department = query.metrics[0], query.departments[0] if query.departments else None
        if why := outside(self._counting, metric, period):
            return missing("period", f"{why}，没有{said(period)}的“{metric}”")
        total = self._counting.count(metric, period, department)
        registers = [leaf for leaf in total.leaves if self._counting.timeless(leaf.metric)]
        if registers:
            names = "、".join(leaf.metric for leaf in registers)
            return missing("relation", f"“{names}”是某一日的数，不按月累计；可以问截至某月底的“{metric}”")
        held = self._counting.by_month(metric, period, department)
        points = []
        for month in _months_of(period):
            result = held.get(month)
            value = _value(result) if result is not None and result.value is not None else Fraction(0)
            if result is not None and result.value is None:
                continue
            whole = dt.date(int(month[:4]), int(month[5:]), 28) <= period.until and month != self._today.strftime(
                "%Y-%m"
            )
            points.append(MonthPoint(month=month, value=number(value), whole=whole))
        unit = total.unit
        listed = "、".join(f"{int(p.month[5:])}月{amount(Fraction(str(p.value)), unit)}" for p in points)
        first = f"{label(self._counting, metric, department)}（{said(period)}，按明细计算）逐月：{listed}"
        return self._made(
            query, [(total, department, period)], first, formula(self._counting, total, period, department),
            [note] if note else [], values=[p.value for p in points], months=points,
        )  # fmt: skip

    def _periods(self, query: RowQuery) -> FigureAnswer:
        metric, department = query.metrics[0], query.departments[0] if query.departments else None
        pair = self._pair(query)
        if pair is None:
            return missing("period", "没有写明哪两个时段相比")
        later, earlier, notes = pair
        for period in (later, earlier):
            if why := outside(self._counting, metric, period):
                return missing("period", f"{why}，没有{said(period)}的“{metric}”")
        a, b = (self._counting.count(metric, p, department) for p in (later, earlier))
        for result, period in ((a, later), (b, earlier)):
            if result.value is None:
                return missing("relation", f"“{metric}”（{said(period)}）：{result.why}")
        if (later.until - later.since).days != (earlier.until - earlier.since).days and abs(
            (later.until - later.since).days - (earlier.until - earlier.since).days
        ) > _UNEVEN:
            notes.append(f"两段天数不同（{_days(later)}天与{_days(earlier)}天），直接相比只作参考。")
        gap = _value(a) - _value(b)
        rate = a.unit == "%"
        unit = "个百分点" if rate else a.unit
        growth = None if rate or not b.value else gap / _value(b) * 100
        word = ("增加" if gap > 0 else "减少") if gap else "持平"
        size = amount(abs(gap), unit) if gap else ""
        share = f"，增长{amount(growth, '%')}" if growth is not None and growth > 0 else (
            f"，下降{amount(-growth, '%')}" if growth else "")  # fmt: skip
        name = label(self._counting, metric, department)
        asked_growth = query.growth and growth is not None
        head = amount(growth, "%") if asked_growth and growth is not None else amount(gap, unit)
        if query.growth and growth is None and not rate:
            notes.append(f"{said(earlier)}是0，不能算增长率。")
        first = f"{head}——{name}{said(later)}比{said(earlier)}{word}{size}{share}（按明细计算）"
        text = f"{amount(_value(a), a.unit)} － {amount(_value(b), b.unit)} = {amount(gap, unit)}"
        if growth is not None:
            text += f"；{amount(gap, unit)} ÷ {amount(_value(b), b.unit)} = {amount(growth, '%')}"
        value = growth if asked_growth and growth is not None else gap
        answer = self._made(query, [(a, department, later), (b, department, earlier)], first, text, notes)
        return answer.model_copy(
            update={"value": number(value), "values": (), "unit": "%" if asked_growth else unit,
                    "name": f"{name}{said(later)}比{said(earlier)}{word}"}
        )  # fmt: skip

    def _pair(self, query: RowQuery) -> tuple[RecordPeriod, RecordPeriod, list[str]] | None:
        """The two periods compared, the later first."""
        asked = query.periods
        if len(asked) == 2:
            first, second = (_same_span(p, asked) for p in asked)
            pair = sorted((first, second), key=lambda p: p.since, reverse=True)
            return pair[0], pair[1], []
        period, note = self._period(query)
        own = asked[0] if asked else PeriodAsked("", 0, 0, period, "year", False)
        return period, own.before(a_year=query.relative != "chain"), [note] if note else []

    def _departments(self, query: RowQuery) -> FigureAnswer:
        period, note = self._period(query)
        metric = query.metrics[0]
        if why := outside(self._counting, metric, period):
            return missing("period", f"{why}，没有{said(period)}的“{metric}”")
        made = [(self._counting.count(metric, period, d), d, period) for d in query.departments]
        for result, department, _ in made:
            if result.value is None:
                return missing("relation", f"{department}{metric}（{said(period)}）：{result.why}")
        ordered = sorted(made, key=lambda item: _value(item[0]), reverse=True)
        most, least = ordered[0], ordered[-1]
        unit = most[0].unit
        gap = _value(most[0]) - _value(least[0])
        gap_unit = "个百分点" if unit == "%" else unit
        listed = "，".join(f"{d}{amount(_value(n), n.unit)}" for n, d, _ in ordered)
        first = (
            f"{most[1]}比{least[1]}多{amount(gap, gap_unit)}——{metric}（{said(period)}，按明细计算）：{listed}"
            if gap
            else f"相同，都是{amount(_value(most[0]), unit)}——{metric}（{said(period)}，按明细计算）"
        )
        if gap and unit == "%":
            first = first.replace("多", "高", 1)
        notes = ([note] if note else []) + self._other_readings(query)
        text = "；".join(dict.fromkeys(formula(self._counting, n, p, d) for n, d, p in made))
        values = [number(_value(n)) for n, _, _ in made]
        return self._made(query, made, first, text, notes, values=values)

    def _share(self, query: RowQuery) -> FigureAnswer:
        period, note = self._period(query)
        metric, department = query.metrics[0], query.departments[0]
        part = self._counting.count(metric, period, department)
        whole = self._counting.count(metric, period)
        if why := outside(self._counting, metric, period):
            return missing("period", f"{why}，没有{said(period)}的“{metric}”")
        if part.unit == "%" or part.value is None or not whole.value:
            return missing("relation", f"“{metric}”不能算{department}占全部的比重")
        share = part.value / whole.value * 100
        first = f"{amount(share, '%')}——{department}{metric}占全部的比重（{said(period)}，按明细计算）"
        text = f"{amount(part.value, part.unit)} ÷ {amount(whole.value, whole.unit)} = {amount(share, '%')}"
        made = [(part, department, period), (whole, None, period)]
        answer = self._made(query, made, first, text, [note] if note else [])
        return answer.model_copy(
            update={"value": number(share), "values": (), "unit": "%", "name": f"{department}{metric}占全部的比重"}
        )

    def _check(self, query: RowQuery) -> FigureAnswer:
        if self._counting.snapshot.sample:
            return missing("metric", "导入的只有示例明细，不能同公布数核对")
        stated = {f.year for f in self._counting.catalogue.figures}
        default = self._counting.catalogue.default_year
        year = query.periods[0].period.since.year if query.periods else default
        if year not in stated:
            return missing("period", f"没有{year}年的公布数，不能同明细核对")
        sheet = compare(self._counting, year)
        lines = [line.text for line in sheet.lines if line.agrees is not None]
        if not lines:
            why = sheet.lines[0].text.split("；", 1)[-1] if sheet.lines else "没有可以从明细计算的公布数"
            return missing("period", f"{year}年的公布数不能同明细核对：{why}")
        differ = [line for line in sheet.lines if line.agrees is False]
        flags = [Flag(code="inconsistent", text=f"{line.text}。") for line in differ]
        listed = "\n".join(f"{at}. {text}" for at, text in enumerate(lines, 1))
        return FigureAnswer(
            answered=True,
            name=f"{year}年公布数与明细核对",
            value=len(differ),
            unit="处对不上",
            period=FigurePeriod(year=year),
            scope=HOME,
            rows=tuple(line.rows for line in sheet.lines if line.rows is not None),
            flags=tuple(flags),
            text=f"{sheet.text}\n{listed}",
        )

    # putting together

    def _other_readings(self, query: RowQuery) -> list[str]:
        others = [o for o in query.others if self._counting.leaves(o) and self._lacking(o) is None][:2]
        if not others:
            return []
        return [f"按“{query.metrics[0]}”理解；也可能是问“{'”或“'.join(others)}”，请写明。"]

    def _operands(self, made: Sequence[tuple[Number, str | None, RecordPeriod]]) -> tuple[Operand, ...]:
        return tuple(
            dict.fromkeys(operand(self._counting, leaf, period, d) for n, d, period in made for leaf in n.leaves)
        )

    def _made(
        self, query: RowQuery, made: Sequence[tuple[Number, str | None, RecordPeriod]], first: str, formula_: str,
        notes: list[str], *, values: Sequence[int | float] | None = None, months: Sequence[MonthPoint] = (),
    ) -> FigureAnswer:  # fmt: skip
        main, department, period = made[0]
        flags = tuple(dict.fromkeys(f for n, _, p in made for f in heed(self._counting, n.metric.name, p, self._today)))
        defined = [f for n, _, _ in made if n.metric.formula for f in n.metric.flags]
        flags = tuple(dict.fromkeys((*flags, *defined)))
        numbers = list(values) if values is not None else [number(_value(n)) for n, _, _ in made]
        operands = self._operands(made)
        single = len(numbers) == 1
        return FigureAnswer(
            answered=True,
            metric=main.metric.name,
            name="；".join(dict.fromkeys(label(self._counting, n.metric.name, d) for n, d, _ in made)),
            value=numbers[0] if single else None,
            values=() if single else tuple(numbers),
            unit=main.unit,
            period=FigurePeriod(year=period.until.year, as_of=period.until),
            span=period,
            scope=department or HOME,
            formula=formula_,
            operands=operands,
            rows=tuple(dict.fromkeys(self._counting.filter(leaf, p, d) for n, d, p in made for leaf in n.leaves)),
            months=tuple(months),
            flags=flags,
            sample=self._counting.sample(*(n.metric.name for n, _, _ in made)),
            text=_text(first, formula_, operands, notes, flags),
        )


_UNEVEN = 3


def missing(part: Literal["metric", "scope", "period", "relation"], why: str) -> FigureAnswer:
    """No number, and what is lacking."""
    return FigureAnswer(answered=False, missing=part, text=f"答不了：{why}，不推测。")


def _text(
    first: str, formula_: str | None, operands: Sequence[Operand], notes: Sequence[str], flags: Sequence[Flag]
) -> str:
    lines = [f"{first}。"]
    if formula_:
        lines.append(f"算式：{formula_}。")
    if operands:
        lines.append(f"出处：{'；'.join(dict.fromkeys(o.source for o in operands))}。")
    lines += [f"说明：{note}" for note in notes]
    lines += [f"提示：{flag.text}" for flag in dict.fromkeys(flags)]
    return "\n".join(lines)


def _end(ranking: Ranking, query: RowQuery) -> str:
    """市场监督管理局最多，52条; 末三名：甲（1条）、乙（0条）."""
    by_name = {line.department: line for line in ranking.lines}
    named = [f"{name}{by_name[name].value}{ranking.unit}" for name in ranking.tail]
    when = f"{ranking.metric}（{said(ranking.period)}，按明细计算）"
    if query.top == 1:
        word = "最低" if query.low else "最高"
        if ranking.unit != "%":
            word = "最少" if query.low else "最多"
        tied = f"（{len(ranking.tail)}个并列）" if len(ranking.tail) > 1 else ""
        return f"{when}{word}的是{'、'.join(named)}{tied}"
    if query.top is not None:
        more = f"（有并列，共{len(ranking.tail)}个）" if len(ranking.tail) > query.top else ""
        return f"{when}{'末' if query.low else '前'}{query.top}名{more}：{'、'.join(named)}"
    return f"{when}排名：{'、'.join(named)}"


def _title(ranking: Ranking, query: RowQuery) -> str:
    """行政处罚最多的部门; 履责率末3名; 各部门履责率."""
    if query.top is None:
        return f"各部门{ranking.metric}"
    if query.top == 1:
        far = ("最低" if query.low else "最高") if ranking.unit == "%" else "最少" if query.low else "最多"
        return f"{ranking.metric}{far}的部门"
    return f"{ranking.metric}{'末' if query.low else '前'}{query.top}名"


def _same_span(asked: PeriodAsked, among: tuple[PeriodAsked, ...]) -> RecordPeriod:
    """去年同期 beside a period of this year is those days a year earlier."""
    if not asked.text.endswith("同期"):
        return asked.period
    other = next(p for p in among if p is not asked)
    years = other.period.since.year - asked.period.since.year
    period = other.period
    for _ in range(max(0, years)):
        period = PeriodAsked("", 0, 0, period, other.kind, True).before(a_year=True)
    return period


def _months_of(period: RecordPeriod) -> list[str]:
    months = []
    at = period.since.replace(day=1)
    while at <= period.until:
        months.append(at.strftime("%Y-%m"))
        at = (at + dt.timedelta(days=32)).replace(day=1)
    return months


def _days(period: RecordPeriod) -> int:
    return (period.until - period.since).days + 1


def _value(made: Number) -> Fraction:
    assert made.value is not None
    return made.value
