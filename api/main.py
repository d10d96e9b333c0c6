"""The application: doors, page and headers, put together."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.access import Access
from api.describing import describe
from api.headers import SecureHeaders
from api.limits import BodyLimit, PlainAddress
from api.observing import API, Observed, start_traces
from api.opening import Opening
from api.page import serve_page
from api.pressure import Pressure, RateLimit, read_rate
from api.problems import install_problems
from api.recording import record_request
from api.routes import (
    admin,
    audit,
    chat,
    conversations,
    decisions,
    exemptions,
    facts,
    files,
    health,
    hotline,
    laws,
    matters,
    opinions,
    proportionality,
    records,
    search,
    session,
    stats,
    watch,
)
from api.single_sign_on import SingleSignOn
from assistant import __version__
from assistant.accounts import Office
from assistant.desk import Desk, open_desk
from assistant.settings import Settings

BODY_LIMIT = 8 * 1024 * 1024


def create_app(
    settings: Settings,
    *,
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]", "testserver"),
    announce: Callable[[str], None] | None = None,
    desk: Callable[[], Desk] | None = None,
    workers: int = 1,
) -> FastAPI:
    """The ASGI application over one desk, which opens in the background when the server starts.

    `hosts` are the names it answers to (a page of another name that points here is refused);
    `announce` is told each new one-time sign-in token; `workers` is how many processes share the address.
    """
    opening = Opening(desk or (lambda: open_desk(settings)))
    traces = start_traces(settings.otlp_endpoint) if settings.otlp_endpoint else None

    token = settings.token.get_secret_value() if settings.token else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.access = Access(lambda: Office(settings), token, announce)
        opening.start()
        yield
        opening.close()
        if traces is not None:
            traces.shutdown()
        app.state.access.close()

    app = FastAPI(
        title="执法顾问 enforcement-counsel",
        version=__version__,
        description="政务法律顾问助手的公开接口。日期为ISO格式，金额以元计，文字为中文。",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    app.state.opening = opening
    app.state.settings = settings
    app.state.chat_model = settings.chat_model
    app.state.single_sign_on = SingleSignOn(settings) if settings.oidc_issuer else None
    app.add_middleware(
        BodyLimit,
        limit=BODY_LIMIT,
        larger={f"{API}{files.PATH}": files.UPLOAD}
        | dict.fromkeys((f"{API}{path}" for path in records.PATHS), records.UPLOAD),
    )
    app.add_middleware(PlainAddress)
    app.add_middleware(Pressure, at_once=settings.at_once)
    app.add_middleware(RateLimit, rate=read_rate(settings.rate_limit, workers))
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    install_problems(app)

    app.middleware("http")(record_request)

    app.add_middleware(SecureHeaders)
    app.add_middleware(Observed, tracer=traces.get_tracer("counsel") if traces else None)
    app.include_router(health.router)
    doors = APIRouter(prefix=API)
    for routes in (
        session,
        search,
        laws,
        facts,
        exemptions,
        proportionality,
        stats,
        records,
        chat,
        conversations,
        hotline,
        watch,
        matters,
        decisions,
        opinions,
        files,
        admin,
        audit,
    ):
        doors.include_router(routes.router)
    app.include_router(doors)
    serve_page(app, settings.web_dir)
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """Made at the first need: most servers are never asked."""
    if app.openapi_schema is None:
        app.openapi_schema = describe(app)
    return app.openapi_schema


def openapi_json() -> str:
    """The OpenAPI document, from which the page's types are generated. Opens no desk."""
    return json.dumps(create_app(Settings()).openapi(), ensure_ascii=False, indent=1)
