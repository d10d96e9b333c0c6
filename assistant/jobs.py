"""Background work that survives a restart: a queue in the database, which hands work out again until it is done.

DBOS keeps the queue (SQLite under the product's home, or PostgreSQL beside the journal). What is to be done stands in
the tables of whoever wants it done; the queue only says when. So nothing is lost where a process is killed between the
two: on start, all that is not done is put into the queue again.
"""

import fcntl
import logging
import socket
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Protocol

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from sqlalchemy.engine import make_url

_LOG = logging.getLogger("counsel.jobs")
_QUEUE = "counsel"
_SLOTS = 64
_current: "Jobs | None" = None
_guard = threading.Lock()


class Work(Protocol):
    """One kind of work. `run` may be called again for a key that was done: then it must do nothing."""

    @property
    def kind(self) -> str: ...

    def undone(self) -> Iterable[tuple[str, int]]:
        """The keys of all that is still to be done, each with how often it was tried."""
        ...

    def run(self, key: str) -> tuple[float, int] | None:
        """Do it. None: done, or given up. Else the seconds until the next try, and how often it was tried."""
        ...


class Jobs:
    """The queue of one process; `start` once in a process at a time. Several processes share the work."""

    def __init__(self, home: Path, database_url: str | None = None, *, at_once: int = 2) -> None:
        self._home = home
        self._url = _plain(database_url) if database_url else f"sqlite:///{home.resolve() / 'jobs.db'}"
        self._at_once = at_once
        self._work: dict[str, Work] = {}
        self._slot: IO[str] | None = None

    @property
    def running(self) -> bool:
        return self._slot is not None

    def add(self, work: Work) -> None:
        """Make a kind of work known, before `start`."""
        self._work[work.kind] = work

    def start(self) -> None:
        """Take up the queue, and put all that is undone into it. RuntimeError where this process already runs one."""
        global _current
        with _guard:
            if _current is not None:
                raise RuntimeError("this process already runs a queue")
            _current = self
        self._home.mkdir(parents=True, exist_ok=True)
        number, self._slot = _free_slot(self._home)
        config: DBOSConfig = {
            "name": "counsel",
            "system_database_url": self._url,
            "log_level": "ERROR",
            # Work is named by kind and key alone, so a newer version can go on with what an older one began.
            "application_version": "1",
            "executor_id": f"{socket.gethostname()}-{number}",
        }
        DBOS(config=config)
        DBOS.launch()
        DBOS.register_queue(_QUEUE, worker_concurrency=self._at_once, polling_interval_sec=0.5)
        for work in self._work.values():
            for key, tried in work.undone():
                self.put(work.kind, key, tried=tried)

    def stop(self) -> None:
        """Let the work in hand finish (ten seconds), and let go of the queue."""
        global _current
        if self._slot is None:
            return
        DBOS.destroy(workflow_completion_timeout_sec=10)
        self._slot.close()
        self._slot = None
        with _guard:
            _current = None

    def put(self, kind: str, key: str, *, tried: int = 0, delay: float = 0.0) -> None:
        """Have work done, once for each key and try. Where no queue runs it waits for the next start."""
        if self._slot is None:
            return
        with SetWorkflowID(f"{kind}:{key}:{tried}"), SetEnqueueOptions(delay_seconds=delay or None):
            DBOS.enqueue_workflow(_QUEUE, _job, kind, key)

    def do(self, kind: str, key: str) -> tuple[float, int] | None:
        return self._work[kind].run(key)


@DBOS.step()
def _step(kind: str, key: str) -> tuple[float, int] | None:
    return _current.do(kind, key) if _current is not None else None


@DBOS.workflow(name="job")
def _job(kind: str, key: str) -> None:
    again = _step(kind, key)
    if again is not None and _current is not None:
        _current.put(kind, key, tried=again[1], delay=again[0])


def _free_slot(home: Path) -> tuple[int, IO[str]]:
    """The first number no other process holds: by it a process that comes back takes up what it had in hand."""
    for number in range(_SLOTS):
        file = (home / f"jobs.{number}.lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return number, file
    raise RuntimeError(f"more than {_SLOTS} processes in {home}")


def _plain(url: str) -> str:
    """The address without the driver's name, as DBOS takes it."""
    address = make_url(url)
    return address.set(drivername=address.get_backend_name()).render_as_string(hide_password=False)
