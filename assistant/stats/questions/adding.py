"""Questions that add and take away: sums, remainders, and what they leave between."""

from dataclasses import replace

from assistant.schema import MetricQuery
from assistant.stats.formula import added, names
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.making import made, refuse
from assistant.stats.questions.settling import Said, Subject, Unknown, Unsettled
from assistant.stats.questions.sharing import inside, share_of


def summed(said: Said, m: Match, subjects: list[Subject]) -> MetricQuery:
    for subject in subjects:  # 案前和案中一共调解和解多少: the sum is a metric of its own
        formula = said.catalogue.formulas.get(subject.metric.name)
        others = {s.metric.name for s in subjects if s is not subject}
        if formula is not None and others and others <= set(added(formula)):
            return made(said, m, "value", [said.term(subject)])
    return made(said, m, "sum", [said.term(s) for s in subjects])


def totalled(said: Said, m: Match) -> MetricQuery:
    """检查多少，处罚多少，加起来多少."""
    if len(said.before) < 2:
        raise Unsettled(Unknown("relation", "没有写明把什么加起来"))
    return summed(said, m, list(said.before))


def remainder(said: Said, m: Match) -> MetricQuery:
    """归集信息里除了检查和处罚还剩多少."""
    parts = said.subjects(m.args("p"))
    wholes = m.args("w")
    if len(parts) == 1 and m.has("outside") and not m.has("except", "minus") and "-" in str(parts[0].metric.formula):
        said.used.update(s.metric.name for s in said.subjects(wholes)) if wholes else None
        return made(said, m, "value", [said.term(parts[0])])  # 还剩多少项没履行
    if wholes:
        said.before = (*said.before, *parts)
        arg = wholes[0]
        whole = said.subjects(
            [arg if arg.times or not parts[0].time else replace(arg, times=(parts[0].time,))], narrow=False
        )[0]
        formula = said.catalogue.formulas.get(whole.metric.name)
        if formula is not None and "-" in str(whole.metric.formula) and all(
            p.metric.name in names(formula) for p in parts
        ):  # fmt: skip
            return made(said, m, "value", [said.term(whole)])
    elif parts[0].metric.whole:
        whole = replace(parts[0], metric=said.metric(parts[0].metric.whole))
    elif said.before:
        whole = said.before[-1]
    else:
        raise refuse("relation", "没有写明从哪个总数里扣除", *parts)
    parts = [inside(said, p, whole.metric) for p in parts]
    if not all(said.part_of(p.metric.name, whole.metric.name) for p in parts):
        raise refuse("relation", f"“{parts[0].metric.name}”不是“{whole.metric.name}”的一部分，不能从中扣除", *parts)
    parts = [replace(p, time=p.time or whole.time) for p in parts]
    return made(said, m, "remainder", [said.term(whole), *(said.term(p) for p in parts)])


def remainder_of(said: Said, m: Match, part: Subject) -> MetricQuery:
    """What is not the part: the metric declared for it, or the whole less the part."""
    if part.metric.unit == "%":
        raise refuse("relation", f"没有认出对“{part.metric.name}”的否定", part)
    whole = part.metric.whole
    if whole is None:
        raise refuse("relation", f"没有“{part.metric.name}”的总数，不能算出其余", part)
    for name, formula in said.catalogue.formulas.items():
        if names(formula) == (whole, part.metric.name) and said.metric(name).formula == f"{whole} - {part.metric.name}":
            rest = replace(part, metric=said.metric(name))
            if set(m.asks) & {"%", "成"}:
                return share_of(said, m, [rest], None)
            return made(said, m, "value", [said.term(rest)])
    return made(said, m, "remainder", [said.term(replace(part, metric=said.metric(whole))), said.term(part)])


def left_over(said: Said, m: Match) -> MetricQuery:
    """权责884项，履行682项，还差多少: what two numbers told before leave."""
    last = said.before[-2:]
    if len(last) == 2:
        for whole, part in (last, last[::-1]):
            if said.part_of(part.metric.name, whole.metric.name):
                return made(said, m, "remainder", [said.term(whole), said.term(part)])
        if m.has("difference"):
            return made(said, m, "difference", [said.term(s) for s in last], direction="gap")
    if len(last) == 1 and last[0].metric.whole and m.has("outside"):
        return remainder_of(said, m, last[0])
    raise Unsettled(Unknown("relation", "没有写明还差什么"))


def sum_gap(said: Said, m: Match) -> MetricQuery:
    """整改通知书总数与分项之和相差多少."""
    subject = said.subjects(m.args("a"))[0]
    total = said.sum_of_parts(subject.metric)
    if total is None and (subject.metric.formula is None or not added(said.catalogue.formulas[subject.metric.name])):
        raise refuse("relation", f"没有写明“{subject.metric.name}”同什么比较", subject)
    if total is None:
        whole = {said.metric(p).whole for p in said.children(subject.metric)} - {None}
        stated = said.metric(str(whole.pop())) if len(whole) == 1 else None
        if stated is None or stated == subject.metric:
            raise refuse("relation", f"没有“{subject.metric.name}”的分项可以相加", subject)
        return made(
            said, m, "difference", [said.term(subject), said.term(replace(subject, metric=stated))], direction="gap"
        )
    return made(said, m, "difference", [said.term(replace(subject, metric=total)), said.term(subject)], direction="gap")


def whole_gap(said: Said, m: Match) -> MetricQuery:
    """归集信息比检查与处罚之和多多少."""
    whole = said.subjects(m.args("a"))[0]
    parts = said.subjects(m.args("p"))
    if not all(said.part_of(p.metric.name, whole.metric.name) for p in parts):
        raise refuse("relation", "没有认准拿什么同什么比", whole, *parts)
    return made(
        said, m, "remainder", [said.term(whole), *(said.term(replace(p, time=p.time or whole.time)) for p in parts)]
    )
