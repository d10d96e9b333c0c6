"""Outcomes and reasons counted from what is held: every count has the decisions behind it, and none is a rate."""

import re

from assistant.precedents import DecisionQuery, Precedents
from assistant.precedents.statistics import statistics
from assistant.schema import Citation, Decision, DecisionStatistics, ListSource
from tests.precedents.conftest import DAY


def _counts(found: DecisionStatistics, of: str) -> dict[str, int]:
    return {one.name: one.count for one in getattr(found, of)}


def _made(number: str, office: str | None, outcome: str, *reasons: str, basis: tuple[str, ...] = ()) -> Decision:
    return Decision(
        id=number,
        title=number,
        kind="行政复议",
        office=office,
        field="城市管理",
        conduct="占道经营",
        outcomes=(outcome,),  # type: ignore[arg-type]
        reasons=reasons,  # type: ignore[arg-type]
        nature="示例",
        source=ListSource(title="示例"),
        seen="全文",
        basis=tuple(Citation(law="中华人民共和国行政处罚法", article=one) for one in basis),
        text="示例",
        where="示例",
    )


def test_counts_of_the_published_cases(precedents: Precedents) -> None:
    found = precedents.statistics(DecisionQuery(), DAY)
    outcomes = _counts(found, "outcomes")
    assert outcomes["变更"] == 2
    assert outcomes["撤销"] == outcomes["维持"] == outcomes["调解"] == outcomes["撤回"] == 1
    assert found.total == len(precedents.decisions)
    assert found.known == 6
    assert sum(one.count for one in found.outcomes) == found.total
    # Mediation and withdrawal found nothing against the office.
    assert found.corrected.count == 3
    assert set(found.corrected.decisions) == {"复议案例-02", "复议案例-03", "复议案例-05"}
    assert _counts(found, "corrections") == {"变更·明显不当": 2, "撤销·依据不合法": 1}
    for group in (found.outcomes, found.reasons, found.fields, found.offices):
        for one in group:
            assert one.count == len(one.decisions)
            assert set(one.decisions) <= set(found.titles)
    assert found.outcomes[-1].name == "未见"


def test_the_note_says_how_few_and_no_rate_is_given(precedents: Precedents) -> None:
    found = precedents.statistics(DecisionQuery(), DAY)
    assert f"只统计库里现有的{found.total}个案例" in found.note
    assert "数量太少" in found.note
    assert not re.search(r"[%％]|百分之", found.model_dump_json())


def test_a_fault_that_recurs_is_shown_for_the_office_with_its_provisions() -> None:
    decisions = [
        _made("甲1", "某城管局", "撤销", "程序违法", basis=("第四十四条",)),
        _made("甲2", "某城管局", "确认违法", "程序违法", "说理不足", basis=("第四十五条",)),
        _made("甲3", "某城管局", "维持", "合法适当"),
        _made("甲4", "某城管局", "调解", "程序违法"),  # nothing was found against the office
        _made("乙1", "另一局", "撤销", "明显不当"),
    ]
    (office, field) = statistics(decisions).recurring
    assert (office.by, office.name, office.reason, office.count, office.of) == ("机关", "某城管局", "程序违法", 2, 4)
    assert office.decisions == ("甲1", "甲2")
    assert office.basis == ("《中华人民共和国行政处罚法》第四十四条", "《中华人民共和国行政处罚法》第四十五条")
    assert (field.by, field.name, field.count, field.of) == ("领域", "城市管理", 2, 5)


def test_offices_without_a_name_are_not_one_office(precedents: Precedents) -> None:
    found = precedents.statistics(DecisionQuery(), DAY)
    assert not [one for one in found.recurring if one.by == "机关"]
    (field,) = found.recurring
    assert (field.name, field.reason, field.count) == ("市场监管", "明显不当", 2)
    assert statistics([]).note == "没有符合条件的案例。"


def test_decisions_are_listed_by_what_is_asked(precedents: Precedents) -> None:
    changed = precedents.listing(DecisionQuery(outcome="变更"), DAY)
    assert {one.id for one in changed.decisions} == {"复议案例-02", "复议案例-03"}
    assert changed.statistics.total == changed.total == 2
    by_law = precedents.listing(DecisionQuery(provision="食品安全法124条"), DAY)
    assert {one.id for one in by_law.decisions} == {"复议案例-01", "复议案例-03"}
    told = precedents.listing(DecisionQuery(text="年报没有公示被罚款", outcome="变更"), DAY)
    assert told.decisions[0].id == "复议案例-02"
    assert precedents.listing(DecisionQuery(own=True), DAY).total == 0
    assert precedents.listing(DecisionQuery(field="没有的领域"), DAY).statistics.total == 0


def test_a_view_says_what_is_not_known_and_has_its_citations(precedents: Precedents) -> None:
    view = precedents.view("复议案例-01", DAY)
    assert view is not None
    assert [(one.law, one.article, one.verdict) for one in view.related][1] == (
        "中华人民共和国食品安全法", "第一百二十四条", "verified",
    )  # fmt: skip
    assert any(one.article == "第三十七条" for one in view.citations)
    for one in view.citations:
        assert view.decision.text[one.start : one.end] == one.text
    assert any("没有见到" in one and "调解后的罚款数额" in one for one in view.cautions)
    assert any("没有人与原文核对过" in one for one in view.cautions)
    assert precedents.view("没有这个", DAY) is None
