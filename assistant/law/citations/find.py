"""Where a text cites law, in the words of the text: nothing is looked up here but names."""

import re
from dataclasses import dataclass, replace

from assistant.law.citations.names import Name, VersionTag, find_names, own_title
from assistant.law.citations.provisions import Place, chain
from assistant.law.citations.quoting import QuoteSpan, quotes_after, quotes_before
from assistant.law.citations.reading import Reading
from assistant.law.citations.titles import Titles
from assistant.numerals import to_chinese, to_int

SPREAD_LIMIT = 20_000  # provisions that lists and ranges of one text may expand to
_REACH = 600  # how far, in characters, a provision without a name may stand from the citation it leans on

_KINDS = ("法典", "法律", "法", "条例", "规定", "办法", "细则", "规则", "解释", "决定")
_POINTING = re.compile(
    r"((?<!基)本|该|此|(?<![合协])同|上述|前述|上引|前引)(法典|法律|法|条例|规定|办法|细则|规则|解释|决定)(?:的|之|中的?)?$"
)
_RELATIVE = re.compile(
    r"(?P<last>(?<![此之以目当先年月日天提])(?:前|上)(?P<count>[一二两三四五六七八九])?(?P<unit>条|款)(?![件例约项]))|(?P<same>[本该同此])(?P<same_unit>条|款|项)(?![件例约目])"
)
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_LEANS = re.compile(
    r"(?:根据|依据|依照|按照|参照|比照|违反了?|违背了?|触犯了?|适用|援引|引用|符合|以及|或者|同时|其|和|与|及|或|由|对|将|按|依|据|照|的|在|而|以|是|为|、|属于|构成|并"
    r"|总则|分则|附则|第[一二三四五六七八九十0-9]{1,4}(?:分编|[编章节])|[\u4e00-\u9fff]{2,6}编)$"
)
_GOES_ON = frozenset("的规定之所中和与及或以,。;:、)》”“\"'(]!！？?\n也还均已明要是有对关应并可等为就将即予亦则故处仍")
_OTHER_PAPER = re.compile(r"(?:合同|协议|章程|约定|附件|公告|通知|决定书?|说明|方案|招标文件)(?:的|之|中的?)?$")
_SAYS = re.compile(r"(?:的|之|中)?(?:也|还|又|同时|明确|则)?(?:规定|要求|明确|明文)")


@dataclass(frozen=True, slots=True)
class Mention:
    """One provision, or one instrument, named in a text.

    `text` is the original words and `start`/`end` their offsets; `name` is the instrument as the text names it there or
    earlier (plain spelling), None when the words point to one that the text does not name (`pointer` holds them).
    """

    start: int
    end: int
    text: str
    name: str | None
    article: str | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    version: VersionTag | None = None
    pointer: str | None = None
    back: int = 0  # 前条: how many articles before `article`
    note: str | None = None
    group: int = 0  # mentions of one list share it
    quotes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Context:
    """What the words 本法, 前款 and a bare 第三条 lean on at a place."""

    name: str | None
    version: VersionTag | None
    place: Place | None
    end: int
    own: bool = False  # the article of the instrument that the text itself is


def _is_kind(name: str, kind: str) -> bool:
    """Whether 本法, 本条例 … may mean an instrument of this name."""
    bare = name.partition("(")[0]
    return bare.endswith("法典") or bare.endswith("法") if kind in ("法", "法律", "法典") else bare.endswith(kind)


