"""Checks of sums: gains confiscated, words and figures, the same sum in every paper, the fine paid as it must be."""

import datetime as dt
import re

from assistant.casefiles.amounts import find_amounts, told_twice
from assistant.casefiles.checks.papers import absent
from assistant.casefiles.outcome import Fault, Outcome, defect, missing, ok, unknown, weighed
from assistant.casefiles.volume import Volume
from assistant.rules.procedure import is_working_day

_GAINS = re.compile(
    r"(?<!没收)(?:违法所得|非法获利|违法收入)(?:共计|合计|总计|金额|数额|计|为|人民币|：|:|是|约)*(?=[¥￥]?[\d一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+)"
)
_RETURNED = re.compile(r"退赔|退还|已退|返还|清退")
_OWN_HANDS = re.compile(r"(?:缴|交)(?:至|到|给|纳至)[^。；\n]{0,6}(?:本局|我局|我单位|本机关|财务科|执法人员|办案人员)")
_TAKEN = re.compile(
    r"(?:执法|办案|承办|检查)人员[^。；\n]{0,10}(?:上门|直接|当场|代为|自行)?(?:收取|代收|收缴|代缴|收讫)|上门收取|微信转账给|转入[^。；]{0,8}个人账户"
    r"|(?:交|缴)(?:至|到|给)?(?:本|我)?(?:局|队|大队|单位|机关)[^。；]{0,4}财务"
)
_ON_THE_SPOT = re.compile(r"当场(?:收缴|缴纳|交纳)")
_LATER = ("延期分期缴纳罚款批准书", "催告书", "强制执行申请书")
SMALL = 100.0
"""Yuan that may be collected on the spot (行政处罚法第六十八条)."""


