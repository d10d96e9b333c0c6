"""A past answer, paper or reply to an order made anew: what it was, what it is on the knowledge of then and of now."""

import datetime as dt
import difflib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.clock import SHANGHAI
from assistant.desk.memory import Memory
from assistant.errors import InputError
from assistant.journal.opinions import KeptOpinion
from assistant.journal.records import KeptAnswer
from assistant.schema import (
    CheckedCitation,
    DoneEvent,
    Event,
    HotlineAnswer,
    HotlineRecord,
    Noun,
    OpinionContent,
    Provenance,
    Sight,
)

if TYPE_CHECKING:
    from assistant.desk.desk import Desk

Kind = Literal["answer", "opinion", "order"]
KINDS: dict[Kind, str] = {"answer": "回答", "opinion": "文书", "order": "工单答复"}
_NAMES = {"code": "程序", "knowledge": "知识", "prompts": "提示词", "model": "模型"}
_EVERYTHING = Sight(who=None, everything=True)


class Change(Noun):
    """One thing that was so and is otherwise; empty where there was or is none."""

    name: str
    then: str
    now: str


class Comparison(Noun):
    """What was made anew beside what was kept. `same`: nothing that is told differs."""

    same: bool
    conclusion: Change | None
    citations: tuple[Change, ...]
    findings: tuple[Change, ...]
    text: tuple[str, ...]


class Replay(Noun):
    """Something kept, made anew. `digest` is that of its words as kept: of an answer the audit log has it too.

    `then`: on the knowledge and prompts it was made on, None where those were not kept; `now`: on those of today.
    """

    kind: Kind
    id: str
    title: str
    made_at: dt.datetime
    as_of: dt.date
    digest: str
    made_of: tuple[Change, ...]
    differs: tuple[str, ...]
    then: Comparison | None
    now: Comparison
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """What something says: its words, its conclusion, each citation with its verdict, what was found."""

    text: str
    conclusion: str
    citations: Mapping[str, str]
    findings: Mapping[str, str]

    def beside(self, now: "Made") -> Comparison:
        """This, as kept, against what was made anew."""
        lines = difflib.unified_diff(self.text.splitlines(), now.text.splitlines(), "当时", "重算", lineterm="", n=1)
        citations, findings = _changes(self.citations, now.citations), _changes(self.findings, now.findings)
        return Comparison(
            same=self.text == now.text and not citations and not findings,
            conclusion=_changed("结论", self.conclusion, now.conclusion),
            citations=citations,
            findings=findings,
            text=tuple(lines),
        )


@dataclass(frozen=True)
class Kept:
    """Something kept, and how a desk makes it anew. `of` names what it was made of, by the names of a provenance."""

    kind: Kind
    id: str
    title: str
    made_at: dt.datetime
    as_of: dt.date
    said: Made
    of: Mapping[str, str]
    again: Callable[["Desk"], Made]
    notes: tuple[str, ...] = ()

    def against(self, here: Provenance, now: Made, then: Made | None, notes: Iterable[str] = ()) -> Replay:
        """The whole comparison; `here` is what the desk of today is made of."""
        made_of = tuple(
            Change(name=label, then=self.of[name] or "无", now=getattr(here, name) or "无")
            for name, label in _NAMES.items()
            if name in self.of
        )
        return Replay(
            kind=self.kind,
            id=self.id,
            title=self.title,
            made_at=self.made_at,
            as_of=self.as_of,
            digest=hashlib.sha256(self.said.text.encode()).hexdigest(),
            made_of=made_of,
            differs=tuple(change.name for change in made_of if change.then != change.now),
            then=self.said.beside(then) if then is not None else None,
            now=self.said.beside(now),
            notes=(*self.notes, *notes),
        )


def find(desk: "Desk", identity: str) -> Kept:
    """An answer by its id (or the beginning of it, or its conversation), a paper by its id, an order by its number.

    InputError when nothing of that id was kept.
    """
    kept = desk.journal.kept_answer(identity)
    if kept is not None and kept.answer.done is not None:
        return _answer(desk, kept, kept.answer.done)
    if (paper := desk.opinions.kept(identity, _EVERYTHING)) is not None:
        return _paper(paper)
    if (record := desk.hotline.record(identity)) is not None:
        return _order(desk, record)
    raise InputError(
        "ID",
        f"没有编号为{identity}的已完成的回答、文书或者工单",
        "编号在导出的文件里，也在网页地址和审计日志里",
    )


# answers


