"""The 数据 page and the figures in a conversation: the number, its sources, its warnings, what to ask instead."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.page_server import DESKTOP, PHONE, Server, ask


def test_a_number_is_shown_large_with_formula_sources_and_warnings(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    page.get_by_role("link", name="数据").click()
    page.get_by_label("要问的数").fill("行政检查占归集执法信息的比重是多少")
    page.keyboard.press("Enter")
    card = page.get_by_role("region", name="数据", exact=True)
    expect(card.locator(".figure-number")).to_have_text("82.86%")
    expect(card.locator(".figure-of")).to_contain_text("截至2024-12-23")
    expect(card.locator(".figure-formula")).to_contain_text("行政检查记录1233条 ÷ 归集执法信息1488条")
    expect(card.get_by_role("table")).to_contain_text("一、行政执法基本情况")
    expect(card.get_by_role("list", name="提示")).to_contain_text("少6条")
    page.reload()
    expect(card.locator(".figure-number")).to_have_text("82.86%")


def test_what_is_not_held_gets_no_number_and_a_way_on(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/figures?q=2023年履责率是多少")
    card = page.get_by_role("region", name="数据", exact=True)
    expect(card).to_contain_text("答不了：没有经开区2023年的“履责率”")
    expect(card.locator(".figure-number")).to_have_count(0)
    card.get_by_role("button", name=re.compile("截至2024年10月31日履责率")).click()
    expect(card.locator(".figure-number")).to_have_text("71.61%")
    page.go_back()
    expect(card).to_contain_text("答不了")


def test_an_example_is_one_click_away(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/figures")
    page.get_by_role("button", name="履责率比十月底涨了多少？").click()
    expect(page.locator(".figure-number")).to_have_text("5.54个百分点")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_overview_draws_lists_and_fits(server: Server, visit: OpenPage, size: dict[str, int]) -> None:
    page = visit(server, "/figures", size=size)
    charts = page.locator(".chart svg")
    expect(charts).to_have_count(3)
    expect(page.get_by_role("img", name=re.compile("归集执法信息.*行政检查记录1,233条"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("商事登记：2023年24,531件次，2024年30,944件次"))).to_be_visible()
    checks = page.get_by_role("region", name="数据核对")
    expect(checks).to_contain_text("责令整改通知书与四类分项")
    expect(checks.locator("ol > li")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_table_is_filtered_and_taken_away_as_it_is_seen(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/figures")
    table = page.get_by_role("region", name="全部数据")
    table.get_by_label("筛选").fill("隐患")
    expect(table.get_by_role("status")).to_have_text(re.compile(r"^\d 个数$"))
    expect(table).to_contain_text("1,589项")
    with page.expect_download() as started:
        table.get_by_role("link", name="导出 Excel").click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes()))
    rows = list(book["数据"].values)[1:]
    assert 1589 in {row[4] for row in rows}
    with page.expect_download() as report:
        table.get_by_role("link", name="2024年报告初稿").click()
    assert report.value.suggested_filename == "2024年报告初稿.docx"
    assert len(rows) == int((table.get_by_role("status").text_content() or "").split()[0])


def test_a_conversation_shows_the_number_as_a_card_and_follows_on(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, "2024年商事登记多少件？")
    cards = page.get_by_role("region", name="数据", exact=True)
    expect(cards.locator(".figure-number")).to_have_text("30,944件次")
    expect(page.get_by_role("region", name="依据")).to_have_count(0)
    ask(page, "那人社呢？")
    expect(cards.last.locator(".figure-number")).to_have_text("97,126人次")
    ask(page, "责令整改通知书有多少份")
    expect(cards.last.get_by_role("list", name="提示")).to_contain_text("矛盾")
