"""Follow-ups: 那人社呢, 比十月底呢, 占多少 mean the question before them with something put in its place."""

import datetime as dt
import re
from collections.abc import Iterator

from assistant.schema import Metric
from assistant.stats.catalogue import Catalogue
from assistant.stats.questions.chunks import SIGNS, Cut
from assistant.stats.questions.lexicon import Word
from assistant.stats.questions.ours import LAW_HARD
from assistant.stats.questions.reader import Reader
from assistant.stats.spelling import spell

_LONGEST = 24
_TURN = re.compile(r"^(?:那么|那|其中|再|还有|另外|然后|嗯|哦|好|,|，)+|[呢呀吗啊嘛?？。!！,，]+$")
_MOVES = frozenset(["yoy", "mom", "growth", "decline", "up", "down", "change", "difference", "trend"])
_OF_SEVERAL = frozenset(["share", "than", "difference", "times", "versus", "sum", "and", "except"])
_ABOUT = frozenset(["why", "departments", "names", "average", "per", "rank", "parts_of", "check"])
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


class Turn:
    """A question told apart for putting something in its place."""

    def __init__(self, made: Cut, meant: str | None = None) -> None:
        self.text = made.text
        self.meant = meant
        found = [w for c in made.chunks for w in (c.arg.words if c.arg is not None and c.arg.words else (c.word,))]
        words = sorted({(w.start, w.end): w for w in found if w.senses}.values(), key=lambda w: w.start)
        self.times = [w for w in words if (s := w.sense("time")) and s.time and s.time.kind != "latest"]
        self.scopes = [w for w in words if w.sense("scope", "unheld") and not self._names(w)]
        self.asks = [w for w in words if w.sense("ask")]
        taken = {(w.start, w.end) for w in (*self.times, *self.scopes, *self.asks)}
        self.metrics = [
            [w for w in c.arg.words if (w.start, w.end) not in taken and not w.sense("number", "filler")]
            for c in made.chunks
            if c.arg is not None and c.arg.options and c.letter == "A"
        ]
        self.names = [c.arg.options[0] for c in made.chunks if c.arg is not None and c.arg.options and c.letter == "A"]
        letters = set(made.letters)
        self.signs = {name for name, letter in SIGNS.items() if letter in letters}
        self.strange = "".join(w.text for w in made.strange)

    @staticmethod
    def _names(word: Word) -> bool:
        return word.sense("metric") is not None and word.sense("scope") is None

    def metric(self) -> str:
        """What is spoken of: as it was read, or in its own words where they stand together."""
        if self.meant is not None:
            return self.meant
        words = self.metrics[0] if self.metrics else []
        whole = self.text[words[0].start : words[-1].end] if words else ""
        return whole if whole == "".join(w.text for w in words) else self.names[0]


def follow_ups(question: str, before: str, catalogue: Catalogue, reader: Reader, today: dt.date) -> Iterator[str]:
    """The whole questions that a short follow-up may mean, likeliest first; none when it speaks of something else."""
    if len(question.strip()) > _LONGEST:
        return
    turn = _TURN.sub("", _TURN.sub("", spell(question)))
    if not turn or LAW_HARD.search(turn) or _STANDS_ALONE.search(turn):
        return
    read = reader.read(before, today).queries
    meant = read[-1].terms[0].metric if read and read[-1].terms else None
    now, then = Turn(reader.cut(turn, today)), Turn(reader.cut(spell(before), today), meant)
    if "than" in now.signs or now.signs & _MOVES:
        yield from _compared(turn, now, then)
        return
    if _BASIS.fullmatch(turn):  # the answer before shows it
        yield before
        return
    if "share" in now.signs and not now.metrics:
        yield f"{_subject(then)}{turn}" + ("" if now.asks else "是多少")
        return
    sibling = _narrow(turn, then, catalogue) or _sibling(turn, then, catalogue)
    if sibling is not None:
        yield _put(then, "metric", sibling.name)
    elif now.metrics and not now.strange:
        yield _with(_put(then, "metric", now.metric()), now, reader, today)
    elif now.scopes:
        text = _put(then, "scope", turn[now.scopes[0].start : now.scopes[-1].end])
        yield _with(text, now, reader, today, scoped=False)
    elif now.times and not now.strange:
        yield _put(then, "time", "和".join(w.text for w in now.times))
    elif now.signs & _ABOUT or (now.asks and now.strange):
        yield f"{_subject(then)}{turn}"
    elif now.strange and len(now.strange) <= 6 and leans(question):
        yield _put(then, "metric", turn)


def _with(text: str, now: Turn, reader: Reader, today: dt.date, *, scoped: bool = True) -> str:
    """The whole question with the scope and the time that the follow-up names as well."""
    if scoped and now.scopes:
        text = _put(Turn(reader.cut(text, today)), "scope", now.scopes[-1].text)
    return _put(Turn(reader.cut(text, today)), "time", now.times[0].text) if now.times else text


def _compared(turn: str, now: Turn, then: Turn) -> Iterator[str]:
    asked = bool(now.asks) or bool(now.signs & (_MOVES - {"yoy", "mom"}))
    if now.metrics and "than" not in now.signs:
        return
    tail = "" if asked else "相差多少" if now.metrics or now.scopes else "变化多少"
    yield f"{_subject(then)}{turn}{tail}"
    yield f"{_subject(then, timed=False)}{turn}{tail}"


def _subject(then: Turn, *, timed: bool = True) -> str:
    """Scope, time and metric of the question before."""
    scope = "".join(w.text for w in then.scopes[:1])
    time = then.times[0].text if timed and len(then.times) == 1 else ""
    return f"{scope}{time}{then.metric() if then.metrics else ''}"


def _put(then: Turn, kind: str, text: str) -> str:
    """The question before with its one word of a kind replaced, or put in front where it has none."""
    chars = list(then.text)
    if kind == "metric":
        old = then.metrics
        for word in then.asks:  # the measure word belongs to the metric that is replaced
            if word.text.lstrip("还有")[:1] in "多几":
                chars[word.start : word.end] = [*"多少", *[""] * (word.end - word.start - 2)]
    else:
        old = [[w] for w in (then.scopes if kind == "scope" else then.times)]
    if not old:
        return text + "".join(chars)
    one = kind != "time" and not then.signs & _OF_SEVERAL
    for word in [w for words in (old if one else old[:1]) for w in words]:
        chars[word.start : word.end] = [""] * (word.end - word.start)
    chars[old[0][0].start] = text
    return "".join(chars)


def _narrow(turn: str, then: Turn, catalogue: Catalogue) -> Metric | None:
    """意见 after 停工通知单 are those of the notices before, where they are held."""
    for name in catalogue.metrics[then.names[0]].narrows if then.names else ():
        narrow = catalogue.metrics[name]
        whole = catalogue.metrics.get(narrow.whole or "")
        if whole is not None and turn in {spell(word) for word in (whole.name, *whole.synonyms)}:
            return narrow
    return None


def _sibling(turn: str, then: Turn, catalogue: Catalogue) -> Metric | None:
    """The one other part of the same whole that a word names: 人社 after 商事登记."""
    metric = catalogue.metrics[then.names[0]] if then.names else None
    if metric is None or metric.whole is None:
        return None
    found = [
        m
        for m in catalogue.metrics.values()
        if m.whole == metric.whole and m != metric and any(turn in spell(word) for word in (m.name, *m.synonyms))
    ]
    return found[0] if len(found) == 1 else None
