"""The administrator's doors: people, tokens, what is known, jobs, health and the audit log."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from assistant.desk import Desk
from assistant.settings import Settings
from tests.api.conftest import Borrowed

PASSWORD, OTHER = "芦苇荡-量杯-摆渡船", "煤油灯-拐角-七百步"


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    settings = Settings(home=tmp_path_factory.mktemp("admin"), web_dir=Path("no-page"), _env_file=None)
    made = create_app(settings, desk=lambda: Borrowed(desk))  # type: ignore[arg-type,return-value]
    with TestClient(made):
        made.state.opening.wait()
        yield made


def _browser(app: Any, name: str | None = None, password: str = PASSWORD) -> TestClient:
    browser = TestClient(app, headers={"Origin": "http://testserver"}, raise_server_exceptions=False)
    if name is not None:
        answer = browser.post("/api/v1/session", json={"name": name, "password": password})
        assert answer.status_code == 200, answer.text
    return browser


@pytest.fixture(scope="module")
def admin(app: Any) -> TestClient:
    """The first account, made by 本机用户 on the page, signed in."""
    local = _browser(app)
    token = app.state.access.sign_in_token
    assert local.post("/api/v1/session", json={"token": token}).status_code == 200
    lawyer = {"name": "zhang", "roles": ["公职律师"], "password": PASSWORD}
    assert local.post("/api/v1/admin/people", json=lawyer).status_code == 422  # the first is an administrator
    first = {"name": "chen", "roles": ["管理员"], "password": PASSWORD}
    assert local.post("/api/v1/admin/people", json=first).status_code == 201
    assert local.get("/api/v1/admin/people").status_code == 401  # 本机用户 is gone with it
    return _browser(app, "chen")


def test_somebody_is_added_changed_shut_out_and_let_in_again(app: Any, admin: TestClient) -> None:
    body = {"name": "li", "title": "李队", "department": "执法一队", "roles": ["执法人员"], "password": PASSWORD}
    made = admin.post("/api/v1/admin/people", json=body)
    assert made.status_code == 201
    assert made.json()["must_change_password"] is True
    assert "password" not in made.json()
    assert admin.post("/api/v1/admin/people", json=body).status_code == 409
    li = _browser(app, "li")
    changed = admin.patch("/api/v1/admin/people/li", json={"roles": ["公职律师"], "department": "法制处"}).json()
    assert (changed["roles"], changed["department"], changed["title"]) == (["公职律师"], "法制处", "李队")
    assert li.get("/api/v1/session").json()["signed_in"] is False
    assert admin.patch("/api/v1/admin/people/li", json={"disabled": True}).status_code == 200
    refused = _browser(app).post("/api/v1/session", json={"name": "li", "password": PASSWORD})
    assert refused.status_code == 401
    assert admin.patch("/api/v1/admin/people/li", json={"disabled": False}).status_code == 200
    assert admin.post("/api/v1/admin/people/li/password", json={"password": OTHER}).status_code == 204
    li = _browser(app, "li", OTHER)
    assert admin.delete("/api/v1/admin/people/li/sessions").status_code == 204
    assert li.get("/api/v1/session").json()["signed_in"] is False


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"name": "wu", "roles": ["执法人员"], "password": "password1234"}, "猜到"),
        ({"name": "wu", "roles": ["经理"], "password": PASSWORD}, "只能是"),
        ({"name": "wu", "roles": [], "password": PASSWORD}, "至少"),
        ({"name": "w u", "roles": ["执法人员"], "password": PASSWORD}, "用户名"),
        ({"name": "wu", "roles": ["执法人员"]}, "密码"),
        ({"name": "wu", "roles": ["执法人员"], "password": PASSWORD, "admin": True}, "没有这个字段"),
    ],
)
def test_what_will_not_do_is_said(admin: TestClient, body: dict[str, Any], word: str) -> None:
    answer = admin.post("/api/v1/admin/people", json=body)
    assert answer.status_code == 422
    assert word in answer.json()["detail"]
    assert "wu" not in {p["name"] for p in admin.get("/api/v1/admin/people").json()["people"]}


def test_the_last_administrator_stays(admin: TestClient) -> None:
    assert admin.patch("/api/v1/admin/people/chen", json={"disabled": True}).status_code == 409
    assert admin.patch("/api/v1/admin/people/nobody", json={"disabled": True}).status_code == 422


def test_a_token_is_shown_once_works_and_is_revoked(app: Any, admin: TestClient) -> None:
    asked = {"person": "chen", "label": "监控", "scopes": ["health.read"], "days": 30}
    made = admin.post("/api/v1/admin/tokens", json=asked).json()
    bearer = {"Authorization": f"Bearer {made['text']}"}
    assert _browser(app).get("/metrics", headers=bearer).status_code == 200
    assert _browser(app).get("/api/v1/admin/people", headers=bearer).status_code == 403
    listed = admin.get("/api/v1/admin/tokens")
    assert made["text"].rpartition("_")[2] not in listed.text
    assert admin.delete(f"/api/v1/admin/tokens/{made['token']['id']}").json()["revoked_at"]
    assert _browser(app).get("/metrics", headers=bearer).status_code == 401
    assert admin.post("/api/v1/admin/tokens", json=asked | {"scopes": ["opinions.sign"]}).status_code == 422


def test_what_is_known_is_counted_with_what_is_doubtful(admin: TestClient, desk: Desk) -> None:
    held = admin.get("/api/v1/admin/knowledge").json()
    laws = next(t for t in held["texts"] if t["kind"] == "法律")
    assert sum(t["articles"] for t in held["texts"]) == sum(1 for _ in desk.library.all_articles)
    assert laws["in_force"] > 200
    assert laws["texts"] == laws["in_force"] + laws["not_yet"] + laws["ended"] + laws["doubtful"]
    assert sum(t["doubtful"] for t in held["texts"]) == len(held["doubts"]) > 0
    assert {s["name"] for s in held["sources"]} >= {"国家法律语料", "法律有效性更正"}
    assert all(s["nature"] for s in held["sources"])
    assert {one["state"] for one in held["lists"]} <= {"有效期内", "已到期", "尚未施行", "有效期待核"}
    assert len(held["lists"]) > 30


def test_jobs_and_health(admin: TestClient) -> None:
    jobs = admin.get("/api/v1/admin/jobs").json()
    assert jobs[0]["name"] == "语义向量"
    assert jobs[0]["done"] <= jobs[0]["total"]
    health = admin.get("/api/v1/admin/health").json()
    assert {look["name"] for look in health["looks"]} >= {"知识", "检索", "模型", "数据库", "磁盘"}


def test_the_log_is_read_checked_and_exported(admin: TestClient) -> None:
    page = admin.get("/api/v1/admin/audit", params={"limit": 3}).json()
    assert page["more"] is True
    numbers = [line["number"] for line in page["lines"]]
    assert numbers == sorted(numbers, reverse=True)
    older = admin.get("/api/v1/admin/audit", params={"before": numbers[-1], "limit": 3}).json()
    assert older["lines"][0]["number"] == numbers[-1] - 1
    added = admin.get("/api/v1/admin/audit", params={"action": "people.add"}).json()["lines"]
    assert {(line["who"], line["object"]) for line in added} >= {("本机用户", "person:chen"), ("chen", "person:li")}
    assert all(line["label"] == "建账户" for line in added)
    assert admin.post("/api/v1/admin/audit/verify").json()["problems"] == []
    table = list(csv.reader(io.StringIO(admin.get("/api/v1/admin/audit.csv").text.removeprefix("\ufeff"))))
    assert table[0][0] == "序号"
    assert int(table[1][0]) == 1
    exported = admin.get("/api/v1/admin/audit", params={"limit": 1}).json()["lines"][0]
    assert (exported["action"], exported["outcome"]) == ("audit.read", "ok")
