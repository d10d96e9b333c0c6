"""Call-backs and batches: signed, tried again, dead letters kept; a batch outlives the process that took it."""

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from assistant.errors import InputError
from assistant.hotline import Hotline
from assistant.hotline.callbacks import Callbacks, signature
from assistant.jobs import Jobs
from assistant.journal import Database, sqlite_url
from assistant.journal.batches import BatchStore
from assistant.journal.callbacks import CallbackStore
from assistant.journal.hotline import OrderStore
from assistant.knowledge.hotline import load_hotline
from assistant.law.library import Library
from assistant.masking.sealed import Seal
from assistant.schema import HotlineOrder
from assistant.settings import ROOT
from tests.serving import TOKEN, serve, stop

SECRET = "a-secret-of-the-platform"
TOLD = "您好，请到人力社保部门登记。"


class Platform(ThreadingHTTPServer):
    """The hotline's platform: answers with the statuses it is given, then 200, and keeps what it was told."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), _Listener)
        self.statuses = list(statuses)
        self.heard: list[tuple[dict[str, str], bytes]] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Listener(BaseHTTPRequestHandler):
    server: Platform

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers), body))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing of their own."""


@pytest.fixture
def platform() -> Iterator[Callable[..., Platform]]:
    running: list[Platform] = []

    def start(*statuses: int) -> Platform:
        server = Platform(*statuses)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def office(library: Library, tmp_path: Path) -> Iterator[Callable[[Platform], tuple[Hotline, Callbacks]]]:
    database, seal = Database(sqlite_url(tmp_path)), Seal(tmp_path)

    def open_office(listening: Platform) -> tuple[Hotline, Callbacks]:
        callbacks = Callbacks(
            CallbackStore(database), hosts=(listening.place,), secret=SECRET, pauses=(0.1, 0.2), clock=lambda: 1.0
        )
        hotline = Hotline(
            library,
            load_hotline(ROOT / "knowledge_base", library),
            OrderStore(database, seal),
            jobs=Jobs(tmp_path),
            callbacks=callbacks,
            batches=BatchStore(database, seal),
            knowledge="试",
            clock=lambda: dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
        )
        return hotline, callbacks

    yield open_office
    database.close()


def approved(hotline: Hotline, listening: Platform) -> None:
    url = f"http://{listening.place}/told"
    hotline.take(HotlineOrder(order_no="D1", content="公司拖欠工资", callback_url=url))
    hotline.approve("D1", TOLD, "王律师")


def test_the_platform_is_told_and_can_know_that_it_is_us(
    platform: Callable[..., Platform], office: Callable[[Platform], tuple[Hotline, Callbacks]]
) -> None:
    listening = platform()
    hotline, callbacks = office(listening)
    approved(hotline, listening)
    assert list(callbacks.undone()) == [("1", 0)]
    assert callbacks.run("1") is None
    ((headers, body),) = listening.heard
    assert headers["X-Counsel-Signature"] == signature(SECRET, headers["X-Counsel-Timestamp"], body)
    assert headers["X-Counsel-Signature"] != signature("another", headers["X-Counsel-Timestamp"], body)
    told = json.loads(body)
    assert (told["order_no"], told["state"], told["reply"]) == ("D1", "已核准", TOLD)
    assert list(callbacks.undone()) == []
    callbacks.run("1")
    assert len(listening.heard) == 1


def test_what_fails_is_tried_with_growing_pauses_and_then_kept_as_a_dead_letter(
    platform: Callable[..., Platform], office: Callable[[Platform], tuple[Hotline, Callbacks]]
) -> None:
    listening = platform(500, 302, 503)
    hotline, callbacks = office(listening)
    approved(hotline, listening)
    assert callbacks.run("1") == (0.1, 1)
    assert callbacks.run("1") == (0.2, 2)  # a redirection is no delivery, and is not followed
    assert callbacks.run("1") is None
    (dead,) = hotline.dead_callbacks()
    assert dead.problem == "对方答503"
    hotline.revive_callback(dead.id)
    assert callbacks.run("1") is None
    assert hotline.dead_callbacks() == ()
    with pytest.raises(InputError, match="没有编号为1的死信"):
        hotline.revive_callback(1)


@pytest.mark.parametrize(
    "url", ["http://elsewhere.example/x", "ftp://127.0.0.1/x", "http://a:b@127.0.0.1:1/", "不是网址", "http://[::1/"]
)
def test_no_other_host_is_called(
    url: str, platform: Callable[..., Platform], office: Callable[[Platform], tuple[Hotline, Callbacks]]
) -> None:
    hotline, _ = office(platform())
    with pytest.raises(InputError, match="callback_url"):
        hotline.take(HotlineOrder(order_no="D1", content="公司拖欠工资", callback_url=url))
    assert hotline.queue() == ()


def test_a_batch_and_its_calls_through_the_server(platform: Callable[..., Platform], tmp_path: Path) -> None:
    listening = platform(500)
    environment = {"HOTLINE_CALLBACK_HOSTS": listening.place, "HOTLINE_CALLBACK_SECRET": SECRET}
    server = serve(tmp_path, **environment)
    orders = [{"order_no": f"E{n}", "content": "公司拖欠工资，电话13920001234"} for n in range(60)]
    orders[0]["callback_url"] = f"http://{listening.place}/told"
    orders.append({"order_no": "E1", "content": "另一件事"})
    with httpx.Client(base_url=f"{server.url}/api/v1", headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        ready(client)
        begun = client.post("/hotline/batches", json={"orders": orders})
        assert begun.status_code == 202
        where = f"/hotline/batches/{begun.json()['id']}"
        end = time.monotonic() + 60
        while (batch := client.get(where).json())["finished_at"] is None and time.monotonic() < end:
            time.sleep(0.1)
        assert (batch["done"], batch["total"]) == (61, 61)
        assert [p["order_no"] for p in batch["problems"]] == ["E1"]
        assert len(client.get("/hotline/orders", params={"limit": 200}).json()) == 60
        assert client.post("/hotline/orders/E0/approve", json={"reply": TOLD}).status_code == 200
        while len(listening.heard) < 1 and time.monotonic() < end:
            time.sleep(0.1)
    stop(server)
    assert len(listening.heard) == 1  # refused once; the next try is five seconds off, and the server is gone
    again = serve(tmp_path, **environment)
    end = time.monotonic() + 60
    while len(listening.heard) < 2 and time.monotonic() < end:
        time.sleep(0.1)
    stop(again)
    assert json.loads(listening.heard[1][1])["order_no"] == "E0"
    assert b"13920001234" not in b"".join(p.read_bytes() for p in tmp_path.glob("*.db*"))


def ready(client: httpx.Client) -> None:
    end = time.monotonic() + 60
    while client.get("/stats/metrics").status_code == 503 and time.monotonic() < end:
        time.sleep(0.2)
