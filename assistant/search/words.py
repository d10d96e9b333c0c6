"""The word index: BM25 over characters and pairs of characters, several fields, one sparse matrix.

The arrays are those of bm25s (scores precomputed per term and text, column by column), but built in one vectorised pass, kept as
plain `.npy` files that are mapped rather than read, and asked with weights per term, which query expansion needs.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.search.grams import Codes, codes, fold

K1 = 1.2
B = 0.75
_FILES = ("terms", "starts", "texts", "scores")

Floats = NDArray[np.float32]


class Words:
    """BM25 scores of `count` texts."""

    def __init__(
        self, count: int, terms: Codes, starts: NDArray[np.int64], texts: NDArray[np.int32], scores: Floats
    ) -> None:
        self.count = count
        self._terms = terms  # [v] sorted codes
        self._starts = starts  # [v + 1]
        self._texts = texts  # [nnz]
        self._scores = scores  # [nnz]

    @classmethod
    def build(cls, fields: Sequence[tuple[float, Sequence[str]]], k1: float = K1, b: float = B) -> "Words":
        """An index of texts made of weighted fields (BM25F): [(weight, one string a text), …], all of one length."""
        count = len(fields[0][1])
        pieces, weights = [], []
        for weight, texts in fields:
            term, owner = codes([fold(text) for text in texts])
            pieces.append((term, owner))
            weights.append(np.full(len(term), weight, dtype=np.float32))
        term = np.concatenate([p[0] for p in pieces])
        owner = np.concatenate([p[1] for p in pieces])
        weight_of = np.concatenate(weights)
        length = np.bincount(owner, weights=weight_of, minlength=count)
        vocabulary, ids = np.unique(term, return_inverse=True)
        keys = ids.astype(np.int64) * count + owner
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        heads = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, dtype=np.int64)
        frequency = np.add.reduceat(weight_of[order], heads) if len(keys) else np.zeros(0, dtype=np.float32)
        column, row = np.divmod(keys[heads], max(count, 1))
        seen = np.bincount(column, minlength=len(vocabulary))
        idf = np.log(1 + (count - seen + 0.5) / (seen + 0.5))
        mean = length.mean() if count else 1.0
        norm = k1 * (1 - b + b * length / max(mean, 1e-9))
        scores = idf[column] * frequency / (frequency + norm[row])
        starts = np.r_[0, np.cumsum(seen)].astype(np.int64)
        return cls(count, vocabulary, starts, row.astype(np.int32), scores.astype(np.float32))

    def score(self, query: str) -> Floats:
        """BM25 score [count] of every text for a query; a term that stands twice counts twice."""
        term, _ = codes([fold(query)])
        found, times = np.unique(term, return_counts=True)
        return self.score_terms(found, times.astype(np.float32))

    def score_terms(self, terms: Codes, weights: Floats) -> Floats:
        """Sum of weighted BM25 scores [count] of distinct `terms`."""
        out = np.zeros(self.count, dtype=np.float32)
        if not len(self._terms):
            return out
        at = np.minimum(np.searchsorted(self._terms, terms), len(self._terms) - 1)
        for place, weight in zip(at[self._terms[at] == terms], weights[self._terms[at] == terms], strict=True):
            lo, hi = self._starts[place], self._starts[place + 1]
            out[self._texts[lo:hi]] += weight * self._scores[lo:hi]  # a text stands once in a column
        return out

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            np.save(folder / f"{name}.npy", getattr(self, f"_{name}"))
        (folder / "words.json").write_text(json.dumps({"count": self.count}))

    @classmethod
    def load(cls, folder: Path) -> "Words":
        """An index saved before, mapped into memory. OSError or ValueError when it is not whole."""
        count = json.loads((folder / "words.json").read_text())["count"]
        return cls(count, *(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES))
