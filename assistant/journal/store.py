"""The journal: what was asked, on which knowledge, with which answer.

Every method is one short transaction, so that a killed process loses at most the answer it was writing.
"""

import datetime as dt
import os
import socket
import uuid
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.journal.database import Database
from assistant.journal.records import Conversation, Feedback, KeptAnswer, Message, as_markdown
from assistant.journal.tables import ConversationRow, EventRow, FeedbackRow, MessageRow
from assistant.journal.visibility import seen
from assistant.schema import DoneEvent, EvidenceEvent, FailedEvent, Sight

TITLE_LENGTH = 40
_STALE = dt.timedelta(hours=1)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _new_id() -> str:
    return uuid.uuid4().hex


class Journal:
    """Conversations, messages, events and feedback. Safe for use by several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._close_abandoned()

    def close(self) -> None:
        self._database.close()

    def ping(self) -> None:
        """EngineError where the database does not answer."""
        self._database.ping()

    # conversations

    def create(self, *, owner: str | None = None, department: str | None = None, title: str = "") -> str:
        """A new conversation; its id. `department`: its owner's, whose colleagues may see it even when he has moved."""
        now = _now()
        row = ConversationRow(id=_new_id(), owner=owner, department=department, title=_title(title), memory={})
        row.created_at = row.updated_at = now
        with self._database.writing() as session:
            session.add(row)
            return row.id

    def conversations(
        self, *, owner: str | None = None, sight: Sight | None = None, limit: int = 200
    ) -> tuple[Conversation, ...]:
        """Those of one owner, or all in sight, the last touched first, without their messages."""
        query = (
            select(ConversationRow)
            .where(seen(sight or Sight(who=owner), ConversationRow.owner, ConversationRow.department))
            .order_by(ConversationRow.updated_at.desc(), ConversationRow.id)
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(Conversation.of(row, messages=()) for row in session.scalars(query))

    def conversation(
        self, conversation_id: str, *, owner: str | None = None, sight: Sight | None = None
    ) -> Conversation | None:
        """One with its messages; None when there is none of that id or it is out of sight."""
        with self._database.reading() as session:
            row = _in_sight(session, conversation_id, sight or Sight(who=owner))
            return Conversation.of(row, messages=tuple(Message.of(m) for m in row.messages)) if row else None

    def rename(self, conversation_id: str, title: str, *, owner: str | None = None) -> bool:
        if not title.strip():
            raise InputError("title", "会话名称是空的", "请填写名称")
        with self._database.writing() as session:
            row = _own(session, conversation_id, owner)
            if row:
                row.title = _title(title)
            return row is not None

    def delete(self, conversation_id: str, *, owner: str | None = None) -> bool:
        """With all its messages, events and feedback."""
        with self._database.writing() as session:
            row = _own(session, conversation_id, owner)
            if row:
                session.delete(row)
            return row is not None

    def remember(self, conversation_id: str, memory: dict[str, Any]) -> None:
        """Replace what a follow-up builds on (facts and last evidence)."""
        with self._database.writing() as session:
            row = session.get(ConversationRow, conversation_id)
            if row:
                row.memory = memory

    # messages

    def begin(
        self, conversation_id: str, question: str, as_of: dt.date, *, memory: dict[str, Any] | None = None
    ) -> str:
        """Keep the question and open its answer; the answer's id. `memory`: what the conversation knew before."""
        now = _now()
        with self._database.writing() as session:
            conversation = session.get(ConversationRow, conversation_id)
            if conversation is None:
                raise InputError("conversation_id", f"没有编号为 {conversation_id} 的会话", "不带编号提问会新建会话")
            if not conversation.title:
                conversation.title = _title(question)
            conversation.updated_at = now
            last = session.scalar(
                select(func.max(MessageRow.position)).where(MessageRow.conversation_id == conversation_id)
            )
            position = 0 if last is None else last + 1
            asked = MessageRow(
                id=_new_id(),
                conversation_id=conversation_id,
                position=position,
                role="user",
                status="finished",
                text=question,
                as_of=as_of,
                created_at=now,
                finished_at=now,
            )
            answer = MessageRow(
                id=_new_id(),
                conversation_id=conversation_id,
                position=position + 1,
                role="assistant",
                status="writing",
                text="",
                as_of=as_of,
                memory=memory,
                writer=_this_process(),
                created_at=now,
            )
            session.add_all([asked, answer])
            return answer.id

    def found(self, event: EvidenceEvent) -> None:
        """Keep the evidence before a word is written: what a broken answer leaves behind."""
        with self._database.writing() as session:
            hits = [{"id": hit.id, "kind": hit.kind, "status": hit.status} for hit in event.hits]
            session.add(EventRow(message_id=event.message_id, kind="evidence", payload={"hits": hits}, at=_now()))

    def finish(self, event: DoneEvent, memory: dict[str, Any] | None = None) -> None:
        """The checked answer, whole, and with it (in the same transaction) what a follow-up builds on."""
        with self._database.writing() as session:
            row = _open_answer(session, event.message_id)
            row.status, row.text, row.finished_at, row.writer = "finished", event.answer, _now(), None
            row.done = event.model_dump(mode="json", by_alias=True)
            row.code_digest = event.provenance.code
            row.knowledge_digest = event.provenance.knowledge
            row.prompts_digest = event.provenance.prompts
            row.model = event.provenance.model
            session.add(
                EventRow(
                    message_id=row.id, kind="done", payload={"mode": event.mode, "refused": event.refused}, at=_now()
                )
            )
            conversation = session.get(ConversationRow, row.conversation_id)
            if conversation:
                conversation.updated_at = _now()
                if memory is not None:
                    conversation.memory = memory

    def break_off(self, message_id: str, text: str) -> None:
        """The client went, or the process is closing: keep what was written, marked as broken off."""
        with self._database.writing() as session:
            row = _open_answer(session, message_id)
            row.status, row.text, row.finished_at, row.writer = "broken", text, _now(), None
            session.add(EventRow(message_id=row.id, kind="broken", payload={"characters": len(text)}, at=_now()))

    def fail(self, message_id: str, event: FailedEvent) -> None:
        with self._database.writing() as session:
            row = _open_answer(session, message_id)
            row.status, row.text, row.finished_at, row.writer = "failed", event.problem, _now(), None
            session.add(EventRow(message_id=row.id, kind="failed", payload=event.model_dump(mode="json"), at=_now()))

    def message(self, message_id: str, *, owner: str | None = None, sight: Sight | None = None) -> Message | None:
        with self._database.reading() as session:
            row = session.get(MessageRow, message_id)
            if row is None or _in_sight(session, row.conversation_id, sight or Sight(who=owner)) is None:
                return None
            return Message.of(row)

    def kept_answer(self, identity: str) -> KeptAnswer | None:
        """A finished answer whoever asked: by its id, the beginning of that (eight characters), or its conversation."""
        query = select(MessageRow).where(MessageRow.role == "assistant", MessageRow.status == "finished")
        by_id = MessageRow.id.startswith(identity, autoescape=True) if len(identity) >= 8 else MessageRow.id == identity
        last = MessageRow.conversation_id == identity
        with self._database.reading() as session:
            rows = session.scalars(query.where(by_id).limit(2)).all()
            row = rows[0] if len(rows) == 1 else None
            row = row or session.scalar(query.where(last).order_by(MessageRow.position.desc()).limit(1))
            if row is None:
                return None
            asked = session.scalar(_asked(row))
            return KeptAnswer(
                question=asked.text if asked else "",
                answer=Message.of(row),
                memory=row.memory,
                first=row.position <= 1,
            )

    def markdown(self, message_id: str, *, owner: str | None = None, sight: Sight | None = None) -> str | None:
        """The question and its answer as a Markdown file; None when there is no such answer."""
        with self._database.reading() as session:
            row = session.get(MessageRow, message_id)
            if (
                row is None
                or row.role != "assistant"
                or _in_sight(session, row.conversation_id, sight or Sight(who=owner)) is None
            ):
                return None
            asked = session.scalar(_asked(row))
            return as_markdown(Message.of(asked) if asked else None, Message.of(row))

    def feedback(
        self,
        message_id: str,
        verdict: Literal["useful", "wrong"],
        comment: str = "",
        *,
        owner: str | None = None,
    ) -> bool:
        """A person's word on an answer. False when there is no such answer of theirs."""
        with self._database.writing() as session:
            row = session.get(MessageRow, message_id)
            if row is None or row.role != "assistant" or _own(session, row.conversation_id, owner) is None:
                return False
            session.add(
                FeedbackRow(message_id=message_id, who=owner, verdict=verdict, comment=comment.strip(), at=_now())
            )
            return True

    def feedback_of(self, message_id: str) -> tuple[Feedback, ...]:
        query = select(FeedbackRow).where(FeedbackRow.message_id == message_id).order_by(FeedbackRow.id)
        with self._database.reading() as session:
            return tuple(Feedback.of(row) for row in session.scalars(query))

    # inside

    def _close_abandoned(self) -> None:
        """Answers that a killed process left open are marked as broken off."""
        host = socket.gethostname()
        with self._database.writing() as session:
            for row in session.scalars(select(MessageRow).where(MessageRow.status == "writing")):
                where, _, pid = (row.writer or "").rpartition(":")
                dead = where == host and not _alive(int(pid)) if pid.isdigit() else True
                if dead or row.created_at < _now() - _STALE:
                    row.status, row.finished_at, row.writer = "broken", _now(), None
                    session.add(EventRow(message_id=row.id, kind="broken", payload={"characters": 0}, at=_now()))


def _own(session: Session, conversation_id: str, owner: str | None) -> ConversationRow | None:
    return _in_sight(session, conversation_id, Sight(who=owner))


def _in_sight(session: Session, conversation_id: str, sight: Sight) -> ConversationRow | None:
    visible = seen(sight, ConversationRow.owner, ConversationRow.department)
    return session.scalar(select(ConversationRow).where(ConversationRow.id == conversation_id, visible))


def _asked(answer: MessageRow) -> Select[MessageRow]:
    return select(MessageRow).where(
        MessageRow.conversation_id == answer.conversation_id, MessageRow.position == answer.position - 1
    )


def _open_answer(session: Session, message_id: str) -> MessageRow:
    row = session.get(MessageRow, message_id)
    if row is None:
        raise InputError("message_id", "这条回答所在的会话已被删除", "请新建会话再问一次")
    return row


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"


def _this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
