"""The Model Context Protocol's door: search, citations, exemption, proportionality and figures as tools.

The tools are those of the desk: what they answer is computed, dated and cited, and no model has a hand in it. They
only read.
"""

import datetime as dt
import hmac
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.wire import CheckAnswer, SearchAnswer
from assistant import __version__
from assistant.accounts import Office
from assistant.desk import Desk, today
from assistant.errors import CounselError
from assistant.schema import ExemptionAnswer, FigureAnswer, Kind, ProportionalityAnswer

_INSTRUCTIONS = (
    "执法顾问：按指定日期的法律检索条文、核验引文到款项、逐项判断可否不予处罚、审查拟处罚是否相当、查执法数据。"
    "结论由程序计算，照用即可，不要改动其中的结论、数字、日期和引文；标着草案、示例、待核的要一并说明。"
)
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_P = ParamSpec("_P")
_T = TypeVar("_T")

AsOf = Annotated[dt.date | None, Field(description="以哪一天的法律为准，默认今天")]
Facts = Annotated[
    dict[str, Any] | None,
    Field(description="已知的事实：first_violation、harm、corrected、illegal_gains、goods_value 等；不知道的不填"),
]
Description = Annotated[str | None, Field(description="用平常话写的案情", max_length=20_000)]


def make_server(desk: Callable[[], Desk]) -> MCPServer:
    """The tools over a desk, which is opened when the first of them is called."""
    server = MCPServer(name="enforcement-counsel", title="执法顾问", instructions=_INSTRUCTIONS, version=__version__)

    def tool(title: str, description: str) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
        return server.tool(title=title, description=description, annotations=_READS)

    @tool("检索", "检索某日施行的条文、清单、裁量基准和复议案例，最相关的在前；每一条带状态和施行日")
    def search(
        query: Annotated[str, Field(description="问题或者案情", min_length=1, max_length=10_000)],
        kinds: list[Kind] | None = None,
        as_of: AsOf = None,
        top_k: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> SearchAnswer:
        day = as_of or today()
        hits = _said(lambda: desk().search(query, kinds=tuple(kinds or ("law",)), as_of=day, top_k=top_k))
        return SearchAnswer(as_of=day, hits=hits, note=desk().search_note())

    @tool("核验引文", "找出一段文字里的每处法律引文，核到款、项，连引号里的原文也逐字核")
    def check_citations(
        text: Annotated[str, Field(min_length=1, max_length=200_000)], as_of: AsOf = None
    ) -> CheckAnswer:
        day = as_of or today()
        citations, summary = _said(lambda: desk().check(text, as_of=day))
        return CheckAnswer(as_of=day, citations=citations, summary=summary)

    @tool("免罚核验", "逐项判断可否不予、从轻或者减轻处罚：各项理由、每个条件满足与否、还要问什么")
    def check_exemption(description: Description = None, facts: Facts = None, as_of: AsOf = None) -> ExemptionAnswer:
        return _said(lambda: desk().check_exemption(description, facts, as_of=as_of))

    @tool("过罚相当审查", "审查拟给予的处罚：依据是否施行、适用哪一档、法定幅度、问题和程序期限")
    def check_proportionality(
        basis: Annotated[str, Field(description="处罚依据，例如《食品安全法》第一百二十四条第一款", max_length=300)],
        proposed: Annotated[
            dict[str, Any], Field(description='拟处罚：fine、fine_person（元），kinds 其他种类，例如 {"fine": 60000}')
        ],
        description: Description = None,
        facts: Facts = None,
        as_of: AsOf = None,
    ) -> ProportionalityAnswer:
        return _said(lambda: desk().check_proportionality(description, facts, basis, proposed, as_of=as_of))

    @tool("查数据", "执法指标的数、算式、出处和截至日；没有的不给数，互相矛盾的照实标出")
    def figures(question: Annotated[str, Field(min_length=1, max_length=10_000)]) -> FigureAnswer:
        return _said(lambda: desk().figures(question, today()))

    return server


ACTIONS = ("search", "check", "figures")
"""What a token must be allowed to do to come in here: the tools do all three."""


def http_app(server: MCPServer, good: Callable[[str], bool], *, host: str) -> Starlette:
    """The tools over streamable HTTP at `/mcp`, for who bears a token that is `good`."""
    app = server.streamable_http_app(host=host, stateless_http=True, json_response=True)
    app.user_middleware.append(Middleware(_Bearer, good=good))
    return app


def bearer(office: Office, lasting: str | None) -> Callable[[str], bool]:
    """Which tokens are good: from the first account on, those of accounts that may do all the tools do.

    Before there are accounts it is the lasting one; without that either, whoever is on this machine comes in.
    """

    def good(token: str) -> bool:
        if office.sessions.accounts_exist():
            visitor = office.sessions.by_token(token)
            return visitor is not None and all(visitor.may(action) for action in ACTIONS)
        return lasting is None or hmac.compare_digest(token.encode(), lasting.encode())

    return good


class _Bearer:
    """ASGI middleware: 401 for whoever bears no good token."""

    def __init__(self, app: ASGIApp, good: Callable[[str], bool]) -> None:
        self.app = app
        self._good = good

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
            scheme, _, token = given.partition(" ")
            token = token.strip() if scheme.lower() == "bearer" else ""
            if not await run_in_threadpool(self._good, token):
                refused = JSONResponse({"error": "unauthorized"}, 401, {"WWW-Authenticate": "Bearer"})
                await refused(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _said(ask: Callable[[], _T]) -> _T:
    """What the desk answers; its errors as words that the caller can act on."""
    try:
        return ask()
    except CounselError as error:
        raise ToolError(str(error)) from error
