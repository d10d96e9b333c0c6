"""Which provision punishes this act, or an ordinary question: decided from the words of the question."""

import pytest

from assistant.search.mode import punishing


@pytest.mark.parametrize(
    "question",
    [
        "未取得食品经营许可证从事餐饮服务",
        "当事人在店内销售超过保质期的牛奶十二盒，货值九十六元，执法人员现场查获。",
        "擅自占用消防车通道停车",
        "生产的灭火器经抽检不合格，当事人不能提供进货票据。",
        "酒后驾驶机动车会受到什么处罚？",
        "占道经营罚多少钱",
        "未公示收费标准的法律责任",
        "某公司仓库未设置安全警示标志，也没有核查承租方是否具备资质。",
    ],
)
def test_the_description_of_an_act_asks_for_the_provision_that_punishes_it(question: str) -> None:
    assert punishing(question) > 0.6


@pytest.mark.parametrize(
    "question",
    [
        "行政复议应当在多少天内提出？",
        "公司拖欠工资，我可以到哪里投诉？",
        "借条没有写利息，能要利息吗",
        "行政处罚听证的适用范围",
        "无权代理签的合同有效吗",
        "什么是个人信息",
        "老人去世没有立遗嘱，房子怎么分？",
        "申请行政许可需要提交哪些材料？",
    ],
)
def test_a_question_about_the_rule_is_ordinary(question: str) -> None:
    assert punishing(question) < 0.4


def test_what_the_words_do_not_settle_lies_between() -> None:
    assert 0.4 < punishing("健身房收了年卡就关门") < 0.8


@pytest.mark.parametrize("question", ["", "？？？", "\x00\ud800", "a" * 50_000, "。" * 5_000])
def test_any_text_gets_a_weight(question: str) -> None:
    assert 0 <= punishing(question) <= 1
