"""What the journal gives back: plain nouns, no rows."""

import datetime as dt
from typing import Any, Literal, cast

from assistant.journal.tables import ConversationRow, FeedbackRow, MessageRow
from assistant.schema import DoneEvent, Noun

MessageStatus = Literal["writing", "finished", "broken", "failed"]
_ENDS = {
    "broken": "（这次回答在写完之前中断了，以下是中断前的内容，未经核验。）",
    "failed": "（这次回答没有完成。）",
    "writing": "（这次回答还在写。）",
}


class Message(Noun):
    """One turn. `done` is the checked answer as it was sent; None unless `finished` by the assistant."""

    id: str
    role: Literal["user", "assistant"]
    status: MessageStatus
    text: str
    as_of: dt.date
    done: DoneEvent | None = None
    created_at: dt.datetime
    finished_at: dt.datetime | None = None

    @classmethod
    def of(cls, row: MessageRow) -> "Message":
        return cls(
            id=row.id,
            role=cast(Literal["user", "assistant"], row.role),
            status=cast(MessageStatus, row.status),
            text=row.text,
            as_of=row.as_of,
            done=DoneEvent.model_validate(row.done) if row.done else None,
            created_at=row.created_at,
            finished_at=row.finished_at,
        )


class Conversation(Noun):
    id: str
    title: str
    owner: str | None
    department: str | None
    memory: dict[str, Any]
    created_at: dt.datetime
    updated_at: dt.datetime
    messages: tuple[Message, ...] = ()

    @classmethod
    def of(cls, row: ConversationRow, *, messages: tuple[Message, ...]) -> "Conversation":
        return cls(
            id=row.id,
            title=row.title,
            owner=row.owner,
            department=row.department,
            memory=dict(row.memory),
            created_at=row.created_at,
            updated_at=row.updated_at,
            messages=messages,
        )


class KeptAnswer(Noun):
    """A past answer with all it was made from: the question, and what the conversation knew before (None: unknown).

    `first`: it opened its conversation, so that there was nothing to know.
    """

    question: str
    answer: Message
    memory: dict[str, Any] | None
    first: bool


class Feedback(Noun):
    who: str | None
    verdict: Literal["useful", "wrong"]
    comment: str
    at: dt.datetime

    @classmethod
    def of(cls, row: FeedbackRow) -> "Feedback":
        return cls(who=row.who, verdict=cast(Literal["useful", "wrong"], row.verdict), comment=row.comment, at=row.at)


def as_markdown(asked: Message | None, answer: Message) -> str:
    """Question, answer and provenance, for a file that stands alone."""
    parts = ["# 执法顾问答复\n"]
    if asked:
        quoted = "\n".join(f"> {line}" for line in asked.text.splitlines())
        parts.append(f"**问题**\n\n{quoted}\n")
    if answer.status in _ENDS:
        parts.append(_ENDS[answer.status] + "\n")
    parts.append(answer.text.strip() + "\n")
    asked_at = answer.created_at.astimezone(dt.timezone(dt.timedelta(hours=8)))
    about = [f"- 法律状态基准日：{answer.as_of.isoformat()}", f"- 提问时间：{asked_at:%Y-%m-%d %H:%M}（北京时间）"]
    about.append(f"- 编号：{answer.id}（用 counsel replay 可重算比对）")
    if answer.done:
        made = answer.done.provenance
        about.append(f"- 写作方式：{'模型 ' + made.model if made.model else '由程序依据语料编写，未使用模型'}")
        if made.note:
            about.append(f"- 说明：{made.note}")
        about.append(f"- 版本：程序 {made.code}，知识 {made.knowledge}，提示词 {made.prompts}")
    parts.append("---\n\n" + "\n".join(about) + "\n")
    return "\n".join(parts)
