"""Bad input is told what, where and how to mend it, and the server stays well."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

SEARCH = "/api/v1/search"
CHECK = "/api/v1/citations/check"
CHAT = "/api/v1/chat"
EXEMPTIONS = "/api/v1/exemptions/check"


@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        (SEARCH, {"query": ""}, "query"),
        (SEARCH, {"query": "   \n"}, "query"),
        (SEARCH, {"query": "罚" * 100_000}, "query"),
        (SEARCH, {"query": "罚款\u0000"}, "query"),
        (SEARCH, {"query": "罚款\u0007"}, "query"),
        (SEARCH, {"query": 7}, "query"),
        (SEARCH, {}, "query"),
        (SEARCH, {"query": "罚款", "qurey": "x"}, "qurey"),
        (SEARCH, {"query": "罚款", "as_of": "2026-02-30"}, "as_of"),
        (SEARCH, {"query": "罚款", "as_of": "昨天"}, "as_of"),
        (SEARCH, {"query": "罚款", "as_of": "0001-01-01"}, "as_of"),
        (SEARCH, {"query": "罚款", "top_k": 0}, "top_k"),
        (SEARCH, {"query": "罚款", "top_k": 1_000_000}, "top_k"),
        (SEARCH, {"query": "罚款", "kinds": ["poem"]}, "kinds.0"),
        (SEARCH, {"query": "罚款", "kinds": []}, "kinds"),
        (CHECK, {"text": ""}, "text"),
        (CHECK, {"text": "第一条\u0000"}, "text"),
        (CHAT, {"message": ""}, "message"),
        (CHAT, {"message": "问" * 100_000}, "message"),
        (CHAT, {"message": "问", "stream": "perhaps"}, "stream"),
        (CHAT, {"message": "首违不罚", "conversation_id": "no-such-conversation"}, "conversation_id"),
        (EXEMPTIONS, {"facts": {"other": {"店名": "甲\u0000店"}}}, "facts.other.店名"),
        (EXEMPTIONS, {"facts": {"fie\u0007ld": 1}}, "facts"),
        ("/api/v1/matters", {"kind": "咨询", "title": "甲", "order_no": "1\u0000"}, "order_no"),
        ("/api/v1/hotline/orders", {"order_no": "1", "content": "甲", "callback_url": "h\u0000"}, "callback_url"),
        ("/api/v1/opinions", {"kind": "legal_opinion", "fields": {"matters": ["甲", "乙\u0001"]}}, "fields.matters.1"),
        ("/api/v1/matters/nothing/withdraw", {"note": "不办\u0000了"}, "note"),
        ("/api/v1/hotline/callbacks/2976585220/retry", {}, "call_id"),
    ],
)
def test_422_names_the_field(client: TestClient, path: str, body: dict[str, Any], where: str) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert where in [error["where"] for error in problem["errors"]]
    assert all(error["problem"] for error in problem["errors"])
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "path", ["/opinions?offset=21861229023456886784", "/opinions/a/versions/compare?before=1&after=9712693124"]
)
def test_numbers_that_no_database_counts_to_are_refused(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["where"] in ("offset", "after")


@pytest.mark.parametrize("path", ["/hotline/orders/%00", "/stats/figures.xlsx?scope=%00", "/decisions/a%0Bb"])
def test_control_characters_in_an_address_are_refused(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["where"] in ("地址", "查询参数")


def test_half_characters_in_a_mapping_are_told_not_sent_back(client: TestClient) -> None:
    sheet = {"file": ("表.csv", "部门,数\n甲,1\n", "text/csv")}
    for mapping in ('{"种类": "\\ud800"}', '{"列": {"\\u0000": "甲"}}'):
        answer = client.post("/api/v1/stats/imports/preview", files=sheet, data={"mapping": mapping})
        assert answer.status_code == 422, answer.text
        assert "控制字符或残缺字符" in answer.json()["detail"]


@pytest.mark.parametrize("raw", [b'{"query": ', b"[]", b'"\xff"', b'{"query": "\\ud800"}', b"", b"null"])
def test_malformed_json_422(client: TestClient, raw: bytes) -> None:
    answer = client.post(SEARCH, content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


def test_a_lone_surrogate_in_a_message_is_refused_not_crashed(client: TestClient) -> None:
    answer = client.post(CHAT, content=b'{"message": "\\udfff"}', headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


def test_a_body_over_the_limit_413(client: TestClient) -> None:
    answer = client.post(CHECK, content=b"x" * (9 * 1024 * 1024), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_streamed_body_over_the_limit_413(client: TestClient) -> None:
    pieces = (b"x" * 65_536 for _ in range(160))
    answer = client.post(CHECK, content=pieces, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_wrong_method_and_address_are_problems(client: TestClient) -> None:
    assert client.get(SEARCH).status_code == 405
    assert client.get("/api/v1/nothing").json()["status"] == 404


def test_long_but_allowed_text_is_checked(client: TestClient) -> None:
    text = "依据《行政处罚法》第三十三条。" * 20_000
    body = client.post(CHECK, json={"text": text}).json()
    assert body["summary"]["total"] == 20_000


def test_another_name_for_this_host_is_refused(client: TestClient) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400
