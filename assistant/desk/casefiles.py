"""The desk's door for case files: reviewed, kept, found again, taken as a report."""

import datetime as dt
from collections.abc import Callable, Generator, Iterable

from assistant.casefiles import CaseReview
from assistant.casefiles.report import report
from assistant.journal.file_reviews import FileReviewStore
from assistant.schema import FileReview, FileReviewLine, Sight


class CaseFileDesk:
    """Reviews of case files, wired once by `open_desk`. Safe for several threads. No model has a hand in it."""

    def __init__(self, engine: CaseReview, store: FileReviewStore, clock: Callable[[], dt.date]) -> None:
        self.engine = engine
        self._store = store
        self._clock = clock

    def run(
        self,
        files: Iterable[tuple[str, bytes]],
        *,
        who: str | None,
        department: str | None = None,
        as_of: dt.date | None = None,
    ) -> Generator[str, None, FileReview]:
        """Review and keep the result; yields, in Chinese, what is being done. The files are not kept."""
        given = list(files)
        found = yield from self.engine.run(given, as_of or self._clock())
        return self._store.add(found, [name for name, _ in given], who=who, department=department)

    def get(self, review_id: str, sight: Sight) -> FileReview | None:
        """A review as it was made; None when there is none in sight."""
        return self._store.get(review_id, sight)

    def lines(self, sight: Sight, *, offset: int = 0, limit: int = 50) -> tuple[FileReviewLine, ...]:
        """The reviews in sight, the newest first."""
        return self._store.lines(sight, offset=offset, limit=limit)

    def remove(self, review_id: str, who: str | None) -> bool:
        """Delete one's own review; whether there was one."""
        return self._store.remove(review_id, who)

    def document(self, review_id: str, sight: Sight) -> bytes | None:
        """The report as a Word file."""
        found = self._store.get(review_id, sight)
        return report(found) if found is not None else None
