"""The doors of decisions: list, view, statistics, like cases; and the like cases of a penalty review."""

import pytest
from fastapi.testclient import TestClient

DAY = "2026-11-23"


def test_list_view_and_statistics(client: TestClient) -> None:
    listed = client.get("/api/v1/decisions", params={"outcome": "变更", "as_of": DAY}).json()
    assert listed["total"] == 2
    assert {one["id"] for one in listed["decisions"]} == {"复议案例-02", "复议案例-03"}
    viewed = client.get("/api/v1/decisions/复议案例-02", params={"as_of": DAY}).json()
    assert viewed["decision"]["outcomes"] == ["变更"]
    assert viewed["decision"]["dates"]["decided"] is None
    assert "未按规定公示年度报告" in viewed["decision"]["conduct"]
    counted = client.get("/api/v1/decisions/statistics", params={"field": "市场监管"}).json()
    assert counted["total"] == sum(one["count"] for one in counted["outcomes"])
    assert counted["recurring"][0]["reason"] == "明显不当"


def test_search_by_facts_and_by_provision(client: TestClient) -> None:
    found = client.get("/api/v1/decisions", params={"q": "年报一直没报被罚八千"}).json()
    assert found["decisions"][0]["id"] == "复议案例-02"
    found = client.get("/api/v1/decisions", params={"provision": "安全生产法第一百一十四条"}).json()
    assert [one["id"] for one in found["decisions"]] == ["复议案例-10"]


def test_similar_by_words_facts_and_basis(client: TestClient) -> None:
    body = {
        "description": "小超市卖了几袋过期豆干，货值十几元，第一次违法",
        "facts": {"harm": "轻微"},
        "basis": "《食品安全法》第一百二十四条第一款第（五）项",
        "fine": 50000,
        "as_of": DAY,
    }
    answer = client.post("/api/v1/decisions/similar", json=body).json()
    first = answer["similar"][0]
    assert (first["rank"], first["kind"], first["id"]) == (1, "decision", "复议案例-01")
    assert {"title", "text", "score", "status", "in_force", "source", "alike", "differs", "open", "lesson"} <= set(
        first
    )
    assert {"危害后果", "初次违法"} <= {one["label"] for one in first["alike"]}


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/api/v1/decisions/没有这个", {}, 404),
        ("GET", "/api/v1/decisions?outcome=胜诉", {}, 422),
        ("GET", "/api/v1/decisions?weather=晴", {}, 422),
        ("GET", "/api/v1/decisions?provision=随便写的", {}, 422),
        ("POST", "/api/v1/decisions/similar", {}, 422),
        ("POST", "/api/v1/decisions/similar", {"description": "过" * 20_001}, 422),
        ("POST", "/api/v1/decisions/similar", {"description": "卖过期食品", "fine": -1}, 422),
        ("POST", "/api/v1/decisions/similar", {"description": "卖过期食品", "fine": 1e15}, 422),
        ("POST", "/api/v1/decisions/similar", {"description": "卖过期食品", "basis": "无"}, 422),
        ("POST", "/api/v1/decisions/similar", {"description": "卖过期食品", "facts": {"goods_value": -3}}, 422),
    ],
)
def test_bad_input_is_said(client: TestClient, method: str, path: str, sent: dict[str, object], status: int) -> None:
    answer = client.request(method, path, json=sent if method == "POST" else None)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/v1/decisions", "/api/v1/decisions/statistics", "/api/v1/decisions/复议案例-01"])
def test_without_a_token_401(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_penalty_review_shows_like_decisions(client: TestClient) -> None:
    body = {
        "description": "某超市销售超过保质期的牛奶三袋，货值42元，第一次违法，当场下架。",
        "facts": {"party_type": "个体工商户", "goods_value": 42, "illegal_gains": 0},
        "basis": "《食品安全法》第一百二十四条第一款第（五）项",
        "proposed": {"fine": 50000},
        "as_of": DAY,
    }
    answer = client.post("/api/v1/proportionality/check", json=body).json()
    assert answer["similar"][0]["id"] == "复议案例-01"
    fine = next(one for one in answer["similar"][0]["open"] if one["label"] == "罚款")
    assert fine["mine"] == "拟罚50,000元"
    none = client.post(
        "/api/v1/proportionality/check",
        json=body | {"description": "未取得许可开办学校", "basis": "《民办教育促进法》第六十四条", "facts": {}},
    )
    assert none.json()["similar"] == []
