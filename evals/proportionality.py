"""The suite `proportionality`: verdict, range, findings, questions and procedure against cases written from the law."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from pydantic import Field

from assistant.schema import Noun, ProportionalityAnswer
from evals.reading import AS_OF
from evals.results import Figure, Miss, Result
from evals.suites import attempt

SUITE = "proportionality"


class Review(Protocol):
    """What the suite asks of `assistant.desk.Desk.check_proportionality`."""

    def __call__(
        self,
        description: str | None,
        facts: object,
        basis: str,
        proposed: object,
        *,
        as_of: dt.date,
        also: Sequence[str] = ...,
    ) -> ProportionalityAnswer: ...


class ReviewCase(Noun):
    """A proposed penalty and what is right of it: `range` and `tier` (name, from, to) in yuan, codes of the answer."""

    id: str
    basis: str
    also: tuple[str, ...] = ()
    description: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    proposed: dict[str, Any]
    as_of: dt.date = AS_OF
    verdict: str
    range: tuple[float, float | None] | None = None
    tier: tuple[str, float, float | None] | None = None
    finds: tuple[str, ...] = ()
    not_finds: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    procedure: dict[str, str] = Field(default_factory=dict)
    why: str = ""


def judge(case: ReviewCase, answer: ProportionalityAnswer) -> list[str]:
    """What is wrong with an answer; empty when nothing is."""
    problems = [] if answer.verdict == case.verdict else [f"结论是 {answer.verdict}，应为 {case.verdict}"]
    got = None if answer.range is None else (answer.range.min, answer.range.max)
    if case.range is not None and got != case.range:
        problems.append(f"幅度是 {got}，应为 {case.range}")
    tier = None if answer.tier is None else (answer.tier.name, answer.tier.min, answer.tier.max)
    if case.tier is not None and tier != case.tier:
        problems.append(f"阶次是 {tier}，应为 {case.tier}")
    codes = {finding.code for finding in answer.findings}
    problems += [f"没有指出 {code}" for code in case.finds if code not in codes]
    problems += [f"不该指出 {code}" for code in case.not_finds if code in codes]
    asked = {one.fact for one in answer.missing}
    problems += [f"没有问 {fact}" for fact in case.asks if fact not in asked]
    status: dict[str, str] = {step.code: step.status for step in answer.procedure}
    return problems + [
        f"程序 {code} 是 {status.get(code)}，应为 {wanted}"
        for code, wanted in case.procedure.items()
        if status.get(code) != wanted
    ]


def proportionality(cases: Sequence[ReviewCase], review: Review) -> Result:
    """The share of right verdicts, and of cases right in every respect (× 100)."""
    came, broken = attempt(
        SUITE,
        cases,
        lambda c: review(c.description, c.facts, c.basis, c.proposed, as_of=c.as_of, also=c.also),
        "过罚相当",
    )
    judged = [(case, judge(case, answer), answer.verdict == case.verdict) for case, answer in came]
    total = len(judged)
    values = {
        "结论": sum(right for *_, right in judged) / total if total else 0.0,
        "全对": sum(not problems for _, problems, _ in judged) / total if total else 0.0,
    }
    return Result(
        figures=tuple(
            Figure(suite=SUITE, part="全部", metric=m, value=round(100 * v, 2), scored=total, unscored=len(broken))
            for m, v in values.items()
        ),
        misses=tuple(
            Miss(suite=SUITE, id=case.id, asked=f"{case.basis} {case.proposed}", problems=tuple(problems))
            for case, problems, _ in judged
            if problems
        ),
        unscored=broken,
    )
