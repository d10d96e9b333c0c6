"""The vectors of one index at work: what is at hand, what the store answers for, what is still to be embedded."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EngineError
from assistant.search.ports import Embedder, Vectors, VectorStore
from assistant.search.vectors import Matrix, VectorFile, dots, pack, read_shipped, unpack

_STORE_BATCH = 100  # Chroma lets no other thread run while it takes a batch
_BLOCK = 1000
_EMBED_BATCH = 16
_SAMPLE = 2048
_GROWN = 1.02  # what is worked out of all vectors is worked out anew when so many more are there
_log = logging.getLogger(__name__)

StoreOpener = Callable[[Path, str], VectorStore]


class Meanings:
    """Vectors of the texts of an index; `place[i]` is the row of `matrix` for text i, and `keys[i]` names it.

    `text_of(i)` is what is embedded of it: it is asked for only where the vector is not at hand.

    Vectors that are not at hand are embedded in the background and kept at once, so that the next start goes on where
    this one stopped. The vector store is filled in the background too; rows that it does not hold yet are compared
    here, so that answers are the same from the first moment.
    """

    def __init__(
        self,
        text_of: Callable[[int], str],
        keys: Sequence[bytes],
        embedder: Embedder,
        kept: Path,
        shipped: Path | None,
    ) -> None:
        self.embedder = embedder
        self.matrix = Matrix(keys, embedder.dimensions)
        self.place = np.array([self.matrix.at[key] for key in keys], dtype=np.int64)
        self.note: str | None = None
        self._text_of = text_of
        self._file = VectorFile(kept, embedder.name, embedder.dimensions)
        if shipped is not None:
            self.matrix.fill(read_shipped(shipped, embedder.name, embedder.dimensions))
        self.matrix.fill(self._file.read())
        self._store: VectorStore | None = None
        self._sample: Vectors | None = None
        self._sampled = 0
        self._law_vectors: Vectors | None = None
        self._law_vectors_of = 0
        self._stop = threading.Event()
        self._worker: threading.Thread | None = None

    def start(self, open_store: Callable[[], VectorStore] | None, *, keep: bool) -> None:
        """Begins the work in the background. `keep`: this process may write files."""
        self._worker = threading.Thread(target=self._work, args=(open_store, keep), name="vectors", daemon=True)
        self._worker.start()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits for the work in the background; False when it is not done within `timeout` seconds."""
        if self._worker is None:
            return True
        self._worker.join(timeout)
        return not self._worker.is_alive()

    def close(self) -> None:
        self._stop.set()
        self.wait()
        if self._store is not None:
            self._store.close()
            self._store = None

    def nearest(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """Rows and cosines of the `k` nearest, in no order; those of rows without a vector are not among them."""
        matrix = self.matrix
        store = self._store
        loose = np.flatnonzero(matrix.known & ~matrix.stored) if store is not None else np.flatnonzero(matrix.known)
        rows, cosines = loose, matrix.cosines(vector, loose)
        if store is not None:
            found = [
                (at, c)
                for name, c in store.nearest(vector, k)
                if (at := matrix.at.get(bytes.fromhex(name))) is not None
            ]
            rows = np.concatenate([rows, np.array([at for at, _ in found], dtype=np.int64)])
            cosines = np.concatenate([cosines, np.array([c for _, c in found], dtype=np.float32)])
        if len(rows) > k:
            best = np.argpartition(-cosines, k)[:k]
            rows, cosines = rows[best], cosines[best]
        return rows, cosines

    def nearest_articles(self, vector: Vectors, k: int) -> NDArray[np.int64]:
        """Places of the articles whose vectors are among the `k` nearest."""
        rows, _ = self.nearest(vector, k)
        wanted = np.zeros(len(self.matrix.keys), dtype=bool)
        wanted[rows] = True
        return np.flatnonzero(wanted[self.place])

    def scale(self, vector: Vectors) -> tuple[float, float]:
        """Mean and spread of the cosines of `vector` with all rows, from a sample of them."""
        known = int(self.matrix.known.sum())
        if self._sample is None or known > _GROWN * self._sampled:
            rows = np.flatnonzero(self.matrix.known)
            self._sample, self._sampled = unpack(self.matrix.rows[rows[:: max(1, known // _SAMPLE)]]), known
        cosines = dots(self._sample, vector)
        return float(cosines.mean()), float(cosines.std()) or 1.0

    def law_vectors(self, law_of: NDArray[np.int64], laws: int) -> Vectors:
        """[laws, d] the mean direction of each law's articles, as far as they have vectors."""
        known = int(self.matrix.known.sum())
        if self._law_vectors is None or known > _GROWN * self._law_vectors_of:
            sums = np.zeros((laws, self.matrix.rows.shape[1]), dtype=np.float32)
            order = np.argsort(law_of, kind="stable")
            for first in range(0, len(order), _BLOCK):
                part = order[first : first + _BLOCK]
                heads = np.flatnonzero(np.r_[True, law_of[part][1:] != law_of[part][:-1]])
                sums[law_of[part][heads]] += np.add.reduceat(unpack(self.matrix.rows[self.place[part]]), heads)
            self._law_vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
            self._law_vectors_of = known
        return self._law_vectors

    def _work(self, open_store: Callable[[], VectorStore] | None, keep: bool) -> None:
        try:
            if open_store is not None:
                self._fill(open_store())
            self._embed(keep)
        except EngineError as error:
            self.note = str(error)
            _log.warning("vectors: %s", error)

    def _fill(self, store: VectorStore) -> None:
        matrix = self.matrix
        held = [place for name in list(store.keys()) if (place := matrix.at.get(bytes.fromhex(name))) is not None]
        stored = np.zeros(len(matrix.keys), dtype=bool)
        stored[held] = True
        matrix.stored = stored & matrix.known
        self._store = store
        waiting = np.flatnonzero(matrix.known & ~matrix.stored)
        for first in range(0, len(waiting), _STORE_BATCH):
            if self._stop.is_set():
                return
            began = time.perf_counter()
            self._add(store, waiting[first : first + _STORE_BATCH])
            self._stop.wait(time.perf_counter() - began)  # half of the time belongs to those who search

    def _embed(self, keep: bool) -> None:
        matrix = self.matrix
        texts: dict[int, str] = {}
        for at, place in enumerate(self.place):
            if not matrix.known[place] and int(place) not in texts:
                texts[int(place)] = self._text_of(at)
        waiting = sorted(texts, key=lambda place: len(texts[place]))  # texts of one length cost least together
        for first in range(0, len(waiting), _EMBED_BATCH):
            if self._stop.is_set():
                return
            places = np.array(waiting[first : first + _EMBED_BATCH])
            rows = pack(self.embedder.passages([texts[int(place)] for place in places]))
            if keep:
                self._file.append([matrix.keys[place] for place in places], rows)
            matrix.put(places, rows)
            if self._store is not None:
                self._add(self._store, places)

    def _add(self, store: VectorStore, places: NDArray[np.int64]) -> None:
        store.add([self.matrix.keys[place].hex() for place in places], unpack(self.matrix.rows[places]))
        self.matrix.stored[places] = True
