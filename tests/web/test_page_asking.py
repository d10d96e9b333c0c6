"""Ask, read, open what is cited, come back to it, and say what one thinks of it."""

import re

from playwright.sync_api import expect

from assistant.journal import Database, Journal, sqlite_url
from tests.openai_server import OpenAIServer, Reply
from tests.web.conftest import OpenPage
from tests.web.page_server import TOKEN, Server, ask

ARTICLE = "行政处罚法第三十三条怎么规定？"


def test_a_sign_in_link_lets_in_and_leaves_no_token_in_the_address(server: Server, visit: OpenPage) -> None:
    page = visit(server, f"/?token={TOKEN}", signed_in=False)
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()
    assert "token" not in page.url
    page.reload()
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()


def test_without_a_session_the_token_is_asked_for(server: Server, visit: OpenPage) -> None:
    page = visit(server, signed_in=False)
    page.get_by_label("登录令牌", exact=True).fill("not-the-token")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("令牌不对")
    page.get_by_label("登录令牌", exact=True).fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()


def test_the_reason_is_shown_until_the_server_is_ready(server: Server, visit: OpenPage) -> None:
    page = visit(server, signed_in=False)
    said = {"type": "about:blank", "title": "服务暂不可用", "status": 503, "detail": "正在载入知识库"}
    page.route("**/readyz", lambda route: route.fulfill(status=503, json=said), times=1)
    page.get_by_label("登录令牌", exact=True).fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.get_by_text("正在载入知识库")).to_be_visible()
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()


