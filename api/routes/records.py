"""The office's rows: imports with their preview, the rows behind a number, rankings, comparison with stated figures."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Form, UploadFile
from fastapi import Query as Parameter
from fastapi.responses import Response
from pydantic import AfterValidator

from api.dependencies import TheDesk, allowed
from api.texts import plain
from assistant.accounts import Visitor
from assistant.errors import InputError
from assistant.records.importing import Source
from assistant.records.mapping import read_mapping
from assistant.records.office import Records
from assistant.records.rows import import_workbook, page, workbook
from assistant.schema import (
    FigureAnswer,
    ImportPreview,
    ImportReport,
    RecordImport,
    RecordOverview,
    RecordPeriod,
    RowComparisonSheet,
    RowPage,
)

router = APIRouter(prefix="/stats", tags=["records"])
PATHS = ("/stats/imports", "/stats/imports/preview")
UPLOAD = (64 * 1024 * 1024, 600.0)
"""Bytes of a sheet that may be sent, and the seconds it may take; a larger one is imported on the server."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOOK: dict[int | str, dict[str, Any]] = {200: {"content": {_XLSX: {}}}}

Reader = Annotated[Visitor, allowed("figures")]
Exporter = Annotated[Visitor, allowed("figures.export")]
Keeper = Annotated[Visitor, allowed("figures.change")]
Name = Annotated[str, Parameter(min_length=1, max_length=60)]
Sheet = Annotated[UploadFile, File(description="一张表：.xlsx、.xlsm（不读宏）或.csv（UTF-8或GBK）")]
Said = Annotated[Annotated[str, AfterValidator(plain)] | None, Form(max_length=60)]
Mapping = Annotated[str | None, Form(max_length=20_000, description="映射（YAML），即预览里给出的样本改过的")]


@router.get("/records", summary="本单位的明细")
def read_records(desk: TheDesk, _who: Reader) -> RecordOverview:
    """What is held of each kind, what was imported, and which metrics can be ranked."""
    return desk.records.overview()


@router.post("/imports/preview", summary="预览导入")
def preview_import(
    desk: TheDesk, who: Keeper, file: Sheet, kind: Said = None, sheet: Said = None, mapping: Mapping = None
) -> ImportPreview:
    """What an import would do: columns as understood, first rows, what is turned back and changed. Keeps nothing."""
    with _received(desk.records, file, kind, sheet, mapping, who.name) as source:
        return desk.records.importer.preview(source)


@router.post("/imports", summary="导入明细")
def import_rows(
    desk: TheDesk, who: Keeper, file: Sheet, kind: Said = None, sheet: Said = None, mapping: Mapping = None
) -> ImportReport:
    """Import a file. The same file again changes nothing; read = new + same + changed + rejected."""
    with _received(desk.records, file, kind, sheet, mapping, who.name) as source:
        return desk.records.importer.bring_in(source)


@router.delete("/imports/{import_id}", summary="撤销导入")
def undo_import(import_id: str, desk: TheDesk, _who: Keeper) -> RecordImport:
    """Take the last import of its kind back."""
    return desk.records.store.undo(import_id)


@router.get("/imports/{import_id}.xlsx", response_class=Response, responses=_BOOK, summary="导出导入结果")
def export_import(import_id: str, desk: TheDesk, _who: Exporter) -> Response:
    """The rows that an import turned back, with line and cause, and those it changed."""
    made = next((i for i in desk.records.store.state().imports if i.id == import_id), None)
    if made is None:
        raise InputError("id", "没有这次导入", "在导入记录里查看编号")
    return _book(import_workbook(desk.records.store, made), f"导入结果-{Path(made.file).stem}")


@router.get("/rows", summary="数字背后的明细")
def list_rows(
    desk: TheDesk,
    _who: Reader,
    metric: Name,
    since: dt.date,
    until: dt.date,
    department: Annotated[str | None, Parameter(max_length=60)] = None,
    at: Annotated[int, Parameter(alias="page", ge=1, le=1_000_000)] = 1,
) -> RowPage:
    """A page of the rows behind a number, latest first, personal names masked, each with its file and line."""
    return page(desk.records.counting, metric, department, _period(since, until), at)


@router.get("/rows.xlsx", response_class=Response, responses=_BOOK, summary="导出明细")
def export_rows(
    desk: TheDesk,
    _who: Exporter,
    metric: Name,
    since: dt.date,
    until: dt.date,
    department: Annotated[str | None, Parameter(max_length=60)] = None,
) -> Response:
    """The rows behind a number as a table."""
    return _book(workbook(desk.records.counting, metric, department, _period(since, until)), f"明细-{metric}")


@router.get("/ranking", summary="部门排名")
def rank_departments(
    desk: TheDesk,
    _who: Reader,
    metric: Name,
    since: dt.date | None = None,
    until: dt.date | None = None,
    low: Annotated[bool, Parameter(description="看末位")] = False,
) -> FigureAnswer:
    """All departments by one metric; without days, this year so far."""
    period = _period(since, until) if since is not None and until is not None else None
    return desk.records.ranking(metric, period, low=low)


@router.get("/comparison", summary="填报数与明细数对照")
def compare_figures(
    desk: TheDesk, _who: Reader, year: Annotated[int, Parameter(ge=1949, le=2100)]
) -> RowComparisonSheet:
    """The stated figures of a year beside the numbers their rows make, those that differ first."""
    return desk.records.comparison(year)


@contextmanager
def _received(
    held: Records, file: UploadFile, kind: str | None, sheet: str | None, mapping: str | None, who: str
) -> Iterator[Source]:
    """The sheet on disk while it is read, in the records' own working folder."""
    work = held.store.folder / "work"
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="upload-", dir=work) as name:
        path = Path(name) / "sheet"
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
        told = None
        if mapping and mapping.strip():
            written = Path(name) / "映射.yaml"
            written.write_text(mapping, encoding="utf-8")
            told = read_mapping(written, held.kinds)
        called = Path(file.filename or "表格").name[:200]
        yield Source(path, called, kind or None, sheet or None, told, who)


def _period(since: dt.date, until: dt.date) -> RecordPeriod:
    if since > until:
        raise InputError("since", "起日晚于止日", "请改起止日期")
    return RecordPeriod(since=since, until=until)


def _book(content: bytes, name: str) -> Response:
    disposition = f"attachment; filename=\"rows.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    return Response(content, media_type=_XLSX, headers={"Content-Disposition": disposition})
