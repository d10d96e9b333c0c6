"""What is kept in the journal's database, as things that rest on law: answers of the chat, papers, standard replies."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy import select

from assistant.drafting import Forms, Judging
from assistant.journal import Database
from assistant.journal.hotline_tables import StandardReplyRow
from assistant.journal.opinions import OpinionStore
from assistant.journal.tables import ConversationRow, MessageRow
from assistant.journal.visibility import seen
from assistant.schema import CheckedCitation, Citation, DoneEvent, RestingKind, Sight
from assistant.watch.again import Engines, concluded, concluded_anew, lists_used, paper_anew, paper_concluded
from assistant.watch.watch import Resting

_STRIDE = 200


class KeptAnswers:
    """Finished answers of the chat."""

    kind: RestingKind = "answer"

    def __init__(self, database: Database, engines: Engines) -> None:
        self._database = database
        self._engines = engines

    def resting(self, sight: Sight) -> Iterable[Resting]:
        query = (
            select(MessageRow, ConversationRow.owner)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(MessageRow.role == "assistant", MessageRow.status == "finished")
            .where(seen(sight, ConversationRow.owner, ConversationRow.department))
            .order_by(MessageRow.created_at)
            .execution_options(yield_per=_STRIDE)
        )
        with self._database.reading() as session:
            for row, owner in session.execute(query):
                done = DoneEvent.model_validate(row.done)
                cited, findings = _cited(done.citations), done.findings
                if cited or findings:
                    yield Resting(
                        kind="answer",
                        id=row.id,
                        title=done.conclusion[:80],
                        owner=owner,
                        as_of=row.as_of,
                        cited=cited,
                        lists=lists_used(findings),
                        conclusion=concluded(findings) or done.conclusion,
                        again=partial(concluded_anew, findings, self._engines) if concluded(findings) else None,
                        made=done.provenance,
                        kept_at=row.created_at,
                    )


class KeptPapers:
    """Papers, each as its last version stands."""

    kind: RestingKind = "opinion"

    def __init__(self, store: OpinionStore, forms: Forms, judging: Judging) -> None:
        self._store = store
        self._forms = forms
        self._judging = judging

    def resting(self, sight: Sight) -> Iterable[Resting]:
        offset = 0
        while lines := self._store.lines(sight, offset=offset, limit=_STRIDE):
            offset += len(lines)
            for line in lines:
                kept = self._store.get(line.id, sight)
                if kept is None:  # gone since the list was read
                    continue
                content, conclusion = kept.content, paper_concluded(kept.content)
                yield Resting(
                    kind="opinion",
                    id=line.id,
                    title=line.title,
                    owner=kept.owner,
                    as_of=line.as_of,
                    cited=_cited(c for section in content.sections for c in section.citations),
                    conclusion=conclusion,
                    again=partial(paper_anew, content, self._forms, self._judging) if conclusion is not None else None,
                    made=content.provenance,
                    kept_at=kept.updated_at,
                )


class KeptReplies:
    """Standard replies of the hotline, which are everybody's. `check` looks citations up as of a day."""

    kind: RestingKind = "standard_reply"

    def __init__(self, database: Database, check: Callable[[str, dt.date], tuple[CheckedCitation, ...]]) -> None:
        self._database = database
        self._check = check

    def resting(self, sight: Sight) -> Iterable[Resting]:
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
