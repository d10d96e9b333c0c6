"""A document number belongs to one final paper, on either database."""

import datetime as dt

import pytest

from assistant.errors import ConflictError
from assistant.journal import Database
from assistant.journal.opinions import OpinionStore
from assistant.schema import OpinionContent, Provenance


def _content(number: str | None) -> OpinionContent:
    return OpinionContent(
        kind="no_penalty_decision",
        title="不予行政处罚决定书",
        as_of=dt.date(2026, 11, 24),
        sections=(),
        fields={"document_no": number} if number else {},
        provenance=Provenance(code="c", knowledge="k", prompts="p"),
    )


def _final(store: OpinionStore, opinion_id: str, content: OpinionContent) -> None:
    store.step(opinion_id, content, "finalized", "final", after=1, who=None, name="王二")


def test_the_second_to_become_final_with_a_number_is_refused(database_url: str) -> None:
    database = Database(database_url)
    store = OpinionStore(database)
    papers = [store.create(_content("津某〔2026〕3号"), who=None, name="李一") for _ in range(2)]
    assert store.numbered("津某〔2026〕3号") == ("draft", "draft")
    assert store.numbered("津某〔2026〕3号", but=papers[0].id) == ("draft",)
    assert store.numbered("津某〔2026〕30号") == ()
    _final(store, papers[0].id, papers[0].content)
    with pytest.raises(ConflictError, match="已由另一份定稿的文书使用（李一拟，王二定稿）"):
        _final(store, papers[1].id, papers[1].content)
    _final(store, papers[1].id, _content("津某〔2026〕4号"))
    without = [store.create(_content(None), who=None, name="李一") for _ in range(2)]
    for one in without:
        _final(store, one.id, one.content)  # papers without a number do not stand in each other's way
    database.close()
