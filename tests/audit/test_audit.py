"""The audit log: a changed, removed, inserted or reordered row is found and named; several processes share it."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from assistant.audit import Audit, verify
from assistant.errors import EngineError
from assistant.journal import Database
from assistant.settings import ROOT


class Log:
    """A log of ten rows, and somebody with the database in his hands."""

    def __init__(self, url: str, home: Path) -> None:
        self.url = url
        self.database = Database(url)
        self.audit = Audit(self.database, home)
        for number in range(1, 11):
            self.audit.record("zhang", "ask", object=f"message:{number}", detail={"n": number})

    def meddle(self, *statements: str) -> None:
        """As an administrator of the database would, who first takes the guard away."""
        engine = create_engine(self.url)
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("drop trigger audit_append_only on audit"))
            else:
                for verb in ("update", "delete"):
                    connection.execute(text(f"drop trigger audit_no_{verb}"))
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def problems(self) -> list[str]:
        return list(verify(self.audit).problems)


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[Log]:
    opened = Log(database_url, tmp_path)
    yield opened
    opened.database.close()


def test_an_untouched_log_is_whole(log: Log) -> None:
    found = verify(log.audit)
    assert found.whole
    assert (found.rows, found.number) == (10, 10)


@pytest.mark.parametrize("statement", ["update audit set who = 'li'", "delete from audit where number = 3"])
def test_the_database_itself_refuses_to_change_or_delete(log: Log, statement: str) -> None:
    engine = create_engine(log.url)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert verify(log.audit).whole


@pytest.mark.parametrize(
    "change",
    ["who = 'li'", "at = '2020-01-01T00:00:00.000000+00:00'", "action = 'search'", "object = ''", "outcome = 'refused'",
     "detail = '{\"n\": 5}'", "address = '1.1.1.1'", "credential = 'x'", "seal = 'x'"],
)  # fmt: skip
def test_a_changed_row_is_named(log: Log, change: str) -> None:
    log.meddle(f"update audit set {change} where number = 5")
    problems = log.problems()
    assert "第5行" in problems[0]
    assert "改动" in problems[0]
    assert not any(f"第{n}行" in p for p in problems for n in (3, 4, 7, 8))


def test_removed_rows_are_named(log: Log) -> None:
    log.meddle("delete from audit where number in (4, 5)")
    assert log.problems() == ["第4行至第5行被删除"]


def test_rows_removed_at_the_end_are_named(log: Log) -> None:
    log.meddle("delete from audit where number > 8")
    assert log.problems() == ["第9行至第10行被删除"]


def test_rows_put_into_each_others_place_are_named_with_where_they_were(log: Log) -> None:
    log.meddle(
        "update audit set number = -1 where number = 3",
        "update audit set number = 3 where number = 7",
        "update audit set number = 7 where number = -1",
    )
    problems = log.problems()
    assert [p for p in problems if "换了位置" in p] == [
        p for p in problems if ("第3行（" in p and "原是第7行" in p) or ("第7行（" in p and "原是第3行" in p)
    ]
    assert sum("换了位置" in p for p in problems) == 2


def test_an_inserted_row_is_named(log: Log) -> None:
    copied = "who, credential, address, action, object, outcome, detail, previous, seal"
    log.meddle(f"insert into audit (number, at, {copied}) select 11, at, {copied} from audit where number = 10")
    problems = log.problems()
    assert any("第11行" in p and "插入" in p for p in problems)


def test_the_head_changed_with_the_tail_is_found_by_what_was_noted_outside(log: Log) -> None:
    noted = verify(log.audit)
    log.meddle(
        "delete from audit where number > 8",
        "update audit_head set number = 8, seal = (select seal from audit where number = 8)",
    )
    assert verify(log.audit).whole  # nothing inside can know: an older state restored
    assert not verify(log.audit, (noted.number, noted.seal)).whole
    assert verify(log.audit, (noted.number, noted.seal)).problems == ("另行记下的第10行不在日志里",)


def test_another_key_cannot_go_on_with_the_log_nor_vouch_for_it(log: Log, tmp_path: Path) -> None:
    other = Audit(log.database, tmp_path / "elsewhere")
    with pytest.raises(EngineError, match="另一把密钥"):
        other.record("zhang", "ask")
    assert "另一把密钥" in verify(other).problems[0]
    assert verify(log.audit).whole


def test_pages_and_filters(log: Log) -> None:
    log.audit.record("li", "search", outcome="refused")
    assert [e.number for e in log.audit.entries(limit=3)] == [11, 10, 9]
    assert [e.number for e in log.audit.entries(limit=3, before=9)] == [8, 7, 6]
    assert [e.number for e in log.audit.entries(who="li")] == [11]
    assert [e.number for e in log.audit.entries(action="ask", object="message:4")] == [4]


def test_csv_holds_every_row_and_no_formula(log: Log) -> None:
    log.audit.record("=cmd|'/c calc'!A1", "session.begin", outcome="refused")
    rows = list(csv.reader(io.StringIO("".join(log.audit.csv()).removeprefix("\ufeff"))))
    assert len(rows) == 12
    assert rows[0][:3] == ["序号", "时间", "谁"]
    assert rows[-1][2].startswith("'=")
    assert rows[1][6] == "message:1"


_WRITER = """
import sys
from pathlib import Path
from assistant.audit import Audit
from assistant.journal import Database
audit = Audit(Database(sys.argv[1]), Path(sys.argv[2]))
for number in range(25):
    audit.record(sys.argv[3], "ask", object=f"message:{number}")
"""


def test_several_processes_write_one_chain(database_url: str, tmp_path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, database_url, str(tmp_path), f"process{n}"], cwd=ROOT)
        for n in range(3)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    database = Database(database_url)
    audit = Audit(database, tmp_path)
    found = verify(audit)
    assert found.problems == ()
    assert found.rows == 75
    for n in range(3):
        assert len(audit.entries(who=f"process{n}")) == 25
    database.close()
