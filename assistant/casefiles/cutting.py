"""Files cut into documents by their titles; what stands before the first title goes by the file's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from assistant.casefiles.intake import Line, Sheet
from assistant.schema import DocumentKind

_LONGEST = 60
_GAPS = re.compile(r"\s+")
_BRACKETED = re.compile(
    r"(?:[（(][^（）()]{0,24}[）)]|第?[0-9一二三四五六七八九十]{1,2}次|存根|副本|正本|样式|[0-9]{1,2}|续页?)+$"
)
_NO_PREFIX = re.compile(
    r"送达|名称|^见|详见|参见|^附|依据|根据|收到|制作|填写|出具|下达|作出|发出|签收|不服|应当|已经|现将"
    r"|(?:本|该|此|上述)(?:处罚|决定|行政|通知|告知|案|局|机关|单位|文书)|(?<=[书录表])[和及或]|以及|、"
)
_SUFFIX = re.compile(r"(?:书|表|笔录|记录|报告|回证|回执|凭证|清单|收据|票据|目录|函|纪要)$")
_ENDS = re.compile(r"[日\d]$|印章|盖章|签名|签字|[（(]章[）)]|页$")
_LONGEST_LOOSE = 26
_ENTRY = re.compile(r"^(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[.．、)）:：\s]|[.．…·]{2,}\s*\d+|\|")
_ATTACHED = re.compile(r"^附(?:件|：|:|\d)")
_DIRECTORY = "卷内目录"
_NEW_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}、|[（(]?\d{1,2}[.、）)]|[（(][一二三四五六七八九十]")
_WIDEST = 60  # a plain text with longer lines is not wrapped by hand


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


class Titles:
    """Recognises the titles of documents."""

    def __init__(self, kinds: Sequence[DocumentKind]) -> None:
        self._kinds = tuple(kinds)
        pairs = [(_plain(title), kind) for kind in kinds for title in kind.titles]
        self._titles = sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)
        self._ending: dict[str, list[tuple[str, DocumentKind]]] = {}
        for pair in self._titles:
            self._ending.setdefault(pair[0][-1], []).append(pair)
        self.by_name = {kind.name: kind for kind in kinds}

    def read(self, text: str) -> DocumentKind | None:
        """The kind whose title a line is; None for a line that is none, or only mentions one."""
        if "|" in text or len(text) > 2 * _LONGEST:
            return None
        words = _plain(text)
        if not words or len(words) > _LONGEST or words[-1] in "。；，：:;,、" or re.search(r"[：:《》。；]", words):
            return None
        if _ATTACHED.match(words):
            return None
        for bare in dict.fromkeys((words, _BRACKETED.sub("", words))):
            for title, kind in self._ending.get(bare[-1:], ()):
                if bare.endswith(title) and not _NO_PREFIX.search(bare[: len(bare) - len(title)]):
                    return kind
        return self._loosely(_BRACKETED.sub("", words))

    def exactly(self, text: str) -> bool:
        """Whether a line is a title that the data lists and nothing else."""
        words = _plain(text)
        return any(words == title for title, _ in self._ending.get(words[-1:], ()))

    def in_name(self, name: str) -> DocumentKind | None:
        """The kind that a file's name tells of."""
        words = re.sub(r"^[\d\s._\-－、（）()]+", "", _plain(PurePosixPath(name).stem))
        return next((kind for title, kind in self._titles if title in words), None) or self._loosely(words)

    def named_in(self, words: str) -> list[DocumentKind]:
        """Every kind that a text names, in order; where titles overlap the longest counts."""
        found: list[tuple[int, DocumentKind]] = []
        left = _plain(words)
        for title, kind in self._titles:
            while (at := left.find(title)) >= 0:
                found.append((at, kind))
                left = left[:at] + "\0" * len(title) + left[at + len(title) :]
        return [kind for _, kind in sorted(found, key=lambda pair: pair[0])]

    def _loosely(self, words: str) -> DocumentKind | None:
        """The kind whose words a line holds, if the line has the form of a title; the most words count."""
        if len(words) > _LONGEST_LOOSE or not _SUFFIX.search(words):
            return None
        best: tuple[int, DocumentKind] | None = None
        for kind in self._kinds:
            for together in kind.words:
                said = sum(map(len, together))
                if all(word in words for word in together) and (best is None or said > best[0]):
                    first = min(words.find(word) for word in together)
                    if not _NO_PREFIX.search(words[:first]):
                        best = (said, kind)
        return best[1] if best else None


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
    starts: list[tuple[int, DocumentKind]] = []
    listing = False
    for at, line in enumerate(sheet.lines):
        kind = titles.read(line.text) or _split_title(sheet.lines, at, titles)
        if kind is None or (at and not _begins(sheet.lines, at, titles)):
            continue
        if listing and _listed(line):
            continue
        if starts and starts[-1][1] is kind and _goes_on(sheet.lines[starts[-1][0]], line):
            continue
        listing = kind.name == _DIRECTORY
        starts.append((at, kind))
    starts = _without_listed(starts, sheet.lines)
    papers: list[Paper] = []
    first = starts[0][0] if starts else len(sheet.lines)
    before = sheet.lines[:first]
    if not starts or (len(before) > 6 and sum(len(line.tight) for line in before) > 80):
        papers.append(
            Paper(named, PurePosixPath(sheet.name).name, sheet.name, before, True, before[0].page if before else None)
        )
        before = ()
    for index, (at, kind) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(sheet.lines)
        lines = sheet.lines[at:end]
        if index == 0:
            lines = (*before, *lines)  # the organ's name above the title
        papers.append(Paper(kind, sheet.lines[at].tight, sheet.name, lines, True, sheet.lines[at].page))
    return [*papers, *_scanned(sheet, papers, named)]


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


def _without_listed(starts: list[tuple[int, DocumentKind]], lines: Sequence[Line]) -> list[tuple[int, DocumentKind]]:
    """Titles that follow each other without a word between them, after 卷内目录, are its entries."""
    if not any(kind.name == _DIRECTORY for _, kind in starts):
        return starts
    kept: list[tuple[int, DocumentKind]] = []
    inside = False
    for index, (at, kind) in enumerate(starts):
        following = starts[index + 1][0] if index + 1 < len(starts) else len(lines)
        if kind.name == _DIRECTORY:
            inside = True
        elif inside and following - at <= 1 and index + 1 < len(starts):
            continue
        else:
            inside = False
        kept.append((at, kind))
    return kept


def _plain(text: str) -> str:
    return _GAPS.sub("", text).replace("(", "（").replace(")", "）")


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
