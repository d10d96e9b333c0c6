"""All texts of all instruments, and the one that ruled on a given day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from assistant.schema import Article, LawVersion, Status

_STATE = "中华人民共和国"


def short_title(title: str) -> str:
    """行政处罚法 for 中华人民共和国行政处罚法; other titles stay as they are."""
    return title.removeprefix(_STATE)


class Library:
    """Instruments, their versions (oldest first) and their articles. Read-only once made."""

    def __init__(self, versions: Iterable[LawVersion], articles: Iterable[Article]) -> None:
        self._versions: dict[str, LawVersion] = {}
        self._by_title: dict[str, list[LawVersion]] = defaultdict(list)
        for version in versions:
            self._versions[version.id] = version
            self._by_title[version.title].append(version)
        for texts in self._by_title.values():
            texts.sort(key=lambda v: (v.span.from_ or dt.date.min, v.version_date or dt.date.min))
        self._articles: dict[str, Article] = {}
        self._by_version: dict[str, list[Article]] = defaultdict(list)
        self._by_number: dict[tuple[str, str], Article] = {}
        for article in articles:
            self._articles[article.id] = article
            self._by_version[article.version_id].append(article)
            if article.number is not None:
                self._by_number[article.version_id, article.number] = article
        for members in self._by_version.values():
            members.sort(key=lambda a: a.position)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(self._by_title)

    @property
    def all_articles(self) -> Iterable[Article]:
        return self._articles.values()

    def versions(self, title: str) -> tuple[LawVersion, ...]:
        """Every text of one instrument, oldest first; empty when it is not held."""
        return tuple(self._by_title.get(title, ()))

    def version(self, version_id: str) -> LawVersion:
        return self._versions[version_id]

    def version_on(self, title: str, day: dt.date) -> LawVersion | None:
        """The text that speaks for `day`: the one in force, else the nearest to it; None when nothing is held.

        A caller shows `status_on(day)` with it: the nearest text is not the law of that day.
        """
        texts = self._by_title.get(title)
        if not texts:
            return None
        begun = [v for v in texts if v.span.from_ is None or v.span.from_ <= day]
        return begun[-1] if begun else texts[0]

    def get(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def article(self, version_id: str, number: str) -> Article | None:
        return self._by_number.get((version_id, number))

    def articles_of(self, version_id: str) -> tuple[Article, ...]:
        return tuple(self._by_version.get(version_id, ()))

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The articles before and after it in the same text."""
        members = self._by_version[article.version_id]
        at = members.index(article)
        return (members[at - 1] if at else None, members[at + 1] if at + 1 < len(members) else None)

    def status(self, article: Article, day: dt.date) -> Status:
        return self._versions[article.version_id].status_on(day)

    def in_force(self, day: dt.date) -> Iterator[Article]:
        """Every article that is law on `day` (现行有效 alone; what is 待核 is not among them)."""
        for version in self._versions.values():
            if version.status_on(day) == "现行有效":
                yield from self._by_version[version.id]
