"""Quotations beside a citation: where they stand, and whether a text holds them."""

import re
from dataclasses import dataclass
from functools import lru_cache

SHORTEST = 8  # fewer characters are a term, not a quotation of the text
_SAYS = re.compile(
    r"(?:(?:的|之|中|里|亦|也|还|又|均|都|则|就|已|所|以|关于|有关|对此|明确|明文|专门|同时|分别|了|其|(?:内容|原文|表述|规定|条文|全文)(?:的?是|为)|规定|要求|载明|写明|写道|指出|提出|表述|称|原文|条文|内容|全文|如下|当中|文本)){0,8}"
    r"[:,]?—{0,2}[\n]?[:,]?"
)
_SPEAKS = re.compile(r"[:,]|规定|要求|载明|写|指出|提出|表述|称|原文|条文|内容|全文|关于")
_TERM = re.compile(r"[”\"](?:的)?(?:制度|原则|条款|规则|清单|机制|政策|理念|规定|情形|要件)")
_MARKS = re.compile("[“”]")
_OPEN = {"“": "”", '"': '"'}
_BACK = re.compile(r"([”\"])[。,;]?(?:—{1,2}|[(\[])?(?:参?见|详见|语出|出自|摘自|引自|来源于?|来源:|依据|根据)?:?$")
_MORE = re.compile(r"[、,;和与及并]{1,2}(?=[“\"])|(?:以及|并且|还规定|同时规定):?(?=[“\"])")
_ELLIPSIS = re.compile(r"…+|\.{3,}|。{3,}|．{3,}|[\[(［（](?:…+|\.{3,}|略|省略|中略|前略|后略)[\])］）]|\*{3,}|·{3,}")
_NOISE = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff○×]+")
_FIGURES = str.maketrans("０１２３４５６７８９〇", "0123456789零")
_LABEL = re.compile(
    r"^\s*第[零〇一二三四五六七八九十百千0-9０-９]{1,9}条(?:之[零〇一二三四五六七八九十]{1,3})?(?=[\s　:：])"
)
_MARK = re.compile(r"[（(][零〇一二三四五六七八九十百0-9０-９]{1,4}[）)]")


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """The words between two quotation marks, in a Reading's text."""

    start: int
    end: int


def _closing(text: str, at: int) -> int:
    """The place of the mark that closes the one at `at`; -1 when it is not closed."""
    opening = text[at]
    closing = _OPEN[opening]
    if opening == closing:
        return text.find(closing, at + 1, at + 4000)
    depth = 0
    for match in _MARKS.finditer(text, at, at + 4000):
        depth += 1 if match[0] == opening else -1
        if depth == 0:
            return match.start()
        if depth > 6:
            break  # marks that are never closed
    return -1


def _is_term(text: str, start: int, close: int) -> bool:
    """第三十三条规定的“轻微违法不予处罚”制度: a short name for what the law says, not its words."""
    words = text[start:close]
    return len(words) < 12 and not re.search(r"[,，。;；:：、…]", words) and _TERM.match(text, close) is not None


def quotes_after(text: str, end: int, *, whole_law: bool = False) -> list[QuoteSpan]:
    """Quotations that a citation ending at `end` introduces: 第三条规定：“……”，“……”.

    `whole_law`: the citation names no article, and a word must say that the law is quoted.
    """
    match = _SAYS.match(text, end)
    at = match.end() if match else end
    if whole_law and not _SPEAKS.search(text, end, at):
        return []
    found: list[QuoteSpan] = []
    while at < len(text) and text[at] in _OPEN:
        close = _closing(text, at)
        if close < 0:
            break
        if len(norm(text[at + 1 : close])) >= SHORTEST and not _is_term(text, at + 1, close):
            found.append(QuoteSpan(at + 1, close))
        more = _MORE.match(text, close + 1)
        if more is None:
            break
        at = more.end()
    return found


def quotes_before(text: str, start: int) -> list[QuoteSpan]:
    """A quotation that a citation beginning at `start` follows: “……”（《行政处罚法》第三十三条）."""
    back = _BACK.search(text, max(0, start - 14), start)
    if back is None:
        return []
    close = back.start()
    if back[1] == '"':
        opened = text.rfind('"', max(0, close - 2000), close)
    else:
        depth, opened = 0, -1
        for at in range(close, max(-1, close - 2000), -1):
            depth += {"”": 1, "“": -1}.get(text[at], 0)
            if depth == 0:
                opened = at
                break
    if opened < 0 or len(norm(text[opened + 1 : close])) < SHORTEST:
        return []
    return [QuoteSpan(opened + 1, close)]


def norm(text: str) -> str:
    """`text` without punctuation and space: what a quotation must keep."""
    return _NOISE.sub("", text).translate(_FIGURES)


def norm_without_marks(text: str) -> str:
    """As `norm`, and without the marks （一）（二） of a list, which quotations often leave out."""
    return norm(_MARK.sub("", text))


@lru_cache(maxsize=4096)
def _fragments(quote: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    quote = _LABEL.sub("", quote)
    parts = [p for p in _ELLIPSIS.split(quote) if norm(p)]
    return tuple(norm(p) for p in parts), tuple(q for p in parts if (q := norm_without_marks(p)))


def _in_order(fragments: tuple[str, ...], text: str) -> bool:
    at = 0
    for fragment in fragments:
        found = text.find(fragment, at)
        if found < 0:
            return False
        at = found + len(fragment)
    return bool(fragments)


def stands_in(quote: str, text: str, wording: str | None = None) -> bool:
    """Whether `text` holds the quotation, its parts in their order; punctuation, space and list marks do not count.

    `wording` is `norm(text)` where it is already known.
    """
    whole, unmarked = _fragments(quote)
    if _in_order(whole, norm(text) if wording is None else wording):
        return True
    return "（" in text and _in_order(unmarked, norm_without_marks(text))


def first_difference(quote: str, text: str) -> tuple[str, str] | None:
    """Where a quotation leaves the text it follows: (words quoted, words of the text); None when it follows none."""
    whole, _ = _fragments(quote)
    body = norm(text)
    for fragment in whole:
        if fragment in body:
            continue
        low, high = 0, len(fragment)
        while low < high:  # the longest beginning that the text holds
            middle = (low + high + 1) // 2
            if fragment[:middle] in body:
                low = middle
            else:
                high = middle - 1
        if low < 4:
            return None
        at = body.find(fragment[:low])
        begin = max(0, low - 6)
        return fragment[begin : low + 8], body[at + begin : at + low + 8]
    return None
