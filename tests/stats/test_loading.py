"""A metric folder is taken whole, or refused with every problem, each with its file and line."""

import datetime as dt
from pathlib import Path

import pytest

from assistant.errors import KnowledgeError
from assistant.stats import load_metrics
from assistant.stats.formula import parse

BASE = """\
范围: [{名称: 经开区, 同义: [我区]}]
来源: {简称: 报告, 标题: 某报告, 年: 2024, 默认: 是}
指标:
  - {名称: 甲, 单位: 件, 同义: [甲件]}
  - {名称: 乙, 单位: 件}
  - {名称: 比, 单位: "%", 公式: 甲 / 乙}
数据:
  - {指标: 甲, 年: 2024, 值: 3, 位置: 一}
  - {指标: 乙, 年: 2024, 值: 4, 位置: 一}
"""


def refused(folder: Path, text: str) -> str:
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_metrics(folder)
    return caught.value.problem


def test_a_small_folder_loads_and_computes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BASE, encoding="utf-8")
    store = load_metrics(tmp_path)
    assert {m.name for m in store.metrics} == {"甲", "乙", "比"}


def test_all_problems_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    problem = refused(
        tmp_path,
        BASE.replace("公式: 甲 / 乙", "公式: 甲 / 丙, 公示: 错")
        .replace("值: 3", "值: 三")
        .replace("{指标: 乙, 年: 2024", "{指标: 乙, 指标: 乙, 年: 2024"),
    )
    assert "a.yaml:6" in problem
    assert "公示" in problem
    assert "a.yaml:8" in problem
    assert "“三”不是数" in problem
    assert "a.yaml:9 键“指标”重复" in problem


def test_a_formula_may_name_only_metrics_that_are_declared(tmp_path: Path) -> None:
    assert "没有定义的指标“丙”" in refused(tmp_path, BASE.replace("甲 / 乙", "甲 / 丙"))


def test_two_metrics_of_one_name_are_refused_with_both_places(tmp_path: Path) -> None:
    problem = refused(tmp_path, BASE.replace("名称: 乙, 单位", "名称: 甲, 单位").replace("甲 / 乙", "甲"))
    assert "a.yaml:5 指标“甲”已在 a.yaml:4 定义" in problem


def test_two_metrics_of_one_synonym_are_refused_and_told_how_to_mend(tmp_path: Path) -> None:
    problem = refused(tmp_path, BASE.replace("{名称: 乙, 单位: 件}", "{名称: 乙, 单位: 件, 同义: [甲件]}"))
    assert "“甲件”" in problem
    assert "泛称" in problem


def test_a_ring_of_formulas_is_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, BASE.replace("{名称: 乙, 单位: 件}", "{名称: 乙, 单位: 件, 公式: 比 * 甲}"))
    assert "循环引用" in problem


def test_only_one_report_may_be_the_default(tmp_path: Path) -> None:
    second = (
        "来源:\n  - {简称: 报告, 标题: 某报告, 年: 2024, 默认: 是}\n  - {简称: 另, 标题: 另一份, 年: 2025, 默认: 是}"
    )
    text = BASE.replace("来源: {简称: 报告, 标题: 某报告, 年: 2024, 默认: 是}", second).replace(
        "值: ", "来源: 报告, 值: "
    )
    assert "已是默认" in refused(tmp_path, text)


def test_a_broken_file_is_told_by_name(tmp_path: Path) -> None:
    assert "a.yaml" in refused(tmp_path, "指标: [\n")


def test_an_absent_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="没有这个指标文件夹"):
        load_metrics(tmp_path / "none")


@pytest.mark.parametrize("text", ["甲 +", "(甲", "甲 乙", "甲 ** 乙", ""])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="公式"):
        parse(text)


def test_a_word_where_a_list_belongs_is_told_how_to_be_written(tmp_path: Path) -> None:
    assert "“同义”要写成列表：同义: [甲件]" in refused(tmp_path, BASE.replace("同义: [甲件]", "同义: 甲件"))


def test_wholes_and_scopes_that_stand_under_themselves_are_refused(tmp_path: Path) -> None:
    text = BASE.replace("{名称: 甲, ", "{名称: 甲, 整体: 乙, ").replace("{名称: 乙, ", "{名称: 乙, 整体: 甲, ")
    assert "a.yaml:4 指标的整体循环：甲 → 乙 → 甲" in refused(tmp_path, text)
    ring = BASE.replace("[{名称: 经开区, ", "[{名称: 街道, 上级: 经开区}, {名称: 经开区, 上级: 街道, ")
    assert "范围的上级循环" in refused(tmp_path, ring)


def test_a_formula_that_divides_by_nought_is_refused(tmp_path: Path) -> None:
    assert "a.yaml:6 指标“比”的公式：公式除以零" in refused(tmp_path, BASE.replace("甲 / 乙", "甲 / 0"))


def test_a_divisor_that_is_nought_in_the_data_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BASE.replace("值: 4", "值: 0"), encoding="utf-8")
    store = load_metrics(tmp_path)
    assert store.remarks == ("a.yaml:6 指标“比”在经开区2024年不能计算：除数“乙”为零；核对该数，或改公式",)
    answer = store.query("2024年比是多少", dt.date(2026, 11, 24))
    assert not answer.answered
