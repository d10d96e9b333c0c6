"""Lists as lawyers write them: taken whole, or refused with every problem and its line."""

import datetime as dt
import time
from pathlib import Path

import pytest

from assistant.errors import KnowledgeError
from assistant.knowledge.lists import load_lists
from assistant.law.library import Library
from assistant.rules.evaluate import evaluate, unknown_facts
from assistant.rules.exemption import Exemption
from assistant.rules.listed import why_not
from assistant.schema import CaseFacts
from assistant.settings import ROOT

GOOD = """清单: 试
地域: 天津市
类别: 不予处罚
性质: 官方
来源: {标题: 试}
事实: [{名称: 面积, 类型: 数, 问题: 多大？}]
事项:
  - 编号: 1
    事项: 甲
    条件: {初次违法: 是, 危害后果: {属于: [无, 轻微]}, 涉及人数: {不少于: 1, 不超过: 3}, 面积: {不超过: 10}}
    罚则: [《价格法》第四十二条]
"""


def _load(folder: Path, text: str, library: Library) -> object:
    (folder / "试.yaml").write_text(text, encoding="utf-8")
    return load_lists((folder,), library)


def test_what_the_product_holds(library: Library) -> None:
    held = load_lists((ROOT / "knowledge_base" / "lists",), library)
    assert len(held.rules) >= 120
    assert all(head.issuer or head.nature == "示例" for head in held.lists.values())
    # Nobody held any of them against the original yet, so none carries a conclusion.
    assert all(why_not(head, dt.date(2026, 11, 23)) for head in held.lists.values())
    lapsed = held.lists["天津市-人社"]
    assert "2026-07-31到期" in (why_not(lapsed, dt.date(2026, 8, 1)) or "")
    assert "到期" not in (why_not(lapsed, dt.date(2026, 7, 31)) or "")


def test_the_language(tmp_path: Path, library: Library) -> None:
    rule = _load(tmp_path, GOOD, library).rules[0]  # type: ignore[attr-defined]
    assert rule.when is not None
    facts = {"first_violation": True, "harm": "无", "affected_people": 3, "other": {"面积": 10.0}}
    assert evaluate(rule.when, CaseFacts.model_validate(facts)) == "met"
    assert evaluate(rule.when, CaseFacts.model_validate(facts | {"affected_people": 0})) == "unmet"
    assert evaluate(rule.when, CaseFacts.model_validate(facts | {"harm": "一般"})) == "unmet"
    some = CaseFacts.model_validate({"first_violation": True, "affected_people": 2})
    assert evaluate(rule.when, some) == "unknown"
    assert unknown_facts(rule.when, some) == ("harm", "other.面积")
    # One unmet condition settles it, whatever is not known.
    assert evaluate(rule.when, CaseFacts.model_validate({"affected_people": 4})) == "unmet"
    assert str(rule.punished_by[0]) == "《中华人民共和国价格法》第四十二条"
    assert rule.where == "试.yaml:8"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("初次违法: 是", "初犯: 是", 10, "不认识的事实“初犯”"),
        ("初次违法: 是", "初次违法: 大概", 10, "只能是 是 或 否"),
        ("[无, 轻微]", "[无, 较轻]", 10, "“较轻”不对，只能是无、轻微"),
        ("不少于: 1", "不少于: -1", 10, "“-1”不对"),
        ("不少于: 1", "大于: 1", 10, "不认识的比较“大于”"),
        ("初次违法: 是", "初次违法: {不超过: 3}", 10, "不能比较大小"),
        ("面积: {不超过: 10}", "面积: {不超过: 大}", 10, "值应当是数"),
        ("面积: {不超过: 10}", "面积: {不超过: 是}", 10, "值应当是数"),
        ("初次违法: 是", "初次违法: 是, 初次违法: 否", 10, "写了两次"),
        ("初次违法: 是", "任一: {初次违法: 是}", 10, "应当是条件的列表"),
        ("类别: 不予处罚", "类别: 免罚", 3, "“免罚”不在可用的值里"),
        ("性质: 官方", "性质: 正式", 4, "“正式”不在可用的值里"),
        ("地域: 天津市\n", "", 1, "缺少“地域”"),
        ("地域: 天津市", "地域: 天津市\n作者: 某", 3, "不认识的键“作者”"),
        ("    事项: 甲\n", "", 8, "缺少“事项”"),
        ("《价格法》第四十二条", "《价格法》第九百条", 11, "查不到"),
        ("《价格法》第四十二条", "《某某条例》第一条", 11, "不在语料里"),
        ("《价格法》第四十二条", "价格法", 11, "“价格法”"),
        ("来源: {标题: 试}", "来源: {标题: 试, 核对人: 某}", 5, "同时写"),
        ("类型: 数", "类型: 数字", 6, "“数字”不在可用的值里"),
        (GOOD.splitlines()[9].strip(), "条件: 不详", 10, "应当是键值对，或者写待核"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, library: Library, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    with pytest.raises(KnowledgeError) as refused:
        _load(tmp_path, GOOD.replace(old, new, 1), library)
    found = [problem for problem in refused.value.problem.splitlines() if words in problem]
    assert found, refused.value.problem
    assert found[0].startswith(f"试.yaml:{line}：")


def test_all_problems_of_all_files_at_once(tmp_path: Path, library: Library) -> None:
    (tmp_path / "甲.yaml").write_text(GOOD.replace("官方", "正式").replace("天津市", ""), encoding="utf-8")
    (tmp_path / "乙.yaml").write_text(GOOD.replace("[无, 轻微]", "[有]").replace("初次违法", "初犯"), encoding="utf-8")
    (tmp_path / "丙.yaml").write_text("清单: [没有写完", encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load_lists((tmp_path,), library)
    for words in ("缺少“地域”", "“有”不对", "“初犯”", "丙.yaml"):
        assert words in refused.value.problem


def test_fifty_checks_a_second_on_one_core(library: Library) -> None:
    engine = Exemption(library, load_lists((ROOT / "knowledge_base" / "lists",), library))
    facts = {"first_violation": True, "harm": "轻微", "corrected": "责令期限内改正"}
    text = "某便利店2026年3月1日被检查发现部分商品没有标价，是第一次，责令后按期改正，只有两名顾客询问过价格。" * 4
    engine.check(text, facts, dt.date(2026, 11, 23))
    begun = time.process_time()
    for _ in range(25):
        engine.check(text, facts, dt.date(2026, 11, 23))
    assert (time.process_time() - begun) / 25 < 0.02
