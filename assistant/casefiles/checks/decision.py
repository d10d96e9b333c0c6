"""Checks of the decision itself: its facts, elements, reasons, remedies; correction ordered."""

import re

from assistant.casefiles.outcome import Fault, Outcome, defect, ok, unknown, weighed
from assistant.casefiles.volume import Volume
from assistant.numerals import NUMERAL, to_int

_FACTS = re.compile(
    r"经查|查明|查实|违法事实|检查(?:时|中)?发现|调查发现|现场发现|存在[^。]{2,80}(?:行为|问题)|实施了|违法行为(?:：|:|\|)|经调查|核查发现|有[^。，]{2,60}的(?:违法)?行为|\d{1,2}月\d{1,2}日(?:起|至[^，。]{2,14})?，(?:你|当事人|该)"
)
_SHORT = 150
_REASONS = re.compile(
    r"从轻|减轻|从重|裁量|情节(?:轻微|较轻|一般|较重|严重)|基准|阶次|过罚相当|综合考虑|考虑到|鉴于|社会危害|主观过错"
)
_CORRECTION = re.compile(
    r"责令[^。；\n]{0,20}(?:改正|停止|整改|拆除|补办|清除|恢复|补缴|退还|期限)|限期(?:改正|整改|拆除)|立即改正|已(?:经)?(?:自行)?(?:改正|整改|停止)"
)
_REVIEW = re.compile(
    rf"(?P<n>{NUMERAL})(?:个)?(?P<u>日|天|月)(?:之?内|以内)[^。；;]{{0,60}}?复议|复议[^。；;]{{0,20}}?(?P<n2>{NUMERAL})(?:个)?(?P<u2>日|天|月)(?:之?内|以内)"
)
_SUIT = re.compile(
    rf"(?P<n>{NUMERAL})(?:个)?(?P<u>日|天|月)(?:之?内|以内)[^。；;，]{{0,40}}?(?:诉讼|起诉)|(?:诉讼|起诉)[^。；;，]{{0,16}}?(?P<n2>{NUMERAL})(?:个)?(?P<u2>日|天|月)(?:之?内|以内)"
)
_AFTER_REVIEW = re.compile(r"复议决定(?:书)?(?:之日|后)|对复议决定不服")
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
    early = _looked_too_early(volume)
    if early is not None:
        return early
    found = volume.find(decision, _FACTS)
    if found is not None:
        return ok("决定书写明了违法事实；是否清楚、有没有证据支持，由人判断", found)
    if len(decision.tight) < _SHORT or volume.cut_short(decision):
        return unknown("决定书读出的文字太少，待人工核对", volume.place(decision))
    return defect("决定书没有写明违法事实", volume.place(decision))


_DAY = r"(?:(?P<{0}y>\d{{4}})年)?(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日"
_TERM_GIVEN = re.compile(
    r"(?:责令|限)[^。；]{0,24}?(?:于|在)?"
    + _DAY.format("a")
    + r"(?:前|之前|以前)[^。；]{0,12}(?:改正|整改|完毕|登记|补办)"
)
_STILL_WRONG = re.compile(
    _DAY.format("b") + r"[^。；，]{0,12}复查[^。；]{0,16}(?:未改正|未整改|未取得|未办理|没有改正)"
)


def _looked_too_early(volume: Volume) -> Outcome | None:
    """逾期未改正 found by a look that was taken before the term for putting it right was over."""
    decision = volume.decision
    if decision is None:
        return None
    given, looked = _TERM_GIVEN.search(decision.tight), _STILL_WRONG.search(decision.tight)
    if given is None or looked is None:
        return None
    days = [(int(m[f"{k}y"] or 0), int(m[f"{k}m"]), int(m[f"{k}d"])) for m, k in ((given, "a"), (looked, "b"))]
    (first_year, *first), (second_year, *second) = days
    if (first_year and second_year and first_year != second_year) or not second < first:
        return None
    text = (
        f"责令{first[0]}月{first[1]}日前改正，{second[0]}月{second[1]}日复查就认定没有改正：期限没有届满，"
        "“逾期未改正”不成立"
    )
    return defect(text, *_places(volume, re.compile(re.escape(looked[0][:12]))))


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
        if match is None and word == "行政诉讼" and _AFTER_REVIEW.search(text):
            continue
        if match is None:
            faults.append(Fault(f"决定书没有写明{word}的期限", _places(volume, re.compile(word[2:]))))
            continue
        if word == "行政诉讼" and _AFTER_REVIEW.search(text[max(0, match.start() - 30) : match.end()]):
            continue  # where reconsideration must come first, the fifteen days run from its decision
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
