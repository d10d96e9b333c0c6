"""款, 项 and 目 read out of an article's text.

A 款 is a paragraph of the article; the list （一）（二）… under it belongs to it and is no 款 of its own. A list ends
where a line without a mark follows and no later mark carries the count on; that line begins the next 款.
"""

import re

from assistant.numerals import to_int
from assistant.schema import ItemView, ParagraphView, SubitemView

_ITEM = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)]")
_SUBITEM = re.compile(r"(\d{1,2})[．.、]|[（(](\d{1,2})[）)]|([①-⑳])")
_OPEN_ENDS = ("：", "，", "、", ":")


def _item_number(line: str) -> int | None:
    match = _ITEM.match(line)
    return to_int(match[1]) if match else None


def _subitem_mark(line: str) -> tuple[str, int] | None:
    """The way a 目 is marked (`1.`, `(1)`, `①`) and its number."""
    match = _SUBITEM.match(line)
    if match is None:
        return None
    if match[3]:
        return "①", ord(match[3]) - ord("①") + 1
    return ("1", int(match[1])) if match[1] else ("(1)", int(match[2]))


class _Item:
    def __init__(self, number: int, line: str, style: str = "（一）") -> None:
        self.number = number
        self.style = style  # a list may count 1. 2. at once, without （一）
        self.lines = [line]
        self.subitems: list[tuple[int, list[str]]] = []
        self.subitem_style: str | None = None

    def takes(self, mark: tuple[str, int]) -> bool:
        """Whether a line so marked is the next 目 of this 项."""
        style, number = mark
        following = number == (self.subitems[-1][0] if self.subitems else 0) + 1
        return following and style != self.style and style == (self.subitem_style or style)

    @property
    def last_line(self) -> str:
        return self.subitems[-1][1][-1] if self.subitems else self.lines[-1]

    def append(self, line: str) -> None:
        (self.subitems[-1][1] if self.subitems else self.lines).append(line)

    def view(self) -> ItemView:
        return ItemView(
            number=self.number,
            text="\n".join(self.lines),
            subitems=tuple(SubitemView(number=n, text="\n".join(lines)) for n, lines in self.subitems),
        )


class _Paragraph:
    def __init__(self, line: str) -> None:
        self.lead = line
        self.items: list[_Item] = []


def _continues(lines: list[str], at: int, count: int) -> bool:
    """Whether the next mark after `at` carries on a list of `count` items, so that line `at` still belongs to it."""
    for line in lines[at + 1 :]:
        number = _item_number(line)
        if number is not None:
            return number == count + 1
    return False


def _carries_on(paragraph: _Paragraph, mark: tuple[str, int]) -> bool:
    """Whether a line so marked is the next 项 of a list that counts 1. 2. without （一）."""
    if not paragraph.items:
        return mark[1] == 1 and paragraph.lead.endswith(_OPEN_ENDS)
    last = paragraph.items[-1]
    return (last.style, last.number + 1) == mark


def parse_paragraphs(text: str) -> tuple[ParagraphView, ...]:
    """The 款 of an article in order, each with its 项 and 目. Joining all texts by line breaks gives `text` again."""
    lines = [line for line in text.split("\n") if line.strip()]
    paragraphs: list[_Paragraph] = []
    for at, line in enumerate(lines):
        here = paragraphs[-1] if paragraphs else None
        item = here.items[-1] if here and here.items else None
        number = _item_number(line)
        if here is not None and number is not None and number == (item.number if item else 0) + 1:
            here.items.append(_Item(number, line))
            continue
        mark = _subitem_mark(line)
        if item is not None and mark is not None and item.takes(mark):
            item.subitem_style = mark[0]
            item.subitems.append((mark[1], [line]))
        elif here is not None and mark is not None and _carries_on(here, mark):
            here.items.append(_Item(mark[1], line, mark[0]))
        elif item is not None and (
            item.last_line.endswith(_OPEN_ENDS) or (here is not None and _continues(lines, at, len(here.items)))
        ):
            item.append(line)
        else:
            paragraphs.append(_Paragraph(line))
    return tuple(
        ParagraphView(number=n, text=p.lead, items=tuple(i.view() for i in p.items))
        for n, p in enumerate(paragraphs, start=1)
    )


def item_text(item: ItemView) -> str:
    """A 项 whole, with its 目."""
    return "\n".join([item.text, *(s.text for s in item.subitems)])


def paragraph_text(paragraph: ParagraphView) -> str:
    """A 款 whole, with its 项 and 目."""
    return "\n".join([paragraph.text, *(item_text(i) for i in paragraph.items)])


def provision_text(
    text: str, paragraph: int | None = None, item: int | None = None, subitem: int | None = None
) -> str | None:
    """The words of 第…款第（…）项第…目 of an article; None when it has no such part.

    An item cited without its paragraph is found when one paragraph alone has such an item.
    """
    paragraphs = parse_paragraphs(text)
    if paragraph is not None:
        paragraphs = tuple(p for p in paragraphs if p.number == paragraph)
        if not paragraphs:
            return None
    if item is None:
        if subitem is not None:
            return None
        return text if paragraph is None else paragraph_text(paragraphs[0])
    found = [i for p in paragraphs for i in p.items if i.number == item]
    if len(found) != 1:
        return None
    if subitem is None:
        return item_text(found[0])
    return next((s.text for s in found[0].subitems if s.number == subitem), None)
