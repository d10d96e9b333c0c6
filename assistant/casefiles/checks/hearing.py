"""Checks of what a heavy penalty needs: the hearing, the legal review, the discussion by those in charge."""

import re

from assistant.casefiles.checks.counsel import Counsel
from assistant.casefiles.checks.notice import DEFENCE, waives
from assistant.casefiles.checks.papers import absent
from assistant.casefiles.fields import fields
from assistant.casefiles.outcome import Fault, Outcome, defect, missing, ok, unknown, weighed
from assistant.casefiles.people import names_in, officers
from assistant.casefiles.volume import RECORDS, Volume
from assistant.rules.procedure import PenaltyPlan, after_working_days, procedure_steps
from assistant.schema import CaseFacts, FilePlace, Known, ProcedureStep

_REVIEWED = re.compile(
    r"(?:法制|法规|合法性|政策法规)(?:审核|审查|机构|部门|科|处|股|室|员|大队|人员)*(?:的)?(?:审核|审查)?(?:意见|结论)?[：:|]?[^。；\n|]{0,16}?"
    r"(?:同意|审核通过|通过审核|事实清楚|符合法定程序|程序合法|无异议)"
)
_ASKED = re.compile(r"(?:要求|申请)(?:举行|组织|公开)?听证")


def hearing(volume: Volume, counsel: Counsel) -> Outcome:
    """The right to a hearing told of, and the hearing held by someone who did not investigate."""
    decision, notice = volume.decision, volume.notice
    shown = decision or notice
    if shown is None:
        return unknown("没有告知书和决定书，无从核对听证")
    step = hearing_step(volume, counsel)
    faults: list[Fault] = []
    applies = step is not None and step.status in ("required", "ok", "violated")
    above = None if applies else _above_references(volume, counsel)
    tells = any("听证" in paper.tight for paper in volume.notices)
    if applies and notice is not None and not tells and step is not None:
        faults.append(Fault(f"{step.text.split('；')[0]}，告知书没有告知", (volume.place(notice),)))
    if above is not None and notice is not None and not tells and not any(map(volume.cut_short, volume.notices)):
        faults.append(Fault(above, (volume.place(shown, volume.imposed(shown).line), volume.place(notice))))
    asked = volume.first("听证申请书")
    said = next((place for p in volume.of(*DEFENCE, "送达回证") if (place := volume.find(p, _ASKED))), None)
    wants = (volume.place(asked) if asked else None) or (said if not waives(volume, "听证") else None)
    if wants is not None and not volume.has("听证笔录"):
        lost = absent(volume, "听证笔录")
        if lost is not None and lost.status == "missing":
            faults.append(Fault("当事人要求听证，卷内没有听证笔录", (wants,)))
        elif lost is not None and not faults:
            return unknown(f"当事人要求听证；{lost.text}", wants)
    faults += _presiding(volume)
    if faults:
        return weighed(faults, [], ok(""))
    if applies and decision is not None and volume.told is not None and volume.decided is not None:
        last = after_working_days(volume.told.day, 5)
        early = volume.decided.day <= last.day and last.certain
        if early and not volume.has("听证笔录", "放弃陈述申辩声明") and not waives(volume, "听证"):
            text = f"{volume.told.day}告知，要求听证的期限到{last.day}，{volume.decided.day}期限没有届满就作出决定"
            return defect(text, volume.at(volume.told), volume.at(volume.decided))
    if step is not None and step.status == "needs_facts" and not tells:
        return unknown(step.text, volume.place(notice or shown))
    return ok("已告知要求听证的权利" if tells else "不属于应当告知听证的情形", volume.place(notice or shown))


def _above_references(volume: Volume, counsel: Counsel) -> str | None:
    """That a fine is above every reference held for a hearing; those of its own field alone, where there are any.

    They are not official here, so the words say so; below them nothing is said.
    """
    paper = volume.decision or volume.notice
    fine = volume.imposed(paper).fine if paper is not None else None
    if fine is None:
        return None
    own, party = counsel.field(volume), counsel.party_type(volume)
    held = [t for t in counsel.discretion.thresholds if t.procedure == "听证" and t.law is None]
    known = [t for t in held if t.citizen is not None and t.organisation is not None]
    limits = [(t.citizen if party == "自然人" else t.organisation) or 0.0 for t in known if t.field == own]
    limits = limits or [(t.citizen if party == "自然人" else t.organisation) or 0.0 for t in known]
    if not limits or fine < max(limits):
        return None
    return (
        f"罚款{fine:g}元，达到{max(limits):g}元的参考口径（性质待核，本地另有更高标准的除外），"
        "属于“较大数额罚款”应当告知要求听证的权利，告知书没有告知"
    )


def _presiding(volume: Volume) -> list[Fault]:
    record = volume.first("听证笔录")
    if record is None:
        return []
    investigated = {name for p in volume.of(*RECORDS) for name in officers(p.lines).names}
    return [
        Fault(f"听证主持人{name}是本案调查人员", (volume.place(record, field.line, name),))
        for field in fields(record.lines, ("听证主持人", "主持人"))
        for name in names_in(field.value)
        if name in investigated
    ]


def hearing_step(volume: Volume, counsel: Counsel) -> ProcedureStep | None:
    """The hearing as the engine of procedure sees it; None when the penalty cannot be read."""
    return _step(volume, counsel, "hearing")


