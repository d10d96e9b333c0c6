"""Proportionality and procedure: the cases of evals/cases/proportionality.yaml, and what must never happen."""

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import pytest

from assistant.errors import InputError, KnowledgeError
from assistant.knowledge.discretion import load_discretion
from assistant.law.library import Library
from assistant.rules.procedure import additional_fine, after_working_days
from assistant.rules.proportionality import Proportionality
from assistant.settings import ROOT
from evals.proportionality import ReviewCase, judge
from evals.reading import load_yaml

TODAY = dt.date(2026, 11, 23)
CASES = load_yaml(ReviewCase, ROOT / "evals" / "cases" / "proportionality.yaml")
FOOD = "《食品安全法》第一百二十四条第一款"


@pytest.fixture(scope="module")
def engine(library: Library) -> Proportionality:
    return Proportionality(library, load_discretion(ROOT / "knowledge_base" / "discretion", library, TODAY))


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(engine: Proportionality, case: ReviewCase) -> None:
    answer = engine.check(case.description, case.facts, case.basis, case.proposed, case.as_of, also=case.also)
    assert judge(case, answer) == [], answer.text
    assert len(answer.procedure) == 10
    assert answer.tier is None or answer.tier.nature == "待核"  # no benchmark is held
    assert all(index < len(answer.statutory) for index in answer.applicable)
    bad = [c for c in answer.citations if c.verdict not in ("verified", "repealed", "superseded", "not_yet_effective")]
    assert not bad, bad


def test_the_scorer_sees_each_kind_of_mistake(engine: Proportionality) -> None:
    case = next(c for c in CASES if c.id == "food-124-small-below")
    wrong = case.model_copy(
        update={
            "verdict": "within", "range": (1.0, 2.0), "finds": ("nothing",), "asks": ("age",),
            "not_finds": ("below_minimum_without_ground",), "procedure": {"notice": "overdue"},
        }
    )  # fmt: skip
    answer = engine.check(case.description, case.facts, case.basis, case.proposed, case.as_of)
    assert len(judge(wrong, answer)) == 6


def test_the_number_of_an_article_may_name_another_matter_in_the_new_text(engine: Proportionality) -> None:
    facts = {
        "conduct_date": "2026-12-20", "decision_date": "2027-02-10", "party_type": "企业", "illegal_gains": 0,
        "other": {"违法经营额": 60000},
    }  # fmt: skip
    answer = engine.check(None, facts, "《商标法》第六十条第二款", {"fine": 100000}, dt.date(2027, 2, 20))
    both = next(f for f in answer.findings if f.code == "both_computed")
    assert "商标法@2019-04-23：0元至300000元" in both.text
    assert "商标法@2026-06-26：0元至300000元" in both.text
    assert any(f.code == "old_law_or_new" and "新第七十四条" in f.text for f in answer.findings)


def test_a_cited_article_without_its_paragraph_is_asked_for_unless_the_words_choose(engine: Proportionality) -> None:
    facts = {"goods_value": 3000, "party_type": "企业", "illegal_gains": 0, "refused_correction": True}
    open_ = engine.check(None, facts, "《食品安全法》第一百二十五条", {"fine": 6000}, TODAY)
    assert open_.verdict == "needs_facts"
    assert "basis" in {one.fact for one in open_.missing}
    assert open_.range is None
    words = "生产经营的食品标签存在瑕疵但不影响食品安全且不会对消费者造成误导"
    chosen = engine.check(words, facts, "《食品安全法》第一百二十五条", {"fine": 6000}, TODAY)
    assert chosen.verdict == "above_maximum"
    assert chosen.range is not None
    assert chosen.range.max == 2000


def test_a_basis_that_is_not_held_is_unknown_not_false(engine: Proportionality) -> None:
    answer = engine.check(None, {"party_type": "企业"}, "《天津市某某管理条例》第三十条", {"fine": 4000}, TODAY)
    assert answer.verdict == "needs_facts"
    assert answer.statutory == ()
    assert {f.code for f in answer.findings} >= {"basis_not_held"}
    assert len(answer.procedure) == 10


def test_sub_ranges_are_offered_with_their_nature_and_are_no_tier(engine: Proportionality) -> None:
    answer = engine.check(None, {"goods_value": 1}, FOOD, {"fine": 60000}, TODAY)
    hint = next(f for f in answer.findings if f.code == "tier_hint")
    assert "待核" in hint.text
    assert "50000至65000元" in hint.text
    assert "不是正式阶次" in hint.text
    assert answer.tier is None


def test_large_amounts_keep_every_digit(engine: Proportionality) -> None:
    answer = engine.check(None, {"goods_value": 1234567.89, "illegal_gains": 0}, FOOD, {"fine": 13000000}, TODAY)
    assert answer.range is not None
    assert (answer.range.min, answer.range.max) == (12345678.9, 24691357.8)
    assert "24691357.8元" in answer.text
    assert "e+" not in answer.text


@pytest.mark.parametrize("day", ["2026-10-09", "2026-10-10"])
def test_the_day_on_which_the_time_to_ask_for_a_hearing_ends_is_not_yet_over(engine: Proportionality, day: str) -> None:
    facts = {"goods_value": 1, "decision_date": day, "other": {"告知日": "2026-09-28", "情节严重": True}}
    answer = engine.check(None, facts, FOOD, {"fine": 60000, "kinds": ["吊销许可证"]}, TODAY)
    hearing = next(step for step in answer.procedure if step.code == "hearing")
    assert (hearing.status, hearing.due) == ("violated", dt.date(2026, 10, 10))


