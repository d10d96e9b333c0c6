"""Checks of the party: rightly taken, the same throughout, still there."""

import re
from collections import Counter
from difflib import SequenceMatcher

from assistant.casefiles.fields import fields
from assistant.casefiles.outcome import Fault, Outcome, defect, ok, unknown, weighed
from assistant.casefiles.people import parties, party_name
from assistant.casefiles.volume import DECISIONS, Volume

_SLIP = 2  # characters
_PERSON = 4
_FORM = re.compile(r"股份有限|有限责任|有限|责任|股份")
_BRANCH = re.compile(r"分公司|分店|分部|门店")
_GONE = re.compile(
    r"登记状态[：:|]?(?:已)?注销|注销日期[：:|]?\d{4}|"
    r"(?:当事人|被处罚人|你(?:单位|公司|店)|该(?:公司|单位|店|企业|个体工商户))[^。；\n]{0,20}(?:已|于)[^。；\n]{0,16}"
    r"(?:注销(?!许可|备案|登记证)|死亡|病故|去世)"
)


def same(name: str) -> str:
    """A name without what does not make it another."""
    return re.sub(r"[（）()\s·“”\"《》]|以下简称.*", "", name)


def subject(volume: Volume) -> Outcome:
    """Whom the decision punishes, against whom the rest of the file is about."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对处罚对象")
    of_decision = [party for paper, party in volume.parties if paper is decision]
    others = [
        (paper, party) for paper, party in volume.parties if paper.name not in DECISIONS and paper.stage != "送达"
    ]
    if not of_decision:
        return unknown("没有读到决定书的当事人，待人工核对", volume.place(decision))
    if not others:
        return unknown("只有决定书写有当事人，没有别的文书可以核对", volume.place(decision, of_decision[0].line))
    punished = of_decision[0]
    counted = Counter(same(party.name) for _, party in others)
    named = {same(one.name) for paper, _ in others for one in parties(paper.lines)}
    if same(punished.name) not in counted and same(punished.name) in named:
        return ok(f"当事人是{punished.name}，卷内另有{_usual(counted)}", volume.place(decision, punished.line))
    if same(punished.name) in counted:
        if len(counted) > 1 and counted[same(punished.name)] < max(counted.values()):
            text = f"决定书的当事人“{punished.name}”与多数文书不同，待人工核对"
            return unknown(text, volume.place(decision, punished.line))
        return ok(f"当事人是{punished.name}", volume.place(decision, punished.line))
    usual = counted.most_common(1)[0][0]
    paper, other = next((paper, party) for paper, party in others if same(party.name) == usual)
    places = (volume.place(decision, punished.line), volume.place(paper, other.line))
    text = f"决定书处罚的是“{punished.name}”，其余文书的当事人是“{other.name}”"
    if punished.code is not None and punished.code == other.code:
        return unknown(f"{text}，证号相同，可能是笔误（另见当事人前后一致），待人工核对", *places)
    if punished.name in _shop_and_owner(volume):
        return unknown(f"{text}，前者在卷内是经营者或者字号，处罚对象是否认定正确，待人工核对", *places)
    differ = punished.code is not None and other.code is not None
    if not differ and slip(same(punished.name), usual):
        return unknown(f"{text}，可能是笔误（另见当事人前后一致），待人工核对", *places)
    if len(others) < 2:
        return unknown(f"{text}，只有一份文书可以对照，待人工核对", *places)
    return defect(f"{text}，处罚对象认定错误", *places)


def _usual(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0]


def slip(one: str, other: str) -> bool:
    """Whether two names differ as by a slip of the pen or by being shortened, rather than naming somebody else."""
    if min(len(one), len(other)) <= _PERSON:  # a person: another surname is another person
        return (
            len(one) == len(other) > 2
            and one[0] == other[0]
            and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        )
    changed = sum(
        max(b - a, d - c) for tag, a, b, c, d in SequenceMatcher(None, one, other).get_opcodes() if tag != "equal"
    )
    if changed <= _SLIP:
        return True
    short, long = sorted((_FORM.sub("", one), _FORM.sub("", other)), key=len)
    return len(short) >= _PERSON and long.endswith(short)  # 示例百货公司 of 天津示例百货有限公司


def _shop_and_owner(volume: Volume) -> set[str]:
    """Names that stand beside a sole trader's: who runs it, what it calls itself. Both are the party."""
    if not any("个体工商户" in p.tight or "经营者" in p.tight for p in volume.papers if p.readable):
        return set()
    found: set[str] = set()
    for paper in volume.papers:
        if paper.readable and paper.name not in DECISIONS:
            found |= {name for field in fields(paper.lines, ("经营者", "字号")) if (name := party_name(field.value))}
    return found


def _related(volume: Volume) -> set[str]:
    """Names beside the party's: who runs it, what it calls itself."""
    labels = ("法定代表人", "负责人", "经营者", "字号", "被询问人", "被调查人", "姓名")
    found: set[str] = set()
    for paper in volume.papers:
        if paper.readable and paper.name not in DECISIONS:
            found |= {name for field in fields(paper.lines, labels) if (name := party_name(field.value))}
    return found


def consistent(volume: Volume) -> Outcome:
    """The party's name and number in every document."""
    named = volume.parties
    if len(named) < 2:
        return unknown("写有当事人的文书不足两份，无从核对", *volume.unreadable[:2])
    usual, times = Counter(same(party.name) for _, party in named).most_common(1)[0]
    spelling = next(party.name for _, party in named if same(party.name) == usual)
    related = {same(name) for name in _related(volume)}
    one_and_the_same = {same(name) for name in _shop_and_owner(volume)}
    named_with = {same(one.name) for paper, _ in named for one in parties(paper.lines)[1:]}
    if subject(volume).status == "defect":
        named = tuple((p, party) for p, party in named if p.name not in (*DECISIONS, "送达回证", "缴款凭证"))
    faults = [
        Fault(f"{paper.name}写作“{party.name}”，其余写作“{spelling}”", (volume.place(paper, party.line, party.name),))
        for paper, party in named
        if same(party.name) != usual
        and same(party.name) not in named_with
        and not (usual in one_and_the_same and any(one in paper.tight for one in one_and_the_same))
        and not (same(party.name) in related and paper.name not in DECISIONS)
    ]
    codes = Counter(party.code for _, party in named if party.code)
    if len(codes) > 1:
        common = codes.most_common(1)[0][0]
        faults += [
            Fault(f"{paper.name}的证号{party.code}与其余文书的{common}不同", (volume.place(paper, party.line),))
            for paper, party in named
            if party.code and party.code != common
        ]
    return weighed(faults, [], ok(f"{times}份文书的当事人都是{spelling}"))


def extinct(volume: Volume) -> Outcome:
    """A party that died or was dissolved before the decision."""
    decision = volume.decision
    for paper in volume.papers:
        place = volume.find(paper, _GONE) if paper.readable else None
        if place is None:
            continue
        if decision is None:
            return unknown("卷内写到当事人已注销或者死亡，待人工核对", place)
        found = volume.day(paper)
        if volume.decided is not None and found is not None and found.day > volume.decided.day:
            return unknown("决定以后的文书写到当事人已注销或者死亡，执行应当中止或者变更，待人工核对", place)
        if re.search(r"变更[^。；]{0,12}(?:当事人|被处罚人)|承继|清算组|继承人", decision.tight):
            return unknown("卷内写到当事人已注销或者死亡，决定书作了变更，待人工核对", place)
        return defect("卷内写到当事人已注销或者死亡，没有终止或者变更，仍然作出处罚", place, volume.place(decision))
    return ok("没有写到当事人死亡、注销")
