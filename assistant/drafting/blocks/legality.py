"""The legal review of a proposed penalty: its conclusion, and the eleven things it looks at."""

from collections.abc import Iterator

from assistant.drafting.blocks.exemption import deciding, proviso, sparing_sentence
from assistant.drafting.blocks.facts import asked, contradictions
from assistant.drafting.blocks.law import shown_grounds, told
from assistant.drafting.blocks.penalty import proposed, said, told_findings
from assistant.drafting.blocks.written import Written, numbered, resting, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import plain, table, unsettled
from assistant.rules.weighing import LAW
from assistant.schema import Veto

AGREE, INQUIRE, MEND, TRANSFER = "同意", "补充调查", "改正", "移送"
CHECKS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "authority": ("执法主体和权限", "行政处罚由具有行政处罚权的行政机关在法定职权范围内实施", ("第十七条",)),
    "officers": ("执法人员资格", "由具有行政执法资格的执法人员实施，不得少于两人", ("第四十二条第一款",)),
    "party_right": ("当事人认定", "当事人的姓名或者名称、证照信息应当与证据一致", ("第五十九条第一款第（一）项",)),
    "charge": ("定性", "当事人的行为应当与所引罚则的构成要件一致", ("第五条第二款",)),
    "evidence_right": ("事实和证据", "违法事实不清、证据不足的，不得给予行政处罚", ("第四十条", "第四十六条第二款")),
    "shown": (
        "亮证和权利告知",
        "应当出示执法证件，决定前告知内容、事实、理由、依据和权利",
        ("第五十五条第一款", "第四十四条"),
    ),
    "papers_right": ("文书", "决定书应当载明法定事项并盖章", ("第五十九条",)),
}
"""What a person must look at: name, what the law asks, and where."""


def _checked(case: Case, key: str) -> str:
    return case.text(key) or "待人工核对"


def _errors(case: Case) -> Iterator[str]:
    """What must be mended before a penalty is imposed, each with its basis."""
    for key, (name, rule, articles) in CHECKS.items():
        if case.text(key) == "不符合":
            yield sentence(case, f"{name}不符合：{rule}", tuple(f"{LAW}{one}" for one in articles))
    if case.exemption is not None and case.exemption.verdict == "must_not_punish" and deciding(case) is not None:
        told = proposed(case)
        yield f"{(sparing_sentence(case) or '').rstrip('。')}，不应当给予{f'{told}的处罚' if told else '行政处罚'}。"
        if (hangs := proviso(case)) is not None:
            yield hangs
    elif case.exemption is not None and case.exemption.verdict == "no_penalty_provision":
        ground = next((g for g in case.exemption.grounds if g.status == "met" and g.id == "refusal-only"), None)
        yield sentence(case, "改正后没有可以适用的罚则，拒不改正的才处罚", ground.basis if ground else ())
    if case.review is None:
        return
    errors = [said(case, f) for f in told_findings(case) if f.severity == "error"]
    if not errors and case.review.verdict in ("above_maximum", "below_minimum", "wrong_basis", "outside_tier"):
        yield sentence(case, case.review.label, (case.review.basis,))
    yield from errors
    for step in case.review.procedure:
        if step.status in ("violated", "overdue"):
            yield sentence(case, case.spoken(step.text), step.basis)


def proposed_opinion(case: Case) -> tuple[str, tuple[str, ...]]:
    """What the findings come to, and the reasons for it."""
    if case.review is not None:
        step = next(
            (s for s in case.review.procedure if s.code == "transfer_to_justice" and s.status == "required"), None
        )
        if step is not None:
            return TRANSFER, (sentence(case, case.spoken(step.text), step.basis),)
    errors = tuple(dict.fromkeys(_errors(case)))
    if errors and not contradictions(case):
        return MEND, errors
    if contradictions(case):
        return INQUIRE, tuple(f"{one}。" for one in contradictions(case))
    half = [g for g in shown_grounds(case) if g.status == "unknown" and told(case, g)]
    if half and case.exemption is not None and case.exemption.verdict == "needs_facts":
        names = "；".join(ground.title for ground in half)
        open_ = [case.spoken(one.question) for one in case.exemption.missing if set(one.decides) & {g.id for g in half}]
        return INQUIRE, (f"是否应当或者可以免罚、从轻还没有查清（{names}）。", *open_[:5])
    if case.review is None or case.review.verdict == "needs_facts":
        return INQUIRE, tuple(case.spoken(one.question) for one in asked(case)[:6])
    return AGREE, ()


