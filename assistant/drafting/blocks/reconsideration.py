"""The papers of administrative reconsideration: opinion, proposal and reply."""

import datetime as dt
import re

from assistant.drafting.blocks.exemption import deciding, sparing_sentence
from assistant.drafting.blocks.facts import contradictions
from assistant.drafting.blocks.law import basis_of
from assistant.drafting.blocks.penalty import STEPS, proposed, said, span, step_figure, told_findings
from assistant.drafting.blocks.points import met_points, point_lines
from assistant.drafting.blocks.written import Written, numbered, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import blank, plain, second
from assistant.drafting.values import chinese_date
from assistant.rules.procedure.calendar import after_working_days
from assistant.schema import OpinionFigure, OpinionMissing, ProcedureStep, Veto

REPLY_DAYS = 10
"""行政复议法第四十八条, working days by 第八十八条第二款."""
SIMPLE_REPLY_DAYS = 5
"""行政复议法第五十四条第一款, working days too."""
ACT = "《中华人民共和国行政复议法》"
_SUSTAIN, _DISMISS, _CHANGED = "维持", "驳回行政复议请求", "已自行改变"
_REQUESTS = {
    _SUSTAIN: ("{act}认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当，请予维持", "第六十八条"),
    _DISMISS: ("答复人没有相应法定职责或者在受理前已经履行法定职责，请驳回行政复议请求", "第六十九条"),
    _CHANGED: (
        "答复人已经自行改变原行政行为，申请人仍要求撤销或者确认违法的，请依法处理",
        "第六十五条第二款第（二）项",
    ),
}
_IDLE = re.compile(r"^(?:不|未|没有|拒绝|拒不|拖延|逾期不)")
_NO_DUTY = re.compile(r"(?:没有|无|不具有|不具备|不属于)[^，。；]{0,16}(?:职责|职权|权限|管辖)")
_DUTY_DONE = re.compile(r"已(?:经)?(?:于|在)?[^，。；]{0,16}(?:履行|答复|处理|查处|责令|作出|办结|告知|受理|核查|立案)")
PENALTIES = "《中华人民共和国行政处罚法》"
_FAULT_CLAUSES = re.compile(r"(?:“[^”]*”|[^，。；！？!?\n“”])+")
_FAULT = re.compile(
    r"没有|未(?!遂)|不(?!服|予|动产|锈钢|足|同)|无(?!线|锡)|漏|错|误|超过|逾期|超期|迟|畸|过重|过轻|擅自|缺|混|只有|仅|代替|一律|随意|倒置|写成|由(?:办案|调查|承办)人员|先.{1,12}后"
)
_COUNTED = re.compile(r"^(?:其中|另)?(?:有)?[\d一二三四五六七八九十百]+件(?!.*案件(?:中|里)?$)")
_BRACKETS = re.compile(r"（《[^（）]*(?:（[^（）]*）[^（）]*)*）")
_CLAIMS = re.compile(r"认为|主张|声称|称其|要求|请求|不服")
_TOO_MUCH = ("过重", "畸重", "明显不当", "幅度", "太重", "不相当", "罚得")
_STEPS_OF = {"notice": ("告知", "陈述", "申辩"), "hearing": ("听证",), "decision_deadline": ("期限", "超期"),
             "service_deadline": ("送达",), "limitation": ("时效",), "legal_review": ("法制审核",)}  # fmt: skip


def opening(case: Case) -> Written:
    """Whose case it is: against an act, or because none was taken."""
    act, who = plain(case.slot("act")).replace("\n", " "), plain(case.slot("applicant")).replace("\n", " ")
    number = f"（案号：{plain(no)}）" if (no := case.text("case_no")) else ""
    idle = _IDLE.search(act) is not None
    if idle and case.form.kind == "reconsideration_reply":
        told = f"{who}以答复人{act}为由，申请行政复议{number}。"
    elif idle:
        told = f"{who}认为{case.text('addressee') or '被申请人'}{act}，申请行政复议{number}。"
    else:
        told = f"{who}不服{act}，申请行政复议{number}。"
    if case.form.kind != "reconsideration_reply":
        return Written((told,))
    article = "第五十四条第一款" if _simple(case) else "第四十八条"
    came = f"答复人于{case.slot('received_on')}收到行政复议申请书副本，现依照{ACT}{article}答复。"
    return Written((told, came))


def _simple(case: Case) -> bool:
    """Whether the case is heard in the simple procedure."""
    return "简易程序" in case.narrative


def found_problems(case: Case) -> tuple[str, ...]:
    """What the engines found wrong with the act, each with its basis."""
    out: list[str] = []
    if case.exemption is not None and case.exemption.verdict == "must_not_punish" and deciding(case) is not None:
        out.append(f"对依法应当不予行政处罚的行为给予了处罚。{sparing_sentence(case)}")
    if case.review is not None:
        told = told_findings(case)
        out += [said(case, f) for f in told if f.severity == "error"]
        out += [said(case, f) for f in told if f.severity == "warning" and f.code != "conduct_date_decides_law"]
    for step in case.steps:
        if step.status in ("violated", "overdue"):
            out.append(sentence(case, case.spoken(step.text), step.basis))
    return tuple(dict.fromkeys(out))


