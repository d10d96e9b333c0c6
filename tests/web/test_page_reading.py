"""Keyboard, narrow screens, search, checking a draft, and colours that can be read."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.page_server import PHONE, Server, ask

ARTICLE = "行政处罚法第三十三条怎么规定？"


def test_all_of_it_by_keyboard(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    composer = page.get_by_placeholder("写下案情或要问的法律问题")
    expect(composer).to_be_editable()
    page.keyboard.press("Control+k")
    expect(composer).to_be_focused()
    page.keyboard.insert_text("行政处罚法第三十三条")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("怎么规定？")
    expect(composer).to_have_value("行政处罚法第三十三条\n怎么规定？")
    page.keyboard.press("Enter")
    expect(page.locator(".turn[data-phase=done]")).to_have_count(1)
    marks = page.locator(".cite[data-first]")
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.get_by_role("article", name="条文")
    expect(panel).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(2)).to_be_focused()
    expect(marks.nth(2)).to_have_attribute("data-current", "true")
    page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()
    expect(composer).to_be_focused()


def test_a_phone_has_the_list_in_a_drawer_and_the_provision_in_a_sheet(server: Server, visit: OpenPage) -> None:
    page = visit(server, size=PHONE)
    ask(page, ARTICLE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.evaluate("document.querySelector('.ask-scroll').scrollWidth") <= PHONE["width"]
    expect(page.get_by_role("navigation", name="会话")).to_have_count(0)
    page.get_by_role("button", name="会话列表").click()
    rail = page.get_by_role("navigation", name="会话")
    expect(rail.locator("[aria-current=page]")).to_contain_text("行政处罚法")
    rail.get_by_role("button", name=re.compile("新的咨询")).click()
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()
    page.go_back()
    page.locator(".cite[data-first]").first.click()
    panel = page.get_by_role("article", name="条文")
    expect(panel).to_contain_text("第三十三条")
    box = panel.bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
    panel.get_by_role("button", name="关闭条文").click()
    expect(panel).to_be_hidden()


def test_search_finds_marks_and_opens_and_keeps_its_address(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/search")
    page.get_by_label("检索词").fill("行政处罚 听证 较大数额罚款")
    page.keyboard.press("Enter")
    results = page.get_by_role("region", name="检索结果")
    expect(results.get_by_role("listitem").first).to_be_visible()
    expect(results.locator("mark").first).to_be_visible()
    expect(results.get_by_role("button", name=re.compile("行政处罚法.*第六十三条")).first).to_be_visible()
    results.get_by_role("button", name=re.compile("行政处罚法.*第六十三条")).first.click()
    expect(page.get_by_role("article", name="条文").locator(".provision-no")).to_contain_text("第六十三条")
    page.reload()
    expect(page.get_by_label("检索词")).to_have_value("行政处罚 听证 较大数额罚款")
    expect(results.get_by_role("listitem").first).to_be_visible()


def test_search_takes_in_what_is_not_in_force_only_when_told(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/search?q=大气污染防治法 超标排放 罚款")
    results = page.get_by_role("region", name="检索结果")
    expect(results.get_by_role("listitem").first).to_be_visible()
    expect(results.get_by_text("已废止", exact=True)).to_have_count(0)
    page.get_by_role("switch").click()
    expect(results.get_by_text("已废止", exact=True).first).to_be_visible()


def test_a_draft_is_annotated_and_tabled(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/check")
    draft = (
        "依据《中华人民共和国行政处罚法》第三十三条第一款、《大气污染防治法》第九十九条、"
        "《食品安全法》第九百条和《某某市无名条例》第八条，<b onclick=alert(1)>𠮷某</b>不予处罚。"
    )
    page.get_by_label("文稿").fill("𠮷" + draft)
    page.get_by_role("button", name="核验", exact=True).click()
    annotated = page.get_by_label("标注后的文稿")
    for verdict, text in (
        ("verified", "《中华人民共和国行政处罚法》第三十三条第一款"),
        ("repealed", "《大气污染防治法》第九十九条"),
        ("no_such_provision", "《食品安全法》第九百条"),
        ("out_of_scope", "《某某市无名条例》第八条"),
    ):
        expect(annotated.locator(f"[data-verdict={verdict}] .cite-text")).to_have_text(text)
    expect(annotated).to_contain_text("<b onclick=alert(1)>")
    expect(page.get_by_role("row")).to_have_count(5)
    page.get_by_role("row").nth(1).get_by_role("button").click()
    panel = page.get_by_role("article", name="条文")
    expect(panel.locator(".paragraph[data-cited]")).to_contain_text("违法行为轻微并及时改正")
    annotated.locator("[data-verdict=no_such_provision]").click()
    expect(panel.locator(".verdict-note")).to_contain_text("没有这一条款")
    page.get_by_role("button", name="改文稿").click()
    expect(page.get_by_label("文稿")).to_have_value("𠮷" + draft)


CONTRAST = """() => {
  const channel = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number)
    return .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b) }
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05) }
  const colour = value => { const probe = document.createElement('span'); probe.style.color = `var(--${value})`
    document.body.append(probe); const found = getComputedStyle(probe).color; probe.remove(); return found }
  const found = {}
  for (const tone of ['valid', 'coming', 'dead', 'old', 'doubt'])
    found[tone] = ratio(colour(tone), colour(tone + '-bg'))
  for (const ink of ['ink', 'ink-2', 'ink-3', 'blue', 'seal'])
    for (const paper of ['paper', 'sheet', 'rail']) found[`${ink} on ${paper}`] = ratio(colour(ink), colour(paper))
  return found
}"""


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_every_ink_can_be_read_on_its_paper(server: Server, visit: OpenPage, shade: str) -> None:
    page = visit(server, color_scheme=shade)
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.shade") == shade
    assert {name: r for name, r in page.evaluate(CONTRAST).items() if r < 4.5} == {}


def test_light_and_dark_are_chosen_and_remembered(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    page.get_by_role("button", name="账户与外观").click()
    page.get_by_role("menuitem", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-shade", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-shade", "dark")
