"""Whether a penalty falls away or is lighter: every ground weighed side by side, from facts, dated law and lists."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from assistant.errors import InputError
from assistant.knowledge.lists import Lists
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.rules.consistency import CHINESE, Clash, cannot_be, completed, contradictions, read_given
from assistant.rules.evaluate import said
from assistant.rules.facts import Approximate, Reading, read
from assistant.rules.fines_on_refusal import guessed_ground, refusal_ground
from assistant.rules.listed import list_grounds
from assistant.rules.matching import Match, Matcher
from assistant.rules.penalty_matters import PenaltyMatters
from assistant.rules.questions import PICK, rank
from assistant.rules.statutes import MINOR, statute_grounds
from assistant.rules.weighing import BASIS, STRENGTH, Weighed
from assistant.rules.wording import label, measures, opinion, papers
from assistant.schema import (
    AskedFact,
    CaseFacts,
    Citation,
    ExemptionAnswer,
    ExemptionVerdict,
    Ground,
    Known,
    ListCandidate,
    MissingFact,
    Rule,
)

SINCE = dt.date(2021, 7, 15)
"""The first day of the law whose articles the grounds are: earlier days had other articles."""

DESCRIPTION_LIMIT = 20_000

Conflict = tuple[str, Known[Any], Known[Any]]
"""A fact that the form and the description give differently."""


@dataclass(frozen=True)
class _Case:
    """One reading of the case: its facts, what is said of it, what it cites and which items it may be."""

    facts: CaseFacts
    text: str
    cited: tuple[Citation, ...]
    matches: tuple[Match, ...]
    rough: tuple[Approximate, ...]


class Exemption:
    """The exemption engine over one library and the lists held."""

    def __init__(self, library: Library, lists: Lists) -> None:
        self._library = library
        self._lists = lists
        self.lists = lists.lists

    @cached_property
    def _matcher(self) -> Matcher[Rule]:
        heads = self._lists.lists
        return Matcher([rule for rule in self._lists.rules if heads[rule.list_id].category != "裁量基准"])

    @cached_property
    def _penalties(self) -> PenaltyMatters:
        return PenaltyMatters(self._library)

    @cached_property
    def _asks(self) -> Mapping[str, AskedFact]:
        return {ask.name: ask for head in self._lists.lists.values() for ask in head.asks}

    def check(
        self, description: str | None, facts: object, as_of: dt.date, *, notes: Sequence[str] = ()
    ) -> ExemptionAnswer:
        """The answer for a case. `facts` (CaseFacts, or a mapping as the contract has it) go before the description.

        InputError for an impossible value, a description over the limit, nothing to go by, or a day before the law.
        Facts that contradict each other are listed, and nothing is concluded from them.
        """
        text = (description or "").strip()
        if len(text) > DESCRIPTION_LIMIT:
            raise InputError(
                "description", f"描述有{len(text)}个字，超过{DESCRIPTION_LIMIT}个字的上限", "请只写与案件有关的事实"
            )
        if as_of < SINCE:
            raise InputError("as_of", f"只能判断{SINCE}（现行行政处罚法施行）以后的案件", "更早的案件请查当时的法律")
        given = read_given(facts)
        if not text and not given.known():
            raise InputError("description", "没有描述，也没有事实", "请写明违法行为，或者填写事实")
        reading = read(text, today=as_of) if text else Reading(facts=CaseFacts())
        told = reading.facts
        conflicts = _conflicts(given, told)
        merged = _merged(given, told)
        main = self._case(completed(merged), text, as_of, reading.approximate)
        wrong = (*_told_twice(reading, given), *contradictions(main.facts, as_of, text))
        weighed = self._weigh(main, as_of)
        verdict, deciding = _decide(weighed)
        missing = _ask(weighed, verdict, self._asks)
        if wrong:
            weighed = [_suspended(one) for one in weighed]
            verdict, deciding = "needs_facts", None
            missing = tuple(MissingFact(fact=one.fact, question=f"{one.text}：以哪个为准？") for one in wrong)
        elif conflicts:
            other = self._case(completed(_merged(told, given)), text, as_of, reading.approximate)
            asked = tuple(MissingFact(fact=name, question=_which(name, a, b)) for name, a, b in conflicts)
            if _decide(self._weigh(other, as_of))[0] != verdict:  # the conclusion hangs on which of them is true
                verdict, deciding, missing = "needs_facts", None, asked
            else:
                missing = asked + missing
        return self._answer(main, as_of, weighed, verdict, deciding, missing, wrong, conflicts, notes)

    def _case(self, facts: CaseFacts, description: str, as_of: dt.date, rough: tuple[Approximate, ...]) -> _Case:
        violation = facts.violation.value if facts.violation is not None else ""
        named = facts.other.get(BASIS)
        basis = named.value if named is not None and isinstance(named.value, str) else ""
        text = "\n".join(part for part in (violation, description) if part)
        cited = tuple(
            Citation(law=c.law, article=c.article, paragraph=c.paragraph, item=c.item)
            for c in (check(f"{text}\n{basis}", self._library, as_of) if basis or "条" in text else ())
            if c.law is not None and c.article is not None and c.verdict == "verified"
        )
        pick = facts.other.get(PICK)
        matches = self._matcher.find(
            violation or description,
            cited,
            field=facts.field.value if facts.field is not None else None,
            picked=str(pick.value) if pick is not None else None,
        )
        if violation and description and not matches:
            matches = self._matcher.find(description, cited)
        return _Case(facts, text, cited, matches, rough)

    def _weigh(self, case: _Case, as_of: dt.date) -> list[Weighed]:
        weighed = statute_grounds(case.facts, as_of, case.text, case.rough)
        refusal = refusal_ground(case.cited, case.matches, case.facts, as_of, self._library, case.text)
        violation = case.facts.violation
        if refusal is None and violation is not None and not case.cited and BASIS not in case.facts.other:
            near = self._penalties.sparing(violation.value, as_of)
            refusal = guessed_ground(near, case.facts, as_of, self._library, case.text) if near is not None else None
        if refusal is not None:
            weighed.append(refusal)
        return weighed + list_grounds(case.matches, self._lists.lists, case.facts, as_of, self._library, case.text)

    def _answer(
        self,
        case: _Case,
        as_of: dt.date,
        weighed: Sequence[Weighed],
        verdict: ExemptionVerdict,
        deciding: Weighed | None,
        missing: tuple[MissingFact, ...],
        wrong: tuple[Clash, ...],
        conflicts: Sequence[Conflict],
        notes: Sequence[str],
    ) -> ExemptionAnswer:
        ground = deciding.ground if deciding is not None else None
        listed = [m.rule for m in case.matches if any(w.ground.id == f"list:{m.rule.id}" for w in weighed)]
        taken = [one for rule in listed for one in rule.measures] if verdict in STRENGTH else []
        steps = tuple(measures(verdict, ground, case.facts, taken))
        documents = tuple(papers(verdict, ground))
        warnings = (*notes, *_warnings(verdict, ground, weighed, case.facts, case.text))
        named = tuple(
            ListCandidate(
                rule=m.rule.id, matter=m.rule.matter, list=self._lists.lists[m.rule.list_id].title, score=m.score
            )
            for m in case.matches
            if self._lists.lists[m.rule.list_id].nature != "示例"
        )
        candidates = named[:8]
        text = opinion(
            verdict,
            ground,
            weighed,
            as_of=as_of,
            missing=missing,
            contradictions=tuple(one.text for one in wrong),
            candidates=candidates,
            measures=steps,
            papers=documents,
            warnings=warnings,
        )
        return ExemptionAnswer(
            as_of=as_of,
            verdict=verdict,
            label="事实相互矛盾，不能下结论" if wrong else label(verdict, weighed),
            grounds=tuple(w.ground.model_copy(update={"raised": w.raised or w.met}) for w in weighed),
            facts=_shown(case.facts),
            missing=missing,
            contradictions=tuple(one.text for one in wrong),
            candidates=candidates,
            measures=steps,
            papers=documents,
            warnings=warnings,
            citations=check(text, self._library, as_of),
            text=text,
        )


def _suspended(weighed: Weighed) -> Weighed:
    """A ground as it stands while the facts contradict each other: one that seems met is not held to be."""
    if not weighed.met:
        return weighed
    held = weighed.ground.model_copy(update={"status": "unknown", "note": "事实相互矛盾，核实以前不认定满足"})
    return replace(weighed, ground=held)


def _decide(weighed: Sequence[Weighed]) -> tuple[ExemptionVerdict, Weighed | None]:
    """The strongest ground that is met decides; none met and some open: facts are needed."""
    met = [w for w in weighed if w.met]
    if met:
        best = max(met, key=lambda w: STRENGTH[w.verdict])  # the first of equals: statute before list
        return best.verdict, best
    return ("needs_facts", None) if any(w.open for w in weighed) else ("no_exemption", None)


def _ask(
    weighed: Sequence[Weighed], verdict: ExemptionVerdict, asks: Mapping[str, AskedFact]
) -> tuple[MissingFact, ...]:
    """Questions about the grounds that could still make the verdict another.

    Once a ground is met, nothing is asked of what the case does not speak of.
    """
    reached = STRENGTH.get(verdict, 0)
    able = [w for w in weighed if w.open and STRENGTH.get(w.verdict, 0) > reached]
    return rank([w for w in able if w.raised or not reached], asks)


def _merged(first: CaseFacts, second: CaseFacts) -> CaseFacts:
    """The facts of both; where both know one, that of `first`, keeping the quote of the other where they agree."""
    fields = {}
    for name in CaseFacts.model_fields:
        if name == "other":
            continue
        one, two = getattr(first, name), getattr(second, name)
        agree = one is not None and two is not None and one.value == two.value and not one.quote
        fields[name] = two if one is None or agree else one
    return CaseFacts.model_construct(**fields, other={**second.other, **first.other})


def _told_twice(reading: Reading, given: CaseFacts) -> list[Clash]:
    """What the description says in two ways, and the form does not settle."""
    settled = given.known()
    out: list[Clash] = []
    for one in reading.contradictions:
        if one.field not in settled:
            name = CHINESE.get(one.field, one.field.removeprefix("other."))
            quotes = "、".join(f"“{quote}”" for quote in one.quotes)
            out.append(Clash(fact=one.field, text=f"描述对{name}的说法不一：{quotes}"))
    return out + cannot_be(reading, settled)


def _conflicts(given: CaseFacts, read: CaseFacts) -> list[Conflict]:
    known, other = given.known(), read.known()
    skip = ("violation", "field")  # the same thing in other words
    return [
        (name, fact, other[name])
        for name, fact in known.items()
        if name in other and name not in skip and other[name].value != fact.value
    ]


def _which(name: str, given: Known[Any], told: Known[Any]) -> str:
    label = CHINESE.get(name, name.removeprefix("other."))
    return f"{label}：填写为{said(given)}；描述为{said(told)}。以哪个为准？"


def _shown(facts: CaseFacts) -> dict[str, object]:
    """The known facts as they travel: {name: {value, quote}}."""
    return facts.model_dump(mode="json", exclude_none=True, exclude=None if facts.other else {"other"})


def _warnings(
    verdict: ExemptionVerdict, ground: Ground | None, weighed: Sequence[Weighed], facts: CaseFacts, text: str
) -> list[str]:
    out = []
    listed = [w.ground.list for w in weighed if w.ground.list is not None]
    if any(head is not None and not head.concludes for head in listed):
        out.append("匹配到的清单只作参考，不作为结论的依据；结论只根据法律条文的要件")
    if not listed and verdict in ("no_exemption", "needs_facts"):
        out.append("没有匹配到清单事项；不在清单内不等于不能免罚，仍按第三十三条的要件逐案判断")
    if ground is not None and ground.id == "apl-33-minor" and MINOR not in facts.other:
        out.append("“违法行为轻微”没有法定的数额标准，程序只排除了看得出不轻微的情形，应当由执法人员结合证据认定")
    if verdict == "may_not_punish":
        out.append("“可以不予处罚”由行政机关裁量，应当与同类案件一致，说明理由")
    if verdict in ("must_not_punish", "may_not_punish") and facts.first_violation is None:
        out.append("请查询处罚记录，核对是不是再犯")
    if "治安" in text or (facts.field is not None and "治安" in facts.field.value):
        out.append("违反治安管理的，治安管理处罚法对不予处罚、从轻减轻和时效另有规定，应当一并适用")
    if (
        verdict in ("must_not_punish", "may_not_punish")
        and facts.illegal_gains is not None
        and facts.illegal_gains.value
    ):
        out.append("有违法所得：不予处罚时不能没收，依法应当退赔的，责令退赔")
    return out
