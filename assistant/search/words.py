"""The word index: BM25 over characters and pairs of characters, several fields, one sparse matrix.

The arrays are those of bm25s (scores precomputed per term and text, column by column), but built in one vectorised
pass, kept as plain `.npy` files that are mapped rather than read, and asked with a weight for each term.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.search.grams import Codes, codes, fold

K1 = 1.2
B = 0.75
_SHARD = 2048
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
        length = np.zeros(count)
        parts: list[tuple[Codes, NDArray[np.int32], Floats]] = []  # by term, then by text
        for first in range(0, count, _SHARD):  # in shards, so that building takes little more memory than the index
            last = min(first + _SHARD, count)
            found = [codes([fold(text) for text in texts[first:last]]) for _, texts in fields]
            key = np.concatenate([term * _SHARD + owner for term, owner in found])
            weight = np.concatenate([np.full(len(f[0]), w) for f, (w, _) in zip(found, fields, strict=True)])
            pairs, back = np.unique(key, return_inverse=True)
            frequency = np.bincount(back, weights=weight, minlength=len(pairs)).astype(np.float32)
            term, owner = np.divmod(pairs, _SHARD)
            length[first:last] = np.bincount(owner, weights=frequency, minlength=last - first)
            parts.append((term, (owner + first).astype(np.int32), frequency))
        vocabulary = np.unique(np.concatenate([np.unique(p[0]) for p in parts])) if parts else np.zeros(0, np.int64)
        seen = np.zeros(len(vocabulary), dtype=np.int64)
        for term, _, _ in parts:
            seen += np.bincount(np.searchsorted(vocabulary, term), minlength=len(vocabulary))
        starts = np.r_[0, np.cumsum(seen)].astype(np.int64)
        idf = np.log(1 + (count - seen + 0.5) / (seen + 0.5)).astype(np.float32)
        norm = (k1 * (1 - b + b * length / max(length.mean(), 1e-9) if count else length)).astype(np.float32)
        texts_of, scores = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1], dtype=np.float32)
        free = starts[:-1].copy()
        parts.reverse()
        while parts:  # shard after shard, so texts stay in order within a column
            term, text, frequency = parts.pop()
            column = np.searchsorted(vocabulary, term)
            here = np.bincount(column, minlength=len(vocabulary))
            at = np.arange(len(term)) + (free - np.cumsum(here) + here)[column]
            texts_of[at] = text
            scores[at] = idf[column] * frequency / (frequency + norm[text])
            free += here
        return cls(count, vocabulary, starts, texts_of, scores)

    def score(self, query: str) -> Floats:
        """BM25 score [count] of every text for a query; a term that stands twice counts twice."""
        term, _ = codes([fold(query)])
        found, times = np.unique(term, return_counts=True)
        return self.score_terms(found, times.astype(np.float32))

    def score_terms(self, terms: Codes, weights: Floats) -> Floats:
        """Sum of weighted BM25 scores [count] of distinct `terms`."""
        out = np.zeros(self.count, dtype=np.float32)
        known = self.knows(terms)
        for place, weight in zip(np.searchsorted(self._terms, terms[known]), weights[known], strict=True):
            lo, hi = self._starts[place], self._starts[place + 1]
            out[self._texts[lo:hi]] += weight * self._scores[lo:hi]  # a text stands once in a column
        return out

    def knows(self, terms: Codes) -> NDArray[np.bool_]:
        """Which of `terms` [n] stand in any text."""
        if not len(self._terms):
            return np.zeros(len(terms), dtype=bool)
        at = np.minimum(np.searchsorted(self._terms, terms), len(self._terms) - 1)
        return np.asarray(self._terms[at] == terms)

    def rarity(self, terms: Codes) -> Floats:
        """Inverse document frequency [n] of terms that stand in some text."""
        at = np.searchsorted(self._terms, terms)
        seen = self._starts[at + 1] - self._starts[at]
        rarity: Floats = np.log(1 + (self.count - seen + 0.5) / (seen + 0.5)).astype(np.float32)
        return rarity

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            np.save(folder / f"{name}.npy", getattr(self, f"_{name}"))
        (folder / "words.json").write_text(json.dumps({"count": self.count}))

    @classmethod
    def load(cls, folder: Path) -> "Words":
        """An index saved before, mapped into memory. OSError or ValueError when it is not whole."""
        count = json.loads((folder / "words.json").read_text())["count"]
        # Plain arrays over the mapped files: those of numpy's own kind are slow to slice.
        return cls(count, *(np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _FILES))
