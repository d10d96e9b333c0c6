"""What of the Word file hangs on what is filled in: 版记, attachments, the signature of a long name, a long title."""

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from assistant.desk.opinions import OpinionDesk
from tests.drafting.conftest import DECISION, REVIEW, REVIEW_FACTS, SHOP
from tests.drafting.test_wording import OPINION

COPIES = {"copies_to": "某区司法局", "printed_by": "某区人民政府办公室", "printed_on": "2026-11-19"}


def _made(papers: OpinionDesk, kind: str, fields: dict[str, Any], **more: Any) -> Any:
    return Document(io.BytesIO(papers.word_file(papers.preview(kind, fields=fields, **more))))


def _imprint(document: Any) -> list[str]:
    return [row.cells[0].text for t in document.tables if t.style.name == "版记表格" for row in t.rows]


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        (COPIES, ["抄送：某区司法局。", "某区人民政府办公室\t2026年11月19日印发"]),
        ({"copies_to": "某区司法局"}, ["抄送：某区司法局。"]),
        ({"printed_by": "某区人民政府办公室"}, ["某区人民政府办公室\t2026年11月18日印发"]),
        ({}, []),
    ],
)
def test_the_imprint_holds_what_was_given_and_no_more(
    papers: OpinionDesk, given: dict[str, str], rows: list[str]
) -> None:
    document = _made(papers, "reconsideration_opinion", {**OPINION, "problems": "一", "advice": "二", **given})
    assert _imprint(document) == rows
    if rows:
        place = document.tables[-1]._tbl.tblPr.find(qn("w:tblpPr"))
        assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
        rules = (
            next(s.element for s in document.styles if s.name == "版记表格")
            .find(qn("w:tblPr"))
            .find(qn("w:tblBorders"))
        )
        thickness = {side.tag.split("}")[1]: int(side.get(qn("w:sz"))) for side in rules}
        assert thickness == {"top": 8, "bottom": 8, "insideH": 6}  # eighths of a point: 0.35 mm, and thinner between


def test_attachments_stand_one_a_line_under_the_first(papers: OpinionDesk) -> None:
    two = _made(papers, "reconsideration_opinion", {**OPINION, "attachments": ["决定书副本", "问题清单"]})
    assert [(p.style.name, p.text) for p in two.paragraphs if p.style.name.startswith("附件说明")] == [
        ("附件说明", "附件：1．决定书副本"), ("附件说明续", "2．问题清单"),
    ]  # fmt: skip
    one = _made(papers, "reconsideration_opinion", {**OPINION, "attachments": ["问题清单"]})
    assert [p.text for p in one.paragraphs if p.style.name == "附件说明"] == ["附件：问题清单"]
    none = _made(papers, "reconsideration_opinion", OPINION)
    assert not [p for p in none.paragraphs if p.style.name == "附件说明"]


@pytest.mark.parametrize(
    "organ", ["某局", "天津经济技术开发区市场监督管理局", "天津经济技术开发区（南港工业区）综合行政执法局"]
)
def test_a_signature_keeps_within_the_margin_and_its_date_under_it(papers: OpinionDesk, organ: str) -> None:
    document = _made(papers, "no_penalty_decision", {**DECISION, "organ": organ}, description=SHOP)
    tab = next(s.element for s in document.styles if s.name == "署名").pPr.find(qn("w:tabs")).find(qn("w:tab"))
    centre = int(tab.get(qn("w:pos")))
    assert centre + len(organ) * 316 / 2 <= 8845
    indent = next(s.element for s in document.styles if s.name == "成文日期").pPr.find(qn("w:ind"))
    assert abs((8845 - int(indent.get(qn("w:right")))) - centre - 1106) < 8  # the date stays where it was under it


def test_a_long_title_breaks_where_a_phrase_ends(papers: OpinionDesk) -> None:
    fields = {"matter": "绝对化用语广告当事人及时改正的处罚"}
    title = _made(papers, "legal_opinion", fields, description=SHOP).paragraphs[0]
    assert title.text == "关于绝对化用语广告当事人及时改正的\n处罚的法律意见书"
    draft = _made(papers, "major_decision_review", {"matter": "《天津经济技术开发区养犬管理办法（征求意见稿）》"})
    assert draft.paragraphs[0].text == "关于《天津经济技术开发区养犬管理办法\n（征求意见稿）》的合法性审查意见"
    short = _made(papers, "legal_opinion", {"matter": "明码标价"}, description=SHOP).paragraphs[0]
    assert "\n" not in short.text


def test_narrow_columns_are_narrow_and_a_question_is_no_heading(papers: OpinionDesk) -> None:
    document = _made(papers, "legality_review", REVIEW, facts={**REVIEW_FACTS, "conduct_date": None})
    items = next(t for t in document.tables if t.rows[0].cells[0].text == "事项")
    widths = [int(column.get(qn("w:w"))) for column in items._tbl.tblGrid]
    assert widths[1] < widths[2] / 2
    assert sum(widths) == 8845
    questions = [p for p in document.paragraphs if p.text.startswith("1．违法行为是哪一天发生的？")]
    assert [p.style.name for p in questions] == ["公文正文"]


def test_the_last_paragraph_is_kept_with_the_signature(papers: OpinionDesk) -> None:
    document = _made(papers, "no_penalty_decision", DECISION, description=SHOP)
    last = next(p for p in document.paragraphs if p.style.name == "公文末段")
    assert last.text.startswith("如不服本决定")
    assert last.style.element.pPr.find(qn("w:keepNext")) is not None
