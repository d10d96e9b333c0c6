"""What one process seals every other opens, whoever came first; another installation's key opens nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import EngineError
from assistant.masking.sealed import Seal
from assistant.settings import ROOT

_CHILD = """
import sys
from pathlib import Path
from assistant.masking.sealed import Seal
sys.stdin.readline()
print(Seal(Path(sys.argv[1])).seal({"a": "b"}))
"""


def test_processes_that_start_at_once_seal_with_one_key(tmp_path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(tmp_path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    sealed = [child.communicate(timeout=60)[0].strip() for child in children]
    seal = Seal(tmp_path)
    assert [seal.open(one) for one in sealed] == [{"a": "b"}] * 6
    assert (tmp_path / "personal.key").stat().st_mode & 0o077 == 0


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    sealed = Seal(tmp_path / "one").seal({"a": "b"})
    with pytest.raises(EngineError, match=r"personal\.key"):
        Seal(tmp_path / "other").open(sealed)
