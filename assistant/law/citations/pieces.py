"""The words of one 款, 项 or 目 of an article, or what the article has in its place."""

from functools import lru_cache

from assistant.law.structure import parse_paragraphs
from assistant.numerals import to_chinese
from assistant.schema import Article, ParagraphView


def whole(paragraph: ParagraphView) -> str:
    """A 款 with its 项 and 目."""
    parts = [paragraph.text]
    for item in paragraph.items:
        parts += [item.text, *(s.text for s in item.subitems)]
    return "\n".join(parts)


@lru_cache(maxsize=2048)
def paragraphs_of(text: str) -> tuple[ParagraphView, ...]:
    """The 款 of an article's text, remembered."""
    return parse_paragraphs(text)


class Missing(Exception):  # noqa: N818 - a finding, not a failure
    """A 款, 项 or 目 that the article does not have; the argument says what it has."""


def piece(article: Article, paragraph: int | None, item: int | None, subitem: int | None) -> tuple[str, str]:
    """The words of the provision cited, and the words a quotation of it may be taken from.

    Missing when the article has no such 款, 项 or 目.
    """
    paragraphs = paragraphs_of(article.text)
    name = article.label
    chosen: ParagraphView | None = None
    if paragraph is not None:
        if not 1 <= paragraph <= len(paragraphs):
            raise Missing(f"{name}共{to_chinese(len(paragraphs))}款，没有第{to_chinese(paragraph)}款")
        chosen = paragraphs[paragraph - 1]
    if item is None and subitem is None:
        text = whole(chosen) if chosen else article.text
        return text, text
    with_items = [p for p in ([chosen] if chosen else paragraphs) if p.items]
    where = f"{name}第{to_chinese(paragraph)}款" if paragraph else name
    if not with_items:
        raise Missing(f"{where}没有分项")
    if item is None:
        raise Missing(f"{where}分项，没有写明是哪一项")
    for host in with_items:
        for found in host.items:
            if found.number != item:
                continue
            text = "\n".join([found.text, *(s.text for s in found.subitems)])
            if subitem is None:
                return text, f"{host.text}\n{text}"
            for sub in found.subitems:
                if sub.number == subitem:
                    return sub.text, f"{host.text}\n{found.text}\n{sub.text}"
            count = len(found.subitems)
            what = f"共{to_chinese(count)}目" if count else "没有分目"
            raise Missing(f"{where}第（{to_chinese(item)}）项{what}，没有第{to_chinese(subitem)}目")
    most = max(len(p.items) for p in with_items)
    raise Missing(f"{where}共{to_chinese(most)}项，没有第（{to_chinese(item)}）项")
