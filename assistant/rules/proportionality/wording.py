"""What a review says: findings of a fine, questions, the label and the opinion."""

from collections.abc import Sequence

from assistant.rules.procedure.money import plain
from assistant.rules.proportionality.basis import Ruling
from assistant.rules.proportionality.fines import PARAGRAPH, FineJudged
from assistant.rules.proportionality.kinds import Kinds
from assistant.rules.proportionality.ranges import UNSTATED
from assistant.rules.questions import question
from assistant.rules.weighing import Weighed
from assistant.schema import (
    FineRange,
    MissingFact,
    ProcedureCode,
    ProcedureStatus,
    ProportionalityAnswer,
    ProportionalityVerdict,
    ProposedPenalty,
    ReviewFinding,
    Severity,
)

LAW = "《中华人民共和国行政处罚法》"
LABELS: dict[ProportionalityVerdict, str] = {
    "within": "拟处罚在法定幅度内",
    "below_minimum": "拟处罚低于法定下限",
    "above_maximum": "拟处罚高于法定上限",
    "outside_tier": "拟处罚在法定幅度内，但与从轻或者减轻的情节不相当",
    "wrong_basis": "依据不能支持拟处罚",
    "needs_facts": "缺少事实，不能下结论",
}
_YES = ("是", "否")
STATUSES: dict[ProcedureStatus, str] = {
    "required": "应当", "not_required": "不需要", "ok": "符合", "overdue": "逾期", "violated": "违反",
    "needs_facts": "待查",
}  # fmt: skip
STEPS: dict[ProcedureCode, str] = {
    "limitation": "处罚时效", "hearing": "听证", "legal_review": "法制审核", "collective_discussion": "集体讨论",
    "on_the_spot": "当场处罚", "notice": "事先告知", "decision_deadline": "办案期限", "service_deadline": "送达期限",
    "transfer_to_justice": "移送司法", "double_fine": "一事不二罚款",
}  # fmt: skip
THRESHOLDS: tuple[ProcedureCode, ...] = ("on_the_spot", "hearing", "legal_review", "collective_discussion")
"""The steps that an amount or a gravity calls for; the others (limitation, deadlines) move with the day."""
_SEVERITY = {"error": "错误", "warning": "注意", "info": "说明"}


def label(verdict: ProportionalityVerdict, findings: Sequence[ReviewFinding]) -> str:
    """The verdict in a few words; what stands in the way of any penalty goes first."""
    codes = {f.code for f in findings}
    if "must_not_punish" in codes:
        return "依法应当不予处罚，任何处罚都超出"
    if "limitation_passed" in codes:
        return f"已超过处罚时效，不再给予处罚（{LABELS[verdict]}）"
    if verdict == "within" and any(f.severity == "error" for f in findings):
        return f"{LABELS[verdict]}，但有应当改正的问题"
    return LABELS[verdict]


def span(found: FineRange) -> str:
    """A range in words: 50000元至100000元."""
    return f"{plain(found.min)}元至" + ("不封顶" if found.max is None else f"{plain(found.max)}元")


def yuan(amount: float) -> str:
    """An amount with its unit."""
    return f"{plain(amount)}元"


def asked(facts: Sequence[str], first: Sequence[MissingFact]) -> tuple[MissingFact, ...]:
    """Questions for the facts that decide, after those about the basis itself."""
    out = list(first)
    for fact in dict.fromkeys(facts):
        if any(one.fact == fact for one in out):
            continue
        out.append(_question(fact))
    return tuple(out)


def _question(fact: str) -> MissingFact:
    name = fact.removeprefix("other.")
    if fact == PARAGRAPH:
        return MissingFact(fact=fact, question="依据的是这一条的哪一款（哪一项）？各款的处罚不同")
    if name.startswith("情节") or name in ("造成后果", "再次违法", "逾期不改正", "构成犯罪"):
        words = {
            "造成后果": "是否造成了条文所说的后果？",
            "再次违法": "是否属于条文所说的再次或者多次违法？",
            "逾期不改正": "责令改正的期限届满，当事人是否仍未改正？",
            "构成犯罪": "违法行为是否构成犯罪？",
        }.get(name, f"是否{name}？（由机关根据证据认定）")
        return MissingFact(fact=fact, question=words, options=_YES)
    if fact == UNSTATED:
        return MissingFact(fact=fact, question="条文只写罚款，没有写数额：由哪一个规定确定数额？")
    if fact.startswith("other."):
        return MissingFact(
            fact=fact, question=f"{name}是多少？（元，或者写明无法计算）" if "数" not in name else f"{name}是多少？"
        )
    words, options = question(fact, {})
    return MissingFact(fact=fact, question=words, options=options)


