"""Checks of days: what came before what, and within which period."""

import datetime as dt
import re

from assistant.casefiles.checks.papers import absent
from assistant.casefiles.cutting import Paper
from assistant.casefiles.dating import Dated, impossible_days
from assistant.casefiles.days import find_days, find_hours
from assistant.casefiles.fields import fields
from assistant.casefiles.outcome import Fault, Outcome, defect, missing, ok, unknown, weighed
from assistant.casefiles.people import officers
from assistant.casefiles.volume import DECISIONS, RECORDS, Volume
from assistant.rules.procedure import after_working_days

_AGAIN = re.compile(r"复查|整改|回访")
_LONGER = re.compile(r"延长[^。；]{0,10}(?:办案|办理|案件)?期限|延期[^。；]{0,6}(?:办理|审批)|经批准延长")
_EXTENDS = re.compile(r"延长|延期")
_NOT_COUNTED = ("检验鉴定报告", "听证笔录")
_RECITED = re.compile(
    r"[^。；\n]{0,40}(?:送达|告知|下达|制发)[^。；\n]{0,24}(?:事先|处罚|听证)[^。；\n]{0,8}告知书[^。；\n]{0,20}"
)
_WITNESSED = re.compile(r"见证人[^：:|\n]{0,8}[：:|][_＿]*[\u4e00-\u9fff]{2}|录像|拍照|录音")
_PUBLIC_ORDER = "治安管理处罚法"


def sequence(volume: Volume) -> Outcome:
    """The main steps in their order; an inversion of two of them is a veto."""
    decided = volume.decided
    steps: list[tuple[str, Dated | None, str, Dated | None]] = [
        ("立案", volume.filed, "调查终结", volume.on("调查终结报告")),
        ("立案", volume.filed, "处罚前的告知", volume.day(volume.notice)),
        ("立案", volume.filed, "处罚决定", decided),
        ("调查终结", volume.on("调查终结报告"), "处罚决定", decided),
        ("法制审核", volume.on("法制审核意见书"), "处罚决定", decided),
        ("处罚前的告知", volume.told, "处罚决定", decided),
        ("处罚前的告知", volume.day(volume.notice), "听证", volume.on("听证笔录")),
        ("听证", volume.on("听证笔录"), "处罚决定", decided),
        ("集体讨论", volume.on("集体讨论记录"), "处罚决定", decided),
        ("负责人的审批", volume.on("处罚决定审批表"), "处罚决定", decided),
        ("处罚决定", decided, "决定书的送达", volume.served_decision),
        ("处罚决定", decided, "结案", volume.on("结案审批表")),
    ]
    faults, doubts = [], []
    compared = 0
    for first, early, second, late in steps:
        if early is None or late is None:
            continue
        compared += 1
        if late.day < early.day:
            text = f"{second}（{late.day}）在{first}（{early.day}）之前"
            places = (volume.at(late), volume.at(early))
            if decided is not None and not decided.sure and decided in (early, late):
                doubts.append(Fault(f"{text}；决定书的日期读得不确定，待人工核对", places))
            else:
                faults.append(Fault(text, places))
    faults += _evidence_afterwards(volume, decided)
    held_too_long = _held_too_long(volume, decided)
    (doubts if volume.has("检验鉴定报告") else faults).extend(held_too_long)
    if not compared and not faults:
        return unknown("没有读到两个可以比较的日期，先后待人工核对", *volume.unreadable[:2])
    return weighed(faults, doubts, ok("立案、告知、决定、送达等的先后没有倒置"))


_HELD = re.compile(r"(?:扣押|查封)?期限(?:为)?(?:三十|30)(?:个)?日")
_HELD_LONGER = re.compile(r"延长[^。；\n]{0,12}(?:扣押|查封|强制措施)|(?:扣押|查封|强制措施)[^。；\n]{0,12}延长")


def _held_too_long(volume: Volume, decided: Dated | None) -> list[Fault]:
    """Things held for thirty days, and still held when the decision came (行政强制法第二十五条)."""
    paper, day = volume.first("查封扣押决定书"), volume.on("查封扣押决定书")
    if paper is None or day is None or decided is None or not _HELD.search(paper.tight):
        return []
    if volume.has("解除查封扣押决定书") or any(_HELD_LONGER.search(p.tight) for p in volume.papers if p.readable):
        return []
    last = day.day + dt.timedelta(days=30)
    if decided.day <= last:
        return []
    text = f"{day.day}扣押三十日，到{last}届满，没有延长、解除，{decided.day}才作出处理决定"
    return [Fault(text, (volume.at(day), volume.at(decided)))]


def _evidence_afterwards(volume: Volume, decided: Dated | None) -> list[Fault]:
    """Evidence that was all taken after the decision."""
    records = [
        found for paper in volume.of(*RECORDS) if not _AGAIN.search(paper.tight) and (found := volume.day(paper))
    ]
    if decided is None or not records or any(found.day <= decided.day for found in records):
        return []
    return [
        Fault(
            f"{found.paper.name}（{found.day}）在处罚决定（{decided.day}）之后", (volume.at(found), volume.at(decided))
        )
        for found in records
    ]


