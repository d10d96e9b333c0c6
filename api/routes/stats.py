"""POST /stats/query, GET /stats/metrics, GET /stats/figures.xlsx and GET /stats/report.docx."""

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter
from fastapi.responses import Response

from api.dependencies import TheDesk, allowed
from api.wire import Query, Request
from assistant.desk import today
from assistant.schema import Figure, FigureAnswer, FigureOverview
from assistant.stats.workbook import workbook

router = APIRouter(prefix="/stats", tags=["stats"])
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class StatsRequest(Request):
    question: Query


@router.post("/query", dependencies=[allowed("figures")], summary="问执法数据")
def query_figures(body: StatsRequest, desk: TheDesk) -> FigureAnswer:
    """The number asked for, how it was computed, where it stands and whether it can be right; never a guess."""
    return desk.figures(body.question, today())


@router.get("/metrics", dependencies=[allowed("figures")], summary="指标与数字")
def list_metrics(desk: TheDesk) -> FigureOverview:
    """All metrics and figures with their sources, what the checks found, compositions and trends."""
    return desk.metrics.overview


@router.get(
    "/figures.xlsx",
    response_class=Response,
    responses={200: {"content": {_XLSX: {}}}},
    dependencies=[allowed("figures.export")],
    summary="导出数字",
)
def export_figures(
    desk: TheDesk,
    scope: Annotated[str | None, Parameter(max_length=60)] = None,
    year: Annotated[int | None, Parameter(ge=1949, le=2100)] = None,
    q: Annotated[str | None, Parameter(max_length=60)] = None,
) -> Response:
    """The figures as a table, of one scope, year or word where that is given."""
    held = desk.metrics.overview
    chosen = [f for f in held.figures if _fits(f, scope, year, q)]
    return Response(
        workbook(held, chosen),
        media_type=_XLSX,
        headers={"Content-Disposition": "attachment; filename=\"figures.xlsx\"; filename*=UTF-8''"
                 "%E6%95%B0%E6%8D%AE.xlsx"},
    )  # fmt: skip


@router.get(
    "/report.docx",
    response_class=Response,
    responses={200: {"content": {_DOCX: {}}}},
    dependencies=[allowed("figures.export")],
    summary="年度报告初稿",
)
def draft_report(desk: TheDesk, year: Annotated[int, Parameter(ge=1949, le=2100)]) -> Response:
    """A yearly report to go on writing: the numbers with their sources, what does not agree at the end."""
    name = f"filename=\"report-{year}.docx\"; filename*=UTF-8''{year}%E5%B9%B4%E6%8A%A5%E5%91%8A%E5%88%9D%E7%A8%BF.docx"
    return Response(desk.metrics.report(year), media_type=_DOCX, headers={"Content-Disposition": f"attachment; {name}"})


def _fits(figure: Figure, scope: str | None, year: int | None, words: str | None) -> bool:
    if scope is not None and figure.scope != scope:
        return False
    if year is not None and figure.year != year:
        return False
    said = f"{figure.metric}{figure.scope}{figure.place}{figure.quote or ''}"
    return words is None or words.strip() in said
