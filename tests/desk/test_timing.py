"""Asked whether a law is in force, the conclusion says it: since when, until when, what rules instead."""

from collections.abc import Callable

import pytest

from assistant.schema import DoneEvent


@pytest.mark.parametrize(
    "question",
    [
        "固体废物污染环境防治法第一百一十二条现在还能引用吗",
        "土壤污染防治法什么时候废止的",
        "海洋环境保护法是不是还有效",
    ],
)
def test_a_repealed_law_says_since_when_and_what_of_conduct_before(
    ask: Callable[..., DoneEvent], question: str
) -> None:
    said = ask(question).conclusion
    assert "不能再作为现行依据" in said
    assert "自2026年8月15日起由《中华人民共和国生态环境法典》" in said
    assert "行为时的规定" in said
    assert "第三十七条" in said


def test_a_coming_text_is_not_yet_law_and_the_present_one_is_named(ask: Callable[..., DoneEvent]) -> None:
    said = ask("新修订的商标法哪天开始施行").conclusion
    assert "自2027年1月1日起施行，截至2026年11月23日尚未施行" in said
    assert "在此之前适用2019年4月23日的文本" in said


def test_a_law_in_force_names_its_text_and_the_one_to_come(ask: Callable[..., DoneEvent]) -> None:
    said = ask("商标法现在有效吗").conclusion
    assert "现行有效" in said
    assert "2027年1月1日" in said


def test_a_penalty_keeps_its_conditions_in_the_conclusion(ask: Callable[..., DoneEvent]) -> None:
    said = ask("酒后驾驶机动车怎么处罚").conclusion
    assert "再次饮酒后驾驶机动车的，处十日以下拘留" in said


def test_a_list_is_given_whole_in_the_conclusion(ask: Callable[..., DoneEvent]) -> None:
    said = ask("哪些处罚决定作出前要告知可以听证").conclusion
    assert "《中华人民共和国行政处罚法》第六十三条第一款" in said
    assert "（一）较大数额罚款" in said
    assert "（四）责令停产停业" in said
