"""The database that the journal and its neighbours share: SQLite (WAL) under the product's home, or PostgreSQL.

One `Database` a process. Its tables are brought up to date when it is opened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import EngineError

_MIGRATIONS = Path(__file__).parent / "migrations"


def sqlite_url(home: Path) -> str:
    """The default address."""
    return f"sqlite:///{home.resolve() / 'journal.db'}"


class Database:
    """Transactions on one database. Safe for use by several threads and processes."""

    def __init__(self, url: str) -> None:
        """Open and bring the tables up to date. EngineError when the database cannot be used."""
        where = make_url(url).render_as_string(hide_password=True)
        try:
            self._engine = _engine(url)
            self._upgrade()
        except (SQLAlchemyError, OSError) as error:
            raise EngineError(
                f"日志数据库 {where}",
                f"打不开（{error.__class__.__name__}：{str(error).splitlines()[0]}）",
                "检查 DATABASE_URL、磁盘空间和文件权限；损坏的 SQLite 文件请先移走备份再启动",
            ) from error

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    def close(self) -> None:
        self._engine.dispose()

    def ping(self) -> None:
        """EngineError where the database does not answer."""
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("select 1")
        except SQLAlchemyError as error:
            raise EngineError(
                "数据库", f"没有应答（{error.__class__.__name__}）", "检查数据库服务与 DATABASE_URL"
            ) from error

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may write, committed at the end; rolled back when an error leaves it."""
        with self._engine.connect().execution_options(writes=True) as connection, Session(connection) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with Session(self._engine) as session:
            yield session

    def _upgrade(self) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        # One transaction around all of it: a second process that starts at the same moment waits for the first.
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("select pg_advisory_xact_lock(20261123)")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    # What is written stands in no error, so in no log: it is people's words.
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 30})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads before it writes must take the write lock at once: SQLite refuses to
        # upgrade a snapshot that another writer has outdated, however long one waits.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
