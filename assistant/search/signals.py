"""What speaks for an article: the signals that the ranking weighs, each on the scale of the whole corpus."""

import os
import re
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.search.coverage import coverage, weighed_words
from assistant.search.fields import STATIC
from assistant.search.grams import PAIR, codes, fold
from assistant.search.index import Index
from assistant.search.lexicon import Lexicon
from assistant.search.ports import Segmenter
from assistant.search.vectors import dots

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

SIGNALS = (
    "words",  # BM25 of law, headings, text and what is punished; a word that is repeated counts by its root
    "pairs",  # the same, each word once, pairs of characters before single ones: long descriptions
    "unit",  # the best sentence or item of the article
    "law_name",  # the name of the law
    "written",  # the statutory words for what the question says in everyday words
    "meaning",  # cosine of the vectors
    "law_words",  # the best `words` within the law
    "law_meaning",  # cosine with the law as a whole
    "punished_by",  # the best match among the articles that name this one
    "coverage",  # the share of the question's words, cut as words, that the article has
    "unit_coverage",  # the same of its best sentence
    *STATIC,
)
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_LIKELY = 100  # candidates from each side
_FEWER = 60


class Signals(NamedTuple):
    """Candidates (`rows`, places of articles) with their signals [c, len(SIGNALS)]; `words` [n] orders the rest."""

    rows: Rows
    values: Floats
    words: Floats


class Signaller:
    """Computes signals over one index."""

    def __init__(self, index: Index, lexicon: Lexicon, segmenter: Segmenter | None) -> None:
        """Without a segmenter the signals of whole words are 0."""
        self._index = index
        self._lexicon = lexicon
        self._segmenter = segmenter
        self._aside = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed")
        fields = index.fields
        self._laws = int(fields.law_of.max()) + 1 if len(fields.law_of) else 0
        order = np.argsort(fields.cited, kind="stable")
        self._cited = fields.cited[order]
        self._citing = fields.citing[order]

    def meets(self, question: str) -> bool:
        """Whether the question shares a term with any text: a character, or all pairs of a Latin word or figure.

        The vectors have a nearest article for anything, a row of marks included; that is no answer.
        """
        words = self._index.fields.words
        for run in _RUN.findall(fold(question)):
            terms, _ = codes([run])
            known = words.knows(terms)
            if known.all() if run.isascii() else known.any():
                return True
        return False

    def read(self, question: str, allowed: NDArray[np.bool_], least: int) -> Signals:
        """Signals of the likely articles among those `allowed` [n]; at least `least` of them where so many are."""
        index, fields = self._index, self._index.fields
        terms, times = _terms(question)
        written_words = self._lexicon.written(question)
        embedding: Future[Floats] | None = None
        if index.meanings is not None and index.meanings.matrix.known.any():
            asked = f"{question}（{'，'.join(written_words[:6])}）" if written_words else question
            # The longest part of a search, and it lets go of the interpreter: the words are weighed meanwhile.
            embedding = self._aside.submit(index.meanings.embedder.query, asked)
        pair = terms >= PAIR
        words = standard(fields.words.score_terms(terms, np.sqrt(times)))
        pairs = standard(fields.words.score_terms(terms, np.where(pair, 1.0, 0.3).astype(np.float32)))
        unit_scores = fields.units.score_terms(terms, np.sqrt(times))
        unit = standard(np.maximum.reduceat(unit_scores, fields.first_unit) if len(unit_scores) else unit_scores)
        law_name = standard(fields.titles.score_terms(terms, np.sqrt(times)))
        written = np.zeros_like(words)
        if written_words:
            more, _ = _terms("，".join(written_words))
            more = more[~np.isin(more, terms)]
            written = standard(fields.words.score_terms(more, np.where(more >= PAIR, 1.0, 0.3).astype(np.float32)))
        hidden = np.where(allowed, np.float32(0), np.float32(-1e9))
        depth = max(_LIKELY, least)
        sides = [best(words + hidden, depth), best(pairs + hidden, depth), best(unit + hidden, _FEWER)]
        sides.append(best(words + 0.3 * written + hidden, _FEWER))
        sides.append(best(pairs + 1.5 * (fields.static[:, 0] + fields.static[:, 4]) + hidden, _FEWER))
        vector = embedding.result() if embedding is not None else None
        if vector is not None and index.meanings is not None:
            sides.append(index.meanings.nearest_articles(vector, 2 * depth)[: 2 * depth])
        rows = np.unique(np.concatenate(sides))
        rows = rows[allowed[rows]]

        # The articles that name a candidate are looked at too, but only for what they lend it.
        first = np.searchsorted(self._cited, rows)
        last = np.searchsorted(self._cited, rows, side="right")
        lenders = np.concatenate([self._citing[a:b] for a, b in zip(first, last, strict=True)] or [rows[:0]])
        around, back = np.unique(np.concatenate([rows, lenders]), return_inverse=True)
        meaning_around = self._meaning(vector, around)
        match = 0.5 * words[around] + 0.5 * meaning_around + 0.1 * written[around]
        lent = match[back[len(rows) :]]
        punished_by = np.full(len(rows), -1.0, dtype=np.float32)
        np.maximum.at(punished_by, np.repeat(np.arange(len(rows)), last - first), lent)

        law_best = np.full(self._laws, -9.0, dtype=np.float32)
        np.maximum.at(law_best, fields.law_of, words + hidden)
        law = fields.law_of[rows]
        values = np.column_stack(
            [
                words[rows],
                pairs[rows],
                unit[rows],
                law_name[law],
                written[rows],
                meaning_around[back[: len(rows)]],
                law_best[law],
                self._law_meaning(vector)[law],
                punished_by,
                self._coverage(question, rows),
                fields.static[rows],
            ]
        ).astype(np.float32)
        return Signals(rows, values, words)

    def _coverage(self, question: str, rows: Rows) -> Floats:
        """[c, 2] `coverage` and `unit_coverage`."""
        if self._segmenter is None:
            return np.zeros((len(rows), 2), dtype=np.float32)
        words = weighed_words(question, self._segmenter, self._index.fields.words)
        return coverage(words, [self._index.articles[row] for row in rows])

    def _meaning(self, vector: Floats | None, rows: Rows) -> Floats:
        """Cosines on the scale of the corpus; an article without a vector yet gets the middle of the others."""
        meanings = self._index.meanings
        if vector is None or meanings is None:
            return np.zeros(len(rows), dtype=np.float32)
        places = meanings.place[rows]
        known = meanings.matrix.known[places]
        if not known.any():
            return np.zeros(len(rows), dtype=np.float32)
        mean, spread = meanings.scale(vector)
        out = (meanings.matrix.cosines(vector, places) - mean) / spread
        out[~known] = np.median(out[known])
        return out

    def _law_meaning(self, vector: Floats | None) -> Floats:
        meanings = self._index.meanings
        if vector is None or meanings is None:
            return np.zeros(self._laws, dtype=np.float32)
        return standard(dots(meanings.law_vectors(self._index.fields.law_of, self._laws), vector))


def standard(scores: Floats) -> Floats:
    """To mean 0 and spread 1; scores that are all the same become 0."""
    spread = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread else np.zeros_like(scores)


def best(scores: Floats, count: int) -> Rows:
    """Places of the `count` highest, in no order."""
    if count >= len(scores):
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]


def _terms(text: str) -> tuple[NDArray[np.int64], Floats]:
    terms, _ = codes([fold(text)])
    found, times = np.unique(terms, return_counts=True)
    return found, times.astype(np.float32)