def test_an_example_is_answered_with_evidence_first_and_every_citation_marked(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    page.get_by_role("button", name=re.compile("没有明码标价")).click()
    expect(page.locator(".turn[data-phase=done]")).to_have_count(1)
    evidence = page.get_by_role("region", name="依据")
    expect(evidence.get_by_role("listitem").first).to_contain_text("行政处罚法")
    expect(evidence.get_by_role("listitem").first).to_contain_text("现行有效")
    assert evidence.bounding_box()["y"] < page.locator(".answer-body").bounding_box()["y"]  # type: ignore[index]
    expect(page.locator(".conclusion")).to_contain_text("结论")
    marks = page.locator(".cite[data-first]")
    assert marks.count() >= 2
    expect(marks.first).to_have_attribute("data-verdict", "verified")
    expect(page.locator(".checked")).to_contain_text("核验属实")
    assert "/c/" in page.url


def test_a_citation_opens_the_provision_and_its_neighbours(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, ARTICLE)
    mark = page.locator(".cite[data-first]").first
    mark.click()
    panel = page.get_by_role("article", name="条文")
    expect(panel.get_by_role("heading", name="中华人民共和国行政处罚法")).to_be_visible()
    expect(panel).to_contain_text("第三十三条")
    expect(panel).to_contain_text("2021年7月15日起施行")
    expect(panel).to_contain_text("现行有效")
    panel.get_by_role("button", name=re.compile(r"下一条\s*第三十四条")).click()
    expect(panel.locator(".provision-no")).to_contain_text("第三十四条")
    panel.get_by_role("button", name="返回").click()
    expect(panel.locator(".provision-no")).to_contain_text("第三十三条")
    panel.get_by_role("button", name="复制引用", exact=True).click()
    assert page.evaluate("navigator.clipboard.readText()") == "《中华人民共和国行政处罚法》第三十三条"
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(mark).to_be_focused()


def test_an_answer_goes_on_while_its_reader_looks_something_up(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    expect(page.get_by_label("以哪一天的法律为准")).to_be_visible()
    page.get_by_placeholder("写下案情或要问的法律问题").fill(ARTICLE)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="核验引文").click()
    expect(page.get_by_label("文稿")).to_be_visible()
    expect(page.get_by_role("navigation", name="会话").get_by_text("行政处罚法").first).to_be_visible()
    page.get_by_role("link", name="问答").click()
    expect(page.locator(".turn[data-phase=done]")).to_have_count(1)
    page.get_by_role("button", name="新的咨询").click()
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()


def test_a_repealed_provision_says_so_and_where_to_look_now(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, "大气污染防治法第九十九条怎么规定？")
    mark = page.locator(".cite[data-verdict=repealed][data-first]", has_text="第九十九条").first
    mark.click()
    panel = page.get_by_role("article", name="条文")
    expect(panel.locator(".verdict-note")).to_contain_text("已废止")
    expect(panel.locator(".verdict-note")).to_contain_text("生态环境法典")
    expect(panel.locator(".provision-no")).to_contain_text("已废止")


def test_a_question_outside_the_law_is_declined_without_evidence(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, "今天天气怎么样？")
    expect(page.locator(".refused")).to_contain_text("不属于法律事务")
    expect(page.get_by_role("region", name="依据")).to_have_count(0)


def test_after_a_reload_the_conversation_is_found_renamed_and_deleted(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, "行政处罚的听证期限是几天？")
    ask(page, "那逾期不申请呢？")
    answer = page.locator(".answer-body").first.inner_text()
    page.reload()
    expect(page.locator(".turn[data-phase=done]")).to_have_count(2)
    assert page.locator(".answer-body").first.inner_text() == answer
    rail = page.get_by_role("navigation", name="会话")
    line = rail.locator(".ant-conversations-item").filter(has=page.locator("[aria-current=page]"))
    expect(line).to_contain_text("听证期限")
    line.get_by_role("button", name="会话操作").click()
    page.get_by_role("menuitem", name="重命名").click()
    page.get_by_label("会话名称").fill("听证期限（甲案）")
    page.get_by_role("button", name="保存").click()
    expect(line).to_contain_text("甲案")
    rail.get_by_label("搜索会话").fill("没有这样的会话")
    expect(rail.get_by_text("没有名称相符的会话")).to_be_visible()
    rail.get_by_label("搜索会话").fill("甲案")
    expect(line).to_have_count(1)
    line.get_by_role("button", name="会话操作").click()
    page.get_by_role("menuitem", name="删除").click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(rail.get_by_text("甲案")).to_have_count(0)
    expect(page.get_by_role("heading", name="今天要办什么案子？")).to_be_visible()


def test_feedback_is_kept_in_the_journal_with_its_word(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    ask(page, ARTICLE)
    address = page.get_by_role("link", name="导出").get_attribute("href")
    assert address is not None
    message = address.split("/")[-2]
    page.get_by_role("button", name="有误").click()
    page.get_by_role("button", name="缺少关键依据").click()
    page.get_by_label("说明").press_sequentially("：没有提首违不罚")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已记下，谢谢")).to_be_visible()
    journal = Journal(Database(sqlite_url(server.home)))
    try:
        (word,) = journal.feedback_of(message)
    finally:
        journal.close()
    assert (word.verdict, word.comment) == ("wrong", "缺少关键依据：没有提首违不罚")


def test_an_answer_is_copied_exported_and_printed_with_its_day(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    page.evaluate("window.print = () => { window.printed = true }")
    ask(page, ARTICLE)
    page.get_by_role("button", name="复制", exact=True).click()
    expect(page.get_by_text("已复制回答")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "《中华人民共和国行政处罚法》第三十三条" in copied
    assert "的法律为准" in copied
    with page.expect_download() as download:
        page.get_by_role("link", name="导出").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert ARTICLE in text
    assert "法律状态基准日" in text
    page.get_by_role("button", name="打印").click()
    sheet = page.locator(".print-sheet")
    expect(sheet).to_have_count(1)
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(sheet.get_by_role("heading", name=ARTICLE)).to_be_visible()
    expect(sheet).to_contain_text("打印于")
    expect(sheet).to_contain_text("核验属实")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator(".composer")).to_be_hidden()


def test_another_day_is_said_plainly_and_goes_with_the_question(server: Server, visit: OpenPage) -> None:
    page = visit(server)
    day = page.get_by_label("以哪一天的法律为准")
    day.fill("2020-05-01")
    day.press("Enter")
    expect(page.get_by_text("正以 2020年5月1日 的法律为准，不是今天的法律。")).to_be_visible()
    with page.expect_request("**/api/v1/chat") as request:
        ask(page, ARTICLE)
    assert request.value.post_data_json["as_of"] == "2020-05-01"  # type: ignore[index]
    expect(page.locator(".question-day")).to_contain_text("2020年5月1日")
    page.get_by_role("status").get_by_role("button", name="回到今天").click()
    expect(page.get_by_text("正以")).to_have_count(0)
    expect(page.locator(".question-day")).to_have_count(1)


def test_a_lost_connection_is_said_in_words_and_the_question_can_be_asked_again(
    server: Server, visit: OpenPage
) -> None:
    page = visit(server)
    expect(page.get_by_label("以哪一天的法律为准")).to_be_visible()
    page.route("**/api/v1/chat", lambda route: route.abort("connectionrefused"), times=1)
    page.get_by_placeholder("写下案情或要问的法律问题").fill(ARTICLE)
    page.keyboard.press("Enter")
    failed = page.locator(".turn[data-phase=failed]")
    expect(failed.get_by_role("alert")).to_contain_text("连不上服务")
    failed.get_by_role("button", name="重试").click()
    expect(page.locator(".turn[data-phase=done]")).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(1)


def test_a_stopped_answer_keeps_what_was_written_and_says_that_it_is_unchecked(
    server_with_model: Server, model: OpenAIServer, visit: OpenPage
) -> None:
    model.add(Reply(("这一条写明了不予处罚的", "三种情形，", "其余从略。"), stall_after=2))
    page = visit(server_with_model)
    expect(page.get_by_label("以哪一天的法律为准")).to_be_visible()
    page.get_by_placeholder("写下案情或要问的法律问题").fill(ARTICLE)
    page.keyboard.press("Enter")
    expect(page.locator(".answer-body")).to_contain_text("三种情形")
    page.get_by_role("button", name="停止").click()
    stopped = page.locator(".turn[data-phase=stopped]")
    expect(stopped).to_contain_text("未经核验")
    expect(stopped.locator(".answer-body")).to_contain_text("三种情形")
    expect(page.get_by_role("button", name="发送")).to_be_visible()
    page.reload()
    expect(page.locator(".turn[data-phase=stopped]")).to_contain_text("停止")


def test_words_of_a_model_that_do_not_hold_are_struck_out(
    server_with_model: Server, model: OpenAIServer, visit: OpenPage
) -> None:
    model.add(
        Reply(
            (
                "初次违法且危害后果轻微并及时改正的，可以不予行政处罚[1]。",
                "依照《中华人民共和国食品安全法》第九百条，应当处十万元罚款。",
            )
        )
    )
    page = visit(server_with_model)
    ask(page, ARTICLE)
    expect(page.locator("del")).to_contain_text("第九百条")
    expect(page.locator(".unverified").first).to_contain_text("未能核实")
    expect(page.get_by_role("button", name="模型撰写·已核验")).to_be_visible()
    page.locator(".evidence-number").first.click()
    expect(page.get_by_role("article", name="条文").locator(".provision-no")).to_contain_text("第三十三条")