def problems(case: Case) -> Written:
    """The problems found by the engines and told in the description, beside those the person writes."""
    found = (*found_problems(case), *unweighed(case), *told_problems(case))
    figures = tuple(OpinionFigure(name="核算", text=one, computation=one) for one in found)
    if found or case.text("problems"):
        return Written(numbered(found), figures=figures)
    return _asked(case, "problems")


def told_problems(case: Case) -> tuple[str, ...]:
    """The clauses of the description that tell a fault, each once, with what the points of the form rest it on.

    What somebody claims is none, nor what only names a thing that a fault could be about; faults that are counted
    (5件…) are told even where no point speaks of them.
    """
    if case.text("problems"):
        return ()
    out: dict[str, list[str]] = {}
    for clause in _FAULT_CLAUSES.findall(case.narrative):
        told = clause.strip().replace("“", "").replace("”", "")  # quoted words before a provision pass for its own
        if _CLAIMS.search(told) or not (_FAULT.search(told) or _COUNTED.match(told)):
            continue
        points = [point for point, words in met_points(case, told) if words]
        if points or _COUNTED.match(told):
            out[told] = [basis for point in points for basis in point.basis]
    return tuple(sentence(case, told, bases) for told, bases in out.items())


def unweighed(case: Case) -> tuple[str, ...]:
    """Facts for the party that the decision should have weighed although it keeps within the range of the law."""
    if case.review is None or case.review.verdict not in ("within", "needs_facts") or case.text("problems"):
        return ()
    if case.exemption is None or case.exemption.verdict not in ("needs_facts", "may_not_punish", "mitigate"):
        return ()
    facts, told = case.facts, []
    if facts.first_violation is not None and facts.first_violation.value:
        told.append("初次违法")
    if facts.corrected is not None and facts.corrected.value in ("发现前主动改正", "责令前改正", "责令期限内改正"):
        told.append("及时改正")
    if facts.harm is not None and facts.harm.value in ("无", "轻微"):
        told.append("没有造成危害后果" if facts.harm.value == "无" else "危害后果轻微")
    if facts.reduced_harm is not None and facts.reduced_harm.value:
        told.append("主动消除或者减轻危害后果")
    if len(told) < 2:
        return ()
    named = f"当事人{'、'.join(told)}，是否应当从轻、减轻或者不予行政处罚，应当在处罚决定中逐项认定并说明理由"
    return (
        sentence(case, named, (f"{PENALTIES}第五条第二款", f"{PENALTIES}第三十二条", f"{PENALTIES}第三十三条第一款")),
    )


def advice(case: Case) -> Written:
    """What the addressee is asked to do, by the points of the form that the problems call for."""
    told = "\n".join(
        _BRACKETS.sub("", one)
        for one in (
            "" if case.text("advice") else case.text("problems") or "",
            *found_problems(case),
            *unweighed(case),
            *told_problems(case),
        )
    )
    lines = point_lines(case, met_points(case, told))
    if not lines and not case.text("advice"):
        return _asked(case, "advice")
    return Written(numbered(lines))


def _asked(case: Case, key: str) -> Written:
    """A field that must be filled after all, since nothing was found to stand in its place."""
    field = case.form.field(key)
    assert field is not None
    missing = OpinionMissing(fact=f"fields.{key}", label=field.name, question=field.question, required=True)
    return Written((blank(field.name),), missing=(missing,))


# the reply of the organ whose act is reviewed


def request(case: Case) -> Written:
    """What the reply asks for, and whether it comes in time."""
    chosen = case.text("request")
    line = blank("答复请求")
    if chosen is not None:
        text, article = _REQUESTS[chosen]
        if chosen == _DISMISS:
            text = _dismissed(case.narrative) or text
        line = sentence(case, text.format(act=case.slot("act")), (f"{ACT}{article}",))
    vetoes: list[Veto] = []
    found = found_problems(case)
    errors = [f for f in told_findings(case) if f.severity == "error"] if case.review else []
    bad_steps = [s for s in case.steps if s.status in ("violated", "overdue")]
    if chosen == _SUSTAIN and (errors or bad_steps or contradictions(case)):
        told = "；".join(one.rstrip("。") for one in found[:4])
        vetoes.append(
            Veto(
                code="conclusion_conflicts",
                text=f"请求维持，但核算发现应当改正的问题：{told}。可以考虑自行改变原行政行为，或者接受调解",
                basis=(f"{ACT}第五条", f"{ACT}第六十五条第二款第（二）项"),
            )
        )
    due = _due(case)
    if due is not None and due[1]:
        vetoes.append(due[1])
    notes = [] if due is None else [f"答复期限到{chinese_date(due[0])}（{due[2].computation}）"]
    if chosen is None and (errors or bad_steps):
        notes.append(
            f"核算发现应当改正的问题，请求维持以前先考虑自行改变：{'；'.join(one.rstrip('。') for one in found[:4])}"
        )
    figures = () if due is None else (due[2],)
    return Written((line,), figures=figures, vetoes=tuple(vetoes), notes=tuple(notes))


