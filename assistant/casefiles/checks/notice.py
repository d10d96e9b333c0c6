"""Checks of the notice: the rights told, the time given, the defence answered, nothing made heavier."""

import datetime as dt
import re

from assistant.casefiles.checks.papers import absent
from assistant.casefiles.checks.party import same, slip, subject
from assistant.casefiles.cutting import Paper
from assistant.casefiles.days import find_days
from assistant.casefiles.outcome import Fault, Outcome, defect, ok, unknown, weighed
from assistant.casefiles.people import parties
from assistant.casefiles.volume import DECISIONS, NOTICE, Volume
from assistant.numerals import NUMERAL, to_int
from assistant.rules.procedure import after_working_days
from assistant.schema import FilePlace

DEFENCE = ("陈述申辩书",)
_RIGHTS = re.compile("陈述|申辩")
_TERM = re.compile(rf"(?P<n>{NUMERAL})(?:个)?(?P<work>工作)?(?:日|天)(?:之?内|以内)")
_RAISED = re.compile(
    r"(?:当事人|你(?:单位|公司|店)?|其|该公司)[^。；\n]{0,24}(?<!未)(?<!没有)(?:提出|提交|递交)(?:了|过)?[^。；\n]{0,14}(?:陈述|申辩)"
)
_ANSWERED = re.compile(r"复核|(?:不予|未予|予以|部分)?采纳|不成立|理由(?:不)?成立")
_ASKED = re.compile(r"(?:要求|申请)(?:举行|组织|公开)?听证")
_BY_THE_HEAD = re.compile(r"每(?:人|名|次|件|辆|户|个|份|平方米|吨)[^。；]{0,10}元")
_TELLS = {
    "事实": re.compile(r"经(?:依法)?(?:查|调查|检查|核查)|查明|发现|事实|存在|行为|违反|涉嫌|因你"),
    "依据": re.compile(r"依据|根据|依照|按照"),
}


def rights(volume: Volume) -> Outcome:
    """Statement and defence told of, and the time given for them waited for."""
    notice = volume.notice
    if volume.procedure == "简易程序":
        decision = volume.decision
        said = next(
            (place for p in volume.papers if p.readable and (place := volume.find(p, re.compile("陈述|申辩")))), None
        )
        if said is not None:
            return ok("告知了陈述、申辩的权利", said)
        return unknown("没有读到当场告知陈述、申辩权利的记载，待人工核对", volume.place(decision) if decision else None)
    if notice is None:
        lost = absent(volume, NOTICE)
        return unknown(
            (lost.text if lost else "告知书是扫描件，未识别") + "（另见主要程序文书）", *(lost.places if lost else ())
        )
    telling = next((paper for paper in volume.notices if _RIGHTS.search(paper.tight)), None)
    if telling is None and any(volume.cut_short(paper) for paper in volume.notices):
        return unknown("告知书没有读全，是否告知了陈述、申辩的权利待人工核对", volume.place(notice))
    if telling is None:
        return defect("告知书没有告知陈述、申辩的权利", volume.place(notice))
    untold = _untold(volume)
    if untold is not None:
        return untold
    early = _before_published(volume) or _too_early(volume, telling)
    return early or ok("告知了陈述、申辩的权利", volume.find(telling, _RIGHTS))


def _untold(volume: Volume) -> Outcome | None:
    """A decision against somebody whom no notice names."""
    for paper in volume.of(*DECISIONS):
        named = parties(paper.lines)
        if not named or not volume.notices or any(map(volume.cut_short, volume.notices)):
            continue
        name = same(named[0].name)
        if any(name in same(notice.tight) for notice in volume.notices):
            continue
        told = {same(one.name) for notice in volume.notices for one in parties(notice.lines)}
        if not told or any(slip(name, one) for one in told) or subject(volume).status == "defect":
            continue
        text = f"决定处罚“{named[0].name}”，告知书只告知了“{'、'.join(sorted(told))}”，没有告知他"
        return defect(text, volume.place(paper, named[0].line), *(volume.place(notice) for notice in volume.notices))
    return None


