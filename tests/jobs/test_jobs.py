"""Work outlives the process that took it up, is tried again later, and is done once."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from assistant.jobs import Jobs
from assistant.settings import ROOT


class Notes:
    """Writes a line for each key, after `failures` failed tries."""

    kind = "notes"

    def __init__(self, failures: int = 0) -> None:
        self.left: dict[str, int] = {}
        self.done: list[str] = []
        self._failures = failures

    def undone(self) -> Iterable[tuple[str, int]]:
        return [(key, 0) for key in self.left if key not in self.done]

    def run(self, key: str) -> tuple[float, int] | None:
        tried = self.left.get(key, 0) + 1
        self.left[key] = tried
        if tried <= self._failures:
            return 0.1, tried
        self.done.append(key)
        return None


def until(said: object, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not said() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.05)
    assert said()  # type: ignore[operator]


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    made = Jobs(tmp_path)
    yield made
    made.stop()


def test_work_is_done_once_a_key(jobs: Jobs) -> None:
    notes = Notes()
    jobs.add(notes)
    jobs.start()
    for key in ("a", "b", "a"):
        jobs.put("notes", key)
    until(lambda: sorted(notes.done) == ["a", "b"])
    time.sleep(1)
    assert sorted(notes.done) == ["a", "b"]


def test_what_fails_is_tried_again_later(jobs: Jobs) -> None:
    notes = Notes(failures=2)
    jobs.add(notes)
    jobs.start()
    jobs.put("notes", "a")
    until(lambda: notes.done == ["a"])
    assert notes.left == {"a": 3}


def test_what_was_wanted_before_the_start_is_done_after_it(jobs: Jobs) -> None:
    notes = Notes()
    notes.left["early"] = 0
    jobs.add(notes)
    jobs.put("notes", "early")
    assert not jobs.running
    jobs.start()
    until(lambda: notes.done == ["early"])


_KILLED = """
import sys, time
from pathlib import Path
from assistant.jobs import Jobs
home = Path(sys.argv[1])
class Slow:
    kind = "slow"
    def undone(self): return []
    def run(self, key):
        (home / f"began-{key}").touch()
        if sys.argv[2] == "hang": time.sleep(60)
        with (home / "done").open("a") as file: file.write(key + chr(10))
jobs = Jobs(home); jobs.add(Slow()); jobs.start()
if sys.argv[2] == "hang":
    for key in ("x", "y", "z"): jobs.put("slow", key)
    print("put", flush=True); time.sleep(60)
for _ in range(200):
    if (home / "done").exists() and len((home / "done").read_text().split()) == 3: break
    time.sleep(0.1)
jobs.stop()
"""


def test_a_killed_process_leaves_nothing_undone(tmp_path: Path) -> None:
    def child(mode: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", _KILLED, str(tmp_path), mode], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    first = child("hang")
    assert first.stdout is not None
    assert first.stdout.readline().strip() == "put"
    until(lambda: any(tmp_path.glob("began-*")))
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    second = child("go on")
    second.wait(60)
    assert second.stdout is not None
    second.stdout.close()
    assert sorted((tmp_path / "done").read_text().split()) == ["x", "y", "z"]
