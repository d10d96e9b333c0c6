"""The suite `case_files`: planted vetoes and faults found, and no veto where there is none."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from assistant.schema import FileReview
from evals.case_file_samples import CaseFileCase, build
from evals.reading import AS_OF, FOLDER
from evals.results import Figure, Miss, Result
from evals.suites import attempt

SUITE = "case_files"
SAMPLES = FOLDER / "case_files"


class Review(Protocol):
    """What the suite asks of `assistant.desk.Desk.review_files`."""

    def __call__(self, files: Iterable[tuple[str, bytes]], *, as_of: dt.date) -> FileReview: ...


class Judged:
    """What came of one sample."""

    def __init__(self, case: CaseFileCase, review: FileReview) -> None:
        status = {item.code: item for item in review.items}
        wrong = {code for code, item in status.items() if item.status in ("missing", "defect")}
        self.vetoes = {code for code in wrong if status[code].veto}
        self.case = case
        self.scored = wrong - self.vetoes
        self.found = [code for code in case.vetoes if code in self.vetoes]
        self.false = sorted(self.vetoes - set(case.vetoes))
        self.found_scored = [code for code in case.scored if code in self.scored]
        self.extra = sorted(self.scored - set(case.scored))
        self.unplaced = sorted(c for c in wrong if not status[c].where)
        self.problems = [f"没有查出 {code} {_said(status, code)}" for code in case.vetoes if code not in self.vetoes]
        self.problems += [f"误报否决 {code} {_said(status, code)}" for code in self.false]
        self.problems += [f"没有查出 {code} {_said(status, code)}" for code in case.scored if code not in self.scored]
        self.problems += [f"多报 {code} {_said(status, code)}" for code in self.extra]
        self.problems += [f"没有说在哪里 {code} {_said(status, code)}" for code in self.unplaced]
        self.problems += [
            f"应为待人工核对 {code} {_said(status, code)}"
            for code in case.unknown
            if code not in status or status[code].status != "unknown"
        ]


def _said(status: dict, code: str) -> str:  # type: ignore[type-arg]
    item = status.get(code)
    return f"（{item.status}：{item.text[:80]}）" if item is not None else "（没有这一项）"


def case_files(cases: Sequence[CaseFileCase], review: Review, folder: Path = SAMPLES, part: str = "全部") -> Result:
    """Shares of planted faults found, of samples without a false veto, of scored findings that were planted."""
    came, broken = attempt(SUITE, cases, lambda c: review([build(c, folder)], as_of=AS_OF), "案卷评查")
    judged = [Judged(case, answer) for case, answer in came]
    values = {
        "否决查出": _share(sum(len(j.found) for j in judged), sum(len(j.case.vetoes) for j in judged)),
        "没有误报否决": _share(sum(not j.false for j in judged), len(judged)),
        "计分查出": _share(sum(len(j.found_scored) for j in judged), sum(len(j.case.scored) for j in judged)),
        "计分报得对": _share(
            sum(len(j.found_scored) for j in judged), sum(len(j.found_scored) + len(j.extra) for j in judged)
        ),
    }
    return Result(
        figures=tuple(
            Figure(suite=SUITE, part=part, metric=m, value=v, scored=len(judged), unscored=len(broken))
            for m, v in values.items()
        ),
        misses=tuple(
            Miss(suite=SUITE, id=j.case.id, asked=j.case.what, problems=tuple(j.problems)) for j in judged if j.problems
        ),
        unscored=broken,
    )


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 100.0