_PUBLISHED = re.compile(r"公告送达[^。]{0,40}告知书[^。]{0,60}。[^。]{0,40}(?:经过|满|届满)(?P<n>三十|六十|30|60)日")


def _before_published(volume: Volume) -> Outcome | None:
    """A notice served by publication counts as served after the days it names: the decision waits for them."""
    decided = volume.decided
    for paper in volume.papers:
        match = _PUBLISHED.search(paper.tight.replace("\n", "")) if paper.readable and decided is not None else None
        if match is None or decided is None:
            continue
        line = paper.line_of("公告送达") or next((one for one in paper.lines if "公告送达" in one.tight), None)
        at = paper.lines.index(line) if line is not None else 0
        days = [found for one in paper.lines[at : at + 4] for found in find_days(one.tight) if found.day]
        if not days or days[-1].day is None:
            continue
        last = days[-1].day + dt.timedelta(days=to_int(match["n"]))
        if decided.day <= last:
            text = f"告知书{days[-1].day}公告送达，到{last}才视为送达，{decided.day}就作出了决定"
            return defect(text, volume.place(paper, line), volume.at(decided))
    return None


def _too_early(volume: Volume, notice: Paper) -> Outcome | None:
    """A decision before the time that the notice itself gave had passed, with nothing said and nothing waived."""
    told, decided = volume.told, volume.decided
    term = _term(notice, re.compile("陈述|申辩"))
    if told is not None and decided is not None and decided.day < told.day:
        return None  # upside down: another item's
    if told is None or decided is None or term is None or volume.has(*DEFENCE, "放弃陈述申辩声明", "听证笔录"):
        return None
    count, working, words = term
    if _raised(volume) is not None or waives(volume, "陈述|申辩|权利"):
        return None
    plain = told.day + dt.timedelta(days=count)
    working_end = after_working_days(told.day, count)
    places = (volume.place(notice, notice.line_of(words), words), volume.at(told), volume.at(decided))
    if decided.day < plain or (working and working_end.certain and decided.day <= working_end.day):
        text = f"{told.day}告知，给了“{words}”的陈述、申辩期限，{decided.day}期限没有届满就作出决定"
        return defect(text, *places)
    if decided.day <= working_end.day:
        text = (
            f"{told.day}告知，按工作日计算期限到{working_end.day}{working_end.note}，{decided.day}作出决定，待人工核对"
        )
        return unknown(text, *places)
    return None


def _raised(volume: Volume) -> FilePlace | None:
    """Where the decision tells of a defence that was made; 未在规定期限内提出 tells of none."""
    decision = volume.decision
    for match in _RAISED.finditer(decision.tight) if decision is not None else ():
        if decision is not None and not re.search(r"未|没有|没|不|是否|可以|有权|逾期|放弃", match[0]):
            return volume.place(decision, decision.line_of(match[0]), match[0])
    return None


def waives(volume: Volume, what: str) -> bool:
    """Whether the party gave a right up in so many words; 逾期视为放弃 in the notice is no such word."""
    pattern = re.compile(
        rf"(?<!视为)(?<!视同)(?<!视作)放弃[^。；\n]{{0,14}}(?:{what})|不(?:要求|申请|提出|进行)?[^。；，\n]{{0,4}}(?:{what})"
        rf"|(?:没有|无)(?:{what})(?:意见|要求)?"
    )
    papers = volume.of("送达回证", NOTICE, "放弃陈述申辩声明", *DEFENCE, *DECISIONS, "处罚决定审批表")
    return any(pattern.search(paper.tight) for paper in papers)


def _term(paper: Paper, about: re.Pattern[str]) -> tuple[int, bool, str] | None:
    """The period a paper gives for something: days, whether working days, its words."""
    for sentence in re.split(r"[。；\n]", paper.tight):
        if about.search(sentence) and (match := _TERM.search(sentence)):
            try:
                return to_int(match["n"]), match["work"] is not None, match[0]
            except ValueError:
                continue
    return None


