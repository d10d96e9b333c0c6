"""How a case stands: what the engines conclude of it, thing by thing, so that two days can be held side by side."""

from collections.abc import Iterable, Mapping
from typing import cast, get_args

from assistant.rules.proportionality.wording import LABELS as WEIGHED
from assistant.rules.proportionality.wording import STATUSES, STEPS, THRESHOLDS
from assistant.rules.wording import LABELS as SPARED
from assistant.schema import (
    ExemptionAnswer,
    ExemptionVerdict,
    ProcedureCode,
    ProcedureStatus,
    ProportionalityAnswer,
    ProportionalityVerdict,
)

Standing = Mapping[str, str]
"""What is concluded, by the name of the thing: 免罚, 过罚相当, 阶次, 听证, or a list's item."""

EXEMPTION, PROPORTIONALITY, TIER = "免罚", "过罚相当", "裁量阶次"
_ANSWERS = (EXEMPTION, PROPORTIONALITY)


def standing_of(answer: ExemptionAnswer | ProportionalityAnswer) -> Standing:
    """What one answer concludes."""
    if isinstance(answer, ExemptionAnswer):
        met = {f"“{ground.title}”": "满足" for ground in answer.grounds if ground.status == "met"}
        return {EXEMPTION: answer.label, **met}
    tier = {TIER: answer.tier.name} if answer.tier is not None else {}
    return {PROPORTIONALITY: answer.label, **tier, **_steps({s.code: s.status for s in answer.procedure})}


def standing_of_verdicts(verdicts: Mapping[str, str]) -> Standing:
    """What the verdicts kept with a paper conclude. A verdict this version does not know stands as it was kept."""
    out: dict[str, str] = {}
    if (spared := verdicts.get("exemption")) is not None:
        out[EXEMPTION] = SPARED[cast(ExemptionVerdict, spared)] if spared in get_args(ExemptionVerdict) else spared
    if (weighed := verdicts.get("proportionality")) is not None:
        known = weighed in get_args(ProportionalityVerdict)
        out[PROPORTIONALITY] = WEIGHED[cast(ProportionalityVerdict, weighed)] if known else weighed
    steps = {code: verdicts[f"procedure.{code}"] for code in THRESHOLDS if f"procedure.{code}" in verdicts}
    return {**out, **_steps(cast(Mapping[ProcedureCode, ProcedureStatus], steps))}


def said(standings: Iterable[Standing]) -> str:
    """The conclusions alone, without what they rest on."""
    return "；".join(f"{name}：{standing[name]}" for standing in standings for name in _ANSWERS if name in standing)


def unlike(then: Standing, now: Standing) -> tuple[str, ...]:
    """Where two standings of one case differ, a sentence each; conclusions come before what they rest on."""
    names = sorted({*then, *now}, key=lambda name: (name not in _ANSWERS, list({**then, **now}).index(name)))
    return tuple(
        f"{name}：当时“{then.get(name, '没有')}”，现在“{now.get(name, '没有')}”"
        for name in names
        if then.get(name) != now.get(name)
    )


def _steps(statuses: Mapping[ProcedureCode, ProcedureStatus]) -> Standing:
    return {STEPS[code]: STATUSES[statuses[code]] for code in THRESHOLDS if code in statuses}
