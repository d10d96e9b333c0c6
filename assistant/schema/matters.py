"""Matters of the public-sector lawyers' desk: what came in, who does what, how long it took."""

import datetime as dt
from typing import Literal

from pydantic import Field

from assistant.schema.noun import Noun

MatterKind = Literal["咨询", "法制审核", "合同审查", "复议应诉", "会议", "重大决策", "其他"]
MatterState = Literal["待分派", "办理中", "待审核", "待签发", "已办结", "已撤回"]
MatterAct = Literal["登记", "分派", "记录", "提交", "审核通过", "退回", "签发", "撤回"]


class MatterEvent(Noun):
    """One step of a matter: who did what, when, how long it took them, in their words."""

    at: dt.datetime
    who: str
    act: MatterAct
    note: str = ""
    minutes: int = 0


class NewMatter(Noun):
    """What is needed to open a matter. `conversation_id`, `order_no`: where it comes from."""

    kind: MatterKind
    title: str = Field(min_length=1, max_length=200)
    description: str = Field(default="", max_length=20_000)
    field: str | None = Field(default=None, max_length=40)
    due: dt.date | None = None
    conversation_id: str | None = Field(default=None, max_length=64)
    order_no: str | None = Field(default=None, max_length=64)


class Matter(Noun):
    """One matter as it stands. `opinion_id` is the paper that came of it."""

    id: str
    kind: MatterKind
    title: str
    description: str
    field: str | None
    owner: str
    department: str | None
    state: MatterState
    assignee: str | None = None
    reviewer: str | None = None
    signer: str | None = None
    due: dt.date | None = None
    overdue: bool = False
    opinion_id: str | None = None
    conversation_id: str | None = None
    order_no: str | None = None
    events: tuple[MatterEvent, ...] = ()
    created_at: dt.datetime
    updated_at: dt.datetime


class Lawyer(Noun):
    """A public-sector lawyer: the fields of expertise, and how many matters are open with them."""

    name: str
    title: str
    department: str | None
    fields: tuple[str, ...]
    open: int = 0


class LawyerWork(Noun):
    """What one lawyer did in a period."""

    name: str
    handled: int
    reviewed: int
    signed: int
    minutes: int


class Participation(Noun):
    """Public-sector lawyers' part in the matters of a period. `rate` is `with_lawyer` of `total`, None of nothing.

    A matter has a lawyer's part when somebody registered as a lawyer was assigned, reviewed or signed it.
    """

    from_: dt.date = Field(alias="from")
    to: dt.date
    total: int
    with_lawyer: int
    rate: float | None
    by_kind: dict[MatterKind, tuple[int, int]]
    lawyers: tuple[LawyerWork, ...]
