"""Conversations of the person who asks, their messages, feedback and export."""

import datetime as dt

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.dependencies import Person, TheDesk
from api.problems import ProblemError
from api.wire import FeedbackRequest, RenameRequest
from assistant.journal.records import Message

router = APIRouter(tags=["conversations"])


class ConversationLine(BaseModel):
    """One line of the list."""

    id: str
    title: str
    created_at: dt.datetime
    updated_at: dt.datetime


class ConversationAnswer(ConversationLine):
    messages: tuple[Message, ...]


def _absent(what: str) -> ProblemError:
    return ProblemError(404, f"没有这个{what}，可能已被删除")


@router.get("/conversations")
def list_conversations(desk: TheDesk, who: Person) -> list[ConversationLine]:
    """One's own, the last touched first."""
    return [ConversationLine.model_validate(c, from_attributes=True) for c in desk.journal.conversations(owner=who)]


@router.get("/conversations/{conversation_id}")
def read_conversation(conversation_id: str, desk: TheDesk, who: Person) -> ConversationAnswer:
    """One conversation with its messages; an answer's `done` is what was sent when it was made."""
    found = desk.journal.conversation(conversation_id, owner=who)
    if found is None:
        raise _absent("会话")
    return ConversationAnswer.model_validate(found, from_attributes=True)


@router.patch("/conversations/{conversation_id}", status_code=204)
def rename_conversation(conversation_id: str, body: RenameRequest, desk: TheDesk, who: Person) -> None:
    if not desk.journal.rename(conversation_id, body.title, owner=who):
        raise _absent("会话")


@router.delete("/conversations/{conversation_id}", status_code=204)
def delete_conversation(conversation_id: str, desk: TheDesk, who: Person) -> None:
    """With all its messages and feedback."""
    if not desk.journal.delete(conversation_id, owner=who):
        raise _absent("会话")


@router.post("/messages/{message_id}/feedback", status_code=204)
def give_feedback(message_id: str, body: FeedbackRequest, desk: TheDesk, who: Person) -> None:
    """A word on an answer: useful or wrong, and why. Kept in the journal."""
    if not desk.journal.feedback(message_id, body.verdict, body.comment or "", owner=who):
        raise _absent("回答")


@router.get("/messages/{message_id}/export.md", response_class=Response)
def export_message(message_id: str, desk: TheDesk, who: Person) -> Response:
    """Question and answer as a Markdown file, with the day of the law and what it was made of."""
    text = desk.journal.markdown(message_id, owner=who)
    if text is None:
        raise _absent("回答")
    return Response(
        text,
        media_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="answer-{message_id[:8]}.md"'},
    )
