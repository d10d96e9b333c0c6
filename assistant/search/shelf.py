"""Search over a small set of texts held in memory: list items, benchmarks, decisions. The same words, vectors and
fusion as the search over the law, without an index on disk: a few hundred texts are indexed in milliseconds.

What sets these texts apart is that each has names (the matter of an item and what people call it), and that a question
is mostly a name said otherwise. A name that is said counts for more than the same words in the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.search.grams import PAIR, codes, fold
from assistant.search.lexicon import Lexicon
from assistant.search.meanings import Meanings
from assistant.search.ports import Embedder, Segmenter
from assistant.search.signals import standard
from assistant.search.vectors import key_of
from assistant.search.words import Words

_NAMES, _TEXT = 1.0, 0.5
_WEIGHTS = {"words": 0.5, "names": 0.6, "written": 0.2, "meaning": 0.7, "share": 0.5}
_REMEMBERED = 512  # vectors of questions
_MOST = 200  # words of a question that are looked at


@dataclass(frozen=True)
class Leaf:
    """One text: what it is called (its own name first, then what people say), and the rest of it."""

    names: tuple[str, ...]
    text: str

    @property
    def embedded(self) -> str:
        """What is embedded: shipped vectors are keyed by the digest of exactly this."""
        return "\n".join((*self.names, self.text))[:600]


@dataclass(frozen=True)
class Ranked:
    """A text found: its place, its score, and the share of the question's words that it says, from 0 to 1."""

    place: int
    score: float
    share: float


@dataclass(frozen=True)
class ShelfSignals:
    """What speaks for the texts of a shelf [n]: words (names count for more), the share of the question's words that
    each says, and which share a word with it at all."""

    words: NDArray[np.float32]
    share: NDArray[np.float32]
    met: NDArray[np.bool_]


class Shelf:
    """Orders the texts of a small set. Safe to call from several threads."""

    def __init__(
        self,
        leaves: Sequence[Leaf],
        *,
        lexicon: Lexicon | None = None,
        segmenter: Segmenter | None = None,
        embedder: Embedder | None = None,
        kept: Path | None = None,
        shipped: Path | None = None,
    ) -> None:
        """`kept` is the folder for vectors made here (none: they are made anew each time), `shipped` for those made
        beforehand. Vectors that are not at hand follow in the background; until then words alone order."""
        self._leaves = tuple(leaves)
        self._lexicon = lexicon or Lexicon()
        self._segmenter = segmenter
        names = [name for leaf in leaves for name in leaf.names]
        owner = np.array([at for at, leaf in enumerate(leaves) for _ in leaf.names], dtype=np.int64)
        self._whole = Words.build([(_NAMES, [" ".join(x.names) for x in leaves]), (_TEXT, [x.text for x in leaves])])
        self._names = Words.build([(1.0, names)], b=0.6)
        self._first = np.searchsorted(owner, np.arange(len(leaves)))
        self._folded = [fold(" ".join((*leaf.names, leaf.text))) for leaf in leaves]
        self.meanings: Meanings | None = None
        if embedder is not None and leaves:
            keys = [key_of(leaf.embedded) for leaf in leaves]
            folder = kept if kept is not None else Path("nowhere")
            self.meanings = Meanings(lambda at: self._leaves[at].embedded, keys, embedder, folder, shipped)
            self.meanings.start(None, keep=kept is not None)
            # One case is asked about from several sides, and a form again after each correction.
            self._vector = lru_cache(maxsize=_REMEMBERED)(embedder.query)

    def __len__(self) -> int:
        return len(self._leaves)

    def rank(self, question: str, allowed: NDArray[np.bool_] | None = None) -> list[Ranked]:
        """The texts among those `allowed` [n] that share a word with the question, best first."""
        if not self._leaves:
            return []
        found = self.signals(question)
        score = found.words + _WEIGHTS["meaning"] * self.meaning(question)
        met = found.met if allowed is None else found.met & allowed
        order = [at for at in np.argsort(-score, kind="stable") if met[at]]
        return [Ranked(int(at), float(score[at]), float(found.share[at])) for at in order]

    def signals(self, question: str) -> ShelfSignals:
        """What the words of a question say for each text; no vector is made."""
        told = fold(question)
        terms, times = np.unique(codes([told])[0], return_counts=True)
        weights = np.sqrt(times).astype(np.float32)
        words = self._whole.score_terms(terms, weights)
        pairs = np.where(terms >= PAIR, weights, np.float32(0.3) * weights).astype(np.float32)
        names = np.maximum.reduceat(self._names.score_terms(terms, pairs), self._first)
        written_words = self._lexicon.written(question)
        written = self._whole.score(fold("，".join(written_words))) if written_words else np.zeros_like(words)
        share = self._share(told)
        return ShelfSignals(
            words=_WEIGHTS["words"] * standard(words)
            + _WEIGHTS["names"] * standard(names)
            + _WEIGHTS["written"] * standard(written)
            + _WEIGHTS["share"] * standard(share),
            share=share,
            met=(words > 0) | (names > 0) | (written > 0),
        )

    @property
    def means(self) -> bool:
        """Whether vectors of all texts are at hand."""
        return self.meanings is not None and bool(self.meanings.matrix.known.all())

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until all vectors are at hand; False when they are not within `timeout` seconds."""
        return self.meanings.wait(timeout) if self.meanings else True

    def close(self) -> None:
        """Stops the work in the background."""
        if self.meanings is not None:
            self.meanings.close()

    def meaning(self, question: str) -> NDArray[np.float32]:
        """How near each text is in meaning, to mean 0 and spread 1; 0 throughout while vectors are missing."""
        meanings = self.meanings
        if meanings is None or not self.means:
            return np.zeros(len(self._leaves), dtype=np.float32)
        return standard(meanings.matrix.cosines(self._vector(question), meanings.place))

    def _share(self, told: str) -> NDArray[np.float32]:
        """The share of the question's words that each text says: a rare word has more, one no text has the most."""
        words = self._segmenter.words(told) if self._segmenter is not None else ()
        kept = [word for word in dict.fromkeys(words) if len(word) > 1][:_MOST]
        out = np.zeros(len(self._leaves), dtype=np.float32)
        total = 0.0
        for word in kept:
            inside = np.array([word in text for text in self._folded])
            weight = float(np.log(1 + (len(out) + 0.5) / (inside.sum() + 0.5)))
            total += weight
            out += weight * inside
        return out / total if total else out
