"""What a conversation remembers: its facts and its last evidence, not its words."""

import datetime as dt
from typing import Any

from pydantic import Field

from assistant.desk.opencase import OpenCase
from assistant.desk.question import Reading, Shape, day_of, is_elliptic, party_of, pointer_of, shape_of, turn_of
from assistant.law.library import Library
from assistant.schema import Fact, Noun


class Memory(Noun):
    """Kept with the conversation in the journal. `focus` is the article of the last answer that a follow-up means."""

    query: str = ""  # the last question, whole: a follow-up adds to it
    shape: Shape = Shape.GENERAL
    focus: str | None = None
    paragraph: int | None = None
    articles: tuple[str, ...] = ()
    law: str | None = None
    figures: str = ""  # the last question, whole, when it asked for figures
    facts: dict[str, Fact] = Field(default_factory=dict)
    case: OpenCase | None = None  # the case that was put last, whatever was asked since

    def set_aside(self) -> OpenCase | None:
        """The case as it stands when something else was asked: its next answer must name what it answers."""
        return self.case.model_copy(update={"waiting": False}) if self.case is not None else None

    @classmethod
    def load(cls, raw: dict[str, Any]) -> "Memory":
        return cls.model_validate(raw) if raw else cls()

    def keep(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def read(text: str, memory: Memory, library: Library, today: dt.date, *, cites: bool, names_law: bool) -> Reading:
    """A question in its conversation. `cites`: it names a provision itself; `names_law`: an instrument."""
    day, day_words = day_of(text, today)
    party, party_words = party_of(text)
    alone = Reading(
        text=text,
        query=text,
        shape=shape_of(text, names_article=cites),
        day=day,
        day_words=day_words,
        party=party,
        party_words=party_words,
    )
    if not memory.query or cites or names_law:
        return alone
    pointer = pointer_of(text)
    focus = library.get(memory.focus) if memory.focus else None
    if pointer is not None and focus is not None and len(text) <= 40:
        target = focus
        if pointer.number is not None:
            found = library.article(focus.version_id, pointer.number)
            if found is None:
                return alone
            target = found
        elif pointer.step:
            beside = library.neighbours(focus)[0 if pointer.step < 0 else 1]
            if beside is None:
                return alone
            target = beside
        paragraph = pointer.paragraph or (memory.paragraph if pointer.item and target is focus else None)
        pointed = bool(pointer.number or pointer.step or pointer.paragraph or pointer.item)
        shape = alone.shape if alone.shape is not Shape.GENERAL else (Shape.ARTICLE if pointed else memory.shape)
        return Reading(
            text=text,
            query=text if pointed else f"{memory.query} {turn_of(text)}",
            shape=shape,
            day=day,
            day_words=day_words,
            party=party,
            party_words=party_words,
            law_hint=focus.law,
            articles=(target.id,),
            paragraph=paragraph,
            item=pointer.item,
            follows=True,
        )
    if is_elliptic(text):
        known = memory.facts.get("party_type")
        return Reading(
            text=text,
            query=f"{memory.query} {turn_of(text)}",
            shape=memory.shape if alone.shape in (Shape.GENERAL, Shape.DEFINITION) else alone.shape,
            day=day,
            day_words=day_words,
            party=party or (str(known.value) if known else None),
            party_words=party_words or (known.quote if known else None),
            law_hint=memory.law,
            follows=True,
        )
    return alone


def facts_of(reading: Reading, before: dict[str, Fact]) -> dict[str, Fact]:
    """What is known of the case: what was said before, with what this question says put over it."""
    facts = dict(before) if reading.follows else {}
    if reading.party and reading.party_words:
        facts["party_type"] = Fact(value=reading.party, quote=reading.party_words)
    return facts
