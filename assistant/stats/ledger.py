"""Every number that is known, stated or computed, by metric, scope and time."""

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from assistant.schema import Figure, Flag, Metric
from assistant.stats.catalogue import Catalogue
from assistant.stats.formula import Formula, evaluate, names, parse
from assistant.stats.numbers import exact, rounded, shown


@dataclass(frozen=True)
class Time:
    """When a number was counted: a year, and the day it was counted to where the source says so."""

    year: int
    as_of: dt.date | None = None

    @property
    def rank(self) -> tuple[int, dt.date]:
        return self.year, self.as_of or dt.date(self.year, 12, 31)


@dataclass(frozen=True)
class Reading:
    """A metric at a time: `value` as stated, or as computed and rounded; `computed` before any rounding."""

    metric: Metric
    scope: str
    time: Time
    value: Decimal
    unit: str
    figure: Figure | None = None
    formula: Formula | None = None
    operands: tuple["Reading", ...] = ()
    computed: Fraction | None = None
    flags: tuple[Flag, ...] = field(default=(), compare=False)

    @property
    def exact(self) -> Fraction:
        """The value to compute on: what is stated, or the unrounded result where nothing is stated."""
        if self.figure is None and self.computed is not None:
            return self.computed
        return exact(self.value)

    @property
    def factor(self) -> Fraction:
        """The value as a formula takes it: a percentage is a fraction."""
        return self.exact / 100 if self.unit == "%" else self.exact

    @property
    def estimated(self) -> bool:
        if self.figure is not None:
            return self.figure.stated in ("约", "余") or self.figure.state == "推算"
        return any(part.estimated for part in self.operands)

    @property
    def definition(self) -> str | None:
        return (self.figure.definition if self.figure else None) or self.metric.definition


