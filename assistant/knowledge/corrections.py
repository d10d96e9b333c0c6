"""What people found out about the laws: corrections of validity, and customary names. Both are YAML."""

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Any

from assistant.errors import KnowledgeError
from assistant.knowledge.marked import MarkedYaml
from assistant.law.validity import Correction
from assistant.numerals import article_number

_REQUIRED = {"法律": str, "文本": dt.date, "理由": str, "依据": str, "核对人": str, "核对日": dt.date}
_OPTIONAL = {
    "施行": dt.date,
    "最初施行": dt.date,
    "最后有效日": dt.date,
    "终止": str,
    "终止依据": str,
    "待核": bool,
    "条文": list,
    "条文失效": dt.date,
}
_SAYS = {str: "一段文字", dt.date: "形如 2026-01-01 的日期", bool: "是或否（true/false）", list: "一个列表"}


def read_corrections(file: Path) -> list[Correction]:
    """The corrections of a file. KnowledgeError with every problem of it, each with file and line."""
    marked = MarkedYaml(file)
    problems = list(marked.faults)
    problems += _foreign(marked, {"说明", "更正"})
    if isinstance(marked.value, dict) and not isinstance(marked.value.get("更正"), list):
        problems.append(f"{marked.where(('更正',))}：“更正”应当是一个列表")
    corrections: dict[tuple[str, dt.date], Correction] = {}
    for at, entry in marked.entries("更正"):
        path = ("更正", at)
        found = _problems(marked, path, entry)
        problems += found
        if found:
            continue
        correction = Correction(
            law=entry["法律"],
            passed=entry["文本"],
            reason=entry["理由"],
            basis=entry["依据"],
            checked_by=entry["核对人"],
            checked_on=entry["核对日"],
            start=entry.get("施行"),
            first_commenced=entry.get("最初施行"),
            last_day=entry.get("最后有效日"),
            end=entry.get("终止"),
            ended_by=entry.get("终止依据"),
            doubtful=entry.get("待核"),
            stale_articles=tuple(entry.get("条文", ())),
            stale_from=entry.get("条文失效"),
            where=marked.where(path),
        )
        key = (correction.law, correction.passed)
        if key in corrections:
            problems.append(f"{correction.where}：与 {corrections[key].where} 更正同一文本，请合并为一条")
        corrections[key] = correction
    if problems:
        raise KnowledgeError(str(file), "\n".join(problems), "逐条改正后重新加载")
    return list(corrections.values())


def _foreign(marked: MarkedYaml, known: Collection[str]) -> list[str]:
    if not isinstance(marked.value, dict):
        return [f"{marked.where(())}：应当是键值对，最外层的键是{'、'.join(sorted(known))}"]
    return [f"{marked.where((key,))}：不认识的键“{key}”" for key in marked.value if key not in known]


def _problems(marked: MarkedYaml, path: tuple[object, ...], entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return [f"{marked.where(path)}：每条更正应当是键值对"]
    found = [f"{marked.where(path)}：缺少“{key}”" for key in _REQUIRED if entry.get(key) in (None, "")]
    for key, value in entry.items():
        kind = _REQUIRED.get(key) or _OPTIONAL.get(key)
        place = marked.where((*path, key))
        if kind is None:
            found.append(f"{place}：不认识的键“{key}”")
        elif value is not None and not isinstance(value, kind):
            found.append(f"{place}：“{key}”应当是{_SAYS[kind]}")
    if found:
        return found
    if not set(entry) & {"施行", "最初施行", "最后有效日", "待核", "条文"}:
        found.append(f"{marked.where(path)}：没有写更正什么（施行、最初施行、最后有效日、待核、条文至少一项）")
    if ("最后有效日" in entry) != ("终止" in entry) or entry.get("终止") not in (None, "已废止", "已修改"):
        found.append(f"{marked.where(path)}：“最后有效日”与“终止”应当同时写，“终止”只能是已废止或已修改")
    if ("条文" in entry) != ("条文失效" in entry):
        found.append(f"{marked.where(path)}：“条文”与“条文失效”应当同时写")
    for number in entry.get("条文", ()):
        if not isinstance(number, str) or article_number(number) != number:
            found.append(f"{marked.where((*path, '条文'))}：“{number}”不是条号，应当写作第一百六十五条")
    if entry.get("施行") and entry.get("最后有效日") and entry["最后有效日"] < entry["施行"]:
        found.append(f"{marked.where(path)}：“最后有效日”早于“施行”")
    return found


def read_aliases(file: Path) -> dict[str, str]:
    """Customary names and the full titles they mean. KnowledgeError when one name means two, with file and line."""
    marked = MarkedYaml(file)
    problems = list(marked.faults) + _foreign(marked, {"说明", "简称"})
    aliases: dict[str, str] = {}
    table = marked.value.get("简称") if isinstance(marked.value, dict) else {}
    if not isinstance(table, dict):
        problems.append(f"{marked.where(('简称',))}：“简称”下面应当是“法律全称: [简称, …]”")
        table = {}
    for title, names in table.items():
        if not isinstance(names, list) or not all(isinstance(n, str) and n for n in names):
            problems.append(f"{marked.where(('简称', title))}：“{title}”后面应当是简称的列表")
            continue
        for name in names:
            if aliases.get(name, title) != title:
                problems.append(f"{marked.where(('简称', title))}：“{name}”已是《{aliases[name]}》的简称")
            aliases[name] = title
    if problems:
        raise KnowledgeError(str(file), "\n".join(problems), "逐条改正后重新加载")
    return aliases
