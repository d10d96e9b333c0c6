"""The marks of a section's body: text that a person can edit in a box, and that Word sets in real styles.

A paragraph a line. （一） 1． （1） at its head are the levels of an official paper, a heading when the line is short
and ends in no stop; `> ` quotes a provision; `| a | b |` is a row of a table, the first of them its head.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.numerals import to_chinese

ParagraphKind = Literal["text", "level2", "level3", "level4", "quote", "table"]
_LEVELS: tuple[tuple[ParagraphKind, re.Pattern[str]], ...] = (
    ("level2", re.compile(r"（[一二三四五六七八九十百]+）")),
    ("level3", re.compile(r"\d{1,3}[．.](?!\d)")),
    ("level4", re.compile(r"（\d{1,3}）")),
)
_HEADING_LENGTH = 40
_STOPS = ("。", "；", "：", "，", "、", "！", "？", ";", ":")
_SENTENCE_ENDS = re.compile(r"[。！？?!]")
_BLANK = re.compile(r"【待[填查]：[^】]*】")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, or a whole table (`rows`). `text` is without the mark of a quote."""

    kind: ParagraphKind
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """The body read; empty lines part paragraphs and are none themselves."""
    out: list[Paragraph] = []
    for line in body.splitlines():
        text = line.strip()
        if not text:
            continue
        if text.startswith("|") and text.endswith("|") and len(text) > 2:
            cells = tuple(cell.strip() for cell in text[1:-1].split("|"))
            if out and out[-1].kind == "table" and len(out[-1].rows[0]) == len(cells):
                out[-1] = Paragraph("table", "", (*out[-1].rows, cells))
            else:
                out.append(Paragraph("table", "", (cells,)))
        elif text.startswith(">"):
            out.append(Paragraph("quote", text[1:].strip()))
        else:
            out.append(Paragraph(_kind(text), text))
    return tuple(out)


def _kind(text: str) -> ParagraphKind:
    if len(text) > _HEADING_LENGTH or text.endswith(_STOPS) or _SENTENCE_ENDS.search(text):
        return "text"
    return next((kind for kind, mark in _LEVELS if mark.match(text)), "text")


def plain(text: str) -> str:
    """Text of others that takes no meaning from its first characters or from bars."""
    return "\n".join(line.strip().lstrip(">|").replace("|", "｜") for line in text.splitlines() if line.strip())


def quote(lines: Iterable[str]) -> Iterator[str]:
    """Lines as a quotation."""
    return (f"> {line}" for line in lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Lines of a table; nothing when there are no rows."""
    lines = ["| " + " | ".join(plain(cell).replace("\n", " ") for cell in row) + " |" for row in (head, *rows)]
    return tuple(lines) if len(lines) > 1 else ()


def second(number: int, text: str) -> str:
    """（一）text"""
    return f"（{to_chinese(number)}）{text}"


def third(number: int, text: str) -> str:
    """1．text"""
    return f"{number}．{text}"


def blank(label: str) -> str:
    """What shows that a person must fill something in."""
    return f"【待填：{label}】"


def unsettled(label: str) -> str:
    """What shows that something must be found out first."""
    return f"【待查：{label}】"


def blanks(text: str) -> tuple[str, ...]:
    """The marks in a text that something is still to be filled in or found out."""
    return tuple(_BLANK.findall(text))
