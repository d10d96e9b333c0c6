"""The page in a real Chromium, on the real server in a process of its own, with a home of its own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from assistant.settings import ROOT
from tests.openai_server import OpenAIServer
from tests.web.page_server import CHROMIUM, DESKTOP, FLAGS, TOKEN, Server, serve, stop

OpenPage = Callable[..., Page]
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def page_built() -> None:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    if not (ROOT / "web" / "dist" / "index.html").is_file():
        pytest.skip("the page is not built (make page)")


@pytest.fixture(scope="session")
def server(page_built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product without a model."""
    running = serve(tmp_path_factory.mktemp("page-home"))
    yield running
    stop(running)


@pytest.fixture(scope="session")
def model() -> Iterator[OpenAIServer]:
    """A scripted model; a test adds the replies that it needs."""
    with OpenAIServer() as scripted:
        yield scripted


@pytest.fixture(scope="session")
def server_with_model(
    page_built: None, model: OpenAIServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    running = serve(
        tmp_path_factory.mktemp("page-home-model"),
        CHAT_MODEL="openai:scripted",
        CHAT_BASE_URL=model.url,
        CHAT_API_KEY="none",
    )
    yield running
    stop(running)


@pytest.fixture(scope="session")
def driver(page_built: None) -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[OpenPage]:
    """`visit(server, path="/", size=DESKTOP, signed_in=True)`: a page of a context of its own.

    At the end nothing may have been fetched from elsewhere (but `beyond`), and no script may have failed or been kept out by the
    content security policy.
    """
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    failures: list[str] = []

    def open_page(
        server: Server,
        path: str = "/",
        *,
        size: dict[str, int] = DESKTOP,
        signed_in: bool = True,
        beyond: tuple[str, ...] = (),
        **options: object,
    ) -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="zh-CN",
            base_url=server.url,
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        if signed_in:
            assert context.request.post("/api/v1/session", data={"token": TOKEN}).ok
        page = context.new_page()
        known = (server.url, "blob:", *beyond)
        page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith(known) else None)
        page.on("pageerror", lambda error: failures.append(str(error)))
        # A style or script that the server's policy keeps out is told on the console alone.
        page.on("console", lambda m: failures.append(m.text) if "Content Security Policy" in m.text else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert failures == []
