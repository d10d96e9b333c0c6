"""Signing in and out, and who is behind a session or a token. Sessions stand in the database: they can be ended there.

Every way in and out is written into the audit log in the same transaction.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.accounts import guesses, passwords, people, tokens
from assistant.accounts.tables import PersonRow, SessionRow, TokenRow
from assistant.accounts.visitor import LOCAL_USER, Visitor
from assistant.audit import Audit, Detail
from assistant.errors import AccessError, InputError
from assistant.journal import Database
from assistant.schema import Role

IDLE = dt.timedelta(hours=12)
LASTS = dt.timedelta(days=7)
LOCAL_LASTS = dt.timedelta(days=30)
_SEEN = dt.timedelta(minutes=1)
_WRONG = ("登录", "用户名或密码不对", "核对后再试；忘了密码请找管理员重设")

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Sessions:
    """Who is let in. Safe for several threads and processes."""

    def __init__(self, database: Database, audit: Audit, clock: Clock = utc_now) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock
        self._accounts = False  # accounts are never deleted: once there are some, there are

    def accounts_exist(self) -> bool:
        """Whether one has to sign in with an account: from the first one on, everybody."""
        if not self._accounts:
            with self._database.reading() as session:
                self._accounts = people.existing(session)
        return self._accounts

    # ways in

    def sign_in(self, name: str, password: str, *, address: str, replaces: str | None = None) -> str:
        """The secret of a new session; the one it `replaces` ends. AccessError when refused, or when it is too soon."""
        name = name.strip()
        self._attempt(name, address)
        with self._database.reading() as session:
            row = session.get(PersonRow, name)
            kept = row.password if row is not None and not row.disabled else None
        good = passwords.matches(kept, password)
        with self._database.writing() as session:
            now = self._clock()
            row = session.get(PersonRow, name, with_for_update=True)
            if not good or row is None or row.disabled or row.password != kept:
                self._refused(session, row, name, "密码", address)
            else:
                guesses.succeeded(session, name, address, now)
                if kept is not None and passwords.outdated(kept):
                    row.password = passwords.hashed(password)
                return self._begin(session, row, "密码", address, replaces, LASTS)
        raise AccessError(*_WRONG)

    def sign_in_by_issuer(
        self,
        issuer: str,
        subject: str,
        name: str,
        *,
        title: str,
        address: str,
        new_roles: Iterable[Role] = (),
        replaces: str | None = None,
    ) -> str:
        """The secret of a new session of whoever the issuer vouches for. AccessError where he has no account here.

        An account is bound to the issuer's subject at the first sign-in, and only if it was made for single sign-on:
        a name at the issuer never opens an account that has a password. `new_roles`: those of accounts made on the way.
        """
        roles = tuple(new_roles)
        with self._database.writing() as session:
            row = session.scalar(
                select(PersonRow).where(PersonRow.issuer == issuer, PersonRow.subject == subject).with_for_update()
            )
            if row is None:
                row = session.get(PersonRow, name, with_for_update=True)
                if row is None and roles and people.existing(session):
                    row = people.add(
                        session,
                        name,
                        title=title or name,
                        roles=roles,
                        department=None,
                        password=None,
                        single_sign_on=True,
                        must_change=False,
                        now=self._clock(),
                    )
                    detail: Detail = {"roles": "、".join(roles), "single_sign_on": True}
                    self._audit.append(session, "系统", "people.add", object=f"person:{row.name}", detail=detail)
                if row is not None and row.single_sign_on and row.subject is None:
                    row.issuer, row.subject = issuer, subject
            if (
                row is not None
                and row.single_sign_on
                and not row.disabled
                and (row.issuer, row.subject) == (issuer, subject)
            ):
                return self._begin(session, row, "统一登录", address, replaces, LASTS)
            self._refused(session, row, name, "统一登录", address)
        raise AccessError(
            "单位统一登录", "您在本系统还没有可用的账户", "请管理员为您建一个统一登录的账户，或启用原有的"
        )

    def sign_in_locally(self, *, address: str, replaces: str | None = None) -> str:
        """The secret of a session of 本机用户. AccessError once there are accounts."""
        if self.accounts_exist():
            raise AccessError("登录", "已有账户，登录令牌不再起作用", "用账户登录")
        with self._database.writing() as session:
            return self._begin(session, None, "登录令牌", address, replaces, LOCAL_LASTS)

    # ways out

    def sign_out(self, secret: str, *, address: str) -> None:
        """End a session, whatever it is."""
        with self._database.writing() as session:
            row = session.get(SessionRow, _digest(secret))
            if row is not None:
                session.delete(row)
                self._audit.append(
                    session, row.person or LOCAL_USER, "session.end", credential=_shown(row.digest), address=address
                )

    def sign_out_everywhere(self, visitor: Visitor, *, address: str) -> None:
        """End every session of whoever asks."""
        mine = SessionRow.person.is_(None) if visitor.name == LOCAL_USER else SessionRow.person == visitor.name
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(mine))
            self._audit.append(session, visitor.name, "session.end_all", credential=visitor.credential, address=address)

    def change_password(self, visitor: Visitor, current: str, new: str, *, address: str) -> str:
        """Set one's own password; every session of one's own ends, and the secret of a new one is given.

        InputError where the old one is wrong or the new one will not do, AccessError when it is too soon to try again.
        """
        self._attempt(visitor.name, address)
        with self._database.reading() as session:
            kept = people.held(session, visitor.name).password
        good = passwords.matches(kept, current)
        with self._database.writing() as session:
            row = people.held(session, visitor.name, lock=True)
            if not good or row.password != kept or row.disabled:
                self._refused(session, row, visitor.name, "改密码", address)
            else:
                if new == current:
                    raise InputError("new", "新密码与现在的密码相同", "换一个新的")
                now = self._clock()
                people.put_password(row, new, now, must_change=False)
                guesses.succeeded(session, visitor.name, address, now)
                people.sign_out(session, row.name)
                self._audit.append(
                    session,
                    row.name,
                    "account.password",
                    object=f"person:{row.name}",
                    credential=visitor.credential,
                    address=address,
                )
                return self._begin(session, row, "改密码后", address, None, LASTS)
        raise InputError("current", "现在的密码不对", "核对后再试；忘了密码请找管理员重设")

    # who is there

    def by_session(self, secret: str) -> Visitor | None:
        """Whose session this is; None when there is none (any more)."""
        digest, now = _digest(secret), self._clock()
        with self._database.reading() as session:
            row = session.get(SessionRow, digest)
            if row is None or row.expires_at <= now:
                return None
            person = session.get(PersonRow, row.person) if row.person else None
            seen = row.seen_at
        if person is None:
            return None if row.person or self.accounts_exist() else Visitor.local(_shown(digest))
        if person.disabled or seen <= now - IDLE:
            return None
        if seen < now - _SEEN:
            self._seen(digest, person.name, now)
        return _visitor(person, _shown(digest), None)

    def by_token(self, text: str) -> Visitor | None:
        """Whose API token this is, limited to its scopes; None when it does not let in."""
        now = self._clock()
        with self._database.reading() as session:
            found = tokens.find(session, text, now)
        if found is None:
            return None
        person, token = found
        if tokens.stale(token, now):
            with self._database.writing() as session:
                row = session.get(TokenRow, token.id)
                if row is not None:
                    row.used_at = now
        return _visitor(person, f"token:{token.id}", frozenset(token.scopes))

    def clear(self) -> None:
        """Forget sessions that have ended and guesses that no longer count."""
        now = self._clock()
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
            guesses.forget(session, now)

    # inside

    def _attempt(self, name: str, address: str) -> None:
        try:
            with self._database.writing() as session:
                guesses.attempt(session, name, address, self._clock())
        except AccessError as error:
            with self._database.writing() as session:
                row = session.get(PersonRow, name)
                detail = {"seconds": error.retry_after}
                self._audit.append(
                    session, _typed(row), "session.begin", outcome="locked", detail=detail, address=address
                )
            raise

    def _refused(self, session: Session, row: PersonRow | None, name: str, how: str, address: str) -> None:
        """Note a failed sign-in. Of a name that is nobody's only a digest: it may be a password typed too early."""
        detail: dict[str, str | int | bool | None] = {"how": how}
        if row is None:
            detail["typed"] = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
        self._audit.append(session, _typed(row), "session.begin", outcome="refused", detail=detail, address=address)

    def _begin(
        self,
        session: Session,
        person: PersonRow | None,
        how: str,
        address: str,
        replaces: str | None,
        lasts: dt.timedelta,
    ) -> str:
        now, secret = self._clock(), secrets.token_urlsafe(32)
        if replaces:
            session.execute(delete(SessionRow).where(SessionRow.digest == _digest(replaces)))
        if person is not None:
            person.last_seen_at = now
        digest = _digest(secret)
        session.add(
            SessionRow(
                digest=digest,
                person=person.name if person is not None else None,
                created_at=now,
                seen_at=now,
                expires_at=now + lasts,
            )
        )
        who = person.name if person is not None else LOCAL_USER
        self._audit.append(
            session, who, "session.begin", detail={"how": how}, credential=_shown(digest), address=address
        )
        return secret

    def _seen(self, digest: str, name: str, now: dt.datetime) -> None:
        with self._database.writing() as session:
            row, person = session.get(SessionRow, digest), session.get(PersonRow, name)
            if row is not None and person is not None:
                row.seen_at = person.last_seen_at = now


def _visitor(person: PersonRow, credential: str, scopes: frozenset[str] | None) -> Visitor:
    return Visitor.model_validate(
        {
            "name": person.name,
            "title": person.title,
            "roles": person.roles,
            "department": person.department,
            "scopes": scopes,
            "credential": credential,
            "must_change_password": person.must_change_password,
        }
    )


def _typed(row: PersonRow | None) -> str:
    return row.name if row is not None else "未知账户"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _shown(digest: str) -> str:
    return f"session:{digest[:12]}"
