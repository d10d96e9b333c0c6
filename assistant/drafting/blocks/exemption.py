"""Whether the penalty falls away, in the words of a paper; for the decision itself in words that go to the party."""

from assistant.drafting.blocks.law import shown_grounds
from assistant.drafting.blocks.written import Written, joined, numbered, resting, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import second, unsettled
from assistant.rules.weighing import LAW
from assistant.schema import ExemptionVerdict, Ground, Veto

SPARING: tuple[ExemptionVerdict, ...] = ("must_not_punish", "may_not_punish")
_STATES = {"met": "满足", "unmet": "不满足", "unknown": "待查"}
_EFFECTS: dict[str, tuple[str, ...]] = {
    "must_not_punish": ("应当不予", "不再给予", "不予处罚"),
    "may_not_punish": ("可以不予", "首违不罚"),
}
_MINOR = frozenset({"apl-33-minor", "apl-33-first"})


def deciding(case: Case) -> Ground | None:
    """The ground that the conclusion rests on; None when the penalty does not fall away."""
    answer = case.exemption
    if answer is None or answer.verdict not in SPARING or answer.contradictions:
        return None
    met = [g for g in answer.grounds if g.status == "met"]
    return next((g for g in met if g.effect.startswith(_EFFECTS[answer.verdict])), met[0] if met else None)


def grounds(case: Case) -> Written:
    """Every ground that the case speaks of, with each condition and what it was read from."""
    lines: list[str] = []
    for at, ground in enumerate(shown_grounds(case), 1):
        lines.append(second(at, f"{ground.title}：{_STATES[ground.status]}".replace("：", "——")))
        told = "；".join(f"{c.label}：{case.spoken(c.because)}" for c in ground.conditions)
        lines.append(sentence(case, told, ground.basis))
        if ground.list is not None:
            lines.append(_list(case, ground))
        if ground.note:
            lines.append(f"注意：{ground.note.rstrip('。')}。")
    return Written(tuple(lines), notes=case.exemption.warnings if case.exemption else ())


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
        return Written((_unsupported(case),))
    told = [
        _told(case, ground, c.label, c.because)
        for c in ground.conditions
        if c.status == "met" and c.id not in ("elsewhere", "excluded")
    ]
    lines = [f"经查，{'；'.join(told)}。"]
    for citation in ground.basis:
        found = case.law(citation)
        if found is not None:
            lines.append(f"上述情形符合{found.citation}“{_rule(found.sentences, ground)}”的规定。")
    if ground.list is not None and ground.list.concludes:
        lines.append(_list(case, ground))
    return Written(tuple(lines), notes=case.exemption.warnings if case.exemption else ())


def _told(case: Case, ground: Ground, label: str, because: str) -> str:
    """A condition with the words of the case; what an engine only did not see stays out of a decision."""
    if ground.id == "apl-36":  # nothing but the days and how they were counted
        return f"{label}：{case.spoken(because)}"
    start, end = because.find("（“"), because.rfind("”）")
    return f"{label}（“{case.clause(because[start + 2 : end])}”）" if start >= 0 and end > start else label


def _rule(sentences: tuple[str, ...], ground: Ground) -> str:
    """The sentence of the provision that the ground stands in."""
    may = ground.effect.startswith("可以")
    pieces = [piece for s in sentences for piece in s.rstrip("。").split("；")]
    fitting = [p for p in pieces if ("可以" in p) == may and ("不予" in p or "不再给予" in p)]
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
    return Written((f"根据{cited}，本机关决定对当事人{case.slot('party')}不予行政处罚。",))


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
    if corrected is not None and "不改" not in corrected.value and corrected.value != "未改正":
        lines.append(
            f"当事人已经改正{f'（“{case.clause(corrected.quote)}”）' if corrected.quote else ''}，应当保持，不得再犯。"
        )
    elif ground.id != "apl-36":
        lines.append(sentence(case, "违法状态还在的，责令当事人改正", (f"{LAW}第二十八条第一款",)))
    return Written(tuple(lines))


def sparing_sentence(case: Case) -> str | None:
    """The conclusion on sparing in one sentence with its basis; None when it does not decide."""
    ground = deciding(case)
    if ground is None or case.exemption is None:
        return None
    return f"{case.exemption.label}：{ground.title}{resting(case, ground.basis)}。"
