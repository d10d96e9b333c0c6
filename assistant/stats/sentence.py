"""A question whose words are all known: its metrics, its times, and what it says of them."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.numerals import to_int
from assistant.schema import MetricQuery, MetricTerm, Operation
from assistant.stats.catalogue import Catalogue
from assistant.stats.formula import added
from assistant.stats.ledger import Ledger
from assistant.stats.lexicon import Heard
from assistant.stats.mentions import Mention, scope_chains
from assistant.stats.times import TimeAsked

_COUNTED = re.compile(r"[\d.,余多万件条份家项人名次个起案件]{0,8}")


@dataclass(frozen=True)
class Unknown:
    """A question about figures that asks for what is not held: which part, in words, and the metrics it came near."""

    missing: Literal["metric", "scope", "period", "relation"]
    what: str
    near: tuple[MetricTerm, ...] = ()


class Sentence:
    """One question read into metrics, times and operations."""

    def __init__(self, heard: Heard, mentions: list[Mention], catalogue: Catalogue, ledger: Ledger) -> None:
        self.heard = heard
        self.catalogue = catalogue
        self.ledger = ledger
        self.operations = heard.operations()
        self.pers = [m for m in mentions if m.per]
        self.mentions = [m for m in mentions if not m.per] or mentions
        self.times = [t.time for t in heard.of("time") if t.time and t.time.kind != "latest"]
        self.notes = list(_notes(self.mentions))
        if self.operations & {"up", "down", "growth", "difference"} and "trend" not in self.operations:
            self.times = [end for t in self.times for end in _ends(t)]

    def time_of(self, mention: Mention) -> TimeAsked | None:
        before = [t for t in self.times if t.start <= mention.start]
        if before:
            return before[-1]
        return self.times[0] if self.times else None

    def year(self, time: TimeAsked | None, subject: TimeAsked | None = None) -> int | None:
        """The year a time means; 上年 is the year before the one spoken of."""
        if time is None:
            return None
        others = [t.year for t in self.times if t is not time and t.year and not t.prior]
        if time.prior or (time.relative and time.text.endswith("同期")):
            base = (subject.year if subject else None) or (others[0] if others else None)
            if base is not None:
                return base - 1
        if time.year is None:
            return others[0] if others and not any(t.prior for t in self.times) else None
        return time.year

    def years_of_range(self) -> list[int]:
        spans = [(t.year, t.until_year) for t in self.times if t.kind == "range" and t.year and t.until_year]
        return [year for first, last in spans for year in range(first, last + 1)][:10]

    def term(self, mention: Mention, time: TimeAsked | None) -> MetricTerm:
        return mention.term(time, self.year(time))

    def values(self) -> tuple[MetricTerm, ...]:
        if len(self.mentions) == 1 and len(self.times) > 1:
            return tuple(self.term(self.mentions[0], t) for t in self.times)
        scopes = [name for _, name in scope_chains(self.heard, self.catalogue)]
        if len(self.mentions) == 1 and len(scopes) > 1:
            return tuple(
                self.term(self.mentions[0], self.time_of(self.mentions[0])).model_copy(update={"scope": s})
                for s in scopes
            )
        if len(self.mentions) > 1 and len(self.times) > 1 and all(t.start < self.mentions[0].start for t in self.times):
            return tuple(self.term(m, t) for m in self.mentions for t in self.times)
        return tuple(self.term(m, self.time_of(m)) for m in self.mentions)

    def several(self) -> bool:
        scopes = scope_chains(self.heard, self.catalogue)
        return len(self.mentions) > 1 or len(self.times) > 1 or len(scopes) > 1

    def given(self, mention: Mention) -> bool:
        """Whether a metric is told its number here (参与率92.01%), or only leads in (检查情况怎么样)."""
        after = min((m.start for m in self.mentions if m.start > mention.start), default=len(self.heard.text))
        asks = [t for t in self.heard.of("ask") if mention.end <= t.start < after]
        if asks and all(t.text in ("怎么样", "如何", "怎样", "咋样") for t in asks):
            return True
        return any(
            t.number
            and self.heard.text[mention.end : t.start].strip("是为有达共约一总计合") == ""
            and t.start >= mention.end
            for t in self.heard.of("number")
        )

    def claim(self) -> tuple[Decimal | None, Literal["over", "under", "equal"] | None]:
        numbers = self.numbers()
        if not numbers or not self.operations & {"is_it", "over", "under"}:
            return None, None
        if "under" in self.operations:
            return numbers[-1], "under"
        return numbers[-1], "over" if "over" in self.operations else "equal"

    def numbers(self) -> list[Decimal]:
        """The numbers a question writes, in the unit of its metric."""
        found = []
        for token in self.heard.of("number"):
            text = token.number or ""
            value = Decimal(text.replace(",", "")) if text[0].isdigit() else Decimal(to_int(text))
            if "万" in token.text and self.mentions[0].metric.unit[:1] != "万":
                value *= 10_000
            found.append(value)
        return found

    def direction(self) -> Literal["more", "less", "gap", "signed"]:
        operations = self.operations
        if operations & {"down", "less"} and not operations & {"up", "more"}:
            return "less"
        if operations & {"up", "more"}:
            return "more"
        return "gap" if "difference" in operations else "signed"

    def inside(self, mention: Mention) -> bool:
        """Whether 里 or 中 stands right behind, a count between at most: 审结377件里."""
        return any(
            t.names[0] == "within"
            and t.start >= mention.end
            and _COUNTED.fullmatch(self.heard.text[mention.end : t.start])
            for t in self.heard.of("operation")
        )

    def classes(self) -> bool:
        return any(
            word in self.heard.text
            for word in ("各类", "各种", "几类", "几种", "各项", "分项", "四类", "五类", "三类", "四种", "五种", "三种")
        )

    def part_of(self, part: str, whole: str) -> bool:
        at = self.catalogue.metrics[part].whole
        while at is not None:
            if at == whole:
                return True
            at = self.catalogue.metrics[at].whole
        return False

    def of_parts(self) -> None:
        """Read the one metric named as the declared sum of its parts, where there is one."""
        term = self.sum_of_parts(MetricTerm(metric=self.mentions[0].metric.name))
        if term is not None:
            self.mentions = [replace(self.mentions[0], metric=self.catalogue.metrics[term.metric])]

    def sum_of_parts(self, term: MetricTerm) -> MetricTerm | None:
        """The declared sum of a stated total's parts."""
        for name, formula in self.catalogue.formulas.items():
            parts = added(formula)
            if len(parts) > 1 and all(self.catalogue.metrics[p].whole == term.metric for p in parts):
                return term.model_copy(update={"metric": name})
        return None

    def made(
        self,
        operation: Operation,
        terms: tuple[MetricTerm, ...],
        *,
        direction: Literal["more", "less", "gap", "signed"] = "signed",
        per: Literal["day", "week", "month", "quarter"] | None = None,
        claim: Decimal | None = None,
        claim_sign: Literal["over", "under", "equal"] | None = None,
    ) -> MetricQuery:
        return MetricQuery(
            operation=operation,
            terms=terms,
            numbers=tuple(self.numbers()),
            notes=tuple(dict.fromkeys(self.notes)),
            others=tuple(dict.fromkeys(name for m in self.mentions for name in m.others[:3])),
            direction=direction,
            per=per,
            claim=claim,
            claim_sign=claim_sign,
        )

    def valued(self) -> MetricQuery:
        given = [m for m in self.mentions if self.given(m)]
        if given and len(given) < len(self.mentions):  # 参与率92.01%，没参与的人有几个: the first is told, not asked
            self.mentions = [m for m in self.mentions if m not in given]
        values = self.values()
        if len(values) > 1 and "within" in self.operations and not self.operations & {"and", "each"}:
            first, second = self.mentions[0], self.mentions[-1]
            if len(self.mentions) == 2 and self.inside(first) and second.metric.scope == first.metric.scope:
                values = values[-1:]
        claim, sign = self.claim()
        return self.made("value", values, claim=claim, claim_sign=sign)


def children(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The parts of a metric; for a part, its siblings."""
    formula = catalogue.formulas.get(name)
    if formula is not None and added(formula):
        return added(formula)
    stated = tuple(m.name for m in catalogue.metrics.values() if m.whole == name and m.formula is None)
    if stated:
        return stated
    whole = catalogue.metrics[name].whole
    return children(catalogue, whole) if whole else ()


def _ends(time: TimeAsked) -> tuple[TimeAsked, ...]:
    """2023年到2024年 as its two ends."""
    if time.kind != "range" or time.until_year is None:
        return (time,)
    last = replace(time, kind="year", year=time.until_year, until_year=None, start=time.end - 1)
    return replace(time, kind="year", until_year=None, end=time.end - 1), last


def _notes(mentions: list[Mention]) -> list[str]:
    notes = []
    for mention in mentions:
        if mention.others:
            others = "、".join(f"“{name}”" for name in mention.others[:3])
            notes.append(f"“{mention.word}”按“{mention.metric.name}”理解；也可能指{others}。")
    return notes
