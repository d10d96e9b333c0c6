"""GET /healthz and /readyz: alive, and able to answer, for whoever asks; GET /metrics for administrators."""

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.dependencies import TheOpening, allowed
from api.observing import metrics

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(state: TheOpening) -> dict[str, Any]:
    """The knowledge is loaded and the index answers; 503 with the reason until then."""
    return {"status": "ready", **state.desk().readiness()}


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
    dependencies=[allowed("health.read")],
)
def read_metrics() -> Response:
    """Counts and durations in Prometheus' format; a scraper comes with a bearer token."""
    return Response(metrics(), media_type=CONTENT_TYPE_LATEST)
