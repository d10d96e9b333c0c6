"""What an amending instrument says of itself: which law it changes, from which day, and which articles.

Amending instruments (修正案, 修改决定) are texts of their own; nothing here merges them into the law they change.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.schema import Article, LawVersion

_FIGURES = "零〇一二三四五六七八九十百千"
_NUMBER = rf"第[{_FIGURES}]+条(?:之[一二三四五六七八九十]+)?"
_DECISION = re.compile(r"关于修改[《〈](?P<law>[^《》〈〉]+)[》〉]的决定")
_AMENDMENT = re.compile(r"(?P<law>.*?(?:宪法|刑法))修正案(?:（.+）)?")
_CHANGED = re.compile(rf"(?P<new>作为|改为|至)?(?P<number>{_NUMBER})")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]?")
_VERBS = ("修改为", "增加", "删去", "删除", "改为", "中的")


@dataclass(frozen=True)
class Amendment:
    """One amending instrument: `law` is the title of what it changes, `passed` and `commences` are days.

    `changed` are the articles of the old count that it rewrites, amends or removes.
    """

    version: LawVersion
    law: str
    passed: dt.date | None
    commences: dt.date | None
    changed: frozenset[str]


def amended_law(title: str) -> str | None:
    """The title of the law that an instrument of this title amends; None when it is no amending instrument."""
    if match := _DECISION.search(title):
        return match["law"]
    if match := _AMENDMENT.fullmatch(title):
        return match["law"]
    return None


def changed_articles(articles: Sequence[Article]) -> frozenset[str]:
    """Numbers of the articles that the points of an amending instrument change or remove; not those it adds."""
    changed: set[str] = set()
    for article in articles:
        for line in article.text.split("\n"):
            # A paragraph of the new wording begins with a quotation mark; what precedes it is the instruction.
            instruction = _QUOTED.sub("", line)
            if line[:1] in '“"' or not any(verb in instruction for verb in _VERBS):
                continue
            for match in _CHANGED.finditer(instruction):
                if match["new"]:
                    continue
                after = instruction[match.end() :]
                if after.startswith(("后增加", "之后增加", "前增加")):
                    continue  # the article itself stays as it is
                changed.add(match["number"])
    return frozenset(changed)
