"""POST /exemptions/check."""

from typing import Any

from fastapi import APIRouter
from pydantic import Field

from api.dependencies import TheDesk, allowed
from api.wire import AsOf, Message, Request
from assistant.desk import today
from assistant.schema import ExemptionAnswer

router = APIRouter(tags=["decisions"], dependencies=[allowed("check")])


class ExemptionRequest(Request):
    """A case in words, as facts, or both; the facts go before the words, and where they differ it is said."""

    description: Message | None = None
    facts: dict[str, Any] | None = Field(
        default=None,
        max_length=100,
        description="已知的事实，键见公开约定的Facts一节；值是事实本身，或者{value, quote}；不知道的不填",
        examples=[{"first_violation": True, "harm": "轻微", "corrected": "责令期限内改正"}],
    )
    as_of: AsOf | None = None


@router.post("/exemptions/check", summary="核验免罚")
def check_exemption(body: ExemptionRequest, desk: TheDesk) -> ExemptionAnswer:
    """Whether the penalty falls away or is lighter: every ground, each of its conditions, and what to ask."""
    return desk.check_exemption(body.description, body.facts, as_of=body.as_of or today())
