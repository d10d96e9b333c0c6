"""How passwords are kept: the library's parameters, raised ones taken up, as much work where there is no account."""

import time

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from assistant.accounts import COMMAND_LINE, Office, passwords
from tests.accounts.conftest import PASSWORD


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    passwords._nobodys.cache_clear()


def test_the_parameters_are_those_of_rfc_9106(in_earnest: None) -> None:
    kept = extract_parameters(passwords.hashed(PASSWORD))
    assert kept.type is Type.ID
    assert (kept.time_cost, kept.memory_cost, kept.parallelism) == (3, 64 * 1024, 4)


def test_an_account_there_is_not_takes_as_much_work(in_earnest: None) -> None:
    def work(kept: str | None) -> float:
        began = time.process_time()
        for _ in range(3):
            assert not passwords.matches(kept, "something else")
        return time.process_time() - began

    kept = passwords.hashed(PASSWORD)
    passwords.matches(None, "the first time makes the hash to compare with")
    assert 0.5 < work(None) / work(kept) < 2


def test_raised_parameters_are_taken_up_at_the_next_sign_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    office.sessions.sign_in("zhang", PASSWORD, address="10.0.0.1")
    monkeypatch.undo()
    with office.accounts._database.reading() as session:
        from assistant.accounts.people import held

        kept = held(session, "zhang").password
    assert kept is not None
    assert extract_parameters(kept).time_cost == 2
    assert office.sessions.sign_in("zhang", PASSWORD, address="10.0.0.1")
    office.accounts.sign_out(COMMAND_LINE, "zhang")
