"""The tables of the audit log. The database itself refuses to change or delete a row (the accounts migration)."""

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.journal.tables import Table


class AuditRow(Table):
    """One thing that was done. `seal` is a keyed digest of all the rest and of the row before."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40), index=True)  # UTC, ISO, as it was sealed
    who: Mapped[str] = mapped_column(String(200), index=True)
    credential: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60), index=True)
    object: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(Text)  # JSON, as it was sealed
    previous: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Table):
    """The last row's number and seal: by it rows missing at the end are noticed, and writers take turns."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    seal: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64))  # a digest that tells which key sealed this log
