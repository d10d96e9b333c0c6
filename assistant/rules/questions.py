"""What to ask for an unknown fact, and the answers that may be given."""

from collections.abc import Mapping, Sequence
from typing import get_args

from assistant.rules.statutes import MINOR
from assistant.rules.weighing import BASIS, STRENGTH, Weighed
from assistant.schema import AskedFact, Correction, Harm, MentalState, MissingFact, PartyType

PICK = "清单事项"
"""The list item a person picked among several, kept in `other`."""

_YES = ("是", "否")
_QUESTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "harm": ("违法行为造成了什么危害后果？有没有人身、财产损害或者社会影响？", get_args(Harm)),
    "corrected": ("当事人改正了吗？是什么时候改正的？", get_args(Correction)),
    "first_violation": ("当事人是不是初次实施这类违法行为？（请查处罚记录）", _YES),
    f"other.{MINOR}": ("综合金额、数量、持续时间、影响范围和主观过错，违法行为本身是否轻微？", _YES),
    "party_type": ("当事人是自然人、个体工商户、企业还是其他组织？", get_args(PartyType)),
    "age": ("违法行为发生时当事人多少周岁？", ()),
    "mental_state": ("违法时当事人能否辨认、控制自己的行为？（以鉴定意见为准）", get_args(MentalState)),
    "no_fault_proof": ("当事人有没有证据足以证明自己没有主观过错？", _YES),
    "reduced_harm": ("当事人是否主动消除或者减轻了危害后果？", _YES),
    "coerced": ("当事人是否受他人胁迫或者诱骗？", _YES),
    "confessed_unknown": ("当事人是否主动供述了行政机关尚未掌握的违法行为？", _YES),
    "merit": ("当事人配合查处有没有立功表现？", _YES),
    "conduct_date": ("违法行为是哪一天发生的？", ()),
    "conduct_end_date": ("违法行为有没有连续或者继续状态？哪一天终了？", ()),
    "discovered_date": ("违法行为是哪一天被发现的？（举报、线索登记、检查、立案，以最早的为准）", ()),
    "concerns_life_or_finance": ("是否涉及公民生命健康安全、金融安全且有危害后果？", _YES),
    "other.履行进货查验义务": ("食品经营者是否履行了进货查验等义务？（查验供货者许可证、合格证明并留存）", _YES),
    "other.有证据证明不知情": ("有没有充分证据证明不知道所采购的食品不符合食品安全标准？", _YES),
    "other.如实说明进货来源": ("能否如实说明进货来源？", _YES),
    f"other.{BASIS}": ("适用哪一条罚则？（程序按字词找到的见各项理由，请写明法律名称和条款）", ()),
    f"other.{PICK}": ("这个案件是清单里的哪一项？", ()),
}
_NUMBERS = {
    "illegal_gains": "违法所得是多少元？",
    "goods_value": "货值金额是多少元？",
    "affected_people": "涉及多少人？",
    "duration_days": "违法行为持续了多少天？",
    "prior_violations": "此前因这类违法被处罚过几次？",
    "commitment_signed": "当事人是否签订了守法承诺书？",
    "obstructed": "当事人有没有拒绝、阻碍执法？",
    "repeated": "是否属于再犯？",
    "refused_correction": "当事人是否拒不改正？",
    "field": "属于哪个执法领域？",
    "violation": "违法行为是什么？",
}
_UNSPOKEN = 0.01  # what nothing in the case speaks of comes after all that something does
# Asked first among equals: what an officer can tell at once.
_ORDER = ("corrected", "harm", "first_violation")


def question(fact: str, asks: Mapping[str, AskedFact]) -> tuple[str, tuple[str, ...]]:
    """The question and the closed answers to it (none when open)."""
    if fact in _QUESTIONS:
        return _QUESTIONS[fact]
    if fact in _NUMBERS:
        yes = _YES if fact in ("commitment_signed", "obstructed", "repeated", "refused_correction") else ()
        return _NUMBERS[fact], yes
    ask = asks.get(fact.removeprefix("other."))
    if ask is None:
        return f"“{fact.removeprefix('other.')}”是什么情况？", ()
    return ask.question, _YES if ask.kind == "是否" else ()


def rank(grounds: Sequence[Weighed], asks: Mapping[str, AskedFact]) -> tuple[MissingFact, ...]:
    """What to ask, the fact that decides most first.

    A ground counts by its strength, shared among the facts it waits for: a fact that alone turns a strong ground
    goes before one of four that a weak ground needs; grounds that nothing speaks of come last.
    """
    weight: dict[str, float] = {}
    decides: dict[str, list[str]] = {}
    for weighed in grounds:
        for fact in weighed.missing:
            share = STRENGTH[weighed.verdict] / len(weighed.missing)
            weight[fact] = weight.get(fact, 0) + (share if weighed.raised else share * _UNSPOKEN)
            decides.setdefault(fact, []).append(weighed.ground.id)
    names = sorted(weight, key=lambda f: (-round(weight[f], 6), _ORDER.index(f) if f in _ORDER else len(_ORDER), f))
    out = []
    for name in names:
        words, options = question(name, asks)
        out.append(MissingFact(fact=name, question=words, options=options, decides=tuple(decides[name])))
    return tuple(out)
