"""What is read of a file in whatever style: Word's corners, unseen words of a PDF, ticked boxes, titles."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.casefiles import CaseReview
from assistant.casefiles.days import find_days, find_hours
from assistant.casefiles.intake import Line, Sheet, read_files
from assistant.casefiles.people import names_in, officers, parties
from assistant.casefiles.ticks import chosen
from assistant.casefiles.titles import Titles
from assistant.errors import InputError
from assistant.knowledge.casefiles import KINDS, load_case_file_rules
from assistant.knowledge.readers import read_bytes
from assistant.settings import ROOT
from evals.pdf_writing import pdf
from tests.casefiles.conftest import TODAY


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def sheet(name: str, data: bytes) -> Sheet:
    reading = read_files([(name, data)])
    try:
        while True:
            next(reading)
    except StopIteration as done:
        return done.value[0]  # type: ignore[no-any-return]


def lines(*texts: str) -> list[Line]:
    return [Line("a.txt", None, at, text) for at, text in enumerate(texts, start=1)]


@pytest.fixture(scope="module")
def titles(case_review: CaseReview) -> Titles:
    assert (ROOT / "knowledge_base" / "casefiles" / KINDS).is_file()
    return case_review._titles


def test_heads_boxes_merged_cells_and_page_breaks_of_a_word_file() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "样例市样例局行政执法文书"
    document.sections[0].footer.paragraphs[0].text = "第 1 页 共 2 页"
    document.add_paragraph("现场检查笔录")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "检查人员"
    for row, (name, number) in enumerate((("张三", "02010001"), ("李四", "02010002"))):
        table.cell(row, 1).text, table.cell(row, 2).text = name, number
    box = document.add_paragraph("正文")._p
    box.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent><w:p><w:r>"
            "<w:t>文本框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
        )
    )
    document.add_page_break()
    document.add_paragraph("询问笔录")
    read = sheet("卷.docx", saved(document))
    said = [line.text for line in read.lines]
    assert said[0] == "样例市样例局行政执法文书"
    assert read.lines[0].margin
    assert said[2:4] == ["检查人员 | 张三 | 02010001", "检查人员 | 李四 | 02010002"]
    assert said[4:6] == ["正文", "文本框里的字"]
    assert said[-1] == "询问笔录"
    assert read.lines[-1].starts
    assert officers(read.lines).names == ("张三", "李四")


def test_comments_and_revisions_are_told_and_not_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("罚款")
    document.add_comment(paragraph.runs, text="这里的数额请再核", author="审核")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>五千元</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>三千元</w:delText></w:r></w:del>"))
    read = sheet("稿.docx", saved(document))
    assert [line.text for line in read.lines] == ["罚款五千元"]
    assert "修订痕迹" in read.note
    assert "批注" in read.note
    assert "请再核" in read.note


def test_words_of_a_pdf_that_nobody_sees_stand_apart() -> None:
    plain = pdf([["行政处罚决定书", "罚款人民币伍万元整"], ["第二页的文字在这里"]])
    for hidden, why in (
        (b"1 1 1 rg BT /F 12 Tf 1 0 0 1 72 400 Tm <7ED9> Tj ET 0 g", "白色文字"),
        (b"BT /F 1 Tf 1 0 0 1 72 400 Tm <7ED9> Tj ET", "极小的文字"),
        (b"BT /F 12 Tf 1 0 0 1 -900 400 Tm <7ED9> Tj ET", "页面以外的文字"),
        (b"BT 3 Tr /F 12 Tf 1 0 0 1 72 400 Tm <7ED9> Tj 0 Tr ET", "不显示的文字"),
    ):
        document = read_bytes(with_content(plain, hidden), "决定.pdf")
        assert "给" not in document.text
        assert [(one.text, one.why, one.page) for one in document.hidden] == [("给", why, 1)]


def with_content(data: bytes, content: bytes) -> bytes:
    """The file with more painted on its first page: its content becomes two streams."""
    import re
    import zlib

    first = re.search(rb"stream\n(.*?)\nendstream", data, re.S)
    assert first is not None
    packed = zlib.compress(zlib.decompress(first[1]) + b"\n" + content)
    head = data[: first.start()]
    at = head.rindex(b"/Length ")
    return head[:at] + b"/Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream" + data[first.end() :]


def test_what_was_not_ticked_was_not_said() -> None:
    assert chosen("送达方式：☑直接送达 □留置送达 □邮寄送达") == "送达方式：☑直接送达"
    assert chosen("直接送达（√） 留置送达（ ）") == "直接送达（√） "


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("行 政 处 罚 决 定 书", "行政处罚决定书"),
        ("行政处罚决定书 样市监罚〔2026〕12号", "行政处罚决定书"),
        ("【行政处罚决定书】（副本）", "行政处罚决定书"),
        ("违法行为通知书", "行政处罚事先告知书"),
        ("责令停止违法行为通知书", "责令改正通知书"),
        ("税务行政处罚事项告知书", "行政处罚事先告知书"),
        ("行政处罚信息公示告知书", None),
        ("行政处罚决定执行情况报告", None),
        ("行政处罚案件有关事项审批表", None),
        ("罚款催缴通知书", None),
        ("询问笔录（第二次）", "询问笔录"),
    ],
)
def test_titles_are_told_by_class(titles: Titles, line: str, kind: str | None) -> None:
    found = titles.read(line)
    assert (found.name if found else None) == kind


def test_entries_of_a_list_are_shorter_than_titles(titles: Titles) -> None:
    named = [k.name for k in titles.entry("9、行政处罚决定书及送达回证 26-29")]
    assert named == ["行政处罚决定书", "送达回证"]
    assert [k.name for k in titles.entry("扣押决定")] == ["查封扣押决定书"]
    assert [k.name for k in titles.several("送达回证、缴款凭证、结案审批")] == ["送达回证", "缴款凭证", "结案审批表"]


def test_names_that_hold_words_of_forms_and_masked_names() -> None:
    assert names_in("张月、时光、章明（证号：鲁K0××117）") == ["张月", "时光", "章明"]
    assert names_in("谭某峰、易×、王**") == ["谭某峰", "易×", "王**"]
    assert names_in("罗某已出示证件并告知权利义务") == ["罗某"]
    assert names_in("签名、盖章、无") == []


def test_officers_beside_their_numbers() -> None:
    found = officers(lines("执法人员陈某辉（闽D××0218）、洪某（闽D××0240）出示执法证件"))
    assert found.names == ("陈某辉", "洪某")
    assert len(found.numbers) == 2


def test_parties_by_field_by_address_and_over_their_code() -> None:
    for given, name in (
        (("当事人：样例商行　类型：个体工商户　经营者：喻某",), "样例商行"),
        (("样例样张有限公司：经查，你单位有下列行为",), "样例样张有限公司"),
        (("样例样张有限公司", "统一社会信用代码：91990500MA0000G05P"), "样例样张有限公司"),
        (("当事人 | 单位 | 名称 | 样例样张有限公司",), "样例样张有限公司"),
    ):
        assert [party.name for party in parties(lines(*given))][:1] == [name]


def test_days_with_any_nought_and_hours_of_the_afternoon() -> None:
    for text in ("二〇二六年三月五日", "二O二六年三月五日", "二○二六年三月五日", "2026.3.5", "2026-03-05", "2026/3/5"):
        assert [str(found.day) for found in find_days(text)] == ["2026-03-05"]
    timed = find_hours("2026年3月5日下午2时15分至4时")
    assert timed is not None
    assert (timed.begin, timed.end) == (14 * 60 + 15, 16 * 60)
    assert find_hours("2026年3月5日23时至2026年3月6日1时") is None


def test_old_formats_are_refused_with_what_to_do(case_review: CaseReview) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    for name in ("卷.wps", "卷.doc"):
        with pytest.raises(InputError, match="另存为"):
            case_review.check([(name, ole)], TODAY)


def test_the_standard_names_what_may_be_a_crime(case_review: CaseReview) -> None:
    rules = load_case_file_rules(ROOT / "knowledge_base" / "casefiles", case_review._library, TODAY, _Any())
    assert rules.signs
    assert all(sign.basis.startswith("《中华人民共和国刑法》") for sign in rules.signs)


class _Any(list[str]):
    def __contains__(self, _: object) -> bool:
        return True
