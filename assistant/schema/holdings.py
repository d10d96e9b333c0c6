"""What the product holds and how it is doing: for the administration page."""

import datetime as dt
from typing import Literal

from assistant.schema.noun import Noun, Span

Well = Literal["ok", "warning", "error"]


class KnowledgeSource(Noun):
    """One entry of knowledge_base/sources.yaml, as the lawyers wrote it. `files`: how many stand behind it here."""

    name: str
    content: str
    nature: str
    checked: str
    as_of: str = ""
    files: int | None = None


class TextCount(Noun):
    """Texts of one kind of instrument: how many, and what they are on the day."""

    kind: str
    instruments: int
    texts: int
    articles: int
    in_force: int
    not_yet: int
    ended: int
    doubtful: int


class TextDoubt(Noun):
    """A text whose validity the data do not settle (待核), and why."""

    version: str
    title: str
    note: str


class ListHolding(Noun):
    """A list or benchmark held: what it is worth and whether it still runs on the day."""

    title: str
    category: str
    region: str
    nature: str
    in_force: Span
    state: str


class Holdings(Noun):
    """Everything known, counted on a day."""

    day: dt.date
    knowledge: str
    sources: tuple[KnowledgeSource, ...]
    texts: tuple[TextCount, ...]
    doubts: tuple[TextDoubt, ...]
    lists: tuple[ListHolding, ...]


class JobProgress(Noun):
    """Background work: how much of it is done. `problems` counts what went wrong on the way."""

    name: str
    detail: str
    done: int
    total: int
    problems: int = 0
    state: str
    since: dt.datetime | None = None


class HealthLook(Noun):
    """One thing looked at: what was seen, and, unless it is well, what to do."""

    name: str
    state: Well
    seen: str
    remedy: str = ""
