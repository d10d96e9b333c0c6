"""An office on an empty database, with a clock that the test moves."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.accounts import COMMAND_LINE, Office, passwords
from assistant.settings import Settings

PASSWORD = "芦苇荡-量杯-摆渡船"
OTHER = "煤油灯-拐角-七百步"


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Argon2id as ever, but a thousand times cheaper: here people sign in hundreds of times."""
    real = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    yield
    passwords._hasher = real


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=database_url, _env_file=None)


@pytest.fixture
def office(settings: Settings, clock: Clock) -> Iterator[Office]:
    """An administrator (chen), a lawyer (zhang, 法制处) and an officer (li, 执法一队), all of one password."""
    opened = Office(settings, clock)
    for name, role, department in (
        ("chen", "管理员", None),
        ("zhang", "公职律师", "法制处"),
        ("li", "执法人员", "执法一队"),
    ):
        opened.accounts.add(
            COMMAND_LINE, name, roles=[role], department=department, password=PASSWORD, must_change=False
        )
    yield opened
    opened.close()