def days(volume: Volume) -> Outcome:
    """The other days of the file: evidence and filing, hours, what the decision says of the notice."""
    faults: list[Fault] = []
    for paper in volume.papers:
        for line, found in impossible_days(paper):
            faults.append(Fault(f"{paper.name}的日期“{found.text}”不存在", (volume.place(paper, line, found.text),)))
    faults += _against_filing(volume)
    faults += _against_report(volume)
    faults += _later_than_today(volume)
    faults += _recited(volume)
    faults += _hours(volume)
    faults += _hearing_notice(volume)
    closed = volume.on("结案审批表")
    for name, before in (("决定书的送达", volume.served_decision), ("缴款", volume.on("缴款凭证"))):
        if closed is not None and before is not None and closed.day < before.day:
            faults.append(
                Fault(f"结案（{closed.day}）在{name}（{before.day}）之前", (volume.at(closed), volume.at(before)))
            )
    if not faults and volume.filed is None and volume.decided is None:
        return unknown("没有读到日期，待人工核对", *volume.unreadable[:2])
    return weighed(faults, [], ok("各份文书的日期前后衔接"))


def _against_filing(volume: Volume) -> list[Fault]:
    filed = volume.filed
    if filed is None:
        return []
    looked = {found.day for paper in volume.of("现场检查笔录") if (found := volume.day(paper))}
    early = [  # what an inspection met with may have to be kept there and then
        found
        for paper in volume.of("询问笔录", "证据先行登记保存通知书", "查封扣押决定书")
        if (found := volume.day(paper)) and (paper.name == "询问笔录" or found.day not in looked)
    ]
    return [
        Fault(
            f"{found.paper.name}（{found.day}）在立案（{filed.day}）之前，应当说明是立案前核查取得的",
            (volume.at(found), volume.at(filed)),
        )
        for found in early
        if found.day < filed.day
    ]


def _against_report(volume: Volume) -> list[Fault]:
    report = volume.on("调查终结报告")
    if report is None:
        return []
    faults = [
        Fault(f"{found.paper.name}（{found.day}）在调查终结（{report.day}）之后", (volume.at(found), volume.at(report)))
        for paper in volume.of(*RECORDS)
        if not _AGAIN.search(paper.tight) and (found := volume.day(paper)) and found.day > report.day
    ]
    told = volume.day(volume.notice)
    if told is not None and told.day < report.day:
        faults.append(Fault(f"告知（{told.day}）在调查终结（{report.day}）之前", (volume.at(told), volume.at(report))))
    return faults


def _later_than_today(volume: Volume) -> list[Fault]:
    dated = [found for paper in volume.papers if paper.stage not in ("", "卷首") and (found := volume.day(paper))]
    return [
        Fault(f"{found.paper.name}的日期{found.day}还没有到", (volume.at(found),))
        for found in dated
        if found.day > volume.as_of
    ]


def _recited(volume: Volume) -> list[Fault]:
    """The day on which the decision says that it gave notice, against the notice and its receipt."""
    decision, notice = volume.decision, volume.notice
    if decision is None or notice is None:
        return []
    real = {found.day for found in (volume.day(notice), volume.told) if found is not None}
    match = _RECITED.search(decision.tight)
    said = [found for found in find_days(match[0]) if found.day] if match else []
    if not real or not said or said[-1].day in real:
        return []
    line = decision.line_of(said[-1].text)
    text = f"决定书说{said[-1].day}告知，告知书和回证是{'、'.join(sorted(map(str, real)))}"
    return [Fault(text, (volume.place(decision, line, said[-1].text), volume.place(notice)))]


def _hours(volume: Volume) -> list[Fault]:
    """Hours that run backwards, and one officer in two places at once."""
    faults = []
    held = []
    for paper in volume.of(*RECORDS):
        timed = next((h for line in paper.lines[:25] if (h := find_hours(line.tight))), None)
        if timed is None:
            continue
        if timed.end < timed.begin:
            faults.append(Fault(f"{paper.name}的结束时间早于开始时间", (volume.place(paper),)))
        held.append((paper, timed, set(officers(paper.lines).names)))
    for at, (paper, timed, names) in enumerate(held):
        for other, others_time, others in held[at + 1 :]:
            both = names & others
            if both and timed.overlaps(others_time) and _where(paper) != _where(other):
                text = f"{'、'.join(sorted(both))}同一时间出现在两份笔录里：{paper.name}和{other.name}"
                faults.append(Fault(text, (volume.place(paper), volume.place(other))))
    return faults


def _where(paper: Paper) -> str:
    found = next(iter(fields(paper.lines, ("检查地点", "询问地点", "地点"))), None)
    return re.sub(r"\s", "", found.value) if found is not None else paper.title


def _hearing_notice(volume: Volume) -> list[Fault]:
    called, held = volume.on("听证通知书"), volume.on("听证笔录")
    if called is None or held is None:
        return []
    earliest = after_working_days(called.day, 7)
    if held.day >= earliest.day or not earliest.certain:
        return []
    text = f"{called.day}通知听证，最早应在{earliest.day}举行，却在{held.day}举行（应当提前七个工作日通知）"
    return [Fault(text, (volume.at(called), volume.at(held)))]


