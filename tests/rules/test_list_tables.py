"""An office's own list out of a table: columns guessed, conditions taken only where the words say them wholly."""

import datetime as dt
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import KnowledgeError
from assistant.knowledge.list_tables import draft_list, read_conditions
from assistant.knowledge.lists import load_lists
from assistant.law.library import Library
from assistant.rules.exemption import Exemption

HEAD = {
    "清单": "测试清单", "地域": "经开区", "类别": "不予处罚", "性质": "官方",
    "来源": {"标题": "表格", "核对人": "某人", "核对日": dt.date(2026, 1, 1)},
}  # fmt: skip
ROWS = [
    ["经开区测试清单", "", "", ""],
    ["序号", "违法行为", "处罚依据", "适用条件"],
    ["1", "宠物店未公示寄养价格", "《价格法》第四十二条", "初次违法，危害后果轻微，及时改正"],
    ["2", "花店未标注产地", "《某市条例》第三条", "首次违法，及时改正，且面积在50平方米以下"],
    ["3", "书店未公示退货办法", "", "初次违法或者及时改正"],
]


def _xlsx(file: Path) -> Path:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(file)
    return file


def _docx(file: Path) -> Path:
    document = Document()
    table = document.add_table(rows=0, cols=4)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(file))
    return file


def _csv(file: Path) -> Path:
    file.write_bytes("\r\n".join(",".join(row) for row in ROWS).encode("gb18030"))
    return file


@pytest.mark.parametrize(("name", "write"), [("甲.xlsx", _xlsx), ("甲.docx", _docx), ("甲.csv", _csv)])
def test_a_table_becomes_a_list(tmp_path: Path, library: Library, name: str, write: object) -> None:
    draft = draft_list(write(tmp_path / name), HEAD, library)  # type: ignore[operator]
    assert dict(draft.columns) == {"编号": "序号", "事项": "违法行为", "罚则": "处罚依据", "条件": "适用条件"}
    first, second, third = draft.items
    assert first["条件"] == {"初次违法": "是", "危害后果": {"属于": ["无", "轻微"]}, "及时改正": "是"}
    assert first["罚则"] == ["《中华人民共和国价格法》第四十二条"]
    assert second["条件不全"] == "是"
    assert second["语料外"] == ["《某市条例》第三条"]
    assert "50平方米" in second["说明"]
    assert third["条件"] == "待核"  # an alternative is a person's to write
    assert draft.unread == 2
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "甲.yaml").write_text(draft.text, encoding="utf-8")
    engine = Exemption(library, load_lists((tmp_path / "lists",), library))
    facts = {"first_violation": True, "harm": "轻微", "corrected": "责令期限内改正"}
    for matter, status in (
        ("宠物店未公示寄养价格", "met"),
        ("花店未标注产地", "unmet"),
        ("书店未公示退货办法", "unmet"),
    ):
        answer = engine.check(None, {**facts, "violation": matter}, dt.date(2026, 11, 23))
        assert [g.status for g in answer.grounds if g.kind == "list"] == [status]


