"""What a run of words names: the metrics that account for every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.schema import Metric
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.formula import names
from assistant.stats.ledger import Ledger
from assistant.stats.measures import UNIT_KINDS, counts
from assistant.stats.questions.lexicon import Word
from assistant.stats.questions.words import FILLERS, HEADS, TOTALS
from assistant.stats.spelling import spell

_EMPTY = frozenset([*FILLERS, *TOTALS])
_THINGS = frozenset([*HEADS, "工地", "项目", "工程", "部门", "负责人", "责任人", "员工", "职工", "岗位", "街道"])


@dataclass(frozen=True)
class Named:
    """The metrics a run of words may mean, likeliest first, and the scopes it speaks of."""

    options: tuple[str, ...]
    scopes: tuple[str, ...]
    own: bool
    """Whether some word of it means the first metric alone."""
    kinds: frozenset[str] = frozenset()
    """The kinds of thing its nouns count (人, 企业)."""
    others: tuple[str, ...] = ()
    """Metrics the words name less well, and mean only where scope or measure leaves no other."""


class Namer:
    """Names metrics by words, each of which must belong to what is said of the metric."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._own: dict[str, frozenset[str]] = {}
        self._common: dict[str, frozenset[str]] = {}
        self._gapped: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._order = {name: i for i, name in enumerate(catalogue.metrics)}
        for metric in catalogue.metrics.values():
            words = (metric.name, *metric.synonyms)
            self._own[metric.name] = frozenset(spell(word) for word in words if "…" not in word)
            self._common[metric.name] = frozenset(spell(word) for word in metric.common)
            self._gapped[metric.name] = tuple(
                tuple(spell(part) for part in word.split("…")) for word in words if "…" in word
            )
        self._licence = {name: self._licensed(metric) for name, metric in catalogue.metrics.items()}

    def name(self, words: Sequence[Word], counted: Sequence[Word] = ()) -> Named | None:
        """What these words name, none left over; None when no metric accounts for all of them.

        `counted` are the words that stand behind 多少: what is asked for, not only what goes with it.
        """
        candidates = dict.fromkeys(
            name for word in words for s in word.senses if s.kind in ("metric", "piece") for name in s.names
        )
        found: list[tuple[tuple[float, ...], str, Named]] = []
        for strict in (True, False):
            for name in candidates:
                if all(self._counts(name, w) for w in counted) and (named := self._as(name, words, strict)):
                    found.append((named[0], name, named[1]))
            if found:
                break
        if not found:
            return None
        found.sort(key=lambda item: (item[0], -self._order[item[1]]), reverse=True)
        best = found[0]
        alike = [(score, name) for score, name, named in found if named.scopes == best[2].scopes]
        options = [name for score, name in alike if not best[2].own or score[:2] == best[0][:2]]
        others = [name for _, name in alike if name not in options]
        return Named(tuple(options), best[2].scopes, best[2].own, best[2].kinds, tuple(others))

    def fits(self, metric: str, kind: str, *, exactly: bool = False) -> bool:
        """Whether a measure of this kind may count the metric."""
        return counts(self._catalogue.metrics[metric].unit, kind, exactly=exactly)

    def _as(self, name: str, words: Sequence[Word], strict: bool) -> tuple[tuple[float, ...], Named] | None:
        """The words read as this metric, with how well they fit; None where one of them belongs to no part of it."""
        metric = self._catalogue.metrics[name]
        texts = [w.text for w in words]
        own = max((len(t) for t in texts if t in self._own[name]), default=0)
        own = max(
            own, max((sum(map(len, parts)) for parts in self._gapped[name] if _in_order(parts, texts)), default=0)
        )
        common = max((len(t) for t in texts if t in self._common[name]), default=0)
        if not own and not common:
            return None
        scopes: list[str] = []
        kinds: set[str] = set()
        for word in words:
            if word.text in self._licence[name]:
                continue
            scope, head, verb = word.sense("scope"), word.sense("head"), word.sense("verb")
            unit = UNIT_KINDS.get(metric.unit, "")
            if scope is not None:
                scopes.append(scope.names[0])
            elif head is not None and (head.names[0] == unit):
                kinds.add(head.names[0])
            elif (verb is not None and (unit in verb.names or "*" in verb.names)) or word.sense("filler"):
                continue
            elif not self._covers(name, "".join(texts)):
                return None
            else:
                own = max(own, len(word.text))
                break
        chain = self.deepest(scopes)
        if len(chain) > 1:
            return None
        if strict and chain and not self._held(metric, chain[0]):
            return None
        home = metric.scope == HOME
        score = (float(own > 0), float(own), float(common), float(home))
        return score, Named((name,), tuple(chain), own > 0, frozenset(kinds))

    def deepest(self, scopes: Sequence[str]) -> list[str]:
        """The scopes meant by names that stand together: 滨海新区经开区应急部门 is one, the department."""
        kept: list[str] = []
        for scope in dict.fromkeys(scopes):
            if kept and self._catalogue.within(kept[-1], scope):
                continue
            if kept and (self._catalogue.within(scope, kept[-1]) or scope == HOME):
                kept[-1] = scope
            else:
                kept.append(scope)
        return kept

    def counted_by(self, metrics: Sequence[str], scope: str) -> bool:
        """Whether some of these metrics are an office's own."""
        return any(self._catalogue.within(self._catalogue.metrics[name].scope, scope) for name in metrics)

    def by_value(self, value: Decimal, kind: str) -> Named | None:
        """The one metric whose number this is: 484家企业."""
        found = {
            f.metric for f in self._catalogue.figures
            if value in (f.value, f.value * 10_000 if f.unit.startswith("万") else f.value)
            and UNIT_KINDS.get(f.unit) == kind and f.year == self._catalogue.default_year
        }  # fmt: skip
        return Named(tuple(found), (), True) if kind and len(found) == 1 else None

    def _counts(self, name: str, word: Word) -> bool:
        """Whether a word behind 多少 may be the thing the metric counts: 停工了多少个工地 asks for no notices."""
        if word.text not in _THINGS:
            return True
        head = word.sense("head")
        said = word.text in self._own[name] | self._common[name] or any(word.text in p for p in self._gapped[name])
        return said or (head is not None and self.fits(name, head.names[0])) or self._in_whole(name, word.text)

    def _in_whole(self, name: str, text: str) -> bool:
        whole = self._catalogue.metrics[name].whole
        return whole is not None and (text in self._own[whole] or self._in_whole(whole, text))

    def _covers(self, name: str, text: str) -> bool:
        """Whether words said of the metric make up a text, wherever they are parted."""
        reach = [True] + [False] * len(text)
        for end in range(1, len(text) + 1):
            reach[end] = any(
                reach[start] and (text[start:end] in self._licence[name] or text[start:end] in _EMPTY)
                for start in range(max(0, end - 16), end)
            )
        return reach[-1]

    def held(self, metrics: Sequence[str], value: Decimal) -> bool:
        """Whether a number is one of these metrics."""
        return any(f.value == value for f in self._catalogue.figures if f.metric in metrics)

    def _held(self, metric: Metric, scope: str) -> bool:
        """Whether the metric has numbers of a scope, or of a department of it that may stand for the whole."""
        if metric.scope == scope or scope in self._ledger.scopes(metric.name):
            return True
        return self._catalogue.within(metric.scope, scope) and not (metric.partial and scope == HOME)

    def _licensed(self, metric: Metric) -> frozenset[str]:
        """Every word that may stand with the metric and change nothing: its own, and those of its wholes."""
        words = {*self._own[metric.name], *self._common[metric.name], *(spell(w) for w in metric.context)}
        words.update(part for parts in self._gapped[metric.name] for part in parts)
        whole = metric.whole
        while whole is not None:
            above = self._catalogue.metrics[whole]
            words.update(self._own[whole] | self._common[whole])
            words.update(spell(w) for w in above.context)
            whole = above.whole
        if metric.unit == "%" and metric.name in self._catalogue.formulas:  # 执法人员参与率: of what it is a rate
            words.update(*(self._own[name] for name in names(self._catalogue.formulas[metric.name])[1:]))
        return frozenset(words)


def _in_order(parts: tuple[str, ...], texts: list[str]) -> bool:
    at = 0
    for part in parts:
        if part not in texts[at:]:
            return False
        at = texts.index(part, at) + 1
    return True
