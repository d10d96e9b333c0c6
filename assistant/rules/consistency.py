"""What the known facts say of each other: what follows from them, and where they cannot all be true."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError
from assistant.knowledge.conditions import FACT_NAMES, TIMELY
from assistant.rules.evaluate import said
from assistant.rules.facts.reading import Reading
from assistant.schema import CaseFacts, Known, Noun

CHINESE = {field: name for name, field in FACT_NAMES.items()}
"""The Chinese name of every field of `CaseFacts`."""

_ORDER = ("conduct_date", "conduct_end_date", "discovered_date", "filed_date", "decision_date")
_DEATH = re.compile(r"死亡|致死|丧生|身亡|遇难")
_NO_DEATH = re.compile(
    r"(?:没有|没|未|无|并未|不曾|未曾|尚未)(?:造成|导致|发生|出现|引起)?(?:任何)?(?:人员|人身)?(?:伤亡|死亡|致死)|无人死亡|死亡事故0起|近?[一二三四五\d]+年(?:内)?(?:未发生|没有|无)死亡"
)
_KNOWING = re.compile(r"(?<!不是)(?<!并非)(?<!非)(?<!没有)(?<!无)(?:故意|明知|蓄意)")


def read_given(facts: object) -> CaseFacts:
    """`facts` of a request as CaseFacts. InputError for a value of the wrong kind or an impossible one."""
    if isinstance(facts, CaseFacts):
        return facts
    try:
        return CaseFacts.model_validate(facts if facts is not None else {})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"] if part != "value") or "facts"
        raise InputError(f"facts.{name}", _words(dict(first)), "请改正后重试；不知道的事实请不填") from error


_WORDS = {
    "extra_forbidden": "没有这个事实，请核对名称；清单另问的事实放在other里",
    "bool_type": "应为true或false",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "string_type": "应为文字",
    "finite_number": "应为有限的数字",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "string_too_short": "不能为空",
}


def _words(error: dict[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx") or {}
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    if kind == "greater_than_equal":
        return "不能是负数" if context["ge"] == 0 else f"不能小于{context['ge']:g}"
    if kind == "less_than_equal":
        return f"大得不合情理，不能大于{context['le']:,.0f}"
    if kind == "literal_error":
        return f"只能是{context['expected'].replace(' or ', '、').replace(', ', '、')}"
    if kind == "string_too_long":
        return f"太长，最多{context['max_length']}个字符"
    if kind.startswith("date"):
        return "不是有效的日期，应写作2026-11-23"
    return _WORDS.get(kind, "值的种类不对")


def completed(facts: CaseFacts) -> CaseFacts:
    """`facts` with what follows from them by meaning alone; nothing is presumed, and nothing known is changed."""
    more: dict[str, Known[Any]] = {}

    def follows(name: str, value: object, source: Known[Any]) -> None:
        if getattr(facts, name) is None and name not in more:
            more[name] = Known[Any](value=value, quote=source.quote)

    prior, first = facts.prior_violations, facts.first_violation
    if facts.repeated is not None and facts.repeated.value:
        follows("first_violation", False, facts.repeated)
    if prior is not None:
        follows("first_violation", prior.value == 0, prior)
    if first is not None and first.value:
        follows("repeated", False, first)
    if prior is not None and prior.value >= 2:
        follows("repeated", True, prior)
    if facts.refused_correction is not None and facts.refused_correction.value:
        follows("corrected", "拒不改正", facts.refused_correction)
    if facts.corrected is not None:
        follows("refused_correction", facts.corrected.value == "拒不改正", facts.corrected)
    if not more:
        return facts
    return facts.model_copy(update={name: _typed(name, fact) for name, fact in more.items()})


def _typed(name: str, fact: Known[Any]) -> Known[Any]:
    typed: Known[Any] = getattr(CaseFacts.model_validate({name: {"value": fact.value, "quote": fact.quote}}), name)
    return typed


class Clash(Noun):
    """Facts that cannot all be true, in Chinese; `fact` is the one to ask about."""

    fact: str
    text: str


def cannot_be(reading: Reading, settled: Mapping[str, object]) -> list[Clash]:
    """What a description states and cannot be, unless the form settles the fact."""
    out = []
    for one in reading.impossible:
        if one.field is not None and one.field in settled:
            continue
        name = CHINESE[one.field] if one.field is not None else "日期"
        out.append(Clash(fact=one.field or "conduct_date", text=f"描述里的{name}“{one.quote}”{one.problem}"))
    return out


def contradictions(facts: CaseFacts, as_of: dt.date, description: str = "") -> tuple[Clash, ...]:
    """Where the facts cannot all be true. Nothing may be concluded while there is one."""
    found = [*_dates(facts, as_of), *_history(facts), *_correction(facts), *_person(facts)]
    text = f"{facts.violation.value if facts.violation else ''}\n{description}"
    if facts.harm is not None and facts.harm.value in ("无", "轻微", "一般") and died(text):
        found.append(Clash(fact="harm", text=f"危害后果写为{said(facts.harm)}，描述中却说到死亡"))
    if facts.no_fault_proof is not None and facts.no_fault_proof.value and _KNOWING.search(text):
        found.append(Clash(fact="no_fault_proof", text="一面说有证据证明没有主观过错，一面描述为故意或者明知"))
    return tuple(found)


def died(text: str) -> bool:
    """Whether a text says that somebody died (“未造成死亡” does not)."""
    return bool(_DEATH.search(_NO_DEATH.sub("", text)))


def _dates(facts: CaseFacts, as_of: dt.date) -> list[Clash]:
    found: list[Clash] = []
    known = [(name, getattr(facts, name)) for name in _ORDER if getattr(facts, name) is not None]
    for at, (early, first) in enumerate(known):
        for late, second in known[at + 1 :]:
            if (early, late) == ("conduct_end_date", "discovered_date"):
                continue  # a continuous conduct may end after it was discovered, by correction
            if early == "conduct_end_date" and late == "filed_date":
                continue
            if second.value < first.value:
                found.append(
                    Clash(fact=late, text=f"{CHINESE[late]}（{second.value}）早于{CHINESE[early]}（{first.value}）")
                )
    for name, fact in known:
        if name != "decision_date" and fact.value > as_of:
            found.append(Clash(fact=name, text=f"{CHINESE[name]}（{fact.value}）晚于判断的日期（{as_of}）"))
    if facts.conduct_date and facts.conduct_end_date and facts.duration_days:
        days = (facts.conduct_end_date.value - facts.conduct_date.value).days
        if days >= 0 and abs(days - facts.duration_days.value) > max(2, days // 10):
            found.append(
                Clash(
                    fact="duration_days",
                    text=f"违法行为日至终了日相隔{days}天，持续天数却写为{facts.duration_days.value}天",
                )
            )
    return found


def _history(facts: CaseFacts) -> list[Clash]:
    first, prior, repeated = facts.first_violation, facts.prior_violations, facts.repeated
    found: list[Clash] = []
    if first is not None and first.value and prior is not None and prior.value > 0:
        found.append(Clash(fact="first_violation", text=f"写为初次违法，此前违法次数却为{prior.value}次"))
    if first is not None and first.value and repeated is not None and repeated.value:
        found.append(Clash(fact="first_violation", text="写为初次违法，又写为再犯"))
    if first is not None and not first.value and prior is not None and prior.value == 0:
        found.append(Clash(fact="first_violation", text="写为不是初次违法，此前违法次数却为0次"))
    if repeated is not None and repeated.value and prior is not None and prior.value == 0:
        found.append(Clash(fact="repeated", text="写为再犯，此前违法次数却为0次"))
    return found


def _correction(facts: CaseFacts) -> list[Clash]:
    corrected, refused = facts.corrected, facts.refused_correction
    found: list[Clash] = []
    if corrected is not None and refused is not None:
        if refused.value and corrected.value in TIMELY:
            found.append(Clash(fact="corrected", text=f"写为拒不改正，改正情况却为“{corrected.value}”"))
        if not refused.value and corrected.value == "拒不改正":
            found.append(Clash(fact="corrected", text="改正情况为“拒不改正”，另一处却写为没有拒不改正"))
    if (
        corrected is not None
        and corrected.value == "拒不改正"
        and facts.commitment_signed is not None
        and facts.commitment_signed.value
    ):
        found.append(Clash(fact="corrected", text="写为拒不改正，又写为已签订承诺书"))
    return found


def _person(facts: CaseFacts) -> list[Clash]:
    party = facts.party_type
    if party is None or party.value not in ("企业", "其他组织"):
        return []
    found: list[Clash] = []
    if facts.age is not None and not facts.age.quote:  # an age read out of words may be somebody else's
        found.append(Clash(fact="age", text=f"当事人是{party.value}，却写有年龄{facts.age.value}周岁"))
    state = facts.mental_state
    if state is not None and not state.quote and state.value != "正常":
        found.append(Clash(fact="mental_state", text=f"当事人是{party.value}，却写有精神状态“{state.value}”"))
    return found
