"""Chinese numerals as laws write them, article numbers (`第一百三十三条之一`), and the quantities of a text."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_FULLWIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

NUMERAL = "[零〇一二两三四五六七八九十百千万0-9０-９]+"
"""A number in Chinese or Arabic figures, for use in a larger pattern."""

_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_QUANTITY = re.compile(
    r"((?<![0-9.])[0-9]+(?:\.[0-9]+)?|(?<![哪零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]+)(万|亿)?"
    r"(元|个工作日|工作日|日|天|个月|月|年|小时|周岁|岁|倍|％|%)"
)
"""A number begins where its run of figures does: a start inside it would make a long run cost its square."""
_SAME_UNIT = {"天": "日", "个月": "月", "个工作日": "工作日", "％": "%", "岁": "周岁"}
_ARTICLE = re.compile(rf"第?\s*({NUMERAL})\s*条(?:\s*之\s*({NUMERAL}))?")


def to_int(text: str) -> int:
    """`一百二十四`, `124` or `１２４` as 124. ValueError for anything else."""
    text = text.strip().translate(_FULLWIDTH)
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        raise ValueError("empty numeral")
    total = section = digit = 0
    if all(c in _DIGITS for c in text):  # 二〇二一: figures read one by one
        return int("".join(str(_DIGITS[c]) for c in text))
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        elif c in _BIG:
            total = (total + section + digit) * _BIG[c]
            section = digit = 0
        else:
            raise ValueError(f"not a numeral: {text}")
    return total + section + digit


def to_chinese(number: int) -> str:
    """124 as `一百二十四`, the way an article number is written (10–19 as `十…`)."""
    if not 0 <= number < 100_000_000:
        raise ValueError(f"out of range: {number}")
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return to_chinese(high) + "万" + (gap + to_chinese(low) if low else "")
    figures = "零一二三四五六七八九"
    out, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            if pending and out:
                out += "零"
            out += ("" if digit == 1 and unit == 10 and not out else figures[digit]) + name
            pending = False
        elif out:
            pending = True
    return out or "零"


def article_number(text: str) -> str | None:
    """`第133条之1`, `一百三十三条之一` or `第一百三十三条之一` in the one spelling of the law; None when it is none."""
    match = _ARTICLE.fullmatch(text.strip())
    if not match:
        return None
    try:
        number = f"第{to_chinese(to_int(match[1]))}条"
        return number + (f"之{to_chinese(to_int(match[2]))}" if match[2] else "")
    except ValueError:
        return None


def article_key(number: str) -> tuple[int, int]:
    """Sort key of an article number: (133, 1) for 第一百三十三条之一. ValueError when it is none."""
    match = _ARTICLE.fullmatch(number.strip())
    if not match:
        raise ValueError(f"not an article number: {number}")
    return to_int(match[1]), to_int(match[2]) if match[2] else 0


def quantities(text: str) -> frozenset[tuple[float, str]]:
    """Every number with a unit, so that 5万元, 五万元 and 50000元 are one."""
    found = set()
    for figure, many, unit in _QUANTITY.findall(_COMMA.sub("", text)):
        try:
            value = float(figure) if figure[0].isdigit() else float(to_int(figure))
        except ValueError:
            continue
        value *= {"万": 1e4, "亿": 1e8}.get(many, 1.0)
        found.add((value, _SAME_UNIT.get(unit, unit)))
    return frozenset(found)
