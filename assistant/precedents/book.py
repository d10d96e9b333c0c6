"""What an installation holds besides law: found, compared, listed, counted. Safe to ask from several threads."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.knowledge.discretion import Discretion
from assistant.knowledge.lists import Lists
from assistant.law.citations import check, parse
from assistant.law.library import Library
from assistant.precedents.alike import Alike
from assistant.precedents.catalogue import Catalogue
from assistant.precedents.elements import Elements
from assistant.precedents.held import Held, everything, shown
from assistant.precedents.likeness import SURELY, Likeness
from assistant.precedents.resting import ARTICLE, RELATED, nearness
from assistant.precedents.statistics import statistics
from assistant.rules.listed import HOME_REGIONS
from assistant.rules.matching import CLOSE, Matcher
from assistant.schema import (
    CheckedCitation,
    Decision,
    DecisionLine,
    DecisionList,
    DecisionStatistics,
    DecisionView,
    Kind,
    Noun,
    Outcome,
    Passage,
    Reason,
    Rule,
    SimilarAnswer,
)
from assistant.search import Embedder, Leaf, Lexicon, Segmenter, Shelf

_EXCERPT = 120
_LISTED, _DECIDED = 3, 2
"""How many list items and decisions an answer shows that was not asked for them."""


class DecisionQuery(Noun):
    """What decisions are asked for; what is None is not asked. `text` describes, `provision` is one article."""

    text: str | None = None
    provision: str | None = None
    outcome: Outcome | None = None
    reason: Reason | None = None
    field: str | None = None
    office: str | None = None
    region: str | None = None
    own: bool | None = None


def leaves(held: Sequence[Held]) -> list[Leaf]:
    """The texts to be found, in order; what shipped vectors are made of."""
    return [one.leaf for one in held]


class Precedents:
    """Lists, benchmarks and decisions over one library."""

    def __init__(
        self,
        library: Library,
        lists: Lists | None = None,
        discretion: Discretion | None = None,
        decisions: Sequence[Decision] = (),
        *,
        elements: Elements | None = None,
        lexicon: Lexicon | None = None,
        segmenter: Segmenter | None = None,
        embedder: Embedder | None = None,
        kept: Path | None = None,
        shipped: Path | None = None,
    ) -> None:
        """`kept` and `shipped` are the folders of vectors made here and made beforehand, as `Shelf` takes them."""
        self._library = library
        self.decisions = tuple(decisions)
        self._by_id = {one.id: one for one in self.decisions}
        held = everything(lists or Lists({}, ()), discretion or Discretion(), self.decisions, library)
        self._held = {one.id: one for one in held}
        self._matcher: Matcher[Rule] = Matcher((lists or Lists({}, ())).rules)
        self._shelf = Shelf(
            leaves(held), lexicon=lexicon, segmenter=segmenter, embedder=embedder, kept=kept, shipped=shipped
        )
        alike = Alike(held, self._shelf, elements or Elements(), library)
        self._catalogue = Catalogue(held, self._shelf, alike, library)
        self._likeness = Likeness(held, alike, library)

    def find(self, query: str, *, kinds: Iterable[Kind], as_of: dt.date, top_k: int = 10) -> tuple[Passage, ...]:
        """List items, benchmarks and decisions that bear on a question or rest on a provision, best first."""
        return self._catalogue.find(query, kinds=kinds, as_of=as_of, top_k=top_k)

    def decided(self, text: str, as_of: dt.date) -> tuple[Passage, ...]:
        """Decisions whose matter a question surely is, whether or not it asked for any."""
        return self._likeness.told_of(text, as_of, _DECIDED)

    def listed(self, text: str, as_of: dt.date) -> tuple[Passage, ...]:
        """Items of lists whose matter a question surely is, whether or not it asked for any.

        Of several lists with one matter those of this region come first, then those in force.
        """
        items = [
            (held, match.score, shown(held, self._library, as_of))
            for match in self._matcher.find(text)
            if match.score >= SURELY and (held := self._held[match.rule.id]).nature != "示例"
        ]
        best = max((score for _, score, _ in items), default=0.0)
        items = [one for one in items if one[1] >= best - CLOSE]
        items.sort(key=lambda one: (not _at_home(one[0]), one[2].status in ("已废止", "尚未施行"), -one[1]))
        return tuple(held.passage(rank, score, state) for rank, (held, score, state) in enumerate(items[:_LISTED], 1))

    def similar(
        self,
        description: str | None,
        facts: object,
        basis: str | None,
        as_of: dt.date,
        *,
        fine: float | None = None,
        top_k: int = 5,
    ) -> SimilarAnswer:
        """Decisions like a case, with what is alike, what differs and what is not known; see `Likeness.similar`."""
        return self._likeness.similar(description, facts, basis, as_of, fine=fine, top_k=top_k)

    def listing(self, query: DecisionQuery, as_of: dt.date) -> DecisionList:
        """The decisions asked for and what they add up to. InputError for a provision that is none."""
        chosen = self._chosen(query, as_of)
        lines = tuple(_line(one) for one in chosen)
        return DecisionList(as_of=as_of, total=len(lines), decisions=lines, statistics=statistics(chosen))

    def statistics(self, query: DecisionQuery, as_of: dt.date) -> DecisionStatistics:
        """Outcomes and reasons of the decisions asked for, and recurring faults; counts alone."""
        return statistics(self._chosen(query, as_of))

    def view(self, decision_id: str, as_of: dt.date) -> DecisionView | None:
        """One decision with its citations looked up on `as_of`; None when there is none of this number."""
        one = self._by_id.get(decision_id)
        if one is None:
            return None
        note = shown(self._held[one.id], self._library, as_of).note
        cautions = [part for part in (note or "").split("；") if part and not part.startswith("处理结果")]
        cautions += [f"没有见到：{'、'.join(one.unseen)}"] if one.unseen else []
        return DecisionView(
            as_of=as_of,
            decision=one,
            own=one.origin is not None,
            basis=self._checked([str(c) for c in one.basis] + list(one.outside), as_of),
            related=self._checked([str(c) for c in one.related], as_of),
            citations=check(one.text, self._library, as_of),
            cautions=tuple(cautions),
        )

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until all vectors are at hand; False when they are not within `timeout` seconds."""
        return self._shelf.wait(timeout)

    def close(self) -> None:
        """Stops the work in the background."""
        self._shelf.close()

    def _checked(self, written: Sequence[str], as_of: dt.date) -> tuple[CheckedCitation, ...]:
        return tuple(citation for text in written for citation in check(text, self._library, as_of))

    def _chosen(self, query: DecisionQuery, as_of: dt.date) -> list[Decision]:
        found = list(self.decisions)
        if query.provision:
            cited = parse(query.provision, self._library)
            if cited is None:
                raise InputError(
                    "provision", f"“{query.provision[:60]}”不是一处法律条文", "写成《食品安全法》第一百二十四条这样"
                )
            floor = ARTICLE - RELATED if cited.article else 0.5
            found = [one for one in found if nearness(cited, self._held[one.id]) >= floor]
        if query.text:
            hits = self._catalogue.find(query.text, kinds=("decision",), as_of=as_of, top_k=len(self.decisions))
            order = {hit.id: hit.rank for hit in hits}
            found = sorted((one for one in found if one.id in order), key=lambda one: order[one.id])
        wanted = (
            (query.outcome, lambda one: one.outcomes),
            (query.reason, lambda one: one.reasons),
            (query.field, lambda one: (one.field or "未见",)),
            (query.office, lambda one: (one.office or "未见",)),
            (query.region, lambda one: (one.region or "未见",)),
        )
        for value, of in wanted:
            if value is not None:
                found = [one for one in found if value in of(one)]
        if query.own is not None:
            found = [one for one in found if (one.origin is not None) == query.own]
        return found


def _at_home(held: Held) -> bool:
    return held.head is not None and held.head.region in HOME_REGIONS


def _line(one: Decision) -> DecisionLine:
    words = " ".join(line for line in one.text.split("\n") if line.strip() and not line.startswith("#"))
    return DecisionLine(
        id=one.id,
        title=one.title,
        kind=one.kind,
        field=one.field,
        region=one.region,
        office=one.office,
        decided=one.dates.decided,
        published=one.dates.published,
        conduct=one.conduct,
        outcomes=one.outcomes,
        reasons=one.reasons,
        nature=one.nature,
        seen=one.seen,
        own=one.origin is not None,
        excerpt=words[:_EXCERPT] + ("……" if len(words) > _EXCERPT else ""),
    )
