"""A past answer made anew: word for word the same on the same ground; on other ground the difference is named."""

import datetime as dt

import pytest

from assistant.desk import Desk
from assistant.errors import InputError
from assistant.schema import DoneEvent


def _ask(desk: Desk, question: str, conversation: str | None = None, as_of: dt.date | None = None) -> DoneEvent:
    *_, last = desk.advise(question, as_of=as_of, who="重算", conversation_id=conversation)
    assert isinstance(last, DoneEvent)
    return last


@pytest.mark.parametrize(
    "question",
    [
        "行政处罚的追责期限是多久？",
        "首违不罚要满足哪些条件",
        "卖了三包过期饼干，货值12元，第一次，已下架退款，能不能不罚？",
        "履责率是多少",
    ],
)
def test_on_the_same_ground_it_is_the_same_word_for_word(desk: Desk, question: str) -> None:
    done = _ask(desk, question)
    before = desk.journal.conversation(done.conversation_id, owner="重算")
    made = desk.replay(done.message_id)
    assert made.same, made.text
    assert made.differs == ()
    assert made.text == made.citations == made.findings == ()
    assert desk.journal.conversation(done.conversation_id, owner="重算") == before


def test_a_follow_up_is_made_from_what_the_conversation_knew_then(desk: Desk) -> None:
    first = _ask(desk, "行政处罚法第三十三条怎么规定？")
    second = _ask(desk, "那第二款呢？", first.conversation_id)
    _ask(desk, "卖过期食品怎么罚？", first.conversation_id)
    assert desk.replay(second.message_id).same


def test_it_keeps_to_the_law_of_the_day_it_was_asked_for(desk: Desk) -> None:
    done = _ask(desk, "大气污染防治法第九十九条怎么规定？", as_of=dt.date(2026, 8, 14))
    made = desk.replay(done.message_id)
    assert made.same
    assert made.as_of == dt.date(2026, 8, 14)


def test_what_changed_since_is_named_with_text_and_citations(desk: Desk) -> None:
    done = _ask(desk, "行政处罚法第三十三条怎么规定？")
    kept = desk.journal.kept_answer(done.message_id)
    assert kept is not None
    older = done.model_copy(
        update={
            "answer": done.answer.replace("第三十三条", "第二十七条") + "\n\n旧话一句。",
            "conclusion": "旧结论。",
            "citations": tuple(c.model_copy(update={"verdict": "superseded"}) for c in done.citations),
            "provenance": done.provenance.model_copy(update={"knowledge": "old-knowledge"}),
        }
    )
    desk.journal.finish(older)
    made = desk.replay(done.message_id)
    assert not made.same
    assert made.differs == ("知识",)
    knowledge = next(c for c in made.made_of if c.name == "知识")
    assert (knowledge.then, knowledge.now) == ("old-knowledge", done.provenance.knowledge)
    assert made.conclusion is not None
    assert made.conclusion.then == "旧结论。"
    assert ("superseded", "verified") in [(c.then, c.now) for c in made.citations]
    assert "-旧话一句。" in made.text
    assert any(line.startswith("+") and "第三十三条" in line for line in made.text)


def test_it_is_found_by_the_beginning_of_its_id_and_by_its_conversation(desk: Desk) -> None:
    done = _ask(desk, "行政处罚的追责期限是多久？")
    assert desk.replay(done.message_id[:8]).message_id == done.message_id
    assert desk.replay(done.conversation_id).message_id == done.message_id


@pytest.mark.parametrize("identity", ["", "x", "no-such-answer", "%", "________"])
def test_no_such_answer_is_said(desk: Desk, identity: str) -> None:
    with pytest.raises(InputError, match="没有编号"):
        desk.replay(identity)
