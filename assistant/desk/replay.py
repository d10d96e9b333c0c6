"""A past answer made anew: from the same question, memory and day, on what is loaded now, and what is different."""

import datetime as dt
import difflib
import hashlib
from collections.abc import Callable, Iterator

from assistant.clock import SHANGHAI
from assistant.desk.memory import Memory
from assistant.errors import InputError
from assistant.journal import Journal
from assistant.journal.records import KeptAnswer
from assistant.schema import CheckedCitation, DoneEvent, Event, Noun, Provenance

_NAMES = {"code": "程序", "knowledge": "知识", "prompts": "提示词", "model": "模型"}

Again = Callable[[str, Memory, dt.date, dt.date, bool], Iterator[Event]]
"""Question, memory, as_of, the day it was asked, whether the model writes: the events of the answer, kept nowhere."""


class Change(Noun):
    """One thing that was so and is otherwise; empty where there was or is none."""

    name: str
    then: str
    now: str


class Replay(Noun):
    """A past answer beside the one of today. `digest` is that of the answer as kept: the audit log has it too."""

    message_id: str
    question: str
    asked_at: dt.datetime
    as_of: dt.date
    digest: str
    made_of: tuple[Change, ...]
    differs: tuple[str, ...]
    same: bool
    conclusion: Change | None
    citations: tuple[Change, ...]
    findings: tuple[Change, ...]
    text: tuple[str, ...]
    notes: tuple[str, ...]


def replay(journal: Journal, message_id: str, provenance: Provenance, model: str | None, again: Again) -> Replay:
    """Make a past answer anew. InputError when there is no finished answer of that id.

    The text is the same only if code, knowledge, prompts and model are; `differs` names those that are not.
    """
    kept = journal.kept_answer(message_id)
    then = kept.answer.done if kept is not None else None
    if kept is None or then is None:
        raise InputError("ID", f"没有编号为{message_id}的已完成的回答", "编号在导出的文件里，也在网页地址和审计日志里")
    made = then.provenance
    writes = made.model is not None and made.model == model
    now = _last(again(kept.question, _memory(kept), kept.answer.as_of, _day(kept), writes))
    here = provenance.model_copy(update={"model": now.provenance.model if made.model is not None else None})
    made_of = tuple(
        Change(name=label, then=getattr(made, name) or "无", now=getattr(here, name) or "无")
        for name, label in _NAMES.items()
    )
    return Replay(
        message_id=kept.answer.id,
        question=kept.question,
        asked_at=kept.answer.created_at,
        as_of=kept.answer.as_of,
        digest=hashlib.sha256(then.answer.encode()).hexdigest(),
        made_of=made_of,
        differs=tuple(change.name for change in made_of if change.then != change.now),
        same=then.answer == now.answer and _verdicts(then) == _verdicts(now),
        conclusion=_changed("结论", then.conclusion, now.conclusion),
        citations=_changes(_verdicts(then), _verdicts(now)),
        findings=_changes(_findings(then), _findings(now)),
        text=tuple(_lines(then.answer, now.answer)),
        notes=tuple(_notes(kept, made, model, writes=writes)),
    )


def _last(events: Iterator[Event]) -> DoneEvent:
    done: DoneEvent | None = None
    for event in events:
        if isinstance(event, DoneEvent):
            done = event
    if done is None:
        raise InputError("ID", "这个问题现在没有得出回答", "运行 counsel doctor 检查")
    return done


def _memory(kept: KeptAnswer) -> Memory:
    return Memory.load(kept.memory or {})


def _day(kept: KeptAnswer) -> dt.date:
    return kept.answer.created_at.astimezone(SHANGHAI).date()


def _notes(kept: KeptAnswer, made: Provenance, model: str | None, *, writes: bool) -> Iterator[str]:
    if kept.memory is None and not kept.first:
        yield "这个回答由旧版本留下，没有存下当时会话的记忆；这里按单独一问重算，追问可能因此不同"
    if writes:
        yield f"当时由模型 {made.model} 写作，这里也由它重写：模型每次的措辞会不同，结论、数字、引文由程序得出"
    elif made.model is not None:
        yield f"当时由模型 {made.model} 写作，现在{'是 ' + model if model else '没有配置模型'}；这里由程序按模板重写"


def _citation(citation: CheckedCitation) -> str:
    return citation.text if citation.law is None else f"《{citation.law}》{citation.text}"


def _verdicts(done: DoneEvent) -> dict[str, str]:
    """Each citation with its verdict; with all of them where it stands in the text several times."""
    found: dict[str, dict[str, None]] = {}
    for citation in done.citations:
        found.setdefault(_citation(citation), {})[citation.verdict] = None
    return {name: "、".join(verdicts) for name, verdicts in found.items()}


def _findings(done: DoneEvent) -> dict[str, str]:
    return {finding.kind: str(finding.answer.verdict) if finding.answer else "" for finding in done.findings}


def _changes(then: dict[str, str], now: dict[str, str]) -> tuple[Change, ...]:
    names = dict.fromkeys((*then, *now))
    found = (_changed(name, then.get(name, ""), now.get(name, "")) for name in names)
    return tuple(change for change in found if change is not None)


def _changed(name: str, then: str, now: str) -> Change | None:
    return Change(name=name, then=then, now=now) if then != now else None


def _lines(then: str, now: str) -> Iterator[str]:
    yield from difflib.unified_diff(then.splitlines(), now.splitlines(), "当时", "现在", lineterm="", n=1)
