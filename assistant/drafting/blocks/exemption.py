"""Whether the penalty falls away, in the words of a paper; for the decision itself in words that go to the party."""

import re

from assistant.drafting.blocks.law import shown_grounds
from assistant.drafting.blocks.written import Written, joined, numbered, resting, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import second, unsettled
from assistant.drafting.values import chinese_date
from assistant.rules.weighing import LAW
from assistant.schema import ConditionFinding, ExemptionVerdict, Ground, OpinionFigure, Veto

SPARING: tuple[ExemptionVerdict, ...] = ("must_not_punish", "may_not_punish", "no_penalty_provision")
_STATES = {"met": "成立", "unmet": "不成立", "unknown": "尚待查明"}
_EFFECTS: dict[str, tuple[str, ...]] = {
    "must_not_punish": ("应当不予", "不再给予", "不予处罚"),
    "may_not_punish": ("可以不予", "首违不罚"),
    "no_penalty_provision": ("改正后没有",),
}
_MINOR = frozenset({"apl-33-minor", "apl-33-first"})
_JUDGED = frozenset({"minor", "excluded"})
"""Conditions that a person weighs; the engine only sees what speaks against them."""
_UNSAID = frozenset({"elsewhere", "excluded"})
"""Conditions that say only what the engine did not see: they stay out of a decision."""
_SENTENCES = {
    "apl-33-minor": "违法行为轻微并及时改正，没有造成危害后果，应当不予行政处罚",
    "apl-33-first": "初次违法且危害后果轻微并及时改正，可以不予行政处罚",
    "apl-33-no-fault": "当事人有证据足以证明没有主观过错，应当不予行政处罚",
    "apl-30-child": "当事人违法时不满十四周岁，应当不予行政处罚",
    "apl-31-incapable": "当事人违法时不能辨认或者不能控制自己的行为，应当不予行政处罚",
    "apl-36": "违法行为已经超过追究的期限，不再给予行政处罚",
    "refusal-only": "当事人已经改正，所依据的条款只处罚拒不改正（逾期不改正）的，没有可以适用的罚则，不予行政处罚",
    "food-136": "食品经营者履行了进货查验等义务并且不知情，可以免予处罚，不符合食品安全标准的食品仍应当没收",
}
"""What a ground comes to, as a sentence of a paper."""
_TERM = re.compile(r"，([二五]年)")
_FOUND_LATE = re.compile(r"发现日(.+?)，期限至(.+?)届满")
_QUOTE = re.compile(r"“([^”]*)”")
_ASIDE = re.compile(r"（[^（）]*）")
_LEAD = re.compile(r"^(?:也|并|且|而|但|又|还|均|系|属于?|是|当事人|该店|该公司)+")


def deciding(case: Case) -> Ground | None:
    """The ground that the conclusion rests on; None when the penalty does not fall away."""
    answer = case.exemption
    if answer is None or answer.verdict not in SPARING or answer.contradictions:
        return None
    met = [g for g in answer.grounds if g.status == "met"]
    return next((g for g in met if g.effect.startswith(_EFFECTS[answer.verdict])), met[0] if met else None)


def grounds(case: Case) -> Written:
    """Every ground that the case speaks of: what is established, what speaks against it, what is still open."""
    lines: list[str] = []
    figures: list[OpinionFigure] = []
    for at, ground in enumerate(shown_grounds(case), 1):
        lines.append(second(at, f"{ground.title}——{_STATES[ground.status]}"))
        lines.append(sentence(case, _weighed(case, ground), ground.basis))
        figures += _figures(case, ground)
        if ground.list is not None:
            lines.append(_list(case, ground))
        if ground.note:
            lines.append(f"注意：{ground.note.rstrip('。')}。")
    return Written(tuple(lines), figures=tuple(figures), notes=case.exemption.warnings if case.exemption else ())


def _weighed(case: Case, ground: Ground) -> str:
    """The conditions of a ground in sentences: met, against, open."""
    by: dict[str, list[ConditionFinding]] = {"met": [], "unmet": [], "unknown": []}
    for condition in ground.conditions:
        by[condition.status].append(condition)
    judged = [c for c in by["met"] if c.id in _JUDGED and not _QUOTE.search(c.because)]
    met = [_plainly(case, c) for c in by["met"] if c not in judged and c.id != "elsewhere"]
    out = []
    if met:
        out.append(f"已经查明：{'；'.join(met)}")
    if by["unmet"]:
        out.append(f"不符合的条件：{'；'.join(f'{_name(c)}（{_because(case, c)}）' for c in by['unmet'])}")
    if by["unknown"]:
        out.append(f"尚未查明：{'；'.join(_open(case, c) for c in by['unknown'])}")
    if judged:
        names = "、".join(_name(c) for c in judged)
        out.append(f"“{names}”由执法人员结合证据认定，送来的材料里没有看到相反的情形")
    return "。".join(out)


