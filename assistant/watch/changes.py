"""What happened to a provision or a list between two days, from the dated library alone."""

import datetime as dt
from collections.abc import Iterable, Mapping

from assistant.law.library import Library, short_title
from assistant.schema import Article, Change, Citation, LawVersion, RuleList

_RULES = ("现行有效", "待核")


def law_changes(
    cited: Iterable[Citation], then: dt.date, today: dt.date, until: dt.date, library: Library
) -> tuple[Change, ...]:
    """The changes of each provision: those that came between `then` and `today`, and those to come up to `until`.

    A new text whose wording of the article is the same is no change.
    """
    out: list[Change] = []
    for citation in dict.fromkeys(Citation(law=c.law, article=c.article) for c in cited if c.article):
        before = _held(citation, then, library)
        if before is None:
            continue
        change = _between(citation, before, today, library)
        if change is None and today < until:
            coming = _between(citation, before, until, library)
            change = _to_come(coming) if coming is not None else None
        if change is not None:
            out.append(change)
    return tuple(out)


def list_changes(
    used: Iterable[str], then: dt.date, today: dt.date, until: dt.date, lists: Mapping[str, RuleList]
) -> tuple[Change, ...]:
    """The lists, by id, that were held to and have gone or lapsed since, or will lapse by `until`."""
    out: list[Change] = []
    for name in dict.fromkeys(used):
        head = lists.get(name)
        if head is None:
            out.append(Change(kind="清单变动", about=name, text=f"清单“{name}”已不在知识库里"))
            continue
        end = head.in_force.to
        if end is not None and then <= end < today:
            since = end + dt.timedelta(days=1)
            out.append(
                Change(kind="清单到期", about=head.title, since=since, text=f"《{head.title}》有效期至{end}，已经到期")
            )
        elif end is not None and today <= end < until:
            since = end + dt.timedelta(days=1)
            text = f"《{head.title}》有效期至{end}，将要到期"
            out.append(Change(kind="清单将到期", about=head.title, since=since, text=text, to_come=True))
    return tuple(out)


def _held(citation: Citation, day: dt.date, library: Library) -> tuple[LawVersion, Article] | None:
    version = library.version_on(citation.law, day)
    article = library.article(version.id, citation.article) if version and citation.article else None
    return (version, article) if version is not None and article is not None else None


def _between(citation: Citation, before: tuple[LawVersion, Article], day: dt.date, library: Library) -> Change | None:
    version, article = before
    title = f"《{short_title(citation.law)}》{citation.article}"
    text = library.version_on(citation.law, day)
    if text is None:
        return Change(kind="不再收录", about=str(citation), text=f"{title}已不在语料里")
    if text.id == version.id:
        return _ended(citation, title, article, version, day, library)
    later = library.article(text.id, citation.article or "")
    since = text.span.from_
    if later is None:
        said = f"{since or ''}起施行的文本里没有{title}，条文可能移位或者删除"
        return Change(kind="已修改", about=str(citation), since=since, text=said, then=article.text)
    if library.status(later, day) not in _RULES:
        return _ended(citation, title, later, text, day, library)
    if later.text == article.text:
        return None
    said = f"{title}的文字自{since}起不同" if since else f"{title}的文字已经不同"
    return Change(kind="已修改", about=str(citation), since=since, text=said, then=article.text, now=later.text)


def _ended(
    citation: Citation, title: str, article: Article, version: LawVersion, day: dt.date, library: Library
) -> Change | None:
    status = library.status(article, day)
    if status in _RULES or status == "尚未施行":
        return None
    last = library.span(article).to
    since = last + dt.timedelta(days=1) if last else None
    by = f"，被{version.ended_by}取代" if version.ended_by else ""
    when = f"自{since}起" if since else ""
    kind = "已废止" if status == "已废止" else "已修改"
    return Change(kind=kind, about=str(citation), since=since, text=f"{title}{when}{kind}{by}", then=article.text)


def _to_come(change: Change) -> Change:
    kind = "将施行" if change.now is not None else "将失效"
    text = change.text.replace("已废止", "将废止").replace("已修改", "将修改").replace("已经不同", "将不同")
    return change.model_copy(update={"kind": kind, "text": text, "to_come": True})
