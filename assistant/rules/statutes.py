"""The grounds of 行政处罚法第三十条至第三十三条、第三十六条, each weighed on its own."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from assistant.knowledge.conditions import TIMELY
from assistant.numerals import to_chinese
from assistant.rules.consistency import died
from assistant.rules.evaluate import all_of, said
from assistant.rules.facts import Approximate
from assistant.rules.limitation import limitation
from assistant.rules.weighing import BASIS, LAW, Line, Weighed, weigh
from assistant.schema import CaseFacts, Known, Met

MINOR = "违法行为轻微"
"""A person's own judgement that the violation is minor, kept in `other`."""

ELSEWHERE = "法律另有规定"
"""That a law or regulation rules otherwise (第三十三条第二款), kept in `other`."""

FOOD_SELLER = {
    "履行进货查验义务": "履行了进货查验等义务",
    "有证据证明不知情": "有充分证据证明不知道所采购的食品不符合食品安全标准",
    "如实说明进货来源": "能如实说明进货来源",
}
"""The elements of 食品安全法第一百三十六条, by the names that `other` keeps them under."""

_PUBLIC_ORDER = "《中华人民共和国治安管理处罚法》"

LOOK_TWICE = 50_000
"""Yuan from which the program leaves 轻微 to a person. A line for caution, not one of law; it is shown as such."""

_GRAVE = re.compile(
    r"假药|劣药|有毒有害|非食用物质|病死|毒品|吸毒|贩毒|制毒|枪支|弹药|爆炸|雷管|烟花爆竹|放射|核材料|危险化学品|危险废物|醉酒|酒驾|酒后驾|醉驾|无证驾驶|"
    r"卖淫|嫖娼|赌|盗窃|诈骗|抢|敲诈|殴打|伤害|猥亵|寻衅|聚众|伪造|变造|骗取|虚假材料|隐瞒真实|提供虚假|偷税|逃税|骗税|虚开|走私|传销|非法集资|非法行医|无证行医|"
    r"未取得医疗机构|偷排|暗管|渗井|篡改.{0,4}数据|伪造.{0,4}数据|重大事故隐患|冒险作业|童工|强迫劳动|拐|贿|泄密|国家秘密|间谍|恐怖|极端主义|淫秽|色情|"
    r"发生.{0,6}事故|造成.{0,6}(?:伤亡|重伤|中毒)|故意|明知|蓄意|恶意"
)
_GRAVE_NOT = re.compile(
    r"(?:没有|未|无|未曾|并未|不存在)(?:发生|造成|导致)?.{0,4}(?:事故|伤亡|重伤|中毒)|(?:不是|并非|非|没有|无)(?:主观)?(?:故意|恶意|明知)"
)
_MINOR_WORDS = re.compile(
    r"(?<![向给为对])(?:当事人|行为人|违法人|该|他|她|我)?(?:系|是|为)?(?:在校)?(?:未成年人?|中学生|小学生|初中生|高中生)"
)
_MINOR_OBJECT = re.compile(
    r"(?:接纳|容留|招用|雇用|雇佣|向|给|对|教唆|诱骗|殴打|组织|让|允许|进入|禁入|限入).{0,6}(?:未成年|中学生|小学生|初中生|高中生|学生)"
)
_NO_FAULT_WORDS = re.compile(
    r"不知情|并不知道|毫不知情|没有主观过错|无主观过错|没有过错|无过错|尽到.{0,6}(?:查验|审查|注意)义务"
)
_FOOD = re.compile(r"食品|食物|食用|餐|饮料|糕点|肉|蔬菜|水果|粮油")
_SUBSTANDARD = re.compile(r"不符合|不合格|超标|过期|超过保质期|变质|腐败|霉变|农药残留|兽药残留")

Match = Callable[[Any], bool]


def _line(facts: CaseFacts, name: str, label: str, holds: Match, unknown: str = "待查") -> Line:
    fact: Known[Any] | None = getattr(facts, name)
    if fact is None:
        return Line(name, label, "unknown", unknown, name)
    return Line(name, label, "met" if holds(fact.value) else "unmet", said(fact), name)


