"""API tokens: shown once, kept as digests, limited to scopes, with an end, revocable. In the caller's transaction."""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts.people import good_roles, held
from assistant.accounts.permissions import ACTIONS, actions_of
from assistant.accounts.tables import PersonRow, TokenRow
from assistant.errors import InputError
from assistant.schema import Noun

PREFIX = "cst_"
LONGEST_DAYS = 366
_USED = dt.timedelta(minutes=1)


class Token(Noun):
    """An API token as it is listed: never the token itself."""

    id: str
    person: str
    label: str
    scopes: tuple[str, ...]
    created_by: str
    created_at: dt.datetime
    expires_at: dt.datetime
    revoked_at: dt.datetime | None
    used_at: dt.datetime | None

    @classmethod
    def of(cls, row: TokenRow) -> "Token":
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


def create(
    session: Session, person: str, *, label: str, scopes: Iterable[str], days: int, by: str, now: dt.datetime
) -> tuple[str, Token]:
    """A new token and what is kept of it. The token cannot be shown again. InputError for what will not do."""
    row = held(session, person)
    if row.disabled:
        raise InputError("person", f"账户{person}已停用", "先启用账户")
    allowed = [action for action in actions_of(good_roles(row.roles)) if action != "account"]  # never by a token
    wanted = tuple(dict.fromkeys(s.strip() for s in scopes))
    unknown = [s for s in wanted if s not in ACTIONS]
    beyond = [s for s in wanted if s in ACTIONS and s not in allowed]
    if unknown or not wanted:
        problem = f"没有这样的权限：{'、'.join(unknown)}" if unknown else "没有写明令牌能做什么"
        raise InputError("scopes", problem, f"这个账户可选：{'、'.join(allowed)}")
    if beyond:
        raise InputError(
            "scopes", f"账户{person}自己也没有这些权限：{'、'.join(beyond)}", f"可选：{'、'.join(allowed)}"
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError("days", f"有效期{days}天", f"1至{LONGEST_DAYS}天；到期前再建一个新的")
    text = " ".join(label.split())
    if not text or len(text) > 60 or not text.isprintable():
        raise InputError("label", "令牌的用途为空、太长或含有控制字符", "1至60个字，写明谁用、做什么用")
    identity, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    kept = TokenRow(
        id=identity,
        digest=_digest(secret),
        person=row.name,
        label=text,
        scopes=list(wanted),
        created_by=by,
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    session.add(kept)
    session.flush()
    return f"{PREFIX}{identity}_{secret}", Token.of(kept)


def find(session: Session, text: str, now: dt.datetime) -> tuple[PersonRow, TokenRow] | None:
    """Whose token this is; None when it is no token, has ended, was revoked, or its owner is shut out."""
    identity, _, secret = text.removeprefix(PREFIX).partition("_")
    row = session.get(TokenRow, identity) if text.startswith(PREFIX) and identity else None
    if not hmac.compare_digest(row.digest if row is not None else "0" * 64, _digest(secret)) or row is None:
        return None
    person = session.get(PersonRow, row.person)
    if person is None or person.disabled or row.revoked_at is not None or row.expires_at <= now:
        return None
    return person, row


def stale(row: TokenRow, now: dt.datetime) -> bool:
    """Whether the last use should be noted anew: once a minute is enough."""
    return row.used_at is None or row.used_at < now - _USED


def everyone(session: Session) -> tuple[Token, ...]:
    return tuple(Token.of(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.created_at.desc())))


def revoke(session: Session, identity: str, now: dt.datetime) -> Token:
    """End a token at once. InputError when there is none of that id."""
    row = session.get(TokenRow, identity)
    if row is None:
        raise InputError("id", f"没有编号为{identity}的令牌", "用 counsel tokens list 或管理页查看")
    row.revoked_at = row.revoked_at or now
    session.flush()
    return Token.of(row)


def _digest(secret: str) -> str:
    # Two hundred and fifty-six random bits need no slow hash.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