def _dismissed(told: str) -> str | None:
    """Which ground of 第六十九条 the case tells: no such duty, or a duty done; None when it tells neither."""
    if _NO_DUTY.search(told):
        return "答复人没有申请人所称的法定职责，请驳回行政复议请求"
    return "答复人在受理以前已经履行法定职责，请驳回行政复议请求" if _DUTY_DONE.search(told) else None


def _due(case: Case) -> tuple[dt.date, Veto | None, OpinionFigure] | None:
    value = case.values.get("received_on")
    if not isinstance(value, str):
        return None
    received = dt.date.fromisoformat(value)
    days = SIMPLE_REPLY_DAYS if _simple(case) else REPLY_DAYS
    last = after_working_days(received, days)
    signed = case.values.get("date")
    day = dt.date.fromisoformat(signed) if isinstance(signed, str) else case.as_of
    how = f"{chinese_date(received)}收到副本，次日起{days}个工作日，到{chinese_date(last.day)}{last.note}"
    basis = (f"{ACT}{'第五十四条第一款' if _simple(case) else '第四十八条'}", f"{ACT}第八十八条第二款")
    figure = OpinionFigure(name="答复期限", text=chinese_date(last.day), computation=how, basis=basis)
    if day <= last.day:
        return last.day, None, figure
    text = f"答复期限已过：{how}，成文日期为{chinese_date(day)}；逾期不答复、不举证的，视为没有证据、依据"
    veto = Veto(code="deadline_passed", text=text, basis=(*basis, f"{ACT}第七十条"), answerable=True)
    return last.day, veto, figure


def reply_basis(case: Case) -> Written:
    """The provision that the act rests on; its words stand among the provisions at the end."""
    basis = basis_of(case)
    if basis is None:
        return Written()
    return Written((f"适用的依据是{case.cite(basis)}，条文附后。",))


def reply_procedure(case: Case) -> Written:
    """The steps that were kept, each with the day and the rule."""
    if case.review is None:
        return Written()
    kept = [s for s in case.review.procedure if s.status == "ok"]
    lines = [f"{STEPS[s.code]}：{sentence(case, _kept(case, s), s.basis)}" for s in kept]
    left = [s for s in case.review.procedure if s.status == "needs_facts"]
    notes = tuple(f"程序待查，没有写进答复：{STEPS[s.code]}：{case.spoken(s.text)}" for s in left)
    return Written(tuple(lines), figures=tuple(step_figure(case, s) for s in kept), notes=notes)


def _kept(case: Case, step: ProcedureStep) -> str:
    """What was done, without what a step's text says for others to check."""
    return case.spoken(step.text).split("。")[0].split("；")[0]


def answers(case: Case) -> Written:
    """Each reason of the applicant with what is said to it: the person's words, else what the review shows."""
    claims, given = case.items("claims"), case.items("answers")
    if not claims:
        return Written((f"申请人的理由：{case.slot('claims')}。",))
    lines: list[str] = []
    missing: list[OpinionMissing] = []
    for at, claim in enumerate(claims):
        lines.append(second(at + 1, f"关于“{plain(claim).rstrip('。')[:30]}”"))
        if at < len(given):
            lines.append(f"{plain(given[at]).rstrip('。')}。")
            continue
        shown = _shown(case, claim)
        if shown is None:
            question = f"对申请人的理由“{claim[:60]}”怎样回应？"
            missing.append(
                OpinionMissing(fact="fields.answers", label="对理由的回应", question=question, required=True)
            )
            shown = blank(f"对“{claim[:20]}”的回应")
        lines.append(shown)
    return Written(tuple(lines), missing=tuple(missing))


def _shown(case: Case, claim: str) -> str | None:
    """What the review says to a claim about the amount or a step; None when it says nothing that answers it."""
    if case.review is None:
        return None
    if any(word in claim for word in _TOO_MUCH) and case.review.range is not None and case.review.verdict == "within":
        told = f"{proposed(case)}；法定幅度为{span(case.review.range)}，没有超出"
        return sentence(case, told, (case.review.basis,))
    steps: dict[str, ProcedureStep] = {step.code: step for step in case.review.procedure}
    for code, words in _STEPS_OF.items():
        if any(word in claim for word in words) and steps[code].status == "ok":
            return sentence(case, f"{STEPS[code]}的程序已经履行：{_kept(case, steps[code])}", steps[code].basis)
    return None
