"""Orders of the hotline and the standard replies that came of them."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.journal.tables import Moment, Table


class HotlineOrderRow(Table):
    """An order by its number. `content` is masked; `sealed` holds the originals, encrypted."""

    __tablename__ = "hotline_orders"

    order_no: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(80))
    order: Mapped[dict[str, Any]] = mapped_column(JSON)
    sealed: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), index=True)
    urgent: Mapped[bool] = mapped_column(index=True)
    reply: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    taken_by: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


class StandardReplyRow(Table):
    """An approved reply: the standard answer (口径), looked up first next time. Holds no personal data."""

    __tablename__ = "standard_replies"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    order_no: Mapped[str] = mapped_column(ForeignKey("hotline_orders.order_no", ondelete="CASCADE"), unique=True)
    matter: Mapped[str | None] = mapped_column(String(80), index=True)
    category: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    reply: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[str] = mapped_column(String(200))
    approved_at: Mapped[dt.datetime] = mapped_column(Moment)


class CallbackRow(Table):
    """A call to the platform: outgoing mail, kept in the transaction that made it due."""

    __tablename__ = "hotline_callbacks"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    order_no: Mapped[str] = mapped_column(ForeignKey("hotline_orders.order_no", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)  # 待送 | 已送 | 死信
    tried: Mapped[int] = mapped_column(Integer)
    problem: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class BatchRow(Table):
    """Many orders at once. `sealed` holds them, encrypted, until all are taken."""

    __tablename__ = "hotline_batches"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    sealed: Mapped[str | None] = mapped_column(Text)
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    problems: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    who: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Moment)
