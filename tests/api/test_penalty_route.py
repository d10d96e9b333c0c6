"""GET /laws/{law}/articles/{article}/penalties, with the rules of the article beside it."""

from fastapi.testclient import TestClient

PATH = "/api/v1/laws/食品安全法/articles/{}/penalties"


def test_the_penalties_of_an_article_in_force(client: TestClient) -> None:
    body = client.get(PATH.format("122"), params={"as_of": "2026-11-23"}).json()
    assert (body["article"], body["status"]) == ("第一百二十二条", "现行有效")
    fine = next(p for p in body["penalties"] if p["kind"] == "罚款")
    assert {"kind", "min", "max", "base", "subject", "condition", "text"} <= fine.keys()
    assert (fine["min"], fine["max"], fine["base"]) == (50_000, 100_000, "fixed")
    assert fine["applies_if"]["quantity"] == "货值金额"
    assert fine["applies_if"]["max"] == 10_000


def test_an_article_that_punishes_nothing_has_none(client: TestClient) -> None:
    assert client.get(PATH.format("1")).json()["penalties"] == []


def test_unknown_and_not_in_force_are_404(client: TestClient) -> None:
    assert client.get(PATH.format("第九百条")).status_code == 404
    path = "/api/v1/laws/大气污染防治法/articles/第九十九条/penalties"
    assert client.get(path, params={"as_of": "2026-11-23"}).status_code == 404
    shown = client.get(path, params={"as_of": "2026-11-23", "include_not_in_force": "true"}).json()
    assert shown["status"] == "已废止"
    assert shown["penalties"]


def test_needs_a_token(client: TestClient) -> None:
    assert client.get(PATH.format("122"), headers={"Authorization": "Bearer wrong"}).status_code == 401
