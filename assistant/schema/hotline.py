"""Orders of the 12345 hotline: what comes in, what is drafted for it, and when a person must take it."""

import datetime as dt
from typing import Literal

from pydantic import Field

from assistant.schema.law import CheckedCitation, Nature
from assistant.schema.noun import Noun

DemandType = Literal["咨询", "求助", "投诉", "举报", "建议"]
HandOver = Literal["危险", "举报", "个案", "看不准", "只转办", "未收录"]
"""Why a person takes an order: danger; a report; a single case would be judged; not sure; no reply held; no matter."""
OrderState = Literal["待审", "已核准", "已退回"]


class HotlineOrder(Noun):
    """One order as the platform sends it. `content` may hold personal data."""

    order_no: str = Field(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z_\-〔〕\[\]()（）\u4e00-\u9fff]+$")
    content: str = Field(min_length=1, max_length=10_000)
    demand_type: DemandType | None = None
    channel: str | None = Field(default=None, max_length=40)
    accept_time: dt.datetime | None = None
    caller: str | None = Field(default=None, max_length=200)
    area: str | None = Field(default=None, max_length=200)
    callback_url: str | None = Field(default=None, max_length=500)


class OrderLimit(Noun):
    """By when an order must be taken up, and what the rule is worth."""

    matter: str
    due: dt.datetime | None = None
    text: str
    nature: Nature
    source: str


class HotlineAnswer(Noun):
    """What the assistant has to say of an order. `reply_draft` is a draft: a person approves it before it is given.

    `category` is the demand as read from the words; `stated_type` what the platform said; `matter` the line of
    knowledge_base/hotline/事项.yaml it falls under, None where none does; `standard` the approved reply it repeats.
    """

    order_no: str
    category: DemandType
    stated_type: DemandType | None = None
    field: str | None = None
    matter: str | None = None
    reply_draft: str
    internal_note: str
    suggested_org: str | None = None
    citations: tuple[CheckedCitation, ...] = ()
    needs_human: bool
    reason: str | None = None
    hand_over: HandOver | None = None
    urgent: bool = False
    limit: OrderLimit
    standard: str | None = None
    as_of: dt.date
    knowledge_version: str
    created_at: dt.datetime


class HotlineView(HotlineAnswer):
    """The answer with what a person made of it. `content` is masked, except for who may see personal data."""

    state: OrderState
    content: str
    reply: str | None = None
    decided_by: str | None = None
    decided_at: dt.datetime | None = None


class HotlineRecord(Noun):
    """An order in the queue: the answer made for it, what a person made of that, and how far it is.

    `content` is masked; whoever may see personal data gets the originals from the store.
    """

    order: HotlineOrder
    answer: HotlineAnswer
    state: OrderState = "待审"
    reply: str | None = None
    decided_by: str | None = None
    decided_at: dt.datetime | None = None

    def view(self) -> HotlineView:
        """As it is shown, and told to the platform."""
        return HotlineView(
            **{name: getattr(self.answer, name) for name in HotlineAnswer.model_fields},
            state=self.state,
            content=self.order.content,
            reply=self.reply,
            decided_by=self.decided_by,
            decided_at=self.decided_at,
        )
