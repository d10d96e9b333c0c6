"""Decisions on cases (reconsideration, court, penalty), what is like them, and what they add up to."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.schema.case import CaseFacts
from assistant.schema.law import CheckedCitation, Citation, Nature, Passage
from assistant.schema.noun import Noun
from assistant.schema.rules import ListSource

DecisionKind = Literal["行政复议", "行政诉讼", "行政处罚"]
Outcome = Literal[
    "变更", "撤销", "确认违法", "责令履行", "确认无效", "维持", "驳回", "调解", "撤回", "处罚", "不予处罚",
    "其他", "未见",
]  # fmt: skip
"""行政复议法第六十三条至第六十九条、第七十三条、第七十四条; 撤回 includes 和解终止; 处罚, 不予处罚: first instance."""

CORRECTING: tuple[Outcome, ...] = ("变更", "撤销", "确认违法", "责令履行", "确认无效")
"""The act under review was put right. 调解 and 撤回 are not among them: nothing was found against the office."""

Reason = Literal[
    "事实不清", "程序违法", "明显不当", "适用依据错误", "依据不合法", "超越职权", "滥用职权", "不履行职责", "说理不足",
    "合法适当", "其他", "未见",
]  # fmt: skip
"""Why a decision came out as it did. 事实不清 includes 证据不足; 合法适当 is why an act was left as it was."""

SeenAs = Literal["全文", "摘要", "仅标题"]
"""How much of a decision was seen: the paper itself, what others tell of it, or nothing but its title."""

Yuan = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]


class DecisionDates(Noun):
    """Days that are known; None is 未见."""

    decided: dt.date | None = None
    published: dt.date | None = None
    reviewed_act: dt.date | None = None  # when the act under review was taken
    conduct: dt.date | None = None


class ReadFrom(Noun):
    """Where a field of an imported decision was read: its Chinese name, and the words (parties masked)."""

    field: str
    place: str  # 第3段
    words: str


class Decision(Noun):
    """One decision. What is not known is None, empty or 未见, never a default; `unseen` is what was looked for in vain.

    `office` is whose act was reviewed, `decided_by` who decided. `basis` is what the decision itself cites, `related`
    what people of this project connect with it; `outside` are bases not in the corpus, as written. `amounts` are yuan
    by their Chinese names (原罚款, 结果罚款, …).
    """

    id: str
    title: str
    kind: DecisionKind
    decided_by: str | None = None
    office: str | None = None
    region: str | None = None
    dates: DecisionDates = DecisionDates()
    field: str | None = None
    conduct: str
    synonyms: tuple[str, ...] = ()
    reviewed_act: str | None = None
    issues: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...]
    outcome_note: str | None = None
    reasons: tuple[Reason, ...]
    reasoning: str | None = None  # 裁量理由, as the paper gives it
    facts: CaseFacts = CaseFacts()
    amounts: dict[str, Yuan] = Field(default_factory=dict)
    basis: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    outside: tuple[str, ...] = ()
    nature: Nature
    source: ListSource
    place: str | None = None  # where in the source
    seen: SeenAs
    unseen: tuple[str, ...] = ()
    read_from: tuple[ReadFrom, ...] = ()
    origin: str | None = None  # the file it was imported from
    origin_digest: str | None = None
    text: str
    where: str  # the Markdown file

    @property
    def corrected(self) -> bool:
        """Whether the act under review was put right."""
        return any(outcome in CORRECTING for outcome in self.outcomes)

    # What the matcher of list items looks at, so that decisions are matched as items are.

    @property
    def matter(self) -> str:
        return self.conduct

    @property
    def punished_by(self) -> tuple[Citation, ...]:
        return self.basis

    @property
    def forbidden_by(self) -> tuple[Citation, ...]:
        return self.related


PointVerdict = Literal["alike", "differs", "open"]
"""open: one of the two is not known, or there is nothing to hold against each other."""

Aspect = Literal["行为", "争点", "依据", "情节", "金额", "程序", "时间", "地域", "结果"]


class ComparedPoint(Noun):
    """One thing held against each other in a case and a decision. `mine` and `theirs` are as a person reads them."""

    aspect: Aspect
    label: str
    mine: str | None
    theirs: str | None
    verdict: PointVerdict
    note: str | None = None


class SimilarDecision(Passage):
    """A decision like a case, as a hit, with what is alike, what differs and what cannot be held against each other."""

    outcomes: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    region: str | None = None
    seen: SeenAs
    alike: tuple[ComparedPoint, ...] = ()
    differs: tuple[ComparedPoint, ...] = ()
    open: tuple[ComparedPoint, ...] = ()
    lesson: str  # what it shows, in a sentence, with what it does not show


class SimilarAnswer(Noun):
    """Decisions like a case, nearest first, and a word on what their number is worth."""

    as_of: dt.date
    similar: tuple[SimilarDecision, ...]
    facts: dict[str, Any]
    note: str


class DecisionLine(Noun):
    """One decision in a list."""

    id: str
    title: str
    kind: DecisionKind
    field: str | None
    region: str | None
    office: str | None
    decided: dt.date | None
    published: dt.date | None
    conduct: str
    outcomes: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    nature: Nature
    seen: SeenAs
    own: bool  # of this office, rather than published by others
    excerpt: str = ""


class DecisionCount(Noun):
    """How many decisions share something, and which they are: every count can be gone through."""

    name: str
    count: int
    decisions: tuple[str, ...]  # ids


class RecurringFault(Noun):
    """A ground on which acts of one office (or of one field) were put right more than once: 办理一案、规范一片."""

    by: Literal["机关", "领域"]
    name: str
    reason: Reason
    count: int
    decisions: tuple[str, ...]
    of: int  # decisions held of that office or field
    basis: tuple[str, ...]  # provisions those decisions rest on


class DecisionStatistics(Noun):
    """Outcomes and reasons of the decisions held, counted; never a rate. `note` says what so few can show."""

    total: int
    known: int  # with an outcome that was seen
    corrected: DecisionCount
    outcomes: tuple[DecisionCount, ...]
    reasons: tuple[DecisionCount, ...]
    corrections: tuple[DecisionCount, ...]  # 撤销·程序违法
    fields: tuple[DecisionCount, ...]
    offices: tuple[DecisionCount, ...]
    recurring: tuple[RecurringFault, ...]
    titles: dict[str, str]
    note: str


class DecisionList(Noun):
    """Decisions that were asked for, with what they add up to."""

    as_of: dt.date
    total: int
    decisions: tuple[DecisionLine, ...]
    statistics: DecisionStatistics


class DecisionView(Noun):
    """One decision as a reader wants it: its fields, its text, every citation looked up on `as_of`."""

    as_of: dt.date
    decision: Decision
    own: bool
    basis: tuple[CheckedCitation, ...]
    related: tuple[CheckedCitation, ...]
    citations: tuple[CheckedCitation, ...]  # in `decision.text`
    cautions: tuple[str, ...]
