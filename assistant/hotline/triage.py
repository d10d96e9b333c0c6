"""What an order is: the kind of demand, the matter, and whether a person must take it. No model has a hand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.knowledge.hotline import HandOverRule, HotlineBook, Matter
from assistant.knowledge.wordgroups import WordGroups
from assistant.schema import DemandType

_WHOLE = 160
"""Characters up to which an order is read as one saying; a longer story is read three sentences at a time."""
_ENOUGH = 4
"""The least weight of a matter's words: below it, the words say too little to answer by."""


@dataclass(frozen=True)
class Triage:
    """`rule` None: nothing sends the order to a person; `rule_words`, `matter_words`: the words that decided.

    `rivals` are matters whose words weigh about as much as those of `matter`, in another field of work.
    """

    category: DemandType
    matter: Matter | None
    rivals: tuple[Matter, ...]
    rule: HandOverRule | None
    rule_words: tuple[str, ...] = ()
    matter_words: tuple[str, ...] = ()


def triage(content: str, stated: DemandType | None, book: HotlineBook) -> Triage:
    """Read an order. What the platform calls it counts where it says 举报; else the words decide."""
    windows = tuple(_windows(content))
    rule, rule_words = _rule(windows, stated, book)
    rated = sorted(
        ((*found, matter) for matter in book.matters if (found := _best(matter.ways, windows)) is not None),
        key=lambda one: -one[0],
    )
    if not rated or rated[0][0] < _ENOUGH:
        return Triage(_category(windows, rule, stated, book), None, (), rule, rule_words)
    weight, words, matter = rated[0]
    rivals = tuple(m for w, _, m in rated[1:] if w >= weight - 1 and m.field != matter.field)
    return Triage(_category(windows, rule, stated, book), matter, rivals, rule, rule_words, words)


def _windows(content: str) -> Iterator[str]:
    text = re.sub(r"\s+", "", content)
    if len(text) <= _WHOLE:
        yield text
        return
    sentences = [s for s in re.split(r"(?<=[。！？!?；;，,])", text) if s]
    held: list[str] = []
    for sentence in sentences:
        held.append(sentence)
        while len(held) > 1 and sum(map(len, held)) > _WHOLE:
            held.pop(0)
        yield "".join(held)


def _best(ways: tuple[WordGroups, ...], windows: tuple[str, ...]) -> tuple[int, tuple[str, ...]] | None:
    found = [(weight, way.said(window)) for window in windows for way in ways if (weight := way.weight(window))]
    return max(found, key=lambda one: one[0], default=None)


def _rule(
    windows: tuple[str, ...], stated: DemandType | None, book: HotlineBook
) -> tuple[HandOverRule | None, tuple[str, ...]]:
    """The first rule that holds, in the order of the book: danger goes before a report, a report before the rest."""
    for rule in book.rules:
        found = _best(rule.ways, windows)
        if found is not None:
            return rule, found[1]
        if rule.reason == "举报" and stated == "举报":
            return rule, ()
    return None, ()


def _category(
    windows: tuple[str, ...], rule: HandOverRule | None, stated: DemandType | None, book: HotlineBook
) -> DemandType:
    if rule is not None and rule.reason == "举报":
        return "举报"
    if rule is not None and rule.reason == "危险":
        return "求助"
    # 你们看他们违法吗 is a question in form, a complaint in substance: the last line, which goes by form, is left out.
    lines = book.demands[:-1] if rule is not None and rule.reason == "个案" else book.demands
    for category, ways in lines:
        if _best(ways, windows) is not None:
            return category
    return stated or "投诉"
