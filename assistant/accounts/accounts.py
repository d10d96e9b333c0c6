"""Administration of people and tokens: each change is one transaction, and stands in the audit log with who made it."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from assistant.accounts import people, tokens
from assistant.accounts.people import Person
from assistant.accounts.sessions import Clock, utc_now
from assistant.accounts.tokens import Token
from assistant.audit import Audit, Detail
from assistant.journal import Database
from assistant.schema import Noun


class Acting(Noun):
    """Who makes a change: a visitor of the server, or 命令行."""

    name: str
    credential: str = ""
    address: str = ""


COMMAND_LINE = Acting(name="命令行")


class Accounts:
    """People and tokens of the office. Safe for several threads and processes."""

    def __init__(self, database: Database, audit: Audit, clock: Clock = utc_now) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    def people(self) -> tuple[Person, ...]:
        with self._database.reading() as session:
            return people.everyone(session)

    def tokens(self) -> tuple[Token, ...]:
        with self._database.reading() as session:
            return tokens.everyone(session)

    def add(
        self,
        by: Acting,
        name: str,
        *,
        roles: Iterable[str],
        title: str = "",
        department: str | None = None,
        password: str | None = None,
        single_sign_on: bool = False,
        must_change: bool = True,
    ) -> Person:
        """A new account. InputError or ConflictError for what will not do.

        `must_change`: the password is known to whoever set it, so its owner sets another at the first sign-in.
        """
        with self._database.writing() as session:
            row = people.add(
                session,
                name,
                title=title,
                roles=roles,
                department=department,
                password=password,
                single_sign_on=single_sign_on,
                must_change=must_change,
                now=self._clock(),
            )
            detail = {"roles": "、".join(row.roles), "department": row.department, "single_sign_on": single_sign_on}
            self._note(session, by, "people.add", row.name, detail)
            return Person.of(row)

    def change(
        self,
        by: Acting,
        name: str,
        *,
        title: str | None = None,
        roles: Iterable[str] | None = None,
        department: str | None = None,
        disabled: bool | None = None,
    ) -> Person:
        """Change what is given. Whoever is shut out, or gets other roles, has to sign in again."""
        with self._database.writing() as session:
            before = Person.of(people.held(session, name, lock=True))
            row = people.change(session, name, title=title, roles=roles, department=department, disabled=disabled)
            after = Person.of(row)
            if after.roles != before.roles or after.disabled:
                people.sign_out(session, name)
            detail: dict[str, str | int | bool | None] = {}
            for field in ("title", "department", "disabled"):
                if getattr(before, field) != getattr(after, field):
                    detail[field] = getattr(after, field)
            if before.roles != after.roles:
                detail["roles"], detail["roles_before"] = "、".join(after.roles), "、".join(before.roles)
            self._note(session, by, "people.change", name, detail)
            return after

    def set_password(self, by: Acting, name: str, password: str, *, must_change: bool = True) -> None:
        """Another password for somebody; all sessions of that account end, and it can be tried at once."""
        with self._database.writing() as session:
            row = people.held(session, name, lock=True)
            people.put_password(row, password, self._clock(), must_change=must_change)
            people.sign_out(session, name)
            people.unlock(session, name)
            self._note(session, by, "people.password", name, {"must_change": must_change})

    def sign_out(self, by: Acting, name: str) -> int:
        """End every session of somebody; how many there were."""
        with self._database.writing() as session:
            people.held(session, name)
            ended = people.sign_out(session, name)
            self._note(session, by, "people.sign_out", name, {"sessions": ended})
            return ended

    def create_token(
        self, by: Acting, person: str, *, label: str, scopes: Iterable[str], days: int
    ) -> tuple[str, Token]:
        """A new API token of somebody: the text, to be shown this once, and what is kept of it."""
        with self._database.writing() as session:
            text, kept = tokens.create(
                session, person, label=label, scopes=scopes, days=days, by=by.name, now=self._clock()
            )
            detail = {"token": kept.id, "scopes": "、".join(kept.scopes), "expires": _day(kept.expires_at)}
            self._note(session, by, "tokens.create", person, detail)
            return text, kept

    def revoke_token(self, by: Acting, identity: str) -> Token:
        with self._database.writing() as session:
            kept = tokens.revoke(session, identity, self._clock())
            self._note(session, by, "tokens.revoke", kept.person, {"token": identity})
            return kept

    def _note(self, session: Session, by: Acting, action: str, name: str, detail: Detail) -> None:
        self._audit.append(
            session,
            by.name,
            action,
            object=f"person:{name}",
            detail=detail,
            credential=by.credential,
            address=by.address,
        )


def _day(moment: dt.datetime) -> str:
    return moment.date().isoformat()
