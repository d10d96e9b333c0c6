"""Signing in and out: fixation, guessing, ends of sessions, passwords set by another, single sign-on."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.accounts import COMMAND_LINE, Office, guesses
from assistant.errors import AccessError, InputError
from assistant.settings import Settings
from tests.accounts.conftest import OTHER, PASSWORD, Clock

HERE = "10.1.2.3"


def _in(office: Office, name: str = "zhang", password: str = PASSWORD, address: str = HERE, **more: str) -> str:
    return office.sessions.sign_in(name, password, address=address, **more)


def _wrong(office: Office, name: str = "zhang", address: str = HERE) -> AccessError:
    with pytest.raises(AccessError) as caught:
        _in(office, name, "不是这个密码吧", address)
    return caught.value


def test_a_session_is_its_owners_until_it_is_ended_at_the_server(office: Office) -> None:
    secret = _in(office)
    visitor = office.sessions.by_session(secret)
    assert visitor is not None
    assert (visitor.name, visitor.roles, visitor.department) == ("zhang", ("公职律师",), "法制处")
    assert secret not in visitor.credential
    office.sessions.sign_out(secret, address=HERE)
    assert office.sessions.by_session(secret) is None
    assert office.sessions.by_session("made-up") is None


def test_each_sign_in_is_a_new_session_and_the_one_brought_along_ends(office: Office) -> None:
    first = _in(office)
    second = _in(office, replaces=first)
    assert first != second
    assert office.sessions.by_session(first) is None
    planted = "a-session-that-an-attacker-planted"
    assert _in(office, replaces=planted) != planted
    assert office.sessions.by_session(planted) is None


def test_sessions_end_when_unused_and_in_any_case(office: Office, clock: Clock) -> None:
    secret = _in(office)
    clock.pass_(hours=11)
    assert office.sessions.by_session(secret) is not None
    clock.pass_(hours=12, minutes=1)
    assert office.sessions.by_session(secret) is None
    busy = _in(office)
    for _ in range(14):
        assert office.sessions.by_session(busy) is not None
        clock.pass_(hours=12, minutes=-1)
    clock.pass_(hours=1)
    assert office.sessions.by_session(busy) is None


def test_everywhere_means_everywhere(office: Office) -> None:
    secrets = [_in(office), _in(office)]
    other = _in(office, "li")
    visitor = office.sessions.by_session(secrets[0])
    assert visitor is not None
    office.sessions.sign_out_everywhere(visitor, address=HERE)
    assert [office.sessions.by_session(s) for s in secrets] == [None, None]
    assert office.sessions.by_session(other) is not None


def test_being_shut_out_or_getting_other_roles_or_another_password_ends_sessions(office: Office) -> None:
    secret = _in(office)
    office.accounts.change(COMMAND_LINE, "zhang", roles=["执法人员"])
    assert office.sessions.by_session(secret) is None
    secret = _in(office)
    office.accounts.set_password(COMMAND_LINE, "zhang", OTHER)
    assert office.sessions.by_session(secret) is None
    secret = _in(office, password=OTHER)
    office.accounts.change(COMMAND_LINE, "zhang", disabled=True)
    assert office.sessions.by_session(secret) is None
    _refused = _wrong(office)
    with pytest.raises(AccessError):
        _in(office, password=OTHER)


def test_a_password_set_by_another_is_changed_before_anything_else(office: Office) -> None:
    office.accounts.set_password(COMMAND_LINE, "zhang", OTHER)
    first, second = _in(office, password=OTHER), _in(office, password=OTHER)
    visitor = office.sessions.by_session(first)
    assert visitor is not None
    assert visitor.actions == ("account",)
    with pytest.raises(InputError, match="现在的密码不对"):
        office.sessions.change_password(visitor, PASSWORD, "又一个-新密码-九十九", address=HERE)
    with pytest.raises(InputError):
        office.sessions.change_password(visitor, OTHER, "password1234", address=HERE)
    third = office.sessions.change_password(visitor, OTHER, PASSWORD, address=HERE)
    after = office.sessions.by_session(third)
    assert after is not None
    assert after.may("ask")
    assert office.sessions.by_session(first) is office.sessions.by_session(second) is None


def test_guessing_is_slowed_and_neither_words_nor_waits_tell_whether_the_account_exists(
    office: Office, clock: Clock
) -> None:
    said = {}
    for name in ("zhang", "nobody-of-that-name"):
        refusals = [_wrong(office, name) for _ in range(6)]
        said[name] = [(str(r), r.retry_after) for r in refusals]
        assert [r.retry_after for r in refusals] == [None] * 5 + [30]
    assert said["zhang"] == said["nobody-of-that-name"]
    with pytest.raises(AccessError, match="试错次数过多"):
        _in(office)  # even the right password, until the wait is over
    clock.pass_(seconds=31)
    waits = []
    for _ in range(6):
        assert _wrong(office).retry_after is None
        wait = _wrong(office).retry_after
        assert wait is not None
        waits.append(wait)
        clock.pass_(seconds=wait)
    assert waits == [60, 120, 240, 480, 900, 900]
    assert _in(office)
    assert _wrong(office).retry_after is None  # the owner came: the count begins anew


def test_the_lock_outlives_a_restart_and_another_address_of_the_owner_is_let_in(
    office: Office, settings: Settings, clock: Clock
) -> None:
    for _ in range(5):
        _wrong(office)
    again = Office(settings, clock)
    assert _wrong(again).retry_after == 30
    assert _in(again, address="10.9.9.9")
    again.close()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rule with smaller numbers."""
    assert guesses._FREE == {"both": 5, "account": 20, "address": 60}
    monkeypatch.setattr(guesses, "_FREE", {"both": 3, "account": 6, "address": 9})


