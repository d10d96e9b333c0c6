"""The party as a decision names it."""

import re

from assistant.drafting.blocks.written import Written
from assistant.drafting.case import Case
from assistant.drafting.markup import blank, plain

_COMPANY = re.compile(r"公司|企业|集团|厂$|合作社|中心$|医院$|学校$|协会$|事务所$")
_SHOP = re.compile(r"个体工商户|经营部$|店$|馆$|行$|铺$|摊$|商行|门市部|工作室$")


def named(case: Case) -> Written:
    """Who the party is, under the names that its kind goes by; what is not told and can be done without is left out."""
    person, shop = _kind(case)
    number = "身份证件号码" if person else "统一社会信用代码"
    place = "住址" if person else "经营场所" if shop else "住所"
    chief = "经营者" if shop else "法定代表人（负责人）"
    lines = [f"当事人：{case.slot('party')}"]
    for key, name in (("party_id", number), ("address", place), ("representative", chief)):
        value = case.text(key)
        known = case.form.field(key)
        if value is not None:
            lines.append(f"{name}：{plain(value)}")
        elif known is not None and known.required:
            lines.append(f"{name}：{blank(known.name)}")
    return Written(tuple(lines))


def _kind(case: Case) -> tuple[bool, bool]:
    """Whether the party is a person, and whether it is a shop of one; by what is told, else by its name."""
    told, name = case.facts.party_type, case.text("party") or ""
    if told is not None:
        return told.value == "自然人", told.value == "个体工商户"
    if not name or _COMPANY.search(name):
        return False, False
    return not _SHOP.search(name) and len(name) <= 4, bool(_SHOP.search(name))
