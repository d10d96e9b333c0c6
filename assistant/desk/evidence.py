"""Look: what the library and the search hold for a question. All that a writer may use."""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.desk import extract
from assistant.desk.found import Evidence, Found
from assistant.desk.lexicon import Lexicon, Terms, content
from assistant.desk.ordering import CHANGING, DECISIVE, PROCESS, decisive, ordered, titled
from assistant.desk.question import Reading, Shape, turn_of
from assistant.desk.scope import speaks_of_law
from assistant.desk.timing import LENIENT
from assistant.knowledge.topics import Topics
from assistant.law.library import Library, short_title
from assistant.schema import Article, CheckedCitation, Citation, Kind, Passage

EXEMPTION = tuple(
    Citation(law="中华人民共和国行政处罚法", article=number)
    for number in ("第三十三条", "第三十二条", "第三十条", "第三十一条", "第三十六条")
)
"""What must be examined where somebody may go unpunished: the first is quoted, the others listed."""
"""Old law and new: 从旧兼从轻."""
_TOPIC, _FOUND_TOO = 0.15, 0.3  # what a character of a topic is worth, and being first of the hits
_NEARLY = 0.6  # how far below the best a topic may lie and still stand beside it
LISTED = 8  # provisions numbered at most


class Finder(Protocol):
    """What the desk needs of the search."""

    def find(
        self,
        query: str,
        *,
        kinds: Sequence[Kind] = ("law",),
        as_of: dt.date,
        top_k: int = 10,
        include_not_in_force: bool = False,
    ) -> tuple[Passage, ...]: ...


