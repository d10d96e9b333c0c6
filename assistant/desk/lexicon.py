"""How much a pair of characters says, measured on the corpus itself; what the desk weighs questions with."""

import itertools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.search.grams import fold

_BUCKETS = 1 << 22
_TWO = re.compile(r"两(?=年|日|天|个月|倍|次|人|种)")  # a law writes 二年
_LOOSE = 0.6
_HEAVIEST = 11.0  # rarer than one in sixty thousand: rarity says no more
_FILLER = re.compile(
    r"请问一下|请问|想问一下|想问|想咨询一下|咨询一下|咨询|帮我看看|帮忙看看|帮我查一下|帮我查|查一下|麻烦|谢谢|您好|你好|老师|我想知道|想知道|告诉我"
    r"|有什么规定|怎么规定的?|如何规定的?|是怎么规定|相关规定|有关规定|有哪些|哪些|什么样的?|是什么|什么是|什么叫|是指什么|什么|怎么样|怎么办|怎么|怎样|如何|为什么|为何"
    r"|能不能|可不可以|可以吗|可以|能否|是否|是不是|要不要|需不需要|需要|应该|应当|应不应该|会不会|有没有|多少|多大|几个|几天|多久|多长时间"
    r"|哪条|哪一条|哪部|哪一部|哪个|哪种|法律规定|规定|依据|根据|按照|属于|情况下|的话|如果|要是|假如|那么|然后|现在|目前"
    r"|[吗呢吧啊呀么嘛哦了的]|我们|你们|他们|人家|我|你|您|她|它|这个|那个|这种|那种|这|那|某某?|一个|一家|一种"
)


def content(text: str) -> str:
    """The words that carry a question, separated by blanks: greetings, fillers and interrogatives taken out."""
    return " ".join(_FILLER.sub(" ", _TWO.sub("二", fold(text))).split())


@dataclass(frozen=True)
class Terms:
    """Pairs of characters of one question with their weights; `total` is the sum."""

    weights: tuple[tuple[str, float], ...]

    @property
    def total(self) -> float:
        return sum(weight for _, weight in self.weights)

    def share(self, text: str) -> float:
        """How much of the question stands in `text`: 0 to 1 by weight.

        Two characters that stand near each other, in order, count by a part: 过期 in 超过保质期.
        """
        if not self.weights:
            return 0.0
        held = 0.0
        for pair, weight in self.weights:
            if pair in text:
                held += weight
            elif _near(pair, text):
                held += _LOOSE * weight
        return held / self.total


def _near(pair: str, text: str) -> bool:
    first, second = pair[0], pair[1]
    at = text.find(first)
    while at >= 0:
        if second in text[at + 2 : at + 5]:
            return True
        at = text.find(first, at + 1)
    return False


class Lexicon:
    """Counts of pairs of characters over all texts of the library, by hash: a rare collision changes no weight much."""

    def __init__(self, texts: Iterable[str]) -> None:
        points = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32)
        self._counts: NDArray[np.intp] = np.bincount(_bucket(points[:-1], points[1:]), minlength=_BUCKETS)
        self._all = max(len(points), 1)

    def terms(self, text: str) -> Terms:
        """The pairs of the content of `text`; a pair the corpus never writes weighs most."""
        weights: dict[str, float] = {}
        for word in content(text).split():
            for first, second in itertools.pairwise(word):
                pair = first + second
                if pair.isalnum() and pair not in weights:
                    weights[pair] = min(math.log(self._all / (self.count(pair) + 1)), _HEAVIEST)
        return Terms(tuple(weights.items()))

    def count(self, pair: str) -> int:
        """How often the two characters stand together in the corpus."""
        first, second = (np.array([ord(c)], dtype=np.uint32) for c in pair)
        return int(self._counts[_bucket(first, second)[0]])


def _bucket(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return (first * np.uint32(2654435761) ^ second * np.uint32(40503)) % np.uint32(_BUCKETS)
