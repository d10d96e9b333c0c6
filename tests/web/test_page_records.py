"""The office's rows on the 数据 page: preview, import, ranking, the rows behind a number; 示例 marked throughout."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from assistant.records.sample import sample_sheets, write_samples
from tests.web.conftest import OpenPage
from tests.web.page_server import Server, serve, stop


@pytest.fixture(scope="module")
def office(page_built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: what is imported here is nobody else's."""
    running = serve(tmp_path_factory.mktemp("records-home"))
    yield running
    stop(running)


def test_a_sheet_is_previewed_brought_in_ranked_and_opened_row_by_row(
    office: Server, visit: OpenPage, tmp_path: Path
) -> None:
    sheets = [sheet for sheet in sample_sheets(200, until=dt.date.today()) if sheet.kind == "处罚"]
    (path,) = write_samples(tmp_path, sheets)
    page = visit(office, "/figures")
    section = page.get_by_role("region", name="本单位的明细")
    expect(section).to_contain_text("还没有明细")
    section.get_by_role("button", name="导入一张表").click()
    page.locator("input[type=file]").set_input_files(path)
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".preview-counts")).to_contain_text("新增40行")
    expect(dialog).to_contain_text("40行标着示例")
    dialog.get_by_role("button", name="确认导入40行").click()
    expect(section.locator(".holdings")).to_contain_text("40行")
    expect(section.locator(".sample-note")).to_contain_text("不得引用")
    ranking = section.locator(".ranking-card")
    expect(ranking.get_by_role("img", name="行政处罚：")).to_be_visible()
    ranking.locator(".ranking a").first.click()
    rows = page.get_by_role("dialog")
    expect(rows.get_by_role("status")).to_contain_text("行，新的在前")
    expect(rows).to_contain_text("示例数据")
    with page.expect_download() as started:
        rows.get_by_role("link", name="导出 Excel").click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes()))
    assert "示例数据" in str(book.active["A2"].value)
    page.go_back()
    page.get_by_label("要问的数").fill("今年哪个部门处罚最多")
    page.keyboard.press("Enter")
    card = page.get_by_role("region", name="数据", exact=True)
    expect(card.locator(".sample-mark")).to_be_visible()
    expect(card.locator(".ranking tr[data-asked=true]").first).to_contain_text("1")
