"""The closed condition language of lists and benchmarks, read from YAML and type-checked through `CaseFacts`.

    条件:
      初次违法: 是                              # equality
      危害后果: {属于: [无, 轻微]}
      涉及人数: {不超过: 3}
      任一: [{持续天数: {不超过: 90}}, {及时改正: 是}]

Several keys are all required. No expressions: what the language cannot say stays a fact that the list declares itself.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from pydantic import ValidationError

from assistant.knowledge.marked import MarkedYaml
from assistant.schema import (
    AskedFact,
    CaseFacts,
    Combination,
    Comparison,
    Condition,
    Correction,
    Harm,
    MentalState,
    Operator,
    PartyType,
    RuleValue,
)

FACT_NAMES: dict[str, str] = {
    "领域": "field",
    "违法行为": "violation",
    "当事人类型": "party_type",
    "年龄": "age",
    "精神状态": "mental_state",
    "违法行为日": "conduct_date",
    "行为终了日": "conduct_end_date",
    "发现日": "discovered_date",
    "立案日": "filed_date",
    "决定日": "decision_date",
    "初次违法": "first_violation",
    "此前违法次数": "prior_violations",
    "危害后果": "harm",
    "改正情况": "corrected",
    "无主观过错": "no_fault_proof",
    "受胁迫或诱骗": "coerced",
    "主动供述": "confessed_unknown",
    "立功": "merit",
    "主动消除或减轻后果": "reduced_harm",
    "涉及生命健康或金融安全": "concerns_life_or_finance",
    "违法所得": "illegal_gains",
    "货值金额": "goods_value",
    "涉及人数": "affected_people",
    "持续天数": "duration_days",
    "签订承诺书": "commitment_signed",
    "拒不改正": "refused_correction",
    "阻碍执法": "obstructed",
    "再犯": "repeated",
}
"""Every field of `CaseFacts` by its Chinese name: the one table."""

TIMELY: tuple[Correction, ...] = ("发现前主动改正", "责令前改正", "责令期限内改正")
"""What 及时改正 means of `corrected`."""

LATE: tuple[Correction, ...] = ("逾期改正", "拒不改正", "未改正")

_ONE_OF: dict[str, tuple[str, ...]] = {
    "party_type": get_args(PartyType),
    "mental_state": get_args(MentalState),
    "harm": get_args(Harm),
    "corrected": get_args(Correction),
}
_DAYS = frozenset(name for name in FACT_NAMES.values() if name.endswith("_date"))
_COUNTED = frozenset(("age", "prior_violations", "affected_people", "duration_days", "illegal_gains", "goods_value"))
_TEXTS = frozenset(("field", "violation"))
_UNITS = {"age": "周岁", "prior_violations": "次", "affected_people": "人", "duration_days": "天",
          "illegal_gains": "元", "goods_value": "元"}  # fmt: skip
_OPERATORS = get_args(Operator)
_YES = {"是": True, "否": False, True: True, False: False}
_OTHER_KINDS: dict[str, type | tuple[type, ...]] = {"数": (int, float), "文字": str, "日期": dt.date}


class ConditionReader:
    """Reads conditions of one file. Every problem, with file and line, ends in `problems`."""

    def __init__(self, marked: MarkedYaml, asks: Mapping[str, AskedFact], problems: list[str]) -> None:
        self._marked = marked
        self._asks = asks
        self._problems = problems

    def read(self, path: tuple[object, ...], value: Any) -> Condition | None:
        """The condition at `path`; None when it is no condition (then a problem was added)."""
        before = len(self._problems)
        condition = self._all(path, value)
        return condition if len(self._problems) == before else None

    def _wrong(self, path: tuple[object, ...], problem: str) -> None:
        self._problems.append(f"{self._marked.where(path)}：{problem}")

    def _all(self, path: tuple[object, ...], value: Any) -> Condition | None:
        if not isinstance(value, dict) or not value:
            self._wrong(path, "条件应当是键值对，例如 {初次违法: 是}")
            return None
        parts: list[Condition] = []
        for name, want in value.items():
            part = self._group((*path, name), name, want) if name in ("任一", "全部") else self._fact(path, name, want)
            if part is not None:
                parts.append(part)
        return _together("全部", parts) if parts else None

    def _group(self, path: tuple[object, ...], kind: str, value: Any) -> Condition | None:
        if not isinstance(value, list) or not value:
            self._wrong(path, f"“{kind}”后面应当是条件的列表")
            return None
        parts = [self._all((*path, at), entry) for at, entry in enumerate(value)]
        return _together("任一" if kind == "任一" else "全部", [p for p in parts if p is not None])

    def _fact(self, path: tuple[object, ...], name: object, want: Any) -> Condition | None:
        at = (*path, name)
        if name == "及时改正":
            if not isinstance(want, str | bool) or want not in _YES:
                self._wrong(at, "“及时改正”只能是 是 或 否")
                return None
            timely = _YES[want]
            values = TIMELY if timely else LATE
            label = "及时改正" if timely else "没有及时改正"
            return Comparison(fact="corrected", name="及时改正", operator="属于", values=values, label=label)
        if name in FACT_NAMES:
            fact = FACT_NAMES[str(name)]
        elif name in self._asks:
            fact = f"other.{name}"
        else:
            self._wrong(at, f"不认识的事实“{name}”（清单另问的事实应当先写在“事实”里）")
            return None
        tests = want if isinstance(want, dict) else {"等于": want}
        if not tests:
            self._wrong(at, "没有写条件的值")
        parts: list[Condition] = []
        for operator, operand in tests.items():
            if operator not in _OPERATORS:
                self._wrong((*at, operator), f"不认识的比较“{operator}”，只有{'、'.join(_OPERATORS)}")
                continue
            made = self._comparison((*at, operator), str(name), fact, cast(Operator, operator), operand)
            if made is not None:
                parts.append(made)
        return _together("全部", parts) if parts else None

    def _comparison(
        self, path: tuple[object, ...], name: str, fact: str, operator: Operator, operand: Any
    ) -> Comparison | None:
        if operator == "属于":
            if not isinstance(operand, list) or not operand:
                self._wrong(path, "“属于”后面应当是列表")
                return None
            raw = operand
        else:
            raw = [operand]
        if operator in ("不超过", "不少于") and not self._ordered(fact):
            self._wrong(path, f"“{name}”不能比较大小")
            return None
        values = [self._value(path, name, fact, one) for one in raw]
        known = tuple(v for v in values if v is not None)
        if len(known) != len(values):
            return None
        label = _label(name, fact, operator, known)
        return Comparison(fact=fact, name=name, operator=operator, values=known, label=label)

    def _ordered(self, fact: str) -> bool:
        if fact.startswith("other."):
            return self._asks[fact[6:]].kind in ("数", "日期")
        return fact in _COUNTED or fact in _DAYS

    def _value(self, path: tuple[object, ...], name: str, fact: str, value: Any) -> RuleValue | None:
        if fact.startswith("other."):
            kind = self._asks[fact[6:]].kind
            if kind == "是否":
                return self._yes(path, name, value)
            if isinstance(value, bool) or not isinstance(value, _OTHER_KINDS[kind]):
                self._wrong(path, f"“{name}”的值应当是{kind}，写的是“{value}”")
                return None
            return cast(RuleValue, value)
        if fact not in _COUNTED | _DAYS | _TEXTS and fact not in _ONE_OF:
            return self._yes(path, name, value)
        try:
            read = CaseFacts.model_validate({fact: value}).value(fact)
        except ValidationError:
            choices = f"，只能是{'、'.join(_ONE_OF[fact])}" if fact in _ONE_OF else ""
            self._wrong(path, f"“{name}”的值“{value}”不对{choices}")
            return None
        if read is None:
            self._wrong(path, f"“{name}”没有写值")
        return read  # type: ignore[no-any-return]

    def _yes(self, path: tuple[object, ...], name: str, value: Any) -> bool | None:
        if isinstance(value, str | bool) and value in _YES:
            return _YES[value]
        self._wrong(path, f"“{name}”的值只能是 是 或 否，写的是“{value}”")
        return None


def _together(kind: str, parts: list[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return Combination(kind="任一" if kind == "任一" else "全部", parts=tuple(parts), label=joined_label(kind, parts))


def joined_label(kind: str, parts: Sequence[Condition]) -> str:
    """Conditions as one: those of 全部 with 、, alternatives with ；或者."""
    return ("、" if kind == "全部" else "；或者").join(part.label for part in parts)


def _label(name: str, fact: str, operator: str, values: tuple[RuleValue, ...]) -> str:
    unit = _UNITS.get(fact, "")
    if operator == "属于":
        return f"{name}为{'或者'.join(str(v) for v in values)}"
    value = values[0]
    if isinstance(value, bool):
        return name if value else f"没有“{name}”的情形"
    shown = f"{value:g}" if isinstance(value, int | float) else str(value)
    return f"{name}{'为' if operator == '等于' else operator}{shown}{unit}"
