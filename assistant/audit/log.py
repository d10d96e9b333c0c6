"""The audit log: rows are only ever added, each sealed together with the row before it.

A row is written in the transaction of what it tells of, where that is possible: then neither stands without the other.
Several processes take turns by the log's head row.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.audit.entries import WORDS, Detail, Entry, detail_text, key_name, seal_of
from assistant.audit.tables import AuditHeadRow, AuditRow
from assistant.errors import EngineError
from assistant.journal import Database
from assistant.keys import kept_key

KEY_FILE = "audit.key"
_COLUMNS = ("序号", "时间", "谁", "凭据", "来自", "动作", "对象", "结果", "细节", "前一条指纹", "指纹")
_BATCH = 2_000


class Audit:
    """The log of one installation. Safe for several threads and processes."""

    def __init__(self, database: Database, home: Path) -> None:
        self._database = database
        self.key = kept_key(home / KEY_FILE)
        self._key_name = key_name(self.key)

    def append(
        self,
        session: Session,
        who: str,
        action: str,
        *,
        object: str = "",
        outcome: str = "ok",
        detail: Detail | None = None,
        credential: str = "",
        address: str = "",
    ) -> None:
        """Add a row in a transaction of `Database.writing`. EngineError when this is not the key of the log."""
        head = session.get(AuditHeadRow, 1, with_for_update=True, populate_existing=True)
        if head is None:
            raise EngineError("审计日志", "缺少日志头，可能被人删改", "运行 counsel audit verify，并保留现场")
        if head.key and head.key != self._key_name:
            raise EngineError(
                "审计日志",
                f"这本日志是用另一把密钥封存的，与数据文件夹里的{KEY_FILE}不符",
                "把原来的密钥文件放回（备份里有）",
            )
        number = head.number + 1
        at = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        words = (at, who, credential, address, action, object[:200], outcome, detail_text(detail or {}))
        seal = seal_of(self.key, number, words, head.seal)
        session.add(AuditRow(number=number, previous=head.seal, seal=seal, **dict(zip(WORDS, words, strict=True))))
        head.number, head.seal, head.key = number, seal, self._key_name
        session.flush()

    def record(
        self,
        who: str,
        action: str,
        *,
        object: str = "",
        outcome: str = "ok",
        detail: Detail | None = None,
        credential: str = "",
        address: str = "",
    ) -> None:
        """Add a row in a transaction of its own. EngineError when the log cannot be written."""
        try:
            with self._database.writing() as session:
                self.append(
                    session,
                    who,
                    action,
                    object=object,
                    outcome=outcome,
                    detail=detail,
                    credential=credential,
                    address=address,
                )
        except SQLAlchemyError as error:
            raise EngineError(
                "审计日志", f"写不进去（{error.__class__.__name__}）", "检查数据库与磁盘空间；记不下来的操作不予交付"
            ) from error

    def entries(
        self,
        *,
        who: str | None = None,
        action: str | None = None,
        object: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> tuple[Entry, ...]:
        """The last ones first; `before` pages on, by the number of the last row seen."""
        query = select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)
        if who is not None:
            query = query.where(AuditRow.who == who)
        if action is not None:
            query = query.where(AuditRow.action == action)
        if object is not None:
            query = query.where(AuditRow.object == object)
        if before is not None:
            query = query.where(AuditRow.number < before)
        with self._database.reading() as session:
            return tuple(_entry(row) for row in session.scalars(query))

    def every(self) -> Iterator[Entry]:
        """All of them, the first first, read in batches."""
        last: int | None = None
        while True:
            query = select(AuditRow).order_by(AuditRow.number).limit(_BATCH)
            if last is not None:
                query = query.where(AuditRow.number > last)
            with self._database.reading() as session:
                batch = tuple(_entry(row) for row in session.scalars(query))
            if not batch:
                return
            yield from batch
            last = batch[-1].number

    def head(self) -> tuple[int, str, str] | None:
        """Number and seal of the last row as the log itself knows them, and which key; None when that is gone."""
        with self._database.reading() as session:
            row = session.get(AuditHeadRow, 1)
            return (row.number, row.seal, row.key) if row is not None else None

    def csv(self) -> Iterator[str]:
        """The whole log as CSV, line by line, for a spreadsheet: with its byte order mark, formulas defused."""
        yield "\ufeff" + _line(_COLUMNS)
        for entry in self.every():
            yield _line((str(entry.number), *entry.words, entry.previous, entry.seal))


def _entry(row: AuditRow) -> Entry:
    return Entry.model_validate({name: getattr(row, name) for name in Entry.model_fields})


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    # A spreadsheet computes what begins like this; a name that somebody typed at the sign-in may.
    csv.writer(out).writerow([f"'{c}" if c[:1] in ("=", "+", "-", "@", "\t", "\r") else c for c in cells])
    return out.getvalue()
