"""Guessing at passwords is slowed down, by account and by address; it stands in the database and outlives a restart.

An attempt is counted before the password is looked at, so that many at once do not slip through together.
"""

import datetime as dt
import hashlib
import ipaddress
import math

from sqlalchemy import delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant.accounts.tables import GuessRow
from assistant.errors import AccessError

_FORGET = dt.timedelta(hours=12)
_FIRST = dt.timedelta(seconds=30)
_LONGEST = dt.timedelta(minutes=15)
# Free attempts before the wait begins: for one account from one address, for one account, for one address.
# Many people may sit behind one address; one account attacked from many must not be shut for its owner at once.
_FREE = {"both": 5, "account": 20, "address": 60}


def locked_out(seconds: int) -> AccessError:
    """Too many failed sign-ins: the same words for an account that exists and for one that does not."""
    wait = f"{seconds}秒" if seconds < 120 else f"{math.ceil(seconds / 60)}分钟"
    return AccessError("登录", f"试错次数过多，{wait}后再试", "忘了密码请找管理员重设", retry_after=seconds)


def keys_of(name: str, address: str) -> dict[str, str]:
    """The counters an attempt touches. Names that exist and names that do not are counted alike."""
    who = hashlib.sha256(name.casefold().encode("utf-8", "replace")).hexdigest()[:24]
    where = _network(address)
    return {"account": f"account:{who}", "address": f"address:{where}", "both": f"both:{who}:{where}"}


def attempt(session: Session, name: str, address: str, now: dt.datetime) -> None:
    """Count an attempt. AccessError while one of the counters says to wait."""
    rows = {kind: _row(session, key, now) for kind, key in keys_of(name, address).items()}
    left = max(_wait(row, _FREE[kind], now) for kind, row in rows.items())
    if left:
        raise locked_out(left)
    for row in rows.values():
        row.failures = row.failures + 1 if row.last_at > now - _FORGET else 1
        row.last_at = now
    session.flush()


def succeeded(session: Session, name: str, address: str, now: dt.datetime) -> None:
    """It was the owner: the account's counters are forgotten, this attempt does not count against the address."""
    keys = keys_of(name, address)
    row = _row(session, keys["address"], now)
    row.failures = max(0, row.failures - 1)
    session.execute(delete(GuessRow).where(GuessRow.key.in_((keys["account"], keys["both"]))))


def forgive(session: Session, name: str) -> None:
    """An administrator lets an account be tried again, from wherever."""
    account = keys_of(name, "")["account"]
    both = account.replace("account:", "both:") + ":"
    session.execute(
        delete(GuessRow).where(or_(GuessRow.key == account, GuessRow.key.startswith(both, autoescape=True)))
    )


def forget(session: Session, now: dt.datetime) -> None:
    """Clear away what no longer counts."""
    session.execute(delete(GuessRow).where(GuessRow.last_at < now - _FORGET))


def _network(address: str) -> str:
    """The address; of IPv6 the network, since one subscriber has as many addresses in it as he likes."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def _row(session: Session, key: str, now: dt.datetime) -> GuessRow:
    """The counter, held until the transaction ends; two that make it at once get the same one."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(GuessRow).values(key=key, failures=0, last_at=now).on_conflict_do_nothing())
    return session.get_one(GuessRow, key, with_for_update=True, populate_existing=True)


def _wait(row: GuessRow, free: int, now: dt.datetime) -> int:
    """Whole seconds until the next attempt: half a minute, a minute, two … up to a quarter of an hour."""
    over = row.failures - free
    if over < 0:
        return 0
    pause: dt.timedelta = min(_FIRST * 2 ** min(over, 10), _LONGEST)
    return max(0, math.ceil((row.last_at + pause - now).total_seconds()))
