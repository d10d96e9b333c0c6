"""Numbers that name a person: found by their own check digits, or by a form nothing else has."""

import datetime as dt
import re
from collections.abc import Iterator

from assistant.masking.spans import Span

_DIGIT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGIT_CHECKS = "10X98765432"
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

_FULLWIDTH = {ord("０") + i: str(i) for i in range(10)}
_FULLWIDTH |= {ord("Ａ") + i: chr(65 + i) for i in range(26)} | {ord("ａ") + i: chr(97 + i) for i in range(26)}
_SPOKEN = {ord(word): digit for word, digit in zip("零〇一二三四五六七八九幺两", "0012345678912", strict=True)}

_ALNUM = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_RUN = re.compile(rf"[{_ALNUM}]+(?:[ \-－—·.\u3000][{_ALNUM}]+)*")
_TOKEN = re.compile(rf"[{_ALNUM}]+")
_SHORTEST, _LONGEST = 11, 24
"""Characters of a number as written, gaps and all."""
_SPELT = re.compile(r"[零〇一二三四五六七八九幺两]{11,18}")
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_INSIDE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|(?:86)?1[3-9]\d{9}|\d{16,19})(?!\d)")
"""What letters may touch: id11010…, tel138…, wx138…."""
_LANDLINE = re.compile(
    r"(?<![\d０-９\-])(?:[（(]0\d{2,3}[)）] ?|0\d{2,3}[-－— ])[2-9]\d{6,7}(?:[-－转]\d{1,5})?(?![\d０-９])"
    r"|(?<=电话)[：:为是 ]{0,2}0?\d{0,3}[-－— ]?[2-9]\d{6,7}(?:[-－转]\d{1,5})?(?![\d０-９])"
    r"|(?<=[座固]机)[：:为是 ]{0,2}0?\d{0,3}[-－— ]?[2-9]\d{6,7}(?:[-－转]\d{1,5})?(?![\d０-９])"
)
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][ ·•.]?"
    r"(?:[A-HJ-NP-Za-hj-np-z0-9]{5}|[A-HJ-NP-Za-hj-np-z0-9]{6}|[A-HJ-NP-Za-hj-np-z0-9]{4}[挂学警港澳])"
    r"(?![A-Za-z0-9\-号])"
)
_OLD_CARD = re.compile(r"(?<=身份证)(?:号码?)?[：:为是 ]{0,2}([1-9]\d{5}(\d{6})\d{3})(?!\d)")


def find_numbers(text: str) -> Iterator[Span]:
    """Every number of a person in a text, the surest kinds first; finds may overlap, the earlier one counts."""
    for match in _EMAIL.finditer(text):
        yield Span(*match.span(), "电子邮箱", match[0].lower())
    for run in _RUN.finditer(text):
        yield from _in_run(run[0], run.start())
    for match in _SPELT.finditer(text):
        digits = match[0].translate(_SPOKEN)
        if kind := kind_of(digits):
            yield Span(*match.span(), kind, digits)
    for match in _OLD_CARD.finditer(text):
        if _is_day(f"19{match[2]}"):
            yield Span(*match.span(1), "身份证号", match[1])
    for match in _PLATE.finditer(text):
        if any(c.isdigit() for c in match[0]):
            yield Span(*match.span(), "车牌号", re.sub(r"[ ·•.]", "", match[0]).upper())
    for match in _LANDLINE.finditer(text):
        number = match[0].lstrip("：:为是 ")
        yield Span(match.end() - len(number), match.end(), "固定电话", re.sub(r"\D", "", number))


def _in_run(run: str, start: int) -> Iterator[Span]:
    """Numbers among the pieces of a run of digits and letters: written whole, in groups, or touching letters."""
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(run)]
    at = 0
    while at < len(tokens):
        for last in range(min(len(tokens), at + 6), at, -1):
            first_char, last_char = tokens[at][0], tokens[last - 1][1]
            piece = run[first_char:last_char]
            kind = kind_of(piece) if _SHORTEST <= last_char - first_char <= _LONGEST else None
            if kind == "银行卡号" and last - at > 1 and not _grouped(tokens[at:last]):
                kind = None
            if kind:
                yield Span(start + first_char, start + last_char, kind, _bare(piece))
                at = last - 1
                break
        else:
            piece = run[slice(*tokens[at])].translate(_FULLWIDTH)
            for match in _INSIDE.finditer(piece):
                kind = kind_of(match[0])
                if kind:
                    from_ = start + tokens[at][0]
                    yield Span(from_ + match.start(), from_ + match.end(), kind, match[0].upper())
        at += 1


def _grouped(tokens: list[tuple[int, int]]) -> bool:
    """Whether pieces are the groups a card is printed in: fours, or six and the rest."""
    lengths = [end - start for start, end in tokens]
    return all(n == 4 for n in lengths[:-1]) or lengths[0] == 6


def _bare(number: str) -> str:
    return re.sub(r"[ \-－—·.\u3000]", "", number.translate(_FULLWIDTH)).upper()


def kind_of(number: str) -> str | None:
    """What a number is by its own check digits (身份证号, 手机号, …); None for anything else."""
    bare = _bare(number)
    if is_identity_card(bare):
        return "身份证号"
    if _MOBILE.fullmatch(bare):
        return "手机号"
    if is_credit_code(bare):
        return "统一社会信用代码"
    if is_bank_card(bare):
        return "银行卡号"
    return None


def is_identity_card(number: str) -> bool:
    """18 characters with a real date of birth and a right check character (GB 11643)."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number) or not _is_day(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number, _DIGIT_WEIGHTS, strict=False))
    return int(number[6:10]) >= 1850 and _DIGIT_CHECKS[total % 11] == number[17]


def _is_day(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def is_credit_code(number: str) -> bool:
    """18 characters of the alphabet of GB 32100 with a right check character."""
    if len(number) != 18 or any(c not in _CODE_ALPHABET for c in number):
        return False
    if not re.match(r"[0-9A-Y]{2}\d{6}", number):
        return False
    total = sum(_CODE_ALPHABET.index(c) * w for c, w in zip(number, _CODE_WEIGHTS, strict=False))
    return _CODE_ALPHABET[(31 - total % 31) % 31] == number[17]


def is_bank_card(number: str) -> bool:
    """16 to 19 digits that begin like a card and pass Luhn's test (ISO/IEC 7812)."""
    if not re.fullmatch(r"[3-69]\d{15,18}", number) or len(set(number)) < 2:
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
