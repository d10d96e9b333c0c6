"""Facts proposed by a model's form beside those read by rules: quoted or discarded, contradictions asked."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.reading import Contradiction, Reading
from assistant.rules.facts.support import supports
from assistant.schema import CaseFacts, Known, Noun


class Discarded(Noun):
    """A proposed fact that was not taken, and why (Chinese)."""

    field: str
    quote: str
    reason: str


class Merged(Noun):
    """Facts of the rules and of a form together. A field in `contradictions` is no fact: it is to be asked."""

    facts: CaseFacts
    contradictions: tuple[Contradiction, ...] = ()
    discarded: tuple[Discarded, ...] = ()


def merge_model_facts(own: Reading, proposed: Mapping[str, Any], description: str, *, today: dt.date) -> Merged:
    """`proposed` maps a field of `CaseFacts` (`other.<name>` for one of those) to `{value, quote}`.

    A proposal is discarded without a quote, when its quote is not in the description word for word or stands there
    only as a claim, a doubt, a supposition, a statute's words or another's case, when its value cannot be, and, where
    the rules read nothing, when the words do not speak of the fact (`supports`). `today` is what 昨天 is reckoned from.
    Where rules and form differ neither is taken; what the words contradict themselves on is not settled by a form.
    """
    known: dict[str, Known[Any]] = own.facts.known()
    disputed = {c.field: list(c.quotes) for c in own.contradictions}
    discarded: list[Discarded] = []
    telling = Telling(description)
    for field, entry in proposed.items():
        value, quote = (entry.get("value"), entry.get("quote")) if isinstance(entry, Mapping) else (None, None)
        reason = _refusal(field, value, quote, telling)
        if reason:
            discarded.append(Discarded(field=field, quote=quote if isinstance(quote, str) else "", reason=reason))
            continue
        assert isinstance(quote, str)
        fact = _known(field, value, quote)
        if field in disputed:
            disputed[field].append(quote)
        elif field in known and known[field].value != fact.value and field != "violation":
            disputed[field] = [known.pop(field).quote, quote]
        elif field not in known and not supports(field, fact.value, quote, today):
            discarded.append(Discarded(field=field, quote=quote, reason="这句话没有说出这项事实"))
        elif field not in known:
            known[field] = fact
    facts = _facts({field: {"value": fact.value, "quote": fact.quote} for field, fact in known.items()})
    return Merged(
        facts=facts,
        contradictions=tuple(Contradiction(field=f, quotes=tuple(dict.fromkeys(q))) for f, q in disputed.items()),
        discarded=tuple(discarded),
    )


def _refusal(field: str, value: object, quote: object, telling: Telling) -> str | None:
    if value is None:
        return "没有给出值"
    if not isinstance(quote, str) or not quote.strip():
        return "没有给出原文"
    if quote not in telling.original:
        return "原文里没有这句话"
    if not _asserted(quote, telling):
        return "原文里这句话是主张、疑问、假设、法条或者别人的情况"
    try:
        _known(field, value, quote)
    except (ValidationError, KeyError):
        return "没有这个事实，或者值不能成立"
    return None


def _asserted(quote: str, telling: Telling) -> bool:
    """Whether the quote stands somewhere in the description as part of the case itself."""
    at = telling.original.find(quote)
    while at >= 0:
        if "□" not in telling.asserted[at : at + len(quote)]:
            return True
        at = telling.original.find(quote, at + 1)
    return False


def _known(field: str, value: Any, quote: str) -> Known[Any]:
    """The proposal as a fact. ValidationError for a wrong value, KeyError for no field of that name."""
    facts = _facts({field: {"value": value, "quote": quote[:2_000]}})
    return facts.known()[field]


def _facts(known: Mapping[str, Mapping[str, Any]]) -> CaseFacts:
    plain = {field: dict(fact) for field, fact in known.items() if not field.startswith("other.")}
    other = {field[6:]: dict(fact) for field, fact in known.items() if field.startswith("other.")}
    return CaseFacts.model_validate(plain | ({"other": other} if other else {}))
