"""A PostgreSQL server of the suite's own: started once, in a folder of its own, and thrown away."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c jit=off"


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres` of the newest PostgreSQL here; None when there is none."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


class Postgres:
    """A running server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def address(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres dbname={database}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The SQLAlchemy address of an empty schema, dropped at the end: a database costs far more to make."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"create schema {name}")
            yield f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres?options=-csearch_path%3D{name}"
            connection.execute(f"drop schema {name} cascade")


@contextmanager
def running(folder: Path) -> Iterator[Postgres]:
    """Start a server with the programs in `folder`; it does not run as root, so root hands it to `postgres`."""
    user = "postgres" if os.getuid() == 0 else None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Path(tempfile.mkdtemp(prefix="counsel-postgres-"))
    try:
        if user is not None:
            record = pwd.getpwnam(user)
            os.chown(home, record.pw_uid, record.pw_gid)
        data = home / "data"

        subprocess.run(
            [folder / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8", "--locale=C"],
            user=user, cwd=home, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} {_SETTINGS}"
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [folder / "postgres", "-D", data, *options.split()], user=user, cwd=home, stdout=log, stderr=log
            )
        try:
            yield _ready(Postgres(port), server, home / "log")
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _ready(postgres: Postgres, server: subprocess.Popen[bytes], log: Path) -> Postgres:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(postgres.address("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text(errors="replace")) from None
            time.sleep(0.1)
        else:
            return postgres
