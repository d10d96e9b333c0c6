"""Checks of the decision itself: its facts, elements, reasons, remedies; correction ordered; crime handed over."""

import re

from assistant.casefiles.outcome import Fault, Outcome, defect, ok, unknown, weighed
from assistant.casefiles.volume import Volume
from assistant.numerals import NUMERAL, to_int

_FACTS = re.compile(
    r"经查|查明|查实|违法事实|检查(?:时|中)?发现|调查发现|现场发现|存在[^。]{2,80}(?:行为|问题)|实施了|违法行为(?:：|:|\|)|经调查|核查发现|有[^。，]{2,60}的(?:违法)?行为"
)
_SHORT = 150
_REASONS = re.compile(
    r"从轻|减轻|从重|裁量|情节(?:轻微|较轻|一般|较重|严重)|基准|阶次|过罚相当|综合考虑|考虑到|鉴于|社会危害|主观过错"
)
_CORRECTION = re.compile(
    r"责令[^。；\n]{0,20}(?:改正|停止|整改|拆除|补办|清除|恢复|补缴|退还|期限)|限期(?:改正|整改|拆除)|立即改正|已(?:经)?(?:自行)?(?:改正|整改|停止)"
)
_CRIME = re.compile(
    r"涉嫌(?:构成)?犯罪(?!的|，?应当依法)|涉嫌[^，。；\n]{1,14}罪(?!名|的)|(?:达到|已达|符合)[^。；\n]{0,14}追诉标准|(?:应当?|建议)[^。；\n]{0,6}移送(?:公安|司法)机关"
)
_NOT = re.compile(r"(?:不|未|没有|尚未|并未|无|是否|如果?|若|不存在|未发现|未达)[^，。；\n]{0,10}$")
_ANSWER = re.compile(r"^[：:|？?]*(?:是否)?(?:否|不|无|未)")
_REVIEW = re.compile(
    rf"(?P<n>{NUMERAL})(?:个)?(?P<u>日|天|月)(?:之?内|以内)[^。；;]{{0,60}}?复议|复议[^。；;]{{0,20}}?(?P<n2>{NUMERAL})(?:个)?(?P<u2>日|天|月)(?:之?内|以内)"
)
_SUIT = re.compile(
    rf"(?P<n>{NUMERAL})(?:个)?(?P<u>日|天|月)(?:之?内|以内)[^。；;，]{{0,40}}?(?:诉讼|起诉)|(?:诉讼|起诉)[^。；;，]{{0,16}}?(?P<n2>{NUMERAL})(?:个)?(?P<u2>日|天|月)(?:之?内|以内)"
)
_ELEMENTS = (
    ("当事人的地址", re.compile(r"住所|地址|住址|经营场所|居住地|住|籍贯")),
    ("证据", re.compile(r"证据|笔录|证实|证明|佐证")),
    ("处罚的依据", re.compile(r"依据|根据|依照|按照")),
)
_PAYING = re.compile(r"缴(?:纳|至|到|款)|交(?:至|到|纳)|银行|账户|帐户|代收|电子支付|缴款")
_TERM = re.compile(rf"{NUMERAL}(?:个)?(?:工作)?日(?:之?内|以内)")


def facts(volume: Volume) -> Outcome:
    """The decision tells what was done."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对")
    found = volume.find(decision, _FACTS)
    if found is not None:
        return ok("决定书写明了违法事实；是否清楚、有没有证据支持，由人判断", found)
    if len(decision.tight) < _SHORT or volume.cut_short(decision):
        return unknown("决定书读出的文字太少，待人工核对", volume.place(decision))
    return defect("决定书没有写明违法事实", volume.place(decision))


def elements(volume: Volume) -> Outcome:
    """What a decision must hold, but for the remedies, which are another item's."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对")
    place = (volume.place(decision),)
    text = decision.tight
    faults = []
    if not any(paper is decision for paper, _ in volume.parties):
        faults.append(Fault("决定书没有写明当事人", place))
    wanted = _ELEMENTS if volume.procedure != "简易程序" else tuple(e for e in _ELEMENTS if e[0] != "证据")
    faults += [Fault(f"决定书没有写明{name}", place) for name, pattern in wanted if not pattern.search(text)]
    done = volume.imposed(decision)
    if volume.procedure != "不予处罚":
        if not done.kinds:
            faults.append(Fault("没有读到决定书的处罚种类", place))
        elif "罚款" in done.kinds:
            if done.fine is None:
                faults.append(Fault("决定书没有写明罚款的数额", place))
            if not _PAYING.search(text):
                faults.append(Fault("决定书没有写明缴款的方式", place))
            elif not _TERM.search(text) and "当场收缴" not in text and "当场缴" not in text:
                faults.append(Fault("决定书没有写明缴款的期限", place))
    if volume.decided is None:
        faults.append(Fault("决定书没有日期", place))
    return weighed(faults, [], ok("决定书的要素齐全", *place))


