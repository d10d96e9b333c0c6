"""Which list items, or which decided cases, a case is about: shared character pairs, weighted by how telling they are,
and cited provisions."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from assistant.schema import Citation, Rule

STRONG = 0.62
"""From here an item is taken to be the matter of the case."""

NEAR = 0.4
"""From here an item is shown as a candidate."""

CLOSE = 0.1
"""Two items nearer than this cannot be told apart by words: the person picks."""

_QUERY_LIMIT = 600
_ONE = 0.4  # a character says less than a pair
_HAN = re.compile(r"[一-鿿A-Za-z0-9]+")
_EMPTY = re.compile(r"违反|规定|按照|依照|按|有关|行为|或者|以及|进行|单位|企业|相关|的|未|没有|没|不")


class Matter(Protocol):
    """What has a matter that a case can be about: an item of a list, a decided case."""

    @property
    def id(self) -> str: ...
    @property
    def matter(self) -> str: ...
    @property
    def synonyms(self) -> tuple[str, ...]: ...
    @property
    def field(self) -> str | None: ...
    @property
    def punished_by(self) -> tuple[Citation, ...]: ...
    @property
    def forbidden_by(self) -> tuple[Citation, ...]: ...


M = TypeVar("M", bound=Matter)


@dataclass(frozen=True)
class Near(Generic[M]):
    """A matter and how near the case is to it: 0 to 1."""

    rule: M
    score: float


Match = Near[Rule]
"""An item of a list and how near the case is to it."""


class Matcher(Generic[M]):
    """Finds the matters a description is about. Deterministic; made once for all of them."""

    def __init__(self, rules: Sequence[M]) -> None:
        self._rules = rules
        names = [(at, _pairs(name)) for at, rule in enumerate(rules) for name in (rule.matter, *rule.synonyms)]
        owners: dict[str, set[int]] = defaultdict(set)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for place, (at, pairs) in enumerate(names):
            for pair in pairs:
                owners[pair].add(at)
                self._holding[pair].append(place)
        total = max(1, len(rules))
        self._weight = {pair: _worth(pair) * math.log(1 + total / len(held)) for pair, held in owners.items()}
        self._rare = math.log(1 + total)
        self._owner = [at for at, _ in names]
        self._whole = [self._sum(pairs) for _, pairs in names]

    def find(
        self, text: str, cited: Iterable[Citation] = (), *, field: str | None = None, picked: str | None = None
    ) -> tuple[Near[M], ...]:
        """Items from `NEAR` on, best first. `picked` is an item a person chose; it is the only one then."""
        if picked is not None:
            chosen = [rule for rule in self._rules if picked in (rule.id, rule.matter)]
            if chosen:
                return tuple(Near(rule, 1.0) for rule in chosen)
        query = _pairs(text[:_QUERY_LIMIT])
        shared: dict[int, float] = defaultdict(float)
        for pair in query:
            for place in self._holding.get(pair, ()):
                shared[place] += self._weight[pair]
        whole, several = self._sum(query), sum(len(pair) > 1 for pair in query) >= 3
        best: dict[int, float] = {}
        for place, common in shared.items():
            score = _near(common, self._whole[place], whole, several=several)
            if score > best.get(self._owner[place], 0.0):
                best[self._owner[place]] = score
        provisions = {(c.law, c.article) for c in cited}
        found = []
        for at, score in best.items():
            rule = self._rules[at]
            if any((c.law, c.article) in provisions for c in (*rule.punished_by, *rule.forbidden_by)) and score >= 0.25:
                score = min(1.0, score + 0.2)
            if field and rule.field and not set(field) & set(rule.field):
                score *= 0.7
            if score >= NEAR:
                found.append(Near(rule, round(score, 3)))
        return tuple(sorted(found, key=lambda m: (-m.score, m.rule.id)))

    def _sum(self, pairs: Iterable[str]) -> float:
        return sum(self._weight.get(pair, self._rare * _worth(pair)) for pair in pairs)


def _worth(pair: str) -> float:
    return 1.0 if len(pair) > 1 else _ONE


def _near(shared: float, mine: float, whole: float, *, several: bool) -> float:
    """Of an item almost all should be said, and of a long description only a part is about the item.

    A short name of the matter may also be wholly inside the longer one of the item.
    """
    said, meant = shared / mine, min(1.0, shared / whole)
    return max(said * (0.75 + 0.25 * meant), meant * (0.5 + 0.5 * said) if several else 0.0)


def _pairs(text: str) -> tuple[str, ...]:
    """Pairs of characters and the characters, of runs without the words that every matter has."""
    runs = _HAN.findall(_EMPTY.sub(" ", text))
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return tuple(sorted(pairs.union(*runs)))  # in one order, so that sums of weights are the same in every process
