"""Questions for numbers as they are: one, several, parts of a whole, a claim, the formula behind one."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.schema import Metric, MetricQuery, MetricTerm, Operation
from assistant.stats.formula import added, names
from assistant.stats.measures import UNIT_KINDS, counts
from assistant.stats.questions.adding import remainder_of, summed
from assistant.stats.questions.chunks import Arg
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.making import direction, grows, listed, made, operands, ratios, refuse
from assistant.stats.questions.settling import Said, Subject, Unknown, Unsettled
from assistant.stats.questions.sharing import share_of
from assistant.stats.questions.siding import trends


def values(said: Said, m: Match) -> MetricQuery:
    said.sides = True
    args = [a for name in ("a", "b", "c") for a in m.args(name)]
    if any(t.kind == "range" for a in args for t in a.times):
        return sums(said, m) if m.summing and len(args) == 1 else trends(said, m)
    told = [a for a in args if a.numbers and not a.asks and a.named]
    asked = [a for a in args if a not in told]
    if told and asked and any(a.asks for a in asked):
        said.before = (*said.before, *said.subjects(told))
        args = asked
    args = collapsed([of_parts(said, a) if m.has("class") and len(args) == 1 else a for a in args])
    subjects = said.subjects(args, asks=m.loose)
    negated = [s for s in subjects if s.arg is not None and s.arg.negated]
    if negated:
        if len(subjects) > 1:
            raise refuse("relation", "一句里有否定，又有几个指标，请分开问", *subjects)
        return remainder_of(said, m, negated[0])
    if len(subjects) == 1 and set(m.asks) & {"%", "成"} and subjects[0].metric.unit != "%":
        return share_of(said, m, subjects, None)
    if (m.has("sum") or m.summing) and len(subjects) > 1 and not listed(m):
        return summed(said, m, subjects)
    claim, sign = None, None
    given = [n for a in args for n, _ in a.numbers]
    if given and m.has("yesno") and not m.asks and len(subjects) == 1:
        claim, sign = in_unit(given[-1], subjects[0].metric), "equal"
    return made(said, m, "value", [said.term(s) for s in subjects], claim=claim, claim_sign=sign)


def collapsed(args: Sequence[Arg]) -> list[Arg]:
    """商事登记，前年、去年各多少: times or scopes behind what is spoken of belong to it."""
    found: list[Arg] = []
    for arg in args:
        last = found[-1] if found else None
        if last is not None and last.options and not arg.options:
            if arg.times:
                found[-1] = replace(last, times=(*last.times, *arg.times), asks=last.asks or arg.asks)
                continue
            if arg.scopes:
                found[-1] = replace(last, scopes=(*last.scopes, *arg.scopes), asks=last.asks or arg.asks)
                continue
        found.append(arg)
    return found


def of_parts(said: Said, arg: Arg) -> Arg:
    """四类整改通知书一共: the declared sum of the parts, where there is one."""
    if len(arg.options) == 1 and (sum_ := said.sum_of_parts(said.metric(arg.options[0]))) and arg.named:
        return replace(arg, named=replace(arg.named, options=(sum_.name,)))
    return arg


def both_dates(said: Said, m: Match) -> MetricQuery:
    """两个时点履责率之差: where the numbers of a year were counted on two days."""
    subjects = said.subjects(m.args("s"))
    terms: list[MetricTerm] = []
    for subject in subjects:
        held = said.ledger.readings(subject.metric.name, subject.scope or subject.metric.scope)
        days = [t.as_of for t in held if t.as_of is not None and t.year == said.default_year(subject)]
        if len(days) != 2:
            raise refuse("relation", f"“{subject.metric.name}”没有两个时点的数", subject)
        term = MetricTerm(metric=subject.metric.name, scope=subject.scope, year=days[0].year)
        terms += [term.model_copy(update={"month": d.month, "day": d.day}) for d in reversed(days)]
    return made(said, m, "growth" if grows(m) else "change", terms, direction=direction(m))


def turned(said: Said, m: Match) -> MetricQuery:
    """多少条，十月底归集的; 十月底是多少呢，参与率."""
    a, b = m.args("a"), m.args("b")
    if b and (a[0].options or not m.asks or not b[0].options):
        raise Unsettled(Unknown("relation", "没有认出这句话里各项之间的关系"))
    arg = replace(b[0], times=b[0].times or a[0].times, scopes=b[0].scopes or a[0].scopes) if b else a[0]
    subjects = said.subjects([arg], asks=() if b and b[0].asks else tuple(m.asks))
    return made(said, m, "value", [said.term(s) for s in subjects])


def again(said: Said, m: Match) -> MetricQuery:
    """安监罚了800多万，具体是多少: the number just told."""
    if not said.before:
        raise Unsettled(Unknown("metric", "没有认出要问的指标"))
    if m.summing and len(said.before) > 1:
        return summed(said, m, list(said.before))
    kinds = {kind for kind in m.asks if kind}
    subject = said.before[-1]
    if any(not counts(subject.metric.unit, kind) for kind in kinds):
        raise refuse(
            "metric", f"没有按这个量词统计的“{subject.metric.name}”（现有单位：{subject.metric.unit}）", subject
        )
    return made(said, m, "value", [said.term(subject)])


def within(said: Said, m: Match) -> MetricQuery:
    """归集信息里处罚多少: the part is asked, and the whole only says of what."""
    outer, inner = m.args("a"), m.args("b")
    whole = said.subjects(outer)[0] if outer[0].options else None
    if whole is not None:
        merged = said.namer.name(
            [w for a in (outer[0], *inner) for w in a.words if not w.sense("ask", "time", "number")]
        )
        said.before = (*said.before, whole)
    of_it = [replace(a, times=a.times or outer[0].times, scopes=a.scopes or outer[0].scopes) for a in inner]
    parts = said.subjects(of_it, asks=m.loose)
    for part in parts:
        if whole is None:
            continue
        related = part.metric.name == whole.metric.name or said.part_of(part.metric.name, whole.metric.name)
        related = related or (merged is not None and part.metric.name in merged.options)
        related = (
            related or part.metric.name in whole.metric.narrows or whole.metric.name in operands(said, part.metric)
        )
        related = related or (part.metric.name, whole.metric.name) in ratios(said)
        if whole.arg is not None and whole.arg.negated:
            related = False
        said.used.add(whole.metric.name)
        if not related:
            raise refuse("relation", f"没有在“{whole.metric.name}”里按“{part.metric.name}”分的数", part, whole)
    if any(a.negated for a in inner):
        return remainder_of(said, m, parts[0])
    if len(parts) == 1 and (set(m.asks) & {"%", "成"}) and parts[0].metric.unit != "%":
        return share_of(said, m, parts, whole)
    if len(parts) > 1 and (m.has("sum") or m.summing) and not listed(m):
        return summed(said, m, parts)
    return made(said, m, "value", [said.term(s) for s in parts])


def claimed(said: Said, m: Match) -> MetricQuery:
    """参与率超过90%了吗."""
    args = [of_parts(said, a) if m.has("class") else a for a in m.args("a")]
    subject = said.subjects(args)[0]
    number = m.groups["n"][0].value or Decimal(0)
    sign = "under" if m.has("short") else "over" if m.has("beyond", "more") else "equal"
    kind = m.groups["n"][0].kind
    if kind == "%" and subject.metric.unit != "%":
        raise refuse("relation", f"“{subject.metric.name}”以{subject.metric.unit}计，不能同百分数比", subject)
    return made(said, m, "value", [said.term(subject)], claim=in_unit(number, subject.metric), claim_sign=sign)


def short_of(said: Said, m: Match) -> MetricQuery:
    """履责率离80%还差多少."""
    subject = said.subjects(m.args("a") or [Arg(())])[0]
    number = in_unit(m.groups["n"][0].value or Decimal(0), subject.metric)
    return made(said, m, "difference", [said.term(subject)], direction="gap", claim=number)


def in_unit(number: Decimal, metric: Metric) -> Decimal:
    return number / 10_000 if metric.unit.startswith("万") and number >= 1000 else number


def formula_parts(said: Said, m: Match) -> MetricQuery:
    """履责率的分子分母各是多少."""
    subject = said.subjects(m.args("a"))[0]
    formula = said.catalogue.formulas.get(subject.metric.name)
    if m.has("listing") or (formula is not None and len(names(formula)) > 2):
        return made(said, m, "value", [said.term(subject)])
    if formula is None or len(names(formula)) != 2 or "/" not in str(subject.metric.formula):
        raise refuse("relation", f"“{subject.metric.name}”没有分子、分母", subject)
    top, below = (replace(subject, metric=said.metric(n)) for n in names(formula))
    chosen = [top] if m.has("numerator") else [below] if m.has("denominator") else [top, below]
    if m.has("denominator") and m.has("numerator"):
        chosen = [top, below]
    return made(said, m, "value", [said.term(s) for s in chosen])


def explained(said: Said, m: Match) -> MetricQuery:
    """人均执法量怎么算出来的; 人均执法量的分母是288还是265."""
    return made(said, m, "value", [said.term(s) for s in said.subjects(m.args("a"))])


def unrounded(said: Said, m: Match) -> MetricQuery:
    subject = said.subjects(m.args("a"), asks=())[0]
    formula = said.catalogue.formulas.get(subject.metric.name)
    if formula is None or len(names(formula)) != 2 or "/" not in str(subject.metric.formula):
        return made(said, m, "value", [said.term(subject)])
    operation: Operation = "share" if subject.metric.unit == "%" else "average"
    return made(said, m, operation, [said.term(replace(subject, metric=said.metric(n))) for n in names(formula)])


def counted_by(said: Said, m: Match) -> MetricQuery:
    """人均执法量按全体执法人员算: the metric over another denominator."""
    per = m.arg("a2")
    if per is not None and (per.text != "人均" or set(m.asks) - {"", "件"}):
        raise Unsettled(Unknown("relation", "没有认出按什么算什么"))
    counted = next((x for x in said.catalogue.metrics.values() if x.name.startswith("人均") and x.misfits), None)
    subject = Subject(counted) if per is not None and counted is not None else said.subjects(m.args("a"))[0]
    number = m.groups["b"][0]
    if number.arg is None:
        known = said.namer.by_value(number.value or Decimal(0), number.kind)
        by_args = [Arg((), known)] if known else []
    else:
        by_args = m.args("b")
    if not by_args:
        raise refuse("relation", f"没有认出按什么算“{subject.metric.name}”", subject)
    by = said.subjects(by_args)[0]
    if per is not None:
        subject = replace(subject, time=by.time, scope=by.scope)
    formula = said.catalogue.formulas.get(subject.metric.name)
    if formula is None or len(names(formula)) != 2 or "/" not in str(subject.metric.formula):
        raise refuse("relation", f"“{subject.metric.name}”不能改按“{by.metric.name}”计算", subject)
    top, below = names(formula)
    if by.metric.name == below or (by.metric.name == subject.metric.name):
        return made(said, m, "value", [said.term(subject)])
    if UNIT_KINDS.get(by.metric.unit) != UNIT_KINDS.get(said.metric(below).unit):
        raise refuse("relation", f"“{subject.metric.name}”不能改按“{by.metric.name}”计算", subject)
    return made(said, m, "average", [said.term(replace(subject, metric=said.metric(top))),
                                     said.term(replace(by, time=by.time or subject.time))])  # fmt: skip


def sums(said: Said, m: Match) -> MetricQuery:
    args = [a for name in ("a", "b", "c") for a in m.args(name)]
    if m.args("t"):  # 案前和案中一共调解和解多少
        total = said.subjects(m.args("t"), asks=m.loose)[0]
        formula = said.catalogue.formulas.get(total.metric.name)
        parts = {s.metric.name for s in said.subjects(args)}
        if formula is None or not parts <= set(added(formula)) or len(parts) != len(added(formula)):
            raise refuse("relation", "没有认准把哪几项相加", total)
        return made(said, m, "value", [said.term(total)])
    if len(args) == 1:
        arg = args[0]
        spans = [t for t in arg.times if t.kind == "range" and t.year and t.until_year]
        if spans:
            subject = said.subjects([replace(arg, times=())])[0]
            first, last = spans[0].year or 0, spans[0].until_year or 0
            years = [
                MetricTerm(metric=subject.metric.name, scope=subject.scope, year=y) for y in range(first, last + 1)
            ]
            return made(said, m, "sum", years[:10])
        if not arg.times[1:] and not arg.scopes[1:]:
            return values(said, m)
    return summed(said, m, said.subjects(args, asks=m.loose))
