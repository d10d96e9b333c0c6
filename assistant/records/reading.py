"""A file read for one kind: which sheets, which columns, and each row as values ready to be kept, or turned back."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.masking import mask
from assistant.records.cells import CellError, Parser, parser, plain
from assistant.records.departments import Departments
from assistant.records.headers import Header, find_headers, header_key
from assistant.records.kinds import SAMPLE, Column, Kind
from assistant.records.mapping import LEFT_OUT, Mapping
from assistant.records.sheets import UNCALCULATED, Sheet, SheetFile
from assistant.schema.records import RowProblem, SheetMatch

_TOTALS = re.compile(
    r"^(?:合计|总计|小计|共计|总数|累计|平均|备注|说明|填表人|制表人|制表|审核人?|注)(?:[:：\s].*|\d.*)?$"
)
_ERRORS = frozenset(["#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#N/A", "#SPILL!", "#CALC!"])
_SHOWN = 40


@dataclass(frozen=True)
class Plan:
    """What of a file is read, and how."""

    kind: Kind
    sheets: tuple[tuple[Sheet, Header], ...]
    mapping: Mapping | None
    notes: tuple[str, ...]
    since_1904: bool
    of_several: bool = False
    """Whether the file has other sheets."""

    @property
    def matches(self) -> tuple[SheetMatch, ...]:
        return tuple(header.match(sheet.name) for sheet, header in self.sheets)


@dataclass(frozen=True)
class ReadRow:
    """One row: its staged values by the columns of the kind, or what is wrong with it."""

    sheet: str
    line: int
    values: tuple[str | None, ...] = ()
    problem: RowProblem | None = None


def plan_reading(
    file: SheetFile,
    kinds: dict[str, Kind],
    mappings: Sequence[Mapping],
    *,
    kind: str | None = None,
    sheet: str | None = None,
    mapping: Mapping | None = None,
    called: str,
) -> Plan:
    """The sheets that hold records and the kind they are of: as said, else as their headers tell. InputError when not.

    `called` is the file's name for a person. All sheets with the columns of the same kind are read: a workbook with
    a sheet a month is one file.
    """
    if kind is not None and kind not in kinds:
        raise InputError("kind", f"没有“{kind}”这个种类", f"可用：{'、'.join(kinds)}")
    sheet = sheet or (mapping.sheet if mapping else None)
    if sheet is not None and sheet not in {s.name for s in file.sheets}:
        raise InputError("sheet", f"没有“{sheet}”这张工作表", f"文件里有：{'、'.join(s.name for s in file.sheets)}")
    wanted = [k for k in kinds.values() if kind in (None, k.name)]
    looked = [s for s in file.sheets if sheet in (None, s.name)]
    found = [(s, _header(s, wanted, mappings, mapping, called)) for s in looked]
    whole = [(s, h) for s, h in found if h is not None and not h.missing]
    if not whole:
        raise _refusal(called, found, kinds, kind)
    best = max(whole, key=lambda sh: (not sh[0].hidden, sh[1].score))[1].kind
    chosen = tuple((s, h) for s, h in whole if h.kind == best and not (s.hidden and sheet is None))
    chosen = chosen or tuple((s, h) for s, h in whole if h.kind == best)
    if kind is None and mapping is None:
        _unambiguous(chosen[0], kinds, called)
    notes = list(file.notes)
    if len(file.sheets) > 1:
        notes.append(f"读的工作表：{'、'.join(s.name for s, _ in chosen)}")
        left = [
            s.name + ("（隐藏）" if s.hidden else "") for s in file.sheets if s.name not in {c.name for c, _ in chosen}
        ]
        if left:
            notes.append(f"没有读的工作表：{'、'.join(left)}（表头不是“{best.name}”的列）")
    used = mapping or next((m for m in mappings if m.kind == best.name and _fits(m, chosen[0][1])), None)
    if used is not None and used.where:
        notes.append(f"用了映射：{used.where.rsplit('/', 1)[-1]}")
    return Plan(best, chosen, used, tuple(notes), file.since_1904, len(file.sheets) > 1)


def _header(
    sheet: Sheet, kinds: Sequence[Kind], mappings: Sequence[Mapping], mapping: Mapping | None, called: str
) -> Header | None:
    if mapping is None:
        for held in mappings:
            mapped = find_headers(sheet, kinds, held, called)
            if mapped and not mapped[0].missing and _fits(held, mapped[0]):
                return mapped[0]
    return next(iter(find_headers(sheet, kinds, mapping, called)), None)


def _fits(mapping: Mapping, header: Header) -> bool:
    """Whether every header that a mapping names stands in the sheet."""
    named = {header_key(h) for c, h in mapping.columns.items() if h != LEFT_OUT}
    held = {header_key(p.header) for p in header.placed if p.how == "映射"}
    return bool(named) and named <= held


def _refusal(
    called: str, found: Sequence[tuple[Sheet, Header | None]], kinds: dict[str, Kind], kind: str | None
) -> InputError:
    told = []
    for sheet, header in found:
        if header is None:
            told.append(f"“{sheet.name}”前40行里没有找到表头")
        else:
            lacking = "、".join(c.name for c in header.missing)
            texts = "、".join(t for t in header.texts if t)[:200]
            told.append(f"“{sheet.name}”像是{header.kind.name}，但缺必填的列：{lacking}；现有表头：{texts}")
    what = f"“{kind}”" if kind else "、".join(kinds)
    return InputError(
        called,
        f"认不出可以导入的表（{what}）。" + "；".join(told),
        "表头叫法不同的，写一个映射文件用 --mapping 指定（页面上选对应的列）；选错了工作表的，用 --sheet 指定",
    )


def _unambiguous(chosen: tuple[Sheet, Header], kinds: dict[str, Kind], called: str) -> None:
    """Refuse to guess where two kinds explain a sheet equally well, or where nothing in it names a kind."""
    sheet, best = chosen
    whole = [h for h in find_headers(sheet, kinds.values(), None, called) if not h.missing]
    rivals = [h.kind.name for h in whole if h.kind != best.kind and h.score >= best.score]
    if rivals:
        raise InputError(
            called, f"看不出是“{best.kind.name}”还是“{'”“'.join(rivals)}”", "用 --kind 指定种类（页面上选一个）"
        )


def read_rows(plan: Plan, departments: Departments, today: dt.date) -> Iterator[ReadRow]:
    """Every row below the header of every sheet of the plan, in order; empty lines are left out."""
    for sheet, header in plan.sheets:
        yield from _SheetReader(plan, sheet, header, departments, today).rows()


class _SheetReader:
    """Reads the rows of one sheet."""

    def __init__(self, plan: Plan, sheet: Sheet, header: Header, departments: Departments, today: dt.date) -> None:
        self._plan = plan
        self._sheet = sheet
        self._below = header.rows[-1]
        values = plan.mapping.values if plan.mapping else {}
        by_name = {p.column.name: p for p in header.placed}
        self._readers: list[tuple[Column, int, Parser, dict[str, str]] | None] = []
        for column in plan.kind.columns:
            placed = by_name.get(column.name)
            if placed is None:
                self._readers.append(None)
                continue
            told = {header_key(k): v for k, v in values.get(column.name, {}).items()}
            read = parser(column, today, ten_thousands=placed.ten_thousands, named=departments.named)
            if column.type == "日期" and plan.since_1904:
                read = _shifted(read)
            self._readers.append((column, placed.at, read, told))
        self._places = [p.at for p in header.placed]
        self._fills = _down(sheet, self._below, set(self._places))
        self._required = [i for i, c in enumerate(plan.kind.columns) if c.required]
        self._title = {p.at: header_key(p.header) for p in header.placed}

    def rows(self) -> Iterator[ReadRow]:
        for line, cells in self._sheet.rows():
            if line <= self._below:
                continue
            if self._fills:
                cells = self._filled(line, cells)
            held = [cells[at] for at in self._places if at < len(cells) and cells[at] not in (None, "")]
            if not held:
                if any(plain(c) for c in cells):
                    yield self._bad(line, None, None, "要导入的各列都是空的")
                continue
            yield self._read(line, cells, held)

    def _read(self, line: int, cells: tuple[object, ...], held: list[object]) -> ReadRow:
        first = next((plain(c) for c in cells if plain(c)), "")
        if len(held) <= max(2, len(self._places) // 2) and _TOTALS.match(first):
            return self._bad(line, None, first, "像是合计、说明之类的行，不是记录")
        if all(
            plain(cells[at]) and header_key(plain(cells[at])) == key
            for at, key in self._title.items()
            if at < len(cells)
        ):
            return self._bad(line, None, first, "是重复的表头，不是记录")
        values: list[str | None] = []
        for reader in self._readers:
            if reader is None:
                values.append(None)
                continue
            column, at, read, told = reader
            cell = cells[at] if at < len(cells) else None
            try:
                values.append(self._value(cell, read, told))
            except CellError as error:
                return self._bad(line, column, cell, str(error))
        for i in self._required:
            if values[i] is None:
                return self._bad(line, self._plan.kind.columns[i], None, "必填，却是空的")
        return ReadRow(self._sheet.name, line, tuple(values))

    @staticmethod
    def _value(cell: object, read: Parser, told: dict[str, str]) -> str | None:
        if cell is None or cell == "":
            return None
        if cell is UNCALCULATED:
            raise CellError("是公式，文件里没有存计算结果；请用 Excel 打开、保存一次再导入")
        if isinstance(cell, str):
            if cell.strip() in _ERRORS:
                raise CellError(f"公式出错（{cell.strip()}）")
            if len(cell) > 4_000:
                raise CellError("一格超过4000字")
            if told:
                cell = told.get(header_key(cell), cell)
        return read(cell)

    def _bad(self, line: int, column: Column | None, cell: object, problem: str) -> ReadRow:
        value = None if cell is None else plain(cell) if cell is not UNCALCULATED else None
        if value is not None and column is not None and column.personal:
            value = None
        return ReadRow(
            self._sheet.name, line,
            problem=RowProblem(
                sheet=self._sheet.name, line=line, column=column.name if column else None,
                value=mask(value[:_SHOWN]).text if value else None, problem=problem,
            ),
        )  # fmt: skip

    def _filled(self, line: int, cells: tuple[object, ...]) -> tuple[object, ...]:
        now = list(cells)
        for fill in self._fills:
            now.extend([None] * (fill.at + 1 - len(now)))
            now[fill.at] = fill.at_line(line, now[fill.at])
        return tuple(now)


class _Fill:
    """Merged cells of the body, in one column: what stands in the first row of one holds for all of its rows."""

    def __init__(self, at: int, spans: list[tuple[int, int]]) -> None:
        self.at = at
        self._spans = iter(sorted(spans))
        self._top, self._bottom = next(self._spans)
        self._held: object = None

    def at_line(self, line: int, value: object) -> object:
        while line > self._bottom:
            span = next(self._spans, None)
            if span is None:
                return value
            self._top, self._bottom = span
        if line == self._top:
            self._held = value
        return self._held if self._top < line <= self._bottom else value


def _down(sheet: Sheet, below: int, places: set[int]) -> list[_Fill]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom, right in sheet.merged:
        if top > below and bottom > top and left == right and left - 1 in places:
            spans.setdefault(left - 1, []).append((top, bottom))
    return [_Fill(at, held) for at, held in spans.items()]


def _shifted(read: Parser) -> Callable[[object], str | None]:
    def from_1904(cell: object) -> str | None:
        number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        return read(cell + 1462 if number else cell)  # type: ignore[operator]

    return from_1904


def is_sample(kind: Kind, values: Sequence[str | None]) -> bool:
    """Whether a row says that it is 示例."""
    return values[next(i for i, c in enumerate(kind.columns) if c.name == SAMPLE)] == "true"
