"""The ground that the statute fines only on refusal to correct (拒不改正才罚), and the correction is made."""

import datetime as dt
import re
from collections.abc import Sequence

from assistant.knowledge.conditions import TIMELY
from assistant.law.library import Library
from assistant.rules.evaluate import all_of, said
from assistant.rules.matching import CLOSE, STRONG, Match
from assistant.rules.questions import PICK
from assistant.rules.refusal import RefusalClause, refusal_clause
from assistant.rules.weighing import BASIS, Line, Weighed, weigh
from assistant.schema import CaseFacts, Citation, Rule

_WORTH_ASKING = 0.45  # from here the person is asked whether the item is the matter
_GRAVE = re.compile(r"情节严重|情节恶劣|后果严重")


def refusal_ground(
    cited: Sequence[Citation],
    matches: Sequence[Match],
    facts: CaseFacts,
    as_of: dt.date,
    library: Library,
    text: str,
) -> Weighed | None:
    """The ground where the penalty provision is known (cited, or that of the matching list item); else None."""
    clauses = [(c, clause) for c in cited if (clause := _clause(c, library, as_of)) is not None]
    if clauses:
        return _from_cited(clauses, facts, text)
    if cited:
        return None  # a provision was named and it is no penalty of this kind: nothing is guessed beside it
    return _from_lists(matches, facts, as_of, library, text)


def guessed_ground(citation: Citation, facts: CaseFacts, as_of: dt.date, library: Library, text: str) -> Weighed | None:
    """The ground on a provision that words alone suggest: open until a person says that it is the one."""
    clause = _clause(citation, library, as_of)
    if clause is None or not clause.only:
        return None
    which = Line("basis", f"适用的罚则是{citation}", "unknown", "只按字词找到，请确认", f"other.{BASIS}")
    statute = Line("statute", _LABEL, "met", f"“{clause.words}”")
    return _ground((which, statute), facts, clause.graver, (str(citation),), text)


def _clause(citation: Citation, library: Library, as_of: dt.date) -> RefusalClause | None:
    version = library.version_on(citation.law, as_of)
    article = library.article(version.id, citation.article or "") if version is not None else None
    if article is None or library.status(article, as_of) != "现行有效":
        return None
    return refusal_clause(article, citation)


def _from_cited(clauses: list[tuple[Citation, RefusalClause]], facts: CaseFacts, text: str) -> Weighed | None:
    sparing = [(c, clause) for c, clause in clauses if clause.only]
    if not sparing:
        return None
    direct = [c for c, clause in clauses if not clause.only]
    words = "；".join(f"{c}：“{clause.words}”" for c, clause in sparing)
    if direct:
        line = Line("statute", _LABEL, "unmet", f"{words}；但{'、'.join(map(str, direct))}直接设定了处罚")
    else:
        line = Line("statute", _LABEL, "met", words)
    return _ground((line,), facts, any(clause.graver for _, clause in sparing), tuple(str(c) for c, _ in sparing), text)


def _from_lists(
    matches: Sequence[Match], facts: CaseFacts, as_of: dt.date, library: Library, text: str
) -> Weighed | None:
    if not matches or matches[0].score < _WORTH_ASKING:
        return None
    near = [m for m in matches if matches[0].score - m.score < CLOSE]
    read = [(m, found) for m in near if (found := _of_rule(m.rule, library, as_of)) is not None]
    sparing = [(m, found) for m, found in read if found[0]]
    if not sparing or sparing[0][0] is not near[0]:
        return None
    match, (_, words, graver, basis) = sparing[0]
    matter = Line("matter", f"属于“{match.rule.matter}”", "met", f"按字词匹配，相近度{match.score:.2f}，请核对")
    if match.score < STRONG or (len(sparing) < len(near) and match.score < 1):
        why = f"相近度{match.score:.2f}" if match.score < STRONG else "相近的事项不止一项，罚则不同"
        matter = Line("matter", matter.label, "unknown", f"{why}，请选定", f"other.{PICK}")
    lines = (matter, Line("statute", _LABEL, "met", words))
    return _ground(lines, facts, graver, basis, text)


def _of_rule(rule: Rule, library: Library, as_of: dt.date) -> tuple[bool, str, bool, tuple[str, ...]] | None:
    """Whether an item's penalty provisions spare who corrects, in which words, grave cases apart, and the basis."""
    clauses = [(c, clause) for c in rule.punished_by if (clause := _clause(c, library, as_of)) is not None]
    if clauses:
        words = "；".join(f"{c}：“{clause.words}”" for c, clause in clauses)
        only = all(clause.only for _, clause in clauses)
        return only, words, any(clause.graver for _, clause in clauses), tuple(str(c) for c, _ in clauses)
    if rule.refusal_only and rule.outside:
        words = f"{'、'.join(rule.outside)}：责令改正，拒不改正的才罚（语料外，引用前核对原文）"
        return True, words, True, tuple(f"{b}（语料外）" for b in rule.outside)
    return (False, "", False, ()) if rule.punished_by or rule.outside else None


_LABEL = "罚则只对拒不改正（逾期不改正）设定处罚"


def _ground(lines: tuple[Line, ...], facts: CaseFacts, graver: bool, basis: tuple[str, ...], text: str) -> Weighed:
    done = facts.corrected
    corrected = (
        Line("corrected", "已按要求改正", "unknown", "待查", "corrected")
        if done is None
        else Line("corrected", "已按要求改正", "met" if done.value in TIMELY else "unmet", said(done))
    )
    lines = (*lines, corrected)
    if graver:
        harm = facts.harm.value if facts.harm is not None else None
        grave = harm in ("较大", "严重") or _GRAVE.search(text) is not None
        because = f"危害后果{harm}" if harm else "描述提到情节严重" if grave else "没有看到情节严重"
        lines = (*lines, Line("graver", "没有罚则另行处罚的严重情节", "unmet" if grave else "met", because))
    status = all_of(line.status for line in lines)
    note = "罚则以拒不改正（逾期不改正）为前提，改正后没有可以适用的罚款；不需要列入清单"
    effect = "改正后没有可以适用的罚则"
    return weigh("refusal-only", "改正后没有罚则", effect, "no_penalty_provision", status, lines, basis, note=note)
