"""What the hotline knows: matters, offices, what must go to a person, kinds of demand and time limits.

Read from `knowledge_base/hotline/`, which lawyers and the hotline keep; all problems are reported at once, with file
and line. Every provision must be held, and every number told to a citizen must stand in the provisions cited.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import KnowledgeError
from assistant.knowledge.marked import MarkedYaml
from assistant.knowledge.wordgroups import WordGroups, named_words, parse_groups
from assistant.law.citations import parse
from assistant.law.library import Library
from assistant.schema import Citation, DemandType, HandOver, Nature

FOLDER = "hotline"
_NUMERAL = "0-9０-９一二两三四五六七八九十百千万亿零〇"
_AMOUNT = re.compile(
    rf"百分之[{_NUMERAL}]+|[{_NUMERAL}.]+(?:个?工作日|个月|周岁|小时|分钟|万元|亿元|日|天|年|元|倍|%|岁)"
)
_RULES: tuple[HandOver, ...] = ("危险", "举报", "个案", "看不准")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Matter:
    """A matter that citizens call about. `told` None: it is passed on, and a person answers."""

    name: str
    field: str
    office: str
    ways: tuple[WordGroups, ...]
    basis: tuple[Citation, ...]
    told: str | None
    where: str


@dataclass(frozen=True)
class Office:
    """Who takes a matter up: name, duties, region."""

    name: str
    duty: str
    region: str


@dataclass(frozen=True)
class HandOverRule:
    """What sends an order to a person, and what the citizen is told meanwhile."""

    reason: HandOver
    ways: tuple[WordGroups, ...]
    told: str
    limit: str | None = None


@dataclass(frozen=True)
class Limit:
    """A time limit: minutes on the clock, or working days."""

    code: str
    matter: str
    minutes: int | None
    working_days: int | None
    nature: Nature
    source: str


@dataclass(frozen=True)
class HotlineBook:
    """All of it. `offices_nature`: what the table of offices is worth."""

    matters: tuple[Matter, ...]
    offices: Mapping[str, Office]
    offices_nature: Nature
    rules: tuple[HandOverRule, ...]
    demands: tuple[tuple[DemandType, tuple[WordGroups, ...]], ...]
    limits: Mapping[str, Limit]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Matter(_Written):
    name: str = Field(alias="编号")
    field: str = Field(alias="域")
    ways: list[str] = Field(alias="问", min_length=1)
    office: str = Field(alias="承办")
    basis: list[str] = Field(alias="依据")
    told: str | None = Field(default=None, alias="告知")
    passed_on: Literal["是"] | None = Field(default=None, alias="只转办")


class _Matters(_Written):
    words: dict[object, str] = Field(default_factory=dict, alias="词组")
    matters: list[_Matter] = Field(alias="事项")


class _Office(_Written):
    name: str = Field(alias="名称")
    duty: str = Field(alias="职责")
    region: str = Field(alias="地域")


class _Offices(_Written):
    nature: Nature = Field(alias="性质")
    source: str = Field(alias="来源")
    offices: dict[str, _Office] = Field(alias="单位")


class _Rule(_Written):
    limit: str | None = Field(default=None, alias="时限")
    told: str = Field(alias="告知")
    ways: list[str] = Field(alias="问", min_length=1)


class _Demand(_Written):
    kind: DemandType = Field(alias="类别")
    ways: list[str] = Field(alias="问", min_length=1)


class _Demands(_Written):
    words: dict[object, str] = Field(default_factory=dict, alias="词组")
    demands: list[_Demand] = Field(alias="类别")


class _Source(_Written):
    title: str = Field(alias="标题")
    checked_by: str | None = Field(default=None, alias="核对人")
    checked_on: dt.date | None = Field(default=None, alias="核对日")


class _Limit(_Written):
    code: str = Field(alias="编号")
    matter: str = Field(alias="事项")
    minutes: int | None = Field(default=None, alias="分钟", gt=0)
    working_days: int | None = Field(default=None, alias="工作日数", gt=0)
    at_most: int | None = Field(default=None, alias="最多", gt=0)
    only_working_days: Literal["是", "否"] | None = Field(default=None, alias="工作日")
    nature: Nature | None = Field(default=None, alias="性质")
    note: str | None = Field(default=None, alias="说明")


class _Limits(_Written):
    nature: Nature = Field(alias="性质")
    source: _Source = Field(alias="来源")
    limits: list[_Limit] = Field(alias="时限")


class _Reading:
    """One reading of the folder, which gathers every problem before it refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[str] = []

    def file(self, name: str, shape: Any) -> tuple[MarkedYaml | None, Any]:
        """A file and its value; None, and the problems noted, when it is not of the shape."""
        try:
            marked = MarkedYaml(self._folder / name)
        except (KnowledgeError, OSError) as error:
            self.problems.append(f"{name}：{error}")
            return None, None
        self.problems += marked.faults
        try:
            return marked, TypeAdapter(shape).validate_python(marked.value)
        except ValidationError as error:
            for one in error.errors():
                place = "·".join(str(p) for p in one["loc"])
                self.problems.append(f"{marked.where(tuple(one['loc']))}：{place}：{_wrong(one)}")
            return marked, None

    def ways(self, written: list[str], words: Mapping[str, list[str]], where: str) -> tuple[WordGroups, ...]:
        out = []
        for line in written:
            try:
                out.append(parse_groups(line, words))
            except ValueError as error:
                self.problems.append(f"{where}：问“{line}”：{error}")
        return tuple(out)


