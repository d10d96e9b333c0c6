"""GET /healthz and /readyz: alive, and able to answer. Neither needs a token."""

from typing import Any

from fastapi import APIRouter

from api.dependencies import TheOpening

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(state: TheOpening) -> dict[str, Any]:
    """The knowledge is loaded and the index answers; 503 with the reason until then."""
    return {"status": "ready", **state.desk().readiness()}
