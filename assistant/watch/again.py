"""Concluding anew, from the facts something was made from: what the engines say of them on another day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from assistant.errors import InputError
from assistant.schema import (
    ExemptionAnswer,
    ExemptionFinding,
    OpinionContent,
    ProportionalityAnswer,
    ProportionalityFinding,
)

Finding = ExemptionFinding | ProportionalityFinding
_CANNOT = "按今天的法律不能再算"


class Engines(Protocol):
    """What the watch asks of the rules; `assistant.rules` has both."""

    def exempt(self, description: str | None, facts: Mapping[str, Any], day: dt.date) -> ExemptionAnswer: ...

    def weigh(
        self, description: str | None, facts: Mapping[str, Any], basis: str, proposed: Any, day: dt.date
    ) -> ProportionalityAnswer: ...


def concluded(findings: Iterable[Finding]) -> str | None:
    """What the engines concluded in an answer; None where they did not."""
    labels = [finding.answer.label for finding in findings if finding.answer is not None]
    return "；".join(labels) or None


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


def concluded_anew(findings: Iterable[Finding], engines: Engines, day: dt.date) -> str:
    """The same cases as the engines see them on `day`."""
    labels: list[str] = []
    for finding in findings:
        try:
            if isinstance(finding, ExemptionFinding):
                labels.append(engines.exempt(finding.told, finding.answer.facts, day).label)
            elif finding.answer is not None and finding.basis is not None:
                facts = finding.answer.facts
                labels.append(engines.weigh(finding.told, facts, finding.basis, finding.proposed, day).label)
        except InputError as error:
            labels.append(f"{_CANNOT}（{error.problem}）")
    return "；".join(labels)


def paper_anew(content: OpinionContent, engines: Engines, day: dt.date) -> str:
    """The exemption that a paper rests on, as it comes out on `day`."""
    try:
        return engines.exempt(content.description, content.given_facts, day).verdict
    except InputError as error:
        return f"{_CANNOT}（{error.problem}）"
