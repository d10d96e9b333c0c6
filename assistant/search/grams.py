"""Texts as the numbers that the word index counts: every character, and every pair of neighbours.

Characters and pairs beat cut words on legal Chinese (`evals/results/retrieval.md`): a lay question and a statute rarely
share whole words, but often characters of them. Everything is one vectorised pass over one long text, so that
an index of 26,000 articles is built in about two seconds.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PAIR = 1 << 21  # above every code point: a pair is first * PAIR + second, a character is itself
_BREAK = "\x00"

Codes = NDArray[np.int64]


def _keep_table() -> NDArray[np.bool_]:
    """Which characters of the basic plane are letters or figures; the rest separates."""
    table = np.zeros(0x110000, dtype=bool)
    for code in range(0x10000):
        table[code] = unicodedata.category(chr(code))[0] in "LN"
    table[0x20000:0x33480] = True  # rare ideographs
    return table


_KEEP = _keep_table()


_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_COMPATIBLE = re.compile(
    "[\u00aa-\u00be\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3131-\u33ff\uf900-\ufaff\ufb00-\ufb06\uff10-\uffee]"
)


def fold(text: str) -> str:
    """Full-width forms and capitals as plain ones; what is no character (a lone surrogate, NUL) becomes a space."""
    text = _NO_CHARACTER.sub(" ", text)
    if _COMPATIBLE.search(text):  # most texts have none, and normalising costs as much as all the rest
        text = unicodedata.normalize("NFKC", text)
    return text.lower()


def codes(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64]]:
    """(codes [m], text index [m]) of all characters and pairs of `texts`, which are folded already."""
    joined = _BREAK.join(texts)
    points = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    owner = np.cumsum(points == 0)
    kept = _KEEP[points]
    paired = kept[:-1] & kept[1:]
    first = points[:-1][paired]
    return (
        np.concatenate([points[kept], first * PAIR + points[1:][paired]]),
        np.concatenate([owner[kept], owner[:-1][paired]]),
    )
