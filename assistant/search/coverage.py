"""How much of what a question says an article says too, word for word.

BM25 counts characters and pairs, wherever they stand: the pairs of one rare word outweigh many ordinary words. Here
every word of the question counts once, and whole.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.law.library import short_title
from assistant.schema import Article
from assistant.search.grams import PAIR, codes, fold
from assistant.search.ports import Segmenter
from assistant.search.words import Words

_SENTENCE = re.compile("[。；\n]")
_MOST = 200  # words of a question that are looked at: more are a document


def weighed_words(question: str, segmenter: Segmenter, index: Words) -> list[tuple[str, float]]:
    """The distinct words of a question, each with its share of the whole, rare words having more; they sum to 1.

    A word of a single character is none: it stands in words of any meaning. A word is as rare as its rarest pair.
    """
    words = [w for w in dict.fromkeys(segmenter.words(fold(question))) if len(w) > 1][:_MOST]
    found: list[tuple[str, float]] = []
    for word in words:
        terms, _ = codes([word])
        pairs = terms[terms >= PAIR]
        if len(pairs) and index.knows(pairs).all():
            found.append((word, float(index.rarity(pairs).max())))
    total = sum(weight for _, weight in found)
    return [(word, weight / total) for word, weight in found] if total else []


def coverage(words: Sequence[tuple[str, float]], articles: Sequence[Article]) -> NDArray[np.float32]:
    """[n, 2]: the share of `words` in each article with its law's name and headings, and in its best sentence."""
    out = np.zeros((len(articles), 2), dtype=np.float32)
    if not words:
        return out
    for i, article in enumerate(articles):
        text = article.text
        inside = [pair for pair in words if pair[0] in text]
        within = sum(weight for _, weight in inside)
        heading = f"{short_title(article.law)} {' '.join(article.path)}"
        out[i, 0] = within + sum(weight for word, weight in words if word in heading and word not in text)
        out[i, 1] = within
        if len(inside) > 1:
            out[i, 1] = max(sum(x for word, x in inside if word in part) for part in _SENTENCE.split(text))
    return out
