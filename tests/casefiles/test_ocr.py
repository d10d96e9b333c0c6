"""Scanned pages: read where the extra is installed, and what was read by machine never carries a veto."""

import datetime as dt

import pypdfium2
import pytest

from assistant.casefiles import CHECKS, CaseReview
from assistant.casefiles.ocr import page_reader
from assistant.errors import EngineError
from assistant.knowledge.casefiles import load_case_file_rules
from assistant.knowledge.discretion import Discretion
from assistant.law.library import Library
from assistant.rules.proportionality import Proportionality
from assistant.settings import ROOT
from evals.pdf_writing import Picture, pdf

TODAY = dt.date(2026, 11, 23)
LINES = ["询问笔录", "询问人：张明（执法证号：02010001）", "记录人：张明", "询问时间：2026年3月12日"]


class Scripted:
    """A recogniser that says what it is told."""

    def page(self, pdf: bytes, number: int) -> list[str]:
        return LINES

    def picture(self, data: bytes) -> list[str]:
        raise EngineError("文字识别", "图片损坏，打不开")


def grey() -> Picture:
    return Picture(60, 84, bytes([220]) * (60 * 84 * 3))


def test_what_a_machine_read_is_no_veto(library: Library) -> None:
    rules = load_case_file_rules(ROOT / "knowledge_base" / "casefiles", library, TODAY, CHECKS)
    engine = CaseReview(library, rules, Proportionality(library, Discretion()), Discretion(), Scripted)
    review = engine.check([("扫描.pdf", pdf([grey()])), ("照片.png", b"\x89PNG broken")], TODAY)
    found = next(item for item in review.items if item.code == "F03")
    assert found.status == "unknown"
    assert "文字由机器识别" in found.text
    assert {file.name: file.state for file in review.files} == {"扫描.pdf": "read", "照片.png": "unread"}
    assert "图片损坏" in next(file.note for file in review.files if file.name == "照片.png")


def test_a_scanned_page_is_read() -> None:
    reader = page_reader()
    if reader is None:
        pytest.skip("the extra [ocr] is not installed")
    words = ["行政处罚决定书", "罚款人民币伍万元整"]
    with pypdfium2.PdfDocument(pdf([words])) as typed:
        image = typed[0].render(scale=1.5).to_numpy()
    height, width, _ = image.shape
    scan = pdf([Picture(width, height, image[:, :, ::-1].tobytes())])
    assert list(reader.page(scan, 1)) == words
    with pytest.raises(EngineError, match="图片损坏"):
        reader.picture(b"\x89PNG broken")
