"""A description read into facts: mentions gathered, brought together, contradictions kept apart."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from assistant.errors import InputError
from assistant.rules.facts import amounts, conduct, correction, file_days, history, matter, outcome, party, timing
from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.impossible import impossible
from assistant.rules.facts.mentions import Mention, Rough
from assistant.schema import CaseFacts, Noun

LIMIT = 50_000
"""Characters of a description; a longer one is refused."""

_TIMELY = ("责令期限内改正", "责令前改正", "发现前主动改正")
_QUOTE_LIMIT = 200


class Contradiction(Noun):
    """A field on which the words contradict themselves, with the words on each side; neither is a fact."""

    field: str
    quotes: tuple[str, ...]


class Approximate(Noun):
    """A date, or a number of days, stated only roughly: the least and the most it may be."""

    field: str
    least: dt.date | int
    most: dt.date | int
    quote: str


class Impossible(Noun):
    """What is stated and cannot be: a day that no calendar has, a negative sum, one beyond all reason. It is no fact.

    `field` None: a day that no fact of the case could be tied to.
    """

    field: str | None
    problem: str  # in Chinese
    quote: str


class Reading(Noun):
    """What a description states. `facts` hold what is stated plainly and once; the rest is to be asked."""

    facts: CaseFacts
    contradictions: tuple[Contradiction, ...] = ()
    approximate: tuple[Approximate, ...] = ()
    impossible: tuple[Impossible, ...] = ()


def read(description: str, *, today: dt.date) -> Reading:
    """The facts that a description states, each with the words that state it. No model has a hand in it.

    `today` is the day that 昨天 and 去年 are reckoned from. Claims, doubts, suppositions, questions, orders, words of a
    statute, other people's cases and instructions to the reader give no facts. InputError above LIMIT characters.
    """
    if len(description) > LIMIT:
        raise InputError("案情", f"有{len(description)}字，超过{LIMIT}字", "请摘要事实部分，或把案卷文件导入后再核")
    telling = Telling(description)
    times = timing.read(telling, today)
    found: list[Mention] = [
        *history.read(telling),
        *outcome.read(telling),
        *correction.read(telling, today),
        *conduct.read(telling),
        *times.mentions,
        *file_days.read(telling, today),
    ]
    rough: list[Rough] = list(times.rough)
    for item in amounts.read(telling):
        if isinstance(item, Rough):
            rough.append(item)
        else:
            found.append(item)
    days = {m.value for m in times.mentions if m.field == "conduct_date"}
    found += party.read(telling, times.births, days.pop() if len(days) == 1 else None, today)
    found += matter.read(telling)
    spoiled = list(impossible(telling))
    never = {one.field for one in spoiled}
    reading = _gathered(description, [m for m in found if m.field not in never], rough)
    if not spoiled:
        return reading
    told = tuple(
        Impossible(field=one.field, problem=one.problem, quote=description[one.start : one.end][:_QUOTE_LIMIT])
        for one in spoiled
    )
    return reading.model_copy(update={"impossible": told})


def read_facts(description: str, *, today: dt.date) -> CaseFacts:
    """The facts alone; see `read`, which also tells contradictions and rough dates."""
    return read(description, today=today).facts


def _gathered(description: str, found: Iterable[Mention], rough: Iterable[Rough]) -> Reading:
    by_field: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(found, key=lambda m: (m.start, m.end)):
        by_field[mention.field].append(mention)
    settled: dict[str, Mention] = {}
    contradictions: list[Contradiction] = []
    for field, mentions in by_field.items():
        chosen = _settle(field, mentions)
        if chosen is None:
            quotes = dict.fromkeys(_quote(description, m) for m in mentions)
            contradictions.append(Contradiction(field=field, quotes=tuple(quotes)))
        else:
            settled[field] = chosen
    contradictions += _across(description, settled)
    known: dict[str, Any] = {}
    other: dict[str, Any] = {}
    for field, mention in settled.items():
        fact = {"value": mention.value, "quote": _quote(description, mention)}
        if field.startswith("other."):
            other[field[6:]] = fact
        else:
            known[field] = fact
    return Reading(
        facts=CaseFacts.model_validate(known | ({"other": other} if other else {})),
        contradictions=tuple(contradictions),
        approximate=tuple(
            Approximate(field=r.field, least=r.least, most=r.most, quote=description[r.start : r.end])
            for r in rough
            if r.field not in settled
        ),
    )


def _settle(field: str, mentions: list[Mention]) -> Mention | None:
    """The one mention that stands for the field; None when the words contradict themselves."""
    values = {m.value for m in mentions}
    if len(values) == 1:
        return mentions[0]
    if field == "corrected":
        return _settle_correction(mentions, values)
    if field == "violation":
        return mentions[0]
    strong = [m for m in mentions if not m.weak]
    return strong[0] if strong and len({m.value for m in strong}) == 1 else None


def _settle_correction(mentions: list[Mention], values: set[Any]) -> Mention | None:
    """Of several timely corrections the least early counts; refusing includes not having corrected."""
    if values <= set(_TIMELY):
        value = next(v for v in _TIMELY if v in values)
    elif values == {"未改正", "拒不改正"}:
        value = "拒不改正"
    elif values == {"逾期改正", "责令期限内改正"} and all("逾期" in str(m.value) or m.weak for m in mentions):
        value = "逾期改正"
    else:
        return None
    return next(m for m in mentions if m.value == value)


def _across(description: str, settled: dict[str, Mention]) -> list[Contradiction]:
    """Fields that contradict each other are taken out, each with both sides."""
    first, prior, repeated = (settled.get(f) for f in ("first_violation", "prior_violations", "repeated"))
    against: list[Mention] = []
    if first and first.value and prior and prior.value > 0:
        against = [first, prior]
    elif first and first.value and repeated and repeated.value:
        against = [first, repeated]
    elif prior and prior.value == 0 and repeated and repeated.value:
        against = [prior, repeated]
    out = []
    refused, corrected = settled.get("refused_correction"), settled.get("corrected")
    pairs = [against] if against else []
    if refused and refused.value and corrected and corrected.value != "拒不改正":
        pairs.append([corrected, refused])
    for pair in pairs:
        quotes = tuple(_quote(description, m) for m in pair)
        out.append(Contradiction(field=pair[0].field, quotes=quotes))
        settled.pop(pair[0].field, None)
    return out


def _quote(description: str, mention: Mention) -> str:
    return description[mention.start : mention.end][:_QUOTE_LIMIT]
