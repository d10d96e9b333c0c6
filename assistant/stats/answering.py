"""From a MetricQuery to its answer. Exact inside; what is missing is said, never filled in."""

import calendar
import datetime as dt
import itertools
from decimal import Decimal
from fractions import Fraction

from assistant.schema import FigureAnswer, FigurePeriod, Flag, MetricQuery, MetricTerm, Operand
from assistant.stats.catalogue import Catalogue
from assistant.stats.checks import Finding, when
from assistant.stats.ledger import Ledger, Reading, Time
from assistant.stats.numbers import plain, rounded, shown
from assistant.stats.phrasing import amount, body, flags_of, leaves, named, operand, own_formula, stated
from assistant.stats.resolving import Missing, align, latest, resolve
from assistant.stats.words import UNIT_KINDS

_LOOSE = frozenset(["条", "件", "份", "次", "项", "场", "组", ""])
_SPANS = {"day": "天", "week": "周", "month": "个月", "quarter": "个季度"}


class Answerer:
    """Answers queries against one ledger and the findings of its checks."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger, findings: tuple[Finding, ...]) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._findings = findings

    def answer(self, query: MetricQuery) -> FigureAnswer:
        """The answer to a query, with a word where the question writes a number that is not the one held."""
        answer = self._answer(query)
        if not answer.answered or not query.numbers or query.claim is not None:
            return answer
        held = {plain(r.value) for t in query.terms for r in self._around(t)} | {o.value for o in answer.operands}
        held.update(v for v in (answer.value, *answer.values) if v is not None)
        strange = [n for n in query.numbers if plain(n) not in held and n >= 10]
        if not strange:
            return answer
        listed = "、".join(shown(n) for n in strange)
        return answer.model_copy(
            update={"text": f"{answer.text}\n说明：问题里写的{listed}与库中的数不同，以上按库中的数。"}
        )

    def _around(self, term: MetricTerm) -> list[Reading]:
        """All readings of a metric and of its whole."""
        metric = self._catalogue.metrics[term.metric]
        names = [metric.name, *([metric.whole] if metric.whole else [])]
        return [r for n in names for s in self._ledger.scopes(n) for r in self._ledger.readings(n, s).values()]

    def _answer(self, query: MetricQuery) -> FigureAnswer:
        if query.operation == "check" and not query.terms:
            return self._all_contradictions()
        if query.operation in ("change", "growth"):
            found = [resolve(term, self._catalogue, self._ledger) for term in query.terms]
            if published := self._published(query, found):
                return published
        elif query.operation in ("value", "trend", "rank", "composition", "why", "check"):
            found = [resolve(term, self._catalogue, self._ledger) for term in query.terms]
        else:
            found = align(query.terms, self._catalogue, self._ledger)
        missing = [item for item in found if isinstance(item, Missing)]
        readings = [item for item in found if isinstance(item, Reading)]
        if query.operation == "why":
            return self._why(query, readings, missing)
        if query.operation == "rank" and len(readings) > 1:
            missing = []
        if missing:
            return self.unknown(missing[0], readings)
        match query.operation:
            case "value":
                return self._values(query, readings)
            case "share" | "multiple" | "average":
                return self._ratios(query, readings)
            case "difference" if query.claim is not None:
                return self._short_of(query, readings)
            case "difference" | "change":
                return self._differences(query, readings)
            case "growth":
                return self._growths(query, readings)
            case "sum":
                return self._sum(query, readings)
            case "remainder":
                return self._remainder(query, readings)
            case "rank":
                return self._rank(query, readings)
            case "composition":
                return self._composition(query, readings)
            case "trend":
                return self._trend(query, readings)
            case _:
                return self._check(query, readings)

    def unknown(self, missing: Missing, known: list[Reading] | None = None) -> FigureAnswer:
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

    def near(self, terms: tuple[MetricTerm, ...]) -> tuple[Reading, ...]:
        """What is known about the metrics a question came near, in their own scope."""
        found: list[Reading] = []
        for term in terms:
            reading = resolve(MetricTerm(metric=term.metric, scope=term.scope), self._catalogue, self._ledger)
            if isinstance(reading, Missing):
                own = self._catalogue.metrics[term.metric].scope
                reading = latest(term.metric, own, self._ledger) or reading
            if isinstance(reading, Reading) and reading not in found:
                found.append(reading)
        return tuple(found[:3])

    # — one or several values —

    def _values(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        flags = flags_of(readings)
        notes = (*query.notes, *self._other_times(query, readings))
        if len(readings) > 1:
            units = {r.unit for r in readings}
            first = "；".join(f"{named(r, timed=True)}：{stated(r)}" for r in readings)
            formulas = [f"{r.metric.name} = {f} = {amount(r.value, r.unit)}" for r in readings if (f := own_formula(r))]
            return self._made(
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
        return self._made(
            readings, reading.metric.name, value=reading.value, unit=reading.unit, formula=formula, first=first,
            flags=flags, notes=notes,
        )  # fmt: skip

    def _other_times(self, query: MetricQuery, readings: list[Reading]) -> list[str]:
        """Where no time was named and other numbers exist, they are offered."""
        if len(readings) != 1 or query.terms[0].year or query.terms[0].month or query.terms[0].year_end:
            return []
        reading = readings[0]
        others = [r for t, r in self._ledger.readings(reading.metric.name, reading.scope).items() if t != reading.time]
        if not others:
            return []
        listed = "、".join(f"{when(r.time)}{stated(r)}" for r in others)
        return [f"没有写明时间，按{when(reading.time)}答；另有{listed}。"]

    # — computed —

    def _ratios(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        if query.per is not None:
            return self._per_time(query, readings)
        operation = query.operation
        if operation == "share" and query.direction == "more":  # parts summed, then the whole
            parts, whole = readings[:-1], readings[-1]
            pairs = [(parts, whole)]
        else:
            pairs = [([a], b) for a, b in zip(readings[::2], readings[1::2], strict=True)]
        values: list[Decimal] = []
        formulas, firsts = [], []
        for parts, whole in pairs:
            if problem := _incomparable(operation, parts[0], whole):
                return self.unknown(Missing("relation", problem), readings)
            total = sum((p.exact * _scale(p.unit) for p in parts), Fraction(0))
            below = whole.exact * _scale(whole.unit)
            if below == 0:
                return self.unknown(Missing("relation", f"“{whole.metric.name}”为零，不能作除数"), readings)
            factor = Fraction(100) if operation == "share" else Fraction(1)
            if operation == "average":
                factor /= _scale(parts[0].unit)
            value = rounded(total / below * factor)
            unit = {"share": "%", "multiple": "倍"}.get(operation, parts[0].unit)
            if operation == "average" and unit.startswith("万") and abs(value) < 1:
                value, unit = rounded(total / below), unit.lstrip("万")
            top = " ＋ ".join(f"{p.metric.name}{amount(p.value, p.unit)}" for p in parts)
            top = f"（{top}）" if len(parts) > 1 else top
            formulas.append(f"{top} ÷ {whole.metric.name}{amount(whole.value, whole.unit)} = {amount(value, unit)}")
            label = "与".join(_spoken(p, [*parts, whole]) for p in parts)
            match operation:
                case "share":
                    firsts.append(
                        f"{amount(value, unit)}——{parts[0].scope}{label}占{whole.scope}{whole.metric.name}的比重"
                    )
                case "multiple":
                    firsts.append(f"{amount(value, unit)}——{label}是{_spoken(whole, [*parts, whole])}的倍数")
                case _:
                    firsts.append(f"{amount(value, unit)}——按{whole.metric.name}平均的{label}")
            values.append(value)
        name = "；".join(text.split("——", 1)[1] for text in firsts)
        if len({r.time.year for r in readings}) == 1:
            firsts[-1] += f"（{_times(readings)}）"
        flags = (*flags_of(readings), *_mixed(readings, operation))
        return self._computed(query, readings, name, values, unit, "；".join(formulas), "；".join(firsts), flags)

    def _per_time(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        values, formulas, firsts = [], [], []
        extra: list[Flag] = []
        unit = readings[0].unit
        for reading in readings:
            if reading.unit == "%":
                return self.unknown(Missing("relation", f"“{reading.metric.name}”是比率，不能按时间平均"), readings)
            count, exactly = _spans(reading.time, str(query.per))
            span = _SPANS[str(query.per)]
            value, unit = rounded(reading.exact / count), reading.unit
            if unit.startswith("万") and abs(value) < 1:
                value, unit = rounded(reading.exact * _scale(unit) / count), unit.lstrip("万")
            if not exactly:
                extra.append(
                    Flag(code="estimate", text=f"统计到{when(reading.time)}，不满整{span}，按{count}{span}折算。")
                )
            values.append(value)
            formulas.append(
                f"{reading.metric.name}{amount(reading.value, reading.unit)} ÷ {count}{span} = {amount(value, unit)}"
            )
            firsts.append(f"{amount(value, unit)}——{named(reading, timed=True)}平均每{span.lstrip('个')}")
        return self._computed(
            query, readings, "；".join(f.split("——")[1] for f in firsts), values, unit, "；".join(formulas),
            "；".join(firsts), (*flags_of(readings), *extra),
        )  # fmt: skip

    def _differences(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        values, formulas, firsts = [], [], []
        extra: list[Flag] = []
        units: list[str] = []
        for a, b in zip(readings[::2], readings[1::2], strict=True):
            if (problem := _incomparable("difference", a, b)) or (problem := _same(a, b)):
                return self.unknown(Missing("relation", problem), readings)
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
            formulas.append(
                f"{_spoken(big, readings)}{amount(big.value, big.unit)} － {_spoken(small, readings)}"
                f"{amount(small.value, small.unit)} = {amount(value, unit)}"
            )
            extra += _unrounded(a, b)
            values.append(value)
            units.append(unit)
        first = f"{amount(values[0], units[0])}——{firsts[0]}" if len(values) == 1 else "；".join(firsts)
        flags = (*flags_of(readings), *_mixed(readings, "difference"), *extra)
        name = "；".join(firsts)
        return self._computed(query, readings, name, values, units[0], "；".join(formulas), first, flags)

    def _short_of(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        """How far a number is from one the question names: 离80%还差多少."""
        reading, claim = readings[0], query.claim or Decimal(0)
        gap = Fraction(claim) - reading.exact
        unit = "个百分点" if reading.unit == "%" else reading.unit
        value = rounded(abs(gap))
        word = "还差" if gap > 0 else "已超出" if gap < 0 else "正好相等，差"
        formula = f"|{amount(claim, reading.unit)} － {amount(reading.value, reading.unit)}| = {amount(value, unit)}"
        first = f"{amount(value, unit)}——{named(reading, timed=True)}{stated(reading)}，距{amount(claim, reading.unit)}{word}{amount(value, unit)}"
        return self._computed(
            query, readings, f"{reading.metric.name}距{amount(claim, reading.unit)}", [value], unit, formula, first,
            flags_of(readings),
        )  # fmt: skip

    def _growths(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        if any(r.unit == "%" for r in readings):
            answer = self._differences(query, readings)
            note = "两个比率之差以个百分点计，不用增长率。"
            return answer.model_copy(update={"text": answer.text + f"\n说明：{note}"}) if answer.answered else answer
        values, formulas, firsts = [], [], []
        for a, b in zip(readings[::2], readings[1::2], strict=True):
            if (problem := _incomparable("difference", a, b)) or (problem := _same(a, b)):
                return self.unknown(Missing("relation", problem), readings)
            if b.exact == 0:
                return self.unknown(Missing("relation", f"“{named(b, timed=True)}”为零，不能算增长率"), readings)
            growth = (a.exact * _scale(a.unit) / (b.exact * _scale(b.unit)) - 1) * 100
            value = rounded(-growth if query.direction == "less" else growth)
            word = "增长" if growth > 0 else "下降"
            if a.metric != b.metric or a.scope != b.scope:
                word = "多" if growth > 0 else "少"
            firsts.append(
                f"{_against('change' if a.metric == b.metric else 'difference', a, b)}{word}{shown(rounded(abs(growth)))}%"
            )
            formulas.append(
                f"（{amount(a.value, a.unit)} － {amount(b.value, b.unit)}）÷ {amount(b.value, b.unit)} = {shown(rounded(growth))}%"
            )
            values.append(value)
        first = f"{shown(values[0])}%——{firsts[0]}" if len(values) == 1 else "；".join(firsts)
        flags = (*flags_of(readings), *_mixed(readings, "difference"))
        return self._computed(query, readings, "；".join(firsts), values, "%", "；".join(formulas), first, flags)

    def _published(self, query: MetricQuery, found: list[Reading | Missing]) -> FigureAnswer | None:
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
        first = f"{shown(value)}%——{named(late, timed=True)}比上一年的增幅（来源直接公布；上一年的公布数没有查到，未能复算）"
        return self._computed(
            query, [late], f"{late.metric.name}比上一年增长", [value], "%", None, first, flags_of([late])
        )

    def _sum(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        units = {r.unit.lstrip("万") for r in readings}
        kinds = {UNIT_KINDS.get(r.unit, r.unit) for r in readings}
        siblings = len({r.metric.whole for r in readings}) == 1 and readings[0].metric.whole is not None
        if "%" in units or (len(kinds) > 1 and not kinds <= _LOOSE and not siblings):
            return self.unknown(Missing("relation", f"单位不同（{'、'.join(sorted(units))}），不能相加"), readings)
        if len({r.metric.name for r in readings}) == 1 and len({r.scope for r in readings}) == 1:
            if len({r.time.year for r in readings}) < len(readings):
                return self.unknown(Missing("relation", "同一年的两个数都是累计数，不能相加"), readings)
            if readings[0].unit in ("人", "个"):
                return self.unknown(Missing("relation", f"“{readings[0].metric.name}”是时点数，不能跨年相加"), readings)
        same = len({r.unit for r in readings}) == 1
        total = sum((r.exact * (1 if same else _scale(r.unit)) for r in readings), Fraction(0))
        unit = readings[0].unit if same else readings[0].unit.lstrip("万")
        value = rounded(total)
        label = "与".join(_spoken(r, readings) for r in readings)
        formula = (
            " ＋ ".join(f"{_spoken(r, readings)}{amount(r.value, r.unit)}" for r in readings)
            + f" = {amount(value, unit)}"
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
        return self._computed(
            query, readings, f"{label}合计", [value], unit, formula, f"{amount(value, unit)}——{label}合计", flags
        )

    def _remainder(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        whole, parts = readings[0], readings[1:]
        for part in parts:
            if problem := _incomparable("difference", whole, part):
                return self.unknown(Missing("relation", problem), readings)
        value = rounded(whole.exact - sum((p.exact for p in parts), Fraction(0)))
        taken = "、".join(p.metric.name for p in parts)
        formula = (
            " － ".join(f"{r.metric.name}{amount(r.value, r.unit)}" for r in readings)
            + f" = {amount(value, whole.unit)}"
        )
        name = f"{whole.metric.name}中{taken}以外"
        first = f"{amount(value, whole.unit)}——{whole.scope}{name}（{_times(readings)}）"
        flags = (*flags_of(readings), *_mixed(readings, "difference"))
        return self._computed(query, readings, name, [value], whole.unit, formula, first, flags)

    # — several in order —

    def _rank(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        ordered = sorted(readings, key=lambda r: r.exact, reverse=query.direction != "less")
        listed = "、".join(f"{_spoken(r, readings)}{amount(r.value, r.unit)}" for r in ordered)
        flags = flags_of(readings)
        if query.direction == "signed":
            return self._made(
                ordered, "排名", values=[r.value for r in ordered], unit=ordered[0].unit, first=f"从多到少：{listed}",
                flags=flags, notes=query.notes,
            )  # fmt: skip
        top = ordered[0]
        word = "最多" if query.direction == "more" else "最少"
        tied = [r for r in ordered if r.exact == top.exact]
        label = "、".join(_spoken(r, readings) for r in tied)
        return self._made(
            ordered, f"{word}：{label}", value=top.value, unit=top.unit,
            first=f"{amount(top.value, top.unit)}——{label}{word}（{_times(readings)}）。依次为：{listed}", flags=flags,
            notes=query.notes,
        )  # fmt: skip

    def _composition(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        whole, parts = readings[0], readings[1:]
        listed = "、".join(
            f"{p.metric.name}{amount(p.value, p.unit)}（{shown(rounded(p.exact / whole.exact * 100))}%）" for p in parts
        )
        return self._made(
            readings, f"{whole.metric.name}的构成", values=[p.value for p in parts], unit=whole.unit,
            first=f"{named(whole, timed=True)}{stated(whole)}，其中：{listed}", flags=flags_of(readings), notes=query.notes,
        )  # fmt: skip

    def _trend(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        reading = readings[0]
        held = list(self._ledger.readings(reading.metric.name, reading.scope).values())
        if len(held) < 2:
            return self.unknown(Missing("period", f"“{named(reading)}”只有一个时点的数，看不出变化"), held)
        steps = []
        for before, after in itertools.pairwise(held):
            gap = rounded(after.exact - before.exact)
            unit = "个百分点" if after.unit == "%" else after.unit
            steps.append(
                f"{when(after.time)}比{when(before.time)}{'增加' if gap >= 0 else '减少'}{amount(abs(gap), unit)}"
            )
        listed = "；".join(f"{when(r.time)}{stated(r)}" for r in held)
        return self._made(
            held, f"{reading.metric.name}的变化", values=[r.value for r in held], unit=reading.unit,
            formula="；".join(steps), first=f"{named(reading)}：{listed}", flags=flags_of(held), notes=query.notes,
        )  # fmt: skip

    # — checks and reasons —

    def _check(self, query: MetricQuery, readings: list[Reading]) -> FigureAnswer:
        keys = {(r.metric.name, r.scope) for r in readings}
        touching = [
            f for f in self._findings
            if any((m, f.scope) in keys for m in f.metrics) and any(r.time.year == f.time.year for r in readings)
        ]  # fmt: skip
        bad = [f for f in touching if not f.agrees]
        first = f"对不上（{len(bad)}处）" if bad else "对得上" if touching else "没有可以互相核对的数"
        lines = [f"{'✗' if not f.agrees else '✓'} {f.text}" for f in [*bad, *(f for f in touching if f.agrees)]]
        single = len(readings) == 1
        text = f"{first}——{'、'.join(named(r, timed=True) + stated(r) for r in readings)}。\n" + "\n".join(lines)
        flags = flags_of(readings)
        return FigureAnswer(
            answered=True, metric=readings[0].metric.name, name=f"{'、'.join(r.metric.name for r in readings)}的核对",
            value=plain(readings[0].value) if single else None,
            values=() if single else tuple(plain(r.value) for r in readings),
            unit=readings[0].unit, period=_period(readings), scope=readings[0].scope, formula=own_formula(readings[0]),
            operands=_operands(readings), flags=flags, text=text.strip(),
        )  # fmt: skip

    def _all_contradictions(self) -> FigureAnswer:
        bad = [f for f in self._findings if not f.agrees]
        lines = [f"{i}. {f.text}" for i, f in enumerate(bad, 1)]
        flags = tuple(Flag(code="inconsistent", text=f.text) for f in bad)
        checked = len(self._findings)
        return FigureAnswer(
            answered=True, name="数据核对", value=len(bad), unit="处", flags=flags,
            text=f"{len(bad)}处对不上（共核对{checked}处），照录不改：\n" + "\n".join(lines),
        )  # fmt: skip

    def _why(self, query: MetricQuery, readings: list[Reading], missing: list[Missing]) -> FigureAnswer:
        what = "指标库只有数，没有原因"
        if missing:
            what += f"；而且{missing[0].what}，无从判断是升是降"
        nearest = list(missing[0].nearest) if missing else []
        for reading in readings:
            nearest += list(self._ledger.readings(reading.metric.name, reading.scope).values())[-2:]
        if not missing and len({r.time.year for r in nearest}) == 1:
            year = nearest[0].time.year
            what += f"；也没有{year - 1}年的同口径数据，升降的前提无从核对"
        return self.unknown(Missing("relation", what, tuple(dict.fromkeys(nearest))))

    # — putting together —

    def _computed(
        self, query: MetricQuery, readings: list[Reading], name: str, values: list[Decimal], unit: str,
        formula: str | None, first: str, flags: tuple[Flag, ...],
    ) -> FigureAnswer:  # fmt: skip
        single = len(values) == 1
        return self._made(
            readings, name, value=values[0] if single else None, values=() if single else values, unit=unit,
            formula=formula, first=first, flags=flags, notes=query.notes,
        )  # fmt: skip

    def _made(
        self, readings: list[Reading], name: str, *, value: Decimal | None = None,
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
            period=_period(readings),
            scope=readings[0].scope,
            formula=formula,
            operands=_operands(readings),
            flags=flags,
            text=body(first, formula, readings, flags, notes),
        )


def _operands(readings: list[Reading]) -> tuple[Operand, ...]:
    """The numbers an answer rests on: those it names, and the stated ones these were computed from."""
    below = [leaf for r in readings for leaf in leaves(list(r.operands))]
    top = readings if len(readings) > 1 or not readings[0].operands or readings[0].figure else []
    return tuple(operand(r) for r in dict.fromkeys([*top, *below]))


def _period(readings: list[Reading]) -> FigurePeriod:
    first = readings[0].time
    return FigurePeriod(year=first.year, as_of=first.as_of)


def _times(readings: list[Reading]) -> str:
    return "、".join(dict.fromkeys(when(r.time) for r in readings))


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


def _spoken(reading: Reading, among: list[Reading]) -> str:
    """The name that tells a reading from the others of an answer."""
    if len({r.metric.name for r in among}) > 1 and len({(r.metric.name) for r in among}) == len(among):
        return reading.metric.name
    text = reading.metric.name
    if len({r.scope for r in among}) > 1:
        text = reading.scope + text
    if len({r.time for r in among}) > 1:
        text = f"{when(reading.time)}{text}"
    return text


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
    text = f"来源的数已取整；按公式未取整为{shown(rounded(a.computed))}与{shown(rounded(b.computed))}，差{amount(exactly, a.unit)}。"
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
