"""Search over articles: an exact citation first, then words and vectors; the law of one day; boilerplate folded."""

import datetime as dt
import fcntl
import logging
import threading
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from assistant.clock import today
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.schema import Article, Kind, Noun, Passage
from assistant.search.index import Index
from assistant.search.lexicon import Lexicon
from assistant.search.meanings import StoreOpener
from assistant.search.ports import Embedder, Reranker, Segmenter
from assistant.search.ranking import Ranking

_log = logging.getLogger(__name__)
_LONGEST = 4000
"""Characters of a question that are looked at: more is a document, and its beginning says what it is about."""
_SECOND_LOOK = 50


class SearchState(Noun):
    """How far the index is: `words` and `vectors` of `articles` texts can be found. `note` is for a person."""

    articles: int
    words: int
    vectors: int
    index: str = ""
    embedder: str | None = None
    note: str | None = None

    @property
    def complete(self) -> bool:
        return self.words == self.articles and (self.embedder is None or self.vectors == self.articles)


class Search:
    """Finds provisions. Safe to call from several threads. Made by `open_search`."""

    def __init__(
        self,
        index: Index,
        lexicon: Lexicon,
        *,
        segmenter: Segmenter | None,
        reranker: Reranker | None,
        home: "_Home",
        note: str | None,
    ) -> None:
        self._index = index
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._ranking = Ranking(index, lexicon, segmenter)
        self._reranker = reranker
        self._home = home
        self._note = note
        self._renewing = threading.Lock()
        self._last_allowed: tuple[object, NDArray[np.bool_]] | None = None

    @property
    def state(self) -> SearchState:
        index = self._index
        count = len(index.articles)
        meanings = index.meanings
        return SearchState(
            articles=count,
            words=count,
            index=index.name,
            vectors=int(meanings.matrix.known[meanings.place].sum()) if meanings else 0,
            embedder=meanings.embedder.name if meanings else None,
            note="；".join(n for n in (self._note, meanings.note if meanings else None) if n) or None,
        )

    @property
    def embedder(self) -> Embedder | None:
        """What makes the vectors; None where words alone are searched."""
        return self._index.meanings.embedder if self._index.meanings else None

    @property
    def keeps(self) -> bool:
        """Whether this process may write the folder of indexes."""
        return self._home.own

    def find(
        self,
        query: str,
        *,
        kinds: Sequence[Kind] = ("law",),
        as_of: dt.date,
        top_k: int = 10,
        include_not_in_force: bool = False,
    ) -> tuple[Passage, ...]:
        """Up to `top_k` passages for `query`, best first; the law of `as_of` unless asked otherwise.

        A provision that the query names stands first, in force or not, with its status. `kinds`: `law` finds
        provisions, `decision` finds cases; the other kinds are not held here and find nothing.
        """
        query = query[:_LONGEST]
        wanted: set[Kind] = {kind for kind in kinds if kind in ("law", "decision")}
        if not wanted or top_k < 1 or not query.strip():
            return ()
        index, ranking = self._index, self._ranking
        if ranking.index is not index:  # renewed between the two reads
            index = ranking.index
        with index.used():
            passages: list[Passage] = []
            seen: set[str] = set()
            for article in self._named(index.library, query, as_of):
                if self._kind(index.library, article) in wanted and article.id not in seen and len(passages) < top_k:
                    seen.add(article.id)
                    passages.append(self._passage(index.library, article, as_of, len(passages) + 1, 1.0, 0))
            allowed = self._allowed(index, as_of, wanted, include_not_in_force)
            ranked = ranking.rank(query, allowed, 2 * top_k)
            if self._reranker is not None:
                ranked = self._second_look(query, index, ranked)
            folded: dict[str, int] = defaultdict(int)
            kept: list[tuple[Article, float]] = []
            for place, score in ranked:
                article = index.articles[place]
                if article.id in seen:
                    continue
                folded[article.text] += 1
                if folded[article.text] == 1:
                    kept.append((article, score))
                    if len(kept) + len(passages) == top_k:
                        break
            for article, score in kept:
                passages.append(
                    self._passage(index.library, article, as_of, len(passages) + 1, score, folded[article.text] - 1)
                )
            return tuple(passages)

    def signals(self, query: str, *, as_of: dt.date) -> tuple[tuple[Article, ...], NDArray[np.float32]]:
        """What the ranking sees of a question: candidates [c] of the law of a day, and signals [c, len(SIGNALS)].

        For fitting and explaining; `find` is what answers.
        """
        ranking = self._ranking
        index = ranking.index
        with index.used():
            allowed = self._allowed(index, as_of, {"law"}, False)
            signals = ranking.signaller.read(query[:_LONGEST], allowed, 20)
        return tuple(index.articles[row] for row in signals.rows), signals.values

    def _allowed(self, index: Index, day: dt.date, kinds: set[Kind], include_not_in_force: bool) -> NDArray[np.bool_]:
        """Which articles [n] may be found. The last answer is kept: most questions are about today."""
        asked = (index.name, day, frozenset(kinds), include_not_in_force)
        held = self._last_allowed
        if held is not None and held[0] == asked:
            return held[1]
        library = index.library
        versions = {
            v.id: (("decision" if v.kind == "案例" else "law") in kinds)
            and (include_not_in_force or v.status_on(day) in ("现行有效", "待核"))
            for v in library.all_versions
        }
        allowed = np.fromiter((versions[a.version_id] for a in index.articles), dtype=bool, count=len(index.articles))
        self._last_allowed = (asked, allowed)
        return allowed

    def renew(self, library: Library) -> None:
        """Goes over to another library: its words are searched when this returns, its vectors follow."""
        with self._renewing:
            old = self._index
            index = self._home.index(library)
            if index.name == old.name:
                return
            ranking = Ranking(index, self._lexicon, self._segmenter)
            self._warm(ranking)
            self._ranking, self._index = ranking, index
            old.close()
            if self._home.own:
                index.drop_others()
            index.start()

    @staticmethod
    def _warm(ranking: Ranking) -> None:
        """Makes what the first question would wait for, while the index before still answers."""
        index = ranking.index
        check("第一条", index.library, today())
        ranking.rank("行政处罚", np.ones(len(index.articles), dtype=bool))

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until all vectors are at hand; False when they are not within `timeout` seconds."""
        meanings = self._index.meanings
        return meanings.wait(timeout) if meanings else True

    def close(self) -> None:
        """Stops the work in the background and lets go of files."""
        self._index.close()
        self._home.close()

    def _second_look(self, query: str, index: Index, ranked: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        assert self._reranker is not None
        head, tail = list(ranked[:_SECOND_LOOK]), list(ranked[_SECOND_LOOK:])
        if not head:
            return tail
        scores = self._reranker.score(query, [f"{index.articles[p].law} {index.articles[p].text}" for p, _ in head])
        order = np.argsort(-scores, kind="stable")
        return [(head[i][0], head[i][1]) for i in order] + tail

    @staticmethod
    def _named(library: Library, query: str, as_of: dt.date) -> list[Article]:
        """The articles that the query cites, in its order."""
        found = (library.get(c.article_id) for c in check(query, library, as_of) if c.article_id and c.article)
        return [article for article in found if article is not None]

    @staticmethod
    def _kind(library: Library, article: Article) -> Kind:
        return "decision" if library.version(article.version_id).kind == "案例" else "law"

    def _passage(
        self, library: Library, article: Article, as_of: dt.date, rank: int, score: float, folded: int
    ) -> Passage:
        version = library.version(article.version_id)
        notes = [library.note(article), f"另有 {folded} 部法律有同文条款" if folded else None]
        return Passage(
            rank=rank,
            kind=self._kind(library, article),
            id=article.id,
            title=f"{article.law}{article.label if article.number is None else article.number}",
            law=article.law,
            article=article.number,
            text=article.text,
            score=round(float(score), 4),
            status=library.status(article, as_of),
            in_force=library.span(article),
            source=version.source,
            note="；".join(n for n in notes if n) or None,
        )


class _Home:
    """The folder of indexes, held by one process at a time, and what an index is made with."""

    def __init__(
        self,
        folder: Path,
        shipped: Path | None,
        embedder: Embedder | None,
        open_store: StoreOpener | None,
        shared_store: bool,
    ) -> None:
        self._folder = folder
        self._shared_store = shared_store
        self._shipped = shipped
        self._embedder = embedder
        self._open_store = open_store
        (folder / "index").mkdir(parents=True, exist_ok=True)
        self._lock: IO[str] | None = (folder / "index.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.own = True
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            self.own = False

    def index(self, library: Library) -> Index:
        return Index(
            library,
            self._folder,
            shipped=self._shipped,
            embedder=self._embedder,
            open_store=self._open_store,
            own=self.own,
            shared_store=self._shared_store,
        )

    def close(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def open_search(
    library: Library,
    home: Path,
    *,
    shipped: Path | None = None,
    embedder: Embedder | None = None,
    open_store: StoreOpener | None = None,
    segmenter: Segmenter | None = None,
    reranker: Reranker | None = None,
    lexicon: Lexicon | None = None,
    note: str | None = None,
    shared_store: bool = False,
) -> Search:
    """The search over `library`, with its indexes under `home/index/`. Ready on return; vectors may still follow.

    `shipped` is the folder of vectors made beforehand; `open_store(folder, name)` opens the vector store of an index;
    `note` says what a person should know of the engines (that there is none, and why). A second process on the same
    `home` searches too, but keeps nothing: its state says so, unless the vector store is a server that both may fill
    (`shared_store`).
    """
    place = _Home(home, shipped, embedder, open_store, shared_store)
    index = place.index(library)
    if place.own:
        index.drop_others()
    elif not shared_store:
        busy = f"{home} 正由另一个进程使用：本进程只读，不建向量库，直接比对向量"
        note = "；".join(n for n in (note, busy) if n)
    index.start()
    return Search(index, lexicon or Lexicon(), segmenter=segmenter, reranker=reranker, home=place, note=note)
