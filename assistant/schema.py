"""The vocabulary: every noun of the field, frozen and closed.

Dates are `datetime.date`, money is yuan as a number. Texts a person reads are Chinese.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_serializer, model_validator

from assistant.numerals import to_chinese

Status = Literal["现行有效", "尚未施行", "已废止", "已修改", "待核"]
Nature = Literal["官方", "草案", "示例", "待核"]
Kind = Literal["law", "list", "discretion", "decision"]
InstrumentKind = Literal[
    "宪法",
    "法律",
    "修正案",
    "修改决定",
    "立法解释",
    "行政法规",
    "部门规章",
    "地方性法规",
    "地方政府规章",
    "规范性文件",
    "案例",
]
CitationVerdict = Literal[
    "verified",
    "quote_mismatch",
    "no_such_provision",
    "repealed",
    "not_yet_effective",
    "superseded",
    "out_of_scope",
]


class Noun(BaseModel):
    """What every noun shares: it does not change, and it has no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(Noun):
    """Days in force, both ends included. None is open: `to` None is until further notice."""

    from_: dt.date | None = Field(default=None, alias="from")
    to: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Source(Noun):
    """Where a text comes from and what it is worth."""

    title: str
    nature: Nature = "官方"


class Citation(Noun):
    """One provision, in the one spelling used everywhere.

    `law` is the full title; `article` is written as in the law (`第三十三条`, `第一百三十三条之一`);
    `paragraph` (款), `item` (项) and `subitem` (目) count from 1.
    """

    law: str
    article: str | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None

    def __str__(self) -> str:
        parts = [f"《{self.law}》", self.article or ""]
        if self.paragraph:
            parts.append(f"第{to_chinese(self.paragraph)}款")
        if self.item:
            parts.append(f"第（{to_chinese(self.item)}）项")
        if self.subitem:
            parts.append(f"第{self.subitem}目")
        return "".join(parts)


class LawVersion(Noun):
    """One text of one instrument, with the days it was or is the law.

    `span.from` is certain only when `start_certain`; `note` then says, in Chinese, what is not known and why.
    `ended_by` names what ended it, `end` says whether it was repealed or replaced by a later text.
    `assistant.law.validity` computes all of these; a reader leaves them as they are, and gives `span.from` only
    when the day is stated for this very text, `end` without `span.to` when a source says "repealed" but not when.
    """

    id: str  # 行政处罚法@2021-01-22
    title: str
    kind: InstrumentKind = "法律"
    issuer: str | None = None
    document_no: str | None = None
    region: str | None = None
    published: dt.date | None = None
    version_date: dt.date | None = None  # the day this text was passed
    commenced: dt.date | None = None  # first commencement of the instrument
    span: Span = Span()
    start_certain: bool = True
    end: Literal["已废止", "已修改"] | None = None
    ended_by: str | None = None
    doubtful: bool = False  # validity as a whole is 待核
    doubt: tuple[Span, ...] = ()  # days for which the data do not settle whether this text ruled
    note: str | None = None
    source: Source
    department: str | None = None

    def status_on(self, day: dt.date) -> Status:
        """What this text is on `day`. 待核 wherever the data do not settle it."""
        if self.doubtful or any(span.holds(day) for span in self.doubt):
            return "待核"
        if self.span.to is not None and day > self.span.to:
            return self.end or "已修改"
        if self.span.from_ is not None and day < self.span.from_:
            return "尚未施行"
        return "现行有效"


class Article(Noun):
    """One version of one article. `number` is None for the rare texts without 第…条 (then `label` names it).

    `stale_from` is the first day on which an amendment that this version does not contain had changed or removed the
    article; `note` says, in Chinese, what a reader of this article must know (an amendment, a gap in the source).
    """

    id: str  # 行政处罚法@2021-01-22#第三十三条
    version_id: str
    law: str
    number: str | None
    label: str
    text: str
    path: tuple[str, ...] = ()  # 编, 章, 节
    position: int = 0
    stale_from: dt.date | None = None
    note: str | None = None

    @property
    def citation(self) -> Citation:
        return Citation(law=self.law, article=self.number)


class Passage(Noun):
    """One search hit."""

    rank: int
    kind: Kind
    id: str
    title: str
    law: str | None = None
    article: str | None = None
    text: str
    score: float
    status: Status
    in_force: Span
    source: Source
    note: str | None = None


