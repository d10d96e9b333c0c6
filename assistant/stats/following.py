"""Follow-ups: 那人社呢, 比十月底呢, 占多少 mean the question before them with something put in its place."""

import datetime as dt
import re
from collections.abc import Iterator

from assistant.schema import Metric, MetricQuery
from assistant.stats.catalogue import Catalogue
from assistant.stats.lexicon import Heard, Token
from assistant.stats.question import Reader
from assistant.stats.spelling import spell
from assistant.stats.words import LAW_HARD

_LONGEST = 24
_TURN = re.compile(r"^(?:那么|那|其中|再|还有|另外|然后|嗯|哦|好|,|，)+|[呢呀吗啊嘛?？。!！,，]+$")
_MOVES = frozenset(["year_on_year", "chain", "growth", "up", "down", "change", "difference", "trend"])
_OF_SEVERAL = frozenset(["share", "than", "difference", "multiple", "sum", "and", "except"])
_ABOUT = frozenset(["why", "departments", "qualifier", "average", "rank", "composition", "check"])
_BASIS = re.compile(
    r"(?:是|这个?数?)?(?:(?:怎么|如何)(?:算|来|得)(?:出来?)?|算式|公式|出处|来源|口径|依据|哪里?来|哪儿来)(?:是)?(?:什么|啥|哪里)?"
)
_STANDS_ALONE = re.compile(r"第.{1,6}[条款项]|[上下前后]一?[条款项]|[这该本][条款项]|规定")


def leans(question: str) -> bool:
    """Whether a question leans on the one before it: 那…, …呢, 比…, 占…, 同比…."""
    text = question.strip().rstrip("？?。！! ")
    return len(text) <= _LONGEST and bool(
        text.endswith("呢") or re.match(r"(?:那|比|较|占|同比|环比|其中|再|还有|涨|增长|增加|下降|减少)", text)
    )


def follow_ups(question: str, before: str, catalogue: Catalogue, reader: Reader, today: dt.date) -> Iterator[str]:
    """The whole questions that a short follow-up may mean, likeliest first; none when it speaks of something else."""
    if len(question.strip()) > _LONGEST:
        return
    turn = _TURN.sub("", _TURN.sub("", spell(question)))
    if not turn or LAW_HARD.search(turn) or _STANDS_ALONE.search(turn):
        return
    now = reader.lexicon.hear(turn, today)
    then = reader.lexicon.hear(spell(before), today)
    metrics, times = now.of("metric"), now.of("time")
    scopes = now.of("scope", "unheld")
    operations = now.operations()
    if "than" in operations or operations & _MOVES:
        yield from _compared(turn, now, then)
        return
    if _BASIS.fullmatch(turn):  # the answer before shows it
        yield before
        return
    if "share" in operations and not metrics:
        yield f"{_subject(then)}{turn}" + ("" if now.of("ask") else "是多少")
        return
    sibling = _narrow(turn, before, catalogue, reader, today) or _sibling(turn, before, catalogue, reader, today)
    if sibling is not None:
        yield _put(then, "metric", sibling.name)
        return
    if metrics:
        text = _put(then, "metric", turn[metrics[0].start : metrics[-1].end])
        if scopes:
            text = _put(reader.lexicon.hear(text, today), "scope", scopes[-1].text)
        yield _put(reader.lexicon.hear(text, today), "time", times[0].text) if times else text
        return
    if scopes:
        text = _put(then, "scope", turn[scopes[0].start : scopes[-1].end])
        yield _put(reader.lexicon.hear(text, today), "time", times[0].text) if times else text
        return
    if times and not now.unknown:
        yield _put(then, "time", "和".join(t.text for t in times))
        return
    if operations & _ABOUT or (now.of("ask") and now.unknown):
        yield f"{_subject(then)}{turn}"
    elif now.unknown and len("".join(now.unknown)) <= 6 and leans(question):
        yield _put(then, "metric", turn)


def _compared(turn: str, now: Heard, then: Heard) -> Iterator[str]:
    asked = bool(now.of("ask")) or bool(now.operations() & (_MOVES - {"year_on_year", "chain"}))
    if now.of("metric") and "than" not in now.operations():
        return
    tail = "" if asked else "相差多少" if now.of("metric", "scope") else "变化多少"
    yield f"{_subject(then)}{turn}{tail}"
    yield f"{_subject(then, timed=False)}{turn}{tail}"


def _subject(then: Heard, *, timed: bool = True) -> str:
    """Scope, time and metric of the question before."""
    scope = "".join(t.text for t in then.of("scope")[:1])
    times = [t.text for t in then.of("time") if t.time and t.time.kind != "latest"]
    time = times[0] if timed and len(times) == 1 else ""
    metrics = then.of("metric")
    metric = ""
    if metrics:
        metric = metrics[0].text if len(metrics[0].anchors) == 1 else metrics[0].names[0]
    return f"{scope}{time}{metric}"


def _put(then: Heard, kind: str, text: str) -> str:
    """The question before with its one word of a kind replaced, or put in front where it has none."""
    kinds = ("scope", "unheld") if kind == "scope" else (kind,)
    old: list[Token] = [t for t in then.tokens if t.kind in kinds]
    chars = list(then.text)
    if kind == "metric":
        for token in then.of("ask"):  # the measure word belongs to the metric that is replaced
            if token.text.lstrip("有")[:1] in "多几":
                chars[token.start : token.end] = [*"多少", *[""] * (token.end - token.start - 2)]
    if not old:
        return text + "".join(chars)
    one = kind != "time" and not then.operations() & _OF_SEVERAL
    for a, b in (span for token in old[1:] for span in token.anchors if one):
        chars[a:b] = [""] * (b - a)
    for a, b in old[0].anchors:
        chars[a:b] = [""] * (b - a)
    chars[old[0].start] = text
    return "".join(chars)


def _narrow(turn: str, before: str, catalogue: Catalogue, reader: Reader, today: dt.date) -> Metric | None:
    """意见 after 停工通知单 are those of the notices before, where they are held."""
    query = reader.read(before, today)
    if not isinstance(query, MetricQuery) or not query.terms:
        return None
    for name in catalogue.metrics[query.terms[0].metric].narrows:
        narrow = catalogue.metrics[name]
        whole = catalogue.metrics.get(narrow.whole or "")
        if whole is not None and turn in {spell(word) for word in (whole.name, *whole.synonyms)}:
            return narrow
    return None


def _sibling(turn: str, before: str, catalogue: Catalogue, reader: Reader, today: dt.date) -> Metric | None:
    """The one other part of the same whole that a word names: 人社 after 商事登记."""
    query = reader.read(before, today)
    if not isinstance(query, MetricQuery) or not query.terms:
        return None
    metric = catalogue.metrics[query.terms[0].metric]
    if metric.whole is None:
        return None
    found = [
        m
        for m in catalogue.metrics.values()
        if m.whole == metric.whole and m != metric and any(turn in spell(word) for word in (m.name, *m.synonyms))
    ]
    return found[0] if len(found) == 1 else None
