"""The application: doors, page and headers, put together."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.access import Access
from api.limits import BodyLimit
from api.observing import API, Observed, start_traces
from api.opening import Opening
from api.pressure import Pressure, RateLimit, read_rate
from api.problems import install_problems, problem
from api.recording import record_request
from api.routes import (
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
from assistant import __version__
from assistant.accounts import Office
from assistant.desk import Desk, open_desk
from assistant.settings import Settings

BODY_LIMIT = 8 * 1024 * 1024
_HEADERS = {
    # antd writes its styles into the page at run time, hence the one exception.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


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
    )
    app.state.opening = opening
    app.state.chat_model = settings.chat_model
    app.add_middleware(
        BodyLimit,
        limit=BODY_LIMIT,
        larger={f"{API}{files.PATH}": files.UPLOAD}
        | dict.fromkeys((f"{API}{path}" for path in records.PATHS), records.UPLOAD),
    )
    app.add_middleware(Pressure, at_once=settings.at_once)
    app.add_middleware(RateLimit, rate=read_rate(settings.rate_limit, workers))
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    install_problems(app)

    app.middleware("http")(record_request)

    @app.middleware("http")
    async def add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.url.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

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
    ):
        doors.include_router(routes.router)
    app.include_router(doors)
    _serve_page(app, settings.web_dir)
    return app


def _serve_page(app: FastAPI, folder: Path) -> None:
    """The built page at `/`; without one, a word on how to build it."""
    if not (folder / "index.html").is_file():

        @app.get("/", include_in_schema=False)
        def no_page() -> Response:
            return problem(404, "页面还没有构建：请运行 make setup")

        return
    app.mount("/assets", StaticFiles(directory=folder / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str) -> Response:
        # The page routes in the browser; what looks like an API address never falls back to it.
        if path.startswith("api/"):
            return problem(404, "没有这个地址")
        file = (folder / path).resolve()
        if path and file.is_file() and file.is_relative_to(folder.resolve()):
            return FileResponse(file)
        return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})


def openapi_json() -> str:
    """The OpenAPI document, from which the page's types are generated. Opens no desk."""
    return json.dumps(create_app(Settings()).openapi(), ensure_ascii=False, indent=1)
