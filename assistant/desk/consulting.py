"""A question of law looked up for a paper: the conclusion of the desk and the provisions it rests on."""

import datetime as dt
import re
from collections.abc import Callable

from assistant.desk.compose import SURE, Composer
from assistant.desk.evidence import Looker
from assistant.desk.extract import WHOLE
from assistant.desk.found import Found
from assistant.desk.memory import Memory, read
from assistant.desk.question import Shape
from assistant.drafting import Advice
from assistant.law.library import Library
from assistant.schema import CheckedCitation

_ELSEWHERE = re.compile(
    r"，关键事实见“[^”]*”|是否适用，取决于下面要查清的事实。|，?见下引条文"
)  # what stands on the page of an answer
_ITEM = re.compile(r"规定：（[一二三四五六七八九十]+）")


class Consulting:
    """The first half of the desk's pass, without a conversation and without a model."""

    def __init__(
        self,
        library: Library,
        looker: Looker,
        composer: Composer,
        check: Callable[[str, Library, dt.date], tuple[CheckedCitation, ...]],
        written: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._library = library
        self._looker = looker
        self._composer = composer
        self._check = check
        self._written = written

    def __call__(self, question: str, as_of: dt.date) -> Advice | None:
        cited = self._check(question, self._library, as_of)
        laws = bool(self._looker.laws_in(question))
        reading = read(question, Memory(), self._library, as_of, cites=any(c.article for c in cited), names_law=laws)
        if reading.shape is Shape.METRIC:
            return None
        reading = self._looker.settled(reading)
        evidence = self._looker.look(reading, cited, as_of)
        absent = tuple(dict.fromkeys(f"{one.detail.rstrip('。')}。" for one in evidence.absent))
        if not (evidence.decisive or absent):
            return None
        provisions = tuple(dict.fromkeys(_widened(found) for found in evidence.decisive))
        named = any(found.named for found in evidence.decisive)
        sure = named or evidence.topical or evidence.pointed or evidence.cover >= SURE
        if not sure or (absent and not named):
            # What lies nearest by its words is for the person to look at, not for a paper to rest on.
            return Advice(absent, (), provisions)
        terms = self._looker.lexicon.terms(" ".join((reading.query, *self._written(reading.query))))
        conclusion = _ELSEWHERE.sub("", _ITEM.sub("规定：", self._composer.conclusion(reading, evidence, terms, as_of)))
        return Advice((*absent, f"{conclusion.rstrip('；。')}。"), provisions)


def _widened(found: Found) -> str:
    """The provision of a find; the article where only an 项 of a short one was found, since its list is read whole."""
    part = found.part.citation
    return str(found.article.citation if part.item and len(found.article.text) <= WHOLE else part)