class CheckedCitation(Noun):
    """A citation found in a text, with what the corpus says of it. `start`/`end` are offsets in that text."""

    text: str
    start: int
    end: int
    law: str | None
    article: str | None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    quote: str | None = None
    verdict: CitationVerdict
    detail: str
    current: str | None = None
    article_id: str | None = None


class NeighbourView(Noun):
    """The article before or after one."""

    id: str
    article: str
    text: str


class ArticleReference(Noun):
    """An article named by another."""

    id: str
    law: str
    article: str


class VersionFacts(Noun):
    """What is known of the text that a provision stands in."""

    id: str
    kind: InstrumentKind
    issuer: str | None = None
    passed: dt.date | None = None
    commenced: dt.date | None = None
    start_certain: bool = True
    note: str | None = None


class VersionView(Noun):
    """One line in the list of an instrument's texts."""

    id: str
    passed: dt.date | None = None
    in_force: Span
    status: Status


class SubitemView(Noun):
    """One 目 of an item; `number` counts from 1, `text` keeps its mark."""

    number: int
    text: str


class ItemView(Noun):
    """One 项 of a paragraph; `number` counts from 1, `text` keeps its mark, `subitems` are its 目."""

    number: int
    text: str
    subitems: tuple[SubitemView, ...] = ()


class ParagraphView(Noun):
    """One 款 with its 项; `number` counts from 1, `text` is what stands before the items."""

    number: int
    text: str
    items: tuple[ItemView, ...] = ()


class ProvisionView(Noun):
    """One provision as a reader wants it. `article` is the number or, for a text without numbers, its label."""

    as_of: dt.date
    id: str
    law: str
    article: str
    text: str
    path: tuple[str, ...] = ()
    paragraphs: tuple[ParagraphView, ...] = ()
    version: VersionFacts
    status: Status
    in_force: Span
    source: Source
    note: str | None = None
    previous: NeighbourView | None = None
    next: NeighbourView | None = None
    cited_by: tuple[ArticleReference, ...] = ()
    versions: tuple[VersionView, ...] = ()


class Fact(Noun):
    """A known fact of a case and the words that say so."""

    value: bool | int | float | str | dt.date
    quote: str


class EvidenceEvent(Noun):
    """First event of an answer: what was found, numbered from 1 in the order of `hits`."""

    type: Literal["evidence"] = "evidence"
    conversation_id: str
    message_id: str
    as_of: dt.date
    hits: tuple[Passage, ...] = ()
    note: str | None = None


class TextEvent(Noun):
    """A piece of the answer as it is written."""

    type: Literal["text"] = "text"
    text: str


class FailedEvent(Noun):
    """The answer could not be made: what happened and how to mend it."""

    type: Literal["failed"] = "failed"
    where: str
    problem: str
    remedy: str = ""


class Provenance(Noun):
    """What an answer was made of: digests of code, knowledge and prompts, and the model, if one wrote."""

    code: str
    knowledge: str
    prompts: str
    model: str | None = None
    note: str | None = None  # why a model that was configured did not write, for one


