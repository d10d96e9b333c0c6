"""The conclusion of a legal opinion: what the engines decided, else what the law says to the question."""

from assistant.drafting.blocks.exemption import sparing_sentence
from assistant.drafting.blocks.facts import asked, contradictions
from assistant.drafting.blocks.penalty import said, told_findings
from assistant.drafting.blocks.written import Written, joined, resting, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import blank
from assistant.drafting.stating import states_law
from assistant.schema import OpinionMissing


def conclusion(case: Case) -> Written:
    """The answer in the first sentence; where facts decide it, which."""
    if contradictions(case):
        return Written(("事实相互矛盾，核实以前不能下结论。",))
    lines: list[str] = []
    spared = sparing_sentence(case)
    if spared is not None:
        lines.append(spared)
    if case.review is not None:
        lines.append(sentence(case, case.review.label, (case.review.basis,)))
        lines += [said(case, f) for f in told_findings(case) if f.severity == "error"]
    elif spared is None and case.exemption is not None:
        lines.append(f"{case.exemption.label.rstrip('。')}。")
    if not lines and case.advice is not None:
        lines += [_cited(case, one) for one in case.advice.conclusion]
    if case.advice is not None and case.exemption is not None and spared is None and case.review is None:
        lines += [_cited(case, one) for one in case.advice.conclusion]
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
