"""The server as an office runs it: a process of its own, asked over HTTP."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import EngineError

_TOKEN = "benchmark-token-of-no-secret"
_PATIENCE = 600.0


class Server:
    """`counsel serve` on a free port. `ready_after` is seconds from the start of the process to /readyz."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHAT_", "DATABASE_"))}
        environment = kept | {"COUNSEL_HOME": str(home), "COUNSEL_TOKEN": _TOKEN}
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", "serve", "--port", str(self._port)],
            env=environment,
            cwd=home,  # no .env of the checkout: the server as it comes
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._local = threading.local()
        self.ready_after = self._wait(whole=False)

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_whole(self) -> float:
        """Waits until the search has every vector; seconds from the start of the process."""
        return self._wait(whole=True)

    def _wait(self, *, whole: bool) -> float:
        while True:
            waited = time.perf_counter() - self._began
            if self._process.poll() is not None:
                said = self._process.stderr.read().decode(errors="replace")[-400:] if self._process.stderr else ""
                raise EngineError("counsel serve", f"没有启动：{said}", "运行 counsel doctor")
            if waited > _PATIENCE:
                raise EngineError("counsel serve", f"{_PATIENCE:.0f} 秒还没有就绪", "运行 counsel doctor")
            try:
                status, body = self._ask("GET", "/readyz")
            except OSError:
                status, body = 0, {}
            if status == 200 and not (whole and body.get("note")):
                return waited
            time.sleep(0.05)

    def search(self, query: str) -> None:
        """One search for ten over a kept connection. EngineError for anything but 200."""
        status, body = self._ask("POST", "/api/v1/search", {"query": query, "top_k": 10})
        if status != 200 or not body.get("hits"):
            raise EngineError("/api/v1/search", f"答 {status}：{str(body)[:200]}")

    def _ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Authorization": f"Bearer {_TOKEN}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
            connection.close()
            self._local.connection = None
            raise ConnectionError(str(error)) from error

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    server = Server(home)
    try:
        yield server
    finally:
        server.stop()
