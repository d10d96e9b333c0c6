"""Bounds on what is sent: so many bytes of body, in so many seconds, whatever length it claims; addresses in text."""

import asyncio
from collections.abc import Mapping
from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from api.texts import plain


class PlainAddress:
    """ASGI middleware: an address or query with control characters in it, however written, is answered 422."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            query = unquote_plus(scope["query_string"].decode("latin-1"), errors="replace")
            for where, text in (("地址", scope["path"]), ("查询参数", query)):
                try:
                    plain(text)
                except ValueError as error:
                    refused = problem(422, f"{where}：{error}", [{"where": where, "problem": str(error)}])
                    await refused(scope, receive, send)
                    return
        await self.app(scope, receive, send)


class BodyLimit:
    """ASGI middleware: a body over `limit` bytes is answered 413, one that takes over `seconds` to arrive 408.

    `larger` has, by path, the bytes and seconds of the doors where files are handed in.
    """

    def __init__(
        self, app: ASGIApp, limit: int, seconds: float = 60.0, larger: Mapping[str, tuple[int, float]] | None = None
    ) -> None:
        self.app = app
        self.limit = limit
        self.seconds = seconds
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit, seconds = self.larger.get(scope["path"], (self.limit, self.seconds))
        declared = dict(scope["headers"]).get(b"content-length", b"")
        # Digits alone are a length; anything else is counted as it arrives.
        if declared.isdigit() and int(declared) > limit:
            await self._refuse(limit, scope, receive, send)
            return
        seen = 0
        started = False
        over = late = arrived = False
        until = asyncio.get_running_loop().time() + seconds

        async def counted() -> Message:
            nonlocal seen, over, late, arrived
            if arrived:  # what is waited for now is that the client goes
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                late = True
                return {"type": "http.disconnect"}
            if message["type"] == "http.request":
                arrived = not message.get("more_body", False)
                seen += len(message.get("body", b""))
                if seen > limit:
                    over = True
                    return {"type": "http.disconnect"}
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            if (over or late) and not started:
                return
            started = True
            await send(message)

        try:
            await self.app(scope, counted, watched)
        finally:
            if over and not started:
                await self._refuse(limit, scope, receive, send)
            elif late and not started:
                response = problem(408, f"请求正文{seconds:.0f}秒没有收完", headers={"Connection": "close"})
                await response(scope, receive, send)

    async def _refuse(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        size = limit // (1024 * 1024)
        response = problem(413, f"请求正文超过{size} MB，请分成几次提交", headers={"Connection": "close"})
        await response(scope, receive, send)
