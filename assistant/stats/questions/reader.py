"""From a question in everyday Chinese to queries, by rule. What is not understood is never guessed."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.schema import MetricQuery, MetricTerm
from assistant.stats.catalogue import Catalogue
from assistant.stats.formula import names
from assistant.stats.ledger import Ledger
from assistant.stats.questions.chunks import SIGNS, Arg, Chunk, Cut, cut
from assistant.stats.questions.grammar import Match, matches
from assistant.stats.questions.lexicon import Lexicon
from assistant.stats.questions.naming import Namer
from assistant.stats.questions.rules import RULES
from assistant.stats.questions.settling import Said, Subject, Unknown, Unsettled
from assistant.stats.questions.siding import checked
from assistant.stats.questions.times import TimeAsked
from assistant.stats.questions.words import ADDRESS, HYPOTHETICAL, OFFICE, POLITE
from assistant.stats.spelling import spell

LONGEST = 200
"""A question of more characters is a case or a document, not a question about figures."""

_TAIL = re.compile(r"(?:没有|没|不)(?=[?。!,，]|$)")
_SET_ASIDE = re.compile(r"(?:[今去前]年|20\d\d年)(?:没说(?!明)|先?不说|先?不管|不问|除外),?")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_CHECKED = {"A", "N", "Q", "@", ","} | {
    SIGNS[name]
    for name in (
        "and",
        "check",
        "equals",
        "is",
        "yesno",
        "sum",
        "class",
        "plus",
        "minus",
        "within",
        "among",
        "each",
        "not",
        "outside",
        "listing",
        "difference",
        "both",
        "source",
    )
}
"""The signs that may stand in a question whether numbers agree."""
_BINDING = (
    "and", "to", "than", "from", "since", "minus", "over", "outside", "except", "within", "share", "versus", "plus",
    "among", "beyond", "short", "is", "not",
)  # fmt: skip
"""Signs whose neighbour is not said of the whole question."""
_OPENING = {SIGNS[name] for name in ("share", "average", "per", "fraction")}
"""Signs that open a question of their own behind 和."""
_LOOSELY = frozenset(["什么", "啥", "是啥", "如何", "怎么样", "怎样", "咋样", "何"])
_NEAR = 4
"""How many parts a question may have."""


class Reading:
    """What one question was read as: queries in order, or why there is none; and the words it was read from."""

    def __init__(self, cut_: Cut, queries: Sequence[MetricQuery] = (), unknown: Unknown | None = None,
                 subjects: Sequence[Subject] = ()) -> None:  # fmt: skip
        self.cut = cut_
        self.queries = tuple(queries)
        self.unknown = unknown
        self.subjects = tuple(subjects)


class Reader:
    """Reads questions against one catalogue."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self.lexicon = Lexicon(catalogue)
        self.namer = Namer(catalogue, ledger)

    def cut(self, text: str, today: dt.date) -> Cut:
        return negated(cut(text, self.lexicon.words(text, today), self.namer), self.namer)

    def read(self, question: str, today: dt.date, before: Sequence[Subject] = ()) -> Reading:
        """What a question asks; `before` is what was spoken of before it."""
        first: Reading | None = None
        for text in spellings(question):
            found = self._read(text, today, before)
            if found.queries:
                return found
            first = first or found
        if first is None:
            return Reading(Cut(""), (), Unknown("metric", "没有认出要问的指标"))
        return first

    def _read(self, text: str, today: dt.date, before: Sequence[Subject]) -> Reading:
        made = self.cut(text, today)
        if reason := self._not_held(made, text):
            return Reading(made, (), reason)
        said = Said(self._catalogue, self._ledger, self.namer, tuple(before))
        last = max((c.arg.start for c in made.chunks if c.arg is not None and c.arg.options), default=0)
        said.sums = [*made.sums, *(at for at in made.totals if len(made.totals) == 1 and at > last)]
        said.times = [t for c in made.chunks if c.arg for t in c.arg.times if t.kind != "latest"]
        failed: Unknown | None = None
        for parts in divisions(made.chunks):
            try:
                queries, subjects = self._parts(parts, said)
            except Unsettled as stop:
                failed = failed or stop.unknown
                continue
            return Reading(made, queries, None, subjects)
        return Reading(made, (), failed or Unknown("relation", _heard(made), self.near(made)))

    def _parts(self, parts: Sequence[Sequence[Chunk]], said: Said) -> tuple[list[MetricQuery], tuple[Subject, ...]]:
        queries: list[MetricQuery] = []
        before = said.before
        asked = False
        failure: Unsettled | None = None
        since = 0
        last: MetricQuery | None = None
        for part in parts:
            own = replace_said(said, before)
            own.since, since, own.last = since, part[-1].end, last
            bare = all(c.letter in ("A", SIGNS["comma"]) for c in part) and not any(
                c.arg and c.arg.numbers for c in part
            )
            opens = part is parts[0] and len([c for c in part if c.arg and c.arg.options]) == 1  # 受理数及占收案比例
            if bare and len(parts) > 1 and not opens:
                raise Unsettled(Unknown("relation", "没有认出这句话的意思"))
            if not _asks(part) and not (part is parts[-1] and not asked):
                told = own.subjects(
                    [
                        c.arg
                        for c in part
                        if c.arg is not None and c.letter == "A" and (c.arg.options or (c.arg.times and c.arg.numbers))
                    ]
                )
                if any(c.letter not in "A,&N" + SIGNS["and"] + SIGNS["sum"] + SIGNS["is"] for c in part):
                    raise Unsettled(Unknown("relation", "没有认出这句话的意思"))
                before = (*before, *told)
                continue
            query = self._one(part, own)
            if queries and query.terms == queries[-1].terms and query.operation == queries[-1].operation:
                queries.pop()  # 应诉结了没，结了几个
            queries.append(query)
            asked, last = True, query
            before = (*before, *_subjects_of(query, part, own))
        if not asked:
            raise failure or Unsettled(Unknown("relation", "没有认出要问什么"))
        return queries, before

    def _one(self, chunks: Sequence[Chunk], said: Said) -> MetricQuery:
        letters = {c.letter for c in chunks}
        args = [c.arg for c in chunks if c.arg is not None and c.arg.options]
        if SIGNS["why"] in letters:
            return MetricQuery(operation="why", terms=tuple(said.term(s) for s in said.subjects(args)) if args else ())
        equal = SIGNS["equals"] in letters and SIGNS["ask"] not in letters
        if (SIGNS["check"] in letters or equal) and not letters <= _CHECKED:
            raise Unsettled(Unknown("relation", "请分开问：先问数是多少，再问对不对"))
        if SIGNS["check"] in letters or equal:
            bare = [c.arg for c in chunks if c.arg is not None]
            return checked(said, [a for a in bare if a.options or a.times] if args else [], Match({}, tuple(chunks)))
        failed: Unknown | None = None
        published = SIGNS["published"] in letters
        chunks = [c for c in chunks if c.letter != SIGNS["published"]]
        summing = any(said.since <= at <= chunks[-1].end for at in said.sums)
        asked = sum(c.letter == SIGNS["ask"] and c.word.text not in _LOOSELY for c in chunks)
        for some, over_all in _loosened(chunks):
            for rule, match in matches(RULES, some, summing):
                own = replace_said(said, said.before)
                own.over_all = over_all
                try:
                    query = rule.build(own, match)
                except Unsettled as stop:
                    failed = failed or stop.unknown
                    continue
                if published:
                    query = query.model_copy(update={"published": True})
                if asked <= numbers_of(query):
                    if what := self._dropped(query, some, own, over_all):
                        failed = failed or Unknown("relation", what, query.terms)
                        continue
                    return query
                failed = failed or Unknown("relation", f"一句里问了{asked}个数，没有全部认出，请分开问", query.terms)
        raise Unsettled(failed or Unknown("relation", "没有认出这句话里各项之间的关系"))

    def _dropped(self, query: MetricQuery, chunks: Sequence[Chunk], said: Said, over_all: Arg | None) -> str | None:
        """What the question says and the query leaves out, in words: then it is no reading of it."""
        formulas = self._catalogue.formulas
        used: set[str] = set(said.used)
        for term in query.terms:
            parts = [term.metric, *(names(formulas[term.metric]) if term.metric in formulas else ())]
            used.update(parts, [term.over or term.metric], *(self._wholes(part) for part in parts))
        for arg in (over_all, *(chunk.arg for chunk in chunks)):
            if arg is None:
                continue
            if arg.negated and query.operation != "remainder" and not any(
                "-" in str(self._catalogue.metrics[term.metric].formula) for term in query.terms
            ):  # fmt: skip
                return f"没有认出对“{arg.text}”的否定"
            if arg.named is not None and not used & {*arg.options, *arg.named.others}:
                below = [n for name in arg.options for n in self._catalogue.metrics[name].narrows]
                below += [n for name in arg.options if name in formulas for n in names(formulas[name])]
                if not used & set(below):
                    return f"没有认出“{arg.text}”在这句话里的意思"
            for time in arg.times:
                said_at = query.operation == "trend" or time.kind in ("latest", "range")
                if not said_at and not any(_at(term, time, said) for term in query.terms):
                    return f"没有认出“{time.text}”在这句话里的意思"
            for scope in arg.scopes:
                if not any(self._of(term, scope) for term in query.terms):
                    return f"没有认出“{scope}”在这句话里的意思"
        return None

    def _wholes(self, name: str) -> set[str]:
        found: set[str] = set()
        whole = self._catalogue.metrics[name].whole
        while whole is not None:
            found.add(whole)
            whole = self._catalogue.metrics[whole].whole
        return found

    def _of(self, term: MetricTerm, scope: str) -> bool:
        """Whether a term speaks of a scope, or of a department of it."""
        own = term.scope or self._catalogue.metrics[term.metric].scope
        return self._catalogue.within(own, scope) or self._catalogue.within(scope, own)

    def _not_held(self, made: Cut, text: str) -> Unknown | None:
        near = self.near(made)
        letters = set(made.letters)
        if found := HYPOTHETICAL.search(text):
            return Unknown("relation", f"“{found[0]}”说的是假设、预计或者要求，指标库只有已经公布的数", near)
        if made.unheld:
            return Unknown("scope", f"没有“{'、'.join(w.text for w in made.unheld)}”的数据", unscoped(near))
        if made.strange:
            what = "、".join(stretches(made))
            if any(OFFICE.search(w.text) for w in made.strange):
                return Unknown("scope", f"没有“{what}”的数据", unscoped(near))
            return Unknown("metric", f"“{what}”不在指标库里，不能按它取数", near)
        if SIGNS["departments"] in letters:
            return Unknown("scope", "没有分部门、分单位的数据，不能按部门比较、排名或拆分", unscoped(near))
        if SIGNS["place"] in letters:
            return Unknown("relation", "没有同别处比较的名次", near)
        if SIGNS["names"] in letters:
            return Unknown("relation", "指标库只有数，没有名单", near)
        return None

    def near(self, made: Cut) -> tuple[MetricTerm, ...]:
        """The metrics a question names, for what is nearest."""
        return tuple(
            MetricTerm(metric=c.arg.options[0], scope=c.arg.scopes[-1] if c.arg.scopes else None)
            for c in made.chunks
            if c.arg is not None and c.arg.options
        )


