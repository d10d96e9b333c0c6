"""Decisions like a case: found where there are any, none where there are none, compared point by point."""

import re

import pytest

from assistant.errors import InputError
from assistant.precedents import Precedents
from assistant.schema import ComparedPoint, SimilarDecision
from tests.precedents.conftest import DAY

EXPIRED = "某便利店2026年10月被查到货架上有三袋过期牛奶，货值42元，是第一次违法，没有造成危害后果，当场下架并退款。"
BASIS = "《食品安全法》第一百二十四条第一款第（五）项"


def _point(points: tuple[ComparedPoint, ...], label: str) -> ComparedPoint:
    return next(one for one in points if one.label == label)


def _first(precedents: Precedents, *args: object, **more: object) -> SimilarDecision:
    return precedents.similar(*args, DAY, **more).similar[0]  # type: ignore[arg-type]


def test_what_is_alike_and_what_differs_stands_side_by_side(precedents: Precedents) -> None:
    like = _first(precedents, EXPIRED, None, BASIS, fine=50_000)
    assert like.id == "复议案例-01"
    assert like.kind == "decision"
    assert _point(like.alike, "行为").theirs == "销售超过保质期的食品"
    assert _point(like.alike, "初次违法").mine == "是"
    # The provision is connected by this project, not cited by the decision, and that is said.
    assert "决定未必引用" in (_point(like.alike, "依据").note or "")
    value = _point(like.differs, "货值金额")
    assert (value.mine, value.theirs, value.note) == ("42元", "15元", "本案约是该案的2.8倍")
    assert _point(like.differs, "危害后果").mine == "无"
    assert _point(like.differs, "地域").note == "外地案例，只供参考"
    # Nobody published what the fine came down to: it is not compared with anything.
    fine = _point(like.open, "罚款")
    assert fine.theirs == "原罚款5,000元，调解后的数额未见"
    assert _point(like.open, "主动消除或减轻后果").mine is None
    assert "还没有查明主动消除或减轻后果" in like.lesson


def test_one_article_is_not_one_conduct(precedents: Precedents) -> None:
    answer = precedents.similar(EXPIRED, None, BASIS, DAY)
    other = next(one for one in answer.similar if one.id == "复议案例-03")
    assert _point(other.open, "行为").note == "按字词和语义检索到，是不是同一种行为请核对"
    assert _point(other.alike, "依据").note is None  # cited by that decision itself


def test_no_percentage_anywhere(precedents: Precedents) -> None:
    answer = precedents.similar(EXPIRED, None, BASIS, DAY, fine=50_000)
    said = answer.note + "".join(
        f"{one.lesson}{one.note}"
        + "".join(f"{p.mine}{p.theirs}{p.note}" for p in (*one.alike, *one.differs, *one.open))
        for one in answer.similar
    )
    assert not re.search(r"[%％]|百分之|相似度[为是]?\d", said)


def test_what_was_given_goes_before_what_is_told(precedents: Precedents) -> None:
    like = _first(precedents, EXPIRED, {"first_violation": False, "goods_value": 20.0}, None)
    assert _point(like.differs, "初次违法").mine == "否"
    assert _point(like.alike, "货值金额").mine == "20元"


def test_an_unknown_end_is_no_precedent(precedents: Precedents) -> None:
    label = _first(precedents, "举报人举报食品标签有瑕疵，我局不予立案，他申请复议", None, None)
    assert label.id == "复议案例-08"
    assert "处理结果未见" in label.lesson
    assert "不能作为先例引用" in label.lesson
    withdrawn = _first(precedents, "危险货物运输车辆异地经营超过三个月没有备案", None, None)
    assert withdrawn.outcomes == ("撤回",)
    assert "没有认定原行为合法或者违法" in withdrawn.lesson


def test_title_alone_comes_last_and_says_so(precedents: Precedents) -> None:
    answer = precedents.similar("某街道办事处对违法建设责令限期拆除，当事人申请复议", None, None, DAY)
    assert answer.similar[-1].seen == "仅标题"
    assert "不能引用" in answer.similar[-1].lesson
    assert all(one.seen != "仅标题" for one in answer.similar[:-1])


@pytest.mark.parametrize(
    "description",
    [
        "醉酒驾驶机动车被吊销驾驶证",
        "遛狗没有拴绳，狗咬伤了邻居",
        "网吧深夜让中学生进去上网",
        "工地半夜打桩噪声扰民",
        "诊所没有取得医疗机构执业许可证就给人看病",
    ],
)
def test_where_nothing_is_like_it_nothing_is_shown(precedents: Precedents, description: str) -> None:
    answer = precedents.similar(description, None, None, DAY)
    assert answer.similar == ()
    assert "没有找到类似的决定" in answer.note
    assert "不影响按法律和裁量基准作出判断" in answer.note


def test_a_provision_alone_is_enough(precedents: Precedents) -> None:
    answer = precedents.similar(None, None, "《安全生产法》第一百一十四条", DAY)
    assert [one.id for one in answer.similar] == ["复议案例-10"]


@pytest.mark.parametrize(
    ("description", "facts", "basis", "where"),
    [
        (None, None, None, "description"),
        ("   ", {}, "", "description"),
        ("卖过期食品", None, "随便写的依据", "basis"),
        ("卖过期食品", {"goods_value": -1}, None, "facts.goods_value"),
        ("卖过期食品", {"weather": "晴"}, None, "facts.weather"),
        ("过" * 20_001, None, None, "description"),
    ],
)
def test_what_cannot_be_worked_with_is_said(
    precedents: Precedents, description: str | None, facts: object, basis: str | None, where: str
) -> None:
    with pytest.raises(InputError) as refused:
        precedents.similar(description, facts, basis, DAY)
    assert refused.value.where == where
    assert refused.value.remedy
