"""Personal data out of a text before a model, a log or the journal sees it.

Only what its own check digits confirm is masked as an identity card, a credit code or a bank card, so that the
numbers of laws, documents and amounts stay as they are.
"""

import datetime as dt
import re
from dataclasses import dataclass

_DIGIT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGIT_CHECKS = "10X98765432"
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

_EDGE = r"(?<![0-9A-Za-z０-９Ａ-Ｚａ-ｚ])"
_END = r"(?![0-9A-Za-z０-９Ａ-Ｚａ-ｚ])"
_GAP = r"[ \-－—·.]?"
_CANDIDATE = re.compile(rf"{_EDGE}[0-9A-Za-z０-９Ａ-Ｚａ-ｚ](?:{_GAP}[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]){{10,21}}{_END}")
_LANDLINE = re.compile(r"(?<![0-9０-９\-])0\d{2,3}[-－— ]\d{7,8}(?![0-9０-９])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_FULLWIDTH = {ord("０") + i: str(i) for i in range(10)}
_FULLWIDTH |= {ord("Ａ") + i: chr(65 + i) for i in range(26)} | {ord("ａ") + i: chr(97 + i) for i in range(26)}


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and how many of each kind were taken out."""

    text: str
    found: dict[str, int]


def mask(text: str) -> Masked:
    """A kind in brackets (`〔身份证号〕`, `〔手机号〕`) in place of every number that is one."""
    found: dict[str, int] = {}

    def replaced(kind: str) -> str:
        found[kind] = found.get(kind, 0) + 1
        return f"〔{kind}〕"

    def judge(match: re.Match[str]) -> str:
        kind = kind_of(match[0])
        return replaced(kind) if kind else match[0]

    text = _EMAIL.sub(lambda _: replaced("电子邮箱"), text)
    text = _LANDLINE.sub(lambda _: replaced("固定电话"), text)
    text = _CANDIDATE.sub(judge, text)
    return Masked(text, found)


def kind_of(number: str) -> str | None:
    """What a number is by its own check digits (身份证号, 手机号, …); None for anything else."""
    bare = re.sub(r"[ \-－—·.]", "", number.translate(_FULLWIDTH)).upper()
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
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number):
        return False
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(d) * w for d, w in zip(number, _DIGIT_WEIGHTS, strict=False))
    return born.year >= 1850 and _DIGIT_CHECKS[total % 11] == number[17]


def is_credit_code(number: str) -> bool:
    """18 characters of the alphabet of GB 32100 with a right check character."""
    if len(number) != 18 or any(c not in _CODE_ALPHABET for c in number):
        return False
    if not re.match(r"[0-9A-Y]{2}\d{6}", number):
        return False
    total = sum(_CODE_ALPHABET.index(c) * w for c, w in zip(number, _CODE_WEIGHTS, strict=False))
    return _CODE_ALPHABET[(31 - total % 31) % 31] == number[17]


def is_bank_card(number: str) -> bool:
    """16 to 19 digits that begin like a card and pass Luhn's test."""
    if not re.fullmatch(r"[3-69]\d{15,18}", number) or len(set(number)) < 2:
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
