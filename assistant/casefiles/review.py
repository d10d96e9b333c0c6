"""A case file held to every item of the standard, and what comes of it."""

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Sequence

from assistant.casefiles.checks import CHECKS, Counsel
from assistant.casefiles.checks.papers import hidden_places
from assistant.casefiles.cutting import cut
from assistant.casefiles.intake import Recogniser, Sheet, read_files
from assistant.casefiles.numbers import number_of
from assistant.casefiles.outcome import Outcome
from assistant.casefiles.titles import Titles
from assistant.casefiles.volume import Volume
from assistant.casefiles.wording import opinion
from assistant.knowledge.casefiles import CaseFileRules
from assistant.knowledge.discretion import Discretion
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.rules.proportionality import Proportionality
from assistant.schema import (
    CaseProcedure,
    FileDocument,
    FileFinding,
    FileItem,
    FilePlace,
    FileRead,
    FileReview,
    ReviewVerdict,
)


class CaseReview:
    """The review over one library and one standard. Keeps nothing of a file."""

    def __init__(
        self,
        library: Library,
        rules: CaseFileRules,
        proportionality: Proportionality,
        discretion: Discretion,
        recogniser: Callable[[], Recogniser | None] = lambda: None,
    ) -> None:
        self._library = library
        self._rules = rules
        self._counsel = Counsel(library, proportionality, discretion, rules.signs)
        self._recogniser = recogniser
        self._titles = Titles(rules.kinds)

    def check(self, files: Iterable[tuple[str, bytes]], as_of: dt.date) -> FileReview:
        """Every item of the standard against the files (name and bytes; archives are opened).

        InputError or KnowledgeError when nothing can be read, with the reason of each file.
        """
        running = self.run(files, as_of)
        while True:
            try:
                next(running)
            except StopIteration as done:
                review: FileReview = done.value
                return review

    def run(self, files: Iterable[tuple[str, bytes]], as_of: dt.date) -> Generator[str, None, FileReview]:
        """The same; yields, in Chinese, what is being done."""
        sheets = yield from _told(read_files(files, self._recogniser()))
        yield "切分文书"
        volume = Volume(sheets, cut(sheets, self._titles), self._titles, self._library, as_of)
        procedure = volume.procedure
        items = []
        for item in self._rules.standard.items:
            if (procedure or "普通程序") in item.procedures:
                yield f"核对 {item.label}"
                items.append(_finding(item, self._look(item, volume), volume))
        score, open_points = _score(items)
        verdict = _verdict(items, procedure)
        review = FileReview(
            as_of=as_of,
            procedure=procedure,
            verdict=verdict,
            label=_label(verdict, items),
            score=score,
            open_points=open_points,
            items=tuple(items),
            documents=_documents(volume),
            files=tuple(_counted(sheet, volume) for sheet in sheets),
            concealed=hidden_places(volume),
            standard=self._rules.standard.title,
            standard_nature=self._rules.standard.nature,
            standard_note=self._rules.standard.note,
            text="",
        )
        # What the file itself cites stands in the findings; these are the provisions the review rests on.
        said = opinion(review)
        rests = "、".join(dict.fromkeys(basis for item in items for basis in item.basis))
        return review.model_copy(update={"text": said, "citations": check(rests, self._library, as_of)})

    def _look(self, item: FileItem, volume: Volume) -> Outcome:
        if not any(paper.kind is not None for paper in volume.papers):
            return Outcome("unknown", "没有认出任何执法文书，待人工核对", volume.unreadable[:2], 0)
        return CHECKS[item.check](volume, self._counsel)


def _told(reading: Generator[str, None, tuple[Sheet, ...]]) -> Generator[str, None, tuple[Sheet, ...]]:
    while True:
        try:
            yield f"读取 {next(reading)}"
        except StopIteration as done:
            sheets: tuple[Sheet, ...] = done.value
            return sheets


def _finding(item: FileItem, outcome: Outcome, volume: Volume) -> FileFinding:
    if item.veto and outcome.status in ("missing", "defect") and _guessed(outcome, volume):
        outcome = outcome._replace(status="unknown", text=f"{outcome.text}（文字由机器识别，可能有误，待人工核对）")
    lost = 0.0
    if outcome.status in ("missing", "defect") and not item.veto:
        lost = min(item.points, item.each * max(outcome.faults, 1)) if item.each is not None else item.points
        if outcome.status == "missing":
            lost = item.points
    return FileFinding(
        code=item.code,
        label=item.label,
        status=outcome.status,
        veto=item.veto,
        part=item.part,
        points=item.points,
        deducted=lost,
        where=_once(outcome.places),
        text=outcome.text,
        basis=item.basis,
        source=item.source,
        nature=item.nature,
    )


def _once(places: Sequence[FilePlace]) -> tuple[FilePlace, ...]:
    """Each line once, however many things are wrong on it."""
    return tuple(
        {(place.file, place.document, place.page, place.paragraph): place for place in reversed(places)}.values()
    )[::-1]


def _guessed(outcome: Outcome, volume: Volume) -> bool:
    """Whether a finding rests on words that a machine recognised."""
    read_by_machine = {(line.file, line.page) for sheet in volume.sheets for line in sheet.lines if line.recognised}
    return any((place.file, place.page) in read_by_machine for place in outcome.places)


def _score(items: Sequence[FileFinding]) -> tuple[float | None, float]:
    """Out of a hundred over the scored items, and what the unknown ones may still cost; None when none was judged."""
    scored = [item for item in items if not item.veto and item.points]
    full = sum(item.points for item in scored)
    if not full or all(item.status == "unknown" for item in scored):
        return None, 100.0 if scored else 0.0
    left = full - sum(item.deducted for item in scored)
    open_ = sum(item.points for item in scored if item.status == "unknown")
    return round(max(0.0, 100 * left / full), 1), round(100 * open_ / full, 1)


def _verdict(items: Sequence[FileFinding], procedure: CaseProcedure | None) -> ReviewVerdict:
    if any(item.veto and item.status in ("missing", "defect") for item in items):
        return "vetoed"
    if procedure is None or all(item.status == "unknown" for item in items if item.veto):
        return "undetermined"
    return "defects" if any(item.status in ("missing", "defect") for item in items) else "clean"


def _label(verdict: ReviewVerdict, items: Sequence[FileFinding]) -> str:
    struck = [item for item in items if item.veto and item.status in ("missing", "defect")]
    wrong = [item for item in items if not item.veto and item.status in ("missing", "defect")]
    open_ = sum(item.status == "unknown" for item in items)
    rest = f"，{open_}项待人工核对" if open_ else ""
    if verdict == "vetoed":
        return f"有{len(struck)}项否决，案卷不合格{rest}"
    if verdict == "undetermined":
        return "读到的内容不足以评查，待人工核对"
    if verdict == "defects":
        return f"没有发现否决项，{len(wrong)}项要整改{rest}"
    return f"没有发现问题{rest}"


def _documents(volume: Volume) -> tuple[FileDocument, ...]:
    found = []
    for paper in volume.papers:
        dated = volume.day(paper)
        number = number_of(paper)
        found.append(
            FileDocument(
                kind=paper.name,
                title=paper.title[:80],
                stage=paper.stage,
                place=volume.place(paper),
                day=dated.day if dated is not None else None,
                number=number.text if number is not None else None,
                readable=paper.readable,
            )
        )
    return tuple(found)


def _counted(sheet: Sheet, volume: Volume) -> FileRead:
    return sheet.read.model_copy(update={"documents": sum(paper.sheet == sheet.name for paper in volume.papers)})