def gains(volume: Volume) -> Outcome:
    """Illegal gains that the decision finds are confiscated, or given back to whom they belong."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对违法所得")
    done = volume.imposed(decision)
    for match in _GAINS.finditer(decision.tight):
        if done.text and match.group() in done.text and "没收违法所得" in done.kinds:
            continue
        amounts = [
            a for a in find_amounts(decision.tight[match.end() : match.end() + 24]) if a.start <= 3 and not a.bound
        ]
        if not amounts or not amounts[0].value:
            continue
        place = volume.place(decision, decision.line_of(match[0] + amounts[0].text), match[0])
        if "没收违法所得" in done.kinds:
            if done.gains is not None and done.gains != amounts[0].value:
                text = f"认定违法所得{amounts[0].text}，没收{done.gains:g}元，不一致，待人工核对"
                return unknown(text, place, volume.place(decision, done.line))
            return ok(f"违法所得{amounts[0].text}已没收", place)
        if any(_RETURNED.search(one) for one in re.split("[。；\n]", decision.tight) if "违法所得" in one):
            return unknown(f"认定违法所得{amounts[0].text}，决定没有没收；写到退赔、退还，待人工核对", place)
        return defect(
            f"认定违法所得{amounts[0].text}，决定没有没收，也没有说明退赔", place, volume.place(decision, done.line)
        )
    if "没收违法所得" not in done.kinds:
        for paper in volume.of("调查终结报告"):
            for match in _GAINS.finditer(paper.tight):
                if any(a.value and a.start <= 3 for a in find_amounts(paper.tight[match.end() : match.end() + 24])):
                    text = "调查终结报告写有违法所得，决定书没有认定，也没有没收，待人工核对"
                    return unknown(text, volume.place(paper, paper.line_of(match[0])))
    return _never_counted(volume) or ok("没有看到应当没收的违法所得")


_SOLD = re.compile(r"(?:卖了|售出|销售|已售|收款流水|销售额|营业额|成交)[^。\n]{0,40}?\d+(?:\.\d+)?元")


def _never_counted(volume: Volume) -> Outcome | None:
    """Sales that the evidence counts, under a provision that confiscates gains; the decision never speaks of them."""
    decision = volume.decision
    if decision is None or re.search("违法所得|货值|非法获利|获利", decision.tight):
        return None
    texts = [
        article.text
        for cited in volume.cited(decision)
        if cited.use == "penal" and (article := volume.library.get(cited.checked.article_id or "")) is not None
    ]
    if not any("没收违法所得" in text.replace("\n", "")[:400] for text in texts):
        return None
    for paper in volume.papers:
        proves = paper.kind is None or paper.kind.evidence
        place = volume.find(paper, _SOLD) if proves and paper.readable else None
        if place is not None:
            text = "卷内的证据记有销售的数额，处罚依据规定没收违法所得，决定书没有认定货值和违法所得，也没有没收"
            return defect(text, place, volume.place(decision, volume.imposed(decision).line))
    return None


def agree(volume: Volume) -> Outcome:
    """Figures and words agree; later papers give the sum of the decision."""
    faults = []
    compared = 0
    for paper in volume.papers:
        if not paper.readable:
            continue
        for first, second in told_twice(paper.tight):
            compared += 1
            if first.value != second.value:
                line = paper.line_of(first.text)
                faults.append(
                    Fault(
                        f"{paper.name}的大小写不一致：{first.text}与{second.text}",
                        (volume.place(paper, line, first.text),),
                    )
                )
    decision = volume.decision
    if decision is not None:
        done = volume.imposed(decision)
        for paper in volume.of("处罚决定审批表", "结案审批表"):
            other = volume.imposed(paper)
            if done.fine is not None and other.fine is not None:
                compared += 1
                if other.fine != done.fine and len(done.fines) == 1:
                    text = f"{paper.name}写的罚款是{other.fine:g}元，决定书是{done.fine:g}元"
                    faults.append(Fault(text, (volume.place(paper, other.line), volume.place(decision, done.line))))
        faults += _paid(volume)
    if not compared and decision is None:
        return unknown("没有读到可以核对的金额")
    return weighed(faults, [], ok("金额的大小写、各份文书之间没有发现不一致"))


def _paid(volume: Volume) -> list[Fault]:
    """What was paid against what was imposed; instalments and surcharges explain a difference."""
    decision = volume.decision
    slips = volume.of("缴款凭证")
    if decision is None or not slips or volume.has(*_LATER):
        return []
    done = volume.imposed(decision)
    if done.fine is None or len(done.fines) != 1:
        return []
    sums = [amount.value for slip in slips for amount in find_amounts(slip.tight)]
    due = {done.fine, done.fine + (done.gains or 0.0)}
    if not sums or due & set(sums) or sum(dict.fromkeys(sums)) in due or any("加处" in slip.tight for slip in slips):
        return []
    text = f"缴款凭证的金额是{'、'.join(f'{s:g}元' for s in dict.fromkeys(sums))}，决定书罚款{done.fine:g}元"
    return [Fault(text, (volume.place(slips[0]), volume.place(decision, done.line)))]


def performed(volume: Volume) -> Outcome:
    """Paid to a bank, in fifteen days, or what was done when it was not."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对履行")
    done = volume.imposed(decision)
    if "罚款" not in done.kinds:
        return ok("没有罚款")
    faults: list[Fault] = []
    own = volume.find(decision, _OWN_HANDS) or next(
        (p for paper in volume.of("缴款凭证", "结案审批表") if (p := volume.find(paper, _TAKEN))), None
    )
    if own is not None:
        faults.append(Fault("罚款由机关自己收取，罚款决定与收缴没有分离", (own,)))
    spot = volume.find(decision, _ON_THE_SPOT)
    if (
        spot is not None
        and done.fine is not None
        and done.fine > SMALL
        and not re.search(r"不当场收缴|边远|水上|交通不便|事后难以执行", decision.tight)
    ):
        faults.append(
            Fault(f"罚款{done.fine:g}元当场收缴；当场收缴限于{SMALL:g}元以下或者不当场收缴事后难以执行等情形", (spot,))
        )
    if faults:
        return weighed(faults, [], ok(""))
    if not volume.has("缴款凭证"):
        if volume.has(*_LATER):
            return ok("有延期、分期、催告或者申请强制执行的文书")
        if spot is not None:
            return ok("当场收缴", spot)
        lost = absent(volume, "缴款凭证")
        if lost is not None and lost.status == "missing" and volume.has("结案审批表"):
            return missing("已经结案，卷内没有缴款凭证，也没有催告、强制执行的记录", *lost.places)
        return unknown("没有缴款凭证；是否已经履行待人工核对", *(lost.places if lost else ()))
    paid, served = volume.on("缴款凭证"), volume.served_decision
    if paid is None or served is None:
        return (
            ok("有缴款凭证")
            if volume.of("缴款凭证")
            else unknown("缴款凭证是扫描件，未识别 → 待人工核对", *volume.unreadable[:2])
        )
    last = served.day + dt.timedelta(days=15)
    while not is_working_day(last)[0]:  # a period that ends on a holiday ends with the day after it
        last += dt.timedelta(days=1)
    if (
        paid.day > last
        and not volume.has(*_LATER)
        and not any("加处" in p.tight for p in volume.of("缴款凭证", "结案审批表"))
    ):
        text = f"{served.day}送达，十五日到{last}届满，{paid.day}才缴款，没有加处罚款、延期分期或者不加处的说明"
        return defect(text, volume.at(paid))
    return ok(f"{paid.day}缴款", volume.at(paid))