def load_hotline(knowledge_dir: Path, library: Library) -> HotlineBook:
    """The hotline's knowledge. KnowledgeError names everything that is wrong, each with file and line."""
    reading = _Reading(knowledge_dir / FOLDER)
    _, offices = reading.file("单位.yaml", _Offices)
    marked, matters = reading.file("事项.yaml", _Matters)
    rules_file, rules = reading.file("移交.yaml", dict[Literal["危险", "举报", "个案", "看不准"], _Rule])
    _, limits = reading.file("时限.yaml", _Limits)
    demand_file, demands = reading.file("类别.yaml", _Demands)
    held = _matters(reading, marked, matters, offices, library) if marked and matters and offices else ()
    limited = {one.code: _limit(one, limits) for one in limits.limits} if limits else {}
    rows = _rules(reading, rules_file, rules, limited) if rules_file and rules else ()
    kinds: list[tuple[DemandType, tuple[WordGroups, ...]]] = []
    for at, one in enumerate(demands.demands if demands and demand_file else ()):
        where = demand_file.where(("类别", at)) if demand_file else ""
        kinds.append((one.kind, reading.ways(one.ways, named_words(demands.words), where)))
    if limits and "一般" not in limited:
        reading.problems.append("时限.yaml：缺少“一般”")
    if reading.problems:
        raise KnowledgeError("knowledge_base/hotline", "；".join(reading.problems), "改正后重新加载")
    return HotlineBook(
        held,
        {code: Office(o.name, o.duty, o.region) for code, o in offices.offices.items()},
        offices.nature,
        rows,
        tuple(kinds),
        limited,
    )


def _rules(
    reading: _Reading, marked: MarkedYaml, rules: Mapping[HandOver, _Rule], limits: Mapping[str, Limit]
) -> tuple[HandOverRule, ...]:
    out: list[HandOverRule] = []
    for reason in _RULES:
        if reason not in rules:
            reading.problems.append(f"移交.yaml：缺少“{reason}”")
            continue
        rule = rules[reason]
        if rule.limit is not None and rule.limit not in limits:
            reading.problems.append(f"{marked.where((reason, '时限'))}：时限.yaml 里没有“{rule.limit}”")
        ways = reading.ways(rule.ways, {}, marked.where((reason, "问")))
        out.append(HandOverRule(reason, ways, rule.told, rule.limit))
    return tuple(out)


def _limit(one: _Limit, file: _Limits) -> Limit:
    checked = f"，{file.source.checked_by}于{file.source.checked_on}核对" if file.source.checked_by else "，未核对原件"
    return Limit(
        one.code, one.matter, one.minutes, one.working_days, one.nature or file.nature, f"{file.source.title}{checked}"
    )


def _matters(
    reading: _Reading, marked: MarkedYaml, written: _Matters, offices: _Offices, library: Library
) -> tuple[Matter, ...]:
    words = named_words(written.words)
    out: list[Matter] = []
    names: set[str] = set()
    for at, one in enumerate(written.matters):
        where = marked.where(("事项", at))
        if one.name in names:
            reading.problems.append(f"{where}：有两个“{one.name}”")
        names.add(one.name)
        if one.office not in offices.offices:
            reading.problems.append(f"{where}：单位.yaml 里没有“{one.office}”")
        if (one.told is None) == (one.passed_on is None):
            reading.problems.append(f"{where}：“{one.name}”应当写“告知”，或者写“只转办: 是”，二者择一")
        basis: list[Citation] = []
        text = ""
        for citation in one.basis:
            found = parse(citation, library)
            article = _newest(found, library) if found else None
            if found is None or article is None:
                reading.problems.append(f"{where}：语料里没有{citation}")
            else:
                basis.append(found)
                text += article
        for amount in _AMOUNT.findall(one.told or ""):
            if amount not in text:
                reading.problems.append(f"{where}：“{one.name}”的告知里写了“{amount}”，所列依据的原文里没有")
        ways = reading.ways(one.ways, words, where)
        out.append(Matter(one.name, one.field, one.office, ways, tuple(basis), one.told, where))
    return tuple(out)


def _newest(citation: Citation, library: Library) -> str | None:
    """The text of the article in the newest version of its law; None when it is not held."""
    texts = library.versions(citation.law)
    if not texts or citation.article is None:
        return None
    newest = max(texts, key=lambda v: v.span.from_ or dt.date.min)
    article = library.article(newest.id, citation.article)
    return article.text if article else None


def _wrong(error: Any) -> str:
    kind = str(error["type"])
    if kind == "missing":
        return "缺少这一项"
    if kind == "extra_forbidden":
        return "不认识这一项"
    if kind == "literal_error":
        return f"只能是{error['ctx']['expected']}"
    return f"类型不对（{error['msg']}）"
