"""Every route says who may use it, and each role meets exactly that at the door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.dependencies import Permission
from api.main import create_app
from assistant.accounts import COMMAND_LINE, ROLES, reach
from assistant.desk import Desk
from assistant.schema import Role
from assistant.settings import Settings
from tests.api.conftest import Borrowed

OPEN = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/api/v1/session"),
    ("POST", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("GET", "/api/v1/session/single-sign-on"),
    ("GET", "/api/v1/session/single-sign-on/back"),
}
"""Who may come here is not yet, or need not be, signed in."""


def _actions(dependant: Dependant) -> set[str]:
    found = {dependant.call.action} if isinstance(dependant.call, Permission) else set()
    return found.union(*(_actions(below) for below in dependant.dependencies))


def declared(app: FastAPI) -> dict[tuple[str, str], set[str]]:
    """The actions that each route of the interface declares, by method and path."""
    return {
        (method, route.path): _actions(route.dependant)
        for route in iter_route_contexts(app.routes)
        if hasattr(route, "dependant") and route.include_in_schema
        for method in route.methods
    }


@pytest.fixture(scope="module")
def office(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[Role, str]]]:
    """The application with one account a role, and a token of each for all that it may do."""
    settings = Settings(home=tmp_path_factory.mktemp("roles"), web_dir=Path("no-page"), _env_file=None)
    app = create_app(settings, desk=lambda: Borrowed(desk))  # type: ignore[arg-type,return-value]
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.opening.wait()
        accounts = app.state.access.office.accounts
        tokens: dict[Role, str] = {}
        for number, role in enumerate(ROLES):
            password = None if role == "热线平台" else f"芦苇-量杯-{number}-摆渡"
            accounts.add(COMMAND_LINE, f"person{number}", roles=[role], password=password, must_change=False)
            scopes = [a for a in declared_actions(app) if reach([role], a) and a != "account"]
            tokens[role], _ = accounts.create_token(COMMAND_LINE, f"person{number}", label="t", scopes=scopes, days=1)
        yield client, tokens


def declared_actions(app: FastAPI) -> list[str]:
    return sorted(set().union(*declared(app).values()))


def test_every_route_declares_who_may_use_it(office: tuple[TestClient, dict[Role, str]]) -> None:
    routes = declared(office[0].app)  # type: ignore[arg-type]
    assert len(routes) > 20
    silent = [f"{method} {path}" for (method, path), actions in routes.items() if not actions]
    assert sorted(silent) == sorted(f"{m} {p}" for m, p in OPEN & routes.keys()), (
        "a route without a permission: give it `Annotated[Visitor, allowed('…')]` or `Person` (api/dependencies.py)"
    )


@pytest.mark.parametrize("role", ROLES)
def test_each_role_meets_the_table_at_every_door(office: tuple[TestClient, dict[Role, str]], role: Role) -> None:
    client, tokens = office
    wrong = []
    for (method, path), actions in declared(client.app).items():  # type: ignore[arg-type]
        if not actions or "account" in actions:
            continue
        address = path.replace("{", "").replace("}", "")
        answer = client.request(method, address, json={}, headers={"Authorization": f"Bearer {tokens[role]}"})
        may = all(reach([role], action) for action in actions)
        if (answer.status_code == 403) is may or answer.status_code in (401, 500):
            wrong.append((method, path, actions, answer.status_code, answer.text[:200]))
    assert wrong == []


def test_nobody_and_a_wrong_token_meet_401_at_every_door(office: tuple[TestClient, dict[Role, str]]) -> None:
    client, _ = office
    for (method, path), actions in declared(client.app).items():  # type: ignore[arg-type]
        if actions:
            address = path.replace("{", "").replace("}", "")
            for headers in ({}, {"Authorization": "Bearer cst_000000000000_wrong"}):
                assert client.request(method, address, json={}, headers=headers).status_code == 401, (method, path)
