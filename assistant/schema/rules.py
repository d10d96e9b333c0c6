"""Lists and their items, and the conditions that the facts are held against."""

import datetime as dt
from typing import Literal

from assistant.schema.law import Citation, Nature
from assistant.schema.noun import Noun, Span

Operator = Literal["等于", "属于", "不超过", "不少于"]
RuleValue = bool | int | float | str | dt.date


class Comparison(Noun):
    """One fact held against a value. `fact` is a field of `CaseFacts` or `other.<name>`, `name` its Chinese name."""

    fact: str
    name: str
    operator: Operator
    values: tuple[RuleValue, ...]  # one, but several for 属于
    label: str  # as a person reads it


class Combination(Noun):
    """Conditions of which all (全部) or at least one (任一) must be met."""

    kind: Literal["任一", "全部"]
    parts: tuple["Comparison | Combination", ...]
    label: str


Condition = Comparison | Combination
Met = Literal["met", "unmet", "unknown"]
RuleEffect = Literal["不予处罚", "首违不罚", "从轻", "减轻", "不予强制", "裁量基准"]


class AskedFact(Noun):
    """A fact that a list asks beyond the fields of `CaseFacts`, kept in `other`."""

    name: str
    kind: Literal["是否", "数", "文字", "日期"]
    question: str


class ListSource(Noun):
    """Where a list was read, and who held it against the original; `checked_by` None: nobody did."""

    title: str
    url: str | None = None
    checked_by: str | None = None
    checked_on: dt.date | None = None


class RuleList(Noun):
    """One published list (清单) or benchmark, without its items. `note` says what was not seen of it."""

    id: str
    title: str
    issuer: str | None
    document_no: str | None = None
    region: str
    field: str | None = None
    category: RuleEffect
    in_force: Span = Span()
    nature: Nature
    source: ListSource
    note: str | None = None
    asks: tuple[AskedFact, ...] = ()


TierName = Literal["不予处罚", "减轻", "从轻", "一般", "从重"]


class TierFine(Noun):
    """What a tier of a benchmark comes to: yuan (元), multiples of the clause's base (倍), or shares of the statutory
    range from its minimum (幅度: 0 is the minimum, 1 the maximum). `max` None: no upper limit."""

    min: float
    max: float | None = None
    unit: Literal["元", "倍", "幅度"] = "元"


class Rule(Noun):
    """One item of a list: a matter, when it applies (`when` None: the conditions were not seen), and to what effect.

    `whole` False: conditions beyond these may exist, so it is never met. `unless` are exclusions: met, they win.
    `forbidden_by` (违则) and `punished_by` (罚则) are provisions; `outside` are bases not in the corpus, as written.
    """

    id: str  # 清单#编号
    list_id: str
    number: str
    matter: str
    synonyms: tuple[str, ...] = ()
    field: str | None = None
    when: Condition | None = None
    unless: Condition | None = None
    whole: bool = True
    effect: RuleEffect
    forbidden_by: tuple[Citation, ...] = ()
    punished_by: tuple[Citation, ...] = ()
    outside: tuple[str, ...] = ()
    refusal_only: bool = False  # the penalty article, not in the corpus, fines only on refusal to correct
    measures: tuple[str, ...] = ()
    in_force: Span = Span()
    tier: TierName | None = None  # of a benchmark (裁量基准)
    fine: TierFine | None = None
    note: str | None = None
    where: str  # file:line
