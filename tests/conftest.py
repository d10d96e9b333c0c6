"""Fixtures shared by all tests, and the rule that no test reaches the network beyond this machine."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.journal import sqlite_url
from assistant.knowledge.load import load_library
from assistant.law.library import Library
from assistant.settings import ROOT, Settings
from tests.postgres import Postgres, binaries, running

if TYPE_CHECKING:
    from assistant.desk import Desk


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The laws as the product comes: the corpus package with the knowledge base's texts and corrections."""
    return load_library(ROOT / "knowledge_base", tmp_path_factory.mktemp("no-imported-texts"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of open questions and real texts; tests that need it are skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("COUNSEL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no folder of open questions and texts at {folder} (set COUNSEL_SHARED)")
    return folder


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Desk"]:
    """The whole product as it comes, in a home of its own, without a model. Its index is built once a run."""
    from assistant.desk import open_desk

    opened = open_desk(Settings(home=tmp_path_factory.mktemp("home"), _env_file=None))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, started once a run; skipped, saying so, where there is none on the machine."""
    folder = binaries()
    if folder is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    with running(folder) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database: each test that uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.fresh() as url:
        yield url
