"""A file brought in and kept: what became of each row is told, in a preview as after the import."""

import datetime as dt
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from assistant.records.departments import Departments
from assistant.records.kinds import SAMPLE, Kind
from assistant.records.mapping import Mapping, read_mappings, write_mapping
from assistant.records.personal import shown_row
from assistant.records.reading import Plan, plan_reading, read_rows
from assistant.records.sheets import open_sheets
from assistant.records.staging import Verdicts, stage
from assistant.records.store import Held, RecordStore, State, connect, new_id, quoted
from assistant.schema.records import ImportPreview, ImportReport, RecordImport, RowProblem

SHOWN = 50
"""Problems and changes that a preview or a report shows; all are counted, and in the workbook of the import."""
_ROWS_SHOWN = 10
_STALE = 24 * 3600

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Source:
    """A file to bring in, and what a person said of it. `name`: what it is called, where `path` is a copy."""

    path: Path
    name: str | None = None
    kind: str | None = None
    sheet: str | None = None
    mapping: Mapping | None = None
    who: str | None = None

    @property
    def called(self) -> str:
        return self.name or self.path.name


@dataclass(frozen=True)
class _Judged:
    plan: Plan
    verdicts: Verdicts
    state: State


class Importer:
    """Brings files into one store."""

    def __init__(self, store: RecordStore, departments: Departments, clock: Callable[[], dt.date]) -> None:
        self._store = store
        self._departments = departments
        self._clock = clock

    def preview(self, source: Source, progress: Progress = lambda _: None) -> ImportPreview:
        """What an import would do; nothing is kept. InputError when the file cannot be read as records."""
        with self._judged(source, progress) as judged:
            sheet, header = judged.plan.sheets[0]
            placed = {p.column.name for p in header.placed}
            columns = [c for c in judged.plan.kind.columns if c.name in placed]
            names = ", ".join(quoted(c.name) for c in columns)
            rows = judged.verdicts.connection.execute(
                f"SELECT {names} FROM fresh WHERE verdict <> 'rejected' ORDER BY _seq LIMIT {_ROWS_SHOWN}"
            ).fetchall()
            said = [(m.column, m.header) for m in judged.plan.matches[0].columns if m.column != SAMPLE or m.header]
            one_of_several = len(judged.plan.sheets) == 1 and judged.plan.of_several
            return ImportPreview(
                would_be=self._record(source, judged),
                columns=tuple(c.name for c in columns),
                rows=tuple(shown_row(columns, row) for row in rows),
                problems=judged.verdicts.problems(SHOWN),
                changes=judged.verdicts.changes(SHOWN),
                mapping=write_mapping(judged.plan.kind.name, sheet.name if one_of_several else None, said),
            )

    def bring_in(self, source: Source, progress: Progress = lambda _: None) -> ImportReport:
        """Import a file. InputError when it cannot be read as records; then nothing is kept."""
        with self._store.writing(), self._judged(source, progress) as judged:
            made = self._record(source, judged)
            folder = self._store.folder
            judged.verdicts.write_details(folder / f"rejected-{made.id}.parquet", folder / f"changed-{made.id}.parquet")
            file = f"rows-{made.kind}-{made.id}.parquet"
            judged.verdicts.write_rows(folder / file, made.id, onto=made.kind in judged.state.current)
            rows, sample = self._store.ask(
                f"SELECT count(*), count(*) FILTER (_sample) FROM {self._store.source(file)}"
            )[0]
            self._store.keep(judged.state, made, Held(file, rows, sample))
            return ImportReport(
                done=made, problems=judged.verdicts.problems(SHOWN), changes=judged.verdicts.changes(SHOWN)
            )

    def feed(self, source: Source, mark: str) -> tuple[RowProblem, ...]:
        """The rows of the product's own work, in place of all it fed of their kind before; `mark` is kept as their
        digest. What the columns would not take keeps all of it out, and is returned. Under the store's `writing`."""
        assert source.kind is not None
        state = self._store.state()
        without = State(
            state.imports, {name: held for name, held in state.current.items() if name != source.kind}, state.before
        )
        with self._judged(source, lambda _: None, self._store.kinds, without) as judged:
            if problems := judged.verdicts.problems(SHOWN):
                return problems
            made = self._record(source, judged).model_copy(update={"id": f"fed-{source.kind}", "digest": mark})
            file = f"rows-{source.kind}-{new_id()}.parquet"
            judged.verdicts.write_rows(self._store.folder / file, made.id, onto=False)
            self._store.feed(state, made, Held(file, made.counts.new, 0, fed=True))
            return ()

    @contextmanager
    def working(self) -> Iterator[Path]:
        """A folder to work in that is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="import-", dir=self._work()) as name:
            yield Path(name)

    @contextmanager
    def _judged(
        self,
        source: Source,
        progress: Progress,
        kinds: dict[str, Kind] | None = None,
        state: State | None = None,
    ) -> Iterator[_Judged]:
        """The file read and held against the store, in a working folder that is gone afterwards."""
        kinds = kinds or {name: kind for name, kind in self._store.kinds.items() if kind.fed_by is None}
        with closing(open_sheets(source.path, source.called)) as file:
            plan = plan_reading(
                file,
                kinds,
                read_mappings(self._store.folder / "mappings", kinds),
                kind=source.kind,
                sheet=source.sheet,
                mapping=source.mapping,
                called=source.called,
            )
            with self.working() as folder, closing(connect(self._store.folder)) as connection:
                rows = read_rows(plan, self._departments, self._clock())
                stage(rows, plan.kind, folder, connection, progress)
                held = state or self._store.state()
                yield _Judged(plan, Verdicts.of(connection, plan.kind, self._store, held), held)

    def _work(self) -> Path:
        """Where files stand while they are read, rid of what killed imports left."""
        work = self._store.folder / "work"
        work.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in work.iterdir():
            if old.stat().st_mtime < time.time() - _STALE:
                shutil.rmtree(old, ignore_errors=True)
        return work

    def _record(self, source: Source, judged: _Judged) -> RecordImport:
        kind = judged.plan.kind
        sample, first, last = judged.verdicts.reach()
        notes = list(judged.plan.notes)
        placed = {p.column.name for p in judged.plan.sheets[0][1].placed}
        if kind.identity and kind.identity[0] not in placed:
            notes.append(f"表里没有“{kind.identity[0]}”：行按全部内容认，改过的行会成为新行")
        if sample:
            notes.append(f"{sample}行标着示例：只要导入过真实的行，示例就不计入任何数")
        if judged.state.only_sample and judged.state.current and not sample:
            notes.append("已有的示例行从此不再计入任何数")
        return RecordImport(
            id=new_id(),
            at=dt.datetime.now(dt.UTC),
            who=source.who,
            file=source.called,
            digest=_digest(source.path),
            kind=kind.name,
            sheets=judged.plan.matches,
            counts=judged.verdicts.counts(),
            sample=sample,
            first=cast(dt.date | None, first),
            last=cast(dt.date | None, last),
            notes=tuple(notes),
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
