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
    assert "该案另有更改食品日期标签" in (_point(other.open, "行为").note or "")
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
    assert precedents.find(description, kinds=("decision",), as_of=DAY) == ()
    assert answer.note.startswith("没有找到相近的案例")
    assert "不影响按法律和裁量基准作出判断" in answer.note


@pytest.mark.parametrize(
    ("description", "first"),
    [
        ("摆摊卖的蛋糕日子过了一天，就值几块钱，要罚我五千", "复议案例-01"),
        ("仓库里的罐头被我们把老日期刮掉喷了新的，一罐没卖", "复议案例-03"),
        ("工信那边没填去年年报，成了异常户", "复议案例-02"),
        ("老公上班出事没了，他妈每月的生活费社保不认", "复议案例-06"),
        ("工地坠亡一人，包工头和老板私了没上报", "复议案例-10"),
        ("收到一张不立案的条子，原因依据一个字没写", "复议案例-09"),
    ],
)
def test_everyday_words_find_the_decision_and_say_what_it_has_in_common(
    precedents: Precedents, description: str, first: str
) -> None:
    like = _first(precedents, description, None, None)
    assert like.id == first
    assert precedents.find(description, kinds=("decision",), as_of=DAY)[0].id == first
    assert (_point((*like.alike, *like.open), "行为").note or "").startswith("都有")


def test_how_it_ended_is_a_point_of_its_own_and_unseen_where_nobody_published_it(precedents: Precedents) -> None:
    like = _first(precedents, EXPIRED, None, BASIS, fine=50_000)
    ended = _point(like.open, "处理结果")
    assert (ended.theirs or "").startswith("调解（经复议调解，按新标准下调罚款；最后的数额未见）")
    label = _first(precedents, "举报人举报食品标签有瑕疵，我局不予立案，他申请复议", None, None)
    assert (_point(label.open, "处理结果").theirs, _point(label.open, "处理结果").note) == (
        "未见", "该案结果未见，不能作为先例引用",
    )  # fmt: skip


def test_another_kind_of_conduct_under_the_same_article_differs(precedents: Precedents) -> None:
    answer = precedents.similar("超市把没有检疫的猪肉当牛肉虚假宣传", None, "《食品安全法》第一百二十四条", DAY)
    assert {one.id for one in answer.similar} >= {"复议案例-01", "复议案例-03"}
    assert all(_point(one.differs, "行为").note for one in answer.similar if one.id in ("复议案例-01", "复议案例-03"))


def test_a_provision_in_the_description_counts_as_well(precedents: Precedents) -> None:
    assert _first(precedents, "有没有引用行政复议法第七十一条的案例", None, None).id == "复议案例-19"


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
