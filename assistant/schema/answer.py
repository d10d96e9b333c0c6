"""An answer of the chat, event by event."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from assistant.schema.findings import ExemptionFinding, ProportionalityFinding
from assistant.schema.law import CheckedCitation, Passage
from assistant.schema.noun import Noun


class Fact(Noun):
    """A known fact of a case and the words that say so."""

    value: bool | int | float | str | dt.date
    quote: str


class EvidenceEvent(Noun):
    """First event of an answer: what was found, numbered from 1 in the order of `hits`."""

    type: Literal["evidence"] = "evidence"
    conversation_id: str
    message_id: str
    as_of: dt.date
    hits: tuple[Passage, ...] = ()
    note: str | None = None


class TextEvent(Noun):
    """A piece of the answer as it is written."""

    type: Literal["text"] = "text"
    text: str


class FailedEvent(Noun):
    """The answer could not be made: what happened and how to mend it."""

    type: Literal["failed"] = "failed"
    where: str
    problem: str
    remedy: str = ""


class Provenance(Noun):
    """What an answer was made of: digests of code, knowledge and prompts, and the model, if one wrote."""

    code: str
    knowledge: str
    prompts: str
    model: str | None = None
    note: str | None = None  # why a model that was configured did not write, for one


class DoneEvent(Noun):
    """The checked answer, whole. `answer` replaces the text streamed before it."""

    type: Literal["done"] = "done"
    conversation_id: str
    message_id: str
    as_of: dt.date
    answer: str
    conclusion: str
    hits: tuple[Passage, ...] = ()
    findings: tuple[Annotated[ExemptionFinding | ProportionalityFinding, Field(discriminator="kind")], ...] = ()
    figures: tuple[dict[str, object], ...] = ()
    facts: dict[str, Fact] = Field(default_factory=dict)
    missing: tuple[dict[str, str], ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    mode: Literal["extractive", "model"] = "extractive"
    refused: bool = False
    provenance: Provenance


Event = Annotated[EvidenceEvent | TextEvent | DoneEvent | FailedEvent, Field(discriminator="type")]
