"""The suites: each puts its cases to the desk, one by one, and scores what comes."""

import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import fmean
from typing import Protocol, TypeVar

from rich.console import Console
from rich.progress import track

from assistant.desk.casefiles import CaseFileDesk
from assistant.desk.opinions import OpinionDesk
from assistant.errors import EngineError
from assistant.hotline import Hotline
from assistant.precedents import Precedents
from assistant.schema import (
    CheckedCitation,
    DoneEvent,
    Event,
    ExemptionAnswer,
    FailedEvent,
    FigureAnswer,
    Kind,
    Passage,
    ProportionalityAnswer,
)
from evals.reading import AnswerCase, CitationCase, FigureCase, RefusalCase, RetrievalCase
from evals.results import Figure, Miss, Result, Unscored
from evals.scorers import (
    fault,
    found,
    judge_answer,
    judge_citations,
    judge_refusal,
    ndcg,
    recall,
    reciprocal_rank,
    unverified,
)

DEPTH = 100
"""How many hits are asked for; recall@100 needs them."""


class Desk(Protocol):
    """What the suites ask of `assistant.desk.Desk`."""

    def search(
        self, query: str, *, kinds: Sequence[Kind] = ..., as_of: dt.date | None = ..., top_k: int = 10
    ) -> tuple[Passage, ...]: ...

    @property
    def precedents(self) -> Precedents: ...

    def check(self, text: str, *, as_of: dt.date) -> tuple[Sequence[CheckedCitation], object]: ...

    def check_exemption(self, description: str | None, facts: object, *, as_of: dt.date) -> ExemptionAnswer: ...

    def check_proportionality(
        self,
        description: str | None,
        facts: object,
        basis: str,
        proposed: object,
        *,
        as_of: dt.date,
        also: Sequence[str] = ...,
    ) -> ProportionalityAnswer: ...

    @property
    def case_files(self) -> CaseFileDesk: ...

    @property
    def hotline(self) -> Hotline: ...

    @property
    def opinions(self) -> OpinionDesk: ...

    def advise(
        self, question: str, *, as_of: dt.date, who: str, conversation_id: str | None = None
    ) -> Iterator[Event]: ...


class _Case(Protocol):
    @property
    def id(self) -> str: ...


C = TypeVar("C", bound=_Case)
T = TypeVar("T")


def attempt(
    suite: str, cases: Sequence[C], ask: Callable[[C], T], say: str
) -> tuple[list[tuple[C, T]], tuple[Unscored, ...]]:
    """Asks every case. One that breaks the program is unscored, and the rest go on."""
    answers: list[tuple[C, T]] = []
    broken: list[Unscored] = []
    for case in track(cases, description=say, console=Console(stderr=True), disable=not sys.stderr.isatty()):
        try:
            answers.append((case, ask(case)))
        except Exception as error:  # noqa: BLE001 — an evaluation counts crashes of the program it measures, of any kind
            broken.append(Unscored(suite=suite, id=case.id, error=f"{type(error).__name__}: {error}"[:300]))
    return answers, tuple(broken)


def done(events: Iterable[Event]) -> DoneEvent:
    """The checked answer at the end of a stream. EngineError when there is none."""
    last: Event | None = None
    for event in events:
        last = event
        if isinstance(event, FailedEvent):
            raise EngineError(event.where, event.problem, event.remedy)
    if not isinstance(last, DoneEvent):
        raise EngineError("回答", "流结束了却没有 done 事件")
    return last


def retrieval(
    desk: Desk,
    cases: Sequence[RetrievalCase],
    as_of: dt.date,
    parts: Callable[[RetrievalCase], Sequence[str]],
    suite: str,
) -> Result:
    """nDCG@10, recall@10, recall@100 and MRR (× 100), for every part a case belongs to."""
    answers, broken = attempt(
        suite, cases, lambda c: found(desk.search(c.query, as_of=as_of, top_k=DEPTH)), f"检索 {suite}"
    )
    lost = {u.id for u in broken}
    rows: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    misses = []
    for case, hits in answers:
        row = (
            ndcg(hits, case.gold, 10),
            recall(hits, case.gold, 10),
            recall(hits, case.gold, 100),
            reciprocal_rank(hits, case.gold),
        )
        for part in parts(case):
            rows[part].append(row)
        if not row[1]:
            problems = ("前十没有：" + "、".join(map(str, case.gold)),)
            misses.append(Miss(suite=suite, id=case.id, asked=case.query, problems=problems))
    without: dict[str, int] = defaultdict(int)
    for case in cases:
        for part in parts(case):
            without[part] += case.id in lost
    figures = [
        Figure(
            suite=suite,
            part=part,
            metric=metric,
            value=round(100 * fmean(row[at] for row in rows[part]), 2) if rows[part] else 0.0,
            scored=len(rows[part]),
            unscored=without[part],
        )
        for part in dict.fromkeys(part for case in cases for part in parts(case))
        for at, metric in enumerate(("nDCG@10", "recall@10", "recall@100", "MRR"))
    ]
    return Result(figures=tuple(figures), misses=tuple(misses), unscored=broken)


