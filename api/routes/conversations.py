"""Conversations in sight of the person who asks, their messages, feedback and export."""

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.dependencies import TheDesk, allowed
from api.problems import ProblemError, refusals
from api.recording import unrecorded
from api.wire import FeedbackRequest, RenameRequest
from assistant.accounts import Visitor
from assistant.journal.records import Message
from assistant.schema import Sight

router = APIRouter(tags=["conversations"])

Reader = Annotated[Visitor, allowed("conversations.read")]
Changer = Annotated[Visitor, allowed("conversations.change")]
Exporter = Annotated[Visitor, allowed("conversations.export")]


class ConversationLine(BaseModel):
    """One line of the list."""

    id: str
    title: str
    owner: str | None
    department: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class ConversationAnswer(ConversationLine):
    messages: tuple[Message, ...]


def _absent(what: str) -> ProblemError:
    return ProblemError(404, f"没有这个{what}，可能已被删除")


@router.get("/conversations", summary="列出会话")
def list_conversations(
    desk: TheDesk,
    visitor: Reader,
    request: Request,
    whose: Annotated[Literal["own", "seen"], Query(description="own是自己的；seen连同看得到的别人的")] = "own",
) -> list[ConversationLine]:
    """One's own, or all in one's sight, the last touched first."""
    if whose == "own":
        unrecorded(request)
        sight = Sight(who=visitor.name)
    else:
        sight = visitor.sight("conversations.read")
    return [ConversationLine.model_validate(c, from_attributes=True) for c in desk.journal.conversations(sight=sight)]


@router.get("/conversations/{conversation_id}", summary="看一个会话", responses=refusals(404))
def read_conversation(conversation_id: str, desk: TheDesk, visitor: Reader) -> ConversationAnswer:
    """One conversation with its messages; an answer's `done` is what was sent when it was made."""
    found = desk.journal.conversation(conversation_id, sight=visitor.sight("conversations.read"))
    if found is None:
        raise _absent("会话")
    return ConversationAnswer.model_validate(found, from_attributes=True)


@router.patch("/conversations/{conversation_id}", status_code=204, summary="给会话改名", responses=refusals(404))
def rename_conversation(conversation_id: str, body: RenameRequest, desk: TheDesk, visitor: Changer) -> None:
    """Another title for one's own conversation."""
    if not desk.journal.rename(conversation_id, body.title, owner=visitor.name):
        raise _absent("会话")


@router.delete("/conversations/{conversation_id}", status_code=204, summary="删除会话", responses=refusals(404))
def delete_conversation(conversation_id: str, desk: TheDesk, visitor: Changer) -> None:
    """With all its messages and feedback."""
    if not desk.journal.delete(conversation_id, owner=visitor.name):
        raise _absent("会话")


@router.post("/messages/{message_id}/feedback", status_code=204, summary="评价一个回答", responses=refusals(404))
def give_feedback(message_id: str, body: FeedbackRequest, desk: TheDesk, visitor: Changer) -> None:
    """A word on an answer: useful or wrong, and why. Kept in the journal."""
    if not desk.journal.feedback(message_id, body.verdict, body.comment or "", owner=visitor.name):
        raise _absent("回答")


@router.get(
    "/messages/{message_id}/export.md",
    response_class=Response,
    summary="导出一个回答",
    responses={200: {"content": {"text/markdown": {}}}, **refusals(404)},
)
def export_message(message_id: str, desk: TheDesk, visitor: Exporter) -> Response:
    """Question and answer as a Markdown file, with the day of the law and what it was made of."""
    text = desk.journal.markdown(message_id, sight=visitor.sight("conversations.export"))
    if text is None:
        raise _absent("回答")
    return Response(
        text,
        media_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="answer-{message_id[:8]}.md"'},
    )
