"""POST and GET /hotline/orders: the 12345 platform's door, and the agents' queue behind it."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator, Field

from api.dependencies import TheDesk, allowed
from api.observing import ORDERS
from api.problems import ProblemError, refusals
from api.texts import printable
from api.wire import Offset, Plain, Request, RowNumber
from assistant.accounts import Visitor
from assistant.journal.batches import Batch
from assistant.journal.callbacks import Callback
from assistant.schema import HotlineAnswer, HotlineOrder, HotlineRecord, HotlineView, OrderState

router = APIRouter(prefix="/hotline", tags=["hotline"])

Submitter = Annotated[Visitor, allowed("hotline.submit")]
Queue = Annotated[Visitor, allowed("hotline.queue")]
Reader = Annotated[Visitor, allowed("hotline.read")]
Confidant = Annotated[Visitor, allowed("hotline.personal")]
Handler = Annotated[Visitor, allowed("hotline.handle")]


Order = Annotated[HotlineOrder, AfterValidator(printable)]


class ApproveRequest(Request):
    reply: Plain


class SendBackRequest(Request):
    reason: Plain


class BatchRequest(Request):
    orders: list[Order] = Field(min_length=1, max_length=1_000)


@router.post("/orders", summary="提交一张工单", responses=refusals(409))
def take_order(order: Order, desk: TheDesk, who: Submitter) -> HotlineAnswer:
    """A reply draft with its basis, or a hand-over to a person. The same number and body again: the same answer."""
    answer = desk.hotline.take(order, who.name)
    ORDERS.labels(answer.category, answer.hand_over or "无").inc()
    return answer


@router.get("/orders", summary="工单队列")
def list_orders(
    desk: TheDesk,
    _who: Queue,
    state: OrderState | None = None,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[HotlineView]:
    """The queue, masked: the urgent first, then those that wait longest."""
    return [one.view() for one in desk.hotline.queue(state=state, offset=offset, limit=limit)]


@router.get("/orders/{order_no}", summary="看一张工单", responses=refusals(404))
def read_order(order_no: str, desk: TheDesk, who: Reader) -> HotlineView:
    """One order with its answer, masked; a platform sees those that it sent."""
    return _held(order_no, desk.hotline.record(order_no, sight=who.sight("hotline.read")))


@router.get("/orders/{order_no}/personal", summary="看工单的个人信息", responses=refusals(404))
def reveal_order(order_no: str, desk: TheDesk, _who: Confidant) -> HotlineView:
    """The same with the personal data in its place, for who handles the order."""
    return _held(order_no, desk.hotline.record(order_no, reveal=True))


@router.post("/orders/{order_no}/approve", summary="核准答复", responses=refusals(404, 409))
def approve_order(order_no: str, body: ApproveRequest, desk: TheDesk, who: Handler) -> HotlineView:
    """The reply as a person approves it; it is the standard answer of the next order of its kind."""
    return _held(order_no, desk.hotline.approve(order_no, body.reply, who.name))


@router.post("/orders/{order_no}/send-back", summary="退回答复", responses=refusals(404, 409))
def send_back_order(order_no: str, body: SendBackRequest, desk: TheDesk, who: Handler) -> HotlineView:
    """The draft will not do, and why."""
    return _held(order_no, desk.hotline.send_back(order_no, body.reason, who.name))


@router.post("/batches", status_code=202, summary="提交一批工单")
def take_batch(body: BatchRequest, desk: TheDesk, who: Submitter) -> Batch:
    """Up to 1,000 orders at once; they are taken in the background, each as if it had come alone."""
    return desk.hotline.take_all(body.orders, who.name)


@router.get("/batches/{batch_id}", summary="看一批工单的进度", responses=refusals(404))
def read_batch(batch_id: str, desk: TheDesk, who: Submitter) -> Batch:
    """How far a batch is, and which of its orders could not be taken."""
    batch = desk.hotline.batch(batch_id, sight=who.sight("hotline.submit"))
    if batch is None:
        raise ProblemError(404, f"没有编号为{batch_id}的批次")
    return batch


@router.get("/callbacks/dead", summary="没有送达的回告")
def list_dead_callbacks(desk: TheDesk, _who: Handler) -> tuple[Callback, ...]:
    """Calls to the platform that failed for good."""
    return desk.hotline.dead_callbacks()


@router.post("/callbacks/{call_id}/retry", status_code=204, summary="重发回告")
def retry_callback(call_id: RowNumber, desk: TheDesk, _who: Handler) -> None:
    """Send a dead letter again."""
    desk.hotline.revive_callback(call_id)


def _held(order_no: str, record: HotlineRecord | None) -> HotlineView:
    if record is None:
        raise ProblemError(404, f"没有编号为{order_no}的工单")
    return record.view()
