"""Too often, too many at once, too slowly: each is told so, and nobody else has to wait for it."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.limits import BodyLimit
from api.pressure import Pressure, RateLimit, read_rate
from assistant.errors import InputError

API = "/api/v1/x"


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope, receive)
    try:
        await request.body()
    except ClientDisconnect:
        return
    await asyncio.sleep(float(request.query_params.get("take", 0)))
    response: Response = PlainTextResponse("done")
    await response(scope, receive, send)


@pytest.fixture
def serving() -> Iterator[object]:
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: ASGIApp) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        running.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


def test_who_asks_too_often_is_told_when_to_come_back_and_nobody_else_is(serving: object) -> None:
    url = serving(RateLimit(_app, read_rate("3/second")))  # type: ignore[operator]
    mine, other = {"Authorization": "Bearer mine"}, {"Authorization": "Bearer other"}
    with httpx.Client(base_url=url) as client:
        answers = [client.post(API, headers=mine) for _ in range(5)]
        assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
        assert answers[-1].headers["content-type"] == "application/problem+json"
        assert client.post(API, headers=other).status_code == 200
        assert client.get("/healthz", headers=mine).status_code == 200
        time.sleep(int(answers[-1].headers["retry-after"]))
        assert client.post(API, headers=mine).status_code == 200


def test_of_many_at_once_some_wait_and_some_are_sent_away(serving: object) -> None:
    url = serving(Pressure(_app, at_once=2, patience=0.5))  # type: ignore[operator]
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(httpx.post(f"{url}{API}?take=0.4", timeout=10).status_code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    assert httpx.get(f"{url}/healthz").status_code == 200  # health is answered whatever the pressure
    for thread in threads:
        thread.join()
    assert statuses.count(200) >= 4
    assert statuses.count(503) >= 1
    assert httpx.post(f"{url}{API}").status_code == 200


def test_a_body_that_dribbles_in_is_given_up(serving: object) -> None:
    url = serving(BodyLimit(_app, 1000, seconds=0.5))  # type: ignore[operator]
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as slow:
        slow.sendall(b"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab")
        began = time.monotonic()
        said = slow.recv(4096)
    assert b" 408 " in said.split(b"\r\n")[0]
    assert time.monotonic() - began < 4
    assert httpx.post(f"{url}{API}?take=0.8", content=b"x").status_code == 200  # a slow answer is no slow body


def test_a_rate_is_shared_among_workers_and_a_wrong_one_refused() -> None:
    assert read_rate("1800/minute", 4).amount == 450
    with pytest.raises(InputError, match="RATE_LIMIT"):
        read_rate("often")
