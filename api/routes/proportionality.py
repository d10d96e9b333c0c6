"""POST /proportionality/check."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from api.dependencies import TheDesk, allowed
from api.wire import AsOf, Message, Plain, Request
from assistant.desk import today
from assistant.schema import ProportionalityAnswer

router = APIRouter(tags=["decisions"], dependencies=[allowed("check")])


class ProportionalityRequest(Request):
    """A case, the provision the penalty rests on, and what is proposed."""

    description: Message | None = None
    facts: dict[str, Any] | None = Field(
        default=None,
        max_length=100,
        description="已知的事实，键见公开约定的Facts一节；告知日、送达日等程序日期和情节严重等认定放在other里",
        examples=[{"party_type": "企业", "goods_value": 453, "illegal_gains": 0}],
    )
    basis: Annotated[Plain, Field(max_length=300, examples=["《食品安全法》第一百二十四条第一款第（五）项"])]
    also: list[Annotated[Plain, Field(max_length=300)]] = Field(
        default_factory=list,
        max_length=5,
        description="同一行为同时违反的其他规定；按罚款数额高的规定处罚，只罚一次（行政处罚法第二十九条）",
        examples=[["《产品质量法》第四十九条"]],
    )
    proposed: dict[str, Any] = Field(
        max_length=10,
        description="拟给予的处罚：fine罚款、fine_person对责任人员的罚款（元），kinds其他处罚种类",
        examples=[{"fine": 60000, "kinds": ["没收违法所得"]}],
    )
    as_of: AsOf | None = None


@router.post("/proportionality/check", summary="核验过罚相当")
def check_proportionality(body: ProportionalityRequest, desk: TheDesk) -> ProportionalityAnswer:
    """Whether the proposed penalty is right: its basis, the clauses, the range, findings and procedure."""
    return desk.check_proportionality(
        body.description, body.facts, body.basis, body.proposed, as_of=body.as_of or today(), also=body.also
    )