def statute_grounds(facts: CaseFacts, as_of: dt.date, text: str, rough: Sequence[Approximate] = ()) -> list[Weighed]:
    """Every statutory ground; `text` is what is said of the matter and only ever makes the engine more careful.

    `rough` are dates known only within bounds (2022年3月): they decide where every day within them decides alike.
    """
    return [
        *_age(facts, text),
        *_mind(facts),
        *_minor_violation(facts, text),
        *_no_fault(facts, text),
        _time(facts, as_of, text, rough),
        *_lighter(facts),
    ]


def _natural(facts: CaseFacts) -> Line:
    party = facts.party_type
    if party is None:
        return Line("party_type", "当事人是自然人", "met" if facts.age or facts.mental_state else "unknown",
                    "写有年龄或者精神状态" if facts.age or facts.mental_state else "待查", "party_type")  # fmt: skip
    held = party.value in ("自然人", "个体工商户")
    return Line("party_type", "当事人是自然人", "met" if held else "unmet", said(party), "party_type")


def _age(facts: CaseFacts, text: str) -> list[Weighed]:
    person = _natural(facts)
    hinted = person.status == "met" and bool(_MINOR_WORDS.search(text)) and not _MINOR_OBJECT.search(text)
    raised = facts.age is not None or hinted
    child = _line(facts, "age", "违法时不满十四周岁", lambda age: age < 14)
    youth = _line(facts, "age", "违法时已满十四周岁不满十八周岁", lambda age: 14 <= age < 18)
    basis = (f"{LAW}第三十条", *((f"{_PUBLIC_ORDER}第十二条",) if _PUBLIC_ORDER in _basis(facts) else ()))
    return [
        weigh("apl-30-child", "不满十四周岁", "应当不予行政处罚", "must_not_punish",
              all_of((person.status, child.status)), (person, child), basis, raised=raised),
        weigh("apl-30-youth", "已满十四周岁不满十八周岁", "应当从轻或者减轻行政处罚", "mitigate",
              all_of((person.status, youth.status)), (person, youth), basis, raised=raised),
    ]  # fmt: skip


def _mind(facts: CaseFacts) -> list[Weighed]:
    person = _natural(facts)
    state = facts.mental_state
    raised = state is not None
    lost = _line(facts, "mental_state", "违法时不能辨认或者不能控制自己行为", lambda mind: mind == "不能辨认")
    part = _line(facts, "mental_state", "尚未完全丧失辨认或者控制自己行为能力", lambda mind: mind == "部分丧失")
    basis = (f"{LAW}第三十一条", *((f"{_PUBLIC_ORDER}第十三条",) if _PUBLIC_ORDER in _basis(facts) else ()))
    proof = "应当有鉴定意见或者其他证据证明违法时的状态"
    sane = state is not None and state.value == "间歇性正常"
    note = "间歇性精神病人在精神正常时违法的，应当给予行政处罚" if sane else proof
    return [
        weigh("apl-31-incapable", "不能辨认或者不能控制自己行为", "应当不予行政处罚", "must_not_punish",
              all_of((person.status, lost.status)), (person, lost), basis, raised=raised, note=note),
        weigh("apl-31-diminished", "尚未完全丧失辨认或者控制能力", "可以从轻或者减轻行政处罚", "mitigate",
              all_of((person.status, part.status)), (person, part), basis, raised=raised, note=proof),
    ]  # fmt: skip


