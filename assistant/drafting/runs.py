"""The pieces of a paragraph that Word sets apart: blanks to fill in, and citations that become footnotes."""

import re
from dataclasses import dataclass
from typing import Literal

_BLANK = re.compile(r"【待[填查]：[^】]*】")
_COUNT = "[一二三四五六七八九十百千零〇]+"
_PART = rf"第{_COUNT}条(?:之{_COUNT})?(?:第{_COUNT}款)?(?:第（{_COUNT}）项)?(?:第\d+目)?(?:（[^（）]{{2,8}}）)?"
_LAW = r"《[^《》]{2,60}》"
_ONE = rf"{_LAW}{_PART}(?:、{_PART})*"
_NOTE = re.compile(rf"（({_ONE}(?:，{_ONE})*)）")
_LAWS = re.compile(rf"({_LAW})({_PART}(?:、{_PART})*)")
_PARTS = re.compile(_PART)


@dataclass(frozen=True)
class Run:
    """A piece of text; a `note` holds the citations that stood in brackets."""

    kind: Literal["text", "blank", "note"]
    text: str
    citations: tuple[str, ...] = ()


def runs(text: str, *, footnotes: bool) -> tuple[Run, ...]:
    """A paragraph's pieces in order. With `footnotes`, brackets that hold nothing but citations are notes."""
    pattern = re.compile(f"{_BLANK.pattern}|{_NOTE.pattern}") if footnotes else _BLANK
    out: list[Run] = []
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            out.append(Run("text", text[at : match.start()]))
        found = match[0]
        if found.startswith("【"):
            out.append(Run("blank", found))
        else:
            named = _LAWS.findall(found)
            out.append(Run("note", found, tuple(law + part for law, parts in named for part in _PARTS.findall(parts))))
        at = match.end()
    if at < len(text):
        out.append(Run("text", text[at:]))
    return tuple(out)
