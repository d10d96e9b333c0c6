"""POST /chat: one question, answered as server-sent events or whole."""

import asyncio
import hashlib
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from api.access import Access, address_of
from api.dependencies import Gate, TheDesk, allowed
from api.observing import ANSWERS
from api.problems import ProblemError
from api.wire import ChatRequest
from assistant.accounts import Visitor
from assistant.desk import today
from assistant.schema import DoneEvent, Event, EvidenceEvent, FailedEvent

router = APIRouter(tags=["chat"])
_LOG = logging.getLogger("counsel.api")
_KEEPALIVE_SECONDS = 15.0


@router.post(
    "/chat",
    response_model=DoneEvent,
    responses={200: {"content": {"text/event-stream": {}}, "description": "完整的回答；stream为true时是事件流"}},
    summary="提问",
)
async def chat(
    body: ChatRequest, request: Request, desk: TheDesk, gate: Gate, who: Annotated[Visitor, allowed("ask")]
) -> Response:
    """Ask. With `stream` (the default): events `evidence`, `text`…, `done` or `failed`; without: the data of `done`."""
    stop = threading.Event()
    answering = desk.advise(
        body.message,
        conversation_id=body.conversation_id,
        as_of=body.as_of or today(),
        who=who.name,
        department=who.department,
        stop=stop,
    )
    events = _recorded(answering, gate, who, address_of(request))
    if body.stream:
        stream = _as_sse(_from_thread(events, stop), stop)
        return EventSourceResponse(stream, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    last: Event | None = None
    async for event in _from_thread(events, stop):
        last = event
    if isinstance(last, FailedEvent):
        raise ProblemError(503, f"{last.where}：{last.problem}。{last.remedy}")
    if not isinstance(last, DoneEvent):
        raise ProblemError(500, "回答没有完成，请重试")
    ANSWERS.labels(last.mode, str(last.refused).lower()).inc()
    return JSONResponse(last.model_dump(mode="json", by_alias=True, exclude={"type"}))


def _recorded(events: Iterator[Event], gate: Access, who: Visitor, address: str) -> Iterator[Event]:
    """The same events; who asked, and a digest of the answer, stand in the audit log before `done` goes out."""
    conversation = message = ""
    outcome, digest = "broken", None
    written = False

    def write() -> None:
        gate.office.audit.record(
            who.name,
            "ask",
            object=f"message:{message}" if message else "",
            outcome=outcome,
            detail={"conversation": conversation, "answer": digest},
            credential=who.credential,
            address=address,
        )

    try:
        for event in events:
            if isinstance(event, EvidenceEvent):
                conversation, message = event.conversation_id, event.message_id
            elif isinstance(event, DoneEvent):
                conversation, message = event.conversation_id, event.message_id
                outcome, digest = "ok", hashlib.sha256(event.answer.encode()).hexdigest()
            elif isinstance(event, FailedEvent):
                outcome = "failed"
            if outcome != "broken" and not written:
                written = True
                write()
            yield event
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()
        if not written:
            write()


async def _as_sse(events: AsyncIterator[Event], stop: threading.Event) -> AsyncIterator[bytes]:
    waiting = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=_KEEPALIVE_SECONDS)
            if not done:
                yield KEEPALIVE_COMMENT
                continue
            event = waiting.result()
            if event is None:
                return
            if isinstance(event, DoneEvent):
                ANSWERS.labels(event.mode, str(event.refused).lower()).inc()
            data = event.model_dump_json(by_alias=True, exclude={"type"})
            yield format_sse_event(data_str=data, event=event.type)
            waiting = asyncio.ensure_future(anext(events, None))
    finally:
        stop.set()
        waiting.cancel()


async def _from_thread(events: Iterator[Event], stop: threading.Event) -> AsyncIterator[Event]:
    """Run a synchronous answer on one thread. When the client goes, `stop` is set and the answer breaks off."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Event | BaseException | None] = asyncio.Queue()

    def put(thing: Any) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, thing)

    def run() -> None:
        failure: BaseException | None = None
        try:
            for event in events:
                if stop.is_set():
                    break
                put(event)
        except Exception as error:  # noqa: BLE001 - handed to the request, which answers for it
            failure = error
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                close()
            try:
                put(failure)
            except RuntimeError:  # the loop has closed: nobody waits any more
                _LOG.info("an answer ended after the server had stopped")

    thread = threading.Thread(target=run, name="answer", daemon=True)
    thread.start()
    try:
        while True:
            thing = await queue.get()
            if isinstance(thing, BaseException):
                raise thing
            if thing is None:
                return
            yield thing
    finally:
        stop.set()
