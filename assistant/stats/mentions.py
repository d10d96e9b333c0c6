"""The metrics a question names: what each word means here, of whom and when."""

from dataclasses import dataclass, replace

from assistant.schema import Metric, MetricTerm
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.formula import names
from assistant.stats.ledger import Ledger
from assistant.stats.lexicon import Heard, Token
from assistant.stats.spelling import spell
from assistant.stats.times import TimeAsked
from assistant.stats.words import KIN, MEASURES, UNIT_KINDS

_JOINTS = frozenset(["and", "each", "than", "share", "difference", "sum", "except", "within", "multiple"])


@dataclass(frozen=True)
class Mention:
    """One metric named in a question."""

    metric: Metric
    start: int
    end: int
    scope: str | None
    own: bool
    """Whether its word means this metric alone."""
    per: bool = False
    negated: bool = False
    others: tuple[str, ...] = ()
    """What else the word may mean."""
    word: str = ""
    clash: str | None = None
    """The phrase, where two words of different departments run together (工单办结率)."""
    mismatch: str | None = None
    """The measure word asked for, where the metric is counted otherwise (执法人员多少家)."""

    def term(self, time: TimeAsked | None = None, year: int | None = None) -> MetricTerm:
        if time is None:
            return MetricTerm(metric=self.metric.name, scope=self.scope, year=year)
        return MetricTerm(
            metric=self.metric.name, scope=self.scope, year=year or time.year, month=time.month, day=time.day,
            year_end=time.year_end,
        )  # fmt: skip


def scope_of(heard: Heard, at: int, catalogue: Catalogue) -> str | None:
    """The scope in force at a place of the question: the nearest before it, deepest of a chain; else the only one."""
    chains = scope_chains(heard, catalogue)
    before = [name for start, name in chains if start <= at]
    if before:
        return before[-1]
    if len(chains) != 1 or any(t.start > chains[0][0] for t in heard.of("metric") if t.start != at):
        return None
    return chains[0][1]


def scope_chains(heard: Heard, catalogue: Catalogue) -> list[tuple[int, str]]:
    """The scopes named, in order; 经开区应急部门 is one, the department."""
    chains: list[tuple[int, str]] = []
    last_end = -1
    for token in heard.of("scope"):
        name = token.names[0]
        joined = bool(chains) and not any(
            last_end <= t.start < token.start for t in heard.of("operation", "ask", "metric")
        )
        if joined and catalogue.within(name, chains[-1][1]):
            chains[-1] = (chains[-1][0], name)
        elif not (chains and joined and catalogue.within(chains[-1][1], name)):
            chains.append((token.start, name))
        last_end = token.end
    return chains


def find_mentions(heard: Heard, catalogue: Catalogue, ledger: Ledger) -> tuple[list[Mention], list[str]]:
    """The metrics named, in order, each read in its likeliest sense; and words that name no metric of the scope."""
    foreign: list[str] = []
    tokens = heard.of("metric", "per")
    own_scopes = [catalogue.metrics[t.names[0]].scope for t in tokens if t.kind == "metric" and len(t.names) == 1]
    mentions: list[Mention] = []
    for index, token in enumerate(tokens):
        after = next((t.start for t in tokens[index + 1 :] if t.kind == "metric"), len(heard.text))
        behind = any(t.kind == "per" and t.end == token.start for t in tokens)
        per = token.kind == "per" or (not behind and _denominator(heard, token))
        scope = scope_of(heard, token.start, catalogue)
        alone = sum(t.kind == "metric" for t in tokens) == 1
        asks = [] if per else _asks(heard, token, 0 if alone else token.start, after, first=index == 0)
        company = (
            own_scopes
            if token.kind == "metric"
            else [catalogue.metrics[t.names[0]].scope for t in tokens if t.kind == "metric"]
        )
        before = [m.metric.name for m in mentions[-1:]]
        touching = after < len(heard.text) and any(
            t.end == after for t in heard.of("ask")
        )  # 里有多少条措施: the measure is the next metric's
        chosen = _choose(token, scope, asks, company, before, per, touching, catalogue, ledger)
        mentions += chosen
        foreign += [] if chosen else [token.text]
    return _tidy(mentions, heard, catalogue), foreign


