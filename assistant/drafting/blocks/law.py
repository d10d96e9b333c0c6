"""The provisions that a paper rests on, quoted; and what the law says to a question that is no case."""

from collections.abc import Iterator

from assistant.drafting.blocks.points import drafted_points
from assistant.drafting.blocks.written import Written
from assistant.drafting.case import Case
from assistant.drafting.markup import quote, third
from assistant.drafting.provisions import Quoted
from assistant.schema import Ground

_QUOTED = 8
"""Provisions a paper quotes at most; the others it only names."""
_CORE = ("apl-33-minor", "apl-33-first")


def shown_grounds(case: Case) -> tuple[Ground, ...]:
    """The grounds that the case speaks of: met, open with something known, or ruled out in its own words; and those
    of 第三十三条第一款 always."""
    if case.exemption is None:
        return ()
    found = [g for g in case.exemption.grounds if g.status == "met" or g.id in _CORE or told(case, g)]
    rank = {"met": 0, "unknown": 1, "unmet": 2}
    return tuple(sorted(found, key=lambda g: rank[g.status]))


def told(case: Case, ground: Ground) -> bool:
    """Whether something of the case bears on a ground, beyond who the party is; on an unmet one, words of it."""
    if ground.id == "refusal-only":
        return True
    settled = [c for c in ground.conditions if c.id not in ("party_type", "elsewhere") and c.status != "unknown"]
    facts = case.facts.known() if ground.status == "unknown" else {}
    return any("“" in condition.because or condition.id in facts for condition in settled)


def basis_of(case: Case) -> str | None:
    """The penalty provision that the form names."""
    value = case.values.get("basis")
    return value if isinstance(value, str) else None


def _citations(case: Case) -> Iterator[str]:
    for key in ("duty", "basis", "authority"):
        value = case.values.get(key)
        if isinstance(value, str):
            yield value
    for point, _ in drafted_points(case) if case.form.kind in ("major_decision_review", "legal_opinion") else ():
        yield from point.basis
    if case.form.kind == "reconsideration_reply":  # it defends an act by what the act rests on
        return
    for ground in shown_grounds(case):
        if ground.status != "unmet":
            yield from ground.basis
    if case.review is not None:
        for finding in case.review.findings:
            if finding.severity != "info":
                yield from finding.basis
    if case.advice is not None and not (case.review or case.exemption):
        yield from case.advice.citations


def provisions(case: Case) -> tuple[Quoted, ...]:
    """The provisions of a paper, each once, in the order they matter."""
    found = (case.law(one) for one in dict.fromkeys(_citations(case)))
    unique = {one.citation: one for one in found if one is not None}
    return tuple(unique.values())


def provisions_quoted(case: Case) -> Written:
    """Each provision with its standing and its words."""
    lines: list[str] = []
    found = provisions(case)
    for at, one in enumerate(found[:_QUOTED], 1):
        lines += [f"{third(at, one.citation)}（{one.standing}）规定：", *quote(one.lines)]
    rest = [one.citation for one in found[_QUOTED:]]
    if rest:
        lines.append(f"并见{'、'.join(rest)}。")
    notes = tuple(f"{one.citation}{note}" for one in found if (note := _doubt(case, one)) is not None)
    return Written(tuple(lines), notes=notes)


def _doubt(case: Case, one: Quoted) -> str | None:
    if one.status == "现行有效" and one.article.note is None:
        return None
    note = case.library.note(one.article)
    return f"的状态是“{one.status}”" + (f"：{note}" if note else "")


def penalty_quoted(case: Case) -> Written:
    """The provision that would punish, in its own words."""
    basis = basis_of(case)
    if basis is None:
        return Written((f"对上述行为，{case.slot('basis')}规定了行政处罚。",))
    found = case.law(basis)
    if found is None:
        return Written((f"对上述行为，{case.cite(basis)}规定了行政处罚。",))
    return Written((f"对上述行为，{found.citation}规定：", *quote(found.lines)))


def answer(case: Case) -> Written:
    """What the law says to the question, where no penalty is weighed."""
    if case.advice is None or case.review is not None or case.exemption is not None:
        return Written()
    concluded = "".join(case.advice.conclusion)
    lines = []
    for citation in case.advice.citations[:3]:
        found = case.law(citation)
        if found is None:
            continue
        if found.citation in concluded:
            lines.append(f"结论依据的是{found.citation}，全文见“法律依据”。")
        else:
            lines.append(f"与所问事项有关的还有{found.citation}：“{_gist(found)}”")
    if lines:
        lines.append("适用以前应当逐项对照上列条文的条件和例外，并核对有没有更具体的下位法。")
    return Written(tuple(lines))


def _gist(found: Quoted) -> str:
    return found.sentences[0] if len(found.lines) == 1 or not found.lines[0].endswith("：") else "".join(found.lines)
