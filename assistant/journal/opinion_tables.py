"""The papers and their versions."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.journal.tables import Moment, Table


class OpinionRow(Table):
    """A paper: what its list shows, and which version stands."""

    __tablename__ = "opinions"
    __table_args__ = (Index("ix_opinions_status_updated", "status", "updated_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str | None] = mapped_column(String(200), index=True)  # who was signed in when it was begun
    department: Mapped[str | None] = mapped_column(String(60), index=True)  # the owner's then
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))  # draft | reviewed | final
    version: Mapped[int] = mapped_column(Integer)
    as_of: Mapped[dt.date] = mapped_column(Date)
    drafted_by: Mapped[str] = mapped_column(String(200))
    reviewed_by: Mapped[str | None] = mapped_column(String(200))
    finalized_by: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    updated_at: Mapped[dt.datetime] = mapped_column(Moment)


class OpinionVersionRow(Table):
    """One version of a paper, whole; never changed once written."""

    __tablename__ = "opinion_versions"
    __table_args__ = (Index("ix_opinion_versions_number", "opinion_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    opinion_id: Mapped[str] = mapped_column(ForeignKey("opinions.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    step: Mapped[str] = mapped_column(String(20))  # drafted | edited | reviewed | finalized
    status: Mapped[str] = mapped_column(String(20))
    who: Mapped[str | None] = mapped_column(String(200))  # who was signed in
    name: Mapped[str] = mapped_column(String(200))  # who signs for the step
    comment: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[dt.datetime] = mapped_column(Moment)
