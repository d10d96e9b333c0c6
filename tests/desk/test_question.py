"""The shape of a question, the day and the party it speaks of, and what a follow-up points to."""

import datetime as dt

import pytest

from assistant.desk.question import Shape, day_of, is_elliptic, party_of, pointer_of, shape_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("未取得许可经营旅馆怎么处罚", Shape.PENALTY),
        ("拒绝安全检查罚多少", Shape.PENALTY),
        ("擅自改变规划用途", Shape.PENALTY),
        ("第一次违法能不能免罚", Shape.VERDICT),
        ("这种情况可以不予处罚吗", Shape.VERDICT),
        ("治安管理处罚法什么时候施行的", Shape.TIME),
        ("2025年的案件适用新法还是旧法", Shape.TIME),
        ("环境保护法现在还有效吗", Shape.TIME),
        ("什么是违法所得", Shape.DEFINITION),
        ("重大行政决策是指什么", Shape.DEFINITION),
        ("行政复议的申请期限是几天", Shape.LIMIT),
        ("扣押最长可以多久", Shape.LIMIT),
        ("噪声扰民归哪个部门管", Shape.AUTHORITY),
        ("申请食品经营许可需要什么材料", Shape.CONDITIONS),
        ("行政处罚的种类有哪些", Shape.CONDITIONS),
        ("去年的履责率是多少", Shape.METRIC),
        ("今年一共办了多少件案件", Shape.METRIC),
        ("单位可以扣工资吗", Shape.GENERAL),
    ],
)
def test_shapes(text: str, shape: Shape) -> None:
    assert shape_of(text) is shape


def test_a_named_article_asks_for_its_text_unless_more_is_asked() -> None:
    assert shape_of("行政处罚法第三十三条怎么规定的", names_article=True) is Shape.ARTICLE
    assert shape_of("食品安全法第124条", names_article=True) is Shape.ARTICLE
    assert shape_of("违反食品安全法第三十四条怎么处罚", names_article=True) is Shape.PENALTY


def test_days() -> None:
    today = dt.date(2026, 11, 23)
    assert day_of("2025年3月2日的行为", today) == (dt.date(2025, 3, 2), "2025年3月2日")
    assert day_of("去年的案子", today)[0] == dt.date(2025, 6, 30)
    assert day_of("2025年2月31日", today) == (None, None)
    assert day_of("行政处罚法（2021年修订）", today) == (None, None)


def test_parties() -> None:
    assert party_of("如果是个人呢") == ("自然人", "个人")
    assert party_of("泄露个人信息怎么罚") == (None, None)
    assert party_of("公司和个人各罚多少") == (None, None)


def test_pointers() -> None:
    second = pointer_of("那第二款呢？")
    assert second is not None
    assert second.paragraph == 2
    before = pointer_of("上一条呢")
    assert before is not None
    assert (before.step, before.number) == (-1, None)
    other = pointer_of("第36条呢")
    assert other is not None
    assert other.number == "第三十六条"
    assert pointer_of("占道经营怎么处罚") is None
    assert is_elliptic("如果是个人呢")
    assert not is_elliptic("未取得食品经营许可从事经营怎么处罚")
