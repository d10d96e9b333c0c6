"""How long a violation may be punished: 行政处罚法第三十六条, and the laws that set another period. Arithmetic only."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from assistant.rules.consistency import CHINESE
from assistant.schema import CaseFacts, ConditionFinding, Met

_LIFE = re.compile(
    r"食品|药品|药店|医疗|医院|诊所|行医|疫苗|器械|卫生|餐饮|餐厅|饭店|饮用水|安全生产|特种设备|消防|危险|爆炸|烟花|燃气|建筑|施工|工程质量|职业病|交通|"
    r"金融|银行|证券|保险|基金|期货|集资|贷款|支付|污染|环境|化妆品|农药|种子|儿童|婴幼儿"
)
_PUBLIC_ORDER = re.compile(r"治安")
_TAX = re.compile(r"税务|税收|纳税|偷税|发票|扣缴")
_CONTINUING = re.compile(
    r"至今|一直|持续|连续|长期|多次|每天|每月|仍在|仍未|无照|无证|违法建设|违法建筑|违建|非法占|搭建|堆放|占用|占地|私搭|圈占|"
    r"擅自(?:改变|改建|扩建|建设|设置|设立|安装|拆除|占|开办|从事)|改变.{0,8}(?:用途|结构|外立面|性质)|"
    r"未(?:依法|按规定|按照规定)?(?:取得|办理|经.{0,4}(?:批准|许可|登记|备案)|备案|登记|缴|签订|建立|设立|安装|配备)"
)
"""Matters that by their nature last: a building stands, a duty stays unfulfilled."""

_OMISSION = re.compile(r"未(?!成年|造成|发现|遂|满)|没有(?!造成|证据)|没(?=[挂贴办标设公亮])")


_DATES = (("conduct_date", "违法行为发生（终了）之日"), ("discovered_date", "期限届满前未被发现"))


@dataclass(frozen=True)
class Limitation:
    """What the dates give: `status` met when the period had run out before the discovery."""

    status: Met
    raised: bool  # False: the case says nothing of its dates
    conditions: tuple[ConditionFinding, ...]
    basis: tuple[str, ...]
    missing: tuple[str, ...]
    last_day: dt.date | None  # the last day on which a discovery was in time
    note: str | None = None


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day some years on; the last day of the month where there is none (2月29日)."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months on; the last day of the month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return dt.date(day.year + years, month + 1, min(day.day, last))


def limitation(facts: CaseFacts, as_of: dt.date, text: str = "") -> Limitation:
    """第三十六条 for a case; `text` is what is said of the matter, from which only caution is drawn, never a fact.

    The day on which the period ends counts as in time. Discovered is the earliest of what is known: a lead, a report
    that proves true, an inspection or the filing; without a day of discovery the filing only sets its latest day.
    """
    begun, begins_by = _start(facts)
    found, exact = _discovery(facts)
    subject = f"{facts.field.value if facts.field else ''} {facts.violation.value if facts.violation else ''} {text}"
    periods, basis, period_note, special = _period(facts, subject)
    if begun is None:
        asked = ("conduct_date", *(("discovered_date",) if found is None else ()))
        lines = tuple(_unknown(name, label) for name, label in _DATES if name in asked)
        return Limitation("unknown", False, lines, basis, asked, None)
    latest = [_after(begun, period) for period in periods]
    start_line = ConditionFinding(id="conduct_date", label="起算之日", status="met", because=f"{begins_by}{begun}")
    period_line = ConditionFinding(
        id="concerns_life_or_finance",
        label="适用的期限",
        status="met" if len(periods) == 1 else "unknown",
        because=period_note,
    )
    if found is None:
        if as_of <= latest[0]:
            line = ConditionFinding(
                id="discovered_date", label="期限届满前未被发现", status="unmet", because=f"到{as_of}期限尚未届满"
            )
            return Limitation("unmet", True, (start_line, period_line, line), basis, (), latest[0])
        missing = ("discovered_date", *(("concerns_life_or_finance",) if len(periods) > 1 else ()))
        conditions = (start_line, period_line, _unknown("discovered_date", "期限届满前未被发现"))
        return Limitation("unknown", True, conditions, basis, missing, latest[0])
    said = f"{CHINESE['discovered_date'] if exact else CHINESE['filed_date']}{found}，期限至{latest[0]}届满"
    if found <= latest[0]:
        line = ConditionFinding(id="discovered_date", label="期限届满前未被发现", status="unmet", because=said)
        return Limitation("unmet", True, (start_line, period_line, line), basis, (), latest[0])
    if found <= latest[-1]:  # the shorter period had run, the longer had not
        line = _unknown("discovered_date", "期限届满前未被发现", said + f"；适用五年的，至{latest[-1]}届满")
        missing = ("concerns_life_or_finance",) + (("harm",) if facts.harm is None else ())
        return Limitation("unknown", True, (start_line, period_line, line), basis, missing, latest[0])
    if not exact:
        line = _unknown("discovered_date", "期限届满前未被发现", said + "；发现可能早于立案，需要发现日")
        return Limitation("unknown", True, (start_line, period_line, line), basis, ("discovered_date",), latest[-1])
    if facts.conduct_end_date is None and _may_continue(facts, subject):
        line = ConditionFinding(id="discovered_date", label="期限届满前未被发现", status="met", because=said)
        more = _unknown("conduct_end_date", "行为没有连续或者继续状态", "行为可能有连续或者继续状态，应自终了之日起算")
        lines = (start_line, period_line, line, more)
        return Limitation("unknown", True, lines, basis, ("conduct_end_date",), latest[-1])
    line = ConditionFinding(id="discovered_date", label="期限届满前未被发现", status="met", because=said)
    note = "发现不限于立案：启动调查、举报后查实等都可能是发现；行为有连续或者继续状态的，自终了之日起算，请核对"
    return Limitation("met", True, (start_line, period_line, line), basis, (), latest[-1], note + special)


def _unknown(name: str, label: str, because: str = "待查") -> ConditionFinding:
    return ConditionFinding(id=name, label=label, status="unknown", because=because)


def _start(facts: CaseFacts) -> tuple[dt.date | None, str]:
    if facts.conduct_end_date is not None:
        return facts.conduct_end_date.value, "行为终了之日"
    if facts.conduct_date is None:
        return None, ""
    if facts.duration_days is not None and facts.duration_days.value > 1:
        end = facts.conduct_date.value + dt.timedelta(days=facts.duration_days.value - 1)
        return end, f"行为持续{facts.duration_days.value}天，终了之日"
    return facts.conduct_date.value, "违法行为发生之日"


def _discovery(facts: CaseFacts) -> tuple[dt.date | None, bool]:
    """The day of discovery and whether it is that day; a later act of the file bounds it from above."""
    if facts.discovered_date is not None:
        filed = facts.filed_date.value if facts.filed_date is not None else facts.discovered_date.value
        return min(facts.discovered_date.value, filed), True
    for fact in (facts.filed_date, facts.decision_date):
        if fact is not None:
            return fact.value, False
    return None, False


@dataclass(frozen=True)
class _Period:
    years: int = 0
    months: int = 0


_TWO, _FIVE, _HALF = _Period(years=2), _Period(years=5), _Period(months=6)
_GENERAL = "《中华人民共和国行政处罚法》第三十六条"


def _after(day: dt.date, period: _Period) -> dt.date:
    return months_after(day, period.months) if period.months else years_after(day, period.years)


def _period(facts: CaseFacts, subject: str) -> tuple[tuple[_Period, ...], tuple[str, ...], str, str]:
    """The periods that may apply (one, or the shorter and the longer), their basis, why, and a reservation."""
    if _TAX.search(subject) and not _PUBLIC_ORDER.search(subject):
        law = "《中华人民共和国税收征收管理法》第八十六条"
        return (_FIVE,), (_GENERAL, law), "税收违法行为，五年（法律另有规定）", ""
    if _PUBLIC_ORDER.search(subject):
        law = "《中华人民共和国治安管理处罚法》第二十五条"
        return (
            (_HALF, _FIVE) if facts.field is None else (_HALF,),
            (_GENERAL, law),
            (
                "违反治安管理行为，六个月（法律另有规定）"
                if facts.field is not None
                else "是否属于违反治安管理行为（六个月）待查"
            ),
            "",
        )
    concerns, harm = facts.concerns_life_or_finance, facts.harm
    if harm is not None and harm.value == "无":
        return (_TWO,), (_GENERAL,), "没有危害后果，二年", ""
    if concerns is not None and not concerns.value:
        return (_TWO,), (_GENERAL,), "不涉及公民生命健康安全、金融安全，二年", ""
    if concerns is not None and concerns.value:
        if harm is not None:
            return (_FIVE,), (_GENERAL,), "涉及公民生命健康安全、金融安全且有危害后果，五年", ""
        return (_TWO, _FIVE), (_GENERAL,), "涉及公民生命健康安全、金融安全，有无危害后果待查（有则五年）", ""
    if not subject.strip() or _LIFE.search(subject):
        return (_TWO, _FIVE), (_GENERAL,), "是否涉及公民生命健康安全、金融安全且有危害后果待查（是则五年）", ""
    reserve = "；看不出涉及公民生命健康安全、金融安全，如涉及且有危害后果，期限为五年"
    return (_TWO,), (_GENERAL,), "看不出涉及公民生命健康安全、金融安全，二年", reserve


def _may_continue(facts: CaseFacts, subject: str) -> bool:
    if facts.duration_days is not None:
        return False
    matter = facts.violation.value if facts.violation is not None else ""
    return _CONTINUING.search(subject) is not None or _OMISSION.search(matter) is not None
