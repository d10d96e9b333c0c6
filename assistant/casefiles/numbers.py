"""Numbers of documents (文号): 津开市监罚〔2026〕12号."""

import re
from typing import NamedTuple

from assistant.casefiles.cutting import Paper
from assistant.casefiles.intake import Line

_NUMBER = re.compile(
    r"(?P<prefix>[\u4e00-\u9fff（）()]{1,16}?)(?P<open>[〔\[［(（【﹝])(?P<year>20\d{2})(?P<close>[〕\]］)）】﹞])[\u4e00-\u9fff]{0,4}?第?(?P<serial>(?:[A-Z]{1,3}[-—－]?)?\d{1,6})(?:[-—]\d{1,3})?号"
)
_WORDS_BEFORE = re.compile(r"^.*(?:文书号|文号|编号|案号|决定书|告知书|通知书|名称)")
_HEAD = 8  # lines in which a document's own number stands


class Number(NamedTuple):
    """One number. `regular`: the year stands in 〔〕."""

    text: str
    prefix: str
    year: int
    serial: str
    regular: bool
    line: Line


def numbers_in(paper: Paper) -> list[Number]:
    """Every number in a document."""
    return [number for line in paper.lines for number in _of(line)]


def number_of(paper: Paper) -> Number | None:
    """The number that a document bears at its head."""
    return next((number for line in paper.lines[:_HEAD] for number in _of(line)), None)


def _of(line: Line) -> list[Number]:
    found = []
    for match in _NUMBER.finditer(line.tight):
        prefix = _WORDS_BEFORE.sub("", match["prefix"])
        text = match[0][len(match["prefix"]) - len(prefix) :]
        regular = (match["open"], match["close"]) == ("〔", "〕")
        found.append(Number(text, prefix, int(match["year"]), match["serial"].lstrip("0"), regular, line))
    return found
