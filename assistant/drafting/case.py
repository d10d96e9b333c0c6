"""Everything that a paper may draw on, gathered before a word is written."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as usually
from typing import Any, Protocol

from assistant.drafting.markup import blank
from assistant.drafting.provisions import Quoted, quoted
from assistant.drafting.told_fields import told_fields
from assistant.drafting.values import chinese_dates, written
from assistant.errors import InputError
from assistant.law.citations import parse
from assistant.law.library import Library
from assistant.rules.consistency import completed, read_given
from assistant.rules.exemption import Exemption
from assistant.rules.facts import read
from assistant.rules.procedure.plan import PenaltyPlan, disordered
from assistant.rules.procedure.steps import dated_steps
from assistant.rules.proportionality import Proportionality
from assistant.rules.proportionality.wording import THRESHOLDS
from assistant.rules.weighing import BASIS
from assistant.schema import (
    CaseFacts,
    ExemptionAnswer,
    FieldValue,
    Known,
    OpinionForm,
    OpinionKind,
    ProcedureStep,
    ProportionalityAnswer,
    SimilarAnswer,
    SimilarDecision,
)

_PENAL: frozenset[OpinionKind] = frozenset({"legality_review", "no_penalty_decision"})
_AFTER: frozenset[OpinionKind] = frozenset(
    {"reconsideration_opinion", "reconsideration_proposal", "reconsideration_reply"}
)
_SPEAKS = re.compile(r"处罚|罚款|罚不罚|免罚|不罚|首违|初次违法|首次违法|第一次|违法行为|没收|吊销|责令改正|当场改正")
_OTHER_ACT = re.compile(
    r"工伤|许可|信息公开|征收|补偿|登记|确权|认定|给付|抚恤|社会保险|拆迁|不履行|受理|举报答复|协议"
)
_SPARES = re.compile(r"免罚|能免|免于|免予|不罚|不处罚|不予处罚|不予行政处罚|首违|从轻|减轻")
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")
_SIMILAR, _QUESTIONS = 3, 3
_CLAUSE = re.compile(r"[^，。；！？!?\n、]+")
_CLAUSE_LENGTH = 30
_SHORT = 8
"""Characters of a question that says nothing without the clause before it."""
_POLITE = re.compile(r"^(?:请问|想问|问|咨询|请教)[：:，]?(?:一下)?")
_ASKS = re.compile(r"[？?]\s*$|(吗|么|呢)[。！!]?\s*$")


@dataclass(frozen=True)
class Advice:
    """What the desk makes of a question of law: a conclusion in sentences, the provisions it rests on, best first, and
    provisions that lie near by their words alone, on which nothing rests."""

    conclusion: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


_TEXTS: tuple[Callable[[Advice], tuple[str, ...]], ...] = (
    lambda one: one.conclusion,
    lambda one: one.citations,
    lambda one: one.near,
)


class Consult(Protocol):
    """How a question of law is looked up; None when nothing held bears on it."""

    def __call__(self, question: str, as_of: dt.date) -> Advice | None: ...


class Similar(Protocol):
    """How decisions like a case are looked up, most alike first; InputError where there is nothing to go by."""

    def __call__(
        self,
        description: str | None,
        facts: object,
        basis: str | None,
        as_of: dt.date,
        *,
        fine: float | None = None,
        top_k: int = 5,
    ) -> SimilarAnswer: ...


@dataclass(frozen=True)
class Case:
    """One case as the blocks see it. `values` are by the key of the field; `narrative` is the description without
    what it asks, `questions` what it asks."""

    form: OpinionForm
    as_of: dt.date
    library: Library
    narrative: str = ""
    questions: tuple[str, ...] = ()
    facts: CaseFacts = usually(default_factory=CaseFacts)
    values: Mapping[str, FieldValue] = usually(default_factory=dict)
    exemption: ExemptionAnswer | None = None
    review: ProportionalityAnswer | None = None
    advice: Advice | None = None
    similar: tuple[SimilarDecision, ...] = ()
    read_here: tuple[str, ...] = ()
    """Keys of the fields that nobody filled in and the description states."""
    steps: tuple[ProcedureStep, ...] = ()
    """The procedure as far as the days of the file show it."""

    def text(self, key: str) -> str | None:
        """A field as the paper writes it; None when it is blank or the form has none."""
        known = self.form.field(key)
        value = self.values.get(key)
        return written(known, value) if known is not None and value is not None else None

    def items(self, key: str) -> tuple[str, ...]:
        """The several texts of a field."""
        value = self.values.get(key, ())
        return value if isinstance(value, tuple) else (str(value),)

    def slot(self, key: str) -> str:
        """A field as the paper writes it, or the mark that it is blank."""
        known = self.form.field(key)
        return self.text(key) or blank(known.name if known else key)

    def law(self, citation: str) -> Quoted | None:
        """The words of a provision; of a law no longer in force those of the day of the conduct."""
        return quoted(self.library, citation, self.as_of, self.conduct)

    def cite(self, citation: str) -> str:
        """A provision in the one spelling, with its status where it is not in force; as written when it is none."""
        cited = parse(citation, self.library)
        if cited is None:
            return citation
        version = self.library.version_on(cited.law, self.as_of)
        article = self.library.article(version.id, cited.article) if version is not None and cited.article else None
        status = self.library.status(article, self.as_of) if article is not None else "现行有效"
        return str(cited) if status in ("现行有效", "待核") else f"{cited}（{status}）"

    def spoken(self, text: str) -> str:
        """An engine's words as this paper says them: days in Chinese, and of a penalty already imposed no 拟."""
        said = chinese_dates(text)
        return said.replace("拟处", "处") if self.after else said

    @property
    def verdicts(self) -> dict[str, str]:
        """What each engine concluded, and how the steps stand that thresholds turn on, for keeping with the paper."""
        steps = self.review.procedure if self.review is not None else ()
        concluded = (("exemption", self.exemption), ("proportionality", self.review))
        return {
            **{name: str(answer.verdict) for name, answer in concluded if answer is not None},
            **{f"procedure.{step.code}": step.status for step in steps if step.code in THRESHOLDS},
        }

    @property
    def penal(self) -> bool:
        """Whether the paper may be about a penalty: not where the case names another kind of act, and no penalty."""
        told = "\n".join((self.narrative, *(self.text(key) or "" for key in ("act", "source", "problems", "matter"))))
        return self.review is not None or bool(self.steps) or bool(_SPEAKS.search(told)) or not _OTHER_ACT.search(told)

    @property
    def after(self) -> bool:
        """Whether the paper speaks of an act that has been done, not of one that is proposed."""
        return self.form.kind in _AFTER

    def clause(self, quote: str) -> str:
        """The clause of the description that a quote stands in, where it is short; else the quote."""
        found = next((one for one in _CLAUSE.findall(self.narrative) if quote in one), quote)
        return found.strip() if len(found.strip()) <= _CLAUSE_LENGTH else quote

    @property
    def conduct(self) -> dt.date | None:
        """The day whose law rules the conduct."""
        known = self.facts.conduct_end_date or self.facts.conduct_date
        return known.value if known is not None else None


