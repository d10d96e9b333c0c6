"""Search over list items, benchmarks and decisions: by what happened, and by provision."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

import numpy as np

from assistant.law.citations import check
from assistant.law.library import Library, short_title
from assistant.precedents.held import Held, shown
from assistant.schema import CheckedCitation, Citation, Kind, Passage
from assistant.search import Ranked, Shelf

KINDS: tuple[Kind, ...] = ("list", "discretion", "decision")
_LONGEST = 4000
_NEAR_BEST = 0.3
_SAID, _SURE = 0.1, 6.0
"""A hit says at least so much of the question, or scores so high; and comes within so much of the best."""
_ONLY_CITED = re.compile(
    r"(?:关于|有关|涉及|引用|适用|依据|根据|对应|规定|复议|行政|典型|类似|相关|案例|案件|决定|清单|事项|免罚|处罚|裁量|基准"
    r"|有|哪些|什么|哪个|没有|的|过|了|吗|请|查|找|和|与|及|、|，|。|,|？|\?|\s)*"
)
"""What a question by provision may say besides: then only what rests on the provision is an answer."""


class Catalogue:
    """Everything held that is not law, found by words, meaning and provision."""

    def __init__(self, held: Sequence[Held], shelf: Shelf, library: Library) -> None:
        """`shelf` holds the leaves of `held` in their order."""
        self.held = tuple(held)
        self._shelf = shelf
        self._library = library

    def find(self, query: str, *, kinds: Iterable[Kind], as_of: dt.date, top_k: int = 10) -> tuple[Passage, ...]:
        """Up to `top_k` hits, best first: what rests on a provision that the query names, then what it describes.

        None of this is law, so none is left out for its status: a lapsed list and a draft are found, and labelled.
        """
        wanted = {kind for kind in kinds if kind in KINDS}
        query = query[:_LONGEST]
        if not wanted or top_k < 1 or not query.strip():
            return ()
        cited = [one for one in check(query, self._library, as_of) if one.law]
        found = self._resting_on(cited, wanted)
        rest = query
        for one in cited:
            rest = rest.replace(one.text, " ")
        if not (cited and _ONLY_CITED.fullmatch(rest)):
            seen = {place for place, _ in found}
            found += [(r.place, r.score) for r in self.described(query, wanted) if r.place not in seen]
        return tuple(
            self.held[place].passage(rank, score, shown(self.held[place], self._library, as_of))
            for rank, (place, score) in enumerate(found[:top_k], 1)
        )

    def described(self, query: str, wanted: Iterable[Kind]) -> list[Ranked]:
        """What the query describes, without what only happens to be the least far."""
        kinds = set(wanted)
        allowed = np.array([held.kind in kinds for held in self.held])
        ranked = self._shelf.rank(query, allowed)
        if not ranked:
            return []
        best = ranked[0].score
        return [r for r in ranked if r.score >= _NEAR_BEST * best and (r.share >= _SAID or r.score >= _SURE)]

    def _resting_on(self, cited: Sequence[CheckedCitation], wanted: set[Kind]) -> list[tuple[int, float]]:
        """(place, score) of what rests on a cited provision: on the very part, the article, the law."""
        rated: list[tuple[float, int]] = []
        for place, held in enumerate(self.held):
            if held.kind in wanted and (worth := max((nearness(one, held) for one in cited), default=0.0)) > 0:
                rated.append((worth, place))
        best = max((worth for worth, _ in rated), default=0.0)
        # Where something rests on the very article, what shares no more than the law says nothing.
        floor = ARTICLE - RELATED if best >= ARTICLE - RELATED else 0.0
        return [(place, worth) for worth, place in sorted(rated, key=lambda p: (-p[0], p[1])) if worth >= floor]


LAW, ARTICLE, PART = 1.0, 2.0, 3.0
RELATED = 0.25
"""How nearly a text rests on a provision: on its law, its article, its part; a little less when only connected."""


def nearness(asked: CheckedCitation | Citation, held: Held) -> float:
    """From 0 (nothing) over `LAW` and `ARTICLE` to `PART`."""
    return max(
        0.0,
        *(rests(asked, one) for one in held.cites),
        *(rests(asked, one) - RELATED for one in held.relates),
        *(rests_as_written(asked, text) for text in held.outside),
        0.0,
    )


def rests(asked: CheckedCitation | Citation, one: Citation) -> float:
    """How near one provision is to another."""
    if not asked.law or short_title(one.law) != short_title(asked.law):
        return 0.0
    if asked.article is None or one.article != asked.article:
        return LAW
    if asked.paragraph is None and asked.item is None:
        return (ARTICLE + PART) / 2
    same = asked.paragraph in (None, one.paragraph) and asked.item in (None, one.item)
    return PART if same else ARTICLE


def rests_as_written(asked: CheckedCitation | Citation, text: str) -> float:
    """The same for a basis that the corpus does not hold, as it is written."""
    if not asked.law or short_title(asked.law) not in text:
        return 0.0
    return ARTICLE if asked.article and asked.article in text else LAW
