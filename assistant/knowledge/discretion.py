"""Thresholds of procedures and ways to cut a range: `knowledge_base/discretion/`, taken whole or refused."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import KnowledgeError
from assistant.knowledge.conditions import ConditionReader
from assistant.knowledge.marked import MarkedYaml
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.numerals import to_chinese
from assistant.schema import Circumstance, RangeMethod, Threshold

_THRESHOLD = {
    "程序": "procedure", "领域": "field", "适用法律": "law", "地域": "region", "公民": "citizen",
    "组织": "organisation", "依据": "basis", "核对": "checked", "来源": "source",
}  # fmt: skip
_CIRCUMSTANCE = {"名称": "name", "分值": "weight", "依据": "basis", "核对": "checked", "来源": "source"}
_METHOD = {"名称": "name", "从轻止": "lighter_to", "从重起": "heavier_from", "核对": "checked", "来源": "source"}


@dataclass(frozen=True)
class Discretion:
    """Every threshold, every circumstance with its weight, and every way to cut a range that is held.

    The first method is the one that a tier is reckoned by; the others stand beside it.
    """

    thresholds: tuple[Threshold, ...] = ()
    methods: tuple[RangeMethod, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()

    def threshold(self, procedure: str, law: str, field: str | None) -> tuple[Threshold | None, tuple[Threshold, ...]]:
        """The threshold that decides (of this law, else of this field, else 通用), and those that only hint (待核)."""
        of = [t for t in self.thresholds if t.procedure == procedure]
        own = [t for t in of if t.law == law]
        fitting = own or [t for t in of if t.law is None and field is not None and t.field in field]
        general = [t for t in of if t.law is None and t.field == "通用"]
        hints = tuple(t for t in fitting if t.checked == "待核")
        decides = [t for t in (*fitting, *general) if t.checked != "待核"]
        return (decides[0] if decides else None), hints


def load_discretion(folder: Path, library: Library, as_of: dt.date) -> Discretion:
    """门槛.yaml and 分段.yaml of the folder, where they stand. KnowledgeError names every problem, with its line."""
    problems: list[str] = []
    thresholds = [_read(Threshold, _THRESHOLD, *row, problems) for row in _rows(folder / "门槛.yaml", "门槛", problems)]
    methods = [_read(RangeMethod, _METHOD, *row, problems) for row in _rows(folder / "分段.yaml", "算法", problems)]
    held = [(where, t) for where, t in thresholds if isinstance(t, Threshold)]
    for where, threshold in held:
        problems += [f"{where}：{problem}" for problem in _faults(threshold, library, as_of)]
    circumstances = _circumstances(folder / "情节.yaml", library, as_of, problems)
    if problems:
        raise KnowledgeError("裁量", "\n".join(problems), "逐条改正后重新加载")
    cuts = tuple(m for _, m in methods if isinstance(m, RangeMethod))
    return Discretion(tuple(t for _, t in held), cuts, tuple(circumstances))


def _circumstances(file: Path, library: Library, as_of: dt.date, problems: list[str]) -> list[Circumstance]:
    """The circumstances of 情节.yaml: a condition in the closed language, a weight, a basis that holds."""
    if not file.is_file():
        return []
    marked = MarkedYaml(file)
    problems += marked.faults
    reader = ConditionReader(marked, {}, problems)
    held: list[Circumstance] = []
    for at, row in marked.entries("情节"):
        where, before = marked.where(("情节", at)), len(problems)
        if not isinstance(row, dict):
            problems.append(f"{where}：应为键值对")
            continue
        known = (*_CIRCUMSTANCE, "条件")
        problems += [f"{where}：不认识的键“{key}”，可用的有{'、'.join(known)}" for key in row if key not in known]
        if not isinstance(row.get("分值"), int) or isinstance(row.get("分值"), bool) or row["分值"] == 0:
            problems.append(f"{where}：“分值”应为不等于0的整数，从轻写负数，从重写正数")
        condition = reader.read(("情节", at, "条件"), row.get("条件"))
        basis = str(row.get("依据") or "")
        found = check(basis, library, as_of)
        if row.get("核对") == "核对" and (len(found) != 1 or found[0].verdict != "verified"):
            problems.append(f"{where}：依据“{basis}”核对不到一条施行中的条文")
        if len(problems) > before:
            continue
        plain = {_CIRCUMSTANCE[key]: value for key, value in row.items() if key in _CIRCUMSTANCE}
        try:
            held.append(Circumstance.model_validate({**plain, "when": condition}))
        except ValidationError as error:
            names = {field: name for name, field in _CIRCUMSTANCE.items()}
            problems += [f"{where}：“{names.get(str(e['loc'][0]), e['loc'][0])}”缺少或者不对" for e in error.errors()]
    return held


def _rows(file: Path, key: str, problems: list[str]) -> list[tuple[str, Any]]:
    if not file.is_file():
        return []
    marked = MarkedYaml(file)
    problems += marked.faults
    return [(marked.where((key, at)), row) for at, row in marked.entries(key)]


def _read(
    kind: type[Threshold] | type[RangeMethod], names: dict[str, str], where: str, row: Any, problems: list[str]
) -> tuple[str, Threshold | RangeMethod | None]:
    if not isinstance(row, dict):
        problems.append(f"{where}：应为键值对")
        return where, None
    problems += [f"{where}：不认识的键“{key}”，可用的有{'、'.join(names)}" for key in row if key not in names]
    try:
        return where, kind.model_validate({names[key]: value for key, value in row.items() if key in names})
    except ValidationError as error:
        chinese = {field: name for name, field in names.items()}
        for one in error.errors():
            problems.append(f"{where}：“{chinese.get(str(one['loc'][0]), one['loc'][0])}”缺少或者不对")
        return where, None


def _faults(threshold: Threshold, library: Library, as_of: dt.date) -> list[str]:
    """A basis that does not hold, a number that nobody is named for, a number that its article does not say."""
    known = [v for v in (threshold.citizen, threshold.organisation) if v is not None]
    found = check(threshold.basis, library, as_of)
    if len(found) != 1 or found[0].verdict != "verified" or found[0].article_id is None:
        return [f"依据“{threshold.basis}”核对不到一条施行中的条文"]
    if threshold.checked == "待确认":
        return ["待确认的门槛不能写数额；数额有了来源再写"] if known else []
    if len(known) != 2:
        return ["核对或者待核的门槛，公民和组织的数额都要写"]
    article = library.get(found[0].article_id)
    assert article is not None
    says = [v for v in known if f"{to_chinese(int(v))}元" not in article.text]
    if threshold.checked == "核对" and says and "条文" in threshold.source:
        return [f"依据的条文里没有“{to_chinese(int(says[0]))}元”"]
    return []