@pytest.mark.parametrize(
    ("text", "condition", "whole"),
    [
        (
            "初次违法且危害后果轻微并及时改正的",
            {"初次违法": "是", "危害后果": {"属于": ["无", "轻微"]}, "及时改正": "是"},
            True,
        ),
        ("货值金额不超过1万元，没有违法所得", {"货值金额": {"不超过": 10000}, "违法所得": {"不超过": 0}}, True),
        ("涉及人数不超过3人；责令限期改正后改正", {"涉及人数": {"不超过": 3}, "及时改正": "是"}, True),
        ("及时改正，经营面积较小", {"及时改正": "是"}, False),
        ("及时改正，但造成死亡的除外", {}, False),
        ("", {}, False),
    ],
)
def test_conditions_in_words(text: str, condition: dict[str, object], whole: bool) -> None:
    assert read_conditions(text) == (condition, whole)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("甲.csv", "甲,乙\n1,2", "表头"),
        ("甲.csv", "序号,违法行为\n", "没有事项"),
        ("甲.xlsx", "不是表格", "不是可读的.xlsx"),
        ("甲.docx", "不是文档", "不是可读的.docx"),
        ("甲.pdf", "", "不会读"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, library: Library, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        draft_list(tmp_path / name, HEAD, library)
    assert words in str(refused.value)


def _messy(file: Path) -> Path:
    """A table as it comes: a title across, a line of the filler, two rows of headings, merged cells, wide figures."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["经开区城市管理轻微违法不予处罚清单（２０２６年版）"],
        ["填报单位：综合执法局"],
        ["序号", "执法领域", "违法行为", "法律依据", "", "适用条件", "", "备注"],
        ["", "", "", "违反条款", "处罚条款", "适用情形", "配套措施", ""],
        [
            "１",
            "市容环境",
            "未按规定设置户外广告",
            "《广告法》第四十一条",
            "",
            "初次违法；货值金额不超过５０００元",
            "批评教育",
            "",
        ],
        ["２、", "", "未及时清扫责任区", "", "", "首次；涉及人数不超过３人", "", ""],
        [""],
        ["二、停车管理"],
        ["２", "停车管理", "车辆违停", "", "《道路交通安全法》第九十条", "", "", ""],
        ["备注：本清单由综合执法局负责解释"],
    ):
        sheet.append(row)
    for area in ("A1:H1", "D3:E3", "F3:G3", "A3:A4", "B3:B4", "C3:C4", "H3:H4", "B5:B6", "A8:H8", "A10:H10"):
        sheet.merge_cells(area)
    book.save(file)
    return file


def test_a_table_as_it_comes_is_read_and_what_is_wrong_is_told_by_row(tmp_path: Path, library: Library) -> None:
    draft = draft_list(_messy(tmp_path / "城管.xlsx"), HEAD, library)
    assert dict(draft.columns) == {
        "编号": "序号", "事项": "违法行为", "领域": "执法领域", "违则": "违反条款", "罚则": "处罚条款",
        "条件": "适用情形", "配套": "配套措施", "说明": "备注",
    }  # fmt: skip
    assert [item["领域"] for item in draft.items] == ["市容环境", "市容环境", "停车管理"]
    assert draft.items[0]["条件"] == {"初次违法": "是", "货值金额": {"不超过": 5000}}
    assert draft.items[1]["条件"] == {"初次违法": "是", "涉及人数": {"不超过": 3}}
    assert draft.problems == ("第9行：编号“2”与第6行重复",)
    assert [row[:5] for row in draft.skipped] == ["第8行：二", "第10行："]
    again = draft_list(_messy(tmp_path / "城管.xlsx"), HEAD, library, renumber=True)
    assert again.problems == ()
    assert [item["编号"] for item in again.items] == ["1", "2", "3"]


def test_a_table_with_a_problem_is_shown_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNSEL_HOME", str(tmp_path / "home"))
    file = _messy(tmp_path / "城管.xlsx")
    command = ["kb", "import-list", str(file), "--title", "城管清单", "--region", "经开区", "-y"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert "处罚条款" in result.output  # the mapping is shown all the same
    assert "第9行：编号“2”与第6行重复" in result.output
    assert not (tmp_path / "home" / "lists").exists()
    assert CliRunner().invoke(app, [*command, "--renumber"]).exit_code == 0
    assert (tmp_path / "home" / "lists" / "城管.yaml").is_file()


def test_columns_that_are_missing_and_another_separator(tmp_path: Path, library: Library) -> None:
    file = tmp_path / "甲.csv"
    file.write_text("违法行为;无关\n花店未标注产地;甲\n书店未公示退货办法;乙\n", encoding="utf-8")
    draft = draft_list(file, HEAD, library)
    assert draft.absent == ("编号", "罚则", "条件")
    assert draft.ignored == ("无关",)
    assert [(item["编号"], item["条件"]) for item in draft.items] == [("1", "待核"), ("2", "待核")]


def test_nothing_is_written_on_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNSEL_HOME", str(tmp_path / "home"))
    file = _xlsx(tmp_path / "甲.xlsx")
    command = ["kb", "import-list", str(file), "--title", "测试", "--region", "经开区", "-y"]
    assert CliRunner().invoke(app, [*command, "--category", "没有这一类"]).exit_code != 0
    assert not (tmp_path / "home" / "lists").exists()
    assert CliRunner().invoke(app, command).exit_code == 0
    written = tmp_path / "home" / "lists" / "甲.yaml"
    before = written.read_text(encoding="utf-8")
    assert "核对人: null" in before
    assert CliRunner().invoke(app, command).exit_code != 0  # there already
    assert written.read_text(encoding="utf-8") == before


def test_kb_check_reports_every_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNSEL_HOME", str(tmp_path))
    assert CliRunner().invoke(app, ["kb", "check"]).exit_code == 0
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "坏.yaml").write_text(
        "清单: 坏\n地域: 某地\n类别: 甲\n性质: 乙\n来源: {标题: 丙}\n事项: [{编号: 1}]\n"
    )
    result = CliRunner().invoke(app, ["kb", "check"])
    assert result.exit_code == 1
    for words in ("坏.yaml:3", "坏.yaml:4", "坏.yaml:6"):
        assert words in result.output
