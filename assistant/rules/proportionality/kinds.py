"""The other penalties that are proposed, held against what the clauses provide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.errors import InputError
from assistant.rules.procedure.money import plain
from assistant.rules.proportionality.applying import Standing
from assistant.schema import CaseFacts, PenaltyKind, ReviewFinding

LAW = "《中华人民共和国行政处罚法》"
_KINDS: tuple[PenaltyKind, ...] = get_args(PenaltyKind)
_WORDS: tuple[tuple[str, PenaltyKind], ...] = (
    (r"^警告|给予警告", "警告"),
    (r"通报批评", "通报批评"),
    (r"罚款", "罚款"),
    (r"没收.*(?:所得|收入|费用)", "没收违法所得"),
    (r"没收", "没收非法财物"),
    (r"暂扣", "暂扣许可证件"),
    (r"降低", "降低资质等级"),
    (r"吊销|撤销许可", "吊销许可证件"),
    (r"停产|停业", "责令停产停业"),
    (r"关闭", "责令关闭"),
    (r"从业|禁业|终身", "限制从业"),
    (r"限制.*经营|停止.*业务|暂停.*业务", "限制开展生产经营活动"),
    (r"拘留", "行政拘留"),
)
_ORDER = re.compile(r"责令(?:限期)?(?:改正|整改)|改正|批评教育|约谈|承诺")


@dataclass(frozen=True)
class Kinds:
    """The proposed penalties by their names in 第九条; `orders` are measures that are no penalty."""

    kinds: tuple[PenaltyKind, ...]
    orders: tuple[str, ...]


def read_kinds(written: Sequence[str]) -> Kinds:
    """Penalties as an officer writes them. InputError for words that name none."""
    kinds: list[PenaltyKind] = []
    orders = []
    for at, word in enumerate(written):
        name = word.strip()
        found = next((k for k in _KINDS if k == name), None)
        found = found or next((kind for pattern, kind in _WORDS if re.search(pattern, name)), None)
        if found is not None:
            kinds.append(found)
        elif _ORDER.search(name):
            orders.append(name)
        else:
            raise InputError(
                f"proposed.kinds.{at}", f"“{name[:20]}”不是行政处罚的种类", f"可以写{'、'.join(_KINDS[:13])}"
            )
    return Kinds(tuple(dict.fromkeys(kinds)), tuple(orders))


@dataclass(frozen=True)
class KindsJudged:
    """What was found of the other penalties: `refused` when the basis does not carry one, `asks` when facts decide."""

    findings: tuple[ReviewFinding, ...]
    refused: bool
    asks: tuple[str, ...]


def judge_kinds(
    kinds: Sequence[PenaltyKind], standings: Sequence[Standing], facts: CaseFacts, basis: str
) -> KindsJudged:
    """Each proposed penalty but the fine, then what the clauses call for and is not proposed."""
    findings: list[ReviewFinding] = []
    asks: list[str] = []
    refused = False
    for kind in kinds:
        if kind == "罚款":
            continue
        offered = [s for s in standings if s.clause.kind == kind and not s.clause.judicial]
        if not offered and kind == "没收违法所得":
            text = "依据没有写没收违法所得；有违法所得的，除依法应当退赔的外，按第二十八条没收"
            findings.append(ReviewFinding(code="gains_by_general_law", severity="info", text=text,
                                          basis=(f"{LAW}第二十八条第二款",)))  # fmt: skip
        elif not offered:
            refused = True
            text = f"依据没有规定{kind}，不能给予"
            findings.append(ReviewFinding(code="kind_not_provided", severity="error", text=text, basis=(basis,)))
        elif all(s.status == "unmet" for s in offered) and kind != "没收违法所得":
            refused = True
            text = f"{kind}的条件（{_conditions(offered)}）不满足"
            findings.append(ReviewFinding(code="kind_condition_unmet", severity="error", text=text, basis=(basis,)))
        elif not any(s.status == "met" for s in offered) and kind != "没收违法所得":
            asks += [fact for s in offered for fact in s.asks]
            text = f"{kind}只有在“{_conditions(offered)}”时才能给予，是否满足待查"
            findings.append(ReviewFinding(code="kind_condition_open", severity="warning", text=text, basis=(basis,)))
        if kind == "没收违法所得" and facts.illegal_gains is not None and not facts.illegal_gains.value:
            text = "违法所得为0元，没有可以没收的违法所得"
            findings.append(ReviewFinding(code="no_gains", severity="warning", text=text,
                                          basis=(f"{LAW}第二十八条第二款",)))  # fmt: skip
    findings += _left_out(kinds, standings, facts, basis)
    return KindsJudged(tuple(findings), refused, tuple(dict.fromkeys(asks)))


def _conditions(offered: Sequence[Standing]) -> str:
    return "；或者".join(dict.fromkeys(s.clause.condition or "、".join(s.clause.condition_kinds) for s in offered))


def _left_out(
    kinds: Sequence[PenaltyKind], standings: Sequence[Standing], facts: CaseFacts, basis: str
) -> list[ReviewFinding]:
    out = []
    gains = facts.illegal_gains
    if gains is not None and gains.value and "没收违法所得" not in kinds:
        text = f"有违法所得{plain(gains.value)}元，除依法应当退赔的外，应当没收，拟处罚中没有"
        out.append(ReviewFinding(code="gains_not_confiscated", severity="error", text=text,
                                 basis=(f"{LAW}第二十八条第二款",)))  # fmt: skip
    elif gains is None and "没收违法所得" not in kinds and any(s.clause.kind == "没收违法所得" for s in standings):
        text = "有没有违法所得待查；有的，除依法应当退赔的外，应当没收"
        out.append(ReviewFinding(code="gains_unknown", severity="info", text=text,
                                 basis=(f"{LAW}第二十八条第二款",)))  # fmt: skip
    needed = dict.fromkeys(
        s.clause.kind for s in standings
        if s.status == "met" and s.clause.discretion == "应当" and not s.clause.alternative and not s.clause.judicial
        and s.clause.kind not in ("罚款", "没收违法所得", "援引", "其他") and s.clause.kind not in kinds
        and s.clause.subject_kind != "责任人员"
    )  # fmt: skip
    for kind in needed:
        text = f"依据写明应当给予{kind}，拟处罚中没有"
        if kind == "没收非法财物":
            text += "；没有可以没收的财物的，应当写明"
        out.append(ReviewFinding(code="kind_omitted", severity="warning", text=text, basis=(basis,)))
    return out
