"""List items that match the case, weighed: whether the list may conclude here, and each of its conditions."""

import datetime as dt
from collections.abc import Mapping

from assistant.law.library import Library
from assistant.rules.evaluate import evaluate, findings, unknown_facts
from assistant.rules.matching import CLOSE, STRONG, Match
from assistant.rules.questions import PICK
from assistant.rules.statutes import barred
from assistant.rules.weighing import Line, Weighed, weigh
from assistant.schema import CaseFacts, ExemptionVerdict, ListFacts, Met, Rule, RuleEffect, RuleList

HOME_REGIONS = frozenset(
    ("全国", "天津市", "天津", "滨海新区", "天津市滨海新区", "经开区", "天津经开区", "天津经济技术开发区")
)
"""Lists of these regions may carry a conclusion for the development zone; every other one informs."""

_VERDICTS: dict[RuleEffect, tuple[ExemptionVerdict, str]] = {
    "不予处罚": ("must_not_punish", "清单规定不予行政处罚"),
    "首违不罚": ("may_not_punish", "清单规定首次违法不予行政处罚"),
    "从轻": ("mitigate", "清单规定从轻处罚"),
    "减轻": ("mitigate", "清单规定减轻处罚"),
}


def validity(head: RuleList) -> str:
    """The days a list says it is in force."""
    span = head.in_force
    if span.from_ is None and span.to is None:
        return "未见"
    return f"{span.from_ or '（未见）'}至{span.to or '（未见止日）'}"


def why_not(head: RuleList, as_of: dt.date) -> str | None:
    """Why a list cannot carry a conclusion on `as_of`; None when it can."""
    reasons = []
    if head.in_force.to is not None and as_of > head.in_force.to:
        reasons.append(f"清单已于{head.in_force.to}到期")
    if head.in_force.from_ is not None and as_of < head.in_force.from_:
        reasons.append(f"清单自{head.in_force.from_}起才施行")
    if head.region not in HOME_REGIONS:
        reasons.append(f"是{head.region}的清单，对经开区只作参考")
    if head.nature != "官方":
        words = {
            "草案": "是征求意见稿，没有正式施行",
            "示例": "是示例，不是清单",
            "待核": "没有与官方原文核对过（待核）",
        }
        reasons.append(words[head.nature])
    elif head.source.checked_by is None:
        reasons.append("没有人与官方原文核对过（待核）")
    return "；".join(reasons) or None


def list_grounds(
    matches: tuple[Match, ...],
    lists: Mapping[str, RuleList],
    facts: CaseFacts,
    as_of: dt.date,
    library: Library,
    text: str,
) -> list[Weighed]:
    """A ground for each item that the case is about, best first; those about enforcement measures inform only.

    What bars 第三十三条第一款 (再犯, 拒不改正, 阻碍执法, 造成死亡) bars the items that spare the penalty too.
    """
    bar = barred(facts, text)
    # An example (示例) is no list: it serves to find a penalty provision, not to spare anybody.
    strong = [m for m in matches if m.score >= STRONG and lists[m.rule.list_id].nature != "示例"]
    out = []
    for match in strong:
        head = lists[match.rule.list_id]
        rivals = [m for m in strong if m.rule.matter != match.rule.matter and abs(m.score - match.score) < CLOSE]
        out.append(_weighed(match, head, facts, as_of, library, bar, contested=match.score < 1 and bool(rivals)))
    return out


def _weighed(
    match: Match,
    head: RuleList,
    facts: CaseFacts,
    as_of: dt.date,
    library: Library,
    bar: tuple[Met, str, str | None],
    *,
    contested: bool,
) -> Weighed:
    rule = match.rule
    refused = why_not(head, as_of)
    lines = [_matter(rule, match, contested)]
    if rule.when is None:
        lines.append(Line("conditions", "清单写明的适用条件", "unmet", "没有见到条件原文（待核），本项只作参考"))
        refused = refused or "没有见到适用条件"
    else:
        for finding in findings(rule.when, facts):
            lines.append(Line(finding.id, finding.label, finding.status, finding.because))
        if not rule.whole:
            lines.append(Line("whole", "条件已见全", "unmet", "所见条件不全（待核），本项只作参考"))
            refused = refused or "所见条件不全"
    if rule.unless is not None:
        state = evaluate(rule.unless, facts)
        turned: Met = {"met": "unmet", "unmet": "met", "unknown": "unknown"}[state]  # type: ignore[assignment]
        why = "；".join(f"{f.label}：{f.because}" for f in findings(rule.unless, facts))
        lines.append(Line("unless", f"没有排除情形（{rule.unless.label}）", turned, why))
    verdict, effect = _VERDICTS.get(rule.effect, ("no_exemption", "清单规定不予采取行政强制措施"))
    if rule.effect not in _VERDICTS:
        refused = refused or "不予强制不等于不予处罚"
    if bar[0] == "unmet" and rule.effect in ("不予处罚", "首违不罚"):
        lines.append(Line("excluded", "没有再犯、拒不改正、阻碍执法、造成死亡等情形", "unmet", bar[1]))
    stale = _stale(rule, library, as_of)
    if stale is not None:
        refused = refused or stale
    lines.append(
        Line("list", "清单可以作为经开区的依据", "unmet" if refused else "met", refused or "有效、官方、已核对")
    )
    status: Met = "met"
    if any(line.status == "unmet" for line in lines):
        status = "unmet"
    elif any(line.status == "unknown" for line in lines):
        status = "unknown"
    listed = ListFacts(
        title=head.title,
        issuer=head.issuer,
        nature=head.nature,
        validity=validity(head),
        region=head.region,
        concludes=refused is None,
        note="；".join(n for n in (rule.note, head.note, stale) if n) or None,
        score=match.score,
    )
    basis = (*(str(c) for c in (*rule.forbidden_by, *rule.punished_by)), *(f"{b}（语料外）" for b in rule.outside))
    weighed = weigh(f"list:{rule.id}", rule.matter, effect, verdict, status, tuple(lines), basis, listed=listed)
    if status != "unknown":
        return weighed
    asked = [f for c in (rule.when, rule.unless) if c is not None for f in unknown_facts(c, facts)]
    return Weighed(weighed.ground, verdict, tuple(dict.fromkeys([*([f"other.{PICK}"] if contested else []), *asked])))


def _matter(rule: Rule, match: Match, contested: bool) -> Line:
    if contested:
        return Line(
            "matter", f"属于“{rule.matter}”", "unknown", f"相近的事项不止一项（相近度{match.score:.2f}），请选定"
        )
    return Line("matter", f"属于“{rule.matter}”", "met", f"按字词和依据匹配，相近度{match.score:.2f}，请核对")


def _stale(rule: Rule, library: Library, as_of: dt.date) -> str | None:
    """What is wrong with the provisions an item cites on `as_of`; None when they are law."""
    for citation in (*rule.punished_by, *rule.forbidden_by):
        version = library.version_on(citation.law, as_of)
        article = library.article(version.id, citation.article or "") if version is not None else None
        status = library.status(article, as_of) if article is not None else "没有这一条"
        if status not in ("现行有效", "待核"):
            return f"清单所引{citation}在{as_of}{'' if status == '没有这一条' else '是'}{status}，须换引现行条文"
    return None
