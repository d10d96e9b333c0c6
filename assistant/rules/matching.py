"""Which list items a case is about: shared character pairs, weighted by how telling they are, and cited provisions."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Match:
    """An item and how near the case is to it: 0 to 1."""

    rule: Rule
    score: float


class Matcher:
    """Finds the items a description is about. Deterministic; made once for all rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._names = [(rule, [_pairs(name) for name in (rule.matter, *rule.synonyms)]) for rule in rules]
        counts = Counter(pair for _, names in self._names for pair in set().union(*names))
        total = max(1, len(rules))
        self._weight = {pair: math.log(1 + total / count) for pair, count in counts.items()}
        self._rare = math.log(1 + total)

    def find(
        self, text: str, cited: Iterable[Citation] = (), *, field: str | None = None, picked: str | None = None
    ) -> tuple[Match, ...]:
        """Items from `NEAR` on, best first. `picked` is an item a person chose; it is the only one then."""
        if picked is not None:
            chosen = [rule for rule, _ in self._names if picked in (rule.id, rule.matter)]
            if chosen:
                return tuple(Match(rule, 1.0) for rule in chosen)
        query = _pairs(text[:_QUERY_LIMIT])
        if not query:
            return ()
        whole = self._sum(query)
        provisions = {(c.law, c.article) for c in cited}
        found = []
        for rule, names in self._names:
            score = max(self._near(query, whole, name) for name in names)
            if any((c.law, c.article) in provisions for c in (*rule.punished_by, *rule.forbidden_by)) and score >= 0.25:
                score = min(1.0, score + 0.2)
            if field and rule.field and not set(field) & set(rule.field):
                score *= 0.7
            if score >= NEAR:
                found.append(Match(rule, round(score, 3)))
        return tuple(sorted(found, key=lambda m: (-m.score, m.rule.id)))

    def _near(self, query: frozenset[str], whole: float, name: frozenset[str]) -> float:
        mine = self._sum(name)
        if not mine:
            return 0.0
        shared = self._sum(query & name)
        said, meant = shared / mine, min(1.0, shared / whole if whole else 0.0)
        # Of an item almost all should be said, and of a long description only a part is about the item; a short
        # name of the matter may also be wholly inside the longer one of the item.
        inside = meant * (0.5 + 0.5 * said) if _several(query) else 0.0
        return max(said * (0.75 + 0.25 * meant), inside)

    def _sum(self, pairs: Iterable[str]) -> float:
        return sum(self._weight.get(pair, self._rare) * (1.0 if len(pair) > 1 else _ONE) for pair in pairs)


def _several(pairs: frozenset[str]) -> bool:
    return sum(len(pair) > 1 for pair in pairs) >= 3


def _pairs(text: str) -> frozenset[str]:
    """Pairs of characters and the characters, of runs without the words that every matter has."""
    runs = _HAN.findall(_EMPTY.sub(" ", text))
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset(pairs.union(*runs))
