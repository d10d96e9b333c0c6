"""Metrics, figures, and the answers to questions about them."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import field_serializer

from assistant.schema.noun import Noun
from assistant.schema.rows import MonthPoint, Ranking, RecordPeriod, RowFilter

FlagCode = Literal["inconsistent", "definition_differs", "rounded", "estimate"]
Stated = Literal["精确", "约", "余", "取整"]
FigureState = Literal["公开页面", "推算", "待核"]


class Flag(Noun):
    """What a reader must know before using a number."""

    code: FlagCode
    text: str


class Metric(Noun):
    """A metric as `knowledge_base/metrics/` declares it; `formula` is over the names of other metrics.

    `synonyms` mean this metric alone; `common` words are shared, and scope and measure word tell them apart; `per`
    are words that make it a denominator (每家企业). `misfits` are formulas that do not give the stated figure.
    `context` words may go with the metric and change nothing (督促整改通知: 施工, 监理).
    `partial`: one department's number of what other departments do too, no total of the district.
    `narrows` are parts meant when their whole is named together with this metric (停工通知单 and its 意见).
    """

    name: str
    unit: str
    scope: str
    whole: str | None = None
    formula: str | None = None
    misfits: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    narrows: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    partial: bool = False
    definition: str | None = None
    defined_in: str | None = None
    flags: tuple[Flag, ...] = ()
    where: str = ""  # file:line


class Figure(Noun):
    """One published number, as it stands in its source. `as_of` None: the source states no day, only the year."""

    metric: str
    scope: str
    year: int
    as_of: dt.date | None = None
    value: Decimal
    unit: str
    stated: Stated = "精确"
    state: FigureState = "公开页面"
    year_on_year: Decimal | None = None  # per cent, as published
    definition: str | None = None
    formula: str | None = None  # where this source computes it another way than the metric
    source: str
    place: str
    quote: str | None = None
    where: str = ""

    @field_serializer("value", when_used="json")
    def _plain_value(self, value: Decimal) -> int | float:
        return int(value) if value == value.to_integral_value() else float(value)

    @field_serializer("year_on_year", when_used="json-unless-none")
    def _plain_growth(self, value: Decimal) -> float:
        return float(value)


class FigurePeriod(Noun):
    """The year of a number, and the day it was counted to where the source says so."""

    year: int | None = None
    as_of: dt.date | None = None


class Operand(Noun):
    """A number an answer rests on, and where it stands."""

    name: str
    value: int | float
    unit: str
    as_of: dt.date | None = None
    year: int | None = None
    scope: str
    source: str


Operation = Literal[
    "value", "share", "multiple", "average", "difference", "change", "growth", "sum", "remainder",
    "rank", "trend", "check", "why", "composition",
]  # fmt: skip


class MetricTerm(Noun):
    """A metric asked for, of whom and when; None where the question does not say."""

    metric: str
    scope: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_end: bool = False
    over: str | None = None  # the whole it is a share of, where a share is compared


class MetricQuery(Noun):
    """A question about figures, read; `terms` in the order of the operation (part, whole; minuend, subtrahend)."""

    operation: Operation
    terms: tuple[MetricTerm, ...]
    direction: Literal["more", "less", "gap", "signed"] = "signed"  # which way a difference is asked
    per: Literal["day", "week", "month", "quarter"] | None = None  # what an average is over, besides metrics
    claim: Decimal | None = None  # a number the question holds the value against
    claim_sign: Literal["over", "under", "equal"] | None = None
    years: bool = False  # whether a trend is asked over years
    published: bool = False  # whether only a published number will do
    numbers: tuple[Decimal, ...] = ()  # written in the question, and held against what is known
    notes: tuple[str, ...] = ()  # how an ambiguous word was read, and what else it may mean
    others: tuple[str, ...] = ()  # metrics that an ambiguous word may mean besides


class FigureShare(Noun):
    """A part of a whole; `share` is its per cent of the whole as stated, to two decimals."""

    name: str
    value: int | float
    share: float


class FigureComposition(Noun):
    """A stated whole with its stated parts. `rest` is what the parts leave over; below 0 they add up to more."""

    name: str
    scope: str
    period: FigurePeriod
    value: int | float
    unit: str
    parts: tuple[FigureShare, ...]
    rest: int | float
    source: str
    flags: tuple[Flag, ...] = ()


class FigurePoint(Noun):
    """One number of a trend."""

    year: int
    as_of: dt.date | None = None
    value: int | float
    stated: Stated = "精确"
    state: FigureState = "公开页面"
    definition: str | None = None
    source: str


class FigureTrend(Noun):
    """One metric of one scope, stated for two years or more, oldest first."""

    name: str
    scope: str
    unit: str
    points: tuple[FigurePoint, ...]
    flags: tuple[Flag, ...] = ()


class FigureFinding(Noun):
    """A check that was run on load, and what it found."""

    name: str
    scope: str
    period: FigurePeriod
    agrees: bool
    text: str
    metrics: tuple[str, ...]


class FigureCount(Noun):
    """How many numbers are held of a scope."""

    scope: str
    figures: int


class FigureOverview(Noun):
    """All that is held: metrics, figures with their sources, what the checks found, and what can be drawn."""

    metrics: tuple[Metric, ...]
    figures: tuple[Figure, ...]
    findings: tuple[FigureFinding, ...]
    compositions: tuple[FigureComposition, ...]
    trends: tuple[FigureTrend, ...]
    scopes: tuple[FigureCount, ...]
    examples: tuple[str, ...]


class FigureAnswer(Noun):
    """The answer to a question about figures. No model has a hand in it.

    `value` is the number asked for, in `unit`; `values` holds several when several are asked (then `value` is None).
    Not known: `answered` False, no number, and `nearest` holds what is known nearest to it.
    """

    answered: bool
    metric: str | None = None
    name: str | None = None
    value: int | float | None = None
    values: tuple[int | float, ...] = ()
    unit: str | None = None
    period: FigurePeriod = FigurePeriod()
    scope: str | None = None
    formula: str | None = None
    operands: tuple[Operand, ...] = ()
    flags: tuple[Flag, ...] = ()
    missing: Literal["metric", "scope", "period", "relation"] | None = None
    nearest: tuple[Operand, ...] = ()
    alternatives: tuple[str, ...] = ()  # questions near this one that do get a number
    text: str
    # What stands on rows of the office's own records besides:
    span: RecordPeriod | None = None  # the days counted
    rows: tuple[RowFilter, ...] = ()  # the rows behind the number
    rankings: tuple[Ranking, ...] = ()
    months: tuple[MonthPoint, ...] = ()
    sample: bool = False  # every row is 示例
