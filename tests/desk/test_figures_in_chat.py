"""Questions about figures in the chat: their own road, the conversation's memory, and never a legal question's."""

import datetime as dt
from collections.abc import Callable

import pytest

from assistant.desk.desk import Desk
from assistant.schema import DoneEvent, EvidenceEvent

Ask = Callable[..., DoneEvent]


def test_a_metric_question_is_answered_from_the_figures_alone(desk: Desk) -> None:
    events = list(desk.advise("履责率比十月底涨了多少？"))
    found, done = events[0], events[-1]
    assert isinstance(found, EvidenceEvent)
    assert isinstance(done, DoneEvent)
    assert found.hits == done.hits == ()
    assert done.conclusion.startswith("5.54个百分点")
    assert done.figures[0]["value"] == 5.54
    assert "### 算式" in done.answer
    assert "二（三）2." in done.answer
    assert done.mode == "extractive"


def test_what_contradicts_is_shown_with_the_number(ask: Ask) -> None:
    answer = ask("责令整改通知书有多少份")
    assert answer.conclusion.startswith("145份")
    assert "⚠ 矛盾" in answer.answer
    assert "155" in answer.answer


def test_a_metric_question_is_kept_in_the_journal(desk: Desk, ask: Ask) -> None:
    answer = ask("2024年行政检查多少条")
    kept = desk.journal.conversation(answer.conversation_id)
    assert kept is not None
    assert kept.messages[-1].done == answer


@pytest.mark.parametrize(
    ("first", "then", "value"),
    [
        ("2024年商事登记多少件", "那人社呢？", 97126),
        ("履责率是多少", "比十月底呢", 5.54),
        ("2024年处罚多少件", "那检查呢", 1233),
        ("去年商事登记多少件", "前年呢？", 30944),
        ("质量整改通知书几份", "那实名制呢", 23),
        ("检查占归集信息的比重是多少", "处罚呢", 16.73),
        ("2024年行政检查多少条", "占多少？", 82.86),
        ("停工通知单几份", "意见呢", 59),  # those of the notices, not all
        ("应急部门罚了多少钱", "平均每份多少", 9.46),
        ("履责率是多少", "怎么算的？", 77.15),
    ],
)
def test_a_follow_up_goes_on_about_the_figure_before_it(ask: Ask, first: str, then: str, value: float) -> None:
    before = ask(first)
    after = ask(then, before.conversation_id)
    assert after.figures[0]["value"] == value
    assert "接着上一问" in after.answer


def test_a_follow_up_to_what_is_not_held_gets_no_number(ask: Ask) -> None:
    before = ask("2024年处罚多少件")
    for then in ("2023年呢", "那听证呢", "市场监管局呢", "其中简易程序呢", "对个人的呢", "哪些部门", "那罚款呢"):
        after = ask(then, before.conversation_id)
        assert after.refused, then
        assert after.figures[0]["value"] is None, then


def test_a_legal_follow_up_leaves_the_figures(ask: Ask) -> None:
    figure = ask("2024年处罚多少件")
    law = ask("卖超过保质期的食品怎么处罚？", figure.conversation_id)
    assert law.figures == ()
    assert law.hits
    next_one = ask("那第二款呢", law.conversation_id)
    assert next_one.figures == ()
    assert "第一百二十四条第二款" in next_one.conclusion


def test_today_is_the_desks_own(desk: Desk) -> None:
    assert desk.figures("去年商事登记多少件").value == 31715
    assert desk.figures("去年商事登记多少件", dt.date(2025, 3, 1)).value == 30944
