"""Calls to the hotline's platform in the database: what is to be said, to whom, and how far it is."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from sqlalchemy import select

from assistant.errors import InputError
from assistant.journal.database import Database
from assistant.journal.hotline_tables import CallbackRow
from assistant.schema import Noun

CallbackState = Literal["待送", "已送", "死信"]


class Callback(Noun):
    """One call; `tried` how often it failed, `problem` why it last did."""

    id: int
    order_no: str
    url: str
    body: str
    state: CallbackState
    tried: int
    problem: str | None = None
    created_at: dt.datetime
    sent_at: dt.datetime | None = None


class CallbackStore:
    """Every call that was to be made, with its state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, call_id: int) -> Callback | None:
        with self._database.reading() as session:
            row = session.get(CallbackRow, call_id)
            return _callback(row) if row is not None else None

    def undone(self) -> Iterable[tuple[str, int]]:
        """The calls still to be made, each with how often it was tried."""
        query = select(CallbackRow.id, CallbackRow.tried).where(CallbackRow.state == "待送")
        with self._database.reading() as session:
            return [(str(call_id), tried) for call_id, tried in session.execute(query)]

    def sent(self, call_id: int) -> None:
        with self._database.writing() as session:
            row = session.get_one(CallbackRow, call_id)
            row.state, row.sent_at, row.problem = "已送", dt.datetime.now(dt.UTC), None

    def failed(self, call_id: int, problem: str, *, dead: bool) -> None:
        with self._database.writing() as session:
            row = session.get_one(CallbackRow, call_id)
            row.tried += 1
            row.problem = problem
            row.state = "死信" if dead else "待送"

    def dead(self) -> tuple[Callback, ...]:
        """The calls that failed for good, the last first."""
        query = select(CallbackRow).where(CallbackRow.state == "死信").order_by(CallbackRow.id.desc()).limit(500)
        with self._database.reading() as session:
            return tuple(_callback(row) for row in session.scalars(query))

    def revive(self, call_id: int) -> int:
        """A dead letter is to be sent again; how often it was tried. InputError where there is none of that id."""
        with self._database.writing() as session:
            row = session.get(CallbackRow, call_id)
            if row is None or row.state != "死信":
                raise InputError("id", f"没有编号为{call_id}的死信", "刷新死信列表后再试")
            row.state = "待送"
            return row.tried


def _callback(row: CallbackRow) -> Callback:
    return Callback(
        id=row.id,
        order_no=row.order_no,
        url=row.url,
        body=row.body,
        state=row.state,
        tried=row.tried,
        problem=row.problem,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
