"""Batches of orders in the database: sealed until they are taken, with how far each is."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter
from sqlalchemy import select

from assistant.journal.database import Database
from assistant.journal.hotline_tables import BatchRow
from assistant.masking.sealed import Seal
from assistant.schema import HotlineOrder, Noun, Sight

_ORDERS = TypeAdapter(tuple[HotlineOrder, ...])


class Batch(Noun):
    """How far a batch is; `problems` are {order_no, problem} of the orders that could not be taken."""

    id: str
    total: int
    done: int
    problems: tuple[dict[str, str], ...] = ()
    created_at: dt.datetime
    finished_at: dt.datetime | None = None


class BatchStore:
    """Every batch that came in."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def add(self, orders: Sequence[HotlineOrder], who: str | None) -> Batch:
        row = BatchRow(
            id=uuid.uuid4().hex,
            sealed=self._seal.seal({"orders": _ORDERS.dump_json(tuple(orders)).decode()}),
            total=len(orders),
            done=0,
            problems=[],
            who=who,
            created_at=dt.datetime.now(dt.UTC),
        )
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return _batch(row)

    def get(self, batch_id: str, *, sight: Sight | None = None) -> Batch | None:
        """None when there is none, or it is out of `sight`."""
        with self._database.reading() as session:
            row = session.get(BatchRow, batch_id)
            if row is None or (sight is not None and not (sight.everything or row.who == sight.who)):
                return None
            return _batch(row)

    def latest(self, limit: int = 20) -> tuple[Batch, ...]:
        """The last ones to come, the newest first."""
        query = select(BatchRow).order_by(BatchRow.created_at.desc()).limit(limit)
        with self._database.reading() as session:
            return tuple(_batch(row) for row in session.scalars(query))

    def undone(self) -> Iterable[tuple[str, int]]:
        query = select(BatchRow.id).where(BatchRow.finished_at.is_(None))
        with self._database.reading() as session:
            return [(batch_id, 0) for batch_id in session.scalars(query)]

    def rest(self, batch_id: str) -> tuple[tuple[HotlineOrder, ...], str | None]:
        """The orders not yet taken, and who sent them; none where the batch is done."""
        with self._database.reading() as session:
            row = session.get(BatchRow, batch_id)
            if row is None or row.sealed is None:
                return (), None
            orders = _ORDERS.validate_json(self._seal.open(row.sealed)["orders"])
            return orders[row.done :], row.who

    def advance(self, batch_id: str, taken: int, problems: Sequence[dict[str, str]]) -> None:
        """So many more were taken or refused. With the last one the sealed orders go: they stand in the queue now."""
        with self._database.writing() as session:
            row = session.get_one(BatchRow, batch_id)
            row.done += taken
            row.problems = [*row.problems, *problems]
            if row.done >= row.total:
                row.finished_at, row.sealed = dt.datetime.now(dt.UTC), None


def _batch(row: BatchRow) -> Batch:
    return Batch(
        id=row.id,
        total=row.total,
        done=row.done,
        problems=tuple(row.problems),
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
