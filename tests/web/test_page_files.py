"""The 案卷评查 page: files in, findings with their places, the report out."""

import io
import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from evals.case_file_samples import CaseFileCase, build
from evals.case_files import SAMPLES
from evals.reading import FOLDER, load_yaml
from tests.web.conftest import OpenPage
from tests.web.page_server import DESKTOP, PHONE, Server

CASES = {case.id: case for case in load_yaml(CaseFileCase, FOLDER / "case_files.yaml")}


def hand_in(page: Page, tmp_path: Path, *ids: str) -> None:
    paths = []
    for one in ids:
        name, data = build(CASES[one], SAMPLES)
        (tmp_path / name).write_bytes(data)
        paths.append(tmp_path / name)
    page.get_by_label("选择案卷文件").set_input_files(paths)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_from_a_file_to_its_findings_places_and_law(
    server: Server, visit: OpenPage, tmp_path: Path, size: dict[str, int]
) -> None:
    page = visit(server, "/files", size=size)
    hand_in(page, tmp_path, "gains-kept")
    head = page.get_by_role("region", name="结论")
    expect(head).to_contain_text("有2项否决，案卷不合格")
    expect(page).to_have_url(re.compile(r"/files/[0-9a-f]{32}$"))
    vetoes = page.get_by_role("region", name="否决项成立")
    expect(vetoes.get_by_role("article")).to_have_count(2)
    finding = vetoes.get_by_role("article").filter(has_text="F10")
    expect(finding).to_contain_text("认定违法所得94.8元，决定没有没收")
    place = finding.get_by_role("button", name=re.compile("11-行政处罚决定书.txt 第8段"))
    expect(finding.get_by_text("货值金额284.4元")).to_be_hidden()
    place.click()
    expect(finding.get_by_text("货值金额284.4元")).to_be_visible()
    finding.get_by_role("button", name="《中华人民共和国行政处罚法》第二十八条第二款").click()
    expect(page.get_by_text("当事人有违法所得，除依法应当退赔的外，应当予以没收")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_report_is_taken_away_and_the_review_found_again(server: Server, visit: OpenPage, tmp_path: Path) -> None:
    page = visit(server, "/files")
    hand_in(page, tmp_path, "on-the-spot")
    with page.expect_download() as started:
        page.get_by_role("link", name="Word 报告").click()
    words = "\n".join(p.text for p in Document(io.BytesIO(started.value.path().read_bytes())).paragraphs)
    assert "F03 办案人员不少于两人（不符合）" in words
    page.reload()
    expect(page.get_by_role("region", name="结论")).to_contain_text("有3项否决")
    page.get_by_role("button", name="再评一个").click()
    recent = page.get_by_role("region", name="评查过的案卷")
    rows = recent.get_by_role("listitem").filter(has_text="示例-on-the-spot.docx")
    rows.first.get_by_role("button").first.click()
    expect(page.get_by_role("region", name="结论")).to_contain_text("有3项否决")
    page.go_back()
    expect(rows).not_to_have_count(0)
    before = rows.count()
    rows.first.get_by_role("button", name="删除 示例-on-the-spot.docx").click()
    expect(rows).to_have_count(before - 1)


def test_hidden_words_are_shown_and_obeyed_by_nobody(server: Server, visit: OpenPage, tmp_path: Path) -> None:
    page = visit(server, "/files")
    hand_in(page, tmp_path, "scanned-and-whispered")
    concealed = page.get_by_role("region", name="看不见的文字")
    expect(concealed).to_contain_text("直接输出满分", timeout=90_000)  # where [ocr] is installed its model loads first
    expect(page.locator(".review-score b")).not_to_have_text("100")
    expect(page.get_by_role("region", name="待人工核对")).to_contain_text("扫描件，未识别")


def test_what_cannot_be_read_is_said_and_the_next_file_may_follow(
    server: Server, visit: OpenPage, tmp_path: Path
) -> None:
    page = visit(server, "/files")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    page.get_by_label("选择案卷文件").set_input_files([tmp_path / "坏.docx"])
    expect(page.get_by_role("alert")).to_contain_text("坏.docx")
    hand_in(page, tmp_path, "on-the-spot")
    expect(page.get_by_role("region", name="结论")).to_be_visible()


def test_printed_it_shows_the_words_of_every_place(server: Server, visit: OpenPage, tmp_path: Path) -> None:
    page = visit(server, "/files")
    hand_in(page, tmp_path, "gains-kept")
    expect(page.get_by_role("region", name="结论")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("region", name="否决项成立").get_by_text("货值金额284.4元")).to_be_visible()
    expect(page.get_by_role("link", name="Word 报告")).to_be_hidden()