def own_parts(case: RetrievalCase) -> Sequence[str]:
    """全部, and the style of the question."""
    return ("全部", case.style)


def outside_parts(file: str, cases: Sequence[RetrievalCase]) -> Callable[[RetrievalCase], Sequence[str]]:
    """The file, and `<file>-admin` for its administrative questions where it holds others too."""
    mixed = len({case.admin for case in cases}) > 1
    return lambda case: (file, f"{file}-admin") if mixed and case.admin else (file,)


def _share(suite: str, part: str, metric: str, verdicts: Sequence[bool], lost: int) -> Figure:
    value = round(100 * sum(verdicts) / len(verdicts), 2) if verdicts else 0.0
    return Figure(suite=suite, part=part, metric=metric, value=value, scored=len(verdicts), unscored=lost)


def citations(desk: Desk, cases: Sequence[CitationCase], as_of: dt.date) -> Result:
    """The share of texts whose citations are all found, placed and judged rightly."""
    came, broken = attempt("citations", cases, lambda c: desk.check(c.text, as_of=c.as_of or as_of)[0], "引文核验")
    judged = [(case, judge_citations(case, checked)) for case, checked in came]
    misses = [
        Miss(suite="citations", id=case.id, asked=case.text, problems=tuple(problems))
        for case, problems in judged
        if problems
    ]
    figure = _share("citations", "全部", "对", [not problems for _, problems in judged], len(broken))
    return Result(figures=(figure,), misses=tuple(misses), unscored=broken)


def refusals(desk: Desk, cases: Sequence[RefusalCase], as_of: dt.date) -> Result:
    """The share of messages treated as they must be, by kind."""
    answers, broken = attempt(
        "refusals", cases, lambda c: done(desk.advise(c.message, as_of=as_of, who="评测")), "谢绝与注入"
    )
    judged = [(case, judge_refusal(case, answer)) for case, answer in answers]
    lost = {u.id for u in broken}
    figures = []
    for kind in ("全部", *dict.fromkeys(case.kind for case in cases)):
        verdicts = [not problems for case, problems in judged if kind in ("全部", case.kind)]
        gone = sum(case.id in lost for case in cases if kind in ("全部", case.kind))
        figures.append(_share("refusals", kind, "对", verdicts, gone))
    misses = [
        Miss(suite="refusals", id=case.id, asked=case.message, problems=tuple(problems))
        for case, problems in judged
        if problems
    ]
    return Result(figures=tuple(figures), misses=tuple(misses), unscored=broken)


def answers(desk: Desk, cases: Sequence[AnswerCase], as_of: dt.date) -> Result:
    """The share of answers that hold what they must and nothing they must not; and of those without a bad citation."""
    came, broken = attempt(
        "answers", cases, lambda c: done(desk.advise(c.question, as_of=c.as_of or as_of, who="评测")), "从问到答"
    )
    judged = [(case, judge_answer(case, answer)) for case, answer in came]
    clean = [not unverified(case, answer) for case, answer in came]
    misses = [
        Miss(suite="answers", id=case.id, asked=case.question, problems=tuple(problems))
        for case, problems in judged
        if problems
    ]
    figures = (
        _share("answers", "全部", "对", [not problems for _, problems in judged], len(broken)),
        _share("answers", "全部", "引文无误", clean, len(broken)),
    )
    return Result(figures=figures, misses=tuple(misses), unscored=broken)


def stats(answer: Callable[[str, dt.date], FigureAnswer | None], cases: Sequence[FigureCase]) -> Result:
    """The share of numbers that are right; of unanswerable questions without a number; of others' questions left alone.

    `answer` gives None where a question is not about figures.
    """
    came, broken = attempt("stats", cases, lambda c: answer(c.question, c.today), "数据问题")
    judged = [(case, given, fault(case, given)) for case, given in came]
    lost = {u.id for u in broken}
    parts: dict[str, Callable[[FigureCase], bool]] = {
        "有数": lambda c: c.answered and not c.not_mine,
        "没有的数": lambda c: not c.answered,
        "别的问题": lambda c: c.not_mine,
    }
    figures = [
        _share(
            "stats",
            part,
            "对",
            [wrong is None for case, _, wrong in judged if among(case)],
            sum(case.id in lost for case in cases if among(case)),
        )
        for part, among in parts.items()
    ]
    known = [given is not None for case, given, _ in judged if not case.answered]
    figures.append(_share("stats", "没有的数", "认出", known, sum(c.id in lost for c in cases if not c.answered)))
    sound = [
        wrong is None for case, given, wrong in judged if not case.not_mine and given is not None and given.answered
    ]
    figures.append(_share("stats", "给出的数", "对", sound, len(broken)))
    misses = [
        Miss(suite="stats", id=case.id, asked=case.question, problems=(wrong,)) for case, _, wrong in judged if wrong
    ]
    return Result(figures=tuple(figures), misses=tuple(misses), unscored=broken)
