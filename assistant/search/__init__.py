"""Search: exact citation, then words and vectors, fused; law of the asked day only."""

from assistant.search.find import Search, SearchState, open_search
from assistant.search.lexicon import Lexicon, read_lexicon
from assistant.search.ports import Embedder, Reranker, Segmenter, VectorStore
from assistant.search.shelf import Leaf, Ranked, Shelf, ShelfSignals
from assistant.search.shipping import ship
from assistant.search.vectors import embedded_text

__all__ = [
    "Embedder",
    "Leaf",
    "Lexicon",
    "Ranked",
    "Reranker",
    "Search",
    "SearchState",
    "Segmenter",
    "Shelf",
    "ShelfSignals",
    "VectorStore",
    "embedded_text",
    "open_search",
    "read_lexicon",
    "ship",
]
