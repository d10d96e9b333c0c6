"""One case file put together: its documents by kind, its days, its decision, and whether it is whole."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property

from assistant.casefiles.cutting import Paper
from assistant.casefiles.dating import Dated, day_of, received
from assistant.casefiles.days import find_days
from assistant.casefiles.intake import Line, Sheet
from assistant.casefiles.penalty import Imposed, imposed
from assistant.casefiles.people import Party, parties
from assistant.casefiles.provisions import Cited, provisions
from assistant.casefiles.titles import Titles
from assistant.knowledge.casefiles import STAGES
from assistant.law.library import Library
from assistant.schema import CaseProcedure, FilePlace

DECISIONS = ("行政处罚决定书", "当场行政处罚决定书", "不予行政处罚决定书")
NOTICE = "行政处罚事先告知书"
RECORDS = ("现场检查笔录", "询问笔录")
_SPOT = re.compile(r"当场(?:作出|行政处罚|处罚决定)|简易程序")
_ENTRY = re.compile(r"^\s*(?:\d{1,3}(?:-\d)?|[一二三四五六七八九十]{1,3})?\s*[.．、)）]?\s*|[\s.．…·—-]*\d{0,4}\s*$")
_ITEMS = re.compile(r"[；;]|(?<=[）)])[\s\u3000]+(?=[\u4e00-\u9fff])|[\s\u3000]+(?=\d{1,2}[.．])")
_WORDS = 60
_WRITTEN = 60  # characters of a paper that is more than a title and a number
_AROUND = 90


class Volume:
    """The file under review. Read-only once made; everything is worked out when first asked for."""

    def __init__(
        self, sheets: Sequence[Sheet], papers: Sequence[Paper], titles: Titles, library: Library, as_of: dt.date
    ) -> None:
        self.sheets = tuple(sheets)
        self.papers = tuple(papers)
        self.titles = titles
        self.library = library
        self.as_of = as_of
        self._days: dict[int, Dated | None] = {}
        self._imposed: dict[int, Imposed] = {}
        self._cited: dict[int, tuple[Cited, ...]] = {}

    # the documents

    def of(self, *names: str) -> list[Paper]:
        """The readable documents of these kinds, in the order of the file."""
        return [paper for paper in self.papers if paper.name in names and paper.readable]

    def has(self, *names: str) -> bool:
        """Whether a document of these kinds is there, readable or not."""
        return any(paper.name in names for paper in self.papers)

    def first(self, *names: str) -> Paper | None:
        return next(iter(self.of(*names)), None)

    @cached_property
    def decision(self) -> Paper | None:
        """The decision; of several the last, which replaced the others. A title with hardly a word is none."""
        found = self.of(*DECISIONS)
        written = [paper for paper in found if len(paper.tight) >= _WRITTEN]
        return next(reversed(written or found), None)

    @cached_property
    def notices(self) -> tuple[Paper, ...]:
        """Every notice before the decision: the rights may be told of in one paper and the hearing in another."""
        found = self.of(NOTICE)
        return tuple([paper for paper in found if len(paper.tight) >= _WRITTEN] or found)

    @cached_property
    def notice(self) -> Paper | None:
        """The last notice that tells of a penalty, else the last."""
        telling = [paper for paper in self.notices if self.imposed(paper).kinds]
        return next(reversed(telling or [*self.notices]), None)

    @cached_property
    def procedure(self) -> CaseProcedure | None:
        """By the decision, else by what else is there; None for a file that says neither."""
        decision = self.decision
        if decision is not None:
            if decision.name == "不予行政处罚决定书":
                return "不予处罚"
            if decision.name == "当场行政处罚决定书" or (
                not self.has("立案审批表", NOTICE) and _SPOT.search(decision.tight[:1500])
            ):
                return "简易程序"
            return "普通程序"
        known = [paper for paper in self.papers if paper.stage and paper.stage != "卷首"]
        return "普通程序" if known else None

    @cached_property
    def unreadable(self) -> tuple[FilePlace, ...]:
        """Where something was handed in that could not be read."""
        places = [FilePlace(file=p.sheet, document=p.title, page=p.page) for p in self.papers if not p.readable]
        named = {place.file for place in places}
        return tuple(places) + tuple(
            FilePlace(file=s.name) for s in self.sheets if s.state != "read" and s.name not in named
        )

    def cut_short(self, paper: Paper) -> bool:
        """Whether pages of the file that a paper stands in were not read: what it lacks may stand on them."""
        return any(sheet.name == paper.sheet and sheet.state == "partly" for sheet in self.sheets)

    @cached_property
    def unknown(self) -> tuple[Paper, ...]:
        """Readable documents of no kind that is known."""
        return tuple(paper for paper in self.papers if paper.kind is None and paper.readable)

    @cached_property
    def listing(self) -> Paper | None:
        return self.first("卷内目录")

    @cached_property
    def whole(self) -> bool:
        """Whether what is not here can be said to be missing: a list of contents, or four stages and the decision."""
        stages = {paper.stage for paper in self.papers if paper.stage in STAGES[1:]}
        if self.procedure == "简易程序":
            return self.decision is not None and (self.listing is not None or len(stages) >= 2)
        return self.decision is not None and (self.listing is not None or len(stages) >= 4)

    def listed(self, name: str) -> Line | None:
        """The entry of the list of contents for a kind of document."""
        return self.entries.get(name)

    @cached_property
    def rows(self) -> tuple[tuple[tuple[str, ...], Line], ...]:
        """The entries of the list of contents: the kinds that each names, and its line; many may share a line."""
        found = []
        for line in self.listing.lines if self.listing is not None else ():
            for item in _ITEMS.split(line.text):
                cells = [_ENTRY.sub("", cell) for cell in item.split("|")]
                kinds = [kind for cell in cells for kind in self.titles.entry(cell)]
                if kinds:
                    found.append((tuple(dict.fromkeys(kind.name for kind in kinds)), line))
        return tuple(found)

    @cached_property
    def entries(self) -> dict[str, Line]:
        """The kinds that the list of contents names, each with the line that names it first."""
        found: dict[str, Line] = {}
        for names, line in self.rows:
            for name in names:
                found.setdefault(name, line)
        return found

    # days

    def day(self, paper: Paper | None) -> Dated | None:
        if paper is None or not paper.readable:
            return None
        if id(paper) not in self._days:
            self._days[id(paper)] = day_of(paper)
        return self._days[id(paper)]

    def on(self, *names: str) -> Dated | None:
        """The day of the first document of these kinds that bears one."""
        return next((found for paper in self.of(*names) if (found := self.day(paper))), None)

    @cached_property
    def filed(self) -> Dated | None:
        return self.on("立案审批表")

    @cached_property
    def decided(self) -> Dated | None:
        return self.day(self.decision)

    @cached_property
    def told(self) -> Dated | None:
        """When the notice reached the party; the day it bears when its service is not in the file."""
        return self.served(NOTICE) or (received(self.notice) if self.notice else None) or self.day(self.notice)

    @cached_property
    def receipts(self) -> tuple[tuple[Paper, tuple[str, ...]], ...]:
        """Each receipt with the kinds of document it was for; where it names none, the document before it."""
        found = []
        for at, paper in enumerate(self.papers):
            if paper.name != "送达回证" or not paper.readable:
                continue
            body = "\n".join(line.tight for line in paper.lines if not self.titles.read(line.text))
            kinds = [k for k in (NOTICE, *DECISIONS, "听证通知书", "责令改正通知书") if self._names(k, body)]
            if "不予行政处罚决定书" in kinds and "行政处罚决定书" in kinds:
                kinds.remove("行政处罚决定书")
            if "当场行政处罚决定书" in kinds and "行政处罚决定书" in kinds:
                kinds.remove("行政处罚决定书")
            if not kinds and at and self.papers[at - 1].kind is not None:
                kinds = [self.papers[at - 1].name]
            found.append((paper, tuple(kinds)))
        return tuple(found)

    def _names(self, kind: str, text: str) -> bool:
        return any(title in text for title in self.titles.by_name[kind].titles)

    def served(self, *kinds: str) -> Dated | None:
        """When a document of these kinds was served, by its receipt."""
        for paper, named in self.receipts:
            if not any(kind in named for kind in kinds):
                continue
            if len(named) > 1 and (found := self._on_its_row(paper, kinds)):
                return found
            if found := self.day(paper):
                return found
        return None

    def _on_its_row(self, paper: Paper, kinds: Sequence[str]) -> Dated | None:
        """The day on the line of a receipt that names one of several papers."""
        for line in paper.lines:
            for kind in kinds:
                at = max((line.tight.rfind(title) + len(title) for title in self.titles.by_name[kind].titles
                          if title in line.tight), default=0)  # fmt: skip
                days = [found for found in find_days(line.tight[at:]) if found.day] if at else []
                if days and days[0].day is not None:
                    return Dated(days[0].day, paper, line, days[0].text)
        return None

    @cached_property
    def served_decision(self) -> Dated | None:
        if self.decision is None:
            return None
        return self.served(*DECISIONS) or received(self.decision)

    # the substance

    def imposed(self, paper: Paper) -> Imposed:
        if id(paper) not in self._imposed:
            self._imposed[id(paper)] = imposed(paper)
        return self._imposed[id(paper)]

    def cited(self, paper: Paper) -> tuple[Cited, ...]:
        """The provisions of a paper as the law stood on the day it bears."""
        if id(paper) not in self._cited:
            dated = self.day(paper)
            self._cited[id(paper)] = tuple(provisions(paper, self.library, dated.day if dated else self.as_of))
        return self._cited[id(paper)]

    @cached_property
    def parties(self) -> tuple[tuple[Paper, Party], ...]:
        """The party as each document names it, the first naming of each."""
        found = []
        for paper in self.papers:
            if paper.readable and paper.kind is not None and paper.stage != "卷首":
                named = parties(paper.lines)
                if named:
                    found.append((paper, named[0]))
        return tuple(found)

    # places

    def place(self, paper: Paper, line: Line | None = None, words: str = "") -> FilePlace:
        """Where something stands, with the words around it."""
        line = line or (paper.lines[0] if paper.lines else None)
        if line is None:
            return FilePlace(file=paper.sheet, document=paper.title, page=paper.page)
        at = next((i for i, one in enumerate(paper.lines) if one is line), 0)
        before = paper.lines[at - 1].text[-_AROUND:] if at else ""
        after = paper.lines[at + 1].text[:_AROUND] if at + 1 < len(paper.lines) else ""
        return FilePlace(
            file=line.file,
            document=paper.kind.name if paper.kind else paper.title,
            page=line.page,
            paragraph=line.number or None,
            words=_cut(line.text, words),
            before=before,
            after=after,
        )

    def at(self, dated: Dated) -> FilePlace:
        return self.place(dated.paper, dated.line, dated.words)

    def find(self, paper: Paper, pattern: re.Pattern[str]) -> FilePlace | None:
        """The first place of a paper that a pattern matches (without gaps)."""
        for line in paper.lines:
            match = pattern.search(line.tight)
            if match:
                return self.place(paper, line, match[0])
        match = pattern.search(paper.tight)
        return self.place(paper, paper.line_of(match[0]), match[0]) if match else None


def _cut(text: str, words: str) -> str:
    """A line short enough to show, around the words that matter."""
    if len(text) <= 2 * _WORDS:
        return text
    gaps = re.search(r"\s*".join(map(re.escape, words[:20])), text) if words else None
    start = max(0, (gaps.start() if gaps else 0) - _WORDS)
    end = min(len(text), start + 2 * _WORDS)
    return ("……" if start else "") + text[start:end] + ("……" if end < len(text) else "")
