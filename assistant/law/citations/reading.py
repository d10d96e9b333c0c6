"""A text as the finders read it: without the spaces and marks that split words, each place traceable to the original.

Texts come out of PDF files, web pages and models: a number may be written in full-width figures, a title may run over
a line break, an article number may be set in bold. All of that is taken away once, here, so that the patterns stay
plain; offsets are given back in the original text (in Python's characters).
"""

import re
from bisect import bisect_right

# One character for one character, so that only what is dropped moves an offset.
_PLAIN = str.maketrans(
    {
        **{chr(ord("０") + n): str(n) for n in range(10)},
        **dict.fromkeys("（﹙〔", "("),
        **dict.fromkeys("）﹚〕", ")"),
        **dict.fromkeys("〈＜﹤〖", "《"),
        **dict.fromkeys("〉＞﹥〗", "》"),
        **dict.fromkeys("「『〝", "“"),
        **dict.fromkeys("」』〞", "”"),
        **dict.fromkeys("［【", "["),
        **dict.fromkeys("］】", "]"),
        "○": "〇",
        "◯": "〇",
        "，": ",",
        "：": ":",
        "；": ";",
        "﹣": "-",
        "－": "-",
        "–": "-",
        "～": "~",
        "〜": "~",
        "\xad": " ",
    }
)
_SHOWN = str.maketrans({"《": "〈", "》": "〉", "(": "（", ")": "）"})
_NUM = "[零〇一二三四五六七八九十百千两0-9]"
_GAP = re.compile(
    # A blank line ends a paragraph, and so does a line break before an article that opens its own text
    # (第三条　甲方应当……): both stay as one line break. Every other white space only got into the way of a word.
    r"(?P<end>\n[ \t\r\u3000\xa0]*\n\s*"
    rf"|\n(?=\s*第{_NUM}{{1,9}}条(?:之{_NUM}{{1,3}})?[ \t\u3000\xa0]+(?![规的之第(（,，]))\s*)"
    r"|[\s\u200b-\u200f\u2028\u2029\u2060\ufeff\xad*]+"
)


def plain(text: str) -> str:
    """`text` without white space and in the plain forms of brackets, quotation marks and figures."""
    return _GAP.sub("", text).translate(_PLAIN)


def shown(name: str) -> str:
    """A plain name as it is written in 《》: titles inside it in 〈〉, round brackets in full width."""
    return name.translate(_SHOWN)


class Reading:
    """`text` is what patterns run over, `gaps` the places in it where something was taken out.

    `start_of` and `end_of` lead back to `original`.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        pieces: list[str] = []
        self._at: list[int] = []
        self._from: list[int] = []
        length = done = 0

        def take(start: int, end: int) -> None:
            nonlocal length
            if end > start:
                self._at.append(length)
                self._from.append(start)
                pieces.append(original[start:end])
                length += end - start

        for gap in _GAP.finditer(original):
            take(done, gap.start())
            if gap["end"] is not None:
                take(gap.start(), gap.start() + 1)
            done = gap.end()
        take(done, len(original))
        self.text = "".join(pieces).translate(_PLAIN)
        self.gaps = frozenset(self._at)

    def start_of(self, at: int) -> int:
        """Where the character `at` of `text` stands in the original."""
        piece = bisect_right(self._at, at) - 1
        return self._from[piece] + at - self._at[piece]

    def end_of(self, end: int) -> int:
        """Where in the original the span that ends before `end` of `text` ends."""
        return self.start_of(end - 1) + 1

    def words(self, start: int, end: int) -> str:
        """The original words of a span of `text`."""
        return self.original[self.start_of(start) : self.end_of(end)] if end > start else ""
