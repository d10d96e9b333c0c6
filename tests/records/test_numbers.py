"""Numbers from rows: the same metrics as the reports', each by its rows, and none where the rows cannot tell."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.records.figures import OfficeFigures
from assistant.records.importing import Source
from assistant.records.office import Records
from assistant.schema import FigureAnswer
from assistant.settings import ROOT
from assistant.stats.catalogue import Catalogue
from tests.records.conftest import TODAY

Ask = Callable[[str], FigureAnswer]

OFFICERS = """证号,部门,证件状态,发证日期,注销日期
A1,应急管理局,正常,2020-01-01,
A2,应急局,正常,2020-01-01,
A3,应急局,注销,2020-01-01,2026-06-30
B1,市场监管局,正常,2020-01-01,
B2,市场监管局,正常,2026-09-01,
C1,统计局,正常,2020-01-01,
"""
DUTIES = """权责编码,事项名称,实施主体
Q1,甲,应急局
Q2,乙,应急局
Q3,丙,市场监管局
Q4,丁,统计局
"""
INSPECTIONS = """检查编号,执法主体,检查日期,检查对象,执法证号,权责编码
J1,应急局,2026-01-05,甲公司,A1、A2,Q1
J2,应急局,2026-02-05,甲公司,A3,Q1
J3,应急局,2026-07-05,乙公司,A1,Q1
J4,市监局,2026-07-06,丙公司,B1,Q3
J5,市监局,2026-08-06,丙公司,B1,Q3
J6,市监局,2025-07-06,丙公司,B1,Q3
"""
PENALTIES = """决定书文号,执法主体,决定日期,当事人,罚款金额（万元）,程序,执法证号,权责编码
P1,应急局,2026-07-10,甲公司,2,普通程序,A1,Q1
P2,应急局,2026-08-10,甲公司,0.5,简易程序,A1,Q1
P3,市监局,2026-04-10,丙公司,1,普通程序,B1,Q3
P4,应急局,2025-08-10,王小明,0.02,简易程序,A1,Q1
"""
SUITS = """案号,被告,立案日期,开庭日期,负责人是否出庭,结案日期
S1,应急局,2026-01-01,2026-02-01,是,2026-03-01
S2,应急局,2026-02-01,2026-03-01,否,2026-04-01
S3,市监局,2026-03-01,2027-01-10,,
"""


@pytest.fixture
def figures(tmp_path: Path, catalogue: Catalogue) -> Iterator[OfficeFigures]:
    records = Records(tmp_path / "home", ROOT / "knowledge_base", catalogue, lambda: TODAY)
    for name, text in (
        ("人员", OFFICERS),
        ("权责", DUTIES),
        ("检查", INSPECTIONS),
        ("处罚", PENALTIES),
        ("应诉", SUITS),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        report = records.importer.bring_in(Source(path))
        assert report.done.counts.rejected == 0, report.problems
    yield OfficeFigures(catalogue, records)
    records.close()


@pytest.fixture
def ask(figures: OfficeFigures) -> Ask:
    return lambda question: figures.query(question, TODAY)


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("今年三季度应急局罚了多少次", 2, "条"),
        ("应急管理局今年7月到8月处罚多少件", 2, "条"),
        ("今年一共罚了多少钱", 3.5, "万元"),
        ("市场监管局今年罚了多少钱", 1, "万元"),
        ("今年上半年检查多少次", 2, "条"),
        ("今年应急局检查了多少家企业", 2, "家"),
        ("今年简易程序处罚多少件", 1, "件"),
        ("今年处罚了多少家企业", 2, "家"),
        ("应急局今年人员参与率", 100, "%"),  # of the two on the register now; the third left in June
        ("今年全区履责率", 50, "%"),  # Q1 and Q3 of four
        ("今年归集执法信息多少条", 8, "条"),
        ("今年负责人出庭应诉率", 50, "%"),  # of the hearings held; the one to come does not count
        ("今年三季度处罚比二季度多多少", 1, "条"),
        ("今年三季度处罚同比增长多少", 100, "%"),
        ("应急局比市场监管局今年多罚多少件", 1, "条"),
        ("今年应急局处罚占全区的比重", 66.67, "%"),
        ("截至6月底行政执法人员多少人", 4, "人"),
        ("今年处罚比去年同期多多少", 2, "条"),
        ("哪个部门处罚最多", 2, "条"),
        ("今年哪个单位检查最少", 0, "条"),
    ],
)
def test_the_number_asked_for(ask: Ask, question: str, value: float, unit: str) -> None:
    answer = ask(question)
    assert answer.answered, answer.text
    if answer.value is None:  # two departments side by side: their difference stands in the words
        assert f"多{value}{unit}" in answer.text
    else:
        assert (answer.value, answer.unit) == (value, unit), answer.text


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("今年三季度税务局罚了多少次", "税务局"),
        ("2023年各部门处罚排名", "明细不在这一时段"),
        ("明年处罚多少件", "还没有到"),
        ("今年热线工单多少件", "没有导入“热线工单”的明细"),
        ("各部门复议案件排名", "没有导入“复议”的明细"),
        ("今年应急局无人机处罚多少件", "无人机"),
        ("应急局今年处罚要几个人", "量词"),
        ("今年处罚比检查多几天", "答不了"),
        ("今年每个月执法人员多少人", "不按月累计"),
    ],
)
def test_what_the_rows_cannot_tell_gets_no_number(ask: Ask, question: str, why: str) -> None:
    answer = ask(question)
    assert not answer.answered, answer.text
    assert answer.value is None
    assert not answer.values
    assert why in answer.text


@pytest.mark.parametrize("question", ["违法占地哪个部门处罚", "哪个部门处罚", "应急局可以罚多少", "检查最多几次"])
def test_questions_of_law_are_left_to_the_law(figures: OfficeFigures, question: str) -> None:
    answer = figures.answer(question, TODAY)
    assert answer is None or not answer.answered


def test_both_denominators_of_a_number_of_two_definitions_are_told(ask: Ask) -> None:
    answer = ask("今年人均执法量多少")
    assert answer.value == 2.67  # 8 records; A1, A2 and B1 took part and are on the register
    assert "另一口径：归集执法信息8条 ÷ 行政执法人员5人 = 1.6件" in answer.text
    assert any(flag.code == "definition_differs" for flag in answer.flags)


def test_a_number_names_its_files_its_rows_and_its_rule(ask: Ask) -> None:
    answer = ask("今年三季度应急局罚了多少次")
    assert "处罚明细中部门为应急管理部门、决定日期在2026年7月1日至9月30日的行数" in (answer.formula or "")
    assert "《处罚.csv》" in answer.operands[0].source
    assert answer.rows[0].rows == 2
    assert (answer.rows[0].since, answer.rows[0].until) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))


def test_the_last_three_are_by_each_measure_and_a_unit_without_any_case_is_among_them(ask: Ask) -> None:
    answer = ask("末位三个单位是哪些")
    assert [r.metric for r in answer.rankings] == ["人员参与率", "履责率", "人均执法量"]
    duties = answer.rankings[1]
    assert duties.tail[0] == "统计局"
    assert {line.department: line.value for line in duties.lines}["统计局"] == 0
    load = answer.rankings[2]
    assert [line.note for line in load.lines if line.rank is None] == ["分母为0，算不出"]  # nobody there takes part
    assert "不合成总分" in answer.text


def test_ties_share_their_place_and_are_all_named(ask: Ask) -> None:
    answer = ask("今年上半年检查次数倒数一名是哪个部门")
    assert set(answer.rankings[0].tail) == {"市场监督管理局", "统计局"}
    assert [line.rank for line in answer.rankings[0].lines] == [1, 2, 2]


def test_months_are_counted_one_by_one_and_the_unfinished_one_is_marked(ask: Ask) -> None:
    answer = ask("今年每个月处罚多少件")
    assert [p.value for p in answer.months] == [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0]
    assert [p.whole for p in answer.months][-2:] == [True, False]


@pytest.mark.parametrize(
    ("question", "whole", "value"),
    [
        ("那市监局呢", "市场监督管理局2026年7月1日至9月30日行政处罚多少", 0),
        ("二季度呢", "应急管理部门2026年4月1日至6月30日行政处罚多少", 0),
        ("那去年呢", "应急管理部门2025年7月1日至9月30日行政处罚多少", 1),
        ("罚了多少钱", "应急管理部门2026年7月1日至9月30日行政处罚罚款金额多少", 2.5),
        ("同比呢", "应急管理部门2026年7月1日至9月30日行政处罚同比增长多少", 100),
    ],
)
def test_a_follow_up_keeps_what_it_leaves_out(figures: OfficeFigures, question: str, whole: str, value: float) -> None:
    followed = figures.follow(question, "今年三季度应急局罚了多少次", TODAY)
    assert followed is not None
    assert followed[0] == whole
    assert followed[1].value == value


def test_days_that_the_rows_do_not_reach_are_told(ask: Ask) -> None:
    answer = ask("今年处罚多少件")
    assert any("最晚是2026-08-10" in flag.text for flag in answer.flags)


def test_a_published_number_that_the_rows_contradict_gets_both(figures: OfficeFigures, tmp_path: Path) -> None:
    path = tmp_path / "旧.csv"
    path.write_text("决定书文号,执法主体,决定日期\nO1,应急局,2024-01-05\nO2,应急局,2024-12-20\n", encoding="utf-8")
    figures.records.importer.bring_in(Source(path, kind="处罚"))
    answer = figures.query("2024年行政处罚多少件", TODAY)
    assert answer.value == 249
    (flag,) = [f for f in answer.flags if "与导入的明细对不上" in f.text]
    assert flag.code == "inconsistent"
    assert "公布249条，按明细2条" in flag.text
    sheet = figures.records.comparison(2024)
    by_name = {(line.metric, line.as_of): line for line in sheet.lines}
    assert by_name["行政处罚", dt.date(2024, 12, 23)].agrees is False
    assert by_name["行政处罚", dt.date(2024, 10, 31)].counted == 1
    assert by_name["行政检查记录", dt.date(2024, 12, 23)].agrees is None
    told = figures.query("平台数据和年报对得上吗", TODAY)
    assert told.answered
    assert "公布249条，按明细2条，对不上，明细少247条" in told.text


def test_without_rows_it_is_said_and_how_to_bring_them_in(tmp_path: Path, catalogue: Catalogue) -> None:
    bare = OfficeFigures(catalogue, Records(tmp_path / "none", ROOT / "knowledge_base", catalogue, lambda: TODAY))
    for question in ("末位三个单位是哪些", "今年三季度应急局罚了多少次", "平台数据和年报对得上吗"):
        answer = bare.query(question, TODAY)
        assert not answer.answered
        assert "counsel stats import" in answer.text
    assert bare.query("履责率是多少", TODAY).value == 77.15


def test_the_report_of_a_year_without_published_numbers_is_made_of_rows(figures: OfficeFigures) -> None:
    import io

    from docx import Document

    document = Document(io.BytesIO(figures.report(2026)))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    (fines,) = [row for row in rows if row[0] == "行政处罚罚款金额"]
    assert fines[1] == "3.5万元"
    assert "《处罚.csv》" in fines[3]
    assert [row[0] for row in rows if row[0].startswith("应急")] == ["应急管理部门"]
    stated = Document(io.BytesIO(figures.report(2024)))
    assert any("数据核对" in p.text for p in stated.paragraphs)
