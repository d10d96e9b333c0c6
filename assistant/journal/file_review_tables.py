"""The reviews of case files."""

import datetime as dt

from sqlalchemy import Date, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.journal.tables import Moment, Table


class FileReviewRow(Table):
    """One review: what its list shows in clear, the whole sealed. The files themselves are not kept."""

    __tablename__ = "file_reviews"
    __table_args__ = (Index("ix_file_reviews_owner_created", "owner", "created_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str | None] = mapped_column(String(200))
    department: Mapped[str | None] = mapped_column(String(60), index=True)
    title: Mapped[str] = mapped_column(String(200))  # the name of the first file, masked
    as_of: Mapped[dt.date] = mapped_column(Date)
    verdict: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(200))
    score: Mapped[float | None] = mapped_column(Float)
    vetoes: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)
