"""Numbers in a description: Chinese, capital and Arabic figures, 万 and 亿, 三万五, and what makes them uncertain."""

import re
from decimal import Decimal

from assistant.numerals import to_int

_CAPITALS = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億圆０１２３４５６７８９．，", "一二三四五六七八九十百千万亿元0123456789.,"
)
_ARABIC = r"(?<![\d.])(?:\d{1,3}(?:[,，]\d{3}){1,5}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?)(?!\d)"
_FIGURES = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"
_CHINESE = f"(?<![{_FIGURES}])[{_FIGURES}]{{1,24}}(?![{_FIGURES}])"

NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"
"""A number without its unit, for use in a larger pattern."""

_MORE = "[余多来]"
MONEY = (
    rf"(?P<number>{NUMBER})\s*(?P<more>{_MORE})?\s*(?P<scale>万亿|[万亿千百]?)"
    rf"(?P<rest>(?<=[万亿])\d{{1,4}}(?:千|百)?(?:\d{{1,3}}百?)?)?(?P<more2>{_MORE})?\s*(?P<unit>元|块钱|块|圆)?"
)
"""A sum of money. `value_of` reads the match; a number without a unit is money only where 万 or 千 stands in it."""

BOUND = re.compile(r"(?:不足|不到|未超过|不超过|超过|高于|低于|少于|至少|将?近|上|数|几|大于|小于|-|－|负)\s*$")
"""Words before a number that make it a limit and no amount."""

LIMIT_AFTER = re.compile(r"\s*(?:以上|以下|以内|至|到|—|－|-|~|～|倍|的?罚款)")
"""Words after a number that make it a limit, a range or a fine."""

_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_TAIL = re.compile(r"(.*[百千万亿])([一二两三四五六七八九])")


def number(text: str) -> Decimal | None:
    """`一万两千三百`, `叁万伍仟`, `1,280.50`, `三万五` (35000) as a number; None for what is none."""
    text = text.translate(_CAPITALS).replace(",", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    try:
        if (tail := _TAIL.fullmatch(text)) and not tail[1].endswith("零"):
            return Decimal(_chinese(tail[1])) + _SCALES[tail[1][-1]] // 10 * to_int(tail[2])
        return Decimal(_chinese(text))
    except ValueError:
        return None


def _chinese(text: str) -> int:
    if "万亿" in text or text[:1] in "百千万亿":
        raise ValueError(f"not a numeral: {text}")
    return to_int(text)


def value_of(match: re.Match[str]) -> Decimal | None:
    """The sum that a MONEY match states, in yuan; None when it is no sum."""
    figure = number(match["number"])
    if figure is None:
        return None
    if not match["unit"] and not re.search("[万千亿萬仟億]", match["number"] + match["scale"]):
        return None
    return figure * _SCALES[match["scale"]] + _rest(match["rest"], match["scale"])


def _rest(text: str | None, scale: str) -> int:
    """What follows 万 in figures: 3万2千 and 3万2 are 32,000, 3万2000 too."""
    if not text:
        return 0
    parts = re.findall(r"(\d+)([千百]?)", text)
    if len(parts) == 1 and len(parts[0][0]) == 1 and not parts[0][1]:
        return int(parts[0][0]) * _SCALES[scale] // 10
    return sum(int(number) * _SCALES[unit] for number, unit in parts)


def whole(text: str) -> int | None:
    """A whole number, or None."""
    figure = number(text)
    return int(figure) if figure is not None and figure == figure.to_integral_value() else None
