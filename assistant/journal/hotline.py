"""The hotline's orders in the database: each number once, its answer kept with it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import ConflictError, InputError
from assistant.journal.database import Database
from assistant.journal.hotline_tables import CallbackRow, HotlineOrderRow, StandardReplyRow
from assistant.masking.sealed import Seal
from assistant.schema import HotlineAnswer, HotlineOrder, HotlineRecord, Noun, OrderState, Sight


class StandardReply(Noun):
    """An approved reply: what was asked (masked), what was answered, who approved it and when."""

    id: int
    order_no: str
    matter: str | None
    content: str
    reply: str
    approved_by: str
    approved_at: dt.datetime


@dataclass(frozen=True)
class Decided:
    """An order a person has decided on; `call` is the call that tells the platform, where it asked for one."""

    record: HotlineRecord
    call: int | None = None


class OrderStore:
    """Orders, their answers and what people made of them."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def find(self, order_no: str, digest: str) -> HotlineAnswer | None:
        """The answer given to this very order. ConflictError where the number was used for another."""
        with self._database.reading() as session:
            row = session.get(HotlineOrderRow, order_no)
            if row is None:
                return None
            if row.digest != digest:
                raise ConflictError(
                    f"order_no {order_no}",
                    "这个工单号已经收过一件内容不同的工单",
                    "核对工单号；内容有变化的用新号",
                )
            return HotlineAnswer.model_validate(row.answer)

    def keep(
        self, order: HotlineOrder, digest: str, originals: dict[str, str], answer: HotlineAnswer, who: str | None
    ) -> HotlineAnswer:
        """Keep an order (masked) and its answer. Of two that come at once with one number the first is kept."""
        row = HotlineOrderRow(
            order_no=order.order_no,
            digest=digest,
            order=order.model_dump(mode="json"),
            sealed=self._seal.seal(originals),
            answer=answer.model_dump(mode="json", by_alias=True),
            state="待审",
            urgent=answer.urgent,
            taken_by=who,
            created_at=answer.created_at,
        )
        try:
            with self._database.writing() as session:
                session.add(row)
        except IntegrityError:
            held = self.find(order.order_no, digest)
            if held is None:
                raise
            return held
        return answer

    def record(self, order_no: str, *, reveal: bool = False, sight: Sight | None = None) -> HotlineRecord | None:
        """One order; `reveal`: with the personal data in its place, for who may see it; None when out of `sight`."""
        with self._database.reading() as session:
            row = session.get(HotlineOrderRow, order_no)
            if row is not None and sight is not None and not (sight.everything or row.taken_by == sight.who):
                return None
            return self._record(row, reveal=reveal) if row is not None else None

    def queue(self, *, state: OrderState | None = None, offset: int = 0, limit: int = 50) -> tuple[HotlineRecord, ...]:
        """Masked; the urgent first, then the oldest that wait."""
        query = select(HotlineOrderRow).order_by(
            HotlineOrderRow.urgent.desc(), HotlineOrderRow.created_at, HotlineOrderRow.order_no
        )
        if state is not None:
            query = query.where(HotlineOrderRow.state == state)
        with self._database.reading() as session:
            return tuple(self._record(row) for row in session.scalars(query.offset(offset).limit(limit)))

    def approve(self, order_no: str, reply: str, who: str, *, standard: bool) -> Decided | None:
        """The reply as a person approves it; `standard`: it holds no personal data and may serve others too."""
        now = dt.datetime.now(dt.UTC)
        with self._database.writing() as session:
            row = session.get(HotlineOrderRow, order_no)
            if row is None:
                return None
            if row.state == "已核准":
                raise ConflictError(f"order_no {order_no}", f"已由{row.decided_by}核准", "刷新后查看核准的答复")
            row.state, row.reply, row.decided_by, row.decided_at = "已核准", reply, who, now
            answer: dict[str, Any] = row.answer
            if standard:
                session.add(
                    StandardReplyRow(
                        order_no=order_no,
                        matter=answer["matter"],
                        category=answer["category"],
                        content=row.order["content"],
                        reply=reply,
                        approved_by=who,
                        approved_at=now,
                    )
                )
            return self._decided(session, row)

    def send_back(self, order_no: str, reason: str, who: str) -> Decided | None:
        """The draft will not do; why stands in `reply`."""
        if not reason.strip():
            raise InputError("reason", "没有写退回的理由", "写明理由，便于改进口径")
        with self._database.writing() as session:
            row = session.get(HotlineOrderRow, order_no)
            if row is None:
                return None
            if row.state == "已核准":
                raise ConflictError(f"order_no {order_no}", f"已由{row.decided_by}核准", "刷新后查看核准的答复")
            row.state, row.reply, row.decided_by, row.decided_at = "已退回", reason, who, dt.datetime.now(dt.UTC)
            return self._decided(session, row)

    def standards(self, matter: str | None) -> tuple[StandardReply, ...]:
        """The approved replies on a matter, the last first."""
        same = StandardReplyRow.matter == matter if matter is not None else StandardReplyRow.matter.is_(None)
        query = select(StandardReplyRow).where(same).order_by(StandardReplyRow.id.desc()).limit(200)
        with self._database.reading() as session:
            return tuple(
                StandardReply(
                    id=row.id,
                    order_no=row.order_no,
                    matter=row.matter,
                    content=row.content,
                    reply=row.reply,
                    approved_by=row.approved_by,
                    approved_at=row.approved_at,
                )
                for row in session.scalars(query)
            )

    def _decided(self, session: Session, row: HotlineOrderRow) -> Decided:
        """The decision, with the call that tells the platform of it, in the transaction that made it."""
        record = self._record(row)
        if not record.order.callback_url:
            return Decided(record)
        call = CallbackRow(
            order_no=row.order_no,
            url=record.order.callback_url,
            body=record.view().model_dump_json(by_alias=True),
            state="待送",
            tried=0,
            created_at=dt.datetime.now(dt.UTC),
        )
        session.add(call)
        session.flush()
        return Decided(record, call.id)

    def _record(self, row: HotlineOrderRow, *, reveal: bool = False) -> HotlineRecord:
        order = HotlineOrder.model_validate(row.order)
        if reveal:
            content, caller = order.content, order.caller
            for bracket, original in self._seal.open(row.sealed).items():
                content = content.replace(bracket, original)
                caller = caller.replace(bracket, original) if caller else caller
            order = order.model_copy(update={"content": content, "caller": caller})
        return HotlineRecord(
            order=order,
            answer=HotlineAnswer.model_validate(row.answer),
            state=row.state,
            reply=row.reply,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
        )
