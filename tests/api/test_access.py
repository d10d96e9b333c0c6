"""Sign-in: a one-time link, a lasting token, a session cookie, and no foreign page's request."""

from pathlib import Path

from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.main import create_app
from assistant.desk import Desk
from assistant.settings import Settings
from tests.api.conftest import TOKEN, Borrowed


def _app(desk: Desk, home: Path, token: str | None, links: list[str]) -> TestClient:
    settings = Settings(home=home, token=SecretStr(token) if token else None, web_dir=home, _env_file=None)
    return TestClient(create_app(settings, announce=links.append, desk=lambda: Borrowed(desk)))  # type: ignore[arg-type,return-value]


def test_the_link_works_once_and_a_new_one_is_told(desk: Desk, tmp_path: Path) -> None:
    links: list[str] = []
    with _app(desk, tmp_path, None, links) as browser:
        token = browser.app.state.access.sign_in_token  # type: ignore[attr-defined]
        assert browser.get("/api/v1/session").json()["signed_in"] is False
        assert browser.post("/api/v1/session", json={"token": "guess"}).status_code == 401
        begun = browser.post("/api/v1/session", json={"token": token})
        assert begun.status_code == 200
        cookie = begun.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert browser.get("/api/v1/session").json()["signed_in"] is True
        assert browser.post("/api/v1/session", json={"token": token}).status_code == 401
        assert links
        assert browser.post("/api/v1/session", json={"token": links[-1]}).status_code == 200
        assert browser.delete("/api/v1/session").status_code == 204
        assert browser.get("/api/v1/session").json()["signed_in"] is False


def test_a_session_outlives_a_restart(desk: Desk, tmp_path: Path) -> None:
    with _app(desk, tmp_path, None, []) as browser:
        token = browser.app.state.access.sign_in_token  # type: ignore[attr-defined]
        browser.post("/api/v1/session", json={"token": token})
        cookies = dict(browser.cookies)
    with _app(desk, tmp_path, None, []) as browser:
        browser.cookies.update(cookies)
        assert browser.get("/api/v1/session").json()["signed_in"] is True


def test_a_foreign_page_cannot_use_the_session(desk: Desk, tmp_path: Path) -> None:
    with _app(desk, tmp_path, TOKEN, []) as browser:
        browser.post("/api/v1/session", json={"token": TOKEN})
        body = {"query": "罚款"}
        assert browser.post("/api/v1/search", json=body, headers={"Origin": "http://evil.example"}).status_code == 403
        assert browser.post("/api/v1/search", json=body, headers={"Origin": "http://testserver"}).status_code == 200


def test_a_forged_cookie_is_nobody(desk: Desk, tmp_path: Path) -> None:
    with _app(desk, tmp_path, TOKEN, []) as browser:
        browser.cookies.set("counsel_session", "IuacrOacuiI.forged.forged")
        assert browser.get("/api/v1/conversations").status_code == 401


def test_the_key_of_the_audit_log_is_for_the_owner_alone(desk: Desk, tmp_path: Path) -> None:
    with _app(desk, tmp_path, None, []) as browser:
        browser.get("/api/v1/session")
        assert (tmp_path / "audit.key").stat().st_mode & 0o077 == 0
