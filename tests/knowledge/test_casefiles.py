"""The standard of case files: what is held is sound, and every problem of a bad one is told at once."""

import datetime as dt
from pathlib import Path

import pytest

from assistant.casefiles import CHECKS
from assistant.errors import KnowledgeError
from assistant.knowledge.casefiles import KINDS, STANDARD, load_case_file_rules
from assistant.law.library import Library
from assistant.settings import ROOT

TODAY = dt.date(2026, 11, 23)
FOLDER = ROOT / "knowledge_base" / "casefiles"


def test_the_standard_is_worth_a_hundred_and_says_that_it_is_not_official(library: Library) -> None:
    rules = load_case_file_rules(FOLDER, library, TODAY, CHECKS)
    items = rules.standard.items
    assert sum(item.points for item in items) == 100
    assert sum(item.points for item in items if item.part == "卷面") == 20
    assert {item.check for item in items} == set(CHECKS)
    assert rules.standard.nature == "待核"
    assert all(item.source and item.nature in ("待核", "示例") for item in items)


def test_every_problem_is_told_with_its_line(library: Library, tmp_path: Path) -> None:
    (tmp_path / STANDARD).write_text(
        """标准: 试
性质: 待核
说明: 试
项目:
  - {代码: F01, 名称: 甲, 类型: 否决, 检查: 没有这项, 适用程序: [普通], 依据: [], 来源: 甲, 性质: 待核}
  - {代码: F01, 名称: 乙, 类型: 否决, 检查: 印章, 适用程序: [普通], 依据: [《处罚法》第九百条], 来源: 甲, 性质: 待核}
  - {代码: J01, 名称: 丙, 类型: 计分, 部分: 卷面, 检查: 印章, 适用程序: [普通], 依据: [], 来源: 甲, 性质: 待核}
  - {代码: J02, 名称: 丁, 类型: 计分, 部分: 卷面, 分值: 1, 检查: 印章, 适用程序: [听证], 依据: [], 来源: 甲, 性质: 待核}
  - {代码: F02, 名称: 戊, 类型: 否决, 分值: 3, 检查: 印章, 适用程序: [普通], 依据: [], 来源: 甲, 性质: 待核, 备注: 无}
""",
        encoding="utf-8",
    )
    (tmp_path / KINDS).write_text(
        "文书:\n  - {种类: 甲书, 阶段: 天上, 标题: [甲书]}\n  - {种类: 乙书, 阶段: 立案, 标题: [甲书]}\n",
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeError) as refused:
        load_case_file_rules(tmp_path, library, TODAY, CHECKS)
    for said in (
        f"{STANDARD}:5：没有“没有这项”这项检查",
        f"{STANDARD}:6：代码F01已经在{STANDARD}:5用过",
        f"{STANDARD}:6：依据“《处罚法》第九百条”核对不到",
        f"{STANDARD}:7：“分值”缺少或者不对",
        f"{STANDARD}:8：“适用程序”只能写",
        f"{STANDARD}:9：不认识的键“备注”",
        f"{STANDARD}:9：否决项没有分值",
        f"{KINDS}:2：没有“天上”这个阶段",
        f"{KINDS}:3：标题“甲书”已经属于甲书",
    ):
        assert said in refused.value.problem


def test_a_folder_without_its_files_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="没有这个文件"):
        load_case_file_rules(tmp_path, library, TODAY, CHECKS)
