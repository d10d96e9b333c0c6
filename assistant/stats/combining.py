"""Questions that put numbers together: shares, sums, remainders, averages, rankings, compositions."""

import re
from dataclasses import replace
from typing import Literal

from assistant.schema import MetricQuery, MetricTerm
from assistant.stats.formula import added, names
from assistant.stats.mentions import Mention
from assistant.stats.sentence import Sentence, Unknown, children
from assistant.stats.words import MEASURES, UNIT_KINDS

_EACH = re.compile(r"每一?([家项份次场件条名人户组部])")
_LOOSE_SUMS = frozenset(["一共", "总共", "共", "共计", "累计", "总计", "拢共", "统共", "总体", "汇总"])
_PERIODS: dict[str, Literal["day", "week", "month", "quarter"]] = {
    **dict.fromkeys(("每天", "每日", "日均", "一天", "天均"), "day"),
    **dict.fromkeys(("每周", "周均", "每星期"), "week"),
    **dict.fromkeys(("每月", "每个月", "月均", "一个月"), "month"),
    **dict.fromkeys(("每季度", "季均", "每个季度"), "quarter"),
}


def shared(said: Sentence) -> MetricQuery | Unknown:
    mark = next((t for t in said.heard.of("operation") if t.names[0] == "share" and t.text.startswith("占")), None)
    mentions = said.mentions
    first = mentions[0]
    if first.metric.unit == "%":  # “一门”事项占政务服务事项的百分之多少: the metric is itself the share
        return said.made("value", (said.term(first, said.time_of(first)),))
    if len(mentions) == 1 and len(said.times) == 2:
        return said.made("share", tuple(said.term(first, t) for t in said.times))
    if len(mentions) == 1:
        if first.metric.whole is None:
            return Unknown("relation", f"没有写明“{first.metric.name}”占什么的比重", (first.term(),))
        name = first.metric.whole
        if said.classes() and (sum_ := said.sum_of_parts(MetricTerm(metric=name))):
            name = sum_.metric  # 占四类的百分之几: of the sum of the four, not of the stated total
        whole = Mention(said.catalogue.metrics[name], 0, 0, first.scope, True)
        parts = [first]
    else:
        before = [m for m in mentions if mark is None or m.start < mark.start]
        after = [m for m in mentions if mark is not None and m.start > mark.start]
        inside = next((m for m in before if said.inside(m)), None)
        if mark is None and len(before) == 2 and any("百分之" in t.text for t in said.heard.of("ask")):
            whole, parts = before[1], before[:1]  # 咨询量是工单量的百分之几
        elif after and before:
            whole, parts = after[0], [m for m in before if m is not inside] or before
        elif inside is not None and len(before) > 1:
            whole, parts = inside, [m for m in before if m is not inside]
        elif mark is None and len(before) == 2 and "and" in said.operations and "each" not in said.operations:
            whole, parts = before[1], before[:1]  # 处罚与检查的比例
        elif all(m.metric.whole and m.metric.whole == before[0].metric.whole for m in before):
            whole, parts = (
                Mention(said.catalogue.metrics[str(before[0].metric.whole)], 0, 0, first.scope, True),
                before,
            )
        elif len(before) == 2 and before[1].metric.name == before[0].metric.whole:
            whole, parts = before[1], before[:1]
        elif len(before) >= 2 and before[0].metric.name == before[1].metric.whole:
            whole, parts = before[0], before[1:]
        else:
            whole, parts = (before or mentions)[1], (before or mentions)[:1]
    terms: list[MetricTerm] = []
    if "sum" in said.operations and len(parts) > 1:
        joined = tuple(said.term(p, said.time_of(p)) for p in parts)
        return said.made("share", (*joined, said.term(whole, said.time_of(first))), direction="more")
    for part in (_part_in(said, p, whole) for p in parts):
        terms += [said.term(part, said.time_of(part)), said.term(whole, said.time_of(part))]
    return said.made("share", tuple(terms))


def _part_in(said: Sentence, part: Mention, whole: Mention) -> Mention:
    """受理后审结的案件中调解和解的: of a sum, the addend that belongs to the whole named."""
    formula = said.catalogue.formulas.get(part.metric.name)
    if formula is None or said.part_of(part.metric.name, whole.metric.name):
        return part
    own = [n for n in added(formula) if said.catalogue.metrics[n].whole == whole.metric.name]
    return replace(part, metric=said.catalogue.metrics[own[0]]) if len(own) == 1 else part


