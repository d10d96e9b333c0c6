"""Exports and ledgers as offices have them: every row comes in, or is turned back with its line and why."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.records.importing import Importer, Source
from assistant.records.mapping import read_mapping
from assistant.records.store import RecordStore, quoted
from tests.records.conftest import Write

HEAD = ["处罚决定书文号", "执法主体", "处罚决定日期", "当事人名称", "罚款金额（元）"]
ROW = ["津开应急罚〔2026〕1号", "天津经济技术开发区应急管理局", dt.date(2026, 3, 5), "示例化工有限公司", 5000]


def held(store: RecordStore, kind: str, *columns: str) -> list[tuple[object, ...]]:
    table = store.table(kind, store.state())
    assert table is not None
    return store.ask(f"SELECT {', '.join(quoted(c) for c in columns)} FROM {table} ORDER BY _line")


def counted(importer: Importer, path: Path) -> dict[str, int]:
    return importer.bring_in(Source(path)).done.counts.model_dump()


def test_a_second_import_changes_nothing_and_a_changed_row_is_told(
    importer: Importer, records_store: RecordStore, write_xlsx: Write
) -> None:
    rows = [HEAD, ROW, ["津开应急罚〔2026〕2号", "应急局", "2026-03-06", "王小明", 800]]
    path = write_xlsx("a.xlsx", rows)
    assert counted(importer, path) == {"read": 2, "new": 2, "same": 0, "changed": 0, "rejected": 0}
    assert counted(importer, path) == {"read": 2, "new": 0, "same": 2, "changed": 0, "rejected": 0}
    rows[2][4] = 900
    report = importer.bring_in(Source(write_xlsx("b.xlsx", [*rows, ["3号", "安监局", "2026-03-07", "甲公司", 1]])))
    assert report.done.counts.model_dump() == {"read": 3, "new": 1, "same": 1, "changed": 1, "rejected": 0}
    (change,) = report.changes
    assert (change.line, change.column, change.before, change.after) == (3, "罚款金额", "800.00", "900.00")
    assert held(records_store, "处罚", "部门", "罚款金额") == [
        ("应急管理部门", 5000), ("应急管理部门", 900), ("应急管理部门", 1),
    ]  # fmt: skip


def test_the_counts_add_up_and_every_rejected_row_has_its_line_and_cause(importer: Importer, write_xlsx: Write) -> None:
    bad: list[list[object]] = [
        ["5号", "应急局", "24年3月5日", "甲公司", 1],
        ["6号", "应急局", dt.date(2027, 1, 1), "甲公司", 1],
        ["7号", None, dt.date(2026, 1, 1), "甲公司", 1],
        ["8号", "应急局", dt.date(2026, 1, 1), "甲公司", "五千"],
        ["9号", "应急局", dt.date(2026, 1, 1), "甲公司", -3],
        ["津开应急罚〔2026〕1号", "应急局", dt.date(2026, 1, 1), "乙公司", 3],
        ["合计", None, None, None, 5004],
        ["10号", "应急局", "#REF!", "甲公司", 1],
    ]
    report = importer.bring_in(Source(write_xlsx("a.xlsx", [HEAD, ROW, *bad, [None] * 5, ROW])))
    counts = report.done.counts
    assert (counts.read, counts.new, counts.same, counts.rejected) == (10, 1, 1, 8)
    told = {p.line: p.problem for p in report.problems}
    assert "年份要四位" in told[3]
    assert "在今天之后" in told[4]
    assert told[5] == "必填，却是空的"
    assert "只写阿拉伯数字" in told[6]
    assert "负数" in told[7]
    assert "编号与第2行相同，内容却不同" in told[8]
    assert "合计" in told[9]
    assert "公式出错" in told[10]


def test_titles_merged_headers_and_merged_departments(
    importer: Importer, records_store: RecordStore, write_xlsx: Write
) -> None:
    path = write_xlsx(
        "a.xlsx",
        [
            ["天津经开区2026年行政检查台账", *[None] * 6],
            ["填报单位：法制处", *[None] * 6],
            ["序号", "执法主体", "检查时间", "被检查单位", None, "执法人员", None],
            [None, None, None, "名称", "地址", "姓名", "执法证号"],
            [1, "市场监督管理局", "2026年3月5日", "甲公司", "某路1号", "张三、李四", "020101、020102"],
            [2, None, "２０２６－３－６", "乙公司", "某路2号", "张三", "020101"],
            [3, None, 46088, "丙公司", "某路3号", "李四", "020102"],
        ],
        merge=("A1:G1", "D3:E3", "F3:G3", "A3:A4", "B3:B4", "C3:C4", "B5:B7"),
    )
    report = importer.bring_in(Source(path))
    assert report.done.kind == "检查"
    assert report.done.counts.new == 3, report.problems
    (sheet,) = report.done.sheets
    assert sheet.header_rows == (3, 4)
    assert "被检查单位地址" in sheet.unused  # what is not asked for is not kept
    assert held(records_store, "检查", "部门", "检查日期", "执法人员证号") == [
        ("市场监督管理局", dt.date(2026, 3, 5), ["020101", "020102"]),
        ("市场监督管理局", dt.date(2026, 3, 6), ["020101"]),
        ("市场监督管理局", dt.date(2026, 3, 7), ["020102"]),
    ]


def test_the_sheet_that_fits_is_read_and_the_others_are_named(importer: Importer, write_xlsx: Write) -> None:
    path = write_xlsx(
        "a.xlsx", [["说明"], ["本表由各单位填报"]], sheets={"1月": [HEAD, ROW], "2月": [HEAD, ["2号", *ROW[1:]]]}
    )
    report = importer.bring_in(Source(path))
    assert report.done.counts.new == 2
    assert [s.sheet for s in report.done.sheets] == ["1月", "2月"]
    assert any("没有读的工作表：数据" in note for note in report.done.notes)
    with pytest.raises(InputError, match="前40行里没有找到表头"):
        importer.bring_in(Source(path, sheet="数据"))
    with pytest.raises(InputError, match="没有“3月”这张工作表"):
        importer.bring_in(Source(path, sheet="3月"))


@pytest.mark.parametrize(
    ("encoding", "said"), [("gb18030", "GBK"), ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")]
)
def test_csv_in_the_encodings_offices_use(
    importer: Importer, records_store: RecordStore, tmp_path: Path, encoding: str, said: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        '处罚决定书文号,执法主体,处罚决定日期,当事人名称,罚款金额（万元）\n1号,应急局,2026/3/5,"甲公司\n（分店）",1.5\n2号,㳇县局,20260306,乙,"2,000"\n',
        encoding=encoding,
    )
    report = importer.bring_in(Source(path))
    assert report.done.counts.new == 2, report.problems
    assert f"文字编码：{said}" in report.done.notes
    assert held(records_store, "处罚", "罚款金额", "_line") == [(15000, 2), (20_000_000, 4)]


def test_formulas_count_by_their_stored_result_and_without_one_the_row_is_turned_back(
    importer: Importer, records_store: RecordStore, write_xlsx: Write
) -> None:
    path = write_xlsx("a.xlsx", [HEAD, ROW, ["2号", "应急局", dt.date(2026, 1, 1), "甲公司", "=1000*2"]])
    report = importer.bring_in(Source(path))
    assert (report.done.counts.new, report.done.counts.rejected) == (1, 1)
    assert "没有存计算结果" in report.problems[0].problem
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_name("b.xlsx"), "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.endswith("sheet1.xml"):
                data = data.replace(b"<f>1000*2</f><v />", b"<f>1000*2</f><v>2000</v>").replace(
                    b"<f>1000*2</f><v></v>", b"<f>1000*2</f><v>2000</v>"
                )
            new.writestr(item, data)
    report = importer.bring_in(Source(path.with_name("b.xlsx")))
    assert (report.done.counts.new, report.done.counts.same) == (1, 1)
    assert any("公式" in note for note in report.done.notes)
    assert (2000,) in held(records_store, "处罚", "罚款金额")


def test_macros_are_neither_read_nor_run_and_that_is_said(importer: Importer, write_xlsx: Write) -> None:
    path = write_xlsx("a.xlsm", [HEAD, ROW])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    report = importer.bring_in(Source(path))
    assert report.done.counts.new == 1
    assert any("宏没有读取，也没有运行" in note for note in report.done.notes)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "旧版 .xls"),
        ("a.xls", "<html><table><tr><td>部门</td></tr></table></html>".encode(), "网页"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.xlsx", b"", "空文件"),
        ("a.csv", b"\x81\x30\xff\xff\x00\x01", "编码认不出"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "认不出可以导入的表"),
    ],
)
def test_what_is_no_table_is_refused_with_what_it_is(
    importer: Importer, records_store: RecordStore, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        importer.bring_in(Source(path))
    assert caught.value.remedy
    assert not records_store.state().current


def test_an_open_quotation_mark_swallows_no_row_silently(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        '处罚决定书文号,执法主体,处罚决定日期\n1号,"应急局,2026-01-01\n2号,应急局,2026-01-02\n', encoding="utf-8"
    )
    report = importer.bring_in(Source(path))
    assert report.done.counts.rejected == report.done.counts.read == 1
    assert report.problems[0].line == 2


def test_a_preview_keeps_nothing_and_offers_a_mapping_to_edit(
    importer: Importer, records_store: RecordStore, write_xlsx: Write, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["案件代号", "经办科室", "作出日", "处理对象"],
        ["1号", "应急处", "2026-03-05", "王小明"],
    ]
    path = write_xlsx("a.xlsx", rows)
    with pytest.raises(InputError, match="认不出"):
        importer.preview(Source(path))
    told = tmp_path / "m.yaml"
    told.write_text(
        "种类: 处罚\n列: {决定书文号: 案件代号, 部门: 经办科室, 决定日期: 作出日, 当事人: 处理对象}\n"
        "值: {部门: {应急处: 应急管理部门}}\n",
        encoding="utf-8",
    )
    mapping = read_mapping(told, records_store.kinds)
    preview = importer.preview(Source(path, mapping=mapping))
    assert preview.would_be.counts.new == 1
    assert preview.rows == (("1号", "应急管理部门", "2026-03-05", "王**"),)
    assert "决定书文号: 案件代号" in preview.mapping
    assert not records_store.state().imports
    (records_store.folder / "mappings").mkdir(parents=True)
    (records_store.folder / "mappings" / "m.yaml").write_text(told.read_text(encoding="utf-8"), encoding="utf-8")
    assert importer.bring_in(Source(path)).done.counts.new == 1  # a mapping that is kept fits by itself


def test_a_mapping_with_faults_is_refused_with_all_of_them(records_store: RecordStore, tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("种类: 处份\n列: {文号: 甲}\n表: 1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_mapping(path, records_store.kinds)
    assert "处份" in str(caught.value)
    assert "不认识的键“表”" in str(caught.value)


def test_rows_without_a_number_are_known_by_their_content(importer: Importer, write_xlsx: Write) -> None:
    head = ["执法主体", "检查日期", "检查对象"]
    same = ["应急局", dt.date(2026, 3, 5), "甲公司"]  # two visits to one firm on a day are two
    report = importer.bring_in(Source(write_xlsx("a.xlsx", [head, same, same])))
    assert report.done.counts.new == 2
    assert any("没有“检查编号”" in note for note in report.done.notes)
    report = importer.bring_in(Source(write_xlsx("b.xlsx", [head, same, same, same])))
    assert (report.done.counts.same, report.done.counts.new) == (2, 1)


def test_a_long_number_kept_as_a_number_has_lost_its_end(importer: Importer, write_xlsx: Write) -> None:
    report = importer.bring_in(Source(write_xlsx("a.xlsx", [HEAD, [12345678901234567890, *ROW[1:]]])))
    assert "超过15位" in report.problems[0].problem


def test_what_looks_like_two_kinds_is_not_guessed(importer: Importer, write_xlsx: Write) -> None:
    path = write_xlsx("a.xlsx", [["编号", "执法主体", "日期"], ["1", "应急局", dt.date(2026, 3, 5)]])
    with pytest.raises(InputError, match="看不出是"):
        importer.bring_in(Source(path))
    assert importer.bring_in(Source(path, kind="检查")).done.counts.new == 1


def test_an_import_can_be_undone_latest_first(
    importer: Importer, records_store: RecordStore, write_xlsx: Write
) -> None:
    first = importer.bring_in(Source(write_xlsx("a.xlsx", [HEAD, ROW]))).done
    second = importer.bring_in(Source(write_xlsx("b.xlsx", [HEAD, ["2号", *ROW[1:]]]))).done
    with pytest.raises(InputError, match="又导入过1次"):
        records_store.undo(first.id)
    records_store.undo(second.id)
    assert held(records_store, "处罚", "决定书文号") == [("津开应急罚〔2026〕1号",)]
    records_store.undo(first.id)
    assert records_store.table("处罚", records_store.state()) is None
    with pytest.raises(InputError, match="已经撤销"):
        records_store.undo(first.id)


def test_sample_rows_stand_apart_from_real_ones(
    importer: Importer, records_store: RecordStore, write_xlsx: Write
) -> None:
    importer.bring_in(Source(write_xlsx("a.xlsx", [[*HEAD, "示例"], [*ROW, "是"]])))
    assert records_store.state().only_sample
    report = importer.bring_in(Source(write_xlsx("b.xlsx", [HEAD, [ROW[0], *ROW[1:4], 7]])))
    assert report.done.counts.new == 1  # of the same number, and no update of the 示例 row
    assert any("示例行从此不再计入" in note for note in report.done.notes)
    assert held(records_store, "处罚", "罚款金额") == [(7,)]
