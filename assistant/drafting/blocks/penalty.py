"""The proposed penalty: what is proposed, what the law allows, what the review found, and the procedure."""

from assistant.drafting.blocks.written import Written, resting, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import blank, table
from assistant.rules.procedure.money import plain
from assistant.schema import FineRange, OpinionFigure, OpinionMissing, ProcedureStep, ReviewFinding

STEPS = {
    "limitation": "处罚时效", "hearing": "听证", "legal_review": "法制审核", "collective_discussion": "集体讨论",
    "on_the_spot": "当场处罚", "notice": "事先告知", "decision_deadline": "办案期限", "service_deadline": "送达期限",
    "transfer_to_justice": "移送司法", "double_fine": "一事不二罚款",
}  # fmt: skip
STATES = {
    "required": "应当", "not_required": "不需要", "ok": "符合", "overdue": "逾期", "violated": "违反",
    "needs_facts": "待查",
}  # fmt: skip
_UNOFFICIAL = frozenset({"tier_hint", "tier_reckoned", "tier_differs", "benchmark_for_reference"})
"""Findings that rest on no official benchmark: for the person who writes, not for the paper."""
_SAID_ELSEWHERE = frozenset({"perhaps_no_penalty", "both_computed", "order_ignored"})


def proposed(case: Case) -> str | None:
    """What is proposed, in words; None when nothing is."""
    parts = []
    for key, words in (("fine", "罚款"), ("fine_person", "对责任人员罚款")):
        value = case.values.get(key)
        if isinstance(value, float):
            parts.append(f"{words}{plain(value)}元")
    parts += [kind for kind in case.items("kinds") if kind != "罚款"]
    return "、".join(parts) or None


def proposal(case: Case) -> Written:
    """The proposed penalty and its basis."""
    told = proposed(case)
    question = "拟给予什么处罚（罚款多少元、其他种类）？"
    missing = () if told else (OpinionMissing(fact="fields.fine", label="拟处罚", question=question, required=True),)
    basis = case.cite(str(case.values["basis"])) if "basis" in case.values else case.slot("basis")
    return Written((f"拟处罚：{told or blank('拟处罚')}。依据：{basis}。",), missing=missing)


def allowed(case: Case) -> Written:
    """The range that the law allows, with how it was reckoned, and the tier of a benchmark."""
    review = case.review
    if review is None:
        return Written()
    lines: list[str] = []
    figures: list[OpinionFigure] = []
    for name, found in (("法定幅度", review.range), ("对责任人员的法定幅度", review.range_person)):
        if found is None:
            continue
        text, how = span(found), case.spoken(found.reckoning)
        fine = case.values.get("fine_person" if found is review.range_person else "fine")
        within = isinstance(fine, float) and found.min <= fine and (found.max is None or fine <= found.max)
        said = (
            f"，{'处' if case.after else '拟处'}的{plain(fine)}元在幅度以内"
            if within and isinstance(fine, float)
            else ""
        )
        lines.append(sentence(case, f"{name}为{text}：{how}{said}", (review.basis,)))
        figures.append(OpinionFigure(name=name, text=text, computation=how, basis=(case.cite(review.basis),)))
    if review.tier is not None and review.tier.nature == "官方":
        top = "不封顶" if review.tier.max is None else f"{plain(review.tier.max)}元"
        text = f"{plain(review.tier.min)}元至{top}"
        told = f"裁量阶次为{review.tier.name}，{text}（{review.tier.method}）"
        lines.append(sentence(case, told, (review.tier.basis,)))
        figures.append(OpinionFigure(name="裁量阶次", text=text, computation=told, basis=(review.tier.basis,)))
    return Written(tuple(lines), figures=tuple(figures))


def span(found: FineRange) -> str:
    """50000元至100000元; 5000元以下 where the law sets no least."""
    if found.max is None:
        return f"{plain(found.min)}元以上"
    return f"{plain(found.min)}元至{plain(found.max)}元" if found.min else f"{plain(found.max)}元以下"


def said(case: Case, finding: ReviewFinding) -> str:
    """A finding as a sentence with its basis."""
    return sentence(case, case.spoken(finding.text), finding.basis)


def told_findings(case: Case) -> tuple[ReviewFinding, ...]:
    """The findings that a paper tells of, each once; what other parts of it say is left to them."""
    if case.review is None:
        return ()
    steps = {step.code for step in case.review.procedure}
    unique = {
        (f.code, f.text): f
        for f in case.review.findings
        if f.code not in _SAID_ELSEWHERE | _UNOFFICIAL and f.code not in steps and not _in_range(case, f)
    }
    return tuple(unique.values())


def _in_range(case: Case, finding: ReviewFinding) -> bool:
    """Whether a finding only says that the fine is in a range, which the paper says where it gives the range."""
    return (
        finding.code == "fine_within"
        and case.review is not None
        and bool(case.review.range or case.review.range_person)
    )


def findings(case: Case) -> Written:
    """What the review found, errors first."""
    found = told_findings(case)
    rank = {"error": 0, "warning": 1, "info": 2}
    marks = {"error": "应当改正", "warning": "应当注意", "info": "说明"}
    ordered = sorted(found, key=lambda f: rank[f.severity])
    lines = [f"{marks[f.severity]}：{said(case, f)}" for f in ordered]
    figures = tuple(
        OpinionFigure(name="核算", text=f.text, computation=f.text, basis=tuple(case.cite(b) for b in f.basis))
        for f in ordered
        if any(c.isdigit() for c in f.text)
    )
    hints = [f for f in case.review.findings if f.code in _UNOFFICIAL] if case.review is not None else []
    return Written(
        tuple(f"{at}．{line}" for at, line in enumerate(lines, 1)),
        figures=figures,
        notes=tuple(dict.fromkeys(case.spoken(f.text) for f in hints)),
    )


def step_figure(case: Case, step: ProcedureStep) -> OpinionFigure:
    """The days and amounts of a step, with how they were reckoned."""
    due = case.spoken(step.due.isoformat()) if step.due else STATES[step.status]
    told = case.spoken(step.text)
    return OpinionFigure(
        name=STEPS[step.code], text=due, computation=told, basis=tuple(case.cite(b) for b in step.basis)
    )


def procedure(case: Case) -> Written:
    """The steps that bear on the case with their standing and basis; what only could be asked is for the writer."""
    if case.review is None:
        return Written()
    shown = [s for s in case.review.procedure if not _beside(case, s)]
    rows = [
        (STEPS[s.code], STATES[s.status], f"{case.spoken(s.text).rstrip('。')}{resting(case, s.basis)}。")
        for s in shown
    ]
    notes = [
        f"程序表没有列入：{STEPS[s.code]}：{case.spoken(s.text)}"
        for s in case.review.procedure
        if s not in shown and s.status != "not_required"
    ]
    return Written(
        table(("程序", "情况", "说明和依据"), rows),
        figures=tuple(step_figure(case, step) for step in shown),
        notes=tuple(notes),
    )


def _beside(case: Case, step: ProcedureStep) -> bool:
    """Whether a step is no matter of this case: not called for, not raised, or looked at among the items."""
    if step.code == "on_the_spot":
        return step.status in ("not_required", "needs_facts")
    if step.code == "double_fine":
        return step.status in ("not_required", "needs_facts")
    return step.code == "transfer_to_justice" and (step.status == "not_required" or case.form.kind == "legality_review")
