"""Whether quoted words can say a fact at all: a model may quote truly and read into it what is not there."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from assistant.rules.facts import dates
from assistant.rules.facts.numbers import MONEY, NUMBER, value_of, whole

_NO = r"没|无|未|不|非|零|0|从无"
_ONCE = r"首|初|第一|头一|头回|从来|从未|从没|以前|此前|之前|过去"
_REPAIR = (
    r"改|整改|纠正|补|拆|撤|换|下架|清|停|关|删|退|贴|挂|标|装|修|恢复|搬|移|挪|收|消除"
    r"|办|备案|登记|缴|交|完成|到位|覆盖|盖|放|佩戴|销毁|召回"
)
_CUES: Mapping[str, str] = {
    "harm": r"后果|危害|影响|损失|损害|伤|亡|死|中毒|事故|起火|爆炸|污染",
    "first_violation": rf"{_ONCE}|再次|又|曾|屡|多次|第[二三四五六七八九\d]|记录|前科|罚过|处罚",
    "prior_violations": r"次|回|曾|处罚|罚|记录|前科",
    "repeated": r"再|又|屡|多次|同类|第[二三四五六七八九\d]|曾|前科",
    "corrected": rf"{_REPAIR}|依旧|仍|照旧|没动",
    "refused_correction": r"拒|不肯|不改|不听|坚持|置之不理",
    "obstructed": r"配合|阻|抗|拒|锁|藏|毁|推|打|骂|逃|不让|不开",
    "no_fault_proof": r"过错|故意|不知|证据|证明|明知|义务",
    "coerced": r"胁|迫|骗|逼|威胁|指使|强",
    "confessed_unknown": r"主动|供|交代|坦白|说明|报告|承认|掌握",
    "merit": r"立功|检举|揭发|举报|协助",
    "reduced_harm": r"消除|减轻|赔|退|召回|补偿|救|和解",
    "concerns_life_or_finance": r"生命|健康|金融|食品|药|医|安全|集资|贷款",
    "commitment_signed": r"承诺",
    "mental_state": r"精神|辨认|控制|责任能力|智力|障碍|病",
    "party_type": r"个体|公司|企业|厂|店|社|会|院|校|单位|组织|男|女|岁|某|居民|村民|先生"
    r"|女士|司机|本人|我|集团|中心|所|园",
}
_DENYING: Mapping[tuple[str, Any], str] = {
    ("harm", "无"): _NO,
    ("harm", "轻微"): r"轻|小|微|不大",
    ("first_violation", True): rf"首|初|第一|头一|头回|{_NO}",
    ("obstructed", False): rf"配合|{_NO}",
    ("refused_correction", False): _NO,
    ("repeated", False): rf"首|初|第一|{_NO}",
    ("no_fault_proof", True): r"证据|证明|证实",
}
_YUAN = re.compile(MONEY)
_COUNT = re.compile(NUMBER)
_COUNTED = ("age", "prior_violations", "affected_people", "duration_days")
_NOTHING = re.compile(r"没|无|未|零|0")


def supports(field: str, value: Any, quote: str, today: dt.date) -> bool:
    """Whether the quote speaks of the fact: the words for it, the same number, the same day.

    For a fact kept in `other` and for the matter itself nothing is asked but that the words stand there.
    """
    if field in ("illegal_gains", "goods_value"):
        return _same(value, quote, lambda q: [value_of(m) for m in _YUAN.finditer(q)])
    if field in _COUNTED:
        if field == "prior_violations" and value == 0:
            return re.search(_NO, quote) is not None
        said = [whole(m[0]) for m in _COUNT.finditer(quote)]
        return value in said or (field in ("age", "duration_days") and _reckoned(quote))
    if field.endswith("_date"):
        return _day(value, quote, today)
    cue = _CUES.get(field)
    if cue is not None and re.search(cue, quote) is None:
        return False
    needed = _DENYING.get((field, value))
    return needed is None or re.search(needed, quote) is not None


def _same(value: Any, quote: str, sums: Callable[[str], list[Any]]) -> bool:
    if value == 0:
        return _NOTHING.search(quote) is not None
    return any(one is not None and float(one) == float(value) for one in sums(quote))


def _reckoned(quote: str) -> bool:
    """An age out of a birthday, days out of weeks and months: the words must at least be of that kind."""
    return re.search(r"生|周|星期|礼拜|月|年", quote) is not None


def _day(value: Any, quote: str, today: dt.date) -> bool:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        return False
    read = [when.day for when in dates.find(quote, today)]
    if day in read:
        return True
    # A month and day belong to a year named elsewhere; 当日 and 次日 to a day named before.
    return any(one is not None and (one.month, one.day) == (day.month, day.day) for one in read) or bool(
        re.search(r"当[日天]|次日|翌日|第二天|同日|至今|到现在", quote)
    )
