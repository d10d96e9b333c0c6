"""A real HTTP server that speaks the OpenAI protocol and does as it is told: answers, streams, stalls, breaks, lies.

Give it replies in order; every request is kept, so that a test can see exactly what a model would have been sent.
"""

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One scripted answer. `pieces` are streamed one by one; `pause` seconds lie between them.

    `stall_after`: after so many pieces no byte comes any more. `break_after`: the connection is closed there.
    `status`: an HTTP error instead. `raw`: these bytes as the body, whatever they are.
    """

    pieces: tuple[str, ...] = ()
    pause: float = 0.0
    stall_after: int | None = None
    break_after: int | None = None
    status: int = 200
    raw: bytes | None = None
    finish: bool = True


def says(text: str, *, size: int = 12, pause: float = 0.0) -> Reply:
    """The text, streamed in pieces of `size` characters."""
    return Reply(tuple(text[at : at + size] for at in range(0, len(text), size)) or ("",), pause=pause)


@dataclass
class OpenAIServer:
    """`with OpenAIServer([...]) as server:`; `server.url` is the base URL, `server.requests` what it was sent."""

    replies: list[Reply] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._queue = deque(self.replies)
        self._released = threading.Event()
        self.gone = threading.Event()  # a client closed the connection before the answer was whole
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.requests.append(json.loads(body))
                reply = server._queue.popleft() if server._queue else Reply(status=500)
                try:
                    self._answer(reply, bool(server.requests[-1].get("stream")))
                except (BrokenPipeError, ConnectionResetError):
                    server.gone.set()
                self.close_connection = True

            def _answer(self, reply: Reply, streaming: bool) -> None:
                if reply.status != 200:
                    self._send(reply.status, json.dumps({"error": {"message": "scripted", "type": "x"}}).encode())
                elif reply.raw is not None:
                    self._send(200, reply.raw, "text/event-stream" if streaming else "application/json")
                elif streaming:
                    self._stream(reply)
                else:
                    self._send(200, json.dumps(_whole("".join(reply.pieces))).encode())

            def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def _stream(self, reply: Reply) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                for at, piece in enumerate(reply.pieces):
                    if reply.break_after == at:
                        return
                    if reply.stall_after == at:
                        self._stall()
                        return
                    self._event({"content": piece})
                    if reply.pause:
                        time.sleep(reply.pause)
                if reply.stall_after is not None and reply.stall_after >= len(reply.pieces):
                    self._stall()
                    return
                if reply.finish:
                    self._event({}, "stop")
                    self.wfile.write(b"data: [DONE]\n\n")

            def _stall(self) -> None:
                """No byte any more, until the client goes or the test ends."""
                self.connection.settimeout(0.05)
                while not server._released.is_set():
                    try:
                        if self.connection.recv(1) == b"":
                            server.gone.set()
                            return
                    except TimeoutError:
                        continue
                    except ConnectionResetError:
                        server.gone.set()
                        return

            def _event(self, delta: dict[str, str], finish: str | None = None) -> None:
                chunk = {
                    "id": "c",
                    "object": "chat.completion.chunk",
                    "created": 0,
                    "model": "scripted",
                    "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
                }
                self.wfile.write(b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n")
                self.wfile.flush()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def add(self, *replies: Reply) -> None:
        self._queue.extend(replies)

    @property
    def unused(self) -> int:
        return len(self._queue)

    def sent(self) -> str:
        """Everything that was sent to the model, as one text."""
        return "\n".join(m["content"] for request in self.requests for m in request["messages"])

    def __enter__(self) -> "OpenAIServer":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()


def _whole(text: str) -> dict[str, Any]:
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
