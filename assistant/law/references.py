"""Which articles name which others: 本法第…条 within a text, 《…》第…条 across texts.

This is the reading of statutes by statutes, where the form is regular; citations in what people write are found by
`assistant.law.citations`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from assistant.numerals import to_chinese, to_int
from assistant.schema import Article

_FIGURES = "零〇一二三四五六七八九十百千"
_NUMBER = rf"第[{_FIGURES}]+条(?:之[一二三四五六七八九十]+)?"
_PART = rf"(?:第[{_FIGURES}]+款)?(?:第[（(]?[{_FIGURES}]+[）)]?项)?(?:第[{_FIGURES}]+目)?"
_JOIN = rf"(?:、|和|以及|及|或者|至|到)(?:第[（(]?[{_FIGURES}]+[）)]?[款项](?:、|和|至|或者)?)*"
_LIST = rf"{_NUMBER}{_PART}(?:{_JOIN}{_NUMBER}{_PART})*"
_REFERENCE = re.compile(
    rf"(?:《(?P<title>[^《》]+)》(?:（[^（）]*）)?|(?P<own>本(?:法|条例|规定|办法|决定|细则|规则)))(?P<articles>{_LIST})"
)
_ONE = re.compile(rf"(?P<join>至|到)?(?P<number>{_NUMBER})")
_LONGEST_RANGE = 60  # 第…条至第…条 over more articles than this is a chapter, not a list of provisions


def named_articles(text: str) -> list[tuple[str | None, str]]:
    """`(title, 第…条)` for every article a statute names; the title is None for 本法."""
    found: list[tuple[str | None, str]] = []
    for match in _REFERENCE.finditer(text):
        previous: str | None = None
        for one in _ONE.finditer(match["articles"]):
            number = one["number"]
            if one["join"] and previous is not None and "之" not in previous + number:
                first, last = to_int(previous[1:-1]), to_int(number[1:-1])
                if 0 < last - first <= _LONGEST_RANGE:
                    found.extend((match["title"], f"第{to_chinese(n)}条") for n in range(first + 1, last))
            found.append((match["title"], number))
            previous = number
    return found


class CitationIndex:
    """Who cites an article. Made from all articles at once; a citation means the number in any version of the law."""

    def __init__(self, articles: Iterable[Article], names: Mapping[str, str]) -> None:
        self._across: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._within: dict[tuple[str, str], list[str]] = defaultdict(list)
        for article in articles:
            if "条" not in article.text:
                continue
            for title, number in dict.fromkeys(named_articles(article.text)):
                if title is None:
                    self._within[article.version_id, number].append(article.id)
                elif full := names.get("".join(title.split())):
                    self._across[full, number].append(article.id)

    def citing(self, article: Article) -> tuple[str, ...]:
        """Ids of the articles that name `article`, those of its own text first; never itself."""
        if article.number is None:
            return ()
        own = self._within.get((article.version_id, article.number), [])
        others = self._across.get((article.law, article.number), [])
        return tuple(i for i in dict.fromkeys([*own, *others]) if i != article.id)
