"""API tokens: shown once, kept as a digest, scoped, ended, revoked, dead with their owner."""

import pytest
from sqlalchemy import text

from api.mcp_server import bearer
from assistant.accounts import COMMAND_LINE, Office
from assistant.errors import InputError
from assistant.settings import Settings
from tests.accounts.conftest import Clock


def _make(office: Office, person: str = "zhang", scopes: tuple[str, ...] = ("search",), days: int = 30) -> str:
    return office.accounts.create_token(COMMAND_LINE, person, label="公文系统", scopes=scopes, days=days)[0]


def test_a_token_is_its_owner_within_its_scopes(office: Office) -> None:
    shown = _make(office, scopes=("search", "conversations.read"))
    visitor = office.sessions.by_token(shown)
    assert visitor is not None
    assert visitor.name == "zhang"
    assert visitor.actions == ("search", "conversations.read")
    assert not visitor.may("ask")


def test_it_is_shown_once_and_stands_nowhere(office: Office) -> None:
    secret = _make(office).rpartition("_")[2]
    with office.accounts._database.reading() as session:
        kept = "".join(map(str, session.execute(text("select * from tokens")).all()))
        told = "".join(map(str, session.execute(text("select * from audit")).all()))
    assert secret not in kept
    assert secret not in told
    assert secret not in str(office.accounts.tokens())


def test_an_altered_token_is_nobodys(office: Office) -> None:
    shown = _make(office)
    identity = shown.split("_")[1]
    for other in (shown[:-1], shown + "x", f"cst_{identity}_", f"cst_{identity}", "cst_", "cst__", "", identity):
        assert office.sessions.by_token(other) is None


def test_it_ends_with_its_time_its_revocation_and_its_owner(office: Office, clock: Clock) -> None:
    short, revoked, orphan = _make(office, days=1), _make(office), _make(office, "li")
    clock.pass_(days=1, seconds=1)
    assert office.sessions.by_token(short) is None
    assert office.sessions.by_token(revoked) is not None
    office.accounts.revoke_token(COMMAND_LINE, revoked.split("_")[1])
    assert office.sessions.by_token(revoked) is None
    office.accounts.change(COMMAND_LINE, "li", disabled=True)
    assert office.sessions.by_token(orphan) is None


def test_it_narrows_when_its_owners_roles_do(office: Office) -> None:
    shown = _make(office, scopes=("search", "opinions.sign"))
    office.accounts.change(COMMAND_LINE, "zhang", roles=["执法人员"])
    visitor = office.sessions.by_token(shown)
    assert visitor is not None
    assert visitor.actions == ("search",)


@pytest.mark.parametrize(
    ("scopes", "days", "why"),
    [
        ((), 30, "没有写明"),
        (("no.such",), 30, "没有这样的权限"),
        (("people.manage",), 30, "自己也没有"),
        (("account",), 30, "自己也没有"),
        (("search",), 0, "有效期"),
        (("search",), 367, "有效期"),
    ],
)
def test_a_token_that_will_not_do_is_refused(office: Office, scopes: tuple[str, ...], days: int, why: str) -> None:
    with pytest.raises(InputError, match=why):
        _make(office, scopes=scopes, days=days)


def test_when_it_was_last_used_is_known_to_the_minute(office: Office, clock: Clock) -> None:
    shown = _make(office)
    assert office.accounts.tokens()[0].used_at is None
    office.sessions.by_token(shown)
    assert office.accounts.tokens()[0].used_at == clock.now


def test_the_tools_for_agents_take_a_token_of_an_account_and_no_lasting_one(office: Office) -> None:
    good = bearer(office, "a-lasting-token-0123456789")
    assert good(_make(office, scopes=("search", "check", "figures")))
    assert not good(_make(office, scopes=("search",)))
    assert not good("a-lasting-token-0123456789")
    assert not good("")


def test_before_there_are_accounts_the_lasting_token_is_good_for_the_tools(settings: Settings) -> None:
    office = Office(settings)
    assert bearer(office, "a-lasting-token-0123456789")("a-lasting-token-0123456789")
    assert not bearer(office, "a-lasting-token-0123456789")("")
    assert bearer(office, None)("")
    office.close()
