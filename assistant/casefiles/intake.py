"""What was handed in, as lines with their places; what could not be read is said, file by file, and never dropped."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Protocol

from assistant.casefiles.archive import Member, unpack
from assistant.casefiles.ticks import TICKED, chosen
from assistant.errors import EngineError, InputError, KnowledgeError
from assistant.knowledge.readers import clean, read_bytes
from assistant.knowledge.readers.document import Document, Hidden
from assistant.schema import FileRead, FileState

MAX_OCR_PAGES = 60
"""Pages of pictures that are recognised in one review; the rest stay for a person."""
_GAPS = re.compile(r"\s+")
_MAGIC = ((b"%PDF", ".pdf"), (b"PK\x03\x04", ".docx"), (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"),
          (b"\xd0\xcf\x11\xe0", ".doc"), (b"Rar!", ".rar"), (b"7z\xbc\xaf", ".7z"))  # fmt: skip
_PAGE = re.compile(r"[-—–·\s]*第\s*\d{1,4}\s*页(?:[\s，,/]*共\s*\d{1,4}\s*页)?[-—–·\s]*|[-—–]\s*\d{1,4}\s*[-—–]")
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff")
_TEXTS = (".txt", ".md", ".markdown", ".html", ".htm")


class Recogniser(Protocol):
    """Reads the words of a picture (OCR), line by line from the top."""

    def page(self, pdf: bytes, number: int) -> Sequence[str]: ...

    def picture(self, data: bytes) -> Sequence[str]: ...


@dataclass(frozen=True)
class Line:
    """One paragraph or table row. `number` counts from 1: on its page where there are pages, else in the file.

    `starts`: the file itself begins something here (a page, a heading, after a rule). `margin`: words of the head or
    foot of the pages, or a note; their number is 0.
    """

    file: str
    page: int | None
    number: int
    text: str
    recognised: bool = False
    starts: bool = False
    margin: bool = False

    @cached_property
    def tight(self) -> str:
        """The text without any gaps: forms are filled in with spaces everywhere."""
        return _GAPS.sub("", self.text)


@dataclass(frozen=True)
class Sheet:
    """One file as it was read. `unread` are pages without words (1 for a picture); empty `lines`: none of it."""

    name: str
    lines: tuple[Line, ...]
    pages: int | None = None
    unread: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    state: FileState = "read"
    note: str = ""

    @property
    def read(self) -> FileRead:
        return FileRead(name=self.name, state=self.state, pages=self.pages, note=self.note)


@dataclass
class _Recognition:
    by: Recogniser | None
    left: int = MAX_OCR_PAGES
    trouble: str = field(default="")


def read_files(
    files: Iterable[tuple[str, bytes]], recogniser: Recogniser | None = None
) -> Generator[str, None, tuple[Sheet, ...]]:
    """Every file, archives opened, in natural order of their names; yields each name before the file is read.

    InputError when none could be read at all, with the reason of each.
    """
    given = list(files)
    if not given:
        raise InputError("file", "没有文件", "请选择案卷文件：.docx、.pdf、.txt，或者装着它们的 .zip")
    recognition = _Recognition(recogniser)
    sheets: list[Sheet] = []
    for member in _members(given):
        yield member.name
        sheets.append(_sheet(member, recognition))
    if all(sheet.state == "unread" and not sheet.unread for sheet in sheets):
        said = "；".join(f"{sheet.name}：{sheet.note}" for sheet in sheets[:10])
        raise InputError("file", f"一个文件也读不出来：{said}", "按说明处理后重新交来")
    return tuple(sorted(sheets, key=lambda sheet: _natural(sheet.name)))


def _members(given: Iterable[tuple[str, bytes]]) -> Iterator[Member]:
    taken: dict[str, int] = {}
    for name, data in given:
        zipped = name.lower().endswith(".zip") and data.startswith(b"PK")
        for member in unpack(data, name) if zipped else [Member(PurePosixPath(name.replace("\\", "/")).name, data)]:
            member = member._replace(name=clean(member.name)[0] or "没有名字的文件")
            count = taken[member.name] = taken.get(member.name, 0) + 1
            yield member if count == 1 else member._replace(name=f"{member.name}（第{count}个同名文件）")


def _sheet(member: Member, recognition: _Recognition) -> Sheet:
    name, data = member.name, member.data
    if member.problem:
        return _unread(name, f"{member.problem}。{member.remedy}")
    suffix, note = _format(name, data)
    if suffix in _PICTURES:
        return _picture(name, data, recognition)
    try:
        document = read_bytes(data, name if name.lower().endswith(suffix) else f"{name}{suffix}", scans=True)
    except KnowledgeError as error:
        return _unread(name, f"{error.problem}。{error.remedy}")
    lines, unread = _lines(name, data, document, recognition)
    pictured = _page_pictures(name, document, lines, recognition)
    notes = [note, *_about_pictures(document.unread, unread, recognition)]
    if pictured:
        notes.append(f"有{pictured}页是图片，未识别 → 待人工核对")
    if document.overlaid:
        notes.append(f"{len(document.overlaid)}页是扫描件，文字层是机器识别的，可能有误")
    if document.hidden:
        notes.append(f"有{len(document.hidden)}处看不见的文字，只作提示，没有当作卷宗内容")
    notes += [said for said in document.warnings if "看不见" not in said and "页是图片" not in said]
    state: FileState = "unread" if not lines else "partly" if unread or pictured else "read"
    return Sheet(
        name, tuple(lines), document.pages, tuple(unread), document.hidden, state, "；".join(filter(None, notes))
    )


def _lines(name: str, data: bytes, document: Document, recognition: _Recognition) -> tuple[list[Line], list[int]]:
    """The lines of a file with those of its pictures and margins, and the pages that stay without words."""
    lines: list[Line] = []
    counts: dict[int | None, int] = {}
    ticked = any(TICKED.search(block.text) for block in document.blocks)
    breaks = False
    for block in document.blocks:
        breaks = breaks or block.breaks
        if block.text and not block.ends_head:
            counts[block.page] = counts.get(block.page, 0) + 1
            if _PAGE.fullmatch(block.text.strip()):
                continue
            said = chosen(block.text) if ticked else block.text
            if said:
                overlaid = block.page in document.overlaid
                starts = breaks or block.level is not None
                lines.append(Line(name, block.page, counts[block.page], said, overlaid, starts))
                breaks = False
    unread: list[int] = []
    for page in document.unread:
        words = _recognised(lambda r, page=page: r.page(data, page), recognition)  # type: ignore[misc]
        if words:
            lines += [Line(name, page, at, text, recognised=True) for at, text in enumerate(words, start=1)]
        else:
            unread.append(page)
    lines.sort(key=lambda line: line.page or 0)
    body = "".join(line.tight for line in lines)
    margins = [
        (aside.kind, Line(name, None, 0, aside.text, margin=True))
        for aside in document.asides
        if aside.kind != "批注" and _GAPS.sub("", aside.text) not in body
    ]
    heads = [line for kind, line in margins if kind == "页眉"]
    return [*heads, *lines, *(line for kind, line in margins if kind != "页眉")], unread


def _page_pictures(name: str, document: Document, lines: list[Line], recognition: _Recognition) -> int:
    """Puts the words of pages that a Word file holds as pictures among its lines; how many stay without words."""
    left = 0
    for at, (after, picture) in enumerate(document.pictures, start=1):
        words = _recognised(lambda r, picture=picture: r.picture(picture), recognition)  # type: ignore[misc]
        if not words:
            left += 1
            continue
        place = next((i for i, line in enumerate(lines) if not line.margin and line.number > after), len(lines))
        lines[place:place] = [
            Line(f"{name}（第{at}张图片）", None, number, text, recognised=True, starts=number == 1)
            for number, text in enumerate(words, start=1)
        ]
    return left


def _format(name: str, data: bytes) -> tuple[str, str]:
    """What a file is by its first bytes, and a word where its name says otherwise."""
    suffix = PurePosixPath(name).suffix.lower()
    known = next((kind for mark, kind in _MAGIC if data.startswith(mark)), None)
    if known == ".doc" and suffix == ".docx":
        return suffix, ""  # encrypted, or old Word: the reader tells which
    if known == ".docx" and suffix in (".docx", ".xlsx", ".pptx", ".ofd", ".zip"):
        known = suffix
    if known is None and suffix in (".pdf", ".docx", *_PICTURES) and data.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        return suffix, ""  # the reader says what is broken
    if known is None or known == suffix or (known == ".jpg" and suffix == ".jpeg"):
        return suffix, ""
    return known, f"扩展名是{suffix or '空的'}，内容是{known}，按{known}读取"


def _picture(name: str, data: bytes, recognition: _Recognition) -> Sheet:
    words = _recognised(lambda r: r.picture(data), recognition)
    if not words:
        note = "；".join(_about_pictures((1,), [1], recognition))
        return Sheet(name, (), 1, (1,), (), "unread", note)
    lines = tuple(Line(name, 1, at, text, recognised=True) for at, text in enumerate(words, start=1))
    return Sheet(name, lines, 1, (), (), "read", "图片，文字由机器识别，可能有误")


def _recognised(read: Callable[[Recogniser], Sequence[str]], recognition: _Recognition) -> Sequence[str]:
    if recognition.by is None or recognition.left <= 0:
        return ()
    recognition.left -= 1
    try:
        return [text for text in read(recognition.by) if text.strip()]
    except EngineError as error:
        recognition.trouble = error.problem
        return ()


def _about_pictures(scanned: Sequence[int], unread: Sequence[int], recognition: _Recognition) -> list[str]:
    notes = []
    if len(scanned) > len(unread):
        notes.append(f"{len(scanned) - len(unread)}页扫描件由机器识别，可能有误")
    if unread:
        listed = "、".join(map(str, unread[:10])) + ("等" if len(unread) > 10 else "")
        why = recognition.trouble or "没有识别出文字"
        if recognition.by is None:
            why = "没有安装文字识别"
        elif recognition.left <= 0:
            why = f"一次最多识别{MAX_OCR_PAGES}页"
        notes.append(f"第{listed}页是扫描件，未识别（{why}）→ 待人工核对")
    return notes


def _unread(name: str, note: str) -> Sheet:
    return Sheet(name, (), None, (), (), "unread", note.rstrip("。"))


def _natural(name: str) -> tuple[object, ...]:
    """10 comes after 9."""
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in re.split(r"(\d+)", name) if p)