def _denominator(heard: Heard, token: Token) -> bool:
    before = heard.text[: token.start]
    while before and before[-1] in "一个家份条件次场张名位项户组":
        before = before[:-1]
    return before.endswith("每")


def _asks(heard: Heard, token: Token, start: int, after: int, *, first: bool) -> list[str]:
    """The measures asked of a metric: those up to the next metric, or else those just before it."""
    found = [t for t in heard.of("ask") if t.names and start <= t.start < after]
    if not found:
        lower = 0 if first else token.start - 6
        found = [t for t in heard.of("ask") if t.names and lower <= t.start < token.start][-1:]
    fined = any("万" in t.text for t in heard.of("number")) or bool(heard.of("per")) or "average" in heard.operations()
    if not found and token.text.startswith("罚") and fined:
        return ["元"]
    return [name for t in found for name in t.names if name not in ("", "点", "成", "倍", "天", "年")]


def _choose(
    token: Token, scope: str | None, asks: list[str], company: list[str], before: list[str], per: bool,
    touching: bool, catalogue: Catalogue, ledger: Ledger,
) -> list[Mention]:  # fmt: skip
    options = [catalogue.metrics[name] for name in token.names]
    fitting = options
    if not token.own and scope is None and not any(catalogue.within(m.scope, HOME) for m in options):
        return []  # a shared word means another district's number only where that district is named
    if scope is not None:
        fitting = (
            [m for m in options if m.scope == scope or scope in ledger.scopes(m.name)]
            or [m for m in options if catalogue.within(m.scope, scope)]
            or options
        )
    if len(fitting) > 1 and before:
        kin = (
            {name for b in before for name in (b, *names(catalogue.formulas[b]))}
            if set(before) <= set(catalogue.formulas)
            else set(before)
        )
        akin = [m for m in fitting if m.name in catalogue.formulas and kin & set(names(catalogue.formulas[m.name]))]
        fitting = [m for m in fitting if m.whole in before] or akin or fitting
    if len(fitting) > 1 and scope is None and company:
        fitting = [m for m in fitting if m.scope in company] or fitting
    if len(fitting) > 1 and scope is None:
        fitting = [m for m in fitting if catalogue.within(m.scope, HOME)] or fitting
    narrows = [catalogue.metrics[n] for n in fitting[0].narrows] if len(asks) > 1 else []
    fitting = [*fitting, *narrows]
    chosen: list[Metric] = []
    mismatch = None
    for ask in asks:
        exact = [m for m in fitting if UNIT_KINDS.get(m.unit) == ask]
        loose = [m for m in fitting if UNIT_KINDS.get(m.unit, "") in KIN.get(ask, frozenset()) or m.unit == "%"]
        home = [m for m in loose if m.scope == HOME] if scope is None else []
        pick = (home or exact or loose)[:1]
        if pick and pick[0] not in chosen:
            chosen += pick
        elif not pick:
            mismatch = ask
    if chosen:
        mismatch = None
        kinds = {kind for ask in asks for kind in (ask, *KIN.get(ask, ()))}
        rest = [m for m in fitting if m not in chosen and UNIT_KINDS.get(m.unit, "") in kinds]
    else:
        chosen, rest = fitting[:1], fitting[1:]
    return [
        Mention(
            m,
            token.start,
            token.end,
            scope,
            token.own,
            per,
            others=tuple(r.name for r in rest),
            word=token.text,
            mismatch=None if touching else mismatch,
        )
        for m in chosen
    ]


