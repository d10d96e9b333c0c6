"""The stated figures with the rows behind them: one place to ask, whichever of the two has the number."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.records.feeding import Feed
from assistant.records.office import Records
from assistant.records.report import with_rows
from assistant.schema import FigureAnswer
from assistant.stats.catalogue import Catalogue, read_catalogue
from assistant.stats.store import MetricStore


class OfficeFigures(MetricStore):
    """A metric store that goes to the office's own rows for what no report states."""

    def __init__(self, catalogue: Catalogue, records: Records) -> None:
        super().__init__(catalogue)
        self.records = records

    def answer(self, question: str, today: dt.date) -> FigureAnswer | None:
        """As the metric store, and from rows where they are asked for or nothing is stated."""
        return self.records.answer(question, today, super().answer(question, today))

    def follow(self, question: str, before: str, today: dt.date) -> tuple[str, FigureAnswer] | None:
        """As the metric store; after a question that rows answered, a follow-up is about rows too."""
        whole = self.records.follow(question, before, today, super().answer(before, today))
        if whole is not None:
            answer = self.answer(whole, today)
            if answer is not None:
                return whole, answer
        return super().follow(question, before, today)

    def report(self, year: int) -> bytes:
        """The yearly report with what the rows make. InputError where neither says anything of the year."""
        try:
            stated = super().report(year)
        except InputError:
            if not self.records.counting.snapshot.tables:
                raise
            stated = None
        if not self.records.counting.snapshot.tables:
            assert stated is not None
            return stated
        return with_rows(
            stated, self.records.counting, self.records.countable, self.records.of_year(year), self.records.today()
        )


def load_figures(
    knowledge: Path, home: Path, clock: Callable[[], dt.date], feeds: Sequence[Feed] = ()
) -> OfficeFigures:
    """Metrics, figures and the office's records. KnowledgeError names every problem with its file and line."""
    catalogue = read_catalogue(knowledge / "metrics")
    return OfficeFigures(catalogue, Records(home, knowledge, catalogue, clock, feeds))