def _name(condition: ConditionFinding) -> str:
    return _ASIDE.sub("", condition.label)


def _because(case: Case, condition: ConditionFinding) -> str:
    return case.spoken(condition.because).replace("请一并核对", "").rstrip("；。，")


def _open(case: Case, condition: ConditionFinding) -> str:
    why = _because(case, condition)
    return _name(condition) if why in ("", "待查") else f"{_name(condition)}（{why}）"


def _plainly(case: Case, condition: ConditionFinding) -> str:
    """A condition that is met, with the words of the case where they say more than its name."""
    name = _name(condition)
    if condition.id in _JUDGED:
        return name
    found = _QUOTE.search(condition.because)
    if found is None:
        why = _because(case, condition)
        return name if why in ("是", "无", "没有", "") or "没有看到" in why else f"{name}（{why}）"
    said = _LEAD.sub("", case.clause(found[1]))
    return f"{name}（{said}）" if _adds(name, said) else name


def _adds(name: str, said: str) -> bool:
    """Whether words say more than the name of the condition they are to show."""
    return len([sign for sign in said if sign not in name]) >= max(4, len(said) // 3)


def _figures(case: Case, ground: Ground) -> list[OpinionFigure]:
    """The age, days and amounts that conditions were reckoned with."""
    age = case.facts.age
    years = []
    if age is not None and any(one.id == "age" for one in ground.conditions):
        on = f"，违法行为日{chinese_date(case.conduct)}" if case.conduct is not None else ""
        how = f"原话“{age.quote}”{on}，满{age.value}周岁" if age.quote else f"填写：{age.value}周岁"
        years = [OpinionFigure(name="年龄", text=f"{age.value}周岁", computation=how, basis=ground.basis)]
    return years + [
        OpinionFigure(
            name=_name(one), text=case.spoken(one.because), computation=case.spoken(one.because), basis=ground.basis
        )
        for one in ground.conditions
        if any(sign.isdigit() for sign in one.because)
    ]


def _list(case: Case, ground: Ground) -> str:
    listed = ground.list
    assert listed is not None
    issuer = f"，{listed.issuer}" if listed.issuer else ""
    note = f"；{listed.note}" if listed.note else ""
    worth = "" if listed.concludes else "，只作参考，不作为结论的依据"
    validity = case.spoken(listed.validity)
    return f"清单：“{listed.title}”（{listed.nature}{issuer}，地域{listed.region}，有效期{validity}）{worth}{note}。"


def measures(case: Case) -> Written:
    """What is to be done with the party."""
    return Written(numbered([f"{one.rstrip('。')}。" for one in case.exemption.measures]) if case.exemption else ())


# the decision that goes to the party


def reasons(case: Case) -> Written:
    """Why no penalty is imposed: the conditions with the facts, and the rule in its own words."""
    ground = deciding(case)
    if ground is None:
        return Written((*_against(case), unsettled("不予行政处罚的理由，条件查明以后写")))
    lines = [f"经查，{_told(case, ground)}，{_rests(case, ground)}。"]
    if ground.list is not None and ground.list.concludes:
        lines.append(_list(case, ground))
    notes = case.exemption.warnings if case.exemption else ()
    return Written(tuple(lines), figures=tuple(_figures(case, ground)), notes=notes)


def _against(case: Case) -> tuple[str, ...]:
    """Why neither half of 第三十三条第一款 can carry the decision, where both are ruled out."""
    core = [g for g in case.exemption.grounds if g.id in _MINOR] if case.exemption is not None else []
    if not core or any(ground.status != "unmet" for ground in core):
        return ()
    unmet = {_name(c): _because(case, c) for g in core for c in g.conditions if c.status == "unmet"}
    told = "；".join(f"{name}（{why}）" for name, why in unmet.items())
    text = f"本案不符合不予行政处罚的条件：{told}。有法定从轻、减轻情节的，另行审查"
    return (sentence(case, text, (f"{LAW}第三十三条第一款", f"{LAW}第三十二条")),)


def _told(case: Case, ground: Ground) -> str:
    """The conditions as the decision tells them; what an engine only did not see stays out."""
    met = [c for c in ground.conditions if c.status == "met" and c.id not in _UNSAID]
    if ground.id == "apl-36":  # nothing but the days and how they were counted
        start, term, found = (case.spoken(c.because) for c in ground.conditions[:3])
        found = _FOUND_LATE.sub(r"至\2届满，\1才被发现", found)
        term = _TERM.sub(r"，期限为\1", term)
        return f"追究的期限自{start}起计算，{term}，{found}"
    if ground.id == "apl-30-child" and case.facts.age is not None:
        return f"当事人违法时{case.facts.age.value}周岁，不满十四周岁"
    if ground.id == "refusal-only":
        corrected = case.facts.corrected
        said = f"（{case.clause(corrected.quote)}）" if corrected is not None and corrected.quote else ""
        return f"当事人已经改正{said}"
    told = [_plainly(case, c) for c in met if c.id != "party_type"]
    return "，".join(told)


def _rests(case: Case, ground: Ground) -> str:
    """符合《…》第三十三条第一款“…”的规定"""
    out = []
    if ground.id == "refusal-only":
        cited = joined(case.cite(one) for one in ground.basis)
        return f"{cited}规定的处罚以拒不改正（逾期不改正）为前提，对本案没有可以适用的罚则"
    for citation in ground.basis:
        found = case.law(citation)
        if found is not None:
            out.append(f"符合{found.citation}“{_rule(found.sentences, ground)}”的规定")
    return "，".join(out)


def _rule(sentences: tuple[str, ...], ground: Ground) -> str:
    """The sentence of the provision that the ground stands in."""
    may = ground.effect.startswith("可以")
    pieces = [piece for s in sentences for piece in s.rstrip("。").split("；")]
    fitting = [p for p in pieces if ("可以" in p) == may and ("不予" in p or "不再给予" in p or "免予" in p)]
    return (fitting or pieces)[0]


def decision(case: Case) -> Written:
    """The decision, or the mark that the conditions for it are not all there."""
    ground = deciding(case)
    if ground is None:
        label = case.exemption.label if case.exemption else "没有可以核验的事实"
        veto = Veto(
            code="no_ground",
            text=f"按现有事实不能作出不予行政处罚决定：{label}",
            basis=(f"{LAW}第三十三条第一款",),
        )
        return Written((_unsupported(case),), vetoes=(veto,))
    basis = [*ground.basis, *((f"{LAW}第五十七条第一款第（二）项",) if ground.id in _MINOR else ())]
    cited = joined(case.cite(one) for one in basis)
    spared = "免予行政处罚，没收不符合食品安全标准的食品" if ground.id == "food-136" else "不予行政处罚"
    return Written((f"根据{cited}，本机关决定对当事人{case.slot('party')}{spared}。",))


def _unsupported(case: Case) -> str:
    asked = case.exemption.missing[0].question if case.exemption and case.exemption.missing else ""
    return unsettled(f"不予行政处罚的条件没有全部查明{'，首先查明：' + asked if asked else ''}")


def education(case: Case) -> Written:
    """Education and correction, where a decision is made."""
    ground = deciding(case)
    if ground is None:
        return Written()
    lines: list[str] = []
    if ground.id == "apl-30-child":
        lines.append(sentence(case, "责令监护人对当事人加以管教", (f"{LAW}第三十条",)))
    elif ground.id == "apl-31-incapable":
        lines.append(sentence(case, "责令监护人对当事人严加看管和治疗", (f"{LAW}第三十一条",)))
    elif ground.id != "apl-36":
        done = case.text("education")
        told = f"本机关对当事人进行了教育：{done}" if done else "本机关对当事人进行教育，督促其遵守法律、法规、规章"
        lines.append(sentence(case, told, (f"{LAW}第三十三条第三款",)))
    corrected = case.facts.corrected
    if ground.id in ("apl-30-child", "apl-31-incapable"):
        return Written(tuple(lines))
    if corrected is None:
        note = "改正情况没有告诉，决定书没有写责令改正；违法状态还在的，应当一并责令改正"
        return Written(tuple(lines), notes=(note,))
    if corrected.value in ("未改正", "拒不改正"):
        lines.append(sentence(case, "责令当事人改正违法行为", (f"{LAW}第二十八条第一款",)))
    else:
        lines.append("当事人已经改正，不得再犯。")
    return Written(tuple(lines))


def sparing_sentence(case: Case) -> str | None:
    """The conclusion on sparing in one sentence with its basis; None when it does not decide."""
    ground = deciding(case)
    if ground is None or case.exemption is None:
        return None
    said = _SENTENCES.get(ground.id, f"{ground.title}，{case.exemption.label}")
    return f"{said}{resting(case, ground.basis)}。"


def proviso(case: Case) -> str | None:
    """What a person has still to weigh where the conclusion rests on a condition that the engine only took for met."""
    ground = deciding(case)
    if ground is None:
        return None
    open_ = [c for c in ground.conditions if c.id == "minor" and c.status == "met" and not _QUOTE.search(c.because)]
    return "违法行为是否轻微没有法定的数额标准，以执法人员结合证据认定轻微为前提。" if open_ else None
