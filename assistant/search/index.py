"""One index of one library: words and vectors, in a folder named by what they were made of.

An index is built aside and swapped in by renaming, so that a build that is killed leaves the old one as it was.
Vectors that are not at hand are embedded in the background and kept at once: the next start goes on where this one
stopped, and until then such an article is found by its words.
"""

import hashlib
import json
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from assistant.errors import EngineError
from assistant.law.library import Library
from assistant.schema import Article
from assistant.search.fields import build_words
from assistant.search.ports import Embedder, VectorStore
from assistant.search.vectors import Matrix, VectorFile, embedded_text, key_of, pack, read_shipped, unpack
from assistant.search.words import Words

FORMAT = 1
"""Raise it when the files of an index change: indexes are rebuilt, never migrated."""
_STORE_BATCH = 1000
_EMBED_BATCH = 16
_log = logging.getLogger(__name__)

StoreOpener = Callable[[Path, str], VectorStore]


def fingerprint(articles: Sequence[Article], keys: Sequence[bytes], embedder: str | None) -> str:
    """Names an index by its contents: two libraries with the same articles share one."""
    digest = hashlib.sha256(f"{FORMAT}|{embedder}".encode())
    for article, key in zip(articles, keys, strict=True):
        digest.update(f"|{article.id}|{article.law}|{'/'.join(article.path)}|".encode("utf-8", "replace"))
        digest.update(key)
    return digest.hexdigest()[:16]


class Index:
    """Words and vectors of the articles of one library. `place[i]` is the row of `matrix` for article i."""

    def __init__(
        self,
        library: Library,
        home: Path,
        *,
        shipped: Path | None,
        embedder: Embedder | None,
        open_store: StoreOpener | None,
        own: bool,
    ) -> None:
        self.library = library
        self.articles = tuple(library.all_articles)
        self.embedder = embedder
        self.note: str | None = None
        keys = [key_of(embedded_text(article)) for article in self.articles]
        self.name = fingerprint(self.articles, keys, embedder.name if embedder else None)
        self._home = home / "index"
        self._folder = self._home / self.name
        self.words = self._open_words(own)
        self._stop = threading.Event()
        self._users = 0
        self._idle = threading.Condition()
        self._worker: threading.Thread | None = None
        self.store: VectorStore | None = None
        self.matrix: Matrix | None = None
        if embedder is None:
            return
        self.matrix = Matrix(keys, embedder.dimensions)
        self.place = np.array([self.matrix.at[key] for key in keys], dtype=np.int64)
        self._file = VectorFile(home / "vectors", embedder.name, embedder.dimensions)
        if shipped is not None:
            self.matrix.fill(read_shipped(shipped, embedder.name, embedder.dimensions))
        self.matrix.fill(self._file.read())
        self._open_store = open_store if own else None
        self._own = own

    def start(self) -> None:
        """Begins the work in the background: opens the vector store, fills it, embeds what is missing."""
        if self.matrix is None or self._worker is not None:
            return
        self._worker = threading.Thread(target=self._work, name=f"index-{self.name}", daemon=True)
        self._worker.start()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits for the background work; False when it is not done in `timeout` seconds."""
        if self._worker is not None:
            self._worker.join(timeout)
            return not self._worker.is_alive()
        return True

    @contextmanager
    def used(self) -> Iterator[None]:
        """While a search runs, the index is not closed."""
        with self._idle:
            self._users += 1
        try:
            yield
        finally:
            with self._idle:
                self._users -= 1
                self._idle.notify_all()

    def close(self) -> None:
        """Stops the background work and lets go of the vector store, once nobody searches in it."""
        self._stop.set()
        if self._worker is not None:
            self._worker.join()
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0)
        if self.store is not None:
            self.store.close()
            self.store = None

    def drop_others(self) -> None:
        """Removes the indexes that this one replaces, and what killed builds left behind."""
        for folder in self._home.iterdir() if self._home.is_dir() else ():
            if folder.is_dir() and folder.name != self.name:
                shutil.rmtree(folder, ignore_errors=True)

    def _open_words(self, own: bool) -> Words:
        try:
            if (self._folder / "index.json").is_file():
                return Words.load(self._folder / "words")
        except (OSError, ValueError, KeyError) as error:
            _log.warning("index %s cannot be read (%s); it is built anew", self._folder, error)
        words = build_words(self.articles)
        if not own:  # another process keeps the folder: this one works from memory
            return words
        aside = self._home / f".building-{self.name}-{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        words.save(aside / "words")
        (aside / "index.json").write_text(json.dumps({"format": FORMAT, "articles": len(self.articles)}))
        if self._folder.exists():
            shutil.rmtree(self._folder)
        aside.rename(self._folder)
        return Words.load(self._folder / "words")

    def _work(self) -> None:
        assert self.matrix is not None and self.embedder is not None
        try:
            self._fill_store()
            self._embed_missing()
        except EngineError as error:
            self.note = str(error)
            _log.warning("vectors: %s", error)

    def _fill_store(self) -> None:
        matrix = self.matrix
        assert matrix is not None
        if self._open_store is None:
            return
        store = self._open_store(self._folder / "chroma", f"articles-{self.name}")
        held = [matrix.at[key] for name in store.keys() if (key := bytes.fromhex(name)) in matrix.at]
        matrix.stored[held] = True
        matrix.stored &= matrix.known
        self.store = store
        waiting = np.flatnonzero(matrix.known & ~matrix.stored)
        for first in range(0, len(waiting), _STORE_BATCH):
            if self._stop.is_set():
                return
            self._store(waiting[first : first + _STORE_BATCH])

    def _embed_missing(self) -> None:
        matrix, embedder = self.matrix, self.embedder
        assert matrix is not None and embedder is not None
        texts: dict[int, str] = {}
        for article, place in zip(self.articles, self.place, strict=True):
            if not matrix.known[place]:
                texts.setdefault(int(place), embedded_text(article))
        waiting = sorted(texts, key=lambda place: len(texts[place]))  # texts of one length cost least together
        for first in range(0, len(waiting), _EMBED_BATCH):
            if self._stop.is_set():
                return
            places = np.array(waiting[first : first + _EMBED_BATCH])
            rows = pack(embedder.passages([texts[int(place)] for place in places]))
            if self._own:
                self._file.append([matrix.keys[place] for place in places], rows)
            matrix.rows[places] = rows
            matrix.known[places] = True
            if self.store is not None:
                self._store(places)

    def _store(self, places: "np.typing.NDArray[np.int64]") -> None:
        assert self.matrix is not None and self.store is not None
        self.store.add([self.matrix.keys[place].hex() for place in places], unpack(self.matrix.rows[places]))
        self.matrix.stored[places] = True
