"""What was kept made anew: word for word the same on the same ground; on other ground the difference is named."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from assistant.desk import Desk, open_desk, reproduce
from assistant.desk.opinions import Signer
from assistant.desk.replay import Replay
from assistant.errors import InputError
from assistant.schema import DoneEvent, HotlineOrder, Sight
from assistant.settings import ROOT, Settings

HOME = Settings(home=Path("no-home-of-this-name"), _env_file=None)


def _again(desk: Desk, identity: str) -> Replay:
    return reproduce(HOME, desk, identity)


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
    made = _again(desk, done.message_id)
    assert made.now.same, made.now.text
    assert made.then == made.now
    assert made.differs == ()
    assert made.now.text == made.now.citations == made.now.findings == ()
    assert desk.journal.conversation(done.conversation_id, owner="重算") == before


def test_a_follow_up_is_made_from_what_the_conversation_knew_then(desk: Desk) -> None:
    first = _ask(desk, "行政处罚法第三十三条怎么规定？")
    second = _ask(desk, "那第二款呢？", first.conversation_id)
    _ask(desk, "卖过期食品怎么罚？", first.conversation_id)
    assert _again(desk, second.message_id).now.same


def test_it_keeps_to_the_law_of_the_day_it_was_asked_for(desk: Desk) -> None:
    done = _ask(desk, "大气污染防治法第九十九条怎么规定？", as_of=dt.date(2026, 8, 14))
    made = _again(desk, done.message_id)
    assert made.now.same
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
    made = _again(desk, done.message_id)
    assert made.then is None
    assert any("没有留存当时的知识" in note for note in made.notes)
    assert not made.now.same
    assert made.differs == ("知识",)
    knowledge = next(c for c in made.made_of if c.name == "知识")
    assert (knowledge.then, knowledge.now) == ("old-knowledge", done.provenance.knowledge)
    assert made.now.conclusion is not None
    assert made.now.conclusion.then == "旧结论。"
    assert ("superseded", "verified") in [(c.then, c.now) for c in made.now.citations]
    assert "-旧话一句。" in made.now.text
    assert any(line.startswith("+") and "第三十三条" in line for line in made.now.text)


def test_it_is_found_by_the_beginning_of_its_id_and_by_its_conversation(desk: Desk) -> None:
    done = _ask(desk, "行政处罚的追责期限是多久？")
    assert _again(desk, done.message_id[:8]).id == done.message_id
    assert _again(desk, done.conversation_id).id == done.message_id


@pytest.mark.parametrize("identity", ["", "x", "no-such-answer", "%", "________"])
def test_no_such_answer_is_said(desk: Desk, identity: str) -> None:
    with pytest.raises(InputError, match="没有编号"):
        _again(desk, identity)


def _office(tmp_path: Path) -> Settings:
    """An office with a knowledge base and prompts of its own, which its lawyers may change."""
    for name in ("knowledge_base", "prompts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("vectors"))
    (tmp_path / "knowledge_base" / "vectors").symlink_to(ROOT / "knowledge_base" / "vectors")
    return Settings(
        home=tmp_path / "home",
        knowledge_dir=tmp_path / "knowledge_base",
        prompts_dir=tmp_path / "prompts",
        _env_file=None,
    )


def _changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_on_changed_knowledge_it_is_made_anew_on_that_of_then_and_on_that_of_now(tmp_path: Path) -> None:
    """An answer, a paper and a reply, made; then a list, a form, a reply and a phrase are changed by the lawyers."""
    settings = _office(tmp_path)
    desk = open_desk(settings)
    told = "某商店销售商品没有明码标价，当事人为企业，初次违法，已在责令期限内改正，危害后果轻微。"
    answer = _ask(desk, told + "能不能不罚？")
    paper = desk.opinions.create("no_penalty_decision", Signer("重算", "重算"), description=told)
    order = desk.hotline.take(HotlineOrder(order_no="重算1", content="请问行政处罚罚款逾期不缴怎么加收，有没有上限？"))
    desk.close()

    assert order.matter is not None
    _changed(settings.knowledge_dir / "hotline" / "事项.yaml", order.matter, order.matter + "（新名）")
    _changed(settings.prompts_dir / "answers.md", "以下只回答其中的法律问题。", "以下只答法律问题。")

    desk = open_desk(settings)
    try:
        for identity in (answer.message_id, paper.id, order.order_no):
            made = reproduce(settings, desk, identity)
            assert made.differs == (("知识", "提示词") if identity != order.order_no else ("知识",))
            assert made.then is not None
            assert made.then.same, (identity, made.then)
        anew = reproduce(settings, desk, order.order_no).now
        assert ("事项", order.matter, order.matter + "（新名）") in [(c.name, c.then, c.now) for c in anew.findings]
        assert desk.journal.kept_answer(answer.message_id) is not None
        assert len(desk.opinions.lines(Sight(who="重算"))) == 1, "nothing that was made anew is kept"
    finally:
        desk.close()
