"""Everything that was kept, held against the law and the lists of today."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.law.library import Library
from assistant.schema import Affected, Citation, RestingKind, RuleList
from assistant.watch.changes import law_changes, list_changes

AHEAD = 90
"""Days that are looked ahead unless it is asked otherwise."""


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
    again: Callable[[dt.date], str] | None = field(default=None, compare=False)


class Source(Protocol):
    """Where kept things come from."""

    def resting(self) -> Iterable[Resting]: ...


class Watch:
    """The watch over one library, the lists and every source of kept things."""

    def __init__(self, library: Library, lists: Mapping[str, RuleList], sources: Sequence[Source]) -> None:
        self._library = library
        self._lists = lists
        self._sources = sources

    def scan(self, today: dt.date, *, ahead: int = AHEAD) -> tuple[Affected, ...]:
        """All that rests on what has changed by `today` or will within `ahead` days.

        First those whose conclusion is another today, then those changed already, then those still to come; each the
        newest first.
        """
        until = today + dt.timedelta(days=ahead)
        kept = (one for source in self._sources for one in source.resting())
        found = [affected for one in kept if (affected := self._look(one, today, until)) is not None]
        found.sort(key=lambda one: one.as_of, reverse=True)
        found.sort(key=lambda one: (not one.differs, all(c.to_come for c in one.changes)))
        return tuple(found)

    def _look(self, kept: Resting, today: dt.date, until: dt.date) -> Affected | None:
        changes = (
            *law_changes(kept.cited, kept.as_of, today, until, self._library),
            *list_changes(kept.lists, kept.as_of, today, until, self._lists),
        )
        if not changes:
            return None
        done = any(not change.to_come for change in changes)
        again = kept.again(today) if kept.again is not None and done else None
        return Affected(
            kind=kept.kind,
            id=kept.id,
            title=kept.title,
            owner=kept.owner,
            as_of=kept.as_of,
            changes=changes,
            conclusion=kept.conclusion,
            recomputed=again,
            differs=again is not None and again != kept.conclusion,
        )
