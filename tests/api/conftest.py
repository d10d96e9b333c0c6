"""A client of the real application over the real desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.main import create_app
from assistant.desk import Desk
from assistant.settings import Settings

TOKEN = "a-token-for-the-tests-0123456789"


class Borrowed:
    """The session's desk, lent to one application: closing that application does not close it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)

    def close(self) -> None:
        """The desk stays open for the next test."""


@pytest.fixture(scope="session")
def client(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("api-home")
    settings = Settings(home=home, token=SecretStr(TOKEN), web_dir=Path("no-page"), _env_file=None)
    app = create_app(settings, desk=lambda: Borrowed(desk))  # type: ignore[arg-type,return-value]
    with TestClient(app, headers={"Authorization": f"Bearer {TOKEN}"}, raise_server_exceptions=False) as it:
        app.state.opening.wait()
        yield it