def _answer(desk: "Desk", kept: KeptAnswer, then: DoneEvent) -> Kept:
    made = then.provenance
    writes = made.model is not None and made.model == desk.model
    memory = Memory.load(kept.memory or {})
    day = kept.answer.created_at.astimezone(SHANGHAI).date()

    def again(other: "Desk") -> Made:
        return _of_answer(_last(other.answered_again(kept.question, memory, kept.answer.as_of, day, writes=writes)))

    return Kept(
        kind="answer",
        id=kept.answer.id,
        title=kept.question,
        made_at=kept.answer.created_at,
        as_of=kept.answer.as_of,
        said=_of_answer(then),
        of=_of(made),
        again=again,
        notes=tuple(_about_model(kept, made, desk.model, writes=writes)),
    )


def _last(events: Iterator[Event]) -> DoneEvent:
    done: DoneEvent | None = None
    for event in events:
        if isinstance(event, DoneEvent):
            done = event
    if done is None:
        raise InputError("ID", "这个问题现在没有得出回答", "运行 counsel doctor 检查")
    return done


def _of_answer(done: DoneEvent) -> Made:
    findings: dict[str, str] = {
        finding.kind: str(finding.answer.verdict) if finding.answer else "" for finding in done.findings
    }
    return Made(done.answer, done.conclusion, _verdicts(done.citations), findings)


def _about_model(kept: KeptAnswer, made: Provenance, model: str | None, *, writes: bool) -> Iterator[str]:
    if kept.memory is None and not kept.first:
        yield "这个回答由旧版本留下，没有存下当时会话的记忆；这里按单独一问重算，追问可能因此不同"
    if writes:
        yield f"当时由模型 {made.model} 写作，这里也由它重写：模型每次的措辞会不同，结论、数字、引文由程序得出"
    elif made.model is not None:
        yield f"当时由模型 {made.model} 写作，现在{'是 ' + model if model else '没有配置模型'}；这里由程序按模板重写"


# papers


def _paper(kept: KeptOpinion) -> Kept:
    content = kept.content
    edited = [section.heading for section in content.sections if section.edited]
    notes = [f"由人改写过的部分（{'、'.join(edited)}）比的是程序当时拟的文字"] if edited else []
    if content.provenance.model is not None:
        notes.append(f"当时由模型 {content.provenance.model} 润色；比的是程序拟的文字")
    return Kept(
        kind="opinion",
        id=kept.id,
        title=content.title,
        made_at=kept.updated_at,
        as_of=content.as_of,
        said=_of_paper(content),
        of={name: digest for name, digest in _of(content.provenance).items() if name != "model"},
        again=lambda other: _of_paper(other.opinions.recomposed(content)),
        notes=tuple(notes),
    )


def _of_paper(content: OpinionContent) -> Made:
    """The program's own words; the citations of sections that nobody rewrote, for those of others are another's."""
    text = "\n".join(f"{s.heading}\n{s.body if s.composed is None else s.composed}" for s in content.sections)
    cited = [c for s in content.sections if s.composed is None for c in s.citations]
    return Made(text, content.title, _verdicts(cited), content.verdicts)


# orders


def _order(desk: "Desk", record: HotlineRecord) -> Kept:
    answer = record.answer
    standards = desk.hotline.standards_before(answer)

    def again(other: "Desk") -> Made:
        return _of_order(other.hotline.answer(record.order, now=answer.created_at, standards=standards))

    return Kept(
        kind="order",
        id=answer.order_no,
        title=record.order.content[:80],
        made_at=answer.created_at,
        as_of=answer.as_of,
        said=_of_order(answer),
        of={"knowledge": answer.knowledge_version},
        again=again,
    )


def _of_order(answer: HotlineAnswer) -> Made:
    found = {
        "类别": answer.category,
        "事项": answer.matter or "",
        "交人": answer.hand_over or ("是" if answer.needs_human else "否"),
        "建议承办": answer.suggested_org or "",
        "时限": answer.limit.text,
    }
    text = f"{answer.reply_draft}\n\n{answer.internal_note}"
    return Made(text, answer.reply_draft.split("\n", 1)[0], _verdicts(answer.citations), found)


# comparing


def _of(made: Provenance) -> dict[str, str]:
    return {name: getattr(made, name) or "" for name in _NAMES}


def _verdicts(citations: Iterable[CheckedCitation]) -> dict[str, str]:
    """Each citation with its verdict; with all of them where it stands in the text several times."""
    found: dict[str, dict[str, None]] = {}
    for one in citations:
        name = one.text if one.law is None else f"《{one.law}》{one.text}"
        found.setdefault(name, {})[one.verdict] = None
    return {name: "、".join(verdicts) for name, verdicts in found.items()}


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[Change, ...]:
    names = dict.fromkeys((*then, *now))
    found = (_changed(name, then.get(name, ""), now.get(name, "")) for name in names)
    return tuple(change for change in found if change is not None)


def _changed(name: str, then: str, now: str) -> Change | None:
    return Change(name=name, then=then, now=now) if then != now else None
