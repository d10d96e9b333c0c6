"""Files that are broken, hostile, huge or misnamed: said plainly, nothing lost, nothing obeyed, no veto invented."""

import io
import time
import zipfile

import pytest

from assistant.casefiles import CaseReview
from assistant.casefiles.archive import MAX_FILES, unpack
from assistant.errors import InputError, KnowledgeError
from assistant.schema import FileReview
from evals.case_file_samples import CaseFileCase, build
from evals.case_files import SAMPLES
from evals.pdf_writing import Picture, pages_of, pdf
from evals.reading import FOLDER, load_yaml
from tests.casefiles.conftest import TODAY

CASES = {case.id: case for case in load_yaml(CaseFileCase, FOLDER / "case_files.yaml")}


def zipped(*members: tuple[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def sample(name: str) -> tuple[str, bytes]:
    return build(CASES[name], SAMPLES)


def vetoes(review: FileReview) -> list[str]:
    return [item.code for item in review.items if item.veto and item.status in ("missing", "defect")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.docx", b"", "文件是空的"),
        ("坏.docx", b"PK\x03\x04 broken", "Word 文件损坏"),
        ("坏.pdf", b"%PDF-1.7 broken", "PDF 损坏"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
        ("案卷.rar", b"Rar!\x1a\x07\x00", "不认识的文件格式"),
        ("程序.exe", b"MZ\x90", "不认识的文件格式"),
        ("空.zip", zipped(), "压缩包是空的"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    case_review: CaseReview, name: str, data: bytes, said: str
) -> None:
    with pytest.raises((InputError, KnowledgeError), match=said):
        case_review.check([(name, data)], TODAY)


def test_no_file_at_all(case_review: CaseReview) -> None:
    with pytest.raises(InputError, match="没有文件"):
        case_review.check([], TODAY)


def test_a_bomb_by_ratio_by_count_and_by_nesting() -> None:
    with pytest.raises(KnowledgeError, match="压缩得不合常理"):
        list(unpack(zipped(("a.txt", b"0" * 40_000_000)), "炸弹.zip"))
    with pytest.raises(KnowledgeError, match=f"超过 {MAX_FILES} 个"):
        list(unpack(zipped(*((f"{i}.txt", b"x") for i in range(MAX_FILES + 1))), "多.zip"))
    deep = zipped(("a.txt", "有字".encode()))
    for _ in range(3):
        deep = zipped(("里面.zip", deep))
    (member,) = list(unpack(deep, "套.zip"))
    assert "层以上" in member.problem


def test_a_member_that_is_larger_than_it_says_stops_the_reading() -> None:
    data = bytearray(zipped(("a.txt", b"0123456789" * 100), level=zipfile.ZIP_STORED))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark) + (22 if mark.endswith(b"\x04") else 24)
        data[at : at + 4] = (10).to_bytes(4, "little")
    found = list(unpack(bytes(data), "谎.zip"))
    assert len(found) == 1
    assert found[0].problem or len(found[0].data) <= 10


def test_names_lead_out_of_the_archive_nowhere(case_review: CaseReview) -> None:
    text = "\n".join(["询问笔录", "询问人：张明、李华", "2026年3月1日"]).encode()
    names = [m.name for m in unpack(zipped(("../../etc/cron.d/x.txt", text), ("C:\\a\\b.txt", text)), "路.zip")]
    assert names == ["etc/cron.d/x.txt", "a/b.txt"]


def test_a_file_that_cannot_be_read_among_good_ones_is_listed_and_makes_nothing_missing(
    case_review: CaseReview,
) -> None:
    name, data = sample("no-notice")  # without a notice: a veto, if everything was read
    assert vetoes(case_review.check([(name, data)], TODAY)) == ["F12"]
    review = case_review.check([(name, data), ("行政处罚事先告知书.pdf", b"%PDF-1.4 broken")], TODAY)
    assert vetoes(review) == []
    assert {f.name: f.state for f in review.files}["行政处罚事先告知书.pdf"] == "unread"


def test_what_a_paper_lacks_may_stand_on_its_scanned_page(case_review: CaseReview) -> None:
    notice = ["行政处罚事先告知书", "当事人：示例公司", "经查，你单位有违法行为，拟罚款1000元。", "2026年3月1日"]
    scan = Picture(60, 84, bytes([220]) * (60 * 84 * 3))
    told = {}
    for name, pages in (("文字.pdf", [notice]), ("半扫描.pdf", [notice, scan])):
        review = case_review.check([(name, pdf(pages))], TODAY)
        told[name] = next(item.status for item in review.items if item.code == "F14")
    assert told == {"文字.pdf": "defect", "半扫描.pdf": "unknown"}


def test_one_paper_alone_lacks_nothing(case_review: CaseReview) -> None:
    name, data = sample("clean-food")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        decision = next(n for n in archive.namelist() if n.endswith("行政处罚决定书.docx"))
        review = case_review.check([("决定书.docx", archive.read(decision))], TODAY)
    assert vetoes(review) == []
    assert not any(item.status == "missing" for item in review.items), name


def test_the_wrong_ending_is_seen_through(case_review: CaseReview) -> None:
    _, data = sample("clean-training")  # a PDF
    review = case_review.check([("整卷.docx", data)], TODAY)
    assert review.score == 100
    assert "按.pdf读取" in review.files[0].note


def test_the_same_name_twice_loses_neither(case_review: CaseReview) -> None:
    text = "行政处罚决定书\n当事人：甲公司\n".encode()
    sheets = case_review.check([("a.txt", text), ("a.txt", text)], TODAY).files
    assert [f.name for f in sheets] == ["a.txt", "a.txt（第2个同名文件）"]


def test_five_hundred_pages_are_read_in_time(case_review: CaseReview) -> None:
    long = ["询问笔录", "询问时间：2026年3月12日14时00分至15时10分", "询问人：张明、李华"]
    rows = long + ["问：这一批货是什么时候进的？答：记不清了，要回去查一查账。"] * (500 * 34)
    data = pdf(pages_of(rows)[:500])
    began = time.monotonic()
    review = case_review.check([("五百页.pdf", data)], TODAY)
    assert review.files[0].pages == 500
    assert vetoes(review) == []
    assert time.monotonic() - began < 120


@pytest.mark.parametrize(
    "text", ["", "\n" * 50, "一", "〔〕年月日" * 2000, "罚款" * 5000, "（" * 3000, "9" * 5000, "年" * 9000]
)
def test_any_text_at_all_gets_a_review_or_a_reason(case_review: CaseReview, text: str) -> None:
    began = time.monotonic()
    try:
        review = case_review.check([("x.txt", f"行政处罚决定书\n{text}".encode())], TODAY)
    except (InputError, KnowledgeError):
        return
    assert vetoes(review) in ([], ["F06"], ["F08"], ["F06", "F08"])
    assert time.monotonic() - began < 30


def test_files_are_read_in_the_order_a_person_counts(case_review: CaseReview) -> None:
    given = [(f"{n}-询问笔录.txt", "询问笔录\n内容".encode()) for n in (10, 9, 1)]
    names = [file.name for file in case_review.check(given, TODAY).files]
    assert names == ["1-询问笔录.txt", "9-询问笔录.txt", "10-询问笔录.txt"]
