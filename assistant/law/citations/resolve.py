"""What a mention means in a library: which instrument, which of its texts."""

import datetime as dt
from dataclasses import dataclass

from assistant.law.citations.find import Mention
from assistant.law.citations.names import VersionTag
from assistant.law.citations.titles import Abolished, Titles
from assistant.law.library import Library
from assistant.numerals import article_key, to_chinese
from assistant.schema import LawVersion


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention with its instrument (`title` None: not held) and the text that is to be looked into.

    `ruling` is the text that speaks for the day; `version` the one cited, the same where none is named. `version` None
    with a `title`: the text named is not held. `abolished`: the instrument is not held, but is known to have ended.
    """

    mention: Mention
    title: str | None
    article: str | None
    ruling: LawVersion | None = None
    version: LawVersion | None = None
    abolished: Abolished | None = None


def _starts(version: LawVersion) -> dt.date:
    return version.span.from_ or version.version_date or dt.date.min


def _tagged(versions: tuple[LawVersion, ...], tag: VersionTag, ruling: LawVersion) -> LawVersion | None:
    """The text of the year, or of the very day, that a tag names; without a year the one before `ruling`."""
    if tag.year is None:
        before = [v for v in versions if v.id != ruling.id and _starts(v) < _starts(ruling)]
        return before[-1] if before else None

    def of(day: dt.date | None) -> bool:
        return (
            day is not None
            and day.year == tag.year
            and (tag.month is None or day.month == tag.month)
            and (tag.day is None or day.day == tag.day)
        )

    passed = [v for v in versions if of(v.version_date) or of(v.published)]
    # （2024年施行版） names the day a text came into force, never the day it was amended.
    commenced = [v for v in versions if of(v.span.from_)] if tag.event not in ("修订", "修正", "修改") else []
    fitting = passed or commenced
    return fitting[-1] if fitting else None


def _before(article: str, back: int) -> str | None:
    number, _ = article_key(article)
    return f"第{to_chinese(number - back)}条" if number > back else None


def resolve(mention: Mention, library: Library, titles: Titles, as_of: dt.date) -> Resolved:
    """The instrument and text a mention means on `as_of`. What is not held stays unresolved, never guessed."""
    article = mention.article
    if article is not None and mention.back:
        article = _before(article, mention.back)
    if mention.name is None:
        return Resolved(mention, None, article)
    title = titles.lookup(mention.name)
    if title is None:
        return Resolved(mention, None, article, abolished=titles.abolished.get(mention.name))
    ruling = library.version_on(title, as_of)
    if mention.version is None:
        return Resolved(mention, title, article, ruling, ruling)
    assert ruling is not None  # a title that is held has a text
    cited = _tagged(library.versions(title), mention.version, ruling)
    if cited is None and mention.version.event in ("公布", "颁布", "通过", "制定", "施行", "实施"):
        cited = ruling  # the year the instrument came into being names no text of it
    return Resolved(mention, title, article, ruling, cited)
