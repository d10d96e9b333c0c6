"""The rows behind a number: page by page on the screen, whole in a workbook, personal names masked in both."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.errors import InputError
from assistant.records.counting import Counting
from assistant.records.heeding import SAMPLE_FLAG
from assistant.records.kinds import SAMPLE, Column
from assistant.records.personal import hidden
from assistant.records.store import RecordStore, quoted
from assistant.records.telling import counted, label
from assistant.records.ways import Way
from assistant.schema.records import RecordImport, RowPage
from assistant.schema.rows import RecordPeriod

PAGE = 50
"""Rows a page."""
MOST = 100_000
"""Rows a workbook takes; for more, a shorter period or one department."""


def page(counting: Counting, metric: str, department: str | None, period: RecordPeriod, at: int) -> RowPage:
    """One page of the rows a counted metric counts, latest first. InputError for a metric that is computed."""
    way, columns = _asked(counting, metric)
    number = counting.count(metric, period, department)
    leaf = number.leaves[0]
    pages = max(1, -(-leaf.rows // PAGE))
    if not 1 <= at <= pages:
        raise InputError("page", f"没有第{at}页", f"共{pages}页")
    rows = _rows(counting, metric, way, columns, department, period, PAGE, (at - 1) * PAGE)
    return RowPage(
        filter=counting.filter(leaf, period, department),
        text=f"{label(counting, metric, department)}：{counted(counting, leaf, period, department)}",
        columns=_titles(way, columns),
        rows=tuple(rows),
        page=at,
        pages=pages,
        flags=(SAMPLE_FLAG,) if counting.sample(metric) else (),
    )


def workbook(counting: Counting, metric: str, department: str | None, period: RecordPeriod) -> bytes:
    """All the rows of a number as an .xlsx. InputError for too many."""
    from openpyxl import Workbook

    way, columns = _asked(counting, metric)
    leaf = counting.count(metric, period, department).leaves[0]
    if leaf.rows > MOST:
        raise InputError("rows", f"共{leaf.rows:,}行，超过{MOST:,}行", "请缩短时段，或只选一个部门")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    sheet.append([f"{label(counting, metric, department)}：{counted(counting, leaf, period, department)}"])
    if counting.sample(metric):
        sheet.append([SAMPLE_FLAG.text])
    sheet.append(list(_titles(way, columns)))
    for row in _rows(counting, metric, way, columns, department, period, MOST, 0):
        sheet.append([_literal(sheet, cell) for cell in row])
    return _saved(book)


def import_workbook(store: RecordStore, made: RecordImport) -> bytes:
    """What an import turned back and what it changed, as an .xlsx to mend the file by."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    bad = book.create_sheet("退回的行")
    bad.append(["工作表", "行", "列", "内容", "原因"])
    folder = store.folder
    kind = store.kinds[made.kind]
    if (folder / f"rejected-{made.id}.parquet").is_file():
        rows = store.ask(
            f"SELECT _sheet, _line, _column, _value, _problem FROM {store.source(f'rejected-{made.id}.parquet')} "
            f"ORDER BY _seq LIMIT {MOST}"
        )
        for row in rows:
            bad.append([_literal(bad, cell) for cell in row])
    changed = book.create_sheet("更新的行")
    changed.append(["行", "编号", "列", "原来", "现在"])
    if (folder / f"changed-{made.id}.parquet").is_file():
        by_name = {c.name: c for c in kind.columns}
        for line, key, name, before, after in store.ask(
            f"SELECT _line, _id, _column, _before, _after FROM {store.source(f'changed-{made.id}.parquet')} "
            f"ORDER BY _seq LIMIT {MOST}"
        ):
            column = by_name[str(name)]
            shown = [line, str(key), name, hidden(column, before), hidden(column, after)]
            changed.append([_literal(changed, cell) for cell in shown])
    return _saved(book)


def _asked(counting: Counting, metric: str) -> tuple[Way, tuple[Column, ...]]:
    if metric not in counting.ways:
        leaves = counting.leaves(metric)
        remedy = f"看它的组成：{'、'.join(leaves)}" if leaves else ""
        raise InputError("metric", f"“{metric}”不是直接数出来的数，没有它自己的行", remedy)
    way = counting.way(metric)
    if isinstance(way, str):
        raise InputError("metric", way, "先导入这种明细")
    held = counting.held(way.kinds)
    columns: dict[str, Column] = {}
    for kind in held:
        for column in counting.snapshot.store.kinds[kind].columns:
            if column.name != SAMPLE and counting.snapshot.holds(kind, column.name):
                columns.setdefault(column.name, column)
    return way, tuple(columns.values())


def _titles(way: Way, columns: Sequence[Column]) -> tuple[str, ...]:
    kind = ("种类",) if len(way.kinds) > 1 else ()
    return (*kind, *(c.name for c in columns), "出处")


def _rows(
    counting: Counting, metric: str, way: Way, columns: Sequence[Column], department: str | None,
    period: RecordPeriod, most: int, skip: int,
) -> Iterator[tuple[str | None, ...]]:  # fmt: skip
    sql, values = counting.rows(metric, way, period, department)
    names = ", ".join(["_kind", "_import", "_sheet", "_line", *(quoted(c.name) for c in columns)])
    found: list[tuple[Any, ...]] = counting.snapshot.store.ask(
        f"SELECT {names} FROM {sql} ORDER BY _day DESC NULLS LAST, _id LIMIT {most} OFFSET {skip}", values
    )
    files = {i.id: i.file for i in counting.snapshot.state.imports}
    for kind, key, sheet, line, *cells in found:
        shown = tuple(hidden(c, v) for c, v in zip(columns, cells, strict=True))
        place = f"《{files.get(key, key)}》{sheet}第{line}行"
        yield (*((kind,) if len(way.kinds) > 1 else ()), *shown, place)


def _literal(sheet: object, value: object) -> object:
    """A cell whose text is no formula, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str) or not value.startswith(("=", "+", "-", "@")):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