class Looker:
    """Gathers the evidence for one question."""

    def __init__(
        self,
        library: Library,
        search: Finder,
        lexicon: Lexicon,
        written: Callable[[str], tuple[str, ...]] = lambda _: (),
        topics: Topics | None = None,
    ) -> None:
        """`written` gives the words of the law for the everyday words of a question; `topics` is the subject index."""
        self.topics = topics or Topics()
        self._written = written
        self.library = library
        self.search = search
        self.lexicon = lexicon

    def settled(self, reading: Reading) -> Reading:
        """The reading with what the subject index opens for it; a rule of procedure is no penalty for an act."""
        named = self.laws_in(reading.text)
        of_text = reading.shape in (Shape.ARTICLE, Shape.METRIC) or (reading.shape is Shape.TIME and bool(named))
        if reading.articles or of_text:
            return reading
        topics = self.topics.find(reading.text, named, penalty=reading.shape is Shape.PENALTY)
        if not topics and reading.follows:
            topics = self.topics.find(reading.query, named)
        if not topics:
            return reading
        first = topics[0][0]
        procedural = first.law in PROCEDURE and (
            reading.shape in (Shape.PENALTY, Shape.TIME)
            or (reading.shape is Shape.VERDICT and first.article != EXEMPTION[0].article)
        )
        if reading.shape is Shape.VERDICT and not procedural and not _SPARES.search(reading.text):
            return replace(reading, topics=topics, shape=Shape.PENALTY)  # 罚不罚 asks for the penalty
        return replace(reading, topics=topics, shape=Shape.GENERAL if procedural else reading.shape)

    def look(self, reading: Reading, cited: Sequence[CheckedCitation], as_of: dt.date) -> Evidence:
        asked = reading.text if not reading.follows else reading.query
        said = self.lexicon.terms(asked)
        terms = self.lexicon.terms(" ".join((asked, *self._written(asked))))
        laws = self.laws_in(reading.text) or ((reading.law_hint,) if reading.law_hint else ())
        if reading.shape is Shape.TIME and not laws:
            laws = self._meant(reading.text) or self._ruling(reading, as_of)
        named, absent = self._named(reading, cited, as_of, terms)
        hits = self._hits(reading, as_of)
        if reading.shape is Shape.TIME and laws and not named:
            return Evidence(self._timing(laws, reading, as_of), (), laws, absent, cover=1.0)
        if named and reading.shape in (Shape.ARTICLE, Shape.TIME):
            laws = laws or (named[0].article.law,)
            others = (*self._successors(named[0], as_of), *self._round(named[0].article, as_of))[: LISTED - 1]
            return Evidence(tuple(named[:6]), others, laws, absent, pointed=True, cover=1.0)
        if absent and not named and not _asks_more(reading.text, absent):
            return Evidence((), (), laws, absent, cover=0.0)  # what lies near by number or name would only mislead
        opened = [] if named else self._opened(reading, [hit.id for hit in hits], terms, as_of)
        seen = {found.article.id for found in (*named, *opened)}
        found = [
            self._found(article, terms, reading.shape, as_of, score=hit.score)
            for hit in hits
            if (article := self.library.get(hit.id)) is not None and article.id not in seen
        ]
        cover = max((t.share(titled(f.article)) for f in found for t in (said, terms)), default=0.0)
        cover = 1.0 if named or opened else cover
        best_first = ordered(found, reading.shape, terms, laws, reading.query)
        if reading.shape is Shape.VERDICT:
            return self._exemption([*named, *opened], best_first, laws, absent, as_of, cover)
        if opened:  # the index is made by hand: what the words find beside it is for reading on
            chosen: tuple[Found, ...] = tuple(opened)
        else:
            chosen = (*named, *decisive(best_first, reading.shape))[: max(DECISIVE, len(named))]
        taken = {f.article.id for f in chosen}
        related = tuple(f for f in best_first if f.article.id not in taken)[: LISTED - len(chosen)]
        return Evidence(chosen, related, laws, absent, topical=bool(opened), cover=cover)

    def _successors(self, repealed: Found, as_of: dt.date) -> tuple[Found, ...]:
        """What the instrument that repealed a law says in like words: where to look now, never said to be the same."""
        title = re.match(r"《([^》]+)》", repealed.version.ended_by or "")
        if repealed.status != "已废止" or title is None:
            return ()
        hits = self.search.find(repealed.article.text[:240], as_of=as_of, top_k=12)
        articles = [a for hit in hits if (a := self.library.get(hit.id)) is not None and a.law == title[1]]
        return tuple(
            Found(a, self.library.version(a.version_id), self.library.status(a, as_of), extract.whole(a))
            for a in articles[:2]
        )

    def _opened(self, reading: Reading, hits: Sequence[str], terms: Terms, as_of: dt.date) -> list[Found]:
        """The provisions that the subject index opens, in the part that each names or that answers best.

        Topics that account for about as much of the question are told apart by the words of the law and the search.
        """
        most = max((worth for _, worth in reading.topics), default=0)
        rated: list[tuple[float, Found]] = []
        for citation, worth in reading.topics[:8]:
            found = self.found(citation, as_of)
            if found is None:
                continue
            if not (citation.paragraph or citation.item):
                shape = Shape.CONDITIONS if reading.shape is Shape.GENERAL else reading.shape
                found = replace(found, part=extract.best(found.article, terms, shape))
            rate = _TOPIC * (worth - most) + terms.share(titled(found.article))
            if found.article.id in hits[:4]:
                rate += _FOUND_TOO * (1 - hits.index(found.article.id) / 4)
            rated.append((rate, replace(found, named=False)))
        rated.sort(key=lambda pair: -pair[0])
        unique = {found.article.id: found for rate, found in reversed(rated) if rate > rated[0][0] - _NEARLY}
        return list(reversed(unique.values()))[: DECISIVE + 1]

    def _exemption(
        self,
        named: list[Found],
        found: list[Found],
        laws: tuple[str, ...],
        absent: tuple[CheckedCitation, ...],
        as_of: dt.date,
        cover: float,
    ) -> Evidence:
        """The elements of going unpunished, and the provision that would punish the act."""
        basis = [f for c in EXEMPTION if (f := self.found(c, as_of)) is not None]
        held = {f.article.id for f in (*basis, *named)}
        punishing = [
            f for f in found if extract.has_penalty(f.part.text) and f.article.id not in held and f.share >= 0.3
        ]
        first = [f for f in basis[:1] if f.article.id not in {n.article.id for n in named}]
        decisive = (*named, *first, *punishing[:1])
        taken = {f.article.id for f in decisive}
        related = tuple(f for f in (*basis, *punishing[1:3]) if f.article.id not in taken)
        return Evidence(decisive, related, laws, absent, cover=1.0 if basis else cover)

    def laws_in(self, text: str) -> tuple[str, ...]:
        """Full titles of the instruments a text names, in order; the longest name wins where names overlap."""
        found: list[tuple[int, int, str]] = []
        for name, title in sorted(self.library.names.items(), key=lambda pair: -len(pair[0])):
            start = text.find(name) if len(name) > 2 or name in ("刑法", "宪法", "民法典") else -1
            if start < 0:
                continue
            end = start + len(name)
            if any(start < e and s < end for s, e, _ in found):
                continue
            if re.match(r"实施(条例|细则|办法)|(的)?解释|修正案|若干", text[end:]) and not name.endswith(
                text[end : end + 2]
            ):
                continue  # an instrument of its own, whose name begins so
            found.append((start, end, title))
        return tuple(dict.fromkeys(title for _, _, title in sorted(found)))

    def _timing(self, laws: tuple[str, ...], reading: Reading, as_of: dt.date) -> tuple[Found, ...]:
        """The article that says when the text came into force, and the rule on old and new law where that is asked."""
        out: list[Found] = []
        for law in laws[:2]:
            version = self.library.version_on(law, as_of)
            for article in reversed(self.library.articles_of(version.id) if version else ()):
                if version and re.search(r"本(法|条例|办法|规定|细则|解释|决定)自.{2,14}起施行", article.text):
                    part = extract.starting(article)
                    out.append(Found(article, version, self.library.status(article, as_of), part, named=True))
                    break
        if re.search(r"新法|旧法|适用|从旧|溯及|以前|之前|老法", reading.text) and any(_punishes(law) for law in laws):
            lenient = self.found(LENIENT, as_of)
            out += [lenient] if lenient else []
        return tuple(out)

    def _meant(self, text: str) -> tuple[str, ...]:
        """The instrument whose name a question half says (治安案件 → 治安管理处罚法); none when two fit as well."""
        asked = {pair for pair, _ in self.lexicon.terms(_TIMING.sub(" ", text)).weights}
        rated: list[tuple[float, str]] = []
        for title in self.library.titles:
            terms = self.lexicon.terms(short_title(title).removesuffix("法").removesuffix("条例"))
            if self.library.versions(title)[-1].kind in CHANGING or not terms.weights:
                continue
            held = sum(weight for pair, weight in terms.weights if pair in asked)
            if held:
                rated.append((held + 0.5 * held / terms.total, title))
        rated.sort(reverse=True)
        if not rated or (len(rated) > 1 and rated[1][0] > rated[0][0] * 0.95):
            return ()
        return (rated[0][1],)

    def _ruling(self, reading: Reading, as_of: dt.date) -> tuple[str, ...]:
        """The law that punished the conduct told of on the day it is told of, where no law is named."""
        if reading.day is None or not reading.day_words or reading.day > as_of:
            return ()
        conduct = _TIMING.sub(" ", _DATES.sub(" ", reading.text))
        if not self.lexicon.terms(conduct).weights:
            return ()
        for citation, _ in self.topics.find(conduct, (), penalty=True)[:1]:
            version = self.library.version_on(citation.law, reading.day)
            if version is not None and version.status_on(reading.day) in ("现行有效", "待核"):
                return (citation.law,)
        hits = self.search.find(f"{conduct} 处罚", as_of=reading.day, top_k=6)
        return tuple(hit.law for hit in hits if hit.law is not None and extract.has_penalty(hit.text))[:1]

    def found(self, citation: Citation, as_of: dt.date) -> Found | None:
        """A provision by its citation, as the text that speaks for `as_of` has it; None when it is not held."""
        version = self.library.version_on(citation.law, as_of)
        article = self.library.article(version.id, citation.article) if version and citation.article else None
        if version is None or article is None:
            return None
        part = (
            extract.named(article, citation.paragraph, citation.item) if citation.paragraph or citation.item else None
        )
        return Found(article, version, self.library.status(article, as_of), part or extract.whole(article), named=True)

    def _found(
        self, article: Article, terms: Terms, shape: Shape, as_of: dt.date, *, score: float = 0.0, named: bool = False
    ) -> Found:
        version = self.library.version(article.version_id)
        part = extract.best(article, terms, shape)
        return Found(article, version, self.library.status(article, as_of), part, named=named, score=score)

    def _named(
        self, reading: Reading, cited: Sequence[CheckedCitation], as_of: dt.date, terms: Terms
    ) -> tuple[list[Found], tuple[CheckedCitation, ...]]:
        named: list[Found] = []
        absent: list[CheckedCitation] = []
        for citation in cited:
            article = self.library.get(citation.article_id) if citation.article_id else None
            if article is None:
                if citation.article or citation.verdict == "out_of_scope":
                    absent.append(citation)
                article = self._misspelt(citation, as_of)
                if article is None:
                    continue
            named.append(self._pointed(article, citation.paragraph, citation.item, reading, terms, as_of))
            if citation.verdict == "no_such_provision":
                absent.append(citation)
        for article_id in reading.articles:
            article = self.library.get(article_id)
            if article is not None and not named:
                named.append(self._pointed(article, reading.paragraph, reading.item, reading, terms, as_of))
        unique = {found.article.id + str(found.part.citation): found for found in named}
        return list(unique.values()), tuple(absent)

    def _misspelt(self, citation: CheckedCitation, as_of: dt.date) -> Article | None:
        """The article meant by a name with one wrong or missing character (行政处法); the answer says so."""
        if citation.verdict != "out_of_scope" or not citation.law or not citation.article:
            return None
        near = difflib.get_close_matches(short_title(citation.law), self.library.names, n=1, cutoff=0.85)
        if not near or abs(len(near[0]) - len(short_title(citation.law))) > 1 or near[0][-1] != citation.law[-1]:
            return None
        version = self.library.version_on(self.library.names[near[0]], as_of)
        return self.library.article(version.id, citation.article) if version else None

    def _pointed(
        self, article: Article, paragraph: int | None, item: int | None, reading: Reading, terms: Terms, as_of: dt.date
    ) -> Found:
        version = self.library.version(article.version_id)
        part = extract.named(article, paragraph, item) if paragraph or item else None
        if part is None:
            part = extract.whole(article) if reading.shape in (Shape.ARTICLE, Shape.TIME) or paragraph else None
        if part is None:
            part = extract.best(article, terms, reading.shape)
        return Found(article, version, self.library.status(article, as_of), part, named=True)

    def _hits(self, reading: Reading, as_of: dt.date) -> list[Passage]:
        """Best of each search first, turn by turn."""
        queries = [reading.query, *reading.extra]
        if reading.law_hint:
            queries.append(f"{short_title(reading.law_hint)} {turn_of(reading.text)}")
        if PROCESS.search(reading.query) and not _ELSEWHERE.search(reading.query):
            queries.append(f"行政处罚法 {reading.query}")
        searches = [self.search.find(q, as_of=as_of, top_k=12) for q in queries]
        hits: dict[str, Passage] = {}
        for place in range(max((len(s) for s in searches), default=0)):
            for found in searches:
                if place < len(found):
                    hits.setdefault(found[place].id, found[place])
        return list(hits.values())

    def _round(self, article: Article, as_of: dt.date) -> tuple[Found, ...]:
        """Neighbours of an article, and articles of its own text that cite it."""
        before, after = self.library.neighbours(article)
        near = [a for a in (before, after) if a is not None]
        citing = [a for a in self.library.cited_by(article) if a.version_id == article.version_id]
        unique = {a.id: a for a in (*citing[:4], *near)}
        return tuple(
            Found(a, self.library.version(a.version_id), self.library.status(a, as_of), extract.whole(a))
            for a in unique.values()
        )


