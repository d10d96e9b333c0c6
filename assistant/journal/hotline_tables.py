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
