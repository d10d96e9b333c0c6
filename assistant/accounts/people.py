"""The people of the office and the systems beside it: made, changed, shut out. The caller's transaction is used."""

import datetime as dt
import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts import guesses, passwords
from assistant.accounts.permissions import ROLES, SYSTEM_ROLES
from assistant.accounts.tables import PersonRow, SessionRow
from assistant.accounts.visitor import LOCAL_USER
from assistant.errors import ConflictError, InputError
from assistant.schema import Noun, Role

RESERVED = frozenset({LOCAL_USER, "命令行", "系统"})
_NAME = re.compile(r"[\w][\w.@-]{1,39}")


class Person(Noun):
    """Somebody with an account. Never deleted: the log and the records go on speaking of him."""

    name: str
    title: str
    department: str | None
    roles: tuple[Role, ...]
    has_password: bool
    must_change_password: bool
    single_sign_on: bool
    disabled: bool
    created_at: dt.datetime
    last_seen_at: dt.datetime | None

    @classmethod
    def of(cls, row: PersonRow) -> "Person":
        return cls.model_validate(
            {
                "has_password": row.password is not None,
                **{name: getattr(row, name) for name in cls.model_fields if name != "has_password"},
            }
        )


def existing(session: Session) -> bool:
    """Whether there are accounts at all."""
    return session.scalar(select(PersonRow.name).limit(1)) is not None


def everyone(session: Session) -> tuple[Person, ...]:
    return tuple(Person.of(row) for row in session.scalars(select(PersonRow).order_by(PersonRow.name)))


def held(session: Session, name: str, *, lock: bool = False) -> PersonRow:
    """Somebody's row. InputError when there is nobody of that name."""
    row = session.get(PersonRow, name, with_for_update=lock or None)
    if row is None:
        raise InputError("name", f"没有名为{name}的账户", "用 counsel users list 或管理页查看已有的账户")
    return row


def add(
    session: Session,
    name: str,
    *,
    title: str,
    roles: Iterable[str],
    department: str | None,
    password: str | None,
    single_sign_on: bool,
    must_change: bool,
    now: dt.datetime,
) -> PersonRow:
    """A new account. InputError for what will not do, ConflictError for a name that is taken."""
    name = _good_name(name)
    chosen = good_roles(roles)
    if session.get(PersonRow, name) is not None:
        raise ConflictError("name", f"账户{name}已经有了", "换一个用户名；离岗的人停用即可，用户名不重复使用")
    if not existing(session) and "管理员" not in chosen:
        raise InputError("roles", "第一个账户必须是管理员", "先建一个管理员：其他账户由他来建")
    system = bool(SYSTEM_ROLES & set(chosen))
    if system and (password is not None or single_sign_on):
        raise InputError(
            "roles", "热线平台是系统，不用密码登录", "不设密码；建好后用 counsel tokens create 给它一个令牌"
        )
    if not system and password is None and not single_sign_on:
        raise InputError("password", "没有密码，也不是统一登录的账户", "设一个初始密码，或者声明用单位统一登录")
    row = PersonRow(
        name=name,
        title=_line("title", title or name, 60),
        department=_line("department", department, 60) if department else None,
        roles=list(chosen),
        password=None,
        must_change_password=False,
        single_sign_on=single_sign_on,
        disabled=False,
        created_at=now,
    )
    if password is not None:
        put_password(row, password, now, must_change=must_change)
    session.add(row)
    session.flush()
    return row


def put_password(row: PersonRow, password: str, now: dt.datetime, *, must_change: bool) -> None:
    """A new password. InputError when it is too easy to guess."""
    passwords.check_strength(password, [p for p in (row.name, row.title, row.department) if p])
    row.password, row.password_set_at, row.must_change_password = passwords.hashed(password), now, must_change


def change(
    session: Session,
    name: str,
    *,
    title: str | None = None,
    roles: Iterable[str] | None = None,
    department: str | None = None,
    disabled: bool | None = None,
) -> PersonRow:
    """Change what is given; an empty department is none. The last administrator cannot be taken away."""
    row = held(session, name, lock=True)
    if title is not None:
        row.title = _line("title", title, 60)
    if department is not None:
        row.department = _line("department", department, 60) if department.strip() else None
    if roles is not None:
        chosen = good_roles(roles)
        if bool(SYSTEM_ROLES & set(chosen)) != bool(SYSTEM_ROLES & set(row.roles)):
            raise InputError("roles", "人和系统的账户不能互相改", "给系统另建一个账户")
        row.roles = list(chosen)
    if disabled is not None:
        row.disabled = disabled
    session.flush()
    if not any("管理员" in p.roles and not p.disabled for p in session.scalars(select(PersonRow))):
        raise ConflictError("roles", "这是最后一个管理员，不能停用或改掉他的角色", "先让另一个人成为管理员")
    return row


def sign_out(session: Session, name: str) -> int:
    """End every session of somebody; how many there were."""
    rows = session.scalars(select(SessionRow).where(SessionRow.person == name)).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def unlock(session: Session, name: str) -> None:
    """Let somebody try again at once after too many wrong passwords."""
    guesses.forgive(session, held(session, name).name)


def good_roles(roles: Iterable[str]) -> tuple[Role, ...]:
    """The roles as chosen, in the table's order. InputError for none, unknown ones, and a system that is a person."""
    given = {role.strip() for role in roles}
    unknown = sorted(given - set(ROLES))
    if unknown or not given:
        raise InputError(
            "roles", f"没有这样的角色：{'、'.join(unknown)}" if unknown else "没有角色", f"可选：{'、'.join(ROLES)}"
        )
    chosen = tuple(role for role in ROLES if role in given)
    if SYSTEM_ROLES & given and len(chosen) > 1:
        raise InputError("roles", "热线平台是系统的角色，不能和人的角色并用", "给系统另建一个账户")
    return chosen


def _good_name(name: str) -> str:
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise InputError("name", "用户名不合要求", "2至40个字：汉字、字母、数字和 . _ - @，不以符号开头")
    if name in RESERVED:
        raise InputError("name", f"{name}是系统保留的名字", "换一个用户名")
    return name


def _line(where: str, text: str, longest: int) -> str:
    text = " ".join(text.split())
    if not text or len(text) > longest or not text.isprintable():
        raise InputError(where, "为空、太长或含有控制字符", f"1至{longest}个字")
    return text
