"""What is done through the server is written into the audit log before its answer is handed over.

A request is called there by the action its route names. Objects are the ids in its address; its words are not kept.
"""

from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from api.access import Access, address_of
from api.observing import route_of
from api.problems import problem
from assistant.accounts import ACTIONS, Visitor
from assistant.errors import EngineError

Next = Callable[[Request], Awaitable[Response]]


def unrecorded(request: Request) -> None:
    """Nothing of this request need be told: it showed only what is one's own, or nothing."""
    request.state.unrecorded = True


async def record_request(request: Request, call_next: Next) -> Response:
    """Middleware: note who did what, and how it ended. An answer that cannot be noted is not given."""
    response = await call_next(request)
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    action: str | None = getattr(request.state, "action", None)
    if visitor is None or action is None:
        return response
    refused = response.status_code == 403
    if not refused and (ACTIONS[action].recorded != "request" or getattr(request.state, "unrecorded", False)):
        return response
    gate: Access = request.app.state.access
    try:
        await run_in_threadpool(_write, gate, request, visitor, action, response.status_code)
    except EngineError as error:
        return problem(503, f"审计日志记不下来，结果不能交付。{error}")
    return response


def _write(gate: Access, request: Request, visitor: Visitor, action: str, status: int) -> None:
    gate.office.audit.record(
        visitor.name,
        action,
        object=" ".join(f"{name.removesuffix('_id')}:{value}" for name, value in request.path_params.items()),
        outcome="ok" if status < 400 else "refused" if status in (401, 403) else f"failed:{status}",
        detail={"method": request.method, "route": route_of(request.scope)},
        credential=visitor.credential,
        address=address_of(request),
    )
