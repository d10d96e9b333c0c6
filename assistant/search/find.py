"""Search over articles: words and vectors fused, the law of one day, boilerplate folded."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.law.library import Library, short_title
from assistant.schema import Article, Kind, Noun, Passage
from assistant.search.ports import Embedder, Reranker, VectorStore
from assistant.search.words import Words

Floats = NDArray[np.float32]
_LAW_SHARE = 0.3


class SearchState(Noun):
    """How far the index is: `words` and `vectors` of `articles` texts can be found. `note` is for a person."""

    articles: int
    words: int
    vectors: int
    embedder: str | None = None
    note: str | None = None

    @property
    def complete(self) -> bool:
        return self.words == self.articles and (self.embedder is None or self.vectors == self.articles)


def passage_input(article: Article) -> str:
    """What is embedded for an article. The shipped vectors are keyed by the digest of exactly this."""
    return f"{short_title(article.law)}{article.number or ''} {article.text}"


class Search:
    """Finds provisions. Safe to call from several threads."""

    def __init__(self, library: Library, words: Words, articles: Sequence[Article]) -> None:
        self._library = library
        self._words = words
        self._articles = tuple(articles)
        self._law_of = np.unique([a.version_id for a in self._articles], return_inverse=True)[1]

    @property
    def state(self) -> SearchState:
        count = len(self._articles)
        return SearchState(articles=count, words=count, vectors=0)

    def find(
        self,
        query: str,
        *,
        kinds: Sequence[Kind] = ("law",),
        as_of: dt.date,
        top_k: int = 10,
        include_not_in_force: bool = False,
    ) -> tuple[Passage, ...]:
        """Up to `top_k` passages for `query`, best first; law in force on `as_of` unless asked otherwise."""
        if "law" not in kinds:
            return ()
        score = _standard(self._words.score(query))
        best = np.full(self._law_of.max() + 1, -np.inf)
        np.maximum.at(best, self._law_of, score)
        score = score + _LAW_SHARE * best[self._law_of]
        passages: list[Passage] = []
        folded: dict[str, int] = defaultdict(int)
        for at in np.argsort(-score, kind="stable"):
            if len(passages) == top_k:
                break
            article = self._articles[at]
            version = self._library.version(article.version_id)
            status = version.status_on(as_of)
            if status not in ("现行有效", "待核") and not include_not_in_force:
                continue
            folded[article.text] += 1
            if folded[article.text] > 1:
                continue
            passages.append(
                Passage(
                    rank=len(passages) + 1,
                    kind="law",
                    id=article.id,
                    title=f"{article.law} {article.label}",
                    law=article.law,
                    article=article.number,
                    text=article.text,
                    score=float(score[at]),
                    status=status,
                    in_force=version.span,
                    source=version.source,
                    note=version.note,
                )
            )
        return tuple(passages)

    def close(self) -> None:
        """Lets go of files and background work."""


def _standard(scores: Floats) -> Floats:
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread else scores - scores


def open_search(
    library: Library,
    home: Path,
    *,
    shipped: Path | None = None,
    embedder: Embedder | None = None,
    open_store: Callable[[Path], VectorStore] | None = None,
    reranker: Reranker | None = None,
) -> Search:
    """The search over `library`, with its index under `home/index/`."""
    articles = list(library.all_articles)
    words = Words.build([(1.0, [f"{short_title(a.law)}{a.label} {a.text}" for a in articles])])
    return Search(library, words, articles)
