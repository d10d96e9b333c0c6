"""From a question in everyday Chinese to a query over rows, by rule. What is not understood is never guessed."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.numerals import to_int
from assistant.records.periods import PeriodAsked, find_periods
from assistant.records.periods import said as spoken
from assistant.records.words import ASK, COUNTED, FILLERS, HEAD, MEASURES, OPERATIONS, TAIL, UNITS
from assistant.stats.catalogue import Catalogue
from assistant.stats.spelling import spell

Operation = Literal["value", "rank", "months", "periods", "departments", "share", "check"]
Kind = Literal["metric", "department", "unheld", "operation", "ask", "filler"]
_ORDER: tuple[Kind, ...] = ("metric", "department", "unheld", "operation", "ask", "filler")
_LONGEST = 120
_GAP = "\x00"
_PUNCTUATION = re.compile(r"[,，。？?！!;；：:（）()、]")
_TURN = re.compile(r"^(?:那么|那|其中|再|还有|另外|然后)+|[呢呀吗啊嘛]+$")
_SHORT = 24
_MOVES = frozenset(["than", "more", "less", "up", "down", "growth", "change"])


@dataclass(frozen=True)
class RowQuery:
    """A question about rows, read. `others`: metrics that its words may mean besides."""

    operation: Operation
    metrics: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    periods: tuple[PeriodAsked, ...] = ()
    low: bool = False
    """Whether the last are asked for."""
    top: int | None = None
    """How many of a ranking are asked for; None: all."""
    relative: Literal["yoy", "chain"] | None = None
    growth: bool = False
    others: tuple[str, ...] = ()
    of_rows: bool = False
    """Whether the question itself speaks of the platform's rows."""

    @property
    def particular(self) -> bool:
        """Whether it asks for what only rows can tell: a ranking, months, a share, a day or part of a year."""
        return self.operation != "value" or self.of_rows or bool(self.departments or self.periods)


@dataclass(frozen=True)
class Unread:
    """A question about rows of which a part is not known."""

    missing: Literal["metric", "scope", "period", "relation"]
    what: str


@dataclass(frozen=True)
class _Token:
    kind: Kind
    text: str
    names: tuple[str, ...] = ()


