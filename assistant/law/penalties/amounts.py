"""Amounts as laws write them: yuan, multiples, percentages and days of detention, single or as a range."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.numerals import to_int

_CN = "[零〇一二两三四五六七八九十百千万亿]{1,20}"
_NUM = rf"(?:[\d０-９]{{1,16}}(?:[,，][\d０-９]{{3}}){{0,5}}(?:\.\d{{1,6}})?[百千万亿]{{0,4}}|{_CN})"
_MONEY = rf"(?:人民币)?{_NUM}元(?:人民币)?(?![素化件旦首帅])"
_TIMES = rf"{_NUM}(?:点{_CN})?倍"
_RATIO = rf"(?:百分之|千分之|万分之){_NUM}(?:点{_CN})?|\d+(?:\.\d+)?[%％‰]"
_EQUAL = r"(?:等值|等额|同等金额|同等数额)(?=以上|以下|的?罚款)"
_ONE = rf"(?:{_MONEY}|{_RATIO}|{_TIMES}|{_EQUAL})"
_RANGE = re.compile(
    rf"(?:(?P<low>{_ONE}|{_NUM})(?:\s?(?P<above>以上)[，、]?\s?(?:不足|不满|低于|未满|不到|不超过)?|[至到—－~～-]+)"
    rf"(?P<high>{_ONE}|{_NUM}(?=以下的?罚款))\s?(?P<below>以下|以内)?"
    rf"|(?P<over>不(?:得)?(?:低于|少于))?(?P<up>(?<!不)(?<!不得)(?:不(?:得)?超过|不足|不满|低于|未满|少于))?(?P<single>{_ONE})\s?(?P<end>以下|以内|以上)?)"
)
_TERM = re.compile(rf"拘留的?期限，?为(?P<high>{_NUM})日以下")
_DAYS = re.compile(
    rf"(?:(?P<low>{_NUM})日(?:以上|至))?(?P<high>{_NUM})日(?P<below>以下|以内)?的?(?:行政|治安"
    rf"|司法)?拘留"
)

Unit = Literal["元", "倍", "日"]


@dataclass(frozen=True)
class Amount:
    """One amount expression. `min` and `max` in yuan, multiples (a percentage is a fraction) or days of detention.

    A maximum alone has `min` 0, a minimum alone `max` None. `form` is how the range is written.
    """

    start: int
    end: int
    text: str
    unit: Unit
    min: float
    max: float | None
    form: Literal["以上以下", "以下", "以上", "定额"]


def number(text: str) -> float:
    """`五千`, `1万`, `2,000`, `1.5万` or `三点五` as a number. ValueError for anything else."""
    text = text.replace(",", "").replace("，", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([百千万亿]*)", text)
    if match:
        value = float(match[1])
        for unit in match[2]:
            value *= {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}[unit]
        return value
    whole, _, part = text.partition("点")
    return to_int(whole) + (float(f"0.{to_int_digits(part)}") if part else 0)


def to_int_digits(text: str) -> str:
    """The figures of a decimal part read one by one: `五` in 三点五."""
    return "".join(str(to_int(c)) for c in text)


def _one(text: str) -> tuple[Unit, float]:
    if text.startswith(("等", "同等")):
        return "倍", 1.0
    if text.removesuffix("人民币").endswith("元"):
        return "元", number(text.replace("人民币", "").removesuffix("元"))
    if text.endswith("倍"):
        return "倍", number(text.removesuffix("倍"))
    for mark, parts in (("百分之", 100), ("千分之", 1000), ("万分之", 10_000)):
        if text.startswith(mark):
            return "倍", round(number(text.removeprefix(mark)) / parts, 6)
    return "倍", round(float(text[:-1]) / (1000 if text[-1] == "‰" else 100), 6)


def _range(match: re.Match[str]) -> Amount | None:
    if match["single"]:
        unit, value = _one(match["single"])
        if match["up"] or match["end"] in ("以下", "以内"):
            low, high, form = 0.0, value, "以下"
        elif match["end"] or match["over"]:
            low, high, form = value, None, "以上"
        else:
            low, high, form = value, value, "定额"
    else:
        first = match["low"]
        if re.fullmatch(_ONE, match["high"]) or match["high"].startswith(("等", "同等")):
            unit, high = _one(match["high"])
        else:  # 二千元以上二万以下罚款: the unit is written once
            unit, high = "元" if first.endswith("元") else "倍", number(match["high"])
        known = re.fullmatch(_ONE, first) or first.startswith(("等", "同等"))
        low = _one(first)[1] if known else number(first)
        form = "以上以下"
        if unit == "元" and not known and low < 10 <= high and low * 10_000 <= high:
            low *= 10_000  # 一至五万元: the first figure counts in the unit of the second
        if high < low:
            return None
    if not (low or high):
        return None
    return Amount(match.start(), match.end(), match[0], unit, low, high, form)  # type: ignore[arg-type]


def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount expression of a text with its offsets, whatever it is for; days only where they are of detention."""
    found: list[Amount] = []
    for match in _RANGE.finditer(text):
        try:
            amount = _range(match)
        except ValueError:  # 万元 alone, 百千万倍: words, no number
            continue
        if amount is not None:
            found.append(amount)
    for match in _DAYS.finditer(text):
        high = number(match["high"])
        low = number(match["low"]) if match["low"] else (0.0 if match["below"] else high)
        form: Literal["以上以下", "以下", "定额"] = "以上以下" if match["low"] else "以下" if match["below"] else "定额"
        found.append(Amount(match.start(), match.end(), match[0], "日", low, high, form))
    for match in _TERM.finditer(text):
        found.append(Amount(match.start(), match.end(), match[0], "日", 0.0, number(match["high"]), "以下"))
    return tuple(sorted(found, key=lambda a: a.start))
