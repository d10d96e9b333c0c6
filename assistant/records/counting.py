"""Metrics counted from rows: one query a counted number, for all departments or months at once."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from assistant.records.kinds import DEPARTMENT, Kind
from assistant.records.snapshot import Snapshot
from assistant.records.store import quoted
from assistant.records.ways import Counted, Way
from assistant.schema import Metric
from assistant.schema.rows import RecordPeriod, RowFilter
from assistant.stats.catalogue import Catalogue
from assistant.stats.formula import evaluate, names

Group = Literal["department", "month"]
Parameters = list[Any]
NOBODY = "（未写部门）"


@dataclass(frozen=True)
class Leaf:
    """A number counted directly, from so many rows; `part`: of a share, how many of them."""

    metric: str
    value: Fraction
    unit: str
    rows: int
    part: int | None = None


@dataclass(frozen=True)
class Number:
    """A metric from rows, with what it was computed from. `value` None: the rows cannot tell, and `why` says why."""

    metric: Metric
    unit: str
    value: Fraction | None
    leaves: tuple[Leaf, ...] = ()
    why: str | None = None


class Counting:
    """Counts the metrics of a catalogue from one snapshot of the rows."""

    def __init__(
        self, catalogue: Catalogue, ways: dict[str, Counted], snapshot: Snapshot, family: tuple[str, ...] = ()
    ) -> None:
        """`family`: the kinds whose departments are the enforcement units, so that one without any case counts 0."""
        self.catalogue = catalogue
        self.ways = ways
        self.snapshot = snapshot
        self.family = family

    # what can be counted

    def leaves(self, metric: str) -> tuple[str, ...] | None:
        """The counted metrics that a metric rests on; None where some of it is not counted from rows."""
        if metric in self.ways:
            return (metric,)
        formula = self.catalogue.formulas.get(metric)
        if formula is None:
            return None
        below = [self.leaves(part) for part in names(formula)]
        found = [leaf for leaves in below for leaf in leaves or ()]
        return None if None in below else tuple(dict.fromkeys(found))

    def way(self, metric: str) -> Way | str:
        """The first way that the rows allow, or what they lack."""
        lacking = [(way, self.lacks(way)) for way in self.ways[metric].ways]
        return next((way for way, problem in lacking if problem is None), str(lacking[0][1]))

    def lacks(self, way: Way) -> str | None:
        """What the rows lack for a way to count; None where they have all of it."""
        held = self.held(way.kinds)
        if not held:
            return self.unfed(way) or f"没有导入“{'、'.join(way.kinds)}”的明细"
        needed = [c.column.name for c in way.conditions] + [c for c in (way.column, way.day) if c]
        if way.seen is not None:
            needed.append(way.seen.column)
            theirs = self.held(way.seen.kinds)
            if not theirs:
                return f"没有导入“{'、'.join(way.seen.kinds)}”的明细"
            if not any(self.snapshot.holds(kind, way.seen.theirs) for kind in theirs):
                return f"“{'、'.join(theirs)}”的明细里没有“{way.seen.theirs}”"
        for column in needed:
            if not any(self.snapshot.holds(kind, column) for kind in held):
                return f"“{'、'.join(held)}”的明细里没有“{column}”"
        return None

    def unfed(self, way: Way) -> str | None:
        """That a part of the product whose rows a way counts has none yet; None where they are imported, or there."""
        fed_by = self.snapshot.store.kinds[way.kinds[0]].fed_by
        return f"{fed_by}还没有登记事项" if fed_by and not self.held(way.kinds) else None

    def held(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(kind for kind in kinds if kind in self.snapshot.tables)

    def unit(self, name: str) -> str:
        """The unit a metric is counted in: rows are counted one by one, not by ten thousands."""
        metric = self.catalogue.metrics[name]
        counted = self.ways.get(name)
        return metric.unit.removeprefix("万") if counted and counted.ways[0].sum != "合计" else metric.unit

    def timeless(self, name: str) -> bool:
        """Whether a counted metric is a state of a day (a register, a list), not something that happens."""
        way = self.way(name)
        return (
            not isinstance(way, str)
            and way.day is None
            and not any(self.snapshot.store.kinds[kind].day for kind in way.kinds)
        )

    def sample(self, *metrics: str) -> bool:
        """Whether any of these metrics is counted from 示例."""
        ways = [self.way(leaf) for metric in metrics for leaf in self.leaves(metric) or ()]
        return any(self.snapshot.sample_of(way.kinds) for way in ways if not isinstance(way, str))

    # numbers

    def count(self, metric: str, period: RecordPeriod, department: str | None = None) -> Number:
        """The metric of all departments together, or of one."""
        return self._all(metric, period, None, department)[""]

    def by_department(self, metric: str, period: RecordPeriod) -> dict[str, Number]:
        """By department; one that has rows of a part of the metric is there with 0 of the others."""
        return self._all(metric, period, "department", None)

    def by_month(self, metric: str, period: RecordPeriod, department: str | None = None) -> dict[str, Number]:
        """By month (2026-09); months without rows are not there."""
        return self._all(metric, period, "month", department)

    def _all(self, name: str, period: RecordPeriod, group: Group | None, department: str | None) -> dict[str, Number]:
        metric = self.catalogue.metrics[name]
        leaves = self.leaves(name)
        if leaves is None:
            return {"": Number(metric, metric.unit, None, why=f"“{name}”没有定义怎样从明细计算")}
        groups: dict[str, dict[str, Leaf]] = {} if group else {"": {}}
        for leaf in leaves:
            way = self.way(leaf)
            if isinstance(way, str):
                return {"": Number(metric, metric.unit, None, why=way)}
            for key, value in self._leaf(leaf, way, period, group, department).items():
                groups.setdefault(key, {})[leaf] = value
        return {key: self._number(metric, leaves, held) for key, held in groups.items()}

    def _number(self, metric: Metric, leaves: tuple[str, ...], held: dict[str, Leaf]) -> Number:
        parts = tuple(held.get(leaf) or self._nought(leaf) for leaf in leaves)
        by_name = {part.metric: part for part in parts}
        own = by_name.get(metric.name)
        if own is not None:
            if own.part is not None and not own.rows:
                return Number(metric, own.unit, None, parts, "这一时段没有可算的行")
            return Number(metric, own.unit, own.value, parts)
        try:
            value = self._value(metric.name, by_name)
        except ZeroDivisionError:
            return Number(metric, metric.unit, None, parts, "分母为0，算不出")
        return Number(metric, metric.unit, value * 100 if metric.unit == "%" else value, parts)

    def value(self, formula: str, leaves: tuple[Leaf, ...]) -> Fraction | None:
        """A metric worked out of numbers already counted; None when it divides by nought."""
        try:
            return self._value(formula, {leaf.metric: leaf for leaf in leaves})
        except ZeroDivisionError:
            return None

    def _value(self, name: str, by_name: dict[str, Leaf]) -> Fraction:
        if name in by_name:
            return by_name[name].value / (100 if by_name[name].unit == "%" else 1)
        return evaluate(self.catalogue.formulas[name], lambda n: self._value(n, by_name))

    def _nought(self, name: str) -> Leaf:
        share = self.ways[name].ways[0].sum == "占比"
        return Leaf(name, Fraction(0), self.unit(name), 0, 0 if share else None)

    def _leaf(
        self, name: str, way: Way, period: RecordPeriod, group: Group | None, department: str | None
    ) -> dict[str, Leaf]:
        key = {"department": quoted(DEPARTMENT), "month": "strftime(_day, '%Y-%m')"}.get(group or "", "''")
        column = quoted(way.column) if way.column else ""
        amount = {
            "行数": "count(*)",
            "不同": f"count(DISTINCT {column})",
            "合计": f"coalesce(sum({column}), 0)",
            "占比": f"count(*) FILTER ({column})",
        }[way.sum]
        sql, values = self.rows(name, way, period, department)
        found = self.snapshot.store.ask(f"SELECT {key}, {amount}, count(*) FROM {sql} GROUP BY 1", values)
        return {NOBODY if k is None else str(k): self._made(name, way, value, rows) for k, value, rows in found}

    def _made(self, name: str, way: Way, amount: int | Decimal, rows: int) -> Leaf:
        unit = self.unit(name)
        if way.sum == "占比":
            share = Fraction(int(amount) * 100, rows) if rows else Fraction(0)
            return Leaf(name, share, unit, rows, int(amount))
        scale = 10_000 if way.sum == "合计" and unit.startswith("万") else 1
        return Leaf(name, Fraction(amount) / scale, unit, rows)

    def filter(self, leaf: Leaf, period: RecordPeriod, department: str | None) -> RowFilter:
        """How the rows behind a number are asked for."""
        return RowFilter(
            metric=leaf.metric, department=department, since=period.since, until=period.until, rows=leaf.rows,
            sample=self.sample(leaf.metric),
        )  # fmt: skip

    # rows

    def rows(self, name: str, way: Way, period: RecordPeriod, department: str | None) -> tuple[str, Parameters]:
        """SQL of the rows that a metric counts, with its parameters: `_kind`, `_day` and the columns of the kinds."""
        department = department or self.ways[name].department
        parts: list[str] = []
        values: Parameters = []
        for kind in self.held(way.kinds):
            part, more = self._of_kind(self.snapshot.store.kinds[kind], way, period, department)
            parts.append(part)
            values += more
        return f"({' UNION ALL BY NAME '.join(parts)})", values

    def _of_kind(self, kind: Kind, way: Way, period: RecordPeriod, department: str | None) -> tuple[str, Parameters]:
        day = way.day or kind.day
        where, values = _within(kind, day, period)
        for condition in way.conditions:
            held = quoted(condition.column.name)
            if condition.least is not None:
                where.append(f"{held} >= ?")
                values.append(condition.least)
            elif condition.equals is None:
                where.append(f"{held} IS NOT NULL")
            else:
                where.append(f"{held} = ?")
                values.append(condition.equals == "true" if condition.column.type == "是否" else condition.equals)
        if way.sum == "占比":
            where.append(f"{quoted(str(way.column))} IS NOT NULL")
        if department == NOBODY:
            where.append(f"{quoted(DEPARTMENT)} IS NULL")
        elif department is not None:
            where.append(f"{quoted(DEPARTMENT)} = ?")
            values.append(department)
        if way.seen is not None:
            part, more = self._seen(way, period)
            where.append(part)
            values += more
        when = quoted(day) if day else "NULL::DATE"
        said = " AND ".join(where) or "true"
        return (
            f"SELECT '{kind.name}' AS _kind, {when} AS _day, * FROM {self.snapshot.tables[kind.name]} WHERE {said}",
            values,
        )

    def _seen(self, way: Way, period: RecordPeriod) -> tuple[str, Parameters]:
        assert way.seen is not None
        both = way.seen.same_department
        parts: list[str] = []
        values: Parameters = []
        for name in self.held(way.seen.kinds):
            kind = self.snapshot.store.kinds[name]
            where, more = _within(kind, kind.day, period)
            theirs = quoted(way.seen.theirs)
            column = kind.column(way.seen.theirs)
            each = f"unnest({theirs})" if column is not None and column.several else theirs
            who = f"{quoted(DEPARTMENT)} AS d, " if both else ""
            said = " AND ".join([*where, f"{theirs} IS NOT NULL"])
            parts.append(f"SELECT {who}{each} AS v FROM {self.snapshot.tables[name]} WHERE {said}")
            values += more
        mine = quoted(way.seen.column)
        if both:
            mine = f"({quoted(DEPARTMENT)}, {mine})"
        found = f"SELECT DISTINCT {'(d, v)' if both else 'v'} FROM ({' UNION ALL '.join(parts)})"
        return f"{mine} IN ({found})", values


def _within(kind: Kind, day: str | None, period: RecordPeriod) -> tuple[list[str], Parameters]:
    """Which rows a period takes: by their day, or of a register those on it at the period's end."""
    if day is not None:
        return [f"{quoted(day)} BETWEEN ? AND ?"], [period.since, period.until]
    register = kind.register
    if register is None:
        return [], []
    where: list[str] = []
    values: Parameters = []
    if register.since:
        where.append(f"({quoted(register.since)} IS NULL OR {quoted(register.since)} <= ?)")
        values.append(period.until)
    here = "true"
    if register.state:
        column, value = quoted(register.state[0]), register.state[1].replace("'", "''")
        here = f"({column} IS NULL OR {column} = '{value}')"
    if register.until:
        gone = quoted(register.until)
        where.append(f"({gone} > ? OR ({gone} IS NULL AND {here}))")
        values.append(period.until)
    else:
        where.append(here)
    return where, values