@pytest.mark.parametrize(
    ("start", "count", "last", "certain"),
    [
        ("2026-09-28", 5, "2026-10-10", True),  # 国庆 off, a Saturday worked
        ("2026-02-13", 6, "2026-02-28", True),  # 春节: 14 and 28 February are worked Saturdays
        ("2026-11-20", 1, "2026-11-23", True),
        ("2026-12-30", 7, "2027-01-08", False),  # 2027 is not published
    ],
)
def test_working_days(start: str, count: int, last: str, certain: bool) -> None:
    deadline = after_working_days(dt.date.fromisoformat(start), count)
    assert (deadline.day.isoformat(), deadline.certain) == (last, certain)
    assert ("没有收录" in deadline.note) is not certain


def test_the_additional_fine_is_three_percent_a_day_and_never_more_than_the_fine() -> None:
    due = dt.date(2026, 3, 1)
    assert additional_fine(10000, due, due) == 0
    assert additional_fine(10000, due, dt.date(2026, 3, 11)) == 3000
    assert additional_fine(333.33, due, dt.date(2026, 3, 2)) == Decimal("10.00")
    assert additional_fine(10000, due, dt.date(2026, 12, 1)) == 10000
    suspended = [(dt.date(2026, 3, 3), dt.date(2026, 3, 6)), (dt.date(2026, 3, 5), dt.date(2026, 3, 7))]
    assert additional_fine(10000, due, dt.date(2026, 3, 11), suspended) == 1500
    with pytest.raises(InputError, match="0元以上"):
        additional_fine(-1, due, due)
    with pytest.raises(InputError, match="止早于起"):
        additional_fine(1, due, due, [(dt.date(2026, 3, 6), dt.date(2026, 3, 3))])


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("公民: 20000, 组织: 50000, 核对: 待确认", "不能写数额"),
        ("公民: 20000, 组织: 50000, 核对: 核对", "没有“二万元”"),
        ("公民: 20000, 核对: 待核", "都要写"),
        ("公民: 很多, 组织: 1, 核对: 待核", "“公民”"),
        ("公民: 1, 组织: 1, 核对: 待核, 备注: 无", "不认识的键“备注”"),
    ],
)
def test_a_threshold_without_ground_is_refused(library: Library, tmp_path: Any, row: str, says: str) -> None:
    whole = f"程序: 听证, 领域: 通用, 依据: 《中华人民共和国行政处罚法》第六十三条, 来源: 条文写明, {row}"
    (tmp_path / "门槛.yaml").write_text(f"门槛:\n  - {{{whole}}}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says):
        load_discretion(tmp_path, library, TODAY)


def test_a_confirmed_threshold_decides_the_hearing(library: Library, tmp_path: Any) -> None:
    basis = "《中华人民共和国行政处罚法》第六十三条"
    row = f"程序: 听证, 领域: 市场监管, 公民: 7000, 组织: 70000, 依据: {basis}, 核对: 核对, 来源: 某文件"
    (tmp_path / "门槛.yaml").write_text(f"门槛:\n  - {{{row}}}\n", encoding="utf-8")
    engine = Proportionality(library, load_discretion(tmp_path, library, TODAY))
    facts = {"goods_value": 1, "field": "市场监管", "party_type": "企业"}
    status = {}
    for fine in (69999, 70000):
        answer = engine.check(None, facts, FOOD, {"fine": fine}, TODAY)
        status[fine] = next(step.status for step in answer.procedure if step.code == "hearing")
    assert status == {69999: "not_required", 70000: "required"}


def test_every_article_with_a_fine_is_reviewed_and_fifty_a_second(engine: Proportionality, library: Library) -> None:
    articles = [
        a for a in library.all_articles
        if a.number and "罚款" in a.text and library.version(a.version_id).kind == "法律"
    ][::5]  # fmt: skip
    facts = {"party_type": "企业", "goods_value": 8000, "illegal_gains": 500, "conduct_date": "2026-10-01"}
    begun = time.process_time()
    for article in articles:
        answer = engine.check(None, facts, str(article.citation), {"fine": 20000}, TODAY)
        wrong = [c for c in answer.citations if c.verdict in ("no_such_provision", "quote_mismatch", "out_of_scope")]
        assert not wrong, (article.id, wrong)
        assert answer.range is None or answer.range.max is None or answer.range.min <= answer.range.max
    assert (time.process_time() - begun) / len(articles) < 0.02


def test_a_description_over_the_limit_is_refused(engine: Proportionality) -> None:
    with pytest.raises(InputError, match="超过20000个字"):
        engine.check("甲" * 50_000, {}, FOOD, {"fine": 1}, TODAY)


def test_an_answer_to_a_question_settles_it(engine: Proportionality) -> None:
    basis, facts = (
        "《反不正当竞争法》第二十五条第一款",
        {"party_type": "企业", "harm": "严重", "conduct_date": "2026-03-01"},
    )
    first = engine.check(None, facts, basis, {"fine": 1500000}, TODAY)
    assert first.verdict == "needs_facts"
    (asked,) = first.missing
    verdicts = {}
    for answer in asked.options:
        more = facts | {"other": {asked.fact.removeprefix("other."): answer}}
        verdicts[answer] = engine.check(None, more, basis, {"fine": 1500000}, TODAY).verdict
    assert verdicts == {"是": "within", "否": "above_maximum"}
