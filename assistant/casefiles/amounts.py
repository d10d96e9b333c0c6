"""Sums of money in figures and in words (50,000.00元, 5万元, 五万元, 人民币伍万元整), and whether the two agree."""

import re
from itertools import pairwise
from typing import NamedTuple

from assistant.numerals import to_int

_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億零圆圓", "一二二三三四五六六七八九十百千万亿零元元")
_FORMAL_ONLY = re.compile("[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]")
_WORDS = "零〇一二两三四五六七八九十百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億"
_AMOUNT = re.compile(
    r"(?:人民币|RMB)?[¥￥]?(?P<n>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<u>[万亿])?(?P<yuan>元|圆)"
    r"|[（(](?:单位[：:])?(?P<hu>万?)元[）)][|：:]*(?P<head>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d元万年月日])"
    r"|[¥￥](?P<bare>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|(?:人民币)?(?P<w>[{_WORDS}]+)(?:元|圆|圓)(?P<f>(?:零?[{_WORDS}]角)?(?:零?[{_WORDS}]分)?)整?正?"
)
_NOUGHT = re.compile("零[十百千]")  # a form with every unit printed: 伍万零仟零佰零拾零元
_UNIT = {"万": 10_000, "亿": 100_000_000}
_BETWEEN = re.compile(r"[（(）)：:,，、即整正]|大写|小写|人民币|金额|计|合|RMB|¥|￥")
_REACH = 14  # characters between a sum in figures and the same in words
_RANGE = re.compile(r"以上|以下|至|到|不足|以内|超过")


class Amount(NamedTuple):
    """A sum in yuan. `formal`: in the characters of banks (伍万); `bound`: an end of a range, as laws name it."""

    start: int
    end: int
    text: str
    value: float
    formal: bool
    bound: bool


def find_amounts(tight: str) -> list[Amount]:
    """Every sum of the text, in order; what cannot be read as a number is left out."""
    found = []
    for match in _AMOUNT.finditer(tight):
        value = _value(match)
        if value is None:
            continue
        around = tight[max(0, match.start() - 2) : match.start()], tight[match.end() : match.end() + 2]
        bound = _RANGE.match(around[1]) is not None or around[0] in ("以上", "不足", "超过")
        formal = _FORMAL_ONLY.search(match["w"] or "") is not None
        found.append(Amount(match.start(), match.end(), match[0], value, formal, bound))
    return found


def _value(match: re.Match[str]) -> float | None:
    figures = match["n"] or match["bare"] or match["head"]
    if figures:
        unit = match["u"] or match["hu"] or ""
        return round(float(re.sub("[,，]", "", figures)) * _UNIT.get(unit, 1), 2)
    try:
        words = _NOUGHT.sub("零", match["w"].translate(_FORMAL)).rstrip("零") or "零"
        whole = float(to_int(words))
        fraction = match["f"].translate(_FORMAL)
        for unit, share in (("角", 0.1), ("分", 0.01)):
            if (at := fraction.find(unit)) > 0:
                whole += to_int(fraction[at - 1]) * share
    except ValueError:
        return None
    return round(whole, 2)


def told_twice(tight: str) -> list[tuple[Amount, Amount]]:
    """Sums written side by side in figures and in words, whether they agree or not."""
    amounts = [a for a in find_amounts(tight) if not a.bound]
    pairs = []
    for first, second in pairwise(amounts):
        gap = tight[first.end : second.start]
        worded = [a for a in (first, second) if not any(c.isdecimal() for c in a.text)]
        beside = len(gap) <= _REACH and not _BETWEEN.sub("", gap)
        if len(worded) == 1 and beside and (worded[0].formal or "（" in gap or "(" in gap):
            pairs.append((first, second))
    return pairs
