"""The suite `decisions_in_chat`: which messages are decided as cases, which not, and what answers make of a case."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from assistant.schema import DoneEvent
from assistant.schema.noun import Noun
from evals.results import Figure, Miss, Result
from evals.suites import Desk, attempt, done

SUITE = "decisions_in_chat"
HELD_OUT = "留出"


class ChatCase(Noun):
    """Messages of one conversation; the last is judged. `wants` is what it must be taken for, and no other.

    `known` are facts that must be known after it, `unknown` facts that must not be; `fine` what is taken as proposed.
    """

    id: str
    say: tuple[str, ...]
    wants: Literal["exemption", "proportionality", "law", "figures"]
    known: dict[str, Any] = Field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    fine: float | None = None
    fine_person: float | None = None
    part: str = ""

    @property
    def kind(self) -> str:
        if len(self.say) > 1:
            return "续答"
        return "该判" if self.wants in ("exemption", "proportionality") else "不该判"


def judge_chat(case: ChatCase, answer: DoneEvent) -> list[str]:
    """What is wrong with the answer to the last message; empty when nothing is."""
    finding = answer.findings[0] if answer.findings else None
    got = finding.kind if finding is not None else "figures" if answer.figures else "law"
    if got != case.wants:
        return [f"当成 {got}，应为 {case.wants}"]
    problems = []
    for fact, value in case.known.items():
        held = answer.facts.get(fact)
        if held is None or not _same(held.value, value):
            problems.append(f"{fact} 应为 {value}，得 {held.value if held is not None else '不知'}")
    problems += [f"{fact} 不该知道" for fact in case.unknown if fact in answer.facts]
    if finding is not None and finding.kind == "proportionality":
        for name in ("fine", "fine_person"):
            wanted, read = getattr(case, name), getattr(finding.proposed, name)
            if wanted is not None and read != wanted:
                problems.append(f"{name} 应为 {wanted}，得 {read}")
    return problems


def _same(held: object, wanted: object) -> bool:
    """12 and 12.0 are one amount; True is no 1; a day is its ISO form."""
    if isinstance(held, bool) or isinstance(wanted, bool):
        return held is wanted
    return held == wanted or str(held) == str(wanted)


def decisions_in_chat(desk: Desk, cases: Sequence[ChatCase], as_of: dt.date) -> Result:
    """The share of last messages taken for what they are, with the facts they must leave (× 100), by kind."""
    came, broken = attempt(SUITE, cases, lambda case: _last(desk, case, as_of), "对话里的裁断")
    judged = [(case, judge_chat(case, answer)) for case, answer in came]
    lost = {one.id for one in broken}
    figures = []
    for part in ("全部", "该判", "不该判", "续答", HELD_OUT):
        mine = [not problems for case, problems in judged if part in ("全部", case.kind, case.part)]
        gone = sum(case.id in lost for case in cases if part in ("全部", case.kind, case.part))
        value = round(100 * sum(mine) / len(mine), 2) if mine else 0.0
        figures.append(Figure(suite=SUITE, part=part, metric="对", value=value, scored=len(mine), unscored=gone))
    misses = tuple(
        Miss(suite=SUITE, id=case.id, asked=" / ".join(case.say), problems=tuple(problems))
        for case, problems in judged
        if problems
    )
    return Result(figures=tuple(figures), misses=misses, unscored=broken)


def _last(desk: Desk, case: ChatCase, as_of: dt.date) -> DoneEvent:
    conversation = None
    answer: DoneEvent | None = None
    for message in case.say:
        answer = done(desk.advise(message, as_of=as_of, who="评测", conversation_id=conversation))
        conversation = answer.conversation_id
    assert answer is not None  # a case without messages is refused when it is read
    return answer
