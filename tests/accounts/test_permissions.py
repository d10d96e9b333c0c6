"""The table of role × action: as agreed, and whose things each reach shows."""

from pathlib import Path

import pytest
import yaml

from assistant.accounts import ACTIONS, ROLES, Reach, Visitor, actions_of, reach
from assistant.schema import Role, Sight

_REACH = {"－": Reach.NONE, "己": Reach.OWN, "部": Reach.DEPARTMENT, "全": Reach.ALL}
AGREED = {
    action: dict(zip(ROLES, (_REACH[word] for word in row.split()), strict=True))
    for action, row in yaml.safe_load(Path(__file__).with_name("permissions.yaml").read_text(encoding="utf-8")).items()
}


def test_every_action_is_agreed_and_every_agreed_one_is_there() -> None:
    assert ACTIONS.keys() == AGREED.keys()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_was_agreed(role: Role) -> None:
    assert {action: reach([role], action) for action in ACTIONS} == {a: row[role] for a, row in AGREED.items()}


def test_of_several_roles_the_widest_reach_counts() -> None:
    assert reach(["执法人员", "公职律师"], "conversations.read") is Reach.DEPARTMENT
    assert reach([], "search") is Reach.NONE
    assert set(actions_of(["管理员", "公职律师"])) == set(actions_of(["管理员"])) | set(actions_of(["公职律师"]))


def test_an_action_that_nobody_knows_is_a_bug_not_a_permission() -> None:
    with pytest.raises(KeyError):
        reach(["管理员"], "no.such")


def _visitor(role: Role, **fields: object) -> Visitor:
    return Visitor.model_validate({"name": "zhang", "title": "张", "roles": [role], "department": "法制处", **fields})


def test_sight_follows_reach() -> None:
    assert _visitor("执法人员").sight("conversations.read") == Sight(who="zhang")
    assert _visitor("公职律师").sight("conversations.read") == Sight(who="zhang", department="法制处")
    assert _visitor("公职律师", department=None).sight("conversations.read") == Sight(who="zhang")
    assert _visitor("管理员").sight("conversations.read") == Sight(who="zhang", everything=True)
    assert _visitor("管理员").sight("conversations.change") == Sight(who="zhang")


def test_scopes_narrow_and_never_widen() -> None:
    token = _visitor("执法人员", scopes=frozenset({"search", "people.manage"}))
    assert token.actions == ("search",)
    assert not token.sight("conversations.read").everything


def test_with_a_password_another_has_set_there_is_nothing_but_to_change_it() -> None:
    assert _visitor("管理员", must_change_password=True).actions == ("account",)


def test_the_local_user_has_every_role_of_a_person_and_none_of_a_system() -> None:
    local = Visitor.local("x")
    assert set(local.roles) == set(ROLES) - {"热线平台"}
    assert {a for a, row in AGREED.items() if any(v for r, v in row.items() if r != "热线平台")} == set(local.actions)
