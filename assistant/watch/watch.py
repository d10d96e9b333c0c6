"""Everything that was kept, held against the law, the lists and the thresholds of today."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.law.library import Library
from assistant.schema import Affected, Change, Citation, Provenance, RestingKind, RuleList, Sight
from assistant.watch.again import Anew
from assistant.watch.changes import law_changes, list_changes

AHEAD = 90
"""Days that are looked ahead unless it is asked otherwise."""
_EVERYBODY = Sight(who=None, everything=True)
_REMEMBERED = 20_000
"""Conclusions drawn anew that are remembered, so that looking again does not compute again."""


@dataclass(frozen=True)
class Resting:
    """Something kept, and what it rests on. `again` concludes anew, for a day, from the facts it was made from."""

    kind: RestingKind
    id: str
    title: str
    owner: str | None
    as_of: dt.date
    cited: tuple[Citation, ...] = ()
    lists: tuple[str, ...] = ()
    conclusion: str | None = None
    again: Callable[[dt.date], Anew] | None = field(default=None, compare=False)
    made: Provenance | None = None
    kept_at: dt.datetime | None = None
    """When it was last touched."""


class Source(Protocol):
    """Where kept things come from; `sight` says whose."""

    @property
    def kind(self) -> RestingKind: ...

    def resting(self, sight: Sight) -> Iterable[Resting]: ...


class Watch:
    """The watch over one library, the lists and every source of kept things. Safe for several threads."""

    def __init__(
        self, library: Library, lists: Mapping[str, RuleList], sources: Sequence[Source], made: Provenance | None = None
    ) -> None:
        """`made`: the program and the knowledge of today; what was made on others is concluded anew."""
        self._library = library
        self._lists = lists
        self._sources = sources
        self._made = made
        self._drawn: dict[tuple[Resting, dt.date], Anew] = {}

    def scan(
        self, today: dt.date, *, ahead: int = AHEAD, sights: Mapping[RestingKind, Sight] | None = None
    ) -> tuple[Affected, ...]:
        """All in sight that rests on what has changed by `today` or will within `ahead` days.

        `sights`: whose things of which kind somebody sees, a kind that is not there not at all; None: everything.
        First those whose conclusion is another today, then those changed already, then those still to come; each the
        newest first.
        """
        until = today + dt.timedelta(days=ahead)
        seen = {s.kind: _EVERYBODY for s in self._sources} if sights is None else sights
        kept = (one for source in self._sources if source.kind in seen for one in source.resting(seen[source.kind]))
        found = [affected for one in kept if (affected := self._look(one, today, until)) is not None]
        found.sort(key=lambda one: one.as_of, reverse=True)
        found.sort(key=lambda one: (not one.differs, all(c.to_come for c in one.changes)))
        return tuple(found)

    def _look(self, kept: Resting, today: dt.date, until: dt.date) -> Affected | None:
        changes = (
            *law_changes(kept.cited, kept.as_of, today, until, self._library),
            *list_changes(kept.lists, kept.as_of, today, until, self._lists),
        )
        updated = self._updated(kept)
        done = any(not change.to_come for change in changes)
        anew = self._anew(kept, today) if done or updated else None
        if anew is not None and anew.unlike and updated is not None:
            changes = (*changes, updated)
        if not changes:
            return None
        return Affected(
            kind=kept.kind,
            id=kept.id,
            title=kept.title,
            owner=kept.owner,
            as_of=kept.as_of,
            changes=changes,
            conclusion=kept.conclusion,
            recomputed=anew.conclusion if anew is not None else None,
            unlike=anew.unlike if anew is not None else (),
            differs=anew is not None and bool(anew.unlike),
        )

    def _updated(self, kept: Resting) -> Change | None:
        """That the knowledge, or else the program, is another than the one something was made on."""
        if kept.made is None or self._made is None:
            return None
        if kept.made.knowledge != self._made.knowledge:
            text = "作出以后，知识库（法律文本、清单、门槛、裁量基准）更新过"
            return Change(kind="知识库更新", about=self._made.knowledge, text=text)
        if kept.made.code != self._made.code:
            return Change(kind="程序更新", about=self._made.code, text="作出以后，程序更新过")
        return None

    def _anew(self, kept: Resting, day: dt.date) -> Anew | None:
        if kept.again is None:
            return None
        found = self._drawn.get((kept, day))
        if found is None:
            if len(self._drawn) >= _REMEMBERED:
                self._drawn.clear()
            found = self._drawn[kept, day] = kept.again(day)
        return found
