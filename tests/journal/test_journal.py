"""The journal: owners, memory, feedback, export; what a killed process leaves; several writers at once."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import EngineError, InputError
from assistant.journal import Database, Journal, sqlite_url
from assistant.schema import DoneEvent, FailedEvent, Provenance

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(Database(sqlite_url(tmp_path)))


def done(conversation: str, message: str, answer: str = "**结论**：有。") -> DoneEvent:
    made = Provenance(code="c1", knowledge="k1", prompts="p1", model=None, note=None)
    return DoneEvent(
        conversation_id=conversation, message_id=message, as_of=DAY, answer=answer, conclusion="有。", provenance=made
    )


def test_a_conversation_belongs_to_its_owner(journal: Journal) -> None:
    mine = journal.create(owner="甲")
    journal.create(owner="乙")
    assert [c.id for c in journal.conversations(owner="甲")] == [mine]
    assert journal.conversation(mine, owner="乙") is None
    assert not journal.rename(mine, "改名", owner="乙")
    assert not journal.delete(mine, owner="乙")
    assert journal.rename(mine, "改名", owner="甲")
    assert journal.conversations(owner="甲")[0].title == "改名"


def test_an_answer_is_kept_whole_and_its_conversation_remembers(journal: Journal) -> None:
    conversation = journal.create(owner="甲")
    message = journal.begin(conversation, "过期食品怎么处罚", DAY)
    open_answer = journal.message(message, owner="甲")
    assert open_answer is not None
    assert open_answer.status == "writing"
    event = done(conversation, message)
    journal.finish(event, {"focus": "x"})
    found = journal.conversation(conversation, owner="甲")
    assert found is not None
    assert found.memory == {"focus": "x"}
    assert found.title == "过期食品怎么处罚"
    assert [(m.role, m.status) for m in found.messages] == [("user", "finished"), ("assistant", "finished")]
    assert found.messages[1].done == event


def test_failed_and_broken_answers_say_so(journal: Journal) -> None:
    conversation = journal.create()
    failed = journal.begin(conversation, "一", DAY)
    journal.fail(failed, FailedEvent(where="检索", problem="坏了"))
    broken = journal.begin(conversation, "二", DAY)
    journal.break_off(broken, "写了一半")
    found = journal.conversation(conversation)
    assert found is not None
    assert [m.status for m in found.messages if m.role == "assistant"] == ["failed", "broken"]
    text = journal.markdown(broken)
    assert text is not None
    assert "中断" in text
    assert "写了一半" in text


def test_feedback_and_export(journal: Journal) -> None:
    conversation = journal.create(owner="甲")
    message = journal.begin(conversation, "第一行\n第二行", DAY)
    journal.finish(done(conversation, message))
    assert journal.feedback(message, "wrong", " 条号不对 ", owner="甲")
    assert not journal.feedback(message, "useful", owner="乙")
    (word,) = journal.feedback_of(message)
    assert (word.verdict, word.comment, word.who) == ("wrong", "条号不对", "甲")
    text = journal.markdown(message, owner="甲")
    assert text is not None
    assert "> 第一行\n> 第二行" in text
    assert "2026-11-23" in text
    assert "知识 k1" in text
    assert journal.markdown(message, owner="乙") is None


def test_deleting_takes_everything_with_it(journal: Journal, tmp_path: Path) -> None:
    conversation = journal.create(owner="甲")
    message = journal.begin(conversation, "问", DAY)
    journal.finish(done(conversation, message))
    journal.feedback(message, "useful", owner="甲")
    assert journal.delete(conversation, owner="甲")
    with sqlite3.connect(tmp_path / "journal.db") as base:
        for table in ("conversations", "messages", "events", "feedback"):
            assert base.execute(f"select count(*) from {table}").fetchone() == (0,)
    with pytest.raises(InputError):
        journal.begin(conversation, "又问", DAY)


def test_the_tables_are_those_of_the_migrations(journal: Journal, tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from assistant.journal.tables import Table

    with create_engine(sqlite_url(tmp_path)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_many_threads_write_at_once(journal: Journal) -> None:
    conversation = journal.create()
    problems: list[BaseException] = []

    def ask(number: int) -> None:
        try:
            for turn in range(5):
                message = journal.begin(conversation, f"{number}-{turn}", DAY)
                journal.finish(done(conversation, message))
        except BaseException as error:
            problems.append(error)
            raise

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    found = journal.conversation(conversation)
    assert found is not None
    assert len(found.messages) == 40
    assert all(m.status == "finished" for m in found.messages)


def test_a_file_that_is_no_database_is_an_error_a_person_can_mend(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a database, but long enough to be read as a header " * 10)
    with pytest.raises(EngineError, match=r"journal\.db"):
        Journal(Database(sqlite_url(tmp_path)))


_WRITER = """
import datetime as dt, sys
from pathlib import Path
from assistant.journal import Database, Journal, sqlite_url
from assistant.schema import DoneEvent, Provenance
journal = Journal(Database(sqlite_url(Path(sys.argv[1]))))
day = dt.date(2026, 11, 23)
conversation = journal.create(owner="甲")
made = Provenance(code="c", knowledge="k", prompts="p")
number = 0
while True:
    message = journal.begin(conversation, f"问题{number}", day)
    if number:
        print(message, flush=True)  # the answer before this one is finished
    journal.finish(DoneEvent(conversation_id=conversation, message_id=message, as_of=day, answer="答" * 3000,
                             conclusion="答", provenance=made))
    print("finished", message, flush=True)
    number += 1
"""


def test_a_process_killed_while_it_answers_loses_no_finished_message(tmp_path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    finished = []
    assert writer.stdout is not None
    for line in writer.stdout:
        if line.startswith("finished"):
            finished.append(line.split()[1])
        elif len(finished) >= 20:  # an answer has just been opened: kill in the middle of it
            os.kill(writer.pid, signal.SIGKILL)
            break
    finished += [line.split()[1] for line in writer.stdout if line.startswith("finished") and line.endswith("\n")]
    writer.wait()
    with sqlite3.connect(tmp_path / "journal.db") as base:
        assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    journal = Journal(Database(sqlite_url(tmp_path)))
    (conversation,) = journal.conversations(owner="甲")
    found = journal.conversation(conversation.id, owner="甲")
    assert found is not None
    answers = {m.id: m for m in found.messages if m.role == "assistant"}
    assert len(finished) >= 20
    assert all(answers[message].status == "finished" for message in finished)
    assert all(answers[message].text == "答" * 3000 for message in finished)
    assert {m.status for m in answers.values()} <= {"finished", "broken"}  # the open one is marked as broken off
    journal.close()