def _at(term: MetricTerm, time: TimeAsked, said: Said) -> bool:
    """Whether a term is at a time; a year before another is told by that one."""
    if time.prior or time.text.endswith("同期"):
        return True
    year = said.year(time)
    return (year is None or term.year == year) and (time.month is None or term.month == time.month)


def numbers_of(query: MetricQuery) -> int:
    """How many numbers the answer to a query gives."""
    match query.operation:
        case "value":
            return len(query.terms)
        case "share" if query.direction == "more":
            return 1
        case "average" if query.per is not None:
            return len(query.terms)
        case "share" | "multiple" | "average" | "difference" | "change" | "growth":
            return max(1, len(query.terms) // 2)
        case "composition" | "rank" | "trend" | "check" | "why":
            return 99
        case _:
            return 1


def _loosened(chunks: Sequence[Chunk]) -> Iterator[tuple[list[Chunk], Arg | None]]:
    """The part as it is; then without a time or scope that stands by itself, which is then said of all of it."""
    yield list(chunks), None
    bound = {SIGNS[n] for n in _BINDING}
    for index, chunk in enumerate(chunks):
        if chunk.letter != "A" or chunk.arg is None or chunk.arg.options or chunk.arg.asks or chunk.arg.numbers:
            continue
        if (
            0 < index < len(chunks) - 1
            and chunks[index - 1].letter == SIGNS["by"]
            and chunks[index + 1].letter == SIGNS["counted"]
        ):
            yield trimmed([*chunks[: index - 1], *chunks[index + 2 :]]), chunk.arg
            continue
        beside = {c.letter for c in (*chunks[max(0, index - 1) : index], *chunks[index + 1 : index + 2])}
        if not beside & bound:
            yield trimmed([*chunks[:index], *chunks[index + 1 :]]), chunk.arg


def spellings(question: str) -> Iterator[str]:
    """The question as it may be meant: a blank between characters is a pause, or nothing."""
    for text in dict.fromkeys([_BLANK.sub(",", question), question]):
        plain = ADDRESS.sub("", spell(text))
        plain = _SET_ASIDE.sub("", POLITE.sub("", plain))
        yield _TAIL.sub("吗", plain)


def divisions(chunks: Sequence[Chunk]) -> Iterator[list[list[Chunk]]]:
    """The ways to part a question: at every stop, and then at as few commas as may be."""
    stops: list[list[Chunk]] = [[]]
    for chunk in chunks:
        if chunk.letter == SIGNS["stop"]:
            stops.append([])
        else:
            stops[-1].append(chunk)
    parts = [p for p in (trimmed(part) for part in stops) if p]
    yield from _combined(parts)


def _combined(parts: list[list[Chunk]]) -> Iterator[list[list[Chunk]]]:
    if not parts:
        return
    options = [list(_commas(part)) for part in parts]
    if len(options) == 1:
        yield from options[0]
        return
    for first in options[0]:
        for rest in _combined(parts[1:]):
            yield [*first, *rest]


def _commas(part: list[Chunk]) -> Iterator[list[list[Chunk]]]:
    behind = [c.letter for c in part[1:]] + [""]
    at = [
        index
        for index, (chunk, after) in enumerate(zip(part, behind, strict=True))
        if chunk.letter == SIGNS["comma"] or (chunk.letter == SIGNS["and"] and after in _OPENING)
    ][:_NEAR]
    masks = sorted(range(1 << len(at)), key=lambda mask: mask.bit_count())
    for mask in masks:
        cuts = [i for n, i in enumerate(at) if mask >> n & 1]
        edges = [-1, *cuts, len(part)]
        pieces = [trimmed(part[a + 1 : b]) for a, b in itertools.pairwise(edges)]
        yield [p for p in pieces if p]


def trimmed(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Without commas at its ends."""
    found = list(chunks)
    while found and found[0].letter == SIGNS["comma"]:
        found.pop(0)
    while found and found[-1].letter == SIGNS["comma"]:
        found.pop()
    return found


def _offices(chunks: list[Chunk], namer: Namer) -> list[Chunk]:
    """人社那边，咨询、线索各多少: a word that may be an office is one, where what follows is counted by it."""
    found = list(chunks)
    for index, chunk in enumerate(chunks):
        arg = chunk.arg
        if arg is None or chunk.letter != "A" or arg.named is None or arg.named.own or arg.asks:
            continue
        scopes = [s.names[0] for w in arg.words if (s := w.sense("scope")) is not None]
        if len(scopes) != len([w for w in arg.words if not w.sense("filler", "time")]):
            continue
        after = next((c.arg for c in chunks[index + 1 : index + 3] if c.arg is not None and c.arg.options), None)
        between = chunks[index + 1].letter if index + 1 < len(chunks) else ""
        if after is not None and between in ("A", SIGNS["comma"]) and namer.counted_by(after.options, scopes[-1]):
            found[index] = replace(chunk, arg=replace(arg, named=None, scopes=tuple(namer.deepest(scopes))))
    return found


def negated(made: Cut, namer: Namer) -> Cut:
    """没 before what is spoken of belongs to it."""
    out: list[Chunk] = []
    chunks = made.chunks
    for index, chunk in enumerate(chunks):
        after = chunks[index + 1] if index + 1 < len(chunks) else None
        if chunk.letter == SIGNS["to"] and not any(c.arg is not None and c.arg.times for c in out):
            continue  # 到年底一共多少: up to then, from nowhere
        if chunk.letter == SIGNS["not"] and after is not None and after.arg is not None and after.letter == "A":
            continue
        if (
            chunk.letter == SIGNS["ask"]
            and chunk.word.sense("head")
            and len(out) > 1
            and out[-1].letter == SIGNS["and"]
        ):
            last = out[-2]
            if last.arg is not None and last.arg.named is not None:  # 检查家数、次数
                named = replace(last.arg.named, kinds=frozenset())
                out.append(Chunk("A", chunk.word, arg=replace(last.arg, named=named, numbers=(), asks=(chunk.kind,))))
                continue
        before = chunks[index - 1] if index else None
        if before is not None and before.letter == SIGNS["not"] and chunk.arg is not None and chunk.letter == "A":
            chunk = replace(chunk, arg=replace(chunk.arg, negated=True))
        out.append(chunk)
    out = _offices(out, namer)
    made.chunks = [c for i, c in enumerate(out) if not _counts_list(out, i)]
    return made


def _counts_list(chunks: Sequence[Chunk], at: int) -> bool:
    """检查、处罚、教育改正三项: the number of the things just listed, which says nothing more."""
    if chunks[at].letter != SIGNS["class"]:
        return False
    listed = 0
    while at > 0 and chunks[at - 1].letter in ("A", SIGNS["and"]):
        at -= 1
        listed += chunks[at].letter == "A"
    number = {"两": 2, "三": 3, "四": 4, "五": 5}
    return listed > 1 and any(number.get(c.word.text[0]) == listed for c in chunks[at:] if c.letter == SIGNS["class"])


def _asks(part: Sequence[Chunk]) -> bool:
    """Whether a part asks anything: it is not only arguments with their numbers."""
    statement = {"A", "N", SIGNS["comma"], SIGNS["and"], SIGNS["sum"], SIGNS["is"]}
    if any(c.letter not in statement for c in part):
        return True
    return not any(c.arg is not None and c.arg.numbers for c in part)


def replace_said(said: Said, before: tuple[Subject, ...]) -> Said:
    return Said(
        said.catalogue, said.ledger, said.namer, before, said.times, [], [], None, said.last, said.sums, said.since
    )


def _subjects_of(query: MetricQuery, part: Sequence[Chunk], said: Said) -> list[Subject]:
    """What a part has spoken of, for the parts behind it."""
    found: list[Subject] = []
    times = [t for c in part if c.arg is not None for t in c.arg.times if t.kind != "latest"]
    terms = query.terms[::2] if query.operation in ("change", "growth") else query.terms
    for term in terms:
        at = next((t for t in times if said.year(t) == term.year and t.month == term.month and t.day == term.day), None)
        found.append(Subject(said.metric(term.metric), term.scope, at))
    return found


def stretches(made: Cut) -> list[str]:
    """The words that were not understood, those that touch as one."""
    spans: list[tuple[int, int]] = []
    for word in sorted(made.strange, key=lambda w: w.start):
        if spans and spans[-1][1] == word.start:
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return list(dict.fromkeys(made.text[a:b] for a, b in spans))


def unscoped(terms: Sequence[MetricTerm]) -> tuple[MetricTerm, ...]:
    return tuple(t.model_copy(update={"scope": None}) for t in terms)


def _heard(made: Cut) -> str:
    names = [c.arg.options[0] for c in made.chunks if c.arg is not None and c.arg.options]
    if not names:
        return "没有认出要问的指标"
    return f"认出了{'、'.join(f'“{n}”' for n in dict.fromkeys(names))}，没有认出它们之间的关系"


__all__ = ["LONGEST", "Arg", "Reader", "Reading"]
