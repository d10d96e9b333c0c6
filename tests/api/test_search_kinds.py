"""POST /search for what is not law: status, days in force and nature of every hit; law apart from it."""

import datetime as dt

import pytest
from fastapi.testclient import TestClient


def _hits(client: TestClient, query: str, *kinds: str, **more: object) -> list[dict[str, object]]:
    body = {"query": query, "kinds": list(kinds), "as_of": "2026-11-23", **more}
    answer = client.post("/api/v1/search", json=body)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["hits"])


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("中介扣了求职者的身份证", "list", "职业中介机构扣押劳动者证件或者收取押金"),
        ("当场处罚的限额", "discretion", "当场处罚（通用）"),
        ("小超市卖过期食品罚五千是不是太重", "decision", "江苏某超市销售过期茶干"),
    ],
)
def test_every_kind_answers_with_what_it_is_worth(client: TestClient, query: str, kind: str, title: str) -> None:
    hits = _hits(client, query, kind)
    assert str(hits[0]["title"]).startswith(title)
    for rank, hit in enumerate(hits, 1):
        assert (hit["rank"], hit["kind"]) == (rank, kind)
        assert hit["status"] in ("现行有效", "尚未施行", "已废止", "已修改", "待核")
        assert hit["source"]["nature"] in ("官方", "草案", "示例", "待核")  # type: ignore[index]
        assert hit["source"]["title"]  # type: ignore[index]
        assert set(hit["in_force"]) == {"from", "to"}  # type: ignore[call-overload]


def test_law_comes_first_and_in_turn_with_the_rest(client: TestClient) -> None:
    hits = _hits(client, "占用、堵塞疏散通道、安全出口", "law", "list", "decision", top_k=6)
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5, 6]
    assert hits[0]["kind"] == "law"
    assert hits[1]["kind"] == "list"
    alone = _hits(client, "占用、堵塞疏散通道、安全出口", "law", top_k=6)
    assert [h["id"] for h in hits if h["kind"] == "law"] == [h["id"] for h in alone][:3]


def test_kinds_are_checked(client: TestClient) -> None:
    assert client.post("/api/v1/search", json={"query": "食品", "kinds": ["case"]}).status_code == 422
    assert client.post("/api/v1/search", json={"query": "食品", "kinds": []}).status_code == 422


def test_a_list_is_judged_on_the_day_asked_for(client: TestClient) -> None:
    body = {"query": "以实习名义招用在校学生", "kinds": ["list"], "as_of": "2026-07-31"}
    hit = client.post("/api/v1/search", json=body).json()["hits"][0]
    assert hit["status"] == "待核"
    assert dt.date.fromisoformat(hit["in_force"]["to"]) == dt.date(2026, 7, 31)
