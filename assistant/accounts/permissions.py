"""Who may do what, and with whose things: the one table, role × action. Nothing else in the product decides it.

A route names its action (`api.dependencies.allowed`); a person has one role or several, and the widest reach counts.
To add an action: one line here, and one in `tests/accounts/permissions.yaml`, which is the table as agreed.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Literal, NamedTuple, get_args

from assistant.schema import Role

ROLES: tuple[Role, ...] = get_args(Role)
SYSTEM_ROLES: frozenset[Role] = frozenset({"热线平台"})
"""Roles of other systems: they come with an API token, never with a password."""


class Reach(IntEnum):
    """With whose things an action is allowed. For what belongs to nobody (the law) `ALL` means: allowed."""

    NONE = 0
    OWN = 1
    DEPARTMENT = 2
    ALL = 3


Recorded = Literal["no", "request", "itself"]
"""Whether the audit log tells of it: no (public law is looked up), each request, or the operation writes it itself."""


class Action(NamedTuple):
    """One thing that somebody does. `label` is Chinese, as an official reads it."""

    label: str
    recorded: Recorded
    reach: Mapping[Role, Reach]


_WORDS = {"－": Reach.NONE, "己": Reach.OWN, "部": Reach.DEPARTMENT, "全": Reach.ALL}


def _row(label: str, recorded: Recorded, reach: str) -> Action:
    return Action(label, recorded, dict(zip(ROLES, (_WORDS[word] for word in reach.split()), strict=True)))


# 己 one's own · 部 one's department's · 全 all, or what belongs to nobody · － not allowed
# Columns:                                    管理员 公职律师 执法人员 热线坐席 只读 热线平台
ACTIONS: Mapping[str, Action] = {
    "signed_in": _row("任何登录的人", "request", "全 全 全 全 全 －"),
    "account": _row("自己的账户", "itself", "己 己 己 己 己 －"),
    "search": _row("查法、核引文", "no", "全 全 全 全 全 －"),
    "check": _row("审查免罚与过罚相当", "request", "全 全 全 全 全 －"),
    "figures": _row("查执法数据", "no", "全 全 全 全 全 －"),
    "figures.export": _row("导出执法数据", "request", "全 全 全 － 全 －"),
    "figures.change": _row("维护执法数据", "request", "全 全 － － － －"),
    "ask": _row("提问", "itself", "己 己 己 己 － －"),
    "conversations.read": _row("看会话", "request", "全 部 己 己 部 －"),
    "conversations.change": _row("改名、删除、评价会话", "request", "己 己 己 己 － －"),
    "conversations.export": _row("导出回答", "request", "全 部 己 己 － －"),
    "opinions.read": _row("看文书", "request", "全 部 己 － 部 －"),
    "opinions.write": _row("拟文书", "request", "－ 部 己 － － －"),
    "opinions.sign": _row("签发文书", "request", "－ 部 － － － －"),
    "opinions.export": _row("导出文书", "request", "全 部 己 － － －"),
    "files.review": _row("审查卷宗", "request", "－ 部 己 － － －"),
    "matters.read": _row("看事项", "request", "全 全 己 － 部 －"),
    "matters.write": _row("办事项", "request", "－ 全 己 － － －"),
    "matters.manage": _row("维护公职律师名册", "request", "全 － － － － －"),
    "hotline.submit": _row("提交热线工单", "request", "－ － － 全 － 己"),
    "hotline.read": _row("看热线工单（已遮去个人信息）", "request", "全 全 － 全 全 己"),
    "hotline.queue": _row("看热线工单的队列", "request", "全 全 － 全 全 －"),
    "hotline.personal": _row("看工单里的个人信息", "request", "－ － － 全 － －"),
    "hotline.handle": _row("核准、退回热线答复，重发回告", "request", "－ 全 － 全 － －"),
    "knowledge.read": _row("看知识来源", "no", "全 全 全 全 全 －"),
    "knowledge.change": _row("维护知识库", "request", "全 全 － － － －"),
    "people.manage": _row("管理人员", "itself", "全 － － － － －"),
    "tokens.manage": _row("管理接口令牌", "itself", "全 － － － － －"),
    "audit.read": _row("看审计日志", "request", "全 － － － － －"),
    "health.read": _row("看运行状况", "no", "全 － － － － －"),
    "jobs.manage": _row("看与管后台任务", "request", "全 － － － － －"),
}  # fmt: skip


def reach(roles: Iterable[Role], action: str) -> Reach:
    """How far an action of somebody with these roles goes. KeyError for an action that is not in the table."""
    row = ACTIONS[action].reach
    return max((row[role] for role in roles), default=Reach.NONE)


def actions_of(roles: Iterable[Role]) -> tuple[str, ...]:
    """Every action that somebody with these roles may do, in the order of the table."""
    held = tuple(roles)
    return tuple(name for name in ACTIONS if reach(held, name))
