"""GET /facts and POST /facts/read: what a form of a case asks for, and what a description states of it."""

from fastapi import APIRouter
from pydantic import Field

from api.dependencies import TheDesk, allowed
from api.wire import AsOf, Message, Request
from assistant.desk import today
from assistant.schema import FactField, FactsRead

router = APIRouter(prefix="/facts", tags=["decisions"])


class FactsRequest(Request):
    """A case in everyday words."""

    description: Message
    model: bool = Field(default=False, description="让设置好的模型也填一遍；读法与规则不同的列为争议，没有原话的作废")
    as_of: AsOf | None = None


@router.get("", dependencies=[allowed("search")], summary="可以填的事实")
def list_facts(desk: TheDesk) -> tuple[FactField, ...]:
    """The facts that may be known of a case, in groups, each with its kind, its options and its question."""
    return desk.fact_fields()


@router.post("/read", dependencies=[allowed("check")], summary="从描述里读出事实")
def read_facts(body: FactsRequest, desk: TheDesk) -> FactsRead:
    """The facts that a description states, each with the words that say so; nothing is concluded from them."""
    return desk.read_facts(body.description, as_of=body.as_of or today(), with_model=body.model)
