"""Hits, citations and answers made by hand, and a desk that gives them from a queue."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.schema import CheckedCitation, DoneEvent, Event, Passage, Provenance, Source, Span, TextEvent

DAY = dt.date(2026, 11, 23)


def passage(law: str, article: str | None, rank: int = 1) -> Passage:
    return Passage(
        rank=rank,
        kind="law",
        id=f"{law}#{article}",
        title=f"{law}{article}",
        law=law,
        article=article,
        text="……",
        score=1.0,
        status="现行有效",
        in_force=Span(),
        source=Source(title="语料"),
    )


def citation(law: str, article: str, verdict: str = "verified", text: str = "") -> CheckedCitation:
    return CheckedCitation.model_validate(
        {
            "text": text or f"《{law}》{article}",
            "start": 0,
            "end": len(text or f"《{law}》{article}"),
            "law": law,
            "article": article,
            "verdict": verdict,
            "detail": "",
        }
    )


def done(answer: str, *, refused: bool = False, **more: Any) -> DoneEvent:
    return DoneEvent(
        conversation_id="c",
        message_id="m",
        as_of=DAY,
        answer=answer,
        conclusion=answer,
        refused=refused,
        provenance=Provenance(code="c", knowledge="k", prompts="p"),
        **more,
    )


class QueueDesk:
    """Gives what stands next in its queues; an exception there is raised."""

    def __init__(self) -> None:
        self.hits: list[Sequence[Passage] | Exception] = []
        self.events: list[list[Event] | Exception] = []
        self.checked: list[Sequence[CheckedCitation]] = []
        self.asked: list[tuple[str, dt.date]] = []

    def search(self, query: str, *, as_of: dt.date, top_k: int = 10) -> Sequence[Passage]:
        self.asked.append((query, as_of))
        got = self.hits.pop(0)
        if isinstance(got, Exception):
            raise got
        return got[:top_k]

    def check(self, text: str, *, as_of: dt.date) -> tuple[Sequence[CheckedCitation], dict[str, Any]]:
        return self.checked.pop(0), {}

    def advise(self, question: str, *, as_of: dt.date, who: str) -> Iterator[Event]:
        self.asked.append((question, as_of))
        got = self.events.pop(0)
        if isinstance(got, Exception):
            raise got
        yield TextEvent(text="……")
        yield from got
