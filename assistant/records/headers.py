"""Where the header of a sheet stands and what its columns are: titles above it, two and three rows, merged cells."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from typing import Literal

from assistant.records.kinds import Column, Kind
from assistant.records.mapping import LEFT_OUT, Mapping
from assistant.records.sheets import Row, Sheet
from assistant.schema.records import ColumnMatch, SheetMatch

DEPTH = 40
"""Rows from the top among which the header is looked for."""
_TALLEST = 3
_ALIKE = 0.86
_LONGEST = 30
_UNIT = re.compile(r"[(\[【（].*?[)\]】）]")
_WAN = re.compile(r"[(\[【（][^)\]】）]*万元?[^)\]】）]*[)\]】）]")
_NOT_THE_THING = ("地址", "电话", "联系方式", "联系人", "代码", "代表人", "负责人", "类型", "邮箱", "身份证号", "住所")

How = Literal["映射", "同名", "相近"]


@dataclass(frozen=True)
class Placed:
    """A column of the kind at its place in the sheet."""

    column: Column
    at: int
    header: str
    how: How
    ten_thousands: bool


@dataclass(frozen=True)
class Header:
    """A header understood: its rows, its texts from left to right, and where the kind's columns are."""

    kind: Kind
    rows: tuple[int, ...]
    texts: tuple[str, ...]
    placed: tuple[Placed, ...]
    score: float

    @property
    def missing(self) -> tuple[Column, ...]:
        """Required columns that the sheet does not have."""
        held = {p.column.name for p in self.placed}
        return tuple(c for c in self.kind.columns if c.required and c.name not in held)

    def match(self, sheet: str) -> SheetMatch:
        """For a person to look at."""
        by_name = {p.column.name: p for p in self.placed}
        columns = tuple(
            ColumnMatch(
                column=c.name, type=c.type, required=c.required, header=p.header, letter=letter(p.at), how=p.how
            )
            if (p := by_name.get(c.name))
            else ColumnMatch(column=c.name, type=c.type, required=c.required)
            for c in self.kind.columns
        )
        used = {p.at for p in self.placed}
        unused = tuple(dict.fromkeys(t for i, t in enumerate(self.texts) if t and i not in used))
        return SheetMatch(sheet=sheet, header_rows=self.rows, columns=columns, unused=unused)


