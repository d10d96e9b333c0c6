"""POST and GET /hotline/orders: the 12345 platform's door, and the agents' queue behind it."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from api.dependencies import Person, TheDesk
from api.problems import ProblemError
from api.wire import Plain, Request
from assistant.schema import HotlineAnswer, HotlineOrder, HotlineRecord, OrderState

router = APIRouter(prefix="/hotline", tags=["hotline"])


def _printable(order: HotlineOrder) -> HotlineOrder:
    for field in ("content", "caller", "area", "channel"):
        text = getattr(order, field)
        if text and any(ord(c) < 32 and c not in "\t\n\r" for c in text):
            raise ValueError(f"{field}里有控制字符，请删去后重试")
    return order


class OrderView(HotlineAnswer):
    """The answer with what a person made of it. `content` is masked except for who may see personal data."""

    state: OrderState
    content: str
    reply: str | None = None
    decided_by: str | None = None
    decided_at: dt.datetime | None = None

    @classmethod
    def of(cls, record: HotlineRecord) -> "OrderView":
        return cls(
            **{name: getattr(record.answer, name) for name in HotlineAnswer.model_fields},
            state=record.state,
            content=record.order.content,
            reply=record.reply,
            decided_by=record.decided_by,
            decided_at=record.decided_at,
        )


class ApproveRequest(Request):
    reply: Plain


class SendBackRequest(Request):
    reason: Plain


@router.post("/orders")
def take_order(order: Annotated[HotlineOrder, AfterValidator(_printable)], desk: TheDesk, who: Person) -> HotlineAnswer:
    """A reply draft with its basis, or a hand-over to a person. The same number and body again: the same answer."""
    return desk.hotline.take(order, who)


@router.get("/orders")
def list_orders(
    desk: TheDesk,
    _who: Person,
    state: OrderState | None = None,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[OrderView]:
    """The queue, masked: the urgent first, then those that wait longest."""
    return [OrderView.of(one) for one in desk.hotline.queue(state=state, offset=offset, limit=limit)]


@router.get("/orders/{order_no}")
def read_order(order_no: str, desk: TheDesk, _who: Person) -> OrderView:
    """One order with its answer, masked."""
    return _held(order_no, desk.hotline.record(order_no))


@router.get("/orders/{order_no}/personal")
def reveal_order(order_no: str, desk: TheDesk, _who: Person) -> OrderView:
    """The same with the personal data in its place, for who handles the order."""
    return _held(order_no, desk.hotline.record(order_no, reveal=True))


@router.post("/orders/{order_no}/approve")
def approve_order(order_no: str, body: ApproveRequest, desk: TheDesk, who: Person) -> OrderView:
    """The reply as a person approves it; it is the standard answer of the next order of its kind."""
    return _held(order_no, desk.hotline.approve(order_no, body.reply, who))


@router.post("/orders/{order_no}/send-back")
def send_back_order(order_no: str, body: SendBackRequest, desk: TheDesk, who: Person) -> OrderView:
    """The draft will not do, and why."""
    return _held(order_no, desk.hotline.send_back(order_no, body.reason, who))


def _held(order_no: str, record: HotlineRecord | None) -> OrderView:
    if record is None:
        raise ProblemError(404, f"没有编号为{order_no}的工单")
    return OrderView.of(record)
