"""What of a paper's setting hangs on how long its names are: the lines of the title, the place of the signature.

The text stays in the styles of the template; it is the styles of the one file that are fitted.
"""

import re
import unicodedata

from docx.document import Document
from docx.oxml.ns import qn

TITLE, SIGNED, DATED = "公文标题", "署名", "成文日期"
_LINE = 18
"""Characters of a title (22 pt) that stand well in one line."""
_BREAKS = re.compile(r"(?<=的)|(?<=》)(?!的)|(?=《)|(?<=、)|(?=（)")
_WIDE, _NARROW = 316, 158
"""Twips of a full and of a half character in the text: 28 of them make a line."""
_TEXT_WIDTH = 8845


def titled(document: Document) -> None:
    """A long title in lines that end where a phrase ends, the second not much longer than the first."""
    for paragraph in document.paragraphs:
        if paragraph.style is None or paragraph.style.name != TITLE or len(paragraph.runs) != 1:
            continue
        text = paragraph.runs[0].text
        if _width(text) <= _LINE * 2:
            continue
        at = min(
            (m.start() for m in _BREAKS.finditer(text) if 0 < m.start() < len(text)),
            key=lambda at: max(_width(text[:at]), _width(text[at:])),
            default=0,
        )
        if at and max(_width(text[:at]), _width(text[at:])) <= (_LINE + 2) * 2:
            paragraph.runs[0].text = f"{text[:at]}\n{text[at:]}"


def signed(document: Document) -> None:
    """The signature centred over the date; where its name is too long for that, both further to the left."""
    names = [p.text.strip() for p in document.paragraphs if p.style is not None and p.style.name == SIGNED]
    half = max((_width(name) * _NARROW // 2 for name in names), default=0)
    style = document.styles[SIGNED].element
    tab = style.pPr.find(qn("w:tabs")).find(qn("w:tab"))
    centre = int(tab.get(qn("w:pos")))
    moved = centre - min(centre, _TEXT_WIDTH - _NARROW - half)
    if moved <= 0:
        return
    tab.set(qn("w:pos"), str(centre - moved))
    indent = document.styles[DATED].element.pPr.find(qn("w:ind"))
    indent.set(qn("w:right"), str(int(indent.get(qn("w:right"))) + moved))
    indent.set(qn("w:rightChars"), str(int(indent.get(qn("w:rightChars"))) + 100 * moved // _WIDE))


def _width(text: str) -> int:
    """In half characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