def conclusion(case: Case) -> Written:
    """The opinion in its first sentence, then why."""
    if case.review is None:
        text = "送审材料没有写明拟处罚的内容和依据，不能审核"
        return Written((unsettled(text),))
    found, reasons = proposed_opinion(case)
    chosen = case.text("opinion") or found
    party, by = case.slot("party"), case.slot("submitted_by")
    words = {
        AGREE: f"同意{by}对{party}拟作出的行政处罚{_on_condition(case)}。",
        INQUIRE: sentence(case, f"事实尚未查清，退回{by}补充调查后重新送审", (f"{LAW}第四十条",)),
        MEND: f"{by}对{party}拟作出的行政处罚应当改正，改正后重新送审。",
        TRANSFER: sentence(case, "违法行为涉嫌犯罪，应当及时将案件移送司法机关", (f"{LAW}第二十七条第一款",)),
    }[chosen]
    lines = [words if chosen == AGREE else f"{chosen}。{words}"]
    lines += numbered(reasons)
    vetoes: tuple[Veto, ...] = ()
    if chosen == AGREE and found != AGREE:
        told = "；".join(reason.rstrip("。") for reason in reasons[:4])
        vetoes = (
            Veto(
                code="conclusion_conflicts",
                text=f"审核意见写“同意”，核算的结果是“{found}”：{told}",
                answerable=found == INQUIRE,
            ),
        )
    return Written(tuple(lines), vetoes=vetoes)


def _on_condition(case: Case) -> str:
    """What agreement hangs on: the items that nobody has looked at."""
    left = [name for key, (name, _, _) in CHECKS.items() if case.text(key) is None]
    hangs = [f"{'、'.join(left)}核对无误"] if left else []
    if case.review is not None and any(f.code == "conduct_date_decides_law" for f in case.review.findings):
        hangs.append("查明违法行为的日期、所依据的文本适用于该日")
    return f"，以{'，并'.join(hangs)}为前提" if hangs else ""


def items(case: Case) -> Written:
    """The eleven things a review looks at, who has looked at each, and what the law asks."""
    review = case.review
    rows: list[tuple[str, str, str]] = []

    def person(key: str) -> None:
        name, rule, articles = CHECKS[key]
        rows.append((name, _checked(case, key), _cell(case, rule, tuple(f"{LAW}{one}" for one in articles))))

    person("authority")
    person("officers")
    person("party_right")
    known = contradictions(case)
    if known:
        rows.append(("事实和证据", "不符合", _cell(case, "；".join(known), (f"{LAW}第四十条",))))
    else:
        person("evidence_right")
    basis = case.cite(str(case.values["basis"])) if "basis" in case.values else case.slot("basis")
    matter = plain(case.slot("matter")).replace("\n", " ")
    rows.append(("定性", _checked(case, "charge"), f"{matter}，拟依据{basis}处罚；构成要件应当逐项对照证据。"))
    wrong = review is not None and review.verdict == "wrong_basis"
    state = "待查" if review is None else "不符合" if wrong else "符合"
    rows.append(("法律适用", state, f"依据：{basis}。" + (f"{review.label}。" if review and wrong else "")))
    if review is not None:
        fits = {"within": "符合", "needs_facts": "待查"}.get(review.verdict, "不符合")
        label = review.label
        if wrong:
            fits = "待查"
        elif case.exemption is not None and case.exemption.verdict == "must_not_punish" and deciding(case) is not None:
            fits, label = "不符合", "应当不予行政处罚，拟给予处罚"
        rows.append(("裁量", fits, _cell(case, label, (f"{LAW}第五条第二款",))))
        bad = [s for s in review.procedure if s.status in ("violated", "overdue")]
        late = "；".join(case.spoken(s.text).rstrip("。") for s in bad)
        open_ = any(s.status == "needs_facts" for s in review.procedure)
        rows.append(("程序", "不符合" if bad else "待查" if open_ else "符合", f"{late or '见“程序和期限”'}。"))
    person("shown")
    person("papers_right")
    step = next((s for s in review.procedure if s.code == "transfer_to_justice"), None) if review else None
    if step is not None:
        state = {"required": "应当移送", "not_required": "不需要"}.get(step.status, "待查")
        rows.append(("涉罪移送", state, _cell(case, case.spoken(step.text), step.basis)))
    rows.append(
        ("公示和信用（建议）", "提示", _cell(case, "具有一定社会影响的决定应当依法公开", (f"{LAW}第四十八条第一款",)))
    )
    return Written(table(("事项", "结果", "说明和依据"), rows))


def _cell(case: Case, text: str, basis: tuple[str, ...]) -> str:
    return f"{text.rstrip('。；')}{resting(case, basis)}。"
