"""Every page is one step away: an index above the conversations, and on a phone a sheet from below."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.page_server import DESKTOP, PHONE, Server

ADDRESSES = {"检索": "/search", "核验引文": "/check", "数据": "/figures", "问答": "/"}


def test_the_index_leads_to_every_page_and_says_where_one_is(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    index = page.get_by_role("navigation", name="功能")
    for label, path in ADDRESSES.items():
        index.get_by_role("link", name=label, exact=True).click()
        expect(page).to_have_url(re.compile(re.escape(path) + "$"))
        expect(index.locator("[aria-current=page]")).to_have_text(label)
        expect(page.get_by_role("navigation", name="会话")).to_be_visible()
    assert {link.get_attribute("href") for link in index.get_by_role("link").all()} >= set(ADDRESSES.values())


def test_on_a_phone_the_name_of_the_page_opens_the_index(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/search?q=听证", size=PHONE)
    expect(page.get_by_role("navigation", name="功能")).to_have_count(0)
    page.get_by_role("button", name="检索，换一个功能").click()
    sheet = page.get_by_role("dialog", name="功能")
    expect(sheet.locator("[aria-current=page]")).to_contain_text("检索")
    for link in sheet.get_by_role("link").all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    sheet.get_by_role("link", name="核验引文").click()
    expect(sheet).to_be_hidden()
    expect(page.get_by_label("文稿")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("检索词")).to_have_value("听证")


@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 1280, "height": 640}])
def test_the_index_leaves_room_for_the_conversations(server: Server, visit: OpenPage, size: dict[str, int]) -> None:
    page = visit(server, size=size)
    if size == PHONE:
        page.get_by_role("button", name="会话列表").click()
    listed = page.locator(".rail-list")
    expect(listed).to_be_visible()
    box = listed.bounding_box()
    assert box is not None
    assert box["height"] >= 160
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
