"""The cutter: lines of a legal text into 编/章/节, articles, annexes, and labelled segments where there are none.

No line is lost: what belongs to no article becomes a segment with a label of its own.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.knowledge.readers.document import Block
from assistant.numerals import NUMERAL, article_key, to_chinese, to_int

_RANKS = {"编": 1, "分编": 2, "章": 3, "节": 4}
_ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:\s*之\s*([一二三四五六七八九十]+|\d+)(?![一二三四五六七八九十\d]))?")
_INLINE = re.compile(rf"(?<=[。；：！？])\s+(?=第\s*{NUMERAL}\s*条)")
_SENTENCE_END = re.compile(r"(?<=[。；：])\s+")
# After a number: words of a reference (第三条第二款规定…), not of a provision.
_REFERENCE = re.compile(
    r"[\s\u3000]*(?:第\s*[零〇一二三四五六七八九十百千0-9（(]+\s*[款项目条]|[、,，至和与及或]\s*第|(?:所列|所称|所|的|中|之)?(?:规定|所列)|的|所|中|等)"
)
_HEADING = re.compile(rf"第\s*({NUMERAL})\s*(分编|编|章|节)([\s\u3000]*)(.*)")
_BARE_HEADING = re.compile(r"(?:总\s*则|分\s*则|附\s*则)")
_CONTENTS = re.compile(r"目\s*[录次]")
_LEADERS = re.compile(r"[\s.．…·—-]*\d{1,4}$")
_ANNEX = re.compile(rf"(附[件录表图注]?|附件[（(]?表[)）]?)\s*({NUMERAL})?\s*(?:[：:]\s*(.*)|[\s\u3000]+(.*))?")
_ENUMERATORS = (
    re.compile(r"([一二三四五六七八九十百]+)\s*[、．.]"),
    re.compile(r"[（(]\s*([一二三四五六七八九十百]+)\s*[)）]"),
    re.compile(r"(\d{1,3})\s*(?:[、．]|\.(?!\d))"),
)
_CASE_CUES = re.compile(
    r"(申请人称|申请人请求|行政复议请求|复议请求|被申请人称|被申请人答复称|第三人称|经审理查明|经查明|本机关查明|本机关认为|本院查明|本院认为"
    r"|基本案情|案情简介|案件事实|争议焦点|裁判结果|处理结果|裁判要旨|裁判理由|复议结果|复议决定|典型意义|案例意义|评析|行政机关履行情况)\s*[：:]?"
)
_NO_TITLE_END = re.compile(r"[。；，、：:,;]$")
_SEGMENT = 1500  # characters: a longer annex or run of paragraphs is cut further


class Piece(NamedTuple):
    """One article (`number` set, `label` the same) or segment: its lines and the headings above it."""

    number: str | None
    label: str
    lines: tuple[str, ...]
    path: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Cut(NamedTuple):
    """A text in pieces, and what looked wrong on the way (Chinese)."""

    pieces: tuple[Piece, ...]
    warnings: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        return sum(p.number is not None for p in self.pieces)


class _Mark(NamedTuple):
    """A line that may open an article."""

    line: int
    key: tuple[int, int]
    rest: str
    firm: bool  # the number stands apart, as laws print it
    inline: bool  # found inside a run of text whose line breaks were lost


class _Line(NamedTuple):
    text: str
    level: int | None
    inline: bool


def follows(key: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether an article number is the very next one (第四条 or 第三条之一 after 第三条)."""
    return key in ((last[0] + 1, 0), (last[0], last[1] + 1))


def spelled(key: tuple[int, int]) -> str:
    return f"第{to_chinese(key[0])}条" + (f"之{to_chinese(key[1])}" if key[1] else "")


def squeeze(text: str) -> str:
    """Without any white space: for comparing titles and headings."""
    return "".join(text.split())


def cut(blocks: Sequence[Block], *, case: bool = False) -> Cut:
    """Body blocks in pieces. `case`: a decision or judgment, cut by its headings and customary openings."""
    if case:
        return Cut(tuple(_unique(_by_headings(_lines(blocks)))))
    lines = _without_contents(_lines(blocks))
    marks, warnings = _articles(lines)
    if not marks:
        return Cut(tuple(_unique(_unnumbered([x for x in lines if x.text]))))
    return Cut(tuple(_unique(_assemble(lines, marks))), tuple(warnings))


