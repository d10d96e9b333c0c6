"""All texts of all instruments, the one that ruled on a given day, and who cites whom."""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from assistant.law.references import CitationIndex
from assistant.schema import Article, LawVersion, Span, Status

_STATE = "中华人民共和国"
_BRACKET = re.compile(r"[（(]\s*(?P<year>\d{4})\s*年?\s*(?P<rest>[^（）()]{0,12})[）)]$")
_VERSION_WORDS = re.compile(
    r"(?:\d{1,2}月\d{1,2}日)?(?:第[一二三四五六七八九十]+次)?(?:修订|修正|修改|公布|通过|版|施行|本)*"
)
_MARKS = re.compile(r"[^\w]+")


def short_title(title: str) -> str:
    """行政处罚法 for 中华人民共和国行政处罚法; other titles stay as they are."""
    return title.removeprefix(_STATE)


class Library:
    """Instruments, their versions (oldest first) and their articles. Read-only once made.

    `aliases` maps a customary name (民诉法) to the full title; a name that could mean two instruments is not one.
    """

    def __init__(
        self,
        versions: Iterable[LawVersion],
        articles: Iterable[Article],
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self._versions: dict[str, LawVersion] = {}
        self._by_title: dict[str, list[LawVersion]] = defaultdict(list)
        for version in versions:
            self._versions[version.id] = version
            self._by_title[version.title].append(version)
        for texts in self._by_title.values():
            texts.sort(key=lambda v: (v.span.from_ or v.version_date or dt.date.min, v.version_date or dt.date.min))
        self._articles: dict[str, Article] = {}
        self._by_version: dict[str, list[Article]] = defaultdict(list)
        self._by_number: dict[tuple[str, str], Article] = {}
        for article in articles:
            self._articles[article.id] = article
            self._by_version[article.version_id].append(article)
            if article.number is not None:
                self._by_number[article.version_id, article.number] = article
        self._place: dict[str, int] = {}
        for members in self._by_version.values():
            members.sort(key=lambda a: a.position)
            self._place.update((a.id, at) for at, a in enumerate(members))
        self._names = self._all_names(aliases or {})

    def _all_names(self, aliases: Mapping[str, str]) -> dict[str, str]:
        names: dict[str, str | None] = {}
        for title in self._by_title:
            short = short_title(title)
            # 工会法 of one state is one law; a short form that two titles share names neither.
            names[short] = title if short not in names else None
        names.update({title: title for title in self._by_title})
        for name, title in aliases.items():
            if title in self._by_title:
                names.setdefault(name, title)
        return {name: title for name, title in names.items() if title is not None}

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(self._by_title)

    @property
    def names(self) -> Mapping[str, str]:
        """Every name an instrument is known by (full, short, customary) and its full title."""
        return self._names

    @property
    def all_versions(self) -> Iterable[LawVersion]:
        return self._versions.values()

    @property
    def all_articles(self) -> Iterable[Article]:
        return self._articles.values()

    @cached_property
    def digest(self) -> str:
        """Fingerprint of everything held: texts, spans and names. The same content gives the same digest."""
        digest = hashlib.sha256()
        for version_id in sorted(self._versions):
            digest.update(self._versions[version_id].model_dump_json().encode())
            for article in self._by_version.get(version_id, ()):
                fields = (article.id, article.text, *article.path, str(article.stale_from), article.note or "")
                digest.update("\0".join(fields).encode())
        digest.update("\0".join(f"{name}={title}" for name, title in sorted(self._names.items())).encode())
        return digest.hexdigest()

    def resolve_title(self, name: str) -> str | None:
        """The full title that a full, short or customary name means, with or without 《》 and （2021修订）.

        None when nothing of that name is held; a name that could mean several is not guessed.
        """
        name = "".join(name.split()).strip("《》〈〉<>“”\"'")
        if name in self._names:
            return self._names[name]
        return self._names.get(_without_version(name)[0])

    def resolve_version(self, name: str, day: dt.date) -> LawVersion | None:
        """The text a name means on `day`; a year in brackets (食品安全法（2015修订）) names a text of that year.

        None when the instrument, or a text of that year, is not held.
        """
        title = self.resolve_title(name)
        if title is None:
            return None
        bare = "".join(name.split()).strip("《》〈〉<>“”\"'")
        year = None if bare in self._names else _without_version(bare)[1]
        if year is None:
            return self.version_on(title, day)
        of_year = [v for v in self._by_title[title] if v.version_date is not None and v.version_date.year == year]
        return of_year[-1] if of_year else None

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
        ruling = next((v for v in texts if v.status_on(day) == "现行有效"), None)
        if ruling is not None:
            return ruling
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
        at = self._place[article.id]
        return (members[at - 1] if at else None, members[at + 1] if at + 1 < len(members) else None)

    def span(self, article: Article) -> Span:
        """Days in force of an article: those of its text, unless an amendment overtook the article before."""
        span = self._versions[article.version_id].span
        if article.stale_from is None:
            return span
        last = article.stale_from - dt.timedelta(days=1)
        return Span(from_=span.from_, to=last if span.to is None else min(last, span.to))

    def status(self, article: Article, day: dt.date) -> Status:
        status = self._versions[article.version_id].status_on(day)
        if status == "现行有效" and article.stale_from is not None and day >= article.stale_from:
            return "已修改"
        return status

    def note(self, article: Article) -> str | None:
        """What a reader must know of the article and of its text's validity, in Chinese."""
        notes = (article.note, self._versions[article.version_id].note)
        return "；".join(n for n in notes if n) or None

    def in_force(self, day: dt.date) -> Iterator[Article]:
        """Every article that is law on `day` (现行有效 alone; what is 待核 is not among them, and no court case)."""
        for version in self._versions.values():
            if version.kind != "案例" and version.status_on(day) == "现行有效":
                for article in self._by_version[version.id]:
                    if article.stale_from is None or day < article.stale_from:
                        yield article

    def cited_by(self, article: Article) -> tuple[Article, ...]:
        """Articles that name this one: 本法第…条 in the same text, 《…》第…条 in others. Indexed at the first call."""
        return tuple(self._articles[i] for i in self._citations.citing(article))

    @cached_property
    def _citations(self) -> CitationIndex:
        return CitationIndex(self._articles.values(), self._names)

    def boilerplate_key(self, article: Article) -> str | None:
        """The same for articles of one wording in several instruments (施行、刑责); None for a wording of its own.

        Search shows one of a group. Punctuation, spaces and the instrument's own kind (本法, 本条例) do not count.
        """
        key = _wording(article.text)
        return key if key in self._boilerplate else None

    @cached_property
    def _boilerplate(self) -> frozenset[str]:
        owners: dict[str, str] = {}
        shared: set[str] = set()
        for article in self._articles.values():
            if len(article.text) <= 200:  # boilerplate is short; two versions of one law are not two laws
                key = _wording(article.text)
                if owners.setdefault(key, article.law) != article.law:
                    shared.add(key)
        return frozenset(shared)


def _wording(text: str) -> str:
    text = _MARKS.sub("", re.sub(r"本(?:法|条例|规定|办法|决定|规则|细则)", "本法", text))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _without_version(name: str) -> tuple[str, int | None]:
    """行政处罚法 and 2021 for 行政处罚法（2021修订）; other brackets belong to the title."""
    match = _BRACKET.search(name)
    if match is None or not _VERSION_WORDS.fullmatch(match["rest"]):
        return name, None
    return name[: match.start()].rstrip("《》〈〉"), int(match["year"])