def fine_findings(
    judged: FineJudged, fine: float | None, ruling: Ruling, lighter: Sequence[Weighed], *, person: bool
) -> list[ReviewFinding]:
    """What is to be said of one fine; `person` for that on the persons in charge."""
    who = "对责任人员的罚款" if person else "罚款"
    basis = (ruling.label,)
    found = judged.range

    def one(code: str, severity: Severity, text: str, *more: str) -> ReviewFinding:
        return ReviewFinding(code=code, severity=severity, text=text, basis=(*basis, *more))

    reckoned = f"{span(found)}：{found.reckoning}" if found is not None else "因情形不同而不同"
    if judged.verdict == "no_clause":
        known = any(c.kind != "援引" for c in ruling.clauses)
        return [one("fine_not_provided", "error", f"依据没有规定{who}")] if known else []
    if judged.verdict == "condition_unmet":
        return [
            one(
                "fine_condition_unmet",
                "error",
                f"依据规定的{who}以一定的条件为前提（例如逾期不改正、拒不改正、情节严重），按已知的事实不满足",
            )
        ]
    if judged.verdict == "subject_mismatch":
        return [one("subject_mismatch", "error", "依据处罚的对象（单位或者个人）与当事人的类型不符")]
    if judged.verdict == "above":
        return [
            one(
                "above_maximum",
                "error",
                f"{who}{yuan(fine or 0)}高于法定上限（{reckoned}）。要使它成立，须有更高幅度的条款适用，或者改引依据",
            )
        ]
    if judged.verdict == "omitted":
        if person:
            return [
                one(
                    "person_not_punished",
                    "warning",
                    f"依据写明对责任人员也应当罚款（{reckoned}），拟处罚中没有；单位和个人分别处罚",
                )
            ]
        ground = "；有减轻处罚情节的，可以由并处改为单处，应当说明理由" if lighter else ""
        return [one("fine_omitted", "error", f"依据写明应当罚款（{reckoned}），拟处罚中没有{ground}")]
    if judged.verdict == "below":
        if lighter:
            names = "、".join(w.ground.title for w in lighter)
            more = tuple(dict.fromkeys(b for w in lighter for b in w.ground.basis))
            text = (
                f"{who}{yuan(fine or 0)}低于法定下限（{reckoned}），属于减轻处罚，理由：{names}；"
                "应当有证据，并说明减轻的幅度"
            )
            return [one("mitigated_below_minimum", "warning", text, *more)]
        text = (
            f"{who}{yuan(fine or 0)}低于法定下限（{reckoned}）。要使它成立，须有减轻处罚的情节："
            "主动消除或者减轻危害后果、受胁迫或者诱骗、主动供述尚未掌握的违法行为、立功，或者法律、法规、规章规定的其他情形"
        )
        return [one("below_minimum_without_ground", "error", text, f"{LAW}第三十二条")]
    out = []
    if judged.verdict == "undecided":
        parts = dict.fromkeys(
            f"{o.standing.clause.text}（{o.standing.clause.condition or '一般情形'}）"
            + (f"，即{span(o.reckoned.range)}" if o.reckoned.range else "")
            for o in (*judged.outcomes, *judged.graver)
        )
        out.append(
            one("depends_on_facts", "warning", f"{who}是否在幅度内取决于待查的事实，可能适用：" + "；".join(parts))
        )
        return out
    if fine and found is not None:
        out.append(one("fine_within", "info", f"{who}{yuan(fine)}在法定幅度内（{reckoned}）"))
    if fine and judged.graver:
        parts = dict.fromkeys(
            f"{o.standing.clause.condition}：{span(o.reckoned.range) if o.reckoned.range else o.standing.clause.text}"
            for o in judged.graver
        )
        out.append(one("gravity_not_raised", "info", f"没有看到加重情节的事实；如果认定，幅度另为{'；'.join(parts)}"))
    return out


def opinion(answer: ProportionalityAnswer, proposed: ProposedPenalty, kinds: Kinds) -> str:
    """The whole review as a text; its citations are checked by the caller."""
    parts = [f"罚款{yuan(proposed.fine)}"] if proposed.fine is not None else []
    parts += [f"对责任人员罚款{yuan(proposed.fine_person)}"] if proposed.fine_person is not None else []
    parts += [kind for kind in kinds.kinds if kind != "罚款"]
    parts += [f"{order}（不是行政处罚）" for order in kinds.orders]
    lines = [f"结论：{answer.label}。", f"依据：{answer.basis}。", f"拟处罚：{'、'.join(parts)}。"]
    if answer.contradictions:
        lines += ["事实相互矛盾，以下核算只供核对，不作结论：", *(f"- {one}" for one in answer.contradictions)]
    if answer.range is not None:
        lines.append(f"法定幅度：{span(answer.range)}。")
    if answer.range_person is not None:
        lines.append(f"责任人员的法定幅度：{span(answer.range_person)}。")
    if answer.tier is not None:
        tier = answer.tier
        upper = "不封顶" if tier.max is None else yuan(tier.max)
        lines.append(f"裁量阶次：{tier.name}，{yuan(tier.min)}至{upper}（性质：{tier.nature}；{tier.method}）。")
    if answer.missing:
        lines += ["需要查明：", *(f"- {one.question}" for one in answer.missing)]
    if answer.findings:
        lines.append("审查意见：")
        lines += [f"- 【{_SEVERITY[f.severity]}】{f.text}{_rests(f.basis)}" for f in answer.findings]
    lines.append("程序：")
    lines += [f"- {STEPS[s.code]}（{STATUSES[s.status]}）：{s.text}{_rests(s.basis)}" for s in answer.procedure]
    return "\n".join(lines)


def _rests(basis: Sequence[str]) -> str:
    return f"（{'、'.join(dict.fromkeys(basis))}）" if basis else ""