def listed(said: Sentence) -> bool:
    """Whether 一共 and 共 only introduce several questions, each with its own 多少."""
    strong = any(t.text not in _LOOSE_SUMS for t in said.heard.of("operation") if t.names[0] == "sum")
    asked = [t for t in said.heard.of("ask") if t.text.lstrip("有")[:1] in "多几" and t.names]
    return "each" in said.operations or (not strong and len(asked) > 1)


def summed(said: Sentence) -> MetricQuery | Unknown:
    told = [m for m in said.mentions if said.given(m)]
    if told and len(told) < len(said.mentions):  # 权责一共884项，履行了多少项: the first is told, not asked
        said.mentions = [m for m in said.mentions if m not in told]
        if len(said.mentions) == 1:
            return said.valued()
    for mention in said.mentions:  # 案前和案中一共调解和解多少: the sum is a metric of its own
        formula = said.catalogue.formulas.get(mention.metric.name)
        others = {m.metric.name for m in said.mentions if m is not mention}
        if formula is not None and others and others <= set(added(formula)):
            return said.made("value", (said.term(mention, said.time_of(mention)),))
    return said.made("sum", said.values())


def without(said: Sentence) -> MetricQuery | Unknown:
    mark = next((t for t in said.heard.of("operation") if t.names[0] in ("except", "rest")), None)
    ordered = list(said.mentions)
    for mention in ordered:  # 除了履行的，还有多少没履行: the rest is a metric of its own
        formula = said.catalogue.formulas.get(mention.metric.name)
        if (
            formula is not None
            and "-" in str(mention.metric.formula)
            and all(o is mention or o.metric.name in names(formula) for o in ordered)
        ):
            return said.made("value", (said.term(mention, said.time_of(mention)),))
    whole = next((m for m in ordered if all(said.part_of(o.metric.name, m.metric.name) for o in ordered if o is not m)),
                 None)  # fmt: skip
    if whole is None or mark is None:
        return Unknown("relation", "没有写明从哪个总数里扣除", tuple(m.term() for m in ordered))
    parts = [m for m in ordered if m is not whole]
    time = said.time_of(ordered[0])
    return said.made("remainder", (said.term(whole, time), *(said.term(p, time) for p in parts)))


def remainder_of_negated(said: Sentence) -> MetricQuery | Unknown:
    negated = next(m for m in said.mentions if m.negated)
    whole = negated.metric.whole
    named = [m for m in said.mentions if m is not negated]
    if named and said.part_of(negated.metric.name, named[0].metric.name):
        whole = named[0].metric.name
    if whole is None:
        return Unknown("relation", f"没有“{negated.metric.name}”的总数，不能算出其余", (negated.term(),))
    time = said.time_of(negated)
    total = Mention(said.catalogue.metrics[whole], 0, 0, negated.scope, True)
    return said.made("remainder", (said.term(total, time), said.term(negated, time)))


def ranked(said: Sentence) -> MetricQuery | Unknown:
    terms = said.values()
    direction: Literal["more", "less", "signed"] = (
        "more" if "rank_max" in said.operations else "less" if "rank_min" in said.operations else "signed"
    )
    if len(terms) == 1:
        if "年" in "".join(t.text for t in said.heard.of("operation") if t.names[0] == "which"):
            held = said.ledger.readings(terms[0].metric, terms[0].scope or said.mentions[0].metric.scope)
            years = sorted({t.year for t in held})
            terms = tuple(terms[0].model_copy(update={"year": y}) for y in years)
        else:
            parts = children(said.catalogue, terms[0].metric)
            terms = tuple(terms[0].model_copy(update={"metric": name}) for name in parts)
    if len(terms) < 2:
        return Unknown("relation", f"“{said.mentions[0].metric.name}”没有可以排名的分项", (said.mentions[0].term(),))
    return said.made("rank", terms, direction=direction)


def composed(said: Sentence) -> MetricQuery | Unknown:
    mention = said.mentions[0]
    parts = children(said.catalogue, mention.metric.name)
    if not parts:
        return Unknown("relation", f"没有“{mention.metric.name}”的分项", (mention.term(),))
    term = said.term(mention, said.time_of(mention))
    return said.made("composition", (term, *(term.model_copy(update={"metric": name}) for name in parts)))


