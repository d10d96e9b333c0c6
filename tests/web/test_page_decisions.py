"""The 复议案例 page: found by what happened and by provision, one case, the counts; what is no law in the chat."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.page_server import DESKTOP, PHONE, Server, ask


def test_a_case_is_found_compared_and_opened_with_its_citations(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/decisions")
    page.get_by_label("案情或者条文").fill("超市销售超过保质期的食品，货值42元，第一次违法")
    page.keyboard.press("Enter")
    like = page.get_by_role("region", name="类似决定")
    tea = like.get_by_role("article").filter(has_text="江苏某超市销售过期茶干")
    expect(tea).to_contain_text("本案约是该案的2.8倍")
    expect(like).not_to_contain_text("%")
    tea.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/decisions/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("过期茶干")
    expect(page.get_by_role("list", name="请注意")).to_contain_text("没有人与原文核对过")
    page.get_by_role("button", name=re.compile("第一百二十四条.*打开条文")).first.click()
    expect(page.get_by_role("article", name="条文")).to_contain_text("第一百二十四条")


def test_by_provision_by_outcome_and_the_counts(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/decisions?provision=安全生产法第一百一十四条")
    held = page.get_by_role("region", name="案例", exact=True)
    expect(held.get_by_role("listitem")).to_have_count(1)
    expect(held).to_contain_text("瞒报生产安全事故")
    page.goto("/decisions?outcome=变更")
    expect(held.get_by_role("listitem")).to_have_count(2)
    counts = page.get_by_role("region", name="统计")
    expect(counts).to_contain_text("变更·明显不当")
    expect(counts).to_contain_text("2 个案例里有 2 个因此被纠正")
    expect(counts).not_to_contain_text("%")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_page_fits(server: Server, visit: OpenPage, size: dict[str, int]) -> None:
    page = visit(server, "/decisions", size=size)
    expect(page.get_by_role("region", name="统计")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_item_beside_an_answer_opens_as_what_it_is(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, "环评没批就开工建设怎么处罚")
    evidence = page.get_by_role("region", name="依据")
    if (more := evidence.get_by_role("button", name=re.compile("展开全部"))).count():
        more.click()
    evidence.get_by_role("button", name=re.compile("未批先建.*打开原文")).first.click()
    panel = page.get_by_role("article", name="清单事项")
    expect(panel).to_contain_text("不是现行法律")
    expect(panel).to_contain_text("对经开区只作参考")
