"""The file a text is kept in: written, read back the same, and refused with file and line when it is wrong."""

import datetime as dt
from pathlib import Path

import pytest

from assistant.errors import KnowledgeError
from assistant.knowledge.instrument import Piece
from assistant.knowledge.texts import Text, file_name, read_text, read_texts, render, scan, write_text

TRICKY = ("丁。", "第三条 看着像条。", "# 看着像标题", "\\ 反斜线", "【附】像段")
TEXT = Text(
    title="示例市河道清洁管理办法",
    kind="地方政府规章",
    id="示例市河道清洁管理办法@2020-03-05",
    issuer="示例市人民政府",
    document_no="示例市人民政府令第12号",
    region="示例市",
    passed=dt.date(2020, 3, 5),
    published=dt.date(2020, 3, 9),
    commenced=dt.date(2020, 5, 1),
    effective=dt.date(2020, 5, 1),
    source="示例市人民政府网",
    nature="官方",
    doubts=("发文机关",),
    note="a: b # 不是注释",
    masthead=("（2020年3月5日通过）", "- 横线"),
    digest="ab" * 32,
    origin="办法: 一.docx",
    origin_digest="cd" * 32,
    pieces=(
        Piece(None, "序言", ("根据上位法，制定本办法。",)),
        Piece("第一条", "第一条", ("甲：", "（一）乙；", "（二）丙。"), ("第一编 总则", "第一章 通则")),
        Piece("第二条", "第二条", TRICKY, ("第一编 总则", "第二章 其他")),
        Piece("第三条", "第三条", ("",), ("第一编 总则",)),
        Piece("第三条之一", "第三条之一", ("---", "<!-- 注 -->"), ("第二编 分则", "第一章 通则", "第一节 节")),
        Piece(None, "附件1", ("附件1 表", "甲 | 乙"), ("附件1",)),
        Piece(None, "附件2·一", ("一、戊",), ()),
    ),
)  # fmt: skip


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    path = write_text(TEXT, tmp_path / "深" / "处")
    assert read_text(path) == TEXT
    assert [p.name for p in path.parent.iterdir()] == ["示例市河道清洁管理办法@2020-03-05.md"]


def test_versions_and_articles_of_a_folder(tmp_path: Path) -> None:
    write_text(TEXT, tmp_path / "规章")
    (tmp_path / "README.md").write_text("# 说明")
    versions, articles = read_texts(tmp_path)
    version = versions[0]
    assert (version.id, version.kind, version.region) == (TEXT.id, "地方政府规章", "示例市")
    assert version.span.from_ == dt.date(2020, 5, 1)
    assert version.start_certain
    assert version.version_date == dt.date(2020, 3, 5)
    assert version.source.title == "示例市人民政府网"
    assert [a.id for a in articles][:3] == [f"{TEXT.id}#序言", f"{TEXT.id}#第一条", f"{TEXT.id}#第二条"]
    assert [a.number for a in articles] == [None, "第一条", "第二条", "第三条", "第三条之一", None, None]
    assert articles[1].text == "甲：\n（一）乙；\n（二）丙。"
    assert articles[4].path == ("第二编 分则", "第一章 通则", "第一节 节")
    assert [a.position for a in articles] == list(range(7))


def test_a_day_that_is_not_known_is_not_certain(tmp_path: Path) -> None:
    write_text(TEXT._replace(effective=None, doubts=("施行日期",)), tmp_path)
    version = read_texts(tmp_path)[0][0]
    assert version.span.from_ == dt.date(2020, 3, 5)
    assert not version.start_certain
    assert not version.doubtful


def test_a_text_without_any_day_is_doubtful_and_a_case_is_not(tmp_path: Path) -> None:
    bare = TEXT._replace(id="", passed=None, published=None, commenced=None, effective=None)
    write_text(bare, tmp_path / "a")
    write_text(bare._replace(title="某案", kind="案例"), tmp_path / "b")
    assert [(v.id, v.doubtful) for v in read_texts(tmp_path)[0]] == [
        ("示例市河道清洁管理办法@日期不详", True),
        ("某案@日期不详", False),
    ]


def test_a_file_written_by_hand(tmp_path: Path) -> None:
    (tmp_path / "手写.md").write_text(
        "---\n标题: 示例规定\n类别: 规范性文件\n施行日期: 2024-01-01\n---\n"
        "# 示例规定\n## 第一章 总则\n第一条 甲。\n（一）乙。\n第二条　丙。\n",
        encoding="utf-8",
    )
    versions, articles = read_texts(tmp_path)
    assert versions[0].id == "示例规定@2024-01-01"
    assert versions[0].source.nature == "待核"
    assert [(a.label, a.text) for a in articles] == [("第一条", "甲。\n（一）乙。"), ("第二条", "丙。")]


def test_every_problem_of_every_file_is_reported_with_its_line(tmp_path: Path) -> None:
    good = render(TEXT)
    (tmp_path / "a.md").write_text("# 没有文件头\n第一条 甲。")
    (tmp_path / "b.md").write_text(
        "---\n标题: 乙\n标题: 丙\n类别: 法律书\n施行日期: 2024-02-30\n颜色: 红\n---\n第一条 甲。"
    )
    (tmp_path / "c.md").write_text(
        "---\n标题: 丁\n类别: 法律\n---\n散落的话\n第一条 甲。\n第二条 乙。\n第一条 丙。\n# 别的标题"
    )
    (tmp_path / "d.md").write_text("---\n标题: [\n---\n第一条 甲。")
    (tmp_path / "e.md").write_text(good)
    (tmp_path / "f.md").write_text(good)
    (tmp_path / "g.md").write_bytes(b"---\n\xff\xfe")
    (tmp_path / "h.md").write_text("---\n标题: 戊\n类别: 法律\n---\n")
    with pytest.raises(KnowledgeError) as caught:
        read_texts(tmp_path)
    problem = caught.value.problem
    for expected in (
        "a.md:1：没有文件头",
        "b.md:3：字段“标题”重复",
        "b.md:4：类别“法律书”不在其列",
        "b.md:5：施行日期“2024-02-30”不是日期",
        "b.md:6：不认识的字段“颜色”",
        "c.md:5：正文第一条之前有不属于任何条的文字",
        "c.md:8：“第一条”重复",
        "c.md:9：正文标题与文件头的标题“丁”不同",
        "d.md:",
        "f.md：编号“示例市河道清洁管理办法@2020-03-05”与",
        "g.md:1：不是 UTF-8",
        "h.md:4：没有正文",
    ):
        assert expected in problem
    assert [t.id for t in scan(tmp_path).texts] == [TEXT.id]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_texts(tmp_path / "没有") == ([], [])


@pytest.mark.parametrize("title", ["甲/乙\\丙:丁", "很长的标题" * 40, "..隐藏", "带\n换行"])
def test_a_name_that_every_file_system_takes(title: str, tmp_path: Path) -> None:
    text = TEXT._replace(title=" ".join(title.split()), id="")
    name = file_name(text)
    assert len(name.encode()) <= 200
    assert not name.startswith(".")
    assert read_text(write_text(text, tmp_path)).title == text.title
