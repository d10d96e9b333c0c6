"""Words of a question told apart: metrics, scopes, times, operations, and what was not understood."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.spelling import spell
from assistant.stats.times import TimeAsked, find_times
from assistant.stats.words import ASK, MEASURES, NOUNS, NUMBER, OPERATIONS, PLAIN

Kind = Literal["metric", "per", "scope", "unheld", "operation", "ask", "number", "time", "plain"]
_ORDER: tuple[Kind, ...] = ("time", "metric", "per", "unheld", "scope", "ask", "operation", "number", "plain")
_COUNTING = frozenset("0123456789零一两三四五六七八九十几每各这那哪少半余万数整该")
_GAP = r"[^,?!;:。、比占和与跟每均]{0,8}?"


@dataclass(frozen=True)
class Token:
    """A stretch of the question that was understood. `anchors` are the places it takes, gaps left out."""

    kind: Kind
    text: str
    anchors: tuple[tuple[int, int], ...]
    names: tuple[str, ...] = ()
    """Metrics it may mean, likeliest first; or the one scope, operation or measure."""
    own: bool = True
    """Whether the word means its metric alone."""
    time: TimeAsked | None = None
    number: str | None = None

    @property
    def start(self) -> int:
        return self.anchors[0][0]

    @property
    def end(self) -> int:
        return self.anchors[-1][1]

    @property
    def size(self) -> int:
        return sum(b - a for a, b in self.anchors)


@dataclass(frozen=True)
class Heard:
    """A question in its spelling, with its tokens in order and what is left over."""

    text: str
    tokens: tuple[Token, ...]
    unknown: tuple[str, ...]

    def of(self, *kinds: Kind) -> list[Token]:
        return [token for token in self.tokens if token.kind in kinds]

    def operations(self) -> set[str]:
        return {token.names[0] for token in self.of("operation")}


class Lexicon:
    """All words of a catalogue, ready to be found in a question."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words: dict[str, list[tuple[Kind, tuple[str, ...], bool]]] = {}
        self._gapped: list[tuple[re.Pattern[str], Kind, tuple[str, ...], bool]] = []
        owners: dict[tuple[Kind, str], list[str]] = {}
        shared: set[str] = set()
        order = sorted(catalogue.metrics.values(), key=lambda m: m.scope != HOME)
        for metric in catalogue.metrics.values():
            for word in (metric.name, *metric.synonyms):
                owners.setdefault(("metric", word), []).append(metric.name)
        for metric in order:
            for word in metric.common:
                owners.setdefault(("metric", word), []).append(metric.name)
                shared.add(word)
            for word in metric.per:
                owners.setdefault(("per", word), []).append(metric.name)
        for (kind, word), names in owners.items():
            self._add(word, kind, tuple(dict.fromkeys(names)), word not in shared)
        for scope in catalogue.scopes.values():
            for word in scope.words:
                self._add(word, "scope", (scope.name,), True)
        for word in catalogue.unheld:
            self._add(word, "unheld", (word,), True)
        for operation, words in OPERATIONS.items():
            for word in words:
                self._add(word, "operation", (operation,), True)
        for word, counted in NOUNS.items():
            self._add(word, "ask", (counted,), True)
        for word in PLAIN:
            self._add(word, "plain", (), True)
        self._context = {
            m.name: tuple(spell(word) for word in m.context) for m in catalogue.metrics.values() if m.context
        }
        self._longest = max(map(len, self._words))

    def hear(self, text: str, today: dt.date) -> Heard:
        """Tell the words of an already spelt question apart: longer words win, then the order of kinds."""
        found = self._candidates(text, today)
        found.sort(
            key=lambda t: (
                t.kind != "time",
                -t.size,
                len(t.anchors) > 1,
                _ORDER.index(t.kind),
                t.end - t.start,
                t.start,
            )
        )
        taken = [False] * len(text)
        chosen = []
        for token in found:
            if not any(any(taken[a:b]) for a, b in token.anchors):
                chosen.append(token)
                for a, b in token.anchors:
                    taken[a:b] = [True] * (b - a)
        chosen = [Token("plain", t.text, t.anchors) if any(_spans(o, t) for o in chosen) else t for t in chosen]
        chosen = self._with_company(text, chosen)
        chosen.sort(key=lambda t: t.start)
        taken = [any(a <= i < b for t in chosen for a, b in t.anchors) for i in range(len(text))]
        left = "".join(" " if taken[i] or not (c.isalnum() or c == "%") else c for i, c in enumerate(text))
        return Heard(text, tuple(chosen), tuple(left.split()))

    def _with_company(self, text: str, chosen: list[Token]) -> list[Token]:
        """Words that go with the metrics named and change nothing: 施工 with 督促整改通知."""
        words = {word for t in chosen if t.kind == "metric" for name in t.names for word in self._context.get(name, ())}
        for word in sorted(words, key=len, reverse=True):
            at = text.find(word)
            while at >= 0:
                end = at + len(word)
                crossed = [t for t in chosen if any(a < end and at < b for a, b in t.anchors)]
                small = {"operation": len(word) - 1, "plain": len(word) - 1, "scope": len(word)}
                if all(t.size <= small.get(t.kind, 0) for t in crossed):
                    chosen = [t for t in chosen if t not in crossed] + [
                        Token("plain", word, ((at, end),), ("context",))
                    ]
                at = text.find(word, end)
        return chosen

    def harmless(self, word: str, metrics: list[str]) -> bool:
        """Whether a word changes nothing beside these metrics."""
        plain = any(kind == "plain" for kind, _, _ in self._words.get(word, ()))
        return plain or any(word in self._context.get(name, ()) for name in metrics)

    def _add(self, word: str, kind: Kind, names: tuple[str, ...], own: bool) -> None:
        parts = [spell(part) for part in word.split("…")]
        if len(parts) == 1:
            self._words.setdefault(parts[0], []).append((kind, names, own))
        else:
            pattern = "(?=" + _GAP.join(f"({re.escape(part)})" for part in parts) + ")"
            self._gapped.append((re.compile(pattern), kind, names, own))

    def _candidates(self, text: str, today: dt.date) -> list[Token]:
        found: list[Token] = []
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                for kind, names, own in self._words.get(text[start:end], ()):
                    if not _stands(text, start, end, kind):
                        continue
                    found.append(Token(kind, text[start:end], ((start, end),), names, own))
        for pattern, kind, names, own in self._gapped:
            for match in pattern.finditer(text):
                spans = tuple(match.span(i) for i in range(1, pattern.groups + 1))
                found.append(Token(kind, text[spans[0][0] : spans[-1][1]], spans, names, own))
        for asked in find_times(text, today):
            found.append(Token("time", asked.text, ((asked.start, asked.end),), time=asked))
        for match in ASK.finditer(text):
            measure = match["measure"]
            names = (MEASURES[measure],) if measure else ("点",) if "百分之" in match[0] else ()
            found.append(Token("ask", match[0], (match.span(),), names))
            if measure:  # its measure may belong to the name of a metric
                bare = (match.start(), match.start("measure"))
                found.append(Token("ask", text[slice(*bare)], (bare,), names))
        for match in NUMBER.finditer(text):
            found.append(Token("number", match[0], (match.span(),), number=match["figure"] or match["cent"]))
        return found


def _stands(text: str, start: int, end: int, kind: Kind) -> bool:
    """Whether a word can stand here: a bare 件 only behind a number, 一家企业 as a denominator only with 平均."""
    word = text[start:end]
    if kind == "plain" and word in MEASURES and word != "年":
        return start > 0 and text[start - 1] in _COUNTING
    return not (kind == "per" and word.startswith("一") and "平均" not in text)


def _spans(outer: Token, inner: Token) -> bool:
    """Whether a metric stands in the gap of another: 案件 in 复议…没办结."""
    return (
        outer.kind == inner.kind == "metric"
        and outer is not inner
        and outer.start < inner.start
        and inner.end <= outer.end
    )
