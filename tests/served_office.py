"""A `counsel serve` with accounts: one person a role, each with a token for all that it may do."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from assistant.accounts import COMMAND_LINE, Office, actions_of
from assistant.schema import Role
from assistant.settings import Settings
from tests.serving import Server, serve, stop

PASSWORD = "芦苇荡-量杯-摆渡船"
EVERYTHING: tuple[Role, ...] = ("管理员", "公职律师", "热线坐席")
"""The roles that may together do all that there is to do."""


@dataclass
class ServedOffice:
    """The server, and the tokens of its people by their name."""

    server: Server
    office: Office
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.server.url

    def add(self, name: str, *roles: Role, title: str = "", department: str | None = None) -> str:
        """One more person; the token of everything its roles may do."""
        return add(self.office, self.tokens, name, *roles, title=title, department=department)

    def client(self, name: str) -> httpx.Client:
        """Requests with that person's token."""
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {self.tokens[name]}"}, timeout=60)


def add(office: Office, tokens: dict[str, str], name: str, *roles: Role, title: str, department: str | None) -> str:
    password = None if "热线平台" in roles else PASSWORD
    office.accounts.add(
        COMMAND_LINE, name, roles=roles, title=title, department=department, password=password, must_change=False
    )
    scopes = [action for action in actions_of(roles) if action != "account"]
    tokens[name], _ = office.accounts.create_token(COMMAND_LINE, name, label="示例", scopes=scopes, days=1)
    return tokens[name]


@contextmanager
def served_office(home: Path, **environment: str) -> Iterator[ServedOffice]:
    """Ready to answer. `chen` may do everything; `platform` is the hotline's."""
    url = environment.get("DATABASE_URL")
    office = Office(Settings(home=home, database_url=url, _env_file=None))
    tokens: dict[str, str] = {}
    add(office, tokens, "chen", *EVERYTHING, title="陈一（示例）", department="法制处")
    add(office, tokens, "platform", "热线平台", title="热线平台（示例）", department=None)
    server = serve(home, **{"RATE_LIMIT": "1000000/minute"} | environment)
    try:
        until = time.monotonic() + 120
        while httpx.get(f"{server.url}/readyz").status_code != 200:
            assert time.monotonic() < until, "not ready within two minutes"
            time.sleep(0.2)
        yield ServedOffice(server, office, tokens)
    finally:
        stop(server)
        office.close()
