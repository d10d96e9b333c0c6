"""Vectors of texts: keyed by the digest of what was embedded, kept in eight bits, appended batch by batch.

A unit vector loses nothing measurable in eight bits (`evals/results/retrieval.md`), and direction is all that counts: a
row is scaled to fill the eight bits when packed and back to length one when used.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.law.library import short_title
from assistant.schema import Article
from assistant.search.ports import Vectors

KEY = 16  # bytes of a digest
Packed = NDArray[np.int8]


def embedded_text(article: Article) -> str:
    """What is embedded for an article: shipped vectors are keyed by the digest of exactly this."""
    return f"{short_title(article.law)}{article.number or ''} {article.text}"


def key_of(text: str) -> bytes:
    """The 16 bytes that name the vector of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[:KEY]


def pack(vectors: Vectors) -> Packed:
    """[n, d] float as [n, d] of eight bits, each row scaled by its own greatest component."""
    greatest = np.abs(vectors).max(axis=1, keepdims=True) if vectors.size else np.ones((len(vectors), 1))
    return np.rint(vectors * (127.0 / np.maximum(greatest, 1e-12))).astype(np.int8)


def unpack(packed: Packed) -> Vectors:
    """[n, d] of eight bits as unit vectors; a row of zeros stays zeros."""
    rows = packed.astype(np.float32)
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.maximum(length, 1e-12)[:, None]
    return rows


def dots(rows: Vectors, vector: Vectors) -> Vectors:
    """[n] products of rows [n, d] with a vector [d].

    Not by `@`: that wakes the threads of the linear algebra library for a product of a tenth of a millisecond, and they
    then spin on the other cores for twenty (half the processor time of a question, when measured).
    """
    products: Vectors = np.einsum("ij,j->i", rows, vector)
    return products


def file_name(embedder: str) -> str:
    """A file name for the vectors of one embedder."""
    return re.sub(r"[^a-z0-9.]+", "-", embedder.lower()).strip("-")


def read_shipped(folder: Path, embedder: str, dimensions: int) -> dict[bytes, NDArray[np.int8]]:
    """The vectors shipped for an embedder, by key; empty when none are shipped for it."""
    path = folder / f"{file_name(embedder)}.npz"
    if not path.is_file():
        return {}
    with np.load(path) as data:
        keys, rows = data["keys"], data["vectors"]
    if rows.shape != (len(keys), dimensions):
        return {}
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}


def write_shipped(folder: Path, embedder: str, vectors: Mapping[bytes, NDArray[np.int8]]) -> Path:
    """Writes the vectors to be shipped, in the order of their keys (the same vectors give the same file)."""
    order = sorted(vectors)
    keys = np.frombuffer(b"".join(order), dtype=np.uint8).reshape(-1, KEY)
    rows = np.stack([vectors[key] for key in order])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{file_name(embedder)}.npz"
    aside = path.with_name(f".{path.name}")
    with aside.open("wb") as file:
        np.savez(file, keys=keys, vectors=rows)
    aside.replace(path)
    return path


class VectorFile:
    """Vectors made on this machine: records of key and row, one after the other, in one file that only grows.

    A process killed while it writes leaves half a record at the end, which the next one cuts off.
    """

    def __init__(self, folder: Path, embedder: str, dimensions: int) -> None:
        self._path = folder / f"{file_name(embedder)}.vectors"
        self._record = KEY + dimensions

    def read(self) -> dict[bytes, NDArray[np.int8]]:
        if not self._path.is_file():
            return {}
        raw = np.fromfile(self._path, dtype=np.uint8)
        raw = raw[: len(raw) // self._record * self._record].reshape(-1, self._record)
        return {row[:KEY].tobytes(): row[KEY:].view(np.int8) for row in raw}

    def append(self, keys: Sequence[bytes], rows: Packed) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            whole = file.tell() // self._record * self._record
            if whole != file.tell():
                file.truncate(whole)
            file.write(b"".join(key + row.tobytes() for key, row in zip(keys, rows, strict=True)))
            file.flush()
            os.fsync(file.fileno())


class Matrix:
    """The vectors of an index: one row for each distinct key, filled as vectors come.

    `stored` says which rows the vector store answers for; the others are compared here, row by row.
    """

    _BLOCK = 4096

    def __init__(self, keys: Iterable[bytes], dimensions: int) -> None:
        self.keys = tuple(dict.fromkeys(keys))
        self.at = {key: i for i, key in enumerate(self.keys)}
        self.rows: Packed = np.zeros((len(self.keys), dimensions), dtype=np.int8)
        self._lengths = np.ones(len(self.keys), dtype=np.float32)
        self.known = np.zeros(len(self.keys), dtype=bool)
        self.stored = np.zeros(len(self.keys), dtype=bool)

    def fill(self, vectors: Mapping[bytes, NDArray[np.int8]]) -> None:
        """Takes the rows it has a place for."""
        found = [(place, row) for key, row in vectors.items() if (place := self.at.get(key)) is not None]
        if found:
            self.put(np.array([place for place, _ in found], dtype=np.int64), np.stack([row for _, row in found]))

    def put(self, places: NDArray[np.int64], rows: Packed) -> None:
        """Takes rows [n, d] for distinct places [n]."""
        self.rows[places] = rows
        for first in range(0, len(places), self._BLOCK):
            part = rows[first : first + self._BLOCK].astype(np.float32)
            length = np.sqrt(np.einsum("ij,ij->i", part, part))
            self._lengths[places[first : first + self._BLOCK]] = np.maximum(length, 1e-12)
        self.known[places] = True

    def missing(self) -> NDArray[np.int64]:
        return np.flatnonzero(~self.known)

    def cosines(self, vector: Vectors, places: NDArray[np.int64]) -> Vectors:
        """Cosine of `vector` with each of the rows."""
        out = np.empty(len(places), dtype=np.float32)
        for first in range(0, len(places), self._BLOCK):
            part = places[first : first + self._BLOCK]
            out[first : first + self._BLOCK] = dots(self.rows[part].astype(np.float32), vector)
        out /= self._lengths[places]
        return out
