"""What search needs of the engines; `assistant.engines` has the classes that provide it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts as unit vectors: the nearer two vectors, the nearer the meanings."""

    @property
    def name(self) -> str:
        """What made the vectors; vectors of two names are never mixed."""

    @property
    def dimensions(self) -> int: ...

    def query(self, text: str) -> Vectors:
        """[dimensions] for a question."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """[n, dimensions] for texts to be found."""


class Segmenter(Protocol):
    """Cuts Chinese into words."""

    def words(self, text: str) -> Sequence[str]:
        """The words of a text in its order, a long word together with the shorter ones in it."""


class VectorStore(Protocol):
    """Vectors by key, asked for the nearest."""

    def add(self, keys: Sequence[str], vectors: Vectors) -> None: ...

    def keys(self) -> Sequence[str]:
        """What is in it."""

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """(key, cosine) of up to `k` vectors, nearest first."""

    def close(self) -> None: ...


class Reranker(Protocol):
    """A second look at the best texts."""

    def score(self, query: str, texts: Sequence[str]) -> Vectors:
        """[n] scores, higher is better."""
