"""Accounts in a real browser: the first one, signing in, a wrong password, administration, a token shown once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.openid_provider import CLIENT, SECRET, OpenIDProvider
from tests.serving import counsel
from tests.web.conftest import OpenPage
from tests.web.page_server import DESKTOP, PHONE, TOKEN, Server, serve, stop

PASSWORD, OTHER = "芦苇荡-量杯-摆渡船", "煤油灯-拐角-七百步"
HOME = "今天要办什么案子？"


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIDProvider]:
    with OpenIDProvider() as running:
        yield running


@pytest.fixture(scope="module")
def guarded(page_built: None, provider: OpenIDProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with accounts: an administrator, a reader, and one of the office's single sign-on."""
    home = tmp_path_factory.mktemp("guarded")
    for name, role, more in (("chen", "管理员", ()), ("zhao", "只读", ()), ("wang", "执法人员", ("--sso",))):
        process = counsel("users", "add", name, "--role", role, "--stdin", *more, home=home)
        said, _ = process.communicate(PASSWORD, timeout=60)
        assert process.returncode == 0, said
    running = serve(home, OIDC_ISSUER=provider.issuer, OIDC_CLIENT_ID=CLIENT, OIDC_CLIENT_SECRET=SECRET)
    yield running
    stop(running)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_the_first_account_is_made_on_the_page_and_ends_the_link(
    page_built: None, visit: OpenPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    server = serve(tmp_path_factory.mktemp("unguarded"))
    try:
        page = visit(server, "/admin")
        expect(page.get_by_text("还没有账户")).to_be_visible()
        page.get_by_role("button", name="建账户").click()
        form = page.get_by_role("dialog")
        form.get_by_label("用户名").fill("chen")
        form.get_by_label("姓名").fill("陈管理")
        form.get_by_label("密码", exact=True).fill("password1234")
        form.get_by_role("button", name="建好").click()
        expect(form.get_by_role("alert")).to_contain_text("太容易猜到")
        form.get_by_label("密码", exact=True).fill(PASSWORD)
        form.get_by_role("button", name="建好").click()
        # 本机用户 is gone: one signs in with the account.
        expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
        page.goto(f"/?token={TOKEN}")
        expect(page.get_by_role("alert")).to_contain_text("登录令牌")
        sign_in(page, "chen")
        expect(page.get_by_role("heading", name=HOME)).to_be_visible()
    finally:
        stop(server)


def test_a_wrong_password_is_said_and_guessing_is_locked_out(guarded: Server, visit: OpenPage) -> None:
    page = visit(guarded, signed_in=False)
    for _ in range(5):
        with page.expect_response(lambda r: r.request.method == "POST") as answer:
            sign_in(page, "nobody", "wrong")
        assert answer.value.status == 401
        expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
    sign_in(page, "nobody", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("试错次数过多")


def test_an_administrator_adds_somebody_who_sets_his_own_password(guarded: Server, visit: OpenPage) -> None:
    page = visit(guarded, "/admin", signed_in=False)
    sign_in(page, "chen")
    page.get_by_role("button", name="建账户").click()
    form = page.get_by_role("dialog")
    form.get_by_label("用户名").fill("zhang")
    form.get_by_label("姓名").fill("张律师")
    form.get_by_label("部门").fill("法制处")
    form.get_by_label("角色").click()
    page.get_by_title("公职律师", exact=True).click()
    expect(form.get_by_text("可以：")).to_contain_text("签发文书")
    form.get_by_label("姓名").click()
    form.get_by_label(re.compile("初始密码")).fill(PASSWORD)
    form.get_by_role("button", name="建好").click()
    row = page.get_by_role("listitem").filter(has_text="张律师")
    expect(row).to_contain_text("尚未换成自己的密码")

    lawyer = visit(guarded, signed_in=False)
    sign_in(lawyer, "zhang")
    expect(lawyer.get_by_role("heading", name="换成自己的密码")).to_be_visible()
    lawyer.get_by_label("现在的密码").fill("不是这个")
    lawyer.get_by_label("新密码", exact=True).fill(OTHER)
    lawyer.get_by_label("再输一次新密码").fill(OTHER)
    lawyer.get_by_role("button", name="改好密码").click()
    expect(lawyer.get_by_role("alert")).to_contain_text("现在的密码不对")
    lawyer.get_by_label("现在的密码").fill(PASSWORD)
    lawyer.get_by_role("button", name="改好密码").click()
    expect(lawyer.get_by_role("heading", name=HOME)).to_be_visible()
    index = lawyer.get_by_role("navigation", name="功能")
    expect(index.get_by_role("link", name="事项")).to_be_visible()
    expect(index.get_by_role("link", name="管理", exact=True)).to_have_count(0)

    page.reload()
    row.get_by_role("button", name="张律师：更多").click()
    page.get_by_role("menuitem", name="停用").click()
    page.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(row).to_contain_text("已停用")
    lawyer.reload()
    expect(lawyer.get_by_label("用户名")).to_be_visible()


def test_a_token_is_shown_once(guarded: Server, visit: OpenPage) -> None:
    page = visit(guarded, "/admin/tokens", signed_in=False)
    sign_in(page, "chen")
    page.get_by_role("button", name="建令牌").click()
    form = page.get_by_role("dialog")
    form.get_by_label("账户").click()
    page.get_by_title("chen（chen）").click()
    form.get_by_label("用途").fill("监控抓取")
    form.get_by_label("可以做什么").fill("看运行状况")
    page.get_by_title("看运行状况").click()
    form.get_by_label("用途").click()
    form.get_by_role("button", name="建好").click()
    shown = page.locator(".admin-token").inner_text()
    assert shown.startswith("cst_")
    bearer = {"Authorization": f"Bearer {shown}"}
    assert page.request.get("/metrics", headers=bearer).ok
    page.get_by_role("button", name="我已抄下").click()
    expect(page.locator(".admin-token")).to_have_count(0)
    page.reload()
    row = page.get_by_role("listitem").filter(has_text="监控抓取")
    expect(row).to_be_visible()
    assert shown.rpartition("_")[2] not in page.content()
    row.get_by_role("button", name="作废").click()
    page.get_by_role("dialog").get_by_role("button", name="作废").click()
    expect(row).to_contain_text("已作废")
    assert page.request.get("/metrics", headers=bearer).status == 401


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_is_known_how_it_runs_and_what_was_done(guarded: Server, visit: OpenPage, size: dict[str, int]) -> None:
    page = visit(guarded, "/admin/knowledge", signed_in=False, size=size)
    sign_in(page, "chen")
    expect(page.get_by_role("heading", name=re.compile("效力待核的文本"))).to_be_visible()
    expect(page.get_by_text("国家法律语料")).to_be_visible()
    page.goto("/admin/state")
    expect(page.get_by_text("语义向量")).to_be_visible()
    expect(page.get_by_text("SQLite")).to_be_visible()
    page.goto("/admin/audit")
    expect(page.get_by_role("listitem").filter(has_text="登录").first).to_be_visible()
    page.get_by_role("button", name="逐条核对").click()
    expect(page.get_by_text("完整，没有被改动")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_reader_looks_and_does_not_ask(guarded: Server, visit: OpenPage) -> None:
    page = visit(guarded, signed_in=False)
    sign_in(page, "zhao")
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=True).fill(OTHER)
    page.get_by_label("再输一次新密码").fill(OTHER)
    page.get_by_role("button", name="改好密码").click()
    expect(page.get_by_text("只看不问")).to_be_visible()
    expect(page.get_by_placeholder("写下案情或要问的法律问题")).to_have_count(0)


def test_the_offices_own_sign_on(guarded: Server, visit: OpenPage, provider: OpenIDProvider) -> None:
    provider.lie, provider.person = None, {"sub": "s-1", "preferred_username": "nobody"}
    page = visit(guarded, signed_in=False, beyond=(provider.issuer,))
    page.get_by_role("link", name="单位统一登录").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有可用的账户")
    assert "sign_in" not in page.url
    provider.person = {"sub": "s-1", "preferred_username": "wang"}
    page.get_by_role("link", name="单位统一登录").click()
    expect(page.get_by_role("heading", name=HOME)).to_be_visible()
    page.get_by_role("button", name="账户与外观").click()
    expect(page.get_by_text("执法人员")).to_be_visible()
    page.get_by_role("menuitem", name="退出登录", exact=True).click()
    expect(page.get_by_label("用户名")).to_be_visible()
