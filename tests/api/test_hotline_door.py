"""The hotline platform's door: contract fields, idempotence, bad input."""

import pytest
from fastapi.testclient import TestClient

ORDER = {
    "order_no": "JKQ-2026-000001",
    "content": "公司拖欠我三个月工资，找谁",
    "demand_type": "求助",
    "channel": "电话",
    "accept_time": "2026-11-24T09:00:00+08:00",
    "caller": "李四 13800000000",
    "area": "经开区",
}


def test_an_order_gets_what_the_contract_promises(client: TestClient) -> None:
    answer = client.post("/api/v1/hotline/orders", json=ORDER)
    assert answer.status_code == 200
    body = answer.json()
    assert {
        "order_no", "category", "reply_draft", "internal_note", "suggested_org", "citations", "needs_human", "reason",
        "knowledge_version", "created_at",
    } <= body.keys()  # fmt: skip
    assert body["needs_human"] is False
    again = client.post("/api/v1/hotline/orders", json=ORDER)
    assert again.json() == body
    changed = client.post("/api/v1/hotline/orders", json=ORDER | {"content": "另一件事"})
    assert changed.status_code == 409
    assert changed.headers["content-type"] == "application/problem+json"
    read = client.get("/api/v1/hotline/orders/JKQ-2026-000001").json()
    assert {k: read[k] for k in body} == body
    assert read["state"] == "待审"
    assert client.get("/api/v1/hotline/orders/none").status_code == 404
    assert any(one["order_no"] == ORDER["order_no"] for one in client.get("/api/v1/hotline/orders").json())


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"content": ""}, "content"),
        ({"content": "字" * 10_001}, "content"),
        ({"order_no": "a b\n"}, "order_no"),
        ({"demand_type": "抱怨"}, "demand_type"),
        ({"accept_time": "昨天"}, "accept_time"),
        ({"extra": 1}, "extra"),
    ],
)
def test_bad_orders_are_told_where(client: TestClient, change: dict[str, object], where: str) -> None:
    answer = client.post("/api/v1/hotline/orders", json=ORDER | {"order_no": "JKQ-bad"} | change)
    assert answer.status_code == 422
    assert where in {e["where"] for e in answer.json()["errors"]}


def test_nobody_comes_in_without_a_token(client: TestClient) -> None:
    bare = client.post("/api/v1/hotline/orders", json=ORDER, headers={"Authorization": ""})
    assert bare.status_code == 401
