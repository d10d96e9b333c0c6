"""GET /healthz and /readyz: alive, and able to answer, for whoever asks; GET /metrics for administrators."""

from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from api.dependencies import TheOpening, allowed
from api.observing import metrics

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    status: Literal["ok"]


class Ready(BaseModel):
    """What the server answers from."""

    status: Literal["ready"]
    articles: int = Field(description="语料里有多少条")
    knowledge: str = Field(description="知识的摘要，随每个回答留存")
    model: str | None = Field(description="配置的模型；没有时为空")
    note: str | None = Field(description="检索是否完整")


@router.get("/healthz", summary="是否在运行")
def healthz() -> Alive:
    """The process is alive."""
    return Alive(status="ok")


@router.get("/readyz", summary="是否能作答")
def readyz(state: TheOpening) -> Ready:
    """The knowledge is loaded and the index answers; 503 with the reason until then."""
    return Ready(status="ready", **state.desk().readiness())


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
    dependencies=[allowed("health.read")],
    summary="运行指标",
)
def read_metrics() -> Response:
    """Counts and durations in Prometheus' format; a scraper comes with a bearer token."""
    return Response(metrics(), media_type=CONTENT_TYPE_LATEST)
