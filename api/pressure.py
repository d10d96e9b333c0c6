"""What keeps a server answering when more is asked than it can do: a rate a caller, a bound on what runs at once.

Neither touches the page's own files, /healthz or /readyz. Whoever is turned away is told when to come back.
"""

import asyncio
import hashlib
import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from api.observing import API
from api.problems import problem
from assistant.errors import InputError


def read_rate(written: str, workers: int = 1) -> RateLimitItem:
    """`1800/minute` as a rate, shared out among `workers`, each of which counts for itself. InputError if none."""
    try:
        rate = parse(written)
    except ValueError as error:
        raise InputError("RATE_LIMIT", f"“{written}”不是频率", "写成 1800/minute 这样") from error
    return type(rate)(max(1, rate.amount // workers), rate.multiples)


class RateLimit:
    """ASGI middleware: 429 for a caller (a bearer, a session, else an address) that asks oftener than `rate`."""

    def __init__(self, app: ASGIApp, rate: RateLimitItem) -> None:
        self.app = app
        self._rate = rate
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self.app(scope, receive, send)
            return
        caller = _caller(scope)
        if self._limiter.hit(self._rate, caller):
            await self.app(scope, receive, send)
            return
        free_at, _ = self._limiter.get_window_stats(self._rate, caller)
        seconds = max(1, math.ceil(free_at - time.time()))
        refused = problem(429, f"请求太频繁，请{seconds}秒后再试", headers={"Retry-After": str(seconds)})
        await refused(scope, receive, send)


class Pressure:
    """ASGI middleware: of the API's requests `at_once` run; further ones wait `patience` seconds, then get 503."""

    def __init__(self, app: ASGIApp, at_once: int, patience: float = 10.0) -> None:
        self.app = app
        self._free = asyncio.Semaphore(at_once)
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self.app(scope, receive, send)
            return
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError:
            refused = problem(503, "现在问的人太多，请稍后再试", headers={"Retry-After": "5"})
            await refused(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self._free.release()


def _caller(scope: Scope) -> str:
    headers = dict(scope["headers"])
    secret = headers.get(b"authorization") or headers.get(b"cookie")
    if secret:
        return hashlib.sha256(secret).hexdigest()
    client = scope.get("client")
    return str(client[0]) if client else ""
