"""What a request leaves behind: a log line, a metric and (when an address is set) a trace. None holds what was said.

Addresses are counted by their route (`/laws/{law}/articles/{article}`), never as they were typed.
"""

import logging
import os
import re
import time
import uuid

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import __version__

API = "/api/v1"
_LOG = logging.getLogger("counsel.requests")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_\-]{8,64}")
_SECONDS = Histogram(
    "counsel_request_seconds",
    "Seconds from a request to the end of its answer",
    ("method", "route", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
)
_OPEN = Gauge("counsel_requests_open", "Requests being answered", multiprocess_mode="livesum")
ANSWERS = Counter("counsel_answers_total", "Answers of the chat", ("mode", "refused"))
ORDERS = Counter("counsel_hotline_orders_total", "Hotline orders taken", ("category", "hand_over"))


def metrics() -> bytes:
    """All metrics in Prometheus' text format; of all workers where PROMETHEUS_MULTIPROC_DIR is set."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def start_traces(endpoint: str) -> TracerProvider:
    """Send spans to an OTLP collector over gRPC. What comes back is to be shut down with the server."""
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    provider = TracerProvider(
        resource=Resource.create({"service.name": "enforcement-counsel", "service.version": __version__})
    )
    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=endpoint.startswith("http://"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


class Observed:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, tracer: trace.Tracer | None = None) -> None:
        self.app = app
        self._tracer = tracer or trace.NoOpTracer()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        began, status = time.perf_counter(), 500

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        _OPEN.inc()
        with self._tracer.start_as_current_span("request", kind=trace.SpanKind.SERVER) as span:
            try:
                await self.app(scope, receive, note)
            finally:
                _OPEN.dec()
                seconds = time.perf_counter() - began
                route = route_of(scope)
                method = scope["method"] if scope["method"] in _METHODS else "other"
                _SECONDS.labels(method, route, str(status)).observe(seconds)
                span.update_name(f"{method} {route}")
                span.set_attributes({"http.route": route, "http.request.method": method, "counsel.request": request_id})
                span.set_attribute("http.response.status_code", status)
                if route not in _QUIET:
                    _LOG.info(
                        "request",
                        extra={
                            "request": request_id,
                            "method": method,
                            "route": route,
                            "status": status,
                            "ms": round(seconds * 1000, 1),
                        },
                    )


def route_of(scope: Scope) -> str:
    """The route's own pattern; the prefix under which it is included is not part of it."""
    pattern: str = getattr(scope.get("route"), "path", "")
    prefix = API if scope["path"].startswith(API) and not pattern.startswith(API) else ""
    return f"{prefix}{pattern}" if pattern else "other"


_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_QUIET = frozenset(("/healthz", "/readyz", "/metrics"))
