"""Lists, benchmarks and decisions found by what happened and by provision, each with what it is worth."""

import datetime as dt
import time

import pytest

from assistant.precedents import Precedents
from tests.precedents.conftest import DAY


def test_a_lapsed_list_is_found_and_labelled(precedents: Precedents) -> None:
    hit = precedents.find("拿实习的名义招在校学生干活", kinds=("list",), as_of=DAY)[0]
    assert hit.kind == "list"
    assert hit.title.startswith("以实习名义招用在校学生（")
    assert hit.status == "已废止"
    assert hit.in_force.to == dt.date(2026, 7, 31)
    assert hit.source.nature == "待核"
    assert "2026-07-31到期" in (hit.note or "")
    before = precedents.find("拿实习的名义招在校学生干活", kinds=("list",), as_of=dt.date(2026, 7, 31))[0]
    assert before.id == hit.id
    assert before.status == "待核"  # in force by its dates, but nobody checked it
    assert (
        precedents.find("拿实习的名义招在校学生干活", kinds=("list",), as_of=dt.date(2021, 7, 31))[0].status
        == "尚未施行"
    )


def test_a_list_of_another_region_says_that_it_only_informs(precedents: Precedents) -> None:
    hits = precedents.find("楼道灭火器坏了", kinds=("list",), as_of=DAY)
    assert hits[0].title.startswith("灭火器损坏（")
    assert "上海市的清单，对经开区只作参考" in (hits[0].note or "")


def test_a_draft_is_never_in_force(precedents: Precedents) -> None:
    drafts = [
        hit
        for hit in precedents.find("娱乐场所没有悬挂警示标志", kinds=("list",), as_of=DAY)
        if hit.source.nature == "草案"
    ]
    assert drafts
    assert {hit.status for hit in drafts} == {"尚未施行"}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("食品安全法第一百二十四条第一款第五项", "复议案例-01"),  # the very item, though only connected
        ("食品安全法第124条", "复议案例-03"),  # cited by the decision itself
        ("《工伤保险条例》", "复议案例-06"),  # not in the corpus
        ("市场监督管理行政处罚程序规定第六十二条", "复议案例-07"),
    ],
)
def test_decisions_are_found_by_provision(precedents: Precedents, query: str, first: str) -> None:
    hits = precedents.find(query, kinds=("decision",), as_of=DAY)
    assert hits[0].id == first
    # Nothing but what rests on the law is an answer to a question by provision.
    assert {hit.id for hit in hits} <= {f"复议案例-{n:02}" for n in (1, 3, 6, 7, 8)}


@pytest.mark.parametrize("query", ["著作权法第十条", "引用《著作权法》第十条的复议案例有哪些？"])
def test_a_provision_that_nothing_rests_on_finds_nothing(precedents: Precedents, query: str) -> None:
    assert precedents.find(query, kinds=("list", "discretion", "decision"), as_of=DAY) == ()


def test_a_threshold_shows_its_state(precedents: Precedents) -> None:
    spot = precedents.find("当场处罚的限额", kinds=("discretion",), as_of=DAY)[0]
    assert spot.title == "当场处罚（通用）"
    assert "公民200元、组织3,000元" in spot.text
    assert (spot.status, spot.source.nature) == ("现行有效", "官方")
    hearing = precedents.find("听证的数额标准", kinds=("discretion",), as_of=DAY)[0]
    assert hearing.title == "听证（通用）"
    assert "待确认" in hearing.text
    assert (hearing.status, hearing.source.nature) == ("待核", "待核")


def test_a_decision_says_what_is_not_known_of_it(precedents: Precedents) -> None:
    hit = precedents.find("街道办责令限期拆除", kinds=("decision",), as_of=DAY)[0]
    assert hit.id == "复议案例-22"
    assert "仅见标题" in (hit.note or "")
    assert "案例供参考，不是法律依据" in (hit.note or "")
    assert hit.status == "待核"


@pytest.mark.parametrize("query", ["", "   ", "？！……", "\ud800", "a" * 100_000, "'; DROP TABLE decisions; --"])
def test_bad_queries_find_nothing_and_break_nothing(precedents: Precedents, query: str) -> None:
    assert isinstance(precedents.find(query, kinds=("list", "discretion", "decision"), as_of=DAY), tuple)
    assert precedents.find(query.strip() and "食品", kinds=(), as_of=DAY) == ()


def test_words_alone_take_milliseconds(precedents: Precedents) -> None:
    begun = time.process_time()
    for _ in range(20):
        precedents.find("超市卖过期食品货值很小第一次", kinds=("list", "decision"), as_of=DAY)
    assert (time.process_time() - begun) / 20 < 0.05
