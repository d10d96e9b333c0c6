"""A mention: one field, one value, and where in the description it stands."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Mention:
    """`start`/`end` are offsets in the description; `weak` mentions yield to strong ones of the same field."""

    field: str
    value: Any
    start: int
    end: int
    weak: bool = False


@dataclass(frozen=True)
class Rough:
    """A date or a span of days stated only roughly: the least and the most it may be."""

    field: str
    least: date | int
    most: date | int
    start: int
    end: int


NOT_JUST_BEFORE = re.compile(
    r"(?:并非|不是|没有|无法|不愿意?|不肯|难以|来不及|拒绝|不可能|不能|本可以?|本应|本该|未必|并未|从未|未曾|尚未|不存在|不属于|不构成|不[是属系]|非|未|无|没|不)(?:有|是|系|属于|因|受|能|能够|曾|做到|得到|全部|完全)?$"
)
"""Words right before a phrase that deny it."""

PLANNED = re.compile(
    r"(?:(?<!按)(?<!按照)要求|责令|责成|应当?|须|需|必须|承诺|保证|答应|打算|准备|计划|愿意|希望|请求|拟|将|会|争取|建议|督促|通知|限|让)(?!书|后|期|令)[^，。后]{0,12}$"
)
"""Words before a phrase that make it an order or a promise."""


def denied(text: str, start: int) -> bool:
    """Whether the words right before `start` deny what stands there."""
    return NOT_JUST_BEFORE.search(text[max(0, start - 8) : start]) is not None


def planned(text: str, start: int) -> bool:
    """Whether what stands at `start` is ordered or promised in its clause, not done."""
    head = re.split(r"[，。；！？\n□]", text[max(0, start - 30) : start])[-1]
    return PLANNED.search(head) is not None
