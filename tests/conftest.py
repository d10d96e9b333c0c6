"""Fixtures shared by all tests, and the rule that no test reaches the network beyond this machine."""

import os
from pathlib import Path

import pytest

from assistant.knowledge.corpus import read_corpus
from assistant.law.library import Library


@pytest.fixture(scope="session")
def library() -> Library:
    """The corpus package alone, as a Library."""
    return Library(*read_corpus())


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of open questions and real texts; tests that need it are skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("COUNSEL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no folder of open questions and texts at {folder} (set COUNSEL_SHARED)")
    return folder
