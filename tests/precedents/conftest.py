"""What the product holds besides law, found by words alone: fast, and the same on every machine."""

import datetime as dt

import pytest

from assistant.engines import Jieba
from assistant.knowledge.decisions import load_decisions
from assistant.knowledge.discretion import load_discretion
from assistant.knowledge.lists import load_lists
from assistant.law.library import Library
from assistant.precedents import Precedents, read_elements
from assistant.search import read_lexicon
from assistant.settings import ROOT

DAY = dt.date(2026, 11, 23)
KNOWLEDGE = ROOT / "knowledge_base"


@pytest.fixture(scope="session")
def precedents(library: Library) -> Precedents:
    return Precedents(
        library,
        load_lists((KNOWLEDGE / "lists",), library),
        load_discretion(KNOWLEDGE / "discretion", library, DAY),
        load_decisions((KNOWLEDGE / "decisions",), library),
        elements=read_elements(KNOWLEDGE),
        lexicon=read_lexicon(KNOWLEDGE),
        segmenter=Jieba(),
    )
