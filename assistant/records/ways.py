"""How metrics are counted from rows, as `knowledge_base/metrics/` declares it under 计数."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from assistant.records.kinds import Column, Kind
from assistant.stats.catalogue import Catalogue
from assistant.stats.reading import Entry, Problems, known_keys, read_yaml

Sum = Literal["行数", "不同", "合计", "占比"]
_WAY = frozenset(["种类", "算", "列", "条件", "日期", "见于"])
_COUNT = _WAY | {"指标", "部门", "说法", "说法同", "另法"}
_SEEN = frozenset(["列", "种类", "其列", "同部门"])
_CONDITION = frozenset(["有", "不少于"])


@dataclass(frozen=True)
class Condition:
    """What a column must hold: a value, anything at all, or a number not below another."""

    column: Column
    equals: str | None = None
    least: int | None = None

    @property
    def text(self) -> str:
        if self.least is not None:
            return f"{self.column.name}不少于{self.least}"
        if self.equals is None:
            return f"有{self.column.name}"
        said = (
            {"true": "是", "false": "否"}.get(self.equals, self.equals) if self.column.type == "是否" else self.equals
        )
        return f"{self.column.name}为{said}"


@dataclass(frozen=True)
class Seen:
    """Only rows whose `column` occurs in `theirs` of the rows of other kinds in the period."""

    column: str
    kinds: tuple[str, ...]
    theirs: str
    same_department: bool


@dataclass(frozen=True)
class Way:
    """One way to count a metric."""

    kinds: tuple[str, ...]
    sum: Sum
    column: str | None
    conditions: tuple[Condition, ...]
    day: str | None
    seen: Seen | None


@dataclass(frozen=True)
class Counted:
    """A metric that rows make, with its ways, the first that the rows allow being the one."""

    metric: str
    ways: tuple[Way, ...]
    department: str | None
    """Whose rows alone, where the metric is one department's: only held against what a report states."""
    said_like: str | None
    words: tuple[str, ...] = ()
    """What else a question about rows may call it."""


def read_ways(folder: Path, catalogue: Catalogue, kinds: dict[str, Kind]) -> dict[str, Counted]:
    """Every 计数 of the metric folder, by metric. KnowledgeError with all problems, each with file and line."""
    problems = Problems()
    found: dict[str, Counted] = {}
    for path in sorted(folder.glob("*.yaml")):
        for entry in read_yaml(path, problems).entries("计数"):
            counted = _counted(entry, catalogue, kinds, problems)
            if counted is not None and counted.metric in found:
                problems.add(entry.where, f"指标“{counted.metric}”的计数写了两遍；别的算法写进“另法”")
            elif counted is not None:
                found[counted.metric] = counted
    if problems.found:
        problems.refuse(folder)
    return found


def _counted(entry: Entry, catalogue: Catalogue, kinds: dict[str, Kind], problems: Problems) -> Counted | None:
    if not known_keys(entry, _COUNT, ("指标", "种类"), "计数", problems):
        return None
    metric, like = str(entry.text("指标")), entry.text("说法同")
    for name in (metric, *([like] if like else [])):
        if name not in catalogue.metrics:
            problems.add(entry.where, f"计数的指标“{name}”没有定义")
            return None
    ways = [_way(entry, kinds, problems)]
    for other in entry.entries("另法"):
        if known_keys(other, _WAY, ("种类",), "另法", problems):
            ways.append(_way(other, kinds, problems))
    whole = tuple(way for way in ways if way is not None)
    return Counted(metric, whole, entry.text("部门"), like, entry.texts("说法")) if len(whole) == len(ways) else None


def _way(entry: Entry, kinds: dict[str, Kind], problems: Problems) -> Way | None:
    before = len(problems.found)
    named = _named(entry, "种类", kinds, problems)
    sum_ = entry.text("算") or "行数"
    if sum_ not in get_args(Sum):
        problems.add(entry.where, f"算“{sum_}”不认识（可用：{'、'.join(get_args(Sum))}）")
    column, day = entry.text("列"), entry.text("日期")
    if (sum_ == "行数") != (column is None):
        problems.add(entry.where, "“不同”“合计”“占比”要写“列”，“行数”不写")
    for name in (column, day):
        if name is not None:
            _columns(named, name, kinds, entry.where, problems)
    conditions = []
    for told in entry.entries("条件"):
        for name in told.values:
            held = _columns(named, name, kinds, told.where, problems)
            condition = _condition(told, name, held, problems) if held else None
            if condition is not None:
                conditions.append(condition)
    seen = None
    for told in entry.entries("见于"):
        if known_keys(told, _SEEN, ("列", "种类", "其列"), "见于", problems):
            theirs = _named(told, "种类", kinds, problems)
            seen = Seen(str(told.text("列")), theirs, str(told.text("其列")), told.text("同部门") == "是")
            _columns(named, seen.column, kinds, told.where, problems)
            _columns(theirs, seen.theirs, kinds, told.where, problems)
    if len(problems.found) > before:
        return None
    return Way(named, sum_, column, tuple(conditions), day, seen)  # type: ignore[arg-type]  # checked above


def _condition(told: Entry, name: str, column: Column, problems: Problems) -> Condition | None:
    inner = told.entries(name)
    if not inner:
        value = str(told.text(name))
        if column.type == "是否":
            return Condition(column, "true" if value == "是" else "false")
        if column.choices is not None and value not in column.choices:
            problems.add(told.where, f"“{name}”没有“{value}”这个选项")
        return Condition(column, value)
    if not known_keys(inner[0], _CONDITION, (), "条件", problems):
        return None
    least = inner[0].text("不少于")
    return Condition(column, None, int(least) if least else None)


def _named(entry: Entry, key: str, kinds: dict[str, Kind], problems: Problems) -> tuple[str, ...]:
    one = entry.text(key)
    named = entry.texts(key) or ((one,) if one else ())
    for name in named:
        if name not in kinds:
            problems.add(entry.where, f"没有“{name}”这个明细种类")
    return tuple(name for name in named if name in kinds)


def _columns(
    named: tuple[str, ...], column: str, kinds: dict[str, Kind], where: str, problems: Problems
) -> Column | None:
    held = None
    for name in named:
        held = kinds[name].column(column)
        if held is None:
            problems.add(where, f"明细“{name}”没有“{column}”这一列")
    return held
