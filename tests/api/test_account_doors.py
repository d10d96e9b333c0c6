"""Accounts over HTTP: cookies, forged requests, guessing, other people's conversations, what is recorded."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.main import create_app
from assistant.accounts import COMMAND_LINE, Office
from assistant.audit import verify
from assistant.desk import Desk
from assistant.settings import Settings
from tests.api.conftest import TOKEN, Borrowed

PASSWORD = "芦苇荡-量杯-摆渡船"
OWN = {"Origin": "http://testserver"}
SignIn = Callable[..., TestClient]


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    settings = Settings(
        home=tmp_path_factory.mktemp("doors"), token=SecretStr(TOKEN), web_dir=Path("no-page"), _env_file=None
    )
    made = create_app(settings, desk=lambda: Borrowed(desk))  # type: ignore[arg-type,return-value]
    with TestClient(made):
        made.state.opening.wait()
        for name, role, department in (
            ("chen", "管理员", None),
            ("zhang", "公职律师", "法制处"),
            ("wang", "公职律师", "法制处"),
            ("li", "执法人员", "执法一队"),
            ("zhao", "只读", "法制处"),
        ):
            made.state.access.office.accounts.add(
                COMMAND_LINE, name, roles=[role], department=department, password=PASSWORD, must_change=False
            )
        yield made


@pytest.fixture
def office(app: Any) -> Office:
    found: Office = app.state.access.office
    return found


@pytest.fixture
def sign_in(app: Any) -> Iterator[SignIn]:
    """A browser of somebody who has signed in, from an address of his own."""
    with ExitStack() as stack:

        def enter(name: str | None, address: str = "10.0.0.1") -> TestClient:
            browser = TestClient(app, headers=OWN, client=(address, 5000), raise_server_exceptions=False)
            stack.callback(browser.close)
            if name is not None:
                answer = browser.post("/api/v1/session", json={"name": name, "password": PASSWORD})
                assert answer.status_code == 200, answer.text
            return browser

        yield enter


def _ask(browser: TestClient, **more: str) -> dict[str, Any]:
    answer = browser.post("/api/v1/chat", json={"message": "行政处罚的追责期限是多久", "stream": False, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_with_accounts_neither_the_lasting_token_nor_a_link_lets_in(app: Any, sign_in: SignIn) -> None:
    browser = sign_in(None)
    assert browser.get("/api/v1/session").json()["accounts"] is True
    assert browser.post("/api/v1/session", json={"token": TOKEN}).status_code == 401
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert browser.get("/api/v1/conversations", headers=bearer).status_code == 401


def test_the_page_learns_who_is_in_and_what_he_may_do(sign_in: SignIn) -> None:
    who = sign_in("li").get("/api/v1/session").json()
    assert (who["name"], who["roles"], who["department"]) == ("li", ["执法人员"], "执法一队")
    assert "ask" in who["actions"]
    assert "people.manage" not in who["actions"]


def test_a_session_planted_beforehand_is_not_taken_over(sign_in: SignIn) -> None:
    browser = sign_in(None)
    browser.cookies.set("counsel_session", "planted-by-an-attacker")
    answer = browser.post("/api/v1/session", json={"name": "li", "password": PASSWORD})
    assert "planted" not in answer.headers["set-cookie"]
    attacker = sign_in(None)
    attacker.cookies.set("counsel_session", "planted-by-an-attacker")
    assert attacker.get("/api/v1/session").json()["signed_in"] is False


def test_signing_out_ends_the_session_at_the_server(sign_in: SignIn) -> None:
    browser = sign_in("li")
    secret = browser.cookies["counsel_session"]
    assert browser.delete("/api/v1/session").status_code == 204
    thief = sign_in(None)
    thief.cookies.set("counsel_session", secret)
    assert thief.get("/api/v1/conversations").status_code == 401


def test_everywhere_ends_the_other_browsers_too(sign_in: SignIn) -> None:
    here, there, other = sign_in("li"), sign_in("li"), sign_in("zhang")
    assert here.delete("/api/v1/session/everywhere").status_code == 204
    assert here.get("/api/v1/conversations").status_code == 401
    assert there.get("/api/v1/conversations").status_code == 401
    assert other.get("/api/v1/conversations").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({}, 403),
    ],
)
def test_a_change_by_cookie_needs_our_own_page(sign_in: SignIn, app: Any, headers: dict[str, str], status: int) -> None:
    cookie = sign_in("li").cookies["counsel_session"]
    with_cookie = TestClient(app, headers={"Cookie": f"counsel_session={cookie}"} | headers)
    assert with_cookie.post("/api/v1/search", json={"query": "罚款"}).status_code == status


def test_a_foreign_page_cannot_sign_somebody_in_or_out(sign_in: SignIn) -> None:
    browser = sign_in("li")
    foreign = {"Origin": "http://evil.example"}
    body = {"name": "zhang", "password": PASSWORD}
    assert browser.post("/api/v1/session", json=body, headers=foreign).status_code == 403
    assert browser.delete("/api/v1/session", headers=foreign).status_code == 403
    form = {"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"}
    assert browser.post("/api/v1/session", content=b'{"name": "zhang"}', headers=form).status_code in (403, 422)
    assert browser.get("/api/v1/session").json()["name"] == "li"


def test_guessing_gets_429_with_retry_after_and_the_same_words_for_everybody(sign_in: SignIn) -> None:
    browser = sign_in(None, address="10.66.0.1")
    said = {}
    for name in ("wang", "nobody-here"):
        answers = [browser.post("/api/v1/session", json={"name": name, "password": "wrong"}) for _ in range(6)]
        assert [a.status_code for a in answers] == [401] * 5 + [429]
        assert int(answers[-1].headers["retry-after"]) in (29, 30)
        said[name] = [a.json()["detail"].replace("29", "30") for a in answers]
    assert said["wang"] == said["nobody-here"]
    right = {"name": "wang", "password": PASSWORD}
    assert browser.post("/api/v1/session", json=right).status_code == 429
    assert sign_in("wang", address="10.66.0.2").get("/api/v1/session").json()["signed_in"]


def test_an_address_that_somebody_claims_does_not_count(sign_in: SignIn) -> None:
    browser = sign_in(None, address="10.67.0.1")
    for number in range(6):
        claimed = {"X-Forwarded-For": f"10.68.0.{number}"}
        answer = browser.post("/api/v1/session", json={"name": "nemo", "password": "x"}, headers=claimed)
    assert answer.status_code == 429


def test_ones_own_password_is_changed_with_the_old_one_and_ends_other_sessions(office: Office, sign_in: SignIn) -> None:
    office.accounts.add(COMMAND_LINE, "qian", roles=["执法人员"], password=PASSWORD)  # set by another
    here, there = sign_in("qian"), sign_in("qian")
    assert here.get("/api/v1/session").json()["must_change_password"] is True
    assert here.post("/api/v1/search", json={"query": "罚款"}).status_code == 403
    path, new = "/api/v1/session/password", "煤油灯-拐角-七百步"
    assert here.post(path, json={"current": "wrong", "new": new}).status_code == 422
    assert here.post(path, json={"current": PASSWORD, "new": "password1234"}).status_code == 422
    assert here.post(path, json={"current": PASSWORD, "new": new}).status_code == 204
    assert here.post("/api/v1/search", json={"query": "罚款"}).status_code == 200
    assert there.get("/api/v1/conversations").status_code == 401


def test_a_token_does_what_its_scopes_say_and_no_more(office: Office, sign_in: SignIn) -> None:
    text, kept = office.accounts.create_token(COMMAND_LINE, "zhang", label="公文系统", scopes=["search"], days=1)
    program = sign_in(None)
    bearer = {"Authorization": f"Bearer {text}", "Origin": "http://other.example"}  # no cookie: nothing to forge
    assert program.post("/api/v1/search", json={"query": "罚款"}, headers=bearer).status_code == 200
    refused = program.post("/api/v1/chat", json={"message": "问"}, headers=bearer)
    assert refused.status_code == 403
    assert "ask" in refused.json()["detail"]
    assert program.delete("/api/v1/session/everywhere", headers=bearer).status_code == 403
    office.accounts.revoke_token(COMMAND_LINE, kept.id)
    assert program.post("/api/v1/search", json={"query": "罚款"}, headers=bearer).status_code == 401


def test_conversations_are_seen_as_the_table_says_and_changed_by_their_owner_alone(
    sign_in: SignIn, office: Office
) -> None:
    people = {name: sign_in(name) for name in ("chen", "zhang", "wang", "li", "zhao")}
    done = {name: _ask(people[name]) for name in ("zhang", "li")}
    # rows: whose; columns: who looks
    expected = {
        "zhang": {"chen": 200, "zhang": 200, "wang": 200, "li": 404, "zhao": 200},
        "li": {"chen": 200, "zhang": 404, "wang": 404, "li": 200, "zhao": 404},
    }
    seen = {
        owner: {
            name: browser.get(f"/api/v1/conversations/{done[owner]['conversation_id']}").status_code
            for name, browser in people.items()
        }
        for owner in expected
    }
    assert seen == expected
    for owner, answer in done.items():
        conversation, message = answer["conversation_id"], answer["message_id"]
        for name, browser in people.items():
            listed = [c["id"] for c in browser.get("/api/v1/conversations", params={"whose": "seen"}).json()]
            assert (conversation in listed) is (expected[owner][name] == 200)
            exported = browser.get(f"/api/v1/messages/{message}/export.md").status_code
            assert exported == (403 if name == "zhao" else expected[owner][name])
            if name == owner:
                continue
            mine = [c["id"] for c in browser.get("/api/v1/conversations").json()]
            assert conversation not in mine
            stopped = 403 if name == "zhao" else 404
            assert browser.patch(f"/api/v1/conversations/{conversation}", json={"title": "x"}).status_code == stopped
            assert browser.delete(f"/api/v1/conversations/{conversation}").status_code == stopped
            feedback = browser.post(f"/api/v1/messages/{message}/feedback", json={"verdict": "wrong"})
            assert feedback.status_code == stopped
            follow = {"message": "那听证呢", "conversation_id": conversation, "stream": False}
            assert browser.post("/api/v1/chat", json=follow).status_code == (403 if name == "zhao" else 422)
        assert people[owner].get(f"/api/v1/conversations/{conversation}").json()["title"] != "x"


def test_what_was_done_for_a_department_stays_with_it_when_its_author_moves(sign_in: SignIn, office: Office) -> None:
    office.accounts.add(
        COMMAND_LINE, "sun", roles=["公职律师"], department="法制处", password=PASSWORD, must_change=False
    )
    done = _ask(sign_in("sun"))
    office.accounts.change(COMMAND_LINE, "sun", department="执法一队")
    path = f"/api/v1/conversations/{done['conversation_id']}"
    assert sign_in("zhang").get(path).status_code == 200
    assert sign_in("sun").get(path).status_code == 200
    office.accounts.add(
        COMMAND_LINE, "zhou", roles=["公职律师"], department="执法一队", password=PASSWORD, must_change=False
    )
    assert sign_in("zhou").get(path).status_code == 404


def test_who_did_what_stands_in_the_log_and_no_word_of_what_was_asked(sign_in: SignIn, office: Office) -> None:
    li = sign_in("li", address="10.5.5.5")
    secret = "身份证120101199003071234的当事人"
    done = li.post("/api/v1/chat", json={"message": f"{secret}卖过期饼干怎么罚", "stream": False}).json()
    li.get(f"/api/v1/conversations/{done['conversation_id']}")
    li.get(f"/api/v1/messages/{done['message_id']}/export.md")
    li.post("/api/v1/exemptions/check", json={"description": secret})
    li.delete(f"/api/v1/conversations/{done['conversation_id']}")
    li.get("/metrics")
    entries = office.audit.entries(who="li", limit=7)[::-1]
    assert [(e.action, e.outcome) for e in entries] == [
        ("session.begin", "ok"),
        ("ask", "ok"),
        ("conversations.read", "ok"),
        ("conversations.export", "ok"),
        ("check", "ok"),
        ("conversations.change", "ok"),
        ("health.read", "refused"),
    ]
    assert entries[1].object == f"message:{done['message_id']}"
    assert entries[2].object == f"conversation:{done['conversation_id']}"
    assert {e.address for e in entries} == {"10.5.5.5"}
    assert len({e.credential for e in entries}) == 1
    told = "".join(office.audit.csv())
    for word in ("120101199003071234", "饼干", PASSWORD):
        assert word not in told
    assert verify(office.audit).whole


def test_an_answer_that_cannot_be_recorded_is_not_given(sign_in: SignIn, office: Office, tmp_path: Path) -> None:
    browser = sign_in("li")
    conversation = _ask(browser)["conversation_id"]
    key = office.audit._key_name
    office.audit._key_name = "another key"
    try:
        answer = browser.get(f"/api/v1/conversations/{conversation}")
        assert answer.status_code == 503
        assert "审计" in answer.json()["detail"]
    finally:
        office.audit._key_name = key


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/session", "/api/v1/nothing", "/", "/openapi.json"])
def test_every_answer_has_its_headers(app: Any, path: str) -> None:
    headers = TestClient(app, base_url="https://testserver").get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "strict-transport-security" not in TestClient(app).get(path).headers


def test_over_tls_the_cookie_is_bound_to_the_host(app: Any) -> None:
    browser = TestClient(app, base_url="https://testserver", headers={"Origin": "https://testserver"})
    answer = browser.post("/api/v1/session", json={"name": "zhao", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-counsel_session=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert browser.get("/api/v1/session").json()["name"] == "zhao"
    assert browser.delete("/api/v1/session").status_code == 204
    assert browser.get("/api/v1/session").json()["signed_in"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "li"},
        {"password": "x"},
        {"token": "x", "name": "li", "password": "x"},
        {"name": "", "password": "x"},
        {"name": "x" * 5000, "password": "x"},
        {"name": "li", "password": "x" * 5000},
        {"name": ["li"], "password": "x"},
    ],
)
def test_a_sign_in_that_is_none_is_422(sign_in: SignIn, body: dict[str, Any]) -> None:
    answer = sign_in(None).post("/api/v1/session", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
