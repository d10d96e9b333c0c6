"""POST /opinions and what follows over the real application."""

import io
from typing import Any
from urllib.parse import unquote

import pytest
from docx import Document
from fastapi.testclient import TestClient

PATH = "/api/v1/opinions"
DESCRIPTION = "某文具店首次违法，没有标价，当场改正，没有造成危害后果。"
FIELDS = {
    "organ": "某局", "document_no": "某罚免〔2026〕1号", "party": "某文具店", "address": "某路1号",
    "matter": "没有明码标价", "basis": "《价格法》第四十二条",
    "evidence": ["现场笔录"], "review_organ": "某区人民政府", "court": "某人民法院",
    "date": "2026-11-20",
}  # fmt: skip


def _draft(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post(PATH, json={"kind": "no_penalty_decision", "as_of": "2026-11-23"} | body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_shape_of_the_contract(client: TestClient) -> None:
    opinion = _draft(client, description=DESCRIPTION, fields=FIELDS)
    assert set(opinion) >= {"id", "kind", "status", "sections", "missing", "unverified", "docx"}
    assert (opinion["kind"], opinion["status"], opinion["version"]) == ("no_penalty_decision", "draft", 1)
    assert opinion["docx"] == f"{PATH}/{opinion['id']}.docx"
    for section in opinion["sections"]:
        assert set(section) >= {"heading", "body", "citations"}
        for citation in section["citations"]:
            assert citation["verdict"] == "verified"
            assert section["body"][citation["start"] : citation["end"]] == citation["text"]
    assert opinion["missing"] == []
    assert client.get(f"{PATH}/{opinion['id']}").json() == opinion
    assert client.get(PATH).json()[0]["id"] == opinion["id"]


def test_a_kind_alone_gives_a_draft_that_asks(client: TestClient) -> None:
    opinion = _draft(client)
    asked = {one["fact"] for one in opinion["missing"]}
    assert {"fields.party", "fields.basis", "fields.court"} <= asked
    assert all(one["question"] for one in opinion["missing"])
    assert any("【待填：当事人】" in section["body"] for section in opinion["sections"])


def test_the_kinds_tell_their_fields(client: TestClient) -> None:
    kinds = {form["kind"]: form for form in client.get(f"{PATH}/kinds").json()}
    assert len(kinds) == 7
    field = next(f for f in kinds["legality_review"]["fields"] if f["key"] == "basis")
    assert field == {
        "name": "处罚依据", "key": "basis", "question": "拟处罚依据的罚则是哪一条、款、项？", "type": "条款",
        "required": True, "options": [], "asked": True,
    }  # fmt: skip


def test_from_draft_to_a_final_document(client: TestClient) -> None:
    opinion = _draft(client, description=DESCRIPTION, fields=FIELDS, name="李一")
    address = f"{PATH}/{opinion['id']}"
    refused = client.post(f"{address}/finalize", json={"name": "王二"})
    assert refused.status_code == 422
    assert "还没有复核" in refused.json()["detail"]
    assert client.post(f"{address}/review", json={"name": "李一"}).status_code == 422
    assert client.post(f"{address}/review", json={"name": "王二", "comment": "可以"}).json()["status"] == "reviewed"
    assert client.post(f"{address}/finalize", json={"name": "王二"}).json()["status"] == "final"
    made = client.get(f"{address}.docx", params={"citations": "footnotes"})
    assert made.status_code == 200
    assert made.headers["content-type"].endswith("wordprocessingml.document")
    assert "草稿" not in unquote(made.headers["content-disposition"])
    document = Document(io.BytesIO(made.content))
    assert document.sections[0].header.paragraphs[0].text == ""
    assert any("本机关决定对当事人某文具店不予行政处罚" in p.text for p in document.paragraphs)
    assert [one["step"] for one in client.get(f"{address}/versions").json()] == ["drafted", "reviewed", "finalized"]
    late = client.patch(address, json={"fields": {"court": "别的法院"}})
    assert late.status_code == 409


def test_an_unverified_citation_is_listed_when_final_is_asked_for(client: TestClient) -> None:
    opinion = _draft(client, description=DESCRIPTION, fields=FIELDS)
    address = f"{PATH}/{opinion['id']}"
    body = "根据《中华人民共和国行政处罚法》第九百条，本机关决定对当事人不予行政处罚。"
    edited = client.patch(address, json={"version": 1, "sections": [{"id": "decision", "body": body}]}).json()
    assert [one["verdict"] for one in edited["unverified"]] == ["no_such_provision"]
    client.post(f"{address}/review", json={"name": "王二"})
    refused = client.post(f"{address}/finalize", json={"name": "王二"})
    assert refused.status_code == 422
    problem = refused.json()
    assert refused.headers["content-type"] == "application/problem+json"
    assert any(e["where"] == "sections.decision" and "第九百条" in e["problem"] for e in problem["errors"])
    assert client.get(address).json()["status"] == "reviewed"
    changed = client.get(f"{address}/versions/compare", params={"before": 1, "after": 2}).json()
    assert [s["id"] for s in changed["sections"] if any(c["kind"] != "equal" for c in s["changes"])] == ["decision"]


def test_an_outdated_edit_is_a_conflict(client: TestClient) -> None:
    opinion = _draft(client, description=DESCRIPTION, fields=FIELDS)
    address = f"{PATH}/{opinion['id']}"
    assert client.patch(address, json={"version": 1, "title": "一"}).status_code == 200
    answer = client.patch(address, json={"version": 1, "title": "二"})
    assert answer.status_code == 409
    assert "你改的是第1稿" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "where", "words"),
    [
        ({}, "kind", "缺少这一项"),
        ({"kind": "判决书"}, "kind", "没有“判决书”这种文书"),
        ({"kind": "legality_review", "description": "甲" * 50_000}, "description", "太长"),
        ({"kind": "legality_review", "fields": {"x": 1}}, "fields.x", "没有这个字段"),
        ({"kind": "legality_review", "fields": {"fine": -5}}, "fields.fine", "不小于0"),
        ({"kind": "legality_review", "facts": {"harm": "很小"}}, "facts.harm", "只能是"),
        ({"kind": "legality_review", "verdict": "同意"}, "verdict", "没有这个字段"),
        ({"kind": "legality_review", "as_of": "明天"}, "as_of", "不是有效的日期"),
    ],
)
def test_bad_input_is_said_plainly(client: TestClient, body: dict[str, Any], where: str, words: str) -> None:
    answer = client.post(PATH, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == where
    assert words in answer.json()["errors"][0]["problem"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/none"), ("GET", "/none.docx"), ("PATCH", "/none"), ("POST", "/none/review"), ("POST", "/none/finalize"),
     ("GET", "/none/versions"), ("GET", "/none/versions/compare?before=1&after=2")],
)  # fmt: skip
def test_what_is_not_there_is_404(client: TestClient, method: str, path: str) -> None:
    body = None if method == "GET" else {"name": "王二"}
    assert client.request(method, PATH + path, json=body).status_code == 404


def test_a_token_is_needed(client: TestClient) -> None:
    assert client.post(PATH, json={"kind": "legal_opinion"}, headers={"Authorization": ""}).status_code == 401
