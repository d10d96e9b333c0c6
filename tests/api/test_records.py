"""Records over HTTP: preview, import, rows behind a number, undo; what is wrong is told where and how to mend."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook
from pydantic import SecretStr

from api.main import create_app
from assistant.desk import Desk
from assistant.records.figures import load_figures
from assistant.settings import ROOT, Settings
from tests.api.conftest import TOKEN, Borrowed

CASES = """决定书文号,执法主体,决定日期,当事人,罚款金额,联系电话
津开应急罚〔2026〕1号,应急局,2026-03-05,王小明,500,13800000000
津开应急罚〔2026〕2号,应急局,2026-04-05,=cmd|甲有限公司,800,
津开市监罚〔2026〕3号,市监局,2026-05-05,乙有限公司,六百,
"""


class WithRecords(Borrowed):
    """The session's desk with records of its own."""

    def __init__(self, desk: Desk, home: Path) -> None:
        super().__init__(desk)
        self.metrics = load_figures(ROOT / "knowledge_base", home, lambda: dt.date(2026, 11, 23))
        self.records = self.metrics.records

    def figures(self, question: str, _today: dt.date) -> object:
        return self.metrics.query(question, dt.date(2026, 11, 23))


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path, token=SecretStr(TOKEN), web_dir=Path("no-page"), _env_file=None)
    app = create_app(settings, desk=lambda: WithRecords(desk, tmp_path))  # type: ignore[arg-type,return-value]
    with TestClient(app, headers={"Authorization": f"Bearer {TOKEN}"}, raise_server_exceptions=False) as client:
        app.state.opening.wait()
        yield client


def send(client: TestClient, path: str, content: str = CASES, name: str = "处罚.csv", **said: str) -> dict[str, object]:
    answer = client.post(f"/api/v1/stats/{path}", files={"file": (name, content.encode())}, data=said)
    assert answer.status_code == 200, answer.text
    body: dict[str, object] = answer.json()
    return body


def test_a_preview_shows_what_an_import_would_do_and_keeps_nothing(office: TestClient) -> None:
    shown = send(office, "imports/preview")
    counts = {"read": 3, "new": 2, "same": 0, "changed": 0, "rejected": 1}
    assert shown["would_be"]["counts"] == counts  # type: ignore[index]
    assert shown["would_be"]["sheets"][0]["unused"] == ["联系电话"]  # type: ignore[index]
    assert shown["rows"][0][3] == "王**"  # type: ignore[index]
    (problem,) = shown["problems"]  # type: ignore[misc]
    assert (problem["line"], problem["column"], problem["value"]) == (4, "罚款金额", "六百")
    assert office.get("/api/v1/stats/records").json()["imports"] == []
    done = send(office, "imports")
    assert done["done"]["counts"] == counts  # type: ignore[index]
    assert send(office, "imports")["done"]["counts"]["same"] == 2  # type: ignore[index]


def test_a_workbook_is_taken_by_its_content(office: TestClient) -> None:
    book = Workbook()
    for line in CASES.splitlines():
        book.active.append(line.split(","))
    stream = io.BytesIO()
    book.save(stream)
    answer = office.post("/api/v1/stats/imports/preview", files={"file": ("下载", stream.getvalue())})
    assert answer.status_code == 200, answer.text
    assert answer.json()["would_be"]["counts"]["new"] == 1
    assert "没有存计算结果" in answer.json()["problems"][0]["problem"]  # =cmd|… is a formula in a workbook


def test_the_rows_behind_a_number_are_paged_masked_and_taken_away(office: TestClient) -> None:
    send(office, "imports")
    answer = office.post("/api/v1/stats/query", json={"question": "今年应急局罚了多少次"}).json()
    assert answer["value"] == 2
    (rows,) = answer["rows"]
    asked = {k: rows[k] for k in ("metric", "department", "since", "until")}
    page = office.get("/api/v1/stats/rows", params=asked).json()
    assert (page["page"], page["pages"], page["filter"]["rows"]) == (1, 1, 2)
    named = dict(zip(page["columns"], page["rows"][1], strict=True))
    assert named["当事人"] == "王**"
    assert named["出处"] == "《处罚.csv》处罚第2行"
    assert "13800000000" not in str(page)
    book = load_workbook(io.BytesIO(office.get("/api/v1/stats/rows.xlsx", params=asked).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    (firm,) = [cell for cell in cells if cell.value == "=cmd|甲有限公司"]
    assert firm.data_type == "s"  # text, and no formula
    assert office.get("/api/v1/stats/rows", params={**asked, "page": 9}).status_code == 422


def test_ranking_comparison_and_undo(office: TestClient) -> None:
    made = send(office, "imports")["done"]
    ranking = office.get("/api/v1/stats/ranking", params={"metric": "行政处罚"}).json()["rankings"][0]
    assert [(line["rank"], line["department"], line["value"]) for line in ranking["lines"]] == [(1, "应急管理部门", 2)]
    sheet = office.get("/api/v1/stats/comparison", params={"year": 2024}).json()
    assert {line["agrees"] for line in sheet["lines"]} == {None}
    book = load_workbook(io.BytesIO(office.get(f"/api/v1/stats/imports/{made['id']}.xlsx").content))  # type: ignore[index]
    assert [row[1] for row in book["退回的行"].iter_rows(values_only=True)] == ["行", 4]
    assert office.delete(f"/api/v1/stats/imports/{made['id']}").json()["undone"] is True  # type: ignore[index]
    assert office.get("/api/v1/stats/records").json()["holdings"] == []


def test_a_mapping_as_text_and_bad_input_with_its_remedy(office: TestClient) -> None:
    odd = CASES.replace("执法主体", "经办科室")
    refused = office.post("/api/v1/stats/imports/preview", files={"file": ("a.csv", odd.encode())})
    assert refused.status_code == 422
    assert "缺必填的列：部门" in refused.text
    shown = send(office, "imports/preview", odd, mapping="种类: 处罚\n列: {部门: 经办科室}\n")
    assert shown["would_be"]["counts"]["new"] == 2  # type: ignore[index]
    bad = office.post("/api/v1/stats/imports", files={"file": ("a.csv", odd.encode())}, data={"mapping": "种类: 处份"})
    assert bad.status_code == 422
    assert "处份" in bad.text
    for params, said in (
        ({"metric": "人员参与率", "since": "2026-01-01", "until": "2026-02-01"}, "没有它自己的行"),
        ({"metric": "行政处罚", "since": "2026-03-01", "until": "2026-02-01"}, "起日晚于止日"),
        ({"metric": "行政处罚", "since": "昨天", "until": "2026-02-01"}, "不是有效的日期"),
    ):
        answer = office.get("/api/v1/stats/rows", params=params)
        assert answer.status_code == 422
        assert said in answer.text
    assert office.get("/api/v1/stats/ranking", params={"metric": "商事登记"}).status_code == 422
    assert office.delete("/api/v1/stats/imports/none").status_code == 422
    nobody = office.get("/api/v1/stats/records", headers={"Authorization": ""})
    assert nobody.status_code == 401
