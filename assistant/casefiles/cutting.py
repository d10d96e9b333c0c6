"""Files cut into documents by their titles; what stands before the first title goes by the file's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from assistant.casefiles.intake import Line, Sheet
from assistant.casefiles.titles import Titles
from assistant.schema import DocumentKind

_ENDS = re.compile(r"[日\d]$|印章|盖章|签名|签字|[（(]章[）)]|页$")
_ENTRY = re.compile(r"^(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[.．、)）:：\s]|[.．…·]{2,}\s*\d+|\|")
_DIRECTORY, _RECEIPT = "卷内目录", "送达回证"
_NEW_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}、|[（(]?\d{1,2}[.、）)]|[（(][一二三四五六七八九十]")
_WIDEST = 60  # a plain text with longer lines is not wrapped by hand
_FILED_AS = re.compile(r"[\[【]\d{1,2}[\]】]")  # [10] 行政处罚决定审批
_INLINE_RECEIPT = re.compile(r"(?:送达)?回[证执][：:]")
_CLOSED = re.compile(r"(?:[日号]|(?:印章|公章|盖章|[（(]章)[）)]?|第\d+页|此页无正文[）)]?)$")
_SERVED = re.compile(r"\d{1,2}[月.\-/]\d{1,2}|[一二三四五六七八九十]月|送达人|收件人|签收")


@dataclass(frozen=True)
class Paper:
    """One document of the file: its kind (None: none that is known), its lines with the title first.

    `readable` False: it is there by its name alone, its words are on pages that were not read.
    """

    kind: DocumentKind | None
    title: str
    sheet: str
    lines: tuple[Line, ...]
    readable: bool = True
    page: int | None = None
    attached: bool = False  # written at the end of another, or under a title of several: on no list of its own

    @property
    def name(self) -> str:
        return self.kind.name if self.kind is not None else "未识别的文书"

    @property
    def stage(self) -> str:
        return self.kind.stage if self.kind is not None else ""

    @cached_property
    def tight(self) -> str:
        """All words without gaps, a line a row; wrapped lines of plain text are joined."""
        return _joined([line.tight for line in self.lines])

    @property
    def recognised(self) -> bool:
        return any(line.recognised for line in self.lines)

    def line_of(self, words: str) -> Line | None:
        """The line on which words (without gaps) stand, or begin."""
        whole = next((line for line in self.lines if words in line.tight), None)
        if whole is not None or len(words) < 8:
            return whole
        return next((line for line in self.lines if words[:8] in line.tight or line.tight.endswith(words[:6])), None)


def cut(sheets: Sequence[Sheet], titles: Titles) -> tuple[Paper, ...]:
    """All documents, in the order of the files and of their pages."""
    papers: list[Paper] = []
    for sheet in sheets:
        papers += _of_sheet(sheet, titles)
    return tuple(papers)


def _of_sheet(sheet: Sheet, titles: Titles) -> list[Paper]:
    named = titles.in_name(sheet.name)
    if not sheet.lines:
        return [Paper(named, PurePosixPath(sheet.name).name, sheet.name, (), False, 1 if sheet.unread else None)]
    starts: list[_Start] = []
    for at in range(len(sheet.lines)):
        start = _start(sheet.lines, at, titles, starts)
        if start is not None:
            starts.append(start)
    starts = _without_listed(starts, sheet.lines)
    papers: list[Paper] = []
    first = starts[0].at if starts else len(sheet.lines)
    before = sheet.lines[:first]
    if not starts or (len(before) > 6 and sum(len(line.tight) for line in before) > 80):
        papers.append(
            _paper(named, PurePosixPath(sheet.name).name, sheet.name, before, titles)
            if before
            else Paper(named, PurePosixPath(sheet.name).name, sheet.name, (), True, None)
        )
        before = ()
    for index, start in enumerate(starts):
        end = starts[index + 1].at if index + 1 < len(starts) else len(sheet.lines)
        lines = sheet.lines[start.at : end]
        if start.several and not start.inline and len(lines) == 1 and index + 1 < len(starts):
            continue  # a title of several, each of which follows on a line of its own
        if index == 0:
            lines = (*before, *lines)  # the organ's name above the title
        kind = start.kind or (named if len(starts) == 1 else None)
        title = sheet.lines[start.at].tight
        paper = _paper(kind, title, sheet.name, lines, titles, sheet.lines[start.at].page)
        papers.append(replace(paper, attached=start.inline or bool(start.several)))
        if start.several and not start.inline:
            papers += [replace(papers[-1], kind=other) for other in start.several[1:]]
    return [*papers, *_scanned(sheet, papers, named)]


class _Start(NamedTuple):
    """Where a document begins; `kind` None: it has a title, but none that is known."""

    at: int
    kind: DocumentKind | None
    several: tuple[DocumentKind, ...] = ()  # of a title that names more than one, all of them
    inline: bool = False  # the words of the document follow on the line of its title


def _start(lines: Sequence[Line], at: int, titles: Titles, starts: Sequence[_Start]) -> _Start | None:
    line = lines[at]
    if line.margin and at and not lines[at - 1].margin:
        return None
    receipt = _INLINE_RECEIPT.match(line.tight)
    if receipt and starts and starts[-1].kind is not titles.by_name.get(_RECEIPT):
        return _Start(at, titles.by_name.get(_RECEIPT), inline=True)
    several = titles.several(line.text)
    if several and (at == 0 or _opens(lines, at) or _CLOSED.search(lines[at - 1].tight)):
        return _Start(at, several[0], several=tuple(several))
    if starts and starts[-1].several and (led := titles.leads(line.text, starts[-1].several)) is not None:
        return _Start(at, led, several=starts[-1].several, inline=True)
    kind = titles.read(line.text) or _split_title(lines, at, titles)
    opens = _opens(lines, at)
    filed = _FILED_AS.match(line.tight) is not None
    if kind is None and (opens or filed):
        kind = titles.numbered(line.text)
    last = starts[-1] if starts else None
    listing = last is not None and last.kind is not None and last.kind.name == _DIRECTORY
    if kind is None:
        fresh = opens or (at > 0 and _CLOSED.search(lines[at - 1].tight) is not None)
        known = last is not None and not listing
        return _Start(at, None) if known and fresh and titles.some(line.text) else None
    if at and not line.starts and not filed and not _begins(lines, at, titles):
        return None
    if last is not None and listing and not line.starts and _listed(line):
        return None
    if last is not None and last.kind is kind and _goes_on(lines[last.at], line):
        return None
    if last is not None and not opens and _names_what_was_served(last, lines[last.at : at]):
        return None
    return _Start(at, kind)


def _opens(lines: Sequence[Line], at: int) -> bool:
    """Whether the file itself begins something at a line: a page, a heading, what follows a rule."""
    line = lines[at]
    return line.starts or at == 0 or (line.page is not None and lines[at - 1].page != line.page)


def _names_what_was_served(last: _Start, lines: Sequence[Line]) -> bool:
    """A title on a receipt before anybody signed it is the name of what it was for."""
    if last.kind is None or last.kind.name != _RECEIPT or len(lines) > 12:
        return False
    return not any(_SERVED.search(line.tight) for line in lines[1:])


def _paper(
    kind: DocumentKind | None, title: str, sheet: str, lines: tuple[Line, ...], titles: Titles, page: int | None = None
) -> Paper:
    """A document; one without a known title is taken for what its words say it is."""
    paper = Paper(kind, title, sheet, lines, True, page if page is not None else lines[0].page)
    if kind is None and (found := titles.by_content(paper.tight)) is not None:
        return replace(paper, kind=found)
    return paper


def _scanned(sheet: Sheet, papers: Sequence[Paper], named: DocumentKind | None) -> list[Paper]:
    """Pages without words among pages with words: there is something, but not what."""
    if not sheet.unread:
        return []
    return [
        Paper(None if papers else named, f"第{page}页（扫描件）", sheet.name, (), False, page) for page in sheet.unread
    ]


def _split_title(lines: Sequence[Line], at: int, titles: Titles) -> DocumentKind | None:
    """A title broken over two short lines."""
    if at + 1 >= len(lines) or len(lines[at].tight) > 8 or len(lines[at + 1].tight) > 8:
        return None
    if titles.read(lines[at + 1].text) is not None:
        return None
    return titles.read(lines[at].tight + lines[at + 1].tight)


def _begins(lines: Sequence[Line], at: int, titles: Titles) -> bool:
    """Whether a document may begin at a line: not a wrapped sentence's tail, and 法制审核意见 not as a form's field."""
    line, before = lines[at], lines[at - 1]
    first = line.page is not None and (line.number <= 4 or before.page != line.page)
    if line.tight.endswith("意见"):
        return first or (line.page is None and _ENDS.search(before.tight) is not None)
    if titles.exactly(line.text):
        return True
    wrapped = len(before.tight) >= 24 and before.tight[-1] not in "。；：！？:;|）)" and not _ENDS.search(before.tight)
    return first or not wrapped


def _listed(line: Line) -> bool:
    return _ENTRY.search(line.text) is not None


def _goes_on(first: Line, again: Line) -> bool:
    """A title that a page repeats at its head: 询问笔录（续页）, or the same words on the next page's first line."""
    if re.search(r"续|第[2-9二三四五六七八九]页", again.tight):
        return True
    return (
        again.page is not None and first.page is not None and again.page == first.page and again.number == first.number
    )


