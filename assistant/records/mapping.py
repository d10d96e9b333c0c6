"""Column mappings that an official writes: which header of a sheet is which column, and what its values mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from assistant.errors import InputError
from assistant.records.kinds import Kind
from assistant.stats.reading import Problems, known_keys, read_yaml

LEFT_OUT = "不导入"
_KEYS = frozenset(["种类", "工作表", "列", "值"])


@dataclass(frozen=True)
class Mapping:
    """What an official says of a sheet. What is left unsaid is guessed from the headers."""

    kind: str | None = None
    sheet: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    """Column of the kind → header in the sheet, or 不导入."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """Column → what a sheet writes → what it means."""
    where: str = ""


def read_mapping(path: Path, kinds: dict[str, Kind]) -> Mapping:
    """One mapping file. InputError with all problems."""
    if not path.is_file():
        raise InputError(str(path), "没有这个映射文件", "写成 --mapping 映射.yaml 的路径")
    problems = Problems()
    entry = read_yaml(path, problems)
    known_keys(entry, _KEYS, ("种类",), "映射", problems)
    kind = entry.text("种类")
    held = kinds.get(kind or "")
    if kind is not None and held is None:
        problems.add(entry.where, f"种类“{kind}”不认识（可用：{'、'.join(kinds)}）")
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for told in entry.entries("列"):
        columns = {name: str(told.text(name) or LEFT_OUT) for name in told.values}
    for told in entry.entries("值"):
        for name in told.values:
            inner = told.entries(name)
            values[name] = {k: str(inner[0].text(k)) for k in inner[0].values} if inner else {}
    for name in {*columns, *values} if held else ():
        if held is not None and held.column(name) is None:
            problems.add(entry.where, f"“{kind}”没有“{name}”这一列（可用：{'、'.join(c.name for c in held.columns)}）")
    if problems.found:
        listed = "\n".join(problems.found)
        raise InputError(str(path), f"映射有{len(problems.found)}处问题：\n{listed}", "请改正后再导入")
    return Mapping(kind, entry.text("工作表"), columns, values, str(path))


def read_mappings(folder: Path, kinds: dict[str, Kind]) -> tuple[Mapping, ...]:
    """All mappings of a folder, which may be absent."""
    return tuple(read_mapping(path, kinds) for path in sorted(folder.glob("*.yaml"))) if folder.is_dir() else ()


def write_mapping(kind: str, sheet: str | None, columns: Iterable[tuple[str, str | None]]) -> str:
    """YAML of a mapping as it was understood, to be saved and edited; what was not found is left to fill in."""
    lines = [
        "# 映射：左边是库里的列，右边是表里的表头；不要的写“不导入”。改好后存进 COUNSEL_HOME/records/mappings/",
        f"种类: {kind}",
    ]
    if sheet is not None:
        lines.append(f"工作表: {_scalar(sheet)}")
    lines.append("列:")
    for column, header in columns:
        lines.append(f"  {column}: {_scalar(header)}" if header else f"  # {column}: （表里没有找到，请填表头）")
    lines.append("# 值: {部门: {表里的写法: 部门名称}}")
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, default_flow_style=True, width=10_000).removesuffix("...\n").strip()