def barred(facts: CaseFacts, text: str) -> tuple[Met, str, str | None]:
    """Whether the case is clear of what bars 第三十三条第一款: status, why, and the fact that would settle it."""
    bars = []
    if facts.repeated is not None and facts.repeated.value:
        bars.append(f"再犯{said(facts.repeated).removeprefix('是')}")
    if facts.refused_correction is not None and facts.refused_correction.value:
        bars.append("拒不改正")
    if facts.obstructed is not None and facts.obstructed.value:
        bars.append(f"拒绝、阻碍执法{said(facts.obstructed).removeprefix('是')}")
    if died(text):
        bars.append("造成死亡")
    if bars:
        return "unmet", "、".join(bars), None
    judged = facts.other.get(MINOR)
    if judged is not None and isinstance(judged.value, bool):
        return ("met" if judged.value else "unmet"), f"已由人判断：{said(judged)}", None
    reasons = [f"描述中有“{found[0]}”" for found in [_GRAVE.search(_GRAVE_NOT.sub("", text))] if found]
    for name, label in (("goods_value", "货值金额"), ("illegal_gains", "违法所得")):
        fact = getattr(facts, name)
        if fact is not None and fact.value >= LOOK_TWICE:
            reasons.append(f"{label}{fact.value:g}元（达到程序请人判断的提示线{LOOK_TWICE}元，该线不是法定标准）")
    if reasons:
        return "unknown", "、".join(reasons) + "，是否轻微应当由人判断", f"other.{MINOR}"
    return "met", "没有看到再犯、拒绝阻碍执法、后果严重等情形；金额、数量、持续时间、影响范围请一并核对", None


def _minor_violation(facts: CaseFacts, text: str) -> list[Weighed]:
    status, because, asks = barred(facts, text)
    minor = Line("minor", MINOR, status, because, asks)
    clear = Line("excluded", "没有再犯、拒不改正、造成死亡、危害重大等不宜不罚的情形", status, because, asks)
    timely = _line(facts, "corrected", "及时改正", lambda how: how in TIMELY)
    none = _line(facts, "harm", "没有造成危害后果", lambda harm: harm == "无")
    slight = _line(facts, "harm", "危害后果轻微（没有后果的也符合）", lambda harm: harm in ("无", "轻微"))
    first = _line(facts, "first_violation", "初次违法", bool)
    must, may = (minor, timely, none), (first, slight, timely, clear)
    basis = (f"{LAW}第三十三条第一款",)
    later = None
    if facts.corrected is not None and facts.corrected.value == "未改正":
        later = "还没有改正：责令限期改正后按期改正的，可以重新核验"
    return [
        weigh("apl-33-minor", "轻微、及时改正、没有危害后果", "应当不予行政处罚", "must_not_punish",
              all_of(line.status for line in must), must, basis, note=later),
        weigh("apl-33-first", "初次违法、后果轻微、及时改正", "可以不予行政处罚", "may_not_punish",
              all_of(line.status for line in may), may, basis, note=later),
    ]  # fmt: skip


def _no_fault(facts: CaseFacts, text: str) -> list[Weighed]:
    proof = _line(facts, "no_fault_proof", "有证据足以证明没有主观过错", bool)
    raised = facts.no_fault_proof is not None or bool(_NO_FAULT_WORDS.search(text))
    told = facts.other.get(ELSEWHERE)
    food = bool(_FOOD.search(f"{text}{_basis(facts)}") and _SUBSTANDARD.search(text))
    if told is not None and isinstance(told.value, bool):
        special: Met = "unmet" if told.value else "met"
        because = f"{ELSEWHERE}：{said(told)}"
    elif food:
        special, because = "unmet", "食品不符合标准的，《中华人民共和国食品安全法》第一百三十六条另有规定，从其规定"
    else:
        special, because = "met", "没有看到另有规定；作出决定前请核对该领域的法律、行政法规"
    other = Line("elsewhere", "法律、行政法规没有另外规定", special, because)
    grounds = [
        weigh("apl-33-no-fault", "没有主观过错", "应当不予行政处罚", "must_not_punish",
              all_of((proof.status, other.status)), (proof, other), (f"{LAW}第三十三条第二款",), raised=raised,
              note="举证责任在当事人，证据应当足以证明，仅有陈述不够"),
    ]  # fmt: skip
    if food and (raised or any(name in facts.other for name in FOOD_SELLER)):
        lines = tuple(_told(facts, name, label) for name, label in FOOD_SELLER.items())
        if proof.status == "met" and lines[1].status == "unknown":  # more than not having known
            lines = (lines[0], Line(lines[1].id, lines[1].label, "met", proof.because), lines[2])
        grounds.append(
            weigh("food-136", "食品经营者履行进货查验义务且不知情", "可以免予处罚（不合格食品仍应没收）",
                  "may_not_punish", all_of(line.status for line in lines), lines,
                  ("《中华人民共和国食品安全法》第一百三十六条",)))  # fmt: skip
    return grounds


