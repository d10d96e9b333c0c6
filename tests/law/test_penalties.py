"""Penalty clauses out of an article. The texts here are made up: the law itself is measured in the evaluations."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law.penalties import amounts, coverage, penalty_clauses
from assistant.schema import AmountBounds, PenaltyClause


def fines(text: str) -> list[PenaltyClause]:
    return [clause for clause in penalty_clauses(text) if clause.kind == "罚款"]


@pytest.mark.parametrize(
    ("words", "low", "high", "base", "per"),
    [
        ("处一万元以上五万元以下的罚款", 10_000, 50_000, "fixed", None),
        ("处三千元以下罚款", 0, 3_000, "fixed", None),
        ("处五十万元以上罚款", 500_000, None, "fixed", None),
        ("处五千元的罚款", 5_000, 5_000, "fixed", None),
        ("处五千元至二万元罚款", 5_000, 20_000, "fixed", None),
        ("处1万元以上5万元以下的罚款", 10_000, 50_000, "fixed", None),
        ("处5,000元以下罚款", 0, 5_000, "fixed", None),
        ("处违法所得一倍以上十倍以下的罚款", 1, 10, "违法所得", None),
        ("处合同金额百分之二以上百分之四以下的罚款", 0.02, 0.04, "合同金额", None),
        ("处采购金额千分之五以上千分之十以下的罚款", 0.005, 0.01, "采购金额", None),
        ("处所欠费用百分之五十以上三倍以下的罚款", 0.5, 3, "所欠费用", None),
        ("处货值金额等值以上三倍以下的罚款", 1, 3, "货值金额", None),
        ("按每人二百元以上五百元以下的标准处以罚款", 200, 500, "fixed", "人"),
        ("处每平方米十元以上三十元以下罚款", 10, 30, "fixed", "平方米"),
        ("按日处一百元至三百元的罚款", 100, 300, "fixed", "日"),
        ("处以罚款", None, None, None, None),
    ],
)
def test_ranges_bases_and_units(words: str, low: float, high: float | None, base: str | None, per: str | None) -> None:
    (clause,) = fines(f"违反本办法规定，私设风车的，由主管部门责令改正，{words}。")
    assert (clause.min, clause.max, clause.base, clause.per) == (low, high, base, per)


def test_conditions_are_inherited_until_others_replace_them() -> None:
    text = (
        "风车经营单位违反本办法规定，不挂风铃的，由主管部门责令改正，给予警告；拒不改正的，处一万元以上五万元以下罚款，"
        "对直接负责的主管人员处一千元以上五千元以下罚款；情节严重的，处五万元以上十万元以下罚款，可以吊销风车许可证。"
    )
    got = [(c.kind, c.max, c.condition_kind, c.subject_kind, c.discretion) for c in penalty_clauses(text)]
    assert got == [
        ("警告", None, "base", "单位", "应当"),
        ("罚款", 50_000, "拒不改正", "单位", "应当"),
        ("罚款", 5_000, "拒不改正", "责任人员", "应当"),
        ("罚款", 100_000, "情节严重", "单位", "应当"),
        ("吊销许可证件", None, "情节严重", "单位", "可以"),
    ]


def test_persons_in_charge_answer_beside_the_aggravation_of_the_unit() -> None:
    text = "不挂风铃的，处一万元罚款；情节严重的，吊销许可证；对直接负责的主管人员处二千元以下罚款。"
    assert fines(text)[-1].condition_kind == "base"
    paired = "情节严重的，对单位处一万元罚款；对个人处一千元罚款。"
    assert [c.condition_kind for c in fines(f"不挂风铃的，责令改正；{paired}")] == ["情节严重", "情节严重"]


def test_a_condition_of_quantity_says_its_bounds() -> None:
    text = (
        "出售废风车的，没收违法所得；货值金额不足一万元的，并处二千元以上二万元以下罚款；货值金额一万元以上的，"
        "并处货值金额二倍以上五倍以下罚款；没有违法所得的，可以处一千元以下罚款；有违法所得的，没收违法所得。"
    )
    bounds = [c.applies_if for c in penalty_clauses(text)][1:]
    assert bounds == [
        AmountBounds(quantity="货值金额", max=10_000),
        AmountBounds(quantity="货值金额", min=10_000),
        AmountBounds(quantity="违法所得", max=0, max_closed=True),
        AmountBounds(quantity="违法所得", min=0, min_open=True),
    ]
    under, over, none, some = bounds
    assert under is not None
    assert over is not None
    assert none is not None
    assert some is not None
    assert (under.holds(9_999), under.holds(10_000), over.holds(10_000)) == (True, False, True)
    assert (none.holds(0), some.holds(0), some.holds(1)) == (True, False, True)


def test_floor_cap_and_least() -> None:
    floor = fines("卖假风车的，并处货值金额三倍以上五倍以下的罚款，货值金额不足一万元的，按一万元计算。")
    assert [(c.max, c.floor) for c in floor] == [(5, 10_000)]
    (capped,) = fines("私雇风车夫的，处每私雇一人一千元，总额不超过二万元的罚款。")
    assert (capped.min, capped.per, capped.cap) == (1_000, "人", 20_000)
    (least,) = fines("少缴风费的，处少缴费用百分之五十以上二倍以下的罚款，但罚款不得低于五百元。")
    assert least.least == 500


def test_what_is_joined_by_or_and_what_by_and() -> None:
    warning, fine = penalty_clauses("转动风车过快的，处警告或者五百元以下罚款。")
    assert (warning.kind, warning.alternative, fine.alternative) == ("警告", True, True)
    detention, fine = penalty_clauses("毁坏风车的，处五日以上十日以下拘留，可以并处一千元以下罚款。")
    assert (detention.kind, detention.min, detention.max, detention.base) == ("行政拘留", 5, 10, "日")
    assert (fine.combination, fine.discretion, fine.alternative) == ("并处", "可以", False)


def test_two_bases_in_one_fine_are_two_clauses() -> None:
    got = fines("滥用风力的，处五千万元以下或者上一年度营业额百分之五以下罚款。")
    assert [(c.max, c.base) for c in got] == [(50_000_000, "fixed"), (0.05, "上一年度营业额")]


def test_items_carry_the_penalties_of_their_list() -> None:
    text = (
        "对负有责任的风车单位依照下列规定处以罚款：\n（一）一般事故的，处一万元罚款；\n（二）重大事故的，处九万元罚款。"
    )
    assert [(c.item, c.max, c.subject_kind) for c in fines(text)] == [(1, 10_000, "单位"), (2, 90_000, "单位")]
    conduct = "有下列行为之一的，处一万元罚款：\n（一）吊销风铃的；\n（二）拒绝警告标志的。"
    assert [c.kind for c in penalty_clauses(conduct)] == ["罚款"]


def test_references_and_days() -> None:
    (clause,) = penalty_clauses("私修风车的，依照前款的规定处罚。")
    assert (clause.kind, clause.refers_to) == ("援引", "前款")
    (daily,) = penalty_clauses("拒不改正的，可以自责令改正之日的次日起，按照原处罚数额按日连续处罚。")
    assert (daily.kind, daily.min, daily.base, daily.per) == ("罚款", 1, "原处罚数额", "日")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("逾期不缴纳的，按日加收万分之五的滞纳金，并处一千元以下罚款。", "滞纳金"),
        ("到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款。", "加处罚款"),
        ("折断风车叶的，责令补种折断数量三倍的树木，并处一千元以下罚款。", "补救"),
        ("风车造价超过十万元的，处一千元以下罚款。", "条件"),
        ("拟处五千元以上罚款的，应当告知有要求听证的权利。", "程序"),
    ],
)
def test_amounts_that_are_no_penalty_are_told_apart(text: str, role: str) -> None:
    said = coverage(text)
    assert role in [e.role for e in said.elsewhere]
    assert not said.lost
    assert len(said.in_clauses) == text.count("一千元以下罚款")


def test_an_amount_that_ends_nowhere_is_reported() -> None:
    assert [a.text for a in coverage("违者应缴三万元，由村里收取罚款。").lost] == ["三万元"]
    assert coverage("违者处若干元的罚款。").lost


def test_orders_procedure_and_courts_are_no_administrative_penalties() -> None:
    assert penalty_clauses("当场处五百元以下罚款的，可以当场收缴罚款。") == ()
    assert [c.kind for c in penalty_clauses("未经许可经营风车的，责令停止风车业务活动，处一千元罚款。")] == ["罚款"]
    court = penalty_clauses("扰乱法庭的，人民法院可以处以一千元以下罚款、十五日以下拘留。")
    assert [(c.kind, c.judicial) for c in court] == [("罚款", True), ("其他", True)]


def test_whom_a_violation_is_described_of() -> None:
    def subject(text: str) -> tuple[str | None, str]:
        (clause,) = fines(text)
        return clause.subject, clause.subject_kind

    assert subject("违反本办法规定，风车建设单位未备案的，处一千元罚款。") == ("风车建设单位", "单位")
    assert subject("风车单位的主要负责人未履行职责的，处一千元罚款。") == ("风车单位的主要负责人", "责任人员")
    assert subject("律师有下列行为之一的，处一千元罚款。") == ("律师", "个人")
    assert subject("向外国人提供风车的，处一千元罚款。") == (None, "行为人")
    assert subject("介绍外国人修风车的，处一千元罚款。") == (None, "行为人")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            list("处以罚款对的，；。：\n（一）不足元万倍警告没收情节严重拒改正可并者或依照前款规定单位个人 a5%")
        ),
        max_size=60,
    )
)
def test_any_text_is_read_and_every_clause_stands_in_it(letters: list[str]) -> None:
    text = "".join(letters)
    for clause in penalty_clauses(text):
        start, end = clause.offsets
        assert text[start:end] == clause.text
        assert clause.min is None or clause.max is None or clause.min <= clause.max
    for amount in amounts(text):
        assert text[amount.start : amount.end] == amount.text
    assert len(coverage(text).in_clauses) <= len(amounts(text))


@pytest.mark.parametrize(
    "unit", ["处一万元以下的罚款", "对直接负责的主管人员", "一二三四五", "\n（一）有风车的，处一万元罚款；", "（"]
)
def test_a_hostile_text_takes_no_time_and_hides_no_amount(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    began = time.process_time()
    said = coverage(text)
    assert time.process_time() - began < 3
    assert all(e.role in ("罚则", "未读出") for e in said.amounts)
