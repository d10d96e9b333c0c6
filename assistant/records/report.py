"""What the rows say of a year, written into the yearly report: every number with its source, differences at the end."""

import io
from typing import Any

from assistant.errors import InputError
from assistant.records.comparing import compare
from assistant.records.counting import Counting
from assistant.records.heeding import heed, outside
from assistant.records.periods import said
from assistant.records.ranking import rank
from assistant.records.telling import amount, formula, sources
from assistant.schema import Flag
from assistant.schema.rows import RecordPeriod

_TABLE = ("行政检查记录", "行政处罚", "行政处罚罚款金额", "教育改正", "人员参与率", "履责率", "人均执法量")
"""Columns of the table by department, where the rows make them."""


def with_rows(
    report: bytes | None, counting: Counting, metrics: tuple[str, ...], period: RecordPeriod, today: Any
) -> bytes:
    """The report with a section on what the rows make; a new one where nothing is stated of the year (`report` None).

    InputError where the rows say nothing of the year either.
    """
    from docx import Document
    from docx.oxml.ns import qn

    made = [counting.count(name, period) for name in metrics if outside(counting, name, period) is None]
    made = [number for number in made if number.value is not None]
    if not made:
        if report is not None:
            return report
        raise InputError("year", f"没有{period.since.year}年的数", "先导入这一年的明细，或录入这一年的公布数")
    document = Document(io.BytesIO(report) if report is not None else None)
    if report is None:
        style = document.styles["Normal"]
        style.font.name = "仿宋"
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
        document.add_heading(f"{period.since.year}年行政执法工作情况报告（初稿）", 0)
        document.add_paragraph(
            "这一年没有录入公布的数，以下由导入的明细算出，逐个附出处；其余文字须由承办人补写并核对。"
        )
    mark = "（示例）" if counting.snapshot.sample else ""
    document.add_heading(f"附：按导入的明细计算的数{mark}", 1)
    document.add_paragraph(f"时段：{said(period)}。每个数都可以在“数据”页打开背后的每一行。")
    table = _table(document, ("指标", "数", "怎样算", "出处"))
    flags: list[Flag] = []
    for number in made:
        own = "（示例）" if counting.sample(number.metric.name) else ""
        basis = "；".join(dict.fromkeys(sources(counting, leaf, period, None) for leaf in number.leaves))
        assert number.value is not None
        cells = (number.metric.name + own, amount(number.value, number.unit), formula(counting, number, period, None))
        _row(table, (*cells, basis))
        flags += heed(counting, number.metric.name, period, today)
    _departments(document, counting, period, {n.metric.name for n in made}, mark)
    differing = [line for line in compare(counting, period.since.year).lines if line.agrees is False]
    if differing:
        document.add_heading("附：公布数与明细对不上的地方", 1)
        for line in differing:
            document.add_paragraph(f"{line.text}（{line.source}）。", style="List Number")
    if flags:
        document.add_heading("附：明细的提示", 1)
        for flag in dict.fromkeys(flags):
            document.add_paragraph(flag.text, style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _departments(document: Any, counting: Counting, period: RecordPeriod, held: set[str], mark: str) -> None:
    columns = [name for name in _TABLE if name in held]
    rankings = {name: rank(counting, name, period) for name in columns}
    names = sorted({line.department for r in rankings.values() for line in r.lines if line.rank is not None})
    if not names:
        return
    document.add_heading(f"附：各部门{mark}", 1)
    table = _table(document, ("部门", *(f"{name}（{rankings[name].unit}）" for name in columns)))
    for department in names:
        cells = [department]
        for name in columns:
            line = next((x for x in rankings[name].lines if x.department == department), None)
            cells.append("—" if line is None or line.value is None else f"{line.value:,}（第{line.rank}）")
        _row(table, cells)


def _table(document: Any, heads: tuple[str, ...]) -> Any:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    return table


def _row(table: Any, texts: Any) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = text
