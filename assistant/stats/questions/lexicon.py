"""The words of a question told apart: the cheapest way to read it as words that are known."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.numerals import to_int
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.measures import MEASURES
from assistant.stats.questions.times import TimeAsked, find_times
from assistant.stats.questions.words import ASK, FILLERS, HEADS, NUMBER, OPERATORS, TOTALS, VERBS
from assistant.stats.spelling import spell

Kind = Literal[
    "metric", "piece", "context", "per", "scope", "unheld", "op", "ask", "number", "time", "head", "verb",
    "measure", "filler", "mark",
]  # fmt: skip
_COST: dict[Kind, float] = {
    "time": 0.3, "metric": 0.8, "per": 0.85, "scope": 0.9, "unheld": 0.9, "piece": 0.95, "context": 0.97, "ask": 0.9,
    "number": 0.9, "op": 1.0, "head": 1.0, "verb": 1.02, "measure": 1.1, "filler": 1.03, "mark": 0.0,
}  # fmt: skip
_UNKNOWN = 6.0
_MARKS = frozenset("|,，、?？!！;；。:：()（）《》<>~～…—")


@dataclass(frozen=True)
class Sense:
    """One thing a word may be; `names` are the metrics, the scope, the operator or the kind of thing it stands for."""

    kind: Kind
    names: tuple[str, ...] = ()
    time: TimeAsked | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Word:
    """A stretch of the question and all it may be; nothing: it is not known."""

    text: str
    start: int
    end: int
    senses: tuple[Sense, ...] = ()

    def sense(self, *kinds: Kind) -> Sense | None:
        return next((s for s in self.senses if s.kind in kinds), None)

    def is_op(self, *names: str) -> bool:
        return any(s.kind == "op" and s.names[0] in names for s in self.senses)


class Lexicon:
    """All words of a catalogue and of the grammar, ready to be found in a question."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words: dict[str, list[Sense]] = {}
        owners: dict[tuple[Kind, str], list[str]] = {}
        for metric in sorted(catalogue.metrics.values(), key=lambda m: m.scope != HOME):
            for word in (metric.name, *metric.synonyms):
                parts = [spell(part) for part in word.split("…")]
                kind: Kind = "metric" if len(parts) == 1 else "piece"
                for part in parts:
                    owners.setdefault((kind, part), []).append(metric.name)
            for word in metric.common:
                owners.setdefault(("metric", spell(word)), []).append(metric.name)
            for word in metric.per:
                owners.setdefault(("per", spell(word)), []).append(metric.name)
            for word in metric.context:
                owners.setdefault(("context", spell(word)), []).append(metric.name)
        for (kind, word), names in owners.items():
            self._add(word, Sense(kind, tuple(dict.fromkeys(names))))
        for scope in catalogue.scopes.values():
            for word in scope.words:
                self._add(spell(word), Sense("scope", (scope.name,)))
        for word in catalogue.unheld:
            self._add(spell(word), Sense("unheld", (word,)))
        for name, words in OPERATORS.items():
            for word in words:
                self._add(spell(word), Sense("op", (name,)))
        for word, counted in HEADS.items():
            self._add(word, Sense("head", (counted,)))
        for word, kinds in VERBS.items():
            self._add(spell(word), Sense("verb", tuple(kinds)))
        for word, counted in MEASURES.items():
            self._add(word, Sense("measure", (counted,)))
        for word in (*FILLERS, *TOTALS):
            self._add(spell(word), Sense("filler"))
        for mark in _MARKS - {"、"}:
            self._add(mark, Sense("mark"))
        self._longest = max(map(len, self._words))

    def words(self, text: str, today: dt.date) -> tuple[Word, ...]:
        """The cheapest reading of an already spelt text; longer words cost less than short ones."""
        spans: dict[tuple[int, int], list[Sense]] = {}
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                if senses := self._words.get(text[start:end]):
                    spans[start, end] = list(senses)
        for (start, end), sense in self._figures(text, today):
            spans.setdefault((start, end), []).append(sense)
        for span, senses in spans.items():
            if any(s.kind in ("time", "filler") for s in senses):  # 2024年 and 一年 are no number of years
                spans[span] = [s for s in senses if s.kind != "number" or s.names != ("年",)]
        ending: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            ending.setdefault(end, []).append((start, end))
        best: list[float] = [0.0]
        back: list[tuple[int, int]] = [(0, 0)]
        for at in range(1, len(text) + 1):
            choice, cost = (at - 1, at), best[at - 1] + _UNKNOWN
            for span in ending.get(at, ()):
                price = min(_COST[s.kind] for s in spans[span]) - 0.004 * (span[1] - span[0]) ** 2
                if best[span[0]] + price < cost:
                    choice, cost = span, best[span[0]] + price
            best.append(cost)
            back.append(choice)
        found: list[Word] = []
        at = len(text)
        while at > 0:
            start, end = back[at]
            found.append(Word(text[start:end], start, end, tuple(spans.get((start, end), ()))))
            at = start
        return tuple(_joined(reversed(found)))

    def known(self, word: str) -> tuple[Sense, ...]:
        return tuple(self._words.get(word, ()))

    def _add(self, word: str, sense: Sense) -> None:
        if word and sense not in self._words.setdefault(word, []):
            self._words[word].append(sense)

    @staticmethod
    def _figures(text: str, today: dt.date) -> Iterable[tuple[tuple[int, int], Sense]]:
        for asked in find_times(text, today):
            yield (asked.start, asked.end), Sense("time", time=asked)
        for match in ASK.finditer(text):
            measure = match["measure"]
            kind = (
                MEASURES[measure]
                if measure
                else "%"
                if "百分" in match[0] or "成几" in match[0]
                else "万"
                if match["wan"]
                else match["edition"] or ""
            )
            yield match.span(), Sense("ask", (kind,))
            if measure:  # its measure may belong to the name of a metric
                yield (match.start(), match.start("measure")), Sense("ask", ("",))
        for match in NUMBER.finditer(text):
            if (sense := _number(match)) is not None:
                yield match.span(), sense


def _number(match: re.Match[str]) -> Sense | None:
    if match["cent"]:
        return Sense("number", ("%",), value=Decimal(to_int(match["cent"])))
    if match["tenths"]:
        return Sense("number", ("%",), value=Decimal(to_int(match["tenths"]) * 10 + (5 if match["half"] else 0)))
    if match["cn"]:
        value, wan, unit = Decimal(to_int(match["cn"])), match["cnwan"], match["cnunit"]
        if unit == "万":
            wan, unit = unit, None
    else:
        value, wan, unit = Decimal(match["figure"].replace(",", "")), match["wan"], match["unit"]
    if wan or (unit or "").startswith("万"):
        value *= 10_000
    return Sense("number", ("%" if unit == "%" else MEASURES[unit] if unit else "万" if wan else "",), value=value)


def _joined(words: Iterable[Word]) -> Iterable[Word]:
    """Neighbouring characters that are not known as one stretch."""
    run: Word | None = None
    for word in words:
        if word.senses:
            if run is not None:
                yield run
            run = None
            yield word
        else:
            run = word if run is None else Word(run.text + word.text, run.start, word.end)
    if run is not None:
        yield run