class _Finder:
    def __init__(self, text: str, titles: Titles | None) -> None:
        self.reading = Reading(text)
        self.s = self.reading.text
        self.names = find_names(self.s, titles, self.reading.gaps)
        self.by_tail = {n.tail: n for n in self.names}
        self.aliases: dict[str, str] = {}
        self.named: dict[str, tuple[str, VersionTag | None]] = {}  # the last of each kind
        self.context: _Context | None = None
        self.mentions: list[Mention] = []
        self.group = 0
        self.quotes: list[tuple[int, int, _Context]] = []
        self.used_quotes: set[int] = set()
        self.spread = 0
        self.own_title = own_title(self.reading, titles)
        self.own_article: Place | None = None

    def run(self) -> tuple[Mention, ...]:
        starts = {m.start() for m in re.finditer(r"第(?=[(零〇一二三四五六七八九十百千两0-9])", self.s)}
        relative = {m.start(): m for m in _RELATIVE.finditer(self.s)}
        tails = {n.tail for n in self.names}
        enders = {n.start: n for n in self.names}
        events = sorted(starts | set(relative) | tails | set(enders))
        done = 0
        pending: Name | None = None
        for at in events:
            if pending is not None and at > pending.tail:
                self._law_alone(pending)
                pending = None
            if at < done:
                continue
            name = self.by_tail.get(at)
            if name is not None and pending is name:
                places = chain(self.s, at, direct=True)
                if places and places[0].article is not None and self._direct(name, places[0], at):
                    done = places[-1].end
                    self._cite(name, places)
                    pending = None
                    continue
                if places and name.law is False:
                    done = places[-1].end
                    pending = None
                    self.context = None
                    continue
            if at in enders and enders[at].end > done:
                if pending is not None:
                    self._law_alone(pending)
                pending = enders[at]
                continue
            if pending is not None and at < pending.tail:
                continue
            if at in relative:
                done = max(done, self._relative(relative[at]))
            elif at in starts:
                done = max(done, self._unnamed(at))
        if pending is not None:
            self._law_alone(pending)
        return tuple(self.mentions)

    # -- one kind of place each -------------------------------------------------------------------------------------

    def _direct(self, name: Name, place: Place, at: int) -> bool:
        """行政处罚法三条原则 names no article: without 第 a single Chinese figure is a count."""
        if not name.law:
            return False
        if self.s[at - 1] == "," and self._follows(place.end) not in _GOES_ON:
            return False  # 根据行政处罚法，第一条马路……
        words = self.s[at : place.end]
        return words.startswith("第") or re.match(r"\d|.[^条]", words) is not None or "款" in words

    def _law_alone(self, name: Name) -> None:
        key = self._meaning(name)
        if not name.law and key == name.key:
            return
        self._in_context(name.start)
        self.group += 1
        self._add(name.start, name.end, key, name.version, None)
        self.context = _Context(key, name.version, None, name.end)
        self._attach(name.end, len(self.mentions) - 1)
        self._remember(name, key)

    def _cite(self, name: Name, places: list[Place]) -> None:
        key = self._meaning(name)
        self._in_context(name.start)
        self._emit(key, name.version, places, first=name.start)
        self._remember(name, key)

    def _meaning(self, name: Name) -> str:
        return self.aliases.get(name.key, name.key)

    def _remember(self, name: Name, key: str) -> None:
        self.named.update((kind, (key, name.version)) for kind in _KINDS if _is_kind(key, kind))
        if name.alias:
            self.aliases[name.alias] = key

    def _relative(self, match: re.Match[str]) -> int:
        """前条, 前款, 本条第二款, 该款第（一）项."""
        context = self._in_context(match.start())
        quote = self._inside(match.start())
        if quote is not None and quote.place is not None:
            context = quote  # the words of a provision speak of where they stand
        elif self.own_article is not None:
            # So do those of an instrument that is the text itself; which 款 they are in is not told here.
            if match["last"]:
                return 0
            if match["same"] == "本" and match["same_unit"] == "条":
                context = _Context(self.own_title, None, self.own_article, match.start(), own=True)
        if context is None or context.place is None or context.place.article is None:
            return 0
        if quote is None and not context.own and match.start() - context.end > _REACH:
            return 0
        quoted = quote is not None
        at, base = match.start(), context.place
        below = chain(self.s, match.end()) if match.end() < len(self.s) else []
        below = [p for p in below if p.article is None]
        end = below[-1].end if below else match.end()
        if match["same"]:
            if not below:
                return 0
            if match["same_unit"] == "条":
                origin = Place(at, end, article=base.article)
            else:
                item = base.item if match["same_unit"] == "项" else None
                origin = Place(at, end, base.article, base.paragraph, item)
            self._emit(context.name, context.version, self._under(origin, below, at), first=at)
            return end
        count = to_int(match["count"]) if match["count"] else 1
        if match["unit"] == "条":
            for back in range(count, 0, -1):
                origin = Place(at, end, article=base.article)
                self._emit(context.name, context.version, self._under(origin, below, at), first=at, back=back)
            return end
        if base.paragraph is None:
            note = "“前款”所指的款在文中没有写明，只核到条"
            self._emit(context.name, context.version, [Place(at, end, base.article, note=note)], first=at)
            return end
        # In the words of a statute 前款 stands before the 款 it is in; after 第一款规定…… it can only be that one.
        last = base.paragraph - 1 if base.paragraph > 1 or quoted else base.paragraph
        if last < count:
            return 0
        reading = None if quoted or base.paragraph == 1 else f"“前款”按第{to_chinese(base.paragraph)}款的前一款理解"
        places = [Place(at, end, base.article, n, note=reading) for n in range(last - count + 1, last + 1)]
        if below and count == 1:
            places = self._under(places[0], below, at)
        self._emit(context.name, context.version, places, first=at)
        return end

    def _under(self, origin: Place, below: list[Place], at: int) -> list[Place]:
        if not below:
            return [origin]
        filled: list[Place] = []
        for n, place in enumerate(below):
            filled.append(
                replace(
                    place,
                    start=at if n == 0 or place.start == below[0].start else place.start,
                    article=origin.article,
                    paragraph=place.paragraph if place.paragraph is not None else origin.paragraph,
                    item=place.item if place.item is not None else origin.item,
                    note=origin.note,
                )
            )
        return filled

    def _unnamed(self, at: int) -> int:
        """A provision without a name right before it: 本法第三条, or one that leans on an earlier citation."""
        places = chain(self.s, at)
        if not places:
            return 0
        end = places[-1].end
        if self.own_title and (at == 0 or self.s[at - 1] == "\n") and len(places) == 1 and places[0].rank == 0:
            self.own_article = places[0]
            self.context = _Context(self.own_title, None, places[0], end, own=True)
            return end
        pointing = _POINTING.search(self.s, max(0, at - 8), at)
        if pointing and places[0].article is not None:
            return self._pointed(pointing, places)
        context = self._in_context(at)
        if context is None or not self._leans(at, end, context, places[0]):
            # What stands in a contract or a charter is nobody's law, and neither is what leans on it.
            if places[0].article is not None and context is not None and at - context.end <= _REACH:
                self.context = _Context(context.name, context.version, None, context.end)
            return end if context is None else 0
        base = context.place
        if places[0].article is None:
            if base is None or base.article is None:
                return 0
            lowest = places[0].rank
            paragraph, item = base.paragraph if lowest > 1 else None, base.item if lowest > 2 else None
            origin = Place(at, end, base.article, paragraph, item)
            places = self._under(origin, places, at)
        self._emit(context.name, context.version, places, first=at)
        return end

    def _pointed(self, pointing: re.Match[str], places: list[Place]) -> int:
        word = pointing[1] + pointing[2]
        self._in_context(pointing.start())
        quote = self._inside(pointing.start())
        name: str | None = self.aliases.get(word)
        version: VersionTag | None = None
        if name is None and quote is not None:
            name, version = quote.name, quote.version
        elif name is None and pointing[1] == "本" and self.own_title and _is_kind(self.own_title, pointing[2]):
            name = self.own_title
        elif name is None:
            # 本法 is a law: an ordinance named in between is not meant.
            name, version = self.named.get(pointing[2], (None, None))
        self._emit(name, version, places, first=pointing.start(), pointer=word)
        return places[-1].end

    def _follows(self, end: int) -> str:
        return self.s[end] if end < len(self.s) else "。"

    def _leans(self, at: int, end: int, context: _Context, place: Place) -> bool:
        if context.own or at - context.end > _REACH or context.name is None:
            return False
        between = self.s[context.end : at]
        before = self.s[at - 1] if at else "\n"
        if self._follows(end) not in _GOES_ON:
            return False
        lead = _LEANS.search(self.s, max(0, at - 6), at)
        if "\u4e00" <= before <= "\u9fff" and lead is None:
            return False
        if _OTHER_PAPER.search(between[-8:]):
            return False
        if not _SENTENCE_END.search(between):
            return place.article is not None or context.place is not None
        if place.article is None:
            return False
        by_word = lead is not None and lead[0][:2] in ("根据", "依据", "依照", "按照", "违反", "适用", "参照", "触犯")
        return context.place is not None and (by_word or _SAYS.match(self.s, end) is not None)

    # -- context and output -------------------------------------------------------------------------------------------

    def _inside(self, at: int) -> _Context | None:
        """The citation whose quoted words hold the place `at`."""
        for start, end, base in reversed(self.quotes):
            if start <= at < end:
                return base
            if end <= at:
                return None
        return None

    def _in_context(self, at: int) -> _Context | None:
        """The context at `at`; what was cited inside a quotation does not outlive it."""
        while self.quotes and self.quotes[-1][1] <= at:
            _, _, base = self.quotes.pop()
            if base.name is not None and (self.context is None or self.context.end > base.end):
                self.context = _Context(base.name, base.version, base.place, self._last_quote_end)
        return self.context

    _last_quote_end = 0

    def _emit(
        self,
        name: str | None,
        version: VersionTag | None,
        places: list[Place],
        *,
        first: int,
        pointer: str | None = None,
        back: int = 0,
    ) -> None:
        self.group += 1
        if len(places) > 2:
            # A text made of ranges alone must not grow without bound: later ranges are told by their ends.
            self.spread += len(places)
            if self.spread > SPREAD_LIMIT:
                places = [p for n, p in enumerate(places) if n in (0, len(places) - 1) or p.end != places[n - 1].end]
        begins = places[0].start
        for place in places:
            start = first if place.start == begins else place.start
            self._add(start, place.end, name, version, place, pointer=pointer, back=back)
        self.context = _Context(name, version, places[-1] if not back else None, places[-1].end)
        self._attach(places[-1].end, len(self.mentions) - len(places), first=first)

    def _add(
        self,
        start: int,
        end: int,
        name: str | None,
        version: VersionTag | None,
        place: Place | None,
        *,
        pointer: str | None = None,
        back: int = 0,
    ) -> None:
        a, b = self.reading.start_of(start), self.reading.end_of(end)
        self.mentions.append(
            Mention(
                start=a,
                end=b,
                text=self.reading.original[a:b],
                name=name,
                article=place.article if place else None,
                paragraph=place.paragraph if place else None,
                item=place.item if place else None,
                subitem=place.subitem if place else None,
                version=version,
                pointer=pointer,
                back=back,
                note=place.note if place else None,
                group=self.group,
            )
        )

    def _attach(self, end: int, index: int, first: int | None = None) -> None:
        """Hang the quotations that belong to the citation that ends at `end` on its mentions."""
        spans: list[QuoteSpan] = quotes_after(self.s, end, whole_law=first is None)
        if not spans and first is not None:
            spans = [q for q in quotes_before(self.s, first) if q.start not in self.used_quotes]
        if not spans:
            return
        words = tuple(self.reading.words(q.start, q.end) for q in spans)
        for n in range(index, len(self.mentions)):
            self.mentions[n] = replace(self.mentions[n], quotes=words)
        assert self.context is not None
        for q in spans:
            self.used_quotes.add(q.start)
            if q.start >= end:
                self.quotes.append((q.start, q.end, self.context))
                self._last_quote_end = q.end


def find(text: str, titles: Titles | None = None) -> tuple[Mention, ...]:
    """Every citation in `text`, in order; offsets are in Python characters of `text`.

    With `titles` the names of the instruments held are told apart to the letter; without, by their endings.
    """
    return _Finder(text, titles).run()
