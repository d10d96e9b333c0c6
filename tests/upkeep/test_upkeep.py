"""A backup made under load is restored whole, a damaged one not at all; data go when the rules say."""

import datetime as dt
import io
import shutil
import tarfile
import threading
from pathlib import Path

import pytest

from assistant.backup import back_up, restore
from assistant.errors import InputError, KnowledgeError
from assistant.journal import Database, Journal, sqlite_url
from assistant.journal.hotline_tables import CallbackRow, HotlineOrderRow
from assistant.journal.tables import ConversationRow
from assistant.masking.sealed import Seal
from assistant.retention import expired, load_retention, remove_expired
from assistant.settings import ROOT, Settings

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def settings(home: Path) -> Settings:
    return Settings(home=home, _env_file=None)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    home = tmp_path / "office"
    (home / "texts").mkdir(parents=True)
    (home / "texts" / "某办法.md").write_text("# 某办法", encoding="utf-8")
    (home / "index").mkdir()
    (home / "index" / "big").write_bytes(b"x" * 1000)
    (home / "index.lock").touch()
    Seal(home)
    return home


def test_what_is_backed_up_while_it_is_written_comes_back(office: Path, tmp_path: Path) -> None:
    database = Database(sqlite_url(office))
    journal = Journal(database)
    first = [journal.create(owner="王", title=f"会话{n}") for n in range(50)]
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            journal.create(owner="李", title="同时写的")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifest = back_up(settings(office), tmp_path / "b.tar.gz")
    finally:
        done.set()
        writer.join()
        journal.close()
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    assert set(manifest.files) == {"journal.db", "personal.key", "texts/某办法.md"}
    home = tmp_path / "again"
    restore(settings(home), tmp_path / "b.tar.gz")
    reopened = Journal(Database(sqlite_url(home)))
    assert {c.id for c in reopened.conversations(owner="王")} == set(first)
    reopened.close()
    assert (home / "personal.key").read_bytes() == (office / "personal.key").read_bytes()
    assert (home / "personal.key").stat().st_mode & 0o077 == 0


def test_a_home_in_use_is_not_overwritten_and_an_archive_neither(office: Path, tmp_path: Path) -> None:
    back_up(settings(office), tmp_path / "b.tar.gz")
    with pytest.raises(InputError, match="不是空的"):
        restore(settings(office), tmp_path / "b.tar.gz")
    with pytest.raises(InputError, match="已经有这个文件"):
        back_up(settings(office), tmp_path / "b.tar.gz")


def _changed(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            file = old.extractfile(member)
            assert file is not None
            data = file.read()
            if member.name.endswith(".md"):
                data = data + b"!"
                member.size = len(data)
            new.addfile(member, io.BytesIO(data))


def _cut(archive: Path, target: Path) -> None:
    target.write_bytes(archive.read_bytes()[:-200])


def _outside(archive: Path, target: Path) -> None:
    shutil.copy(archive, target)
    with tarfile.open(target, "w:gz") as new:
        member = tarfile.TarInfo("../outside")
        member.size = 1
        new.addfile(member, io.BytesIO(b"x"))


@pytest.mark.parametrize("damage", [_changed, _cut, _outside])
def test_a_damaged_backup_restores_nothing(damage: object, office: Path, tmp_path: Path) -> None:
    back_up(settings(office), tmp_path / "b.tar.gz")
    damage(tmp_path / "b.tar.gz", tmp_path / "bad.tar.gz")  # type: ignore[operator]
    home = tmp_path / "again"
    with pytest.raises(InputError):
        restore(settings(home), tmp_path / "bad.tar.gz")
    assert not home.exists()
    assert not (tmp_path / "outside").exists()


def test_only_what_the_rules_name_goes_and_only_when_it_is_over(tmp_path: Path) -> None:
    shutil.copy(ROOT / "knowledge_base" / "保存期限.yaml", tmp_path)
    database = Database(sqlite_url(tmp_path))
    old, young = NOW - dt.timedelta(days=200), NOW - dt.timedelta(days=20)
    with database.writing() as session:
        for name, when in (("old", old), ("young", young)):
            session.add(ConversationRow(id=name, title="", memory={}, created_at=when, updated_at=when))
            order = {"order_no": name, "content": "甲"}
            session.add(
                HotlineOrderRow(
                    order_no=name, digest="", order=order, sealed="", answer={}, state="已核准", urgent=False,
                    decided_at=when, created_at=when,
                )
            )  # fmt: skip
            session.flush()
            for state in ("已送", "死信"):
                session.add(
                    CallbackRow(order_no=name, url="", body="", state=state, tried=0, created_at=when, sent_at=when)
                )
    rules = load_retention(tmp_path)
    before = expired(database, rules, NOW)
    assert {one.what: one.rows for one in before} == {"热线回调": 1, "热线批次": 0}
    assert remove_expired(database, rules, NOW) == before
    assert {one.rows for one in expired(database, rules, NOW)} == {0}
    file = tmp_path / "保存期限.yaml"
    settled = file.read_text(encoding="utf-8").replace("对象: 会话, 天数: ~", "对象: 会话, 天数: 100")
    file.write_text(settled, encoding="utf-8")
    gone = {one.what: one.rows for one in remove_expired(database, load_retention(tmp_path), NOW)}
    assert gone["会话"] == 1
    with database.reading() as session:
        assert session.get(ConversationRow, "young") is not None
        assert session.get(ConversationRow, "old") is None
        assert session.get(HotlineOrderRow, "old") is not None
    database.close()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- {对象: 会话, 天数: 0}", "保存期限.yaml:2"),
        ("- {对象: 审计, 天数: 10}", "保存期限.yaml:2"),
        ("- {对象: 会话, 天数: 9}\n  - {对象: 会话, 天数: 8}", "两次"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "保存期限.yaml").write_text(f"期限:\n  {line}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        load_retention(tmp_path)
