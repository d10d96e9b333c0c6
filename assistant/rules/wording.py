"""What the exemption engine says: labels, measures, papers and the opinion in words. Conclusion first."""

import datetime as dt
from collections.abc import Sequence

from assistant.rules.weighing import LAW, Weighed
from assistant.schema import CaseFacts, ExemptionVerdict, Ground, ListCandidate, MissingFact

LABELS: dict[ExemptionVerdict, str] = {
    "must_not_punish": "应当不予行政处罚",
    "may_not_punish": "可以不予行政处罚",
    "no_penalty_provision": "改正后没有可以适用的罚则",
    "mitigate": "从轻或者减轻行政处罚",
    "no_exemption": "按现有事实，不符合免罚或者从轻、减轻的情形",
    "needs_facts": "事实不足，暂不能下结论",
}
_ASKED = 6  # questions that the text shows; the rest stand in `missing`
_MARKS = {"met": "✓", "unmet": "✗", "unknown": "?"}
_STATES = {"met": "满足", "unmet": "不满足", "unknown": "待查"}


UNSPOKEN = "已查明的情形都不能免罚，也没有从轻、减轻的情形；没有提到的情形尚待查明"


def label(verdict: ExemptionVerdict, weighed: Sequence[Weighed]) -> str:
    """The verdict in words; where only grounds are open that nothing in the case speaks of, it says so."""
    if verdict == "needs_facts" and not any(w.open and w.raised for w in weighed):
        return UNSPOKEN
    return LABELS[verdict]


def measures(verdict: ExemptionVerdict, deciding: Ground | None, facts: CaseFacts, more: Sequence[str]) -> list[str]:
    """What is to be done with the party, besides a penalty or instead of it."""
    ground = deciding.id if deciding is not None else ""
    out: list[str] = []
    if verdict in ("must_not_punish", "may_not_punish"):
        if ground == "apl-30-child":
            out.append(f"责令监护人加以管教（{LAW}第三十条）")
        elif ground == "apl-31-incapable":
            out.append(f"责令监护人严加看管和治疗（{LAW}第三十一条）")
        elif ground != "apl-36":
            out.append(f"对当事人进行教育（{LAW}第三十三条第三款）")
        out.append("核实改正情况并留存证据；违法状态还在的，责令改正")
        if ground in ("apl-33-minor", "apl-33-first") or ground.startswith("list:"):
            signed = facts.commitment_signed is not None and facts.commitment_signed.value
            out.append("当事人已签订守法承诺书，附卷" if signed else "可以由当事人签订守法承诺书")
            out.append("安排回访，再犯的依法处罚")
    elif verdict == "no_penalty_provision":
        out += ["书面责令改正（已责令的附卷）", "复查改正情况并记录；逾期或者拒不改正的，再依罚则处罚"]
    elif verdict == "mitigate":
        out += [f"处罚的同时责令改正（{LAW}第二十八条第一款）", "对照裁量基准确定从轻或者减轻的幅度，写明理由"]
    elif verdict == "no_exemption":
        out += [f"责令改正或者限期改正（{LAW}第二十八条第一款）", "依法调查、告知后作出处罚决定，过罚相当"]
    if out and more:
        out.append(f"清单列出的配套措施：{'、'.join(dict.fromkeys(more))}")
    return out


def papers(verdict: ExemptionVerdict, deciding: Ground | None) -> list[str]:
    """The papers of the file."""
    if verdict in ("must_not_punish", "may_not_punish"):
        if deciding is not None and deciding.id == "apl-36":
            return ["证明发生、终了和发现时间的材料", "不予行政处罚决定书（或者不予立案、撤销案件审批表）"]
        return [
            "证明每项条件的证据材料",
            "责令改正通知书及复查记录",
            f"不予行政处罚决定书（{LAW}第五十七条第一款第（二）项）",
            "教育（谈话）记录、承诺书、回访记录",
        ]
    if verdict == "no_penalty_provision":
        return ["责令改正通知书", "复查记录", "不予立案或者撤销案件审批表"]
    if verdict == "mitigate":
        return ["证明从轻、减轻情节的证据材料", "行政处罚告知书", "行政处罚决定书（写明从轻、减轻的事实、依据和理由）"]
    if verdict == "no_exemption":
        return ["责令改正通知书", "行政处罚告知书", "行政处罚决定书"]
    return []


