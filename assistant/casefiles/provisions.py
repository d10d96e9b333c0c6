"""The provisions that a decision rests on: what was violated (违则), by what it is punished (罚则), and the rest."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from assistant.casefiles.cutting import Paper
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.schema import CheckedCitation, Citation

Use = Literal["violated", "penal", "other"]
_VIOLATED = re.compile(r"违反|违背|触犯|构成")
_RESTS = re.compile(r"依据|根据|依照|按照|参照|适用|依")
_IMPOSES = re.compile(r"处罚|罚款|没收|警告|吊销|决定|给予|责令")
_GENERAL = ("行政处罚法", "行政复议法", "行政诉讼法", "行政强制法", "民事诉讼法")
_REACH = 80


@dataclass(frozen=True)
class Cited:
    """One provision as a paper cites it, with what the corpus says of it on the day it was looked up for."""

    use: Use
    checked: CheckedCitation
    paper: Paper

    @property
    def citation(self) -> Citation | None:
        found = self.checked
        if found.law is None:
            return None
        return Citation(law=found.law, article=found.article, paragraph=found.paragraph, item=found.item)


def provisions(paper: Paper, library: Library, day: dt.date) -> list[Cited]:
    """Every provision a paper cites, in order, and the use it makes of each."""
    text = paper.tight
    return [Cited(_use(text, found), found, paper) for found in check(text, library, day)]


def _use(text: str, found: CheckedCitation) -> Use:
    before = re.split(r"[。\n]", text[max(0, found.start - _REACH) : found.start])[-1]
    violated, rests = _last(_VIOLATED, before), _last(_RESTS, before)
    if violated < 0 and rests < 0:
        return "other"
    if violated > rests:
        return "violated"
    general = found.law is not None and found.law.removeprefix("中华人民共和国") in _GENERAL
    after = re.split(r"[。\n]", text[found.end : found.end + 160])[0]
    return "penal" if found.article and not general and _IMPOSES.search(after) else "other"


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