def _basis(facts: CaseFacts) -> str:
    """The penalty provision that is named: the goods may be leeks and the law that of food."""
    fact = facts.other.get(BASIS)
    return str(fact.value).replace("《治安管理处罚法》", _PUBLIC_ORDER) if fact is not None else ""


def _told(facts: CaseFacts, name: str, label: str) -> Line:
    """A condition settled by a fact kept in `other`."""
    fact = facts.other.get(name)
    if fact is None or not isinstance(fact.value, bool):
        return Line(f"other.{name}", label, "unknown", "待查", f"other.{name}")
    return Line(f"other.{name}", label, "met" if fact.value else "unmet", said(fact), f"other.{name}")


def _time(facts: CaseFacts, as_of: dt.date, text: str, rough: Sequence[Approximate]) -> Weighed:
    # Within the bounds: latest conduct and earliest discovery, then the other way about.
    found = limitation(_within(facts, rough, latest=True), as_of, text)
    if rough and limitation(_within(facts, rough, latest=False), as_of, text).status != found.status:
        open_dates = tuple(one.field for one in rough if one.field in _ROUGH)
        note = "日期只有大概，是否超过时效取决于确切的日期"
        found = replace(found, status="unknown", raised=True, missing=open_dates or found.missing, note=note)
    lines = tuple(
        Line(one.id, one.label, one.status, one.because, one.id if one.id in found.missing else None)
        for one in found.conditions
    )
    weighed = weigh("apl-36", "超过处罚时效", "不再给予行政处罚", "must_not_punish", found.status, lines, found.basis,
                    raised=found.raised, note=found.note)  # fmt: skip
    return Weighed(weighed.ground, weighed.verdict, found.missing if weighed.open else (), found.raised)


_ROUGH = ("conduct_date", "conduct_end_date", "discovered_date", "filed_date")


def _within(facts: CaseFacts, rough: Sequence[Approximate], *, latest: bool) -> CaseFacts:
    """`facts` with the rough dates at one end of their bounds: conduct late and discovery early, or the reverse."""
    more: dict[str, Known[dt.date]] = {}
    for one in rough:
        if one.field in _ROUGH and getattr(facts, one.field) is None:
            late = latest if one.field.startswith("conduct") else not latest
            day = one.most if late else one.least
            if isinstance(day, dt.date):
                more[one.field] = Known[dt.date](value=day, quote=one.quote)
    return facts.model_copy(update=more) if more else facts


_LIGHTER = (
    ("reduced_harm", "主动消除或者减轻违法行为危害后果"),
    ("coerced", "受他人胁迫或者诱骗实施违法行为"),
    ("confessed_unknown", "主动供述行政机关尚未掌握的违法行为"),
    ("merit", "配合行政机关查处违法行为有立功表现"),
)


def _lighter(facts: CaseFacts) -> list[Weighed]:
    # Correcting before anybody knew suggests, without saying so, that the harm was lessened too.
    hinted = (
        facts.corrected is not None
        and facts.corrected.value == "发现前主动改正"
        and facts.harm is not None
        and facts.harm.value != "无"
    )
    out = []
    for number, (name, label) in enumerate(_LIGHTER, 1):
        line = _line(facts, name, label, bool)
        raised = getattr(facts, name) is not None or (hinted and name == "reduced_harm")
        basis = (f"{LAW}第三十二条第（{to_chinese(number)}）项",)
        out.append(
            weigh(f"apl-32-{number}", label, "应当从轻或者减轻行政处罚", "mitigate", line.status, (line,), basis,
                  raised=raised)
        )  # fmt: skip
    return out
