"""What is deleted when: by `knowledge_base/保存期限.yaml`, never by a default. The audit log is not among it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from assistant.errors import KnowledgeError
from assistant.journal import Database
from assistant.journal.file_review_tables import FileReviewRow
from assistant.journal.hotline_tables import BatchRow, CallbackRow, HotlineOrderRow
from assistant.journal.tables import ConversationRow, Table
from assistant.knowledge.marked import MarkedYaml
from assistant.schema import Noun

FILE = "保存期限.yaml"
Kept = Literal["会话", "热线工单", "热线回调", "热线批次", "案卷评查"]
_Rows = tuple[type[Table], ColumnElement[bool]]

_EXPIRED: dict[Kept, Callable[[dt.datetime], _Rows]] = {
    "会话": lambda before: (ConversationRow, ConversationRow.updated_at < before),
    "热线工单": lambda before: (
        HotlineOrderRow,
        (HotlineOrderRow.decided_at.is_not(None)) & (HotlineOrderRow.decided_at < before),
    ),
    "热线回调": lambda before: (CallbackRow, (CallbackRow.state == "已送") & (CallbackRow.sent_at < before)),
    "案卷评查": lambda before: (FileReviewRow, FileReviewRow.created_at < before),
    "热线批次": lambda before: (BatchRow, (BatchRow.finished_at.is_not(None)) & (BatchRow.finished_at < before)),
}


class Rule(Noun):
    """How long one kind of data is kept; `days` None: for ever."""

    what: Kept
    days: int | None
    note: str = ""
    settled: bool = True


class Expired(Noun):
    """What a rule comes to today: rows older than `before`."""

    what: Kept
    before: dt.date
    rows: int


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")

    what: Kept = Field(alias="对象")
    days: int | None = Field(alias="天数", ge=1)
    note: str = Field(default="", alias="说明")
    nature: Literal["待确认"] | None = Field(default=None, alias="性质")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rules: list[_Rule] = Field(alias="期限")


def load_retention(knowledge_dir: Path) -> tuple[Rule, ...]:
    """The rules. KnowledgeError names all that is wrong, with its line."""
    marked = MarkedYaml(knowledge_dir / FILE)
    try:
        written = _File.model_validate(marked.value)
    except ValidationError as error:
        said = "；".join(f"{marked.where(tuple(e['loc']))}：{e['msg']}" for e in error.errors())
        raise KnowledgeError(FILE, said, "每条写成 {对象: 会话, 天数: 1095}，天数留空是不删") from error
    names = [rule.what for rule in written.rules]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or marked.faults:
        raise KnowledgeError(FILE, f"写了两次：{'、'.join(twice) or '；'.join(marked.faults)}", "同一对象只写一条")
    return tuple(Rule(what=r.what, days=r.days, note=r.note, settled=r.nature is None) for r in written.rules)


def expired(database: Database, rules: tuple[Rule, ...], now: dt.datetime) -> tuple[Expired, ...]:
    """What would be deleted, without deleting it."""
    with database.reading() as session:
        return tuple(_count(session, rule.what, now, rule.days) for rule in rules if rule.days is not None)


def remove_expired(database: Database, rules: tuple[Rule, ...], now: dt.datetime) -> tuple[Expired, ...]:
    """Delete what the rules say, all in one transaction; what was deleted."""
    with database.writing() as session:
        gone = tuple(_count(session, rule.what, now, rule.days) for rule in rules if rule.days is not None)
        for one in gone:
            table, old = _EXPIRED[one.what](dt.datetime.combine(one.before, dt.time(), dt.UTC))
            session.execute(delete(table).where(old))
        return gone


def _count(session: Session, what: Kept, now: dt.datetime, days: int) -> Expired:
    before = (now - dt.timedelta(days=days)).date()
    table, old = _EXPIRED[what](dt.datetime.combine(before, dt.time(), dt.UTC))
    rows = session.scalar(select(func.count()).select_from(table).where(old))
    return Expired(what=what, before=before, rows=rows or 0)
