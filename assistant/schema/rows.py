"""Numbers that stand on rows: which rows, over which days, department by department, month by month."""

import datetime as dt

from assistant.schema.noun import Noun


class RecordPeriod(Noun):
    """Days that a number counts, both included."""

    since: dt.date
    until: dt.date


class RowFilter(Noun):
    """Which rows make a number: hand it to `/stats/rows` to see them."""

    metric: str
    department: str | None = None
    since: dt.date
    until: dt.date
    rows: int
    sample: bool = False


class RankLine(Noun):
    """One department in a ranking. `rank` None: it cannot be ranked, and `note` says why.

    `parts`: of a rate, what it was computed from, in words.
    """

    rank: int | None = None
    department: str
    value: int | float | None = None
    parts: str | None = None
    note: str | None = None
    rows: tuple[RowFilter, ...] = ()


class Ranking(Noun):
    """Departments by one metric, first to last; `tail` are the last ones asked for, ties included."""

    metric: str
    unit: str
    period: RecordPeriod
    lines: tuple[RankLine, ...]
    tail: tuple[str, ...] = ()


class MonthPoint(Noun):
    """A month's number (`month`: 2026-09). `whole` False: the month is not over, or the rows end within it."""

    month: str
    value: int | float
    whole: bool = True
