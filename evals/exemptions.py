"""The suite `exemptions`: verdict, grounds and questions against cases written from the statutes alone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pydantic import Field

from assistant.errors import InputError
from assistant.schema import ExemptionAnswer, Noun
from evals.reading import AS_OF
from evals.results import Figure, Miss, Result
from evals.suites import attempt

SUITE = "exemptions"

GROUNDS: Mapping[str, str] = {
    "第三十条·不罚": "apl-30-child",
    "第三十条·从轻减轻": "apl-30-youth",
    "第三十一条·不罚": "apl-31-incapable",
    "第三十一条·从轻减轻": "apl-31-diminished",
    "第三十二条第一项": "apl-32-1",
    "第三十二条第二项": "apl-32-2",
    "第三十二条第三项": "apl-32-3",
    "第三十二条第四项": "apl-32-4",
    "第三十三条第一款·应当": "apl-33-minor",
    "第三十三条第一款·可以": "apl-33-first",
    "第三十三条第二款": "apl-33-no-fault",
    "第三十六条": "apl-36",
    "拒不改正才罚": "refusal-only",
}
"""The names that the cases give to grounds, and the ids of the answers."""

SPARING = ("must_not_punish", "may_not_punish", "no_penalty_provision")
REFUSED = "invalid"
"""What stands for a verdict when the input was refused."""


class Check(Protocol):
    """What the suite asks of `assistant.desk.Desk.check_exemption`."""

    def __call__(self, description: str | None, facts: object, *, as_of: dt.date) -> ExemptionAnswer: ...


class ExemptionCase(Noun):
    """A case, the verdicts that are right, the grounds that must be met or must not be, the facts to be asked for.

    `invalid`: the input contradicts itself, so refusing it is right too.
    """

    id: str
    kind: str
    description: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    as_of: dt.date = AS_OF
    verdict: str | tuple[str, ...]
    met: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    invalid: bool = False
    why: str = ""

    @property
    def right(self) -> tuple[str, ...]:
        verdicts = (self.verdict,) if isinstance(self.verdict, str) else self.verdict
        return (*verdicts, REFUSED) if self.invalid else verdicts


def verdict_of(answer: ExemptionAnswer | None) -> str:
    return REFUSED if answer is None else answer.verdict


def judge(case: ExemptionCase, answer: ExemptionAnswer | None) -> list[str]:
    """What is wrong with an answer (None: the input was refused); empty when nothing is."""
    got = verdict_of(answer)
    problems = [] if got in case.right else [f"结论是 {got}，应为 {'或'.join(case.right)}"]
    if answer is None:
        return problems
    met = {ground.id for ground in answer.grounds if ground.status == "met"}
    problems += [f"理由未满足：{name}" for name in case.met if GROUNDS[name] not in met]
    problems += [f"理由不该满足：{name}" for name in case.not_met if GROUNDS[name] in met]
    asked = {one.fact for one in answer.missing}
    return problems + [f"没有问 {fact}" for fact in case.asked if fact not in asked]


def false_sparing(case: ExemptionCase, answer: ExemptionAnswer | None) -> bool:
    """Whether a penalty was said to fall away where it does not: the error that counts ten."""
    return verdict_of(answer) in SPARING and verdict_of(answer) not in case.right


def exemptions(cases: Sequence[ExemptionCase], check: Check) -> Result:
    """The share of right verdicts (a false "no punishment" counts ten), of cases without a false one, of cases
    right in every respect (× 100)."""
    came, broken = attempt(SUITE, cases, lambda c: (_answer(c, check),), "不予处罚")
    judged = [(case, answer, judge(case, answer)) for case, (answer,) in came]
    false = sum(false_sparing(case, answer) for case, answer, _ in judged)
    right = sum(verdict_of(answer) in case.right for case, answer, _ in judged)
    clean = sum(not problems for *_, problems in judged)
    total = len(judged)
    values = {
        "结论": right / total if total else 0.0,
        "结论（错放十倍）": max(0.0, 1 - (total - right + 9 * false) / total) if total else 0.0,
        "没有错放": (total - false) / total if total else 0.0,
        "全对": clean / total if total else 0.0,
    }
    figures = tuple(
        Figure(suite=SUITE, part="全部", metric=m, value=round(100 * v, 2), scored=total, unscored=len(broken))
        for m, v in values.items()
    )
    misses = tuple(
        Miss(suite=SUITE, id=case.id, asked=case.description or str(case.facts), problems=tuple(problems))
        for case, _, problems in judged
        if problems
    )
    return Result(figures=figures, misses=misses, unscored=broken)


def _answer(case: ExemptionCase, check: Check) -> ExemptionAnswer | None:
    try:
        return check(case.description, case.facts, as_of=case.as_of)
    except InputError:
        return None