def per_time(said: Sentence) -> Literal["day", "week", "month", "quarter"] | None:
    return next((per for word, per in _PERIODS.items() if word in said.heard.text), None)


def averaged(said: Sentence) -> MetricQuery | Unknown:
    spread = per_time(said)
    if spread is not None and not said.pers:
        return said.made("average", said.values(), per=spread)
    if not said.pers and (measure := _EACH.search(said.heard.text)):  # 抽查58项工程，平均每项几条意见
        kind = MEASURES.get(measure[1], "")
        fits = [m for m in said.mentions if UNIT_KINDS.get(m.metric.unit) == kind]
        if kind and len(fits) == 1 and len(said.mentions) > 1:
            said.pers = fits
            said.mentions = [m for m in said.mentions if m not in fits]
    if not said.pers:
        if len(said.mentions) == 1:
            named = _named_average(said, said.mentions[0])
            if named is not None:
                return said.made("value", (named,))
            if said.mentions[0].metric.formula and "/" in said.mentions[0].metric.formula:
                return said.valued()
        return Unknown("relation", "没有写明按什么平均", tuple(m.term() for m in said.mentions))
    averaged = {p.metric.name for p in said.pers}
    kinds = {UNIT_KINDS.get(said.catalogue.metrics[n].unit) for p in said.pers for n in (p.metric.name, *p.others)}
    scopes = {said.catalogue.metrics[n].scope for p in said.pers for n in (p.metric.name, *p.others)}
    behind = [m for m in said.mentions if UNIT_KINDS.get(m.metric.unit) in kinds and m.metric.scope not in scopes]
    if len(behind) == 1 and len(said.mentions) > 1:  # 链上企业平均每家多少员工: the denominator is named before
        said.pers = behind
        said.mentions = [m for m in said.mentions if m not in behind]
    numerators = [_undivided(said, m) for m in said.mentions if not m.per and m.metric.name not in averaged]
    if not numerators:
        return Unknown("relation", "没有写明对什么求平均", tuple(m.term() for m in said.pers))
    terms: list[MetricTerm] = []
    for numerator in numerators:
        mention, per = _matched(said, numerator)
        terms += [said.term(mention, said.time_of(mention)), said.term(per, said.time_of(mention))]
    return said.made("average", tuple(terms))


def _named_average(said: Sentence, mention: Mention) -> MetricTerm | None:
    """平均罚款: the one average that is declared over this metric."""
    found = [
        name
        for name, formula in said.catalogue.formulas.items()
        if names(formula)[0] == mention.metric.name
        and name.startswith(("平均", "人均"))
        and "/" in str(said.catalogue.metrics[name].formula)
    ]
    if len(found) != 1:
        return None
    return said.term(mention, said.time_of(mention)).model_copy(update={"metric": found[0]})


def _undivided(said: Sentence, mention: Mention) -> Mention:
    """平均罚款 with another denominator named: what is averaged is the fines."""
    formula = said.catalogue.formulas.get(mention.metric.name)
    if formula is None or "/" not in str(mention.metric.formula) or mention.metric.unit == "%":
        return mention
    return replace(mention, metric=said.catalogue.metrics[names(formula)[0]])


def _matched(said: Sentence, numerator: Mention) -> tuple[Mention, Mention]:
    """Numerator and denominator, where their words fit several: a declared average first, then one department."""
    per = said.pers[0]
    declared = {names(f) for n, f in said.catalogue.formulas.items() if "/" in str(said.catalogue.metrics[n].formula)}
    for top in (numerator.metric.name, *numerator.others):
        for below in (per.metric.name, *per.others):
            if (top, below) in declared and (numerator.others or per.others):
                metrics = said.catalogue.metrics
                return replace(numerator, metric=metrics[top]), replace(per, metric=metrics[below])
    return numerator, _per_for(said, numerator)


def _per_for(said: Sentence, numerator: Mention) -> Mention:
    """The denominator in the numerator's own department, where the word fits several."""
    per = said.pers[0]
    for name in (per.metric.name, *per.others):
        metric = said.catalogue.metrics[name]
        if metric.scope == numerator.metric.scope and metric != numerator.metric:
            return Mention(metric, per.start, per.end, per.scope, True, True)
    return per