def incomplete(cut: Cut) -> str | None:
    """Why a text looks like a part of itself (Chinese); None when nothing says so."""
    numbered = [p for p in cut.pieces if p.number is not None]
    if not numbered:
        return None
    last = article_key(numbered[-1].number or "")[0]
    chapters = {p.path[0] for p in numbered if p.path}
    if len(chapters) == 1 and len(numbered) < 15 and next(iter(chapters)).startswith("第一章"):
        return f"文本止于第一章第{to_chinese(last)}条，疑似不全"
    own = re.compile(rf"(?<!基)本(?:法|条例|办法|规定|细则)第({NUMERAL})条")
    beyond = [n for p in numbered for m in own.finditer(p.text) if (n := to_int(m[1])) > last]
    if beyond:
        return f"文本止于第{to_chinese(last)}条，文中却引本文件第{to_chinese(max(beyond))}条，疑似不全"
    return None


def heading(text: str, level: int | None = None) -> tuple[int, str] | None:
    """Rank (1 编, 2 分编, 3 章, 4 节) and tidy words of a heading line; None when it is running text."""
    if len(text) > 120:
        return None
    bare = _LEADERS.sub("", text) if len(text) > 8 else text
    if _BARE_HEADING.fullmatch(bare):
        return 3, squeeze(bare)
    match = _HEADING.fullmatch(bare)
    if not match:
        return None
    words = match[4].strip()
    if len(words) > 50 or re.search(r"[。；]", words) or _NO_TITLE_END.search(words):
        return None
    if not match[3] and level is None and (len(words) > 30 or re.match(r"(?:的|所|中|规定|第)|.*规定", words)):
        return None
    # 总　则 is printed spaced out; a title with real blanks in it keeps one.
    parts = words.split()
    words = "".join(parts) if all(len(p) <= 2 for p in parts) else " ".join(parts)
    try:
        number = to_chinese(to_int(match[1]))
    except ValueError:
        return None
    return _RANKS[match[2]], f"第{number}{match[2]} {words}".strip()


def _lines(blocks: Iterable[Block]) -> list[_Line]:
    """Lines of text; runs whose breaks were lost are parted before every 第…条 that follows a full stop."""
    lines: list[_Line] = []
    for block in blocks:
        text = block.text.strip()
        if not text:
            continue
        opened = re.match(rf"(第\s*{NUMERAL}\s*[编章节]\s+\S{{1,30}}(?:\s\S{{1,2}})?)\s+(?=第\s*一\s*条\s)", text)
        if opened:
            lines.append(_Line(opened[1], block.level, False))
            text = text[opened.end() :]
        parts = _INLINE.split(text)
        lines.append(_Line(parts[0], block.level, False))
        lines.extend(_Line(part, None, True) for part in parts[1:])
    return lines


def _without_contents(lines: list[_Line]) -> list[_Line]:
    """Without the table of contents: the headings after 目录 that come a second time further on."""
    at = next((i for i, x in enumerate(lines) if _CONTENTS.fullmatch(x.text)), None)
    if at is None:
        return lines
    end = at + 1
    seen: set[str] = set()
    while end < len(lines) and (found := heading(lines[end].text, lines[end].level)) is not None:
        if found[1] in seen:
            break  # the text itself begins
        seen.add(found[1])
        end += 1
    later = {found[1] for x in lines[end:] if (found := heading(x.text, x.level)) is not None}
    if seen and seen <= later | {h for h in seen if h in ("附则", "总则")}:
        return lines[:at] + lines[end:]
    return lines


