"""GET /decisions, /decisions/statistics, /decisions/{id}; POST /decisions/similar."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from api.dependencies import TheDesk, allowed
from api.problems import ProblemError, refusals
from api.wire import AsOf, Message, Plain, Request
from assistant.desk import today
from assistant.precedents import DecisionQuery
from assistant.schema import DecisionList, DecisionStatistics, DecisionView, Outcome, Reason, SimilarAnswer

router = APIRouter(tags=["decisions"])
READ = [allowed("search")]

Short = Annotated[Plain, Field(max_length=200)]


class Asked(Request):
    """Which decisions; what is left out is not asked."""

    q: Annotated[Plain, Field(max_length=4_000)] | None = Field(default=None, description="案情、争点或者行为")
    provision: Short | None = Field(default=None, description="一处条文，如《食品安全法》第一百二十四条")
    outcome: Outcome | None = None
    reason: Reason | None = None
    field: Short | None = None
    office: Short | None = None
    region: Short | None = None
    own: bool | None = Field(default=None, description="true：只看本单位导入的；false：只看公开的")
    as_of: AsOf | None = None

    def query(self) -> DecisionQuery:
        return DecisionQuery(text=self.q, **self.model_dump(exclude={"q", "as_of"}))


class SimilarRequest(Request):
    """A case in words, as facts, or both; with the provision it rests on and the fine proposed, where there are."""

    description: Message | None = None
    facts: dict[str, Any] | None = Field(default=None, max_length=100, description="键见公开约定的Facts一节")
    basis: Annotated[Plain, Field(max_length=300)] | None = None
    fine: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] | None = Field(
        default=None, description="拟处罚款，元"
    )
    as_of: AsOf | None = None
    top_k: int = Field(default=5, ge=1, le=20)


@router.get("/decisions", dependencies=READ, summary="检索案例")
def list_decisions(asked: Annotated[Asked, Query()], desk: TheDesk) -> DecisionList:
    """The decisions asked for, best first where something is described, with what they add up to."""
    return desk.precedents.listing(asked.query(), asked.as_of or today())


@router.get("/decisions/statistics", dependencies=READ, summary="案例统计")
def count_decisions(asked: Annotated[Asked, Query()], desk: TheDesk) -> DecisionStatistics:
    """Outcomes, reasons and recurring faults of the decisions asked for: counts, each with the decisions behind it."""
    return desk.precedents.statistics(asked.query(), asked.as_of or today())


@router.post("/decisions/similar", dependencies=[allowed("check")], summary="类案对照")
def find_similar_decisions(body: SimilarRequest, desk: TheDesk) -> SimilarAnswer:
    """Decisions like a case, with what is alike, what differs and what is not known; never a degree of likeness."""
    return desk.precedents.similar(
        body.description, body.facts, body.basis, body.as_of or today(), fine=body.fine, top_k=body.top_k
    )


@router.get("/decisions/{decision_id}", dependencies=READ, summary="看一件案例", responses=refusals(404))
def read_decision(decision_id: str, desk: TheDesk, as_of: AsOf | None = None) -> DecisionView:
    """One decision: its fields, its text, every citation looked up."""
    found = desk.precedents.view(decision_id, as_of or today())
    if found is None:
        raise ProblemError(404, f"没有编号为“{decision_id[:60]}”的案例")
    return found
