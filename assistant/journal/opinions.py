"""Papers in the database: each version whole, by whom and why, none ever overwritten."""

import datetime as dt
import uuid
from typing import cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from assistant.errors import ConflictError
from assistant.journal.database import Database
from assistant.journal.opinion_tables import OpinionRow, OpinionVersionRow
from assistant.journal.visibility import seen
from assistant.schema import (
    Noun,
    OpinionContent,
    OpinionKind,
    OpinionLine,
    OpinionStatus,
    OpinionStep,
    OpinionVersion,
    Sight,
)

TITLE_LENGTH = 200


class KeptOpinion(Noun):
    """A paper as it is kept: the head, and the content of the version that stands."""

    id: str
    owner: str | None
    status: OpinionStatus
    version: int
    drafted_by: str
    reviewed_by: str | None
    finalized_by: str | None
    created_at: dt.datetime
    updated_at: dt.datetime
    content: OpinionContent


class OpinionStore:
    """Papers, their versions and steps. Safe for several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, content: OpinionContent, *, who: str | None, name: str, department: str | None = None
    ) -> KeptOpinion:
        """A new paper of `who`, version 1; `department`: his, whose colleagues may see it even when he has moved."""
        now = dt.datetime.now(dt.UTC)
        row = OpinionRow(
            id=uuid.uuid4().hex,
            owner=who,
            department=department,
            kind=content.kind,
            title=content.title[:TITLE_LENGTH],
            status="draft",
            version=1,
            as_of=content.as_of,
            drafted_by=name,
            created_at=now,
            updated_at=now,
        )
        with self._database.writing() as session:
            session.add(row)
            session.flush()  # the head before its version: the foreign key is checked at once
            session.add(_version(row, "drafted", content, who, name, "", now))
            return _kept(row, content)

    def get(self, opinion_id: str, sight: Sight) -> KeptOpinion | None:
        """A paper as it stands; None when there is none of that id in sight."""
        with self._database.reading() as session:
            row = _in_sight(session, opinion_id, sight)
            if row is None:
                return None
            return _kept(row, _content(session, row, row.version))

    def lines(self, sight: Sight, *, offset: int = 0, limit: int = 50) -> tuple[OpinionLine, ...]:
        """The papers in sight, the last touched first."""
        query = (
            select(OpinionRow)
            .where(seen(sight, OpinionRow.owner, OpinionRow.department))
            .order_by(OpinionRow.updated_at.desc(), OpinionRow.id)
            .offset(offset)
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(
                OpinionLine(
                    id=row.id,
                    kind=cast(OpinionKind, row.kind),
                    title=row.title,
                    status=cast(OpinionStatus, row.status),
                    version=row.version,
                    as_of=row.as_of,
                    drafted_by=row.drafted_by,
                    updated_at=row.updated_at,
                )
                for row in session.scalars(query)
            )

    def step(
        self,
        opinion_id: str,
        content: OpinionContent,
        step: OpinionStep,
        status: OpinionStatus,
        *,
        after: int,
        who: str | None,
        name: str,
        comment: str = "",
    ) -> KeptOpinion:
        """The next version. ConflictError when another was written since version `after`, or the paper is gone."""
        now = dt.datetime.now(dt.UTC)
        with self._database.writing() as session:
            row = session.get(OpinionRow, opinion_id, with_for_update=True)  # of two writers the second waits and sees
            if row is None:
                raise ConflictError(f"opinions {opinion_id}", "文书已经不在", "请重新打开列表")
            if row.version != after:
                last = session.scalars(_one(opinion_id, row.version)).one()
                raise ConflictError(
                    f"opinions {opinion_id}",
                    f"{last.name}已经改到第{row.version}稿，你改的是第{after}稿",
                    "刷新后对照新的一稿再改；你写的内容还在页面上",
                )
            if step == "finalized":
                _number_is_free(session, row, content)
            row.version, row.status, row.updated_at = after + 1, status, now
            row.title, row.as_of = content.title[:TITLE_LENGTH], content.as_of
            if step == "reviewed":
                row.reviewed_by = name
            elif step == "finalized":
                row.finalized_by = name
            elif step == "edited":
                row.reviewed_by = None
            session.add(_version(row, step, content, who, name, comment, now))
            return _kept(row, content)

    def numbered(self, number: str, *, but: str | None = None) -> tuple[OpinionStatus, ...]:
        """How the other papers stand that now bear a document number, whoever may see them."""
        with self._database.reading() as session:
            rows = session.scalars(_with_number(number, but))
            return tuple(cast(OpinionStatus, row.status) for row in rows)

    def versions(self, opinion_id: str) -> tuple[OpinionVersion, ...]:
        """The history, oldest first; empty when there is no such paper."""
        query = (
            select(OpinionVersionRow)
            .where(OpinionVersionRow.opinion_id == opinion_id)
            .order_by(OpinionVersionRow.number)
        )
        with self._database.reading() as session:
            return tuple(_history(row) for row in session.scalars(query))

    def version(self, opinion_id: str, number: int) -> tuple[OpinionVersion, OpinionContent] | None:
        """One version with its content; None when there is none."""
        with self._database.reading() as session:
            row = session.scalars(_one(opinion_id, number)).one_or_none()
            return None if row is None else (_history(row), OpinionContent.model_validate(row.content))


def _with_number(number: str, but: str | None) -> "Select[OpinionRow]":
    return (
        select(OpinionRow)
        .join(
            OpinionVersionRow,
            (OpinionVersionRow.opinion_id == OpinionRow.id) & (OpinionVersionRow.number == OpinionRow.version),
        )
        .where(OpinionVersionRow.content["fields"]["document_no"].as_string() == number, OpinionRow.id != (but or ""))
    )


def _number_is_free(session: Session, row: OpinionRow, content: OpinionContent) -> None:
    """ConflictError where a final paper already bears the document number."""
    number = content.fields.get("document_no")
    if not isinstance(number, str):
        return
    taken = session.scalars(_with_number(number, row.id).where(OpinionRow.status == "final")).first()
    if taken is not None:
        raise ConflictError(
            "fields.document_no",
            f"文号“{number}”已由另一份定稿的文书使用（{taken.drafted_by}拟，{taken.finalized_by}定稿）",
            "核对发文登记，改用没有用过的文号",
        )


def _in_sight(session: Session, opinion_id: str, sight: Sight) -> OpinionRow | None:
    visible = seen(sight, OpinionRow.owner, OpinionRow.department)
    return session.scalar(select(OpinionRow).where(OpinionRow.id == opinion_id, visible))


def _one(opinion_id: str, number: int) -> "Select[OpinionVersionRow]":
    return select(OpinionVersionRow).where(
        OpinionVersionRow.opinion_id == opinion_id, OpinionVersionRow.number == number
    )


def _content(session: Session, row: OpinionRow, number: int) -> OpinionContent:
    return OpinionContent.model_validate(session.scalars(_one(row.id, number)).one().content)


def _version(
    row: OpinionRow,
    step: OpinionStep,
    content: OpinionContent,
    who: str | None,
    name: str,
    comment: str,
    at: dt.datetime,
) -> OpinionVersionRow:
    return OpinionVersionRow(
        opinion_id=row.id,
        number=row.version,
        step=step,
        status=row.status,
        who=who,
        name=name,
        comment=comment,
        content=content.model_dump(mode="json", by_alias=True),
        at=at,
    )


def _history(row: OpinionVersionRow) -> OpinionVersion:
    return OpinionVersion(
        number=row.number,
        step=cast(OpinionStep, row.step),
        status=cast(OpinionStatus, row.status),
        name=row.name,
        comment=row.comment,
        at=row.at,
    )


def _kept(row: OpinionRow, content: OpinionContent) -> KeptOpinion:
    return KeptOpinion(
        id=row.id,
        owner=row.owner,
        status=cast(OpinionStatus, row.status),
        version=row.version,
        drafted_by=row.drafted_by,
        reviewed_by=row.reviewed_by,
        finalized_by=row.finalized_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        content=content,
    )