def _articles(lines: list[_Line]) -> tuple[list[_Mark], list[str]]:
    """The lines that open articles: numbers rise by one; a gap is believed only if nothing later fills it."""
    candidates: list[_Mark] = []
    for index, line in enumerate(lines):
        if not line.text.startswith("第") or not (match := _ARTICLE.match(line.text)):
            continue
        try:
            key = to_int(match[1]), to_int(match[2]) if match[2] else 0
        except ValueError:
            continue
        rest = line.text[match.end() :]
        firm = not rest or rest[0].isspace() or rest[0] in "【〔[：:"
        if _REFERENCE.match(rest) and not (rest[:1].isspace() and not re.match(r"\s*第.{1,5}[款项目]", rest)):
            firm = False
            if rest:
                continue
        candidates.append(_Mark(index, key, rest.lstrip(" \t\u3000：:"), firm, line.inline))
    chosen: list[_Mark] = []
    warnings: list[str] = []
    last = (0, 0)
    places: dict[tuple[int, int], list[int]] = {}
    for at, mark in enumerate(candidates):
        places.setdefault(mark.key, []).append(at)

    def still_to_come(last: tuple[int, int], at: int) -> _Mark | None:
        later = [
            places[key][i]
            for key in ((last[0] + 1, 0), (last[0], last[1] + 1))
            if key in places and (i := bisect_right(places[key], at)) < len(places[key])
        ]
        return candidates[min(later)] if later else None

    for at, mark in enumerate(candidates):
        if follows(mark.key, last):
            chosen.append(mark)
            last = mark.key
        elif mark.key > last and mark.firm and not mark.inline:
            expected = still_to_come(last, at)
            if expected and (expected.firm or not _continues(candidates, at)):
                continue  # the next number is still to come: this one is a reference
            missing = spelled((last[0] + 1, 0))
            warnings.append(f"{spelled(last) if chosen else '开头'}之后直接是{spelled(mark.key)}，{missing}等没有找到")
            chosen.append(mark)
            last = mark.key
    if len(chosen) == 1 and chosen[0].key != (1, 0):
        return [], []
    return chosen, warnings


def _continues(candidates: list[_Mark], at: int) -> bool:
    return any(follows(c.key, candidates[at].key) for c in candidates[at + 1 : at + 3])


def _assemble(lines: list[_Line], marks: list[_Mark]) -> list[Piece]:
    pieces: list[Piece] = []
    opens = {mark.line: mark for mark in marks}
    end = _annex_start(lines, marks[-1].line)
    path: dict[int, str] = {}
    preface: list[str] = []
    number: str | None = None
    text: list[str] = []

    def close() -> None:
        nonlocal text
        if number is not None:
            pieces.append(Piece(number, number, tuple(text) or ("",), tuple(path_then)))
        text = []

    path_then: list[str] = []
    under: list[str] | None = None  # lines below a heading and above its first article

    def close_heading() -> None:
        if under:
            above = tuple(path[r] for r in sorted(path))
            pieces.append(Piece(None, above[-1], tuple(under), above))

    for index, line in enumerate(lines[:end]):
        if mark := opens.get(index):
            close()
            close_heading()
            under = None
            number, path_then = spelled(mark.key), [path[r] for r in sorted(path)]
            text = _paragraphs(mark.rest, run=mark.inline or _is_run(lines, index))
        elif found := heading(line.text, line.level):
            close()
            close_heading()
            number, under = None, []
            rank, words = found
            path = {r: h for r, h in path.items() if r < rank} | {rank: words}
        elif under is not None:
            if not under and len(line.text) <= 30 and not re.search(r"[。；：:]", line.text):
                path[max(path)] += line.text  # a long heading printed on two lines
            else:
                under.append(line.text)
        elif number is None:
            preface.append(line.text)
        elif line.inline and text:
            # A number inside the text after all: the line it was cut from goes on.
            text[-1] += f" {line.text}"
        else:
            text.append(line.text)
    close()
    close_heading()
    if preface:
        pieces.insert(0, Piece(None, "序言", tuple(preface)))
    return pieces + _annexes(lines[end:])


