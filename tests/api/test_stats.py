"""POST /stats/query as the contract has it, and what the 数据 page and a spreadsheet are given."""

import io

import pytest
from docx import Document
from fastapi.testclient import TestClient
from openpyxl import load_workbook

CONTRACT = {
    "answered", "metric", "name", "value", "values", "unit", "period", "scope", "formula", "operands", "flags",
    "nearest", "text",
}  # fmt: skip


def test_a_figure_is_answered_as_the_contract_says(client: TestClient) -> None:
    body = client.post("/api/v1/stats/query", json={"question": "行政检查占归集执法信息的比重是多少"}).json()
    assert body.keys() >= CONTRACT
    assert (body["answered"], body["value"], body["unit"]) == (True, 82.86, "%")
    assert body["period"] == {"year": 2024, "as_of": "2024-12-23"}
    assert body["operands"][0].keys() >= {"name", "value", "unit", "as_of", "scope", "source"}
    assert {f["code"] for f in body["flags"]} == {"inconsistent"}


def test_what_is_not_known_is_answered_false_with_what_is_nearest(client: TestClient) -> None:
    body = client.post("/api/v1/stats/query", json={"question": "2023年经开区履责率多少"}).json()
    assert (body["answered"], body["value"], body["missing"]) == (False, None, "period")
    assert {n["value"] for n in body["nearest"]} == {71.61, 77.15}
    assert body["alternatives"]
    for question in body["alternatives"]:
        assert client.post("/api/v1/stats/query", json={"question": question}).json()["answered"]


@pytest.mark.parametrize(
    "body", [{}, {"question": ""}, {"question": "履责率" * 3000}, {"question": "履责率" * 4000}, {"question": 3},
             {"question": "履责率", "year": 2024}],
)  # fmt: skip
def test_bad_input_is_told_where_and_what(client: TestClient, body: dict[str, object]) -> None:
    answer = client.post("/api/v1/stats/query", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] in ("question", "year")


def test_without_a_token_401(client: TestClient) -> None:
    bare = {"Authorization": "Bearer wrong"}
    assert client.post("/api/v1/stats/query", headers=bare, json={"question": "履责率"}).status_code == 401
    for path in ("metrics", "figures.xlsx"):
        assert client.get(f"/api/v1/stats/{path}", headers=bare).status_code == 401


def test_everything_held_is_listed_with_its_source(client: TestClient) -> None:
    body = client.get("/api/v1/stats/metrics").json()
    assert len(body["figures"]) >= 120
    assert all(f["source"] and f["place"] for f in body["figures"])
    assert sum(not f["agrees"] for f in body["findings"]) >= 4
    kinds = next(c for c in body["compositions"] if c["name"] == "归集执法信息" and c["rest"])
    assert [(p["name"], p["value"]) for p in kinds["parts"]] == [("行政检查记录", 1233), ("行政处罚", 249)]
    assert kinds["rest"] == 6
    assert all(len(t["points"]) > 1 for t in body["trends"])


def test_parts_that_overlap_are_no_composition(client: TestClient) -> None:
    names = {c["name"] for c in client.get("/api/v1/stats/metrics").json()["compositions"]}
    assert "复议收到案件" not in names
    assert "责令整改通知书" in names


def test_the_figures_come_as_a_spreadsheet(client: TestClient) -> None:
    answer = client.get("/api/v1/stats/figures.xlsx", params={"scope": "应急管理部门"})
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book["数据"].values)
    assert rows[0][:5] == ("指标", "范围", "年", "截至", "值")
    assert {row[1] for row in rows[1:]} == {"应急管理部门"}
    assert 861.12 in {row[4] for row in rows[1:]}
    assert book.sheetnames == ["数据", "指标", "数据核对"]
    assert any(row[4] == "对不上" for row in book["数据核对"].values)


def test_the_yearly_report_holds_numbers_with_sources_and_what_does_not_agree(client: TestClient) -> None:
    answer = client.get("/api/v1/stats/report.docx", params={"year": 2024})
    document = Document(io.BytesIO(answer.content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["履责率", "77.15%", "截至2024年12月23日"] in [row[:3] for row in rows]
    assert all(row[3] for row in rows)
    assert sum("155份" in p.text for p in document.paragraphs) == 1
    assert client.get("/api/v1/stats/report.docx", params={"year": 2019}).status_code == 422