class Judging:
    """The engines, asked once for each paper."""

    def __init__(self, library: Library, exemption: Exemption, proportionality: Proportionality) -> None:
        self.library = library
        self._exemption = exemption
        self._proportionality = proportionality

    def judge(
        self,
        form: OpinionForm,
        description: str,
        facts: object,
        values: Mapping[str, FieldValue],
        as_of: dt.date,
    ) -> Case:
        """A case with what the engines conclude of it. InputError for facts, a basis or a day that cannot be worked
        with."""
        _provisions(form, values, self.library)
        narrative, questions = _parted(description)
        told_here = told_fields(form, description, self.library, as_of, done=form.kind in _AFTER)
        filled = told_here | dict(values)
        read_here = tuple(key for key in told_here if key not in values)
        if questions and form.field("question") is not None:
            if "question" in filled:  # another question than the description asks: both are said
                narrative = description
            else:
                filled["question"] = "".join(questions)
        given = _with_basis(read_given(facts), filled)
        penal = form.kind in _PENAL or "basis" in filled or bool(_SPEAKS.search(description))
        known = given.known().keys() - {f"other.{BASIS}"}
        exemption = (
            self._exemption.check(description or None, given, as_of)
            if penal and form.kind != "major_decision_review" and (description or known)
            else None
        )
        if form.kind == "legal_opinion" and exemption is not None and not _SPARES.search(description):
            asked = bool(questions) and "basis" not in filled
            if asked or not _weighed(exemption):  # a question of law: there is nothing to weigh
                exemption = None
        told = (
            CaseFacts.model_validate(exemption.facts)
            if exemption is not None
            else self._read(description, given, as_of)
        )
        if told.violation is not None and form.field("matter") is not None:
            filled.setdefault("matter", str(told.violation.value))
        case = Case(form, as_of, self.library, narrative, questions, told, filled, exemption, read_here=read_here)
        review = self._review(case, description, given)
        return replace(case, review=review, steps=review.procedure if review is not None else _dated(case, description))

    def _read(self, description: str, given: CaseFacts, as_of: dt.date) -> CaseFacts:
        told = read(description, today=as_of).facts if description else CaseFacts()
        merged = told.model_dump(exclude_none=True) | given.model_dump(exclude_none=True)
        merged["other"] = {**told.other, **given.other}
        return completed(CaseFacts.model_validate(merged))

    def _review(self, case: Case, description: str, given: CaseFacts) -> ProportionalityAnswer | None:
        basis = case.values.get("basis")
        proposed: dict[str, Any] = {name: case.values[name] for name in ("fine", "fine_person") if name in case.values}
        if case.items("kinds"):
            proposed["kinds"] = list(case.items("kinds"))
        if not isinstance(basis, str) or not proposed:
            return None
        try:
            return self._proportionality.check(description or None, given, basis, proposed, case.as_of)
        except InputError as error:
            where = {"basis": "fields.basis", "proposed": "fields.kinds"}.get(error.where, error.where)
            raise InputError(where, error.problem, error.remedy) from error