def remedies(volume: Volume) -> Outcome:
    """Reconsideration within sixty days, a suit within six months."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对")
    text = decision.tight
    faults: list[Fault] = []
    for word, pattern, right, said in (
        ("行政复议", _REVIEW, {("60", "日"), ("60", "天")}, "六十日"),
        ("行政诉讼", _SUIT, {("6", "月")}, "六个月"),
    ):
        if word[2:] not in text and not (word == "行政诉讼" and "起诉" in text):
            faults.append(Fault(f"决定书没有告知{word}", (volume.place(decision),)))
            continue
        match = pattern.search(text)
        if match is None:
            faults.append(Fault(f"决定书没有写明{word}的期限", _places(volume, re.compile(word[2:]))))
            continue
        number, unit = match["n"] or match["n2"], match["u"] or match["u2"]
        if (str(_number(number)), unit) not in right:
            written = f"{number}{'个' if unit == '月' else ''}{unit}"
            faults.append(
                Fault(
                    f"{word}的期限写成{written}，一般是{said}（法律另有规定的除外）",
                    _places(volume, re.compile(re.escape(match[0][:12]))),
                )
            )
    return weighed(faults, [], ok("告知了行政复议、行政诉讼的途径和期限", *_places(volume, re.compile("复议"))))


def _places(volume: Volume, pattern: re.Pattern[str]):  # type: ignore[no-untyped-def]
    found = volume.find(volume.decision, pattern) if volume.decision is not None else None
    return (found,) if found is not None else ()


def _number(text: str) -> int | None:
    try:
        return to_int(text)
    except ValueError:
        return None


def reasons(volume: Volume) -> Outcome:
    """Why this much and not more or less."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对")
    found = volume.find(decision, _REASONS)
    if found is None:
        return defect(
            "决定书没有说明裁量的理由（情节、阶次、从轻从重或者一般）",
            volume.place(decision, volume.imposed(decision).line),
        )
    return ok("说明了裁量的理由；是否符合裁量基准由人核对", found)


def correction(volume: Volume) -> Outcome:
    """The party is ordered to put right what is wrong."""
    papers = volume.of("责令改正通知书")
    if papers:
        return ok("有责令改正的文书", volume.place(papers[0]))
    for paper in (volume.decision, *volume.of("现场检查笔录", "调查终结报告", "整改复查意见书")):
        found = volume.find(paper, _CORRECTION) if paper is not None else None
        if found is not None:
            return ok("责令改正，或者写明已经改正", found)
    if volume.decision is None or volume.unreadable:
        return unknown("没有读到责令改正，待人工核对", *volume.unreadable[:2])
    return defect("卷内没有责令改正，决定书也没有写", volume.place(volume.decision))


def crime(volume: Volume) -> Outcome:
    """Where the file itself says that a crime is suspected, the case was handed over."""
    for paper in volume.papers:
        if not paper.readable or paper.name in ("涉嫌犯罪案件移送书", "卷内目录"):
            continue
        text = paper.tight
        for match in _CRIME.finditer(text):
            if _NOT.search(text[: match.start()]) or _ANSWER.match(text[match.end() :]):
                continue
            if re.match(r"[^。；\n]{0,30}(?:依法追究|的，)", text[match.end() :]) and match[0] == "涉嫌犯罪":
                continue
            place = volume.place(paper, paper.line_of(match[0]), match[0])
            if volume.has("涉嫌犯罪案件移送书"):
                return ok("已经移送", place)
            if volume.unreadable or not volume.whole:
                return unknown(f"{paper.name}写到“{match[0]}”，没有看到移送的文书，待人工核对", place)
            return defect(f"{paper.name}写到“{match[0]}”，卷内没有移送司法机关的文书", place)
    return ok("卷内没有写到涉嫌犯罪；追诉标准不在库中，数额、后果较大的由人对照")
