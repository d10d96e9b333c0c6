"""A provision as a paper quotes it: its words from the corpus at the moment of writing, and what text they stand in."""

import datetime as dt
from dataclasses import dataclass

from assistant.drafting.values import chinese_date
from assistant.law.citations import parse
from assistant.law.citations.pieces import Missing, piece
from assistant.law.library import Library
from assistant.schema import Article, Status


@dataclass(frozen=True)
class Quoted:
    """The words of one provision, a line a 款 or 项, and their standing on the day of the paper."""

    citation: str
    article: Article
    lines: tuple[str, ...]
    status: Status
    standing: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, each with its stop."""
        return tuple(f"{one}。" for one in "".join(self.lines).split("。") if one)


def quoted(library: Library, citation: str, as_of: dt.date, conduct: dt.date | None = None) -> Quoted | None:
    """The provision that a citation names; None when it names none that is held.

    Of a law no longer in force on `as_of` it is the text of the day of the conduct.
    """
    cited = parse(citation, library)
    if cited is None or cited.article is None:
        return None
    version = library.version_on(cited.law, as_of)
    if version is not None and version.status_on(as_of) not in ("现行有效", "待核") and conduct is not None:
        version = library.version_on(cited.law, conduct)
    article = library.article(version.id, cited.article) if version is not None else None
    if version is None or article is None:
        return None
    try:
        _, words = piece(article, cited.paragraph, cited.item, cited.subitem)
    except Missing:
        return None
    status = library.status(article, as_of)
    span = library.span(article)
    parts = [f"{chinese_date(version.version_date)}文本"] if version.version_date else []
    if span.from_:
        parts.append(f"自{chinese_date(span.from_)}起施行" + ("" if version.start_certain else "（待核）"))
    if span.to:
        parts.append(f"至{chinese_date(span.to)}止")
    parts.append(status)
    return Quoted(str(cited), article, tuple(words.split("\n")), status, "，".join(parts))
