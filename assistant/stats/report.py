"""The yearly report as a .docx to go on writing: every number filled in with its source, contradictions at the end."""

import io
from collections.abc import Sequence

from assistant.errors import InputError
from assistant.schema import FigureOverview
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.checks import when
from assistant.stats.ledger import Ledger, Reading
from assistant.stats.phrasing import named, own_formula, source, stated

_TO_WRITE = "（此处补写举措和成效；本段没有可以自动填入的内容）"
_COUNT = "一二三四五六七八九十"


def yearly_report(catalogue: Catalogue, ledger: Ledger, held: FigureOverview, year: int) -> bytes:
    """The bytes of the document. InputError where no number of the year is held."""
    from docx import Document
    from docx.oxml.ns import qn

    sections = _sections(catalogue, ledger, year)
    if not sections:
        known = "、".join(str(y) for y in sorted({f.year for f in held.figures}))
        raise InputError("year", f"没有{year}年的数", f"可选的年份：{known}")
    document = Document()
    style = document.styles["Normal"]
    style.font.name = "仿宋"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    document.add_heading(f"{year}年行政执法工作情况报告（初稿）", 0)
    document.add_paragraph("本稿的数字由指标库取出或按公式算出，逐个附出处；其余文字须由承办人补写并核对。")
    for index, (scope, readings) in enumerate(sections):
        document.add_heading(f"{_COUNT[index] if index < len(_COUNT) else index + 1}、{scope}", 1)
        document.add_paragraph(_TO_WRITE)
        _table(document, readings)
    document.add_heading("附：数据核对", 1)
    bad = [f for f in held.findings if not f.agrees and f.period.year == year]
    for finding in bad:
        document.add_paragraph(f"{finding.name}：{finding.text}", style="List Number")
    document.add_paragraph("以上各处照录不改，定稿前请与来源核对。" if bad else f"{year}年的数没有发现对不上的地方。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _sections(catalogue: Catalogue, ledger: Ledger, year: int) -> list[tuple[str, list[Reading]]]:
    """The last readings of the year, of the zone and its departments, by scope."""
    found: dict[str, list[Reading]] = {}
    for scope in catalogue.scopes:
        if not catalogue.within(scope, HOME):
            continue
        for metric in catalogue.metrics:
            held = [r for t, r in ledger.readings(metric, scope).items() if t.year == year]
            if held:
                found.setdefault(scope, []).append(held[-1])
    return [(scope, readings) for scope, readings in found.items() if any(r.figure for r in readings)]


def _table(document: object, readings: Sequence[Reading]) -> None:
    table = document.add_table(rows=1, cols=4, style="Table Grid")  # type: ignore[attr-defined]
    for cell, text in zip(table.rows[0].cells, ("指标", "数", "时点", "出处或算式"), strict=True):
        cell.text = text
    for reading in readings:
        basis = source(reading) if reading.figure is not None else own_formula(reading) or source(reading)
        row = (named(reading).removeprefix(reading.scope), stated(reading), when(reading.time), basis)
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
