"""Search over list items, benchmarks and decisions: by what happened, and by provision."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import zip_longest

import numpy as np

from assistant.law.library import Library
from assistant.precedents.alike import Alike, Told
from assistant.precedents.held import Held, shown
from assistant.precedents.resting import resting_on
from assistant.schema import Kind, Passage
from assistant.search import Ranked, Shelf

KINDS: tuple[Kind, ...] = ("list", "discretion", "decision")
_LONGEST = 4000
_NEAR_BEST = 0.3
_SAID, _SURE = 0.1, 6.0
"""A hit says at least so much of the question, or scores so high; and comes within so much of the best."""

_Found = list[tuple[int, float]]


class Catalogue:
    """Everything held that is not law, found by words, meaning and provision."""

    def __init__(self, held: Sequence[Held], shelf: Shelf, alike: Alike, library: Library) -> None:
        """`shelf` holds the leaves of `held` in their order, and `alike` weighs its decisions."""
        self.held = tuple(held)
        self._shelf = shelf
        self._alike = alike
        self._library = library

    def find(self, query: str, *, kinds: Iterable[Kind], as_of: dt.date, top_k: int = 10) -> tuple[Passage, ...]:
        """Up to `top_k` hits, best first: what rests on a provision that the query names, then what it describes.

        None of this is law, so none is left out for its status: a lapsed list and a draft are found, and labelled.
        Of decisions only those that are alike are found: none where the nearest is still far.
        """
        wanted = {kind for kind in kinds if kind in KINDS}
        query = query[:_LONGEST]
        if not wanted or top_k < 1 or not query.strip():
            return ()
        told = self._alike.told(query, as_of)
        found = self._resting(told, wanted) if told.only_cites else self._described(told, wanted)
        return tuple(
            self.held[place].passage(rank, score, shown(self.held[place], self._library, as_of))
            for rank, (place, score) in enumerate(found[:top_k], 1)
        )

    def _described(self, told: Told, wanted: set[Kind]) -> _Found:
        """Items and decisions in turn, since their scores do not compare; those first whose first is nearer."""
        items = self._items(told, wanted - {"decision"})
        if "decision" not in wanted:
            return items
        decisions = [(one.place, one.worth) for one in self._alike.near(told)]
        if not items or not decisions:
            return items or decisions
        first = self._shelf.rank(told.text, np.isin(np.arange(len(self.held)), (items[0][0], decisions[0][0])))
        turns = (decisions, items) if first and first[0].place == decisions[0][0] else (items, decisions)
        return [one for pair in zip_longest(*turns) for one in pair if one is not None]

    def _items(self, told: Told, wanted: set[Kind]) -> _Found:
        if not wanted:
            return []
        found = self._resting(told, wanted)
        seen = {place for place, _ in found}
        return found + [(r.place, r.score) for r in self._told(told.text, wanted) if r.place not in seen]

    def _resting(self, told: Told, wanted: set[Kind]) -> _Found:
        return resting_on(told.cited, self.held, [at for at, held in enumerate(self.held) if held.kind in wanted])

    def _told(self, query: str, kinds: set[Kind]) -> list[Ranked]:
        """What the query describes, without what only happens to be the least far."""
        ranked = self._shelf.rank(query, np.array([held.kind in kinds for held in self.held]))
        if not ranked:
            return []
        best = ranked[0].score
        return [r for r in ranked if r.score >= _NEAR_BEST * best and (r.share >= _SAID or r.score >= _SURE)]
