"""Matters in the database. Every step is one transaction that leaves its event."""

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import ColumnElement, func, select

from assistant.clock import today
from assistant.errors import InputError
from assistant.journal import Database
from assistant.journal.visibility import seen
from assistant.matters.tables import LawyerRow, MatterEventRow, MatterRow
from assistant.schema import Lawyer, Matter, MatterAct, MatterEvent, MatterState, NewMatter, Sight

CLOSED: tuple[MatterState, ...] = ("已办结", "已撤回")


class MatterStore:
    """Matters, their events, and the lawyers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, new: NewMatter, who: str, department: str | None) -> Matter:
        now = dt.datetime.now(dt.UTC)
        row = MatterRow(
            id=uuid.uuid4().hex,
            owner=who,
            department=department,
            state="待分派",
            created_at=now,
            updated_at=now,
            **new.model_dump(),
        )
        row.events.append(MatterEventRow(at=now, who=who, act="登记", note="", minutes=0))
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return matter_of(row)

    def get(self, matter_id: str, sight: Sight) -> Matter | None:
        """One in sight: one's own, or in one's hands, or one's department's."""
        with self._database.reading() as session:
            row = session.scalar(select(MatterRow).where(MatterRow.id == matter_id, _seen(sight)))
            return matter_of(row) if row is not None else None

    def matters(
        self, sight: Sight, *, state: MatterState | None = None, offset: int = 0, limit: int = 100
    ) -> tuple[Matter, ...]:
        """Those in sight: the open ones first, what is due soonest first, then the newest."""
        query = (
            select(MatterRow)
            .where(_seen(sight))
            .order_by(MatterRow.state.in_(CLOSED), MatterRow.due.is_(None), MatterRow.due, MatterRow.created_at.desc())
            .offset(offset)
            .limit(limit)
        )
        if state is not None:
            query = query.where(MatterRow.state == state)
        with self._database.reading() as session:
            return tuple(matter_of(row) for row in session.scalars(query))

    @contextmanager
    def step(self, matter_id: str, sight: Sight) -> Iterator[MatterRow]:
        """A matter in sight, locked for one step. InputError where there is none."""
        with self._database.writing() as session:
            query = select(MatterRow).where(MatterRow.id == matter_id, _seen(sight)).with_for_update()
            row = session.scalar(query)
            if row is None:
                raise InputError("id", "没有这个事项，或者不在您能办理的范围内", "刷新列表后再试")
            yield row

    def since(self, first: dt.datetime, last: dt.datetime) -> tuple[Matter, ...]:
        """All that came in from `first` to before `last`, whoever's they are."""
        query = select(MatterRow).where(MatterRow.created_at >= first, MatterRow.created_at < last)
        with self._database.reading() as session:
            return tuple(matter_of(row) for row in session.scalars(query.order_by(MatterRow.created_at)))

    def mark(self) -> str:
        """Something that is another once a matter, or who is a lawyer, has changed."""
        matters = select(func.count(), func.max(MatterRow.updated_at))
        with self._database.reading() as session:
            count, last = session.execute(matters).one()
            names = session.scalars(select(LawyerRow.name).order_by(LawyerRow.name)).all()
        return hashlib.sha256(f"{count}|{last}|{'|'.join(names)}".encode()).hexdigest()

    # the lawyers

    def lawyers(self) -> tuple[Lawyer, ...]:
        """Everybody registered as a lawyer, with how many matters are open with them."""
        load = (
            select(MatterRow.assignee, func.count()).where(MatterRow.state.not_in(CLOSED)).group_by(MatterRow.assignee)
        )
        with self._database.reading() as session:
            open_: Counter[str | None] = Counter({row[0]: row[1] for row in session.execute(load)})
            rows = session.scalars(select(LawyerRow).order_by(LawyerRow.name))
            return tuple(
                Lawyer(
                    name=row.name,
                    title=row.title,
                    department=row.department,
                    fields=tuple(row.fields),
                    open=open_[row.name],
                )
                for row in rows
            )

    def register(self, name: str, title: str, department: str | None, fields: Sequence[str]) -> None:
        """Somebody is a lawyer for these fields; registered again, the fields are replaced."""
        with self._database.writing() as session:
            session.merge(LawyerRow(name=name, title=title, department=department, fields=list(dict.fromkeys(fields))))

    def strike(self, name: str) -> bool:
        """Somebody is a lawyer no more. False where nobody of that name was."""
        with self._database.writing() as session:
            row = session.get(LawyerRow, name)
            if row is not None:
                session.delete(row)
            return row is not None


def note(row: MatterRow, who: str, act: MatterAct, words: str, minutes: int) -> None:
    """Leave an event on a matter in hand."""
    row.updated_at = dt.datetime.now(dt.UTC)
    row.events.append(MatterEventRow(at=row.updated_at, who=who, act=act, note=words, minutes=minutes))


def matter_of(row: MatterRow) -> Matter:
    fields = {name: getattr(row, name) for name in Matter.model_fields if name not in ("overdue", "events")}
    return Matter.model_validate(
        {
            **fields,
            "overdue": row.due is not None and row.due < today() and row.state not in CLOSED,
            "events": tuple(
                MatterEvent.model_validate({name: getattr(e, name) for name in MatterEvent.model_fields})
                for e in row.events
            ),
        }
    )


def _seen(sight: Sight) -> ColumnElement[bool]:
    mine = seen(sight, MatterRow.owner, MatterRow.department)
    return mine | (MatterRow.assignee == sight.who) | (MatterRow.reviewer == sight.who)