class DoneEvent(Noun):
    """The checked answer, whole. `answer` replaces the text streamed before it."""

    type: Literal["done"] = "done"
    conversation_id: str
    message_id: str
    as_of: dt.date
    answer: str
    conclusion: str
    hits: tuple[Passage, ...] = ()
    findings: tuple[dict[str, object], ...] = ()
    figures: tuple[dict[str, object], ...] = ()
    facts: dict[str, Fact] = Field(default_factory=dict)
    missing: tuple[dict[str, str], ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    mode: Literal["extractive", "model"] = "extractive"
    refused: bool = False
    provenance: Provenance


Event = Annotated[EvidenceEvent | TextEvent | DoneEvent | FailedEvent, Field(discriminator="type")]


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


class MetricQuery(Noun):
    """A question about figures, read; `terms` in the order of the operation (part, whole; minuend, subtrahend)."""

    operation: Operation
    terms: tuple[MetricTerm, ...]
    direction: Literal["more", "less", "gap", "signed"] = "signed"  # which way a difference is asked
    per: Literal["day", "week", "month", "quarter"] | None = None  # what an average is over, besides metrics
    claim: Decimal | None = None  # a number the question holds the value against
    claim_sign: Literal["over", "under", "equal"] | None = None
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


# The facts of a case and the rules they are held against.

PartyType = Literal["自然人", "个体工商户", "企业", "其他组织"]
MentalState = Literal["正常", "不能辨认", "间歇性正常", "部分丧失"]
Harm = Literal["无", "轻微", "一般", "较大", "严重"]
Correction = Literal["发现前主动改正", "责令前改正", "责令期限内改正", "逾期改正", "拒不改正", "未改正"]
YUAN_LIMIT = 1_000_000_000_000
_EARLIEST, _LATEST = dt.date(1949, 10, 1), dt.date(2100, 12, 31)


def _day(value: object) -> object:
    if isinstance(value, int | float):  # pydantic would read a number as seconds since 1970
        raise ValueError("不是有效的日期，应写作2026-11-23")
    return value


def _plausible_day(day: dt.date) -> dt.date:
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError(f"日期应在{_EARLIEST}至{_LATEST}之间")
    return day


Day = Annotated[dt.date, BeforeValidator(_day), AfterValidator(_plausible_day)]
Yuan = Annotated[float, Field(strict=True, ge=0, le=YUAN_LIMIT, allow_inf_nan=False)]
Text = Annotated[str, Field(strict=True, min_length=1, max_length=2_000)]
YesNo = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_T = TypeVar("_T")


def _count(limit: int) -> Any:
    return Field(strict=True, ge=0, le=limit)


class Known(Noun, Generic[_T]):
    """A fact that is known, and the words of the description that say so (none when a person gave it in a form)."""

    value: _T
    quote: str = Field(default="", max_length=2_000)


class CaseFacts(Noun):
    """What is known of a case; None is unknown, never a default. The fields are those of the contract's "Facts".

    A plain value stands for a known fact without a quote. `age` is that at the conduct; amounts are yuan;
    `conduct_end_date` is the day a continuous conduct ended; `other` holds what a list asks beyond the fields.
    pydantic's ValidationError for a value of the wrong kind, a negative or an impossible one.
    """

    field: Known[Text] | None = None
    violation: Known[Text] | None = None
    party_type: Known[PartyType] | None = None
    age: Known[Annotated[int, _count(150)]] | None = None
    mental_state: Known[MentalState] | None = None
    conduct_date: Known[Day] | None = None
    conduct_end_date: Known[Day] | None = None
    discovered_date: Known[Day] | None = None
    filed_date: Known[Day] | None = None
    decision_date: Known[Day] | None = None
    first_violation: Known[YesNo] | None = None
    prior_violations: Known[Annotated[int, _count(100_000)]] | None = None
    harm: Known[Harm] | None = None
    corrected: Known[Correction] | None = None
    no_fault_proof: Known[YesNo] | None = None
    coerced: Known[YesNo] | None = None
    confessed_unknown: Known[YesNo] | None = None
    merit: Known[YesNo] | None = None
    reduced_harm: Known[YesNo] | None = None
    concerns_life_or_finance: Known[YesNo] | None = None
    illegal_gains: Known[Yuan] | None = None
    goods_value: Known[Yuan] | None = None
    affected_people: Known[Annotated[int, _count(2_000_000_000)]] | None = None
    duration_days: Known[Annotated[int, _count(100_000)]] | None = None
    commitment_signed: Known[YesNo] | None = None
    refused_correction: Known[YesNo] | None = None
    obstructed: Known[YesNo] | None = None
    repeated: Known[YesNo] | None = None
    other: dict[
        Annotated[str, Field(min_length=1, max_length=60)],
        Known[YesNo | Whole | Number | Text],
    ] = Field(default_factory=dict, max_length=100)

    @model_validator(mode="before")
    @classmethod
    def _plain_values(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = {key: _as_known(value) for key, value in data.items() if key != "other"}
        other = data.get("other")
        if isinstance(other, dict):
            known["other"] = {k: v for k, v in ((k, _as_known(v)) for k, v in other.items()) if v is not None}
        elif other is not None:
            known["other"] = other
        return known

    def known(self) -> dict[str, Known[Any]]:
        """Every known fact by its field name; those of `other` as `other.<name>`."""
        out = {name: fact for name in type(self).model_fields if name != "other" and (fact := getattr(self, name))}
        return out | {f"other.{name}": fact for name, fact in self.other.items()}

    def value(self, name: str) -> Any:
        """The value of a fact (`other.<name>` for one of those), None when unknown. AttributeError for no field."""
        fact = self.other.get(name[6:]) if name.startswith("other.") else getattr(self, name)
        return None if fact is None else fact.value


def _as_known(value: object) -> object:
    return value if value is None or isinstance(value, dict | Known) else {"value": value}


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
    note: str | None = None
    where: str  # file:line


class ConditionFinding(Noun):
    """A condition held against the facts, and why it is met, unmet or not known."""

    id: str
    label: str
    status: Met
    because: str


class ListFacts(Noun):
    """What a reader must know of the list a ground stands on."""

    title: str
    issuer: str | None
    nature: Nature
    validity: str
    region: str
    concludes: bool  # False: it informs, and why stands in `note`
    note: str | None = None
    score: float = 1.0  # how near the matter of the case is to the item


class Ground(Noun):
    """One ground on which a penalty may fall away or be lighter, with each of its conditions."""

    id: str
    kind: Literal["statute", "list"]
    title: str
    effect: str
    status: Met
    conditions: tuple[ConditionFinding, ...]
    basis: tuple[str, ...]
    list: ListFacts | None = None
    note: str | None = None


class MissingFact(Noun):
    """A fact that would decide, and the question that asks it; `decides` are the grounds it could turn."""

    fact: str
    question: str
    options: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()


ExemptionVerdict = Literal[
    "must_not_punish", "may_not_punish", "no_penalty_provision", "mitigate", "no_exemption", "needs_facts"
]


class ListCandidate(Noun):
    """A list item that may be the matter of the case; the person picks when several are near."""

    rule: str
    matter: str
    list: str
    score: float


class ExemptionAnswer(Noun):
    """Whether a penalty falls away: the verdict, every ground side by side, and what would decide what is open."""

    as_of: dt.date
    verdict: ExemptionVerdict
    label: str
    grounds: tuple[Ground, ...]
    facts: dict[str, Any]
    missing: tuple[MissingFact, ...]
    contradictions: tuple[str, ...] = ()
    candidates: tuple[ListCandidate, ...] = ()
    measures: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    text: str


PenaltyKind = Literal[
    "警告", "通报批评", "罚款", "没收违法所得", "没收非法财物", "暂扣许可证件", "降低资质等级", "吊销许可证件",
    "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业", "行政拘留", "其他", "援引",
]  # fmt: skip
"""行政处罚法第九条; 其他 stands outside its list (驱逐出境, 法院的拘留), 援引 punishes as another provision says."""

SubjectKind = Literal["行为人", "单位", "责任人员", "个人"]
"""Who is punished: the doer, whoever it is; a unit; the persons in charge of a unit; a natural person."""

ConditionKind = Literal[
    "base", "逾期不改正", "拒不改正", "情节特别严重", "情节严重", "情节较重", "情节较轻", "造成后果", "再次违法",
    "尚不构成犯罪", "构成犯罪", "无法计算", "货值金额区间", "违法所得区间", "数额区间",
]  # fmt: skip


class AmountBounds(Noun):
    """What a quantity of the case must be for a clause to apply: at least `min`, below `max` (yuan).

    `min_open`: more than `min`, not `min` itself; `max_closed`: `max` itself applies too, so that 没有违法所得 is
    max 0 closed. `or_unknown`: the clause also applies when the quantity cannot be worked out; with neither bound it
    applies only then.
    """

    quantity: str
    min: float | None = None
    max: float | None = None
    min_open: bool = False
    max_closed: bool = False
    or_unknown: bool = False

    def holds(self, value: float) -> bool:
        """Whether a known value of the quantity satisfies the bounds."""
        if self.min is None and self.max is None:
            return False
        if self.min is not None and (value < self.min or (self.min_open and value == self.min)):
            return False
        return self.max is None or value < self.max or (self.max_closed and value == self.max)


class PenaltyClause(Noun):
    """One penalty that an article provides, as `assistant.law.penalties` reads it.

    `base` is `fixed` (yuan), `日` (days of detention) or what is multiplied; then `min` and `max` are multiples, a
    percentage a fraction. Only a maximum: `min` 0; only a minimum: `max` None; no amount at all: `base` None too.
    `condition` is None where the penalty follows from the conduct alone; `condition_kinds` are all that it names, in
    their order, `condition_kind` the first of them; `applies_if` bounds a quantity (goods, illegal gains).
    """

    kind: PenaltyKind
    min: float | None = None
    max: float | None = None
    base: str | None = None
    subject: str | None = None
    condition: str | None = None
    text: str
    subject_kind: SubjectKind = "行为人"
    condition_kind: ConditionKind = "base"
    condition_kinds: tuple[ConditionKind, ...] = ()
    applies_if: AmountBounds | None = None
    conduct: str | None = None  # the violation it punishes, as the article describes it
    discretion: Literal["应当", "可以"] = "应当"
    combination: Literal["并处", "单处", "单处或者并处"] | None = None
    alternative: bool = False  # joined to another penalty by 或者
    per: str | None = None  # 日, 人, 件, 平方米: `min` and `max` are for each
    cap: float | None = None  # yuan: 总额不超过
    least: float | None = None  # yuan: 但罚款不得低于
    floor: float | None = None  # yuan: a base below it counts as this much (不足一万元的，按一万元计算)
    term: str | None = None  # for how long, as written: 十年直至终身
    mode: str | None = None  # how the amount is written: 处…以上…以下
    refers_to: str | None = None  # the provision whose penalties apply: 前款, 第六十条
    judicial: bool = False  # imposed by a court, so no administrative penalty
    paragraph: int = 1
    item: int | None = None
    offsets: tuple[int, int]  # of `text` in the article's text


class PenaltiesView(Noun):
    """The penalties that one provision provides, in the order of its text."""

    as_of: dt.date
    id: str
    law: str
    article: str
    status: Status
    penalties: tuple[PenaltyClause, ...] = ()


# Whether a proposed penalty is right, and the steps it must go through.

ProportionalityVerdict = Literal[
    "within", "below_minimum", "above_maximum", "outside_tier", "wrong_basis", "needs_facts"
]
Severity = Literal["error", "warning", "info"]
ProcedureCode = Literal[
    "limitation", "hearing", "legal_review", "collective_discussion", "on_the_spot", "notice", "decision_deadline",
    "service_deadline", "transfer_to_justice", "double_fine",
]  # fmt: skip
ProcedureStatus = Literal["required", "not_required", "ok", "overdue", "violated", "needs_facts"]
Checked = Literal["核对", "待核", "待确认"]
"""核对: held against the original; 待核: heard of, not seen; 待确认: not known, to be settled by who may settle it."""


class Threshold(Noun):
    """From which fine a procedure applies, in yuan, for a citizen and for an organisation; None: not known."""

    procedure: Literal["当场处罚", "听证", "法制审核", "集体讨论"]
    field: str
    law: str | None = None  # applies to penalties under this law alone
    region: str | None = None
    citizen: float | None = None
    organisation: float | None = None
    basis: str
    checked: Checked
    source: str


class RangeMethod(Noun):
    """A way to cut a statutory range into three: shares of it at which 从轻 ends and 从重 begins. Never official."""

    name: str
    lighter_to: float
    heavier_from: float
    checked: Checked
    source: str


class ProposedPenalty(Noun):
    """What an officer proposes: a fine on the doer or unit, one on the persons in charge (yuan), other penalties."""

    fine: Yuan | None = None
    fine_person: Yuan | None = None
    kinds: tuple[Annotated[str, Field(strict=True, min_length=1, max_length=40)], ...] = Field(
        default=(), max_length=20
    )


class FineRange(Noun):
    """What a clause comes to in yuan for the case; `max` None: no upper limit. `reckoning` shows how."""

    clause: int  # index in `statutory`
    min: float
    max: float | None
    reckoning: str


class ReviewFinding(Noun):
    """One thing the review found, with the provisions it rests on."""

    code: str
    severity: Severity
    text: str
    basis: tuple[str, ...] = ()


class ProcedureStep(Noun):
    """One procedural requirement as it stands; `due` is the last day, where one can be reckoned."""

    code: ProcedureCode
    status: ProcedureStatus
    text: str
    basis: tuple[str, ...] = ()
    due: dt.date | None = None


class PenaltyTier(Noun):
    """The tier of an official benchmark that the case falls in, in yuan."""

    name: str
    min: float
    max: float | None
    basis: str


class ProportionalityAnswer(Noun):
    """Whether a proposed penalty is right: the clauses, the range, the findings, the procedure, what is missing."""

    as_of: dt.date
    verdict: ProportionalityVerdict
    label: str
    basis: str  # the provision as resolved, with the text it was read in
    statutory: tuple[PenaltyClause, ...]
    applicable: tuple[int, ...]
    range: FineRange | None = None
    range_person: FineRange | None = None
    tier: PenaltyTier | None = None
    findings: tuple[ReviewFinding, ...]
    procedure: tuple[ProcedureStep, ...]
    similar: tuple[Passage, ...] = ()
    facts: dict[str, Any]
    missing: tuple[MissingFact, ...]
    contradictions: tuple[str, ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    text: str
