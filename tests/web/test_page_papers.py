"""From a question in the chat to a signed paper: drafted, filled, reviewed, made final, and read back from Word."""

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage
from tests.web.page_server import PHONE, Server, ask

QUESTION = "2026年9月3日检查发现某五金店的商品没有明码标价，店主当场补贴了价签，没有造成危害后果，系首次违法，可以不处罚吗？"
FIELDS = {
    "发文机关": "天津经济技术开发区某局", "文号": "津开某罚免[2026]第05号", "当事人": "某五金店", "地址": "洞庭路某号",
    "违法行为": "没有明码标价", "罚则": "《价格法》第四十二条", "证据": "现场笔录\n照片", "复议机关": "天津市某区人民政府",
    "管辖法院": "某人民法院",
}  # fmt: skip


def _draft(page: Page) -> None:
    """From the answer of the chat to a draft of the decision."""
    ask(page, QUESTION)
    page.get_by_role("button", name="拟成文书").click()
    expect(page.get_by_label("案情或问题")).to_have_value(QUESTION)
    expect(page.get_by_role("radio", name="不予行政处罚决定书")).to_be_checked()  # what the verdict calls for
    page.get_by_label("拟稿人").fill("李一")
    page.get_by_role("button", name="拟稿", exact=True).click()
    expect(page.get_by_role("article", name="文书正文")).to_contain_text("店主当场补贴了价签")


def _fill(page: Page) -> None:
    card = page.get_by_role("form", name="还缺")
    for name, value in FIELDS.items():
        card.locator("label").filter(has_text=name).first.locator("input, textarea").first.fill(value)
    card.locator("label").filter(has_text="成文日期").locator("input").fill("2026-11-20")
    page.keyboard.press("Enter")
    card.get_by_role("button", name="填入文书").click()
    expect(card).to_have_count(0)


def test_a_question_becomes_a_signed_paper_that_word_can_read(
    server: Server, visit: OpenPage, tmp_path: Path
) -> None:
    page = visit(server, accept_downloads=True)
    _draft(page)
    sheet = page.get_by_role("article", name="文书正文")
    expect(sheet).to_contain_text("【待填：当事人】")
    expect(page.get_by_role("region", name="定稿以前")).to_contain_text("【待填：复议机关】")
    _fill(page)
    expect(sheet).not_to_contain_text("【待填")
    expect(sheet).to_contain_text("本机关决定对当事人某五金店不予行政处罚")
    expect(sheet.locator(".cite[data-first]").first).to_have_attribute("data-verdict", "verified")
    expect(page.get_by_role("region", name="定稿以前")).to_contain_text("没有未核实的引文")
    page.get_by_role("button", name="复核", exact=True).click()
    step = page.get_by_role("dialog")
    step.get_by_label("复核人").fill("李一")
    step.get_by_role("button", name="复核", exact=True).click()
    expect(step.get_by_role("alert")).to_contain_text("不能复核自己拟的文书")
    step.get_by_label("复核人").fill("王二")
    step.get_by_label("意见").fill("事实清楚，同意。")
    step.get_by_role("button", name="复核", exact=True).click()
    expect(page.locator(".paper-head")).to_contain_text("王二复核")
    page.get_by_role("button", name="定稿", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="定稿", exact=True).click()
    expect(page.locator(".paper-head")).to_contain_text("王二定稿")
    expect(page.get_by_role("button", name="改写")).to_have_count(0)
    page.get_by_role("button", name="下载 Word").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="引文作脚注").click()
    assert waiting.value.suggested_filename == "不予行政处罚决定书.docx"
    file = tmp_path / "decision.docx"
    waiting.value.save_as(file)
    document = Document(str(file))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[0] == "天津经济技术开发区某局"
    assert "津开某罚免〔2026〕5号" in text
    assert any("本机关决定对当事人某五金店不予行政处罚。" in line for line in text)
    assert text[-1] == "2026年11月20日"
    assert document.sections[0].header.paragraphs[0].text == ""
    history = page.get_by_role("region", name="办理经过")
    expect(history.get_by_role("listitem")).to_have_count(4)
    expect(history).to_contain_text("事实清楚，同意。")


