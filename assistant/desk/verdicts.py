"""A case put in the chat: the verdict by the engines, the facts kept, and what to ask next. No model decides anything.

The first message tells the case; each answer adds facts, and the verdict is computed anew at once. What was told is
remembered as facts (`OpenCase`), so that another question in between changes nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.desk.beside import with_similar
from assistant.desk.deciding import Deciding, bare, deciding, leans, tells_conduct, without_circumstances
from assistant.desk.evidence import LISTED, PROCEDURE, Looker
from assistant.desk.extract import has_penalty
from assistant.desk.found import Evidence, Found
from assistant.desk.memory import Memory
from assistant.desk.opencase import OpenCase
from assistant.desk.question import Reading, Shape
from assistant.desk.replies import Reply, label_of, reply
from assistant.desk.reviewing import ORDERED
from assistant.desk.verdict_text import blocks_of, conclusion_of
from assistant.errors import InputError
from assistant.law.citations import parse
from assistant.precedents import Precedents
from assistant.rules.exemption import Exemption
from assistant.rules.facts import merge_model_facts, read
from assistant.rules.proportionality import Proportionality
from assistant.rules.proposals import proposal_in
from assistant.schema import (
    CaseFacts,
    CheckedCitation,
    ExemptionFinding,
    Fact,
    Known,
    MissingFact,
    ProportionalityFinding,
)

_CHOICES = 4  # provisions offered where a proposal names none
_NEAR = 0.3  # share of the words told that a provision must hold to be shown

Finding = ExemptionFinding | ProportionalityFinding


@dataclass(frozen=True)
class VerdictTurn:
    """One message about a case, decided: what the answer says, what it rests on, and the case as it stands after it."""

    case: OpenCase
    conclusion: str
    blocks: tuple[str, ...]
    evidence: Evidence
    finding: Finding | None = None  # None: the message could not be worked with, and the conclusion says why
    known: CaseFacts = field(default_factory=CaseFacts)  # with what follows from the facts that were told

    @property
    def reading(self) -> Reading:
        """The case as a question, for what is asked after it and for a model that phrases."""
        return Reading(text=self.case.told, query=self.case.told, shape=Shape.VERDICT)

    @property
    def facts(self) -> dict[str, Fact]:
        return {name: Fact(value=fact.value, quote=fact.quote) for name, fact in self.known.known().items()}

    @property
    def missing(self) -> tuple[dict[str, str], ...]:
        asked = self.finding.missing if self.finding is not None else self.case.asked
        return tuple({"fact": one.fact, "question": one.question} for one in asked)


@dataclass(frozen=True)
class Heard:
    """How a message was taken: the case with it, and what to say of that."""

    case: OpenCase
    notes: tuple[str, ...] = ()
    supposed: bool = False


class Verdicts:
    """Decides the cases of the chat by the two engines."""

    def __init__(
        self, looker: Looker, exemption: Exemption, proportionality: Proportionality, precedents: Precedents
    ) -> None:
        self._looker = looker
        self._precedents = precedents
        self._exemption = exemption
        self._proportionality = proportionality

    def hear(
        self, text: str, memory: Memory, cited: Sequence[CheckedCitation], today: dt.date, *, ordered: bool = False
    ) -> Heard | None:
        """What a message does to the case of its conversation; None: it puts no case and answers nothing.

        An answer that cannot be (a negative amount) is said in the notes, and nothing of it is taken.
        """
        proposal = proposal_in(text, cited)
        case = memory.case
        kind = deciding(text, proposal, today, open_case=case is not None)
        if memory.figures and not tells_conduct(text) and not proposal.basis and case is None:
            return None  # 那不予处罚呢？ after a number asks for another number
        notes = (ORDERED,) if ordered else ()
        try:
            if kind is None:
                answered = reply(text, case, today, cited) if case is not None else None
                return None if case is None or answered is None else _answered(case, answered, notes)
            # 这家店还…: more of the same case. Conduct of its own without such a word is another case.
            goes_on = case is not None and (leans(text) or not tells_conduct(text))
            if case is not None and goes_on:
                facts = {n: f for n, f in read(text, today=today).facts.known().items() if n != "violation"}
                told = text if tells_conduct(text) or facts else ""
                answered = Reply(facts=facts, proposal=proposal, told=told)
                return _answered(case.model_copy(update={"kind": kind}), answered, notes)
        except InputError as error:
            return None if case is None else Heard(case, (*notes, f"没有记入案情：{_said(error)}"))
        told = f"{memory.query}\n{text}" if bare(text) and memory.query else text
        reading = read(told, today=today)
        opened = OpenCase(kind=kind, told=told, facts=reading.facts, basis=proposal.basis, proposed=proposal.penalty)
        return Heard(opened, notes)

    def decide(self, heard: Heard, as_of: dt.date, before: OpenCase | None) -> VerdictTurn:
        """The verdict on a case as it was heard. `before` is kept instead where the message only supposed something."""
        case = heard.case
        try:
            turn = (
                self._exempt(case, heard, as_of) if case.kind is Deciding.EXEMPTION else self._fit(case, heard, as_of)
            )
        except InputError as error:
            return self._refuse(error, before or case)
        kept = before if heard.supposed and before is not None else turn.case
        return replace(turn, case=kept)

    @staticmethod
    def _refuse(error: InputError, case: OpenCase) -> VerdictTurn:
        """What cannot be worked with, said; the case stays as it was."""
        conclusion = f"没有据此下结论。{_said(error)}"
        return VerdictTurn(case.model_copy(update={"waiting": True}), conclusion, (), Evidence())

    def with_model_facts(self, heard: Heard, proposed: Mapping[str, Any], today: dt.date) -> Heard:
        """The case with facts that a model read in it, where the rules read none and the words are there.

        What a model reads differently from the rules is not taken; it is shown, to be checked.
        """
        case = heard.case
        own = read(case.told, today=today)
        merged = merge_model_facts(own, proposed, case.told, today=today)
        more = {
            n: f for n, f in merged.facts.known().items() if n not in case.facts.known() and n not in own.facts.known()
        }
        notes = [f"模型读出{label_of(n)}（“{f.quote}”），请核对" for n, f in more.items()]
        notes += [
            f"{label_of(one.field)}：程序与模型读得不同（{'、'.join(f'“{q}”' for q in one.quotes)}），请核对"
            for one in merged.contradictions
            if one.field not in {c.field for c in own.contradictions}
        ]
        return replace(
            heard, case=case.model_copy(update={"facts": _over(case.facts, more)}), notes=(*heard.notes, *notes)
        )

    # the two engines

    def _exempt(self, case: OpenCase, heard: Heard, as_of: dt.date) -> VerdictTurn:
        answer = self._exemption.check(case.told, case.facts, as_of)
        missing = answer.missing
        if not tells_conduct(case.told) and case.facts.violation is None:
            missing = (MissingFact(fact="violation", question="违法行为是什么？请写明谁做了什么"), *missing)
        finding = ExemptionFinding(told=case.told, answer=answer, missing=missing, notes=heard.notes)
        spoken = [g for g in answer.grounds if g.raised]
        spoken.sort(key=lambda g: ("met", "unknown", "unmet").index(g.status))
        others = [g for g in answer.grounds if g.status == "unknown" and g not in spoken]
        evidence = self._evidence([b for g in spoken for b in g.basis], as_of)
        evidence = self._with_more(evidence, [b for g in others for b in g.basis], case.told, as_of)
        kept = case.model_copy(update={"asked": missing, "waiting": True})
        text = answer.text
        if answer.verdict == "needs_facts" and not answer.contradictions:
            open_ones = [g for g in spoken if g.status == "unknown"] or others
            bases = "、".join(dict.fromkeys(b for g in open_ones for b in g.basis))
            text = text.replace(f"结论：{answer.label}。", f"结论：{answer.label}；须按{bases}逐项查明。", 1)
        return self._turn(kept, heard, text, evidence, finding, answer.facts)

    def _fit(self, case: OpenCase, heard: Heard, as_of: dt.date) -> VerdictTurn:
        proposed = case.proposed
        amount = proposed.fine is not None or proposed.fine_person is not None or proposed.kinds
        needed: list[MissingFact] = []
        if not case.basis:
            options = self._provisions(case.told, as_of)
            needed.append(MissingFact(fact="basis", question="依据哪一条处罚？", options=options))
        if not amount:
            needed.append(MissingFact(fact="fine", question="拟罚款多少元？"))
        if needed:
            finding = ProportionalityFinding(
                told=case.told, basis=case.basis or None, proposed=proposed, missing=tuple(needed), notes=heard.notes
            )
            what = "、".join({"basis": "处罚的依据", "fine": "拟罚款的数额"}[one.fact] for one in needed)
            text = f"还不能判断是否适当：没有写明{what}。" + (
                "下面是按字词找到的罚则，请选定或者另写一条。" if needed[0].options else ""
            )
            evidence = self._evidence([o for one in needed for o in one.options] or [case.basis], as_of)
            kept = case.model_copy(update={"asked": tuple(needed), "waiting": True})
            questions = "\n".join(f"- {one.question}{'、'.join(one.options)}" for one in needed)
            return self._turn(kept, heard, f"结论：{text}\n\n需要查明：\n{questions}", evidence, finding)
        answer = self._proportionality.check(case.told, case.facts, case.basis, proposed, as_of)
        answer = with_similar(answer, self._precedents, case.told, case.basis, proposed.fine)
        finding = ProportionalityFinding(
            told=case.told,
            basis=case.basis,
            proposed=proposed,
            answer=answer,
            missing=answer.missing,
            notes=heard.notes,
        )
        grave = [b for f in answer.findings if f.severity != "info" for b in f.basis]
        steps = [b for s in answer.procedure if s.status not in ("not_required", "ok") for b in s.basis]
        evidence = self._evidence([case.basis, *grave, *steps], as_of)
        kept = case.model_copy(update={"asked": answer.missing, "waiting": True})
        return self._turn(kept, heard, answer.text, evidence, finding, answer.facts)

    def _turn(
        self,
        case: OpenCase,
        heard: Heard,
        text: str,
        evidence: Evidence,
        finding: Finding,
        facts: dict[str, Any] | None = None,
    ) -> VerdictTurn:
        conclusion = conclusion_of(text)
        if heard.supposed:
            conclusion = f"按假设核算（没有记入案情）：{conclusion}"
        notes = ("\n".join(f"- {note}" for note in heard.notes),) if heard.notes else ()
        known = CaseFacts.model_validate(facts) if facts is not None else case.facts
        blocks = list(blocks_of(text))
        if blocks and not blocks[0].startswith("### "):  # the page shows what stands under headings as a card
            blocks.insert(0, "### 审查情况")
        return VerdictTurn(case, conclusion, (*notes, *blocks), evidence, finding, known)

    def _found(self, basis: Sequence[str], as_of: dt.date) -> dict[str, Found]:
        found: dict[str, Found] = {}
        for words in dict.fromkeys(basis):
            citation = parse(words, self._looker.library)
            one = self._looker.found(citation, as_of) if citation is not None and citation.article else None
            if one is not None:
                found.setdefault(one.article.id, one)
        return found

    def _evidence(self, basis: Sequence[str], as_of: dt.date) -> Evidence:
        """The provisions a verdict rests on."""
        return Evidence(tuple(self._found(basis, as_of).values())[:LISTED], cover=1.0)

    def _with_more(self, evidence: Evidence, basis: Sequence[str], told: str, as_of: dt.date) -> Evidence:
        """The evidence with the provision that would punish the act, and grounds that nothing told speaks of yet."""
        held = {f.article.id for f in evidence.decisive}
        more = {f.article.id: f for f in self._punishing(told, as_of)[:1]} | self._found(basis, as_of)
        more = {i: f for i, f in more.items() if i not in held}
        return replace(evidence, related=tuple(more.values())[: LISTED - len(evidence.decisive)])

    def _provisions(self, told: str, as_of: dt.date) -> tuple[str, ...]:
        """Provisions that punish what was told, to be chosen from, never taken."""
        return tuple(dict.fromkeys(str(f.part.citation) for f in self._punishing(told, as_of)))[:_CHOICES]

    def _punishing(self, told: str, as_of: dt.date) -> list[Found]:
        """What the subject index and the search find to punish the act, best first."""
        act = without_circumstances(told)
        reading = self._looker.settled(Reading(text=act, query=act, shape=Shape.PENALTY))
        looked = self._looker.look(reading, (), as_of)
        near = looked.topical or looked.cover >= _NEAR
        return [f for f in looked.all if near and has_penalty(f.part.text) and f.article.law not in PROCEDURE]


def _answered(case: OpenCase, answered: Reply, notes: tuple[str, ...]) -> Heard:
    """The case with an answer taken in: later words settle earlier ones, and what was settled is no longer told."""
    known = case.facts.known()
    told = case.told
    for name, fact in answered.facts.items():
        before = known.get(name)
        if before is not None and before.value != fact.value and before.quote:
            told = told.replace(before.quote, "")
    if answered.told:
        told = f"{told}\n{answered.told}"
    said = [f"{label_of(name)}：{_shown(fact)}" for name, fact in answered.facts.items()]
    proposal = answered.proposal
    if proposal.fine is not None and proposal.fine != case.proposed.fine:
        said.append(f"拟罚款：{proposal.fine:g}元")
    if proposal.basis and proposal.basis != case.basis:
        said.append(f"处罚依据：{proposal.basis}")
    if answered.unclear:
        notes = (*notes, answered.unclear)
    if said:
        notes = (*notes, ("假设：" if answered.supposed else "已记下：") + "；".join(said))
    elif answered.told:
        notes = (*notes, "已补进案情，没有读出可以直接认定的事实，请核对下面的问题")
    taken = case.model_copy(
        update={
            "told": told,
            "facts": _over(case.facts, answered.facts),
            "basis": proposal.basis or case.basis,
            "proposed": proposal.over(case.proposed),
        }
    )
    return Heard(taken, notes, answered.supposed)


def _over(facts: CaseFacts, more: Any) -> CaseFacts:
    """Facts with others put over them."""
    known: dict[str, Known[Any]] = {**facts.known(), **more}
    plain = {n: f.model_dump() for n, f in known.items() if not n.startswith("other.")}
    other = {n[6:]: f.model_dump() for n, f in known.items() if n.startswith("other.")}
    return CaseFacts.model_validate(plain | ({"other": other} if other else {}))


def _said(error: InputError) -> str:
    return f"{error.where}：{error.problem}。{error.remedy}".rstrip("。") + "。"


def _shown(fact: Known[Any]) -> str:
    if isinstance(fact.value, bool):
        return "是" if fact.value else "否"
    return f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)
