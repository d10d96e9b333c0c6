"""Decisions like a case: found by provision, matter and meaning; shown with what is alike and what differs."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError
from assistant.law.citations import parse
from assistant.law.library import Library
from assistant.precedents.catalogue import ARTICLE, PART, RELATED, Catalogue, nearness
from assistant.precedents.comparing import Case, points
from assistant.precedents.held import Held, shown
from assistant.rules.consistency import completed, read_given
from assistant.rules.facts import read
from assistant.rules.matching import NEAR, STRONG, Matcher
from assistant.schema import CaseFacts, Citation, ComparedPoint, Decision, Passage, SimilarAnswer, SimilarDecision

DESCRIPTION_LIMIT = 20_000
_SAID = 0.25
"""From this share of the case's words on, a decision speaks of the same thing; below it only a name or a provision."""
_SURE = 8.0
SURELY = 0.68
"""How near a matter must be to be shown to somebody who asked for none: a wrong one costs more than none."""
_FEW = 30
"""Below so many decisions their number shows nothing about practice."""


class Likeness:
    """Finds decisions like a case in one catalogue."""

    def __init__(self, catalogue: Catalogue, library: Library) -> None:
        self._catalogue = catalogue
        self._library = library
        self._decisions = [one for one in catalogue.held if one.decision is not None]
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
        """Up to `top_k` decisions like the case, nearest first; none where nothing held is like it.

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
        case = Case(conduct=violation or text or str(cited[0]), facts=known, basis=cited, fine=fine, as_of=as_of)
        found = [
            self._shown(rank, worth, held, same, case)
            for rank, (worth, held, same) in enumerate(self._candidates(text, violation, cited)[:top_k], 1)
        ]
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

    def _candidates(self, text: str, violation: str, cited: Sequence[Citation]) -> list[tuple[float, Held, bool]]:
        """(worth, decision, same matter) of those like the case, nearest first; those of a title alone last."""
        said: dict[str, tuple[float, float]] = {}
        for query in dict.fromkeys(one for one in (violation, text) if one):
            for r in self._catalogue.described(query, ("decision",)):
                name = self._catalogue.held[r.place].id
                before = said.get(name, (0.0, 0.0))
                said[name] = (max(before[0], r.share), max(before[1], r.score))
        near: dict[str, float] = {}
        for query in dict.fromkeys(one for one in (violation, text) if one):
            for match in self._matcher.find(query, cited):
                near[match.rule.id] = max(near.get(match.rule.id, 0.0), match.score)
        out: list[tuple[float, Held, bool]] = []
        for held in self._decisions:
            share, score = said.get(held.id, (0.0, 0.0))
            matter = near.get(held.id, 0.0)
            rests = max((nearness(one, held) for one in cited), default=0.0)
            on_article = rests >= ARTICLE - RELATED
            told = share >= _SAID and score >= _SURE
            if not (on_article or told or matter >= NEAR):
                continue
            worth = score / (2 * _SURE) + share + matter + (rests / 4 if on_article else 0.0)
            worth += _worth_more(held.decision)
            # One article punishes many kinds of conduct: only its very part settles that a name half said is meant.
            same = matter >= STRONG or (matter >= NEAR and rests >= PART - RELATED)
            out.append((worth, held, same))
        out.sort(key=lambda one: (one[1].decision is not None and one[1].decision.seen == "仅标题", -one[0], one[1].id))
        return out

    def _shown(self, rank: int, worth: float, held: Held, same: bool, case: Case) -> SimilarDecision:
        decision = held.decision
        assert decision is not None
        compared = points(case, held, self._library, same_matter=same)
        hit = held.passage(rank, worth, shown(held, self._library, case.as_of))
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
            return f"{held}，没有找到类似的决定{few}。没有类似案例不影响按法律和裁量基准作出判断。"
        return f"{held}{few}。案例供参考，不是法律依据；异同逐项列出，不给出相似度。"


def _worth_more(decision: Decision | None) -> float:
    """Of two that are as near, the office's own says more than one from elsewhere, a known end more than none."""
    assert decision is not None
    return 0.5 * (decision.origin is not None) + 0.2 * (decision.outcomes != ("未见",))


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