def test_an_account_guessed_at_from_many_addresses_is_slowed_too(office: Office, few: None) -> None:
    for number in range(6):
        assert _wrong(office, address=f"10.0.{number}.1").retry_after is None
    assert _wrong(office, address="10.0.99.1").retry_after == 30


def test_an_address_that_tries_many_accounts_is_slowed_and_colleagues_behind_it_are_not_counted(
    office: Office, few: None
) -> None:
    for number in range(9):
        if number % 3 == 0:
            _in(office, "li")
        assert _wrong(office, f"user{number}").retry_after is None
    assert _wrong(office, "user999").retry_after == 30
    assert _wrong(office, "user999", "2001:db8::1").retry_after is None


def test_ipv6_counts_by_network(office: Office, few: None) -> None:
    for number in range(9):
        _wrong(office, f"user{number}", f"2001:db8:0:1::{number:x}")
    assert _wrong(office, "user999", "2001:db8:0:1:ffff::1").retry_after == 30


def test_many_guesses_at_once_do_not_slip_through_together(office: Office) -> None:
    start = threading.Barrier(12)

    def guess(_: int) -> int | None:
        start.wait()
        return _wrong(office).retry_after

    with ThreadPoolExecutor(12) as pool:
        waits = list(pool.map(guess, range(12)))
    assert sum(wait is None for wait in waits) == 5


def test_an_administrator_lets_an_account_be_tried_again(office: Office) -> None:
    for _ in range(6):
        _wrong(office)
    office.accounts.set_password(COMMAND_LINE, "zhang", OTHER)
    assert _in(office, password=OTHER)


def test_single_sign_on_opens_only_accounts_made_for_it_and_binds_the_first_subject(office: Office) -> None:
    def come(subject: str, name: str, **more: object) -> str:
        return office.sessions.sign_in_by_issuer(
            "https://id",
            subject,
            name,
            title="",
            address=HERE,
            **more,  # type: ignore[arg-type]
        )

    with pytest.raises(AccessError, match="还没有可用的账户"):
        come("s-1", "zhang")  # has a password: a name at the issuer does not open it
    with pytest.raises(AccessError):
        come("s-1", "wang")
    office.accounts.add(COMMAND_LINE, "wang", roles=["执法人员"], single_sign_on=True)
    visitor = office.sessions.by_session(come("s-1", "wang"))
    assert visitor is not None
    assert visitor.name == "wang"
    with pytest.raises(AccessError):
        come("s-2", "wang")  # another person who now bears the name there
    assert office.sessions.by_session(come("s-1", "renamed-there")) is not None
    with pytest.raises(AccessError):
        _in(office, "wang", "")
    office.accounts.change(COMMAND_LINE, "wang", disabled=True)
    with pytest.raises(AccessError):
        come("s-1", "wang")
    new = office.sessions.by_session(come("s-9", "zhao", new_roles=["执法人员"]))
    assert new is not None
    assert (new.name, new.roles) == ("zhao", ("执法人员",))