def _without_listed(starts: list[_Start], lines: Sequence[Line]) -> list[_Start]:
    """Titles that follow each other with nothing but figures between them, after 卷内目录, are its entries."""
    kept: list[_Start] = []
    inside = False
    for index, start in enumerate(starts):
        following = starts[index + 1].at if index + 1 < len(starts) else len(lines)
        if start.kind is not None and start.kind.name == _DIRECTORY:
            inside = True
        elif inside and index + 1 < len(starts) and _thin(lines[start.at + 1 : following]):
            continue
        else:
            inside = False
        kept.append(start)
    return kept


def _thin(between: Sequence[Line]) -> bool:
    """Whether lines hold no more than the columns of a list: a number, a day, a page."""
    return all(len(line.tight) <= 16 and re.search(r"\d|^[无/]?$|备注", line.tight) for line in between)


def _joined(rows: list[str]) -> str:
    widths = sorted(len(row) for row in rows)
    wide = widths[int(len(widths) * 0.9)] if widths else 0
    out: list[str] = []
    last = ""
    for row in rows:
        wrapped = len(last) >= max(20, 0.85 * wide) and last[-1] not in "。；：！？:;|"
        if wrapped and wide < _WIDEST and not _NEW_ITEM.match(row):
            out[-1] += row
        else:
            out.append(row)
        last = row
    return "\n".join(out)
