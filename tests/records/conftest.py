"""The kinds as they come, and a store of its own for each test."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.records.departments import Departments, read_departments
from assistant.records.importing import Importer
from assistant.records.kinds import Kind, read_kinds
from assistant.records.store import RecordStore
from assistant.settings import ROOT
from assistant.stats.catalogue import Catalogue, read_catalogue

TODAY = dt.date(2026, 11, 23)
Write = Callable[..., Path]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "knowledge_base" / "metrics")


@pytest.fixture(scope="session")
def kinds() -> dict[str, Kind]:
    return read_kinds(ROOT / "knowledge_base" / "records")


@pytest.fixture(scope="session")
def departments(catalogue: Catalogue) -> Departments:
    return read_departments(catalogue, [ROOT / "knowledge_base" / "records"])


@pytest.fixture
def records_store(tmp_path: Path, kinds: dict[str, Kind]) -> Iterator[RecordStore]:
    held = RecordStore(tmp_path / "home", kinds)
    yield held
    held.close()


@pytest.fixture
def importer(records_store: RecordStore, departments: Departments) -> Importer:
    return Importer(records_store, departments, lambda: TODAY)


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Write:
    """`write_xlsx(name, rows, merge=(), sheets={})`: a workbook; `sheets` are further ones by name."""

    def write(
        name: str,
        rows: list[list[object]],
        merge: tuple[str, ...] = (),
        sheets: dict[str, list[list[object]]] | None = None,
    ) -> Path:
        from openpyxl import Workbook

        book = Workbook()
        page = book.active
        assert page is not None
        page.title = "数据"
        for row in rows:
            page.append(row)
        for area in merge:
            page.merge_cells(area)
        for title, more in (sheets or {}).items():
            other = book.create_sheet(title)
            for row in more:
                other.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write
