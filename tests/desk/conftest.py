"""A desk over the real corpus with the real word search, a journal in a temporary folder, and no model."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.desk.desk import Desk
from assistant.desk.phrases import load_phrases
from assistant.journal import Database, Journal, sqlite_url
from assistant.knowledge.topics import load_topics
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.schema import DoneEvent, Event, Provenance
from assistant.search import Search, open_search, read_lexicon
from assistant.settings import ROOT
from assistant.stats import load_metrics

TODAY = dt.date(2026, 11, 23)
PROMPTS = ROOT / "prompts"


@pytest.fixture(scope="session")
def search(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    lexicon = read_lexicon(ROOT / "knowledge_base")
    found = open_search(library, tmp_path_factory.mktemp("search"), lexicon=lexicon)
    yield found
    found.close()


class Open:
    """A search that outlives the desk that closes it."""

    def __init__(self, search: Search) -> None:
        self.find = search.find

    def close(self) -> None: ...


@pytest.fixture(scope="session")
def make_desk(library: Library, search: Search, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Desk]:
    def make(chat: object = None) -> Desk:
        home = tmp_path_factory.mktemp("home")
        return Desk(
            library=library,
            search=Open(search),
            metrics=load_metrics(ROOT / "knowledge_base" / "metrics"),
            journal=Journal(Database(sqlite_url(home))),
            phrases=load_phrases(PROMPTS / "answers.md"),
            checker=check,
            provenance=Provenance(code="1", knowledge="2", prompts="3"),
            chat=chat,  # type: ignore[arg-type]
            prompts_dir=Path(PROMPTS),
            topics=load_topics(ROOT / "knowledge_base", library),
            written=read_lexicon(ROOT / "knowledge_base").written,
            clock=lambda: TODAY,
        )

    return make


@pytest.fixture(scope="session")
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


def done(events: list[Event]) -> DoneEvent:
    last = events[-1]
    assert isinstance(last, DoneEvent), last
    return last


@pytest.fixture(scope="session")
def ask(desk: Desk) -> Callable[..., DoneEvent]:
    def ask_it(question: str, conversation: str | None = None, as_of: dt.date | None = None) -> DoneEvent:
        return done(list(desk.advise(question, conversation_id=conversation, as_of=as_of)))

    return ask_it
