"""Questions that set one number against another: over time, across scopes, metric against metric."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.schema import MetricQuery, MetricTerm, Operation
from assistant.stats.measures import COUNTS
from assistant.stats.questions.chunks import SIGNS, Arg
from assistant.stats.questions.grammar import Match
from assistant.stats.questions.making import direction, grows, made, multiple, operands, refuse
from assistant.stats.questions.settling import Said, Subject, Unknown, Unsettled, standing
from assistant.stats.questions.siding import trends
from assistant.stats.questions.times import TimeAsked


def compared(said: Said, m: Match) -> MetricQuery:
    """Two arguments set against each other: in time, across scopes, or metric against metric."""
    said.sides = True
    a, b = m.args("a"), m.args("b")
    again = m.arg("again")  # 年底归集比十月底多归集几条
    if again is not None and not (a and set(a[0].options) & set(again.options)):
        raise Unsettled(Unknown("relation", "没有认准拿什么同什么比"))
    if m.args("o"):  # 归集信息中处罚占比比10月底高
        outer, inner = said.subjects(m.args("o"))[0], said.subjects(a)[0]
        if outer.metric.name not in operands(said, inner.metric) and not said.part_of(
            inner.metric.name, outer.metric.name
        ):
            raise refuse("relation", f"没有在“{outer.metric.name}”里按“{inner.metric.name}”分的数", inner)
        said.used.add(outer.metric.name)
    s = m.args("s")
    bare = not m.has(
        "up", "down", "more", "less", "change", "growth", "decline", "difference", "minus", "which", "same"
    )
    if bare and a and b and a[-1].options and b[0].options and m.chunks[-1].letter == SIGNS["than"]:
        raise Unsettled(Unknown("relation", "没有认出要比的是什么"))  # 隐患和检查次数之比 is a ratio
    if s:  # 年底跟十月底比，处罚多几件: two times, and then what is spoken of
        base, late = next(iter(b), None), next(iter(a), None)
        if late is not None and b and b[0].scopes and late.scopes and not b[0].times:
            one, two = (said.subjects([replace(s[0], scopes=x.scopes)])[0] for x in (late, b[0]))
            return apart(said, m, one, two)
        if late is None:
            return moved_from(said, m, s, base)
        return moved_from(
            said, m, [replace(x, times=late.times or x.times, scopes=x.scopes or late.scopes) for x in s], base
        )
    if not a:
        if not said.before:
            raise Unsettled(Unknown("metric", "没有认出要问的指标"))
        if not b[0].options:
            return moved_from(said, m, [], b[0])
        subject = said.told()
        other = said.subjects([b[0] if b[0].times or subject.time is None else replace(b[0], times=(subject.time,))])[0]
        return apart(said, m, subject, other)
    if len(a) > 1 and b and not b[0].options:
        return moved_from(said, m, a, b[0])
    if b and not b[0].options and b[0].scopes and a[0].options:
        b = [replace(b[0], named=a[0].named)]
    if b and not b[0].options:
        return moved_from(said, m, a, b[0])
    if b and not a[0].options and not a[0].scopes and a[0].times:  # 年底比10月底执法人员、参与人数各多多少
        return moved_from(said, m, [replace(x, times=a[0].times) for x in b], replace(b[0], named=None, scopes=()))
    if not a[0].options and (a[0].scopes or a[0].times):
        a = [replace(a[0], named=b[0].named, scopes=a[0].scopes or b[0].scopes)]
    if len(a) > 1 or len(b) != 1:
        raise Unsettled(Unknown("relation", "没有认准拿什么同什么比"))
    one = said.subjects(a)[0]
    other_arg = b[0]
    if not other_arg.times and one.time is not None and other_arg.options:
        other_arg = replace(other_arg, times=(one.time,))
    if not other_arg.scopes and one.scope and (set(other_arg.options) & {one.metric.name}):
        other_arg = replace(other_arg, scopes=(one.scope,))
    said.before = (*said.before, one)
    two = said.subjects([other_arg], filled=False)[0]
    if one.metric.name == two.metric.name and (one.scope or one.metric.scope) == (two.scope or two.metric.scope):
        if one.time is None and two.time is None:
            raise refuse("relation", f"没有写明拿什么同“{one.metric.name}”比较", one)
        return two_dates(said, m, one, two)
    return apart(said, m, one, two)


def moved_from(said: Said, m: Match, late: list[Arg], base: Arg | None) -> MetricQuery:
    """The same metrics at a time and at an earlier one."""
    subjects = said.subjects(late) if late else [said.told()]
    if late and all(s.arg is not None and not s.arg.options for s in subjects):
        subjects = [replace(s, others=()) for s in subjects]
    times = base.times if base is not None else ()
    if base is not None and not times and base.scopes:  # 滨海新区比经开区
        return apart(said, m, subjects[0], replace(subjects[0], scope=base.scopes[0]))
    operation: Operation = "growth" if grows(m) else "change"
    if "点" in m.asks and any(s.metric.unit != "%" for s in subjects):
        raise refuse("relation", f"“{subjects[0].metric.name}”不是比率，增减不以百分点计", *subjects)
    terms: list[MetricTerm] = []
    for subject in subjects:
        now = subject.time
        if len(subject.arg.times if subject.arg else ()) > 1 and not times:
            continue
        late_term = said.term(subject)
        early = base_term(said, subject, times[-1], late_term) if times else default_base(said, m, subject, late_term)
        if early == late_term or (now is not None and times and now == times[-1]):
            raise refuse("relation", f"没有写明拿什么同“{subject.metric.name}”比较", subject)
        if (late_term, early) not in zip(terms[::2], terms[1::2], strict=True):
            terms += [late_term, early]
    return made(said, m, operation, terms, direction=direction(m))


def base_term(said: Said, subject: Subject, time: TimeAsked, late: MetricTerm) -> MetricTerm:
    loosely = time.whole_month and not standing(subject.metric)
    if loosely:
        said.notes.append(f"“{time.text}”按截至{time.month}月底的累计数理解。")
        time = replace(time, whole_month=False)
    if time.prior or (time.relative and time.text.endswith("同期")):
        year = late.year or said.default_year(subject)
        return MetricTerm(metric=subject.metric.name, scope=subject.scope, year=year - 1)
    return said.term(replace(subject, time=time))


def default_base(said: Said, m: Match, subject: Subject, late: MetricTerm) -> MetricTerm:
    """No earlier time named: the year before, or, where only this year is held and none was named, its earlier day."""
    year = late.year or said.default_year(subject)
    scope = subject.scope or subject.metric.scope
    held = said.ledger.readings(subject.metric.name, scope)
    this_year = [t for t in held if t.year == year]
    within_year = m.has("mom") or (late.year is None and not m.has("yoy"))
    if within_year and not any(t.year == year - 1 for t in held) and len(this_year) > 1 and this_year[-2].as_of:
        day = this_year[-2].as_of
        said.notes.append(
            f"没有写明与何时相比，按{year}年内较早的统计日（{day.month}月{day.day}日）比较；"
            f"没有{year - 1}年的数，不能同比。"
        )
        return MetricTerm(metric=subject.metric.name, scope=subject.scope, year=year, month=day.month, day=day.day)
    return MetricTerm(metric=subject.metric.name, scope=subject.scope, year=year - 1)


def two_dates(said: Said, m: Match, one: Subject, two: Subject) -> MetricQuery:
    operation: Operation = "growth" if grows(m) else "change"
    if m.has("than") or m.has("minus"):
        late, early = said.term(one), base_term(said, two, two.time, said.term(one)) if two.time else said.term(two)
    else:
        times = two_times(said, one, [one.time, two.time])
        late, early = said.term(replace(one, time=times[0])), said.term(replace(one, time=times[1]))
    if set(m.asks) & {"倍", "番"}:
        return multiple(said, m, [late, early])
    return made(said, m, operation, [late, early], direction=direction(m))


def two_times(
    said: Said, subject: Subject, times: Sequence[TimeAsked | None]
) -> tuple[TimeAsked | None, TimeAsked | None]:
    """Two times, the later first."""

    def rank(time: TimeAsked | None) -> tuple[int, int, int]:
        if time is None:
            return (said.default_year(subject), 13, 32)
        year = said.year(time) or said.default_year(subject)
        return (year, time.month or 13, time.day or 32)

    if len(times) != 2:
        raise refuse("relation", "没有认准拿哪两个时点比较", subject)
    ordered = sorted(times, key=rank, reverse=True)
    if rank(ordered[0]) == rank(ordered[1]):
        raise refuse("relation", f"没有写明拿什么时候的“{subject.metric.name}”比较", subject)
    return ordered[0], ordered[1]


def apart(said: Said, m: Match, one: Subject, two: Subject) -> MetricQuery:
    terms = [said.term(one), said.term(two)]
    if set(m.asks) & {"倍", "番"}:
        return multiple(said, m, terms)
    if grows(m):
        return made(said, m, "growth", terms, direction=direction(m))
    way = direction(m)
    if way == "signed" or m.has("which"):
        way = "gap"
    return made(said, m, "difference", terms, direction=way)


def spans(said: Said, m: Match) -> MetricQuery:
    """从10月底到年底: one metric, or several, between two times."""
    first, last = m.args("a")[0], m.args("b")
    s = m.args("s") + m.args("s2")
    if len(s) == 2 and set(s[0].options) & set(s[1].options):
        s = s[:1]  # 履责的事项又多履行了几项
    subjects = s or [x for x in last if x.options] or [x for x in (first,) if x.options]
    late = last[0].times
    if not first.times or not late:
        raise Unsettled(Unknown("relation", "没有认准从什么时候到什么时候"))
    scope = first.scopes or last[0].scopes
    args = [replace(x, times=late[-1:], scopes=x.scopes or scope) for x in subjects]
    if not args and said.before:
        args = [Arg((), times=late[-1:])]
    return moved_from(said, m, args, Arg((), times=first.times[:1]))


def ranged(said: Said, m: Match) -> MetricQuery:
    """滨海新区2022到2023年处罚增长多少: the two ends of a range of years."""
    args = m.args("a")
    span = next((t for a in args for t in a.times if t.kind == "range" and t.year and t.until_year), None)
    if span is None:
        two = [t for a in args for t in a.times]
        if len(args) == 1 and len(two) == 2:
            subject = said.subjects([replace(args[0], times=())])[0]
            late, early = two_times(said, subject, two)
            return moved_from(
                said, m, [replace(args[0], times=(late,) if late else ())], Arg((), times=(early,) if early else ())
            )
        return moved_from(said, m, args, None)
    first = replace(span, kind="year", until_year=None)
    last = replace(span, kind="year", year=span.until_year, until_year=None)
    said.times += [first, last]
    said.times.remove(span)
    return moved_from(said, m, [replace(a, times=(last,)) for a in args], Arg((), times=(first,)))


def told_steps(said: Said, m: Match) -> MetricQuery:
    """履行权责从633项增加到682项，增加了多少: the two numbers say from when to when."""
    subject = said.subjects(m.args("s"))[0]
    given = [
        n
        for c in m.chunks
        for n in ([c.value] if c.value is not None else [v for v, _ in c.arg.numbers] if c.arg else [])
    ]
    held = said.ledger.readings(subject.metric.name, subject.scope or subject.metric.scope)
    times = [t for n in given[:2] for t, r in held.items() if r.value == n]
    if len(times) != 2 or times[0] == times[1]:
        raise refuse("relation", f"问题里的两个数不是“{subject.metric.name}”先后两个时点的数", subject)
    late, early = (
        MetricTerm(metric=subject.metric.name, scope=subject.scope, year=t.year,
                   month=t.as_of.month if t.as_of else None, day=t.as_of.day if t.as_of else None)
        for t in (times[1], times[0])
    )  # fmt: skip
    return made(said, m, "growth" if grows(m) else "change", [late, early], direction=direction(m))


def since(said: Said, m: Match) -> MetricQuery:
    """十月底以来新增多少."""
    args = m.args("a")
    times = [t for a in m.args("t") + args for t in a.times]
    if times and times[0].kind == "range" and m.args("s"):
        span = times[0]
        return ranged(
            said,
            replace(m, groups={"a": [replace(c, arg=replace(c.arg, times=(span,))) for c in m.groups["s"] if c.arg]}),
        )
    subject = [replace(a, times=()) for a in (m.args("s") or args)]
    return moved_from(said, m, subject, Arg((), times=tuple(times[:1])))


def yearly(said: Said, m: Match) -> MetricQuery:
    """同比, 环比."""
    args = m.args("a")
    subjects = said.subjects(args) if args else [said.told()]
    if not subjects:
        raise Unsettled(Unknown("metric", "没有认出要问的指标"))
    asked = bool({k for k in m.asks if k in COUNTS or k == "元"})
    growth = grows(m) or (m.has("yoy") and not asked and not set(m.asks) & {"点"})
    terms: list[MetricTerm] = []
    for subject in subjects:
        late = said.term(subject)
        terms += [late, default_base(said, m, subject, late)]
    return made(said, m, "growth" if growth else "change", terms, direction=direction(m))


def moved(said: Said, m: Match) -> MetricQuery:
    """履责率涨了多少: against the time before."""
    args = m.args("a")
    if args and not m.asks and m.has("change") and not m.has("up", "down", "more", "less", "growth"):
        return trends(said, m)
    if not args:
        last = said.before[-2:]
        if len(last) == 2 and last[0].metric == last[1].metric and last[0].time != last[1].time:
            late, early = two_times(said, last[0], [s.time for s in last])
            return two_dates(said, m, replace(last[0], time=late), replace(last[0], time=early))
        if len(last) == 2 and m.has("more", "less") and last[0].metric != last[1].metric:
            return apart(said, m, last[0], last[1])
    return ranged(said, m) if args else moved_from(said, m, [], None)
