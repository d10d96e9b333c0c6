"""From arguments to terms: which metric a word means here, of whom, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.schema import Metric, MetricQuery, MetricTerm
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.formula import added, names
from assistant.stats.ledger import Ledger
from assistant.stats.measures import KIN, counts
from assistant.stats.numbers import shown
from assistant.stats.questions.chunks import Arg
from assistant.stats.questions.naming import Namer
from assistant.stats.questions.times import TimeAsked
from assistant.stats.questions.words import HEADS


@dataclass(frozen=True)
class Unknown:
    """A question about figures that asks for what is not held: which part, in words, and the metrics it came near."""

    missing: Literal["metric", "scope", "period", "relation"]
    what: str
    near: tuple[MetricTerm, ...] = ()


@dataclass(frozen=True)
class Subject:
    """One argument settled: a metric of one scope at one time."""

    metric: Metric
    scope: str | None = None
    time: TimeAsked | None = None
    others: tuple[str, ...] = ()
    arg: Arg | None = None
    term_: MetricTerm | None = None


class Unsettled(Exception):  # noqa: N818  a turn of the reading, no error of anybody
    """A reading that cannot be: the words are known, but they name nothing together."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.what)
        self.unknown = unknown


@dataclass
class Said:
    """What a question has said so far; `before` are the subjects of its earlier parts."""

    catalogue: Catalogue
    ledger: Ledger
    namer: Namer
    before: tuple[Subject, ...] = ()
    times: list[TimeAsked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    over_all: Arg | None = None
    """A time or a scope said of the whole question."""
    last: MetricQuery | None = None
    """The query of the part before, if any."""
    sums: list[int] = field(default_factory=list)
    since: int = 0
    sides: bool = False
    """Whether scopes are set side by side, so that one of them may stand for its number."""
    joined: bool = False
    """Whether the parts of a share were added up before."""
    used: set[str] = field(default_factory=set)
    """Metrics that say of what the others are, and so are in the reading though not in the query."""

    def metric(self, name: str) -> Metric:
        return self.catalogue.metrics[name]

    def part_of(self, part: str, whole: str) -> bool:
        at = self.metric(part).whole
        while at is not None:
            if at == whole:
                return True
            at = self.metric(at).whole
        return False

    def told(self) -> Subject:
        """What a part that names nothing speaks of. Raises Unsettled where that was computed, not named."""
        if not self.before:
            raise Unsettled(Unknown("metric", "没有认出要问的指标"))
        if self.last is not None and self.last.operation not in ("value", "change", "growth", "trend", "check"):
            raise Unsettled(Unknown("relation", "没有认出后一问说的是哪个数，请分开问"))
        return self.before[-1]

    # --- which metric

    def subjects(
        self, args: Sequence[Arg], *, asks: Sequence[str] = (), filled: bool = True, narrow: bool = True
    ) -> list[Subject]:
        """The arguments settled in their order; what one leaves out it takes from the one before, or the next.

        `asks` are measures asked behind the last one. Raises Unsettled.
        """
        found: list[Subject] = []
        args = list(args)
        if any(a.scopes and not a.options and not a.times for a in args[:-1]) and any(
            a.options and not a.scopes for a in args
        ):
            raise Unsettled(Unknown("scope", "没有认准各数是谁的"))
        if asks and args:
            args[-1] = replace(args[-1], asks=(*args[-1].asks, *asks))
        for index, arg in enumerate(args):
            options = arg.options or self._next_options(args, index, found)
            scopes = arg.scopes or self._next_scopes(args, index, found)
            times = self._times(arg) or (self._next_times(args, index, found) if filled else ())
            asked = arg.asks or (args[-1].asks if len(args) > 1 and len(args[-1].asks) == 1 else ())
            if not asked and len(args) > 1 and len(arg.options) > 1 and args[-1].named is not None:
                last = {HEADS[word] for word in HEADS if len(word) > 1 and args[-1].text.endswith(word)}
                asked = tuple(  # 考查、普法、问责人数: of those that may be so counted
                    k for k in sorted(last | args[-1].named.kinds)
                    if any(counts(self.metric(n).unit, k, exactly=True) for n in arg.options)
                )  # fmt: skip
            company = [s.metric for s in found] or [s.metric for s in self.before]
            for scope in scopes or (None,):
                for metric, others in self._chosen(arg, options, asked, company, scope, args, narrow):
                    own_scope = self._scope(metric, scope, arg)
                    for time in times or (self._told_at(metric, own_scope, arg),):
                        found.append(Subject(metric, own_scope, time, others, arg))
        self.note(found)
        return found

    def note(self, subjects: Sequence[Subject]) -> None:
        for subject in subjects:
            if subject.others and subject.arg is not None:
                others = "、".join(f"“{name}”" for name in subject.others[:3])
                self.notes.append(f"“{subject.arg.text}”按“{subject.metric.name}”理解；也可能指{others}。")
                self.others += subject.others[:3]

    def _next_options(self, args: Sequence[Arg], index: int, found: list[Subject]) -> tuple[str, ...]:
        if args[index].scopes and not args[index].times and not self.sides:
            raise Unsettled(Unknown("scope", f"没有认出要问“{args[index].text}”的什么"))
        if found:
            return (found[-1].metric.name,)
        for arg in args[index + 1 :]:
            if arg.options:
                return arg.options
        if self.before:
            return (self.before[-1].metric.name,)
        raise Unsettled(Unknown("metric", "没有认出要问的指标"))

    def _next_scopes(self, args: Sequence[Arg], index: int, found: list[Subject]) -> tuple[str, ...]:
        if found and found[-1].scope:
            return (found[-1].scope,)
        if index == 0 and self.before and self.before[-1].scope:
            return (self.before[-1].scope,)
        if not args[index].options:
            for arg in args[index + 1 :]:
                if arg.scopes:
                    return arg.scopes
        return self.over_all.scopes if self.over_all else ()

    def _next_times(self, args: Sequence[Arg], index: int, found: list[Subject]) -> tuple[TimeAsked, ...]:
        if found and found[-1].time:
            return (found[-1].time,)
        for arg in args[index + 1 :]:
            if times := self._times(arg):
                return times
        if self.over_all and (times := self._times(self.over_all)):
            return times
        if self.before and self.before[-1].time:
            return (self.before[-1].time,)
        return ()

    @staticmethod
    def _times(arg: Arg) -> tuple[TimeAsked, ...]:
        return tuple(t for t in arg.times if t.kind != "latest")

    def _told_at(self, metric: Metric, scope: str | None, arg: Arg) -> TimeAsked | None:
        """When a number said with a metric was counted, where that is not its last: 253人参与 is the end of October."""
        held = self.ledger.readings(metric.name, scope or metric.scope)
        at = [t for t, r in held.items() if any(r.value == value for value, _ in arg.numbers)]
        if len(at) != 1 or at[0].as_of is None or at[0] == max(held, key=lambda t: t.rank):
            return None
        day = at[0].as_of
        return TimeAsked("date", "", arg.start, arg.start, day.year, day.month, day.day)

    def _scope(self, metric: Metric, scope: str | None, arg: Arg) -> str | None:
        """A scope said with another argument stays with this one where it has numbers of it."""
        return scope if arg.scopes or not arg.options else self.kept(metric, scope)

    def kept(self, metric: Metric, scope: str | None) -> str | None:
        """A scope said of something else, where this metric has numbers of it too."""
        if scope is None:
            return None
        held = scope in self.ledger.scopes(metric.name) or self.catalogue.within(metric.scope, scope)
        return scope if held else None if self.catalogue.within(scope, HOME) else scope

    def _chosen(
        self, arg: Arg, options: Sequence[str], asks: Sequence[str], company: Sequence[Metric], scope: str | None,
        args: Sequence[Arg], narrow: bool,
    ) -> list[tuple[Metric, tuple[str, ...]]]:  # fmt: skip
        """The metrics an argument means; of a denied one, the metric that is declared for the rest of its whole."""
        chosen = self._choose(arg, options, asks, company, scope, args, narrow)
        if not arg.negated:
            return chosen
        return [(self.complement(metric) or metric, ()) for metric, _ in chosen]

    def complement(self, metric: Metric) -> Metric | None:
        """未参与执法人员 of 参与执法人员: what is declared as the whole less the metric."""
        declared = (m for m in self.catalogue.metrics.values() if m.formula == f"{metric.whole} - {metric.name}")
        return next(declared, None) if metric.whole is not None else None

    def _choose(
        self, arg: Arg, options: Sequence[str], asks: Sequence[str], company: Sequence[Metric], scope: str | None,
        args: Sequence[Arg], narrow: bool,
    ) -> list[tuple[Metric, tuple[str, ...]]]:  # fmt: skip
        firm = [self.metric(name) for name in options]
        if narrow:
            firm = self._narrowed(firm, company)
        own = arg.named is not None and arg.named.own
        others = [self.metric(n) for n in (arg.named.others if arg.named else ())]
        if scope is None and not own and not any(self.catalogue.within(m.scope, HOME) for m in firm):
            raise Unsettled(Unknown("metric", f"没有认出“{arg.text}”指什么"))
        kinds = [k for k in asks if (k or len(asks) > 1) and k not in ("成", "倍", "番", "天", "年", "%", "点")]
        kinds += [k for k in (arg.named.kinds if arg.named else ()) if k]
        kinds += [kind for _, kind in arg.numbers if not kinds and (kind in KIN or kind == "万")]
        sisters = self._sisters(args, arg)
        fitting = self._in_scope(firm, others, scope, company, sisters)
        told = [m for m in (*firm, *others) if any(self.namer.held((m.name,), value) for value, _ in arg.numbers)]
        if len(told) == 1 and self._may_be(told[0], scope):
            fitting = told
        if kinds and len(fitting) > 1:
            fitting = [m for m in fitting if any(counts(m.unit, k) for k in kinds)] or fitting
        exactly = [m for m in fitting if any(k and counts(m.unit, k, exactly=True) for k in kinds)]
        whole = [m for m in fitting if m.scope == HOME and any(counts(m.unit, k) for k in kinds)]
        if len(set(kinds)) == 1 and exactly and not whole:
            fitting = exactly
        if len(fitting) > 1:
            near = {m.name: max((self._kinship(m, o) for o in (*company, *sisters)), default=0) for m in fitting}
            fitting = [m for m in fitting if near[m.name] == max(near.values())]
        if not kinds:
            self._sound(arg, fitting[0])
            return [(fitting[0], tuple(m.name for m in firm if m is not fitting[0]))]
        chosen: list[tuple[Metric, tuple[str, ...]]] = []
        pool = [*fitting, *(self.metric(n) for n in fitting[0].narrows if len(kinds) > 1)]
        spare = [m for m in others if m not in pool and self._may_be(m, scope)]
        for kind in dict.fromkeys(kinds):
            exact = [m for m in pool if counts(m.unit, kind, exactly=True)]
            loose = [m for m in pool if counts(m.unit, kind)]
            rather = [m for m in spare if counts(m.unit, kind, exactly=True)]
            home = [m for m in exact + loose if m.scope == HOME] if scope is None and not own else []
            pick = home or exact or loose or rather
            if not pick:
                unit = fitting[0].unit
                raise Unsettled(
                    Unknown("metric", f"没有按这个量词统计的“{fitting[0].name}”（现有单位：{unit}）",
                            (MetricTerm(metric=fitting[0].name, scope=scope),))
                )  # fmt: skip
            rest = tuple(m.name for m in exact + loose if m is not pick[0])
            self._sound(arg, pick[0])
            if all(pick[0] is not m for m, _ in chosen):
                chosen.append((pick[0], tuple(dict.fromkeys(rest))))
        return chosen

    def _in_scope(
        self, firm: list[Metric], others: list[Metric], scope: str | None, company: Sequence[Metric],
        sisters: Sequence[Metric],
    ) -> list[Metric]:  # fmt: skip
        """The metrics that have numbers of the scope said; where none was said, those of what they are named beside."""
        if scope is not None:
            for pool in (firm, others):
                own = [m for m in pool if m.scope == scope or scope in self.ledger.scopes(m.name)]
                if found := own or [m for m in pool if self.catalogue.within(m.scope, scope) and not m.partial]:
                    return found
            return firm
        beside = {m.scope for m in (*company, *sisters)} - {HOME}
        taken = {m.name for m in (*company, *sisters)}
        near = [m for m in others if m.scope in beside and m.name not in taken]
        if near and len(beside) == 1 and all(m.scope == HOME for m in firm):
            return near
        return [m for m in firm if self.catalogue.within(m.scope, HOME)] or firm

    def _may_be(self, metric: Metric, scope: str | None) -> bool:
        return self.catalogue.within(metric.scope, scope or HOME) or scope in self.ledger.scopes(metric.name)

    def _sound(self, arg: Arg, metric: Metric) -> None:
        """A number said with a metric is one of it or of something it goes with; 2.0版 is no count of 事项."""
        for value, kind in arg.numbers:
            if kind == "年" and len(self.times) < 2:
                raise Unsettled(Unknown("period", f"没有认出是哪{shown(value)}年", (MetricTerm(metric=metric.name),)))
            if not kind or kind in ("年", "天") or not arg.options or counts(metric.unit, kind):
                continue
            known = self.namer.by_value(value, kind)
            if known is None or kind == "版" or self.metric(known.options[0]).scope != metric.scope:
                raise Unsettled(
                    Unknown("metric", f"没有按问题里的{shown(value)}这个数统计的“{metric.name}”",
                            (MetricTerm(metric=metric.name),))
                )  # fmt: skip

    def _sisters(self, args: Sequence[Arg], arg: Arg) -> list[Metric]:
        return [self.metric(o.options[0]) for o in args if o is not arg and len(o.options) == 1]

    def _kinship(self, metric: Metric, other: Metric) -> int:
        """How near a metric is to one named beside it: part or whole, of one formula, of one office."""
        formulas = self.catalogue.formulas
        own = set(names(formulas[metric.name])) if metric.name in formulas else {metric.name}
        its = set(names(formulas[other.name])) if other.name in formulas else {other.name}
        if metric.name == other.name:
            return 3
        if other.name in (metric.whole,) or other.whole == metric.name or other.name in own or metric.name in its:
            return 4
        if own & its:
            return 3
        if metric.whole is not None and metric.whole == other.whole:
            return 2
        return 1 if metric.scope == other.scope != HOME else 0

    def _narrowed(self, metrics: list[Metric], company: Sequence[Metric]) -> list[Metric]:
        """意见 beside 停工通知书 are those of the notices."""
        narrow = [self.metric(n) for other in company for n in other.narrows]
        found = [n for n in narrow if any(n.whole == m.name for m in metrics)]
        return found[:1] or metrics

    # --- when

    def year(self, time: TimeAsked | None) -> int | None:
        """The year a time means; 上年 is the year before the one spoken of."""
        if time is None:
            return None
        others = [t.year for t in self.times if t is not time and t.year and not t.prior]
        if others and (time.prior or (time.relative and time.text.endswith("同期"))):
            return others[0] - 1
        if time.year is None:
            return others[0] if others and not any(t.prior for t in self.times) else None
        return time.year

    def term(self, subject: Subject) -> MetricTerm:
        """Raises Unsettled where the time is one that no number is counted to."""
        time = subject.time
        near = (MetricTerm(metric=subject.metric.name, scope=subject.scope),)
        if time is None:
            return MetricTerm(metric=subject.metric.name, scope=subject.scope)
        if not time.held:
            raise Unsettled(Unknown("period", f"没有“{time.text}”这个时段的数据", near))
        if time.whole_month and not standing(subject.metric):
            raise Unsettled(Unknown("period", f"没有“{time.text}”单月的数据（来源是截至某日的累计数）", near))
        return MetricTerm(
            metric=subject.metric.name, scope=subject.scope, year=self.year(time), month=time.month, day=time.day,
            year_end=time.year_end,
        )  # fmt: skip

    def default_year(self, subject: Subject) -> int:
        year = self.year(subject.time)
        if year is not None:
            return year
        scope = subject.scope or subject.metric.scope
        years = [t.year for t in self.ledger.readings(subject.metric.name, scope)]
        default = self.catalogue.default_year
        at_home = self.catalogue.within(scope, HOME)
        return default if (default in years and at_home) or not years else max(years)

    # --- parts

    def sum_of_parts(self, metric: Metric) -> Metric | None:
        """The declared sum of a stated total's parts."""
        for name, formula in self.catalogue.formulas.items():
            parts = added(formula)
            if len(parts) > 1 and all(self.metric(p).whole == metric.name for p in parts):
                return self.metric(name)
        return None

    def children(self, metric: Metric) -> tuple[str, ...]:
        """The parts of a metric; for a part, its sisters."""
        formula = self.catalogue.formulas.get(metric.name)
        if formula is not None and added(formula):
            return added(formula)
        stated = tuple(
            m.name for m in self.catalogue.metrics.values() if m.whole == metric.name and m.formula is None
        )  # fmt: skip
        if stated:
            return stated
        return self.children(self.metric(metric.whole)) if metric.whole else ()


def standing(metric: Metric) -> bool:
    """Whether a metric is a state of the day (人员, 率), not something that adds up over the year."""
    return metric.unit in ("%", "人") or metric.name == "权责总数"
