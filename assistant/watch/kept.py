"""What is kept in the journal's database, as things that rest on law: answers of the chat, standard replies."""

import datetime as dt
from collections.abc import Callable, Iterable

from sqlalchemy import select

from assistant.journal import Database
from assistant.journal.hotline_tables import StandardReplyRow
from assistant.journal.tables import ConversationRow, MessageRow
from assistant.schema import CheckedCitation, Citation, DoneEvent
from assistant.watch.watch import Resting

_STRIDE = 200


class KeptAnswers:
    """Finished answers of the chat; the title is the question."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def resting(self) -> Iterable[Resting]:
        query = (
            select(MessageRow, ConversationRow.owner)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(MessageRow.role == "assistant", MessageRow.status == "finished")
            .order_by(MessageRow.created_at)
            .execution_options(yield_per=_STRIDE)
        )
        with self._database.reading() as session:
            for row, owner in session.execute(query):
                done = DoneEvent.model_validate(row.done)
                cited = _cited(done.citations)
                if cited:
                    yield Resting(
                        kind="answer",
                        id=row.id,
                        title=done.conclusion[:80],
                        owner=owner,
                        as_of=row.as_of,
                        cited=cited,
                        conclusion=done.conclusion,
                    )


class KeptReplies:
    """Standard replies of the hotline. `check` looks citations up as of a day."""

    def __init__(self, database: Database, check: Callable[[str, dt.date], tuple[CheckedCitation, ...]]) -> None:
        self._database = database
        self._check = check

    def resting(self) -> Iterable[Resting]:
        with self._database.reading() as session:
            rows = session.scalars(select(StandardReplyRow).order_by(StandardReplyRow.id)).all()
        for row in rows:
            day = row.approved_at.date()
            cited = _cited(self._check(row.reply, day))
            if cited:
                yield Resting(
                    kind="standard_reply",
                    id=row.order_no,
                    title=row.reply[:80],
                    owner=row.approved_by,
                    as_of=day,
                    cited=cited,
                    conclusion=row.reply,
                )


def _cited(citations: Iterable[CheckedCitation]) -> tuple[Citation, ...]:
    """The provisions that were looked up and held when the thing was made."""
    return tuple(
        Citation(law=c.law, article=c.article)
        for c in citations
        if c.law is not None and c.article is not None and c.article_id is not None and c.verdict == "verified"
    )
