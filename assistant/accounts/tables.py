"""The tables of accounts. Nothing in them lets anybody in: passwords and tokens are kept as digests alone."""

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.journal.tables import Moment, Table


class PersonRow(Table):
    """A person, or another system. Never deleted and never renamed: the name is who the log speaks of."""

    __tablename__ = "people"
    __table_args__ = (Index("ix_people_issuer_subject", "issuer", "subject", unique=True),)

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(60))
    department: Mapped[str | None] = mapped_column(String(60), index=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    password: Mapped[str | None] = mapped_column(String(200))  # argon2id; None: no sign-in by password
    password_set_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    must_change_password: Mapped[bool] = mapped_column()
    single_sign_on: Mapped[bool] = mapped_column()
    issuer: Mapped[str | None] = mapped_column(String(200))
    subject: Mapped[str | None] = mapped_column(String(200))  # who that is at the issuer, known from the first sign-in
    disabled: Mapped[bool] = mapped_column()
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    last_seen_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class SessionRow(Table):
    """A signed-in browser. `person` is None for 本机用户."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("people.name", ondelete="CASCADE"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment)
    expires_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


class TokenRow(Table):
    """An API token of somebody."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(ForeignKey("people.name", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_by: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    expires_at: Mapped[dt.datetime] = mapped_column(Moment)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    used_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class GuessRow(Table):
    """Failed sign-ins of one account, one address, or the two together."""

    __tablename__ = "guesses"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)
