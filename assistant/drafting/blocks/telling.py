"""The facts of a case told in sentences, where nobody has written what happened."""

from assistant.drafting.case import Case
from assistant.drafting.values import chinese_date
from assistant.rules.consistency import CHINESE
from assistant.rules.procedure.money import plain
from assistant.rules.questions import PICK
from assistant.rules.weighing import BASIS
from assistant.schema import CaseFacts

_CORRECTED = {
    "发现前主动改正": "在被发现以前主动改正",
    "责令前改正": "在责令改正以前已经改正",
    "责令期限内改正": "在责令的期限内改正",
    "逾期改正": "超过责令的期限才改正",
    "未改正": "没有改正",
    "拒不改正": "拒不改正",
}
_DAYS = {
    "discovered_date": "被发现", "filed_date": "立案", "other.告知日": "告知拟作出的处罚和当事人的权利",
    "other.要求听证日": "当事人要求听证", "other.听证日": "举行听证", "decision_date": "作出决定",
    "other.送达日": "送达",
}  # fmt: skip
_YES = {
    "first_violation": "系初次违法", "repeated": "系再犯", "reduced_harm": "主动消除或者减轻了危害后果",
    "coerced": "受他人胁迫或者诱骗", "confessed_unknown": "主动供述了行政机关尚未掌握的违法行为",
    "merit": "配合查处有立功表现", "no_fault_proof": "有证据足以证明没有主观过错", "obstructed": "拒绝、阻碍执法",
}  # fmt: skip
_ELSEWHERE = {
    "violation", "party_type", "conduct_date", "conduct_end_date", "harm", "corrected", "refused_correction",
    "illegal_gains", "goods_value", "affected_people", "duration_days", "prior_violations", "concerns_life_or_finance",
    f"other.{BASIS}", f"other.{PICK}", *_DAYS, *_YES,
}  # fmt: skip


def told(case: Case) -> str:
    """经查明，当事人（企业）于…。 Nothing is said of what is not known."""
    facts = case.facts
    sentences = [_act(case), _steps(facts), "，".join(_after(facts)), "；".join(_rest(facts))]
    return f"经查明，{'。'.join(one for one in sentences if one)}。"


def _act(case: Case) -> str:
    facts = case.facts
    kind = f"（{facts.party_type.value}）" if facts.party_type is not None else ""
    what = str(facts.violation.value) if facts.violation is not None else case.text("matter")
    when = ""
    if (start := facts.conduct_date) is not None:
        when = chinese_date(start.value)
        end = facts.conduct_end_date
        if end is not None and end.value != start.value:
            when = f"{when}至{chinese_date(end.value)}"
    elif facts.conduct_end_date is not None:
        when = f"至{chinese_date(facts.conduct_end_date.value)}"
    if what is None:
        return f"当事人{kind}的行为发生于{when}" if when else f"当事人{kind}" if kind else ""
    return f"当事人{kind}{'于' + when if when else ''}有下列行为：{what}"


def _steps(facts: CaseFacts) -> str:
    """The days in their order, each with what was done on it."""
    known = facts.known()
    days = []
    for name, words in _DAYS.items():
        fact = known.get(name)
        if fact is not None:
            value = fact.value
            days.append(f"{chinese_date(value) if hasattr(value, 'year') else _shown(value)}{words}")
    return "，".join(days)


def _shown(value: object) -> str:
    year, month, day = (int(part) for part in str(value).split("-"))
    return f"{year}年{month}月{day}日"


def _after(facts: CaseFacts) -> list[str]:
    """What it came to: sums, people, harm, correction, history."""
    out = []
    if facts.goods_value is not None:
        out.append(f"货值金额{plain(facts.goods_value.value)}元")
    if facts.illegal_gains is not None:
        gains = facts.illegal_gains.value
        out.append(f"违法所得{plain(gains)}元" if gains else "没有违法所得")
    if facts.affected_people is not None:
        out.append(f"涉及{facts.affected_people.value}人")
    if facts.duration_days is not None:
        out.append(f"持续{facts.duration_days.value}天")
    if facts.harm is not None:
        out.append("没有造成危害后果" if facts.harm.value == "无" else f"危害后果{facts.harm.value}")
    if facts.corrected is not None:
        out.append(_CORRECTED.get(facts.corrected.value, facts.corrected.value))
    if facts.prior_violations is not None and facts.prior_violations.value:
        out.append(f"此前违法{facts.prior_violations.value}次")
    known = facts.known()
    out += [words for name, words in _YES.items() if (fact := known.get(name)) is not None and fact.value is True]
    return out


def _rest(facts: CaseFacts) -> list[str]:
    out = []
    for name, fact in facts.known().items():
        if name in _ELSEWHERE or fact.value is False:
            continue
        label = CHINESE.get(name, name.removeprefix("other."))
        out.append(label if fact.value is True else f"{label}：{fact.value}")
    return out
