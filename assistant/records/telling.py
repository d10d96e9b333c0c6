"""Numbers from rows in words: what was counted, from which files, and what it was computed from."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from assistant.records.counting import Counting, Leaf, Number
from assistant.records.periods import said
from assistant.schema import Operand
from assistant.schema.rows import RecordPeriod
from assistant.stats.catalogue import HOME
from assistant.stats.formula import evaluate, names, parse, write
from assistant.stats.numbers import plain, rounded, shown

_SHANGHAI = dt.timezone(dt.timedelta(hours=8))
_FILES = 4


def amount(value: Fraction, unit: str) -> str:
    return f"{shown(rounded(value))}{unit}"


def number(value: Fraction) -> int | float:
    return plain(rounded(value))


def label(counting: Counting, name: str, department: str | None) -> str:
    """经开区行政处罚; 应急管理部门行政处罚."""
    own = counting.ways[name].department if name in counting.ways else None
    return f"{department or own or HOME}{name}"


def formula(counting: Counting, made: Number, period: RecordPeriod, department: str | None) -> str:
    """How a number was computed: its formula with the numbers counted, or what was counted."""
    name = made.metric.name
    by_name = {leaf.metric: leaf for leaf in made.leaves}
    if name in by_name:
        return counted(counting, by_name[name], period, department)
    parsed = counting.catalogue.formulas[name]

    def part(n: str) -> str:
        leaf = by_name.get(n)
        value = leaf.value if leaf else counting.value(n, made.leaves)
        unit = leaf.unit if leaf else counting.catalogue.metrics[n].unit
        return f"{n}{amount(value, unit)}" if value is not None else n

    result = f" = {amount(made.value, made.unit)}" if made.value is not None else ""
    return write(parsed, part) + result


def counted(counting: Counting, leaf: Leaf, period: RecordPeriod, department: str | None) -> str:
    """处罚明细中部门为应急管理部门、决定日期在2026年7月1日至9月30日的行数."""
    way = counting.way(leaf.metric)
    if isinstance(way, str):
        return way
    conditions = [c.text for c in way.conditions]
    who = department or counting.ways[leaf.metric].department
    if who:
        conditions.insert(0, f"部门为{who}")
    days = {way.day or counting.snapshot.store.kinds[k].day for k in way.kinds}
    registers = [k for k in way.kinds if counting.snapshot.store.kinds[k].register]
    if registers:
        conditions.append(f"{period.until.year}年{period.until.month}月{period.until.day}日在册")
    elif days != {None}:
        names = "、".join(sorted(d for d in days if d))
        conditions.append(f"{names}在{said(period)}")
    if way.seen is not None:
        conditions.append(
            f"其{way.seen.column}在{said(period)}的{'、'.join(counting.held(way.seen.kinds))}记录中出现过"
        )
    what = {
        "行数": "行数",
        "不同": f"不同“{way.column}”的个数",
        "合计": f"“{way.column}”之和",
        "占比": f"“{way.column}”为是的{leaf.part}行 ÷ 有记载的{leaf.rows}行",
    }[way.sum]
    kinds = "、".join(counting.held(way.kinds))
    joint = "，" if way.sum == "占比" else "的"
    return f"{kinds}明细中{'、'.join(conditions)}{joint if conditions else ''}{what}"


def sources(counting: Counting, leaf: Leaf, period: RecordPeriod, department: str | None) -> str:
    """The files that the rows of a number came with: 《处罚.xlsx》（2026-11-24导入，112行）."""
    way = counting.way(leaf.metric)
    if isinstance(way, str) or not leaf.rows:
        return "明细中没有符合的行"
    sql, values = counting.rows(leaf.metric, way, period, department)
    rows = counting.snapshot.store.ask(f"SELECT _import, count(*) FROM {sql} GROUP BY 1 ORDER BY 2 DESC", values)
    made = {i.id: i for i in counting.snapshot.state.imports}
    told = []
    for key, count in rows[:_FILES]:
        held = made.get(str(key))
        day = held.at.astimezone(_SHANGHAI).date().isoformat() if held else ""
        told.append(f"《{held.file if held else key}》（{day}导入，{count}行）")
    more = f"等{len(rows)}个文件" if len(rows) > _FILES else ""
    return "、".join(told) + more


def operand(counting: Counting, leaf: Leaf, period: RecordPeriod, department: str | None) -> Operand:
    return Operand(
        name=leaf.metric, value=number(leaf.value), unit=leaf.unit, as_of=period.until, year=period.until.year,
        scope=department or counting.ways[leaf.metric].department or HOME,
        source=f"明细{sources(counting, leaf, period, department)}",
    )  # fmt: skip


def parts(made: Number) -> str | None:
    """Of a computed number, what it was computed from: 参与执法人员52人、行政执法人员60人."""
    if [leaf.metric for leaf in made.leaves] == [made.metric.name]:
        leaf = made.leaves[0]
        return None if leaf.part is None else f"{leaf.part}/{leaf.rows}"
    return "、".join(f"{leaf.metric}{amount(leaf.value, leaf.unit)}" for leaf in made.leaves)


def misfits(counting: Counting, made: Number, period: RecordPeriod, department: str | None) -> Sequence[str]:
    """The same number by the other definitions that are known of it."""
    told = []
    for text in made.metric.misfits:
        other = parse(text)
        if any(counting.leaves(name) != (name,) for name in names(other)):
            continue
        by_name = {name: counting.count(name, period, department) for name in names(other)}
        held = {name: number.value for name, number in by_name.items() if number.value is not None}
        if len(held) < len(by_name):
            continue
        try:
            value = evaluate(other, held.__getitem__)
        except ZeroDivisionError:
            continue
        shares = {name: f"{name}{amount(held[name], by_name[name].unit)}" for name in held}
        written = write(other, shares.__getitem__)
        told.append(f"另一口径：{written} = {amount(value, made.unit)}")
    return told
