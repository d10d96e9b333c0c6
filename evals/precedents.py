"""The suites `decisions` and `lists`: what is not law, found by what happened and by provision.

First tries, with vectors, untouched afterwards. First batch, written before the engine: decisions found first 96.0,
among three 98.0, no false likeness in ten. Lists 84.8 and 89.1, when lapsed lists and examples were left out; since
they are shown and labelled, 95.7 and 100. Second batch, written after the engine and before its only run: decisions
87.5 and 100, no false likeness in four; lists 100 and 100.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from assistant.schema import Kind, Noun, Passage, SimilarAnswer
from evals.results import Figure, Miss, Result, Unscored
from evals.suites import attempt

DECISIONS, LISTS = "decisions", "lists"
_NEAR = 3


class SearchCase(Noun):
    """A question and what answers it: ids of decisions, or matters of list items; `gold` empty: nothing is like it."""

    id: str
    kind: str
    query: str
    gold: tuple[str, ...]
    batch: str = "第一批"


class Searching(Protocol):
    """What the suites ask of `assistant.desk.Desk`."""

    def search(
        self, query: str, *, kinds: Sequence[Kind] = ..., as_of: dt.date | None = ..., top_k: int = ...
    ) -> tuple[Passage, ...]: ...


class Liking(Protocol):
    """What they ask of `assistant.precedents.Precedents`."""

    def similar(self, description: str | None, facts: object, basis: str | None, as_of: dt.date) -> SimilarAnswer: ...


def decisions(cases: Sequence[SearchCase], desk: Searching, precedents: Liking, as_of: dt.date) -> Result:
    """Shares (× 100) found first and among the first three, by the search by batch and by the similar decisions; and
    of questions like nothing held that got none of either."""
    some = [case for case in cases if case.gold]
    none = [case for case in cases if not case.gold]
    found = _search(DECISIONS, some, desk, ("decision",), as_of, lambda hit, gold: hit.id in gold)
    like, lost = attempt(DECISIONS, cases, lambda c: precedents.similar(c.query, None, None, as_of).similar, "类似决定")
    hits, gone = attempt(
        DECISIONS, none, lambda c: desk.search(c.query, kinds=("decision",), as_of=as_of, top_k=10), "没有相近的"
    )
    ranks = [next((one.rank for one in came if one.id in case.gold), None) for case, came in like if case.gold]
    empty = [not came for case, came in like if not case.gold]
    figures = (
        _share("类案", "第一", [rank == 1 for rank in ranks], lost),
        _share("类案", "前三", [rank is not None and rank <= _NEAR for rank in ranks], lost),
        _share("无类似", "没有误引", empty, lost),
        _share("无类似", "检索为空", [not came for _, came in hits], gone),
    )
    misses = tuple(
        Miss(suite=DECISIONS, id=case.id, asked=case.query, problems=(f"误引了{came[0].title}",))
        for case, came in like
        if came and not case.gold
    )
    return Result(
        figures=(*found.figures, *figures),
        misses=(*found.misses, *misses),
        unscored=(*found.unscored, *lost, *gone),
    )


def _share(part: str, metric: str, right: Sequence[bool], lost: Sequence[Unscored]) -> Figure:
    value = round(100 * sum(right) / len(right), 2) if right else 0.0
    return Figure(suite=DECISIONS, part=part, metric=metric, value=value, scored=len(right), unscored=len(lost))


def lists(cases: Sequence[SearchCase], desk: Searching, as_of: dt.date) -> Result:
    """Shares (× 100) of questions whose matter, or benchmark, is found first and among the first three, by batch."""
    return _search(
        LISTS,
        cases,
        desk,
        ("list", "discretion"),
        as_of,
        lambda hit, gold: any(hit.title == one or hit.title.startswith(f"{one}（") for one in gold),
    )


class _Right(Protocol):
    def __call__(self, hit: Passage, gold: tuple[str, ...], /) -> bool: ...


def _search(
    suite: str, cases: Sequence[SearchCase], desk: Searching, kinds: Sequence[Kind], as_of: dt.date, right: _Right
) -> Result:
    came, broken = attempt(
        suite, cases, lambda c: desk.search(c.query, kinds=kinds, as_of=as_of, top_k=10), "检索案例与清单"
    )
    ranks = [(case, next((hit.rank for hit in hits if right(hit, case.gold)), None), hits) for case, hits in came]
    lost = {one.id for one in broken}
    figures = []
    for part in ("全部", *dict.fromkeys(case.batch for case in cases)):
        among = [rank for case, rank, _ in ranks if part in ("全部", case.batch)]
        gone = sum(case.id in lost for case in cases if part in ("全部", case.batch))
        for metric, limit in (("第一", 1), ("前三", _NEAR)):
            hit = sum(rank is not None and rank <= limit for rank in among)
            value = round(100 * hit / len(among), 2) if among else 0.0
            figures.append(Figure(suite=suite, part=part, metric=metric, value=value, scored=len(among), unscored=gone))
    misses = tuple(
        Miss(
            suite=suite,
            id=case.id,
            asked=case.query,
            problems=(f"排在第{rank}" if rank else "前十没有", f"第一个是{hits[0].title}" if hits else "没有结果"),
        )
        for case, rank, hits in ranks
        if rank != 1
    )
    return Result(figures=tuple(figures), misses=misses, unscored=broken)
