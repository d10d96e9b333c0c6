"""A build that is killed leaves the old index as it was, and the next start builds what is missing."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.law.library import Library
from assistant.search import open_search

_KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
from assistant.knowledge.corpus import read_corpus
from assistant.law.library import Library
from assistant.search import open_search
from assistant.search.words import Words

versions, articles = read_corpus()
small = Library(versions[:1], [a for a in articles if a.version_id == versions[0].id][: int(sys.argv[2])])
if sys.argv[3] == "kill":
    def save(self, folder):
        folder.mkdir(parents=True)
        np.save(folder / "terms.npy", self._terms)
        os.kill(os.getpid(), signal.SIGKILL)
    Words.save = save
search = open_search(small, Path(sys.argv[1]))
print(search.state.index)
search.close()
"""


def _run(home: Path, articles: int, how: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-c", _KILLED, str(home), str(articles), how],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def test_a_killed_build_leaves_the_old_index_working(tmp_path: Path) -> None:
    first = _run(tmp_path, 5, "whole")
    assert first.returncode == 0, first.stderr
    old = first.stdout.strip()
    files = sorted(p.relative_to(tmp_path) for p in (tmp_path / "index" / old).rglob("*"))

    killed = _run(tmp_path, 9, "kill")
    assert killed.returncode == -signal.SIGKILL
    assert sorted(p.relative_to(tmp_path) for p in (tmp_path / "index" / old).rglob("*")) == files
    assert len(list((tmp_path / "index").iterdir())) == 2  # the old one, and what was being built

    again = _run(tmp_path, 5, "whole")  # the old one serves as if nothing had been
    assert again.stdout.strip() == old

    new = _run(tmp_path, 9, "whole")
    assert new.returncode == 0, new.stderr
    assert [p.name for p in (tmp_path / "index").iterdir()] == [new.stdout.strip()]
    assert new.stdout.strip() != old


@pytest.mark.parametrize("harm", ["cut", "gone", "garbage"])
def test_a_damaged_index_is_built_anew(small: Library, tmp_path: Path, harm: str) -> None:
    search = open_search(small, tmp_path)
    words = tmp_path / "index" / search.state.index / "fields" / "words"
    search.close()
    scores = words / "scores.npy"
    if harm == "cut":
        scores.write_bytes(scores.read_bytes()[:100])
    elif harm == "gone":
        scores.unlink()
    else:
        (words / "words.json").write_text("{")
    again = open_search(small, tmp_path)
    assert again.find("养犬登记", as_of=dt.date(2026, 11, 23))
    again.close()
