"""What a decision orders and why: outcomes, grounds, fines. Read from the deciding office's own words alone."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.precedents.reading.paper import Line, Paper, sentences
from assistant.rules.facts.numbers import MONEY, value_of
from assistant.schema import CORRECTING, DecisionKind, Outcome, ReadFrom, Reason

_LOWER = r"(?:一审|原审|二审|下级法院|原判|原一审)"
_OUTCOMES: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    ("变更", re.compile(r"变更[^。；]{0,120}(?:变更)?(?:为|成)|(?:将|由)[^。；]{1,80}(?:变更|改|调整)为|^变更")),
    ("撤销", re.compile(rf"撤销(?!{_LOWER})")),
    ("确认违法", re.compile(r"确认[^。；]{0,100}违法")),
    ("确认无效", re.compile(r"确认[^。；]{0,100}无效")),
    (
        "责令履行",
        re.compile(
            r"(?:责令|判令)(?![^。；]{0,60}重新)[^。；]{0,80}(?:履行|作出|答复|支付|给付|受理|公开|交付|返还|赔偿)"
            r"|(?:继续|全面)履行|向[^。；]{1,20}(?:交付|支付|给付|返还)"
        ),
    ),
    ("维持", re.compile(rf"维持(?!{_LOWER})")),
    ("驳回", re.compile(r"驳回(?!上诉)[^。；]{0,60}(?:请求|申请|起诉)")),
    ("撤回", re.compile(r"(?:准许|同意)[^。；]{0,40}撤回|终止(?:本案|本次|行政复议|案件|审理)")),
)
_PENALTIES = re.compile(r"罚款|没收|警告|吊销|责令停产停业|责令关闭|暂扣|行政拘留|通报批评|限制从业|限制开展|降低资质")
_SPARES = re.compile(r"(?:不予|免予)(?:行政)?处罚")
_UPHELD_BELOW = re.compile(rf"驳回上诉|维持{_LOWER}")
_AGAIN = re.compile(r"重新(?:作出|调查|处理)|重作")

_REASONS: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (
        "事实不清",
        re.compile(
            r"(?:主要)?事实不清|证据不足|缺乏(?:事实|证据)|没有(?:事实|证据)(?:根据|依据|证明)|未(?:能)?查明|理据不足"
            r"|未(?:能)?提供[^，。；]{0,16}证据|认定事实错误"
        ),
    ),
    (
        "程序违法",
        re.compile(
            r"违反(?:了)?(?:法定|正当|法律规定的|行政处罚)?(?:法定|正当)?程序|程序(?:违法|不当|轻微违法|不合法)"
            r"|未(?:依法)?(?:履行|进行|组织|履行事先)?[^，。；]{0,6}(?:告知|听证|送达|回避|法制审核|集体讨论)(?:义务|程序|手续)?"
            r"|未听取|没有(?:告知|听取|组织听证|送达)|程序倒置|超过(?:法定)?(?:办案|处理)?期限"
        ),
    ),
    (
        "明显不当",
        re.compile(
            r"明显(?:不当|偏重|过重|失当|不相当|不合理)|显失公(?:正|平)|内容不适当|过罚(?:不相当|失当)|畸(?:重|轻)"
            r"|处罚(?:明显)?(?:过重|偏重)|违反[^。；]{0,30}过罚相当|与[^。；]{0,30}(?:明显)?不(?:相当|相适应)"
            r"|没有考虑[^。；]{0,30}(?:从轻|减轻|情节)|裁量不当"
        ),
    ),
    (
        "适用依据错误",
        re.compile(
            r"适用(?:的)?(?:依据|法律|法规|条款)(?:、法规|法规)?(?:错误|不当|不正确|有误)|未正确适用"
            r"|(?:引用|适用)[^，。；]{0,14}(?:条款|条文|规定)(?:错误|不当|有误)"
        ),
    ),
    (
        "依据不合法",
        re.compile(
            r"(?:依据|规范性文件|细则|办法)[^，。；]{0,24}(?:不合法|与上位法[^，。；]{0,8}(?:抵触|不一致|冲突)|缺乏上位法)"
            r"|于法无据|(?:缺乏|没有)[^，。；]{0,8}法律依据"
        ),
    ),
    (
        "超越职权",
        re.compile(r"超越(?:了)?(?:法定)?职权|(?<!有)无权(?:作出|实施|处罚)|不具有[^，。；]{0,12}(?:职权|主体资格)"),
    ),
    ("滥用职权", re.compile(r"滥用(?:了)?职权")),
    (
        "不履行职责",
        re.compile(
            r"(?:未|不|拒绝|怠于)(?:依法|按期|按约|及时)?(?:全面)?履行(?:(?!告知|听证|送达|程序)[^，。；]){0,14}(?:职责|义务|协议)"
            r"|行政不作为|逾期未(?:作出|答复|处理)"
        ),
    ),
    ("说理不足", re.compile(r"未(?:说明|载明|写明|列明)[^，。；]{0,8}(?:理由|依据|法律)|说理不(?:足|充分|清)")),
)
_SOUND = re.compile(
    r"事实清楚|程序(?:合法|正当|妥当)|适用(?:依据|法律|法规)[^，。；]{0,6}正确|内容适当|并无不当|合法性予以确认|符合法律规定"
)
_CLAIMED = re.compile(
    r"(?:申请人|原告|上诉人|当事人|其)(?:所)?(?:提出|主张|认为|称|关于)[^。；]{0,120}"
    r"(?:不能成立|不成立|不予支持|不予采纳|没有(?:事实|法律)(?:根据|依据)|不予采信)"
)
"""What a party says and the office does not accept is no ground of the decision."""
_DENIED = re.compile(r"(?:不存在|并未|并不|不属于|不构成|没有构成|尚未|难以认定)[^，。；]{0,10}$")
_GENERAL = re.compile(r"^(?:行政机关|人民法院|执法机关)[^。；]{0,60}(?:应当|不得|可以|必须)")
"""A rule of law as such is no finding."""


class Disposition(NamedTuple):
    """What was ordered and why, each with where it was read. `note` is the order in its own words."""

    outcomes: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    note: str | None
    fined: float | None  # 原罚款
    settled: float | None  # 结果罚款
    read_from: tuple[ReadFrom, ...]
    doubts: tuple[str, ...]


def read_disposition(paper: Paper, kind: DecisionKind, title: str) -> Disposition:
    """The outcome of the last instance, its grounds and its fines; what no rule reads is 未见, and a doubt."""
    found: list[ReadFrom] = []
    doubts: list[str] = []
    instances = _instances(paper)
    orders = instances[-1].orders if instances else ()
    held = list(paper.of("认为"))
    if len(instances) > 1 and orders and _UPHELD_BELOW.search(_joined(orders)):
        orders = instances[-2].orders
        doubts.append("上诉后维持一审，处理结果按一审读")
    elif len(instances) > 1:
        held = list(instances[-1].held) or held
        doubts.append("经过两审，处理结果和理由按二审读")
    outcomes = _outcomes(orders, kind)
    if "调解书" in title or any("协议" in line.text and "达成" in line.text for line in paper.lines if not outcomes):
        outcomes = ("调解",)
    if orders and outcomes:
        found.append(ReadFrom(field="处理结果", place=orders[0].place, words=_joined(orders)[:200]))
    if not outcomes:
        outcomes = ("其他",) if orders else ("未见",)
        doubts.append("处理结果没有读出来，请对照主文填写" if orders else "没有找到主文（决定如下、判决如下……）")
    reasons, why = _reasons(held, outcomes, kind)
    if not why and len(instances) > 1:
        reasons, why = _reasons(paper.of("认为"), outcomes, kind)
    found += why
    if reasons == ("未见",):
        doubts.append("理由类别没有读出来，请对照“本机关认为”填写")
    fined, settled, amounts = _fines(paper, orders, kind)
    found += amounts
    note = _joined(orders)[:300] or None
    if note and _AGAIN.search(note) and "撤销" in outcomes:
        doubts.append("撤销并责令重作，写在结果说明里")
    return Disposition(outcomes, reasons, note, fined, settled, tuple(found), tuple(doubts))


class _Instance(NamedTuple):
    held: tuple[Line, ...]
    orders: tuple[Line, ...]


def _instances(paper: Paper) -> list[_Instance]:
    """What one court or office after the other held and ordered."""
    out: list[_Instance] = []
    held: list[Line] = []
    orders: list[Line] = []
    for line in paper.lines:
        if line.part == "主文":
            if line.text:
                orders.append(line)
            continue
        if line.part == "认为":
            if orders:
                out.append(_Instance(tuple(held), tuple(orders)))
                held, orders = [], []
            held.append(line)
    if orders:
        out.append(_Instance(tuple(held), tuple(orders)))
    return out


def _joined(lines: Sequence[Line]) -> str:
    return "".join(line.text if line.text[-1:] in "。；：" else f"{line.text}。" for line in lines if line.text)


def _outcomes(orders: Sequence[Line], kind: DecisionKind) -> tuple[Outcome, ...]:
    found: dict[Outcome, None] = {}
    text = re.sub(r"(?:不服|提起上诉|提出上诉)[^。]*。", "。", _joined(orders))
    if kind == "行政处罚":
        if _SPARES.search(text):
            return ("不予处罚",)
        return ("处罚",) if _PENALTIES.search(text) else ()
    for sentence in re.split(r"[。；\n]", text):
        for name, pattern in _OUTCOMES:
            if pattern.search(sentence):
                found.setdefault(name)
    if "变更" in found and "撤销" in found and not re.search(rf"撤销(?!{_LOWER})[^。；]*决定", text):
        found.pop("撤销")
    if any(name in found for name in CORRECTING):  # 驳回其他请求, 维持其余部分: not what the decision is known for
        found.pop("驳回", None)
        found.pop("维持", None)
    return tuple(found)


def _reasons(
    held: Sequence[Line], outcomes: Sequence[Outcome], kind: DecisionKind
) -> tuple[tuple[Reason, ...], list[ReadFrom]]:
    if kind == "行政处罚":
        return ("其他",), []
    sound = any(one in ("维持", "驳回") for one in outcomes)
    found: dict[Reason, ReadFrom] = {}
    for sentence, place in sentences(held):
        if _CLAIMED.search(sentence) or _GENERAL.match(sentence):
            continue
        if sound:
            if _SOUND.search(sentence):
                found.setdefault("合法适当", ReadFrom(field="理由类别", place=place, words=sentence[:200]))
            continue
        for name, pattern in _REASONS:
            match = pattern.search(sentence)
            if match and not _DENIED.search(sentence[: match.start()]):
                if name == "不履行职责" and not any(one in ("责令履行", "确认违法") for one in outcomes):
                    continue
                found.setdefault(name, ReadFrom(field="理由类别", place=place, words=sentence[:200]))
    return (tuple(found) or ("未见",)), list(found.values())


_FINE = re.compile(rf"罚款(?:人民币)?[：:]?\s*{MONEY}")
_CHANGED = re.compile(
    rf"罚款(?:人民币)?\s*{MONEY}[^。；]{{0,20}}?(?:变更|改|调整|减)(?:为|至)(?:罚款)?(?:人民币)?\s*(?P<to>[^，。；]{{1,20}})"
)


def _fines(
    paper: Paper, orders: Iterable[Line], kind: DecisionKind
) -> tuple[float | None, float | None, list[ReadFrom]]:
    """(the fine under review, the fine as it stands, where read). For a penalty decision only the latter."""
    read: list[ReadFrom] = []
    for line in orders:
        if match := _CHANGED.search(line.text):
            before, after = value_of(match), _fine(f"罚款{match['to']}")
            read.append(ReadFrom(field="金额", place=line.place, words=match[0][:120]))
            return (float(before) if before is not None else None), after, read
    if kind == "行政处罚":
        for line in orders:
            if (amount := _fine(line.text)) is not None:
                read.append(ReadFrom(field="金额", place=line.place, words=line.text[:120]))
                return None, amount, read
        return None, None, read
    for line in paper.of("经过", "查明"):
        if (amount := _fine(line.text)) is not None:
            match = _FINE.search(line.text)
            read.append(ReadFrom(field="金额", place=line.place, words=match[0] if match else line.text[:120]))
            return amount, None, read
    return None, None, read


def _fine(text: str) -> float | None:
    """The first fine that a text states, in yuan."""
    for match in _FINE.finditer(text):
        if (value := value_of(match)) is not None:
            return float(value)
    return None
