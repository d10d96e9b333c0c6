"""Matters, their events, and who is a lawyer for what."""

import datetime as dt

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.journal.tables import Moment, Table


class MatterRow(Table):
    __tablename__ = "matters"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    field: Mapped[str | None] = mapped_column(String(40))
    owner: Mapped[str] = mapped_column(String(200), index=True)
    department: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20), index=True)
    assignee: Mapped[str | None] = mapped_column(String(200), index=True)
    reviewer: Mapped[str | None] = mapped_column(String(200))
    signer: Mapped[str | None] = mapped_column(String(200))
    due: Mapped[dt.date | None] = mapped_column(Date)
    opinion_id: Mapped[str | None] = mapped_column(String(40))
    conversation_id: Mapped[str | None] = mapped_column(String(64))
    order_no: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)
    updated_at: Mapped[dt.datetime] = mapped_column(Moment)
    events: Mapped[list["MatterEventRow"]] = relationship(
        order_by="MatterEventRow.id", cascade="all, delete-orphan", passive_deletes=True
    )


class MatterEventRow(Table):
    __tablename__ = "matter_events"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    matter_id: Mapped[str] = mapped_column(ForeignKey("matters.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int] = mapped_column(Integer)


class LawyerRow(Table):
    __tablename__ = "lawyers"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    department: Mapped[str | None] = mapped_column(String(80))
    fields: Mapped[list[str]] = mapped_column(JSON)
