"""Conditions of a penalty: what of refusal, gravity, consequence or quantity a 的-clause says."""

import re

from assistant.law.penalties.amounts import amounts
from assistant.schema import AmountBounds, ConditionKind

_REFUSAL = r"(?:改正|整改|改|停止|纠正|整治|治理)"
# Patterns that speak of gravity wherever they stand at the end of a clause, then those that only a later clause of a
# sentence may be read by: at its beginning 拒不缴纳…的 is the violation itself.
_ANYWHERE: tuple[tuple[ConditionKind, re.Pattern[str]], ...] = (
    ("情节特别严重", re.compile(r"情节特别严重|后果特别严重|特别严重情节")),
    ("情节严重", re.compile(r"情节严重|严重情节|性质恶劣|情节恶劣|影响恶劣")),
    ("情节较重", re.compile(r"情节较重|较重情节")),
    ("情节较轻", re.compile(r"情节(?:较轻|轻微)|情节尚不严重")),
    (
        "再次违法",
        re.compile(
            r"再次|再犯|[二两三一]年内.{0,12}[二两三]次|[一二三]年(?:以)?内又|多次|屡次|屡教不改|(?:二|两|三)次以上"
        ),
    ),
    (
        "尚不构成犯罪",
        re.compile(r"尚不构成(?:刑事)?犯罪|尚未构成犯罪|不构成犯罪|尚不够刑事处罚|未构成犯罪|不够刑事处罚"),
    ),
    ("构成犯罪", re.compile(r"^构成犯罪|，构成犯罪")),
)
_FIRST: tuple[tuple[ConditionKind, re.Pattern[str]], ...] = (
    ("逾期不改正", re.compile(rf"(?:^|，)逾期(?:仍)?(?:不|未|拒不){_REFUSAL}")),
    ("拒不改正", re.compile(rf"(?:拒不|拒绝|仍不){_REFUSAL}的?$|(?:^|，)(?:拒不|拒绝){_REFUSAL}")),
    (
        "造成后果",
        re.compile(
            r"^(?:对|因.{2,30})?(?:造成|导致|致使|引起|引发|酿成|给.{1,20}造成)|^发生.{0,10}(?:事故|灾害)"
            r"|后果严重|严重后果"
        ),
    ),
)
_LATER: tuple[tuple[ConditionKind, re.Pattern[str]], ...] = (
    ("逾期不改正", re.compile(r"逾期(?!.{0,6}(?:贷款|债务))|期满(?:仍)?(?:不|未)|(?:仍不|仍未|期限内不|期限内未)")),
    ("拒不改正", re.compile(r"拒不|拒绝|不停止")),
    ("造成后果", re.compile(r"造成|导致|致使|引起|引发|酿成|后果严重|严重后果|发生.{0,10}事故")),
)
_UNKNOWN = re.compile(r"无法(?:计算|确定|查清|认定)|难以(?:计算|确定|认定)|不能确定|无法估价|明显偏低")
_QUANTITY = re.compile(
    r"(?:(?P<none>没有|无|不存在)|(?P<have>有))?(?P<of>违法所得|非法所得|违法经营额|非法经营额"
    r"|违法经营数额|违法收入|货值(?:金额)?|销售额|营业额|经营额"
    r"|(?:(?!或者|没有|不足|的|无|在)[一-龥]){0,8}(?:金额|价值|货款|价款|收入|数额|费用|票面额))"
)
_RANGE_KIND: dict[str, ConditionKind] = {"货值金额": "货值金额区间", "违法所得": "违法所得区间"}
_NAMES = {"非法所得": "违法所得", "货值": "货值金额", "非法经营额": "违法经营额", "违法经营数额": "违法经营额"}


def bounds(text: str) -> AmountBounds | None:
    """What a quantity must be for a clause to apply: 货值金额不足一万元的, 没有违法所得或者违法所得不足五万元的."""
    quantities = list(_QUANTITY.finditer(text))
    unknown = bool(_UNKNOWN.search(text))
    amount = next((a for a in amounts(text) if a.unit == "元"), None) if "元" in text else None
    if not quantities:
        if amount is None or not re.match(r"(?:超过|不足|不满)?\S{0,2}$", text[: amount.start]):
            return None
        quantity = ""
    else:
        quantity = _name(quantities[0]["of"])
    if amount is not None:
        under = re.search(r"不足|不满|低于|未达到|少于|不超过|以下", text) is not None
        over = text[: amount.start].endswith(("超过", "高于", "大于"))
        if amount.form == "以上以下":
            return AmountBounds(quantity=quantity, min=amount.min, max=amount.max, or_unknown=unknown)
        if under:
            closed = "以下" in text or "不超过" in text
            return AmountBounds(quantity=quantity, max=amount.max, max_closed=closed, or_unknown=unknown)
        if amount.form == "以上" or over:
            return AmountBounds(quantity=quantity, min=amount.min, min_open=over, or_unknown=unknown)
        return None
    first = next((q for q in quantities if q["none"]), None)
    if first is not None:
        return AmountBounds(quantity=_name(first["of"]), max=0, max_closed=True, or_unknown=unknown)
    if unknown:
        return AmountBounds(quantity=quantity, or_unknown=True)
    if re.fullmatch(r"(?:对)?(?:其中)?有(?:违法|非法)(?:所得|收入)的?", text):
        return AmountBounds(quantity=quantity, min=0, min_open=True)
    return None


def _name(quantity: str) -> str:
    quantity = re.sub(r"^(?:没有|并处|其|的|或者)+", "", quantity)
    for known in ("货值金额", "违法所得", "违法经营额"):
        if quantity.endswith(known):
            return known
    return _NAMES.get(quantity, quantity)


def range_kind(bound: AmountBounds) -> ConditionKind:
    """The name of a condition that is about a quantity alone."""
    if bound.min is None and bound.max is None:
        return "无法计算"
    return _RANGE_KIND.get(bound.quantity, "数额区间")


def kinds_of(text: str, *, first: bool) -> tuple[ConditionKind, ...]:
    """What a 的-clause says of refusal, gravity and consequence, in the order of its words; empty for conduct alone.

    `first`: it begins a paragraph or item, where 逾期不缴纳…的 describes the violation and no aggravation.
    """
    pieces = text.split("，")
    last = pieces[-1]
    found: list[tuple[int, ConditionKind]] = []
    for kind, pattern in _ANYWHERE:
        match = pattern.search(text if kind != "再次违法" or not first else last)
        if match and not any(k == "情节特别严重" and kind == "情节严重" for _, k in found):
            found.append((match.start(), kind))
    for kind, pattern in _FIRST if first else _LATER:
        match = pattern.search(last)
        if match:
            found.append((len(text) - len(last) + match.start(), kind))
    return tuple(kind for _, kind in sorted(found))
