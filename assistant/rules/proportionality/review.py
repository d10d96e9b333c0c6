"""A proposed penalty held against its basis, the facts, what lightens or worsens it, and the procedure."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError
from assistant.knowledge.discretion import Discretion
from assistant.knowledge.lists import Lists
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.rules.consistency import CHINESE, cannot_be, completed, contradictions, read_given
from assistant.rules.facts import Reading, read
from assistant.rules.procedure.plan import PenaltyPlan, disordered
from assistant.rules.procedure.steps import procedure_steps
from assistant.rules.proportionality.basis import Basis, read_basis
from assistant.rules.proportionality.circumstances import LAW, Circumstances
from assistant.rules.proportionality.concurrence import Concurrence, concur
from assistant.rules.proportionality.kinds import read_kinds
from assistant.rules.proportionality.tiers import Tiers
from assistant.rules.proportionality.under import ORDER, CaseAtHand, UnderText, under
from assistant.rules.proportionality.wording import asked, label, opinion, span
from assistant.schema import (
    CaseFacts,
    MissingFact,
    ProportionalityAnswer,
    ProportionalityVerdict,
    ProposedPenalty,
    ReviewFinding,
)

DESCRIPTION_LIMIT = 20_000
SINCE = dt.date(2021, 7, 15)
"""The first day of the law whose articles the review rests on."""


class Proportionality:
    """The review over one library, with the thresholds and ways to cut a range that are held."""

    def __init__(
        self,
        library: Library,
        discretion: Discretion,
        benchmarks: Lists | None = None,
    ) -> None:
        """`benchmarks` are the lists held; those of category 裁量基准 give tiers."""
        self._library = library
        self._discretion = discretion
        self._tiers = Tiers(discretion, benchmarks or Lists({}, ()))

    def check(
        self,
        description: str | None,
        facts: object,
        basis: str,
        proposed: object,
        as_of: dt.date,
        *,
        also: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> ProportionalityAnswer:
        """Whether `proposed` (ProposedPenalty, or a mapping as the contract has it) is right under `basis`.

        `also` are other provisions that the same act violates: which fines most is compared (第二十九条). `facts` go
        before what the description says. InputError for what cannot be worked with: a basis that is no
        provision, an impossible value, an empty proposal, a description over the limit. Facts that contradict each
        other are listed, and nothing is concluded from them.
        """
        text = (description or "").strip()
        if len(text) > DESCRIPTION_LIMIT:
            raise InputError(
                "description", f"描述有{len(text)}个字，超过{DESCRIPTION_LIMIT}个字的上限", "请只写与案件有关的事实"
            )
        if as_of < SINCE:
            raise InputError("as_of", f"只能审查{SINCE}（现行行政处罚法施行）以后的案件", "更早的案件请查当时的法律")
        plan_of = _proposed(proposed)
        kinds = read_kinds(plan_of.kinds)
        if plan_of.fine is None and plan_of.fine_person is None and not kinds.kinds:
            raise InputError("proposed", "没有写拟给予的处罚", "请写罚款数额或者处罚种类")
        given = read_given(facts)
        reading = read(text, today=as_of) if text else Reading(facts=CaseFacts())
        known = _answered(completed(_merged(given, reading.facts)))
        told = known.violation.value if known.violation is not None else ""
        words = f"{told}\n{text}".strip()
        decided = known.decision_date.value if known.decision_date is not None else as_of
        held = read_basis(basis, self._library, _conduct(known), decided)
        fine = (plan_of.fine or 0.0) + (plan_of.fine_person or 0.0)
        plan = PenaltyPlan(
            law=held.rulings[0].article.law if held.rulings else held.citation.law,
            article_text=held.rulings[0].article.text if held.rulings else "",
            fine=fine
            if plan_of.fine is None or plan_of.fine_person is None
            else max(plan_of.fine, plan_of.fine_person),
            kinds=kinds.kinds,
            facts=known,
            as_of=as_of,
            description=words,
        )
        wrong = [*_twice(reading, given), *((c.fact, c.text) for c in contradictions(known, as_of, words))]
        wrong += disordered(plan)
        findings = [ReviewFinding(code="order_ignored", severity="info", text=note) for note in notes] + [
            ReviewFinding(code="facts_differ", severity="warning", text=one) for one in _differ(given, reading.facts)
        ]
        circumstances = Circumstances(known, as_of, words, reading.approximate)
        case = CaseAtHand(plan_of, kinds, known, words, circumstances, as_of)
        weighed = self._weigh(held, case)
        best = min(weighed, key=lambda w: w.lightness) if weighed else None
        beside = self._beside(best, also, case, decided)
        findings += [*held.findings, *(_both(weighed, best) if len(weighed) > 1 and best else ())]
        findings += best.findings if best else ()
        findings += [*beside.findings, *circumstances.findings()]
        steps = procedure_steps(plan, self._discretion)
        findings += _from_procedure(steps)
        verdict = _overall(held, best, circumstances, beside)
        missing = asked((*best.asks, *beside.asks) if best and verdict == "needs_facts" else (), held.missing)
        if wrong:
            verdict = "needs_facts"
            missing = tuple(MissingFact(fact=fact, question=f"{said}：以哪个为准？") for fact, said in wrong)
        clauses = best.ruling.clauses if best else ()
        answer = ProportionalityAnswer(
            as_of=as_of,
            verdict=verdict,
            label="事实相互矛盾，不能下结论" if wrong else label(verdict, findings),
            basis=best.ruling.label if best else str(held.citation),
            statutory=clauses,
            applicable=() if wrong or best is None else _applicable(best),
            tier=None if wrong or best is None else best.tier,
            range=None if wrong or best is None else best.unit.range,
            range_person=None if wrong or best is None else best.person.range,
            findings=tuple(findings),
            procedure=steps,
            facts=known.model_dump(mode="json", exclude_none=True, exclude=None if known.other else {"other"}),
            missing=missing,
            compared=beside.compared,
            contradictions=tuple(said for _, said in wrong),
            text="",
        )
        said = opinion(answer, plan_of, kinds)
        return answer.model_copy(update={"text": said, "citations": check(said, self._library, as_of)})

    def _weigh(self, held: Basis, case: CaseAtHand) -> list[UnderText]:
        return [under(one, held, case, self._discretion, self._tiers) for one in held.rulings]

    def _beside(self, chosen: UnderText | None, also: Sequence[str], case: CaseAtHand, decided: dt.date) -> Concurrence:
        """The other provisions that the act violates, each under its lighter text where two are held."""
        others = []
        for at, written in enumerate(also):
            try:
                held = read_basis(written, self._library, _conduct(case.facts), decided)
            except InputError as error:
                raise InputError(f"also.{at}", error.problem, error.remedy) from error
            if held.blocked == "wrong_basis" or not held.rulings:
                text = f"{held.citation}不能适用或者没有收录，没有参加比较"
                return Concurrence(findings=(ReviewFinding(code="not_compared", severity="warning", text=text),))
            others.append(min(self._weigh(held, case), key=lambda one: one.lightness))
        return concur(chosen, others) if chosen is not None else Concurrence()


def _proposed(proposed: object) -> ProposedPenalty:
    if isinstance(proposed, ProposedPenalty):
        return proposed
    try:
        return ProposedPenalty.model_validate(proposed)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(("proposed", *(str(part) for part in first["loc"])))
        words = {
            "greater_than_equal": "不能是负数",
            "less_than_equal": "大得不合情理",
            "extra_forbidden": "没有这一项，可以写fine、fine_person、kinds",
            "float_type": "应为数字",
            "finite_number": "应为有限的数字",
            "string_type": "应为文字",
            "tuple_type": "应为数组",
        }
        raise InputError(where, words.get(first["type"], "值不对"), "请改正后重试") from error


def _merged(first: CaseFacts, second: CaseFacts) -> CaseFacts:
    """The facts of both; where both know one, that of `first`."""
    fields = {
        name: getattr(first, name) if getattr(first, name) is not None else getattr(second, name)
        for name in CaseFacts.model_fields
        if name != "other"
    }
    return CaseFacts.model_construct(**fields, other={**second.other, **first.other})


def _answered(facts: CaseFacts) -> CaseFacts:
    """是 and 否 in `other`, as the buttons under a question give them, are yes and no."""
    yes = {"是": True, "否": False}
    other = {
        name: fact.model_copy(update={"value": yes[fact.value]})
        if isinstance(fact.value, str) and fact.value in yes
        else fact
        for name, fact in facts.other.items()
    }
    return facts.model_copy(update={"other": other})


def _differ(given: CaseFacts, told: CaseFacts) -> list[str]:
    one, two = given.known(), told.known()
    return [
        f"{CHINESE.get(name, name)}：填写的与描述里的“{two[name].quote}”不一致，按填写的核算"
        for name in one
        if name in two and name not in ("violation", "field") and one[name].value != two[name].value
    ]


def _twice(reading: Reading, given: CaseFacts) -> list[tuple[str, str]]:
    """What the description says in two ways, and the form does not settle."""
    settled = given.known()
    return [
        (one.field, f"描述对{CHINESE.get(one.field, one.field)}的说法不一：" + "、".join(f"“{q}”" for q in one.quotes))
        for one in reading.contradictions
        if one.field not in settled
    ] + [(one.fact, one.text) for one in cannot_be(reading, settled)]


def _conduct(facts: CaseFacts) -> dt.date | None:
    """The day whose law rules: that on which a continuous conduct ended, else that of the conduct."""
    fact = facts.conduct_end_date or facts.conduct_date
    return fact.value if fact is not None else None


def _overall(
    held: Basis, best: UnderText | None, circumstances: Circumstances, beside: Concurrence
) -> ProportionalityVerdict:
    if held.blocked == "wrong_basis" or beside.lower:
        return "wrong_basis"
    if circumstances.forbids:
        return "above_maximum"
    found: list[ProportionalityVerdict] = [held.blocked] if held.blocked else []
    found += [best.verdict] if best is not None else []
    if held.blocked == "needs_facts" and best is not None and best.verdict != "wrong_basis":
        return "needs_facts"  # what the present text allows decides nothing of a conduct under another
    return min(found, key=ORDER.index)


def _both(weighed: Sequence[UnderText], best: UnderText) -> list[ReviewFinding]:
    parts = []
    for one in weighed:
        said = span(one.unit.range) if one.unit.range is not None else "待查"
        parts.append(f"{one.ruling.article.version_id}：{said}" + ("（较轻，按此核算）" if one is best else ""))
    return [ReviewFinding(code="both_computed", severity="info", text="；".join(parts), basis=(f"{LAW}第三十七条",))]


def _from_procedure(steps: Sequence[Any]) -> list[ReviewFinding]:
    return [
        ReviewFinding(code=step.code, severity="error", text=step.text, basis=step.basis)
        for step in steps
        if step.status in ("violated", "overdue") and step.code != "limitation"
    ]


def _applicable(best: UnderText) -> tuple[int, ...]:
    fines = {o.standing.index for o in (*best.unit.outcomes, *best.person.outcomes) if o.standing.status == "met"}
    others = {s.index for s in best.standings if s.status == "met" and s.clause.kind not in ("罚款", "援引")}
    return tuple(sorted(fines | others))
