"""What a request leaves behind: metrics, a log line, a trace; and nothing of what was said."""

import json
import time
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

from tests.serving import TOKEN, serve

SAID = "我叫李小明，身份证11010519491231002X，电话13812345678，餐馆没办健康证"


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """A trace collector that keeps what it is sent."""

    def __init__(self) -> None:
        self.spans: list[Any] = []

    def Export(  # noqa: N802 - the protocol's name
        self, request: Any, context: object
    ) -> Any:
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                self.spans += scope.spans
        return trace_service_pb2.ExportTraceServiceResponse()


@pytest.fixture
def collector() -> Iterator[tuple[Collector, str]]:
    kept = Collector()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=1))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(kept, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield kept, f"http://127.0.0.1:{port}"
    server.stop(None)


def test_routes_are_counted_and_nothing_that_was_said_is_kept(collector: tuple[Collector, str], tmp_path: Path) -> None:
    kept, endpoint = collector
    server = serve(tmp_path, LOG_LEVEL="INFO", OTEL_EXPORTER_OTLP_ENDPOINT=endpoint, OTEL_BSP_SCHEDULE_DELAY="200")
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=server.url, headers=bearer, timeout=60) as client:
        end = time.monotonic() + 60
        while _status(client) != 200 and time.monotonic() < end:
            time.sleep(0.2)
        said = {"message": SAID, "stream": False}
        answer = client.post("/api/v1/chat", json=said, headers={"X-Request-Id": "abc-12345"})
        assert answer.status_code == 200
        assert answer.headers["x-request-id"] == "abc-12345"
        assert client.get("/api/v1/laws/行政处罚法/articles/33").status_code == 200
        assert client.get("/api/v1/laws/13812345678/articles/33").status_code == 404
        odd = client.get("/healthz", headers={"X-Request-Id": 'x"; drop'})
        assert odd.headers["x-request-id"] != 'x"; drop'
        assert httpx.get(f"{server.url}/metrics").status_code == 401
        counted = client.get("/metrics").text
    server.process.terminate()
    printed, _ = server.process.communicate(timeout=30)
    assert 'route="/api/v1/laws/{law}/articles/{article}",status="200"' in counted
    assert 'counsel_answers_total{mode="extractive"' in counted
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["message"] == "request"]
    assert {"/api/v1/chat", "/api/v1/laws/{law}/articles/{article}"} <= {line["route"] for line in requests}
    assert any(line["request"] == "abc-12345" and line["status"] == 200 and line["ms"] > 0 for line in requests)
    assert any(span.name == "POST /api/v1/chat" for span in kept.spans)
    everything = counted + json.dumps(lines, ensure_ascii=False) + str(kept.spans)
    for secret in ("李小明", "11010519491231002X", "13812345678", "健康证", TOKEN):
        assert secret not in everything


def _status(client: httpx.Client) -> int:
    try:
        return client.get("/readyz").status_code
    except httpx.HTTPError:
        return 0
