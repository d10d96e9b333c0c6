"""Papers in the database, on SQLite and on PostgreSQL: each version whole, none overwritten, one writer at a time."""

import datetime as dt
import threading

import pytest

from assistant.errors import ConflictError
from assistant.journal import Database
from assistant.journal.opinions import OpinionStore
from assistant.schema import OpinionContent, OpinionSection, Provenance, Sight

ALL = Sight(who=None, everything=True)


def _content(body: str) -> OpinionContent:
    return OpinionContent(
        kind="legal_opinion",
        title="关于某事的法律意见书",
        as_of=dt.date(2026, 11, 23),
        sections=(OpinionSection(id="conclusion", heading="一、结论", body=body),),
        fields={"matter": "某事", "fine": 5000.0, "materials": ("甲", "乙")},
        facts={"harm": {"value": "无", "quote": ""}},
        provenance=Provenance(code="c", knowledge="k", prompts="p"),
    )


@pytest.fixture
def store(database_url: str) -> OpinionStore:
    return OpinionStore(Database(database_url))


def test_every_version_is_kept_whole(store: OpinionStore) -> None:
    first = store.create(_content("一"), who="li", name="李一", department="法制办")
    second = store.step(first.id, _content("二"), "edited", "draft", after=1, who="li", name="李一", comment="补")
    store.step(first.id, _content("二"), "reviewed", "reviewed", after=2, who="wang", name="王二")
    assert second.content == _content("二")
    kept = store.version(first.id, 1)
    assert kept is not None
    assert kept[1] == _content("一")
    assert [(v.number, v.step, v.name, v.comment) for v in store.versions(first.id)] == [
        (1, "drafted", "李一", ""),
        (2, "edited", "李一", "补"),
        (3, "reviewed", "王二", ""),
    ]
    now = store.get(first.id, ALL)
    assert now is not None
    assert (now.version, now.status, now.reviewed_by) == (3, "reviewed", "王二")


def test_of_two_writers_one_is_told(store: OpinionStore) -> None:
    opinion = store.create(_content("一"), who=None, name="李一")
    outcomes: list[str] = []

    def write(name: str) -> None:
        try:
            store.step(opinion.id, _content(name), "edited", "draft", after=1, who=None, name=name)
            outcomes.append("kept")
        except ConflictError:
            outcomes.append("told")

    threads = [threading.Thread(target=write, args=(name,)) for name in ("甲方", "乙方", "丙方")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "told", "told"]
    assert len(store.versions(opinion.id)) == 2
