"""What a description states and what cannot be: days that no calendar has, sums below nothing or beyond all reason."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.numbers import MONEY, value_of, whole
from assistant.schema.case import YUAN_LIMIT

_SUM = rf"[^，。；\d\-－负]{{0,12}}(?P<minus>[-－]|负)?\s*{MONEY}"
_SUMS = (
    ("illegal_gains", re.compile(rf"(?:违法所得|非法所得|非法获利|获利|盈利){_SUM}")),
    ("goods_value", re.compile(rf"(?:货值(?:金额)?|货物价值){_SUM}")),
)
_ENDLESS = re.compile(r"(?P<of>违法所得|非法所得|获利|货值(?:金额)?)[^，。；\d]{0,12}(?P<figures>\d[\d,，]{15,})")
_WRITTEN = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]"
    r"|(?<!\d)(?P<iy>(?:19|20)\d\d)[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2})(?!\d)"
)


@dataclass(frozen=True)
class CannotBe:
    """`field` is the fact that is spoiled (None: a day, whose part in the case is not known); offsets in the text."""

    field: str | None
    problem: str
    start: int
    end: int


def impossible(telling: Telling) -> Iterator[CannotBe]:
    """Every impossible sum and day that the description puts forward as the case."""
    text = telling.asserted
    for field, pattern in _SUMS:
        for match in pattern.finditer(text):
            figure = value_of(match)
            if figure is None or (match["minus"] and not figure):
                continue
            if match["minus"]:
                yield CannotBe(field, "不能是负数", match.start(), match.end())
            elif figure > YUAN_LIMIT:
                yield CannotBe(field, "大得不合情理", match.start(), match.end())
    for match in _ENDLESS.finditer(text):
        field = "goods_value" if match["of"].startswith("货值") else "illegal_gains"
        yield CannotBe(field, "大得不合情理", match.start(), match.end())
    for match in _WRITTEN.finditer(text):
        year, month, day = (whole(match[n] or match[f"i{n}"]) or 0 for n in ("y", "m", "d"))
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            yield CannotBe(None, "没有这一天", match.start(), match.end())