def test_a_citation_that_is_not_there_is_seen_while_writing_and_keeps_the_paper_from_being_final(
    server: Server, visit: OpenPage
) -> None:
    page = visit(server)
    _draft(page)
    section = page.get_by_role("region", name="三、不予行政处罚的理由和依据")
    section.get_by_role("button", name="改写").click()
    body = section.get_by_label("正文", exact=True)
    body.fill(body.input_value() + "\n另据《行政处罚法》第九百条，应当从宽。")
    expect(section.get_by_role("status")).to_contain_text("没有第九百条")
    section.get_by_role("button", name="保存").click()
    expect(section.locator(".cite[data-verdict=no_such_provision]")).to_have_count(1)
    expect(page.get_by_role("region", name="定稿以前")).to_contain_text("《行政处罚法》第九百条")
    history = page.get_by_role("region", name="办理经过")
    history.get_by_role("button", name="看改了什么").click()
    expect(history.locator("ins")).to_contain_text("第九百条")
    page.get_by_role("button", name="复核", exact=True).click()
    page.get_by_label("复核人").fill("王二")
    page.get_by_role("dialog").get_by_role("button", name="复核", exact=True).click()
    page.get_by_role("button", name="定稿", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="定稿", exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("第九百条")
    page.get_by_role("dialog").get_by_role("button", name="取消").click()
    section.get_by_role("button", name="改写").click()
    section.get_by_role("button", name="恢复程序写的").click()
    expect(section.locator(".cite[data-verdict=no_such_provision]")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE])
def test_a_paper_fits_a_phone(server: Server, visit: OpenPage, size: dict[str, int]) -> None:
    page = visit(server, size=size)
    _draft(page)
    wide = page.evaluate("document.querySelector('.page').scrollWidth <= document.querySelector('.page').clientWidth")
    assert wide
    expect(page.get_by_role("button", name="复核", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="全部文书").click()
    expect(page.locator(".paper-lines li").first).to_contain_text("不予行政处罚决定书")


def test_bad_input_is_said_on_the_page(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/opinions")
    page.get_by_text("行政处罚法制审核意见书", exact=True).first.click()
    page.get_by_role("button", name="拟稿", exact=True).click()
    card = page.get_by_role("form", name="还缺")
    card.locator("label").filter(has_text="处罚依据").locator("input").fill("随便哪一条")
    card.get_by_role("button", name="填入文书").click()
    expect(page.get_by_role("alert")).to_contain_text("不是一处法律条文")
    expect(card.locator("label").filter(has_text="处罚依据").locator("input")).to_have_value("随便哪一条")


def test_a_paper_that_is_not_there_is_said(server: Server, visit: OpenPage) -> None:
    page = visit(server, "/opinions/none")
    expect(page.get_by_role("alert")).to_contain_text("没有编号为none的文书")


def test_the_form_of_an_exemption_becomes_a_paper_without_the_facts_that_were_struck_out(
    server: Server, visit: OpenPage
) -> None:
    page = visit(server, "/exemption")
    page.get_by_label("案情", exact=True).fill("某便利店未明码标价，首次被查处，检查时当场改正，没有造成危害后果。")
    page.get_by_role("button", name="读出事实").click()
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.get_by_role("region", name="免罚核验")).to_contain_text("应当不予行政处罚")
    page.get_by_role("button", name="拟成文书").click()
    expect(page.get_by_role("radio", name="不予行政处罚决定书")).to_be_checked()
    carried = page.get_by_role("region", name="带来的事实")
    expect(carried).to_contain_text("没有造成危害后果")
    page.get_by_label("案情或问题").fill("某便利店未明码标价，首次被查处，检查时当场改正。")
    carried.get_by_role("button", name="去掉危害后果").click()
    expect(carried.get_by_text("危害后果", exact=True)).to_have_count(0)
    page.get_by_label("拟稿人").fill("李一")
    page.get_by_role("button", name="拟稿", exact=True).click()
    expect(page.get_by_role("article", name="文书正文")).not_to_contain_text("本机关决定")
    expect(page.get_by_role("form", name="还缺")).to_contain_text("危害后果")


def test_the_form_of_proportionality_becomes_a_legal_review_with_what_was_proposed(
    server: Server, visit: OpenPage
) -> None:
    page = visit(server, "/proportionality")
    page.get_by_label("案情", exact=True).fill(
        "某超市2026年3月5日经营超过保质期的食品，货值80元，拟依据食品安全法第一百二十四条第一款第（五）项罚款二十万元。"
    )
    page.get_by_role("button", name="读出事实").click()
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.get_by_role("region", name="过罚相当审查")).to_contain_text("高于法定上限")
    page.get_by_role("button", name="拟成文书").click()
    expect(page.get_by_role("radio", name="行政处罚法制审核意见书")).to_be_checked()
    page.get_by_label("拟稿人").fill("李一")
    page.get_by_role("button", name="拟稿", exact=True).click()
    sheet = page.get_by_role("article", name="文书正文")
    expect(sheet).to_contain_text("罚款200000元")
    expect(sheet).to_contain_text("改正。")
    expect(sheet).to_contain_text("高于法定上限（50000元至100000元")