class Ledger:
    """All readings of a catalogue, computed once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._readings: dict[tuple[str, str], dict[Time, Reading]] = {}
        self.undefined: dict[tuple[str, str, Time], str] = {}
        """Where a formula divides by nought, and what it divides by: metric, scope and time."""
        for figure in catalogue.figures:
            self._put(self._stated(figure))
        for name in catalogue.formulas:
            self._derive(name, set())
        for key, held in self._readings.items():
            self._readings[key] = {time: self._explained(reading) for time, reading in held.items()}

    def readings(self, metric: str, scope: str) -> dict[Time, Reading]:
        """What is known of a metric in a scope, oldest first."""
        held = self._readings.get((metric, scope), {})
        return dict(sorted(held.items(), key=lambda item: item[0].rank))

    def scopes(self, metric: str) -> tuple[str, ...]:
        """The scopes a metric has a number in, its own first."""
        found = [scope for name, scope in self._readings if name == metric]
        own = self.catalogue.metrics[metric].scope
        return tuple(sorted(found, key=lambda scope: scope != own))

    def all(self) -> tuple[Reading, ...]:
        return tuple(reading for held in self._readings.values() for reading in held.values())

    def at(self, metric: str, scope: str, time: Time) -> Reading | None:
        """The reading at a time. A year is met by the last day counted in it; a day only by that day."""
        held = self._readings.get((metric, scope), {})
        if time in held:
            return held[time]
        if time.as_of is None:
            same = [r for r in held.values() if r.time.year == time.year]
            return max(same, key=lambda r: r.time.rank, default=None)
        return None

    def put_flags(self, flags: dict[tuple[str, str, Time], list[Flag]]) -> None:
        """Attach what the checks found; `flags` by metric, scope and time."""
        for (metric, scope), held in self._readings.items():
            for time, reading in held.items():
                found = flags.get((metric, scope, time), [])
                if found:
                    held[time] = _with_flags(reading, found)
        self._refresh()

    def _refresh(self) -> None:
        """Let every computed reading rest on its operands as they are now, with their flags."""
        for name in self._by_depth():
            for scope in self.catalogue.scopes:
                held = self._readings.get((name, scope), {})
                for time, reading in held.items():
                    parts = tuple(self._readings[p.metric.name, p.scope][p.time] for p in reading.operands)
                    held[time] = replace(reading, operands=parts)

    def _by_depth(self) -> list[str]:
        """Metrics with formulas, operands before what is computed from them."""
        ordered: list[str] = []

        def visit(name: str) -> None:
            if name in ordered or name not in self.catalogue.formulas:
                return
            for part in names(self.catalogue.formulas[name]):
                visit(part)
            ordered.append(name)

        for name in self.catalogue.formulas:
            visit(name)
        return ordered

    def _put(self, reading: Reading) -> None:
        self._readings.setdefault((reading.metric.name, reading.scope), {}).setdefault(reading.time, reading)

    def _stated(self, figure: Figure) -> Reading:
        metric = self.catalogue.metrics[figure.metric]
        return Reading(metric, figure.scope, Time(figure.year, figure.as_of), figure.value, figure.unit, figure)

    def _derive(self, name: str, busy: set[str]) -> None:
        """Compute a metric wherever all its operands are known and nothing is stated."""
        formula = self.catalogue.formulas[name]
        operands = names(formula)
        for operand in operands:
            if operand in self.catalogue.formulas and operand not in busy:
                self._derive(operand, busy | {name})
        metric = self.catalogue.metrics[name]
        for scope in self.catalogue.scopes:
            times = {time for operand in operands for time in self._readings.get((operand, scope), {})}
            for time in times:
                parts = [self._readings.get((operand, scope), {}).get(time) for operand in operands]
                known = [part for part in parts if part is not None]
                if len(known) < len(parts) or ((name, scope) in self._readings and time in self._readings[name, scope]):
                    continue
                result = compute(formula, known)
                if result is None:
                    zero = next((p for p in known if p.exact == 0), known[0])
                    self.undefined[name, scope, time] = f"除数“{zero.metric.name}”为零"
                    continue
                shown = result * 100 if metric.unit == "%" else result
                reading = Reading(metric, scope, time, rounded(shown), metric.unit, None, formula, tuple(known), shown)
                self._put(reading)

    def _explained(self, reading: Reading) -> Reading:
        """A stated reading with the formula that gives it, where its operands are known; and its own flags."""
        formula, operands, computed = reading.formula, reading.operands, reading.computed
        if reading.figure is not None:
            own = parse(reading.figure.formula) if reading.figure.formula else None
            chosen = own or self.catalogue.formulas.get(reading.metric.name)
            parts = [self.at_exactly(n, reading.scope, reading.time) for n in names(chosen)] if chosen else []
            known = [part for part in parts if part is not None]
            if chosen is not None and len(known) == len(parts):
                result = compute(chosen, known)
                if result is not None:
                    formula, operands = chosen, tuple(known)
                    computed = result * 100 if reading.unit == "%" else result
        plain = Reading(
            reading.metric, reading.scope, reading.time, reading.value, reading.unit, reading.figure, formula,
            operands, computed,
        )  # fmt: skip
        return _with_flags(plain, own_flags(plain))

    def at_exactly(self, metric: str, scope: str, time: Time) -> Reading | None:
        return self._readings.get((metric, scope), {}).get(time)


def compute(formula: Formula, operands: list[Reading]) -> Fraction | None:
    """The formula on these readings; None when it divides by nought."""
    by_name = {part.metric.name: part.factor for part in operands}
    try:
        return evaluate(formula, by_name.__getitem__)
    except ZeroDivisionError:
        return None


def own_flags(reading: Reading) -> list[Flag]:
    """What the declaration of a metric or a figure itself says to heed."""
    flags = list(reading.metric.flags)
    figure = reading.figure
    if figure is None:
        return flags
    what = f"{figure.metric}（{figure.scope}{figure.year}年）"
    if figure.stated == "约":
        flags.append(Flag(code="estimate", text=f"{what}来源写的是约数。"))
    if figure.stated == "余":
        flags.append(Flag(code="estimate", text=f"{what}来源写的是“余”，实际数略多于此。"))
    if figure.stated == "取整":
        flags.append(Flag(code="rounded", text=_rounding(reading, what)))
    if figure.state == "推算":
        flags.append(Flag(code="estimate", text=f"{what}不是公布值，由其他公布数字反推。"))
    if figure.state == "待核":
        flags.append(Flag(code="estimate", text=f"{what}待核：{figure.definition or '来源没有逐字核对'}。"))
    elif figure.definition is not None and figure.definition != reading.metric.definition:
        flags.append(Flag(code="definition_differs", text=f"{what}的口径：{figure.definition}。"))
    return flags


def _rounding(reading: Reading, what: str) -> str:
    if reading.computed is not None:
        computed = shown(rounded(reading.computed))
        return f"{what}来源取整为{shown(reading.value)}{reading.unit}，按公式计为{computed}{reading.unit}。"
    return f"{what}来源以{reading.unit}为单位取整，不是逐{reading.unit.lstrip('万')}的精确数。"


def _with_flags(reading: Reading, flags: list[Flag]) -> Reading:
    return replace(reading, flags=tuple(dict.fromkeys([*reading.flags, *flags])))
