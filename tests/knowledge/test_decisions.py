"""Decisions as lawyers write them: taken whole, or refused with every problem and its line."""

from pathlib import Path

import pytest

from assistant.errors import KnowledgeError
from assistant.knowledge.decisions import load_decisions, render
from assistant.law.library import Library
from assistant.schema import Decision
from assistant.settings import ROOT

GOOD = """---
编号: 示例-01
标题: 示例案
文书: 行政复议
日期: {决定: 2026-03-01}
行为: 销售超过保质期的食品
处理结果: [变更]
理由类别: [明显不当]
情节: {初次违法: 是, 货值金额: 120}
金额: {原罚款: 50000}
依据: [《食品安全法》第一百二十四条第一款第（五）项]
性质: 示例
来源: {标题: 为测试编写}
见到: 全文
---
## 事实
示例。
"""


def _load(folder: Path, text: str, library: Library, name: str = "示例.md") -> tuple[Decision, ...]:
    (folder / name).write_text(text, encoding="utf-8")
    return load_decisions((folder,), library)


@pytest.fixture(scope="module")
def held(library: Library) -> dict[str, Decision]:
    return {one.id: one for one in load_decisions((ROOT / "knowledge_base" / "decisions",), library)}


def test_what_the_product_holds(held: dict[str, Decision]) -> None:
    assert len(held) >= 24
    # Nobody held any of them against the paper, so none is shown as official.
    assert {one.nature for one in held.values()} == {"待核"}
    for one in held.values():
        if one.seen == "仅标题":
            assert one.outcomes == ("未见",)
            assert one.reasons == ("未见",)
            assert not one.basis
            assert "仅见标题" in one.text
        assert one.source.title
        assert one.unseen
    changed = held["复议案例-02"]
    assert changed.outcomes == ("变更",)
    assert changed.corrected
    assert "变更后的罚款数额" in changed.unseen
    assert "结果罚款" not in changed.amounts
    # Mediation, withdrawal and an unknown end put nothing right.
    assert not any(held[f"复议案例-{n}"].corrected for n in ("01", "04", "06", "10"))


def test_a_decision_is_read_and_written_back_the_same(tmp_path: Path, library: Library) -> None:
    (read,) = _load(tmp_path, GOOD, library)
    assert read.facts.value("goods_value") == 120
    assert read.facts.value("first_violation") is True
    assert str(read.basis[0]) == "《中华人民共和国食品安全法》第一百二十四条第一款第（五）项"
    assert read.office is None
    (again,) = _load(tmp_path, render(read), library)
    assert again.model_copy(update={"where": read.where}) == read


def test_every_decision_of_the_product_survives_being_written(
    tmp_path: Path, library: Library, held: dict[str, Decision]
) -> None:
    for at, one in enumerate(held.values()):
        (tmp_path / f"{at:02}.md").write_text(render(one), encoding="utf-8")
    again = load_decisions((tmp_path,), library)
    assert [one.model_copy(update={"where": ""}) for one in again] == [
        one.model_copy(update={"where": ""}) for one in held.values()
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("编号: 示例-01\n", "", 2, "“编号”没有写"),
        ("编号: 示例-01", "编号: 示例/01", 2, "不能有空格和斜线"),
        ("文书: 行政复议", "文书: 复议", 4, "“复议”不在可用的值里：行政复议、行政诉讼、行政处罚"),
        ("日期: {决定: 2026-03-01}", "日期: {决定: 2026-02-31}", 5, "“2026-02-31”不是有效的日期"),
        ("日期: {决定: 2026-03-01}", "日期: {判决: 2026-03-01}", 5, "不认识"),
        ("行为: 销售超过保质期的食品", "行为: 未见", 6, "“行为”没有写"),
        ("处理结果: [变更]", "处理结果: [胜诉]", 7, "“胜诉”不在可用的值里"),
        ("处理结果: [变更]", "处理结果: [变更, 未见]", 7, "写了未见，就不能再写别的结果"),
        ("处理结果: [变更]", "处理结果: []", 7, "至少写一项"),
        ("理由类别: [明显不当]", "理由类别: [太重]", 8, "“太重”不在可用的值里"),
        ("初次违法: 是", "初犯: 是", 9, "不认识的情节“初犯”"),
        ("货值金额: 120", "货值金额: -1", 9, "“货值金额”的值“-1”不对"),
        ("原罚款: 50000", "原罚款: -5", 10, "不合情理"),
        ("原罚款: 50000", "原罚款: 五万", 10, "应当是数（元）"),
        ("第一百二十四条第一款第（五）项", "第九百条", 11, "查不到"),
        ("《食品安全法》第一百二十四条第一款第（五）项", "《某某条例》第一条", 11, "不在语料里"),
        ("《食品安全法》第一百二十四条第一款第（五）项", "食品安全", 11, "应当是一处引文"),
        ("性质: 示例", "性质: 正式", 12, "“正式”不在可用的值里"),
        ("来源: {标题: 为测试编写}", "来源: {标题: 甲, 核对人: 乙}", 13, "同时写"),
        ("见到: 全文", "见到: 全文\n见到: 摘要", 15, "写了两次"),
        ("见到: 全文", "见到: 全文\n作者: 某", 15, "不认识"),
        ("## 事实\n示例。\n", "", 15, "没有正文"),
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
    assert found[0].startswith(f"示例.md:{line}：")


def test_two_decisions_with_one_number_and_all_problems_of_all_files_at_once(tmp_path: Path, library: Library) -> None:
    (tmp_path / "甲.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "乙.md").write_text("没有文件头", encoding="utf-8")
    (tmp_path / "丙.md").write_text(GOOD.replace("[变更]", "[没变]"), encoding="utf-8")
    (tmp_path / "丁.md").write_bytes("---\n编号: 中文".encode("gbk"))
    (tmp_path / "戊.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "己.md").write_text("---\n编号: [没写完\n---\n正文", encoding="utf-8")
    (tmp_path / "README.md").write_text("不是案例", encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load_decisions((tmp_path,), library)
    told = refused.value.problem
    for words in ("乙.md:1：没有文件头", "丙.md:7", "丁.md:1：不是 UTF-8", "编号“示例-01”与", "己.md:1"):
        assert words in told
    assert "戊.md:2" in told or "甲.md:2" in told
