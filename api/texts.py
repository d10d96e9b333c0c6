"""Which text we take: what is on no keyboard and in no database column is refused, wherever in a request it stands."""

import re
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

UNPRINTABLE = "unprintable"
"""The type of the validation error of `printable`; its context says where."""

M = TypeVar("M", bound=BaseModel)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """`text`, when it holds neither control characters nor lone surrogates. ValueError saying which and where."""
    found = _UNPRINTABLE.search(text)
    if found:
        kind = "不成对的代理字符" if "\ud800" <= found[0] <= "\udfff" else "控制字符"
        raise ValueError(f"第{found.start() + 1}个字符是{kind}（U+{ord(found[0]):04X}），请删去后重试")
    return text


def printable(body: M) -> M:
    """`body`, when every text in it is plain, at whatever depth. A validation error that names the place otherwise."""
    for where, text in _texts(body, ""):
        try:
            plain(text)
        except ValueError as error:
            raise PydanticCustomError(UNPRINTABLE, "{problem}", {"problem": str(error), "where": where}) from None
    return body


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    inner = f"{where}." if where else ""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield from _texts(getattr(value, name), f"{inner}{name}")
    elif isinstance(value, dict):
        for key, held in value.items():
            yield where, str(key)
            yield from _texts(held, f"{inner}{key}")
    elif isinstance(value, list | tuple):
        for at, held in enumerate(value):
            yield from _texts(held, f"{inner}{at}")
