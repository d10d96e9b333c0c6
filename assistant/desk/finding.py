"""The desk's door for searching: law, and beside it lists, benchmarks and decisions."""

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Protocol

from assistant.desk.evidence import Finder
from assistant.precedents import Precedents
from assistant.schema import Kind, Passage
from assistant.search import SearchState


class Searching(Finder, Protocol):
    """The search as the desk holds it."""

    @property
    def state(self) -> SearchState: ...

    def close(self) -> None: ...


class Finding:
    """What a desk finds; the desk holds the search, the precedents and the clock."""

    precedents: Precedents
    _search: Searching
    _clock: Callable[[], dt.date]

    def search(
        self,
        query: str,
        *,
        kinds: Sequence[Kind] = ("law",),
        as_of: dt.date | None = None,
        top_k: int = 10,
        include_not_in_force: bool = False,
    ) -> tuple[Passage, ...]:
        """Passages that bear on a query, best first; what is not law in turn with law: scores do not compare.

        `include_not_in_force` is about law: lists and decisions are no law, and are shown with their status.
        """
        day = as_of or self._clock()
        texts = [kind for kind in kinds if kind in ("law", "decision")]  # imported cases are texts of the library
        law = (
            self._search.find(query, kinds=texts, as_of=day, top_k=top_k, include_not_in_force=include_not_in_force)
            if texts
            else ()
        )
        others = [kind for kind in kinds if kind != "law"]
        if not others:
            return law
        found = self.precedents.find(query, kinds=others, as_of=day, top_k=top_k)
        turns = [hit for pair in zip_longest(law, found) for hit in pair if hit is not None]
        return tuple(hit.model_copy(update={"rank": rank}) for rank, hit in enumerate(turns[:top_k], 1))
