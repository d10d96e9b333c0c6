"""Questions in everyday words and their answers."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.schema import FigureAnswer
from assistant.stats import MetricStore, load_metrics
from evals.reading import FOLDER, load_figures
from evals.scorers import fault

TODAY = dt.date(2026, 11, 23)


def ask(store: MetricStore, question: str) -> FigureAnswer:
    answer = store.answer(question, TODAY)
    assert answer is not None, question
    return answer


def test_every_question_of_the_evals_is_answered_right(store: MetricStore) -> None:
    cases = [case for file in sorted(FOLDER.glob("stats*.yaml")) for case in load_figures(file)]
    given = [(c, store.answer(c.question, c.today)) for c in cases]
    wrong = [(c.question, f) for c, a in given if (f := fault(c, a)) and (a is None or a.answered or not c.answered)]
    assert [w for w in wrong if "没有认出" not in w[1]] == []  # not one wrong number, and none where there is none
    declined = [c.question for c, a in given if fault(c, a)]
    assert len(declined) <= 0.06 * sum(c.answered and not c.not_mine for c in cases)
    assert len(cases) >= 1100
    assert sum(not c.answered for c in cases) >= len(cases) / 5


def test_the_first_question_of_the_brief(store: MetricStore) -> None:
    answer = ask(store, "履责率比十月底涨了多少？")
    assert (answer.value, answer.unit) == (5.54, "个百分点")
    assert answer.text.startswith("5.54个百分点")
    assert [(o.value, o.as_of) for o in answer.operands[:2]] == [
        (77.15, dt.date(2024, 12, 23)),
        (71.61, dt.date(2024, 10, 31)),
    ]
    assert "二（三）2." in answer.text


def test_a_rate_is_shown_with_its_formula_and_sources(store: MetricStore) -> None:
    answer = ask(store, "人员参与率多少")
    assert answer.formula == "参与执法人员265人 ÷ 行政执法人员288人 = 92.01%，与来源所写一致"
    assert {o.name for o in answer.operands} == {"人员参与率", "参与执法人员", "行政执法人员"}
    assert all("一、行政执法基本情况" in o.source for o in answer.operands)


def test_relative_years_are_read_against_today(store: MetricStore) -> None:
    assert ask(store, "去年商事登记多少件").value == 31715
    early = store.answer("去年商事登记多少件", dt.date(2025, 3, 1))
    assert early is not None
    assert early.value == 30944
    assert not ask(store, "今年商事登记多少件").answered


def test_what_is_missing_is_named_with_what_is_nearest(store: MetricStore) -> None:
    year = ask(store, "2023年经开区履责率多少")
    assert (year.answered, year.missing, year.value) == (False, "period", None)
    assert {o.value for o in year.nearest} == {77.15, 71.61}
    scope = ask(store, "市场监管局2024年处罚了多少件")
    assert scope.missing == "scope"
    assert "市场监管局" in scope.text
    metric = ask(store, "2024年经开区听证了多少次")
    assert metric.missing == "metric"
    assert "听证" in metric.text


def test_one_department_is_never_the_whole_district(store: MetricStore) -> None:
    assert ask(store, "应急部门罚了多少钱").value == 861.12
    assert not ask(store, "全区2024年罚款一共多少钱").answered


def test_a_word_that_is_not_understood_forbids_a_number(store: MetricStore) -> None:
    for question in ("2024年重大隐患查处多少项", "处罚人数多少", "安监对个人罚款多少万", "2024年工单办结率"):
        answer = store.answer(question, TODAY)
        assert answer is None or not answer.answered, question


def test_ambiguity_is_said_and_the_other_reading_offered(store: MetricStore) -> None:
    answer = ask(store, "2024年咨询了多少人次")
    assert answer.value == 5000
    vague = ask(store, "2024年办结多少件")
    assert vague.value == 103
    assert "也可能指" in vague.text


def test_where_no_time_is_named_the_others_are_offered(store: MetricStore) -> None:
    assert "另有截至2024年10月31日71.61%" in ask(store, "履责率是多少").text


def test_different_definitions_are_never_compared_in_silence(store: MetricStore) -> None:
    answer = ask(store, "经开区的人均执法量比滨海新区差多少")
    texts = [f.text for f in answer.flags if f.code == "definition_differs"]
    assert any("一线执法人员" in text for text in texts)
    assert any("年份不同" in text for text in texts)


def test_a_contradiction_goes_with_whatever_touches_it(store: MetricStore) -> None:
    for question in ("质量整改通知书几份", "四类整改通知书加起来多少份", "人均执法量是多少", "检查占归集信息的比重"):
        assert "inconsistent" in {f.code for f in ask(store, question).flags}, question
    assert "inconsistent" not in {f.code for f in ask(store, "10月底归集了多少条信息").flags}


def test_a_false_premise_is_not_explained(store: MetricStore) -> None:
    answer = ask(store, "为什么2024年处罚下降了")
    assert not answer.answered
    assert "没有原因" in answer.text


def test_a_number_in_the_question_is_held_against_the_one_known(store: MetricStore) -> None:
    assert "与库中的数不同" in ask(store, "执法人员300人里有多少人没参与执法").text
    assert "与库中的数不同" not in ask(store, "执法人员288人里有多少人没参与执法").text
    assert ask(store, "参与率超过95%了吗").text.startswith("没有达到95%")


def test_several_numbers_come_in_the_order_asked(store: MetricStore) -> None:
    answer = ask(store, "参与率、执法人员和参与执法人数分别是多少")
    assert answer.values == (92.01, 288, 265)
    assert answer.value is None


def test_the_wire_form_is_json_with_plain_numbers(store: MetricStore) -> None:
    wire = json.loads(ask(store, "安监平均每份处罚决定罚多少钱").model_dump_json())
    assert wire["value"] == 9.46
    assert wire["unit"] == "万元"
    assert {o["name"]: o["value"] for o in wire["operands"]} == {"安全处罚金额": 861.12, "安全行政处罚决定书": 91}


@pytest.mark.parametrize("question", ["", "  ", "履责率" * 4000])
def test_what_cannot_be_a_question_is_refused_with_a_remedy(store: MetricStore, question: str) -> None:
    with pytest.raises(InputError) as caught:
        store.query(question, TODAY)
    assert caught.value.remedy
    assert store.answer(question, TODAY) is None


@pytest.mark.parametrize(
    "question", ["？？？", "\x00", "𠀀𠀁", "1" * 150, "多少" * 100, "占占占比比比", "%", "年年年底底底"]
)
def test_nonsense_gets_no_number_and_breaks_nothing(store: MetricStore, question: str) -> None:
    answer = store.query(question, TODAY)
    assert not answer.answered
    assert answer.value is None


def test_a_question_takes_under_twenty_milliseconds(store: MetricStore) -> None:
    questions = ["履责率比十月底涨了多少？", "平均每家企业被检查几次", "检查" * 95, "销售过期食品罚多少钱"]
    start = time.process_time()
    for _ in range(5):
        for question in questions:
            store.answer(question, TODAY)
    assert (time.process_time() - start) / 20 < 0.02


def test_a_legal_question_with_a_word_of_ours_is_left_to_the_law(store: MetricStore) -> None:
    for question in ("行政强制措施是什么意思？", "行政处罚证据有哪几类", "企业负责人对事故负责按上一年收入多少罚"):
        assert store.answer(question, TODAY) is None, question


def test_no_legal_question_is_taken(store: MetricStore, shared: Path) -> None:
    lines = [line for file in sorted((shared / "evals").glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    questions = [json.loads(line)["query"] for line in lines]
    assert len(questions) > 1000
    assert [q for q in questions if store.answer(q, TODAY) is not None] == []


def test_two_questions_in_one_are_both_answered(store: MetricStore) -> None:
    answer = ask(store, "履责率多少？比十月底涨了多少？")
    assert answer.values == (77.15, 5.54)
    assert (answer.value, answer.unit) == (5.54, "个百分点")
    assert not ask(store, "人员参与率多少？2023年呢？").answered


def test_a_metric_and_a_figure_are_added_by_data_alone(tmp_path: Path, metrics_folder: Path) -> None:
    for file in metrics_folder.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "report-2025.yaml").write_text(
        "来源: {简称: 2025, 标题: 2025年报告, 年: 2025}\n"
        "数据:\n  - {指标: 履责率, 年: 2025, 截至: 2025-12-31, 值: 81.5, 位置: 一}\n",
        encoding="utf-8",
    )
    answer = load_metrics(tmp_path).answer("去年的履责率比前年提高了多少", TODAY)
    assert answer is not None
    assert (answer.value, answer.unit) == (4.35, "个百分点")


@pytest.mark.parametrize(
    "question",
    [
        "每个执法部门有多少执法人员",  # a table by department is not held
        "12345工单多少件",  # one channel of several
        "人均罚款多少",  # one department's fines over the district's officers
        "权责884项里行政处罚类多少项",
        "共同检查多少次",
        "为几个部门多少执法人员变更了证件",  # two numbers asked, one understood
        "2024年10月底到12月底归集信息平均每月新增多少",
        "末位约谈的是哪三个单位",  # names, of which only the number is held
        "行政诉讼一审几件",
        "年中履责率",
        "外地企业检查几家",
        "停工通知涉及面积多少",
        "建筑面积人均",  # one department's area over the district's officers
        "2024年查了多少、罚了多少（行政检查和行政处罚）",  # three numbers read for two
    ],
)
def test_what_a_number_would_not_cover_gets_none(store: MetricStore, question: str) -> None:
    answer = store.answer(question, TODAY)
    assert answer is None or not answer.answered


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("284人253人参与，参与率多少", 89.08),  # the numbers given are those of the end of October
        ("未参与人数年底比十月底减少几人", 8),
        ("整改意见平均到每次大检查多少条", 142),
        ("滨海新区2025年行政处罚中普通程序占多大比例", 69.7),  # 普通程序 of the district named, not of the zone
        ("热线工单比咨询多几倍", 1.45),
        ("开发区去年咨询量比前年翻了几番", 1.8),
        ("2024年11月底之前的数不要，履责率比十月底高几个百分点", None),
    ],
)
def test_who_stands_where_in_a_question_is_heeded(store: MetricStore, question: str, value: float | None) -> None:
    answer = store.query(question, TODAY)
    assert answer.value == value
    assert answer.answered is (value is not None)


@pytest.mark.parametrize(
    "question",
    [
        "如果再履行20项，履责率会是多少",
        "罚没入库率多少",
        "女执法人员有多少",
        "应急以外的处罚有几条",
        "行政处罚249条里安监占几条",
        "经开区近三年履责率",
        "商事登记两年增加了多少",
        "滨海新区2024年处罚的公布数是多少",
        "热线工单2025年比2024年增长多少个百分点",
        "执法人员证件申领几人",
        "招商局商事登记多少",
    ],
)
def test_what_is_supposed_changed_or_left_out_gets_no_number(store: MetricStore, question: str) -> None:
    answer = store.query(question, TODAY)
    assert not answer.answered
    assert (answer.value, answer.values) == (None, ())


def test_a_number_claimed_that_is_not_the_sources_is_not_confirmed(store: MetricStore) -> None:
    assert ask(store, "参与执法268人，对不对").text.startswith("不对：问题里写的268不是来源的数")


def test_a_word_heard_a_little_wrong_is_offered_and_not_taken(store: MetricStore) -> None:
    answer = store.query("旅责率是多少", TODAY)
    assert not answer.answered
    assert "履责率" in answer.text
    assert "履责率是多少" in answer.alternatives