class RowReader:
    """Reads questions over the metrics that rows can make and the departments there are."""

    def __init__(
        self, catalogue: Catalogue, metrics: dict[str, tuple[str, ...]], departments: dict[str, tuple[str, ...]],
        unheld: Iterable[str], assessed: Sequence[str], tail: int,
    ) -> None:  # fmt: skip
        """`metrics` and `departments`: by name, their words. `assessed`: the metrics 末位 means; `tail`: how many."""
        self._catalogue = catalogue
        self._assessed = tuple(assessed)
        self._tail = tail
        self._words: dict[str, dict[Kind, tuple[str, ...]]] = {}
        for kind, told in (("metric", metrics), ("department", departments)):
            for name, words in told.items():
                for word in words:
                    self._add(word, kind, name)  # type: ignore[arg-type]  # one of the two literals
        for word in unheld:
            if "department" not in self._words.get(spell(word), {}):
                self._add(word, "unheld", word)
        for name, said in OPERATIONS.items():
            for word in said:
                self._add(word, "operation", name)
        for word in FILLERS:
            self._add(word, "filler", "")
        self._longest = max(map(len, self._words))

    def _add(self, word: str, kind: Kind, name: str) -> None:
        if spelt := spell(word):
            senses = self._words.setdefault(spelt, {})
            senses[kind] = tuple(dict.fromkeys((*senses.get(kind, ()), name)))

    def read(self, question: str, today: dt.date) -> RowQuery | Unread | None:
        """The query a question asks; what of it is not known; None where it is not about rows."""
        text = _PUNCTUATION.sub(_GAP, spell(question))
        if not text.strip(_GAP) or len(text) > _LONGEST:
            return None
        periods = find_periods(text, today)
        text = _without(text, [(p.start, p.end) for p in periods])
        text, count, low = _counted(text)
        tokens, left = self._tokens(text)
        said = {t.names[0] for t in tokens if t.kind == "operation"}
        mentioned = [t for t in tokens if t.kind == "metric"]
        if "check" in said and "rows" in said and "report" in said and not left:
            return RowQuery("check", periods=tuple(periods), of_rows=True)
        last = low or bool(said & {"bottom", "tail"})
        if not mentioned and not (last and ("departments" in said or count is not None)):
            return None
        if left:
            return Unread("metric", f"“{'、'.join(left)}”不在指标库里，不能按它取数") if mentioned else None
        if unheld := [t.text for t in tokens if t.kind == "unheld"]:
            return Unread("scope", f"明细里没有“{'、'.join(unheld)}”")
        if early := next((p.text for p in periods if not p.started), None):
            return Unread("period", f"“{early}”还没有到")
        if len(periods) > 2:
            return Unread("period", "一次最多问两个时段，请分开问")
        chosen = self._metrics(mentioned, [kind for t in tokens if t.kind == "ask" for kind in t.names])
        if chosen is None:
            return Unread("metric", f"没有按这个量词统计的“{'、'.join(t.text for t in mentioned)}”")
        metrics, others = chosen
        departments = tuple(dict.fromkeys(t.names[0] for t in tokens if t.kind == "department"))
        base = RowQuery(
            "value", metrics or self._assessed, departments, tuple(periods), others=others, of_rows="rows" in said
        )
        return self._operation(base, said, tokens, count, low)

    def follow(self, question: str, before: RowQuery, today: dt.date) -> str | None:
        """The whole question that a short follow-up means: the one before it with a part put in its place."""
        text = _TURN.sub("", _TURN.sub("", _PUNCTUATION.sub("", spell(question))))
        if not text or len(text) > _SHORT or before.operation == "check":
            return None
        periods = find_periods(text, today, before.periods[0].period.since.year if before.periods else None)
        tokens, left = self._tokens(_without(text, [(p.start, p.end) for p in periods]))
        said = {t.names[0] for t in tokens if t.kind == "operation"}
        if left:
            return None
        asked = [kind for t in tokens if t.kind == "ask" for kind in t.names]
        metrics, _ = self._metrics([t for t in tokens if t.kind == "metric"], asked) or ((), ())
        departments = [t.names[0] for t in tokens if t.kind in ("department", "unheld")]
        relative = "同比" if "yoy" in said else "环比" if "chain" in said else ""
        each = "departments" in said
        ends = said & {"top", "bottom", "tail"} if before.operation == "rank" else set()
        if not (metrics or departments or periods or relative or each or ends or "months" in said):
            return None
        whose = "" if each else "、".join(departments or before.departments)
        when = _when(periods, before)
        what = "、".join(metrics or before.metrics)
        if relative:
            return f"{whose}{when}{what}{relative}增长多少"
        if "months" in said or (before.operation == "months" and not each):
            return f"{whose}{when}{what}每个月多少"
        if (each or before.operation == "rank") and not departments:
            low = not ends & {"top"} if ends else before.low
            end = f"{'倒数' if low else '前'}{before.top}名" if before.operation == "rank" and before.top else ""
            return f"各部门{when}{what}排名{end}"
        return f"{whose}{when}{what}多少"

    def _operation(
        self, base: RowQuery, said: set[str], tokens: list[_Token], count: int | None, low: bool | None
    ) -> RowQuery | Unread | None:
        ranked = _ranking(said, tokens, count, low)
        if ranked and not base.departments:
            last, top = ranked
            top = self._tail if top is None and "tail" in said else top
            return _with(base, operation="rank", low=last, top=top)
        if "departments" in said:
            return None
        if "months" in said or ("trend" in said and len(base.periods) < 2):
            return _with(base, operation="months")
        relative = "yoy" if "yoy" in said else "chain" if "chain" in said else None
        if relative or (len(base.periods) == 2 and said & _MOVES):
            if len(base.metrics) > 1 or len(base.departments) > 1:
                return Unread("relation", "一次只比一个指标、一个部门，请分开问")
            growth = "growth" in said or relative is not None
            return _with(base, operation="periods", relative=relative, growth=growth)
        if len(base.departments) > 1 and (said & _MOVES or said & {"who", "top", "bottom", "tail"}):
            low_ = bool(said & {"bottom", "tail", "less"})
            return _with(base, operation="departments", metrics=base.metrics[:1], low=low_)
        if "share" in said:
            if len(base.departments) != 1 or len(base.metrics) != 1:
                return Unread("relation", "没有写明是哪个部门占全部的比重")
            return _with(base, operation="share")
        if said & (_MOVES | {"who", "top", "bottom", "tail", "rank"}):
            return Unread("relation", "没有写明拿什么同什么比较")
        return base

    def _metrics(self, mentioned: list[_Token], asked: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The metrics meant, by the measure word asked where a word may mean several; None: none fits it."""
        chosen: list[str] = []
        others: list[str] = []
        for at, token in enumerate(mentioned):
            kind = asked[min(at, len(asked) - 1)] if asked else "点"
            fitting = [n for n in token.names if kind == "点" or self._kind(n) == kind]
            if not fitting:
                return None
            if not any(n in chosen for n in fitting):  # 处罚企业 in two words is one thing
                chosen.append(fitting[0])
                others += fitting[1:]
        return tuple(chosen), tuple(dict.fromkeys(o for o in others if o not in chosen))

    def _kind(self, name: str) -> str:
        return UNITS.get(self._catalogue.metrics[name].unit, "件")

    def _tokens(self, text: str) -> tuple[list[_Token], list[str]]:
        """The cheapest way to read a text as known words, longer ones costing less; and what is left over."""
        ending: dict[int, list[tuple[int, _Token]]] = {}
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                for kind, names in self._words.get(text[start:end], {}).items():
                    ending.setdefault(end, []).append((start, _Token(kind, text[start:end], names)))
        for match in ASK.finditer(text):
            measure = match["measure"]
            token = _Token("ask", match[0], (MEASURES[measure],) if measure else ())
            ending.setdefault(match.end(), []).append((match.start(), token))
        best: list[tuple[float, int, _Token | None]] = [(0.0, 0, None)]
        for at in range(1, len(text) + 1):
            choice: tuple[float, int, _Token | None] = (best[-1][0] + (0 if text[at - 1] == _GAP else 10), at - 1, None)
            for start, token in ending.get(at, ()):
                price = best[start][0] + 1 + _ORDER.index(token.kind) / 10 - (at - start) ** 2 / 100
                if price < choice[0]:
                    choice = (price, start, token)
            best.append(choice)
        tokens: list[_Token] = []
        left: list[str] = []
        at = len(text)
        while at > 0:
            _, start, found = best[at]
            if found is not None:
                tokens.append(found)
            elif text[start] != _GAP:
                left.append(text[start])
            at = start
        return tokens[::-1], ["".join(left[::-1])] if left else []


def _ranking(
    said: set[str], tokens: list[_Token], count: int | None, low: bool | None
) -> tuple[bool, int | None] | None:
    """Whether departments are ranked, from which end and how many are asked for; None: they are not."""
    who = any(t.text in ("谁", "哪家") for t in tokens)  # 检查和处罚哪个多 compares metrics
    every = any(t.names[0] == "departments" and t.text.startswith(("各", "每", "分", "按")) for t in tokens if t.names)
    ends = said & {"top", "bottom", "tail", "more", "less"}
    ordered = bool(ends or said & {"rank", "falling", "rising"}) or count is not None
    if not (("departments" in said and (ordered or every)) or count is not None or (who and ends)):
        return None  # 哪个部门处罚 asks who may, not who does most
    if low is None:
        low = bool(said & {"bottom", "tail", "rising", "less"})
    return low, count or (1 if ends - {"tail"} else None)


def _when(asked: Sequence[PeriodAsked], before: RowQuery) -> str:
    """The period of a follow-up: its own, a year on the same days as before, or that of before."""
    held = before.periods[0] if before.periods else None
    if not asked:
        return spoken(held.period) if held else ""
    own = asked[0]
    if (
        own.kind == "year"
        and held is not None
        and held.kind != "year"
        and held.period.since.year > own.period.since.year
    ):
        period = held.period
        while period.since.year > own.period.since.year:
            period = replace(held, period=period).before(a_year=True)
        return spoken(period)
    return spoken(own.period)


def _with(query: RowQuery, **changes: object) -> RowQuery:
    return RowQuery(**{**vars(query), **changes})


def _counted(text: str) -> tuple[str, int | None, bool | None]:
    """How many are asked for and from which end (True: the last), with those words taken out."""
    for pattern, low in ((TAIL, True), (HEAD, False), (COUNTED, None)):
        match = pattern.search(text)
        if match:
            return _without(text, [match.span()]), to_int(match["n"]), low
    return text, None, None


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = [_GAP] * (end - start)
    return "".join(chars)
