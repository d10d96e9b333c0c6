"""A file's rows in DuckDB, each held against what is there: new, the same, changed, or rejected."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assistant.masking import mask
from assistant.records.cells import JOIN
from assistant.records.kinds import Column, Kind
from assistant.records.personal import hidden
from assistant.records.reading import ReadRow
from assistant.records.store import RecordStore, State, quoted, sql_type
from assistant.schema.records import ImportCounts, RowChange, RowProblem

_BAD = ("_seq", "_sheet", "_line", "_column", "_value", "_problem")
_EVERY = 5_000


def stage(
    rows: Iterable[ReadRow], kind: Kind, folder: Path, connection: duckdb.DuckDBPyConnection,
    progress: Callable[[int], None],
) -> None:  # fmt: skip
    """Read rows into the tables `staged` (typed) and `bad`, by way of files in `folder`: any number of them fits."""
    good, bad = folder / "rows.csv", folder / "bad.csv"
    with good.open("w", encoding="utf-8", newline="") as g, bad.open("w", encoding="utf-8", newline="") as b:
        kept, turned_back = csv.writer(g), csv.writer(b)
        for number, row in enumerate(rows, 1):
            if number % _EVERY == 0:
                progress(number)
            if row.problem is not None:
                p = row.problem
                turned_back.writerow((number, p.sheet, p.line, p.column, p.value, p.problem))
            else:
                kept.writerow((number, row.sheet, row.line, *row.values))
    columns = ", ".join(_cast(c) for c in kind.columns)
    names = ["_seq", "_sheet", "_line", *(c.name for c in kind.columns)]
    place = "_seq::BIGINT AS _seq, _sheet, _line::INTEGER AS _line"
    connection.execute(f"CREATE TABLE staged AS SELECT {place}, {columns} FROM {_read_csv(good, names)}")
    connection.execute(f"CREATE TABLE bad AS SELECT {place}, _column, _value, _problem FROM {_read_csv(bad, _BAD)}")


@dataclass(frozen=True)
class Verdicts:
    """What became of the staged rows: table `fresh` has a `verdict` for each, `known` is what was held before."""

    connection: duckdb.DuckDBPyConnection
    kind: Kind

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, kind: Kind, store: RecordStore, state: State) -> "Verdicts":
        """Judge the staged rows. A row is the one of its number (示例 apart from the real), else of its content."""
        held = state.current.get(kind.name)
        columns = [quoted(c.name) for c in kind.columns]
        if held is None:
            nothing = ", ".join(f"NULL::{sql_type(c)} AS {quoted(c.name)}" for c in kind.columns)
            known = f"SELECT NULL::VARCHAR AS _id, {nothing} WHERE false"
        else:
            names = store.names(held.file)
            added = [f"NULL::{sql_type(c)} AS {quoted(c.name)}" for c in kind.columns if c.name not in names]
            known = f"SELECT {', '.join(['*', *added])} FROM {store.source(held.file)}"
        connection.execute(f"CREATE VIEW known AS {known}")
        said = ", ".join(f"'{c.name}=' || {quoted(c.name)}::VARCHAR" for c in kind.columns)
        number = " || '|' || ".join(
            quoted(name) if at == 0 else f"coalesce({quoted(name)}, '')" for at, name in enumerate(kind.identity)
        )
        same = " AND ".join(f"s.{c} IS NOT DISTINCT FROM c.{c}" for c in columns)
        connection.execute(f"""
            CREATE TABLE fresh AS
            WITH named AS (
                SELECT *, coalesce("示例", false) AS _sample, {number or "NULL"} AS _number,
                    md5(concat_ws(chr(30), {said})) AS _content
                FROM staged),
            identified AS (
                SELECT *, CASE WHEN _sample THEN '示例:' ELSE '' END || coalesce(_number, '内容:' || _content || '#'
                    || row_number() OVER (PARTITION BY _content ORDER BY _seq)) AS _id
                FROM named),
            ordered AS (
                SELECT *, row_number() OVER w AS _nth, first_value(_content) OVER w AS _first,
                    first_value(_line) OVER w AS _first_line
                FROM identified WINDOW w AS (PARTITION BY _id ORDER BY _seq))
            SELECT s.*, CASE
                WHEN s._nth > 1 AND s._content = s._first THEN 'same'
                WHEN s._nth > 1 THEN 'rejected'
                WHEN c._id IS NULL THEN 'new'
                WHEN {same} THEN 'same'
                ELSE 'changed' END AS verdict
            FROM ordered s LEFT JOIN known c ON s._id = c._id""")
        connection.execute(
            "INSERT INTO bad SELECT _seq, _sheet, _line, ?, NULL, '编号与第' || _first_line || '行相同，内容却不同；"
            "请核对（一份文书有几个当事人的，各编一号或合成一行）' FROM fresh WHERE verdict = 'rejected'",
            [kind.identity[0] if kind.identity else None],
        )
        return cls(connection, kind)

    def counts(self) -> ImportCounts:
        tally = Counter(dict(self.connection.execute("SELECT verdict, count(*) FROM fresh GROUP BY 1").fetchall()))
        (rejected,) = self.connection.execute("SELECT count(*) FROM bad").fetchone() or (0,)
        new, same, changed = tally["new"], tally["same"], tally["changed"]
        return ImportCounts(
            read=new + same + changed + rejected, new=new, same=same, changed=changed, rejected=rejected
        )

    def reach(self) -> tuple[int, object, object]:
        """How many rows are 示例, and the first and last day among all."""
        day = quoted(self.kind.day) if self.kind.day else "NULL::DATE"
        found = self.connection.execute(
            f"SELECT count(*) FILTER (_sample), min({day}), max({day}) FROM fresh WHERE verdict <> 'rejected'"
        ).fetchone()
        return found or (0, None, None)

    def problems(self, most: int) -> tuple[RowProblem, ...]:
        rows = self.connection.execute(
            "SELECT _sheet, _line, _column, _value, _problem FROM bad ORDER BY _seq LIMIT ?", [most]
        ).fetchall()
        return tuple(
            RowProblem(sheet=sheet, line=line, column=column, value=value, problem=problem)
            for sheet, line, column, value, problem in rows
        )

    def changes(self, most: int) -> tuple[RowChange, ...]:
        rows = self.connection.execute(f"SELECT * FROM ({self._changed()}) ORDER BY _seq LIMIT {most}").fetchall()
        return shown_changes(self.kind, rows)

    def write_details(self, rejected: Path, changed: Path) -> None:
        """What was turned back and what was changed, kept for the workbook of the import."""
        for query, path in (("SELECT * FROM bad", rejected), (self._changed(), changed)):
            self.connection.execute(
                f"COPY (SELECT * FROM ({query}) ORDER BY _seq) TO '{sql_path(path)}' (FORMAT parquet)"
            )
            path.chmod(0o600)

    def write_rows(self, path: Path, import_id: str, *, onto: bool) -> None:
        """The kind's new file: what is held and not replaced (`onto`), then what is new or changed."""
        columns = ", ".join(quoted(c.name) for c in self.kind.columns)
        kept = (
            f"SELECT _id, _import, _sheet, _line, _sample, {columns} FROM known WHERE _id NOT IN "
            "(SELECT _id FROM fresh WHERE verdict = 'changed') UNION ALL "
        )
        self.connection.execute(
            f"COPY ({kept if onto else ''}SELECT _id, '{import_id}' AS _import, _sheet, _line, _sample, {columns} "
            f"FROM fresh WHERE verdict IN ('new', 'changed')) TO '{sql_path(path)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        path.chmod(0o600)

    def _changed(self) -> str:
        return " UNION ALL ".join(
            f"SELECT s._line, s._id, '{c.name}' AS _column, c.{quoted(c.name)}::VARCHAR AS _before, "
            f"s.{quoted(c.name)}::VARCHAR AS _after, s._seq FROM fresh s JOIN known c ON s._id = c._id "
            f"WHERE s.verdict = 'changed' AND s.{quoted(c.name)} IS DISTINCT FROM c.{quoted(c.name)}"
            for c in self.kind.columns
        )


def shown_changes(kind: Kind, rows: Iterable[tuple[object, ...]]) -> tuple[RowChange, ...]:
    """Changed columns as they are shown, personal data masked."""
    by_name = {c.name: c for c in kind.columns}
    return tuple(
        RowChange(
            line=int(str(line)), id=mask(str(key)).text, column=str(name),
            before=hidden(by_name[str(name)], before), after=hidden(by_name[str(name)], after),
        )
        for line, key, name, before, after, *_ in rows
        if str(name) in by_name
    )  # fmt: skip


def sql_path(path: Path) -> str:
    return str(path).replace("'", "''")


def _cast(column: Column) -> str:
    name = quoted(column.name)
    if column.several:
        return f"string_split({name}, '{JOIN}') AS {name}"
    return f"{name}::{sql_type(column)} AS {name}"


def _read_csv(path: Path, names: Sequence[str]) -> str:
    columns = ", ".join(f"'{n}': 'VARCHAR'" for n in names)
    return (
        f"read_csv('{sql_path(path)}', header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"nullstr = '', columns = {{{columns}}}, max_line_size = 4000000, parallel = false)"
    )
