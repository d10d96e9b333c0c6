"""Accounts: the first one, good and bad passwords, changes, the last administrator."""

import pytest
from sqlalchemy import text

from assistant.accounts import COMMAND_LINE, Office
from assistant.errors import ConflictError, InputError
from assistant.settings import Settings
from tests.accounts.conftest import OTHER, PASSWORD


def test_the_first_account_is_an_administrator_and_makes_accounts_mandatory(settings: Settings) -> None:
    office = Office(settings)
    assert not office.sessions.accounts_exist()
    local = office.sessions.sign_in_locally(address="127.0.0.1")
    assert office.sessions.by_session(local) is not None
    with pytest.raises(InputError, match="第一个账户必须是管理员"):
        office.accounts.add(COMMAND_LINE, "zhang", roles=["公职律师"], password=PASSWORD)
    office.accounts.add(COMMAND_LINE, "chen", roles=["管理员"], password=PASSWORD)
    assert office.sessions.accounts_exist()
    assert office.sessions.by_session(local) is None
    office.close()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("短密码", "字符"),
        ("x" * 73, "字符"),
        ("password1234", "猜到"),
        ("qwertyuiop123", "猜到"),
        ("aaaaaaaaaaaaaaaa", "猜到"),
        ("zhangweiguo2026", "猜到"),
        ("1234567890123", "猜到"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(office: Office, password: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        office.accounts.add(COMMAND_LINE, "zhangweiguo", roles=["执法人员"], password=password)
    assert "zhangweiguo" not in {p.name for p in office.accounts.people()}


def test_passwords_are_kept_as_argon2id_and_nowhere_else(office: Office) -> None:
    with office.accounts._database.reading() as session:
        kept = session.execute(text("select password from people where name = 'zhang'")).scalar_one()
        everything = session.execute(text("select detail from audit")).scalars().all()
    assert kept.startswith("$argon2id$")
    assert not any(PASSWORD in line for line in everything)


@pytest.mark.parametrize("name", ["", "a", "-zhang", "zhang wei", "张\u200b伟", "本机用户", "命令行", "x" * 41])
def test_a_name_that_will_not_do_is_refused(office: Office, name: str) -> None:
    with pytest.raises(InputError):
        office.accounts.add(COMMAND_LINE, name, roles=["执法人员"], password=PASSWORD)


def test_a_name_is_used_once_even_of_somebody_shut_out(office: Office) -> None:
    office.accounts.change(COMMAND_LINE, "li", disabled=True)
    with pytest.raises(ConflictError):
        office.accounts.add(COMMAND_LINE, "li", roles=["执法人员"], password=PASSWORD)


def test_the_last_administrator_cannot_be_taken_away(office: Office) -> None:
    for change in ({"disabled": True}, {"roles": ["公职律师"]}):
        with pytest.raises(ConflictError, match="最后一个管理员"):
            office.accounts.change(COMMAND_LINE, "chen", **change)  # type: ignore[arg-type]
    office.accounts.change(COMMAND_LINE, "zhang", roles=["公职律师", "管理员"])
    assert office.accounts.change(COMMAND_LINE, "chen", disabled=True).disabled


def test_unknown_roles_and_systems_that_are_people_are_refused(office: Office) -> None:
    for roles in (["经理"], [], ["热线平台", "管理员"]):
        with pytest.raises(InputError):
            office.accounts.add(COMMAND_LINE, "wang", roles=roles, password=PASSWORD)
    with pytest.raises(InputError, match="不用密码"):
        office.accounts.add(COMMAND_LINE, "12345", roles=["热线平台"], password=PASSWORD)
    assert not office.accounts.add(COMMAND_LINE, "12345", roles=["热线平台"]).has_password
    with pytest.raises(InputError, match="不能互相改"):
        office.accounts.change(COMMAND_LINE, "12345", roles=["管理员"])


def test_nobody_of_that_name(office: Office) -> None:
    for act in (
        lambda: office.accounts.change(COMMAND_LINE, "wu", disabled=True),
        lambda: office.accounts.set_password(COMMAND_LINE, "wu", OTHER),
        lambda: office.accounts.create_token(COMMAND_LINE, "wu", label="x", scopes=["search"], days=1),
    ):
        with pytest.raises(InputError, match="没有名为wu的账户"):
            act()
