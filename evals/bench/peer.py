"""The peer: search and citation check of the package that the corpus comes from, as its author ships them."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any


def load(folder: Path) -> tuple[Callable[[str], Any], Callable[[str], Any]]:
    """(search for ten, check the citations of a text), warmed up; its index is built in `folder`."""
    os.environ["CHINA_LAW_INDEX"] = str(folder / "peer.pkl")
    import jieba
    from china_law_mcp import retrieval, server

    jieba.setLogLevel(logging.ERROR)
    retrieval.load()
    retrieval.search("行政处罚的时效")
    return (lambda query: retrieval.search(query, top_k=10)), server.check_citations_in_text
