"""Kinds of records as `knowledge_base/records/` declares them: taken whole, or refused with every problem."""

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from assistant.errors import KnowledgeError
from assistant.schema.records import ColumnType
from assistant.stats.reading import Entry, Problems, known_keys, read_yaml

DEPARTMENT = "部门"
SAMPLE = "示例"

_KIND = frozenset(["种类", "说明", "来自", "编号", "日期", "在册", "识别", "列"])
_COLUMN = frozenset(["名称", "类型", "表头", "必填", "选项", "未列", "可在将来"])
_OTHER_FILES = frozenset(["部门.yaml", "考核.yaml"])


@dataclass(frozen=True)
class Column:
    """One column of a kind: how it is called in sheets, and what may stand in it."""

    name: str
    type: ColumnType
    headers: tuple[str, ...]
    required: bool = False
    choices: dict[str, tuple[str, ...]] | None = None
    open: bool = False
    """Whether a value beside the choices is kept as it is."""
    future: bool = False

    @property
    def several(self) -> bool:
        return self.type in ("多个编号", "多个名称")

    @property
    def personal(self) -> bool:
        """Whether names or certificate numbers of people may stand in it."""
        return self.type in ("名称", "多个名称", "多个编号") or self.name == "证号"


@dataclass(frozen=True)
class Register:
    """How it is told who is on a register on a day."""

    since: str | None
    until: str | None
    state: tuple[str, str] | None
    """The column that tells it where there is no day of leaving, and its value for those on it."""


@dataclass(frozen=True)
class Kind:
    """One kind of record: a row is one inspection, one penalty, one officer."""

    name: str
    description: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    day: str | None
    """The column whose date puts a row into a period; None for a register."""
    register: Register | None
    marks: tuple[str, ...]
    """Words in headers or the sheet's name that tell this kind from the others."""
    where: str
    fed_by: str | None = None
    """The part of the product whose own rows these are; such a kind is not imported from sheets."""

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)


def read_kinds(folder: Path) -> dict[str, Kind]:
    """Every kind of the folder, by name. KnowledgeError with all problems, each with file and line."""
    if not folder.is_dir():
        raise KnowledgeError(str(folder), "没有明细种类的文件夹", "检查 KNOWLEDGE_DIR 指向的知识库是否完整")
    problems = Problems()
    kinds: dict[str, Kind] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in _OTHER_FILES:
            continue
        kind = _kind(read_yaml(path, problems), problems)
        if kind is not None and kind.name in kinds:
            problems.add(kind.where, f"种类“{kind.name}”已在 {kinds[kind.name].where} 定义")
        elif kind is not None:
            kinds[kind.name] = kind
    problems.refuse(folder)
    return kinds


def _kind(entry: Entry, problems: Problems) -> Kind | None:
    if not known_keys(entry, _KIND, ("种类", "说明", "列"), "明细种类", problems):
        return None
    columns = tuple(c for e in entry.entries("列") if (c := _column(e, problems)))
    names = [c.name for c in columns]
    for name in {n for n in names if names.count(n) > 1}:
        problems.add(entry.where, f"列“{name}”重复")
    day = entry.text("日期")
    registers = entry.entries("在册")
    register = None
    if registers and known_keys(registers[0], frozenset(["起", "止", "状态"]), (), "在册", problems):
        told = next(iter(registers[0].entries("状态")), None)
        state = next(((name, str(told.text(name))) for name in told.values), None) if told else None
        register = Register(registers[0].text("起"), registers[0].text("止"), state)
    identity = entry.texts("编号")
    dates = [day] if day else []
    dates += [name for name in ((register.since, register.until) if register else ()) if name]
    state_column = [register.state[0]] if register and register.state else []
    for name in (*identity, *dates, *state_column):
        if name not in names:
            problems.add(entry.where, f"“{name}”不在这个种类的列里")
    for name in dates:
        if any(c.name == name and c.type != "日期" for c in columns):
            problems.add(entry.where, f"“{name}”应是日期列")
    if SAMPLE not in names:
        problems.add(entry.where, f"缺“{SAMPLE}”列（类型：是否），示例数据要靠它标明")
    return Kind(
        str(entry.text("种类")), str(entry.text("说明")), columns, identity, day, register, entry.texts("识别"),
        entry.where, entry.text("来自"),
    )  # fmt: skip


def _column(entry: Entry, problems: Problems) -> Column | None:
    if not known_keys(entry, _COLUMN, ("名称", "类型", "表头"), "列", problems):
        return None
    name, type_ = str(entry.text("名称")), str(entry.text("类型"))
    if type_ not in get_args(ColumnType):
        problems.add(entry.where, f"列类型“{type_}”不认识（可用：{'、'.join(get_args(ColumnType))}）")
        return None
    choices = None
    if type_ == "选项":
        told = entry.entries("选项")
        if not told:
            problems.add(entry.where, f"选项列“{name}”没有写“选项”")
            return None
        choices = {value: told[0].texts(value) for value in told[0].values}
    left = entry.text("未列") or "退回"
    if left not in ("退回", "照收"):
        problems.add(entry.where, f"列“{name}”的未列应写 退回 或 照收")
    return Column(
        name=name,
        type=type_,  # type: ignore[arg-type]  # checked just above
        headers=tuple(dict.fromkeys([name, *entry.texts("表头")])),
        required=entry.text("必填") == "是",
        choices=choices,
        open=left == "照收",
        future=entry.text("可在将来") == "是",
    )
