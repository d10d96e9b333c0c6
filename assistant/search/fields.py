"""What of an article is searched, and what is known of it before any question: made once for a library, then mapped.

A penalty article often says no more than “违反本法第三十二条规定的”: the act it punishes is described elsewhere. It
inherits the text of the articles it names, so that a description of the act finds it; and an article that is punished
is found with the one that punishes it.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.law.library import Library, short_title
from assistant.law.references import named_articles
from assistant.schema import Article
from assistant.search.words import Words

_CONDITION = re.compile(r"的，[^。；]{0,120}(?:处|责令|警告|没收|吊销|给予|拘留|扣留|追究|取缔|支付)")
_SANCTION = re.compile(r"罚款|没收|警告|吊销|拘留|暂扣")
_ORDER = re.compile(r"责令|处分|取缔|通报批评|追究|扣留|扣押|赔偿金|二倍|予以处罚|行政处罚")
_CRIME = re.compile(r"处[^。]{0,20}(?:有期徒刑|拘役|管制|无期徒刑|死刑)")
_LIABILITY = re.compile(r"法律责任|罚则|处罚")
_ITEM = re.compile(r"（[一二三四五六七八九十]+）")
_INHERITED = 3000  # characters
_HEAD = 120
_AMENDING = ("修正案", "修改决定")

STATIC = ("condition", "sanction", "order", "crime", "liability", "length", "amendment", "decision")
"""What is known of an article before any question; the columns of `Fields.static`."""


class Fields:
    """Word indexes of a library's articles, and what is known of each article.

    `words` has a text an article (law, headings, text, what it punishes), `units` one a sentence or item, article i's
    from `first_unit[i]`, `titles` one a law. `law_of` [n] numbers the laws; `static` [n, len(STATIC)];
    `cited`/`citing` [m] are pairs of articles of one law, the second naming the first.
    """

    _ARRAYS = ("first_unit", "law_of", "static", "cited", "citing")
    _INDEXES = ("words", "units", "titles")

    def __init__(self, words: Words, units: Words, titles: Words, arrays: dict[str, NDArray[np.generic]]) -> None:
        self.words = words
        self.units = units
        self.titles = titles
        self.first_unit: NDArray[np.int64] = arrays["first_unit"].astype(np.int64)
        self.law_of: NDArray[np.int64] = arrays["law_of"].astype(np.int64)
        self.static: NDArray[np.float32] = arrays["static"].astype(np.float32)
        self.cited: NDArray[np.int64] = arrays["cited"].astype(np.int64)
        self.citing: NDArray[np.int64] = arrays["citing"].astype(np.int64)

    @classmethod
    def build(cls, library: Library, articles: Sequence[Article]) -> "Fields":
        """Takes a few seconds for 26,000 articles."""
        names = [short_title(a.law) for a in articles]
        versions, law_of = np.unique([a.version_id for a in articles], return_inverse=True)
        static = np.array([_known(a, library) for a in articles], dtype=np.float32).reshape(-1, len(STATIC))
        cited, citing = _citations(articles)
        inherited = [""] * len(articles)
        punishes = (static[:, 0] > 0) & (static[:, [1, 2, 4]].max(axis=1, initial=0) > 0)
        for to, at in zip(cited, citing, strict=True):
            if punishes[at] and len(inherited[at]) < _INHERITED:
                inherited[at] += articles[to].text
        units, owner = _units(articles)
        return cls(
            Words.build(
                [
                    (1.0, names),
                    (0.5, [" ".join(a.path) for a in articles]),
                    (1.0, [a.text for a in articles]),
                    (0.3, inherited),
                ],
                b=0.4,
            ),
            Words.build([(0.5, [names[i] for i in owner]), (1.0, units)]),
            Words.build([(1.0, [short_title(library.version(v).title) for v in versions])], b=0.3),
            {
                "first_unit": np.searchsorted(np.array(owner, dtype=np.int64), np.arange(len(articles))),
                "law_of": law_of,
                "static": static,
                "cited": np.array(cited, dtype=np.int64),
                "citing": np.array(citing, dtype=np.int64),
            },
        )

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        for name in self._INDEXES:
            getattr(self, name).save(folder / name)
        for name in self._ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "Fields":
        """Fields saved before, the word indexes mapped into memory. OSError or ValueError when they are not whole."""
        arrays = {name: np.load(folder / f"{name}.npy") for name in cls._ARRAYS}
        words, units, titles = (Words.load(folder / name) for name in cls._INDEXES)
        return cls(words, units, titles, arrays)


def _known(article: Article, library: Library) -> tuple[float, ...]:
    """One row of `Fields.static`."""
    return (
        bool(_CONDITION.search(article.text)),
        bool(_SANCTION.search(article.text)),
        bool(_ORDER.search(article.text)),
        bool(_CRIME.search(article.text)),
        bool(_LIABILITY.search(" ".join(article.path))),
        float(np.log1p(len(article.text))),
        library.version(article.version_id).kind in _AMENDING,
        article.law.startswith("全国人民代表大会"),
    )


def _citations(articles: Sequence[Article]) -> tuple[list[int], list[int]]:
    """Pairs (cited, citing) of articles of one text."""
    at = {(a.version_id, a.number): i for i, a in enumerate(articles) if a.number}
    cited, citing = [], []
    for i, article in enumerate(articles):
        if "本" not in article.text or "条" not in article.text:
            continue
        places = (
            at.get((article.version_id, number)) for title, number in named_articles(article.text) if title is None
        )
        for place in sorted({p for p in places if p is not None and p != i}):
            cited.append(place)
            citing.append(i)
    return cited, citing


def _units(articles: Sequence[Article]) -> tuple[list[str], list[int]]:
    """The sentences and items of articles, an item with the words that lead to it, and whose they are."""
    units: list[str] = []
    owner: list[int] = []
    for i, article in enumerate(articles):
        head = ""
        for line in article.text.split("\n"):
            item = _ITEM.match(line) is not None
            units.append(head[:_HEAD] + line if item else line)
            owner.append(i)
            if not item:
                head = line if line.endswith(("：", ":")) else ""
    return units, owner
