"""From a question to articles in order: words and vectors on one scale, the law as a whole, the kind of question."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.search.fields import penal_all
from assistant.search.index import Index
from assistant.search.mode import punishing

Floats = NDArray[np.float32]
_LAW_SHARE = 0.3
_NEAREST = 1000


class Ranking:
    """Orders the articles of one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._law_of = np.unique([a.version_id for a in index.articles], return_inverse=True)[1]
        self._penal = penal_all(index.articles)

    def rank(self, query: str, limit: int = 0) -> Sequence[tuple[int, float]]:
        """(place, score) of articles, best first; all of them when `limit` is 0."""
        index = self.index
        score = 0.55 * standard(index.words.score(query))
        meanings = index.meanings
        if meanings is not None:
            vector = meanings.embedder.query(query)
            cosines = meanings.matrix.cosines(vector, np.arange(len(meanings.matrix.keys)))
            known = meanings.matrix.known
            if known.any():
                spread = float(cosines[known].std()) or 1.0
                z = np.where(known, (cosines - cosines[known].mean()) / spread, np.nan)[meanings.place]
                # An article without a vector yet is judged by its words alone.
                score = np.where(np.isnan(z), score / 0.55, score + 0.45 * z)
        best = np.full(self._law_of.max() + 1, -np.inf)
        np.maximum.at(best, self._law_of, score)
        score = score + _LAW_SHARE * best[self._law_of] + 2.5 * punishing(query) * self._penal
        order = np.argsort(-score, kind="stable")
        return [(int(place), float(score[place])) for place in (order[:limit] if limit else order)]


def standard(scores: Floats) -> Floats:
    """To mean 0 and spread 1; all zeros stay so."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread else scores - scores
