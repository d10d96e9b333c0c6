"""The conclusion of a legal opinion: what the engines decided, else what the law says to the question."""

from assistant.drafting.blocks.exemption import proviso, sparing_sentence
from assistant.drafting.blocks.facts import asked, contradictions
from assistant.drafting.blocks.penalty import proposed, said, told_findings
from assistant.drafting.blocks.points import drafted_points
from assistant.drafting.blocks.written import Written, joined, resting, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import blank
from assistant.drafting.stating import states_law
from assistant.rules.weighing import LAW
from assistant.schema import OpinionMissing


def conclusion(case: Case) -> Written:
    """The answer in the first sentence; where facts decide it, which."""
    if contradictions(case):
        return Written(("事实相互矛盾，核实以前不能下结论。",))
    spared = sparing_sentence(case)
    lines = [
        *_drafted(case),
        *_spared(case, spared),
        *_penalty(case, spared),
        *_open(case, spared),
        *_advised(case, spared),
    ]
    first = asked(case)
    undecided = (case.review is not None and case.review.verdict == "needs_facts") or (
        case.exemption is not None and case.exemption.verdict == "needs_facts" and case.review is None
    )
    if first and undecided:
        lines.append(f"首先应当查明：{case.spoken(first[0].question)}")
    near = case.advice.near if case.advice is not None else ()
    notes = (f"按字词检索到的条文，没有采用，请人工核对是否适用：{joined(near)}",) if near else ()
    if not lines:
        missing = OpinionMissing(
            fact="fields.question", label="结论", question="现有语料没有找到相关规定，结论由承办律师写明", required=True
        )
        return Written((blank("结论"),), missing=(missing,), notes=notes)
    wanted = () if case.exemption is None or case.review is not None or case.text("basis") else _basis(case)
    return Written(tuple(dict.fromkeys(lines)), missing=wanted, notes=notes)


def _drafted(case: Case) -> list[str]:
    """That a paper about to be issued sets what it may not."""
    found = drafted_points(case)
    if not found:
        return []
    names = "、".join(point.name for point, _ in found)
    bases = tuple(dict.fromkeys(basis for point, _ in found for basis in point.basis))
    return [sentence(case, f"拟印发的文件涉及{names}，不得照此印发，应当删去，或者依照上位法的规定修改", bases)]


def _spared(case: Case, spared: str | None) -> list[str]:
    """That the penalty falls away, what it hangs on, and what that makes of the penalty that is proposed."""
    if spared is None:
        return []
    lines = [spared]
    if (hangs := proviso(case)) is not None:
        lines.append(hangs)
    told = proposed(case)
    if told is not None and case.review is not None:
        must = case.exemption is not None and case.exemption.verdict == "must_not_punish"
        lines.append(f"不应当给予拟处的{told}。" if must else f"拟处的{told}，应当先决定是否不予处罚，再作裁量。")
    return lines


def _penalty(case: Case, spared: str | None) -> list[str]:
    """How the proposed penalty stands to the law."""
    if case.review is None:
        return []
    lines = (
        [] if spared and case.review.verdict == "within" else [sentence(case, case.review.label, (case.review.basis,))]
    )
    return lines + [said(case, f) for f in told_findings(case) if f.severity == "error"]


def _open(case: Case, spared: str | None) -> list[str]:
    """What the examination of sparing came to where it spares nothing and no penalty is proposed."""
    if spared is not None or case.review is not None or case.exemption is None:
        return []
    if case.exemption.verdict == "needs_facts":
        basis = (f"{LAW}第三十条", f"{LAW}第三十三条")
        return [sentence(case, "按现有材料，还不能认定应当或者可以不予行政处罚", basis)]
    return [f"{case.exemption.label.rstrip('。')}。"]


def _advised(case: Case, spared: str | None) -> list[str]:
    """What the law says to the question, where no penalty is weighed, or beside what is still open of one."""
    advice = case.advice
    if advice is None or case.review is not None or spared is not None:
        return []
    if case.exemption is not None and all(one.startswith(LAW) for one in advice.citations):
        return []  # the examination has said it
    return [_cited(case, one) for one in advice.conclusion]


def _basis(case: Case) -> tuple[OpinionMissing, ...]:
    """The penalty provision, which a case about a penalty wants although the paper can do without."""
    field = case.form.field("basis")
    if field is None:
        return ()
    return (OpinionMissing(fact=f"fields.{field.key}", label=field.name, question=field.question),)


def _cited(case: Case, text: str) -> str:
    """A conclusion of the desk with its provision after each sentence that states law and names none."""
    first = case.advice.citations[:1] if case.advice is not None else ()
    told = [one for one in text.split("。") if one]
    return "".join(f"{one}{resting(case, first) if '《' not in one and states_law(one) else ''}。" for one in told)
