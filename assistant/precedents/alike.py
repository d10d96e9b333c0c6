"""How alike a told case and each decision are: elements in common, words, meaning, provisions, weighed together.

The worth orders decisions and says whether one is alike at all; it is no probability and is never shown. The weights
were fitted on the suite `decisions` (logistic, half of the cases without their elements, since nobody lists every
way of saying a thing) and rounded.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.law.citations import check
from assistant.law.library import Library
from assistant.precedents.elements import Element, Elements
from assistant.precedents.held import Held
from assistant.precedents.resting import ARTICLE, RELATED, nearness, only_cites, resting_on
from assistant.schema import CheckedCitation, Citation, Decision
from assistant.search import Shelf, ShelfSignals

ALIKE = -0.3
"""From this worth on a decision is alike; below it, it is only the least far."""
_KINDS = {"行为": 1.0, "争点": 1.0, "程序": 0.8, "处理": 0.5}
_MOST = 2.0  # of elements in common


@dataclass(frozen=True)
class _Weights:
    common: float
    covered: float
    theirs: float
    conflict: float
    extra: float
    words: float
    share: float
    meaning: float
    gap: float
    provision: float = 1.65
    none: float = -4.7


_WORDS = _Weights(0.85, 2.0, 0.8, -2.2, -1.0, 0.5, 1.0, 0.0, 0.0)
_BOTH = _Weights(0.75, 1.9, 0.7, -2.2, -1.0, 0.44, 1.05, 0.3, 0.11)


@dataclass(frozen=True)
class Told:
    """What a case says: its words, its elements, the provisions it names or rests on.

    `only_cites`: it asks for what rests on a provision, and says nothing else.
    """

    text: str
    elements: frozenset[Element]
    cited: tuple[CheckedCitation | Citation, ...]
    only_cites: bool


@dataclass(frozen=True)
class Near:
    """A decision alike, its place among all that is held, and how near it is (no share, no probability)."""

    held: Held
    place: int
    worth: float


class Alike:
    """Weighs all decisions held against a told case."""

    def __init__(self, held: Sequence[Held], shelf: Shelf, elements: Elements, library: Library) -> None:
        """`shelf` holds the leaves of `held` in their order."""
        self._held = tuple(held)
        self._shelf = shelf
        self._elements = elements
        self._library = library
        self._places = [at for at, one in enumerate(held) if one.decision is not None]
        self._others = [at for at, one in enumerate(held) if one.decision is None]
        self._of = {at: _of(held[at].decision, elements) for at in self._places}
        self._owners = Counter(element for of in self._of.values() for element in of)

    def told(self, text: str, as_of: dt.date, basis: Sequence[Citation] = ()) -> Told:
        """A case as it is weighed. `basis` are provisions given beside the words."""
        named = [one for one in check(text, self._library, as_of) if one.law]
        alone = only_cites(text, named) or not text.strip()
        return Told(text, self._elements.read(text), (*basis, *named), alone)

    def elements_of(self, near: Near) -> frozenset[Element]:
        """The elements of a decision."""
        return self._of[near.place]

    def near(self, told: Told) -> list[Near]:
        """The decisions alike, nearest first; none where none is."""
        if told.only_cites:
            resting = resting_on(told.cited, self._held, self._places)
            return [Near(self._held[at], at, worth) for at, worth in resting]
        if not self._places:
            return []
        signals = self._shelf.signals(told.text)
        worth = self._worth(told, signals, self._shelf.meaning(told.text) if self._shelf.means else None)
        found = [
            Near(self._held[at], at, one)
            for at, one in zip(self._places, worth, strict=True)
            if one >= ALIKE or self._rests(told, at) >= ARTICLE - RELATED
        ]
        return sorted(found, key=lambda one: (-one.worth, one.held.id))

    def _worth(self, told: Told, signals: ShelfSignals, meaning: NDArray[np.float32] | None) -> list[float]:
        weights = _WORDS if meaning is None else _BOTH
        nearest = float(meaning[self._others].max()) if meaning is not None and self._others else None
        out = []
        for at in self._places:
            worth = (
                weights.none
                + self._in_common(told, self._of[at], weights)
                + weights.words * float(signals.words[at])
                + weights.share * float(signals.share[at])
                + weights.provision * self._rests(told, at)
            )
            if meaning is not None:
                worth += weights.meaning * float(meaning[at])
                # A list item that is nearer says that the question is about something else.
                worth += weights.gap * float(meaning[at] - nearest) if nearest is not None else 0.0
            out.append(worth)
        return out

    def _in_common(self, told: Told, theirs: frozenset[Element], weights: _Weights) -> float:
        shared = told.elements & theirs
        mine_done, theirs_done = _conduct(told.elements), _conduct(theirs)
        common = sum(_KINDS[one.kind] * self._rarity(one) for one in shared)
        about = [one for one in shared if one.kind != "处理"]
        whole = len(theirs_done | {one for one in about if one.kind != "行为"})
        return (
            weights.common * min(common, _MOST)
            + weights.covered * (len(shared) / len(told.elements) if told.elements else 0.0)
            + weights.theirs * (len(about) / whole if whole else 0.0)
            + weights.conflict * bool(mine_done and theirs_done and not mine_done & theirs_done)
            + weights.extra * bool(mine_done & theirs_done and theirs_done - mine_done)
        )

    def _rarity(self, element: Element) -> float:
        total = len(self._places)
        return math.log(1 + total / max(1, self._owners[element])) / math.log(1 + total)

    def _rests(self, told: Told, at: int) -> float:
        return max((nearness(one, self._held[at]) for one in told.cited), default=0.0)


def _conduct(elements: frozenset[Element]) -> frozenset[Element]:
    return frozenset(one for one in elements if one.kind == "行为")


def _of(decision: Decision | None, elements: Elements) -> frozenset[Element]:
    """What a decision is about. What was done is said in its head; its text also tells what others do."""
    assert decision is not None
    head = (decision.conduct, *decision.synonyms, *decision.issues, decision.title, decision.reviewed_act or "")
    body = (decision.outcome_note or "", decision.reasoning or "", decision.text)
    ended = {Element(name=one, kind="处理") for one in decision.outcomes if one != "未见"}
    return (
        elements.read("\n".join(head))
        | frozenset(one for one in elements.read("\n".join(body)) if one.kind in ("争点", "程序"))
        | ended
    )
