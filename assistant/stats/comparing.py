"""Questions that set one number against another: over time, across districts, metric against metric."""

from assistant.schema import MetricQuery, MetricTerm, Operation
from assistant.stats.catalogue import HOME
from assistant.stats.formula import added
from assistant.stats.mentions import Mention
from assistant.stats.sentence import Sentence, Unknown
from assistant.stats.times import TimeAsked
from assistant.stats.words import COUNTS


def ends_in_ratio(said: Sentence) -> bool:
    """隐患和检查次数之比: 比 with nothing to compare behind it."""
    last = [t for t in said.heard.tokens if t.kind in ("operation", "metric", "time", "scope")][-1:]
    return bool(last) and last[0].kind == "operation" and last[0].text == "比"


def over_time(said: Sentence) -> bool:
    """Whether the question compares two times of the same metrics."""
    operations = said.operations
    moves = operations & {"up", "down", "change", "growth", "year_on_year", "chain"}
    if moves and not ("than" in operations and len(said.mentions) > 1 and not said.times):
        return True
    if not said.times or not operations & {"than", "difference", "more", "less", "from"}:
        return False
    if len(said.mentions) == 1:
        return len(said.times) > 1 or _base_after_than(said) is not None
    than = next((t for t in said.heard.of("operation") if t.names[0] == "than"), None)
    after = _base_after_than(said)
    if than is None or after is None:
        return False
    between = any(than.end <= m.start < after.start for m in said.mentions)
    return all(m.start < than.start for m in said.mentions) or (len(said.times) > 1 and not between)


def _base_after_than(said: Sentence) -> TimeAsked | None:
    """The time compared with: after 比, before 相比."""
    for token in said.heard.of("operation"):
        if token.names[0] != "than":
            continue
        before = [t for t in said.times if t.end <= token.start]
        after = [t for t in said.times if t.start >= token.end]
        if token.text in ("相比", "对比", "相较", "对照") and before and not (after and token.end == after[0].start):
            return before[-1]
        near = [t for t in after if not any(token.end <= m.start < t.start for m in said.mentions)] or after
        if near:
            return near[0]
    return None


def changed(said: Sentence) -> MetricQuery | Unknown:
    operations = said.operations
    base = _base_after_than(said)
    times = list(said.times)
    subject: TimeAsked | None = None
    if base is not None:
        rest = [t for t in times if t is not base]
        subject = rest[0] if rest else None
    elif len(times) > 1:
        ordered = sorted(times, key=lambda t: (said.year(t) or said.catalogue.default_year, t.month or 13, t.day or 32))
        base, subject = ordered[0], ordered[-1]
    elif times and (("from" in operations and "up" not in operations) or _since(said, times[0])):
        base = times[0]
    elif times:
        subject = times[0]
    growth = bool(operations & {"growth"}) or any(n in ("点", "成") and "百分点" not in t.text
                                                  for t in said.heard.of("ask") for n in t.names)  # fmt: skip
    growth = growth or ("year_on_year" in operations and not _asks_amount(said))
    operation: Operation = "growth" if growth else "change"
    terms: list[MetricTerm] = []
    for mention in said.mentions:
        late = said.term(mention, subject)
        early = said.term(mention, base) if base is not None else _default_base(said, mention, late)
        if base is not None and base.prior and subject is None:
            early = early.model_copy(update={"year": _subject_year(said, late) - 1})
        terms += [late, early]
    return said.made(operation, tuple(terms), direction=said.direction())


def across(said: Sentence, chains: list[tuple[int, str]]) -> MetricQuery:
    """滨海新区2023年…与经开区2024年相比: two scopes, each at its own time."""
    terms = tuple(
        said.term(said.mentions[0], time).model_copy(update={"scope": scope})
        for (_, scope), time in zip(chains, said.times, strict=True)
    )
    direction = said.direction()
    return said.made("difference", terms, direction="gap" if direction == "signed" else direction)


def _since(said: Sentence, time: TimeAsked) -> bool:
    return any(t.names[0] == "to" and t.text in ("以来", "以后", "之后", "起") and t.start == time.end
               for t in said.heard.of("operation"))  # fmt: skip


def _asks_amount(said: Sentence) -> bool:
    return any(name in COUNTS or name == "元" for t in said.heard.of("ask") for name in t.names)


def _subject_year(said: Sentence, late: MetricTerm) -> int:
    if late.year is not None:
        return late.year
    held = said.ledger.readings(late.metric, late.scope or said.catalogue.metrics[late.metric].scope)
    years = [t.year for t in held]
    default = said.catalogue.default_year
    at_home = said.catalogue.within(late.scope or said.catalogue.metrics[late.metric].scope, HOME)
    return default if (default in years and at_home) or not years else max(years)


def _default_base(said: Sentence, mention: Mention, late: MetricTerm) -> MetricTerm:
    """No earlier time named: the year before, or, where only this year is held and none was named, its earlier day."""
    year = _subject_year(said, late)
    scope = mention.scope or mention.metric.scope
    held = said.ledger.readings(mention.metric.name, scope)
    this_year = [t for t in held if t.year == year]
    within = "chain" in said.operations or (late.year is None and "year_on_year" not in said.operations)
    if within and not any(t.year == year - 1 for t in held) and len(this_year) > 1 and this_year[-2].as_of:
        day = this_year[-2].as_of
        said.notes.append(
            f"没有写明与何时相比，按{year}年内较早的统计日（{day.month}月{day.day}日）比较；"
            f"没有{year - 1}年的数，不能同比。"
        )
        return MetricTerm(metric=mention.metric.name, scope=mention.scope, year=year, month=day.month, day=day.day)
    return MetricTerm(metric=mention.metric.name, scope=mention.scope, year=year - 1)


def paired(said: Sentence, operation: Operation, what: str) -> MetricQuery | Unknown:
    terms = said.values()
    if len(terms) != 2:
        return Unknown("relation", f"没有写明拿什么同“{said.mentions[0].metric.name}”比{what}", terms[:1])
    return said.made(operation, terms)


def compared(said: Sentence) -> MetricQuery | Unknown:
    terms = said.values()
    if len(terms) != 2:
        if len(terms) == 1 and (numbers := said.numbers()):
            return said.made("difference", terms, direction="gap", claim=numbers[-1])
        if len(terms) == 1 and (whole := _whole_of_sum(said, terms[0])):
            return said.made("difference", (terms[0], whole), direction=said.direction())
        if len(terms) == 1 and (sum_ := said.sum_of_parts(terms[0])):
            return said.made("difference", (sum_, terms[0]), direction="gap")
        if len(terms) < 2:
            return Unknown("relation", f"没有写明“{said.mentions[0].metric.name}”同什么比较", terms[:1])
        return said.made("value", terms)
    if any(n in ("点", "成") and "百分点" not in t.text for t in said.heard.of("ask") for n in t.names):
        return said.made("growth", terms, direction=said.direction())
    direction = said.direction()
    if direction == "signed" or "which" in said.operations:
        direction = "gap"
    return said.made("difference", terms, direction=direction)


def _whole_of_sum(said: Sentence, term: MetricTerm) -> MetricTerm | None:
    """The stated total that a sum of parts should give."""
    parts = added(said.catalogue.formulas[term.metric]) if term.metric in said.catalogue.formulas else ()
    wholes = {said.catalogue.metrics[part].whole for part in parts}
    whole = wholes.pop() if len(wholes) == 1 else None
    return term.model_copy(update={"metric": whole}) if whole and whole != term.metric else None
