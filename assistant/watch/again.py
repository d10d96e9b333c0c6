"""Concluding anew, from the facts something was made from: what the engines say of them on another day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.drafting import Forms, Judging
from assistant.errors import InputError
from assistant.schema import (
    ExemptionAnswer,
    ExemptionFinding,
    OpinionContent,
    ProportionalityAnswer,
    ProportionalityFinding,
)
from assistant.watch.standing import Standing, said, standing_of, standing_of_verdicts, unlike

Finding = ExemptionFinding | ProportionalityFinding
_CANNOT = "按今天的法律不能再算"


@dataclass(frozen=True)
class Anew:
    """What the engines conclude now, and where that is not what was concluded then."""

    conclusion: str
    unlike: tuple[str, ...]


class Engines(Protocol):
    """What the watch asks of the rules; `assistant.rules` has both."""

    def exempt(self, description: str | None, facts: Mapping[str, Any], day: dt.date) -> ExemptionAnswer: ...

    def weigh(
        self, description: str | None, facts: Mapping[str, Any], basis: str, proposed: Any, day: dt.date
    ) -> ProportionalityAnswer: ...


def concluded(findings: Iterable[Finding]) -> str | None:
    """What the engines concluded in an answer; None where they did not."""
    return said(standing_of(finding.answer) for finding in findings if finding.answer is not None) or None


def lists_used(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Ids of the lists that the grounds of an exemption stood on."""
    return tuple(
        dict.fromkeys(
            ground.id.removeprefix("list:").partition("#")[0]
            for finding in findings
            if isinstance(finding, ExemptionFinding)
            for ground in finding.answer.grounds
            if ground.kind == "list"
        )
    )


def concluded_anew(findings: Iterable[Finding], engines: Engines, day: dt.date) -> Anew:
    """The same cases as the engines see them on `day`."""
    standings: list[Standing] = []
    found: list[str] = []
    for finding in findings:
        if finding.answer is None:
            continue
        try:
            standing = standing_of(_asked_again(finding, engines, day))
        except InputError as error:
            found.append(f"{_CANNOT}（{error.problem}）")
            continue
        standings.append(standing)
        found += unlike(standing_of(finding.answer), standing)
    return Anew(said(standings) or _CANNOT, tuple(found))


def _asked_again(finding: Finding, engines: Engines, day: dt.date) -> ExemptionAnswer | ProportionalityAnswer:
    if isinstance(finding, ExemptionFinding):
        return engines.exempt(finding.told, finding.answer.facts, day)
    assert finding.answer is not None
    return engines.weigh(
        finding.told, finding.answer.facts, finding.basis or finding.answer.basis, finding.proposed, day
    )


def paper_concluded(content: OpinionContent) -> str | None:
    """What the engines concluded in a paper; None where they did not."""
    return said([standing_of_verdicts(content.verdicts)]) or None


def paper_anew(content: OpinionContent, forms: Forms, judging: Judging, day: dt.date) -> Anew:
    """The case of a paper as the engines see it on `day`. Of a paper kept before a thing was kept with it, that thing
    is not held against today."""
    try:
        form = forms.form(content.kind)
        case = judging.judge(form, content.description or "", content.given_facts or None, content.fields, day)
    except InputError as error:
        return Anew(_CANNOT, (f"{_CANNOT}（{error.problem}）",))
    then, now = standing_of_verdicts(content.verdicts), standing_of_verdicts(case.verdicts)
    return Anew(said([now]) or _CANNOT, unlike(then, {name: now[name] for name in then if name in now}))
