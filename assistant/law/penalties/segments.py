"""An article cut into paragraphs, items, sentences, segments (；) and pieces (，), each with its place in the text."""

import re
from dataclasses import dataclass

from assistant.law.structure import parse_paragraphs

_OPEN, _CLOSE = "《〈（(", "》〉）)"
_ITEM = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)]|(\d{1,2})[.．、]")
_JOINED = re.compile(
    r"(?:但|且|但是)?(?:罚款)?(?:总额|最高|累计|最多)?(?:最高)?(?:不|不得)(?:超过"
    r"|低于)[^，；。]{0,20}罚款"
)


_SAYS = re.compile(r"(?:数额|金额|幅度|标准|最高额)(?:为|是)")
_UPPER = re.compile(r"[零〇一二两三四五六七八九十百千万亿\d]+(?:元|倍)以下")


@dataclass(frozen=True)
class Piece:
    """Words between two commas; `start` is their place in the article."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


Segment = tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """One line of an article that stands for itself: the body of a 款, or one of its 项."""

    start: int
    text: str
    paragraph: int
    item: int | None
    opens_list: bool


def _cut(piece: Piece, marks: str) -> list[Piece]:
    """The parts between marks that stand in no bracket or title."""
    if not any(c in piece.text for c in marks):
        return [_stripped(piece)] if piece.text.strip(' \u3000”"“') else []
    parts: list[Piece] = []
    if "（" not in piece.text and "《" not in piece.text and "(" not in piece.text:
        begin = 0
        for part in re.split(f"[{marks}]", piece.text):
            parts.append(Piece(piece.start + begin, part))
            begin += len(part) + 1
        return [_stripped(p) for p in parts if p.text.strip(' \u3000”"“')]
    depth, begin = 0, 0
    for at, c in enumerate(piece.text):
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and c in marks:
            parts.append(Piece(piece.start + begin, piece.text[begin:at]))
            begin = at + 1
    parts.append(Piece(piece.start + begin, piece.text[begin:]))
    return [_stripped(p) for p in parts if p.text.strip(' \u3000”"“')]


def _stripped(piece: Piece) -> Piece:
    lead = len(piece.text) - len(piece.text.lstrip(' \u3000“"”'))
    return Piece(piece.start + lead, piece.text.strip(' \u3000“"”'))


def blocks(text: str) -> list[Block]:
    """The lines of an article with their 款 and 项; a 款 opens a list when an item of its own follows."""
    lines: list[tuple[int, int, int | None, str]] = []
    at = 0

    def place(part: str, paragraph: int, item: int | None) -> None:
        nonlocal at
        for line in part.split("\n"):
            found = text.find(line, at)
            lines.append((found, paragraph, item, line))
            at = found + len(line)

    for paragraph in parse_paragraphs(text):
        place(paragraph.text, paragraph.number, None)
        for item in paragraph.items:
            place(item.text, paragraph.number, item.number)
            for subitem in item.subitems:
                place(subitem.text, paragraph.number, item.number)
    made = []
    for n, (start, number, item_number, line) in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else None
        opens = item_number is None and following is not None and following[1] == number and following[2] is not None
        mark = _ITEM.match(line) if item_number is not None else None
        cut = mark.end() if mark else 0
        made.append(Block(start + cut, line[cut:], number, item_number, opens))
    return made


def _belongs(before: str, text: str) -> bool:
    """Whether a comma parts what is one expression: 每日五百元，总额不超过一万元的罚款."""
    if _JOINED.match(text) or (_SAYS.match(text) is not None and "罚款" in before):
        return True
    if before.endswith(("元以上", "倍以上")) and _UPPER.match(text):
        return True
    return before.endswith(("计算", "标准", "金额")) and text in ("处以罚款", "处罚款", "并处罚款")


def sentences(block: Block) -> list[list[Segment]]:
    """The sentences of a block, each a list of segments, each a tuple of pieces."""
    made: list[list[Segment]] = []
    for sentence in _cut(Piece(block.start, block.text), "。"):
        segments: list[Segment] = []
        for segment in _cut(sentence, "；;：:\n"):
            pieces: list[Piece] = []
            for piece in _cut(segment, "，"):
                if pieces and _belongs(pieces[-1].text, piece.text):
                    before = pieces.pop()
                    gap = piece.start - before.end
                    pieces.append(Piece(before.start, before.text + "，" * gap + piece.text))
                else:
                    pieces.append(piece)
            if pieces:
                segments.append(tuple(pieces))
        if segments:
            made.append(segments)
    return made
