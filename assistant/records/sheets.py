"""Spreadsheets as rows of plain values, streamed: .xlsx, .xlsm without its macros, .csv in UTF-8 or GBK.

A workbook's sheet is scanned once as bytes before it is read: for merged cells and for formulas whose result the
file does not hold, neither of which a streaming reader can see.
"""

import codecs
import csv
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from assistant.errors import InputError

Row = tuple[int, tuple[object, ...]]
"""The line it stands on, from 1, and its cells."""

XML_LIMIT = 6 * 1024**3
"""Bytes a workbook may unpack to: a million rows of twenty columns are about a third of it."""
STRINGS_LIMIT = 700 * 1024**2
"""Bytes its shared strings may unpack to: they are the one part that is held in memory."""

_CHUNK = 1 << 20
_OVERLAP = 8_192
_BLANK_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_BLANK = 200_000


class _Uncalculated:
    """Stands in a cell that holds a formula without its result."""

    def __repr__(self) -> str:
        return "（公式，无计算结果）"


UNCALCULATED = _Uncalculated()


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows()` starts from the top each time it is called."""

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Top, left, bottom, right of merged cells, from 1."""
    formulas: bool = False


@dataclass(frozen=True)
class SheetFile:
    """The sheets of a file, and what is to be told of how it was read."""

    path: Path
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    since_1904: bool = False
    """Whether its serial numbers count from 1904."""
    close: Callable[[], None] = lambda: None


@dataclass
class _Scan:
    blank: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: bool = False


def open_sheets(path: Path, name: str | None = None) -> SheetFile:
    """The sheets of a file, told by its content rather than its name. InputError says what it is instead.

    `name` is what the file is called for a person, where `path` is a copy.
    """
    called = name or path.name
    try:
        with path.open("rb") as file:
            head = file.read(2048)
    except OSError as error:
        raise InputError(called, f"读不了（{error.strerror}）", "检查路径和权限") from error
    if not head:
        raise InputError(called, "是空文件", "请重新导出")
    if head.startswith(b"PK"):
        return _workbook(path, called)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            called, "是旧版 .xls，或者加了打开密码的工作簿", "请在 Excel 或 WPS 里打开，去掉密码，另存为 .xlsx 再导入"
        )
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta|style)", head, re.IGNORECASE):
        raise InputError(called, "内容是网页（HTML/XML），不是表格文件", "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入")
    return _csv(path, called)


def _workbook(path: Path, called: str) -> SheetFile:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    with ExitStack() as stack:
        # By its content: openpyxl takes a path by its ending, and a copy may have another.
        file = stack.enter_context(path.open("rb"))
        book, scans, macros = _opened(file, called)
        stack.callback(book.close)
        close = stack.pop_all().close
    notes = []
    if macros:
        notes.append("文件含宏：宏没有读取，也没有运行")
    if any(scan.formulas for scan in scans.values()):
        notes.append("表里有公式：取的是文件里存的计算结果")
    sheets = tuple(
        Sheet(
            sheet.title, _rows_of(sheet, scans[sheet.title].blank, called), sheet.sheet_state != "visible",
            tuple(scans[sheet.title].merged), scans[sheet.title].formulas,
        )
        for sheet in book.worksheets
    )  # fmt: skip
    return SheetFile(path, sheets, tuple(notes), book.epoch == CALENDAR_MAC_1904, close)


def _opened(file: BinaryIO, called: str) -> tuple[Any, dict[str, _Scan], bool]:
    """The workbook, what was seen of each sheet's bytes, and whether it has macros."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if not any(part.filename.startswith("xl/") for part in parts):
                raise InputError(called, "是压缩包，不是 .xlsx 表格", "请解压后逐个导入")
            strings = [part.file_size for part in parts if part.filename.endswith("sharedStrings.xml")]
            if sum(part.file_size for part in parts) > XML_LIMIT or max(strings, default=0) > STRINGS_LIMIT:
                raise InputError(called, "解开后大得不合情理", "请分成几个文件，或另存为 .csv 再导入")
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            scans = {sheet.title: _scan(archive, sheet._worksheet_path, called) for sheet in book.worksheets}
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        raise InputError(called, "文件损坏，打不开", "请重新导出，或用 Excel 打开后另存为 .xlsx") from error
    if not scans:
        raise InputError(called, "里面没有工作表", "请重新导出")
    return book, scans, any(part.filename.endswith("vbaProject.bin") for part in parts)


def _rows_of(sheet: object, blank: set[tuple[int, int]], called: str) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        from xml.etree.ElementTree import ParseError

        sheet.reset_dimensions()  # type: ignore[attr-defined]  # what a file claims of its size is often wrong
        try:  # rows that a file leaves out are yielded empty: the count is the line
            for line, values in enumerate(sheet.iter_rows(values_only=True), 1):  # type: ignore[attr-defined]
                if blank:
                    values = tuple(
                        UNCALCULATED if v is None and (line, i) in blank else v for i, v in enumerate(values, 1)
                    )
                if any(v is not None for v in values):
                    yield line, values
        except (ParseError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise InputError(called, "读到一半时发现文件损坏", "请重新导出，或用 Excel 打开后另存为 .xlsx") from error

    return rows


def _scan(archive: zipfile.ZipFile, part: str, called: str) -> _Scan:
    found = _Scan()
    with archive.open(part) as stream:
        carry = b""
        while chunk := stream.read(_CHUNK):
            text = carry + chunk
            if b"<f>" in text or b"<f " in text or b":f>" in text:
                found.formulas = True
                for match in _BLANK_FORMULA.finditer(text):
                    found.blank.add((int(match[2]), _column(match[1])))
            if b"mergeCell " in text:
                for match in _MERGED.finditer(text):
                    found.merged.append((int(match[2]), _column(match[1]), int(match[4]), _column(match[3])))
            carry = text[-_OVERLAP:]
            if len(found.blank) > _MOST_BLANK:
                raise InputError(
                    called, "表里的公式都没有计算结果", "请用 Excel 打开、保存一次，或者把公式粘贴成值，再导入"
                )
    found.merged = sorted(set(found.merged))
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _csv(path: Path, called: str) -> SheetFile:
    encoding = _encoding(path, called)
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(65_536)
    if "\x00" in start:
        raise InputError(called, "不是表格：内容是二进制数据", "可导入 .xlsx、.csv（UTF-8 或 GBK）")
    skip = 1 if start.lower().startswith("sep=") else 0
    lines = start.splitlines()[skip : skip + 20]
    counts = {mark: sum(line.count(mark) for line in lines) for mark in ",\t;|"}
    comma = max(counts, key=lambda mark: counts[mark])

    def rows() -> Iterator[Row]:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, delimiter=comma)
            at = 0
            try:
                for cells in reader:
                    line, at = at + 1, reader.line_num
                    if line > skip and any(cells):
                        yield line, tuple(cells)
            except csv.Error as error:
                problem = f"第{at + 1}行读不下去（{error}）"
                raise InputError(called, problem, "多半是引号没有成对；请在 Excel 里打开后另存为 .csv") from error

    named = {"utf-8-sig": "UTF-8", "gb18030": "GBK", "utf-16": "UTF-16"}[encoding]
    return SheetFile(path, (Sheet(Path(called).stem, rows),), (f"文字编码：{named}",))


def _encoding(path: Path, called: str) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    tried = ["utf-16"] if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    at = 0
    for encoding in tried:
        decoder = codecs.getincrementaldecoder(encoding)()
        at = 0
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
                    at += len(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise InputError(
        called, f"第{at:,}字节附近的文字编码认不出（不是 UTF-8，也不是 GBK）", "请另存为“CSV UTF-8”或 .xlsx 再导入"
    )