class Gathering:
    """All that a paper may draw on: the judged case, what the law says to its questions, and cases like it."""

    def __init__(self, judging: Judging, consult: Consult, similar: Similar) -> None:
        self._judging = judging
        self._consult = consult
        self._similar = similar

    def gather(
        self,
        form: OpinionForm,
        description: str,
        facts: object,
        values: Mapping[str, FieldValue],
        as_of: dt.date,
    ) -> Case:
        """The case of a paper. InputError for facts, a basis or a day that cannot be worked with."""
        case = self._judging.judge(form, description, facts, values, as_of)
        return replace(
            case,
            advice=self._advice(case, description) if form.kind == "legal_opinion" else None,
            similar=self._alike(case, description),
        )

    def _alike(self, case: Case, description: str) -> tuple[SimilarDecision, ...]:
        """Decisions like the case; none for a case that tells neither an act nor a provision."""
        basis, fine = case.values.get("basis"), case.values.get("fine")
        if case.form.kind == "major_decision_review" or not (description or case.facts.violation or basis):
            return ()
        found = self._similar(
            description or None,
            case.facts,
            basis if isinstance(basis, str) else None,
            case.as_of,
            fine=fine if isinstance(fine, float) else None,
            top_k=_SIMILAR,
        )
        return found.similar

    def _advice(self, case: Case, description: str) -> Advice | None:
        """What the law says to the question of the form and to what the description asks."""
        field = case.text("question")
        own = field if field is not None and field != "".join(case.questions) else None
        lead = case.narrative or (case.questions[0] if case.questions else "")
        each = [f"{lead}{one}" for one in case.questions[:_QUESTIONS] if one != lead] if len(case.questions) > 1 else []
        matter = case.text("matter")
        subject = [f"{matter}：{one}" for one in case.questions[:_QUESTIONS]] or [matter] if matter else []
        # The matter says what a question is about better than the whole telling does, whose every word would count.
        advice = self._consulted(case, [*([own] if own else []), *subject])
        if not any(one.citations for one in advice):
            advice = self._consulted(case, [*([own] if own else []), description, *each])
        if not advice:
            return None
        conclusion, citations, near = (
            tuple(dict.fromkeys(t for one in advice for t in texts(one))) for texts in _TEXTS
        )
        # Two questions that come to one provision are answered by it once.
        first = {text[max(0, text.find("《")) :].split("并见")[0]: text for text in reversed(conclusion)}
        return Advice(tuple(text for text in conclusion if text in first.values()), citations, near)

    def _consulted(self, case: Case, asked: Iterable[str]) -> list[Advice]:
        found = (self._consult(one, case.as_of) for one in dict.fromkeys(asked) if one)
        return [one for one in found if one is not None]


def _dated(case: Case, description: str) -> tuple[ProcedureStep, ...]:
    """The steps that days of the file decide, for a penalty whose provision nobody has named."""
    if not (case.after and _SPEAKS.search(f"{description}{case.text('act') or ''}")):
        return ()
    plan = PenaltyPlan("", "", 0.0, (), case.facts, case.as_of, description)
    return dated_steps(plan) if not disordered(plan) else ()


def _provisions(form: OpinionForm, values: Mapping[str, FieldValue], library: Library) -> None:
    """InputError for a field that should name a provision and names none."""
    for field in form.fields:
        value = values.get(field.key)
        if field.type != "条款" or not isinstance(value, str):
            continue
        cited = parse(value, library)
        if cited is None or cited.article is None:
            raise InputError(
                f"fields.{field.key}",
                f"“{field.name}”里的“{value[:40]}”不是一处法律条文",
                "写成《中华人民共和国价格法》第四十二条",
            )


def _weighed(answer: ExemptionAnswer) -> bool:
    """Whether anything told bears on a ground, beyond who the party is and what it did."""
    return bool(answer.contradictions) or bool(answer.facts.keys() - {"violation", "field", "party_type", "other"})


def _with_basis(facts: CaseFacts, values: Mapping[str, FieldValue]) -> CaseFacts:
    """The facts with the penalty provision that the form names, where the facts name none."""
    basis = values.get("basis")
    if not isinstance(basis, str) or BASIS in facts.other:
        return facts
    return facts.model_copy(update={"other": {**facts.other, BASIS: Known[Any](value=basis)}})


def _parted(description: str) -> tuple[str, tuple[str, ...]]:
    """What a description tells, and what it asks: of a sentence that ends in a question, its last clause."""
    told: list[str] = []
    asked: list[str] = []
    for sentence in _SENTENCE.findall(description):
        if not _ASKS.search(sentence):
            told.append(sentence)
            continue
        at = max(sentence.rfind(mark) for mark in "，；")
        if at > 0:
            told.append(f"{sentence[:at]}。")
        question = sentence[at + 1 :].strip()
        if at > 0 and len(question) < _SHORT:  # 拟罚款二十万元，是否妥当？
            question = sentence[max(sentence.rfind(mark, 0, at) for mark in "，；。") + 1 :].strip()
        asked.append(_POLITE.sub("", question))
    return "".join(told).strip(), tuple(one for one in asked if one)