def _is_run(lines: list[_Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].inline


def _paragraphs(text: str, *, run: bool) -> list[str]:
    """The first lines of an article; where line breaks were lost, a blank after a full stop stands for one."""
    parts = _SENTENCE_END.split(text) if run else [text]
    return [part for part in parts if part]


def _annex_start(lines: list[_Line], last: int) -> int:
    """Index of the line where the annexes begin, with a title just above the mark 附件; len(lines) when none do."""
    for index in range(last + 1, len(lines)):
        match = _ANNEX.fullmatch(lines[index].text)
        if not match or len(lines[index].text) > 60:
            continue
        above = lines[index - 1]
        if index - 1 > last and len(above.text) <= 40 and not re.search(r"[。；，：、]", above.text):
            return index - 1
        return index
    return len(lines)


def _annexes(lines: list[_Line]) -> list[Piece]:
    pieces: list[Piece] = []
    label, held = "附", list[_Line]()

    def close() -> None:
        if not held:
            return
        if sum(len(x.text) for x in held) <= _SEGMENT:
            pieces.append(Piece(None, label, tuple(x.text for x in held), (label,)))
        else:
            pieces.extend(
                Piece(None, f"{label}·{p.label}", p.lines, (label, *p.path)) for p in _unique(_unnumbered(held))
            )

    marked = False
    for line in lines:
        match = _ANNEX.fullmatch(line.text) if len(line.text) <= 60 else None
        if match:
            if marked or not held:
                close()
                held = []
            marked = True
            label = match[1] + (to_figure(match[2]) if match[2] else "")
        held.append(line)
    close()
    return pieces


def to_figure(numeral: str) -> str:
    try:
        return str(to_int(numeral))
    except ValueError:
        return numeral


def _unnumbered(lines: list[_Line]) -> list[Piece]:
    """Texts that count 一、（一）1. or have headings or nothing: one piece for each step of the outermost count."""
    for pattern in _ENUMERATORS:
        starts = _count(lines, pattern)
        if len(starts) >= 2:
            return _between(lines, starts)
    if any(x.level is not None and x.level > 1 for x in lines):
        return _by_headings(lines)
    return _by_length(lines)


def _count(lines: list[_Line], pattern: re.Pattern[str]) -> dict[int, str]:
    """Line index → label for lines that carry the count on. A count that begins anew at 一 is a new one."""
    starts: dict[int, str] = {}
    last = 0
    for index, line in enumerate(lines):
        match = pattern.match(line.text)
        bare = line.level is not None and re.fullmatch(r"[一二三四五六七八九十]+", line.text)
        if not match and not bare:
            continue
        numeral = match[1] if match else line.text
        number = to_int(numeral)
        if (not last and number == 1) or (last and last < number <= last + 3) or (last and number == 1):
            starts[index] = match[0].rstrip("、．. ") if match else numeral
            last = number
    return starts


def _between(lines: list[_Line], starts: dict[int, str]) -> list[Piece]:
    pieces: list[Piece] = []
    first = min(starts)
    if first:
        pieces.append(Piece(None, "序言", tuple(x.text for x in lines[:first])))
    bounds = [*sorted(starts), len(lines)]
    for start, end in itertools.pairwise(bounds):
        annex = next((i for i in range(start + 1, end) if end == len(lines) and _is_annex(lines[i].text)), None)
        stop = annex or end
        pieces.append(Piece(None, starts[start], tuple(x.text for x in lines[start:stop])))
        if annex:
            pieces.extend(_annexes(lines[annex:end]))
    return pieces


def _is_annex(text: str) -> bool:
    return len(text) <= 60 and _ANNEX.fullmatch(text) is not None


def _by_headings(lines: list[_Line]) -> list[Piece]:
    """One piece a heading of the file, or a customary opening (经审理查明：) where the file has no headings."""
    ranked = any(x.level is not None and x.level > 1 for x in lines)
    pieces: list[Piece] = []
    label, held = "正文", list[str]()
    for line in lines:
        cue = None if ranked else _CASE_CUES.match(line.text)
        if ranked and line.level is not None and line.level > 1:
            if held:
                pieces.append(Piece(None, label, tuple(held)))
            label, held = line.text[:40], []
        elif cue:
            if held:
                pieces.append(Piece(None, label, tuple(held)))
            label, held = cue[1], [line.text]
        else:
            held.append(line.text)
    if held:
        pieces.append(Piece(None, label, tuple(held)))
    return pieces


def _by_length(lines: list[_Line]) -> list[Piece]:
    """Paragraphs together up to a page's length."""
    pieces: list[Piece] = []
    held: list[str] = []
    for line in lines:
        if held and sum(map(len, held)) + len(line.text) > _SEGMENT:
            pieces.append(Piece(None, f"第{to_chinese(len(pieces) + 1)}段", tuple(held)))
            held = []
        held.append(line.text)
    if held:
        label = f"第{to_chinese(len(pieces) + 1)}段" if pieces else "正文"
        pieces.append(Piece(None, label, tuple(held)))
    return pieces


def _unique(pieces: Iterable[Piece]) -> list[Piece]:
    """Labels that come twice are counted: 一, 一（2）."""
    seen: dict[str, int] = {}
    out: list[Piece] = []
    for piece in pieces:
        seen[piece.label] = count = seen.get(piece.label, 0) + 1
        out.append(piece if count == 1 else piece._replace(label=f"{piece.label}（{count}）"))
    return out
