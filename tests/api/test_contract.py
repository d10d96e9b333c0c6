"""What other systems rely on: names, codes and bounds of the public contract."""

import datetime as dt
import json

import pytest
from fastapi.testclient import TestClient


def test_healthz_and_readyz_need_no_token(client: TestClient) -> None:
    bare = {"Authorization": ""}
    assert client.get("/healthz", headers=bare).status_code == 200
    ready = client.get("/readyz", headers=bare)
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/search"),
        ("POST", "/api/v1/citations/check"),
        ("GET", "/api/v1/laws/行政处罚法/articles/第三十三条"),
        ("POST", "/api/v1/chat"),
        ("GET", "/api/v1/conversations"),
    ],
)
def test_without_a_token_401(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path, headers={"Authorization": "Bearer wrong"}, json={})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= answer.json().keys()


def test_search_answers_as_the_contract_says(client: TestClient) -> None:
    body = client.post("/api/v1/search", json={"query": "初次违法且危害后果轻微并及时改正"}).json()
    assert body["as_of"] == str(dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date())
    best = body["hits"][0]
    assert best["law"] == "中华人民共和国行政处罚法"
    assert best["article"] == "第三十三条"
    assert best["rank"] == 1
    assert best["kind"] == "law"
    assert best["status"] == "现行有效"
    assert best["in_force"] == {"from": "2021-07-15", "to": None}
    assert set(best["source"]) == {"title", "nature"}
    assert {"id", "title", "text", "score"} <= best.keys()
    scores = [hit["score"] for hit in body["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_repealed_law_is_found_only_when_asked_for(client: TestClient) -> None:
    question = {"query": "大气污染防治法第九十九条", "top_k": 20}
    now = client.post("/api/v1/search", json=question).json()["hits"]
    assert all(hit["status"] in ("现行有效", "待核") for hit in now if hit["law"] != "中华人民共和国大气污染防治法")
    then = client.post("/api/v1/search", json=question | {"as_of": "2026-08-14"}).json()["hits"]
    assert then[0]["law"] == "中华人民共和国大气污染防治法"
    assert then[0]["status"] == "现行有效"


def test_citation_check_answers_as_the_contract_says(client: TestClient) -> None:
    text = "依据《行政处罚法》第33条第一款、第九十九条，不予处罚。"
    body = client.post("/api/v1/citations/check", json={"text": text, "as_of": "2026-11-23"}).json()
    verdicts = [(c["article"], c["paragraph"], c["verdict"]) for c in body["citations"]]
    assert verdicts == [("第三十三条", 1, "verified"), ("第九十九条", None, "no_such_provision")]
    for citation in body["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["text"]
        assert {"law", "item", "quote", "detail", "current"} <= citation.keys()
    assert body["summary"]["total"] == 2


def test_article_with_version_neighbours_and_citing(client: TestClient) -> None:
    body = client.get("/api/v1/laws/行政处罚法/articles/33").json()
    assert body["article"] == "第三十三条"
    assert body["status"] == "现行有效"
    assert body["previous"]["article"] == "第三十二条"
    assert body["next"]["article"] == "第三十四条"
    assert [p["number"] for p in body["paragraphs"]] == [1, 2, 3]
    assert body["version"]["id"] == "行政处罚法@2021-01-22"


def test_article_outside_its_span_needs_to_be_asked_for(client: TestClient) -> None:
    path = "/api/v1/laws/大气污染防治法/articles/第一条"
    assert client.get(path).status_code == 404
    shown = client.get(path, params={"include_not_in_force": "true"}).json()
    assert shown["status"] == "已废止"
    assert shown["in_force"]["to"] == "2026-08-14"
    assert client.get(path, params={"as_of": "2026-08-14"}).json()["status"] == "现行有效"


def test_unknown_law_and_article_404(client: TestClient) -> None:
    assert client.get("/api/v1/laws/没有这部法/articles/1").status_code == 404
    assert client.get("/api/v1/laws/行政处罚法/articles/第九百条").status_code == 404


def test_chat_whole(client: TestClient) -> None:
    body = client.post("/api/v1/chat", json={"message": "首违不罚的依据是什么？", "stream": False}).json()
    names = "conversation_id message_id answer conclusion hits findings figures facts missing citations mode refused"
    assert {*names.split(), "provenance"} <= body.keys()
    assert "type" not in body
    assert body["mode"] == "extractive"
    assert not body["refused"]
    assert any(c["article"] == "第三十三条" and c["verdict"] == "verified" for c in body["citations"])
    for citation in body["citations"]:
        assert body["answer"][citation["start"] : citation["end"]] == citation["text"]


def test_chat_streams_evidence_text_done(client: TestClient) -> None:
    with client.stream("POST", "/api/v1/chat", json={"message": "听证要在几天内提出？"}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        frames = [f for f in answer.read().decode().split("\n\n") if f.startswith("event: ")]
    names = [frame.splitlines()[0].removeprefix("event: ") for frame in frames]
    assert names[0] == "evidence"
    assert names[-1] == "done"
    assert set(names[1:-1]) == {"text"}
    done = json.loads(frames[-1].split("data: ", 1)[1])
    listed = client.get("/api/v1/conversations").json()
    assert done["conversation_id"] in [c["id"] for c in listed]


def test_conversation_is_found_again_renamed_and_deleted(client: TestClient) -> None:
    done = client.post("/api/v1/chat", json={"message": "行政处罚的追责期限是多久", "stream": False}).json()
    path = f"/api/v1/conversations/{done['conversation_id']}"
    messages = client.get(path).json()["messages"]
    assert [m["role"] for m in messages] == ["user", "assistant"]
    assert messages[1]["done"]["answer"] == done["answer"]
    assert client.patch(path, json={"title": "时效"}).status_code == 204
    assert client.get(path).json()["title"] == "时效"
    feedback = f"/api/v1/messages/{done['message_id']}/feedback"
    assert client.post(feedback, json={"verdict": "wrong", "comment": "漏了五年"}).status_code == 204
    assert client.post(feedback, json={"verdict": "perhaps"}).status_code == 422
    exported = client.get(f"/api/v1/messages/{done['message_id']}/export.md")
    assert exported.headers["content-type"].startswith("text/markdown")
    assert done["answer"].strip() in exported.text
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_openapi_names_every_path(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/v1/search", "/api/v1/citations/check", "/api/v1/chat", "/healthz", "/readyz"} <= paths.keys()
