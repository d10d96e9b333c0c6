"""Backup and restore of everything an office has put into the product, while it runs.

What can be made again is left out: the search index, locks, evaluations. SQLite databases are copied through SQLite's
own online backup; a PostgreSQL database through `pg_dump`. A manifest holds the digest of every file, and a restore
that finds one changed restores nothing.
"""

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from assistant import __version__
from assistant.errors import EngineError, InputError
from assistant.schema import Noun
from assistant.settings import Settings

MANIFEST = "manifest.json"
_DUMP = "database.pgdump"
_LEFT_OUT = frozenset(("index", "evals"))
_PASSING = (".lock", "-wal", "-shm", "-journal", ".tmp")


class Manifest(Noun):
    """What a backup holds: path → SHA-256, and when and by which version it was made."""

    made_at: dt.datetime
    version: str
    files: dict[str, str]


def back_up(settings: Settings, archive: Path) -> Manifest:
    """Write all of it to `archive` (.tar.gz), readable by its owner alone. InputError where the file exists."""
    if archive.exists():
        raise InputError(str(archive), "已经有这个文件", "换一个文件名，免得盖掉旧的备份")
    with tempfile.TemporaryDirectory(prefix="counsel-backup-") as folder:
        made = Path(folder) / "home"
        made.mkdir()
        for path in _kept(settings.home):
            target = made / path.relative_to(settings.home)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".db":
                _copy_sqlite(path, target)
            else:
                shutil.copy2(path, target)
        if _is_postgres(settings):
            _run(settings, "pg_dump", "--format=custom", "--no-owner", f"--file={made / _DUMP}")
        manifest = Manifest(
            made_at=dt.datetime.now(dt.UTC),
            version=__version__,
            files={str(path.relative_to(made)): _digest(path) for path in sorted(made.rglob("*")) if path.is_file()},
        )
        unfinished = archive.with_name(f".{archive.name}.part")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as tar:
            data = manifest.model_dump_json(indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(data)
            tar.addfile(head, io.BytesIO(data))
            for name in manifest.files:
                tar.add(made / name, arcname=name)
        unfinished.rename(archive)
    return manifest


def restore(settings: Settings, archive: Path) -> Manifest:
    """Bring a backup into an empty home. InputError where it is damaged or the home is in use; then nothing changes."""
    if any(_kept(settings.home)):
        raise InputError(
            str(settings.home),
            "数据文件夹不是空的，恢复会盖掉里面的数据",
            "把 COUNSEL_HOME 指到一个空文件夹，或先移走原来的",
        )
    settings.home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".counsel-restore-", dir=settings.home.parent) as folder:
        made = Path(folder)
        try:
            with tarfile.open(archive) as tar:
                tar.extractall(made, filter="data")
            manifest = Manifest.model_validate(json.loads((made / MANIFEST).read_text(encoding="utf-8")))
        except (tarfile.TarError, OSError, EOFError, ValueError) as error:
            raise InputError(str(archive), f"不是完好的备份（{error}）", "换一份备份") from error
        (made / MANIFEST).unlink()
        found = {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()}
        wrong = sorted(
            (set(manifest.files) ^ found)
            | {name for name in found & set(manifest.files) if _digest(made / name) != manifest.files[name]}
        )
        if wrong:
            raise InputError(str(archive), f"与清单不符：{'、'.join(wrong[:5])}", "备份被改动或不完整，换一份备份")
        dump = made / _DUMP
        if dump.exists():
            if not _is_postgres(settings):
                raise InputError(
                    "DATABASE_URL", "备份里是 PostgreSQL 的数据，现在没有设 PostgreSQL", "设好 DATABASE_URL 再恢复"
                )
            _run(settings, "pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", str(dump))
            dump.unlink()
        settings.home.mkdir(exist_ok=True)
        for path in made.iterdir():
            shutil.move(str(path), settings.home / path.name)
    return manifest


def _kept(home: Path) -> Iterator[Path]:
    if not home.is_dir():
        return
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if path.is_file() and inside.parts[0] not in _LEFT_OUT and not path.name.endswith(_PASSING):
            yield path


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's online backup: a moment of the database, whatever is being written meanwhile."""
    address = f"file:{source}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_postgres(settings: Settings) -> bool:
    return bool(settings.database_url) and make_url(str(settings.database_url)).get_backend_name() == "postgresql"


def _run(settings: Settings, program: str, *arguments: str) -> None:
    """A PostgreSQL tool on our database; the password goes by the environment, not by the command line."""
    url = make_url(str(settings.database_url))
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    try:
        done = subprocess.run(
            [program, "--dbname", plain, *arguments], capture_output=True, text=True, check=False, env=environment
        )
    except FileNotFoundError as error:
        raise EngineError(program, "没有这个程序", "装上 postgresql-client，版本不低于服务器") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"退出码 {done.returncode}"
        raise EngineError(program, said, "照上面的话改正后重试")