def opinion(
    verdict: ExemptionVerdict,
    deciding: Ground | None,
    weighed: Sequence[Weighed],
    *,
    as_of: dt.date,
    missing: Sequence[MissingFact],
    contradictions: Sequence[str],
    candidates: Sequence[ListCandidate],
    measures: Sequence[str],
    papers: Sequence[str],
    warnings: Sequence[str],
) -> str:
    """The whole in Chinese, as a lawyer would sign it."""
    parts = [_conclusion(verdict, deciding, as_of, missing, contradictions, label(verdict, weighed))]
    if contradictions:
        parts.append("\n".join(["事实有矛盾，核实以前不据此下结论：", *(f"- {c}" for c in contradictions)]))
    shown = [w.ground for w in weighed if w.raised or w.met]
    if shown:
        parts.append("\n".join(["逐项审查：", *(line for g in _ordered(shown) for line in _ground(g))]))
    silent = [w.ground.title for w in weighed if w.open and not w.raised]
    if silent:
        parts.append(f"没有材料提到、尚待查明的情形：{'、'.join(silent)}。如果有，请补充后重新核验。")
    near = [c for c in candidates if c.score < 1]
    if near:
        rows = [f"- {c.matter}（{c.list}，相近度{c.score:.2f}）" for c in near[:5]]
        parts.append("\n".join(["可能对应的清单事项（请核对选定；不在清单内的，仍按第三十三条逐案判断）：", *rows]))
    if missing:
        rows = [f"{at}. {m.question}" for at, m in enumerate(missing[:_ASKED], 1)]
        if len(missing) > _ASKED:
            rows.append(f"另有{len(missing) - _ASKED}项可以一并查明，见待查清单。")
        parts.append("\n".join(["还需查明（按对结论的影响排列）：", *rows]))
    if measures:
        parts.append("\n".join(["措施：", *(f"- {m}" for m in measures)]))
    if papers:
        parts.append("文书：" + "；".join(papers) + "。")
    if warnings:
        parts.append("\n".join(["提示：", *(f"- {w}" for w in warnings)]))
    return "\n\n".join(parts)


def _conclusion(
    verdict: ExemptionVerdict,
    deciding: Ground | None,
    as_of: dt.date,
    missing: Sequence[MissingFact],
    contradictions: Sequence[str],
    words: str,
) -> str:
    head = f"结论：{words}。"
    if contradictions:
        return f"结论：事实相互矛盾，不能下结论。（判断日期{as_of}）"
    if verdict == "needs_facts":
        first = f"首先查明：{missing[0].question}" if missing else ""
        return f"{head}{first}（判断日期{as_of}）"
    if deciding is None:
        return f"{head}不免罚不等于从重，处罚仍应当与违法行为的事实、性质、情节和社会危害程度相当。（判断日期{as_of}）"
    basis = "、".join(deciding.basis)
    given = deciding.list.title if deciding.list is not None else deciding.title
    return f"{head}依据：{basis}（{given}；{deciding.effect}）。（判断日期{as_of}）"


def _ordered(grounds: Sequence[Ground]) -> list[Ground]:
    rank = {"met": 0, "unknown": 1, "unmet": 2}
    return sorted(grounds, key=lambda g: rank[g.status])


def _ground(ground: Ground) -> list[str]:
    mark = _MARKS[ground.status]
    listed = ground.list
    of = f"，{listed.title}" if listed is not None else ""
    rows = [f"{mark} {ground.title}{of}（{'、'.join(ground.basis) or '依据未见'}）：{_STATES[ground.status]}"]
    if len(ground.conditions) == 1 and ground.conditions[0].label == ground.title:
        rows[0] += f"（{ground.conditions[0].because}）"
    else:
        rows += [f"    {_MARKS[c.status]} {c.label}：{c.because}" for c in ground.conditions]
    if listed is not None:
        issuer = f"，{listed.issuer}" if listed.issuer else ""
        rows.append(f"    清单性质：{listed.nature}{issuer}，地域{listed.region}，有效期{listed.validity}")
        if listed.note:
            rows.append(f"    说明：{listed.note}")
    if ground.note:
        rows.append(f"    注意：{ground.note}")
    return rows