def kept_evidence(volume: Volume) -> Outcome:
    """Evidence kept is dealt with in seven working days."""
    kept = volume.on("证据先行登记保存通知书")
    if not volume.has("证据先行登记保存通知书"):
        return ok("没有先行登记保存")
    lost = absent(volume, "证据先行登记保存处理决定书")
    if lost is not None:
        where = (volume.at(kept),) if kept else ()
        if lost.status == "missing":
            return missing("先行登记保存之后没有处理决定", *where)
        return lost
    dealt = volume.on("证据先行登记保存处理决定书")
    if kept is None or dealt is None:
        return unknown("先行登记保存或者处理的日期没有读到，待人工核对", *volume.unreadable[:2])
    last = after_working_days(kept.day, 7)
    if dealt.day > last.day:
        text = f"{kept.day}先行登记保存，七个工作日到{last.day}{last.note}届满，{dealt.day}才处理"
        found = defect(text, volume.at(kept), volume.at(dealt))
        return found if last.certain else unknown(text, *found.places)
    if dealt.day < kept.day:
        return defect(f"处理（{dealt.day}）在先行登记保存（{kept.day}）之前", volume.at(dealt), volume.at(kept))
    return ok(f"{kept.day}登记保存，{dealt.day}处理，在七个工作日（到{last.day}）之内", volume.at(dealt))


def in_time(volume: Volume) -> Outcome:
    """The decision within ninety days of the filing, thirty under the law on public order."""
    filed, decided = volume.filed, volume.decided
    if filed is None or decided is None:
        return unknown("立案日期或者决定日期没有读到，待人工核对", *volume.unreadable[:2])
    cited = [c.checked.law or "" for c in volume.cited(decided.paper) if c.use == "penal"]
    limit = 30 if any(law.endswith(_PUBLIC_ORDER) for law in cited) else 90
    last = filed.day + dt.timedelta(days=limit)
    spent = f"{filed.day}立案，{limit}日到{last}届满，{decided.day}作出决定"
    if decided.day <= last:
        return ok(spent, volume.at(decided))
    longer = next((place for p in volume.papers if p.readable and (place := volume.find(p, _LONGER))), None)
    over = f"{spent}，超过{(decided.day - last).days}日"
    approved = next(
        (found for p in volume.papers if _EXTENDS.search(p.title) and (found := volume.day(p)) is not None), None
    )
    if approved is not None and approved.day > last:
        return defect(f"{over}；{approved.day}才批准延长，期限已经届满", volume.at(approved), volume.at(decided))
    if longer is not None:
        return unknown(f"{over}；卷内有延长的记载，是否有法律、法规、规章的依据和批准，待人工核对", longer)
    if volume.has(*_NOT_COUNTED):
        names = "、".join(name for name in _NOT_COUNTED if volume.has(name))
        over += f"；卷内有{names}，规章规定不计入的期间应当写明"
    return defect(over, volume.at(filed), volume.at(decided))


def service(volume: Volume) -> Outcome:
    """The decision served in seven working days, by a receipt that is filled in."""
    decision, decided = volume.decision, volume.decided
    receipts = [paper for paper, named in volume.receipts if set(named) & set(DECISIONS)]
    if not receipts:
        if decision is not None and volume.served_decision is not None:
            return ok("决定书上有当事人的签收", volume.at(volume.served_decision))
        if volume.of("送达回证") and decision is not None:
            return defect("有送达回证，但不是决定书的", *(volume.place(p) for p in volume.of("送达回证")[:2]))
        if volume.has("送达回证"):
            return unknown("送达回证是扫描件，未识别 → 待人工核对", *volume.unreadable[:2])
        if volume.procedure == "简易程序":
            return unknown("没有读到当场交付的签收，待人工核对", volume.place(decision) if decision else None)
        return absent(volume, "送达回证") or unknown("没有读到决定书的送达")
    faults: list[Fault] = []
    doubts: list[Fault] = []
    for paper in receipts:
        served = volume.day(paper)
        place = (volume.place(paper),)
        if served is None:
            faults.append(Fault("决定书的送达回证没有填写送达日期（纸质件已手填的，核对后改为无误）", place))
        elif decided is not None:
            last = after_working_days(decided.day, 7)
            text = f"{decided.day}作出决定，七个工作日到{last.day}{last.note}届满，{served.day}才送达"
            if served.day > last.day:
                (faults if last.certain else doubts).append(Fault(text, (volume.at(served),)))
        if "留置" in paper.tight and not _WITNESSED.search(paper.tight):
            faults.append(Fault("留置送达没有见证人，也没有写明以拍照、录像等方式记录", place))
        givers = officers(paper.lines, ("送达人员", "送达人"))
        if len(givers.names) == 1:
            faults.append(Fault(f"送达回证只有一名送达人（{givers.names[0]}）", place))
    served = volume.served_decision
    return weighed(faults, doubts, ok(f"{served.day if served else ''}送达", volume.place(receipts[0])))
