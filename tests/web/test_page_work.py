"""变动提醒, 事项 and 热线 in a real browser: from what came in to what was signed or told, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage
from tests.web.page_server import DESKTOP, PHONE, Server

ORDERS = {
    "desk": ("我在超市买的酸奶已经过期五天了，超市不给退，我电话13920001234，要求赔偿。", "过期食品", "第一百四十八条第二款"),
    "phone": ("公司拖欠我三个月工资，我电话13920001234，该找谁？", "拖欠工资", "劳动合同法》第三十条"),
}


def call(page: Page, method: str, path: str, data: dict[str, object]) -> None:
    """What the page's own script would send."""
    answer = page.request.fetch(
        f"/api/v1/{path}", method=method, data=data, headers={"Origin": "/".join(page.url.split("/")[:3])}
    )
    assert answer.ok, answer.text()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("where", ["desk", "phone"])
def test_an_order_from_the_queue_to_the_citizen(server: Server, visit: OpenPage, where: str) -> None:
    content, matter, basis = ORDERS[where]
    number = f"W-{where}"
    page = visit(server, "/hotline", size=DESKTOP if where == "desk" else PHONE)
    page.get_by_role("button", name="录入一件").click()
    page.get_by_label("工单号").fill(number)
    page.get_by_label("诉求内容").fill(content)
    page.get_by_role("button", name="起草").click()
    row = page.get_by_role("list", name="工单").get_by_role("listitem").filter(has_text=number)
    expect(row).to_contain_text(matter)
    expect(row).not_to_contain_text("13920001234")
    assert fits(page)
    row.get_by_role("link").click()
    draft = page.get_by_label("答复草稿")
    expect(draft).to_have_value(re.compile(basis))
    page.get_by_role("button", name="显示个人信息").click()
    expect(page.locator(".work-said")).to_contain_text("13920001234")
    draft.fill("依据《食品安全法》第九百条，您可以要求赔偿。")
    page.get_by_role("button", name="核准答复").click()
    expect(page.locator(".problem")).to_contain_text("第九百条")
    draft.fill("您好，请带上商品和小票到市场监管所登记。")
    page.get_by_role("button", name="核准答复").click()
    expect(page.get_by_role("status").filter(has_text="已核准")).to_be_visible()
    assert fits(page)


def test_what_is_urgent_stands_first_and_a_report_goes_to_a_person(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/hotline")
    page.get_by_role("button", name="录入一件").wait_for()
    for number, content in (("U-1", "请问试用期多长"), ("U-2", "着火了快来人"), ("U-3", "我要举报一家黑作坊")):
        call(page, "POST", "hotline/orders", {"order_no": number, "content": content})
    page.reload()
    rows = page.get_by_role("list", name="工单").get_by_role("listitem")
    expect(rows.first).to_contain_text("U-2")
    expect(rows.first).to_contain_text("紧急")
    page.get_by_role("link", name="U-3").click()
    expect(page.get_by_role("note")).to_contain_text("举报线索")
    page.get_by_label("退回理由").fill("线索不清")
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("status").filter(has_text="已退回")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_matter_from_coming_in_to_its_lawyer(server: Server, visit: OpenPage, size: dict[str, int]) -> None:
    page = visit(server, "/matters", size=size)
    page.get_by_role("button", name="登记事项").wait_for()
    call(page, "PUT", "lawyers/王律师", {"title": "三级主任", "fields": ["市场监管"]})
    page.get_by_role("button", name="登记事项").click()
    page.get_by_label("标题").fill("某超市过期食品案的法制审核")
    page.get_by_label("领域").fill("市场监管")
    page.get_by_role("dialog").get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name="某超市过期食品案的法制审核")).to_be_visible()
    page.get_by_label("承办人").click()
    page.get_by_text("王律师（市场监管").click()
    page.get_by_role("button", name="分派").click()
    expect(page.locator(".work-events")).to_contain_text("给王律师")
    page.get_by_label("说明").fill("阅卷")
    page.get_by_role("button", name="记一笔").click()
    expect(page.locator(".work-events")).to_contain_text("阅卷")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator(".problem")).to_contain_text("由王律师办理")
    assert fits(page)
    page.goto("/matters?view=participation")
    expect(page.get_by_role("status").filter(has_text="参与率")).to_be_visible()
    expect(page.get_by_role("row", name="王律师")).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_what_changed_under_an_answer_is_shown_with_old_and_new(
    server: Server, visit: OpenPage, size: dict[str, int]
) -> None:
    page = visit(server, "/watch", size=size)
    page.get_by_role("heading", name="变动提醒").wait_for()
    question: dict[str, object] = {"message": "大气污染防治法第一百一十七条怎么规定", "as_of": "2026-08-01", "stream": False}
    call(page, "POST", "chat", question)
    page.reload()
    row = page.locator(".work-row").filter(has_text="第一百一十七条").first
    expect(row).to_contain_text("已废止")
    expect(row).to_contain_text("2026-08-15")
    row.get_by_text("当时的文字").first.click()
    expect(row.locator("blockquote").first).to_be_visible()
    assert fits(page)
