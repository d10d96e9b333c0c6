"""Decisions as files: one Markdown file each, with a YAML head, taken whole or refused with every problem.

    ---
    编号: 复议案例-01
    标题: 某超市销售过期茶干案
    文书: 行政复议
    …
    ---
    ## 事实
    ……

The file is what a lawyer writes, what an import leaves, what a lawyer corrects and what is loaded: there is no other
copy. 未见 is written where a source does not say; a field that is left out is 未见 too.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.clock import today
from assistant.errors import KnowledgeError
from assistant.knowledge.conditions import FACT_NAMES
from assistant.knowledge.marked import MarkedYaml
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.schema import (
    CaseFacts,
    Citation,
    Decision,
    DecisionDates,
    DecisionKind,
    ListSource,
    Nature,
    Outcome,
    ReadFrom,
    Reason,
    SeenAs,
)

UNSEEN = "未见"
FOLDER = "decisions"
_YES = {"是": True, "否": False}
_NAMES = {field: name for name, field in FACT_NAMES.items()}


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Dates(_Written):
    decided: dt.date | None = Field(default=None, alias="决定")
    published: dt.date | None = Field(default=None, alias="公布")
    reviewed_act: dt.date | None = Field(default=None, alias="原行为")
    conduct: dt.date | None = Field(default=None, alias="违法行为")


class _Source(_Written):
    title: str = Field(alias="标题", min_length=1)
    place: str | None = Field(default=None, alias="位置")
    url: str | None = Field(default=None, alias="网址")
    checked_by: str | None = Field(default=None, alias="核对人")
    checked_on: dt.date | None = Field(default=None, alias="核对日")


class _ReadFrom(_Written):
    field: str = Field(alias="项", min_length=1)
    place: str = Field(alias="位置", min_length=1)
    words: str = Field(alias="原话")


class _Head(_Written):
    """The head of a file, in the order it is written in."""

    id: str = Field(alias="编号", min_length=1, max_length=60, pattern=r"^[^/\\\s]+$")
    title: str = Field(alias="标题", min_length=1)
    kind: DecisionKind = Field(alias="文书")
    decided_by: str | None = Field(default=None, alias="机关")
    office: str | None = Field(default=None, alias="被申请人")
    region: str | None = Field(default=None, alias="地区")
    dates: _Dates = Field(default_factory=_Dates, alias="日期")
    field: str | None = Field(default=None, alias="领域")
    conduct: str = Field(alias="行为", min_length=1)
    synonyms: list[str] = Field(default_factory=list, alias="同义")
    reviewed_act: str | None = Field(default=None, alias="原处理")
    issues: list[str] = Field(default_factory=list, alias="争议焦点")
    outcomes: list[Outcome] = Field(alias="处理结果", min_length=1)
    outcome_note: str | None = Field(default=None, alias="结果说明")
    reasons: list[Reason] = Field(alias="理由类别", min_length=1)
    reasoning: str | None = Field(default=None, alias="裁量理由")
    facts: dict[str, Any] = Field(default_factory=dict, alias="情节")
    amounts: dict[str, float] = Field(default_factory=dict, alias="金额")
    basis: list[str] = Field(default_factory=list, alias="依据")
    related: list[str] = Field(default_factory=list, alias="相关")
    outside: list[str] = Field(default_factory=list, alias="语料外")
    nature: Nature = Field(alias="性质")
    source: _Source = Field(alias="来源")
    seen: SeenAs = Field(alias="见到")
    unseen: list[str] = Field(default_factory=list, alias="未见")
    read_from: list[_ReadFrom] = Field(default_factory=list, alias="读自")
    origin: str | None = Field(default=None, alias="原文件")
    origin_digest: str | None = Field(default=None, alias="原文摘要")


_ALIASES = {name: str(info.alias) for name, info in _Head.model_fields.items()}
_UNSEEN_MEANS: dict[str, Any] = {"日期": {}, "情节": {}, "金额": {}}
"""What 未见 stands for under a key that holds a mapping; elsewhere it is no value, or no entries."""


def load_decisions(folders: Iterable[Path], library: Library) -> tuple[Decision, ...]:
    """Every `*.md` of the folders, in the order of folders and names; README.md is none.

    KnowledgeError names every problem of every file, with file and line; two decisions with one number are refused.
    """
    problems: list[str] = []
    held: dict[str, Decision] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.md")) if folder.is_dir() else ():
            if file.name == "README.md" or file.name.startswith("."):
                continue
            decision = _File(file, library, problems).read()
            if decision is None:
                continue
            first = held.setdefault(decision.id, decision)
            if first is not decision:
                line = decision.where.rpartition(":")[2]
                problems.append(f"{file.name}:{line}：编号“{decision.id}”与 {first.where} 的重复，请改其中一份的编号")
    if problems:
        raise KnowledgeError("复议案例", "\n".join(problems), "逐条改正后重新加载")
    return tuple(held.values())


class _File:
    def __init__(self, file: Path, library: Library, problems: list[str]) -> None:
        self._file = file
        self._library = library
        self._problems = problems

    def read(self) -> Decision | None:
        """The decision; None when a problem was added."""
        before = len(self._problems)
        try:
            lines = self._file.read_text(encoding="utf-8-sig").split("\n")
        except UnicodeDecodeError:
            self._problems.append(f"{self._file.name}:1：不是 UTF-8 编码，请另存为 UTF-8")
            return None
        except OSError as error:
            self._problems.append(f"{self._file.name}:1：打不开（{error.strerror}）")
            return None
        ends = [at for at, line in enumerate(lines) if line.rstrip() == "---"]
        if len(ends) < 2 or ends[0] != 0:
            self._problems.append(f"{self._file.name}:1：没有文件头（两行 --- 之间的编号、标题等）")
            return None
        text = "\n".join(lines[ends[1] + 1 :]).strip()
        try:
            marked = MarkedYaml(self._file, "\n".join(lines[1 : ends[1]]), above=1)
        except KnowledgeError as error:
            self._problems.append(f"{self._file.name}:1：{error.problem}")
            return None
        self._problems += marked.faults
        head = self._head(marked)
        if head is None:
            return None
        if not text:
            self._problems.append(f"{self._file.name}:{ends[1] + 1}：没有正文")
        decision = self._decision(head, marked, text)
        return decision if len(self._problems) == before else None

    def _head(self, marked: MarkedYaml) -> _Head | None:
        value = marked.value
        if not isinstance(value, dict):
            self._problems.append(f"{marked.where(())}：文件头应当是“键: 值”")
            return None
        seen = {key: _UNSEEN_MEANS.get(key) if one == UNSEEN else one for key, one in value.items()}
        for key in ("处理结果", "理由类别"):
            if value.get(key) == UNSEEN:
                seen[key] = [UNSEEN]
        given = {key: one for key, one in seen.items() if one is not None}
        try:
            return _Head.model_validate(given)
        except ValidationError as error:
            for one in error.errors():
                path = tuple(one["loc"])
                name = "·".join(str(part + 1) if isinstance(part, int) else part for part in path)
                self._problems.append(f"{marked.where(path)}：“{name}”{_wrong(dict(one))}")
            return None

    def _decision(self, head: _Head, marked: MarkedYaml, text: str) -> Decision | None:
        if (head.source.checked_by is None) != (head.source.checked_on is None):
            self._wrong(marked, ("来源",), "“核对人”与“核对日”应当同时写，或者都不写")
        if UNSEEN in head.outcomes and len(head.outcomes) > 1:
            self._wrong(marked, ("处理结果",), "写了未见，就不能再写别的结果")
        if UNSEEN in head.reasons and len(head.reasons) > 1:
            self._wrong(marked, ("理由类别",), "写了未见，就不能再写别的理由")
        facts = self._facts(head.facts, marked)
        basis = self._provisions("依据", head.basis, marked)
        related = self._provisions("相关", head.related, marked)
        for key, value in head.amounts.items():
            if not 0 <= value <= 1e12:
                self._wrong(marked, ("金额", key), f"“{key}”的数额{value:g}不合情理，应当是 0 到 1 万亿元")
        if facts is None or any(not 0 <= value <= 1e12 for value in head.amounts.values()):
            return None
        # One that nobody held against the paper itself is not shown as official.
        unchecked = head.nature == "官方" and head.source.checked_by is None
        return Decision(
            **{
                name: value
                for name, value in head
                if name not in ("facts", "basis", "related", "dates", "source", "read_from", "nature")
            },
            nature="待核" if unchecked else head.nature,
            dates=DecisionDates(**head.dates.model_dump()),
            source=ListSource(**head.source.model_dump(exclude={"place"})),
            place=head.source.place,
            read_from=tuple(ReadFrom(**one.model_dump()) for one in head.read_from),
            facts=facts,
            basis=basis,
            related=related,
            text=text,
            where=marked.where(("编号",)),
        )

    def _wrong(self, marked: MarkedYaml, path: tuple[object, ...], problem: str) -> None:
        self._problems.append(f"{marked.where(path)}：{problem}")

    def _facts(self, written: dict[str, Any], marked: MarkedYaml) -> CaseFacts | None:
        """The circumstances, by the Chinese names that lists use."""
        known: dict[str, Any] = {}
        for name, value in written.items():
            if name not in FACT_NAMES:
                self._wrong(marked, ("情节", name), f"不认识的情节“{name}”，可用的有{'、'.join(FACT_NAMES)}")
            elif value != UNSEEN:
                known[FACT_NAMES[name]] = _YES.get(value, value) if isinstance(value, str) else value
        try:
            return CaseFacts.model_validate(known)
        except ValidationError as error:
            for one in error.errors():
                name = _NAMES[str(one["loc"][0])]
                self._wrong(marked, ("情节", name), f"“{name}”的值“{written[name]}”不对：{_wrong(dict(one))}")
            return None

    def _provisions(self, key: str, written: list[str], marked: MarkedYaml) -> tuple[Citation, ...]:
        """Provisions, or instruments where the source names no article; each held, in force or not."""
        found: list[Citation] = []
        for at, text in enumerate(written):
            checked = check(text, self._library, today())
            if len(checked) != 1 or checked[0].text != text.strip():
                self._wrong(marked, (key, at), f"“{text}”应当是一处引文，写作《法律名称》第…条第…款第（…）项")
                continue
            (one,) = checked
            if one.verdict == "out_of_scope" or one.law is None:
                self._wrong(marked, (key, at), f"“{text}”不在语料里：请写到“语料外”，或者先导入这部法")
            elif one.verdict in ("no_such_provision", "quote_mismatch"):
                self._wrong(marked, (key, at), f"“{text}”查不到：{one.detail}")
            else:
                found.append(
                    Citation(
                        law=one.law,
                        article=one.article,
                        paragraph=one.paragraph,
                        item=one.item,
                        subitem=one.subitem,
                    )
                )
        return tuple(found)


def _wrong(error: dict[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx") or {}
    words = {
        "missing": "没有写（来源没有说的写未见）",
        "extra_forbidden": f"不认识，可用的有{'、'.join(_ALIASES.values())}",
        "too_short": "至少写一项，来源没有说的写未见",
        "string_too_short": "不能为空",
        "string_type": "应当是文字",
        "string_pattern_mismatch": "不能有空格和斜线",
        "list_type": "应当是列表",
        "dict_type": "应当是键值对",
        "model_type": "应当是键值对",
        "float_parsing": "应当是数（元）",
        "float_type": "应当是数（元）",
    }
    if kind == "literal_error":
        choices = context["expected"].replace(" or ", "、").replace(", ", "、").replace("'", "")
        return f"“{error.get('input')}”不在可用的值里：{choices}"
    if kind.startswith("date"):
        return "应当是形如 2026-01-31 的日期"
    return words.get(kind, str(context.get("error", error["msg"])))


class _Dumper(yaml.SafeDumper):
    """One value written twice stands there twice: a lawyer should not meet `&id001`."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def render(decision: Decision) -> str:
    """The file's content; loading it gives back the same decision (`where` apart)."""
    facts = {
        _NAMES[name]: {True: "是", False: "否"}[fact.value] if isinstance(fact.value, bool) else fact.value
        for name, fact in decision.facts.known().items()
        if name in _NAMES
    }
    dates = _Dates(**decision.dates.model_dump()).model_dump(by_alias=True, exclude_none=True)
    source = _Source(**decision.source.model_dump(), place=decision.place).model_dump(by_alias=True)
    head: dict[str, Any] = {
        "dates": dates or UNSEEN,
        "facts": facts,
        "basis": [str(one) for one in decision.basis],
        "related": [str(one) for one in decision.related],
        "source": {key: one for key, one in source.items() if one is not None or key in ("核对人", "核对日")},
        "read_from": [{"项": one.field, "位置": one.place, "原话": one.words} for one in decision.read_from],
    }
    for name in _Head.model_fields:
        if name not in head:
            value = getattr(decision, name)
            head[name] = list(value) if isinstance(value, tuple) else value
    for name in ("decided_by", "office", "region", "field"):
        head[name] = head[name] or UNSEEN
    front = yaml.dump(
        {_ALIASES[name]: head[name] for name in _Head.model_fields if head[name] not in (None, [], {})},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )
    return f"---\n{front}---\n\n{decision.text}\n"
