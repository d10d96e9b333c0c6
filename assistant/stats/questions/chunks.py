"""A question cut into arguments (what is spoken of, when, of whom) and the signs between them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.stats.questions.lexicon import Kind, Word
from assistant.stats.questions.naming import Named, Namer
from assistant.stats.questions.times import TimeAsked
from assistant.stats.questions.words import FUNCTION, LOOSE_SUMS, OPERATORS, TOTALS

_LETTERS = "abcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMOPRSTUVWXYZ" + "".join(map(chr, range(0xC0, 0xD6)))
SIGNS: dict[str, str] = dict(zip(OPERATORS, _LETTERS, strict=False)) | {
    "arg": "A", "ask": "Q", "number": "N", "per": "@", "comma": ",", "stop": ";", "strange": "#", "unheld": "%",
}  # fmt: skip
"""A letter for every sign, so that a question is a string and a rule a pattern over it."""

_NOMINAL: tuple[Kind, ...] = ("unheld", "metric", "piece", "context", "scope", "time", "head", "verb", "number", "ask")
_STOPS = frozenset("?;。!")
_STRANGE = 20.0
_REACH = 10
"""An argument is not of more words than this, nor a run of them of more than twice as many."""


@dataclass(frozen=True)
class Arg:
    """Something spoken of: metrics it may mean (likeliest first), times and scopes said with it, numbers given."""

    words: tuple[Word, ...]
    named: Named | None = None
    times: tuple[TimeAsked, ...] = ()
    scopes: tuple[str, ...] = ()
    numbers: tuple[tuple[Decimal, str], ...] = ()
    asks: tuple[str, ...] = ()
    """The measures asked of it (多少家、多少次)."""
    negated: bool = False
    kind: str = ""
    """Of a denominator, the kind of thing it counts where no metric is named (每家)."""

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words if not word.sense("ask"))

    @property
    def options(self) -> tuple[str, ...]:
        return self.named.options if self.named else ()

    @property
    def start(self) -> int:
        return self.words[0].start if self.words else 0


@dataclass(frozen=True)
class Chunk:
    """One sign of the cut question; `arg` where it is an argument or a denominator, `kind` where it asks."""

    letter: str
    word: Word
    arg: Arg | None = None
    kind: str = ""
    value: Decimal | None = None

    @property
    def start(self) -> int:
        return self.arg.start if self.arg is not None and self.arg.words else self.word.start

    @property
    def end(self) -> int:
        return self.arg.words[-1].end if self.arg is not None and self.arg.words else self.word.end


@dataclass
class Cut:
    """A question cut up; `strange` are the words that could not be read, `unheld` those of whom nothing is held."""

    text: str
    chunks: list[Chunk] = field(default_factory=list)
    strange: list[Word] = field(default_factory=list)
    unheld: list[Word] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    """Where 一共 and its kin stand, which add up only where one number is asked of several things."""

    totals: list[int] = field(default_factory=list)
    """Where 总数 stands."""

    @property
    def letters(self) -> str:
        return "".join(chunk.letter for chunk in self.chunks)


def cut(text: str, words: Sequence[Word], namer: Namer) -> Cut:
    """Arguments and signs in order. Words without meaning are left out; what is not understood is told apart."""
    made = Cut(text)
    words = _pieced(words)
    run: list[Word] = []
    per: list[Word] | None = None

    def flush() -> None:
        nonlocal per
        if run or per:
            _take(tuple(run), per, namer, made)
        run.clear()
        per = None

    grouped = any(
        w.is_op("sum", "each", "max", "min", "which", "share", "fraction", "proportion", "parts_of", "listing")
        for w in words
    )
    for word in words:
        if not word.senses:
            flush()
            made.strange.append(word)
            made.chunks.append(Chunk("#", word))
        elif word.sense("per"):
            flush()
            made.chunks.append(Chunk("@", word, arg=Arg((word,), Named(word.sense("per").names, (), True))))  # type: ignore[union-attr]
        elif word.text in TOTALS and not word.sense("metric", "piece"):
            made.totals.append(word.start)
        elif word.text in LOOSE_SUMS:
            made.sums.append(word.start)
        elif word.is_op("each_of") or (_one(word) and not (per and run)):
            flush()
            per = [word]
        elif _one(word) and per is not None:
            per.append(word)
        elif per is not None and not run and len(per) == 1 and word.sense("measure") and not _one(per[0]):
            if word.text[0] in "万亿":  # 每万元: no denominator but a scale
                made.strange.append(word)
            per.append(word)
        elif per is not None and not run and word.sense("head") and not word.sense("metric"):
            per.append(word)
        elif word.is_op("class") and not grouped and word.text in ("各类", "各种", "各项"):
            continue
        elif (op := word.sense("op")) is not None and not word.sense("metric", "context", "piece"):
            flush()
            if not (op.names[0] == "class" and made.letters.endswith(SIGNS["class"])):
                made.chunks.append(Chunk(SIGNS[op.names[0]], word))
        elif word.sense(*_NOMINAL):
            run.append(word)
        elif word.sense("mark"):
            if word.text in "|,，、:：" and run and per is None and _led_by(run):
                continue
            flush()
            if word.text in "|,，、:：" or word.text in _STOPS:
                made.chunks.append(Chunk(SIGNS["stop" if word.text in _STOPS else "comma"], word))
        elif not word.sense("filler"):
            flush()
            _leave(word, made)
    flush()
    return made


def _pieced(words: Sequence[Word]) -> list[Word]:
    """年审, 处分: two single characters of which neither means anything alone may be a word that is not known."""
    found = list(words)
    for index, (one, two) in enumerate(itertools.pairwise(words)):
        if all(len(w.text) == 1 and w.text not in FUNCTION and _hollow(w) for w in (one, two)):
            found[index], found[index + 1] = Word(one.text, one.start, one.end), Word(two.text, two.start, two.end)
    return found


def _hollow(word: Word) -> bool:
    return bool(word.senses) and all(s.kind in ("filler", "verb", "measure", "context") for s in word.senses)


def _leave(word: Word, made: Cut) -> None:
    """A word that belongs to no argument: an operator after all, a place of which nothing is held, or not known."""
    op = word.sense("op")
    if op is not None:
        made.chunks.append(Chunk(SIGNS[op.names[0]], word))
    elif word.sense("unheld"):
        made.unheld.append(word)
        made.chunks.append(Chunk("%", word))
    else:
        made.strange.append(word)
        made.chunks.append(Chunk("#", word))


def _led_by(run: list[Word]) -> bool:
    """围绕营商环境建设，…: words that go with what is named behind the comma."""
    return all(w.sense("context", "piece") and not w.sense("metric", "time", "number", "ask") for w in run)


def _one(word: Word) -> bool:
    """一家, 一次: a denominator where something is averaged."""
    number = word.sense("number")
    return (
        number is not None and number.value == 1 and word.text[0] == "一" and not word.sense("metric", "op", "filler")
    )


def _take(run: tuple[Word, ...], per: list[Word] | None, namer: Namer, made: Cut) -> None:
    """Read a run of nouns as as few arguments as possible; the first is the denominator behind 每."""
    kind = ""
    if per is not None:
        measured = per[-1].sense("head") or per[-1].sense("measure") or per[-1].sense("number")
        kind = measured.names[0] if measured is not None else ""
        if run and per[-1].start > run[0].start:
            kind = ""  # 每处罚一件
    if per is None:
        parts = _split(run, namer)[1]
    else:
        below, parts = _denominator(run, per, kind, namer)
        made.chunks.append(Chunk("@", per[0], arg=below))
    for part in parts:
        if isinstance(part, Word):
            if _quantity(part) and len(run) == 1:
                made.chunks.append(Chunk("Q", part, kind=part.sense("head").names[0]))  # type: ignore[union-attr]
            else:
                _leave(part, made)
            continue
        word = Word(part.text, part.start, part.words[-1].end)
        if part.named or part.times or part.scopes:
            made.chunks.append(Chunk("A", word, arg=part))
        else:
            made.chunks += [Chunk("N", word, kind=kind, value=value) for value, kind in part.numbers]
        made.chunks += [Chunk("Q", w, kind=s.names[0]) for w in part.words if (s := w.sense("ask")) is not None]


def _denominator(run: tuple[Word, ...], per: list[Word], kind: str, namer: Namer) -> tuple[Arg, list[Arg | Word]]:
    """每次检查查出几项隐患: what is divided by stands first, and the rest is what is divided."""
    cost, rest = _split(run, namer)
    choice = (cost + 1.5, Arg(tuple(per), kind=kind), rest)
    for end in range(1, len(run) + 1):
        first = arg_of(run[:end], namer)
        if first is None or first.named is None or first.asks or first.times or first.numbers:
            continue
        if kind and not any(namer.fits(name, kind, exactly=True) for name in (*first.options, *first.named.others)):
            continue
        cost, rest = _split(run[end:], namer)
        cost += 3.0 if end < len(run) and all(w.sense("ask") for w in run[end:]) else 0.0
        if first.named.own and any(namer.fits(name, kind, exactly=True) for name in first.options):
            cost -= 4.0  # 每次大检查: what is counted by the measure is named right behind it
        if cost < choice[0]:
            choice = (cost, replace(first, words=(*per, *first.words), kind=kind), rest)
    return choice[1], choice[2]


def _quantity(word: Word) -> bool:
    """份数, 金额: a noun that asks how much."""
    return word.sense("head") is not None and word.text[-1] in "数次额"


def _split(run: tuple[Word, ...], namer: Namer) -> tuple[float, list[Arg | Word]]:
    """The run as arguments, as few as may be; a word that belongs to none stands by itself."""
    if len(run) > 2 * _REACH:
        return _STRANGE * len(run), list(run)
    best: list[tuple[float, list[Arg | Word]]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        last = run[end - 1]
        idle = last.sense("filler") is not None
        choice = (best[end - 1][0] + (0 if idle else _STRANGE), [*best[end - 1][1], *([] if idle else [last])])
        for start in range(max(0, end - _REACH), end):
            cost, before = best[start]
            arg = arg_of(run[start:end], namer)
            if arg is not None and cost + _cost(arg, namer) < choice[0]:
                choice = (cost + _cost(arg, namer), before if _empty(arg) else [*before, arg])
        best.append(choice)
    return best[-1]


def _cost(arg: Arg, namer: Namer) -> float:
    """Fewer arguments, each asked once, in a measure that fits it."""
    if _empty(arg):
        return 0.0
    if arg.named is None:
        return 2.0 + 0.1 * len(arg.asks)
    misfits = sum(not any(namer.fits(name, kind) for name in (*arg.options, *arg.named.others)) for kind in arg.asks)
    leading = 0.05 if arg.asks and arg.words[0].sense("ask") else 0.0
    return 3.0 + 0.4 * max(0, len(arg.asks) - 1) + (1.5 if len(arg.asks) < 2 else 4.0) * misfits + leading


def _empty(arg: Arg) -> bool:
    return arg.named is None and not (arg.times or arg.scopes or arg.numbers or arg.asks)


def arg_of(words: Sequence[Word], namer: Namer) -> Arg | None:
    """The argument these words make, all of them; None when they make none."""
    times = tuple(s.time for w in words if (s := w.sense("time")) is not None and s.time)
    numbers = tuple((s.value, s.names[0]) for w in words if (s := w.sense("number")) and s.value is not None)
    asks = tuple(s.names[0] for w in words if (s := w.sense("ask")) is not None)
    rest = [w for w in words if w.sense("time", "number", "ask") is None]
    arg = Arg(tuple(words), None, times, (), numbers, asks)
    if any(w.sense("metric", "piece") for w in rest):
        counted = [
            b for a, b in itertools.pairwise(words) if a.sense("ask") and a.end == b.start and not b.sense("ask")
        ]
        named = namer.name(rest, [*counted, rest[-1]] if len(asks) < 2 else ())
        if named is not None and not _foreign_number(words, named, namer):
            return replace(arg, named=named, scopes=named.scopes)
    idle = [w for w in rest if (s := w.sense("verb")) is not None and s.names == ("-",)]
    if idle and (asks or times or any(w.sense("scope") for w in rest)):
        return None  # 结了几个: something is done that is not understood
    if all(w.sense("scope", "filler") or (w.sense("verb") and not w.sense("metric", "head", "op")) for w in rest):
        scopes = [s.names[0] for w in rest if (s := w.sense("scope")) is not None]
        return replace(arg, scopes=tuple(namer.deepest(scopes)))
    if len(numbers) == 1 and not asks and all(w.sense("head", "filler") for w in rest):
        named = namer.by_value(*numbers[0])
        return replace(arg, named=named) if named else None
    return None


def _foreign_number(words: Sequence[Word], named: Named, namer: Namer) -> bool:
    """12345工单: a number without a measure before what is named is part of a name, unless it is its number."""
    for one, two in itertools.pairwise(words):
        number = one.sense("number")
        if number is None or number.names != ("",) or number.value is None:
            continue
        if one.end == two.start and two.sense("metric", "piece", "context"):
            return not namer.held((*named.options, *named.others), number.value)
    return False
