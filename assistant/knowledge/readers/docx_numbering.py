"""The numbers that Word makes itself (`第一条` stands nowhere in the file), counted as Word counts them."""

from collections import defaultdict
from typing import Any, NamedTuple

from assistant.numerals import to_chinese

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Style(NamedTuple):
    """A style of the file: its built-in English name, what it is based on, its paragraph properties."""

    name: str
    parent: str
    properties: Any


class Numbering:
    """The counters of one document."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # numId -> level -> format, text, start
        self._list: dict[str, str] = {}  # numId -> the list whose counters it shares
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        abstract = {a.get(_W + "abstractNumId"): a for a in root.iter(_W + "abstractNum")}
        for num in root.iter(_W + "num"):
            number = num.get(_W + "numId") or ""
            reference = num.find(_W + "abstractNumId")
            source = abstract.get(reference.get(_W + "val")) if reference is not None else None
            if source is None:
                continue
            levels = {whole_number(lvl.get(_W + "ilvl")): _read_level(lvl) for lvl in source.iter(_W + "lvl")}
            overridden = False
            for override in num.iter(_W + "lvlOverride"):
                at = whole_number(override.get(_W + "ilvl"))
                if (level := override.find(_W + "lvl")) is not None:
                    levels[at] = _read_level(level)
                if (start := override.find(_W + "startOverride")) is not None and at in levels:
                    levels[at] = (*levels[at][:2], whole_number(start.get(_W + "val"), 1))
                    overridden = True
            self._levels[number] = levels
            self._list[number] = number if overridden else f"abstract {source.get(_W + 'abstractNumId')}"

    def label(self, paragraph: Any, style_id: str, styles: dict[str, Style]) -> str:
        """What Word prints before this paragraph (`第一条　`); empty when nothing or a bullet."""
        number, level = _num_pr(paragraph.find(_W + "pPr"))
        seen: set[str] = set()
        while number is None and style_id in styles and style_id not in seen:
            seen.add(style_id)
            number, style_level = _num_pr(styles[style_id].properties)
            level = style_level if level is None else level
            style_id = styles[style_id].parent
        levels = self._levels.get(number or "")
        at = level or 0
        if number is None or levels is None or at not in levels:
            return ""
        counts = self._counts[self._list[number]]
        counts[at] = counts.get(at, levels[at][2] - 1) + 1
        for deeper in [d for d in counts if d > at]:
            del counts[deeper]
        text = levels[at][1]
        for upper in range(at + 1):
            shape, _, start = levels.get(upper, ("decimal", "", 1))
            text = text.replace(f"%{upper + 1}", _figure(counts.get(upper, start), shape))
        return f"{text}\u3000" if text.endswith(("条", "章", "节", "编")) else text


def _read_level(level: Any) -> tuple[str, str, int]:
    def value(tag: str, default: str) -> str:
        found = level.find(_W + tag)
        return default if found is None else found.get(_W + "val") or default

    shape = value("numFmt", "decimal")
    return shape, "" if shape in ("bullet", "none") else value("lvlText", ""), whole_number(value("start", "1"), 1)


def _num_pr(properties: Any) -> tuple[str | None, int | None]:
    mark = properties.find(_W + "numPr") if properties is not None else None
    if mark is None:
        return None, None
    number, level = mark.find(_W + "numId"), mark.find(_W + "ilvl")
    return (
        number.get(_W + "val") if number is not None else None,
        whole_number(level.get(_W + "val")) if level is not None else None,
    )


def whole_number(text: str | None, default: int = 0) -> int:
    """An attribute as a number; those of a spoilt file may hold anything."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else default


def _figure(number: int, shape: str) -> str:
    lowered = shape.lower()
    if any(word in lowered for word in ("chinese", "japanese", "ideograph", "taiwanese", "korean")):
        return to_chinese(number)
    if lowered in ("upperletter", "lowerletter") and 1 <= number <= 26:
        return chr((65 if lowered.startswith("upper") else 97) + number - 1)
    return str(number)
