"""What an article provides by way of penalty."""

import datetime as dt
from typing import Literal

from assistant.schema.law import Status
from assistant.schema.noun import Noun

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


Latitude = Literal["应当", "可以"]
"""Whether the authority must impose a penalty or may."""


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
    discretion: Latitude = "应当"
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