def _step(volume: Volume, counsel: Counsel, code: str, *, spot: bool = False) -> ProcedureStep | None:
    paper = volume.decision or volume.notice
    if paper is None:
        return None
    imposed = volume.imposed(paper)
    if not imposed.kinds:
        return None
    law = next((c.checked.law for c in volume.cited(paper) if c.use == "penal" and c.checked.law), "")
    party = counsel.party_type(volume)
    facts = CaseFacts(
        party_type=Known(value=party) if party else None,
        field=Known(value=counsel.field(volume)) if counsel.field(volume) else None,
        other={"当场处罚": Known(value=True)} if spot else {},
    )
    plan = PenaltyPlan(
        law=law or "", article_text="", fine=imposed.fine or 0.0, kinds=imposed.kinds, facts=facts, as_of=volume.as_of
    )
    return next(step for step in procedure_steps(plan, counsel.discretion) if step.code == code)


def legal_review(volume: Volume, counsel: Counsel) -> Outcome:
    """Reviewed by the legal office where the law requires it."""
    paper = volume.first("法制审核意见书")
    if paper is not None:
        against = volume.find(
            paper, re.compile(r"审核意见[：:|]?(?:为)?(?:不同意|不予通过|不通过)|审核未通过|不同意作出")
        )
        if against is not None and not re.search(r"(?:修改|补正|补充)后[^。]{0,10}同意", paper.tight):
            return defect("法制审核没有通过，仍然作出了决定", against)
        return ok("经过法制审核", volume.place(paper))
    lost = absent(volume, "法制审核意见书")
    if lost is None:
        return unknown("法制审核意见书是扫描件，未识别 → 待人工核对", *volume.unreadable[:1])
    written = _written_in(volume, _REVIEWED)
    if written is not None:
        return ok("法制审核的意见写在内部审批的文书里", written)
    shown = volume.decision or volume.notice
    if shown is None:
        return unknown("没有告知书和决定书，看不出是否应当法制审核")
    held = volume.first("听证笔录")
    step = hearing_step(volume, counsel)
    heavy = step is not None and step.status in ("required", "ok", "violated")
    if held is None and not heavy:
        if step is not None and step.status == "not_required":
            return ok("看不出属于应当法制审核的情形；本单位的审核目录另有规定的，由人核对")
        return unknown(
            "没有法制审核意见；是否应当审核取决于本单位的审核目录（待确认），待人工核对", volume.place(shown)
        )
    why = "经过听证程序" if held is not None else (step.text.split("；")[0] if step else "")
    if lost.status == "missing":
        return missing(f"{why}，应当法制审核，案卷里没有审核意见", volume.place(held or shown))
    return unknown(f"{why}，应当法制审核；{lost.text}", *lost.places)


def _written_in(volume: Volume, pattern: re.Pattern[str]) -> FilePlace | None:
    """Where a form of approval, or the report, holds an opinion that other offices put on a paper of its own."""
    papers = volume.of("处罚决定审批表", "调查终结报告", "案件审理意见")
    return next((place for paper in papers if (place := volume.find(paper, pattern))), None)


def discussed(volume: Volume, counsel: Counsel) -> Outcome:
    """Discussed by those in charge where the case is complicated or grave."""
    paper = volume.first("集体讨论记录")
    if paper is not None:
        return ok("经过集体讨论", volume.place(paper))
    lost = absent(volume, "集体讨论记录")
    if lost is None:
        return unknown("集体讨论记录是扫描件，未识别 → 待人工核对", *volume.unreadable[:1])
    grave = re.compile(
        r"(?<!不属于)(?<!不是)(?<!不构成)(?:本案)?(?:属于|系|为|构成)[^。；\n]{0,6}(?:情节复杂|重大违法|重大(?:、|或者?)?复杂|重大案件)"
    )
    said = next((place for p in volume.papers if p.readable and (place := volume.find(p, grave))), None)
    step = _step(volume, counsel, "collective_discussion")
    panel = volume.first("合议记录", "案件审理意见")
    needed = said is not None or (step is not None and step.status == "required")
    shown = volume.decision or volume.notice
    if needed:
        why = "卷内认定情节复杂或者重大违法" if said is not None else (step.text.split("，通常")[0] if step else "")
        place = said or (volume.place(shown) if shown else None)
        if panel is not None:
            text = f"{why}，应当由负责人集体讨论；卷内有{panel.name}，是不是负责人集体讨论待人工核对"
            return unknown(text, volume.place(panel))
        if lost.status == "missing":
            return missing(f"{why}，应当集体讨论，案卷里没有讨论记录", place)
        return unknown(f"{why}，应当集体讨论；{lost.text}", place)
    if step is not None and step.status == "needs_facts":
        return unknown(
            "没有集体讨论记录；是否情节复杂或者重大违法由机关认定，待人工核对", volume.place(shown) if shown else None
        )
    return ok("看不出情节复杂或者重大违法")


def on_the_spot(volume: Volume, counsel: Counsel) -> Outcome:
    """A penalty decided on the spot is one that may be."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对")
    step = _step(volume, counsel, "on_the_spot", spot=True)
    if step is None:
        return unknown("没有读出处罚的内容，待人工核对", volume.place(decision))
    place = volume.place(decision, volume.imposed(decision).line)
    if step.status == "violated":
        return defect(step.text, place)
    return ok(step.text, place) if step.status == "ok" else unknown(step.text, place)
