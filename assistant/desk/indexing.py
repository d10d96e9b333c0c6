"""Making indexes ready ahead of time: every vector computed before anybody asks."""

from collections.abc import Callable
from pathlib import Path

from assistant.desk.opening import wire_search
from assistant.engines import make_embedder
from assistant.errors import EngineError
from assistant.knowledge.load import load_library
from assistant.search import SearchState, read_lexicon, ship
from assistant.settings import Settings

Progress = Callable[[int, int], None]
"""Told (done, of)."""
_LOOK_SECONDS = 0.5


def finish_index(settings: Settings, progress: Progress) -> SearchState:
    """Build the index and wait until every article has its vector. Interrupted, it goes on from there next time."""
    library = load_library(settings.knowledge_dir, settings.home)
    search = wire_search(library, settings, read_lexicon(settings.knowledge_dir))
    try:
        while not search.wait(_LOOK_SECONDS):
            progress(search.state.vectors, search.state.articles)
        return search.state
    finally:
        search.close()


def ship_vectors(settings: Settings, progress: Progress) -> Path:
    """Renew the vectors that come with the product: those of the corpus package alone. The file written."""
    embedder = make_embedder(settings)
    if embedder is None:
        raise EngineError(f"EMBEDDER={settings.embedder}", "没有向量模型，算不出随产品的向量", "去掉 EMBEDDER 设置再试")
    library = load_library(settings.knowledge_dir, settings.home / "nothing-imported")
    return ship(library, settings.knowledge_dir / "vectors", embedder, progress)