def letter(at: int) -> str:
    """The name of a column by its place from 0: A, B, … AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def find_headers(sheet: Sheet, kinds: Iterable[Kind], mapping: Mapping | None, hint: str = "") -> list[Header]:
    """The best header of the sheet for each kind, best kind first; none where nothing looks like a header.

    `hint` is other text that tells the kind (the file's name).
    """
    top = list(islice(sheet.rows(), DEPTH))
    found = []
    for kind in kinds:
        best = max(
            (h for block in _blocks(top, sheet) if (h := _header(kind, *block, mapping, f"{hint} {sheet.name}"))),
            key=lambda h: (not h.missing, h.score),
            default=None,
        )
        if best is not None:
            found.append(best)
    return sorted(found, key=lambda h: (not h.missing, h.score), reverse=True)


def _blocks(top: Sequence[Row], sheet: Sheet) -> Iterable[tuple[tuple[int, ...], list[tuple[str, ...]]]]:
    """Every run of one to three rows that may be a header: the line numbers, and of each column its candidate texts,
    the most particular first."""
    for start in range(len(top)):
        for height in range(1, _TALLEST + 1):
            rows = top[start : start + height]
            if len(rows) < height or rows[-1][0] - rows[0][0] != height - 1:
                continue
            if all(isinstance(v, str) for _, cells in rows for v in cells if v not in (None, "")):
                lines = tuple(line for line, _ in rows)
                yield lines, _candidates(rows, sheet.merged)


def _candidates(rows: Sequence[Row], merged: Sequence[tuple[int, int, int, int]]) -> list[tuple[str, ...]]:
    width = max(len(cells) for _, cells in rows)
    grid = [[str(cells[i] or "").strip() if i < len(cells) else "" for i in range(width)] for _, cells in rows]
    for at, (line, _) in enumerate(rows[:-1]):  # a merged group spreads over the columns below it
        below = grid[at + 1]
        for top, left, bottom, right in merged:
            if top <= line <= bottom and right > left and left <= width:
                grid[at][left - 1 : right] = [grid[at][left - 1]] * (min(right, width) - left + 1)
        if not merged:
            for i in range(1, width):
                if not grid[at][i] and below[i] and grid[at][i - 1] and below[i - 1]:
                    grid[at][i] = grid[at][i - 1]
    columns = []
    for i in range(width):
        parts = [part for part in dict.fromkeys(line[i] for line in grid) if part]
        whole = "".join(parts)
        columns.append(tuple(dict.fromkeys([whole, *reversed(parts)])) if parts else ("",))
    return columns


def _header(
    kind: Kind, lines: tuple[int, ...], columns: list[tuple[str, ...]], mapping: Mapping | None, hint: str
) -> Header | None:
    if mapping is not None and mapping.kind not in (None, kind.name):
        return None
    mapped = mapping.columns.values() if mapping else ()
    named = _every(tuple(c.headers for c in kind.columns)) | {header_key(h) for h in mapped}
    if not any(header_key(text) in named for texts in columns for text in texts):
        return None  # not one header of this kind: rows of records, most likely
    offers: list[tuple[float, int, Column, int, str, How]] = []
    for i, texts in enumerate(columns):
        for depth, text in enumerate(texts):
            if not text:
                continue
            for column in kind.columns:
                said = mapping.columns.get(column.name) if mapping else None
                if said is not None:
                    if said != LEFT_OUT and header_key(said) == header_key(text):
                        offers.append((10.0 - depth / 10, -i, column, i, text, "映射"))
                    continue
                worth, how = _likeness(column, text)
                if worth:
                    offers.append((worth - depth / 10, -i, column, i, text, how))
    offers.sort(key=lambda o: (o[0], o[1]), reverse=True)
    placed: dict[str, Placed] = {}
    taken: set[int] = set()
    score = 0.0
    for worth, _, column, i, text, how in offers:
        if column.name in placed or i in taken:
            continue
        wan = column.type == "金额" and any(_WAN.search(t) or t.endswith("万元") for t in columns[i])
        placed[column.name] = Placed(column, i, text, how, wan)
        taken.add(i)
        score += 2 if how != "相近" else worth
    if len(placed) < 2:
        return None
    said = hint + " ".join(t for texts in columns for t in texts)
    marks = sum(mark in said for mark in (kind.name, *kind.marks))
    texts = tuple(candidates[0] for candidates in columns)
    # Fewer rows explain the same columns better: a second row of the block that adds nothing is no header.
    return Header(kind, lines, texts, tuple(placed.values()), score + marks - (len(lines) - 1) * 0.5)


def _likeness(column: Column, text: str) -> tuple[float, How]:
    """How well a header names a column: 5 for one of its names, 1 for something like one, 0 for neither."""
    key = header_key(text)
    for at, known in enumerate(_known(column.headers)):
        if known == key:
            return 5.0 - at / 100, "同名"
    if not 3 <= len(key) <= _LONGEST or any(
        key.endswith(word) and not column.name.endswith(word) for word in _NOT_THE_THING
    ):
        return 0.0, "相近"
    if column.type == "日期" and not key.endswith(("日期", "时间", "日")):
        return 0.0, "相近"
    near = any(len(known) >= 3 and (key.endswith(known) or _alike(key, known)) for known in _known(column.headers))
    return (1.0 if near else 0.0), "相近"


@lru_cache(1_000)
def _known(headers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(header_key(alias) for alias in headers)


@lru_cache(100)
def _every(headers: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(key for aliases in headers for key in _known(aliases))


def _alike(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 2 or len(set(one) & set(other)) < min(len(one), len(other)) - 2:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


@lru_cache(20_000)
def header_key(text: str) -> str:
    """A header as it is compared: half-width, without blanks, units in brackets and marks."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s*:：＊#]", "", _UNIT.sub("", plain)).lower()
