"""Search: exact citation, then words and vectors, fused; law of the asked day only."""

from assistant.search.find import Search, SearchState, open_search
from assistant.search.lexicon import Lexicon, read_lexicon
from assistant.search.ports import Embedder, Reranker, Segmenter, VectorStore
from assistant.search.shipping import ship

__all__ = [
    "Embedder",
    "Lexicon",
    "Reranker",
    "Search",
    "SearchState",
    "Segmenter",
    "VectorStore",
    "open_search",
    "read_lexicon",
    "ship",
]
