"""What of an article is searched: its law's name, its headings, its text, and what it punishes.

A penalty article often says no more than “违反本法第三十二条规定的”: the act it punishes is described elsewhere. It
inherits the text of the articles it names, so that a description of the act finds it.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.law.library import short_title
from assistant.law.references import named_articles
from assistant.schema import Article
from assistant.search.words import Words

_SANCTION = re.compile(r"罚款|没收|警告|吊销|拘留|暂扣")
_CONDITION = re.compile(r"的，[^。；]{0,120}(?:处|责令|警告|没收|吊销|给予|拘留|扣留|追究|取缔|支付)")
_CHAPTER = re.compile(r"法律责任|罚则|处罚")
_INHERITED = 3000  # characters


def penal(article: Article) -> float:
    """How much an article looks like one that punishes an act: 0 not at all, 1 in every way."""
    return (
        0.3 * bool(_SANCTION.search(article.text))
        + 0.3 * bool(_CONDITION.search(article.text))
        + 0.4 * bool(_CHAPTER.search(" ".join(article.path)))
    )


def punished(articles: Sequence[Article]) -> list[list[int]]:
    """For each article, the places of the articles of its own text whose breach it punishes."""
    at = {(a.version_id, a.number): i for i, a in enumerate(articles) if a.number}
    out: list[list[int]] = []
    for i, article in enumerate(articles):
        named = named_articles(article.text) if "本法第" in article.text or "第" in article.text else []
        places = [at.get((article.version_id, number)) for title, number in named if title is None]
        out.append(sorted({p for p in places if p is not None and p != i}) if penal(article) >= 0.3 else [])
    return out


def build_words(articles: Sequence[Article]) -> Words:
    """The word index of articles."""
    names = [short_title(a.law) for a in articles]
    headings = [" ".join(a.path) for a in articles]
    texts = [a.text for a in articles]
    return Words.build([(1.0, names), (0.5, headings), (1.0, texts)])


def penal_all(articles: Sequence[Article]) -> NDArray[np.float32]:
    return np.array([penal(a) for a in articles], dtype=np.float32)
