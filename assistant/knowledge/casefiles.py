"""What a case file is held to: `knowledge_base/casefiles/`, taken whole or refused with every problem."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import KnowledgeError
from assistant.knowledge.marked import MarkedYaml
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.schema import CaseProcedure, CrimeSign, DocumentKind, FileItem, FileStandard

STANDARD, KINDS, SIGNS = "评查项目.yaml", "文书种类.yaml", "涉罪线索.yaml"
_ITEM = {
    "代码": "code", "名称": "label", "类型": "veto", "部分": "part", "分值": "points", "每处扣": "each",
    "检查": "check", "适用程序": "procedures", "依据": "basis", "来源": "source", "性质": "nature",
}  # fmt: skip
_KIND = {
    "种类": "name", "阶段": "stage", "标题": "titles", "词": "words", "日期": "dated", "必备": "required",
    "证据": "evidence", "除外": "unless", "内容": "content", "内容除外": "not_content",
}  # fmt: skip
_SIGN = {
    "名称": "name", "程度": "veto", "同句": "together", "除外": "unless", "数量": "count",
    "依据": "basis", "性质": "nature",
}  # fmt: skip
_PROCEDURES: dict[str, CaseProcedure] = {"普通": "普通程序", "简易": "简易程序", "不予处罚": "不予处罚"}
_FOLDS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")  # YAML joins lines with a space
STAGES = ("卷首", "立案", "调查", "审查", "告知", "决定", "送达", "执行", "结案")
"""The stages a case goes through, in their order."""


@dataclass(frozen=True)
class CaseFileRules:
    """The standard, the kinds of document, and the ways of writing facts that may be a crime."""

    standard: FileStandard
    kinds: tuple[DocumentKind, ...]
    signs: tuple[CrimeSign, ...] = ()


def load_case_file_rules(folder: Path, library: Library, as_of: dt.date, checks: Collection[str]) -> CaseFileRules:
    """The files of the folder. `checks` are the names of the checks there are.

    KnowledgeError names every problem with its line: unknown keys, checks and kinds, points that do not fit, a basis
    that does not hold on `as_of`, a title that two kinds claim.
    """
    problems: list[str] = []
    kinds = _kinds(folder / KINDS, problems)
    standard = _standard(folder / STANDARD, library, as_of, checks, problems)
    signs = _signs(folder / SIGNS, library, as_of, problems)
    if problems or standard is None:
        raise KnowledgeError("案卷评查", "\n".join(problems), "逐条改正后重新加载")
    return CaseFileRules(standard, kinds, signs)


def _signs(file: Path, library: Library, as_of: dt.date, problems: list[str]) -> tuple[CrimeSign, ...]:
    marked = _marked(file, problems)
    signs: list[CrimeSign] = []
    for at, row in marked.entries("线索") if marked is not None else ():
        where = marked.where(("线索", at)) if marked is not None else ""
        values = _renamed(row, _SIGN, where, problems)
        if values is None:
            continue
        if values.get("veto") not in ("否决", "提示"):
            problems.append(f"{where}：“程度”只能是否决、提示")
            continue
        values["veto"] = values["veto"] == "否决"
        count = values.pop("count", None)
        if isinstance(count, dict):
            values |= {"unit": count.get("单位"), "least": count.get("不少于")}
        try:
            sign = CrimeSign.model_validate(values)
        except ValidationError as error:
            chinese = {field: name for name, field in _SIGN.items()} | {"unit": "数量", "least": "数量"}
            problems += [f"{where}：“{chinese[str(e['loc'][0])]}”缺少或者不对" for e in error.errors()]
            continue
        found = check(sign.basis, library, as_of)
        if len(found) != 1 or found[0].verdict != "verified":
            problems.append(f"{where}：依据“{sign.basis}”核对不到一条施行中的条文")
        signs.append(sign)
    return tuple(signs)


def _standard(
    file: Path, library: Library, as_of: dt.date, checks: Collection[str], problems: list[str]
) -> FileStandard | None:
    marked = _marked(file, problems)
    if marked is None:
        return None
    head = marked.value if isinstance(marked.value, dict) else {}
    problems += [f"{marked.where((key,))}：不认识的键“{key}”" for key in head if key not in _HEAD]
    items: list[FileItem] = []
    seen: dict[str, str] = {}
    for at, row in marked.entries("项目"):
        where = marked.where(("项目", at))
        item = _item(row, where, problems)
        if item is None:
            continue
        if item.code in seen:
            problems.append(f"{where}：代码{item.code}已经在{seen[item.code]}用过")
        seen[item.code] = where
        if item.check not in checks:
            problems.append(f"{where}：没有“{item.check}”这项检查，可用的有{'、'.join(sorted(checks))}")
        for basis in item.basis:
            found = check(basis, library, as_of)
            if len(found) != 1 or found[0].verdict != "verified":
                problems.append(f"{where}：依据“{basis}”核对不到一条施行中的条文")
        items.append(item)
    if not items:
        problems.append(f"{file.name}：“项目”下面没有一项")
    try:
        note = _FOLDS.sub("", str(head.get("说明", "")))
        return FileStandard(title=head.get("标准", ""), nature=head.get("性质", ""), note=note, items=tuple(items))
    except ValidationError as error:
        problems += [f"{marked.where(())}：“{_HEAD_OF[str(e['loc'][0])]}”缺少或者不对" for e in error.errors()]
        return None


_HEAD = {"标准": "title", "性质": "nature", "说明": "note", "项目": "items"}
_HEAD_OF = {field: name for name, field in _HEAD.items()}


def _item(row: Any, where: str, problems: list[str]) -> FileItem | None:
    values = _renamed(row, _ITEM, where, problems)
    if values is None:
        return None
    said = values.get("veto")
    if said not in ("否决", "计分"):
        problems.append(f"{where}：“类型”只能是否决、计分")
        return None
    veto = values["veto"] = said == "否决"
    if veto:
        if "points" in values or "each" in values:
            problems.append(f"{where}：否决项没有分值")
            return None
        values |= {"part": values.get("part", "内容"), "points": 0.0}
    named = values.get("procedures")
    if not isinstance(named, list) or any(name not in _PROCEDURES for name in named):
        problems.append(f"{where}：“适用程序”只能写{'、'.join(_PROCEDURES)}")
        return None
    values["procedures"] = tuple(_PROCEDURES[name] for name in named)
    try:
        return FileItem.model_validate(values)
    except ValidationError as error:
        chinese = {field: name for name, field in _ITEM.items()}
        problems += [f"{where}：“{chinese[str(e['loc'][0])]}”缺少或者不对" for e in error.errors()]
        return None


def _kinds(file: Path, problems: list[str]) -> tuple[DocumentKind, ...]:
    marked = _marked(file, problems)
    if marked is None:
        return ()
    kinds: list[DocumentKind] = []
    titles: dict[str, str] = {}
    for at, row in marked.entries("文书"):
        where = marked.where(("文书", at))
        values = _renamed(row, _KIND, where, problems)
        if values is None:
            continue
        required = values.get("required", [])
        if not isinstance(required, list) or any(p not in _PROCEDURES.values() for p in required):
            problems.append(f"{where}：“必备”只能写{'、'.join(_PROCEDURES.values())}")
            continue
        if values.get("evidence") in ("是", "否"):
            values["evidence"] = values["evidence"] == "是"
        try:
            kind = DocumentKind.model_validate(values)
        except ValidationError as error:
            chinese = {field: name for name, field in _KIND.items()}
            problems += [f"{where}：“{chinese[str(e['loc'][0])]}”缺少或者不对" for e in error.errors()]
            continue
        if kind.stage not in STAGES:
            problems.append(f"{where}：没有“{kind.stage}”这个阶段，可用的有{'、'.join(STAGES)}")
        for title in kind.titles:
            if title in titles:
                problems.append(f"{where}：标题“{title}”已经属于{titles[title]}")
            titles[title] = kind.name
        kinds.append(kind)
    return tuple(kinds)


def _marked(file: Path, problems: list[str]) -> MarkedYaml | None:
    if not file.is_file():
        problems.append(f"{file.name}：没有这个文件")
        return None
    try:
        marked = MarkedYaml(file)
    except KnowledgeError as error:
        problems.append(f"{file.name}：{error.problem}")
        return None
    problems += marked.faults
    return marked


def _renamed(row: Any, names: dict[str, str], where: str, problems: list[str]) -> dict[str, Any] | None:
    if not isinstance(row, dict):
        problems.append(f"{where}：应为键值对")
        return None
    problems += [f"{where}：不认识的键“{key}”，可用的有{'、'.join(names)}" for key in row if key not in names]
    return {names[key]: value for key, value in row.items() if key in names}
