"""The office's own records: what is imported, what became of it, and the rows behind a number."""

import datetime as dt
from typing import Literal

from assistant.schema.figures import Flag
from assistant.schema.noun import Noun
from assistant.schema.rows import RowFilter

ColumnType = Literal[
    "文字", "名称", "部门", "日期", "金额", "整数", "是否", "选项", "编号", "多个编号", "多个名称"
]  # fmt: skip


class ColumnMatch(Noun):
    """A column of a kind, and the header it was found under. `header` None: the sheet has none like it."""

    column: str
    type: ColumnType
    required: bool
    header: str | None = None
    letter: str | None = None  # as the spreadsheet names it: A, B, AA
    how: Literal["映射", "同名", "相近", "没有"] = "没有"


class SheetMatch(Noun):
    """A sheet that is read: where its header stands, and how its columns were understood."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnMatch, ...]
    unused: tuple[str, ...] = ()  # headers that are not imported


class RowProblem(Noun):
    """A row that was turned back: where, and why. `value` is what stands there, personal data masked."""

    sheet: str
    line: int
    column: str | None = None
    value: str | None = None
    problem: str


class RowChange(Noun):
    """One column of a row that is held already and came with another value."""

    line: int
    id: str
    column: str
    before: str | None = None
    after: str | None = None


class ImportCounts(Noun):
    """read = new + same + changed + rejected; an empty line is no row."""

    read: int = 0
    new: int = 0
    same: int = 0
    changed: int = 0
    rejected: int = 0


class RecordImport(Noun):
    """One file brought in (or, in a preview, what would become of it)."""

    id: str
    at: dt.datetime
    who: str | None = None
    file: str
    digest: str
    kind: str
    sheets: tuple[SheetMatch, ...]
    counts: ImportCounts
    sample: int = 0  # rows marked 示例
    first: dt.date | None = None  # earliest and latest day among its rows
    last: dt.date | None = None
    notes: tuple[str, ...] = ()
    undone: bool = False


class ImportPreview(Noun):
    """What an import would do. Nothing is kept; `mapping` is YAML that can be saved, edited and given back."""

    would_be: RecordImport
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    problems: tuple[RowProblem, ...]
    changes: tuple[RowChange, ...]
    mapping: str


class ImportReport(Noun):
    """What an import did; the first problems and changes, all of them by `/stats/imports/{id}.xlsx`."""

    done: RecordImport
    problems: tuple[RowProblem, ...]
    changes: tuple[RowChange, ...]


class RecordHolding(Noun):
    """What is held of one kind."""

    kind: str
    description: str
    rows: int
    sample: int
    first: dt.date | None = None
    last: dt.date | None = None
    departments: int = 0


class RecordOverview(Noun):
    """All that is held of records: kinds, imports (latest first), what can be ranked and asked."""

    holdings: tuple[RecordHolding, ...]
    imports: tuple[RecordImport, ...]
    sample: bool  # only 示例 rows are held: every number from them is marked
    rankable: tuple[str, ...]
    departments: tuple[str, ...]
    years: tuple[int, ...]
    examples: tuple[str, ...]


class RowPage(Noun):
    """A page of the rows behind a number, personal names masked. `source`: file and line of each row."""

    filter: RowFilter
    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    page: int
    pages: int
    flags: tuple[Flag, ...] = ()


class RowComparison(Noun):
    """A stated figure beside the number its rows make."""

    metric: str
    scope: str
    unit: str
    as_of: dt.date | None
    stated: int | float
    source: str
    counted: int | float | None = None
    rows: RowFilter | None = None
    agrees: bool | None = None  # None: the rows cannot tell
    text: str


class RowComparisonSheet(Noun):
    """All stated figures of a year that rows can be held against."""

    year: int
    lines: tuple[RowComparison, ...]
    sample: bool = False
    text: str
