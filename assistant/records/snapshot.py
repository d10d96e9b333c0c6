"""The rows as they stood at one moment: every number of an answer comes from the same."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from assistant.records.kinds import DEPARTMENT
from assistant.records.store import RecordStore, State, quoted


@dataclass(frozen=True)
class Span:
    """The days that rows of a kind reach over."""

    first: dt.date
    last: dt.date


@dataclass
class Snapshot:
    """What is held, and what is worked out of it once."""

    store: RecordStore
    state: State
    tables: dict[str, str] = field(default_factory=dict)
    """SQL for the rows that count, by kind; a kind without any is not there."""
    _spans: dict[tuple[str, str], Span | None] = field(default_factory=dict)
    _filled: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in self.store.kinds:
            table = self.store.table(kind, self.state)
            if table is not None:
                self.tables[kind] = table

    @property
    def sample(self) -> bool:
        """Whether nothing but 示例 is held."""
        return self.state.only_sample

    def sample_of(self, kinds: Iterable[str]) -> bool:
        """Whether what is counted of these kinds is 示例."""
        return self.sample and any(not self.state.current[k].fed for k in kinds if k in self.state.current)

    def span(self, kind: str, day: str) -> Span | None:
        """From the first to the last day in a column; None where it holds none."""
        if (kind, day) not in self._spans:
            rows = self.store.ask(f"SELECT min({quoted(day)}), max({quoted(day)}) FROM {self.tables[kind]}")
            first, last = rows[0]
            self._spans[kind, day] = Span(first, last) if first is not None else None
        return self._spans[kind, day]

    def holds(self, kind: str, column: str) -> bool:
        """Whether any row of a kind has a value in a column."""
        if (kind, column) not in self._filled:
            rows = self.store.ask(f"SELECT 1 FROM {self.tables[kind]} WHERE {quoted(column)} IS NOT NULL LIMIT 1")
            self._filled[kind, column] = bool(rows)
        return self._filled[kind, column]

    def departments_of(self, kind: str) -> frozenset[str]:
        """Those that the rows of a kind name."""
        if not self.store.kinds[kind].column(DEPARTMENT):
            return frozenset()
        name = quoted(DEPARTMENT)
        rows = self.store.ask(f"SELECT DISTINCT {name} FROM {self.tables[kind]} WHERE {name} IS NOT NULL")
        return frozenset(str(found) for (found,) in rows)

    @cached_property
    def departments(self) -> tuple[str, ...]:
        """Those that any row names."""
        return tuple(sorted({name for kind in self.tables for name in self.departments_of(kind)}))
