"""Tables as offices keep them (.xlsx, .docx, .csv): numbered rows of text, merged cells filled, figures plain."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import KnowledgeError

ROW_LIMIT = 5_000
FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of a table file that is still read."""
_PLAIN = str.maketrans(
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ％．\u3000\xa0",
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ%.  ",
)


@dataclass(frozen=True)
class TableRow:
    """A row of a table. `number` is its number in the file, as a person sees it there, from 1."""

    number: int
    cells: tuple[str, ...]

    @property
    def banner(self) -> bool:
        """Whether one text stands across the row: a title, a heading between items, a note."""
        said = [cell for cell in self.cells if cell]
        return len(set(said)) == 1 and (len(said) > 1 or len(self.cells) > 2)


def read_table(file: Path) -> tuple[TableRow, ...]:
    """The table of a file that has most rows; rows without any text are left out.

    A merged cell gives its text to every cell that it covers. KnowledgeError for what cannot be read.
    """
    suffix = file.suffix.lower()
    if not file.is_file():
        raise KnowledgeError(str(file), "没有这个文件", "请核对路径")
    if file.stat().st_size > FILE_LIMIT:
        raise KnowledgeError(
            file.name, f"文件超过{FILE_LIMIT // 1024 // 1024}兆", "清单没有这么大，请核对是不是这个文件"
        )
    readers = {".csv": _csv, ".xlsx": _xlsx, ".docx": _docx}
    if suffix not in readers:
        raise KnowledgeError(file.name, f"不会读“{suffix or '没有扩展名的'}”文件", "请另存为.xlsx、.docx或者.csv")
    rows = [TableRow(number, tuple(_cell(c) for c in cells)) for number, cells in readers[suffix](file)]
    return tuple(row for row in rows if any(row.cells))[:ROW_LIMIT]


Numbered = list[tuple[int, Sequence[object]]]
"""Rows as read, each with its number in the file."""


def _csv(file: Path) -> Numbered:
    raw = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.split("\n", 1)[0]
        mark = max(",\t;", key=first.count)
        return list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1))
    raise KnowledgeError(file.name, "不是UTF-8或者GB18030编码的文字", "请另存为UTF-8的.csv")


def _xlsx(file: Path) -> Numbered:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise KnowledgeError(file.name, f"不是可读的.xlsx文件（{error}）", "请用表格软件另存一次") from error
    tables: list[Numbered] = []
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True, max_row=ROW_LIMIT)]
        for area in sheet.merged_cells.ranges:
            text = rows[area.min_row - 1][area.min_col - 1] if area.min_row <= len(rows) else None
            for row in rows[area.min_row - 1 : area.max_row]:
                row[area.min_col - 1 : area.max_col] = [text] * len(row[area.min_col - 1 : area.max_col])
        tables.append(list(enumerate(rows, 1)))
    book.close()
    return max(tables, key=_filled, default=[])


def _filled(table: Numbered) -> int:
    return sum(any(row) for _, row in table)


def _docx(file: Path) -> Numbered:
    from zipfile import BadZipFile

    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(file))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise KnowledgeError(file.name, f"不是可读的.docx文件（{error}）", "请用Word另存一次") from error
    # One list is often cut into tables by pages; those of one width are one. Merged cells repeat their text.
    widest: dict[int, list[Sequence[object]]] = {}
    for table in document.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows:
            widest.setdefault(len(rows[0]), []).extend(rows)
    longest: list[Sequence[object]] = max(widest.values(), key=len, default=[])
    return list(enumerate(longest, 1))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value).translate(_PLAIN).strip()
