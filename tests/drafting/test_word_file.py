"""The Word file, measured: GB/T 9704-2012 in the XML, real styles, 草稿 on what is not final, footnotes, blanks."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from assistant.desk.opinions import OpinionDesk
from assistant.drafting import Forms
from assistant.schema import OpinionContent
from tests.drafting.conftest import DECISION, REVIEW, REVIEW_FACTS, SHOP

MM = 1440 / 25.4  # twips


def _open(made: bytes) -> Any:
    return Document(io.BytesIO(made))


@pytest.fixture
def review(papers: OpinionDesk) -> OpinionContent:
    return papers.preview("legality_review", facts=REVIEW_FACTS, fields=REVIEW)


@pytest.fixture
def decision(papers: OpinionDesk) -> OpinionContent:
    return papers.preview("no_penalty_decision", description=SHOP, fields=DECISION)


def _style(document: Any, name: str) -> Any:
    return next(s.element for s in document.styles if s.name.lower() == name)


def _east(document: Any, name: str) -> str:
    element = _style(document, name)
    return str(element.rPr.rFonts.get(qn("w:eastAsia")))


def _size(document: Any, name: str) -> float:
    return int(_style(document, name).rPr.find(qn("w:sz")).get(qn("w:val"))) / 2


@pytest.mark.parametrize("kind", [
    "legal_opinion", "legality_review", "no_penalty_decision", "reconsideration_opinion", "reconsideration_proposal",
    "reconsideration_reply", "major_decision_review",
])  # fmt: skip
def test_page_margins_and_grid_of_every_template(forms: Forms, kind: str) -> None:
    document = Document(str(forms.templates[kind].path))
    section = document.sections[0]._sectPr
    size, margin, grid = section.find(qn("w:pgSz")), section.find(qn("w:pgMar")), section.find(qn("w:docGrid"))
    assert (int(size.get(qn("w:w"))), int(size.get(qn("w:h")))) == (11906, 16838)  # A4
    for side, wanted in (("top", 37), ("left", 28), ("right", 26), ("bottom", 35)):
        assert abs(int(margin.get(qn(f"w:{side}"))) / MM - wanted) < 0.05
    assert grid.get(qn("w:type")) == "linesAndChars"
    high = 16838 - int(margin.get(qn("w:top"))) - int(margin.get(qn("w:bottom")))
    wide = 11906 - int(margin.get(qn("w:left"))) - int(margin.get(qn("w:right")))
    assert high // int(grid.get(qn("w:linePitch"))) == 22
    pitch = 16 * 20 + int(grid.get(qn("w:charSpace"))) / 4096 * 20
    assert wide // pitch == 28
    # What the styles set is the same 22 by 28, so that a program that has no such grid sets it alike.
    normal = _style(document, "normal")
    assert high // int(normal.pPr.find(qn("w:spacing")).get(qn("w:line"))) == 22
    assert normal.pPr.find(qn("w:spacing")).get(qn("w:lineRule")) == "exact"
    assert wide // (16 * 20 + int(normal.rPr.find(qn("w:spacing")).get(qn("w:val")))) == 28


def test_fonts_sizes_and_levels(forms: Forms) -> None:
    document = Document(str(forms.templates["reconsideration_opinion"].path))
    assert (_east(document, "公文标题"), _size(document, "公文标题")) == ("方正小标宋简体", 22)
    assert (_east(document, "normal"), _size(document, "normal")) == ("仿宋_GB2312", 16)
    assert [_east(document, f"heading {n}") for n in (1, 2, 3, 4)] == [
        "黑体",
        "楷体_GB2312",
        "仿宋_GB2312",
        "仿宋_GB2312",
    ]
    for level in (1, 2, 3, 4):
        outline = _style(document, f"heading {level}").pPr.find(qn("w:outlineLvl"))
        assert outline.get(qn("w:val")) == str(level - 1)
        assert _size(document, f"heading {level}") == 16
    for name in ("公文正文", "heading 1", "heading 2"):
        assert _style(document, name).pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    dated = _style(document, "成文日期").pPr
    assert dated.find(qn("w:ind")).get(qn("w:rightChars")) == "400"
    assert dated.find(qn("w:jc")).get(qn("w:val")) == "right"
    mark = _style(document, "发文机关标志")
    assert mark.rPr.find(qn("w:color")).get(qn("w:val")) == "FF0000"
    assert abs(int(mark.pPr.find(qn("w:spacing")).get(qn("w:before"))) / MM - 35) < 0.05
    fonts = document.part.package.iter_parts()
    table = next(part.blob.decode() for part in fonts if str(part.partname) == "/word/fontTable.xml")
    for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"):
        assert re.search(rf'w:name="{name}"><w:altName w:val="[^"]+"', table), name


def test_page_numbers_stand_outside_on_either_page(decision: OpinionContent, papers: OpinionDesk) -> None:
    section = _open(papers.word_file(decision)).sections[0]
    for footer, style, side in (
        (section.footer, "页码奇数页", "right"),
        (section.even_page_footer, "页码偶数页", "left"),
    ):
        paragraph = footer.paragraphs[0]
        assert paragraph.style.name == style
        assert paragraph.style.element.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "PAGE" in paragraph._p.xml
        assert paragraph.text.replace("1", "N") == "— N —"
    assert section.footer.paragraphs[0].style.base_style.font.size.pt == 14


def test_every_paragraph_has_a_style_and_no_hand_formatting(review: OpinionContent, papers: OpinionDesk) -> None:
    document = _open(papers.word_file(review))
    known = {
        "公文标题",
        "主送机关",
        "公文正文",
        "引文",
        "署名",
        "成文日期",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 4",
        "文书文号",
        "公文末段",
    }
    for paragraph in document.paragraphs:
        assert paragraph.style.name in known, (paragraph.style.name, paragraph.text)
        assert {child.tag for child in paragraph._p.pPr} <= {qn("w:pStyle")}
        for run in paragraph.runs:
            allowed = {qn("w:rStyle")}
            assert run._r.rPr is None or {child.tag for child in run._r.rPr} <= allowed
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.heading for section in review.sections]
    assert headings[0] == "一、审核意见"


def test_the_facts_the_items_and_the_procedure_are_tables(review: OpinionContent, papers: OpinionDesk) -> None:
    tables = _open(papers.word_file(review)).tables
    assert [table.rows[0].cells[0].text for table in tables] == ["事实", "事项", "程序"]
    for table in tables:
        assert table.style.name == "公文表格"
        first = table.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(grid) == 8845  # the width between the margins


def test_a_document_number_and_a_date_are_written_as_the_standard_has_them(papers: OpinionDesk) -> None:
    fields = {**DECISION, "document_no": "津开某罚免[2026]第003号", "date": "2026-01-05"}
    texts = [
        p.text
        for p in _open(
            papers.word_file(papers.preview("no_penalty_decision", description=SHOP, fields=fields))
        ).paragraphs
    ]
    assert "津开某罚免〔2026〕3号" in texts
    assert texts[-1] == "2026年1月5日"
    assert texts[-2].strip() == "天津经济技术开发区某局"


def test_citations_stand_in_brackets_or_in_footnotes(review: OpinionContent, papers: OpinionDesk) -> None:
    bracketed = _open(papers.word_file(review))
    noted = _open(papers.word_file(review, citations="footnotes"))
    assert "（《中华人民共和国食品安全法》第一百二十四条第一款第（五）项" in "\n".join(
        p.text for p in bracketed.paragraphs
    )
    body = "\n".join(p.text for p in noted.paragraphs)
    assert not re.search(r"（《[^（）]+》第[^（）]+条[^（）]*）", body)
    notes = next(
        part.blob.decode() for part in noted.part.package.iter_parts() if str(part.partname) == "/word/footnotes.xml"
    )
    references = re.findall(r'<w:footnoteReference w:id="(\d+)"', noted.element.xml)
    written = [n for n in re.findall(r'<w:footnote [^>]*w:id="(-?\d+)"', notes) if int(n) > 0]
    assert references == written
    assert len(written) > 5
    assert "2025年9月12日文本" in notes  # the words of the law, with the text they stand in
    assert "，见脚注" in notes  # and only once


def test_a_draft_says_so_on_every_page_and_a_final_paper_does_not(
    papers: OpinionDesk, decision: OpinionContent
) -> None:
    section = _open(papers.word_file(decision)).sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text.startswith("草稿")
        assert header.paragraphs[0].style.name == "草稿标记"


def test_what_is_blank_is_seen_in_the_text_and_in_the_head(papers: OpinionDesk) -> None:
    document = _open(papers.word_file(papers.preview("no_penalty_decision", description=SHOP)))
    marked = {run.text for p in document.paragraphs for run in p.runs if run.style.name == "待填"}
    assert {"【待填：发文机关】", "【待填：文号】", "【待填：当事人】", "【待填：成文日期】"} <= marked
    assert all("{{" not in p.text for p in document.paragraphs)


def test_text_cannot_pass_for_a_placeholder_or_for_xml(papers: OpinionDesk) -> None:
    fields = {**DECISION, "party": "{{ 标题 }}<w:p/>&公司", "address": "{% raw %}"}
    made = papers.word_file(papers.preview("no_penalty_decision", description=SHOP, fields=fields))
    text = "\n".join(p.text for p in _open(made).paragraphs)
    assert "{{ 标题 }}<w:p/>&公司" in text
    assert "{% raw %}" in text


def test_a_writer_of_the_office_opens_it(review: OpinionContent, papers: OpinionDesk, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine (Debian: apt-get install libreoffice-writer)")
    file = tmp_path / "review.docx"
    file.write_bytes(papers.word_file(review, citations="footnotes"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    done = subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    import pypdfium2

    pages = pypdfium2.PdfDocument(str(tmp_path / "review.pdf"))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert all("草稿" in text for text in texts)
    assert "— 1 —" in texts[0].replace("\u2003", " ")
    assert "行政处罚法制审核意见书" in texts[0]
