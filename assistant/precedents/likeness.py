"""Decisions like a case: found by provision, matter and meaning; shown with what is alike and what differs."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError
from assistant.law.citations import parse
from assistant.law.library import Library
from assistant.precedents.alike import Alike, Near
from assistant.precedents.comparing import Case, points
from assistant.precedents.held import Held, shown
from assistant.rules.consistency import completed, read_given
from assistant.rules.facts import read
from assistant.rules.matching import Matcher
from assistant.schema import CaseFacts, Citation, ComparedPoint, Decision, Passage, SimilarAnswer, SimilarDecision

DESCRIPTION_LIMIT = 20_000
SURELY = 0.68
"""How near a matter must be to be shown to somebody who asked for none: a wrong one costs more than none."""
_FEW = 30
"""Below so many decisions their number shows nothing about practice."""


class Likeness:
    """Finds decisions like a case among those held."""

    def __init__(self, held: Sequence[Held], alike: Alike, library: Library) -> None:
        self._alike = alike
        self._library = library
        self._decisions = [one for one in held if one.decision is not None]
        self._matcher: Matcher[Decision] = Matcher([one.decision for one in self._decisions if one.decision])

    def similar(
        self,
        description: str | None,
        facts: object,
        basis: str | None,
        as_of: dt.date,
        *,
        fine: float | None = None,
        top_k: int = 5,
    ) -> SimilarAnswer:
        """Up to `top_k` decisions like the case, nearest first and those of a title alone last; none where nothing held
        is like it.

        `facts` (CaseFacts, or a mapping as the contract has it) go before the description. InputError for nothing to go
        by, an impossible value, a description over the limit, or a basis that is no provision.
        """
        text = (description or "").strip()
        if len(text) > DESCRIPTION_LIMIT:
            raise InputError(
                "description", f"描述有{len(text)}个字，超过{DESCRIPTION_LIMIT}个字的上限", "请只写与案件有关的事实"
            )
        known = _merged(read_given(facts), read(text, today=as_of).facts if text else CaseFacts())
        violation = known.violation.value if known.violation is not None else ""
        cited: tuple[Citation, ...] = ()
        if basis:
            provision = parse(basis, self._library)
            if provision is None:
                raise InputError("basis", f"“{basis[:60]}”不是一处法律条文", "写成《食品安全法》第一百二十四条这样")
            cited = (provision,)
        if not (text or violation or cited):
            raise InputError("description", "没有描述，也没有依据", "请写明行为，或者填写依据")
        words = text if violation in text else f"{text}。{violation}" if text else violation
        told = self._alike.told(words, as_of, cited)
        near = self._alike.near(told)
        near.sort(key=lambda one: (one.held.decision is not None and one.held.decision.seen == "仅标题", -_worth(one)))
        case = Case(
            conduct=violation or text or str(cited[0]), facts=known, basis=cited, fine=fine, as_of=as_of,
            elements=told.elements,
        )  # fmt: skip
        found = [self._shown(rank, one, case) for rank, one in enumerate(near[:top_k], 1)]
        return SimilarAnswer(
            as_of=as_of,
            similar=tuple(found),
            facts=known.model_dump(mode="json", exclude_none=True, exclude=None if known.other else {"other"}),
            note=self._note(found),
        )

    def told_of(self, text: str, as_of: dt.date, top_k: int) -> tuple[Passage, ...]:
        """Decisions whose matter a question surely is: for an answer that was not asked for them.

        Those of a title alone are not among them: they say nothing.
        """
        by_id = {held.id: held for held in self._decisions}
        near = [one for one in self._matcher.find(text) if one.score >= SURELY and one.rule.seen != "仅标题"]
        return tuple(
            by_id[one.rule.id].passage(rank, one.score, shown(by_id[one.rule.id], self._library, as_of))
            for rank, one in enumerate(near[:top_k], 1)
        )

    def _shown(self, rank: int, near: Near, case: Case) -> SimilarDecision:
        decision = near.held.decision
        assert decision is not None
        compared = points(case, near.held, self._library, self._alike.elements_of(near))
        hit = near.held.passage(rank, near.worth, shown(near.held, self._library, case.as_of))
        return SimilarDecision(
            **dict(hit),
            outcomes=decision.outcomes,
            reasons=decision.reasons,
            region=decision.region,
            seen=decision.seen,
            alike=tuple(one for one in compared if one.verdict == "alike"),
            differs=tuple(one for one in compared if one.verdict == "differs"),
            open=tuple(one for one in compared if one.verdict == "open"),
            lesson=_lesson(decision, compared),
        )

    def _note(self, found: Sequence[SimilarDecision]) -> str:
        count = len(self._decisions)
        whole = sum(one.decision is not None and one.decision.seen != "仅标题" for one in self._decisions)
        held = f"库里共有案例{count}个，见到案情的{whole}个"
        few = "，数量少，看不出一般做法" if whole < _FEW else ""
        if not found:
            return f"没有找到相近的案例。{held}{few}。没有相近的案例不影响按法律和裁量基准作出判断。"
        return f"{held}{few}。案例供参考，不是法律依据；异同逐项列出，不给出相似度。"


def _worth(near: Near) -> float:
    """Of two that are as near, the office's own says more than one from elsewhere, a known end more than none."""
    decision = near.held.decision
    assert decision is not None
    return near.worth + 0.5 * (decision.origin is not None) + 0.2 * (decision.outcomes != ("未见",))


def _lesson(decision: Decision, compared: Sequence[ComparedPoint]) -> str:
    outcomes, reasons = "、".join(decision.outcomes), "、".join(decision.reasons)
    if decision.seen == "仅标题":
        return "仅见标题，案情和结果都没有见到，不能引用，只提示可以去查原文。"
    if decision.outcomes == ("未见",):
        return "处理结果未见，只提示这类案件会争什么，不能作为先例引用。"
    said = f"该案处理结果是{outcomes}"
    said += f"（{decision.outcome_note}）" if decision.outcome_note else ""
    said += f"，理由类别是{reasons}。" if decision.reasons != ("未见",) else "，理由未见。"
    if decision.outcomes == ("撤回",):
        said += "撤回结案，没有认定原行为合法或者违法。"
    alike = [f"{one.label}（{one.theirs}）" for one in compared if one.verdict == "alike" and one.aspect in _FACTS]
    open_ = [
        one.label
        for one in compared
        if one.verdict == "open" and one.aspect in _FACTS and one.mine is None and one.label != "罚款"
    ]
    if alike:
        said += f"与本案相同的情况：{'、'.join(alike)}；裁量理由里应当逐项回应。"
    if open_:
        said += f"本案还没有查明{'、'.join(open_)}，查明以前不宜比照。"
    return said


_FACTS = ("情节", "金额")


def _merged(given: CaseFacts, told: CaseFacts) -> CaseFacts:
    """The facts of both; what was given in a form goes before what the words say."""
    known: dict[str, Any] = {**told.known(), **given.known()}
    plain = {name: fact for name, fact in known.items() if not name.startswith("other.")}
    other = {name[6:]: fact for name, fact in known.items() if name.startswith("other.")}
    try:
        return completed(CaseFacts.model_validate(plain | ({"other": other} if other else {})))
    except ValidationError as error:  # both were valid alone, so only their number can be too great
        raise InputError("facts.other", "另列的事实太多", "只写与案件有关的") from error