def _asks_more(text: str, absent: tuple[CheckedCitation, ...]) -> bool:
    """Whether a question that names a provision nobody holds asks something besides it."""
    for citation in absent:
        text = text.replace(citation.text, "")
    rest = content(re.sub(r"《[^》]*》|[？?。，,]|内容|全文|原文|条文", " ", text))
    return len(rest.replace(" ", "")) >= 8 and speaks_of_law(rest)


def _punishes(law: str) -> bool:
    """Whether an instrument is administrative law, where 行政处罚法 decides between old and new."""
    return not law.endswith(("刑法", "民法典", "宪法"))


_DATES = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号]|\d{4}年\d{1,2}月|哪(?:一?部|个|一?条)?(?:法律?|规定)|被查处?|发现"
)
_TIMING = re.compile(r"新法|旧法|适用|施行|生效|实施|案件|行为|规定|版本|修订|修正|修改|\d{4}年?|什么时候|现在|有效")
_ELSEWHERE = re.compile(r"许可|复议|诉讼|强制|刑事|民事|法院|仲裁|信访|立法|价格听证|治安|《|行政处罚")
PROCEDURE = frozenset(
    f"中华人民共和国{name}"
    for name in ("行政处罚法", "行政强制法", "行政许可法", "行政复议法", "行政诉讼法", "国家赔偿法")
)
"""The general statutes of administrative procedure: what they say of penalties is no penalty for an act."""
_SPARES = re.compile(r"免|不予|(?<!罚)不罚|不(用|必|再|需要?)?(行政)?处罚|轻微|首违|初次|第一次|从轻|减轻")


def passages(evidence: Evidence, library: Library) -> tuple[Passage, ...]:
    """The evidence as hits, in the order of its numbers."""
    return tuple(
        Passage(
            rank=rank,
            kind="law",
            id=found.article.id,
            title=f"{found.article.law} {found.article.label}",
            law=found.article.law,
            article=found.article.number,
            text=found.article.text,
            score=found.score,
            status=found.status,
            in_force=library.span(found.article),
            source=found.version.source,
            note=library.note(found.article),
        )
        for rank, found in enumerate(evidence.all, 1)
    )
