"""One provision as a reader wants it: text, version, status, neighbours, and who cites it."""

import datetime as dt

from assistant.law.library import Library
from assistant.law.structure import parse_paragraphs
from assistant.numerals import article_number
from assistant.schema import (
    Article,
    ArticleReference,
    NeighbourView,
    ProvisionView,
    VersionFacts,
    VersionView,
)


def read_provision(
    library: Library, law: str, number: str, as_of: dt.date, *, version_id: str | None = None
) -> ProvisionView | None:
    """The article of `law` that speaks for `as_of` (or of the version named); None when there is none.

    The nearest text answers when none was in force on that day: `status` says what it is then.
    """
    title = library.resolve_title(law)
    if title is None:
        return None
    texts = library.versions(title)
    if version_id is not None:
        version = next((v for v in texts if v.id == version_id), None)
    else:
        version = library.version_on(title, as_of)
    if version is None:
        return None
    article = library.article(version.id, article_number(number) or number)
    if article is None:
        article = library.get(f"{version.id}#{number}")
    if article is None:
        return None
    before, after = library.neighbours(article)
    return ProvisionView(
        as_of=as_of,
        id=article.id,
        law=article.law,
        article=article.label,
        text=article.text,
        path=article.path,
        paragraphs=parse_paragraphs(article.text),
        version=VersionFacts(
            id=version.id,
            kind=version.kind,
            issuer=version.issuer,
            passed=version.version_date,
            commenced=version.commenced,
            start_certain=version.start_certain,
            note=version.note,
        ),
        status=library.status(article, as_of),
        in_force=library.span(article),
        note=article.note,
        source=version.source,
        previous=_neighbour(before),
        next=_neighbour(after),
        cited_by=tuple(ArticleReference(id=a.id, law=a.law, article=a.label) for a in library.cited_by(article)),
        versions=tuple(
            VersionView(id=v.id, passed=v.version_date, in_force=v.span, status=v.status_on(as_of)) for v in texts
        ),
    )


def _neighbour(article: Article | None) -> NeighbourView | None:
    return None if article is None else NeighbourView(id=article.id, article=article.label, text=article.text)
