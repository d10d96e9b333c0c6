"""YAML with its line numbers: every problem of a file is told with the line it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from assistant.errors import KnowledgeError

_LISTS = frozenset(["同义", "泛称", "每", "语境", "连带", "另法", "只限", "波及", "无数据范围"])
"""Keys that hold a list of words or formulas; a single word is written as a list of one."""


_ESCAPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass
class Problems:
    """What is wrong with the metric files, gathered so that all of it is told at once."""

    found: list[str] = field(default_factory=list)

    def add(self, where: str, problem: str) -> None:
        self.found.append(f"{where} {problem}")

    def refuse(self, folder: Path) -> None:
        """Raise KnowledgeError with everything found, if anything was."""
        if self.found:
            listed = "\n".join(f"{i}. {text}" for i, text in enumerate(self.found, 1))
            raise KnowledgeError(
                str(folder), f"指标数据有{len(self.found)}处问题：\n{listed}", "请按所列文件和行号改正后重新载入"
            )


@dataclass(frozen=True)
class Entry:
    """One mapping of a file: its values by key, and where it stands (`file:line`)."""

    values: dict[str, object]
    where: str

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        return None if value is None else str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    def entries(self, key: str) -> tuple["Entry", ...]:
        value = self.values.get(key)
        items = value if isinstance(value, list) else [value]
        return tuple(item for item in items if isinstance(item, Entry))


def read_yaml(path: Path, problems: Problems) -> Entry:
    """The mapping a file holds; scalars keep their text (`77.15`, `2024-12-23`), nested mappings are entries."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        problems.add(f"{path.name}{line}", "不是有效的 UTF-8 YAML 文件（检查缩进、引号和冒号后的空格）")
        return Entry({}, path.name)
    if node is None:
        return Entry({}, path.name)
    value = _value(node, path.name, problems)
    if isinstance(value, Entry):
        return value
    problems.add(f"{path.name}:1", "最外层应当是“范围、指标、来源、数据、核对”这些键")
    return Entry({}, path.name)


def _value(node: yaml.Node, file: str, problems: Problems) -> object:
    if isinstance(node, yaml.MappingNode):
        values: dict[str, object] = {}
        for key, child in node.value:
            name = str(_value(key, file, problems) or "")
            if name in values:
                problems.add(f"{file}:{key.start_mark.line + 1}", f"键“{name}”重复")
            values[name] = _value(child, file, problems)
        return Entry(values, f"{file}:{node.start_mark.line + 1}")
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, file, problems) for child in node.value]
    text = str(node.value)
    if _ESCAPED.search(text):
        problems.add(f"{file}:{node.start_mark.line + 1}", "文字里有控制字符或残缺字符（多半是反斜杠写成的），请删去")
    return None if node.tag == "tag:yaml.org,2002:null" else text


def known_keys(entry: Entry, allowed: frozenset[str], required: Iterator[str] | tuple[str, ...], what: str,
               problems: Problems) -> bool:  # fmt: skip
    """Whether the entry has the keys it must have and no others; each fault is told."""
    for key in sorted(set(entry.values) & _LISTS):
        if not isinstance(entry.values[key], list | None):
            problems.add(entry.where, f"{what}的“{key}”要写成列表：{key}: [{entry.text(key)}]")
    unknown = sorted(set(entry.values) - allowed)
    missing = [key for key in required if entry.values.get(key) is None]
    for key in unknown:
        problems.add(entry.where, f"{what}有不认识的键“{key}”（可用：{'、'.join(sorted(allowed))}）")
    for key in missing:
        problems.add(entry.where, f"{what}缺“{key}”")
    return not unknown and not missing
