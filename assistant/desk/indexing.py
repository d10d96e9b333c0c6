"""Making indexes ready ahead of time: every vector computed before anybody asks."""

from collections.abc import Callable
from pathlib import Path

from assistant.clock import today
from assistant.desk.opening import wire_search
from assistant.engines import make_embedder
from assistant.errors import EngineError
from assistant.knowledge.decisions import FOLDER, load_decisions
from assistant.knowledge.discretion import load_discretion
from assistant.knowledge.lists import load_lists
from assistant.knowledge.load import load_library
from assistant.precedents import everything, leaves
from assistant.search import SearchState, embedded_text, read_lexicon, ship
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
    """Renew the vectors that come with the product: those of its lists and decisions, and of the corpus package.

    The file of the latter is returned.
    """
    embedder = make_embedder(settings)
    if embedder is None:
        raise EngineError(f"EMBEDDER={settings.embedder}", "没有向量模型，算不出随产品的向量", "去掉 EMBEDDER 设置再试")
    library = load_library(settings.knowledge_dir, settings.home / "nothing-imported")
    folder = settings.knowledge_dir / "vectors"
    held = everything(
        load_lists((settings.knowledge_dir / "lists",), library),
        load_discretion(settings.knowledge_dir / "discretion", library, today()),
        load_decisions((settings.knowledge_dir / FOLDER,), library),
        library,
    )
    ship([leaf.embedded for leaf in leaves(held)], folder / FOLDER, embedder, progress)
    return ship(map(embedded_text, library.all_articles), folder, embedder, progress)
