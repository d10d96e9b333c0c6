"""One index of one library: words and vectors, in a folder named by what they were made of.

An index is built aside and swapped in by renaming, so that a build that is killed leaves the old one as it was.
"""

import hashlib
import json
import logging
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.law.library import Library
from assistant.schema import Article
from assistant.search.fields import Fields
from assistant.search.meanings import Meanings, StoreOpener
from assistant.search.ports import Embedder
from assistant.search.vectors import embedded_text, key_of

FORMAT = 2
"""Raise it when the files of an index change: indexes are rebuilt, never migrated."""
_log = logging.getLogger(__name__)


def fingerprint(articles: Sequence[Article], keys: Sequence[bytes], embedder: str | None) -> str:
    """Names an index by its contents: two libraries with the same articles share one."""
    digest = hashlib.sha256(f"{FORMAT}|{embedder}".encode())
    for article, key in zip(articles, keys, strict=True):
        digest.update(f"|{article.id}|{article.law}|{'/'.join(article.path)}|".encode("utf-8", "replace"))
        digest.update(key)
    return digest.hexdigest()[:16]


class Index:
    """Words of the articles of one library, and their vectors where there is an embedder.

    `own` says whether this process keeps the folder; one that does not works from memory. `shared_store`: the vector
    store is a server that several processes may fill and ask.
    """

    def __init__(
        self,
        library: Library,
        home: Path,
        *,
        shipped: Path | None,
        embedder: Embedder | None,
        open_store: StoreOpener | None,
        own: bool,
        shared_store: bool = False,
    ) -> None:
        self.library = library
        self.articles = tuple(library.all_articles)
        keys = [key_of(embedded_text(article)) for article in self.articles]
        self.name = fingerprint(self.articles, keys, embedder.name if embedder else None)
        self._home = home / "index"
        self._folder = self._home / self.name
        self._open_store = open_store
        self._own = own
        self._may_store = own or shared_store
        self._users = 0
        self._idle = threading.Condition()
        self.fields = self._open_fields()
        self.meanings = (
            Meanings(lambda at: embedded_text(self.articles[at]), keys, embedder, home / "vectors", shipped)
            if embedder
            else None
        )

    def start(self) -> None:
        """Begins the work in the background: fills the vector store, embeds what is missing."""
        if self.meanings is None:
            return
        opener, folder, name = self._open_store, self._folder / "chroma", f"articles-{self.name}"
        open_store = (lambda: opener(folder, name)) if opener is not None and self._may_store else None
        self.meanings.start(open_store, keep=self._own)

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
        """Stops the work in the background and lets go of the vector store, once nobody searches in it."""
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0)
        if self.meanings is not None:
            self.meanings.close()

    def drop_others(self) -> None:
        """Removes the indexes that this one replaces, and what killed builds left behind."""
        for folder in self._home.iterdir():
            if folder.is_dir() and folder.name != self.name:
                shutil.rmtree(folder, ignore_errors=True)

    def _open_fields(self) -> Fields:
        if (self._folder / "index.json").is_file():
            try:
                return Fields.load(self._folder / "fields")
            except (OSError, ValueError, KeyError) as error:
                _log.warning("index %s cannot be read (%s) and is built anew", self._folder, error)
        fields = Fields.build(self.library, self.articles)
        if not self._own:
            return fields
        aside = self._home / f".building-{self.name}-{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        fields.save(aside / "fields")
        (aside / "index.json").write_text(json.dumps({"format": FORMAT, "articles": len(self.articles)}))
        if self._folder.exists():
            shutil.rmtree(self._folder)
        aside.rename(self._folder)
        return Fields.load(self._folder / "fields")
