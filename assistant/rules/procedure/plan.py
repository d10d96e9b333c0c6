"""What is known of a case's procedure: the proposed penalty and the dates of the file."""

import datetime as dt
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.schema import CaseFacts, PenaltyKind

LAW = "《中华人民共和国行政处罚法》"
HEAVY: frozenset[PenaltyKind] = frozenset({"降低资质等级", "吊销许可证件", "责令停产停业", "责令关闭", "限制从业"})
"""第六十三条第一款第（三）（四）项: a hearing may be asked for whatever the amount."""

DATES = ("告知日", "要求听证日", "听证通知日", "听证日", "送达日")
"""Days of the file kept in `other`, as 2026-11-23."""


@dataclass(frozen=True)
class PenaltyPlan:
    """A proposed penalty as the procedure sees it. Amounts are yuan; `article_text` is the provision it rests on."""

    law: str
    article_text: str
    fine: float
    kinds: tuple[PenaltyKind, ...]
    facts: CaseFacts
    as_of: dt.date
    description: str = ""

    def day(self, name: str) -> dt.date | None:
        """A day of the file; InputError when it is no date."""
        value = self.facts.value(f"other.{name}")
        if value is None:
            return None
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError as error:
            raise InputError(f"facts.other.{name}", "不是有效的日期，应写作2026-11-23", "请改正后重试") from error

    def told(self, name: str) -> bool | None:
        """A yes or no of the file kept in `other`; None when unknown."""
        value = self.facts.value(f"other.{name}")
        return value if isinstance(value, bool) else None

    @property
    def decided(self) -> dt.date | None:
        """The day of the decision."""
        fact = self.facts.decision_date
        return fact.value if fact is not None else None

    @property
    def heavy(self) -> tuple[PenaltyKind, ...]:
        """The proposed penalties that call for a hearing whatever the amount."""
        return tuple(kind for kind in self.kinds if kind in HEAVY)


def disordered(plan: PenaltyPlan) -> tuple[tuple[str, str], ...]:
    """Days of the file that cannot stand in their order: (fact, text)."""
    days = {name: plan.day(name) for name in DATES}
    out = []
    for early, late in (("告知日", "要求听证日"), ("要求听证日", "听证通知日"), ("听证通知日", "听证日")):
        first, second = days[early], days[late]
        if first is not None and second is not None and second < first:
            out.append((f"other.{late}", f"{late}（{second}）早于{early}（{first}）"))
    served, decided = days["送达日"], plan.decided
    if served is not None and decided is not None and served < decided:
        out.append(("other.送达日", f"送达日（{served}）早于决定日期（{decided}）"))
    told, filed = days["告知日"], plan.facts.filed_date
    if told is not None and filed is not None and told < filed.value:
        out.append(("other.告知日", f"告知日（{told}）早于立案日期（{filed.value}）"))
    return tuple(out)
