"""POST /files/review over HTTP: the contract, its progress, and what is refused."""

import io
import json

from docx import Document
from fastapi.testclient import TestClient

from api.routes.files import UPLOAD_LIMIT
from evals.case_file_samples import CaseFileCase, build
from evals.case_files import SAMPLES
from evals.reading import FOLDER, load_yaml

CASES = {case.id: case for case in load_yaml(CaseFileCase, FOLDER / "case_files.yaml")}


def upload(client: TestClient, *files: tuple[str, bytes], **headers: str):  # type: ignore[no-untyped-def]
    return client.post("/api/v1/files/review", files=[("file", f) for f in files], headers=headers)


def test_the_answer_is_the_contracts(client: TestClient) -> None:
    answer = upload(client, build(CASES["one-officer-and-words"], SAMPLES))
    assert answer.status_code == 200
    body = answer.json()
    assert isinstance(body["score"], float)
    assert body["citations"]
    for item in body["items"]:
        assert {"code", "label", "status", "veto", "where", "text", "basis"} <= set(item)
        assert item["status"] in ("ok", "missing", "defect", "unknown")
    veto = next(item for item in body["items"] if item["code"] == "F03")
    assert veto["veto"]
    assert veto["status"] == "defect"
    place = veto["where"][0]
    assert place["file"] == "05-询问笔录.docx"
    assert place["document"] == "询问笔录"
    assert place["paragraph"] == 5
    assert "张明" in place["words"]


def test_a_pdf_gives_the_page(client: TestClient) -> None:
    body = upload(client, build(CASES["hearing-upside-down"], SAMPLES)).json()
    inverted = next(item for item in body["items"] if item["code"] == "F13")
    assert all(place["page"] for place in inverted["where"])


def test_progress_comes_before_the_answer(client: TestClient) -> None:
    answer = upload(client, build(CASES["clean-food"], SAMPLES), accept="text/event-stream")
    events = [block.split("\n") for block in answer.text.strip().split("\n\n")]
    kinds = [lines[0] for lines in events]
    assert kinds[0] == "event: progress"
    assert kinds[-1] == "event: done"
    assert "data: 读取 01-卷内目录.docx" in answer.text
    assert json.loads(events[-1][1].removeprefix("data: "))["score"] == 100


def test_what_cannot_be_read_is_said_file_by_file(client: TestClient) -> None:
    answer = upload(client, ("案卷.docx", b"PK\x03\x04 not a zip"), ("空.txt", b""))
    assert answer.status_code == 422
    assert "案卷.docx" in answer.json()["detail"]
    assert "空.txt" in answer.json()["detail"]
    streamed = upload(client, ("空.txt", b""), accept="text/event-stream")
    assert "event: failed" in streamed.text
    assert "文件是空的" in streamed.text


def test_one_good_file_among_bad_ones_is_reviewed_and_the_bad_are_listed(client: TestClient) -> None:
    body = upload(client, build(CASES["on-the-spot"], SAMPLES), ("坏的.pdf", b"%PDF-1.4 broken")).json()
    states = {file["name"]: file["state"] for file in body["files"]}
    assert states == {"示例-on-the-spot.docx": "read", "坏的.pdf": "unread"}


def test_without_a_file_and_without_a_token(client: TestClient) -> None:
    assert client.post("/api/v1/files/review", data={"as_of": "2026-11-23"}).status_code == 422
    answer = client.post("/api/v1/files/review", files={"file": ("a.txt", b"x")}, headers={"Authorization": ""})
    assert answer.status_code == 401


def test_uploads_may_be_larger_than_json_and_not_without_end(client: TestClient) -> None:
    half = ("没有内容的一行" * 200 + "\n").encode() * 1_100  # two of them are over the limit of other bodies
    assert len(half) > 4.2 * 1024 * 1024
    assert upload(client, ("大一.txt", half), ("大二.txt", half)).status_code == 200
    answer = client.post(
        "/api/v1/files/review", content=b"", headers={"content-length": str(UPLOAD_LIMIT + 1), "content-type": "x"}
    )
    assert answer.status_code == 413
    assert "64 MB" in answer.json()["detail"]


def test_a_review_is_kept_found_taken_as_word_and_deleted(client: TestClient) -> None:
    made = upload(client, build(CASES["gains-kept"], SAMPLES)).json()
    lines = client.get("/api/v1/files/reviews").json()
    line = next(one for one in lines if one["id"] == made["id"])
    assert line["vetoes"] == 2
    assert line["title"] == "示例-gains-kept.zip"
    assert client.get(f"/api/v1/files/reviews/{made['id']}").json() == made
    report = client.get(f"/api/v1/files/reviews/{made['id']}.docx")
    text = "\n".join(p.text for p in Document(io.BytesIO(report.content)).paragraphs)
    assert "有2项否决，案卷不合格" in text
    assert "见 11-行政处罚决定书.txt，第18段：“天津示例区市场监督管理局法制科（印章）”" in text
    assert client.delete(f"/api/v1/files/reviews/{made['id']}").status_code == 204
    for path in (f"/api/v1/files/reviews/{made['id']}", f"/api/v1/files/reviews/{made['id']}.docx"):
        assert client.get(path).status_code == 404
    assert client.delete(f"/api/v1/files/reviews/{made['id']}").status_code == 404
