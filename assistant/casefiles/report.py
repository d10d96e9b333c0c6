"""The report of a review as a Word file: the verdict, each finding with place and basis, what was read."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from assistant.casefiles.wording import STATUS, grouped, scored, where
from assistant.schema import FileFinding, FileReview

_BODY, _HEAD, _TITLE = "仿宋", "黑体", "小标宋"
_STATES = {"read": "已读", "partly": "没有读全", "unread": "没有读出"}


def report(review: FileReview) -> bytes:
    """The file's bytes. Everything in it is in the review; nothing is added."""
    document: Any = Document()
    _styles(document)
    title = document.add_paragraph("案卷评查报告", style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(document, "评查日期", f"{review.as_of.year}年{review.as_of.month}月{review.as_of.day}日")
    _line(document, "适用程序", review.procedure or "看不出")
    _line(document, "结论", f"{review.label}。{scored(review)}。")
    _line(document, "标准", f"{review.standard}（性质：{review.standard_nature}）")
    document.add_paragraph("本报告由程序按规则作出，供评查人核对后使用；印章、签名和证明力由人判断。")
    numbers = iter("一二三四五六七八九")
    for name, items in grouped(review.items).items():
        if not items:
            continue
        document.add_paragraph(f"{next(numbers)}、{name}（{len(items)}项）", style="Heading 1")
        if name == "符合":
            document.add_paragraph("；".join(f"{item.code}{item.label}" for item in items) + "。")
        else:
            _findings(document, items)
    if review.concealed:
        document.add_paragraph(f"{next(numbers)}、看不见的文字", style="Heading 1")
        document.add_paragraph("以下文字在页面上看不见，没有当作卷宗内容，其中的话没有照办：")
        for place in review.concealed:
            document.add_paragraph(f"{place.file}（{place.document}）：“{place.words}”")
    document.add_paragraph(f"{next(numbers)}、交来的文件和认出的文书", style="Heading 1")
    _table(
        document,
        ("文件", "情况", "页数", "文书", "说明"),
        [(f.name, _STATES[f.state], str(f.pages or ""), str(f.documents), f.note) for f in review.files],
    )
    _table(
        document,
        ("文书", "文号", "日期", "位置"),
        [
            (d.kind, d.number or "", str(d.day or ""), _spot(d.place.file, d.place.page, d.place.paragraph))
            for d in review.documents
        ],
    )
    document.add_paragraph(f"标准说明：{review.standard_note}")
    document.add_paragraph("位置：有页码的文件写页和该页的段，Word、文本文件写从文件开头数的段，表格一行算一段。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _findings(document: Any, items: Sequence[FileFinding]) -> None:
    for item in items:
        lost = f"，扣{item.deducted:g}分" if item.deducted else ""
        document.add_paragraph(f"{item.code} {item.label}（{STATUS[item.status]}{lost}）", style="Heading 2")
        document.add_paragraph(f"{item.text}。")
        for place in item.where:
            document.add_paragraph(f"见 {where(place)}")
        if item.basis:
            document.add_paragraph(f"依据：{'、'.join(item.basis)}")
        document.add_paragraph(f"项目来源：{item.source}（{item.nature}）")


def _spot(file: str, page: int | None, paragraph: int | None) -> str:
    return file + (f" 第{page}页" if page else "") + (f" 第{paragraph}段" if paragraph else "")


def _line(document: Any, label: str, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label}：").bold = True
    paragraph.add_run(words)


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.first_line_indent = None
                for run in paragraph.runs:
                    run.font.size = Pt(10.5)
    document.add_paragraph()


def _styles(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    for name, font, size in (
        ("Normal", _BODY, 14), ("Title", _TITLE, 22), ("Heading 1", _HEAD, 16), ("Heading 2", _HEAD, 14),
    ):  # fmt: skip
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = None
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        style.paragraph_format.line_spacing = Pt(size * 1.8)
        style.paragraph_format.space_after = Pt(0)