def notice_content(volume: Volume) -> Outcome:
    """Facts, basis, the penalty in view with its amount, and the statutory time to ask for a hearing."""
    notice = volume.notice
    if notice is None:
        return unknown("没有可以核对的告知书（另见主要程序文书）", *volume.unreadable[:1])
    place = (volume.place(notice),)
    faults = [
        Fault(f"告知书没有写明{name}", place) for name, pattern in _TELLS.items() if not pattern.search(notice.tight)
    ]
    if not any(cited.checked.article for cited in volume.cited(notice)):
        faults.append(Fault("告知书没有引用具体的条文", place))
    proposed = volume.imposed(notice)
    if not proposed.kinds:
        faults.append(Fault("告知书没有写明拟给予的处罚", place))
    elif "罚款" in proposed.kinds and proposed.fine is None:
        faults.append(Fault("告知书没有写明拟罚款的数额", place))
    hearing = _term(notice, re.compile("听证"))
    if hearing is not None and hearing[0] < 5:
        line = notice.line_of(hearing[2])
        faults.append(
            Fault(f"要求听证的期限写成“{hearing[2]}”，应当是五日（工作日）", (volume.place(notice, line, hearing[2]),))
        )
    return weighed(faults, [], ok("告知书写明了事实、依据、拟给予的处罚和期限", *place))


def defence(volume: Volume) -> Outcome:
    """A defence that was made is weighed and answered."""
    decision = volume.decision
    papers = [p for p in volume.of(*DEFENCE) if not re.search(r"(?:放弃|没有|无)(?:任何)?(?:陈述|申辩|意见)", p.tight)]
    raised = _raised(volume)
    if not papers and raised is None:
        if volume.has(*DEFENCE) and not volume.of(*DEFENCE):
            return unknown("陈述申辩的文书是扫描件，未识别 → 待人工核对", *volume.unreadable[:2])
        return ok("没有看到当事人提出陈述、申辩")
    place = volume.place(papers[0]) if papers else raised
    if volume.has("陈述申辩复核意见书"):
        return ok("对陈述、申辩作了复核", place)
    if decision is None:
        return unknown("当事人提出了陈述、申辩；没有决定书，无从核对答复", place)
    if _ANSWERED.search(decision.tight):
        return ok("决定书答复了陈述、申辩", volume.find(decision, _ANSWERED))
    return defect("当事人提出了陈述、申辩，卷内没有复核，决定书也没有说明是否采纳和理由", place, volume.place(decision))


def not_heavier(volume: Volume) -> Outcome:
    """The decision imposes no more than the notice told."""
    notice, decision = volume.notice, volume.decision
    if notice is None or decision is None:
        return unknown("告知书和决定书不全，无从比较", *volume.unreadable[:1])
    told, done = volume.imposed(notice), volume.imposed(decision)
    if not told.kinds or not done.kinds:
        return unknown("没有读出告知或者决定的处罚内容，待人工核对", volume.place(notice), volume.place(decision))
    places = (volume.place(decision, done.line), volume.place(notice, told.line))
    faults = []
    if told.doubtful or done.doubtful:
        return unknown("罚款的大小写不一致（另见金额一致），是否重于告知待人工核对", *places)
    if _BY_THE_HEAD.search(told.text) and told.fine is not None and done.fine is not None and done.fine > told.fine:
        text = f"告知书按每人（次）的标准写罚款，决定合计{done.fine:g}元，是否重于告知待人工核对"
        return unknown(text, *places)
    if told.fine is not None and done.fine is not None and done.fine > told.fine:
        defended = volume.has(*DEFENCE) or _raised(volume) is not None
        why = "陈述、申辩以后加重了处罚" if defended else "比告知的重，没有重新告知"
        faults.append(Fault(f"告知罚款{told.fine:g}元，决定罚款{done.fine:g}元，{why}", places))
    if told.fine is None and done.fine is not None and "罚款" not in told.kinds:
        faults.append(Fault(f"决定罚款{done.fine:g}元，告知书没有罚款", places))
    more = [kind for kind in done.kinds if kind not in told.kinds and kind != "罚款"]
    if more:
        faults.append(Fault(f"决定增加了告知书没有的{'、'.join(more)}", places))
    return weighed(faults, [], ok("决定没有超出告知的处罚", *places))
