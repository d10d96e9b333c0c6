"""Records as they are kept: one Parquet file a kind, a manifest that names the current ones, DuckDB to ask them.

A new import writes new files beside the old and then replaces the manifest, in one rename: readers never wait and a
killed import leaves nothing behind. Writers take turns by a file lock. The files of the last imports are kept, so
that an import can be undone.
"""

import contextlib
import fcntl
import json
import os
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from assistant.errors import EngineError, InputError
from assistant.records.kinds import Column, Kind
from assistant.schema.records import RecordImport

MEMORY = "512MB"
"""What DuckDB may hold at once; beyond it goes to disk."""
KEPT = 5
"""Earlier states of a kind that are kept, so that as many imports can be undone."""

_FORMAT = 1
_TYPES = {"日期": "DATE", "金额": "DECIMAL(18,2)", "整数": "BIGINT", "是否": "BOOLEAN"}


def sql_type(column: Column) -> str:
    return "VARCHAR[]" if column.several else _TYPES.get(column.type, "VARCHAR")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Held:
    """What is held of a kind: its file, how many rows, how many of them 示例; `fed`: the product's own rows."""

    file: str
    rows: int
    sample: int
    fed: bool = False


@dataclass(frozen=True)
class State:
    """The manifest as it stood at one moment."""

    imports: tuple[RecordImport, ...]
    current: dict[str, Held]
    before: dict[str, Held | None]
    """By import: what was held of its kind before it."""

    @property
    def only_sample(self) -> bool:
        """Whether nothing but 示例 was brought in; real rows and 示例 are never counted together.

        What the product feeds by itself is real beside either: no metric rests on it and on imported rows.
        """
        brought = [held for held in self.current.values() if not held.fed]
        return bool(brought) and all(held.rows == held.sample for held in brought)


class RecordStore:
    """The records under one home. Safe for several threads and processes."""

    def __init__(self, home: Path, kinds: dict[str, Kind]) -> None:
        self.folder = home / "records"
        self.kinds = kinds
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, int, int], State] | None = None

    # asking

    def state(self) -> State:
        """What is held now. EngineError when the manifest cannot be read."""
        path = self.folder / "manifest.json"
        try:
            about = path.stat()
            stamp = (about.st_mtime_ns, about.st_size, about.st_ino)
            if self._known is not None and self._known[0] == stamp:
                return self._known[1]
            told = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return State((), {}, {})
        except (OSError, ValueError) as error:
            raise EngineError(str(path), "明细的目录文件读不了", "从备份恢复这个文件；其余文件不要动") from error
        state = State(
            tuple(RecordImport.model_validate(item) for item in told["imports"]),
            {kind: Held(**held) for kind, held in told["current"].items()},
            {key: Held(**held) if held else None for key, held in told["before"].items()},
        )
        self._known = (stamp, state)
        return state

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query. Its tables come from `table`."""
        with self._cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    def table(self, kind: str, state: State) -> str | None:
        """SQL for the rows of a kind that count: with real rows held anywhere, without 示例. None: nothing is held."""
        held = state.current.get(kind)
        if held is None or not held.rows or (not state.only_sample and held.rows == held.sample):
            return None
        names = self.names(held.file)
        columns = [
            quoted(c.name) if c.name in names else f"NULL::{sql_type(c)} AS {quoted(c.name)}"
            for c in self.kinds[kind].columns
        ]
        where = "" if state.only_sample or not held.sample else " WHERE NOT _sample"
        return (
            f"(SELECT _id, _import, _sheet, _line, _sample, {', '.join(columns)} FROM {self.source(held.file)}{where})"
        )

    def source(self, file: str) -> str:
        return f"read_parquet('{str(self.folder / file).replace(chr(39), chr(39) * 2)}')"

    def names(self, file: str) -> frozenset[str]:
        """The columns a file has."""
        rows = self.ask(f"SELECT name FROM parquet_schema('{str(self.folder / file).replace(chr(39), chr(39) * 2)}')")
        return frozenset(str(name) for (name,) in rows)

    @contextlib.contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._lock:
            if self._connection is None:
                self._connection = connect(self.folder)
            cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    # changing

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time, whichever process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)

    def keep(self, state: State, made: RecordImport, held: Held) -> None:
        """Make `held` the rows of the import's kind. Under `writing`."""
        before = dict(state.before)
        before[made.id] = state.current.get(made.kind)
        self._write(State((*state.imports, made), {**state.current, made.kind: held}, before))

    def feed(self, state: State, made: RecordImport, held: Held) -> None:
        """Make `held` the rows that the product feeds of a kind, in place of what it fed before. Under `writing`."""
        others = tuple(one for one in state.imports if one.id != made.id)
        self._write(State((*others, made), {**state.current, made.kind: held}, state.before))

    def undo(self, import_id: str) -> RecordImport:
        """Take the last import of its kind back. InputError when there is none such, or a later one stands on it."""
        with self.writing():
            state = self.state()
            made = next((i for i in state.imports if i.id == import_id), None)
            if made is None or made.undone:
                raise InputError("id", "没有这次导入，或已经撤销", "用 counsel stats imports 查看编号")
            if (fed_by := self.kinds[made.kind].fed_by) is not None:
                raise InputError("id", f"“{made.kind}”不是导入的，随{fed_by}更新", f"要改就在{fed_by}里改")
            later = [i for i in state.imports[state.imports.index(made) + 1 :] if i.kind == made.kind and not i.undone]
            if later:
                raise InputError(
                    "id",
                    f"这次导入之后，“{made.kind}”又导入过{len(later)}次",
                    f"先撤销后来的：{later[-1].file}（{later[-1].id}）",
                )
            if made.id not in state.before:
                raise InputError("id", f"只保留最近{KEPT}次导入之前的状态，这次已不能撤销", "可以重新导入原来的文件")
            before = dict(state.before)
            earlier = before.pop(made.id)
            current = {k: h for k, h in state.current.items() if k != made.kind}
            if earlier is not None:
                current[made.kind] = earlier
            done = made.model_copy(update={"undone": True})
            self._write(State(tuple(done if i.id == made.id else i for i in state.imports), current, before))
            return done

    def _write(self, state: State) -> None:
        before = dict(state.before)
        for kind in self.kinds:
            ids = [i.id for i in state.imports if i.kind == kind and i.id in before]
            for key in ids[:-KEPT]:
                del before[key]
        told = {
            "format": _FORMAT,
            "imports": [i.model_dump(mode="json") for i in state.imports],
            "current": {kind: vars(held) for kind, held in state.current.items()},
            "before": {key: vars(held) if held else None for key, held in before.items()},
        }
        path = self.folder / "manifest.json"
        waiting = path.with_suffix(".new")
        with waiting.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
        named = {h.file for h in (*state.current.values(), *(b for b in before.values() if b))}
        for file_ in self.folder.glob("rows-*.parquet"):
            if file_.name not in named:
                file_.unlink(missing_ok=True)


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory that reaches no network and no files but those of the folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    work = folder / "work"
    connection = duckdb.connect(":memory:")
    for name, value in (
        ("memory_limit", MEMORY),
        ("temp_directory", str(work)),
        ("autoinstall_known_extensions", False),
        ("autoload_known_extensions", False),
        ("allowed_directories", [str(folder)]),
        ("enable_external_access", False),
        ("lock_configuration", True),
    ):
        connection.execute(f"SET {name} = ?", [value])
    return connection


def new_id() -> str:
    return uuid.uuid4().hex[:12]
