"""Cases on the page: the card in a conversation with its buttons, and the two forms, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage
from tests.web.page_server import DESKTOP, PHONE, Server, ask

SHOP = "某便利店未明码标价，检查时当场改正，能不能免罚？"
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.evaluate(
        "[...document.querySelectorAll('.verdict-card, .facts, .case')].map(e => [e.scrollWidth, e.clientWidth])"
    )
    assert all(whole <= seen + 1 for whole, seen in wide)


@SIZES
def test_buttons_under_the_questions_change_the_verdict_in_the_conversation(
    server: Server, visit: OpenPage, size: dict[str, int]
) -> None:
    page = visit(server, size=size)
    ask(page, SHOP)
    cards = page.get_by_role("region", name="免罚核验")
    card = cards.last
    expect(card.get_by_role("heading", level=2)).to_have_text("事实不足，暂不能下结论")
    ground = card.locator(".ground").first
    expect(ground).to_contain_text("轻微、及时改正、没有危害后果")
    expect(ground.locator(".conditions li", has_text="及时改正").get_by_role("img", name="满足")).to_be_visible()
    expect(ground.locator(".conditions li[data-status=unknown]")).to_have_count(1)
    expect(page.locator(".conclusion")).to_contain_text("第三十三条第一款")
    fits(page)
    for number, (label, answer) in enumerate((("危害后果", "无"), ("初次违法", "是")), 2):
        questions = cards.last.get_by_role("region", name="还需查明")
        if number == 2:
            questions.get_by_role("button", name=answer, exact=True).first.click()
        else:
            page.get_by_placeholder("写下案情或要问的法律问题").fill("第一次")
            page.keyboard.press("Enter")
        expect(page.locator(".turn[data-phase=done]")).to_have_count(number)
        expect(page.locator(".turn").last).to_contain_text(f"已记下：{label}：{answer}")
    expect(cards.last.get_by_role("heading", level=2)).to_have_text("应当不予行政处罚")
    expect(cards.last.get_by_role("region", name="措施")).to_contain_text("进行教育")
    expect(cards.last.get_by_role("region", name="文书")).to_contain_text("不予行政处罚决定书")
    # An older card keeps its questions, and takes no answers any more.
    expect(cards.first.locator(".questions li")).not_to_have_count(0)
    expect(cards.first.locator(".questions .options")).to_have_count(0)
    page.reload()
    expect(cards.last.get_by_role("heading", level=2)).to_have_text("应当不予行政处罚")
    fits(page)


def test_a_provision_in_a_card_opens_beside_it(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, SHOP)
    page.get_by_role("region", name="免罚核验").locator(".ground-basis .cite").first.click()
    panel = page.get_by_role("article", name="条文")
    expect(panel.locator(".provision-no")).to_contain_text("第三十三条")
    expect(panel.locator(".paragraph[data-cited]")).to_contain_text("违法行为轻微")


def test_a_fine_without_a_basis_is_asked_for_one_and_then_shown_in_its_range(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, "卖过期饼干货值三十块，拟罚五万，过不过分")
    card = page.get_by_role("region", name="过罚相当审查")
    card.get_by_role("button", name=re.compile("食品安全法》第一百二十四条")).first.click()
    expect(page.locator(".turn[data-phase=done]")).to_have_count(2)
    expect(card.last.get_by_role("img", name=re.compile("法定幅度5万元至10万元，拟5万元"))).to_be_visible()
    expect(card.last.get_by_role("region", name="程序").get_by_role("listitem")).not_to_have_count(0)
    card.last.get_by_text(re.compile("这一条规定的处罚")).click()
    expect(card.last.locator(".clauses li[data-applies]").first).to_be_visible()


def test_a_case_goes_from_the_conversation_into_its_form(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, SHOP)
    page.get_by_role("button", name="在表单里核对事实").click()
    expect(page.get_by_role("heading", name="免罚核验", exact=True)).to_be_visible()
    expect(page.get_by_label("案情")).to_have_value(SHOP)
    expect(page.locator(".fact", has_text="改正情况").locator("q")).to_have_text("当场改正")


@SIZES
def test_the_officers_form_shows_the_facts_before_it_concludes(
    server: Server, visit: OpenPage, size: dict[str, int]
) -> None:
    page = visit(server, "/exemption", size=size)
    page.get_by_label("案情").fill("某便利店未明码标价，初次违法，10月8日检查时当场改正，货值80元。")
    page.get_by_role("button", name="读出事实").click()
    facts = page.get_by_role("region", name="核对事实")
    expect(facts.locator(".fact", has_text="初次违法").locator("q")).to_have_text("初次违法")
    expect(facts.locator(".fact", has_text="货值金额").get_by_role("textbox")).to_have_value("80")
    expect(page.locator(".verdict-card")).to_have_count(0)  # nothing is concluded yet
    fits(page)
    facts.get_by_role("button", name="核验", exact=True).click()
    card = page.get_by_role("region", name="免罚核验")
    expect(card.get_by_role("heading", level=2)).to_contain_text("不能下结论")
    card.get_by_role("button", name="轻微", exact=True).click()
    expect(card.get_by_role("heading", level=2)).to_have_text("可以不予行政处罚")
    expect(facts.locator(".fact", has_text="危害后果")).to_contain_text("轻微")
    # What the words say is corrected by the person, and the words are not read again over it.
    facts.locator(".fact", has_text="初次违法").get_by_text("否", exact=True).click()
    expect(card.get_by_role("heading", level=2)).not_to_have_text("可以不予行政处罚")
    expect(facts.locator(".fact", has_text="初次违法").locator("q")).to_have_count(0)
    expect(card.locator(".contradictions")).to_have_count(0)
    fits(page)


def test_a_wrong_value_is_said_at_its_field_and_nothing_is_lost(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/exemption")
    told = "某便利店未明码标价，初次违法，此前因此被处罚过两次，当场改正，货值80元。"
    page.get_by_label("案情").fill(told)
    page.get_by_role("button", name="读出事实").click()
    facts = page.get_by_role("region", name="核对事实")
    disputed = facts.locator(".fact", has_text="初次违法").first
    expect(disputed).to_contain_text("说法不一")
    goods = facts.locator(".fact", has_text="货值金额")
    goods.get_by_role("textbox").fill("-5")
    facts.get_by_role("button", name="核验", exact=True).click()
    expect(goods.get_by_role("alert")).to_contain_text("不能是负数")
    expect(page.get_by_label("案情")).to_have_value(told)
    goods.get_by_role("textbox").fill("3万")
    goods.get_by_role("textbox").press("Enter")
    card = page.get_by_role("region", name="免罚核验")
    expect(card.get_by_role("heading", level=2)).to_contain_text("矛盾")
    expect(goods.get_by_role("textbox")).to_have_value("30000")
    card.get_by_role("region", name="还需查明").get_by_role("button", name="否", exact=True).first.click()
    expect(card.get_by_role("heading", level=2)).not_to_contain_text("矛盾")


@SIZES
def test_the_lawyers_form_reviews_basis_amount_and_procedure(
    server: Server, visit: OpenPage, size: dict[str, int]
) -> None:
    page = visit(server, "/proportionality", size=size)
    page.get_by_label("案情").fill(
        "某超市2026年3月5日经营超过保质期的食品，3月20日被查，货值80元，违法所得20元。"
        "拟依据食品安全法第一百二十四条第一款第（五）项罚款二十万元，没收违法所得。"
    )
    page.get_by_role("button", name="读出事实").click()
    expect(page.get_by_label("处罚依据")).to_have_value(re.compile("食品安全法》第一百二十四条第一款第（五）项"))
    expect(page.get_by_label("拟罚款", exact=True)).to_have_value("200000")
    expect(page.get_by_label("没收违法所得")).to_be_checked()
    page.get_by_role("button", name="核验", exact=True).click()
    card = page.get_by_role("region", name="过罚相当审查")
    expect(card.get_by_role("heading", level=2)).to_have_text("拟处罚高于法定上限")
    expect(card.get_by_role("img", name=re.compile("法定幅度5万元至10万元，拟20万元"))).to_be_visible()
    expect(card.get_by_role("region", name="审查意见")).to_contain_text("高于法定上限")
    expect(card.get_by_role("region", name="程序")).to_contain_text("处罚时效")
    fits(page)
    page.get_by_label("拟罚款", exact=True).fill("6万")
    page.get_by_role("button", name="重新核验").click()
    expect(card.get_by_role("heading", level=2)).to_contain_text("在法定幅度内")


def test_a_basis_that_is_no_provision_is_said_at_its_field(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/proportionality")
    page.get_by_label("案情").fill("某超市经营过期食品。")
    page.get_by_label("处罚依据").fill("随便哪条")
    page.get_by_label("拟罚款", exact=True).fill("五千")
    page.get_by_role("button", name="读出事实").click()
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.locator(".proposal .field-problem")).not_to_have_count(0)
    expect(page.locator(".verdict-card")).to_have_count(0)


def test_an_opinion_is_copied_and_printed_with_its_facts(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/exemption")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_label("案情").fill("某便利店未明码标价，初次违法，检查时当场改正，没有危害后果。")
    page.get_by_role("button", name="读出事实").click()
    page.get_by_role("button", name="核验", exact=True).click()
    page.get_by_role("button", name="复制意见").click()
    expect(page.get_by_text("已复制意见")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("结论：应当不予行政处罚。")
    page.get_by_role("button", name="打印").click()
    sheet = page.locator(".print-sheet")
    expect(sheet).to_contain_text("初次违法：是")
    expect(sheet).to_contain_text("结论：应当不予行政处罚")
    assert page.evaluate("window.printed")


def test_a_form_half_filled_is_there_when_one_comes_back(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/exemption")
    page.get_by_label("案情").fill("某便利店未明码标价。")
    page.get_by_role("link", name="检索").click()
    expect(page.get_by_label("检索词")).to_be_visible()
    page.get_by_role("link", name="免罚核验").click()
    expect(page.get_by_label("案情")).to_have_value("某便利店未明码标价。")
    assert "便利店" not in page.url
    page.get_by_role("button", name="清空").click()
    expect(page.get_by_label("案情")).to_have_value("")