def _tidy(mentions: list[Mention], heard: Heard, catalogue: Catalogue) -> list[Mention]:
    """Negations put where they belong; one thing said in two words made one; parts read as parts."""
    mentions = [replace(m, negated=_negated(m, heard)) for m in mentions]
    kept: list[Mention] = []
    for mention in mentions:
        if kept and not mention.per and not kept[-1].per:
            last = kept[-1]
            joint = _joint(heard, last, mention)
            phrase = not joint and "each" not in heard.operations() and not _asked_between(heard, last, mention)
            if last.metric == mention.metric and last.scope == mention.scope:
                kept[-1] = replace(
                    last, end=mention.end, own=last.own or mention.own, negated=last.negated or mention.negated
                )
                continue
            if mention.start == last.start:  # one word asked in two measures: 检查多少家、多少次
                kept.append(mention)
                continue
            together = last.metric.scope == mention.metric.scope
            if not joint and (not last.own or _broader(last.metric, mention.metric, catalogue)):
                fits = last.own or not mention.own or _goes_with(last.word, mention.metric)
                kept[-1] = mention if fits and (together or not phrase) else _clashing(mention, last, heard)
                continue
            if not joint and (not mention.own or _broader(mention.metric, last.metric, catalogue)):
                whole = replace(last, negated=last.negated or mention.negated)
                fits = mention.own or not last.own or _goes_with(mention.word, last.metric)
                kept[-1] = whole if fits and (together or not phrase) else _clashing(last, mention, heard)
                continue
            if phrase and last.own and mention.own and last.scope == mention.scope:  # the head of a phrase stands last
                kept[-1] = mention if together else _clashing(mention, last, heard)
                continue
        kept.append(mention)
    narrowed: list[Mention] = []
    for mention in kept:
        for other in kept:
            narrow = next((n for n in other.metric.narrows if catalogue.metrics[n].whole == mention.metric.name), None)
            if narrow is not None and not (
                "share" in heard.operations() and not mention.per and mention.start > other.start
            ):
                mention = replace(mention, metric=catalogue.metrics[narrow])
                if other in narrowed and not other.per and not _asked_of(heard, other, mention):
                    narrowed.remove(other)  # 停工通知书对应多少条意见: only the 意见 are asked
        if not any(m.metric == mention.metric and m.scope == mention.scope and m.per == mention.per for m in narrowed):
            narrowed.append(mention)
    return narrowed


def _joint(heard: Heard, one: Mention, two: Mention) -> bool:
    """Whether something between two metrics keeps them apart: a conjunction, a comparison, a question, a comma."""
    between = heard.text[one.end : two.start]
    if any(mark in between for mark in ",?!;、:"):
        return True
    if "在" in between:
        return True
    if "是" in between and ("倍" in heard.text or "百分之" in heard.text or "几成" in heard.text):
        return True
    asked = [t for t in heard.of("ask") if one.end <= t.start < two.start]
    if (
        asked
        and asked[0].names
        and UNIT_KINDS.get(one.metric.unit) == asked[0].names[0] != UNIT_KINDS.get(two.metric.unit)
    ):
        return True
    return any(t.names[0] in _JOINTS and one.end <= t.start and t.end <= two.start for t in heard.of("operation"))


def _goes_with(word: str, metric: Metric) -> bool:
    """Whether a shared word belongs to what is said of a metric: 查 to 查处隐患, but 培训 not to 惠及员工."""
    return any(word in spell(said) for said in (metric.name, *metric.synonyms, *metric.context))


def _asked_of(heard: Heard, one: Mention, two: Mention) -> bool:
    """Whether the first of two metrics is asked for by itself: by its own 多少, or listed with 和 or 各."""
    asked = any(one.end <= t.start < two.start for t in heard.of("ask"))
    asked = asked and len([t for t in heard.of("ask") if t.text.lstrip("有")[:1] in "多几"]) > 1
    return asked or bool(heard.operations() & {"and", "each", "share", "than", "sum"})


def _clashing(kept: Mention, dropped: Mention, heard: Heard) -> Mention:
    return replace(kept, clash=heard.text[min(kept.start, dropped.start) : max(kept.end, dropped.end)])


def _asked_between(heard: Heard, one: Mention, two: Mention) -> bool:
    return any(one.end <= t.start and t.end <= two.start for t in heard.of("ask"))


def _broader(one: Metric, two: Metric, catalogue: Catalogue) -> bool:
    """Whether `one` is a whole that `two` is part of, or is computed from."""
    at: str | None = two.whole
    while at is not None:
        if at == one.name:
            return True
        at = catalogue.metrics[at].whole
    formula = catalogue.metrics[two.name].formula
    return formula is not None and one.name in formula.replace("(", " ").replace(")", " ").split()


def _negated(mention: Mention, heard: Heard) -> bool:
    """Whether an unclaimed 没, 未 or 不 stands right before the metric, or inside its words."""
    return any(t.names[0] == "not" and mention.start - 3 <= t.start < mention.end for t in heard.of("operation"))


def measure_kinds() -> frozenset[str]:
    return frozenset(MEASURES.values())
