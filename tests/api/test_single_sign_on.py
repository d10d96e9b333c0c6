"""单位统一登录, against a real OpenID provider on this machine: who comes in, and every lie that does not."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.main import create_app
from assistant.accounts import COMMAND_LINE, Accounts
from assistant.desk import Desk
from assistant.errors import InputError
from assistant.settings import Settings
from tests.api.conftest import Borrowed
from tests.openid_provider import CLIENT, SECRET, OpenIDProvider

GO = "/api/v1/session/single-sign-on"


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIDProvider]:
    with OpenIDProvider() as running:
        yield running


@pytest.fixture
def browser(provider: OpenIDProvider, desk: Desk, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(
        home=tmp_path, web_dir=Path("no-page"), oidc_issuer=provider.issuer, oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr(SECRET), _env_file=None,
    )  # fmt: skip
    provider.lie, provider.person = None, {"sub": "s-1", "preferred_username": "wang", "name": "王执法"}
    app = create_app(settings, desk=lambda: Borrowed(desk))  # type: ignore[arg-type,return-value]
    with TestClient(app, follow_redirects=False) as client:
        accounts = _accounts(client)
        accounts.add(COMMAND_LINE, "chen", roles=["管理员"], password="煤油灯-拐角-七百步")
        accounts.add(COMMAND_LINE, "wang", roles=["执法人员"], single_sign_on=True)
        yield client


def _accounts(client: TestClient) -> Accounts:
    found: Accounts = client.app.state.access.office.accounts  # type: ignore[attr-defined]
    return found


def _through(browser: TestClient) -> httpx.Response:
    """Click the button, be sent to the provider and back."""
    there = browser.get(GO)
    assert there.status_code == 302
    back = httpx.get(there.headers["location"]).headers["location"]
    return browser.get(back)


def _said(answer: httpx.Response) -> str | None:
    assert answer.status_code == 303
    return parse_qs(urlsplit(answer.headers["location"]).query).get("sign_in", [None])[0]


def test_who_the_provider_vouches_for_comes_in(browser: TestClient, provider: OpenIDProvider) -> None:
    assert browser.get("/api/v1/session").json()["single_sign_on"] == "单位统一登录"
    answer = _through(browser)
    assert _said(answer) is None
    cookies = answer.headers.get_list("set-cookie")
    session = next(c for c in cookies if c.startswith("counsel_session="))
    assert "HttpOnly" in session
    assert "samesite=strict" in session.lower()
    who = browser.get("/api/v1/session").json()
    assert (who["name"], who["roles"], who["signed_in"]) == ("wang", ["执法人员"], True)
    assert len(provider.verifiers[-1]) >= 43


@pytest.mark.parametrize(
    "lie", ["signature", "unsigned", "issuer", "audience", "expired", "nonce", "no token", "denied"]
)
def test_no_lie_comes_in(browser: TestClient, provider: OpenIDProvider, lie: str) -> None:
    provider.lie = lie
    assert _said(_through(browser)) == "failed"
    assert browser.get("/api/v1/session").json()["signed_in"] is False


def test_who_has_no_account_or_one_with_a_password_is_refused(browser: TestClient, provider: OpenIDProvider) -> None:
    for name in ("chen", "nobody", "本机用户", "../admin"):
        provider.person = {"sub": "s-7", "preferred_username": name}
        assert _said(_through(browser)) == "refused"
    provider.person = {"sub": "s-7"}
    assert _said(_through(browser)) == "nameless"
    assert browser.get("/api/v1/session").json()["signed_in"] is False


def test_the_first_subject_stays_the_accounts_own(browser: TestClient, provider: OpenIDProvider) -> None:
    assert _said(_through(browser)) is None
    provider.person = {"sub": "s-2", "preferred_username": "wang"}
    assert _said(_through(browser)) == "refused"


def test_coming_back_needs_the_browser_that_went(browser: TestClient, provider: OpenIDProvider) -> None:
    there = browser.get(GO)
    back = httpx.get(there.headers["location"]).headers["location"]
    browser.cookies.clear()  # an attacker's own answer, put before somebody else's browser
    assert _said(browser.get(back)) == "expired"
    browser.get(GO)
    assert _said(browser.get(back)) == "failed"  # that browser has another state
    assert browser.get("/api/v1/session").json()["signed_in"] is False


def test_an_answer_is_good_once(browser: TestClient) -> None:
    there = browser.get(GO)
    jar = dict(browser.cookies)
    back = httpx.get(there.headers["location"]).headers["location"]
    assert _said(browser.get(back)) is None
    browser.cookies.clear()
    browser.cookies.update(jar)
    assert _said(browser.get(back)) == "failed"


def test_accounts_are_made_on_the_way_only_where_told_and_never_administrators(
    provider: OpenIDProvider, desk: Desk, tmp_path: Path
) -> None:
    def settings(roles: str) -> Settings:
        return Settings(
            home=tmp_path, web_dir=Path("no-page"), oidc_issuer=provider.issuer, oidc_client_id=CLIENT,
            oidc_client_secret=SecretStr(SECRET), oidc_new_roles=roles, _env_file=None,
        )  # fmt: skip

    with pytest.raises(InputError, match="OIDC_NEW_ROLES"):
        create_app(settings("管理员"))
    provider.lie, provider.person = None, {"sub": "s-20", "preferred_username": "zhao", "name": "赵"}
    app = create_app(settings("执法人员"), desk=lambda: Borrowed(desk))  # type: ignore[arg-type,return-value]
    with TestClient(app, follow_redirects=False) as browser:
        assert _said(_through(browser)) == "refused"  # not before there is an administrator
        _accounts(browser).add(COMMAND_LINE, "chen", roles=["管理员"], password="煤油灯-拐角-七百步")
        assert _said(_through(browser)) is None
        assert browser.get("/api/v1/session").json()["title"] == "赵"


def test_without_a_provider_there_is_no_such_door(client: TestClient) -> None:
    assert client.get(GO).status_code == 404


def test_a_provider_that_is_away_is_said(desk: Desk, tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path, web_dir=Path("no-page"), oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT, _env_file=None
    )
    app = create_app(settings, desk=lambda: Borrowed(desk))  # type: ignore[arg-type,return-value]
    with TestClient(app, follow_redirects=False) as browser:
        assert _said(browser.get(GO)) == "unreachable"
